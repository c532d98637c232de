//! A client that any replica may answer, or none.

use std::{collections::BTreeMap, net::Ipv4Addr, time::Duration};

use reqwest::{
    Method, StatusCode,
    header::{COOKIE, ORIGIN, SET_COOKIE},
};
use serde_json::Value;
use url::Url;

use super::{Ledger, Notices};
use crate::{Page, RelyingParty, http_client, page::Form, relying_party::Answer};

/// Between tries to connect.
const PAUSE: Duration = Duration::from_millis(20);
/// How often a connection is tried: longer than anything is away.
const TRIES: usize = 1500;
/// More redirects than any flow of ours has.
const MOST_REDIRECTS: usize = 20;
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
    cookies: BTreeMap<String, String>,
    http: reqwest::Client,
    next: usize,
}

impl<'r> Client<'r> {
    /// A fresh one at an address of its own, which starts at the entry of that number.
    pub fn new(realm: &'r Realm, number: usize) -> Self {
        let offset = u32::try_from(number + 1).expect("not that many clients");
        let address = Ipv4Addr::from_bits(FIRST_ADDRESS.to_bits() + offset);
        let http = http_client::at(address, &realm.authorities);
        Self { realm, ledger: Ledger::default(), cookies: BTreeMap::new(), http, next: number }
    }

    /// The issuer.
    pub fn issuer(&self) -> &'r str {
        self.realm.party.issuer()
    }

    /// The browser's cookies, as they are sent.
    pub fn cookies(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// The same client with a ledger of its own, whose requests go to the next entry.
    #[must_use]
    pub fn twin(&mut self) -> Self {
        self.next += 1;
        let (http, cookies) = (self.http.clone(), self.cookies.clone());
        Self { realm: self.realm, ledger: Ledger::default(), cookies, http, next: self.next }
    }

    /// The next entry.
    fn entry(&mut self) -> &'r str {
        self.next += 1;
        &self.realm.entries[self.next % self.realm.entries.len()]
    }

    /// Whether the last request went by way of a proxy, which alone ends TLS here and may ask both replicas.
    pub(super) fn went_by_proxy(&self) -> bool {
        self.realm.entries[self.next % self.realm.entries.len()].starts_with("https:")
    }

    /// Sends a request to the next entry that takes a connection.
    async fn send(
        &mut self,
        request: impl Fn(&reqwest::Client, String) -> reqwest::RequestBuilder,
        url: &Url,
    ) -> Result<reqwest::Response, Cut> {
        for _ in 0..TRIES {
            let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
            let there = format!("{}{}{query}", self.entry(), url.path());
            match request(&self.http, there).send().await {
                Ok(answer) => return self.judge(url, answer),
                // nobody was there, so nothing was done
                Err(error) if error.is_connect() => tokio::time::sleep(PAUSE).await,
                Err(error) => return Err(self.cut(format!("{}: {error:?}", url.path()))),
            }
        }
        Err(self.cut(format!("{}: nobody takes a connection", url.path())))
    }

    fn cut(&mut self, why: String) -> Cut {
        self.ledger.cuts.push(why);
        Cut
    }

    fn judge(&mut self, url: &Url, answer: reqwest::Response) -> Result<reqwest::Response, Cut> {
        match answer.status() {
            StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                return Err(self.cut(format!("{}: {}", url.path(), answer.status())));
            }
            status if status.is_server_error() => {
                self.ledger.broken.push(format!("{status} from {}", url.path()));
            }
            _ => self.ledger.answers += 1,
        }
        Ok(answer)
    }

    /// A form to an endpoint, authenticated as the client is registered.
    pub async fn call(&mut self, endpoint: &str, form: &[(&str, &str)]) -> Result<Answer, Cut> {
        let party = &self.realm.party;
        let build = |http: &reqwest::Client, url: String| {
            http.post(url).basic_auth(&party.client_id, Some(&party.secret)).form(form)
        };
        let answer = self.send(build, &party.endpoint(endpoint)).await?;
        self.read(answer).await
    }

    /// Asks for the claims of the person.
    pub async fn userinfo(&mut self, access_token: &str) -> Result<Answer, Cut> {
        let url = self.realm.party.endpoint("userinfo");
        let answer = self.send(|http, url| http.get(url).bearer_auth(access_token), &url).await?;
        self.read(answer).await
    }

    async fn read(&mut self, answer: reqwest::Response) -> Result<Answer, Cut> {
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = match answer.text().await {
            Ok(body) => body,
            Err(error) => return Err(self.cut(format!("the body of an answer: {error:?}"))),
        };
        Ok(Answer { status, headers, json: serde_json::from_str(&body).unwrap_or(Value::Null), body })
    }

    /// Fetches a page and follows redirects.
    pub async fn visit(&mut self, url: &Url) -> Result<Page, Cut> {
        let page = self.fetch(Method::GET, url, &[]).await?;
        self.follow(page).await
    }

    /// Sends a form and follows redirects.
    pub async fn submit(&mut self, form: &Form) -> Result<Page, Cut> {
        let page = self.post(form).await?;
        self.follow(page).await
    }

    /// Sends a form, nothing more.
    pub async fn post(&mut self, form: &Form) -> Result<Page, Cut> {
        self.fetch(Method::POST, &form.action, &form.fields).await
    }

    /// Follows redirects within the realm; a page that leads away from it says where.
    pub async fn follow(&mut self, mut page: Page) -> Result<Page, Cut> {
        for _ in 0..MOST_REDIRECTS {
            let Some(next) = page.next() else { break };
            if next.origin().ascii_serialization() != self.issuer() {
                page.left_to = Some(next);
                break;
            }
            page = self.fetch(Method::GET, &next, &[]).await?;
        }
        Ok(page)
    }

    async fn fetch(&mut self, method: Method, url: &Url, fields: &[(String, String)]) -> Result<Page, Cut> {
        let (cookies, origin) = (self.cookies(), self.issuer());
        let build = |http: &reqwest::Client, there: String| {
            let request =
                http.request(method.clone(), there).header("accept", "text/html").header(COOKIE, &cookies);
            if method == Method::POST { request.header(ORIGIN, origin).form(fields) } else { request }
        };
        let answer = self.send(build, url).await?;
        let lines = answer.headers().get_all(SET_COOKIE).into_iter();
        let lines: Vec<String> = lines.filter_map(|line| line.to_str().ok()).map(str::to_owned).collect();
        let answer = self.read(answer).await?;
        for line in lines {
            self.keep(&line);
        }
        let (status, headers, body) = (answer.status, answer.headers, answer.body);
        Ok(Page { url: url.clone(), status, headers, body, left_to: None })
    }

    fn keep(&mut self, line: &str) {
        let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
        let Some((name, value)) = pair.split_once('=') else { return };
        if attributes.to_ascii_lowercase().contains("max-age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
