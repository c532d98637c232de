//! Setting up an account by a one-time link: a password and a second factor (D2, ACC-6, MF6). The link makes a new
//! account, or gives access to one that an operator made, or whose factors an operator took away (MF8).
//!
//! Nothing is a fact before the factor is confirmed: one transaction stores account and factor and uses the link up. A
//! person who stops half way opens the link again.

use anyhow::anyhow;
use database::{Tx, again};
use protocol::{
    acr::{self, Amr},
    authorize::FactorPolicy,
    error::{ErrorCode, OAuthError},
    secret,
};

use super::{
    Error, Result, enrol, events, mail_links,
    new_account::{self, FieldError, Form},
    notices::{self, Notice},
    once,
    passkeys::{
        add,
        ceremony::{Answer, Offered, Purpose},
    },
    seed,
    sessions::establish,
    throttle::{self, Attempt},
};
use crate::{
    authn::{passkey::Owner, queue::Turn, recovery, totp::Seed},
    paths,
    realm::Realm,
    session::Visit,
    store::{
        audit::{self, Event},
        factors, pending,
        setup_links::{self, SetupLink},
        to_json,
        users::{self, NewUser, User},
    },
};

/// The event of an account that its owner has got back.
const RECOVERED: &str = "account.recovered";
const ACCOUNT_CONTEXT: &str = "pending account";

/// Makes a link for a first account with that role and returns its URL. Older unused links stop working.
pub async fn issue_link(realm: &Realm, role: &str, life_seconds: i64) -> Result<String> {
    let token = realm.new_token();
    let now = realm.now();
    let event = Event {
        id: realm.new_id(),
        at: now,
        kind: "setup_link.issued",
        actor: Some(audit::COMMAND_LINE),
        detail: Some(role),
        ..Event::default()
    };
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        setup_links::issue(&mut tx, &secret::hash(&token), role, now, now + life_seconds).await?;
        audit::record(&mut tx, &event).await?;
        Result::Ok(tx.commit().await?)
    })?;
    Ok(url(realm, &token))
}

/// The URL of a link.
pub(super) fn url(realm: &Realm, token: &str) -> String {
    format!("{}/setup/{token}", realm.config.issuer)
}

/// A link that still works.
#[derive(Debug)]
pub struct Link {
    /// The role of an account that nobody has signed in to yet; empty when the link recovers an account.
    pub role: String,
    /// The account that the link leads into, if that exists already.
    pub account: Option<User>,
    /// When the link expires, Unix seconds.
    pub expires_at: i64,
}

/// The link, if it still works. Reading it does not use it up.
pub async fn link(realm: &Realm, token: &str) -> Result<Option<Link>> {
    let facts = &realm.store.facts;
    let link = setup_links::usable(facts, &secret::hash(token), realm.now()).await?;
    let Some(SetupLink { role, user_id, expires_at }) = link else { return Ok(None) };
    let Some(id) = user_id else { return Ok(Some(Link { role, account: None, expires_at })) };
    let account = users::by_id(facts, &id).await?.filter(|user| user.disabled_at.is_none());
    Ok(account.map(|user| Link { role, account: Some(user), expires_at }))
}

/// The result of the account's form.
#[derive(Debug)]
pub enum Begun {
    /// Go on to the second factor.
    Factor,
    /// A field to change.
    Refused(FieldError),
}

/// Keeps the account as pending until its factor is confirmed.
pub async fn begin(realm: &Realm, visit: &Visit, token: &str, form: Form<'_>, turn: Turn) -> Result<Begun> {
    let Some(link) = link(realm, token).await? else { return Err(gone()) };
    let email = link.account.as_ref().map_or(form.email, |user| user.email.as_str());
    let form = Form { email, ..form };
    let mut account = match new_account::judge(realm, form, &link.role, turn).await? {
        Ok(account) => account,
        Err(fault) => return Ok(Begun::Refused(fault)),
    };
    match link.account {
        Some(user) => account.id = user.id,
        None if users::by_email(&realm.store.facts, &account.email).await?.is_some() => {
            return Ok(Begun::Refused(FieldError::address_taken()));
        }
        None => {}
    }
    let sealed = realm.secrets.sealing.seal(to_json(&account).as_bytes(), ACCOUNT_CONTEXT, realm.bytes());
    let sealed = sealed.map_err(|error| Error::Internal(error.into()))?;
    let seed = seed::seal(realm, &Seed::generate(realm.random()))?;
    let expires_at = realm.now() + enrol::LIFE_SECONDS;
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        once::settle(realm, visit, &mut tx, &once::Outcome::to(paths::setup_factor(token))).await?;
        pending::begin_setup(&realm.store.pending, &owner(visit, token), &seed, &sealed, expires_at).await?;
        Result::Ok(tx.commit().await?)
    })?;
    Ok(Begun::Factor)
}

