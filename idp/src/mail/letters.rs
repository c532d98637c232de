//! Everything that the realm writes to people.
//!
//! A letter says what is true, to whoever reads the mailbox. The page on which somebody asked for it says the same
//! whatever that is (S24).

use clock::when::When;
use language::{Message, moment};

use super::letter::{Button, Letter};
use crate::paths;

/// A link and a code that prove that somebody reads the mailbox.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    /// Where the link leads.
    pub url: &'a str,
    /// The code, in groups.
    pub code: &'a str,
    /// How long both work.
    pub minutes: i64,
}
opaque!(Proof<'_>);

/// When and from where something was done, as its person recognises it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// When, with the time zone.
    pub when: When,
    /// The browser with its device, and its network address; `None` for what operators do.
    pub from: Option<(Message, String)>,
}

impl Seen {
    fn facts(&self) -> Vec<(Message, Message)> {
        let mut facts = vec![(Message::new("letter-when"), moment(&self.when))];
        if let Some((device, address)) = &self.from {
            facts.extend([
                (Message::new("letter-device"), device.clone()),
                (Message::new("letter-address"), Message::verbatim(address.as_str())),
            ]);
        }
        facts
    }
}

const IGNORE: Message = Message::new("letter-ignore");
const NOT_YOU: Message = Message::new("letter-not-you");
const WAS_YOU: Message = Message::new("letter-was-you");
const HERE: Message = Message::new("letter-here");

fn once(minutes: i64) -> Message {
    Message::new("letter-once").with("minutes", minutes)
}

fn button(label: &'static str, url: impl Into<String>) -> Button {
    Button { label: Message::new(label), url: url.into() }
}

/// Where a forgotten password is replaced. It has a line of its own: mail programs make it a link.
fn recover_url(issuer: &str) -> Message {
    Message::verbatim([issuer, paths::RECOVER].concat())
}

/// To somebody who forgot the password.
pub fn reset(proof: Proof<'_>, seen: &Seen) -> Letter {
    Letter {
        paragraphs: vec![Message::new("letter-reset-text")],
        facts: seen.facts(),
        button: Some(button("choose-new-password", proof.url)),
        code: Some(proof.code.to_owned()),
        remarks: vec![once(proof.minutes), IGNORE],
        ..Letter::about(Message::new("choose-new-password"))
    }
}

/// To an address without an account, for which somebody asked for a new password.
pub fn no_account(seen: &Seen) -> Letter {
    Letter {
        paragraphs: vec![Message::new("letter-no-account-text"), Message::new("letter-no-account-hint")],
        facts: seen.facts(),
        remarks: vec![NOT_YOU],
        ..Letter::about(Message::new("letter-no-account"))
    }
}

/// To the owner of an account that can't be used at the moment.
pub fn disabled(seen: &Seen) -> Letter {
    Letter {
        paragraphs: vec![Message::new("letter-disabled-text"), Message::new("letter-disabled-hint")],
        facts: seen.facts(),
        ..Letter::about(Message::new("letter-disabled"))
    }
}

/// To the owner of an account that was never set up, or whose second factor was taken away, where one is needed.
pub fn not_set_up(seen: &Seen) -> Letter {
    Letter {
        paragraphs: vec![Message::new("letter-not-set-up-text"), Message::new("letter-not-set-up-hint")],
        facts: seen.facts(),
        ..Letter::about(Message::new("letter-not-set-up"))
    }
}

/// To somebody who wants to sign in without the password.
pub fn sign_in(proof: Proof<'_>, seen: &Seen) -> Letter {
    Letter {
        subject: Message::new("letter-sign-in"),
        paragraphs: vec![Message::new("letter-sign-in-text")],
        button: Some(button("sign-in", proof.url)),
        ..register(proof, seen)
    }
}

/// [`no_account`] for somebody who wants to sign in without the password.
pub fn no_account_to_sign_in(seen: &Seen) -> Letter {
    let sentence = Message::new("letter-sign-in-no-account-text");
    Letter { paragraphs: vec![sentence, Message::new("letter-no-account-hint")], ..no_account(seen) }
}

/// [`disabled`] for somebody who wants to sign in without the password.
pub fn disabled_at_sign_in(seen: &Seen) -> Letter {
    let sentence = Message::new("letter-sign-in-disabled-text");
    Letter { paragraphs: vec![sentence, Message::new("letter-disabled-hint")], ..disabled(seen) }
}

