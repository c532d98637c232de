//! Grants: everything that revokes them.

use idp::store::grants;
use protocol::grant::Grant;

use crate::{
    grants::{claim, claimed, grant, issue, issued},
    harness::{NOW, count, stores, user, winners},
};

#[tokio::test]
async fn t14_a_grant_is_revoked_once_and_keeps_the_reason() {
    for store in stores().await {
        issued(&store).await;
        issue(&store, &grant("g2"), "code-2").await;
        assert!(grants::revoke(&store.facts, "g1", "first", NOW + 1).await.unwrap());
        assert!(!grants::revoke(&store.facts, "g1", "second", NOW + 2).await.unwrap());
        assert!(!grants::revoke(&store.facts, "unknown", "first", NOW + 2).await.unwrap());
        let reasons = "SELECT COUNT(*) AS n FROM grants WHERE revoked_reason = 'first'";
        assert_eq!(count(&store.facts, reasons).await, 1);
        assert_eq!(claimed(claim(&store, "code-2", NOW + 3).await).revoked_at, None, "g2 is untouched");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t14_of_many_revocations_at_once_one_is_told_that_it_did_it() {
    for store in stores().await {
        issued(&store).await;
        let answers = store
            .race(|_, store| async move { grants::revoke(&store.facts, "g1", "test", NOW).await.unwrap() });
        assert_eq!(winners(&answers.await), 1);
    }
}

#[tokio::test]
async fn l2_the_end_of_a_session_revokes_its_grants_and_names_the_clients_that_had_tokens() {
    for store in stores().await {
        user(&store, "u1").await;
        let of = |id: &str, client: &str, sid: &str| Grant {
            client_id: client.to_owned(),
            sid: sid.to_owned(),
            ..grant(id)
        };
        for (id, client, sid, redeemed) in [
            ("g1", "app", "s1", true),
            ("g2", "app", "s1", true),
            ("g3", "shop", "s1", true),
            ("g4", "never-redeemed", "s1", false),
            ("g5", "elsewhere", "s2", true),
        ] {
            issue(&store, &of(id, client, sid), id).await;
            if redeemed {
                claimed(claim(&store, id, NOW).await);
            }
        }
        let mut tx = store.facts.begin().await.unwrap();
        let mut revoked = grants::revoke_of_session(&mut tx, "s1", "signed_out", NOW + 1).await.unwrap();
        let again = grants::revoke_of_session(&mut tx, "s1", "signed_out", NOW + 2).await.unwrap();
        tx.commit().await.unwrap();
        assert!(revoked.any && !again.any, "there was something to revoke once");
        revoked.clients.sort();
        assert_eq!(revoked.clients, ["app", "shop"]);
        let dead = "SELECT COUNT(*) AS n FROM grants WHERE revoked_at IS NOT NULL AND sid = 's1'";
        assert_eq!(count(&store.facts, dead).await, 4, "the code that was not redeemed is dead too");
        let other = grants::redeemed(&store.facts, "g5").await.unwrap().unwrap();
        assert_eq!(other.revoked_at, None);
    }
}

#[tokio::test]
async fn l2_a_session_without_grants_has_nobody_to_tell() {
    for store in stores().await {
        issued(&store).await;
        let mut tx = store.facts.begin().await.unwrap();
        let revoked = grants::revoke_of_session(&mut tx, "s2", "signed_out", NOW).await.unwrap();
        assert!(!revoked.any && revoked.clients.is_empty());
        tx.commit().await.unwrap();
        assert_eq!(claimed(claim(&store, "code", NOW).await).revoked_at, None);
    }
}

#[tokio::test]
async fn t14_the_grants_of_an_account_are_revoked_in_all_its_sessions_and_nobody_elses() {
    for store in stores().await {
        for id in ["u1", "u2"] {
            user(&store, id).await;
        }
        for (id, owner, sid) in
            [("g1", "u1", "s1"), ("g2", "u1", "s2"), ("g3", "u1", "s1"), ("g4", "u2", "s3")]
        {
            issue(&store, &Grant { user_id: owner.into(), sid: sid.into(), ..grant(id) }, id).await;
        }
        assert!(grants::revoke(&store.facts, "g3", "earlier", NOW).await.unwrap());
        let mut tx = store.facts.begin().await.unwrap();
        assert_eq!(grants::revoke_of_user(&mut tx, "u1", "account_disabled", NOW + 1).await.unwrap(), 2);
        assert_eq!(grants::revoke_of_user(&mut tx, "nobody", "account_disabled", NOW + 1).await.unwrap(), 0);
        tx.commit().await.unwrap();
        for (id, revoked_at) in
            [("g1", Some(NOW + 1)), ("g2", Some(NOW + 1)), ("g3", Some(NOW)), ("g4", None)]
        {
            assert_eq!(claimed(claim(&store, id, NOW + 2).await).revoked_at, revoked_at, "{id}");
        }
    }
}
