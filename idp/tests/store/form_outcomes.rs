//! What forms led to (Q5).

use idp::store::{form_outcomes, reaper};

use crate::harness::{NOW, stores, winners};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q5_of_many_that_settle_one_form_one_is_first_and_all_find_what_it_led_to() {
    for store in stores().await {
        let answers = store
            .race(|racer, store| async move {
                let mut tx = store.facts.begin().await.unwrap();
                let outcome = format!("of {racer}");
                let first = form_outcomes::settle(&mut tx, "form", &outcome, NOW, NOW + 60).await.unwrap();
                if first {
                    tx.commit().await.unwrap();
                }
                let found = form_outcomes::find(&store.facts, "form", NOW).await.unwrap();
                (first, outcome, found)
            })
            .await;
        let firsts: Vec<bool> = answers.iter().map(|answer| answer.0).collect();
        assert_eq!(winners(&firsts), 1);
        let first = answers.iter().find(|answer| answer.0).unwrap().1.clone();
        assert!(answers.iter().all(|answer| answer.2.as_ref() == Some(&first)), "{answers:?}");
    }
}

#[tokio::test]
async fn q5_an_outcome_that_was_given_up_leaves_nothing_and_one_that_is_old_is_replaced() {
    for store in stores().await {
        let mut tx = store.facts.begin().await.unwrap();
        assert!(form_outcomes::settle(&mut tx, "form", "given up", NOW, NOW + 60).await.unwrap());
        drop(tx);
        assert_eq!(form_outcomes::find(&store.facts, "form", NOW).await.unwrap(), None);
        for (now, outcome, is_first, found) in [
            (NOW, "first", true, Some("first")),
            (NOW + 59, "second", false, Some("first")),
            (NOW + 60, "third", true, Some("third")),
        ] {
            let mut tx = store.facts.begin().await.unwrap();
            let settled = form_outcomes::settle(&mut tx, "form", outcome, now, now + 60).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(settled, is_first, "{outcome}");
            let now_found = form_outcomes::find(&store.facts, "form", now).await.unwrap();
            assert_eq!(now_found.as_deref(), found, "{outcome}");
        }
        assert_eq!(form_outcomes::find(&store.facts, "form", NOW + 120).await.unwrap(), None);
        assert_eq!(reaper::reap(&store, NOW + 121, i64::MAX / 2).await.unwrap(), 1);
    }
}
