//! Editing content on the console: no typed text is lost, and nothing is overwritten unnoticed (C3, H7, S26).

use axum::http::StatusCode;
use test_browser::Page;

use super::world::World;
use crate::paths;

struct Writer<'w> {
    world: &'w World,
    cookie: String,
}

impl<'w> Writer<'w> {
    async fn new(world: &'w World, sub: &str) -> Writer<'w> {
        let mut claims = world.claims(&["content_moderation"]);
        sub.clone_into(&mut claims.sub);
        let name = if sub == "bob" { "Bob Builder" } else { "Ann Author" };
        world.knows(&claims.iss, sub, name).await;
        Writer { world, cookie: world.browser(&claims).await }
    }

    async fn open(&self, path: &str) -> Page {
        self.world.get(path, ("cookie", &self.cookie)).await
    }

    /// Fills in the form of the page `seen` and presses a button.
    async fn press(&self, path: &str, seen: &Page, action: &str, text: (&str, &str, &str)) -> Page {
        self.press_because(path, seen, (action, ""), text).await
    }

    /// The same, with a reason.
    async fn press_because(
        &self,
        path: &str,
        seen: &Page,
        (action, reason): (&str, &str),
        (slug, title, body): (&str, &str, &str),
    ) -> Page {
        let (csrf, version) = (seen.field("csrf"), seen.field("version"));
        let fields = [
            ("csrf", &*csrf),
            ("version", &*version),
            ("slug", slug),
            ("title", title),
            ("body", body),
            ("action", action),
            ("reason", reason),
        ];
        self.world.post(path, &self.cookie, &fields).await
    }

    /// Creates a page; returns its path.
    async fn create(&self, slug: &str) -> String {
        let form = self.open(paths::NEW_CONTENT).await;
        let made = self.press(paths::NEW_CONTENT, &form, "save", (slug, "Title", "Text")).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        made.header("location").split('?').next().unwrap().to_owned()
    }
}

#[tokio::test]
async fn h7_a_page_goes_from_draft_to_published_and_back() {
    let world = World::new().await;
    let ann = Writer::new(&world, "ann").await;
    let path = ann.create("about").await;
    let draft = ann.open(&path).await;
    assert_eq!(
        (draft.element("page-state").as_deref(), draft.field("version")),
        (Some("Draft"), "1".to_owned())
    );
    assert!(draft.body.contains("id=\"unpublish\" type=\"button\" disabled"));

    let out = ann.press(&path, &draft, "publish", ("about", "About", "# Us\r\n\r\nHello")).await;
    assert_eq!(
        (out.status, out.header("location")),
        (StatusCode::SEE_OTHER, &*format!("{path}?done=published"))
    );
    let page = ann.open(&format!("{path}?done=published")).await;
    assert_eq!(page.element("page-state").as_deref(), Some("Published"));
    assert!(page.body.contains("href=\"http://localhost:7101/pages/about\""));
    assert!(page.body.contains("<h4>Us</h4>") && page.body.contains("<p>Hello</p>"));

    let text = ("about", "About", "# Us\r\n\r\nHello");
    let asks = ann.press(&path, &page, "unpublish", text).await;
    assert_eq!(asks.status, StatusCode::OK);
    assert!(
        asks.body.contains("Take this page off the storefront?") && asks.body.contains("class=\"danger\"")
    );
    assert_eq!(
        ann.open(&path).await.element("page-state").as_deref(),
        Some("Published"),
        "asking changes nothing"
    );
    let silent = ann.press(&path, &asks, "unpublish-now", text).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.element("reason-fault").is_some() && silent.body.contains("Hello</textarea>"));
    assert_eq!(
        ann.open(&path).await.element("page-state").as_deref(),
        Some("Published"),
        "a reason is needed"
    );
    let back = ann.press_because(&path, &asks, ("unpublish-now", "We moved"), text).await;
    assert_eq!(back.header("location"), format!("{path}?done=unpublished"));
    let page = ann.open(&path).await;
    assert_eq!(page.element("page-state").as_deref(), Some("Draft"));
    assert!(page.body.contains("<q class=\"reason\">We moved</q>"));
}

