//! What the script of a page tells devices about passkeys (the Signal API of Web Authentication).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use crate::{authn::passkey, flow::passkeys::manage::Listed, session::Session};

/// The argument of `PublicKeyCredential.signalAllAcceptedCredentials`, without the relying party.
pub fn accepted(session: &Session, listed: &[Listed]) -> String {
    let user_id = passkey::user_handle(&session.user_id);
    let ids: Vec<&str> = listed.iter().map(|passkey| passkey.id.as_str()).collect();
    json!({ "userId": URL_SAFE_NO_PAD.encode(user_id), "allAcceptedCredentialIds": ids }).to_string()
}

/// The argument of `PublicKeyCredential.signalCurrentUserDetails`, without the relying party: what a device shows beside
/// the passkeys of an account.
pub fn details(session: &Session, email: &str, name: &str) -> String {
    let user_id = URL_SAFE_NO_PAD.encode(passkey::user_handle(&session.user_id));
    json!({ "userId": user_id, "name": email, "displayName": passkey::shown_name(name, email) }).to_string()
}
