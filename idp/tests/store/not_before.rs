//! The realm's not-before, and what compares with it.

use idp::store::{
    Store, grants, keys, not_before,
    sessions::{self, Named, Origin},
};
use protocol::jose::rotation::KeyState;

use crate::{
    grants::{claim, grant, issue},
    harness::{NOW, count, new_session, session, stores, user, winners},
};

async fn raise(store: &Store, now: i64) {
    let mut tx = store.facts.begin().await.unwrap();
    not_before::raise(&mut tx, now).await.unwrap();
    tx.commit().await.unwrap();
}

async fn is_live(store: &Store, sid: &str) -> bool {
    sessions::live(&store.facts, &format!("{sid}-hash"), NOW + 1, 600).await.unwrap().is_some()
}

#[tokio::test]
async fn p10_it_only_ever_rises() {
    for store in stores().await {
        assert_eq!(not_before::get(&store.facts).await.unwrap(), 0);
        for (raised, stands) in [(NOW, NOW), (NOW - 5, NOW), (NOW + 5, NOW + 5)] {
            raise(&store, raised).await;
            assert_eq!(not_before::get(&store.facts).await.unwrap(), stands);
        }
        assert_eq!(count(&store.facts, "SELECT COUNT(*) AS n FROM realm_state").await, 1);
    }
}

