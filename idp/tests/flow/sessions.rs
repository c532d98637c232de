//! How many sessions one person may have (Q8), and what is on record about tokens (TOK-10).

use database::{record, sql};
use idp::store::outbox::{self, LOGOUT, Lane};

use crate::{
    app::{Browser, Tokens, as_client, realm_with, realm_with_apps, refresh, router},
    harness::Scratch,
};

const FULL: &str = "openid offline_access";

record! { struct Row { kind: String, client_id: Option<String>, detail: Option<String> } }

async fn events(scratch: &Scratch, kind: &str) -> Vec<Row> {
    sql("SELECT kind, client_id, detail FROM audit_events WHERE kind = $1 ORDER BY id")
        .bind(kind)
        .all(&scratch.realm.store.facts)
        .await
        .unwrap()
}

#[tokio::test]
async fn q8_one_session_too_many_ends_the_oldest_and_its_apps_are_told() {
    let notices = ("clients.0.backchannel_logout_uri", "https://app.example/logout");
    let scratch = realm_with(&[("session.per_person", "3"), notices]).await;
    let router = router(&scratch.realm, &scratch);
    for email in ["ada@example.com", "bob@example.com"] {
        scratch.account(email).await;
    }
    let bob = Browser::signed_in(&scratch, &router, "bob@example.com").await;
    let mut browsers: Vec<(Browser, Tokens)> = Vec::new();
    for _ in 0..5 {
        scratch.clock.advance(1);
        let browser = Browser::signed_in(&scratch, &router, "ada@example.com").await;
        let tokens = browser.tokens("app", FULL).await;
        browsers.push((browser, tokens));
    }
    for (number, (browser, tokens)) in browsers.iter_mut().enumerate() {
        let lives = number >= 2;
        assert_eq!(browser.is_signed_in().await, lives, "{number}");
        assert_eq!(refresh(&router, "app", &tokens.refresh).await.status == 200, lives, "{number}");
    }
    assert!(bob.is_signed_in().await, "others have their own");
    let ended = events(&scratch, "session.ended").await;
    assert_eq!(ended.iter().filter(|row| row.detail.as_deref() == Some("too_many_sessions")).count(), 2);
    let lane = Lane { kind: LOGOUT.to_owned(), lane: "app".to_owned() };
    let due = outbox::due_of(&scratch.realm.store.facts, &lane, scratch.realm.now()).await.unwrap();
    assert_eq!(due.len(), 2, "a notice for each");
}

#[tokio::test]
async fn q8_a_session_that_was_signed_out_makes_room() {
    let scratch = realm_with(&[("session.per_person", "1")]).await;
    scratch.account("ada@example.com").await;
    let router = router(&scratch.realm, &scratch);
    let first = Browser::signed_in(&scratch, &router, "ada@example.com").await;
    let page = first.get("/end_session").await;
    first.press(&page, "/sign-out").await;
    let second = Browser::signed_in(&scratch, &router, "ada@example.com").await;
    assert!(second.is_signed_in().await && events(&scratch, "session.ended").await.len() == 1);
}

#[tokio::test]
async fn tok10_tokens_that_are_issued_refreshed_and_revoked_are_on_record_a_moment_later() {
    let scratch = realm_with_apps().await;
    scratch.account("ada@example.com").await;
    let (realm, facts) = (&scratch.realm, &scratch.realm.store.facts);
    let router = router(realm, &scratch);
    let browser = Browser::signed_in(&scratch, &router, "ada@example.com").await;
    let tokens = browser.tokens("app", FULL).await;
    let refreshed = refresh(&router, "app", &tokens.refresh).await.text("refresh_token");
    as_client(&router, "app", "/revoke", &[("token", &refreshed)]).await;
    as_client(&router, "app", "/revoke", &[("token", &refreshed)]).await;
    as_client(&router, "app", "/token", &[("grant_type", "client_credentials"), ("scope", "orders")]).await;
    let expected = [("code.issued", 1), ("token.issued", 2), ("token.refreshed", 1), ("token.revoked", 1)];
    for (kind, _) in expected {
        assert!(events(&scratch, kind).await.is_empty(), "{kind}: they are written together");
    }
    for _ in 0..2 {
        assert_eq!(realm.issued.write(facts).await.unwrap(), 0);
        for (kind, times) in expected {
            let rows = events(&scratch, kind).await;
            assert_eq!(rows.len(), times, "{kind}");
            assert!(rows.iter().all(|row| row.client_id.as_deref() == Some("app") && row.kind == kind));
        }
    }
}

#[tokio::test]
async fn tok10_many_events_find_room_and_all_are_written() {
    let scratch = realm_with_apps().await;
    let router = router(&scratch.realm, &scratch);
    let pairs = [("grant_type", "client_credentials"), ("scope", "orders")];
    for _ in 0..75 {
        assert_eq!(as_client(&router, "app", "/token", &pairs).await.status, 200);
    }
    scratch.realm.issued.write(&scratch.realm.store.facts).await.unwrap();
    assert_eq!(events(&scratch, "token.issued").await.len(), 75);
}
