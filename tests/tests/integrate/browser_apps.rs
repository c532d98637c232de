//! Apps that run in the browser: a public client with the app's origin.

use end_to_end::{Chrome, System};

use crate::app::{Recipe, free_port};

const OIDC_CLIENT_TS: Recipe = Recipe {
    folder: "oidc-client-ts",
    install: &["npm install --silent --no-package-lock"],
    // its own `npm start`, without npm between
    run: r#"export PATH="$PWD/node_modules/.bin:$PATH"; eval "exec $(node -p 'require("./package.json").scripts.start')""#,
};

#[tokio::test]
async fn d15_a_browser_app_with_oidc_client_ts() {
    let port = free_port();
    let home = format!("http://127.0.0.1:{port}");
    let signed_out = format!("{home}/signed-out");
    // `demo-app`, a public client
    let system = System::start_with(&[
        ("customer", "clients.1.origins", &home),
        ("customer", "clients.1.post_logout_redirect_uris", &signed_out),
    ])
    .await;
    let app = OIDC_CLIENT_TS.start_with(&system, port, &[("CLIENT_ID", "demo-app")]).await;

    let chrome = Chrome::start().await;
    chrome.open(&app.home).await;
    chrome.arrive("username").await;
    chrome.fill("username", &system.demo.email).await;
    chrome.fill("password", &system.demo.password).await;
    chrome.press("login-submit").await;
    chrome.arrive("consent-allow").await;
    chrome.press("consent-allow").await;
    chrome.arrive("sign-out").await;
    assert!(chrome.text("person").await.contains(&system.demo.email), "{}", chrome.summary().await);
    let reported = asked(&chrome, &system, "/userinfo").await;
    assert_eq!(reported["email"], *system.demo.email, "the app may ask the realm by itself: {reported}");
    for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/jwks"] {
        let reported = asked(&chrome, &system, path).await;
        assert!(reported.is_object(), "{path} with headers that a browser asks about first: {reported}");
    }

    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;
    assert_eq!(chrome.url().await, signed_out);
    chrome.quit().await;
}

/// What the realm answers to the page, which shows the library's access token and says that it speaks MCP.
async fn asked(chrome: &Chrome, system: &System, path: &str) -> serde_json::Value {
    let url = format!("{}{path}", system.urls.customer_issuer);
    let script = r#"
        const done = arguments[arguments.length - 1];
        const kept = Object.entries(sessionStorage).find(([name]) => name.startsWith("oidc.user:"));
        const token = JSON.parse(kept[1]).access_token;
        const headers = { "Authorization": `Bearer ${token}`, "MCP-Protocol-Version": "2025-11-25" };
        fetch("ADDRESS", { headers }).then((answer) => answer.json()).then(done, (error) => done(String(error)));"#;
    chrome.script_async(&script.replace("ADDRESS", &url)).await
}
