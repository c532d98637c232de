//! What people do by a mail (W10, S24, S25).
//!
//! Somebody asks for a mail, on a page that says the same whatever is true of the address: "look into your mailbox". The
//! mail says what is true. If the address is what it has to be, the mail has a link and a code. Opening the link shows a
//! page with a button; only the button counts. The code is typed into the browser where the person began.
//!
//! * `by_address`: mails that anybody may ask for who knows an address
//! * `registration`: a new account
//! * `first_passkey`: a new account without a password
//! * `reset`: a new password
//! * `sign_in`: signing in without the password
//! * `address`: confirming an address, and changing to another one
//! * `again`: another mail instead of one that did not arrive
//! * `disown`: "this was not me"

use database::again;
use protocol::{email::Address, secret, typed};

use super::{
    Result, events,
    mail_links::{Purpose, Request, Shown},
    notices, once,
    outbox::mail as post,
    sessions::establish::Established,
    throttle,
};
use crate::{
    mail::{letter::Letter, letters::Proof},
    paths,
    realm::Realm,
    session::{Visit, interaction::Interaction},
    store::{
        audit,
        mailed_links::{self, MailedLink},
        pending,
    },
};

pub mod address;
pub mod again;
mod by_address;
pub mod disown;
pub mod first_passkey;
pub mod registration;
pub mod reset;
pub mod sign_in;

/// How often a code may be tried.
const MOST_TRIES: i64 = 5;

/// Counts a mail that somebody asks for, whatever the address is: so many to one address, so many from one.
pub async fn count(realm: &Realm, visit: &Visit, address: &Address) -> Result<()> {
    throttle::mail(realm, visit.origin.address, &address.written).await
}

/// Sends the mail. Returns the path of the page that waits for its code. `write` gets the link and the code; a letter that
/// does not tell them makes them useless.
pub async fn ask(
    realm: &Realm,
    visit: &Visit,
    request: Request<'_>,
    write: impl Fn(Proof<'_>) -> Letter,
) -> Result<String> {
    let path = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let path = put(realm, visit, &mut tx, request, &write).await?;
        tx.commit().await?;
        Result::Ok(path)
    })?;
    post::wake(realm);
    Ok(path)
}

/// Puts the mail into the outbox.
async fn put(
    realm: &Realm,
    visit: &Visit,
    tx: &mut database::Tx,
    request: Request<'_>,
    write: impl Fn(Proof<'_>) -> Letter,
) -> Result<String> {
    let (token, code) = (realm.new_token(), new_code(realm));
    let (row, life_seconds) = (request.row(realm, visit)?, request.purpose.life_seconds());
    let link = MailedLink { code_hash: Some(code_hash(realm, &row.id, &code)), ..row };
    let link_hash = secret::hash(&token);
    match request.purpose {
        Purpose::Reset => mailed_links::supersede(tx, &link, &link_hash).await?,
        Purpose::SignIn => mailed_links::supersede_here(tx, &link, &link_hash).await?,
        _ => mailed_links::replace(tx, &link, &link_hash).await?,
    }
    let url = request.url(realm, &token);
    let grouped = grouped(&code);
    let letter = write(Proof { url: &url, code: &grouped, minutes: life_seconds / 60 });
    let user_id = request.user_id.unwrap_or_default();
    let about = post::About { user_id, life_seconds, is_awaited: true };
    notices::post(realm, tx, request.reader, &letter, about).await?;
    if let Some(id) = request.interaction {
        // the interaction waits as long as its mail
        pending::prolong(&realm.store.pending, &secret::hash(id), realm.now(), link.expires_at).await?;
    }
    let path = paths::mailed(&link.id);
    let event = events::of_visit(realm, visit, "mail.asked", request.user_id);
    audit::record(&mut *tx, &audit::Event { detail: Some(request.purpose.as_str()), ..event }).await?;
    once::settle(realm, visit, tx, &once::Outcome::to(path.clone())).await?;
    Ok(path)
}

/// A page that waits for a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What the mail is for.
    pub purpose: Purpose,
    /// The address that was asked for.
    pub address: String,
    /// The account that it is about. Nothing on a page may depend on it, unless the person is signed in.
    pub user_id: Option<String>,
    /// The interaction to go back to.
    pub interaction: Option<String>,
    /// Whether its link or code was used.
    pub is_used: bool,
}

/// The mail that this browser asked for; `None` for any other browser.
pub async fn waiting(realm: &Realm, visit: &Visit, id: &str) -> Result<Option<Waiting>> {
    Ok(asked_here(realm, visit, id).await?.and_then(|link| {
        let purpose = Purpose::of(&link)?;
        let MailedLink { address, user_id, interaction, used_at, .. } = link;
        Some(Waiting { purpose, address, user_id, interaction, is_used: used_at.is_some() })
    }))
}

async fn asked_here(realm: &Realm, visit: &Visit, id: &str) -> Result<Option<MailedLink>> {
    let link = mailed_links::find(&realm.store.facts, id).await?;
    Ok(link.filter(|link| visit.browser_hashes().any(|browser| browser == link.browser_hash)))
}

