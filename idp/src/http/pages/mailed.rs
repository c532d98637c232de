//! The pages around mailed links and codes.

use askama::Template;
use language::Message;

use super::{FieldProblem, Frame, PasskeyForm, filters};

/// What somebody wants a mail for whose address alone is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// A new password instead of a forgotten one.
    NewPassword,
    /// Signing in without the password.
    SignIn,
}

impl Wish {
    const fn heading(self) -> &'static str {
        match self {
            Self::NewPassword => "forgot-heading",
            Self::SignIn => "by-mail-heading",
        }
    }

    const fn lead(self) -> &'static str {
        match self {
            Self::NewPassword => "forgot-lead",
            Self::SignIn => "by-mail-lead",
        }
    }

    /// The label of the button, and its id.
    const fn submit(self) -> &'static str {
        match self {
            Self::NewPassword => "forgot-submit",
            Self::SignIn => "by-mail-submit",
        }
    }

    const fn back(self) -> &'static str {
        match self {
            Self::NewPassword => "forgot-back",
            Self::SignIn => "by-mail-back",
        }
    }
}

/// Asks for the address of an account to which a mail is sent. Posts `email`.
#[derive(Debug, Clone, Template)]
#[template(path = "ask_mail.html")]
pub struct AskMailPage {
    pub frame: Frame,
    /// What the mail is for.
    pub wish: Wish,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// What was typed before, or the request's login_hint; may be empty.
    pub email: String,
    /// What has to change.
    pub problem: Option<FieldProblem>,
    /// Back to the sign-in page.
    pub sign_in_url: String,
}

/// Waits for the code of a mail. Posts `code`, or `change=again`. It says the same whatever is true of the address
/// (S24).
#[derive(Debug, Clone, Template)]
#[template(path = "mailed.html")]
pub struct MailedPage {
    pub frame: Frame,
    /// Where the forms post to.
    pub action: String,
    pub csrf: String,
    /// The address that the mail went to.
    pub address: String,
    /// How long link and code work, in minutes.
    pub minutes: i64,
    /// Why the last code did not count.
    pub problem: Option<FieldProblem>,
    /// Back to where the person began.
    pub back_url: Option<String>,
}

/// Opened by a mailed link. The link counts when the form is sent, which posts `csrf` alone (S25).
#[derive(Debug, Clone, Template)]
#[template(path = "link.html")]
pub struct LinkPage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// What the link does.
    pub heading: Message,
    /// What it means.
    pub sentence: Message,
    /// The address that it is about.
    pub address: String,
    /// The label of the button.
    pub button: Message,
}

/// Makes the passkey of a new account that has no password. The form is filled in by the script.
#[derive(Debug, Clone, Template)]
#[template(path = "first_passkey.html")]
pub struct FirstPasskeyPage {
    pub frame: Frame,
    /// The address of the account.
    pub address: String,
    /// Why the last answer did not count.
    pub problem: Option<Message>,
    /// The form that the script fills in.
    pub passkey: PasskeyForm,
    /// Where to register with a password.
    pub password_url: String,
}

/// Chooses a password instead of a forgotten one. Posts `password`.
#[derive(Debug, Clone, Template)]
#[template(path = "reset.html")]
pub struct ResetPage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// The address, for password managers.
    pub account: String,
    /// What has to change; the field is `password`.
    pub problem: Option<FieldProblem>,
    /// The shortest password in code points.
    pub min_length: usize,
}

/// Says that something is done, and leads on.
#[derive(Debug, Clone, Template)]
#[template(path = "done.html")]
pub struct DonePage {
    pub frame: Frame,
    /// What is done.
    pub heading: Message,
    /// What it means.
    pub sentence: Message,
    /// The label of the link.
    pub label: Message,
    /// Where it leads.
    pub url: String,
}

/// The account's e-mail address. Posts `email`, or `change=confirm`.
#[derive(Debug, Clone, Template)]
#[template(path = "address.html")]
pub struct AddressPage {
    pub frame: Frame,
    /// Where the forms post to.
    pub action: String,
    pub csrf: String,
    /// The address.
    pub current: String,
    /// Whether its owner has confirmed it.
    pub is_confirmed: bool,
    /// The new one as typed; may be empty.
    pub email: String,
    /// What has to change; the field is `email`.
    pub problem: Option<FieldProblem>,
    /// Back to the account.
    pub account_url: String,
}
