//! Checks every note of the ledger at both replicas, in the database and among the received notices, after the faults
//! are over.

use protocol::jose::KeySet;
use reqwest::{StatusCode, header::COOKIE};

use super::{
    LOOKS, PAUSE,
    client::{Client, Realm},
    ledger::{Grant, Ledger, Session},
    stored::Stored,
};
use crate::{people::PASSWORD, relying_party::try_read};

/// How many of the accounts sign in again: each costs a password check.
const SIGN_INS: usize = 12;

/// Checks everything and adds what is wrong to the broken promises.
pub(super) async fn at(realm: &Realm, ledger: &mut Ledger) {
    // first, because the other checks change stored data
    ledger.compare_stored(&Stored::at(&realm.database).await);
    reported(realm, ledger).await;
    let looking: Vec<Realm> = realm.entries.iter().cycle().take(2).map(|entry| realm.only(entry)).collect();
    for grant in ledger.grants.clone() {
        let mut found = [[false; 3]; 2];
        for (replica, found) in looking.iter().zip(&mut found) {
            *found = accepted(replica, &grant, ledger).await;
        }
        ledger.compare(&grant, found);
        let elsewhere = realm.other.introspect(&grant.access).await;
        if elsewhere.json.get("active") != Some(&false.into()) {
            ledger.broken.push(format!("the other realm knows a token: {}", elsewhere.body));
        }
    }
    for session in ledger.sessions.clone() {
        let found = [signed_in(&looking[0], &session).await, signed_in(&looking[1], &session).await];
        ledger.compare_session(&session, found);
    }
    for (number, replica) in looking.iter().enumerate() {
        revoked(replica, ledger).await;
        accounts(replica, number, ledger).await;
    }
}

/// Waits until the client has received a notice of every answered sign-out. If a sender was killed, its notice comes
/// after its lease has expired.
async fn reported(realm: &Realm, ledger: &mut Ledger) {
    let keys = KeySet::from_jwks(&realm.party.jwks().await.to_string()).expect("keys");
    for _ in 0..LOOKS {
        if ledger.untold(&realm.notices.read(&realm.party, &keys).0).is_empty() {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    let (notices, mut broken) = realm.notices.read(&realm.party, &keys);
    ledger.compare_notices(&notices);
    ledger.broken.append(&mut broken);
}

/// Whether userinfo, introspection and a refresh accept a grant's tokens.
async fn accepted(replica: &Realm, grant: &Grant, ledger: &mut Ledger) -> [bool; 3] {
    let mut client = Client::new(replica, 0);
    let claims = client.userinfo(&grant.access).await.map(|answer| answer.status.is_success());
    let active = client.call("introspection", &[("token", &grant.access)]).await;
    let active = active.map(|answer| answer.json.get("active") == Some(&true.into()));
    let form = [("grant_type", "refresh_token"), ("refresh_token", grant.refresh.as_str())];
    let refreshed = client.call("token", &form).await.map(|answer| answer.status.is_success());
    ledger.broken.append(&mut client.ledger.broken);
    if claims.is_err() || active.is_err() || refreshed.is_err() {
        ledger.broken.push("no answer although all should be well again".to_owned());
    }
    [claims.unwrap_or_default(), active.unwrap_or_default(), refreshed.unwrap_or_default()]
}

async fn revoked(replica: &Realm, ledger: &mut Ledger) {
    let mut client = Client::new(replica, 0);
    for token in &ledger.revoked {
        let answer = client.call("introspection", &[("token", token)]).await;
        if !answer.is_ok_and(|answer| answer.json.get("active") == Some(&false.into())) {
            ledger.broken.push("a revoked token is active".to_owned());
        }
    }
}

/// Whether the cookies of a session belong to a signed-in person, also to one who has not consented yet; `None` if the
/// answer doesn't show it.
async fn signed_in(replica: &Realm, session: &Session) -> Option<bool> {
    let attempt = replica.party.authorize(&[("prompt", "none")]);
    let (path, query) = (attempt.url.path(), attempt.url.query().unwrap_or_default());
    let url = format!("{}{path}?{query}", replica.entries[0]);
    let answer = try_read(replica.party.http.get(url).header(COOKIE, &session.cookies)).await.ok()?;
    let location = url::Url::parse(answer.header("location")?).ok()?;
    location.query_pairs().find_map(|(name, value)| match (name.as_ref(), value.as_ref()) {
        ("code", _) | ("error", "consent_required") => Some(true),
        ("error", "login_required") => Some(false),
        _ => None,
    })
}

/// Checks that created accounts exist. Each replica is asked about half of the sample.
async fn accounts(replica: &Realm, number: usize, ledger: &mut Ledger) {
    let step = ledger.accounts.len().div_ceil(SIGN_INS).max(1);
    for (index, email) in ledger.accounts.clone().iter().step_by(step).enumerate() {
        if index % 2 == number && !signs_in(replica, index, email).await {
            ledger.broken.push(format!("an account that was made can't sign in: {email}"));
        }
    }
}

async fn signs_in(replica: &Realm, index: usize, email: &str) -> bool {
    let mut client = Client::new(replica, 400 + index);
    let Ok(page) = client.visit(&replica.party.authorize(&[]).url).await else { return false };
    let form = page.form("login-submit").with("username", email).with("password", PASSWORD);
    client.post(&form).await.is_ok_and(|page| page.status == StatusCode::SEE_OTHER)
}
