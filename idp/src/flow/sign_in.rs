//! Signing in with a password.

use database::again;
use protocol::acr::{self, Amr};

use super::{
    Result, events, once,
    sessions::establish::{self, Established, Proof},
    throttle::{self, Attempt, Owner},
};
use crate::{
    authn::{hasher::Check, password, queue::Turn},
    realm::Realm,
    session::{Visit, interaction::Interaction},
    store::{audit, pending, users},
};

/// The result of a sign-in form.
pub enum Outcome {
    /// Signed in: the new value of the session cookie.
    SignedIn(String),
    /// Address and password don't belong together. An unknown address, a wrong password and a disabled account give the
    /// same result (S24).
    Wrong,
}
opaque!(Outcome);

/// What a person typed to sign in.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// The address; it may have no account.
    pub email: &'a str,
    /// The password as typed.
    pub password: &'a str,
}
opaque!(Credentials<'_>);

/// Checks address and password. An unknown address takes as long as a known one (W7). The turn at the password threads
/// ends with the check.
pub async fn with_password(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    typed: Credentials<'_>,
    turn: Turn,
) -> Result<Outcome> {
    let (claimed, attempt) = claim(realm, visit, typed.email).await?;
    let judged = async {
        let checked = check(realm, turn, claimed.as_ref(), typed.password).await?;
        let claimed = claimed.as_ref().map(|account| account.id.as_str());
        if let (Some(hash), Some(user_id)) = (checked, claimed) {
            let right = Right { owner: Owner { email: typed.email, user_id }, hash: &hash };
            return enter(realm, visit, interaction, right, &attempt).await;
        }
        throttle::failed(realm, &attempt, &events::of_visit(realm, visit, "sign_in.failed", claimed)).await?;
        Ok(Outcome::Wrong)
    };
    throttle::unless_failing(realm, &attempt, judged).await
}

/// The account whose address was typed: what is needed of it while the password is checked.
struct Claimed {
    id: String,
    password_hash: Option<String>,
    is_disabled: bool,
}

/// Counts an attempt at a password before it is checked. `user_id` is the account of the address, if there is one.
pub(super) async fn count(
    realm: &Realm,
    visit: &Visit,
    email: &str,
    user_id: Option<&str>,
) -> Result<Attempt> {
    let counted = throttle::password(realm, visit, email, user_id).await;
    let waits = events::of_visit(realm, visit, "sign_in.throttled", user_id);
    events::noting_a_wait(realm, &waits, counted).await
}

/// Finds the account of the address, if there is one, and counts the attempt.
async fn claim(realm: &Realm, visit: &Visit, email: &str) -> Result<(Option<Claimed>, Attempt)> {
    let user = users::by_email(&realm.store.facts, email).await?;
    let claimed = user.map(|user| Claimed {
        is_disabled: user.disabled_at.is_some(),
        id: user.id,
        password_hash: user.password_hash,
    });
    let id = claimed.as_ref().map(|account| account.id.as_str());
    let attempt = count(realm, visit, email, id).await?;
    Ok((claimed, attempt))
}

/// A password that was right when it was checked.
#[derive(Clone, Copy)]
struct Right<'a> {
    owner: Owner<'a>,
    /// The hash that the account has for it.
    hash: &'a str,
}

/// Signs in the person who typed the right password.
async fn enter(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    Right { owner, hash }: Right<'_>,
    attempt: &Attempt,
) -> Result<Outcome> {
    let user_id = owner.user_id;
    let amr = Amr::from_iter([acr::PWD]);
    let adds = interaction.wanted().further;
    let proof = Proof { user_id, amr: &amr, auth_time: realm.now(), continues: false, adds };
    let session = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        // the account may have been disabled, or its password changed, since it was read
        if !users::hold_with_password(&mut tx, user_id, hash).await? {
            return Ok(None);
        }
        let session = establish::establish_in(realm, visit, &proof, &mut tx).await?;
        audit::record(&mut tx, &events::of_visit(realm, visit, "password.accepted", Some(user_id))).await?;
        events::record_success(realm, visit, &proof, &mut tx).await?;
        throttle::password_succeeded(realm, &mut tx, visit, owner, attempt).await?;
        settle(realm, visit, interaction, &session, &mut tx).await?;
        session.dead_ids.commit(realm, tx).await?;
        Result::Ok(Some(session))
    });
    let Some(session) = session? else {
        // the attempt was neither right nor wrong
        throttle::take_back(realm, attempt).await;
        return Ok(Outcome::Wrong);
    };
    Ok(Outcome::SignedIn(session.value))
}

/// The account's hash, if the password is right and the account may sign in. Renews an outdated hash.
async fn check(realm: &Realm, turn: Turn, claimed: Option<&Claimed>, typed: &str) -> Result<Option<String>> {
    let stored = claimed.and_then(|account| account.password_hash.clone());
    // a text that can't be a password is checked against no hash, so that the answer takes as long
    let (password, stored) = match password::normalise(typed) {
        Ok(password) => (password, stored),
        Err(_) => match password::normalise("-") {
            Ok(placeholder) => (placeholder, None),
            Err(_) => return Ok(None),
        },
    };
    let verdict = realm.hasher.verify(&turn, password, stored).await?;
    let (Check::Match { rehash }, Some(account)) = (verdict, claimed) else { return Ok(None) };
    let (false, Some(hash)) = (account.is_disabled, &account.password_hash) else { return Ok(None) };
    if let (true, Ok(password)) = (rehash, password::normalise(typed)) {
        let new = realm.hasher.hash(&turn, password, realm.bytes()).await;
        drop(turn);
        // if the hash could not be made or was replaced meanwhile, the old one stays what was checked
        if let Ok(new) = new
            && users::rehash(&realm.store.facts, &account.id, hash, &new, realm.now()).await? == 1
        {
            return Ok(Some(new));
        }
    }
    Ok(Some(hash.clone()))
}

/// The last part of the transaction of a form that signs in: records the form's outcome and notes the sign-in in the
/// interaction. If the note fails, the person only sees the sign-in page once more.
pub async fn settle(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    session: &Established,
    tx: &mut database::Tx,
) -> Result<()> {
    once::settle(
        realm,
        visit,
        tx,
        &once::Outcome::to(interaction.path()).signed_in(&session.sid, &session.value),
    )
    .await?;
    if let Err(error) =
        pending::authenticated(&realm.store.pending, &interaction.id_hash(), &session.sid).await
    {
        tracing::warn!(%error, "a sign-in was not noted in its interaction");
    }
    Ok(())
}
