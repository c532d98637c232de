//! Two replicas of a realm on one database: any request of a flow may land on either, and what one ends has ended at
//! the other.

use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::Bytes;
use end_to_end::http_client;
use http::{Request, Response};
use test_browser::{Browser, Transport};
use url::Url;

use crate::{
    replica::Replica,
    support::{FULL, customer, eventually},
};

/// Every other request of the browser goes to the replica.
struct Balanced<'a> {
    http: reqwest::Client,
    replica: &'a Replica,
    there: AtomicBool,
}

impl Transport for Balanced<'_> {
    type Error = reqwest::Error;

    async fn exchange(&self, mut request: Request<Bytes>) -> reqwest::Result<Response<Bytes>> {
        if !self.there.fetch_xor(true, Ordering::Relaxed) {
            let url = Url::parse(&request.uri().to_string()).unwrap();
            *request.uri_mut() = self.replica.at(&url).as_str().parse().unwrap();
        }
        self.http.exchange(request).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_request_of_a_flow_may_land_on_either_replica() {
    let (system, _, here) = customer().await;
    let replica = Replica::start(&system).await;
    let there = replica.client(&here);
    for first in [false, true] {
        let balanced =
            Balanced { http: http_client::client(), replica: &replica, there: AtomicBool::new(first) };
        let person = Browser::new(balanced, &system.origins());
        let attempt = here.authorize(&[("scope", FULL)]);
        let page = person.visit(attempt.url.as_str()).await;
        let form = page.form("login-submit").with("username", &system.demo.email);
        let mut page = person.submit(&form.with("password", &system.demo.password)).await;
        if page.has("consent-allow") {
            page = person.submit(&page.form("consent-allow").press("consent-allow")).await;
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
