//! Whose passkey it is, for the device that has it.

use openssl::sha::sha256;
use uuid::{Builder, Uuid};

/// Whose passkey is registered.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    /// The account's id.
    pub id: &'a str,
    /// The address that the owner signs in with.
    pub email: &'a str,
    /// The name to show; may be empty.
    pub name: &'a str,
}

/// The name that a device shows beside an account's passkeys.
pub const fn shown_name<'a>(name: &'a str, email: &'a str) -> &'a str {
    if name.is_empty() { email } else { name }
}

/// What passkeys know an account by: its subject, where that is a UUID as for accounts made here, otherwise a UUID made
/// of it. An imported account keeps the subject that it had.
pub fn user_handle(user_id: &str) -> Uuid {
    match Uuid::parse_str(user_id) {
        Ok(id) if id.to_string() == user_id => id,
        _ => {
            let digest = sha256(user_id.as_bytes());
            Builder::from_custom_bytes(digest.first_chunk().copied().unwrap_or_default()).into_uuid()
        }
    }
}
