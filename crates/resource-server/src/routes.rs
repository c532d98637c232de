//! The route of a resource server's own.

use std::sync::Arc;

use axum::{Json, Router, routing::get};
use url::Url;

use crate::{metadata, server::ResourceServer};

/// The metadata of the resource, where its challenges say.
pub fn metadata_route<S>(server: &Arc<ResourceServer>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let url = Url::parse(&metadata::url(&server.config().audience));
    let path = url.as_ref().map_or(metadata::PATH, Url::path);
    let document = metadata::document(server.config());
    Router::new().route(path, get(async move || Json(document)))
}
