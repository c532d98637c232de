//! A client whose requests may be answered by any replica, or by none.

use std::net::Ipv4Addr;

use test_browser::Browser;
use url::Url;

use super::{Ledger, Notices, entries::Entries};
use crate::{Form, Page, RelyingParty, http_client, relying_party::JsonAnswer};

/// The first source address of the clients. Its whole network is loopback, so that the proxy and the replicas see each
/// client's own address.
const FIRST_ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 1, 0, 0);

/// A realm with replicas.
#[derive(Debug, Clone)]
pub struct Realm {
    /// The third-party client at this realm.
    pub party: RelyingParty,
    /// Addresses of the replicas, and of the proxy if there is one.
    pub entries: Vec<String>,
    /// The certificate authorities that the clients trust (PEM); empty without TLS.
    pub authorities: Vec<u8>,
    /// The same client's registration at the other realm, and that realm's addresses.
    pub other: RelyingParty,
    /// URL of the database for a reader, with which table names need no schema.
    pub database: String,
    /// The client's receiver of back-channel logouts.
    pub notices: Notices,
}

impl Realm {
    /// The same realm with one entry only.
    pub(super) fn only(&self, entry: &str) -> Self {
        Self { entries: vec![entry.to_owned()], ..self.clone() }
    }
}

/// There was no answer, or one that decides nothing: it is unknown whether the request had an effect.
#[derive(Debug)]
pub struct Cut;

/// A person's browser and the client that they use.
#[derive(Debug)]
pub struct Client<'r> {
    /// The realm.
    pub realm: &'r Realm,
    /// The promises that it got.
    pub ledger: Ledger,
    browser: Browser<Entries<'r>>,
}

impl<'r> Client<'r> {
    /// A new client with its own address. Its first request goes to the entry after number `number`.
    pub fn new(realm: &'r Realm, number: usize) -> Self {
        let offset = u32::try_from(number + 1).expect("not that many clients");
        let address = Ipv4Addr::from_bits(FIRST_ADDRESS.to_bits() + offset);
        let entries = Entries::new(&realm.entries, http_client::at(address, &realm.authorities), number);
        Self { realm, ledger: Ledger::default(), browser: Browser::new(entries, &[realm.party.issuer()]) }
    }

    /// The issuer.
    pub fn issuer(&self) -> &'r str {
        self.realm.party.issuer()
    }

    /// The browser's cookies as a header.
    pub fn cookies(&self) -> String {
        self.browser.cookie_header(self.issuer())
    }

    /// The same client with its own ledger. Its requests go to the next entry.
    #[must_use]
    pub fn twin(&self) -> Self {
        self.browser.transport().skip();
        Self { realm: self.realm, ledger: Ledger::default(), browser: self.browser.clone() }
    }

    /// Whether the last request went through a proxy: only proxies use TLS here. A proxy may send a request to both
    /// replicas.
    pub(super) fn went_by_proxy(&self) -> bool {
        self.browser.transport().last().starts_with("https:")
    }

    /// Sends a form to an endpoint, authenticated with the client's method.
    pub async fn call(&mut self, endpoint: &str, form: &[(&str, &str)]) -> Result<JsonAnswer, Cut> {
        let party = &self.realm.party;
        let build = |http: &reqwest::Client, url: String| {
            http.post(url).basic_auth(&party.client_id, Some(&party.secret)).form(form)
        };
        let answer = self.browser.transport().send(build, &party.endpoint(endpoint)).await;
        self.noted(answer.map(JsonAnswer::from))
    }

    /// Requests the claims of the person from userinfo.
    pub async fn userinfo(&mut self, access_token: &str) -> Result<JsonAnswer, Cut> {
        let url = self.realm.party.endpoint("userinfo");
        let build = |http: &reqwest::Client, url: String| http.get(url).bearer_auth(access_token);
        let answer = self.browser.transport().send(build, &url).await;
        self.noted(answer.map(JsonAnswer::from))
    }

    /// Fetches a page and follows redirects.
    pub async fn visit(&mut self, url: &Url) -> Result<Page, Cut> {
        let page = self.browser.try_visit(url).await;
        self.noted(page)
    }

    /// Submits a form and follows redirects.
    pub async fn submit(&mut self, form: &Form) -> Result<Page, Cut> {
        let page = self.browser.try_submit(form).await;
        self.noted(page)
    }

    /// Submits a form without following redirects.
    pub async fn post(&mut self, form: &Form) -> Result<Page, Cut> {
        let page = self.browser.try_post(form).await;
        self.noted(page)
    }

    /// Follows redirects within the realm. For a redirect to another site the page has its target.
    pub async fn follow(&mut self, page: Page) -> Result<Page, Cut> {
        let page = self.browser.try_follow(page).await;
        self.noted(page)
    }

    /// Notes the observations of the requests in the ledger.
    fn noted<A>(&mut self, outcome: Result<A, String>) -> Result<A, Cut> {
        let mut met = self.browser.transport().met();
        self.ledger.answers += met.answers;
        self.ledger.broken.append(&mut met.broken);
        outcome.map_err(|why| {
            self.ledger.cuts.push(why);
            Cut
        })
    }
}
