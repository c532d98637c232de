//! More people who sign in than passwords can be checked at the same time (W7).

use std::time::Duration;

use end_to_end::{Page, System};
use idp::{authn::queue::Turn, flow::setup, realm::Realm};
use tokio::time::timeout;

/// A realm in which nobody may wait, and all the turns there are.
async fn nobody_waits() -> (System, Vec<Turn>) {
    let system = System::start_with(&[("customer", "passwords.queue", "0")]).await;
    let turns = all_turns(system.realm("customer")).await;
    (system, turns)
}

/// Every turn of a realm in which nobody may wait.
async fn all_turns(realm: &Realm) -> Vec<Turn> {
    let mut turns = Vec::new();
    while let Ok(turn) = realm.hasher.queue.turn().await {
        turns.push(turn);
    }
    turns
}

fn assert_busy(page: &Page) {
    assert_eq!(page.status, 503, "{}", page.summary());
    assert_eq!(page.header("retry-after"), "2");
    assert!(page.body.contains("Many people are signing in"), "{}", page.summary());
}

#[tokio::test]
async fn w7_whoever_gets_no_turn_keeps_the_form_and_is_not_counted() {
    let (system, turns) = nobody_waits().await;
    let browser = system.browser();
    let start = browser.visit(format!("{}/account", system.issuer("customer"))).await;
    let (email, password) = (&system.demo.email, &system.demo.password);
    let mut form = start.form_to("/sign-in").with("username", email);
    // far more often than an account may be tried
    for _ in 0..30 {
        let page = browser.submit(&form.clone().with("password", password)).await;
        assert_busy(&page);
        form = page.form_to("/sign-in");
        assert!(form.fields.contains(&("username".to_owned(), email.clone())), "the address is kept");
        assert!(!page.body.contains(password.as_str()), "and the password is not");
    }
    assert!(browser.visit(&start.url).await.status.is_success(), "everything else goes on");

    drop(turns);
    let page = browser.submit(&form.clone().with("password", password)).await;
    assert!(page.url.path().ends_with("/account"), "signed in: {}", page.summary());
}

#[tokio::test]
async fn w7_a_new_account_gets_no_turn_either_and_keeps_what_was_typed() {
    let (system, turns) = nobody_waits().await;
    let browser = system.browser();
    let start = browser.visit(format!("{}/account", system.issuer("customer"))).await;
    let page = browser.visit(start.link("register")).await;
    let form = page.form_to("/register").with("email", "new@example.com").with("name", "Eve Newcomer");
    let page = browser.submit(&form.clone().with("password", "velvet tundra 94 marimba")).await;
    assert_busy(&page);
    let form = page.form_to("/register");
    for (name, value) in [("email", "new@example.com"), ("name", "Eve Newcomer")] {
        assert!(form.fields.contains(&(name.to_owned(), value.to_owned())), "{name}: {:?}", form.fields);
    }
    drop(turns);
    let page = browser.submit(&form.clone().with("password", "velvet tundra 94 marimba")).await;
    let page = system.mailbox().confirm(&browser, &page).await;
    assert!(page.url.path().ends_with("/account"), "registered: {}", page.summary());
}

#[tokio::test]
async fn a_setup_form_has_the_same_small_body_and_the_same_queue() {
    let system = System::start_with(&[("admin", "passwords.queue", "0")]).await;
    let realm = system.realm("admin");
    let link = setup::issue_link(realm, "super_admin", 3600).await.unwrap();
    let browser = system.browser();
    let form = browser.visit(&link).await.form("setup-submit");
    let form = form.with("email", "root@example.com").with("name", "Root");
    let page = browser.submit(&form.clone().with("password", &"x".repeat(9000))).await;
    assert_eq!(page.status, 413, "{}", page.summary());

    let turns = all_turns(realm).await;
    let page = browser.submit(&form.clone().with("password", "velvet tundra 94 marimba")).await;
    assert_busy(&page);
    let form = page.form("setup-submit");
    assert!(form.fields.contains(&("email".to_owned(), "root@example.com".to_owned())), "{:?}", form.fields);
    drop(turns);
    let page = browser.submit(&form.clone().with("password", "velvet tundra 94 marimba")).await;
    assert!(page.url.path().ends_with("/factor"), "{}", page.summary());
}

#[tokio::test]
async fn w7_a_form_waits_for_its_turn_and_everything_else_goes_on() {
    let system = System::start_with(&[("customer", "passwords.queue", "1")]).await;
    let queue = &system.realm("customer").hasher.queue;
    let (browser, account) = (system.browser(), format!("{}/account", system.issuer("customer")));
    let start = browser.visit(&account).await;
    let sign_in = start.form_to("/sign-in").with("username", "ada@example.com").with("password", "-");

    let mut turns = Vec::new();
    while let Ok(Ok(turn)) = timeout(Duration::ZERO, queue.turn()).await {
        turns.push(turn);
    }
    let mut waiting = Box::pin(browser.submit(&sign_in));
    let others = async {
        for _ in 0..20 {
            assert!(system.browser().visit(&account).await.status.is_success());
        }
    };
    tokio::select! {
        page = &mut waiting => panic!("it was looked at before its turn: {}", page.summary()),
        () = others => {}
    }
    drop(turns);
    assert_eq!(waiting.await.status, 400);
}

#[tokio::test]
async fn w7_who_waits_for_a_turn_is_small() {
    let system = System::start().await;
    let browser = system.browser();
    let start = browser.visit(format!("{}/account", system.issuer("customer"))).await;
    let sign_in = start.form_to("/sign-in").with("username", "ada@example.com");
    for (characters, status) in [(128, 400), (9000, 413)] {
        // a character that takes twelve bytes in a form
        let password = if characters == 128 { "\u{1F512}".repeat(128) } else { "x".repeat(characters) };
        let page = browser.submit(&sign_in.clone().with("password", &password)).await;
        assert_eq!(page.status, status, "{}", page.summary());
    }
}
