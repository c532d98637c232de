//! How many requests are answered to one address, and to one caller of an API (C4).

use end_to_end::{RelyingParty, System, relying_party::bearer};

use crate::{replica::Replica, support::customer_of};

#[tokio::test]
async fn pool4_an_address_gets_so_many_pages_a_minute_and_a_page_that_says_so() {
    let system = System::start_with(&[("customer", "requests.pages_per_minute", "20")]).await;
    let replica = Replica::start(&system).await;
    let browser = system.browser();
    let home = url::Url::parse(system.issuer("customer")).unwrap();
    let mut last = None;
    for request in 0..20 {
        // whichever replica answers takes from the same bucket
        let url = if request % 2 == 0 { home.clone() } else { replica.at(&home) };
        let page = browser.get(url).await;
        assert!(page.status.is_success() || page.status.is_redirection(), "{request}: {}", page.summary());
        last = Some(page);
    }
    assert!(last.is_some());
    for url in [home.clone(), replica.at(&home)] {
        let page = browser.get(url).await;
        assert_eq!(page.status, 429, "{}", page.summary());
        assert_eq!(page.header("retry-after"), "3");
        assert!(page.body.contains("too_many_requests"), "{}", page.summary());
    }
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    client.client_credentials("orders").await.ok();
    assert!(browser.get(format!("{}/account", system.issuer("admin"))).await.status.is_redirection());
    system.clock.advance(3);
    assert_ne!(browser.get(home).await.status, 429);
    replica.stop().await;
}

#[tokio::test]
async fn pool4_endpoints_are_limited_where_the_operator_wants_it() {
    let system = System::start_with(&[("customer", "requests.endpoints_per_minute", "12")]).await;
    let (system, browser, client) = customer_of(system).await;
    let (attempt, code) = client.code(&browser, &[("scope", "openid")]).await;
    // the storefront took some of them, from the same address
    let mut answered = 0;
    while client.introspect("nothing").await.status == 200 {
        answered += 1;
    }
    assert!((1..12).contains(&answered), "{answered}");
    let refused = client.redeem(&attempt, &code).await;
    assert_eq!(refused.status, 429, "{refused:?}");
    assert_eq!(refused.json["error"], "temporarily_unavailable");
    system.clock.advance(5);
    client.redeem(&attempt, &code).await.ok();
}

#[tokio::test]
async fn pool4_one_caller_of_an_api_is_limited_and_nobody_else() {
    let system = System::start_with(&[("shop-api", "requests.per_minute", "5")]).await;
    let (system, browser, client) = customer_of(system).await;
    let tokens = client.tokens(&browser, "openid orders").await;
    let orders = format!("{}/api/orders", system.urls.storefront);
    let mut statuses = Vec::new();
    for _ in 0..6 {
        let answer = bearer(&orders, tokens.access_token()).await;
        statuses.push(answer.status.as_u16());
        if answer.status == 429 {
            assert_eq!(answer.header("retry-after"), Some("12"));
            assert_eq!(answer.json["code"], "too_many_requests");
        }
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);
    // the same person in the storefront is another caller
    assert!(browser.visit(&system.urls.storefront).await.status.is_success());
    system.clock.advance(12);
    bearer(&orders, tokens.access_token()).await.ok();
}
