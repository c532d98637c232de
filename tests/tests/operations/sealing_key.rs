//! The sealing key of the storefront and of the console changes (P10): a side knows two at a time.

use end_to_end::{
    Browser, System,
    people::{enter_console, enter_shop},
    secret_file,
};

const KEY: &str = "secrets.sealing_key_file";
const PREVIOUS: &str = "secrets.previous_sealing_key_file";
const NEW: [&str; 2] = ["oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq", "T6wq2ZcV9sLk8nHe5oO4cQ1yAqX9Yp0dJm"];

/// Whether the side shows a page for those who are signed in.
async fn is_in(system: &System, side: &str, browser: &Browser) -> bool {
    match side {
        "shop-api" => browser.visit(&system.urls.storefront).await.has("signed-in-as"),
        _ => browser.visit(&system.urls.console).await.has("card-orders"),
    }
}

#[tokio::test]
async fn p10_a_session_under_the_old_sealing_key_lives_until_that_is_removed() {
    let mut system = System::start().await;
    let [customer, staff] = [system.browser(), system.browser()];
    enter_shop(&system, &customer).await;
    enter_console(&system, &staff).await;
    let folder = system.data().join("secrets");
    for (side, new) in ["shop-api", "admin-api"].into_iter().zip(NEW) {
        let browser = if side == "shop-api" { &customer } else { &staff };
        let file = secret_file::write(&folder, &format!("new.{side}.seal"), new);
        let old = folder.join(format!("{side}.seal")).display().to_string();
        system.restart_with(&[(side, KEY, &file), (side, PREVIOUS, &old)]).await;
        assert!(is_in(&system, side, browser).await, "{side}: both keys");
        system.restart_without(&[(side, PREVIOUS)]).await;
        assert!(!is_in(&system, side, browser).await, "{side}: the new key only");
    }
    // the realm was not asked to end anything: the way back in is without a password
    let page = end_to_end::people::go_to_sign_in(&customer, &system.urls.storefront).await;
    assert!(page.has("signed-in-as"), "{}", page.summary());
    system.restart().await;
    assert!(is_in(&system, "shop-api", &customer).await, "a session of the new key");
}