/// An account that waits for its second factor.
pub struct Waiting {
    /// The account.
    pub account: NewUser,
    /// The seed for its authenticator app.
    pub seed: Seed,
    /// Whether nothing but a passkey will do.
    pub needs_passkey: bool,
}
opaque!(Waiting);

/// What waits for its factor; `None` also when the link stopped working in between.
pub async fn waiting(realm: &Realm, visit: &Visit, token: &str) -> Result<Option<Waiting>> {
    let Some(link) = link(realm, token).await? else { return Ok(None) };
    let kept = pending::enrolment(&realm.store.pending, &owner(visit, token), realm.now()).await?;
    let Some(kept) = kept else { return Ok(None) };
    let account = kept
        .account
        .and_then(|sealed| realm.secrets.sealing.open(&sealed, ACCOUNT_CONTEXT))
        .and_then(|json| serde_json::from_slice(&json).ok())
        .ok_or_else(|| Error::Internal(anyhow!("no key-encryption key opens a pending account")))?;
    let mut roles = vec![link.role];
    if let Some(user) = &link.account {
        roles.extend(factors::held(&realm.store.facts, &user.id).await?.roles);
    }
    let needs_passkey = realm.config.factors.of(&roles) == FactorPolicy::PhishingResistant;
    Ok(Some(Waiting { account, seed: seed::open(realm, &kept.seed)?, needs_passkey }))
}

/// Makes the account with its factor, if the code is right.
pub async fn confirm(realm: &Realm, visit: &Visit, token: &str, code: &str) -> Result<enrol::Outcome> {
    let Some(Waiting { account, seed, needs_passkey }) = waiting(realm, visit, token).await? else {
        return Ok(enrol::Outcome::Expired);
    };
    if needs_passkey {
        return Ok(enrol::Outcome::Wrong);
    }
    let shown = enrol::Shown { seed: &seed, code };
    enrol::confirmed(realm, visit, &account.id, shown, async |step, attempt| {
        let app = Factor::App { seed: &seed, step, attempt };
        make_it_count(realm, visit, token, &account, app).await
    })
    .await
}

/// The ceremony that makes a passkey the factor of the account that waits.
pub fn offer_passkey(
    realm: &Realm,
    visit: &Visit,
    token: &str,
    account: &NewUser,
) -> Result<Option<Offered>> {
    let owner = Owner { id: &account.id, email: &account.email, name: &account.name };
    add::begin(realm, visit, Purpose::Setup(&secret::hash(token)), owner, &[])
}

/// Makes the account with the passkey that the browser answered with.
pub async fn confirm_passkey(
    realm: &Realm,
    visit: &Visit,
    token: &str,
    answer: Answer<'_>,
) -> Result<enrol::Outcome> {
    let Some(Waiting { account, needs_passkey, .. }) = waiting(realm, visit, token).await? else {
        return Ok(enrol::Outcome::Expired);
    };
    if realm.passkeys.is_none() {
        return Ok(enrol::Outcome::Wrong);
    }
    match add::judge(realm, visit, Purpose::Setup(&secret::hash(token)), answer)? {
        Ok(new) => {
            make_it_count(
                realm,
                visit,
                token,
                &account,
                Factor::Passkey { new: &new, is_alone: needs_passkey },
            )
            .await
        }
        Err(add::Outcome::Unlisted) => Ok(enrol::Outcome::Unlisted),
        Err(_) => Ok(enrol::Outcome::Wrong),
    }
}

/// The factor that an account starts with.
#[derive(Clone, Copy)]
enum Factor<'a> {
    /// An authenticator app.
    App {
        seed: &'a Seed,
        /// The time step of the code that confirmed it.
        step: i64,
        attempt: &'a Attempt,
    },
    Passkey {
        new: &'a add::New,
        /// Whether nothing else will do, and so no recovery code.
        is_alone: bool,
    },
}