/// What a typed code leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Typed {
    /// It is right, and may be used for this.
    Right(Purpose, Shown),
    /// It is right, and became a link. Its page is at this path.
    Link(String),
    /// It is not right.
    Wrong,
    /// No code of this mail works any more.
    Over,
}

/// Judges a code that was typed into the browser that asked for the mail. Wrong codes are counted for the mail and for
/// the address, whether or not that has an account (W8).
pub async fn code(realm: &Realm, visit: &Visit, id: &str, code: &str) -> Result<Typed> {
    let facts = &realm.store.facts;
    let Some(waiting) = waiting(realm, visit, id).await? else { return Ok(Typed::Over) };
    let attempt = throttle::mailed_code(realm, &waiting.address).await?;
    let judged = async {
        let tried = mailed_links::try_code(facts, id, MOST_TRIES, realm.now()).await?;
        let Some((link, hash)) = tried.and_then(|link| link.code_hash.clone().map(|hash| (link, hash)))
        else {
            throttle::take_back(realm, &attempt).await;
            return Ok(Typed::Over);
        };
        let digits: String = typed::code(code).chars().filter(char::is_ascii_digit).collect();
        if !secret::eq(code_hash(realm, id, &digits).as_bytes(), hash.as_bytes()) {
            let event = events::of_visit(realm, visit, "mail_code.failed", link.user_id.as_deref());
            throttle::failed(realm, &attempt, &event).await?;
            return Ok(Typed::Wrong);
        }
        throttle::mailed_code_succeeded(realm, &attempt).await?;
        let has_a_page = match waiting.purpose {
            Purpose::Reset => true,
            Purpose::Register => registration::Waiting::of(realm, &link)?.needs_passkey(),
            _ => false,
        };
        if has_a_page {
            return exchange(realm, visit, (id, &hash), waiting.purpose).await;
        }
        Ok(Typed::Right(waiting.purpose, Shown::Code { id: id.to_owned(), hash }))
    };
    throttle::unless_failing(realm, &attempt, judged).await
}

/// Exchanges a right code (mail and hash) for a link, whose page comes next.
async fn exchange(realm: &Realm, visit: &Visit, (id, hash): (&str, &str), purpose: Purpose) -> Result<Typed> {
    let token = realm.new_token();
    let path = purpose.path(&token);
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !mailed_links::exchange(&mut tx, id, hash, &secret::hash(&token), realm.now()).await? {
            return Ok(Typed::Over);
        }
        once::settle(realm, visit, &mut tx, &once::Outcome::to(path.clone())).await?;
        tx.commit().await?;
        Result::Ok(Typed::Link(path.clone()))
    })
}

/// A browser that a mail has signed in.
pub struct SignedIn {
    /// The value of the session cookie.
    pub cookie: String,
    /// Where the browser goes on.
    pub path: String,
}
opaque!(SignedIn);

/// The last part of the transaction of a mail that signs in. Returns where the browser goes on: to the interaction that the
/// mail was asked for in, or to the account.
async fn lead_on(
    realm: &Realm,
    visit: &Visit,
    link: &MailedLink,
    session: &Established,
    tx: &mut database::Tx,
) -> Result<String> {
    if let Some(interaction) = interaction_of(realm, visit, link).await? {
        super::sign_in::settle(realm, visit, &interaction, session, tx).await?;
        return Ok(interaction.path());
    }
    let outcome = once::Outcome::to(paths::ACCOUNT).signed_in(&session.sid, &session.value);
    once::settle(realm, visit, tx, &outcome).await?;
    Ok(paths::ACCOUNT.to_owned())
}

/// The interaction that the mail was asked for in, if this browser began it.
async fn interaction_of(realm: &Realm, visit: &Visit, link: &MailedLink) -> Result<Option<Interaction>> {
    Ok(match &link.interaction {
        Some(id) => Interaction::load(realm, visit, id).await?,
        None => None,
    })
}

/// Whether the mail was asked for to sign in to a further account, beside the one in use (ACC-14).
async fn adds(realm: &Realm, visit: &Visit, link: &MailedLink) -> Result<bool> {
    if visit.session.is_none() {
        return Ok(false);
    }
    let interaction = interaction_of(realm, visit, link).await?;
    Ok(interaction.is_some_and(|interaction| interaction.wanted().further))
}

/// Eight random digits.
fn new_code(realm: &Realm) -> String {
    format!("{:08}", u64::from_be_bytes(realm.bytes()) % 100_000_000)
}

fn grouped(code: &str) -> String {
    match code.split_at_checked(code.len() / 2) {
        Some((first, second)) => format!("{first} {second}"),
        None => code.to_owned(),
    }
}

/// A code is short, so its hash is keyed: whoever reads the database can't try all codes.
fn code_hash(realm: &Realm, id: &str, code: &str) -> String {
    realm.secrets.hidden(&["mailed code", id, code].join("\u{1f}"))
}
