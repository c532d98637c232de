//! Sessions at the provider, and the browsers they came from.

use idp::store::{
    sessions::{self, Session},
    users,
};

use crate::harness::{NOW, Scratch, new_session, session, stores, user, winners};

const IDLE: i64 = 600;

pub async fn signed_in(store: &Scratch) -> Session {
    user(store, "u1").await;
    let started = new_session("s1", "u1");
    session(store, &started).await;
    started
}

pub async fn live(store: &Scratch, id_hash: &str, now: i64) -> Option<Session> {
    sessions::live(&store.facts, id_hash, now, IDLE).await.unwrap()
}

#[tokio::test]
async fn a_session_is_found_by_its_cookie_as_it_was_started() {
    for store in stores().await {
        let started = signed_in(&store).await;
        let found = live(&store, "s1-hash", NOW + 1).await.unwrap();
        assert_eq!(format!("{found:?}"), format!("{started:?}"));
        assert!(live(&store, "s1", NOW + 1).await.is_none(), "its public name is no cookie");
        assert!(live(&store, "", NOW + 1).await.is_none());
    }
}

#[tokio::test]
async fn mf10_a_session_ends_when_it_is_not_used_and_when_its_time_is_up() {
    for store in stores().await {
        signed_in(&store).await;
        assert!(live(&store, "s1-hash", NOW + IDLE - 1).await.is_some());
        assert!(live(&store, "s1-hash", NOW + IDLE).await.is_none(), "idle");
        sessions::touch(&store.facts, "s1-hash", NOW + 3599, i64::MAX).await.unwrap();
        assert!(live(&store, "s1-hash", NOW + 3599).await.is_some());
        assert!(live(&store, "s1-hash", NOW + 3600).await.is_none(), "use doesn't move the absolute end");
    }
}

#[tokio::test]
async fn i10_two_sessions_never_share_an_id_or_a_name() {
    for store in stores().await {
        let started = signed_in(&store).await;
        let same_id = Session { sid: "s2".into(), ..started.clone() };
        let same_name = Session { id_hash: "s2-hash".into(), ..started };
        for twin in [same_id, same_name] {
            let origin = sessions::Origin { address: [192, 0, 2, 1].into(), user_agent: String::new() };
            let mut tx = store.facts.begin().await.unwrap();
            assert!(sessions::start(&mut tx, &twin, &origin).await.unwrap_err().is_conflict());
        }
    }
}

#[tokio::test]
async fn a_session_of_nobody_is_not_started() {
    for store in stores().await {
        let origin = sessions::Origin { address: [192, 0, 2, 1].into(), user_agent: String::new() };
        let mut tx = store.facts.begin().await.unwrap();
        assert!(sessions::start(&mut tx, &new_session("s1", "nobody"), &origin).await.is_err());
    }
}

#[tokio::test]
async fn use_is_noted_forwards_only_and_never_after_the_end() {
    for store in stores().await {
        signed_in(&store).await;
        sessions::touch(&store.facts, "s1-hash", NOW + 50, i64::MAX).await.unwrap();
        sessions::touch(&store.facts, "s1-hash", NOW + 20, NOW + 80).await.unwrap();
        sessions::touch(&store.facts, "unknown", NOW + 60, i64::MAX).await.unwrap();
        assert_eq!(live(&store, "s1-hash", NOW + 50).await.unwrap().last_seen_at, NOW + 50);
        sessions::end(&store.facts, "s1", NOW + 51).await.unwrap();
        sessions::touch(&store.facts, "s1-hash", NOW + 52, i64::MAX).await.unwrap();
        assert!(live(&store, "s1-hash", NOW + 52).await.is_none());
    }
}