#[tokio::test]
async fn p10_a_session_of_until_then_is_none_and_gets_no_further() {
    for store in stores().await {
        user(&store, "u1").await;
        let mut later = new_session("s2", "u1");
        later.auth_time = NOW + 1;
        session(&store, &new_session("s1", "u1")).await;
        session(&store, &later).await;
        raise(&store, NOW).await;
        assert!(!is_live(&store, "s1").await && is_live(&store, "s2").await);
        let mut tx = store.facts.begin().await.unwrap();
        assert!(!sessions::keep_alive(&mut tx, "s1", NOW).await.unwrap());
        assert!(sessions::keep_alive(&mut tx, "s2", NOW).await.unwrap());
        let renewed =
            sessions::Session { id_hash: "new".to_owned(), auth_time: NOW + 9, ..new_session("s1", "u1") };
        assert!(!sessions::rotate(&mut tx, "s1-hash", &renewed).await.unwrap());
        assert_eq!(sessions::rotate_again(&mut tx, &renewed).await.unwrap(), None);
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn p10_a_session_that_is_committed_after_everything_ended_is_none_either() {
    for store in stores().await {
        user(&store, "u1").await;
        let origin = Origin { address: [192, 0, 2, 1].into(), user_agent: "test".to_owned() };
        let replica = store.replica().await;
        let mut under_way = store.facts.begin().await.unwrap();
        sessions::start(&mut under_way, &new_session("s1", "u1"), &origin).await.unwrap();
        // on SQLite the second one waits for the first
        let ending = tokio::spawn(async move { raise(&replica, NOW).await });
        tokio::task::yield_now().await;
        under_way.commit().await.unwrap();
        ending.await.unwrap();
        assert!(!is_live(&store, "s1").await);
    }
}

#[tokio::test]
async fn p10_a_grant_of_until_then_is_dead() {
    for store in stores().await {
        user(&store, "u1").await;
        issue(&store, &grant("g1"), "code").await;
        claim(&store, "code", NOW).await;
        assert!(grants::redeemed(&store.facts, "g1").await.unwrap().is_some());
        raise(&store, NOW - 5).await;
        assert!(grants::redeemed(&store.facts, "g1").await.unwrap().is_none());
    }
}

#[tokio::test]
async fn p10_what_is_left_to_end_comes_in_pages_the_oldest_sign_ins_first() {
    for store in stores().await {
        user(&store, "u1").await;
        for (sid, auth_time) in [("s1", NOW), ("s2", NOW), ("s3", NOW - 9), ("s4", NOW + 90)] {
            session(&store, &sessions::Session { auth_time, ..new_session(sid, "u1") }).await;
        }
        sessions::end(&store.facts, "s2", NOW).await.unwrap();
        assert_eq!(sessions::count_unended(&store.facts).await.unwrap(), 3);
        let named = |sid: &str| Named { sid: sid.to_owned(), user_id: "u1".to_owned() };
        let until = async |time, limit| sessions::unended_until(&store.facts, time, limit).await.unwrap();
        assert_eq!(until(NOW, 9).await, [named("s3"), named("s1")]);
        assert_eq!(until(NOW, 1).await, [named("s3")]);
        assert!(until(NOW - 10, 9).await.is_empty());

        for (id, code) in [("g1", "c1"), ("g2", "c2")] {
            issue(&store, &grant(id), code).await;
        }
        let until = async |time, limit| grants::unrevoked_until(&store.facts, time, limit).await.unwrap();
        assert_eq!(until(NOW, 9).await, [named("s1"), named("s1")], "once for each grant");
        assert_eq!(until(NOW, 1).await, [named("s1")]);
        assert!(until(NOW - 6, 9).await.is_empty());

        let mut tx = store.facts.begin().await.unwrap();
        assert_eq!(sessions::unended_within(&mut tx, NOW, i64::MAX).await.unwrap(), [named("s4")]);
        assert_eq!(grants::unrevoked_within(&mut tx, NOW - 6, i64::MAX).await.unwrap().len(), 2);
        assert!(grants::unrevoked_within(&mut tx, NOW, i64::MAX).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn k13_all_keys_go_at_once() {
    for store in stores().await {
        for (kid, state) in [("k1", KeyState::Active), ("k2", KeyState::Next), ("k3", KeyState::Retired)] {
            let key = keys::NewKey { kid, algorithm: "ES256", state, sealed: "sealed" };
            assert!(keys::add(&store.facts, &key, NOW).await.unwrap());
        }
        let mut tx = store.facts.begin().await.unwrap();
        assert_eq!(keys::remove_all(&mut tx).await.unwrap(), 3);
        tx.commit().await.unwrap();
        assert!(keys::published(&store.facts).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn p10_the_newest_sign_in_is_of_sessions_and_grants_and_no_further_ahead_than_asked() {
    for store in stores().await {
        user(&store, "u1").await;
        let newest = async |until: i64| {
            let mut tx = store.facts.begin().await.unwrap();
            not_before::newest_sign_in(&mut tx, until).await.unwrap()
        };
        assert_eq!(newest(NOW).await, 0);
        for (sid, auth_time) in [("s1", NOW), ("s2", NOW + 30), ("s3", NOW + 90)] {
            session(&store, &sessions::Session { auth_time, ..new_session(sid, "u1") }).await;
        }
        assert_eq!(newest(NOW + 60).await, NOW + 30);
        issue(&store, &protocol::grant::Grant { auth_time: NOW + 40, ..grant("g1") }, "code").await;
        assert_eq!(newest(NOW + 60).await, NOW + 40);
        grants::revoke(&store.facts, "g1", "test", NOW).await.unwrap();
        sessions::end(&store.facts, "s2", NOW).await.unwrap();
        assert_eq!(newest(NOW + 60).await, NOW, "what has ended is nobody's");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q4_one_of_a_clock_ahead_is_lowered_once_and_no_other() {
    for store in stores().await {
        raise(&store, NOW).await;
        let lower = |to: i64, latest: i64| {
            store.race(move |_, store| async move {
                let mut tx = store.facts.begin().await.unwrap();
                let lowered = not_before::lower(&mut tx, to, latest).await.unwrap();
                tx.commit().await.unwrap();
                lowered
            })
        };
        assert_eq!(winners(&lower(NOW - 60, NOW).await), 0);
        assert_eq!(winners(&lower(NOW - 7200, NOW - 7140).await), 1);
        assert_eq!(not_before::get(&store.facts).await.unwrap(), NOW - 7200);
    }
}
