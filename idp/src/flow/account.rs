//! Pages of our own that need somebody signed in, perhaps freshly.

use protocol::authorize::Step;

use super::{Result, dispatch};
use crate::{
    realm::Realm,
    session::{
        Visit,
        interaction::{Interaction, Purpose},
    },
    store::sessions::Session,
};

/// Whether the browser may see the page.
#[derive(Debug)]
pub enum Access {
    /// As whoever this session belongs to.
    Granted(Session),
    /// After the interaction of this name, which leads back.
    SignIn(String),
}

/// Judges the browser's session like a client's request would be: signed in, with the factors the realm wants, and no
/// longer ago than `max_age` seconds.
pub async fn access(realm: &Realm, visit: &Visit, path: &str, max_age: Option<i64>) -> Result<Access> {
    match signed_in(realm, visit, max_age).await? {
        Some(session) => Ok(Access::Granted(session.clone())),
        None => Ok(Access::SignIn(sign_in_to(realm, visit, path, max_age).await?)),
    }
}

/// The browser's session, when nothing of its sign-in is left to do.
pub async fn signed_in<'v>(
    realm: &Realm,
    visit: &'v Visit,
    max_age: Option<i64>,
) -> Result<Option<&'v Session>> {
    let step = dispatch::own_step(realm, max_age, visit.facts(realm).await?.as_ref());
    Ok(visit.session.as_ref().filter(|_| step == Step::Done))
}

/// Begins a sign-in that leads to a path of this realm.
pub async fn sign_in_to(realm: &Realm, visit: &Visit, path: &str, max_age: Option<i64>) -> Result<String> {
    let purpose = Purpose::Account { path: path.to_owned(), max_age };
    Ok(Interaction::begin(realm, visit, &purpose).await?)
}
