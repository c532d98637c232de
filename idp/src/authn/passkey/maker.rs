//! A name for a passkey, from the model number of its authenticator (AAGUID). It is a help for people who have several,
//! and proves nothing: without attestation an authenticator can say whatever it likes.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use uuid::{Uuid, uuid};

/// Where the number is within the authenticator data (Web Authentication section 6.5.2).
const AT: std::ops::Range<usize> = 37..53;

/// Password managers and authenticators that many people have.
const KNOWN: &[(Uuid, &str)] = &[
    (uuid!("fbfc3007-154e-4ecc-8c0b-6e020557d7bd"), "iCloud Keychain"),
    (uuid!("dd4ec289-e01d-41c9-bb89-70fa845d4bf2"), "iCloud Keychain"),
    (uuid!("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4"), "Google Password Manager"),
    (uuid!("adce0002-35bc-c60a-648b-0b25f1f05503"), "Chrome on a Mac"),
    (uuid!("08987058-cadc-4b81-b6e1-30de50dcbe96"), "Windows Hello"),
    (uuid!("9ddd1817-af5a-4672-a2b9-3e3dd95000a9"), "Windows Hello"),
    (uuid!("6028b017-b1d4-4c02-b4b3-afcdafc96bb2"), "Windows Hello"),
    (uuid!("53414d53-554e-4700-0000-000000000000"), "Samsung Pass"),
    (uuid!("bada5566-a7aa-401f-bd96-45619a55120d"), "1Password"),
    (uuid!("d548826e-79b4-db40-a3d8-11116f7e8349"), "Bitwarden"),
    (uuid!("531126d6-e717-415c-9320-3d9aa6981239"), "Dashlane"),
    (uuid!("b84e4048-15dc-4dd0-8640-f4f60813c8af"), "NordPass"),
    (uuid!("0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6"), "Keeper"),
    (uuid!("50726f74-6f6e-5061-7373-50726f746f6e"), "Proton Pass"),
    (uuid!("fdb141b2-5d84-443e-8a35-4698c205a502"), "KeePassXC"),
];

/// The name of the authenticator that made this answer to a registration.
pub(super) fn of(answer: &str) -> Option<&'static str> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    let data = answer.pointer("/response/authenticatorData")?.as_str()?;
    let data = URL_SAFE_NO_PAD.decode(data).ok()?;
    let model = Uuid::from_slice(data.get(AT)?).ok()?;
    KNOWN.iter().find(|(known, _)| *known == model).map(|(_, name)| *name)
}
