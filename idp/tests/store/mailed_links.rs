//! Mailed links and codes (W10, S25).

use idp::store::mailed_links::{self, MailedLink};

use crate::harness::{NOW, Scratch, stores, user, winners};

const MOST: i64 = 5;

/// A link about an account, to its address.
pub fn mailed(user_id: &str) -> MailedLink {
    MailedLink {
        id: "m1".to_owned(),
        purpose: "reset".to_owned(),
        user_id: Some(user_id.to_owned()),
        address: format!("{user_id}@example.com"),
        address_key: format!("{user_id}@example.com"),
        detail: None,
        browser_hash: "browser".to_owned(),
        interaction: Some("i1".to_owned()),
        code_hash: Some("code".to_owned()),
        created_at: NOW,
        expires_at: NOW + 1800,
        used_at: None,
    }
}

async fn replace(store: &Scratch, link: &MailedLink, hash: &str) {
    let mut tx = store.facts.begin().await.unwrap();
    mailed_links::replace(&mut tx, link, hash).await.unwrap();
    tx.commit().await.unwrap();
}

async fn works(store: &Scratch, hash: &str) -> bool {
    mailed_links::usable(&store.facts, hash, NOW).await.unwrap().is_some()
}

#[tokio::test]
async fn w10_a_link_tells_what_it_is_for_and_reading_does_not_use_it_up() {
    for store in stores().await {
        user(&store, "u1").await;
        replace(&store, &mailed("u1"), "link").await;
        for _ in 0..2 {
            let link = mailed_links::usable(&store.facts, "link", NOW + 1799).await.unwrap().unwrap();
            let told = (link.id, link.purpose, link.user_id, link.address, link.interaction);
            let expected = mailed("u1");
            assert_eq!(
                told,
                (expected.id, expected.purpose, expected.user_id, expected.address, expected.interaction)
            );
        }
        assert!(mailed_links::usable(&store.facts, "link", NOW + 1800).await.unwrap().is_none());
        assert!(mailed_links::usable(&store.facts, "other", NOW).await.unwrap().is_none());
        assert!(mailed_links::find(&store.facts, "m1").await.unwrap().is_some());
        assert!(mailed_links::find(&store.facts, "m2").await.unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w10_a_link_is_used_once() {
    for store in stores().await {
        user(&store, "u1").await;
        replace(&store, &mailed("u1"), "link").await;
        let claimed = store.race(|_, store| async move {
            mailed_links::claim(&store.facts, "link", NOW).await.unwrap().is_some()
        });
        assert_eq!(winners(&claimed.await), 1);
        assert!(!works(&store, "link").await);
        assert!(mailed_links::find(&store.facts, "m1").await.unwrap().unwrap().used_at == Some(NOW));
    }
}

#[tokio::test]
async fn w10_an_expired_link_is_not_used() {
    for store in stores().await {
        user(&store, "u1").await;
        replace(&store, &mailed("u1"), "link").await;
        assert!(mailed_links::claim(&store.facts, "link", NOW + 1800).await.unwrap().is_none());
        assert!(mailed_links::claim(&store.facts, "link", NOW + 1799).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn w10_a_newer_link_for_the_same_takes_the_place_of_older_ones() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        let named = |id: &str, link: MailedLink| MailedLink { id: id.to_owned(), ..link };
        replace(&store, &named("a", mailed("u1")), "a").await;
        replace(&store, &named("b", mailed("u2")), "b").await;
        let other = MailedLink { purpose: "change".to_owned(), ..named("c", mailed("u1")) };
        replace(&store, &other, "c").await;
        let nobody = MailedLink { user_id: None, ..named("d", mailed("u3")) };
        replace(&store, &nobody, "d").await;
        replace(&store, &named("e", mailed("u1")), "e").await;
        for (hash, left) in [("a", false), ("b", true), ("c", true), ("d", true), ("e", true)] {
            assert_eq!(works(&store, hash).await, left, "{hash}");
        }
        // to another address of the same account, and to the same address
        let elsewhere = MailedLink { address_key: "x@example.com".to_owned(), ..named("f", mailed("u1")) };
        replace(&store, &elsewhere, "f").await;
        replace(&store, &MailedLink { id: "g".to_owned(), ..nobody.clone() }, "g").await;
        let other_browser = MailedLink { browser_hash: "another".to_owned(), ..nobody.clone() };
        replace(&store, &MailedLink { id: "h".to_owned(), ..other_browser }, "h").await;
        for (hash, left) in [("d", false), ("e", false), ("f", true), ("g", true), ("h", true)] {
            assert_eq!(works(&store, hash).await, left, "{hash}");
        }
    }
}

#[tokio::test]
async fn acc2_links_that_take_something_back_stand_beside_each_other() {
    for store in stores().await {
        user(&store, "u1").await;
        for id in ["a", "b"] {
            let mut tx = store.facts.begin().await.unwrap();
            let link = MailedLink { id: id.to_owned(), purpose: "undo".to_owned(), ..mailed("u1") };
            mailed_links::add(&mut tx, &link, id).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert!(works(&store, "a").await && works(&store, "b").await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w10_a_code_has_so_many_tries_however_many_are_made_at_once() {
    for store in stores().await {
        user(&store, "u1").await;
        replace(&store, &mailed("u1"), "link").await;
        let tried = store.race(|_, store| async move {
            mailed_links::try_code(&store.facts, "m1", MOST, NOW).await.unwrap().is_some()
        });
        assert_eq!(winners(&tried.await), 5);
        assert!(mailed_links::try_code(&store.facts, "m1", MOST, NOW).await.unwrap().is_none());
        assert!(works(&store, "link").await, "the link has nothing to do with it");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w10_a_code_is_exchanged_for_one_link_and_the_mailed_one_stops_working() {
    for store in stores().await {
        user(&store, "u1").await;
        replace(&store, &mailed("u1"), "link").await;
        let exchanged = store.race(|racer, store| async move {
            let mut tx = store.facts.begin().await.unwrap();
            let fresh = format!("fresh-{racer}");
            let won = mailed_links::exchange(&mut tx, "m1", "code", &fresh, NOW).await.unwrap();
            tx.commit().await.unwrap();
            won
        });
        let exchanged = exchanged.await;
        assert_eq!(winners(&exchanged), 1);
        assert!(!works(&store, "link").await);
        let winner = exchanged.iter().position(|won| *won).unwrap();
        assert!(works(&store, &format!("fresh-{winner}")).await);
        assert!(mailed_links::try_code(&store.facts, "m1", MOST, NOW).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn w10_a_wrong_late_or_used_code_is_exchanged_for_nothing() {
    for store in stores().await {
        user(&store, "u1").await;
        replace(&store, &mailed("u1"), "link").await;
        let mut tx = store.facts.begin().await.unwrap();
        assert!(!mailed_links::exchange(&mut tx, "m1", "wrong", "fresh", NOW).await.unwrap());
        assert!(!mailed_links::exchange(&mut tx, "m1", "code", "fresh", NOW + 1800).await.unwrap());
        assert!(!mailed_links::exchange(&mut tx, "m2", "code", "fresh", NOW).await.unwrap());
        mailed_links::claim(&mut tx, "link", NOW).await.unwrap().unwrap();
        assert!(!mailed_links::exchange(&mut tx, "m1", "code", "fresh", NOW).await.unwrap());
        tx.commit().await.unwrap();
        assert!(mailed_links::claim_by_code(&store.facts, "m1", "code", NOW).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn w10_a_change_makes_the_links_about_it_worthless() {
    for store in stores().await {
        user(&store, "u1").await;
        replace(&store, &mailed("u1"), "reset").await;
        let change = MailedLink { id: "m2".to_owned(), purpose: "change".to_owned(), ..mailed("u1") };
        replace(&store, &change, "change").await;
        let mut tx = store.facts.begin().await.unwrap();
        mailed_links::forget_of(&mut tx, "u1", "reset").await.unwrap();
        tx.commit().await.unwrap();
        assert!(!works(&store, "reset").await && works(&store, "change").await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w10_a_right_code_is_used_once_and_so_is_its_link() {
    for store in stores().await {
        user(&store, "u1").await;
        replace(&store, &mailed("u1"), "link").await;
        assert!(mailed_links::claim_by_code(&store.facts, "m1", "wrong", NOW).await.unwrap().is_none());
        assert!(mailed_links::claim_by_code(&store.facts, "m1", "code", NOW + 1800).await.unwrap().is_none());
        let claimed = store.race(|racer, store| async move {
            let link = if racer % 2 == 0 {
                mailed_links::claim_by_code(&store.facts, "m1", "code", NOW).await
            } else {
                mailed_links::claim(&store.facts, "link", NOW).await
            };
            link.unwrap().is_some()
        });
        assert_eq!(winners(&claimed.await), 1);
    }
}

#[tokio::test]
async fn acc2_later_ways_back_are_forgotten_and_earlier_ones_stay() {
    for store in stores().await {
        user(&store, "u1").await;
        for (id, created_at) in [("a", NOW - 1), ("b", NOW), ("c", NOW + 1)] {
            let mut tx = store.facts.begin().await.unwrap();
            let undo =
                MailedLink { id: id.to_owned(), purpose: "undo".to_owned(), created_at, ..mailed("u1") };
            mailed_links::add(&mut tx, &undo, id).await.unwrap();
            tx.commit().await.unwrap();
        }
        let mut tx = store.facts.begin().await.unwrap();
        mailed_links::forget_since(&mut tx, "u1", "undo", NOW).await.unwrap();
        tx.commit().await.unwrap();
        assert!(works(&store, "a").await && !works(&store, "b").await && !works(&store, "c").await);
    }
}

#[tokio::test]
async fn w10_what_waited_is_forgotten_after_its_use() {
    for store in stores().await {
        user(&store, "u1").await;
        let link = MailedLink { detail: Some("sealed".to_owned()), ..mailed("u1") };
        replace(&store, &link, "link").await;
        let mut tx = store.facts.begin().await.unwrap();
        assert!(mailed_links::claim(&mut tx, "link", NOW).await.unwrap().unwrap().detail.is_some());
        mailed_links::forget_detail(&mut tx, "m1").await.unwrap();
        tx.commit().await.unwrap();
        assert!(mailed_links::find(&store.facts, "m1").await.unwrap().unwrap().detail.is_none());
    }
}

#[tokio::test]
async fn s24_what_becomes_of_an_older_mail_does_not_tell_whether_there_is_an_account() {
    for store in stores().await {
        user(&store, "u1").await;
        for (id, user_id) in [("a", Some("u1".to_owned())), ("b", None)] {
            let key = format!("{id}@example.com");
            let link = MailedLink { id: format!("{id}1"), user_id, address_key: key, ..mailed("u1") };
            let newer =
                MailedLink { id: format!("{id}2"), browser_hash: "another".to_owned(), ..link.clone() };
            let mut tx = store.facts.begin().await.unwrap();
            mailed_links::supersede(&mut tx, &link, &format!("{id}1")).await.unwrap();
            mailed_links::supersede(&mut tx, &newer, &format!("{id}2")).await.unwrap();
            tx.commit().await.unwrap();
            assert!(!works(&store, &format!("{id}1")).await && works(&store, &format!("{id}2")).await);
            let older = mailed_links::find(&store.facts, &format!("{id}1")).await.unwrap().unwrap();
            assert!(older.used_at.is_none() && older.code_hash.is_some(), "its page stays as it was");
            assert!(mailed_links::try_code(&store.facts, &older.id, MOST, NOW).await.unwrap().is_some());
            assert!(
                mailed_links::claim_by_code(&store.facts, &older.id, "code", NOW).await.unwrap().is_none()
            );
        }
        let mut tx = store.facts.begin().await.unwrap();
        mailed_links::make_void(&mut tx, "u1", "reset").await.unwrap();
        tx.commit().await.unwrap();
        assert!(!works(&store, "a2").await && works(&store, "b2").await);
    }
}

#[tokio::test]
async fn w10_a_newer_link_that_counts_in_one_browser_ends_those_of_that_one() {
    for store in stores().await {
        user(&store, "u1").await;
        let named = |id: &str, browser: &str| MailedLink {
            id: id.to_owned(),
            browser_hash: browser.to_owned(),
            ..mailed("u1")
        };
        let mut tx = store.facts.begin().await.unwrap();
        for (id, browser) in [("a", "one"), ("b", "two"), ("c", "one")] {
            mailed_links::supersede_here(&mut tx, &named(id, browser), id).await.unwrap();
        }
        tx.commit().await.unwrap();
        for (hash, left) in [("a", false), ("b", true), ("c", true)] {
            assert_eq!(works(&store, hash).await, left, "{hash}");
        }
        assert!(
            mailed_links::try_code(&store.facts, "a", MOST, NOW).await.unwrap().is_some(),
            "its page stays"
        );
        assert!(mailed_links::claim_by_code(&store.facts, "a", "code", NOW).await.unwrap().is_none());
    }
}
