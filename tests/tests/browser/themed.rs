//! S38: a realm with a theme of its own: colours, logos and links.

use std::path::Path;

use end_to_end::{Chrome, System, http_client};
use tempfile::TempDir;

use crate::{callback::Client, inspect::Inspector, walk, weight};

/// A name that is drawn, for light pages and for dark ones, and the sign of an app.
const LOGO: &str = include_str!("themed/logo.svg");
const LOGO_DARK: &str = include_str!("themed/logo-dark.svg");
const APP: &str = include_str!("themed/app.svg");

/// A system whose customer realm has a theme.
pub struct Themed {
    pub system: System,
    _folder: TempDir,
}

impl Themed {
    pub async fn start() -> Self {
        let folder = TempDir::new().expect("a folder");
        let put = |name: &str, content: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).expect("a file");
            text(&path)
        };
        let (logo, logo_dark, app) =
            (put("logo.svg", LOGO), put("logo-dark.svg", LOGO_DARK), put("app.svg", APP));
        let values = [
            ("product", "Harbour"),
            ("theme.logo", &logo),
            ("theme.logo_dark", &logo_dark),
            ("theme.light.accent", "#1d4f91"),
            ("theme.light.background", "#eef3f9"),
            ("theme.light.text", "#14202e"),
            ("theme.dark.background", "#0d1520"),
            ("theme.dark.surface", "#16212f"),
            ("theme.dark.text", "#e6edf6"),
            ("theme.links.terms", "https://harbour.example/terms"),
            ("theme.links.privacy", "https://harbour.example/privacy"),
            ("theme.links.help", "https://harbour.example/help"),
            ("clients.1.name", "Harbour Books"),
            ("clients.1.logo", &app),
            ("clients.1.client_uri", "https://books.example/"),
            ("clients.1.tos_uri", "https://books.example/terms"),
            ("clients.1.policy_uri", "https://books.example/privacy"),
        ];
        let system = System::start_with(&values.map(|(key, value)| ("customer", key, value))).await;
        Self { system, _folder: folder }
    }
}

fn text(path: &Path) -> String {
    path.to_str().expect("a path").to_owned()
}

#[tokio::test]
async fn s1_s38_a_sign_in_page_with_three_logos_takes_four_requests() {
    let Themed { system, _folder } = &Themed::start().await;
    let client = Client::start(system).await;
    for scheme in ["light", "dark"] {
        let chrome = Chrome::start().await;
        chrome.prefer_scheme(scheme).await;
        chrome.open(client.request(&[])).await;
        chrome.arrive("username").await;
        weight::check_cold(&chrome, system.issuer("customer")).await;
        let drawn = "return [...document.images].map((image) => image.complete && image.naturalWidth > 0)";
        assert_eq!(chrome.script(drawn).await, serde_json::json!([true, true]), "logo and app are drawn");
        chrome.quit().await;
    }
}

#[tokio::test]
async fn s27_s38_a_theme_keeps_every_page_readable() {
    let Themed { system, _folder } = &Themed::start().await;
    let client = Client::start(system).await;
    let chrome = Chrome::start().await;
    let mut look = Inspector::new();
    let issuer = &system.urls.customer_issuer;
    chrome.open(issuer).await;
    look.page(&chrome, "start page").await;
    chrome.open(format!("{issuer}/nothing-here")).await;
    look.page(&chrome, "not found").await;
    chrome.open(client.request(&[])).await;
    look.page(&chrome, "sign-in").await;
    walk::enter(&chrome, (&system.demo.email, "not the password")).await;
    look.page(&chrome, "sign-in with a mistake").await;
    chrome.press("register").await;
    look.page(&chrome, "registration").await;
    chrome.open(client.request(&[])).await;
    walk::enter(&chrome, walk::demo(system)).await;
    chrome.arrive("consent-allow").await;
    look.page(&chrome, "consent").await;
    for page in ["", "/passkeys", "/totp", "/sessions", "/profile", "/activity", "/data", "/delete"] {
        chrome.open(format!("{issuer}/account{page}")).await;
        look.page(&chrome, page).await;
    }
    look.finish(14);
    chrome.quit().await;
}

#[tokio::test]
async fn s5_s38_a_picture_is_kept_for_good_and_may_do_nothing() {
    let Themed { system, _folder } = &Themed::start().await;
    let chrome = Chrome::start().await;
    chrome.open(&system.urls.customer_issuer).await;
    let logo = "return document.querySelector('header img').src.split('#')[0]";
    let url = chrome.script(logo).await.as_str().expect("an address").to_owned();
    chrome.quit().await;
    let answer = http_client::client().get(url).send().await.expect("a picture");
    for (name, value) in [
        ("content-type", "image/svg+xml"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("content-security-policy", "default-src 'none'; img-src data:; frame-ancestors 'none'; sandbox"),
    ] {
        assert_eq!(answer.headers().get(name).and_then(|value| value.to_str().ok()), Some(value), "{name}");
    }
}
