//! A resource server: `GET /notes` is for whoever has an access token of the realm with the scope `notes`.

use std::{env, error::Error, sync::Arc};

use axum::{Router, routing::get};
use resource_server::{
    Bearer, Config, Discovery, Refusal, ResourceServer,
    clock::SystemClock,
    metadata_route,
    outbound::{Outbound, OutboundPolicy},
};

/// Believes the tokens that `issuer` makes for `resource`.
pub fn server(issuer: &str, resource: &str) -> Result<ResourceServer, Box<dyn Error>> {
    // hosts at private addresses, or without TLS, are called only if they are named
    let allowed_private_hosts = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let outbound = Outbound::new(&OutboundPolicy { allowed_private_hosts, ..OutboundPolicy::default() })?;
    let keys = Arc::new(Discovery::new(issuer, outbound));
    let config = Config { scopes: vec!["notes".to_owned()], ..Config::new(issuer, resource) };
    Ok(ResourceServer::new(config, keys, Arc::new(SystemClock))?)
}

async fn notes(bearer: Bearer) -> Result<String, Refusal> {
    bearer.require_scope("notes")?;
    Ok(format!("the notes of {}\n", bearer.claims.sub))
}

pub fn router(server: Arc<ResourceServer>) -> Router {
    Router::new().route("/notes", get(notes)).merge(metadata_route(&server)).with_state(server)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = server(&env::var("ISSUER")?, &env::var("RESOURCE")?)?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8081").await?;
    Ok(axum::serve(listener, router(Arc::new(server))).await?)
}
