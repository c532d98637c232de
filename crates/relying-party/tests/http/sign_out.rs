//! Signing out, and what can't be forged about it.

use relying_party::paths;
use serde_json::{Map, Value};
use url::Url;

use crate::support::{SESSION, Shop, browser::Browser, config};

#[tokio::test]
async fn rp4_signing_in_and_out_cannot_be_forged() {
    let browser = Browser::new().await;
    assert_eq!(browser.shop.post_form(paths::LOGIN, &browser.visitor, "return_to=/").await.status, 403);
    assert_eq!(browser.shop.get(paths::LOGIN, &[]).await.status, 405);
    let sent = browser.start("").await;
    let session = browser.back(&browser.answer(&sent)).await.set_cookie(SESSION).unwrap();
    assert_eq!(browser.shop.post_form(paths::LOGOUT, &session, "").await.status, 403);
    let foreign = crate::support::request(
        "POST",
        paths::LOGOUT,
        &[("sec-fetch-site", "cross-site"), crate::support::FORM],
        "",
    );
    assert_eq!(browser.shop.send(foreign).await.status, 403);
    assert_eq!(browser.shop.get("/me", &[("cookie", &session)]).await.status, 200);
}

#[tokio::test]
async fn p1_signing_out_ends_the_session_here_and_goes_on_to_the_realm() {
    let browser = Browser::new().await;
    let sent = browser.start("").await;
    let session = browser.back(&browser.answer(&sent)).await.set_cookie(SESSION).unwrap();
    let csrf = browser.shop.csrf(&session).await;
    let answer = browser.shop.post_form(paths::LOGOUT, &session, &format!("csrf={csrf}")).await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("clear-site-data"), "\"cache\", \"storage\"");
    let url = Url::parse(answer.header("location")).unwrap();
    let sent: Map<String, Value> = url.query_pairs().map(|(n, v)| (n.into(), v.into())).collect();
    assert_eq!(url.path(), "/end_session");
    assert_eq!(sent["post_logout_redirect_uri"], "https://shop.example/signed-out");
    assert_eq!(sent["id_token_hint"].as_str().unwrap().split('.').count(), 3);
    assert_eq!(sent["state"].as_str().unwrap().len(), 43);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(browser.shop.get("/me", &[("cookie", &session)]).await.status, 401);
    let again = browser.shop.post_form(paths::LOGOUT, &session, &format!("csrf={csrf}")).await;
    assert_eq!((again.status.as_u16(), again.header("location")), (303, paths::SIGNED_OUT));
}

#[tokio::test]
async fn a_realm_that_is_down_stops_signing_in_but_not_signing_out() {
    let shop =
        Shop::with(config("http://127.0.0.1:9"), relying_party::testing::TestRealm::new("x"), None).await;
    let (visitor, csrf) = shop.visit().await;
    assert_eq!(shop.post_form(paths::LOGIN, &visitor, &format!("csrf={csrf}")).await.status, 503);
    let shop = Shop::new().await;
    let (session, csrf) = shop.signed_in().await;
    let answer = shop.post_form(paths::LOGOUT, &session, &format!("csrf={csrf}")).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, paths::SIGNED_OUT));
    assert_eq!(shop.get("/me", &[("cookie", &session)]).await.status, 401);
}

#[tokio::test]
async fn rp11_signing_out_ends_the_session_whatever_authorization_header_comes_along() {
    for header in ["Bearer not-a-token", "Bearer", "Basic QTpC", "", "nonsense"] {
        let shop = Shop::new().await;
        let (session, csrf) = shop.signed_in().await;
        let post = |body: String| {
            let headers = [
                ("authorization", header),
                ("cookie", session.as_str()),
                ("sec-fetch-site", "same-origin"),
                crate::support::FORM,
            ];
            shop.send(crate::support::request("POST", paths::LOGOUT, &headers, &body))
        };
        assert_eq!(
            post("csrf=wrong".to_owned()).await.status,
            403,
            "{header}: the form token is still asked for"
        );
        assert_eq!(shop.get("/me", &[("cookie", &session)]).await.status, 200, "{header}");
        let answer = post(format!("csrf={csrf}")).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, paths::SIGNED_OUT), "{header}");
        assert_eq!(shop.get("/me", &[("cookie", &session)]).await.status, 401, "{header}");
    }
}
