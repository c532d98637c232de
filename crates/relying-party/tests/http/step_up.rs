//! A form that needs a fresher sign-in waits for it (RFC 9470, C9).

use clock::Clock;

use crate::support::{FORM, NOW, SESSION, SHOP, browser::Browser};

impl Browser {
    /// The cookies and the CSRF token of a person who signed in at `auth_time`.
    async fn person(&self, sub: &str, auth_time: i64) -> (String, String) {
        let mut claims = self.provider.realm.claims(SHOP, self.shop.clock.now());
        claims.sub = sub.to_owned();
        claims.auth_time = Some(auth_time);
        let access = self.provider.realm.access_token(&claims);
        let session = relying_party::testing::sign_in(&self.shop.relying_party, &access, None).await;
        let cookies = format!("{session}; {}", self.visitor);
        let csrf = self.shop.csrf(&cookies).await;
        (cookies, csrf)
    }
}

#[tokio::test]
async fn c9_a_form_waits_for_a_fresh_sign_in_and_is_its_senders_alone() {
    let browser = Browser::new().await;
    let shop = &browser.shop;
    let (ada, csrf) = browser.person("user-1", NOW - 3600).await;
    let answer = shop.post_form("/dangerous", &ada, &format!("csrf={csrf}&text=a%0D%0Ab&act=go")).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let sent = browser.sent(&answer);
    assert_eq!((&sent["max_age"], &sent["client_id"]), (&"60".into(), &"storefront".into()));
    let back = browser.back(&browser.answer(&sent)).await;
    let session = back.set_cookie(SESSION).unwrap();
    let form = back.body.split("url=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(form.starts_with("/resume?form="), "{form}");
    let kept = shop.get(&form, &[("cookie", &session)]).await.json();
    assert_eq!(kept["path"], "/dangerous");
    assert_eq!(kept["fields"], serde_json::json!([["text", "a\r\nb"], ["act", "go"]]), "without the token");
    assert_eq!(shop.get("/me", &[("cookie", &ada)]).await.status, 401, "p6 the old session is over");
    let (eve, _) = browser.person("user-2", NOW).await;
    assert_eq!(shop.get(&form, &[("cookie", &eve)]).await.json(), serde_json::Value::Null);
    shop.clock.set(NOW + 900);
    let (ada, _) = browser.person("user-1", NOW).await;
    assert_eq!(
        shop.get(&form, &[("cookie", &ada)]).await.json(),
        serde_json::Value::Null,
        "its time is over"
    );
}

#[tokio::test]
async fn c9_a_sign_in_that_fails_leads_back_to_the_form() {
    let browser = Browser::new().await;
    let (ada, csrf) = browser.person("user-1", NOW - 3600).await;
    let answer = browser.shop.post_form("/dangerous", &ada, &format!("csrf={csrf}&text=a")).await;
    let state = browser.sent(&answer)["state"].as_str().unwrap().to_owned();
    let issuer = &browser.provider.realm.issuer;
    let path = format!("/callback?error=access_denied&state={state}&iss={issuer}");
    let back = browser.back(&path).await;
    assert!(back.body.contains("url=/resume?form=") && back.body.contains("&amp;signin=cancelled\""));
    assert_eq!(browser.shop.get("/me", &[("cookie", &ada)]).await.status, 200, "still signed in");
}

#[tokio::test]
async fn rfc9470_a_fresh_sign_in_is_not_asked_again_and_a_bearer_token_gets_the_challenge() {
    let browser = Browser::new().await;
    let (ada, csrf) = browser.person("user-1", NOW - 60).await;
    let done = browser.shop.post_form("/dangerous", &ada, &format!("csrf={csrf}&text=a")).await;
    assert_eq!((done.status.as_u16(), done.body.as_str()), (200, "done"));
    let mut claims = browser.provider.realm.claims(SHOP, NOW);
    claims.auth_time = Some(NOW - 3600);
    let bearer = format!("Bearer {}", browser.provider.realm.access_token(&claims));
    let headers = [("authorization", bearer.as_str()), FORM];
    let request = crate::support::request("POST", "/dangerous", &headers, "text=a");
    let refused = browser.shop.send(request).await;
    assert_eq!(refused.status, 401);
    assert!(refused.header("www-authenticate").contains("max_age=\"60\""));
    let (_, _) = browser.shop.visit().await;
    let stranger =
        browser.shop.post_form("/dangerous", &browser.visitor, &format!("csrf={}", browser.csrf)).await;
    assert_eq!(stranger.status, 401, "nobody is signed in");
}
