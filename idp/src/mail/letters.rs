//! Everything that the realm writes to people.
//!
//! A letter says what is true, to whoever reads the mailbox. The page on which somebody asked for it says the same
//! whatever that is (S24).

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
    pub when: String,
    /// The browser, its device and its network address; `None` for what operators do.
    pub from: Option<(String, String)>,
}

impl Seen {
    fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![("When", self.when.clone())];
        if let Some((device, address)) = &self.from {
            facts.extend([("Device", device.clone()), ("Address", address.clone())]);
        }
        facts
    }
}

const IGNORE: &str = "If it was not you, there is nothing to do: without this mail nobody gets any further.";

fn once(minutes: i64) -> String {
    format!("Link and code work once, for {minutes} minutes.")
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

/// To somebody who forgot the password.
pub fn reset(proof: Proof<'_>, seen: &Seen) -> Letter {
    Letter {
        subject: "Choose a new password".to_owned(),
        paragraphs: texts([
            "Somebody asked for a new password for your account. If it was you, choose it here.",
        ]),
        facts: seen.facts(),
        button: Some(Button { label: "Choose a new password", url: proof.url.to_owned() }),
        code: Some(proof.code.to_owned()),
        remarks: vec![once(proof.minutes), IGNORE.to_owned()],
    }
}

/// To an address without an account, for which somebody asked for a new password.
pub fn no_account(seen: &Seen) -> Letter {
    Letter {
        subject: "There is no account with this address".to_owned(),
        paragraphs: texts([
            "Somebody asked for a new password for an account with this address, but there is none.",
            "If it was you, you have perhaps used another address here.",
        ]),
        facts: seen.facts(),
        remarks: texts(["If it was not you, there is nothing to do."]),
        ..Letter::default()
    }
}

/// To the owner of an account that can't be used at the moment.
pub fn disabled(seen: &Seen) -> Letter {
    Letter {
        subject: "Your account is switched off".to_owned(),
        paragraphs: texts([
            "Somebody asked for a new password for your account. It is switched off, so a new password is of no use.",
            "Ask for help where you got the account.",
        ]),
        facts: seen.facts(),
        ..Letter::default()
    }
}

/// To the owner of an account that was never set up, or whose second factor was taken away, where one is needed.
pub fn not_set_up(seen: &Seen) -> Letter {
    Letter {
        subject: "Your account is not set up yet".to_owned(),
        paragraphs: texts([
            "Somebody asked for a new password for your account. It has no second factor yet, so a password alone is of no use.",
            "Set it up with the link of your invitation. If you don't have one, ask a colleague to send you one.",
        ]),
        facts: seen.facts(),
        ..Letter::default()
    }
}

/// To somebody who wants to create an account.
pub fn register(proof: Proof<'_>, seen: &Seen) -> Letter {
    Letter {
        subject: "Confirm your e-mail address".to_owned(),
        paragraphs: texts(["One more step, and your account is there: confirm that this address is yours."]),
        facts: seen.facts(),
        button: Some(Button { label: "Confirm the address", url: proof.url.to_owned() }),
        code: Some(proof.code.to_owned()),
        remarks: vec![once(proof.minutes), HERE.to_owned(), IGNORE.to_owned()],
    }
}

const HERE: &str = "The link works in the browser where you began. Anywhere else, type the code there.";

/// To the owner of an account with whose address somebody wants to create another one.
pub fn has_account(issuer: &str, seen: &Seen) -> Letter {
    Letter {
        subject: "You have an account already".to_owned(),
        paragraphs: texts([
            "Somebody wanted to create an account with this address, but there is one already. If it was you, sign in.",
        ]),
        facts: seen.facts(),
        button: Some(Button { label: "Sign in", url: [issuer, paths::SIGN_IN].concat() }),
        remarks: vec![
            format!("If you don't remember the password, choose a new one: {issuer}{}", paths::RECOVER),
            "If it was not you, there is nothing to do.".to_owned(),
        ],
        ..Letter::default()
    }
}

/// To the owner of an account whose address was never confirmed.
pub fn confirm(proof: Proof<'_>, seen: &Seen) -> Letter {
    Letter { paragraphs: texts(["Confirm that this address is yours."]), ..register(proof, seen) }
}

/// To the address that somebody wants to have from now on.
pub fn change(proof: Proof<'_>, seen: &Seen) -> Letter {
    Letter {
        subject: "Confirm your new e-mail address".to_owned(),
        paragraphs: texts(["Confirm that this address is yours. From then on you sign in with it."]),
        ..register(proof, seen)
    }
}

/// To the owner of an account whose address somebody wants for another one.
pub fn address_in_use(seen: &Seen) -> Letter {
    Letter {
        subject: "This address has an account already".to_owned(),
        paragraphs: texts([
            "Somebody wanted to change the address of another account to this one, but this one has an account already. \
             Nothing was changed.",
        ]),
        facts: seen.facts(),
        remarks: texts(["If it was not you, there is nothing to do."]),
        ..Letter::default()
    }
}

/// Something happened that an account's owner should know of (W11).
pub fn notice(heading: &str, sentence: &str, issuer: &str, seen: &Seen) -> Letter {
    Letter {
        subject: heading.to_owned(),
        paragraphs: texts([sentence]),
        facts: seen.facts(),
        button: Some(Button { label: "Look at your account", url: [issuer, paths::ACCOUNT].concat() }),
        remarks: vec![
            "If it was you, there is nothing to do.".to_owned(),
            format!("If it was not you, choose a new password at once: {issuer}{}", paths::RECOVER),
        ],
        ..Letter::default()
    }
}

/// To the address that an account had before (ACC-2).
pub fn address_changed(new: &str, undo_url: &str, seen: &Seen) -> Letter {
    Letter {
        subject: "Your e-mail address was changed".to_owned(),
        paragraphs: vec![format!("Your account has another address now: {new}. You sign in with that one.")],
        facts: seen.facts(),
        button: Some(Button { label: "Take it back", url: undo_url.to_owned() }),
        remarks: texts([
            "If it was you, there is nothing to do.",
            "If it was not you, take it back: everybody is signed out then, the password does not work any more, and you choose a \
             new one. The link works for seven days.",
        ]),
        ..Letter::default()
    }
}

/// To the address that an account had until its old address took it back.
pub fn address_taken_back(seen: &Seen) -> Letter {
    Letter {
        subject: "Your account has another address".to_owned(),
        paragraphs: texts(["The address that your account had before this one has taken it back."]),
        facts: seen.facts(),
        remarks: texts(["If you did not expect this, ask for help where you got your account."]),
        ..Letter::default()
    }
}

/// Somebody signed in with a browser from which the account was never used (W11).
pub fn new_device(disown_url: &str, seen: &Seen) -> Letter {
    let device = seen.from.as_ref().map(|(device, _)| format!(": {device}")).unwrap_or_default();
    Letter {
        subject: format!("New sign-in{device}"),
        paragraphs: texts([
            "Somebody has just signed in to your account on a device that it was never used on before.",
        ]),
        facts: seen.facts(),
        button: Some(Button { label: "This was not me", url: disown_url.to_owned() }),
        remarks: texts([
            "If it was you, there is nothing to do.",
            "If it was not you, press the button: everybody is signed out then, the password does not work any more, and \
             you choose a new one. The link works for seven days.",
        ]),
        ..Letter::default()
    }
}
