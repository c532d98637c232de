//! Passkeys that a browser makes by itself after a password (Web Authentication section 5.1.3, `mediation: "conditional"`).
//! Nobody is asked, so nobody is present or verified: such a passkey proves nothing before its first use, which demands
//! both.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use webauthn_rs::prelude::RegisterPublicKeyCredential;

use super::{Refused, parse};

/// Where the flags are within the authenticator data, and the one that says that somebody was present (section 6.1).
const FLAGS: usize = 32;
const PRESENT: u8 = 0x01;
/// Longest authenticator data, in bytes.
const MOST: usize = 8 * 1024;

/// Asks for a passkey of this kind.
pub(super) fn wish(options: &mut Value) {
    if let Some(options) = options.as_object_mut() {
        options.remove("hints");
        options.insert(
            "authenticatorSelection".to_owned(),
            json!({ "residentKey": "required", "requireResidentKey": true, "userVerification": "preferred" }),
        );
    }
}

/// The answer with the flag of presence, which the library demands of every registration, while section 7.1 does not
/// demand it of this kind. The flag says nothing here: no attestation was asked for, so that nothing in the answer is
/// signed. A statement that came unasked is left out with it.
pub(super) fn with_presence(answer: &str) -> Result<RegisterPublicKeyCredential, Refused> {
    let mut answer: Value = parse(answer)?;
    let data = answer.pointer("/response/authenticatorData").and_then(Value::as_str);
    let data = data.and_then(|data| URL_SAFE_NO_PAD.decode(data).ok());
    let mut data = data.filter(|data| data.len() <= MOST).ok_or(Refused::Unreadable)?;
    *data.get_mut(FLAGS).ok_or(Refused::Unreadable)? |= PRESENT;
    let object = answer.pointer_mut("/response/attestationObject").ok_or(Refused::Unreadable)?;
    *object = URL_SAFE_NO_PAD.encode(without_attestation(&data)?).into();
    serde_json::from_value(answer).map_err(|_| Refused::Unreadable)
}

/// An attestation object of the format `none` (section 8.7), in CBOR.
fn without_attestation(data: &[u8]) -> Result<Vec<u8>, Refused> {
    let length = u16::try_from(data.len()).map_err(|_| Refused::Unreadable)?;
    let mut object = vec![0xa3];
    for text in ["fmt", "none", "attStmt"] {
        object.push(0x60 | u8::try_from(text.len()).map_err(|_| Refused::Unreadable)?);
        object.extend(text.as_bytes());
    }
    object.push(0xa0);
    object.push(0x68);
    object.extend(b"authData");
    object.push(0x59);
    object.extend(length.to_be_bytes());
    object.extend(data);
    Ok(object)
}
