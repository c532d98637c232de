//! Notices to an account's owner of what happened to it (W11, ACC-8).

use database::Tx;
use protocol::email::Address;

use super::{
    Error, Result,
    mail_links::{self, Purpose, Request},
    outbox::mail::{self as post, About},
    throttle,
};
use crate::{
    mail::{
        letter::Letter,
        letters::{self, Seen},
    },
    realm::Realm,
    session::{Visit, device},
    store::users::{self, User},
};

/// How long a notice is of use, in seconds.
const LIFE_SECONDS: i64 = 3 * 24 * 3600;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The account has got its first password.
    PasswordSet,
    /// The password is another one.
    PasswordChanged,
    /// An authenticator app is set up, perhaps instead of another one.
    AppSet,
    /// There is one more passkey.
    PasskeyAdded,
    /// There is one passkey less.
    PasskeyRemoved,
    /// There are new recovery codes instead of the old ones.
    NewCodes,
    /// Somebody got in with a recovery code.
    CodeUsed,
    /// An operator took password and second factors away.
    FactorsTaken,
    /// The owner wants to leave.
    DeletionAsked,
    /// The owner has come back.
    DeletionTakenBack,
    /// A link of an operator was used: password and second factor are new.
    SetUpAgain,
}

impl Notice {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::PasswordSet => {
                ("Your account has a password", "Your account had no password before. Now it has one.")
            }
            Self::FactorsTaken => (
                "Your account has to be set up again",
                "Password and second factor of your account were taken away, and everybody is signed out. You get a link \
                 to set them up again.",
            ),
            Self::DeletionAsked => (
                "Your account is going to be deleted",
                "It is deleted for good in 14 days, and everybody is signed out. If you sign in before, it stays.",
            ),
            Self::DeletionTakenBack => (
                "Your account stays",
                "Your account was going to be deleted. Somebody has signed in to it, so it stays.",
            ),
            Self::SetUpAgain => (
                "Your account was set up again",
                "Your account has a new password and a new second factor. The old ones do not work any more.",
            ),
            Self::PasswordChanged => (
                "Your password was changed",
                "Your account has a new password. The old one does not work any more.",
            ),
            Self::AppSet => (
                "An authenticator app was set up",
                "Your account asks for the codes of a new authenticator app. Those of an app before it do not work any more.",
            ),
            Self::PasskeyAdded => (
                "A passkey was added",
                "Your account has a new passkey. Whoever has its device can sign in with it.",
            ),
            Self::PasskeyRemoved => {
                ("A passkey was removed", "One of the passkeys of your account does not work any more.")
            }
            Self::NewCodes => (
                "New recovery codes",
                "Your account has new recovery codes. The old ones do not work any more.",
            ),
            Self::CodeUsed => (
                "A recovery code was used",
                "Somebody signed in to your account with one of its recovery codes.",
            ),
        }
    }
}

/// Tells the owner, in the transaction of what happened. The same notice again within minutes is left out.
pub async fn tell(realm: &Realm, visit: &Visit, tx: &mut Tx, user_id: &str, notice: Notice) -> Result<()> {
    tell_seen(realm, tx, user_id, notice, &seen(realm, visit)).await
}

/// [`tell`] of what an operator did.
pub async fn tell_of_operator(realm: &Realm, tx: &mut Tx, user_id: &str, notice: Notice) -> Result<()> {
    tell_seen(realm, tx, user_id, notice, &seen_nowhere(realm)).await
}

async fn tell_seen(realm: &Realm, tx: &mut Tx, user_id: &str, notice: Notice, seen: &Seen) -> Result<()> {
    let (heading, sentence) = notice.words();
    let Some(user) = reader(realm, tx, user_id, heading).await? else { return Ok(()) };
    let letter = letters::notice(heading, sentence, &realm.config.issuer, seen);
    post(realm, tx, &user.email, &letter, about(&user)).await
}

/// Tells the owner that a browser was signed in from which the account was never used.
pub async fn tell_of_new_device(realm: &Realm, visit: &Visit, tx: &mut Tx, user_id: &str) -> Result<()> {
    let Some(user) = reader(realm, tx, user_id, "new device").await? else { return Ok(()) };
    let Some(address) = Address::parse(&user.email) else { return Ok(()) };
    let request = Request {
        purpose: Purpose::Disown,
        address: &address,
        reader: &user.email,
        user_id: Some(user_id),
        detail: None,
        interaction: None,
    };
    let url = mail_links::add(realm, visit, tx, request).await?;
    let letter = letters::new_device(&url, &seen(realm, visit));
    post(realm, tx, &user.email, &letter, about(&user)).await
}

/// The account to tell, if the realm sends mail and has not just told the same.
async fn reader(realm: &Realm, tx: &mut Tx, user_id: &str, kind: &str) -> Result<Option<User>> {
    if realm.mailer.is_none() || !throttle::has_room_for_notice(realm, tx, user_id, kind).await? {
        return Ok(None);
    }
    Ok(users::by_id(tx, user_id).await?)
}

fn about(user: &User) -> About<'_> {
    About { user_id: &user.id, life_seconds: LIFE_SECONDS, is_awaited: false }
}

/// Puts a letter into the outbox, inside a transaction.
pub(super) async fn post(
    realm: &Realm,
    tx: &mut Tx,
    reader: &str,
    letter: &Letter,
    about: About<'_>,
) -> Result<()> {
    let mail = letter.to(reader, &realm.config.product).map_err(|error| Error::Internal(error.into()))?;
    post::put(realm, tx, &mail, about).await
}

/// The visit as its person recognises it.
pub(super) fn seen(realm: &Realm, visit: &Visit) -> Seen {
    let origin = &visit.origin;
    Seen { when: now(realm), from: Some((device::name(&origin.user_agent), origin.address.to_string())) }
}

/// The time alone.
pub(super) fn seen_nowhere(realm: &Realm) -> Seen {
    Seen { when: now(realm), from: None }
}

fn now(realm: &Realm) -> String {
    realm.config.time_zone.at(realm.now()).text
}
