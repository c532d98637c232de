//! A provider of somebody else's making as the upstream of the customers' realm.

use end_to_end::{Browser, System, http_client, people::go_to_sign_in, upstream};
use idp::store::users;

use crate::app::{Recipe, free_port};

const SECRET: &str = "a secret of another provider";

#[tokio::test]
async fn up3_customers_sign_in_at_oidc_provider() {
    let mut system = System::start().await;
    let port = free_port();
    let recipe = Recipe {
        folder: "oidc-provider",
        install: &["npm install --silent --no-package-lock"],
        run: "exec node provider.js",
    };
    let callback = upstream::callback(&system);
    let settings = [("CLIENT_SECRET", SECRET), ("REDIRECT_URI", &callback)];
    let provider = recipe.start_below("tests/tests/integrate", port, &settings).await;
    let more = "accounts = \"create\"\ntrusted_email = true\n";
    upstream::add(&mut system, &provider.home, (SECRET, more), "").await;

    let mut origins = system.origins().to_vec();
    origins.push(provider.home.clone());
    let mut subjects = Vec::new();
    for _ in 0..2 {
        let browser = Browser::new(http_client::client(), &origins);
        let page = go_to_sign_in(&browser, &system.urls.storefront).await;
        let page = browser.submit(&page.form("upstream-there")).await;
        assert!(page.url.as_str().starts_with(&provider.home), "{}", page.summary());
        let form = page.forms().into_iter().next().expect("its form to sign in");
        let page = browser.submit(&form.with("login", "ada").with("password", "any")).await;
        let form = page.forms().into_iter().next().expect("its form to allow the realm what it asks for");
        let page = browser.submit(&form).await;
        assert!(page.has("signed-in-as"), "{}", page.summary());
        let facts = &system.realm("customer").store.facts;
        let user = users::by_email(facts, "ada@provider.example").await.unwrap().expect("an account");
        assert_eq!((user.name(), user.email_verified_at.is_some()), ("Ada of Elsewhere".to_owned(), true));
        subjects.push(user.id);
    }
    assert_eq!(subjects[0], subjects[1], "the same person again");
}
