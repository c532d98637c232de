//! A client that any replica may answer, or none.

use std::net::Ipv4Addr;

use test_browser::Browser;
use url::Url;

use super::{Ledger, Notices, entries::Entries};
use crate::{Form, Page, RelyingParty, http_client, relying_party::JsonAnswer};

/// Whence the clients come. All of this network is loopback, so that a proxy sees who is who as the replicas do.
const FIRST_ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 1, 0, 0);

/// A realm with replicas.
#[derive(Debug, Clone)]
pub struct Realm {
    /// The third-party client there.
    pub party: RelyingParty,
    /// Where the replicas answer, and perhaps a proxy.
    pub entries: Vec<String>,
    /// Whose certificates the clients believe (PEM); empty where no TLS is.
    pub authorities: Vec<u8>,
    /// The same client's registration at the other realm, and where that answers.
    pub other: RelyingParty,
    /// Where its database is, for somebody who only reads; what its tables are called needs no schema there.
    pub database: String,
    /// Where the client is told of sign-outs.
    pub notices: Notices,
}

impl Realm {
    /// The same with one way in only.
    pub(super) fn only(&self, entry: &str) -> Self {
        Self { entries: vec![entry.to_owned()], ..self.clone() }
    }
}

/// There was no answer, or one that decides nothing: what came of the request is unknown.
#[derive(Debug)]
pub struct Cut;

/// A person's browser together with the client they use.
#[derive(Debug)]
pub struct Client<'r> {
    /// Where it is used.
    pub realm: &'r Realm,
    /// What it was promised.
    pub ledger: Ledger,
    browser: Browser<Entries<'r>>,
}

impl<'r> Client<'r> {
    /// A fresh one at an address of its own, which starts at the entry of that number.
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

    /// The browser's cookies, as they are sent.
    pub fn cookies(&self) -> String {
        self.browser.cookie_header(self.issuer())
    }

    /// The same client with a ledger of its own, whose requests go to the next entry.
    #[must_use]
    pub fn twin(&self) -> Self {
        self.browser.transport().skip();
        Self { realm: self.realm, ledger: Ledger::default(), browser: self.browser.clone() }
    }

    /// Whether the last request went by way of a proxy, which alone ends TLS here and may ask both replicas.
    pub(super) fn went_by_proxy(&self) -> bool {
        self.browser.transport().last().starts_with("https:")
    }

    /// A form to an endpoint, authenticated as the client is registered.
    pub async fn call(&mut self, endpoint: &str, form: &[(&str, &str)]) -> Result<JsonAnswer, Cut> {
        let party = &self.realm.party;
        let build = |http: &reqwest::Client, url: String| {
            http.post(url).basic_auth(&party.client_id, Some(&party.secret)).form(form)
        };
        let answer = self.browser.transport().send(build, &party.endpoint(endpoint)).await;
        self.noted(answer.map(JsonAnswer::from))
    }

    /// Asks for the claims of the person.
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

    /// Sends a form and follows redirects.
    pub async fn submit(&mut self, form: &Form) -> Result<Page, Cut> {
        let page = self.browser.try_submit(form).await;
        self.noted(page)
    }

    /// Sends a form, nothing more.
    pub async fn post(&mut self, form: &Form) -> Result<Page, Cut> {
        let page = self.browser.try_post(form).await;
        self.noted(page)
    }

    /// Follows redirects within the realm; a page that leads away from it says where.
    pub async fn follow(&mut self, page: Page) -> Result<Page, Cut> {
        let page = self.browser.try_follow(page).await;
        self.noted(page)
    }

    /// Writes down what the requests have met.
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
