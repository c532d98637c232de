//! What a link is for, and what follows from that.

use crate::{paths, store::mailed_links::MailedLink};

/// How long a link works that lets its reader in, in seconds (W10).
const LIFE_SECONDS: i64 = 30 * 60;
/// How long one works that signs in, in seconds: whoever asks for it waits for it.
const SIGN_IN_SECONDS: i64 = 10 * 60;
/// How long one works that takes something back, in seconds.
const UNDO_SECONDS: i64 = 7 * 24 * 3600;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A new password instead of a forgotten one.
    Reset,
    /// A sign-in without the password.
    SignIn,
    /// A new account.
    Register,
    /// The address of an account is its owner's.
    Confirm,
    /// Another address for an account.
    Change,
    /// The address that the account had before.
    Undo,
    /// The end of all sessions of an account.
    Disown,
}

impl Purpose {
    const ALL: [Self; 7] =
        [Self::Reset, Self::SignIn, Self::Register, Self::Confirm, Self::Change, Self::Undo, Self::Disown];

    /// The word by which it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::SignIn => "sign_in",
            Self::Register => "register",
            Self::Confirm => "confirm",
            Self::Change => "change",
            Self::Undo => "undo",
            Self::Disown => "disown",
        }
    }

    /// What a stored link is for.
    pub fn of(link: &MailedLink) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == link.purpose)
    }

    /// How long its link works, in seconds.
    pub const fn life_seconds(self) -> i64 {
        match self {
            Self::SignIn => SIGN_IN_SECONDS,
            Self::Undo | Self::Disown => UNDO_SECONDS,
            Self::Reset | Self::Register | Self::Confirm | Self::Change => LIFE_SECONDS,
        }
    }

    /// Whether it needs the session of its account, too.
    pub const fn needs_session(self) -> bool {
        matches!(self, Self::Confirm | Self::Change)
    }

    /// Whether the link counts only in the browser that asked for the mail. Otherwise a stranger could begin something
    /// with another person's address, and have that person finish it by a click.
    pub const fn is_bound(self) -> bool {
        matches!(self, Self::SignIn | Self::Register | Self::Confirm | Self::Change)
    }

    /// The path of the page that its link opens.
    pub fn path(self, token: &str) -> String {
        match self {
            Self::Reset => paths::reset(token),
            _ => paths::mailed_link(token),
        }
    }
}
