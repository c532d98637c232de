//! A person's own profile: the claims of the realm that people can tell about themselves (ACC-1).

use database::again;
use protocol::{profile, typed, username};
use serde_json::Value;

use super::{
    Error, Result, events,
    new_account::{self, FieldError, Filled, fields::FIELDS},
    once,
    sessions::establish,
    userinfo,
};
use crate::{
    paths,
    realm::Realm,
    session::{Session, Visit},
    store::{
        audit::{self, Event},
        sessions,
        users::{self, User},
    },
};

/// What the page of a profile shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The claims that can be changed, in the order of the page.
    pub told: Vec<Told>,
    /// The username, where accounts of the realm have one. Only operators change it: apps may know the person by it,
    /// and a name that its owner gave up would let the next one in there.
    pub username: Option<String>,
}

/// A claim with its value as a person would type it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The claim.
    pub claim: &'static str,
    /// Its value; empty when there is none.
    pub text: String,
}

/// The profile of the person whose session it is.
pub async fn current(realm: &Realm, session: &Session) -> Result<Profile> {
    let user = users::by_id(&realm.store.facts, &session.user_id).await?;
    let user = user.ok_or(Error::Refused(establish::SESSION_ENDED))?;
    Ok(Profile { told: told(realm, &user)?, username: user.username })
}

fn told(realm: &Realm, user: &User) -> Result<Vec<Told>> {
    let claims = userinfo::claims_of(user)?;
    let offered = FIELDS
        .iter()
        .filter(|field| field.claim != username::CLAIM && realm.config.claims.contains(field.claim));
    let text = |claim: &str| claims.get(claim).map(as_typed).unwrap_or_default();
    Ok(offered.map(|field| Told { claim: field.claim, text: text(field.claim) }).collect())
}

/// An address is typed as on a letter; everything else that a form asks for is text.
fn as_typed(value: &Value) -> String {
    let text = value.as_str().or_else(|| value.get("formatted").and_then(Value::as_str));
    text.unwrap_or_default().to_owned()
}

/// Changes the claims whose text is another one than before. An empty text takes a claim away.
pub async fn change(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    form: &[Filled<'_>],
) -> Result<std::result::Result<(), FieldError>> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let ended = || Error::Refused(establish::SESSION_ENDED);
        // first the account, as every other change of it does
        let is_active = users::hold(&mut tx, &session.user_id).await?;
        if !is_active || !sessions::keep_alive(&mut tx, &session.sid, realm.now()).await? {
            return Err(ended());
        }
        let user = users::by_id(&mut tx, &session.user_id).await?.ok_or_else(ended)?;
        let changes = match changes(&told(realm, &user)?, form) {
            Ok(changes) => changes,
            Err(fault) => return Ok(Err(fault)),
        };
        if !changes.is_empty() {
            let after = profile::changed(&userinfo::claims_of(&user)?, &changes, realm.now());
            let after = Value::Object(after).to_string();
            users::replace_claims(&mut tx, &user.id, (&user.claims, &after), realm.now()).await?;
            let names = changes.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" ");
            let event = events::of_visit(realm, visit, "account.claims_changed", Some(&user.id));
            audit::record(&mut tx, &Event { detail: Some(&names), ..event }).await?;
        }
        once::settle(realm, visit, &mut tx, &once::Outcome::to(paths::ACCOUNT).within(&session.sid)).await?;
        tx.commit().await?;
        Result::Ok(Ok(()))
    })
}

/// What differs from before, judged.
fn changes(
    before: &[Told],
    form: &[Filled<'_>],
) -> std::result::Result<Vec<(&'static str, Option<Value>)>, FieldError> {
    let typed = |told: &Told| form.iter().find(|filled| filled.claim == told.claim).map(|filled| filled.text);
    let pairs = before.iter().filter_map(|told| Some((told, typed(told)?)));
    let changed = pairs.filter(|(told, text)| !is_same(text, &told.text));
    changed.map(|(told, text)| Ok((told.claim, new_account::claim(told.claim, text)?))).collect()
}

/// Whether a text is what it was before: browsers send the ends of lines in another form.
fn is_same(text: &str, before: &str) -> bool {
    text.replace("\r\n", "\n").trim() == before.trim() || typed::identifier(text) == before
}
