//! Test support for services: browsers that are signed in at a [`TestRealm`].
#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "test support: a failure here is a failed test"
)]

use crate::{
    relying_party::{Realm, RelyingParty},
    session::{Profile, Tokens},
};

pub use resource_server::testing::TestRealm;

/// Signs a browser in with this access token. Returns the `cookie` header of its later requests.
pub async fn sign_in<R: Realm>(
    relying_party: &RelyingParty<R>,
    access: &str,
    refresh: Option<&str>,
) -> String {
    let core = &relying_party.core;
    let subject = core.resource.verify(access).await.unwrap().sub;
    let tokens = Tokens {
        access: access.to_owned(),
        refresh: refresh.map(str::to_owned),
        id: String::new(),
        profile: Profile { name: Some("Ada".to_owned()), email: Some("ada@example.com".to_owned()) },
    };
    let id = core.open_session(&tokens, &subject, &[]).await.unwrap().unwrap();
    format!("{}={id}", core.config.session.cookie.name())
}
