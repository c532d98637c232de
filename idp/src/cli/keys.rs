//! `idp keys`: what an operator does with signing keys.

use anyhow::{Context, bail};
use protocol::jose::{
    Algorithm,
    rotation::{self, NotNow},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::commands::open;
use crate::{
    flow::signing_keys,
    realm::{ALGORITHMS, RealmConfig},
};

/// Prints the keys, a line each.
pub async fn list(realms: Vec<RealmConfig>, name: &str) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    for key in &realm.keys.now().facts {
        let since = OffsetDateTime::from_unix_timestamp(key.since)?.format(&Rfc3339)?;
        println!("{}  {}  {:<7}  since {since}", key.kid, key.algorithm, key.state.as_str());
    }
    Ok(())
}

/// Lets the next keys sign.
pub async fn rotate(realms: Vec<RealmConfig>, name: &str, algorithm: Option<&str>) -> anyhow::Result<()> {
    let algorithms = match algorithm {
        None => ALGORITHMS.to_vec(),
        Some(text) => vec![Algorithm::parse(text).context("an algorithm is ES256 or RS256")?],
    };
    let realm = open(realms, name).await?;
    // each on its own: one that can't be rotated now keeps no other one from it (KEY-1)
    let mut refused = Vec::new();
    for algorithm in algorithms {
        match signing_keys::rotate_now(&realm, algorithm).await? {
            Ok(rotation) => println!("{algorithm}: {} signs, {} is retired", rotation.to, rotation.from),
            Err(not_now) => refused.push(format!("{algorithm}: {}", reason(not_now))),
        }
    }
    if refused.is_empty() { Ok(()) } else { bail!("{}", refused.join("\n")) }
}

fn reason(not_now: NotNow) -> String {
    match not_now {
        NotNow::NoSuccessor => "the next key is still being made; start the realm first".to_owned(),
        NotNow::TooFresh(seconds) => format!(
            "caches may not know the next key yet; rotate in {seconds} seconds. \
             A key that others may have is removed by `idp keys revoke`"
        ),
        NotNow::TooMany => format!(
            "{} keys of it are published, and relying parties read no more: wait until a retired one is gone",
            rotation::MOST
        ),
    }
}

/// Removes a key at once.
pub async fn revoke(realms: Vec<RealmConfig>, name: &str, kid: &str) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    if !signing_keys::revoke(&realm, kid).await? {
        bail!("realm `{name}` has no signing key `{kid}`");
    }
    println!("revoked");
    Ok(())
}
