//! Notices to an account's owner of what happened to it (W11, ACC-8).

use clock::when::When;
use database::Tx;
use language::{Language, Message};
use protocol::email::Address;

use super::{
    Error, Result,
    mail_links::{self, Purpose, Request},
    outbox::mail::{self as post, About},
    throttle,
};
use crate::{
    mail::{
        letter::{Letter, Reader, Sender},
        letters::{self, Seen},
    },
    realm::Realm,
    session::{Visit, device},
    store::users::{self, User},
    words,
};

/// How long a notice is of use, in seconds.
const LIFE_SECONDS: i64 = 3 * 24 * 3600;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice<'a> {
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
    DeletionAsked {
        /// For how many days they can come back.
        days: i64,
    },
    /// The owner has come back.
    DeletionTakenBack,
    /// An account at another provider signs in from now on.
    UpstreamConnected {
        /// The provider's name.
        name: &'a str,
    },
    /// An account at another provider signs in no more.
    UpstreamDisconnected {
        /// The provider's name.
        name: &'a str,
    },
    /// A link of an operator was used: password and second factor are new.
    SetUpAgain,
}

impl Notice<'_> {
    /// The id of its heading, and its sentence.
    fn words(self) -> (&'static str, Message) {
        let (heading, sentence) = match self {
            Self::PasswordSet => ("notice-password-set", "notice-password-set-text"),
            Self::PasswordChanged => ("notice-password-changed", "notice-password-changed-text"),
            Self::AppSet => ("notice-app-set", "notice-app-set-text"),
            Self::PasskeyAdded => ("notice-passkey-added", "notice-passkey-added-text"),
            Self::PasskeyRemoved => ("notice-passkey-removed", "notice-passkey-removed-text"),
            Self::NewCodes => ("notice-new-codes", "notice-new-codes-text"),
            Self::CodeUsed => ("notice-code-used", "notice-code-used-text"),
            Self::FactorsTaken => ("notice-factors-taken", "notice-factors-taken-text"),
            Self::DeletionAsked { days } => {
                let sentence = Message::new("notice-deletion-asked-text");
                return ("notice-deletion-asked", sentence.with("days", days));
            }
            Self::DeletionTakenBack => ("notice-deletion-taken-back", "notice-deletion-taken-back-text"),
            Self::UpstreamConnected { name } => {
                let sentence = Message::new("notice-upstream-connected-text");
                return ("notice-upstream-connected", sentence.with("provider", name));
            }
            Self::UpstreamDisconnected { name } => {
                let sentence = Message::new("notice-upstream-disconnected-text");
                return ("notice-upstream-disconnected", sentence.with("provider", name));
            }
            Self::SetUpAgain => ("notice-set-up-again", "notice-set-up-again-text"),
        };
        (heading, Message::new(sentence))
    }
}

/// Tells the owner, in the transaction of what happened. The same notice again within minutes is left out.
pub async fn tell(
    realm: &Realm,
    visit: &Visit,
    tx: &mut Tx,
    user_id: &str,
    notice: Notice<'_>,
) -> Result<()> {
    tell_of(realm, Some(visit), tx, user_id, notice).await
}

/// [`tell`] of what an operator did.
pub async fn tell_of_operator(realm: &Realm, tx: &mut Tx, user_id: &str, notice: Notice<'_>) -> Result<()> {
    tell_of(realm, None, tx, user_id, notice).await
}

async fn tell_of(
    realm: &Realm,
    visit: Option<&Visit>,
    tx: &mut Tx,
    user_id: &str,
    notice: Notice<'_>,
) -> Result<()> {
    let (heading, sentence) = notice.words();
    let Some(user) = to_tell(realm, tx, user_id, heading).await? else { return Ok(()) };
    let seen = visit.map_or_else(|| seen_nowhere(realm), |visit| seen(realm, visit));
    let letter = letters::notice(Message::new(heading), sentence, &realm.config.issuer, &seen);
    post(realm, tx, owner(realm, None, &user), &letter, about(&user)).await
}

/// Tells the owner that a browser was signed in from which the account was never used.
pub async fn tell_of_new_device(realm: &Realm, visit: &Visit, tx: &mut Tx, user_id: &str) -> Result<()> {
    let Some(user) = to_tell(realm, tx, user_id, "new device").await? else { return Ok(()) };
    let Some(address) = Address::parse(&user.email) else { return Ok(()) };
    let reader = owner(realm, None, &user);
    let request = Request {
        purpose: Purpose::Disown,
        address: &address,
        reader,
        user_id: Some(user_id),
        detail: None,
        interaction: None,
    };
    let url = mail_links::add(realm, visit, tx, request).await?;
    let letter = letters::new_device(&url, &seen(realm, visit));
    post(realm, tx, reader, &letter, about(&user)).await
}

/// The account to tell, if the realm sends mail and has not just told the same.
async fn to_tell(realm: &Realm, tx: &mut Tx, user_id: &str, kind: &str) -> Result<Option<User>> {
    if realm.mailer.is_none() || !throttle::has_room_for_notice(realm, tx, user_id, kind).await? {
        return Ok(None);
    }
    Ok(users::by_id(tx, user_id).await?)
}

fn about(user: &User) -> About<'_> {
    About { user_id: &user.id, life_seconds: LIFE_SECONDS, is_awaited: false }
}

/// The owner of an account, who reads in the language of the account. `request` is the language of
/// whoever asked for the letter, for an account without one; a notice that nobody asked for has none, so that no
/// stranger's browser decides about it.
pub(super) fn owner<'a>(realm: &Realm, request: Option<Language>, user: &'a User) -> Reader<'a> {
    let language = words::of_account(&realm.config.languages, user.language.as_deref(), request);
    Reader { address: &user.email, language }
}

/// Puts a letter into the outbox, inside a transaction.
pub(super) async fn post(
    realm: &Realm,
    tx: &mut Tx,
    reader: Reader<'_>,
    letter: &Letter,
    about: About<'_>,
) -> Result<()> {
    let light = &realm.config.theme.light;
    let sender = Sender { product: &realm.config.product, button: (light.accent, light.on_accent) };
    let mail = letter.to(reader.address, sender, reader.language);
    let mail = mail.map_err(|error| Error::Internal(error.into()))?;
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

fn now(realm: &Realm) -> When {
    realm.config.time_zone.at(realm.now())
}
