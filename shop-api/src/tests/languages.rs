//! The storefront in the language of its reader (S29, S30).

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::map_request,
};
use language::{Language, testing};
use test_browser::Page;

use super::world::{Browser, SHOP, World, config, world, world_with};
use crate::{paths, words::TEXTS};

impl World {
    /// A browser that prefers a language.
    pub fn reader(&self, language: &'static str) -> Browser<'_> {
        let router = self.app.router.clone().layer(map_request(move |mut request: Request| async move {
            request.headers_mut().insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(language));
            request
        }));
        self.browser_of(test_browser::Browser::new(router, &[SHOP]))
    }
}

/// The language of a page and its direction.
fn language(page: &Page) -> (String, String) {
    let attribute = |name: &str| {
        let behind = page.body.split(&format!(" {name}=\"")).nth(1);
        behind.unwrap_or_else(|| panic!("{}", page.body)).split('"').next().unwrap().to_owned()
    };
    (attribute("lang"), attribute("dir"))
}

fn tag(page: &Page) -> String {
    language(page).0
}

/// Chooses a language by the link at the foot of a page; the answer leads back.
async fn choose(browser: &Browser<'_>, page: &Page, language: &str) -> Page {
    let choice = browser.get(page.link("language")).await;
    let button = format!("language-{language}");
    browser.send(&choice.form(&button).press(&button)).await
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
    let world = world().await;
    for reader in Language::ALL {
        let (guest, anna) = (world.reader(reader.tag()), world.reader(reader.tag()));
        anna.sign_in("anna").await;
        anna.add("walnut-board", "2").await;
        let order = super::checkout::order(&anna).await;
        anna.add("stoneware-mug", "1").await;
        for path in [
            paths::HOME,
            "/?signin=expired",
            "/products/stoneware-mug",
            "/products/nothing",
            "/pages/delivery-and-returns",
            paths::CART,
            paths::ORDERS,
            paths::SIGNED_OUT,
            paths::LANGUAGE,
            "/orders?after=x",
            "/nothing",
            &order,
        ] {
            for browser in [&guest, &anna] {
                let page = browser.get(path).await;
                let expected = (reader.tag().to_owned(), reader.direction().to_owned());
                assert_eq!(language(&page), expected, "{path}");
            }
        }
    }
}

#[tokio::test]
async fn s29_prices_plural_forms_and_times_are_those_of_the_language() {
    let world = world().await;
    let german = world.reader("de-AT,en;q=0.5");
    german.sign_in("anna").await;
    german.add("walnut-board", "2").await;
    let order = super::checkout::order(&german).await;
    let page = german.get(&order).await;
    for text in ["Vielen Dank!", "Noch zu bezahlen", ". Januar 2027, 08:00 Uhr UTC</time>", "\u{a0}€"] {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    assert!(german.get(paths::ORDERS).await.body.contains("2 Artikel"));
    let arabic = world.reader("ar");
    arabic.sign_in("anna").await;
    let page = arabic.get(paths::ORDERS).await;
    assert!(page.body.contains("منتجان") && page.body.contains(" يناير "), "{}", page.body);
}

#[tokio::test]
async fn s29_a_choice_counts_for_more_than_the_browser_and_leads_back() {
    let world = world().await;
    let browser = world.reader("de");
    let page = browser.get("/products/stoneware-mug").await;
    assert!(page.body.contains("Sprache: Deutsch"), "{}", page.body);
    let answer = choose(&browser, &page, "ar").await;
    assert_eq!(answer.location(), Some("/products/stoneware-mug"));
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("rk_shop_language=ar; Max-Age="), "{cookie}");
    assert_eq!(language(&browser.get("/").await), ("ar".to_owned(), "rtl".to_owned()));
    assert_eq!(tag(&browser.get("/nothing").await), "ar", "an error as well");
    browser.set_cookie("/", "rk_shop_language", "xx");
    assert_eq!(tag(&browser.get("/").await), "de", "nobody has that language");
    assert_eq!(tag(&world.reader("ja").get("/").await), "en", "the shop's first");
    assert_eq!(tag(&world.browser().get("/").await), "en");
}

#[tokio::test]
async fn s29_a_choice_leads_back_to_the_same_part_of_a_list() {
    let world = world().await;
    let browser = world.reader("en");
    let next = world.get("/api/products?limit=4", None).await.text("next");
    assert!(!next.is_empty());
    let path = format!("/?after={next}");
    let page = browser.get(&path).await;
    assert_eq!(choose(&browser, &page, "de").await.location(), Some(&*path));
}

#[tokio::test]
async fn s29_a_choice_is_one_of_those_offered_and_leads_nowhere_else() {
    let mut config = config();
    config.service.languages = vec![Language::French, Language::German];
    let world = world_with(config).await;
    let browser = world.reader("es");
    let page = browser.get("/language?back=https://evil.example/").await;
    assert_eq!((tag(&page).as_str(), page.field("back").as_str()), ("fr", "/"));
    assert!(page.has("language-de") && !page.has("language-es") && !page.has("language"));
    for (chosen, back) in [("es", "/cart"), ("xx", "/cart"), ("", "/cart")] {
        let form = page.form("language-de").with("language", chosen).with("back", back);
        let answer = browser.send(&form).await;
        assert_eq!(answer.location(), Some("/cart"), "{chosen}");
        assert!(!answer.header("set-cookie").contains("language"), "{chosen}");
    }
    for back in ["//evil.example", "https://evil.example/", "/\\evil.example", ""] {
        let answer = browser.send(&page.form("language-de").press("language-de").with("back", back)).await;
        assert_eq!(answer.location(), Some("/"), "{back}");
    }
    let forged = browser.post(paths::LANGUAGE, &[("csrf", "x"), ("language", "fr")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN, "no other site chooses");
}

#[tokio::test]
async fn s29_where_there_is_one_language_there_is_nothing_to_choose() {
    let mut config = config();
    config.service.languages = vec![Language::Spanish];
    let world = world_with(config).await;
    let page = world.reader("de").get("/").await;
    assert_eq!(tag(&page), "es");
    assert!(!page.has("language"), "{}", page.body);
}

#[tokio::test]
async fn s29_errors_are_told_in_the_readers_language_and_those_for_programs_in_english() {
    let world = world().await;
    let german = world.reader("de");
    let page = german.get("/nothing").await;
    assert!(page.body.contains("Diese Seite gibt es nicht"), "{}", page.body);
    let page = german.post(paths::CART, &[("action", "add")]).await;
    assert!(page.body.contains("Diese Seite war nicht mehr aktuell"), "{}", page.body);
    german.sign_in("anna").await;
    let cart = german.get(paths::HOME).await.field("csrf");
    let fields = [("csrf", &*cart), ("key", "k"), ("expected_total", "1"), ("currency", "EUR")];
    let page = german.post(paths::CHECKOUT, &fields).await;
    assert!(page.body.contains("Wählen Sie zuerst etwas aus"), "{}", page.body);
    let answer = german.get("/api/products/nothing").await;
    assert!(answer.body.contains("There is nothing at this address.") && answer.body.is_ascii());
}
