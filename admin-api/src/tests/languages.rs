//! The console in the language of its reader (S29, S30).

use axum::http::{Method, StatusCode};
use language::{Language, testing};
use test_browser::Page;

use super::{api_orders::order, world::World};
use crate::{paths, words::TEXTS};

/// A page as a browser shows it that prefers a language.
async fn read(world: &World, language: &str, path: &str, cookie: &str) -> Page {
    let headers = [("accept-language", language), ("cookie", cookie)];
    world.call(Method::GET, path, &headers, "").await
}

/// The language of a page.
fn tag(page: &Page) -> String {
    let behind = page.body.split("<html lang=\"").nth(1).unwrap_or_else(|| panic!("{}", page.body));
    behind.split('"').next().unwrap().to_owned()
}

#[test]
fn s30_every_language_has_every_message_and_code_names_each() {
    testing::same_in_every_language(&TEXTS);
    testing::fit_together(&[&TEXTS, &service::words::TEXTS, &relying_party::words::TEXTS]);
    let root = env!("CARGO_MANIFEST_DIR");
    assert_eq!(testing::unnamed(&TEXTS, root, &["src", "templates"]), Vec::<String>::new());
    assert_eq!(testing::words_of_templates(root, "templates"), Vec::<String>::new());
}

#[tokio::test]
async fn s30_every_page_is_in_each_language() {
    let world = World::new().await;
    let order = order(&world, "k1").await;
    let draft = r#"{"slug":"hours","title":"Hours","body":"Nine"}"#;
    let bearer = world.bearer();
    let made = world.call(Method::POST, paths::api::CONTENT, &[("authorization", &bearer)], draft).await;
    let page = made.text("id");
    let all = world.browser(&world.claims(&["content_moderation", "sales_management"])).await;
    let some = world.browser(&world.claims(&["sales_management"])).await;
    for reader in Language::ALL {
        for path in [
            paths::HOME,
            "/?signin=expired",
            paths::CONTENT,
            "/content?q=zebra",
            "/content?state=gone",
            paths::NEW_CONTENT,
            &paths::content(&page),
            &format!("{}?done=saved", paths::content(&page)),
            paths::ORDERS,
            "/orders?payment=refunded",
            &paths::order(&order),
            &format!("{}?change=fulfilment-cancelled", paths::order_confirm(&order)),
            paths::SIGNED_OUT,
            paths::LANGUAGE,
            "/nothing",
        ] {
            for cookie in ["", &all, &some, "rk_shop_session=x"] {
                let page = read(&world, reader.tag(), path, cookie).await;
                let html = format!("<html lang=\"{}\" dir=\"{}\">", reader.tag(), reader.direction());
                assert!(page.body.contains(&html), "{path}: {}", page.body);
            }
        }
    }
}

#[tokio::test]
async fn s29_forms_prices_and_times_are_told_in_the_readers_language() {
    let world = World::new().await;
    let order = order(&world, "k1").await;
    let cookie = world.browser(&world.claims(&["content_moderation", "sales_management"])).await;
    let german = format!("{cookie}; rk_console_language=de");
    let page = read(&world, "fr", &paths::order(&order), &german).await;
    assert_eq!(tag(&page), "de", "a choice counts for more than the browser");
    for text in ["Als bezahlt markieren", "21. November 2025, 08:31 Uhr UTC</time>", "\u{a0}€"] {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    let csrf = page.field("csrf");
    let move_on = [("csrf", &*csrf), ("version", "1"), ("change", "fulfilment-delivered")];
    let refused = world.post(&paths::order_status(&order), &german, &move_on).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("wird gepackt, dann versandt"), "{}", refused.body);
    let back = format!("back={}\"", paths::order(&order).replace('/', "%2F"));
    assert!(refused.body.contains(&back), "the choice leads to the page of the form: {}", refused.body);
    let fields = [("csrf", &*csrf), ("action", "save"), ("slug", "A"), ("title", ""), ("body", "")];
    let refused = world.post(paths::NEW_CONTENT, &german, &fields).await;
    assert!(refused.body.contains("Geben Sie einen Titel ein."), "{}", refused.body);
}

#[tokio::test]
async fn s29_a_language_is_chosen_before_anybody_is_signed_in() {
    let world = World::new().await;
    let page = read(&world, "en", "/language?back=%2Forders%3Fpayment%3Dpaid", "").await;
    assert_eq!(page.field("back"), "/orders?payment=paid");
    let visitor = page.header("set-cookie").split(';').next().unwrap().to_owned();
    let csrf = page.field("csrf");
    let choose = async |language: &str, back: &str| {
        let fields = [("csrf", &*csrf), ("language", language), ("back", back)];
        world.post(paths::LANGUAGE, &visitor, &fields).await
    };
    let chosen = choose("ar", "/orders?payment=paid").await;
    assert_eq!(chosen.location(), Some("/orders?payment=paid"));
    assert!(chosen.header("set-cookie").starts_with("rk_console_language=ar; Max-Age="));
    let unknown = choose("xx", "https://evil.example/").await;
    assert_eq!((unknown.location(), unknown.header("set-cookie")), (Some("/"), ""));
    let forged = world.post(paths::LANGUAGE, &visitor, &[("csrf", "x"), ("language", "de")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN, "no other site chooses");
}

#[tokio::test]
async fn s29_the_choice_is_below_the_path_of_the_console() {
    let world = World::with(&[("ADMIN_API__COOKIE_PATH", "/admin")]).await;
    let page = read(&world, "de", "/admin/", "").await;
    assert!(page.body.contains("href=\"/admin/language?back=%2Fadmin%2F\""), "{}", page.body);
    let page = read(&world, "de", "/admin/language", "").await;
    assert_eq!((tag(&page).as_str(), page.field("back").as_str()), ("de", "/admin/"));
    assert!(page.body.contains("action=\"/admin/language\""));
}

#[tokio::test]
async fn s29_refusals_of_an_address_and_answers_for_programs() {
    let world = World::with(&[("ADMIN_API__ALLOWED_ADDRESSES", "10.0.0.0/8")]).await;
    let page = read(&world, "de", "/", "").await;
    assert_eq!((page.status, tag(&page).as_str()), (StatusCode::FORBIDDEN, "de"));
    assert!(page.body.contains("Nicht von hier aus"), "{}", page.body);
    assert!(!page.has("language"), "the choice can't be used from there either");
    let world = World::new().await;
    let headers = [("accept-language", "de"), ("authorization", &*world.bearer())];
    let draft = r#"{"slug":"A","title":"","body":""}"#;
    let answer = world.call(Method::POST, paths::api::CONTENT, &headers, draft).await;
    assert!(answer.body.contains("Enter a title.") && answer.body.is_ascii(), "{}", answer.body);
}
