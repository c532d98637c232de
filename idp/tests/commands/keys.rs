//! `idp keys`

use std::iter;

use clock::{
    Clock, SystemClock,
    random::{self, OsRandom},
};
use database::sql;
use idp::store::{
    Store,
    keys::{self, NewKey},
};
use protocol::jose::{Algorithm, SigningKey, rotation::KeyState};

use crate::harness::Operator;

/// A key whose id begins with a hyphen, as one in 64 does: the commands have to take it for what it is.
fn awkward_key() -> (String, String) {
    let mut keys = iter::repeat_with(|| SigningKey::generate(Algorithm::ES256, 0).unwrap());
    keys.find(|(kid, _)| kid.starts_with('-')).unwrap()
}

/// Keys as a realm at work has them: two that sign, two that follow.
async fn make_keys(store: &Store) {
    let kek = "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq".as_bytes().to_vec();
    let input = idp::realm::SecretsInput {
        key_encryption_key: kek,
        previous_key_encryption_key: None,
        pepper: Vec::new(),
        previous_pepper: None,
    };
    let secrets = idp::realm::Secrets::derive(&input).unwrap();
    for algorithm in idp::realm::ALGORITHMS {
        for state in [KeyState::Active, KeyState::Next] {
            let (kid, jwk) = match algorithm {
                Algorithm::ES256 => awkward_key(),
                Algorithm::RS256 => SigningKey::generate(algorithm, 2048).unwrap(),
            };
            let sealed =
                secrets.sealing.seal(jwk.as_bytes(), "signing key", random::bytes(&OsRandom)).unwrap();
            let key = NewKey { kid: &kid, algorithm: algorithm.as_str(), state, sealed: &sealed };
            assert!(keys::add(&store.facts, &key, SystemClock.now() - 2 * 3600).await.unwrap());
        }
    }
}

async fn kid(store: &Store, algorithm: Algorithm, state: KeyState) -> String {
    let all = keys::published(&store.facts).await.unwrap();
    let found = all.iter().find(|key| key.algorithm == algorithm.as_str() && key.state == state.as_str());
    found.unwrap().kid.clone()
}

#[tokio::test]
async fn key1_an_operator_lists_rotates_and_revokes_signing_keys() {
    let operator = Operator::new().await;
    let nothing = operator.run("keys rotate --realm test");
    assert!(nothing.code == Some(1) && nothing.err.contains("still being made"), "{nothing:?}");
    let store = Store::open(&operator.database()).await.unwrap();
    make_keys(&store).await;
    let list = operator.run("keys list --realm test");
    assert_eq!((list.code, list.out.lines().count()), (Some(0), 5), "{list:?}");
    assert!(list.out.starts_with("KID "), "{list:?}");
    assert!(list.out.contains("active") && list.out.contains("  20"), "{list:?}");
    assert!(!list.out.contains("\"d\""), "no private part is shown");

    let (old, next) = (
        kid(&store, Algorithm::ES256, KeyState::Active).await,
        kid(&store, Algorithm::ES256, KeyState::Next).await,
    );
    let rotated = operator.run("keys rotate --realm test --algorithm ES256");
    assert_eq!(rotated.code, Some(0), "{rotated:?}");
    assert_eq!(kid(&store, Algorithm::ES256, KeyState::Active).await, next);
    assert_eq!(kid(&store, Algorithm::ES256, KeyState::Retired).await, old);
    assert!(rotated.out.contains(&format!("ES256: {next} signs, {old} is retired")), "{rotated:?}");
    long_ago(&store).await;
    let again = operator.run("keys rotate --realm test --algorithm ES256");
    assert!(again.code == Some(1) && again.err.contains("rotate in"), "{again:?}");

    let revoked = operator.run(&format!("keys revoke --realm test {next}"));
    assert_eq!(revoked.code, Some(0), "{revoked:?}");
    assert_ne!(kid(&store, Algorithm::ES256, KeyState::Active).await, next);
    let again = operator.run(&format!("keys revoke --realm test {next}"));
    assert!(again.code == Some(0) && again.out.contains("revoked before"), "{again:?}");
    let unknown = operator.run("keys revoke --realm test another");
    assert!(unknown.code == Some(1) && unknown.err.contains("no signing key"), "{unknown:?}");
    database::record! { struct Counted { n: i64 } }
    let events =
        "SELECT COUNT(*) AS n FROM audit_events WHERE kind IN ('signing_key.rotated', 'signing_key.revoked')";
    assert_eq!(sql(events).one::<Counted>(&store.facts).await.unwrap().n, 2);
}

/// Lets a rotation be one of another time.
async fn long_ago(store: &Store) {
    sql("UPDATE signing_keys SET since = since - 600").run(&store.facts).await.unwrap();
}

#[tokio::test]
async fn key1_of_commands_that_rotate_at_once_each_says_what_it_did_and_all_are_content() {
    let operator = Operator::new().await;
    let store = Store::open(&operator.database()).await.unwrap();
    make_keys(&store).await;
    // together, so that none begins after another one has ended
    let reported: Vec<_> = std::thread::scope(|scope| {
        let runs: Vec<_> =
            (0..4).map(|_| scope.spawn(|| operator.run("keys rotate --realm test --json"))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let mut done = Vec::new();
    for said in &reported {
        assert_eq!(said.code, Some(0), "{said:?}");
        let answer: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        for rotated in answer["rotated"].as_array().unwrap() {
            if rotated["changed"] == true {
                done.push(rotated["algorithm"].as_str().unwrap().to_owned());
            }
        }
    }
    done.sort();
    assert_eq!(done, ["ES256", "RS256"], "{reported:?}");
    let late = operator.run("keys rotate --realm test --algorithm RS256");
    assert!(late.code.is_some_and(|code| code < 2), "{late:?}");
}

#[tokio::test]
async fn key1_only_a_known_algorithm_rotates() {
    let operator = Operator::new().await;
    let refused = operator.run("keys rotate --realm test --algorithm none");
    assert!(refused.code == Some(1) && refused.err.contains("ES256 or RS256"), "{refused:?}");
}
