//! Both sides and both realms by way of the proxy, as in `docker-compose.yml`.

use clock::{Clock, SystemClock};
use end_to_end::{
    Cluster, Witness,
    people::{begin_set_up, code, go_to_sign_in, put_into_cart, recovery_codes_on, register, seed_on},
    witness::State,
};

use crate::support::{CLIENTS, cluster};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn customers_order_staff_see_the_order_and_third_parties_get_tokens_by_way_of_the_proxy() {
    let cluster = Cluster::start();
    let (browser, storefront) = (cluster.browser(), cluster.url("storefront"));
    let page = go_to_sign_in(&browser, &storefront).await;
    let page = register(&browser, &page, "grace@example.org", "Grace").await;
    assert_eq!(page.text_of("signed-in-as"), "Grace", "{}", page.summary());
    put_into_cart(&browser, &storefront).await;
    let cart = browser.visit(format!("{storefront}/cart")).await;
    let order = browser.submit(&cart.form("checkout")).await;
    let reference = order.text_of("order-reference");

    let client = cluster.client("customer").await;
    let tokens = client.tokens(&browser, "openid email offline_access orders").await;
    assert_eq!(client.userinfo(tokens.access_token()).await.ok().text("email"), "grace@example.org");
    let next = client.refresh(tokens.refresh_token()).await.ok();
    client.revoke(next.refresh_token()).await.ok();
    client.refresh(next.refresh_token()).await.refused(400, "invalid_grant");

    let staff = cluster.browser();
    let page = begin_set_up(&staff, &cluster.url("setup_link")).await;
    let otp = code(&seed_on(&page), SystemClock.now());
    let page = staff.submit(&page.form("otp").with("otp", &otp)).await;
    assert_eq!(recovery_codes_on(&page).len(), 10, "{}", page.summary());
    let page = go_to_sign_in(&staff, &cluster.url("console")).await;
    assert!(page.has("card-orders"), "{}", page.summary());
    let orders = staff.visit(format!("{}/orders", cluster.url("console"))).await;
    assert!(orders.body.contains(&reference), "{}", orders.summary());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_without_a_fault_the_witness_finds_nothing() {
    let (_cluster, realm) = cluster().await;
    let mut witness = Witness::start(realm, CLIENTS);
    witness.rounds(5 * CLIENTS).await;
    let ledger = witness.ends().await;
    assert!(ledger.cuts.is_empty(), "{:?}", ledger.cuts);
    assert!(ledger.accounts.len() >= 5 * CLIENTS, "{ledger}");
    for state in [State::Alive, State::Ended("signed out")] {
        assert!(ledger.sessions.iter().any(|session| session.state == state), "{state:?} {ledger}");
    }
    println!("{ledger}");
}
