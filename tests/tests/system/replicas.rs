//! Two replicas of a realm on one database: any request of a flow may land on either, and what one ends has ended at
//! the other.

use std::sync::Arc;

use end_to_end::{Browser, Page, RelyingParty, System, page::Form};
use idp::serve;
use service::{random::OsRandom, shutdown::Shutdown};
use tokio::task::JoinHandle;
use url::Url;

use crate::support::{FULL, customer, eventually};

/// A second listener of the customer realm, with memory and connections of its own.
pub struct Replica {
    port: u16,
    shutdown: Shutdown,
    served: JoinHandle<std::io::Result<()>>,
}

impl Replica {
    pub async fn start(system: &System) -> Self {
        let realm = system.replica("customer").await;
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        listener.set_nonblocking(true).unwrap();
        let shutdown = Shutdown::new();
        let ambient = (system.clock.clone() as _, Arc::new(OsRandom) as _);
        let served = tokio::spawn(serve::realm(realm, listener, ambient, shutdown.clone()));
        Self { port, shutdown, served }
    }

    /// The same address at this replica, as a balancer would forward it.
    fn at(&self, url: &Url) -> Url {
        let mut url = url.clone();
        url.set_port(Some(self.port)).unwrap();
        url
    }

    /// The client whose calls the balancer sends here.
    pub fn client(&self, client: &RelyingParty) -> RelyingParty {
        let mut here = client.clone();
        for (name, value) in here.metadata.as_object_mut().unwrap() {
            if let Some(url) = value.as_str().filter(|_| name.ends_with("_endpoint") || name == "jwks_uri") {
                *value = self.at(&Url::parse(url).unwrap()).as_str().into();
            }
        }
        here
    }

    pub async fn stop(self) {
        self.shutdown.fire();
        self.served.await.unwrap().unwrap();
    }
}

/// Every other request of the browser goes to the replica.
struct Balanced<'a> {
    browser: &'a Browser,
    issuer: Url,
    replica: &'a Replica,
    there: bool,
}

impl Balanced<'_> {
    /// The next server's address for what the page names by the realm's.
    fn route(&mut self, url: &Url) -> Url {
        self.there = !self.there;
        let mut url = url.clone();
        url.set_port(self.issuer.port()).unwrap();
        if self.there { self.replica.at(&url) } else { url }
    }

    async fn visit(&mut self, url: &Url) -> Page {
        let url = self.route(url);
        let page = self.browser.get(url).await;
        self.follow(page).await
    }

    async fn submit(&mut self, form: Form) -> Page {
        let url = self.route(&form.action);
        let origin = self.issuer.origin().ascii_serialization();
        let page = self.browser.post_from(&origin, &url, &form.fields).await;
        self.follow(page).await
    }

    async fn follow(&mut self, mut page: Page) -> Page {
        while let Some(next) = page.next() {
            if !next.path().starts_with("/callback") {
                let url = self.route(&next);
                page = self.browser.get(url).await;
                continue;
            }
            page.left_to = Some(next);
            break;
        }
        page
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_request_of_a_flow_may_land_on_either_replica() {
    let (system, _, here) = customer().await;
    let replica = Replica::start(&system).await;
    let there = replica.client(&here);
    let issuer = Url::parse(system.issuer("customer")).unwrap();
    for first in [false, true] {
        let browser = system.browser();
        let mut person =
            Balanced { browser: &browser, issuer: issuer.clone(), replica: &replica, there: first };
        let attempt = here.authorize(&[("scope", FULL)]);
        let page = person.visit(&attempt.url).await;
        let form = page.form("login-submit").with("username", &system.demo.email);
        let mut page = person.submit(form.with("password", &system.demo.password)).await;
        if page.has("consent-allow") {
            page = person.submit(page.form("consent-allow").press("consent-allow")).await;
        }
        let (redeemer, other) = if first { (&here, &there) } else { (&there, &here) };
        let tokens = redeemer.redeem(&attempt, &page.code()).await.ok();
        other.userinfo(tokens.access_token()).await.ok();
        let next = other.refresh(tokens.refresh_token()).await.ok();
        let last = redeemer.refresh(next.refresh_token()).await.ok();
        assert_eq!(other.introspect(last.access_token()).await.ok().json["active"], true);
        redeemer.revoke(last.refresh_token()).await.ok();
        other.refresh(last.refresh_token()).await.refused(400, "invalid_grant");
    }
    replica.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z21_of_twenty_redemptions_of_a_code_on_two_replicas_one_wins() {
    let (system, browser, here) = customer().await;
    let replica = Replica::start(&system).await;
    let there = replica.client(&here);
    let (attempt, code) = here.code(&browser, &[("scope", FULL)]).await;
    let mut tasks = tokio::task::JoinSet::new();
    for client in [&here, &there].into_iter().cycle().take(20) {
        let (client, code, verifier) = (client.clone(), code.clone(), attempt.verifier.clone());
        tasks.spawn(async move { client.redeem_with(&code, &verifier).await });
    }
    let (won, lost): (Vec<_>, Vec<_>) =
        tasks.join_all().await.into_iter().partition(|answer| answer.status.is_success());
    assert_eq!((won.len(), lost.len()), (1, 19));
    for answer in lost {
        answer.refused(400, "invalid_grant");
    }
    // T6: the code was replayed, so nothing of its grant is left, at neither replica
    for client in [&here, &there] {
        assert_eq!(client.userinfo(won[0].access_token()).await.status, 401);
        client.refresh(won[0].refresh_token()).await.refused(400, "invalid_grant");
    }
    replica.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l2_who_signs_out_at_one_replica_is_signed_out_at_the_other() {
    let (system, browser, here) = customer().await;
    let replica = Replica::start(&system).await;
    let there = replica.client(&here);
    let tokens = here.tokens(&browser, FULL).await;
    there.userinfo(tokens.access_token()).await.ok();
    let mut url = there.endpoint("end_session");
    url.query_pairs_mut().append_pair("id_token_hint", tokens.id_token());
    let page = browser.get(url).await;
    assert!(page.status.is_success(), "{}", page.summary());
    for client in [&here, &there] {
        let attempt = client.authorize(&[("prompt", "none")]);
        let page = browser.get(attempt.url).await;
        assert!(page.next().unwrap().as_str().contains("error=login_required"), "{}", page.summary());
        assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
        client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    }
    // either replica tells the storefront, whose session ends too
    let shop = system.urls.storefront.clone();
    eventually(async || !browser.visit(&shop).await.has("signed-in-as")).await;
    replica.stop().await;
}
