//! Mails on their way: sealed while they wait, since some of them let their reader into an account.

use anyhow::anyhow;

use super::Failure;
use crate::{
    flow::{Error, Result},
    mail::{Mail, SendError},
    realm::Realm,
    store::{
        outbox::{self, Delivery},
        to_json,
    },
};

const CONTEXT: &str = "mail";
/// All mails of a realm leave by one server. Those that somebody waits for don't wait for the others.
const AWAITED: &str = "mail server, awaited";
const NOTICES: &str = "mail server";

/// What a mail is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The account; empty when there is none.
    pub user_id: &'a str,
    /// How long the mail is of use, in seconds.
    pub life_seconds: i64,
    /// Whether somebody waits for it.
    pub is_awaited: bool,
}

/// Puts a mail into the outbox, inside the transaction of what it is about. Once that is committed,
/// [`wake`] has it sent at once.
pub async fn put(realm: &Realm, tx: &mut database::Tx, mail: &Mail, about: About<'_>) -> Result<()> {
    let sealed = realm.secrets.sealing.seal(to_json(mail).as_bytes(), CONTEXT, realm.bytes());
    let now = realm.now();
    let delivery = Delivery {
        id: realm.new_id(),
        kind: outbox::MAIL.to_owned(),
        lane: if about.is_awaited { AWAITED } else { NOTICES }.to_owned(),
        subject: about.user_id.to_owned(),
        message: sealed.map_err(|error| Error::Internal(error.into()))?,
        attempts: 0,
        expires_at: now + about.life_seconds,
    };
    Ok(outbox::enqueue(tx, &delivery, now).await?)
}

/// Wakes the job that sends.
pub fn wake(realm: &Realm) {
    realm.outbox.notify_one();
}

pub(super) async fn send(realm: &Realm, delivery: &Delivery) -> std::result::Result<(), Failure> {
    let Some(mailer) = &realm.mailer else {
        return Err(Failure::Passing(anyhow!("this realm has no way to send mail any more")));
    };
    let mail = realm.secrets.sealing.open(&delivery.message, CONTEXT);
    let mail: Option<Mail> = mail.and_then(|json| serde_json::from_slice(&json).ok());
    let Some(mail) = mail else {
        return Err(Failure::Lasting(anyhow!("no key-encryption key opens it")));
    };
    match mailer.send(&delivery.id, &mail, realm.now()).await {
        Ok(()) => Ok(()),
        Err(SendError { error, is_lasting: true }) => Err(Failure::Lasting(error)),
        Err(SendError { error, is_lasting: false }) => Err(Failure::Passing(error)),
    }
}
