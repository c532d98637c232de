//! Second factors: the TOTP seed and the recovery codes.

use idp::store::{consents, factors, user_roles};

use crate::harness::{NOW, Scratch, stores, user, winners};

async fn enrolled(store: &Scratch, user_id: &str, step: i64) {
    user(store, user_id).await;
    let mut tx = store.facts.begin().await.unwrap();
    factors::confirm_totp(&mut tx, user_id, "sealed-seed", step, NOW).await.unwrap();
    tx.commit().await.unwrap();
}

async fn with_codes(store: &Scratch, user_id: &str, codes: &[&str]) {
    let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    let mut tx = store.facts.begin().await.unwrap();
    factors::replace_recovery_codes(&mut tx, user_id, &codes).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn mf2_a_factor_counts_from_its_confirmation_on() {
    for store in stores().await {
        user(&store, "u1").await;
        assert!(factors::totp(&store.facts, "u1").await.unwrap().is_none());
        let mut tx = store.facts.begin().await.unwrap();
        factors::confirm_totp(&mut tx, "u1", "sealed-seed", 100, NOW).await.unwrap();
        drop(tx);
        assert!(factors::totp(&store.facts, "u1").await.unwrap().is_none(), "the transaction was dropped");
        let mut tx = store.facts.begin().await.unwrap();
        factors::confirm_totp(&mut tx, "u1", "sealed-seed", 100, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let factor = factors::totp(&store.facts, "u1").await.unwrap().unwrap();
        assert_eq!((factor.seed.as_str(), factor.last_step), ("sealed-seed", 100));
        assert!(factors::totp(&store.facts, "u2").await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_new_factor_replaces_the_old_one() {
    for store in stores().await {
        enrolled(&store, "u1", 100).await;
        let mut tx = store.facts.begin().await.unwrap();
        factors::confirm_totp(&mut tx, "u1", "another-seed", 90, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let factor = factors::totp(&store.facts, "u1").await.unwrap().unwrap();
        assert_eq!((factor.seed.as_str(), factor.last_step), ("another-seed", 90));
    }
}

#[tokio::test]
async fn mf2_nobody_without_an_account_has_a_factor() {
    for store in stores().await {
        let mut tx = store.facts.begin().await.unwrap();
        assert!(factors::confirm_totp(&mut tx, "nobody", "sealed-seed", 1, NOW).await.is_err());
    }
}

#[tokio::test]
async fn mf6_what_is_demanded_of_an_account_is_read_with_what_it_has() {
    for store in stores().await {
        enrolled(&store, "u1", 100).await;
        let held = factors::held(&store.facts, "u1").await.unwrap();
        assert!(
            held.enrolled.app && !held.enrolled.passkey && !held.roles.contains(&"dealer".to_owned()),
            "{held:?}"
        );
        let mut tx = store.facts.begin().await.unwrap();
        for role in ["premium", "dealer"] {
            user_roles::give(&mut tx, "u1", role, NOW).await.unwrap();
        }
        tx.commit().await.unwrap();
        let given = ["dealer", "individual", "premium"];
        assert_eq!(factors::held(&store.facts, "u1").await.unwrap().roles, given);
        let (_, held) = consents::with_factors(&store.facts, "u1", "app").await.unwrap();
        assert_eq!((held.roles.as_slice(), held.enrolled.app), (given.map(str::to_owned).as_slice(), true));
        let nobody = factors::held(&store.facts, "u2").await.unwrap();
        assert!(!nobody.enrolled.app && nobody.roles.is_empty());
    }
}

#[tokio::test]
async fn mf1_a_time_step_is_used_once_and_never_an_older_one() {
    for store in stores().await {
        enrolled(&store, "u1", 100).await;
        enrolled(&store, "u2", 100).await;
        for (step, accepted) in
            [(100, false), (99, false), (101, true), (101, false), (103, true), (102, false)]
        {
            let used = factors::use_totp_step(&store.facts, "u1", step, 999).await.unwrap();
            assert_eq!(used, accepted, "step {step}");
        }
        assert!(
            factors::use_totp_step(&store.facts, "u2", 101, 999).await.unwrap(),
            "the steps are each person's own"
        );
        assert!(!factors::use_totp_step(&store.facts, "nobody", 101, 999).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mf1_of_many_who_show_the_same_code_at_once_one_gets_in() {
    for store in stores().await {
        enrolled(&store, "u1", 100).await;
        let answers = store.race(|_, store| async move {
            factors::use_totp_step(&store.facts, "u1", 101, 999).await.unwrap()
        });
        assert_eq!(winners(&answers.await), 1);
    }
}

#[tokio::test]
async fn mf4_a_recovery_code_is_used_once_and_by_its_owner() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        with_codes(&store, "u1", &["a", "b"]).await;
        let db = &store.facts;
        assert!(!factors::use_recovery_code(db, "u2", "a", NOW).await.unwrap());
        assert!(!factors::use_recovery_code(db, "u1", "c", NOW).await.unwrap());
        assert!(factors::use_recovery_code(db, "u1", "a", NOW).await.unwrap());
        assert!(!factors::use_recovery_code(db, "u1", "a", NOW + 1).await.unwrap());
        assert_eq!(factors::recovery_codes_left(db, "u1").await.unwrap(), 1);
        assert_eq!(factors::recovery_codes_left(db, "u2").await.unwrap(), 0);
    }
}

#[tokio::test]
async fn mf4_new_recovery_codes_kill_the_old_ones_used_or_not() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        with_codes(&store, "u1", &["a", "b"]).await;
        with_codes(&store, "u2", &["x"]).await;
        assert!(factors::use_recovery_code(&store.facts, "u1", "a", NOW).await.unwrap());
        with_codes(&store, "u1", &["c", "d", "e"]).await;
        assert!(!factors::use_recovery_code(&store.facts, "u1", "b", NOW).await.unwrap());
        assert_eq!(factors::recovery_codes_left(&store.facts, "u1").await.unwrap(), 3);
        assert_eq!(
            factors::recovery_codes_left(&store.facts, "u2").await.unwrap(),
            1,
            "not another person's"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mf4_of_many_who_replace_the_recovery_codes_at_once_one_leaves_its_own() {
    for store in stores().await {
        enrolled(&store, "u1", 100).await;
        let answers = store.race(|racer, store| async move {
            let codes = ["a", "b"].map(|code| format!("{code}-{racer}"));
            let mut tx = store.facts.begin().await.unwrap();
            factors::replace_recovery_codes(&mut tx, "u1", &codes).await.unwrap();
            tx.commit().await.unwrap();
        });
        answers.await;
        assert_eq!(factors::recovery_codes_left(&store.facts, "u1").await.unwrap(), 2);
    }
}

#[tokio::test]
async fn mf4_codes_that_are_replaced_in_a_dropped_transaction_still_work() {
    for store in stores().await {
        user(&store, "u1").await;
        with_codes(&store, "u1", &["a"]).await;
        let mut tx = store.facts.begin().await.unwrap();
        factors::replace_recovery_codes(&mut tx, "u1", &["b".to_owned()]).await.unwrap();
        drop(tx);
        assert!(factors::use_recovery_code(&store.facts, "u1", "a", NOW).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mf4_of_many_who_show_the_same_recovery_code_at_once_one_gets_in() {
    for store in stores().await {
        user(&store, "u1").await;
        with_codes(&store, "u1", &["a", "b"]).await;
        let answers = store.race(|_, store| async move {
            factors::use_recovery_code(&store.facts, "u1", "a", NOW).await.unwrap()
        });
        assert_eq!(winners(&answers.await), 1);
        assert_eq!(factors::recovery_codes_left(&store.facts, "u1").await.unwrap(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q4_a_step_that_a_clock_ahead_has_used_makes_no_code_wait_and_none_count_twice() {
    for store in stores().await {
        enrolled(&store, "u1", 340).await;
        let show = |step, believable| {
            store.race(move |_, store| async move {
                factors::use_totp_step(&store.facts, "u1", step, believable).await.unwrap()
            })
        };
        assert_eq!(winners(&show(101, 340).await), 0, "another replica may have used it");
        assert_eq!(winners(&show(101, 103).await), 1);
        assert_eq!(winners(&show(101, 103).await), 0);
        assert_eq!(winners(&show(102, 104).await), 1);
    }
}

#[tokio::test]
async fn w11_what_was_set_up_since_a_time_goes_and_what_was_there_before_stays() {
    for store in stores().await {
        for (id, since, left) in [("u1", NOW, (false, 0)), ("u2", NOW + 1, (true, 2))] {
            enrolled(&store, id, 1).await;
            with_codes(&store, id, &["a", "b"]).await;
            let mut tx = store.facts.begin().await.unwrap();
            factors::remove_since(&mut tx, id, since).await.unwrap();
            tx.commit().await.unwrap();
            let app = factors::enrolled(&store.facts, id).await.unwrap().app;
            let codes = factors::recovery_codes_left(&store.facts, id).await.unwrap();
            assert_eq!((app, codes), left, "{id}");
        }
    }
}
