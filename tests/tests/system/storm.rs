//! More people who sign in than passwords can be checked (W7).

use end_to_end::System;

#[tokio::test]
async fn w7_whoever_is_turned_away_is_not_even_counted_and_is_led_back_to_the_form() {
    let set = |key, value| ("customer", key, value);
    let system = System::start_with(&[
        set("passwords.workers", "1"),
        set("passwords.queue", "1"),
        set("requests.pages_per_minute", "10"),
    ])
    .await;
    let realm = system.realm("customer");
    let browser = system.browser();
    let start = browser.visit(format!("{}/account", system.issuer("customer"))).await;
    let sign_in = start.form_to("/sign-in").with("username", "ada@example.com").with("password", "-");

    let places = [realm.hasher.places.take().unwrap(), realm.hasher.places.take().unwrap()];
    for form in ["sign-in", "register"].repeat(10) {
        let page = browser.post(&sign_in.action.join(form).unwrap(), &sign_in.fields).await;
        assert_eq!(page.status, 503, "{}", page.summary());
        assert_eq!(page.header("retry-after"), Some("2"));
        assert_eq!(page.header("connection"), Some("close"));
        assert!(page.body.contains("Many people are signing in"), "{}", page.summary());
        assert!(page.body.contains(&format!("href=\"{}", start.url.path())), "{}", page.body);
    }
    assert!(browser.visit(&start.url).await.status.is_success(), "everything else goes on");

    drop(places);
    let page = browser.submit(&sign_in).await;
    assert_eq!(page.status, 400, "it was looked at: {}", page.summary());
}

#[tokio::test]
async fn w7_a_form_waits_for_its_turn_and_everything_else_goes_on() {
    let system = System::start_with(&[("customer", "passwords.workers", "1")]).await;
    let places = &system.realm("customer").hasher.places;
    let (browser, account) = (system.browser(), format!("{}/account", system.issuer("customer")));
    let start = browser.visit(&account).await;
    let sign_in = start.form_to("/sign-in").with("username", "ada@example.com").with("password", "-");

    let next = [places.take().unwrap().in_turn().await, places.take().unwrap().in_turn().await];
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
    drop(next);
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
