//! S6: browsers apply `form-action` to every redirect after a form. A blocked one is an error on the console, which
//! each step looks at, and a page that stays.

use axum::{
    Router,
    response::{Html, Redirect},
    routing::{get, post},
};
use end_to_end::{Chrome, System};
use tokio::net::TcpListener;

use crate::{callback::Client, walk};

#[tokio::test]
async fn s6_sign_in_and_consent_lead_to_a_loopback_client() {
    let system = System::start().await;
    let client = Client::start(&system).await;
    let chrome = Chrome::start().await;
    chrome.open(client.request(&[])).await;
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("consent-allow").await;
    chrome.press("consent-allow").await;
    chrome.arrive("app").await;
    assert!(chrome.url().await.contains("code="), "{}", chrome.url().await);

    // remembered: now the sign-in form itself leads to the client
    chrome.open(client.request(&[("prompt", "login")])).await;
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("app").await;
    chrome.quit().await;
}

#[tokio::test]
async fn s33_cancel_tells_the_client_and_another_account_can_be_used() {
    let system = System::start().await;
    let client = Client::start(&system).await;
    let chrome = Chrome::start().await;
    walk::sign_in_demo(&chrome, &system).await;
    chrome.open(client.request(&[])).await;
    let asked = chrome.text_at("main").await;
    for named in ["Demo App", "127.0.0.1", system.demo.email.as_str(), "See your orders"] {
        assert!(asked.contains(named), "{named} in {asked}");
    }
    chrome.press("consent-deny").await;
    chrome.arrive("app").await;
    assert!(chrome.url().await.contains("error=access_denied"), "{}", chrome.url().await);

    chrome.open(client.request(&[])).await;
    chrome.press("account-switch").await;
    chrome.arrive("username").await;
    walk::register(&chrome, &system).await;
    chrome.arrive("consent-allow").await;
    assert!(chrome.text_at("main").await.contains(walk::CUSTOMER), "{}", chrome.summary().await);
    chrome.press("consent-allow").await;
    chrome.arrive("app").await;
    chrome.quit().await;
}

#[tokio::test]
async fn s6_registration_and_account_choice_lead_to_the_client() {
    let system = System::start().await;
    let client = Client::start(&system).await;
    let chrome = Chrome::start().await;
    chrome.open(client.request(&[("scope", "openid"), ("prompt", "create")])).await;
    chrome.fill("email", walk::CUSTOMER).await;
    chrome.fill("name", "Anna Customer").await;
    chrome.fill("password", end_to_end::people::PASSWORD).await;
    chrome.press("register-submit").await;
    walk::confirm(&chrome, &system).await;
    chrome.arrive("consent-allow").await;
    chrome.press("consent-allow").await;
    chrome.arrive("app").await;

    chrome.open(client.request(&[("scope", "openid"), ("prompt", "select_account")])).await;
    chrome.press("account-continue").await;
    chrome.arrive("app").await;
    chrome.quit().await;
}

/// A client elsewhere: nothing answers there, but the browser sets out, or is kept from it by the policy.
async fn sets_out_for(redirect_uri: &str) {
    // the second client of the realm's file is the public one
    let system = System::start_with(&[("customer", "clients.1.redirect_uris", redirect_uri)]).await;
    let mut client = Client::start(&system).await;
    redirect_uri.clone_into(&mut client.party.redirect_uri);
    let chrome = Chrome::start_watching_the_network().await;
    chrome.open(client.request(&[])).await;
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("consent-allow").await;
    chrome.set_out_by("consent-allow", redirect_uri).await;
    drop(chrome);
}

#[tokio::test]
async fn s6_consent_leads_to_an_https_client() {
    sets_out_for("https://app.example/callback").await;
}

#[tokio::test]
async fn s6_consent_leads_to_a_client_with_a_scheme_of_its_own() {
    sets_out_for("com.example.app:/callback").await;
}

/// The proof that the console check of all other tests would notice: a page that forgot where its form leads.
#[tokio::test]
async fn s6_a_blocked_redirect_is_noticed() {
    let page = || async {
        let form = "<!doctype html><title>Form</title><form method=post action=/send><button id=send>Send</button></form>";
        ([("content-security-policy", "form-action 'self'")], Html(form))
    };
    let send = post(|| async { Redirect::to("http://127.0.0.1:9/callback") });
    let router = Router::new().route("/", get(page)).route("/send", send);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });

    let chrome = Chrome::start().await;
    chrome.web().goto(&url).await.expect("the page");
    // its icon is missing
    chrome.complaints().await;
    chrome.element("send").await.click().await.expect("a button");
    let said = chrome.wait_for_complaint().await;
    assert!(said.contains("form-action 'self'"), "{said}");
    serving.abort();
}
