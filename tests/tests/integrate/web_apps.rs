//! Web apps with a secret. The client is `demo-web` as it ships, with the redirect URI that the app has.

use end_to_end::{Browser, System, people};

use crate::app::{Recipe, free_port};

/// Where `demo-web` stands in the customer realm's file.
const REDIRECT_URIS: &str = "clients.2.redirect_uris";
const AFTER_SIGN_OUT: &str = "clients.2.post_logout_redirect_uris";

/// Signs the demo customer in to the app and, where the app can, out again.
async fn serves(recipe: &Recipe, callback: &str, sign_out: Option<&str>) {
    let port = free_port();
    let home = format!("http://127.0.0.1:{port}");
    let (callback, signed_out) = (format!("{home}{callback}"), format!("{home}/signed-out"));
    let changes = [("customer", REDIRECT_URIS, &*callback), ("customer", AFTER_SIGN_OUT, &*signed_out)];
    let system = System::start_with(&changes).await;
    let app = recipe.start(&system, "demo-web", port).await;

    let mut origins = system.origins().to_vec();
    origins.push(home);
    let browser = Browser::new(&origins);
    let page = browser.visit(format!("{}/", app.home)).await;
    assert!(page.has("login-submit"), "the app leads to the realm's sign-in page: {}", page.summary());
    let page = people::sign_in_demo(&system, &browser, &page).await;
    let page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
    assert!(page.url.as_str().starts_with(&app.home), "and the realm back to the app: {}", page.summary());
    let person = page.text_of("person");
    assert!(person.contains(&system.demo.email), "the app knows who signed in, not: {person}");

    if let Some(path) = sign_out {
        let page = browser.visit(format!("{}{path}", app.home)).await;
        assert_eq!(page.url.path(), "/signed-out", "{}", page.summary());
        let page = browser.visit(format!("{}/", app.home)).await;
        assert!(page.has("login-submit"), "the realm's session has ended too: {}", page.summary());
    }
}

#[tokio::test]
async fn d15_node_with_openid_client() {
    let recipe = Recipe {
        folder: "openid-client",
        install: &["npm install --silent --no-package-lock"],
        run: "node app.js",
    };
    serves(&recipe, "/callback", Some("/sign-out")).await;
}

#[tokio::test]
async fn d15_python_with_authlib() {
    let recipe = Recipe {
        folder: "authlib",
        install: &[
            "[ -x venv/bin/pip ] || python3 -m venv venv",
            "venv/bin/pip install --quiet -r requirements.txt",
        ],
        run: "venv/bin/python app.py",
    };
    serves(&recipe, "/callback", Some("/sign-out")).await;
}

#[tokio::test]
async fn d15_go_with_go_oidc() {
    let recipe = Recipe { folder: "go-oidc", install: &["go build -o app ."], run: "./app" };
    serves(&recipe, "/callback", None).await;
}

#[tokio::test]
async fn d15_java_with_spring_security() {
    let recipe =
        Recipe { folder: "spring", install: &["mvn -q -B package"], run: "java -jar target/sign-in.jar" };
    serves(&recipe, "/login/oauth2/code/realm", None).await;
}

#[tokio::test]
async fn d15_java_with_nimbus() {
    let recipe = Recipe {
        folder: "nimbus",
        install: &["mvn -q -B package dependency:copy-dependencies"],
        run: "java -cp target/sign-in.jar:target/dependency/* SignIn",
    };
    serves(&recipe, "/callback", None).await;
}