#[tokio::test]
async fn c3_a_conflict_shows_both_versions_and_keeps_what_was_typed() {
    let world = World::new().await;
    let (ann, bob) = (Writer::new(&world, "ann").await, Writer::new(&world, "bob").await);
    let path = ann.create("about").await;
    let (anns, bobs) = (ann.open(&path).await, bob.open(&path).await);
    bob.press(&path, &bobs, "save", ("about", "Bob's title", "Bob's text")).await;

    for action in ["save", "publish"] {
        let conflict = ann.press(&path, &anns, action, ("about", "Ann's title", "Ann's text")).await;
        assert_eq!(conflict.status, StatusCode::CONFLICT);
        assert_eq!(conflict.element("conflict-by").as_deref(), Some("Bob Builder, bob@example.org"));
        assert_eq!(conflict.element("their-body").as_deref(), Some("Bob's text"));
        assert!(
            conflict.body.contains("value=\"Ann&#39;s title\"")
                && conflict.body.contains("\nAnn&#39;s text</textarea>")
        );
        assert_eq!(conflict.field("version"), "2");
    }
    assert!(ann.open(&path).await.body.contains("Bob&#39;s title"));

    // Ann has seen both versions now, so her next save is accepted
    let conflict = ann.press(&path, &anns, "save", ("about", "Ann's title", "Ann's text")).await;
    let saved = ann.press(&path, &conflict, "save", ("about", "Both", "Ann's and Bob's text")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert!(ann.open(&path).await.body.contains("value=\"Both\""));
}

#[tokio::test]
async fn c3_unpublishing_is_guarded_and_keeps_unsaved_text() {
    let world = World::new().await;
    let ann = Writer::new(&world, "ann").await;
    let path = ann.create("about").await;
    let old = ann.open(&path).await;
    ann.press(&path, &old, "publish", ("about", "T", "B")).await;
    let now = ("unpublish-now", "Not true any more");
    let stale = ann.press_because(&path, &old, now, ("about", "Mine", "B")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("value=\"Mine\""));
    assert!(
        stale.body.contains("You changed this page in another tab") && !stale.body.contains("Somebody else")
    );
    let seen = ann.open(&path).await;
    let kept = ann.press(&path, &seen, "unpublish", ("about", "Mine", "B")).await;
    assert!(kept.body.contains("value=\"Mine\"") && kept.element("confirm-yes").is_some());
    let done = ann.press_because(&path, &kept, now, ("about", "Mine", "B")).await;
    assert_eq!((done.status, done.field("version")), (StatusCode::OK, "3".to_owned()));
    assert!(done.body.contains("value=\"Mine\"") && done.body.contains("isn&#39;t saved yet"));
}

#[tokio::test]
async fn s26_mistakes_are_summarised_tied_to_their_fields_and_lose_nothing() {
    let world = World::new().await;
    let ann = Writer::new(&world, "ann").await;
    let form = ann.open(paths::NEW_CONTENT).await;
    let wrong = ann.press(paths::NEW_CONTENT, &form, "save", ("No Good", "", "My text")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("id=\"error-summary\" autofocus") && wrong.body.contains("<a href=\"#slug\">")
    );
    assert!(wrong.body.contains("aria-describedby=\"slug-hint slug-fault\" aria-invalid=\"true\""));
    assert!(wrong.body.contains("value=\"No Good\"") && wrong.body.contains("My text</textarea>"));

    let path = ann.create("about").await;
    let taken = ann.press(paths::NEW_CONTENT, &form, "save", ("about", "Other", "My text")).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert!(
        taken.body.contains("Another page already has this address")
            && taken.body.contains("My text</textarea>")
    );
    let seen = ann.open(&path).await;
    let wrong = ann.press(&path, &seen, "save", ("about", "", "My text")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("My text</textarea>"));
}

#[tokio::test]
async fn s5_what_people_write_stays_text() {
    let world = World::new().await;
    let ann = Writer::new(&world, "ann").await;
    let path = ann.create("about").await;
    let seen = ann.open(&path).await;
    let evil = "</textarea><script>alert(1)</script>\r\n\r\n# <img src=x onerror=alert(1)>";
    ann.press(&path, &seen, "publish", ("about", "\"><script>alert(1)</script>", evil)).await;
    for page in [ann.open(&path).await, ann.open(paths::CONTENT).await] {
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("<script") && !page.body.contains("<img"), "{}", page.body);
    }
}

