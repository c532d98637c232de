//! How other programs write password hashes.

use argon2::PasswordHash;
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD},
};
use serde_json::Value;

use super::{Bytes, Digest, Imported};

/// A text that no format here fits, or whose cost is larger than what can be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "must be a bcrypt hash, a PHC string of argon2, scrypt or pbkdf2, a hash of Django or Werkzeug, or a password \
     credential of Keycloak, of a usual cost"
)]
pub struct Unreadable;

/// Reads a hash: a text, or the password credential of a user in Keycloak's export.
pub fn parse(hash: &Value) -> Result<Imported, Unreadable> {
    let read = match hash {
        Value::String(text) => of_text(text),
        Value::Object(_) => of_keycloak(hash),
        _ => None,
    };
    read.filter(Imported::is_affordable).ok_or(Unreadable)
}

fn of_text(text: &str) -> Option<Imported> {
    if let Some(rest) = text.strip_prefix('$') {
        return match rest.split('$').next()? {
            "2a" | "2b" | "2x" | "2y" => Some(Imported::Bcrypt { hash: text.to_owned(), of_digest: false }),
            "argon2i" | "argon2d" | "argon2id" => Some(Imported::Argon2 { phc: text.to_owned() }),
            "scrypt" => scrypt_phc(text),
            "pbkdf2" | "pbkdf2-sha1" => pbkdf2_phc(rest, Digest::Sha1),
            "pbkdf2-sha256" => pbkdf2_phc(rest, Digest::Sha256),
            "pbkdf2-sha512" => pbkdf2_phc(rest, Digest::Sha512),
            _ => None,
        };
    }
    of_django(text).or_else(|| of_werkzeug(text))
}

