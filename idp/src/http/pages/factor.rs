//! The second factor: using it, setting it up, and the codes that replace it.

use askama::Template;

use super::Frame;

/// The ways out of a sign-in that is half done: without them every request would lead back to the same page (S7).
#[derive(Debug, Clone)]
pub struct WaysOut {
    /// Where `decision=switch` is posted to: the same request as somebody else.
    pub switch_action: String,
    /// The CSRF token.
    pub csrf: String,
    /// Away without an answer.
    pub cancel_url: String,
}

/// A one-time code from the authenticator app. Posts `otp`.
#[derive(Debug, Clone, Template)]
#[template(path = "second_factor.html")]
pub struct SecondFactorPage {
    /// The shared frame.
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    /// The CSRF token.
    pub csrf: String,
    /// Why the last attempt failed.
    pub problem: Option<String>,
    /// Where a recovery code can be used instead.
    pub recovery_url: String,
    /// The account that is signing in.
    pub account: String,
    /// As somebody else, or not at all.
    pub out: WaysOut,
}

/// A recovery code instead of the app. Posts `recovery_code`.
#[derive(Debug, Clone, Template)]
#[template(path = "recovery.html")]
pub struct RecoveryPage {
    /// The shared frame.
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    /// The CSRF token.
    pub csrf: String,
    /// Why the last attempt failed.
    pub problem: Option<String>,
    /// Back to the page for one-time codes.
    pub totp_url: String,
    /// The account that is signing in.
    pub account: String,
    /// As somebody else, or not at all.
    pub out: WaysOut,
}

/// Setting up the authenticator app (ACC-5). Posts `otp`: the secret counts only after a code confirmed it.
#[derive(Debug, Clone, Template)]
#[template(path = "enrol.html")]
pub struct EnrolPage {
    /// The shared frame.
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    /// The CSRF token.
    pub csrf: String,
    /// The QR code as made by [`crate::authn::totp::qr_svg`]: inserted as it is, so from nowhere else.
    pub qr_svg: String,
    /// The secret in base32, grouped for reading.
    pub secret: String,
    /// The account it belongs to.
    pub account: String,
    /// Why the last code was refused.
    pub problem: Option<String>,
    /// Away from here, where a second factor is optional.
    pub cancel_url: Option<String>,
}

/// The new recovery codes, shown once (ACC-5).
#[derive(Debug, Clone, Template)]
#[template(path = "recovery_codes.html")]
pub struct RecoveryCodesPage {
    /// The shared frame.
    pub frame: Frame,
    /// The codes as generated.
    pub codes: Vec<String>,
    /// Where to go on.
    pub continue_url: String,
}

/// An account without the second factor that the realm demands can't set one up by itself (ACC-6).
#[derive(Debug, Clone, Template)]
#[template(path = "enrol_refused.html")]
pub struct EnrolRefusedPage {
    /// The shared frame.
    pub frame: Frame,
    /// The account that tried.
    pub account: String,
    /// As somebody else, or not at all.
    pub out: WaysOut,
}