#[tokio::test]
async fn c4_a_preview_shows_the_text_without_saving_it() {
    let world = World::new().await;
    let ann = Writer::new(&world, "ann").await;
    let path = ann.create("about").await;
    let seen = ann.open(&path).await;
    let preview = ann.press(&path, &seen, "preview", ("about", "New", "# Head\n\nPara")).await;
    assert_eq!((preview.status, preview.field("version")), (StatusCode::OK, "1".to_owned()));
    assert!(preview.body.contains("<h4>Head</h4>") && preview.body.contains("value=\"New\""));
    assert!(!ann.open(&path).await.body.contains("Head"));
    let unsaved = ann.press(paths::NEW_CONTENT, &seen, "preview", ("x", "New", "Para")).await;
    assert!(unsaved.body.contains("<p>Para</p>") && unsaved.body.contains("value=\"x\""));
}

#[tokio::test]
async fn r9_a_form_without_the_right_token_or_origin_changes_nothing() {
    let world = World::new().await;
    let (ann, bob) = (Writer::new(&world, "ann").await, Writer::new(&world, "bob").await);
    let path = ann.create("about").await;
    let (anns, bobs) = (ann.open(&path).await, bob.open(&path).await);
    let stolen = bob.press(&path, &anns, "save", ("about", "Stolen", "B")).await;
    assert_eq!(
        (stolen.status, stolen.element("error-code").as_deref()),
        (StatusCode::FORBIDDEN, Some("csrf"))
    );
    let fields = [
        ("csrf", &*bobs.field("csrf")),
        ("version", "1"),
        ("slug", "about"),
        ("title", "T"),
        ("action", "save"),
    ];
    let none = world.post(&path, &bob.cookie, &fields[1..]).await;
    assert_eq!(none.status, StatusCode::FORBIDDEN);
    assert_eq!(world.post(&path, &bob.cookie, &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn e3_the_history_says_who_did_what_and_in_which_request() {
    let world = World::new().await;
    let (ann, bob) = (Writer::new(&world, "ann").await, Writer::new(&world, "bob").await);
    let path = ann.create("about").await;
    let seen = bob.open(&path).await;
    let published = bob.press(&path, &seen, "publish", ("about", "Title", "Text")).await;
    let page = ann.open(&path).await;
    let history: Vec<String> = page.elements("#history li").into_iter().map(|item| item.text).collect();
    let done: Vec<String> = page.elements("#history li strong").into_iter().map(|what| what.text).collect();
    assert_eq!(done, ["Saved and published", "Created"]);
    assert!(history[0].contains("Saved and published, version 2"), "{history:?}");
    assert!(history[0].ends_with(", Bob Builder, bob@example.org"), "{history:?}");
    assert!(history[1].contains("Created, version 1") && history[1].ends_with(", you"), "{history:?}");
    let id = path.strip_prefix("/content/").unwrap();
    let events = commerce::content::history::history(&world.app.state().db, id, 1).await.unwrap();
    assert_eq!(events[0].request_id.as_deref(), Some(published.header("x-request-id")));
}

/// Checks a page that shows a text again without having saved it.
fn kept(page: &Page, status: StatusCode, code: &str) {
    assert_eq!((page.status, page.element("error-code").as_deref()), (status, Some(code)), "{}", page.body);
    assert!(
        page.body.contains("value=\"Mine\"") && page.body.contains("\nMy text</textarea>"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn c3_a_session_that_ends_while_somebody_writes_loses_no_text() {
    let world = World::new().await;
    let ann = Writer::new(&world, "ann").await;
    let path = ann.create("about").await;
    let (seen, new) = (ann.open(&path).await, ann.open(paths::NEW_CONTENT).await);
    world.clock.advance(1801);
    for (path, seen) in [(path.as_str(), &seen), (paths::NEW_CONTENT, &new)] {
        for action in ["save", "publish", "preview"] {
            let page = ann.press(path, seen, action, ("about", "Mine", "My text")).await;
            kept(&page, StatusCode::UNAUTHORIZED, "sign_in_required");
            assert!(page.body.contains("action=\"/login\" target=\"_blank\""));
            assert_eq!(page.field("return_to"), path);
            assert!(page.body.contains(&format!("id=\"edit\" method=\"post\" action=\"{path}\"")));
            assert!(!page.body.contains("id=\"history\"") && !page.body.contains("id=\"facts\""));
        }
    }
    let stored = commerce::content::store::load(&world.app.state().db, &path["/content/".len()..]).await;
    assert_eq!(stored.unwrap().unwrap().title, "Title", "nothing was saved");
}

#[tokio::test]
async fn c3_a_form_of_an_earlier_session_keeps_its_text_and_can_be_saved_then() {
    let world = World::new().await;
    let (before, after) = (Writer::new(&world, "ann").await, Writer::new(&world, "ann").await);
    let path = before.create("about").await;
    let seen = before.open(&path).await;
    let again = after.press(&path, &seen, "save", ("about", "Mine", "My text")).await;
    kept(&again, StatusCode::FORBIDDEN, "csrf");
    assert_eq!(again.element("sign-in").as_deref(), None);
    let saved = after.press(&path, &again, "save", ("about", "Mine", "My text")).await;
    assert_eq!(saved.header("location"), format!("{path}?done=saved"));
}

#[tokio::test]
async fn q5_a_form_that_is_sent_twice_is_saved_once_and_shown_as_saved() {
    let world = World::new().await;
    let (ann, bob) = (Writer::new(&world, "ann").await, Writer::new(&world, "bob").await);
    let blank = ann.open(paths::NEW_CONTENT).await;
    let mine = ("about", "Mine", "My text");
    let made = ann.press(paths::NEW_CONTENT, &blank, "save", mine).await;
    let again = ann.press(paths::NEW_CONTENT, &blank, "save", mine).await;
    assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, again.header("location")));
    let path = made.header("location").split('?').next().unwrap().to_owned();
    for action in ["save", "publish"] {
        let seen = ann.open(&path).await;
        let first = ann.press(&path, &seen, action, mine).await;
        let second = ann.press(&path, &seen, action, mine).await;
        assert_eq!(
            (first.status, first.header("location")),
            (StatusCode::SEE_OTHER, second.header("location"))
        );
        let other = ann.press(&path, &seen, "save", ("about", "Mine", "Another text")).await;
        assert_eq!(other.status, StatusCode::CONFLICT, "{action}: what is different is told");
    }
    let seen = ann.open(&path).await;
    let asks = ann.press(&path, &seen, "unpublish", mine).await;
    let why = ("unpublish-now", "We moved");
    let first = ann.press_because(&path, &asks, why, mine).await;
    let second = ann.press_because(&path, &asks, why, mine).await;
    assert_eq!((first.status, first.header("location")), (StatusCode::SEE_OTHER, second.header("location")));
    let other = bob.open(paths::NEW_CONTENT).await;
    assert_eq!(bob.press(paths::NEW_CONTENT, &other, "save", mine).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn s26_characters_that_are_refused_cost_only_themselves() {
    let world = World::new().await;
    let ann = Writer::new(&world, "ann").await;
    let path = ann.create("about").await;
    let seen = ann.open(&path).await;
    let page = ann.press(&path, &seen, "save", ("about", "Mi\u{7}ne", "My \u{202e}text")).await;
    kept(&page, StatusCode::BAD_REQUEST, "invalid_request");
    let saved = ann.press(&path, &page, "save", ("about", "Mine", "My text")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn r9_another_origin_gets_nothing_shown_again() {
    let world = World::new().await;
    let ann = Writer::new(&world, "ann").await;
    let headers = [
        ("cookie", ann.cookie.as_str()),
        ("sec-fetch-site", "cross-site"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let page = world.call(axum::http::Method::POST, paths::NEW_CONTENT, &headers, "title=Theirs").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.body.contains("Theirs"));
}
