//! Making one's own account, where the realm allows it.

use database::again;
use protocol::{
    acr::{self, Amr},
    email::Address,
    typed, username,
};

use super::{Result, sign_in, throttle};
use crate::{
    authn::{
        password::{self, Password, PasswordFault},
        queue::Turn,
    },
    realm::Realm,
    session::{Visit, interaction::Interaction},
    store::{
        audit,
        users::{self, NewUser},
    },
};

/// Longest name that is accepted, code points.
const MAX_NAME: usize = 100;

/// What a person fills in.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    /// The e-mail address.
    pub email: &'a str,
    /// The name to show; may be empty.
    pub name: &'a str,
    /// The new password.
    pub password: &'a str,
}

impl std::fmt::Debug for Form<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Form([redacted])")
    }
}

/// A field that can't be accepted, with a sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `email`, `name` or `password`.
    pub field: &'static str,
    /// What to change.
    pub message: String,
}

/// What came of the form.
pub enum Outcome {
    /// The account exists and is signed in: the session cookie.
    Registered(String),
    /// Something to change.
    Fault(Fault),
}
opaque!(Outcome);

/// Makes the account and signs it in, in one transaction.
pub async fn register(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    form: Form<'_>,
    turn: Turn,
) -> Result<Outcome> {
    throttle::address(realm, "register", visit.origin.address).await?;
    let user = match account(realm, form, &realm.config.registration.role, turn).await? {
        Ok(user) => user,
        Err(fault) => return Ok(Outcome::Fault(fault)),
    };
    let amr = Amr::from_iter([acr::PWD]);
    let proof = sign_in::Proof { user_id: &user.id, amr: &amr, auth_time: realm.now() };
    let established = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        match users::insert(&mut tx, &user, realm.now()).await {
            Err(error) if error.is_conflict() => return Ok(None),
            other => other?,
        }
        let established = sign_in::establish_in(realm, visit, &proof, &mut tx).await?;
        audit::record(&mut tx, &sign_in::event(realm, visit, "account.registered", Some(&user.id))).await?;
        sign_in::record_success(realm, visit, &proof, &mut tx).await?;
        sign_in::settle(realm, visit, interaction, (&established, &mut tx)).await?;
        established.dead_ids.commit(realm, tx).await?;
        Result::Ok(Some(established))
    });
    let Some(established) = established? else { return Ok(Outcome::Fault(taken())) };
    Ok(Outcome::Registered(established.value))
}

/// A new account out of what was filled in, or what to change. Nothing is stored yet. The turn is over with it.
pub async fn account(
    realm: &Realm,
    form: Form<'_>,
    role: &str,
    turn: Turn,
) -> Result<std::result::Result<NewUser, Fault>> {
    let (address, name, password) = match readable(form) {
        Ok(readable) => readable,
        Err(fault) => return Ok(Err(fault)),
    };
    let judged = {
        let (policy, password) = (realm.config.passwords.policy.clone(), password.clone());
        let own_words = [address.written.clone(), name.clone()];
        realm.hasher.compute(&turn, move || policy.judge(&password, &own_words)).await?
    };
    if let Err(fault) = judged {
        return Ok(Err(in_password(fault)));
    }
    let password_hash = realm.hasher.hash(&turn, password, realm.bytes()).await?;
    Ok(Ok(NewUser {
        id: realm.new_id(),
        usernames: usernames(realm, &address.written),
        email: address.written,
        name,
        password_hash: Some(password_hash),
        role: role.to_owned(),
    }))
}

/// Usernames to try for a new account.
pub(super) fn usernames(realm: &Realm, email: &str) -> Vec<String> {
    username::candidates(email, u32::from_be_bytes(realm.bytes()))
}

/// What can be told of the fields at a glance.
fn readable(form: Form<'_>) -> std::result::Result<(Address, String, Password), Fault> {
    let (address, name) = judge_identity(form.email, form.name)?;
    let password = password::normalise(form.password).map_err(in_password)?;
    Ok((address, name, password))
}

fn in_password(fault: PasswordFault) -> Fault {
    Fault { field: "password", message: fault.message() }
}

/// Judges who an account is for; the answer is the address and the name as they were meant.
pub(super) fn judge_identity(email: &str, name: &str) -> std::result::Result<(Address, String), Fault> {
    let fault = |field, message: &str| Fault { field, message: message.to_owned() };
    let address = Address::parse(email)
        .ok_or_else(|| fault("email", "Enter an e-mail address like name@example.com."))?;
    let name = typed::name(name).map_err(|_| {
        let told = "There were characters in this name that nobody can see. They are gone now: check the name and go on.";
        fault("name", told)
    })?;
    if name.chars().count() > MAX_NAME {
        return Err(fault("name", "Use a name of at most 100 characters."));
    }
    Ok((address, name))
}

/// What a person whose address has an account already is told.
pub fn taken() -> Fault {
    Fault {
        field: "email",
        message: "We could not make an account with this address. If it is yours, sign in instead."
            .to_owned(),
    }
}
