//! Asking both replicas about everything in the ledger, when all is well again.

use std::collections::BTreeMap;

use database::sqlx::{self, Connection, PgConnection, Row};
use reqwest::{StatusCode, header::COOKIE};

use super::{
    client::{Client, Realm},
    ledger::{Grant, Ledger},
};
use crate::{people::PASSWORD, relying_party::try_read};

/// Of the accounts so many sign in again: each costs a password check.
const SIGN_INS: usize = 12;

/// Looks at everything; what is wrong is added to what is broken.
pub(super) async fn at(realm: &Realm, ledger: &mut Ledger) {
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
    for (number, replica) in looking.iter().enumerate() {
        revoked(replica, ledger).await;
        signed_out(replica, ledger).await;
        accounts(replica, number, ledger).await;
    }
    if let Some(superuser) = &realm.superuser {
        ledger.compare_stored(&stored(superuser).await);
    }
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

/// Nobody gets a code with the cookie of a session that was signed out.
async fn signed_out(replica: &Realm, ledger: &mut Ledger) {
    for cookies in &ledger.signed_out {
        let attempt = replica.party.authorize(&[("prompt", "none")]);
        let url = format!(
            "{}{}?{}",
            replica.entries[0],
            attempt.url.path(),
            attempt.url.query().unwrap_or_default()
        );
        let answer = try_read(replica.party.http.get(url).header(COOKIE, cookies)).await;
        let location = answer.ok().and_then(|answer| answer.header("location").map(str::to_owned));
        if !location.as_ref().is_some_and(|location| location.contains("error=login_required")) {
            ledger.broken.push(format!("a session that was signed out is alive: {location:?}"));
        }
    }
}

/// Accounts that were made are there. Each replica is asked about another part of them.
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

/// The grants in the customers' schema with their generation.
async fn stored(superuser: &str) -> BTreeMap<String, i64> {
    let mut server = PgConnection::connect(superuser).await.expect("the superuser");
    let rows = sqlx::query("SELECT id, generation FROM customer.grants WHERE redeemed_at IS NOT NULL")
        .fetch_all(&mut server);
    rows.await.expect("the grants").iter().map(|row| (row.get("id"), row.get("generation"))).collect()
}
