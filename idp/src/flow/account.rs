//! The realm's own pages that need a signed-in person, perhaps one who has just signed in.

use protocol::authorize::Step;

use super::{
    Error, Result, dispatch,
    factor_policy::{self, Demand},
    userinfo,
};
use crate::{
    paths,
    realm::Realm,
    session::{
        Session, Visit,
        interaction::{Interaction, Purpose, Wanted},
    },
    store::{factors, identities, passkeys, users},
};

/// Whether the browser may see the page.
#[derive(Debug)]
pub enum Access {
    /// Yes, in this session.
    Granted(Session),
    /// After the interaction of this id, which leads back to the page.
    SignIn(String),
}

/// Judges the browser's session as for a client's request: signed in at most `max_age` seconds ago, with the factors
/// that the realm requires.
pub async fn access(realm: &Realm, visit: &Visit, path: &str, max_age: Option<i64>) -> Result<Access> {
    match signed_in(realm, visit, max_age).await? {
        Some(session) => Ok(Access::Granted(session.clone())),
        None => Ok(Access::SignIn(sign_in_to(realm, visit, path, max_age).await?)),
    }
}

/// The browser's session, if its sign-in is complete.
pub async fn signed_in<'v>(
    realm: &Realm,
    visit: &'v Visit,
    max_age: Option<i64>,
) -> Result<Option<&'v Session>> {
    let step = dispatch::own_step(realm, max_age, visit.facts(realm).await?.as_ref());
    Ok(visit.session.as_ref().filter(|_| step == Step::Done))
}

/// Begins a sign-in that leads to a path of this realm. Returns the interaction's id.
pub async fn sign_in_to(realm: &Realm, visit: &Visit, path: &str, max_age: Option<i64>) -> Result<String> {
    let purpose = Purpose::Account { path: path.to_owned(), max_age, wanted: Wanted::default() };
    Ok(Interaction::begin(realm, visit, &purpose).await?)
}

/// Begins a sign-in to another account than the one in use, which leads to that account's page. Returns the interaction's
/// id.
pub async fn sign_in_to_another(realm: &Realm, visit: &Visit, wanted: Wanted) -> Result<String> {
    let purpose = Purpose::Account { path: paths::ACCOUNT.to_owned(), max_age: Some(0), wanted };
    Ok(Interaction::begin(realm, visit, &purpose).await?)
}

/// What people see of their own account.
#[derive(Debug)]
pub struct Overview {
    /// The e-mail address.
    pub email: String,
    /// When its owner has confirmed it, Unix seconds.
    pub email_verified_at: Option<i64>,
    /// The name to show; may be empty.
    pub name: String,
    /// Whether there is a password.
    pub password: bool,
    /// Whether an authenticator app is set up; `None` where nothing but a passkey is of use.
    pub factor: Option<bool>,
    /// How many passkeys there are; `None` in realms without passkeys.
    pub passkeys: Option<usize>,
    /// How many accounts at other providers are connected; `None` where there are none, and no other providers either.
    pub connections: Option<usize>,
    /// Whether recovery codes are of use to the account.
    pub needs_codes: bool,
    /// How many recovery codes have not been used.
    pub recovery_left: usize,
}

/// The overview of a session's account.
pub async fn overview(realm: &Realm, session: &Session) -> Result<Overview> {
    let user = users::by_id(&realm.store.facts, &session.user_id).await?;
    let user = user.ok_or_else(|| Error::Internal(anyhow::anyhow!("a session without its account")))?;
    let claims = userinfo::standard_claims(realm, &user)?;
    let demand = factor_policy::of_account(realm, &realm.store.facts, &user.id).await?;
    let connected = identities::of_user(&realm.store.facts, &user.id).await?.len();
    Ok(Overview {
        connections: Some(connected).filter(|count| *count > 0 || !realm.upstreams.is_empty()),
        name: claims.get("name").and_then(|name| name.as_str()).unwrap_or_default().to_owned(),
        email_verified_at: user.email_verified_at,
        password: user.password_hash.is_some(),
        email: user.email,
        factor: (!demand.is_for_a_passkey()).then_some(demand.enrolled.app),
        passkeys: match &realm.passkeys {
            Some(_) => Some(passkeys::of_user(&realm.store.facts, &session.user_id).await?.len()),
            None => None,
        },
        needs_codes: demand.needs_codes(),
        recovery_left: recovery_left(realm, session).await?,
    })
}

/// The e-mail address of a session's account, while the account exists.
pub async fn email(realm: &Realm, session: &Session) -> Result<Option<String>> {
    Ok(users::by_id(&realm.store.facts, &session.user_id).await?.map(|user| user.email))
}

/// Whether the account has a password.
pub async fn has_password(realm: &Realm, session: &Session) -> Result<bool> {
    let user = users::by_id(&realm.store.facts, &session.user_id).await?;
    Ok(user.is_some_and(|user| user.password_hash.is_some()))
}

/// Which second factors the account has, and what is demanded of it.
pub async fn demand(realm: &Realm, session: &Session) -> Result<Demand> {
    factor_policy::of_account(realm, &realm.store.facts, &session.user_id).await
}

/// How many recovery codes of the account have not been used.
pub async fn recovery_left(realm: &Realm, session: &Session) -> Result<usize> {
    let left = factors::recovery_codes_left(&realm.store.facts, &session.user_id).await?;
    Ok(usize::try_from(left).unwrap_or_default())
}
