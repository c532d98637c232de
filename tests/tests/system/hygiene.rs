//! What lies in the databases after a whole journey: no secret that was on the wire, and nothing of the other realm
//! (K15, H1, E7).

use std::path::Path;

use base64::{Engine, engine::general_purpose::STANDARD};
use clock::Clock;
use end_to_end::{
    Browser, RelyingParty, System,
    people::{Staff, check_out, code, enter_console, enter_shop, fill_cart, seed_on},
    relying_party::claims,
};
use idp::store::Store;
use totp_rs::Secret;

use crate::support::FULL;

/// What must not be found, by what it is.
type Needles = Vec<(String, Vec<u8>)>;

/// Every row of a realm's databases as text, and on SQLite every byte of the files.
async fn stored(system: &System, realm: &str) -> Vec<u8> {
    let Store { facts, pending } = &system.realm(realm).store;
    let mut all = Vec::new();
    for db in [facts, pending] {
        let mut tx = db.snapshot().await.unwrap();
        for name in tx.table_names().await.unwrap() {
            let table = tx.table(&name).await.unwrap().unwrap();
            tx.each_page(&table, async |page| {
                all.extend(format!("{page:?}").replace('\\', "").into_bytes());
                Ok(())
            })
            .await
            .unwrap();
        }
    }
    all.extend(files(system.data(), &format!("{realm}.")));
    all
}

/// The files of the data folder whose names begin so.
fn files(folder: &Path, prefix: &str) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let ours = files.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(prefix));
    ours.flat_map(|path| std::fs::read(path).unwrap()).collect()
}

fn contains(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|part| part == needle)
}

fn text(what: &str, value: &str) -> (String, Vec<u8>) {
    assert!(value.len() >= 6, "{what}");
    (what.to_owned(), value.as_bytes().to_vec())
}

/// A code flow with refresh and userinfo; what went over the wire.
async fn use_client(client: &RelyingParty, browser: &Browser) -> (Needles, String) {
    let (attempt, code) = client.code(browser, &[("scope", FULL)]).await;
    let first = client.redeem(&attempt, &code).await.ok();
    let next = client.refresh(first.refresh_token()).await.ok();
    let unused = client.code(browser, &[]).await.1;
    let mut wire = vec![
        text("code", &code),
        text("unused code", &unused),
        text("verifier", &attempt.verifier),
        text("client secret", &client.secret),
    ];
    for tokens in [&first, &next] {
        wire.push(text("access token", tokens.access_token()));
        wire.push(text("refresh token", tokens.refresh_token()));
        wire.push(text("ID token", tokens.id_token()));
    }
    (wire, claims(first.access_token())["sub"].as_str().unwrap().to_owned())
}

fn seed(what: &str, base32: &str) -> Needles {
    let raw = Secret::try_from_base32(base32).unwrap().as_bytes().to_vec();
    let base64 = STANDARD.encode(&raw);
    vec![
        text(&format!("{what} in base32"), base32),
        text(&format!("{what} in base64"), base64.trim_end_matches('=')),
        (format!("raw {what}"), raw),
    ]
}

/// The cookies that a realm and its side gave a browser.
fn cookies(browser: &Browser, realm: (&str, &str), side: (&str, &str)) -> Needles {
    let names = [
        (realm.0, format!("rk_{}_session", realm.1)),
        (realm.0, format!("rk_{}_browser", realm.1)),
        (side.0, format!("rk_{}_session", side.1)),
    ];
    names.map(|(url, name)| text(&name, &browser.cookie(url, &name).unwrap())).to_vec()
}

async fn customers_journey(system: &System) -> (Needles, String) {
    let browser = system.browser();
    enter_shop(system, &browser).await;
    fill_cart(system, &browser).await;
    check_out(system, &browser).await;
    let (issuer, shop) = (&system.urls.customer_issuer, &system.urls.storefront);
    let page = browser.visit(format!("{issuer}/account/totp")).await;
    let shown = seed_on(&page);
    browser.submit(&page.form("otp").with("otp", &code(&shown, system.clock.now()))).await;
    let client = RelyingParty::of(system, "customer", "demo-web").await;
    let (mut wire, sub) = use_client(&client, &browser).await;
    wire.extend(seed("seed", &shown));
    wire.extend(cookies(&browser, (issuer, "customer"), (shop, "shop")));
    wire.push(text("password", &system.demo.password));
    let page = browser.visit(shop).await;
    browser.submit(&page.form("sign-out")).await;
    (wire, sub)
}

async fn staffs_journey(system: &System) -> (Needles, String, Staff) {
    let browser = system.browser();
    let staff = enter_console(system, &browser).await;
    let client = RelyingParty::of(system, "admin", "demo-web").await;
    let (mut wire, sub) = use_client(&client, &browser).await;
    wire.extend(seed("seed", &staff.seed));
    wire.extend(cookies(&browser, (&system.urls.admin_issuer, "admin"), (&system.urls.console, "console")));
    wire.push(text("password", &staff.password));
    wire.push(text("setup link", system.setup_link.rsplit('/').next().unwrap()));
    wire.extend(staff.recovery_codes.iter().map(|code| text("recovery code", code)));
    (wire, sub, staff)
}

#[tokio::test]
async fn k15_h1_no_secret_of_the_wire_and_nothing_of_the_other_realm_is_in_a_database() {
    let system = System::start().await;
    let (customers_wire, customer) = customers_journey(&system).await;
    let (staffs_wire, member, staff) = staffs_journey(&system).await;
    let urls = &system.urls;
    let of_customers = [&urls.customer_issuer, &system.demo.email, &customer];
    let of_staff = [&urls.admin_issuer, &staff.email, &member];
    for (realm, own, other) in [("customer", of_customers, of_staff), ("admin", of_staff, of_customers)] {
        let stored = stored(&system, realm).await;
        assert!(contains(&stored, own[1].as_bytes()) && contains(&stored, own[2].as_bytes()), "it is a dump");
        for (what, secret) in customers_wire.iter().chain(&staffs_wire) {
            assert!(!contains(&stored, secret), "realm {realm} keeps a {what}");
        }
        for marker in ["PRIVATE KEY", "\"kty\"", "\"d\":"] {
            assert!(!contains(&stored, marker.as_bytes()), "realm {realm} keeps a private key: {marker}");
        }
        for theirs in other {
            assert!(!contains(&stored, theirs.as_bytes()), "realm {realm} knows {theirs}");
        }
    }
    for (side, others) in [("shop-sessions.", of_staff), ("console-sessions.", of_customers)] {
        let stored = files(system.data(), side);
        for (what, secret) in customers_wire.iter().chain(&staffs_wire) {
            assert!(!contains(&stored, secret), "{side} keeps a {what}");
        }
        assert!(
            !contains(&stored, others[1].as_bytes()) && !contains(&stored, others[2].as_bytes()),
            "{side}"
        );
    }
}
