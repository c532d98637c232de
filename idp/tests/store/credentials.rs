//! What follows from a credential that was used wrongly, and the event that tells of it: both are facts, or neither (T6,
//! T11).

use std::sync::Arc;

use clock::{
    ManualClock, SharedClock,
    random::{OsRandom, SharedRandom},
};
use database::sql;
use idp::{
    flow::{Error, client_call::Caller, token},
    realm::{Realm, RealmConfig, config},
    store::grants,
};
use protocol::{grant::Grant, params::Params, refresh::RefreshToken, secret};
use settings::Document;

use crate::{
    grants::{claim, grant, issue},
    harness::{NOW, Scratch, count, stores, user},
};

const CLIENT: &str = "demo-app";
const EVENTS: &str = "SELECT COUNT(*) AS n FROM audit_events WHERE kind <> 'code.issued'";

/// The shipped customer realm on that store, with a grant of the account `u1` and its code.
async fn realm(store: &Scratch) -> Arc<Realm> {
    let parse = |name, text| Document::parse(name, text).unwrap();
    let file = parse("customer.toml", config::CUSTOMER);
    let mut document = parse("default.toml", config::DEFAULTS).overlaid_by(file);
    for (key, value) in [
        ("issuer", "http://localhost:7001"),
        ("database", "sqlite:unused"),
        ("secrets.key_encryption_key", "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq"),
        ("secrets.pepper", "Zt2VbW7sLk8nHe5oO4cQ1yAqX9Yp0dJmRw"),
        ("clients.0.secret", "T6wq2ZcV9sLk8nHe5oO4cQ1yAqX9Yp0dJm"),
        ("clients.2.secret", "T6wq2ZcV9sLk8nHe5oO4cQ1yAqX9Yp0dJm"),
    ] {
        document.set(key, value);
    }
    let mut config = RealmConfig::read(&document).unwrap();
    config.database = store.url();
    user(store, "u1").await;
    let grant = Grant { client_id: CLIENT.to_owned(), ..grant("g1") };
    issue(store, &grant, &secret::hash("code")).await;
    let (clock, random): (SharedClock, SharedRandom) = (Arc::new(ManualClock::new(NOW)), Arc::new(OsRandom));
    Box::pin(Realm::open(config, clock, random)).await.unwrap()
}

async fn show(realm: &Realm, grant: &[(&'static str, &str)]) -> Error {
    let client = [("client_id", CLIENT)];
    let params: Params = client.iter().chain(grant).copied().collect();
    let caller = Caller { address: [192, 0, 2, 1].into(), request_id: "request".to_owned() };
    token::exchange(realm, None, &params, &caller).await.unwrap_err()
}

/// Shows it while nothing can be put on record, then again; the answer is the grant in between.
async fn without_and_with_a_record(
    store: &Scratch,
    realm: &Realm,
    shown: &[(&'static str, &str)],
) -> Option<Grant> {
    sql("ALTER TABLE audit_events RENAME TO away").run(&store.facts).await.unwrap();
    assert!(matches!(show(realm, shown).await, Error::Internal(_)));
    let between = grants::redeemed(&store.facts, "g1").await.unwrap();
    sql("ALTER TABLE away RENAME TO audit_events").run(&store.facts).await.unwrap();
    assert_eq!(count(&store.facts, EVENTS).await, 0);
    assert!(matches!(show(realm, shown).await, Error::Refused(_)));
    assert_eq!(count(&store.facts, EVENTS).await, 1);
    let after = grants::redeemed(&store.facts, "g1").await.unwrap().unwrap();
    assert_eq!(after.revoked_at, Some(NOW));
    between
}

#[tokio::test]
async fn t6_a_code_that_is_shown_wrongly_or_twice_is_revoked_together_with_its_event() {
    let code = [("grant_type", "authorization_code"), ("code", "code")];
    for store in stores().await {
        let realm = realm(&store).await;
        let between = without_and_with_a_record(&store, &realm, &code).await;
        assert_eq!(between.unwrap().revoked_at, None, "without a verifier: used up, and nothing came of it");
    }
    for store in stores().await {
        let realm = realm(&store).await;
        claim(&store, &secret::hash("code"), NOW).await;
        let between = without_and_with_a_record(&store, &realm, &code).await;
        assert_eq!(between.unwrap().revoked_at, None, "shown twice");
    }
}

#[tokio::test]
async fn t11_a_refresh_token_that_is_used_again_is_revoked_together_with_its_event() {
    for store in stores().await {
        let realm = realm(&store).await;
        claim(&store, &secret::hash("code"), NOW).await;
        for generation in [1, 2] {
            assert!(grants::advance(&store.facts, "g1", generation, NOW, NOW + 1000).await.unwrap());
        }
        let key = &realm.secrets.refresh.current;
        let old = RefreshToken { grant_id: "g1".to_owned(), generation: 1 }.encode(key);
        let shown = [("grant_type", "refresh_token"), ("refresh_token", old.as_str())];
        let between = without_and_with_a_record(&store, &realm, &shown).await;
        assert_eq!(between.unwrap().revoked_at, None);
    }
}
