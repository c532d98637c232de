//! Protected resource metadata (RFC 9728): how a client finds the realm that this resource trusts.

use serde_json::{Value, json};
use url::Url;

use crate::config::Config;

/// Path of the metadata of a resource whose URL has no path (RFC 9728 section 3).
pub const PATH: &str = "/.well-known/oauth-protected-resource";

/// The metadata document (RFC 9728 section 2).
pub fn document(config: &Config) -> Value {
    json!({
        "resource": config.audience,
        "authorization_servers": [config.issuer],
        "scopes_supported": config.scopes,
        "bearer_methods_supported": ["header"],
    })
}

/// The URL of a resource's metadata: the well-known path comes before the resource's own path (RFC 9728 section 3.1).
/// For a resource that isn't a URL, only the well-known path.
pub fn url(resource: &str) -> String {
    let Ok(url) = Url::parse(resource) else { return PATH.to_owned() };
    format!("{}{PATH}{}", url.origin().ascii_serialization(), url.path().trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_well_known_path_stands_before_the_path_of_the_resource() {
        assert_eq!(url("https://a.example"), format!("https://a.example{PATH}"));
        assert_eq!(url("https://a.example:8443/"), format!("https://a.example:8443{PATH}"));
        assert_eq!(url("https://a.example/notes/v1/"), format!("https://a.example{PATH}/notes/v1"));
    }
}
