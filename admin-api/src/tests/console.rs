//! Pages around the work: invitation, overview, lists, errors, assets (S5, S27, C1, C7, H7).

use axum::http::{Method, StatusCode};
use protocol::access_token::AccessClaims;
use test_browser::Page;

use super::world::World;
use crate::paths;

async fn open(world: &World, path: &str, cookie: &str) -> Page {
    world.get(path, ("cookie", cookie)).await
}

/// Checks that a page has no inline code or style and nothing of a third party (S5).
fn assert_clean(page: &Page) {
    for banned in [" style=", "<style", "<script", " onclick", " onload", " onsubmit", "javascript:", "//cdn"]
    {
        assert!(!page.body.contains(banned), "{banned}");
    }
    assert!(page.body.starts_with("<!doctype html>"));
    for css in ["main#main", "html[lang=en]", "title"] {
        assert_eq!(page.elements(css).len(), 1, "{css}");
    }
}

#[tokio::test]
async fn h7_signed_out_people_are_invited_to_the_staff_sign_in() {
    let world = World::new().await;
    let page = open(&world, "/", "").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_clean(&page);
    assert_eq!(page.element("sign-in").as_deref(), Some("Staff sign-in"));
    assert_eq!(page.field("return_to"), "/");
    assert!(!page.field("csrf").is_empty() && page.header("set-cookie").starts_with("rk_console_visitor="));
    assert!(page.body.contains("action=\"/login\""));
}

#[tokio::test]
async fn a_page_that_needs_a_sign_in_offers_it_and_comes_back() {
    let world = World::new().await;
    let page = open(&world, "/content?q=a&state=draft", "").await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert_eq!(page.field("return_to"), "/content?q=a&state=draft");
    assert_eq!(page.element("sign-in").as_deref(), Some("Staff sign-in"));
    assert!(page.header("www-authenticate").starts_with("Bearer"));
}