/// A PHC string, and the form of passlib: the number of iterations alone, and `.` for `+`.
fn pbkdf2_phc(rest: &str, digest: Digest) -> Option<Imported> {
    let mut parts = rest.split('$').skip(1);
    let (cost, salt, hash, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else {
        return None;
    };
    let named = cost.split(',').find_map(|part| part.strip_prefix("i="));
    let decoded = |text: &str| STANDARD_NO_PAD.decode(text.replace('.', "+")).ok().map(Bytes);
    Some(Imported::Pbkdf2 {
        digest,
        iterations: named.unwrap_or(cost).parse().ok()?,
        salt: decoded(salt)?,
        hash: decoded(hash)?,
    })
}

fn scrypt_phc(text: &str) -> Option<Imported> {
    let phc = PasswordHash::new(text).ok()?;
    Some(Imported::Scrypt {
        log_n: phc.params.get_decimal("ln")?.try_into().ok()?,
        r: phc.params.get_decimal("r")?,
        p: phc.params.get_decimal("p")?,
        salt: Bytes(phc.salt?.to_vec()),
        hash: Bytes(phc.hash?.as_ref().to_vec()),
    })
}

/// Django: the hasher's name, its costs, the salt as text, the key in base64.
fn of_django(text: &str) -> Option<Imported> {
    let (hasher, rest) = text.split_once('$')?;
    let parts: Vec<&str> = rest.split('$').collect();
    let pbkdf2 = |digest| {
        let [iterations, salt, hash] = parts.as_slice() else { return None };
        let iterations = iterations.parse().ok()?;
        Some(Imported::Pbkdf2 { digest, iterations, salt: bytes(salt), hash: decoded(hash)? })
    };
    match hasher {
        "pbkdf2_sha256" => pbkdf2(Digest::Sha256),
        "pbkdf2_sha1" => pbkdf2(Digest::Sha1),
        "bcrypt" => Some(Imported::Bcrypt { hash: rest.to_owned(), of_digest: false }),
        "bcrypt_sha256" => Some(Imported::Bcrypt { hash: rest.to_owned(), of_digest: true }),
        "argon2" => Some(Imported::Argon2 { phc: format!("${rest}") }),
        "scrypt" => {
            let [n, salt, r, p, hash] = parts.as_slice() else { return None };
            Some(Imported::Scrypt {
                log_n: logarithm(n)?,
                r: r.parse().ok()?,
                p: p.parse().ok()?,
                salt: bytes(salt),
                hash: decoded(hash)?,
            })
        }
        _ => None,
    }
}

/// Werkzeug, which Flask uses: method and costs with colons, the salt as text, the key in hexadecimal digits.
fn of_werkzeug(text: &str) -> Option<Imported> {
    let mut parts = text.split('$');
    let (method, salt, hash, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else {
        return None;
    };
    let (salt, hash) = (bytes(salt), from_digits(hash)?);
    match method.split(':').collect::<Vec<_>>().as_slice() {
        ["pbkdf2", digest, iterations] => Some(Imported::Pbkdf2 {
            digest: digest_named(digest)?,
            iterations: iterations.parse().ok()?,
            salt,
            hash,
        }),
        ["scrypt", n, r, p] => {
            let (log_n, r, p) = (logarithm(n)?, r.parse().ok()?, p.parse().ok()?);
            Some(Imported::Scrypt { log_n, r, p, salt, hash })
        }
        _ => None,
    }
}

/// Keycloak: two documents within a document, `secretData` and `credentialData`.
fn of_keycloak(credential: &Value) -> Option<Imported> {
    let inner = |name: &str| serde_json::from_str::<Value>(credential.get(name)?.as_str()?).ok();
    let (secret, data) = (inner("secretData")?, inner("credentialData")?);
    let iterations = u32::try_from(data.get("hashIterations")?.as_u64()?).ok()?;
    let (salt, hash) = (decoded(secret.get("salt")?.as_str()?)?, decoded(secret.get("value")?.as_str()?)?);
    let digest = match data.get("algorithm")?.as_str()? {
        "pbkdf2" => Digest::Sha1,
        "pbkdf2-sha256" => Digest::Sha256,
        "pbkdf2-sha512" => Digest::Sha512,
        "argon2" => return keycloak_argon2(&data, iterations, &salt, &hash),
        _ => return None,
    };
    Some(Imported::Pbkdf2 { digest, iterations, salt, hash })
}

fn keycloak_argon2(data: &Value, iterations: u32, salt: &Bytes, hash: &Bytes) -> Option<Imported> {
    let more = data.get("additionalParameters")?;
    let first = |name: &str| more.get(name)?.get(0)?.as_str();
    let number = |name: &str| first(name)?.parse::<u32>().ok();
    let (memory, lanes) = (number("memory")?, number("parallelism")?);
    let version = if first("version")? == "1.0" { 16 } else { 19 };
    let (kind, salt, hash) =
        (first("type")?, STANDARD_NO_PAD.encode(&salt.0), STANDARD_NO_PAD.encode(&hash.0));
    let phc = format!("$argon2{kind}$v={version}$m={memory},t={iterations},p={lanes}${salt}${hash}");
    Some(Imported::Argon2 { phc })
}

fn digest_named(name: &str) -> Option<Digest> {
    match name {
        "sha1" => Some(Digest::Sha1),
        "sha256" => Some(Digest::Sha256),
        "sha512" => Some(Digest::Sha512),
        _ => None,
    }
}

fn bytes(text: &str) -> Bytes {
    Bytes(text.as_bytes().to_vec())
}

fn decoded(text: &str) -> Option<Bytes> {
    STANDARD.decode(text).ok().map(Bytes)
}

fn from_digits(text: &str) -> Option<Bytes> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(*high)? * 16 + digit(*low)?),
        _ => None,
    });
    pairs.collect::<Option<Vec<u8>>>().map(Bytes)
}

/// The logarithm of a power of two.
fn logarithm(number: &str) -> Option<u8> {
    let number: u64 = number.parse().ok()?;
    number.is_power_of_two().then(|| u8::try_from(number.trailing_zeros()).ok())?
}
