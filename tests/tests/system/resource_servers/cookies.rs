//! Session cookies of the two sides (P2, RP3, RP12, I1).

use end_to_end::{
    http_client,
    relying_party::{JsonAnswer, read},
};

use super::signed_in::{SignedIn, both};

fn session_cookie(side: &SignedIn) -> &'static str {
    if side.realm == "admin" { "rk_console_session" } else { "rk_shop_session" }
}

async fn with_cookie(side: &SignedIn, path: &str, name: &str, value: &str) -> JsonAnswer {
    let request = http_client::client().get(side.at(path)).header("cookie", format!("{name}={value}"));
    read(request.header("accept", "application/json")).await
}

#[tokio::test]
async fn p2_the_other_sides_cookie_is_403_and_the_answer_names_that_side() {
    let (_system, [customer, staff]) = both().await;
    for (side, other) in [(&customer, &staff), (&staff, &customer)] {
        let name = session_cookie(other);
        let value = other.browser.cookie(&other.url, name).unwrap();
        for path in ["/api/me", "/api/orders"] {
            let answer = with_cookie(side, path, name, &value).await;
            assert_eq!((answer.status.as_u16(), answer.text("code")), (403, "wrong_side"), "{path}");
            assert!(answer.text("detail").contains(&side.other_url), "{}", answer.body);
        }
        let at_home = with_cookie(other, "/api/me", name, &value).await;
        assert_eq!(at_home.status, 200, "the session was not hurt");
    }
}

#[tokio::test]
async fn i1_the_other_sides_session_under_this_sides_name_is_no_session() {
    let (_system, [customer, staff]) = both().await;
    for (side, other) in [(&customer, &staff), (&staff, &customer)] {
        let value = other.browser.cookie(&other.url, session_cookie(other)).unwrap();
        let answer = with_cookie(side, "/api/me", session_cookie(side), &value).await;
        assert_eq!((answer.status.as_u16(), answer.text("code")), (401, "sign_in_required"));
    }
}

#[tokio::test]
async fn i1_the_realms_own_session_cookie_opens_no_api() {
    let (system, [customer, staff]) = both().await;
    for (side, name) in [(&customer, "rk_customer_session"), (&staff, "rk_admin_session")] {
        let value = side.browser.cookie(system.issuer(side.realm), name).unwrap();
        for name in [name, session_cookie(side)] {
            assert_eq!(with_cookie(side, "/api/me", name, &value).await.status, 401, "{name}");
        }
    }
}

#[tokio::test]
async fn rp3_the_session_is_a_new_one_after_each_sign_in_and_dead_after_sign_out() {
    let (_system, sides) = both().await;
    for side in &sides {
        let name = session_cookie(side);
        let first = side.browser.cookie(&side.url, name).unwrap();
        let page = side.browser.visit(&side.url).await;
        side.browser.submit(&page.form("sign-out")).await;
        assert_eq!(side.browser.cookie(&side.url, name), None);
        assert_eq!(with_cookie(side, "/api/me", name, &first).await.status, 401);
    }
}

#[tokio::test]
async fn rp3_sessions_of_the_sides_end_with_their_idle_time() {
    let (system, sides) = both().await;
    system.clock.advance(31 * 24 * 3600);
    for side in &sides {
        let name = session_cookie(side);
        let value = side.browser.cookie(&side.url, name).unwrap();
        assert_eq!(with_cookie(side, "/api/me", name, &value).await.status, 401, "{}", side.realm);
    }
}

#[tokio::test]
async fn e5_two_cookies_of_one_name_and_garbage_are_no_session() {
    let (_system, sides) = both().await;
    for side in &sides {
        let name = session_cookie(side);
        let value = side.browser.cookie(&side.url, name).unwrap();
        for bad in [&format!("{value}; {name}={value}"), "", "x", &"x".repeat(3000), "%00", "' OR 1=1 --"] {
            assert_eq!(with_cookie(side, "/api/me", name, bad).await.status, 401, "{bad}");
        }
    }
}
