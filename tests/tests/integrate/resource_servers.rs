//! Resource servers: they take tokens of their realm that are meant for them, and no others.

use end_to_end::{
    Browser, RelyingParty, System, http_client, people,
    relying_party::{bearer, read},
};

use crate::app::{Recipe, free_port};

const SPRING: Recipe = Recipe {
    folder: "spring-resource-server",
    install: &["mvn -q -B package"],
    run: "exec java -jar target/api.jar",
};
const MCP: &[&str] = &["npm install --silent --no-package-lock"];
const MCP_SERVER: Recipe = Recipe { folder: "mcp-sdk", install: MCP, run: "exec node server.js" };
const MCP_CLIENT: Recipe = Recipe { folder: "mcp-sdk", install: MCP, run: "exec node client.js" };

#[tokio::test]
async fn d15_java_with_spring_security_as_a_resource_server() {
    let system = System::start().await;
    let browser = system.browser();
    people::enter_shop(&system, &browser).await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let tokens = client.tokens(&browser, "openid orders").await;

    // the resource of the scope `orders`
    let settings = [("RESOURCE", system.urls.storefront.as_str())];
    let api = SPRING.start_with(&system, free_port(), &settings).await;
    let taken = bearer(&api.home, tokens.access_token()).await;
    assert_eq!(taken.status, 200, "{taken:?}");
    assert!(taken.body.ends_with(" by demo-web"), "{}", taken.body);
    let taken = bearer(&api.home, client.client_credentials("orders").await.ok().access_token()).await;
    assert_eq!((taken.status.as_u16(), taken.body.as_str()), (200, "demo-web by demo-web"));

    let none = read(http_client::client().get(&api.home)).await;
    assert_eq!((none.status.as_u16(), none.header("www-authenticate")), (401, Some("Bearer")));
    assert_eq!(bearer(&api.home, tokens.id_token()).await.status, 401, "an ID token");
    let others = client.tokens(&browser, "openid").await;
    assert_eq!(bearer(&api.home, others.access_token()).await.status, 401, "a token for somebody else");
}

#[tokio::test]
async fn d15_node_with_the_mcp_sdk_as_server_and_client() {
    let (server_port, client_port) = (free_port(), free_port());
    let resource = format!("http://127.0.0.1:{server_port}/mcp");
    let system = System::start_with(&[
        ("customer", "scopes.tools.description", "Use your tools"),
        ("customer", "scopes.tools.resource", &resource),
        // `demo-app`, a public client
        ("customer", "clients.1.scopes", "openid,tools,offline_access"),
    ])
    .await;
    let server = MCP_SERVER.start_with(&system, server_port, &[]).await;
    let settings = [("CLIENT_ID", "demo-app"), ("MCP_SERVER", &*resource)];
    let client = MCP_CLIENT.start_with(&system, client_port, &settings).await;

    let none = read(http_client::client().post(&resource)).await;
    assert_eq!(none.status, 401, "{none:?}");
    let metadata = format!("{}/.well-known/oauth-protected-resource/mcp", server.home);
    let challenge = none.header("www-authenticate").unwrap_or_default();
    assert!(challenge.contains(&metadata), "the server says where to sign in: {challenge}");

    let mut origins = system.origins().to_vec();
    origins.push(client.home.clone());
    let browser = Browser::new(http_client::client(), &origins);
    let page = browser.visit(format!("{}/", client.home)).await;
    assert!(page.has("login-submit"), "the client finds the realm: {}", page.summary());
    let page = people::sign_in_demo(&system, &browser, &page).await;
    let page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
    assert!(page.body.ends_with(" by demo-app"), "the server knows who calls: {}", page.summary());

    // a token of the same person and realm for somebody else
    let party = RelyingParty::of(&system, "customer", "demo-web").await;
    let others = party.tokens(&browser, "openid orders").await;
    let request = http_client::client().post(&resource).bearer_auth(others.access_token());
    assert_eq!(read(request).await.status, 401);
}
