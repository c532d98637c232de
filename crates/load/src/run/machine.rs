//! What the machine can do, as far as what is measured uses it.

use std::{sync::Arc, thread::available_parallelism};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use testbed::Postgres;
use tokio::task::spawn_blocking;

use super::{Arguments, Ceilings, Operation, Product, Setting, Uses, ceilings, database};
use crate::{
    http::{Client, Failure, client},
    product,
};

/// Of a key set that tells none.
const USUAL_RSA_BITS: u32 = 3072;

/// A server, when it is the product's or the rate of its commits is a ceiling of something.
pub async fn postgres(
    arguments: &Arguments,
    operations: &[Operation],
) -> anyhow::Result<Option<Arc<Postgres>>> {
    let wanted = arguments.database == database::Kind::Postgres || commit(operations);
    if wanted { database::server().await } else { Ok(None) }
}

fn commit(operations: &[Operation]) -> bool {
    use Operation::{CodeExchange, CodeFlow, Refresh};
    operations.iter().any(|operation| matches!(operation, CodeExchange | CodeFlow | Refresh))
}

/// What a provider uses, by the tokens it issues, and the size of its RSA keys.
pub async fn uses(setting: &Setting, postgres: Option<bool>) -> (Uses, u32) {
    let by = Client::default();
    // what can't be had is not measured either
    let person = setting.tokens_of_somebody().await.ok();
    let client = setting.provider.client_credentials(&by).await.ok();
    let uses = Uses {
        access: person.as_ref().and_then(|tokens| algorithm(&tokens.access_token)),
        id: person.and_then(|tokens| algorithm(&tokens.id_token?)),
        client: client.and_then(|tokens| algorithm(&tokens.access_token)),
        postgres,
    };
    let keys = keys(&by, setting).await.unwrap_or_default();
    (uses, rsa_bits(&keys).unwrap_or(USUAL_RSA_BITS))
}

async fn keys(by: &Client, setting: &Setting) -> Result<Value, Failure> {
    by.json(client::get(&setting.provider.metadata.jwks_uri)?).await
}

/// How a token is signed; none for one that is no JWS.
fn algorithm(token: &str) -> Option<String> {
    let mut parts = token.split('.');
    let (header, rest) = (parts.next()?, parts.count());
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    (rest == 2).then(|| header.get("alg")?.as_str().map(str::to_owned))?
}

/// The largest modulus of a key set.
fn rsa_bits(keys: &Value) -> Option<u32> {
    let moduli = keys.get("keys")?.as_array()?.iter().filter_map(|key| key.get("n")?.as_str());
    let bytes = moduli.filter_map(|n| Some(URL_SAFE_NO_PAD.decode(n).ok()?.len())).max()?;
    // what a provider shows must not keep us busy for minutes
    u32::try_from(bytes * 8).ok().filter(|bits| (2048..=4096).contains(bits))
}

/// What a budget compares an operation with, as the machine is just now: it gets faster and slower within half a minute
/// where others share it.
pub async fn beside(
    operation: Operation,
    arguments: &Arguments,
    setting: &Setting,
    ceilings: &mut Ceilings,
) -> anyhow::Result<()> {
    match operation {
        Operation::ClientCredentials => {
            ceilings.es256 = Some(es256(arguments).await?);
            ceilings.empty = Some(ceilings::empty::rate(setting).await?);
        }
        Operation::PasswordSignIn => ceilings.argon2 = Some(argon2(arguments).await?),
        _ => {}
    }
    Ok(())
}

async fn es256(arguments: &Arguments) -> anyhow::Result<f64> {
    let duration = arguments.duration;
    spawn_blocking(move || ceilings::cryptography::es256(duration)).await?
}

async fn argon2(arguments: &Arguments) -> anyhow::Result<f64> {
    let (duration, cost) = (arguments.duration, arguments.argon2);
    let threads = match &arguments.provider {
        None => usize::try_from(product::workers())?,
        // how many another provider hashes at once is not known: as many as there are cores can't be exceeded
        Some(_) => available_parallelism()?.get(),
    };
    spawn_blocking(move || ceilings::cryptography::argon2(cost, threads, duration)).await?
}

/// The ceilings of HTTP and signatures.
pub async fn ceilings(arguments: &Arguments, setting: &Setting, rsa_bits: u32) -> anyhow::Result<Ceilings> {
    let operations = arguments.operations();
    let signs = operations.iter().any(|o| commit(&[*o]) || *o == Operation::ClientCredentials);
    let duration = arguments.duration;
    eprintln!("measuring the machine");
    let empty = Some(ceilings::empty::rate(setting).await?);
    let mut ceilings = Ceilings { rsa_bits, empty, ..Ceilings::default() };
    if signs {
        ceilings.es256 = Some(es256(arguments).await?);
        let rs256 = spawn_blocking(move || ceilings::cryptography::rs256(rsa_bits, duration));
        ceilings.rs256 = Some(rs256.await??);
    }
    Ok(ceilings)
}

/// The ceilings of databases.
pub async fn commits(
    ceilings: &mut Ceilings,
    operations: &[Operation],
    setting: &Setting,
    (product, server): (&Product, Option<&Arc<Postgres>>),
) -> anyhow::Result<()> {
    if !commit(operations) {
        return Ok(());
    }
    ceilings.sqlite = Some(ceilings::commits::sqlite(product.folder(), setting).await?);
    if let Some(server) = server {
        let address = server.url(database::CEILING);
        ceilings.postgres = Some(ceilings::commits::postgres(&address, setting).await?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_jws_tells_how_it_is_signed_and_anything_else_is_opaque() {
        let token = |header: &str| format!("{}.e30.AA", URL_SAFE_NO_PAD.encode(header));
        assert_eq!(algorithm(&token(r#"{"alg":"ES256"}"#)), Some("ES256".into()));
        for token in ["", "ory_at_x.y", "a.b.c", "a.b.c.d.e", &token("{}"), &token("[]")] {
            assert_eq!(algorithm(token), None, "{token}");
        }
    }

    #[test]
    fn the_size_of_rsa_keys_is_read_from_the_key_set() {
        let n = |bytes: usize| json!({ "kty": "RSA", "n": URL_SAFE_NO_PAD.encode(vec![1; bytes]) });
        assert_eq!(rsa_bits(&json!({ "keys": [n(256), { "kty": "EC" }, n(384)] })), Some(3072));
        for keys in [json!(null), json!({ "keys": [] }), json!({ "keys": [n(100_000)] })] {
            assert_eq!(rsa_bits(&keys), None);
        }
    }
}
