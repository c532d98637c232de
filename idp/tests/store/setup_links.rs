//! One-time setup links.

use idp::store::setup_links;

use crate::harness::{NOW, Scratch, stores, winners};

async fn issue(store: &Scratch, link: &str, role: &str) {
    let mut tx = store.facts.begin().await.unwrap();
    setup_links::issue(&mut tx, link, role, NOW, NOW + 60).await.unwrap();
    tx.commit().await.unwrap();
}

async fn usable(store: &Scratch, link: &str, now: i64) -> bool {
    setup_links::usable(&store.facts, link, now).await.unwrap().is_some()
}

#[tokio::test]
async fn d2_a_link_is_used_once_and_looking_at_it_is_no_use() {
    for store in stores().await {
        issue(&store, "link", "admin").await;
        for _ in 0..3 {
            let link = setup_links::usable(&store.facts, "link", NOW).await.unwrap().unwrap();
            assert_eq!((link.role.as_str(), link.expires_at), ("admin", NOW + 60));
        }
        let link = setup_links::claim(&store.facts, "link", NOW).await.unwrap().unwrap();
        assert_eq!(link.role, "admin");
        assert!(!usable(&store, "link", NOW).await);
        assert!(setup_links::claim(&store.facts, "link", NOW).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn d2_an_unknown_and_an_expired_link_do_nothing() {
    for store in stores().await {
        issue(&store, "link", "admin").await;
        for (link, now) in [("other", NOW), ("", NOW), ("link", NOW + 60), ("link", NOW + 61)] {
            assert!(!usable(&store, link, now).await, "{link} {now}");
            assert!(setup_links::claim(&store.facts, link, now).await.unwrap().is_none(), "{link} {now}");
        }
        assert!(usable(&store, "link", NOW + 59).await);
    }
}

#[tokio::test]
async fn d2_a_new_link_stops_the_older_ones_of_its_role_only() {
    for store in stores().await {
        issue(&store, "used", "admin").await;
        assert!(setup_links::claim(&store.facts, "used", NOW).await.unwrap().is_some());
        issue(&store, "old", "admin").await;
        issue(&store, "other-role", "manager").await;
        issue(&store, "new", "admin").await;
        for (link, works) in [("used", false), ("old", false), ("other-role", true), ("new", true)] {
            assert_eq!(usable(&store, link, NOW).await, works, "{link}");
        }
    }
}

#[tokio::test]
async fn mf8_a_link_of_an_account_stops_its_older_ones_and_leaves_those_of_roles() {
    for store in stores().await {
        issue(&store, "role", "admin").await;
        for (link, user_id) in [("old", "u1"), ("other", "u2"), ("new", "u1")] {
            let mut tx = store.facts.begin().await.unwrap();
            let owner = setup_links::Owner { user_id, role: "" };
            setup_links::issue_for(&mut tx, link, owner, NOW, NOW + 60).await.unwrap();
            tx.commit().await.unwrap();
        }
        issue(&store, "newer role", "admin").await;
        for (link, user_id) in [("old", None), ("other", Some("u2")), ("new", Some("u1"))] {
            let found = setup_links::usable(&store.facts, link, NOW).await.unwrap();
            assert_eq!(found.and_then(|link| link.user_id).as_deref(), user_id, "{link}");
        }
        let claimed = setup_links::claim(&store.facts, "new", NOW).await.unwrap().unwrap();
        assert_eq!(claimed.user_id.as_deref(), Some("u1"));
        let role = setup_links::usable(&store.facts, "newer role", NOW).await.unwrap().unwrap();
        assert_eq!((role.role.as_str(), role.user_id), ("admin", None));
    }
}

#[tokio::test]
async fn d2_a_used_link_is_never_issued_again() {
    for store in stores().await {
        issue(&store, "link", "admin").await;
        assert!(setup_links::claim(&store.facts, "link", NOW).await.unwrap().is_some());
        let mut tx = store.facts.begin().await.unwrap();
        let again = setup_links::issue(&mut tx, "link", "admin", NOW, NOW + 60).await;
        assert!(again.unwrap_err().is_conflict());
    }
}

#[tokio::test]
async fn d2_a_link_whose_account_was_not_made_still_works() {
    for store in stores().await {
        issue(&store, "link", "admin").await;
        let mut tx = store.facts.begin().await.unwrap();
        assert!(setup_links::claim(&mut tx, "link", NOW).await.unwrap().is_some());
        drop(tx);
        assert!(setup_links::claim(&store.facts, "link", NOW).await.unwrap().is_some());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d2_of_many_who_follow_the_same_link_at_once_one_gets_the_account() {
    for store in stores().await {
        issue(&store, "link", "admin").await;
        let answers = store.race(|_, store| async move {
            let mut tx = store.facts.begin().await.unwrap();
            let claimed = setup_links::claim(&mut tx, "link", NOW).await.unwrap().is_some();
            tx.commit().await.unwrap();
            claimed
        });
        assert_eq!(winners(&answers.await), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d2_of_many_links_for_a_role_that_are_issued_at_once_one_works() {
    for store in stores().await {
        let answers = store.race(|racer, store| async move {
            let mut tx = store.facts.begin().await.unwrap();
            setup_links::issue(&mut tx, &format!("link {racer}"), "admin", NOW, NOW + 60).await.unwrap();
            tx.commit().await.unwrap();
        });
        let issued = answers.await.len();
        let mut works = 0;
        for racer in 0..issued {
            works += usize::from(usable(&store, &format!("link {racer}"), NOW).await);
        }
        assert_eq!(works, 1);
    }
}
