//! The pages to sign in with a password, and to register.

use askama::Template;
use language::Message;

use super::{FieldProblem, Frame, PasskeyForm, UpstreamButton, filters};
use crate::flow::new_account::fields::{Field, Input};

/// Identifier and password. Posts `username`, `password`.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// The account that stays signed in to beside the one that signs in.
    pub beside: Option<String>,
    /// What was typed before, or the request's login_hint; may be empty.
    pub identifier: String,
    /// Why the last attempt failed. It never says whether the account exists (S24).
    pub problem: Option<Message>,
    /// Signing in with a passkey, in realms that have them. Its script also offers passkeys in the field of the
    /// identifier (S8).
    pub passkey: Option<PasskeyForm>,
    /// Whether the script is to say whether the browser can make a passkey. Posts `offer`.
    pub asks_what_it_can: bool,
    /// Other providers to sign in at.
    pub upstreams: Vec<UpstreamButton>,
    /// Where their buttons post to.
    pub upstream_action: String,
    /// The provider that the account will be connected with, if somebody has signed in there and has no account yet.
    pub connects: Option<String>,
    /// The id of a passkey that the realm does not know: the browser stops offering it.
    pub unknown_passkey: Option<String>,
    /// Where to get a new password, in realms that send mail.
    pub forgot_url: Option<String>,
    /// Where to sign in by a mail, in realms that allow it.
    pub by_mail_url: Option<String>,
    /// Where to register, in realms that allow it.
    pub register_url: Option<String>,
    /// Back to the client with access_denied.
    pub cancel_url: Option<String>,
}

/// A claim that the form of a new account asks for.
#[derive(Debug, Clone)]
pub struct ClaimInput {
    /// Its label and the kind of its input.
    pub field: Field,
    /// Whether it must be filled in.
    pub required: bool,
    /// What was typed before; may be empty.
    pub value: String,
}

impl ClaimInput {
    /// The `type` of the input; `None` for a text area.
    pub(super) const fn line(&self) -> Option<&'static str> {
        match self.field.input {
            Input::Line(kind) => Some(kind),
            Input::Lines => None,
        }
    }

    pub(super) const fn label(&self) -> Message {
        Message::new(self.field.label)
    }

    pub(super) fn hint_id(&self) -> String {
        self.field.hint.map(|_| format!("{}-hint", self.field.claim)).unwrap_or_default()
    }
}

/// Makes a new account. Posts `email`, the claims that the form asks for, and `password`, or `way=passkey` where the
/// browser has passkeys.
#[derive(Debug, Clone, Template)]
#[template(path = "register.html")]
pub struct RegisterPage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// What was typed before; may be empty.
    pub email: String,
    /// The claims that the form asks for.
    pub claims: Vec<ClaimInput>,
    /// What has to change; the field is `email`, `password` or a claim.
    pub problem: Option<FieldProblem>,
    /// The shortest password in code points.
    pub min_length: usize,
    /// Whether the account can begin with a passkey instead of a password.
    pub offers_passkey: bool,
    /// Other providers to sign in at.
    pub upstreams: Vec<UpstreamButton>,
    /// Where their buttons post to.
    pub upstream_action: String,
    /// To the sign-in page.
    pub sign_in_url: String,
    /// Back to the client with access_denied.
    pub cancel_url: String,
}