async fn make_it_count(
    realm: &Realm,
    visit: &Visit,
    token: &str,
    account: &NewUser,
    factor: Factor<'_>,
) -> Result<enrol::Outcome> {
    let now = realm.now();
    let is_alone = matches!(factor, Factor::Passkey { is_alone: true, .. });
    let codes = if is_alone { Vec::new() } else { recovery::generate(realm.random()) };
    let password = Amr::from_iter([acr::PWD]);
    let amr = match factor {
        Factor::App { .. } => password.with_one_time_code(),
        Factor::Passkey { new, .. } => new.added_to(password),
    };
    let proof =
        establish::Proof { user_id: &account.id, amr: &amr, auth_time: now, continues: false, adds: false };
    let established = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let kind = settle(&mut tx, &secret::hash(token), account, now).await?;
        let Some(kind) = kind else { return Ok(None) };
        if !put_in_place(realm, &mut tx, account, factor).await? {
            return Ok(None);
        }
        if kind == RECOVERED {
            mail_links::forget_of(&mut tx, &account.id).await?;
            notices::tell(realm, visit, &mut tx, &account.id, Notice::SetUpAgain).await?;
        }
        enrol::put_codes_in_place(&mut tx, &account.id, &codes).await?;
        audit::record(&mut tx, &events::of_visit(realm, visit, kind, Some(&account.id))).await?;
        let established = establish::establish_in(realm, visit, &proof, &mut tx).await?;
        events::record_success(realm, visit, &proof, &mut tx).await?;
        let outcome = once::Outcome::to(leads_to(realm)).showing(&codes);
        let outcome = outcome.signed_in(&established.sid, &established.value);
        once::settle(realm, visit, &mut tx, &outcome).await?;
        established.dead_ids.commit(realm, tx).await?;
        Result::Ok(Some(established))
    });
    let Some(established) = established? else { return Ok(enrol::Outcome::Expired) };
    enrol::forget(realm, &owner(visit, token)).await;
    Ok(enrol::Outcome::Confirmed { cookie: established.value, codes })
}

/// Gives the account its factor; `false` when the passkey is registered already.
async fn put_in_place(realm: &Realm, tx: &mut Tx, account: &NewUser, factor: Factor<'_>) -> Result<bool> {
    match factor {
        Factor::App { seed, step, attempt } => {
            let sealed = seed::seal(realm, seed)?;
            factors::confirm_totp(tx, &account.id, &sealed, step, realm.now()).await?;
            throttle::factor_succeeded(realm, tx, attempt).await?;
            Ok(true)
        }
        Factor::Passkey { new, .. } => new.give_to(tx, &account.id, realm.now()).await,
    }
}

/// Uses the link up, and makes its account or sets the new password of the account that it leads into. Returns the kind
/// of the audit event; `None` when the link stopped working meanwhile.
async fn settle(tx: &mut Tx, link_hash: &str, account: &NewUser, now: i64) -> Result<Option<&'static str>> {
    let Some(link) = setup_links::claim(&mut *tx, link_hash, now).await? else { return Ok(None) };
    if link.user_id.is_some() {
        let Some(hash) = &account.password_hash else { return Ok(None) };
        let active = users::set_password(tx, &account.id, hash, now).await?;
        if let Some(language) = &account.language {
            users::begin_with_language(tx, &account.id, language).await?;
        }
        // a role in the link means that nobody ever signed in to the account
        let kind = if link.role.is_empty() { RECOVERED } else { "account.set_up" };
        return Ok(active.then_some(kind));
    }
    match users::insert(tx, account, now).await {
        Err(error) if error.is_conflict() => Ok(None),
        made => Ok(made.map(|_| Some("account.set_up"))?),
    }
}

/// Where the browser goes after an account was set up.
pub fn leads_to(realm: &Realm) -> &str {
    realm.home_of_apps().unwrap_or(paths::ACCOUNT)
}

/// The owner of a half-finished set-up: the link, together with the browser that began it.
fn owner(visit: &Visit, token: &str) -> String {
    format!("setup:{}:{}", secret::hash(token), visit.browser_hash())
}

fn gone() -> Error {
    OAuthError::new(ErrorCode::AccessDenied, "this setup link has expired or was used").into()
}
