//! Web apps with a secret. The client is `demo-web` as it ships, with the redirect URI that the app has.

use end_to_end::{Browser, System, http_client, people};

use crate::app::{Recipe, free_port};

/// Where `demo-web` stands in the customer realm's file.
const REDIRECT_URIS: &str = "clients.2.redirect_uris";
const AFTER_SIGN_OUT: &str = "clients.2.post_logout_redirect_uris";

/// What is an app's own way, below its address.
struct Ways {
    /// Its redirect URI.
    callback: &'static str,
    /// Where its page sends the form that begins a sign-in, when it doesn't go to the realm by itself.
    begin: Option<&'static str>,
    /// What tells who is signed in.
    person: &'static str,
    /// What signs out, there and at the realm, with `HOME` and `ISSUER` for their addresses.
    sign_out: Option<&'static str>,
}

const WAYS: Ways = Ways { callback: "/callback", begin: None, person: "/", sign_out: None };

/// Signs the demo customer in to the app and, where the app can, out again.
async fn serves(recipe: &Recipe, ways: &Ways) {
    let port = free_port();
    let home = format!("http://127.0.0.1:{port}");
    let (callback, signed_out) = (format!("{home}{}", ways.callback), format!("{home}/signed-out"));
    let changes = [("customer", REDIRECT_URIS, &*callback), ("customer", AFTER_SIGN_OUT, &*signed_out)];
    let system = System::start_with(&changes).await;
    let app = recipe.start(&system, "demo-web", port).await;

    let mut origins = system.origins().to_vec();
    origins.push(home);
    let browser = Browser::new(http_client::client(), &origins);
    let mut page = browser.visit(format!("{}/", app.home)).await;
    if let Some(path) = ways.begin {
        page = browser.submit(&page.form_to(path)).await;
    }
    assert!(page.has("login-submit"), "the app leads to the realm's sign-in page: {}", page.summary());
    let page = people::sign_in_demo(&system, &browser, &page).await;
    let mut page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
    assert!(page.url.as_str().starts_with(&app.home), "and the realm back to the app: {}", page.summary());
    if ways.person != "/" {
        page = browser.visit(format!("{}{}", app.home, ways.person)).await;
    }
    assert!(page.body.contains(&system.demo.email), "the app knows who signed in: {}", page.summary());

    if let Some(path) = ways.sign_out {
        let path = path.replace("HOME", &app.home).replace("ISSUER", &system.urls.customer_issuer);
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
        run: "exec node app.js",
    };
    serves(&recipe, &Ways { sign_out: Some("/sign-out"), ..WAYS }).await;
}

#[tokio::test]
async fn d15_node_with_auth_js() {
    let recipe = Recipe {
        folder: "auth-js",
        install: &["npm install --silent --no-package-lock"],
        run: "exec node app.js",
    };
    let (callback, begin) = ("/auth/callback/realm", Some("/auth/signin/realm"));
    serves(&recipe, &Ways { callback, begin, ..WAYS }).await;
}

#[tokio::test]
async fn d15_python_with_authlib() {
    let recipe = Recipe {
        folder: "authlib",
        install: &["python3 -m venv venv", "venv/bin/pip install --quiet -r requirements.txt"],
        run: "exec venv/bin/python app.py",
    };
    serves(&recipe, &Ways { sign_out: Some("/sign-out"), ..WAYS }).await;
}

#[tokio::test]
async fn d15_python_with_django_allauth() {
    let recipe = Recipe {
        folder: "django-allauth",
        install: &["python3 -m venv venv", "venv/bin/pip install --quiet -r requirements.txt"],
        // its accounts are those of this system
        run: "rm -f app.sqlite3 && exec venv/bin/python app.py",
    };
    let (callback, begin) = ("/accounts/oidc/realm/login/callback/", Some("/accounts/oidc/realm/login/"));
    serves(&recipe, &Ways { callback, begin, ..WAYS }).await;
}

#[tokio::test]
async fn d15_go_with_go_oidc() {
    let recipe = Recipe { folder: "go-oidc", install: &["go build -o app ."], run: "exec ./app" };
    serves(&recipe, &WAYS).await;
}

#[tokio::test]
async fn d15_java_with_spring_security() {
    let recipe = Recipe {
        folder: "spring",
        install: &["mvn -q -B package"],
        run: "exec java -jar target/sign-in.jar",
    };
    serves(&recipe, &Ways { callback: "/login/oauth2/code/realm", ..WAYS }).await;
}

#[tokio::test]
async fn d15_java_with_nimbus() {
    let recipe = Recipe {
        folder: "nimbus",
        install: &["mvn -q -B package dependency:copy-dependencies"],
        run: "exec java -cp 'target/sign-in.jar:target/dependency/*' SignIn",
    };
    serves(&recipe, &WAYS).await;
}

#[tokio::test]
async fn d15_apache_with_mod_auth_openidc() {
    let recipe = Recipe {
        folder: "mod-auth-openidc",
        install: &[],
        // one process in the foreground
        run: "exec /usr/sbin/apache2 -X -f \"$PWD/httpd.conf\"",
    };
    serves(&recipe, &Ways { sign_out: Some("/callback?logout=HOME/signed-out"), ..WAYS }).await;
}

#[tokio::test]
async fn d15_any_app_behind_oauth2_proxy() {
    let recipe = Recipe {
        folder: "oauth2-proxy",
        install: &["GOBIN=\"$PWD\" go install github.com/oauth2-proxy/oauth2-proxy/v7@v7.15.6"],
        run: "export OAUTH2_PROXY_OIDC_ISSUER_URL=$ISSUER OAUTH2_PROXY_CLIENT_ID=$CLIENT_ID \
              OAUTH2_PROXY_CLIENT_SECRET=$CLIENT_SECRET OAUTH2_PROXY_HTTP_ADDRESS=127.0.0.1:$PORT \
              OAUTH2_PROXY_REDIRECT_URL=http://127.0.0.1:$PORT/oauth2/callback OAUTH2_PROXY_COOKIE_SECURE=false \
              OAUTH2_PROXY_COOKIE_SECRET=$(openssl rand -hex 16) OAUTH2_PROXY_UPSTREAMS=static://200 \
              OAUTH2_PROXY_WHITELIST_DOMAINS=localhost:*; \
              exec ./oauth2-proxy --config oauth2-proxy.cfg",
    };
    let sign_out = "/oauth2/sign_out?rd=ISSUER/end_session%3Fid_token_hint%3D%7Bid_token%7D\
                    %26post_logout_redirect_uri%3DHOME/signed-out";
    let (callback, person, sign_out) = ("/oauth2/callback", "/oauth2/userinfo", Some(sign_out));
    serves(&recipe, &Ways { callback, person, sign_out, ..WAYS }).await;
}
