//! Rules for every page, checked on the rendered HTML.

use ::language::Language;

use super::{
    samples::{CUSTOMER, HOSTILE, Look, STAFF, THEMED, all, frame, sign_in, theme},
    *,
};
use crate::{flow::new_account::fields::FIELDS, look};

/// Every page of both kinds of realm, in every language.
fn every_page() -> Vec<(&'static str, String)> {
    Language::ALL.iter().flat_map(|language| every_page_in(*language)).collect()
}

fn every_page_in(language: Language) -> Vec<(&'static str, String)> {
    [CUSTOMER, STAFF, THEMED].iter().flat_map(|look| all(Look { language, ..*look })).collect()
}

/// The start tags of a document, comments and text left out.
fn tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|tag| !tag.starts_with('/'))
        .collect()
}

/// The value of an attribute of a start tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

#[test]
fn s5_no_page_has_inline_style_handlers_or_foreign_resources() {
    for (name, html) in every_page() {
        for tag in tags(&html) {
            let words: Vec<&str> = tag.split([' ', '\n']).collect();
            assert!(!words.iter().any(|w| w.starts_with("style=") || w.starts_with("on")), "{name}: <{tag}>");
            assert!(
                words[0] != "style" && (words[0] != "script" || tag.contains(" src=")),
                "{name}: <{tag}>"
            );
            // Links may lead to the client. What the browser loads by itself must come from this provider.
            let loaded = attribute(tag, "src").or(attribute(tag, "href").filter(|_| words[0] == "link"));
            assert!(loaded.is_none_or(|url| url.starts_with("/assets/")), "{name}: <{tag}>");
        }
    }
}

