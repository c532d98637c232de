//! From the cart to an order on the storefront: R3 and R11 for people.

use axum::http::StatusCode;
use database::sql;
use test_browser::Page;

use super::world::{Browser, world};
use crate::paths;

async fn submit(browser: &Browser<'_>, page: &Page) -> Page {
    let names = ["key", "expected_total", "currency"];
    let csrf = page.field("csrf");
    let values: Vec<(&str, String)> = names.into_iter().map(|name| (name, page.field(name))).collect();
    let mut fields = vec![("csrf", csrf.as_str())];
    fields.extend(values.iter().map(|(name, value)| (*name, value.as_str())));
    browser.post(paths::CHECKOUT, &fields).await
}

/// Orders the content of the cart; returns the path of the order's page.
pub async fn order(browser: &Browser<'_>) -> String {
    let page = browser.get(paths::CART).await;
    let answer = submit(browser, &page).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header("location").to_owned()
}

/// The quantity of the only product in the cart.
fn quantity(cart: &Page) -> String {
    cart.field("quantity")
}

#[tokio::test]
async fn q5_a_product_that_is_added_twice_by_one_form_is_added_once() {
    let world = world().await;
    let browser = world.browser();
    let page = browser.get("/products/stoneware-mug").await;
    let names = ["csrf", "product_id", "action", "key"];
    let values: Vec<(&str, String)> = names.into_iter().map(|name| (name, page.field(name))).collect();
    let mut fields: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("quantity", "2"));
    for _ in 0..3 {
        assert_eq!(browser.post(paths::CART, &fields).await.header("location"), paths::CART);
    }
    assert_eq!(quantity(&browser.get(paths::CART).await), "2");
    // loading the product's page again gives another form key
    let key = browser.get("/products/stoneware-mug").await.field("key");
    for field in &mut fields {
        if field.0 == "key" {
            field.1 = &key;
        }
    }
    browser.post(paths::CART, &fields).await;
    assert_eq!(quantity(&browser.get(paths::CART).await), "4");
}

#[tokio::test]
async fn r3_a_form_sent_twice_makes_one_order_and_leads_to_it_twice() {
    let world = world().await;
    let browser = world.browser();
    browser.sign_in("anna").await;
    browser.add("stoneware-mug", "1").await;
    let page = browser.get(paths::CART).await;
    let first = submit(&browser, &page).await;
    let second = submit(&browser, &page).await;
    assert_eq!((first.status, second.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(first.header("location"), second.header("location"));
    assert_eq!(world.product("stoneware-mug").await.stock, 39);
    assert_eq!(browser.get(first.header("location")).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r3_ten_tabs_that_send_the_form_at_once_all_lead_to_one_order() {
    let world = world().await;
    let browser = world.browser();
    browser.sign_in("anna").await;
    browser.add("stoneware-mug", "1").await;
    let page = browser.get(paths::CART).await;
    let tabs = vec![browser.clone(); 10];
    let (page, mut locations) = (&page, std::collections::BTreeSet::new());
    let answers = std::pin::pin!(async {
        let mut sent: Vec<_> = tabs.iter().map(|tab| Box::pin(submit(tab, page))).collect();
        let mut done = Vec::new();
        std::future::poll_fn(|context| {
            sent.retain_mut(|answer| match answer.as_mut().poll(context) {
                std::task::Poll::Ready(answer) => {
                    done.push(answer);
                    false
                }
                std::task::Poll::Pending => true,
            });
            if sent.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
        done
    });
    for answer in answers.await {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        locations.insert(answer.header("location").to_owned());
    }
    assert_eq!((locations.len(), world.product("stoneware-mug").await.stock), (1, 39));
}

#[tokio::test]
async fn r11_a_changed_total_is_shown_and_has_to_be_agreed_to_again() {
    let world = world().await;
    let browser = world.browser();
    browser.sign_in("anna").await;
    browser.add("stoneware-mug", "1").await;
    let page = browser.get(paths::CART).await;
    sql("UPDATE products SET price = 1990 WHERE slug = 'stoneware-mug'").run(&world.db).await.unwrap();
    let refused = submit(&browser, &page).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        refused.body.contains("The total is €19.90 now") && refused.body.contains("Order now for €19.90")
    );
    assert_eq!(submit(&browser, &refused).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn r11_what_ran_out_meanwhile_is_named() {
    let world = world().await;
    let browser = world.browser();
    browser.sign_in("anna").await;
    browser.add("lemon-press", "3").await;
    let page = browser.get(paths::CART).await;
    sql("UPDATE products SET stock = 1 WHERE slug = 'lemon-press'").run(&world.db).await.unwrap();
    let refused = submit(&browser, &page).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("Lemon press: only 1 left."));
}

#[tokio::test]
async fn an_order_needs_a_sign_in_that_returns_to_the_cart() {
    let world = world().await;
    let browser = world.browser();
    browser.sign_in("anna").await;
    browser.add("stoneware-mug", "1").await;
    let page = browser.get(paths::CART).await;
    browser.forget_cookie(paths::HOME, "rk_shop_session");
    let expired = submit(&browser, &page).await;
    assert_eq!(expired.status, StatusCode::FORBIDDEN, "the token belonged to the session");
    let csrf = browser.get(paths::CART).await.field("csrf");
    let fields = [("csrf", &*csrf), ("key", "k"), ("expected_total", "1850"), ("currency", "EUR")];
    let answer = browser.post(paths::CHECKOUT, &fields).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.field("return_to"), paths::CART);
    assert_eq!(world.product("stoneware-mug").await.stock, 40);
}

#[tokio::test]
async fn a_malformed_checkout_is_refused() {
    let world = world().await;
    let browser = world.browser();
    browser.sign_in("anna").await;
    browser.add("stoneware-mug", "1").await;
    let csrf = browser.get(paths::CART).await.field("csrf");
    for (key, total, currency) in
        [("", "1850", "EUR"), ("k", "x", "EUR"), ("k", "1850", ""), (&"k".repeat(101), "1850", "EUR")]
    {
        let fields = [("csrf", &*csrf), ("key", key), ("expected_total", total), ("currency", currency)];
        assert_eq!(browser.post(paths::CHECKOUT, &fields).await.status, StatusCode::BAD_REQUEST);
    }
}