/// To somebody who wants to sign in without the password, and whose address nobody has confirmed.
pub fn unconfirmed(issuer: &str, seen: &Seen) -> Letter {
    Letter {
        paragraphs: vec![Message::new("letter-unconfirmed-text"), Message::new("letter-unconfirmed-hint")],
        facts: seen.facts(),
        button: Some(button("choose-new-password", [issuer, paths::RECOVER].concat())),
        remarks: vec![NOT_YOU],
        ..Letter::about(Message::new("letter-unconfirmed"))
    }
}

/// To somebody who wants to create an account.
pub fn register(proof: Proof<'_>, seen: &Seen) -> Letter {
    Letter {
        paragraphs: vec![Message::new("letter-register-text")],
        facts: seen.facts(),
        button: Some(button("letter-register-button", proof.url)),
        code: Some(proof.code.to_owned()),
        remarks: vec![once(proof.minutes), HERE, IGNORE],
        ..Letter::about(Message::new("letter-register"))
    }
}

/// To the owner of an account with whose address somebody wants to create another one.
pub fn has_account(issuer: &str, seen: &Seen) -> Letter {
    Letter {
        paragraphs: vec![Message::new("letter-has-account-text")],
        facts: seen.facts(),
        button: Some(button("sign-in", [issuer, paths::SIGN_IN].concat())),
        remarks: vec![Message::new("letter-has-account-forgot"), recover_url(issuer), NOT_YOU],
        ..Letter::about(Message::new("letter-has-account"))
    }
}

/// To the owner of an account whose address was never confirmed.
pub fn confirm(proof: Proof<'_>, seen: &Seen) -> Letter {
    Letter { paragraphs: vec![Message::new("letter-confirm-text")], ..register(proof, seen) }
}

/// To the address that somebody wants to have from now on.
pub fn change(proof: Proof<'_>, seen: &Seen) -> Letter {
    Letter {
        subject: Message::new("letter-change"),
        paragraphs: vec![Message::new("letter-change-text")],
        ..register(proof, seen)
    }
}

/// To the owner of an account whose address somebody wants for another one.
pub fn address_in_use(seen: &Seen) -> Letter {
    Letter {
        paragraphs: vec![Message::new("letter-address-in-use-text")],
        facts: seen.facts(),
        remarks: vec![NOT_YOU],
        ..Letter::about(Message::new("letter-address-in-use"))
    }
}

/// Something happened that an account's owner should know of (W11).
pub fn notice(heading: Message, sentence: Message, issuer: &str, seen: &Seen) -> Letter {
    Letter {
        paragraphs: vec![sentence],
        facts: seen.facts(),
        button: Some(button("notice-button", [issuer, paths::ACCOUNT].concat())),
        remarks: vec![WAS_YOU, Message::new("notice-not-you"), recover_url(issuer)],
        ..Letter::about(heading)
    }
}

/// To the address that an account had before (ACC-2).
pub fn address_changed(new: &str, undo_url: &str, seen: &Seen) -> Letter {
    Letter {
        paragraphs: vec![Message::new("letter-address-changed-text").with("address", new)],
        facts: seen.facts(),
        button: Some(button("letter-address-changed-button", undo_url)),
        remarks: vec![WAS_YOU, Message::new("letter-address-changed-not-you")],
        ..Letter::about(Message::new("letter-address-changed"))
    }
}

/// To the address that an account had until its old address took it back.
pub fn address_taken_back(seen: &Seen) -> Letter {
    Letter {
        paragraphs: vec![Message::new("letter-address-taken-back-text")],
        facts: seen.facts(),
        remarks: vec![Message::new("letter-address-taken-back-hint")],
        ..Letter::about(Message::new("letter-address-taken-back"))
    }
}

/// Somebody signed in with a browser from which the account was never used (W11).
pub fn new_device(disown_url: &str, seen: &Seen) -> Letter {
    let subject = match &seen.from {
        Some((device, _)) => Message::new("letter-new-device-on").with("device", device),
        None => Message::new("letter-new-device"),
    };
    Letter {
        paragraphs: vec![Message::new("letter-new-device-text")],
        facts: seen.facts(),
        button: Some(button("letter-new-device-button", disown_url)),
        remarks: vec![WAS_YOU, Message::new("letter-new-device-not-you")],
        ..Letter::about(subject)
    }
}
