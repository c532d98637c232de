//! The paths of a realm's pages. Each is written once: routes, redirects and forms take it from here. The paths of the
//! endpoints that clients call are in [`protocol::discovery::path`], beside the discovery document that names them.

/// The page of people who know only the realm's address.
pub const HOME: &str = "/";
/// The page of a person's own account.
pub const ACCOUNT: &str = "/account";
/// Starts a sign-in that leads to [`ACCOUNT`].
pub const SIGN_IN: &str = "/account/sign-in";
/// Setting up an authenticator app.
pub const AUTHENTICATOR: &str = "/account/totp";
/// A new password.
pub const PASSWORD: &str = "/account/password";
/// Advice about a new password while it is typed.
pub const PASSWORD_ADVICE: &str = "/password-advice";
/// Where password managers find [`PASSWORD`] (A Well-Known URL for Changing Passwords).
pub const CHANGE_PASSWORD: &str = "/.well-known/change-password";
/// The accounts that are signed in to in this browser.
pub const ACCOUNTS: &str = "/account/accounts";
/// The list of sessions.
pub const SESSIONS: &str = "/account/sessions";
/// The list of passkeys, and a new one.
pub const PASSKEYS: &str = "/account/passkeys";
/// Where password managers find [`PASSKEYS`] (Passkey Endpoints Well-Known URL).
pub const PASSKEY_ENDPOINTS: &str = "/.well-known/passkey-endpoints";
/// Other origins at which the realm's passkeys may be used.
pub const RELATED_ORIGINS: &str = "/.well-known/webauthn";
/// New recovery codes.
pub const RECOVERY_CODES: &str = "/account/recovery-codes";
/// The form that ends a session.
pub const SIGN_OUT: &str = "/sign-out";
/// The page that is shown after a sign-out.
pub const SIGNED_OUT: &str = "/signed-out";
/// The prefix of the paths of style sheets and pictures.
pub const ASSETS: &str = "/assets/";

/// What people tell about themselves.
pub const PROFILE: &str = "/account/profile";
/// The apps that have access to the account.
pub const APPS: &str = "/account/apps";
/// What happened to the account.
pub const ACTIVITY: &str = "/account/activity";
/// A copy of one's data, and leaving.
pub const DATA: &str = "/account/data";
/// The copy.
pub const EXPORT: &str = "/account/export";
/// Leaving.
pub const DELETE: &str = "/account/delete";
/// Says that the account is going to be deleted.
pub const DELETION_ASKED: &str = "/account-deleted";
/// Where people who forgot their password begin.
pub const RECOVER: &str = "/recover";
/// The account's e-mail address.
pub const ADDRESS: &str = "/account/email";
/// Says that the password is changed.
pub const PASSWORD_CHANGED: &str = "/password-changed";
/// Says that an account has no session any more.
pub const SIGNED_OUT_EVERYWHERE: &str = "/signed-out-everywhere";

/// Other providers by which the account can be signed in to.
pub const CONNECTIONS: &str = "/account/connections";

/// The choice of a language.
pub const LANGUAGE: &str = "/language";

const INTERACTIONS: &str = "/interaction/";
const SETUPS: &str = "/setup/";
const MAILED: &str = "/mailed/";
const LINKS: &str = "/link/";
const RESETS: &str = "/reset/";
const UPSTREAMS: &str = "/upstream/";

/// What a form or link on a page of an interaction does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Sends a password.
    SignIn,
    /// Sends the answer of a passkey.
    Passkey,
    /// Leads to an upstream provider.
    Upstream,
    /// Says what becomes of an upstream account that nobody has here.
    Connect,
    /// Creates an account.
    Register,
    /// Asks for a mail instead of a forgotten password.
    Forgot,
    /// Asks for a mail to sign in by.
    Mail,
    /// Sends the passkey that was offered after a password.
    OfferPasskey,
    /// Sends a code of the authenticator app.
    SecondFactor,
    /// Sends a recovery code.
    Recovery,
    /// Sets up a second factor that the realm demands.
    Enrol,
    /// Goes on with the session's account, or with another one.
    ChooseAccount,
    /// Answers yes or no to what the client asks for.
    Consent,
    /// Leaves the interaction without agreeing.
    Cancel,
    /// Starts the same request from its beginning.
    StartAgain,
}

impl Action {
    /// The last segment of the action's path.
    const fn segment(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Passkey => "passkey",
            Self::Upstream => "upstream",
            Self::Connect => "connect",
            Self::Register => "register",
            Self::Forgot => "forgot",
            Self::Mail => "mail",
            Self::OfferPasskey => "offer",
            Self::SecondFactor => "second-factor",
            Self::Recovery => "recovery",
            Self::Enrol => "enrol",
            Self::ChooseAccount => "account",
            Self::Consent => "consent",
            Self::Cancel => "cancel",
            Self::StartAgain => "again",
        }
    }

    /// The action's path within the interaction of this id.
    pub fn path(self, id: &str) -> String {
        format!("{INTERACTIONS}{id}/{}", self.segment())
    }
}