#[test]
fn s26_every_input_has_a_label_and_every_reference_a_target() {
    for (name, html) in every_page() {
        let tags = tags(&html);
        let ids: Vec<&str> = tags.iter().filter_map(|tag| attribute(tag, "id")).collect();
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{name}: an id occurs twice");
        for tag in &tags {
            if tag.starts_with("input") && attribute(tag, "type") != Some("hidden") {
                let label = format!(r#"<label for="{}">"#, attribute(tag, "id").unwrap());
                assert!(html.contains(&label), "{name}: <{tag}>");
            }
            for reference in ["aria-describedby", "aria-labelledby"].iter().filter_map(|a| attribute(tag, a))
            {
                assert!(reference.split_whitespace().all(|id| ids.contains(&id)), "{name}: <{tag}>");
            }
            if let Some(target) = attribute(tag, "href").and_then(|href| href.strip_prefix('#')) {
                assert!(ids.contains(&target), "{name}: <{tag}>");
            }
        }
    }
}

#[test]
fn s27_every_page_names_language_title_heading_and_landmark() {
    for language in Language::ALL {
        let begin = format!(r#"<html lang="{}" dir="{}">"#, language.tag(), language.direction());
        for (name, html) in every_page_in(language) {
            assert!(html.starts_with("<!doctype html>") && html.contains(&begin), "{name}");
        }
    }
    for (name, html) in every_page() {
        for once in ["<h1>", "<main ", "<title>"] {
            assert_eq!(html.matches(once).count(), 1, "{name}: {once}");
        }
        assert!(
            tags(&html).iter().filter(|tag| tag.contains(" autofocus")).count() <= 1,
            "{name}: two focuses"
        );
    }
}

#[test]
fn every_form_posts_with_a_csrf_token() {
    for (name, html) in every_page() {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            assert!(form.contains(r#" method="post" action="/"#), "{name}");
            assert!(form.contains(r#"<input type="hidden" name="csrf" value="q0m3-csrf">"#), "{name}");
        }
    }
}

#[test]
fn page1_the_stable_ids_are_on_real_elements() {
    let pages = all(CUSTOMER);
    let html = |name: &str| &pages.iter().find(|(page, _)| *page == name).unwrap().1;
    for (page, id, tag) in [
        ("sign-in", "username", "input"),
        ("sign-in", "password", "input"),
        ("sign-in", "login-submit", "button"),
        ("sign-in", "cancel", "a"),
        ("register", "password", "input"),
        ("second-factor", "otp", "input"),
        ("second-factor", "login-submit", "button"),
        ("enrol", "otp", "input"),
        ("consent", "consent-allow", "button"),
        ("consent", "consent-deny", "button"),
        ("sign-out", "logout-confirm", "button"),
        ("error", "error-page", "main"),
        ("error", "error-code", "p"),
    ] {
        let found =
            tags(html(page)).into_iter().find(|t| attribute(t, "id") == Some(id)).unwrap_or("nothing");
        assert_eq!(found.split(' ').next(), Some(tag), "{page} {id}");
    }
    assert!(html("error").contains(r#"<p id="error-code" class="mono">invalid_redirect_uri</p>"#));
}

#[test]
fn s26_a_failed_sign_in_keeps_the_identifier_and_focuses_the_summary() {
    let html =
        sign_in(CUSTOMER, "ada@example.com", Some("E-mail address or password is wrong.")).html().unwrap();
    assert!(html.contains("<title>Error: Sign in"));
    assert!(html.contains(r#"id="error-summary" role="alert" tabindex="-1" autofocus"#));
    assert!(html.contains(r##"<a href="#username">E-mail address or password is wrong.</a>"##));
    assert!(html.contains(r#"value="ada@example.com" aria-invalid="true" aria-describedby="error-message""#));
    assert_eq!(html.matches("aria-invalid").count(), 2);
    assert!(!sign_in(CUSTOMER, "", None).html().unwrap().contains("aria-invalid"));
}

#[test]
fn s26_a_refused_registration_marks_its_field_only() {
    let (_, html) = all(CUSTOMER).into_iter().find(|(name, _)| *name == "register-refused").unwrap();
    assert_eq!(html.matches("aria-invalid").count(), 1);
    assert!(html.contains(r#"aria-describedby="password-error password-hint""#));
    assert!(html.contains(r#"value="Ada Lovelace""#));
}

#[test]
fn ui2_every_claim_that_is_asked_for_has_a_label_and_its_own_error() {
    let (_, html) = all(CUSTOMER).into_iter().find(|(name, _)| *name == "register-claim-refused").unwrap();
    for field in FIELDS {
        assert_eq!(html.matches(&format!(r#"<label for="{}">"#, field.claim)).count(), 1, "{}", field.claim);
        assert!(html.contains(&format!(r#"autocomplete="{}""#, field.autocomplete)), "{}", field.claim);
    }
    assert_eq!(html.matches("(optional)").count(), FIELDS.len() - 1, "all but the name");
    assert_eq!(html.matches("aria-invalid").count(), 1);
    assert!(html.contains(r#"aria-describedby="birthdate-error birthdate-hint""#));
    assert!(html.contains(r##"<a href="#birthdate">"##));
}

#[test]
fn s19_password_managers_are_told_which_password_it_is() {
    let pages = all(CUSTOMER);
    let count = |name: &str, what: &str| {
        pages.iter().find(|(page, _)| *page == name).unwrap().1.matches(what).count()
    };
    assert_eq!(count("sign-in", r#"autocomplete="current-password""#), 1);
    assert_eq!(count("register", r#"autocomplete="new-password""#), 1);
    assert_eq!(count("register", r#"type="password""#), 1, "one new-password field");
    assert_eq!(count("sign-in", r#"autocomplete="username webauthn""#), 1);
    assert_eq!(count("second-factor", r#"inputmode="numeric" autocomplete="one-time-code""#), 1);
    for (name, html) in every_page() {
        assert!(!html.contains("maxlength") && !html.contains("onpaste"), "{name}: nothing is cut off");
    }
}

#[test]
fn z17_what_a_person_typed_stays_text() {
    let mut page = sign_in(CUSTOMER, HOSTILE, Some(HOSTILE));
    page.csrf = HOSTILE.into();
    page.action = HOSTILE.into();
    page.frame.realm.product = HOSTILE.into();
    page.frame = page.frame.clone().with_client(ClientCard { name: HOSTILE.into(), ..ClientCard::default() });
    let html = page.html().unwrap();
    assert!(!html.contains("<script>"));
    assert_eq!(tags(&html).iter().filter(|tag| tag.starts_with("script")).count(), 1, "our own");
    assert!(html.contains("ada&#34;&#62;&#60;script&#62;"), "{html}");
}

#[test]
fn dcr4_terms_and_privacy_are_linked_on_sign_in_and_consent() {
    let pages = all(CUSTOMER);
    for name in ["sign-in", "consent"] {
        let html = &pages.iter().find(|(page, _)| *page == name).unwrap().1;
        for link in [r#"<a href="https://books.example/terms""#, r#"<a href="https://books.example/privacy""#]
        {
            assert!(html.contains(link), "{name}: {link}");
        }
        assert!(html.contains(">Terms of service</a>") && html.contains(">Privacy policy</a>"), "{name}");
    }
}

#[test]
fn s16_staff_and_customers_see_different_realms() {
    let (customer, staff) =
        (sign_in(CUSTOMER, "", None).html().unwrap(), sign_in(STAFF, "", None).html().unwrap());
    assert!(staff.contains(r#"<body class="staff">"#) && staff.contains("Staff sign-in"));
    assert!(customer.contains(r#"<body class="customer">"#) && !customer.contains("Staff sign-in"));
    assert_ne!(frame(CUSTOMER).pictures().url, frame(STAFF).pictures().url);
}

#[test]
fn s34_a_title_is_the_page_and_the_product_and_nothing_else() {
    for (name, html) in every_page() {
        let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
        assert!(title.ends_with(" – Realmkeep"), "{name}: {title}");
        assert_eq!(title.matches(" – ").count(), 1, "{name}: {title}");
        let signed_in = ["account", "home-signed-in", "new-codes", "enrol", "recovery-codes"].contains(&name);
        let header = html.split("<header").nth(1).and_then(|rest| rest.split("</header>").next()).unwrap();
        let asks = title.contains("ign in") || header.contains("ign-in") || header.contains("Sign in");
        assert!(!signed_in || !asks, "{name}: {title}, {header}");
    }
}

#[test]
fn s34_people_read_no_words_of_an_interface() {
    for (name, html) in every_page().into_iter().filter(|(name, _)| *name != "error-development") {
        let text: String =
            html.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect();
        let text = text.to_lowercase().replace("invalid_redirect_uri", "");
        for word in ["parameter", "redirect_uri", "bearer", "token", "query", "invalid", "malformed", "oauth"]
        {
            assert!(!text.contains(word), "{name}: {word}");
        }
    }
}

#[test]
fn acc15_the_account_page_leads_back_to_the_app_it_was_come_from() {
    let pages = all(CUSTOMER);
    let html = |name: &str| &pages.iter().find(|(page, _)| *page == name).unwrap().1;
    assert!(
        html("account").contains(r#"<a id="back" href="https://books.example">Back to Harbour Books</a>"#)
    );
}

#[test]
fn s1_the_cold_sign_in_page_weighs_little_and_takes_four_requests_with_every_logo() {
    for look in [CUSTOMER, STAFF, THEMED] {
        let page = sign_in(look, "", None);
        let html = page.html().unwrap();
        let files = look::Look::of(&theme(look));
        let urls: std::collections::BTreeSet<&str> =
            html.split("\"/assets/").skip(1).filter_map(|rest| rest.split(['"', '#']).next()).collect();
        assert_eq!(urls.len(), 3, "style sheet, script and pictures: {urls:?}");
        let of_files: usize = urls.iter().map(|url| files.find(url).unwrap().bytes.len()).sum();
        let total = html.len() + of_files;
        assert!(total <= 27_000, "{total} bytes, not compressed");
    }
}

#[test]
fn s38_a_theme_shows_logo_links_and_what_a_new_account_agrees_to() {
    let pages = all(THEMED);
    let html = |name: &str| &pages.iter().find(|(page, _)| *page == name).unwrap().1;
    for name in ["sign-in", "register", "consent"] {
        for picture in ["#logo\"", "#logo-dark\"", "#app\""] {
            assert!(html(name).contains(picture), "{name}: {picture}");
        }
    }
    assert!(html("account").contains("#logo\"") && !html("account").contains("#app\""));
    for (id, url) in [("terms", "terms"), ("privacy", "privacy"), ("help", "help")] {
        let link = format!(r#"<a id="{id}" href="https://shop.example/{url}" target="_blank" rel="noopener"#);
        assert!(pages.iter().all(|(_, html)| html.contains(&link)), "{id}");
    }
    let agreed = r#"agree to the <a href="https://shop.example/terms" target="_blank" rel="noopener noreferrer">Terms of service</a>."#;
    assert!(html("register").contains(agreed));
    let plain = all(CUSTOMER);
    assert!(plain.iter().all(|(_, html)| !html.contains("agree to the") && !html.contains("id=\"terms\"")));
}

#[test]
fn s38_a_wide_logo_is_the_name_and_another_stands_beside_it() {
    let mut page = sign_in(THEMED, "", None);
    assert!(page.html().unwrap().contains(r#"alt=""></picture>"#));
    assert!(page.html().unwrap().contains(r#"<span class="product">Realmkeep</span>"#));
    page.frame.client = None;
    page.frame.realm.pictures.logo.as_mut().unwrap().is_wordmark = true;
    let html = page.html().unwrap();
    assert!(html.contains(r#"alt="Realmkeep"></picture>"#) && !html.contains(r#"class="product""#));
}

#[test]
fn s2_pages_without_the_script_are_the_same_but_for_it() {
    let mut page = sign_in(CUSTOMER, "", None);
    page.frame.js_url = None;
    let html = page.html().unwrap();
    assert!(!html.contains("<script") && html.contains(r#"id="login-submit""#));
}

#[test]
fn d11_redirect_uris_are_compared_in_development_only() {
    let pages = all(CUSTOMER);
    let html = |name: &str| &pages.iter().find(|(page, _)| *page == name).unwrap().1;
    assert!(html("error-development").contains("Received redirect_uri"));
    assert!(!html("error").contains("redirect_uri</dt>") && html("error").contains("0192d1f0-1c7e"));
}

#[test]
fn s7_a_page_says_where_cancel_leads_and_what_a_button_undoes() {
    let mut page = sign_in(CUSTOMER, "", None);
    assert!(page.html().unwrap().contains(">Cancel and return to Harbour Books</a>"));
    page.frame.client = None;
    assert!(page.html().unwrap().contains(">Cancel</a>"), "no app, no return");
    let pages = all(CUSTOMER);
    let html = |name: &str| &pages.iter().find(|(page, _)| *page == name).unwrap().1;
    assert!(html("new-codes").contains("The 9 codes you have left will stop working at once"));
    assert!(html("new-codes").contains(r#"class="danger" id="new-codes-confirm""#));
    assert!(html("sign-out").contains(r#"<a id="stay" href="/account">Stay signed in</a>"#));
    assert!(html("setup").contains(">super_admin</strong>") && !html("setup").contains("administer"));
    assert!(html("setup-again").contains(r#"value="ada@example.com" readonly"#));
}
