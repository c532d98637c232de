//! `idp keys`: commands for signing keys.

use anyhow::{Context, bail};
use clock::{Clock as _, SystemClock, when};
use protocol::jose::{
    Algorithm,
    rotation::{self, NotNow, Rotation},
};
use serde_json::{Value, json};

use super::{
    output::{Output, Table},
    realms::open,
};
use crate::{
    flow::signing_keys::{self, Revocation, Rotated},
    realm::{ALGORITHMS, RealmConfig},
};

/// Lists the keys, one on each line.
pub async fn list(realms: Vec<RealmConfig>, name: &str, output: Output) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    let mut table = Table::new(&["KID", "ALGORITHM", "STATE", "SINCE"]);
    let mut keys = Vec::new();
    for key in &realm.keys.now().facts {
        let (algorithm, state, since) = (key.algorithm.as_str(), key.state.as_str(), when::iso(key.since));
        table.row(&[&key.kid, algorithm, state, &since]);
        keys.push(json!({ "kid": key.kid, "algorithm": algorithm, "state": state, "since": since }));
    }
    output.show(&table.to_string(), &json!({ "keys": keys }))
}

/// Lets the next key of each algorithm sign now.
pub async fn rotate(
    realms: Vec<RealmConfig>,
    name: &str,
    algorithm: Option<&str>,
    output: Output,
) -> anyhow::Result<()> {
    // taken before the slow work: when several operators rotate at once, one rotation serves them all
    let wished_at = SystemClock.now();
    let algorithms = match algorithm {
        None => ALGORITHMS.to_vec(),
        Some(text) => vec![Algorithm::parse(text).context("an algorithm is ES256 or RS256")?],
    };
    let realm = open(realms, name).await?;
    // each algorithm on its own: one that can't rotate now does not stop the others (KEY-1)
    let (mut lines, mut all, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for algorithm in algorithms {
        match signing_keys::rotate_now(&realm, algorithm, wished_at).await? {
            Ok(Rotated::Here(Rotation { from, to })) => {
                lines.push(format!("{algorithm}: {to} signs, {from} is retired"));
                all.push(rotated(algorithm, &from, &to, true));
            }
            Ok(Rotated::Meanwhile(Rotation { from, to })) => {
                lines.push(format!(
                    "{algorithm}: somebody else rotated it just now: {to} signs, {from} is retired"
                ));
                all.push(rotated(algorithm, &from, &to, false));
            }
            Err(not_now) => refused.push(format!("{algorithm}: {}", reason(not_now))),
        }
    }
    if !lines.is_empty() {
        output.done(&lines.join("\n"), &json!({ "rotated": all }))?;
    }
    if refused.is_empty() { Ok(()) } else { bail!(refused.join("\n")) }
}

fn rotated(algorithm: Algorithm, retired: &str, active: &str, changed: bool) -> Value {
    json!({ "algorithm": algorithm.as_str(), "active": active, "retired": retired, "changed": changed })
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
pub async fn revoke(realms: Vec<RealmConfig>, name: &str, kid: &str, output: Output) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    let changed = match signing_keys::revoke(&realm, kid).await? {
        Revocation::Done => true,
        Revocation::DoneBefore => false,
        Revocation::Unknown => bail!("realm `{name}` has no signing key `{kid}`"),
    };
    let text = if changed { "revoked" } else { "it was revoked before" };
    output.done(text, &json!({ "kid": kid, "revoked": true, "changed": changed }))
}
