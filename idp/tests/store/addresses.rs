//! The one form of an address, for accounts from before there was one (Q6).

use database::{Db, sql};
use idp::store::{
    addresses,
    migrations::{FACTS, FACTS_SET},
    users,
};

use crate::harness::{NOW, new_user, stores};

/// An account as an earlier release made it.
async fn earlier(db: &Db, id: &str, email: &str, created_at: i64) {
    sql("INSERT INTO users (id, email, email_key, claims, created_at, updated_at) VALUES ($1, $2, $3, '{}', $4, $4)")
        .bind(id)
        .bind(email)
        .bind(email.trim().to_lowercase())
        .bind(created_at)
        .run(db)
        .await
        .unwrap();
}

async fn found(db: &Db, email: &str) -> Option<String> {
    users::by_email(db, email).await.unwrap().map(|user| user.id)
}

#[tokio::test]
async fn q6_an_account_of_an_earlier_release_is_found_however_its_address_is_written() {
    for store in stores().await {
        let db = &store.facts;
        db.migrate_down(FACTS_SET, FACTS, 9).await.unwrap();
        earlier(db, "u1", "Ada@Example.com", NOW).await;
        earlier(db, "u2", "Zoe\u{308}@Bücher.example", NOW).await;
        store.migrate().await.unwrap();
        for written in ["ada@example.com", "ＡＤＡ@example.com"] {
            assert_eq!(found(db, written).await.as_deref(), Some("u1"), "{written}");
        }
        for written in ["zoë@bücher.example", "ZOË@xn--bcher-kva.example", "Zoe\u{308}@Bücher.example"] {
            assert_eq!(found(db, written).await.as_deref(), Some("u2"), "{written}");
        }
        assert_eq!(addresses::doubles(db).await.unwrap(), []);
    }
}

#[tokio::test]
async fn q6_an_address_that_is_taken_in_another_form_is_a_conflict() {
    for store in stores().await {
        for (id, email, taken) in [
            ("u1", "zoë@bücher.example", "Zoe\u{308}@xn--bcher-kva.example"),
            ("u2", "ada@example.com", "ａda@example.com"),
        ] {
            let mut tx = store.facts.begin().await.unwrap();
            users::insert(&mut tx, &new_user(id, email), NOW).await.unwrap();
            tx.commit().await.unwrap();
            let mut tx = store.facts.begin().await.unwrap();
            let refused = users::insert(&mut tx, &new_user("u3", taken), NOW).await.unwrap_err();
            assert!(refused.is_conflict(), "{taken}: {refused}");
        }
    }
}

#[tokio::test]
async fn q6_doubles_are_told_and_the_address_stays_with_the_form_itself_or_the_oldest() {
    for store in stores().await {
        let db = &store.facts;
        db.migrate_down(FACTS_SET, FACTS, 9).await.unwrap();
        // the form itself keeps the address, although another one is older
        earlier(db, "older", "ａda@example.com", NOW - 9).await;
        earlier(db, "form", "Ada@example.com", NOW).await;
        // of two others the oldest does
        earlier(db, "young", "a@bu\u{308}cher.example", NOW).await;
        earlier(db, "old", "a@bücher.example", NOW - 9).await;
        store.migrate().await.unwrap();
        let doubles = addresses::doubles(db).await.unwrap();
        let pairs: Vec<_> = doubles.iter().map(|pair| (pair.id.as_str(), pair.holder_id.as_str())).collect();
        assert_eq!(pairs, [("older", "form"), ("young", "old")]);
        assert_eq!(doubles[0].holder_created_at, NOW);
        assert_eq!(found(db, "ａda@example.com").await.as_deref(), Some("form"));
        assert_eq!(found(db, "a@bu\u{308}cher.example").await.as_deref(), Some("old"));
        // nothing of the other is gone
        assert!(users::by_id(db, "older").await.unwrap().is_some());

        // whatever the operator does with the holder, the other one has its address after the next look
        sql("DELETE FROM users WHERE id = 'old'").run(db).await.unwrap();
        addresses::settle(db).await.unwrap();
        assert_eq!(found(db, "a@bücher.example").await.as_deref(), Some("young"));
        assert_eq!(addresses::doubles(db).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn q6_many_accounts_are_settled_page_by_page_and_by_all_replicas_at_once() {
    for store in stores().await {
        let db = &store.facts;
        let replica = store.replica().await;
        let mut tx = db.begin().await.unwrap();
        for n in 0..1100 {
            sql("INSERT INTO users (id, email, email_key, claims, created_at, updated_at) \
                 VALUES ($1, $2, $2, '{}', $3, $3)")
            .bind(format!("u{n}"))
            .bind(format!("zoe\u{308}{n}@example.com"))
            .bind(NOW + n / 700)
            .run(&mut tx)
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        let (one, other) = tokio::join!(addresses::settle(db), addresses::settle(&replica.facts));
        one.and(other).unwrap();
        for n in [0, 499, 500, 699, 700, 1099] {
            assert_eq!(found(db, &format!("zoë{n}@example.com")).await, Some(format!("u{n}")));
        }
    }
}
