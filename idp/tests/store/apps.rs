//! Apps that an account is connected to (ACC-9), and its events (ACC-10).

use idp::store::{
    apps,
    audit::{self, Event},
    consents,
};

use crate::{
    grants::{claim, grant, issue},
    harness::{NOW, stores, user},
};

#[tokio::test]
async fn acc9_what_an_account_allowed_is_found_and_taken_back_once() {
    for store in stores().await {
        user(&store, "u1").await;
        consents::remember(&store.facts, "u1", "app", "openid email", NOW).await.unwrap();
        let found = apps::consented(&store.facts, "u1").await.unwrap();
        assert_eq!(
            (found.len(), found[0].client_id.as_str(), found[0].scope.as_str()),
            (1, "app", "openid email")
        );
        assert!(apps::consented(&store.facts, "u2").await.unwrap().is_empty());
        for (user, client, done) in
            [("u2", "app", false), ("u1", "other", false), ("u1", "app", true), ("u1", "app", false)]
        {
            let mut tx = store.facts.begin().await.unwrap();
            assert_eq!(apps::withdraw_consent(&mut tx, user, client).await.unwrap(), done, "{user} {client}");
            tx.commit().await.unwrap();
        }
    }
}

#[tokio::test]
async fn acc9_grants_of_one_account_to_one_client_are_revoked_and_their_sessions_named_once() {
    for store in stores().await {
        user(&store, "u1").await;
        for id in ["g1", "g2"] {
            issue(&store, &grant(id), id).await;
            claim(&store, id, NOW).await;
        }
        let given = grant("g1");
        let alive = apps::granted(&store.facts, "u1", NOW).await.unwrap();
        assert_eq!((alive.len(), alive[0].client_id.as_str()), (1, given.client_id.as_str()));
        assert!(apps::granted(&store.facts, "u1", given.refresh_absolute_at).await.unwrap().is_empty());
        let revoke = async |user: &str, client: &str| {
            let mut tx = store.facts.begin().await.unwrap();
            let sids = apps::revoke(&mut tx, user, client, "disconnected", NOW).await.unwrap();
            tx.commit().await.unwrap();
            sids
        };
        assert!(revoke("u2", &given.client_id).await.is_empty());
        assert!(revoke("u1", "another").await.is_empty());
        assert_eq!(revoke("u1", &given.client_id).await, [given.sid.as_str()]);
        assert!(revoke("u1", &given.client_id).await.is_empty(), "once");
        assert!(apps::granted(&store.facts, "u1", NOW).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn acc10_events_come_newest_first_and_page_by_page_without_renewed_tokens() {
    for store in stores().await {
        let event = |id: &str, at: i64, kind: &'static str, user_id: &'static str| Event {
            id: id.to_owned(),
            at,
            kind,
            user_id: Some(user_id),
            client_id: Some("app"),
            ..Event::default()
        };
        for event in [
            event("a", NOW - 9, "code.issued", "u1"),
            event("b", NOW - 5, "sign_in.succeeded", "u1"),
            event("c", NOW - 5, "code.issued", "u1"),
            event("d", NOW, "token.refreshed", "u1"),
            event("e", NOW, "sign_in.succeeded", "u2"),
        ] {
            audit::record(&store.facts, &event).await.unwrap();
        }
        let ids = async |from: (i64, &str), limit: i64| -> Vec<String> {
            let found = audit::of_user(&store.facts, "u1", NOW - 9, from, limit).await.unwrap();
            found.into_iter().map(|event| event.id).collect()
        };
        assert_eq!(ids((i64::MAX, ""), 9).await, ["c", "b", "a"]);
        assert_eq!(ids((i64::MAX, ""), 1).await, ["c"]);
        assert_eq!(ids((NOW - 5, "c"), 9).await, ["b", "a"]);
        let used = apps::signed_in(&store.facts, "u1").await.unwrap();
        assert_eq!((used.len(), used[0].first_at, used[0].last_at), (1, NOW - 9, NOW - 5));
    }
}
