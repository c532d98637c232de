//! A new account, made when its owner has proved to read the mailbox.

use database::{Tx, again};
use protocol::{
    acr::{self, Amr},
    email::Address,
};

use super::{SignedIn, adds, ask as mail_to, count, lead_on};
use crate::{
    flow::{
        Error, Result, events,
        identity::{self, Connected},
        mail_links::{self, Purpose, Request, Shown},
        notices,
        passkeys::add,
        sessions::establish::{self, Established, Proof},
        throttle,
    },
    mail::{letter::Reader, letters},
    realm::Realm,
    realm::upstream::Assertion,
    session::Visit,
    store::{
        audit,
        mailed_links::{self, MailedLink},
        to_json,
        users::{self, NewUser},
    },
    words,
};

/// What waits for the proof.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Waiting {
    pub user: NewUser,
    /// When its password was typed, or the account was asked for, Unix seconds.
    typed_at: i64,
    /// What an upstream provider said about its person, by whose account it is signed in to.
    #[serde(default)]
    assertion: Option<Assertion>,
}

impl Waiting {
    /// Reads what waits for a link.
    pub fn of(realm: &Realm, link: &MailedLink) -> Result<Self> {
        serde_json::from_str(&mail_links::detail(realm, link)?).map_err(|error| Error::Internal(error.into()))
    }

    /// Whether the account begins with a passkey instead of a password.
    pub const fn needs_passkey(&self) -> bool {
        self.user.password_hash.is_none() && self.assertion.is_none()
    }
}

/// Sends a mail to the address of a new account. Returns the path of the page that waits for its code.
pub async fn ask(realm: &Realm, visit: &Visit, interaction: Option<&str>, user: NewUser) -> Result<String> {
    ask_for(realm, visit, interaction, &Waiting { user, typed_at: realm.now(), assertion: None }).await
}

/// [`ask`] for somebody who has signed in at an upstream provider, which the account is connected with.
pub async fn ask_upstream(
    realm: &Realm,
    visit: &Visit,
    interaction: &str,
    user: NewUser,
    assertion: Assertion,
) -> Result<String> {
    let waiting = Waiting { user, typed_at: realm.now(), assertion: Some(assertion) };
    ask_for(realm, visit, Some(interaction), &waiting).await
}

async fn ask_for(
    realm: &Realm,
    visit: &Visit,
    interaction: Option<&str>,
    waiting: &Waiting,
) -> Result<String> {
    let user = &waiting.user;
    let address = Address::parse(&user.email)
        .ok_or_else(|| Error::Internal(anyhow::anyhow!("an accepted address is none")))?;
    count(realm, visit, &address).await?;
    let holder = users::by_email(&realm.store.facts, &address.written).await?;
    let (seen, detail) = (notices::seen(realm, visit), to_json(waiting));
    let language = words::of_account(&realm.config.languages, user.language.as_deref(), Some(visit.language));
    let reader = match &holder {
        Some(holder) => notices::owner(realm, Some(language), holder),
        None => Reader { address: &address.written, language },
    };
    let request = Request {
        purpose: Purpose::Register,
        address: &address,
        reader,
        user_id: None,
        detail: Some(&detail),
        interaction,
    };
    let sent = mail_to(realm, visit, request, |proof| {
        if holder.is_some() {
            letters::has_account(&realm.config.issuer, &seen)
        } else {
            letters::register(proof, &seen)
        }
    });
    sent.await
}

/// Sends the mail of a link once more, for what waits for it.
pub(super) async fn ask_again(realm: &Realm, visit: &Visit, link: &MailedLink) -> Result<String> {
    ask_for(realm, visit, link.interaction.as_deref(), &Waiting::of(realm, link)?).await
}

/// The result of proving to read the mailbox.
pub enum Confirmed {
    /// The account exists and is signed in.
    SignedIn(SignedIn),
    /// The link does not work any more.
    Over,
    /// The address has got an account meanwhile, or the upstream account was connected with another one.
    Taken,
    /// The passkey could not be made, or that took too long.
    NoPasskey,
    /// The authenticator is not one of those that the realm lists.
    Unlisted,
}
opaque!(Confirmed);

