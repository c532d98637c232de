//! The route that a resource server adds itself.

use std::sync::Arc;

use axum::{Json, Router, routing::get};
use url::Url;

use crate::{metadata, server::ResourceServer};

/// Serves the resource's metadata at the URL that its challenges name.
pub fn metadata_route<S>(server: &Arc<ResourceServer>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let url = Url::parse(&metadata::url(&server.config().audience));
    let path = url.as_ref().map_or(metadata::PATH, Url::path);
    let document = metadata::document(server.config());
    Router::new().route(path, get(async move || Json(document)))
}
