//! A realm's own pages: the start page, the account, and the setup of the first staff account.

use askama::Template;
use clock::when::When;
use language::Message;

use super::{ClaimInput, ClientCard, FieldProblem, Frame, filters};

/// The page at the issuer's root, for people who open that address (D17).
#[derive(Debug, Clone, Template)]
#[template(path = "home.html")]
pub struct HomePage {
    pub frame: Frame,
    /// The account in use, if somebody is signed in.
    pub signed_in_as: Option<String>,
    /// Where to sign in.
    pub sign_in_url: String,
    /// The account page.
    pub account_url: String,
    /// The app of the realm's operator, for people who are signed in.
    pub app: Option<ClientCard>,
    /// The discovery document, for integrators.
    pub discovery_url: String,
}

/// The e-mail address on the account page.
#[derive(Debug, Clone)]
pub struct AddressLine {
    /// Whether its owner has confirmed it.
    pub is_confirmed: bool,
    /// Where to change it.
    pub url: String,
}

/// The signed-in person's account. `sign_out_action` is posted to with `csrf` alone.
#[derive(Debug, Clone, Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    pub frame: Frame,
    /// The app that the person came from, to go back to (ACC-15).
    pub app: Option<ClientCard>,
    /// The address they sign in with.
    pub email: String,
    /// What can be done about it, in realms that send mail.
    pub address: Option<AddressLine>,
    /// Their name; may be empty.
    pub name: String,
    /// Where to change the profile.
    pub profile_url: String,
    /// Whether there is a password.
    pub password: bool,
    /// Where to change it.
    pub password_url: String,
    /// Where to see and end sessions.
    pub sessions_url: String,
    /// Where to see and disconnect apps.
    pub apps_url: String,
    /// Where to see what happened.
    pub activity_url: String,
    /// Where a copy of one's data is.
    pub data_url: String,
    /// Whether an authenticator app is set up; `None` where nothing but a passkey is of use.
    pub factor: Option<bool>,
    /// What devices show beside the account's passkeys, as JSON, where it has some.
    pub user_details: Option<String>,
    /// How many passkeys there are; `None` in realms without passkeys.
    pub passkeys: Option<usize>,
    /// Where to see and change them.
    pub passkeys_url: String,
    /// How many accounts at other providers are connected; `None` in realms without other providers.
    pub connections: Option<usize>,
    /// Where to see and change them.
    pub connections_url: String,
    /// Whether recovery codes are of use to the account.
    pub needs_codes: bool,
    /// Unused recovery codes.
    pub recovery_left: usize,
    /// Where to set up or replace the authenticator app.
    pub enrol_url: String,
    /// Where to get new recovery codes.
    pub codes_url: String,
    pub csrf: String,
    /// Where to sign out (POST).
    pub sign_out_action: String,
    /// Where to sign in with another account.
    pub sign_in_url: String,
    /// Where to see the accounts of this browser, if it may have several.
    pub accounts_url: Option<String>,
}

/// The person's own profile. Posts the claims.
#[derive(Debug, Clone, Template)]
#[template(path = "profile.html")]
pub struct ProfilePage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// The claims, with their values.
    pub claims: Vec<ClaimInput>,
    /// The username, which is not changed here.
    pub username: Option<String>,
    /// What has to change; the field is a claim.
    pub problem: Option<FieldProblem>,
    /// Back to the account.
    pub account_url: String,
}

/// Asks before recovery codes stop working. Posts `csrf` alone.
#[derive(Debug, Clone, Template)]
#[template(path = "new_codes.html")]
pub struct NewCodesPage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// How many codes stop working.
    pub recovery_left: usize,
    /// Back without new codes.
    pub account_url: String,
}

/// Changes the password, or sets the first one. Posts `current_password`, `password` and `sign_out_others`.
#[derive(Debug, Clone, Template)]
#[template(path = "password.html")]
pub struct PasswordPage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// The address, for password managers.
    pub account: String,
    /// Whether there is a current password.
    pub has_password: bool,
    /// What has to change; the field is `current_password` or `password`.
    pub problem: Option<FieldProblem>,
    /// The shortest password in code points.
    pub min_length: usize,
    /// Back to the account.
    pub account_url: String,
}

/// A browser that is not asked for a second factor for a while.
#[derive(Debug, Clone)]
pub struct TrustedLine {
    /// Its name in the form.
    pub id: String,
    /// The browser and its system.
    pub device: Message,
    /// Whether it is the one in use.
    pub is_this: bool,
    /// Where it was then.
    pub address: Option<String>,
    pub since: When,
    pub until: When,
}

/// A session in the list.
#[derive(Debug, Clone)]
pub struct SessionLine {
    /// Its public name.
    pub sid: String,
    /// The browser and its device.
    pub device: Message,
    /// Whether it is the one in use.
    pub is_this: bool,
    /// How the person signed in.
    pub method: Message,
    /// The address that it began at.
    pub address: String,
    /// When the person signed in.
    pub signed_in: When,
    /// When it was last used.
    pub seen: When,
}

/// A person's sessions. A form posts `sid`, or `change=others`.
#[derive(Debug, Clone, Template)]
#[template(path = "sessions.html")]
pub struct SessionsPage {
    pub frame: Frame,
    /// Where the forms post to.
    pub action: String,
    pub csrf: String,
    /// The live sessions, the one in use first.
    pub sessions: Vec<SessionLine>,
    /// The browsers that are not asked for a second factor. A form that takes one from the list posts `browser`.
    pub trusted: Vec<TrustedLine>,
    /// Back to the account.
    pub account_url: String,
}

/// Makes an account by a one-time link (D2), or leads back into one. Posts `email`, `name` and `password`; for an
/// existing account `password` alone.
#[derive(Debug, Clone, Template)]
#[template(path = "setup.html")]
pub struct SetupPage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// The role of the account that the link makes.
    pub role: String,
    /// The address of the existing account; `None` when the link makes a new one.
    pub owner: Option<String>,
    /// What was typed before; may be empty.
    pub email: String,
    /// The claims that the form asks for.
    pub claims: Vec<ClaimInput>,
    /// What has to change; the field is `email`, `password` or a claim.
    pub problem: Option<FieldProblem>,
    /// The shortest password in code points.
    pub min_length: usize,
    /// When the link expires.
    pub expires: When,
}