#[tokio::test]
async fn a_session_ends_once_and_alone() {
    for store in stores().await {
        signed_in(&store).await;
        session(&store, &new_session("s2", "u1")).await;
        assert_eq!(sessions::end(&store.facts, "s1", NOW + 1).await.unwrap().as_deref(), Some("s1-hash"));
        assert_eq!(sessions::end(&store.facts, "s1", NOW + 2).await.unwrap(), None);
        assert_eq!(sessions::end(&store.facts, "unknown", NOW + 2).await.unwrap(), None);
        assert!(live(&store, "s1-hash", NOW + 2).await.is_none());
        assert!(live(&store, "s2-hash", NOW + 2).await.is_some());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l2_of_many_sign_outs_at_once_one_ends_the_session() {
    for store in stores().await {
        signed_in(&store).await;
        let answers = store.race(|_, store| async move {
            sessions::end(&store.facts, "s1", NOW + 1).await.unwrap().is_some()
        });
        assert_eq!(winners(&answers.await), 1);
    }
}

#[tokio::test]
async fn i10_the_sessions_of_an_account_are_its_own_that_have_not_ended() {
    for store in stores().await {
        signed_in(&store).await;
        user(&store, "u2").await;
        for (sid, owner) in [("s2", "u1"), ("s3", "u1"), ("t1", "u2")] {
            session(&store, &new_session(sid, owner)).await;
        }
        sessions::end(&store.facts, "s2", NOW + 1).await.unwrap();
        let mut sids = sessions::sids_of_user(&store.facts, "u1").await.unwrap();
        sids.sort();
        assert_eq!(sids, ["s1", "s3"]);
        assert!(sessions::sids_of_user(&store.facts, "nobody").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn w9_a_browser_is_known_to_the_account_that_signed_in_from_it() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        for now in [NOW, NOW + 1] {
            let mut tx = store.facts.begin().await.unwrap();
            sessions::remember_browser(&mut tx, "u1", "browser", now).await.unwrap();
            tx.commit().await.unwrap();
        }
        for (owner, browser, known) in
            [("u1", "browser", true), ("u1", "other", false), ("u2", "browser", false)]
        {
            let knows = sessions::knows_browser(&store.facts, owner, browser).await.unwrap();
            assert_eq!(knows, known, "{owner} {browser}");
        }
    }
}

#[tokio::test]
async fn t14_a_session_that_idled_out_can_still_be_found_to_end_it() {
    for store in stores().await {
        user(&store, "u1").await;
        let lapsed = Session { expires_at: NOW - 1, ..new_session("s1", "u1") };
        session(&store, &lapsed).await;
        let found = sessions::unended(&store.facts, &lapsed.id_hash).await.unwrap();
        assert_eq!(found.map(|session| session.sid), Some("s1".to_owned()));
        assert!(sessions::end(&store.facts, "s1", NOW).await.unwrap().is_some());
        assert!(sessions::unended(&store.facts, &lapsed.id_hash).await.unwrap().is_none());
        assert!(sessions::unended(&store.facts, "nobody's").await.unwrap().is_none());
    }
}

#[tokio::test]
async fn mf3_a_browser_in_which_the_factor_was_proved_is_told_from_one_that_had_the_password_only() {
    for store in stores().await {
        user(&store, "u1").await;
        let mut tx = store.facts.begin().await.unwrap();
        for browser in ["proved", "password only"] {
            sessions::remember_browser(&mut tx, "u1", browser, NOW).await.unwrap();
        }
        sessions::remember_factor(&mut tx, "u1", "proved", NOW).await.unwrap();
        sessions::remember_factor(&mut tx, "u1", "unknown", NOW).await.unwrap();
        // signing in again takes nothing away
        sessions::remember_browser(&mut tx, "u1", "proved", NOW + 1).await.unwrap();
        tx.commit().await.unwrap();
        for (browser, proved) in [("proved", true), ("password only", false), ("unknown", false)] {
            let found = sessions::proved_factor_in(&store.facts, "u1", browser).await.unwrap();
            assert_eq!(found, proved, "{browser}");
        }
    }
}

#[tokio::test]
async fn q4_use_that_a_clock_ahead_has_noted_is_put_right_and_another_replicas_is_not() {
    for store in stores().await {
        signed_in(&store).await;
        for (noted, now, stands) in [(NOW + 60, NOW, NOW + 60), (NOW + 7200, NOW, NOW)] {
            sessions::touch(&store.facts, "s1-hash", noted, i64::MAX).await.unwrap();
            sessions::touch(&store.facts, "s1-hash", now, now + 60).await.unwrap();
            assert_eq!(live(&store, "s1-hash", NOW).await.unwrap().last_seen_at, stands);
        }
    }
}

#[tokio::test]
async fn acc7_the_list_has_the_live_sessions_of_the_account() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        for (sid, user_id) in [("s1", "u1"), ("s2", "u1"), ("s3", "u2")] {
            session(&store, &new_session(sid, user_id)).await;
        }
        sessions::end(&store.facts, "s2", NOW).await.unwrap();
        let sids = async |now: i64, idle_since: i64| {
            let live = sessions::live_of_user(&store.facts, "u1", now, idle_since).await.unwrap();
            live.into_iter().map(|session| session.sid).collect::<Vec<_>>()
        };
        assert_eq!(sids(NOW, NOW - 60).await, ["s1"]);
        assert!(sids(NOW, NOW).await.is_empty(), "idle");
        assert!(sids(i64::MAX, NOW - 60).await.is_empty(), "expired");
    }
}

#[tokio::test]
async fn acc14_the_sessions_of_one_browser_are_those_of_its_cookies_that_nobody_ended() {
    for store in stores().await {
        for (sid, id) in [("s1", "u1"), ("s2", "u2"), ("s3", "u3"), ("s4", "u4")] {
            user(&store, id).await;
            session(&store, &new_session(sid, id)).await;
        }
        let asked = |names: &[&str]| {
            let mut id_hashes: [String; sessions::MOST_ACCOUNTS] = Default::default();
            for (id_hash, name) in id_hashes.iter_mut().zip(names) {
                *id_hash = (*name).to_owned();
            }
            id_hashes
        };
        let found = async |names: &[&str]| {
            let found = sessions::unended_among(&store.facts, &asked(names)).await.unwrap();
            found.into_iter().map(|session| session.sid).collect::<Vec<_>>()
        };
        sessions::touch(&store.facts, "s2-hash", NOW + 30, i64::MAX).await.unwrap();
        assert_eq!(
            found(&["s1-hash", "s2-hash", "s3-hash"]).await,
            ["s2", "s3", "s1"],
            "the last used first"
        );
        assert_eq!(found(&["s1", "nothing", ""]).await, Vec::<String>::new(), "a public name is no cookie");
        assert_eq!(found(&[]).await, Vec::<String>::new());
        sessions::end(&store.facts, "s1", NOW).await.unwrap();
        users::disable(&store.facts, "u3", NOW).await.unwrap();
        assert_eq!(found(&["s1-hash", "s2-hash", "s3-hash", "s4-hash"]).await, ["s2", "s4"]);
        let of = async |id_hash, sid| sessions::account_of(&store.facts, id_hash, sid).await.unwrap();
        assert_eq!(of("s1-hash", "s1").await.as_deref(), Some("u1"), "also when it has ended");
        assert_eq!(of("s1-hash", "s2").await, None);
        assert_eq!(of("s1", "s1").await, None);
        assert_eq!(of("s3-hash", "s3").await, None, "a disabled account is not told of");
    }
}
