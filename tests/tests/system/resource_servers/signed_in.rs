//! One of the two sides with somebody signed in on it.

use end_to_end::{Browser, RelyingParty, System, people::go_to_sign_in, relying_party::claims};
use serde_json::Value;

use crate::support::{FULL, customer, staff};

/// A side, its realm, and a good token for it.
pub struct SignedIn {
    /// `customer` or `admin`.
    pub realm: &'static str,
    /// The public URL of its API.
    pub url: String,
    /// The other one's.
    pub other_url: String,
    /// Signed in at the realm and at the side.
    pub browser: Browser,
    /// A client of the realm.
    pub client: RelyingParty,
    /// A token that the API accepts.
    pub token: String,
    /// A token of the same grant that it must not accept.
    pub id_token: String,
}

impl SignedIn {
    /// What the good token says.
    pub fn claims(&self) -> Value {
        claims(&self.token)
    }

    /// An address of the API.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

/// Both sides, the customers' first.
pub async fn both() -> (System, [SignedIn; 2]) {
    let (system, customer_browser, customer_client) = customer().await;
    let (_, staff_browser, staff_client) = staff(&system).await;
    go_to_sign_in(&staff_browser, &system.urls.console).await;
    let customer = side(&system, "customer", customer_browser, customer_client).await;
    let staff = side(&system, "admin", staff_browser, staff_client).await;
    (system, [customer, staff])
}

async fn side(system: &System, realm: &'static str, browser: Browser, client: RelyingParty) -> SignedIn {
    let tokens = client.tokens(&browser, FULL).await;
    let urls = [system.urls.storefront.clone(), system.urls.console.clone()];
    let [url, other_url] = if realm == "admin" { [urls[1].clone(), urls[0].clone()] } else { urls };
    SignedIn {
        realm,
        url,
        other_url,
        browser,
        client,
        token: tokens.access_token().to_owned(),
        id_token: tokens.id_token().to_owned(),
    }
}
