//! Passkeys and the challenges that were answered.

use idp::store::{
    consents, factors,
    passkeys::{self, Passkey},
};

use crate::harness::{NOW, RACERS, Scratch, stores, user};

fn passkey(user_id: &str, id: &str, sign_count: i64) -> Passkey {
    Passkey {
        credential_id: id.to_owned(),
        user_id: user_id.to_owned(),
        label: "Phone".to_owned(),
        credential: "{}".to_owned(),
        sign_count,
        created_at: NOW,
        last_used_at: None,
        attested_model: None,
    }
}

async fn add(store: &Scratch, new: &Passkey) -> bool {
    let mut tx = store.facts.begin().await.unwrap();
    let added = passkeys::add(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
    added
}

async fn used(store: &Scratch, passkey: &Passkey) -> bool {
    let mut tx = store.facts.begin().await.unwrap();
    let used = passkeys::used(&mut tx, passkey, NOW + 5).await.unwrap();
    tx.commit().await.unwrap();
    used
}

#[tokio::test]
async fn x10_what_an_authenticator_has_proved_to_be_is_kept() {
    for store in stores().await {
        user(&store, "u1").await;
        let model = Some("2fc0579f-8113-47ea-b116-bb5a8db9202a".to_owned());
        assert!(add(&store, &Passkey { attested_model: model.clone(), ..passkey("u1", "c1", 0) }).await);
        assert!(add(&store, &passkey("u1", "c2", 0)).await);
        assert!(used(&store, &passkey("u1", "c1", 1)).await, "a use takes no proof away and adds none");
        let kept = passkeys::find(&store.facts, "u1", "c1").await.unwrap().unwrap();
        assert_eq!(kept.attested_model, model);
        assert_eq!(factors::held(&store.facts, "u1").await.unwrap().models, model.as_slice());
        let (_, held) = consents::with_factors(&store.facts, "u1", "app").await.unwrap();
        assert_eq!(held.models, model.as_slice());
    }
}

#[tokio::test]
async fn x11_a_credential_belongs_to_one_account() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        assert!(add(&store, &passkey("u1", "c1", 0)).await);
        assert!(!add(&store, &passkey("u1", "c1", 0)).await && !add(&store, &passkey("u2", "c1", 0)).await);
        assert!(add(&store, &passkey("u1", "c2", 0)).await);
        let ids: Vec<String> = passkeys::of_user(&store.facts, "u1")
            .await
            .unwrap()
            .into_iter()
            .map(|it| it.credential_id)
            .collect();
        assert_eq!(ids, ["c1", "c2"]);
        assert!(passkeys::of_user(&store.facts, "u2").await.unwrap().is_empty());
        assert!(passkeys::find(&store.facts, "u2", "c1").await.unwrap().is_none());
        assert_eq!(passkeys::by_id(&store.facts, "c1").await.unwrap().unwrap().user_id, "u1");
        assert!(passkeys::by_id(&store.facts, "c9").await.unwrap().is_none());
        let enrolled = factors::enrolled(&store.facts, "u1").await.unwrap();
        assert_eq!((enrolled.app, enrolled.passkey), (false, true));
        assert!(!factors::enrolled(&store.facts, "u2").await.unwrap().passkey);
    }
}

#[tokio::test]
async fn x15_a_counter_goes_up_or_stays_at_zero() {
    for store in stores().await {
        user(&store, "u1").await;
        add(&store, &passkey("u1", "c1", 5)).await;
        for (count, counts) in [(5, false), (4, false), (0, false), (6, true), (6, false), (100, true)] {
            assert_eq!(used(&store, &passkey("u1", "c1", count)).await, counts, "{count}");
        }
        let found = passkeys::find(&store.facts, "u1", "c1").await.unwrap().unwrap();
        assert_eq!((found.sign_count, found.last_used_at), (100, Some(NOW + 5)));
        add(&store, &passkey("u1", "c0", 0)).await;
        assert!(used(&store, &passkey("u1", "c0", 0)).await && used(&store, &passkey("u1", "c0", 0)).await);
        assert!(!used(&store, &passkey("u2", "c0", 0)).await, "another account's");
        assert!(!used(&store, &passkey("u1", "gone", 1)).await);
    }
}

#[tokio::test]
async fn x15_of_many_answers_with_one_counter_one_counts() {
    for store in stores().await {
        user(&store, "u1").await;
        add(&store, &passkey("u1", "c1", 5)).await;
        let counted = store
            .race(|_, store| async move {
                let mut tx = store.facts.begin().await.unwrap();
                let counted = passkeys::used(&mut tx, &passkey("u1", "c1", 6), NOW).await;
                let counted = counted.is_ok_and(|counted| counted);
                counted && tx.commit().await.is_ok()
            })
            .await;
        assert_eq!(counted.iter().filter(|counted| **counted).count(), 1);
    }
}

#[tokio::test]
async fn x1_of_many_uses_of_a_challenge_one_counts() {
    for store in stores().await {
        let used = store
            .race(|_, store| async move {
                let mut tx = store.facts.begin().await.unwrap();
                let used = passkeys::use_challenge(&mut tx, "c", NOW + 300).await.is_ok_and(|used| used);
                used && tx.commit().await.is_ok()
            })
            .await;
        assert_eq!((used.len(), used.iter().filter(|used| **used).count()), (RACERS, 1));
    }
}

#[tokio::test]
async fn x17_only_the_owner_renames_and_removes() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        add(&store, &passkey("u1", "c1", 0)).await;
        let mut tx = store.facts.begin().await.unwrap();
        assert!(!passkeys::rename(&mut tx, "u2", "c1", "mine").await.unwrap());
        assert!(!passkeys::remove(&mut tx, "u2", "c1").await.unwrap());
        assert!(passkeys::rename(&mut tx, "u1", "c1", "Laptop").await.unwrap());
        tx.commit().await.unwrap();
        let found = passkeys::find(&store.facts, "u1", "c1").await.unwrap().unwrap();
        assert_eq!(found.label, "Laptop");
        let mut tx = store.facts.begin().await.unwrap();
        assert!(passkeys::remove(&mut tx, "u1", "c1").await.unwrap());
        assert!(!passkeys::remove(&mut tx, "u1", "c1").await.unwrap());
        tx.commit().await.unwrap();
        assert!(passkeys::of_user(&store.facts, "u1").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn mf8_a_reset_takes_passkeys_too() {
    for store in stores().await {
        user(&store, "u1").await;
        add(&store, &passkey("u1", "c1", 0)).await;
        let mut tx = store.facts.begin().await.unwrap();
        factors::remove(&mut tx, "u1").await.unwrap();
        tx.commit().await.unwrap();
        assert!(passkeys::of_user(&store.facts, "u1").await.unwrap().is_empty());
    }
}