/// Makes the account that waits for a proof, and signs it in. It has a password.
pub async fn confirm(realm: &Realm, visit: &Visit, shown: &Shown) -> Result<Confirmed> {
    make(realm, visit, shown, None).await
}

/// Makes the account that waits for a proof, with its passkey if it has no password, and signs it in.
pub(super) async fn make(
    realm: &Realm,
    visit: &Visit,
    shown: &Shown,
    passkey: Option<&add::New>,
) -> Result<Confirmed> {
    let now = realm.now();
    let confirmed = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let claimed = mail_links::claim(realm, visit, &mut tx, shown, Purpose::Register).await?;
        let Some(link) = claimed else { return Ok((Confirmed::Over, None)) };
        let waiting = Waiting::of(realm, &link)?;
        if waiting.needs_passkey() != passkey.is_some() {
            return Ok((Confirmed::Over, None));
        }
        let Waiting { user, typed_at, assertion } = waiting;
        match users::insert(&mut tx, &user, now).await {
            Err(error) if error.is_conflict() => return Ok((Confirmed::Taken, None)),
            // a username that was taken meanwhile is chosen again later
            other => other?,
        };
        users::verify_email(&mut tx, &user.id, user.email.trim(), now).await?;
        let adds = adds(realm, visit, &link).await?;
        let proof = match (passkey, &assertion) {
            (None, Some(assertion)) => {
                if identity::add(realm, &mut tx, &user.id, assertion).await? != Connected::Now {
                    return Ok((Confirmed::Taken, None));
                }
                let at = identity::signed_in_at(realm, &mut tx, assertion).await?;
                Started { user_id: &user.id, amr: assertion.amr(), at, adds }
            }
            (None, None) => {
                Started { user_id: &user.id, amr: Amr::from_iter([acr::PWD]), at: typed_at, adds }
            }
            (Some(new), _) => {
                if !new.give_to(&mut tx, &user.id, now).await? {
                    return Ok((Confirmed::NoPasskey, None));
                }
                Started { user_id: &user.id, amr: new.added_to(Amr::default()), at: now, adds }
            }
        };
        mailed_links::forget_detail(&mut tx, &link.id).await?;
        let established = enter(realm, visit, &proof, &mut tx).await?;
        let path = lead_on(realm, visit, &link, &established, &mut tx).await?;
        established.dead_ids.commit(realm, tx).await?;
        let signed_in = SignedIn { cookie: established.value, path };
        Result::Ok((Confirmed::SignedIn(signed_in), Some(user.email)))
    })?;
    let (confirmed, address) = confirmed;
    if let Some(address) = address {
        // what others tried with this address is over
        throttle::forgive(realm, &[&address]).await?;
    }
    Ok(confirmed)
}

/// An account that was just made.
#[derive(Debug)]
pub struct Started<'a> {
    /// Its id.
    pub user_id: &'a str,
    /// How its owner proved to be there.
    pub amr: Amr,
    /// When, Unix seconds.
    pub at: i64,
    /// Whether the person asked for a further account, beside the one in use (ACC-14).
    pub adds: bool,
}

/// Signs the new account in.
pub async fn enter(realm: &Realm, visit: &Visit, started: &Started<'_>, tx: &mut Tx) -> Result<Established> {
    let user_id = started.user_id;
    let Started { amr, at, adds, .. } = started;
    let proof = Proof { user_id, amr, auth_time: *at, continues: false, adds: *adds };
    let established = establish::establish_in(realm, visit, &proof, tx).await?;
    audit::record(&mut *tx, &events::of_visit(realm, visit, "account.registered", Some(user_id))).await?;
    events::record_success(realm, visit, &proof, tx).await?;
    Ok(established)
}

#[cfg(test)]
mod tests {
    use testbed::in_flight::is_read_by_both;

    use super::*;

    #[test]
    fn upg1_an_account_that_was_asked_for_at_the_release_before_waits_for_its_proof() {
        is_read_by_both::<Waiting>(
            r#"{"user":{"id":"u","email":"ada@example.org","name":"Ada","claims":{"zoneinfo":"Europe/Paris"},
                "usernames":["ada"],"password_hash":"$argon2id$","role":"individual","language":"fr"},
                "typed_at":1800000000,"assertion":null}"#,
        );
    }
}
