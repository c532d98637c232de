//! Half-finished sign-ins and enrolments.

use idp::store::pending::{self, New, Pending};

use crate::harness::{NOW, Scratch, stores, winners};

fn new<'a>(id: &'a str, browser: &'a str, source: &'a str) -> New<'a> {
    New { id_hash: id, browser_hash: browser, source, purpose: r#"{"a":1}"#, life: (NOW, NOW + 600) }
}

async fn begin(store: &Scratch, id: &str) {
    pending::begin(&store.pending, &new(id, "browser", "here")).await.unwrap();
}

async fn load(store: &Scratch, id: &str) -> Pending {
    pending::load(&store.pending, id, "browser").await.unwrap().unwrap()
}

#[tokio::test]
async fn a_request_is_kept_as_it_came() {
    for store in stores().await {
        begin(&store, "p1").await;
        let kept = load(&store, "p1").await;
        assert_eq!((kept.purpose.as_str(), kept.created_at, kept.expires_at), (r#"{"a":1}"#, NOW, NOW + 600));
        assert_eq!((kept.authenticated_sid, kept.selected_user), (None, None));
        assert_eq!((kept.consented_user, kept.completed_at), (None, None));
    }
}

#[tokio::test]
async fn i2_a_request_is_nobodys_but_the_browsers_that_began_it() {
    for store in stores().await {
        begin(&store, "p1").await;
        for (id, browser) in [("p1", "other"), ("p1", ""), ("p2", "browser"), ("browser", "p1")] {
            assert!(pending::load(&store.pending, id, browser).await.unwrap().is_none(), "{id} {browser}");
        }
        let twin = pending::begin(&store.pending, &new("p1", "other", "here")).await;
        assert!(twin.unwrap_err().is_conflict());
        assert_eq!(load(&store, "p1").await.purpose, r#"{"a":1}"#);
    }
}

#[tokio::test]
async fn each_step_of_the_person_is_noted_in_its_own_request() {
    for store in stores().await {
        begin(&store, "p1").await;
        begin(&store, "p2").await;
        let db = &store.pending;
        pending::authenticated(db, "p1", "s1").await.unwrap();
        pending::selected(db, "p1", "u1").await.unwrap();
        pending::consented(db, "p1", "u2").await.unwrap();
        pending::consented(db, "unknown", "u2").await.unwrap();
        let noted = load(&store, "p1").await;
        assert_eq!(noted.authenticated_sid.as_deref(), Some("s1"));
        assert_eq!(noted.selected_user.as_deref(), Some("u1"));
        assert_eq!(noted.consented_user.as_deref(), Some("u2"));
        let other = load(&store, "p2").await;
        assert_eq!((other.authenticated_sid, other.selected_user, other.consented_user), (None, None, None));
    }
}

#[tokio::test]
async fn a15_a_request_is_answered_once_and_then_nothing_about_it_changes() {
    for store in stores().await {
        begin(&store, "p1").await;
        let db = &store.pending;
        assert!(pending::complete(db, "p1", NOW + 5).await.unwrap());
        assert!(!pending::complete(db, "p1", NOW + 6).await.unwrap());
        assert!(!pending::complete(db, "unknown", NOW + 6).await.unwrap());
        pending::authenticated(db, "p1", "s1").await.unwrap();
        pending::selected(db, "p1", "u1").await.unwrap();
        pending::consented(db, "p1", "u1").await.unwrap();
        let answered = load(&store, "p1").await;
        assert_eq!(answered.completed_at, Some(NOW + 5));
        assert_eq!(
            (answered.authenticated_sid, answered.selected_user, answered.consented_user),
            (None, None, None)
        );
    }
}

#[tokio::test]
async fn a15_a_request_whose_time_is_up_is_not_answered() {
    for store in stores().await {
        begin(&store, "p1").await;
        assert!(!pending::complete(&store.pending, "p1", NOW + 600).await.unwrap());
        assert!(pending::complete(&store.pending, "p1", NOW + 599).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a15_of_many_clicks_at_once_one_is_answered() {
    for store in stores().await {
        begin(&store, "p1").await;
        let answers = store
            .race(|_, store| async move { pending::complete(&store.pending, "p1", NOW + 5).await.unwrap() });
        assert_eq!(winners(&answers.await), 1);
    }
}

#[tokio::test]
async fn mf2_a_reload_shows_the_same_seed_and_an_expired_one_is_replaced() {
    for store in stores().await {
        let db = &store.pending;
        let begin = async |seed: &str, now: i64| {
            pending::begin_enrolment(db, "s1", seed, now, now + 60).await.unwrap().seed
        };
        assert_eq!(begin("first", NOW).await, "first");
        assert_eq!(begin("second", NOW + 59).await, "first", "and its time begins again");
        assert_eq!(begin("third", NOW + 118).await, "first");
        assert_eq!(begin("fourth", NOW + 178).await, "fourth");
        assert!(pending::enrolment(db, "s2", NOW).await.unwrap().is_none(), "each session has its own");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mf2_of_many_reloads_at_once_all_show_one_seed() {
    for store in stores().await {
        let answers = store.race(|racer, store| async move {
            let seed = format!("seed-{racer}");
            pending::begin_enrolment(&store.pending, "s1", &seed, NOW, NOW + 60).await.unwrap().seed
        });
        let mut seeds = answers.await;
        seeds.dedup();
        assert_eq!(seeds.len(), 1, "{seeds:?}");
        let kept = pending::enrolment(&store.pending, "s1", NOW).await.unwrap().unwrap();
        assert_eq!(kept.seed, seeds[0]);
    }
}

#[tokio::test]
async fn mf2_a_seed_is_kept_until_its_time_is_up_or_it_is_confirmed() {
    for store in stores().await {
        let db = &store.pending;
        pending::begin_enrolment(db, "s1", "seed", NOW, NOW + 60).await.unwrap();
        pending::begin_enrolment(db, "s2", "other", NOW, NOW + 60).await.unwrap();
        let kept = pending::enrolment(db, "s1", NOW + 59).await.unwrap().unwrap();
        assert_eq!((kept.seed.as_str(), kept.account), ("seed", None));
        assert!(pending::enrolment(db, "s1", NOW + 60).await.unwrap().is_none());
        pending::end_enrolment(db, "s1").await.unwrap();
        assert!(pending::enrolment(db, "s1", NOW).await.unwrap().is_none());
        assert!(pending::enrolment(db, "s2", NOW).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn d2_a_set_up_that_is_begun_again_takes_the_place_of_the_earlier_one() {
    for store in stores().await {
        let db = &store.pending;
        for (seed, account) in [("one", "account one"), ("two", "account two")] {
            pending::begin_setup(db, "setup:link:browser", seed, account, NOW + 60).await.unwrap();
            let kept = pending::enrolment(db, "setup:link:browser", NOW).await.unwrap().unwrap();
            assert_eq!((kept.seed.as_str(), kept.account.as_deref()), (seed, Some(account)));
        }
        assert!(pending::enrolment(db, "setup:link:another", NOW).await.unwrap().is_none());
        assert!(pending::enrolment(db, "setup:link:browser", NOW + 60).await.unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mf1_one_of_many_confirmations_takes_the_enrolment() {
    for store in stores().await {
        pending::begin_enrolment(&store.pending, "s1", "seed", NOW, NOW + 60).await.unwrap();
        assert!(!pending::claim_enrolment(&store.pending, "s1", "another seed").await.unwrap());
        let won =
            store
                .race(|_, store| async move {
                    pending::claim_enrolment(&store.pending, "s1", "seed").await.unwrap()
                })
                .await;
        assert_eq!(won.into_iter().filter(|won| *won).count(), 1);
    }
}

#[tokio::test]
async fn q2_only_the_newest_of_one_place_are_kept() {
    for store in stores().await {
        for n in 0..7 {
            let id = format!("p{n}");
            let life = (NOW + n, NOW + n + 600);
            pending::begin(&store.pending, &New { life, ..new(&id, "browser", "here") }).await.unwrap();
        }
        pending::begin(&store.pending, &new("elsewhere", "browser", "there")).await.unwrap();
        assert_eq!(pending::keep_newest(&store.pending, "here", 5).await.unwrap(), 2);
        assert_eq!(pending::keep_newest(&store.pending, "here", 5).await.unwrap(), 0);
        for (id, kept) in [("p0", false), ("p1", false), ("p2", true), ("p6", true), ("elsewhere", true)] {
            let found = pending::load(&store.pending, id, "browser").await.unwrap();
            assert_eq!(found.is_some(), kept, "{id}");
        }
    }
}