#[tokio::test]
async fn h8_a_customer_is_told_which_side_accepts_the_session() {
    let world = World::new().await;
    let page = open(&world, paths::ORDERS, "rk_shop_session=x").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.body.contains("http://localhost:7101") && page.body.contains("customer side"));
    assert_eq!(open(&world, "/", "rk_shop_session=x").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_guards_words_for_a_failed_sign_in_become_sentences() {
    let world = World::new().await;
    for word in ["cancelled", "expired", "failed", "unavailable"] {
        let page = open(&world, &format!("/?signin={word}"), "").await;
        assert!(page.element("notice").is_some(), "{word}");
    }
    assert!(open(&world, "/?signin=%3Cb%3E", "").await.element("notice").is_none());
}

#[tokio::test]
async fn the_overview_says_who_one_is_and_counts_what_one_may_see() {
    let world = World::new().await;
    let claims = AccessClaims { roles: vec!["team_member".into()], ..world.claims(&["sales_management"]) };
    let page = open(&world, "/", &world.browser(&claims).await).await;
    assert_clean(&page);
    assert_eq!(
        (page.element("name").as_deref(), page.element("email").as_deref()),
        (Some("Ada"), Some("ada@example.com"))
    );
    assert!(!page.body.contains("user-1"), "no bare id");
    assert_eq!(page.element("roles").as_deref(), Some("team member"));
    assert_eq!(page.element("permissions").as_deref(), Some("sales management"));
    assert!(page.body.contains("orders to work on, 0 in all"));
    // C7: the page names the area that the API would refuse, with the reason and without a link
    assert!(page.body.contains("doesn&#39;t have the permission \u{201c}content moderation\u{201d}"));
    assert!(!page.body.contains("href=\"/content\""));
    assert!(page.body.contains("href=\"/orders\""));
}

#[tokio::test]
async fn rp1_no_token_reaches_the_browser() {
    let world = World::new().await;
    let claims = world.claims(&["content_moderation", "sales_management"]);
    let token = world.realm.access_token(&claims);
    let cookie = world.browser(&claims).await;
    for path in ["/", paths::CONTENT, paths::ORDERS, paths::NEW_CONTENT] {
        let page = open(&world, path, &cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_clean(&page);
        assert!(!page.body.contains(&token) && !page.body.contains(cookie.split('=').nth(1).unwrap()));
        assert!(!format!("{:?}", page.headers).contains(&token));
    }
}

#[tokio::test]
async fn c1_an_empty_list_says_what_to_do() {
    let world = World::new().await;
    let cookie = world.browser(&world.claims(&["content_moderation", "sales_management"])).await;
    for (path, text) in [
        (paths::CONTENT, "Write the first page"),
        ("/content?q=zebra", "Show all pages"),
        (paths::ORDERS, "as soon as customers place them"),
        ("/orders?payment=paid", "Show all orders"),
    ] {
        let page = open(&world, path, &cookie).await;
        assert!(page.body.contains("id=\"empty\"") && page.body.contains(text), "{path}");
    }
}

#[tokio::test]
async fn z16_a_changed_cursor_or_filter_is_a_page_with_400() {
    let world = World::new().await;
    let cookie = world.browser(&world.claims(&["content_moderation", "sales_management"])).await;
    for path in [
        "/content?after=zzz",
        "/content?state=gone",
        "/orders?after=zzz",
        "/orders?payment=x",
        "/orders?a=%ff",
    ] {
        let page = open(&world, path, &cookie).await;
        assert_eq!(
            (page.status, page.element("error-code").as_deref()),
            (StatusCode::BAD_REQUEST, Some("invalid_query")),
            "{path}"
        );
        assert_clean(&page);
    }
}

#[tokio::test]
async fn d11_a_person_gets_a_page_where_there_is_nothing() {
    let world = World::new().await;
    let page = open(&world, "/nothing", "").await;
    assert_eq!(
        (page.status, page.element("error-code").as_deref()),
        (StatusCode::NOT_FOUND, Some("not_found"))
    );
    assert_eq!(page.element("request-id").as_deref(), Some(page.header("x-request-id")));
    assert_clean(&page);
    let page = world.call(Method::PUT, paths::CONTENT, &[], "").await;
    assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn assets_are_found_at_addresses_that_change_with_them() {
    let world = World::new().await;
    let page = open(&world, "/", "").await;
    for (path, content_type) in [
        (crate::assets::CSS.path(), "text/css; charset=utf-8"),
        (crate::assets::ICON.path(), "image/svg+xml"),
    ] {
        assert!(page.body.contains(path));
        let asset = open(&world, path, "").await;
        assert_eq!((asset.status, asset.header("content-type")), (StatusCode::OK, content_type));
        assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable");
    }
    let css = open(&world, crate::assets::CSS.path(), "").await.body;
    assert!(css.contains("prefers-color-scheme: dark"));
    assert!(page.body.len() + css.len() < 25_000);
}

#[tokio::test]
async fn h3_the_console_can_live_below_a_path() {
    let world = World::with(&[("ADMIN_API__COOKIE_PATH", "/admin")]).await;
    for path in ["/admin", "/admin/"] {
        let page = open(&world, path, "").await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains("action=\"/admin/login\"") && page.body.contains("href=\"/admin/assets/"));
        assert!(page.header("set-cookie").contains("Path=/admin;"));
    }
    let page = open(&world, "/admin/content?q=a", "").await;
    assert_eq!(
        (page.status, page.field("return_to").as_str()),
        (StatusCode::UNAUTHORIZED, "/admin/content?q=a")
    );
    let cookie = world.browser(&world.claims(&["content_moderation"])).await;
    let page = open(&world, "/admin/content", &cookie).await;
    assert!(page.body.contains("id=\"nav-content\" href=\"/admin/content\" aria-current"), "{}", page.body);
    let root = open(&world, "/?signin=expired", "").await;
    assert_eq!((root.status, root.header("location")), (StatusCode::SEE_OTHER, "/admin/?signin=expired"));
    assert_eq!(open(&world, paths::CONTENT, &cookie).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn p1_while_the_realm_is_away_a_session_can_still_be_ended() {
    let world = World::new().await;
    let token = world.realm.access_token(&world.claims(&["sales_management"]));
    let party = &world.app.state().relying_party;
    let cookie = relying_party::testing::sign_in(party, &token, Some("refresh")).await;
    world.clock.advance(301);
    for path in ["/", paths::ORDERS] {
        let page = open(&world, path, &cookie).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(page.element("error-code").as_deref(), Some("temporarily_unavailable"), "{path}");
        assert_eq!(page.element("sign-out").as_deref(), Some("Sign out"), "{path}");
    }
    let csrf = open(&world, paths::ORDERS, &cookie).await.field("csrf");
    let out = world.post("/logout", &cookie, &[("csrf", &csrf)]).await;
    assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/signed-out"));
    assert_eq!(open(&world, paths::HOME, &cookie).await.element("sign-in").as_deref(), Some("Staff sign-in"));
}

#[tokio::test]
async fn r7_staff_who_come_from_another_site_get_on_without_another_sign_in() {
    let world = World::new().await;
    let session = world.browser(&world.claims(&["sales_management"])).await;
    // the browser leaves the Strict cookie out, because another site led here
    let page = open(&world, "/orders/x", "").await;
    let visitor = page.header("set-cookie").split(';').next().unwrap().to_owned();
    let fields = [("csrf", page.field("csrf")), ("return_to", page.field("return_to"))];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = world.post(paths::LOGIN, &format!("{visitor}; {session}"), &fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/orders/x"));
}

#[tokio::test]
async fn d11_refusals_of_signing_in_and_out_are_pages() {
    for prefix in ["", "/admin"] {
        let path = if prefix.is_empty() { "/" } else { prefix };
        let world = World::with(&[("ADMIN_API__COOKIE_PATH", path)]).await;
        let session = world.browser(&world.claims(&["sales_management"])).await;
        let landing = open(&world, &format!("{prefix}/"), "").await;
        let visitor = landing.header("set-cookie").split(';').next().unwrap().to_owned();
        let csrf = landing.field("csrf");
        for (path, cookie, csrf, status, code) in [
            (paths::LOGIN, &visitor, "wrong", StatusCode::FORBIDDEN, "csrf"),
            (paths::LOGOUT, &session, "wrong", StatusCode::FORBIDDEN, "csrf"),
            (
                paths::LOGIN,
                &visitor,
                csrf.as_str(),
                StatusCode::SERVICE_UNAVAILABLE,
                "temporarily_unavailable",
            ),
        ] {
            let page = world.post(&format!("{prefix}{path}"), cookie, &[("csrf", csrf)]).await;
            assert_eq!((page.status, page.element("error-code").as_deref()), (status, Some(code)), "{path}");
            assert_clean(&page);
            assert!(page.header("content-security-policy").contains("form-action"), "{path}");
        }
    }
}

#[tokio::test]
async fn d11_h3_an_address_that_is_not_listed_gets_a_page_and_a_program_a_problem() {
    let world = World::with(&[("ADMIN_API__ALLOWED_ADDRESSES", "10.0.0.0/8")]).await;
    let page = open(&world, paths::ORDERS, "").await;
    assert_eq!(
        (page.status, page.element("error-code").as_deref()),
        (StatusCode::FORBIDDEN, Some("address_refused"))
    );
    assert_clean(&page);
    assert!(page.header("set-cookie").is_empty(), "nobody was looked up");
    assert_eq!(open(&world, paths::api::ORDERS, "").await.text("code"), "address_refused");
}
