//! The second factor: using it, setting it up, and the codes that replace it.

use askama::Template;
use language::Message;

use super::{Frame, PasskeyForm, filters};

/// Links out of a half-done sign-in. Without them every request would lead back to the same page (S7).
#[derive(Debug, Clone)]
pub struct WaysOut {
    /// Where `decision=switch` is posted to: it begins the same request with another account.
    pub switch_action: String,
    pub csrf: String,
    /// Where to cancel the sign-in.
    pub cancel_url: String,
}

/// The offer not to ask for a second factor in this browser for a while.
#[derive(Debug, Clone, Copy)]
pub struct Trust {
    /// For how many days.
    pub days: i64,
    /// Whether the person has chosen it on the page before.
    pub is_chosen: bool,
}

/// The second factor: a one-time code from the authenticator app (posts `otp`), one of the account's passkeys, or
/// either.
#[derive(Debug, Clone, Template)]
#[template(path = "second_factor.html")]
pub struct SecondFactorPage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// Why the last attempt failed.
    pub problem: Option<Message>,
    /// Whether the account has an authenticator app.
    pub app: bool,
    /// The offer not to ask here again, with a one-time code. Posts `trust`.
    pub trust: Option<Trust>,
    /// The proof of a passkey, if the account has one.
    pub passkey: Option<PasskeyForm>,
    /// Where a recovery code can be used instead, if the account has any left.
    pub recovery_url: Option<String>,
    /// The account that is signing in.
    pub account: String,
    /// Signing in with another account, or cancelling.
    pub out: WaysOut,
}

impl SecondFactorPage {
    /// What the summary of a problem leads to.
    fn first_field(&self) -> &'static str {
        if self.app { "otp" } else { "passkey-get" }
    }

    fn passkey_style(&self) -> &'static str {
        if self.app { "secondary" } else { "primary" }
    }
}

/// A recovery code instead of the app. Posts `recovery_code`.
#[derive(Debug, Clone, Template)]
#[template(path = "recovery.html")]
pub struct RecoveryPage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// Why the last attempt failed.
    pub problem: Option<Message>,
    /// Back to the page for one-time codes.
    pub totp_url: String,
    /// The account that is signing in.
    pub account: String,
    /// Signing in with another account, or cancelling.
    pub out: WaysOut,
}

/// What an authenticator app is set up with.
#[derive(Debug, Clone)]
pub struct AppSecret {
    /// The QR code as made by [`crate::authn::totp::qr_svg`]. The template does not escape it, so it must come from
    /// nowhere else.
    pub qr_svg: String,
    /// The secret in base32, grouped for reading.
    pub secret: String,
}

/// Setting up the authenticator app (ACC-5). Posts `otp`. The secret is in use only after a code has confirmed it.
#[derive(Debug, Clone, Template)]
#[template(path = "enrol.html")]
pub struct EnrolPage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// The app; `None` where nothing but a passkey will do.
    pub app: Option<AppSecret>,
    /// The account it belongs to.
    pub account: String,
    /// Why the last code was refused.
    pub problem: Option<Message>,
    /// A passkey, or the offer of one instead of the app.
    pub passkey: Option<PasskeyForm>,
    /// Where to leave without setting it up, in realms where a second factor is optional.
    pub cancel_url: Option<String>,
    /// Signing in with another account, or cancelling, within a sign-in that can't go on without it.
    pub out: Option<WaysOut>,
}

impl EnrolPage {
    /// What the summary of a problem leads to.
    fn first_field(&self) -> &'static str {
        if self.app.is_some() { "otp" } else { "passkey-create" }
    }
}

/// The new recovery codes, shown once (ACC-5).
#[derive(Debug, Clone, Template)]
#[template(path = "recovery_codes.html")]
pub struct RecoveryCodesPage {
    pub frame: Frame,
    /// The codes as generated.
    pub codes: Vec<String>,
    /// Where to go on.
    pub continue_url: String,
}

/// Shown when an account of staff lacks the second factor. Its owner can't set one up here (ACC-6).
#[derive(Debug, Clone, Template)]
#[template(path = "enrol_refused.html")]
pub struct EnrolRefusedPage {
    pub frame: Frame,
    /// The account that tried.
    pub account: String,
    /// Whether nothing but a passkey will do.
    pub is_for_a_passkey: bool,
    /// Signing in with another account, or cancelling.
    pub out: WaysOut,
}
