//! One realm with a person, their browser, and a client.

use end_to_end::{Browser, RelyingParty, System};

use crate::support::{customer, staff};

/// A realm's half of a test.
pub struct Party {
    /// `customer` or `admin`.
    pub realm: &'static str,
    /// With a session of the realm.
    pub browser: Browser,
    /// `demo-web`, which both realms know, with secrets of their own.
    pub client: RelyingParty,
}

impl Party {
    /// The realm's address.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.client.issuer())
    }

    /// The name of a cookie of the realm.
    pub fn cookie_name(&self, what: &str) -> String {
        format!("rk_{}_{what}", self.realm)
    }

    /// The value of a cookie of the realm.
    pub fn cookie(&self, what: &str) -> String {
        self.browser.cookie(self.client.issuer(), &self.cookie_name(what)).expect("a cookie")
    }
}

/// Both realms, and the pairs of them in both directions: whose thing it is, and where it is shown.
pub async fn both() -> (System, [Party; 2]) {
    let (system, browser, client) = customer().await;
    let customer = Party { realm: "customer", browser, client };
    let (_, browser, client) = staff(&system).await;
    (system, [customer, Party { realm: "admin", browser, client }])
}

/// Both directions.
pub fn directions(parties: &[Party; 2]) -> [(&Party, &Party); 2] {
    let [customer, staff] = parties;
    [(customer, staff), (staff, customer)]
}