/// The page of an interaction, at whichever step that is.
pub fn interaction(id: &str) -> String {
    format!("{INTERACTIONS}{id}")
}

/// The id of the interaction whose page that is.
pub fn interaction_of(page: &str) -> Option<&str> {
    let rest = page.strip_prefix(INTERACTIONS)?;
    rest.split(['/', '?']).next()
}

/// The page behind a one-time setup link.
pub fn setup(token: &str) -> String {
    format!("{SETUPS}{token}")
}

/// The page that sets up the second factor of that link's account.
pub fn setup_factor(token: &str) -> String {
    format!("{SETUPS}{token}/factor")
}

/// The page that waits for the code of a mail.
pub fn mailed(id: &str) -> String {
    format!("{MAILED}{id}")
}

/// The page behind a mailed link.
pub fn mailed_link(token: &str) -> String {
    format!("{LINKS}{token}")
}

/// The page behind a mailed link for a new password.
pub fn reset(token: &str) -> String {
    format!("{RESETS}{token}")
}

/// Where an upstream provider sends people back to.
pub fn upstream_callback(id: &str) -> String {
    format!("{UPSTREAMS}{id}/callback")
}

/// The choice of a language, which leads back to the page `here`.
pub fn language(here: &str) -> String {
    let back: String = url::form_urlencoded::byte_serialize(here.as_bytes()).collect();
    format!("{LANGUAGE}?back={back}")
}

/// A page that says what is done, and leads on to an interaction, if there is one.
pub fn done(page: &str, interaction: Option<&str>) -> String {
    interaction.map_or_else(|| page.to_owned(), |id| format!("{page}?then={id}"))
}

/// The page that shows a form afresh, by the path that the form is sent to (S7); `None` for other paths.
pub fn page_of_form(path: &str) -> Option<String> {
    if let Some(rest) = path.strip_prefix(INTERACTIONS) {
        let (id, form) = rest.split_once('/').unwrap_or((rest, ""));
        let page = interaction(id);
        let has_a_view = [Action::Register, Action::Recovery, Action::Forgot, Action::Mail]
            .iter()
            .any(|action| action.segment() == form);
        return Some(if has_a_view { format!("{page}?view={form}") } else { page });
    }
    match path {
        ACCOUNTS | ADDRESS | APPS | AUTHENTICATOR | CONNECTIONS | DELETE | LANGUAGE | PASSKEYS | PASSWORD
        | PROFILE | RECOVERY_CODES | SESSIONS => Some(path.to_owned()),
        SIGN_OUT => Some(protocol::discovery::path::END_SESSION.to_owned()),
        _ => [SETUPS, MAILED, LINKS, RESETS]
            .iter()
            .any(|begin| path.starts_with(begin))
            .then(|| path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s7_a_form_leads_to_the_page_that_shows_it_afresh() {
        for (path, leads_to) in [
            ("/interaction/abc/sign-in", Some("/interaction/abc")),
            ("/interaction/abc/register", Some("/interaction/abc?view=register")),
            ("/interaction/abc/recovery", Some("/interaction/abc?view=recovery")),
            ("/interaction/abc/enrol", Some("/interaction/abc")),
            ("/interaction/abc", Some("/interaction/abc")),
            ("/interaction/abc/offer", Some("/interaction/abc")),
            ("/interaction/abc/forgot", Some("/interaction/abc?view=forgot")),
            ("/interaction/abc/mail", Some("/interaction/abc?view=mail")),
            ("/mailed/id", Some("/mailed/id")),
            ("/link/token", Some("/link/token")),
            ("/reset/token", Some("/reset/token")),
            ("/account/email", Some("/account/email")),
            ("/account/apps", Some("/account/apps")),
            ("/account/accounts", Some("/account/accounts")),
            ("/account/connections", Some("/account/connections")),
            ("/interaction/abc/upstream", Some("/interaction/abc")),
            ("/interaction/abc/connect", Some("/interaction/abc")),
            ("/account/profile", Some("/account/profile")),
            ("/account/delete", Some("/account/delete")),
            ("/setup/token/factor", Some("/setup/token/factor")),
            ("/account/totp", Some("/account/totp")),
            ("/account/password", Some("/account/password")),
            ("/account/sessions", Some("/account/sessions")),
            ("/account/passkeys", Some("/account/passkeys")),
            ("/account/recovery-codes", Some("/account/recovery-codes")),
            ("/sign-out", Some("/end_session")),
            ("/interactions/abc", None),
            ("/token", None),
        ] {
            assert_eq!(page_of_form(path).as_deref(), leads_to, "{path}");
        }
    }
}
