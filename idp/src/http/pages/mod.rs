//! The pages a person sees. One struct per page, rendered by askama, which escapes every value.
//!
//! Rules for every page: it works without JavaScript; it has nothing inline that the CSP would have to allow; it has
//! the stable ids of PAGE-1 and one `h1`; every input has a label; after a failed form a summary of what to change has
//! the focus (S26). A form posts the fields that its page's documentation names, and always `csrf`.

mod account;
mod accounts;
mod activity;
mod consent;
mod data;
mod factor;
mod frame;
mod language;
mod mailed;
mod notice;
mod passkey;
mod sign_in;
mod sign_out;
mod upstream;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use crate::words::{self, filters};

pub use self::language::LanguagePage;
pub use account::{
    AccountPage, AddressLine, HomePage, NewCodesPage, PasswordPage, ProfilePage, SessionLine, SessionsPage,
    SetupPage, TrustedLine,
};
pub use accounts::{AccountLine, AccountsPage, SelectAccountPage};
pub use activity::{ActivityPage, AppLine, AppsPage, EventLine};
pub use consent::{ConsentPage, ScopeLine};
pub use data::{DataPage, DeletePage};
pub use factor::{
    AppSecret, EnrolPage, EnrolRefusedPage, RecoveryCodesPage, RecoveryPage, SecondFactorPage, Trust, WaysOut,
};
pub use frame::{ClientCard, FieldProblem, Frame, Theme};
pub use mailed::{
    AddressPage, AskMailPage, DonePage, FirstPasskeyPage, LinkPage, MailedPage, ResetPage, Wish,
};
pub use notice::{CompletedPage, ErrorPage, LeavingPage, RedirectComparison};
pub use passkey::{PasskeyForm, PasskeyLine, PasskeyOfferPage, PasskeysPage};
pub use sign_in::{ClaimInput, RegisterPage, SignInPage};
pub use sign_out::{NotSignedInPage, SignOutPage, SignedOutPage};
pub use upstream::{ConnectPage, ConnectionLine, ConnectionsPage, UpstreamButton};

/// A whole HTML document, in the language of its frame.
pub trait Page: askama::Template {
    /// The frame around it.
    fn frame(&self) -> &Frame;

    /// The document. An error means that a template could not be rendered.
    fn html(&self) -> askama::Result<String> {
        self.render_with_values(&words::localizer(self.frame().language))
    }
}

macro_rules! pages {
    ($($page:ident)*) => {$(
        impl Page for $page {
            fn frame(&self) -> &Frame {
                &self.frame
            }
        }
    )*};
}

pages! {
    AccountPage AccountsPage ActivityPage AddressPage AppsPage AskMailPage CompletedPage ConnectPage ConnectionsPage ConsentPage DataPage DeletePage DonePage EnrolPage
    EnrolRefusedPage ErrorPage FirstPasskeyPage HomePage LanguagePage LeavingPage LinkPage MailedPage
    NewCodesPage NotSignedInPage PasskeyOfferPage PasskeysPage PasswordPage ProfilePage RecoveryCodesPage RecoveryPage RegisterPage
    ResetPage SecondFactorPage SelectAccountPage SessionsPage SetupPage SignInPage SignOutPage SignedOutPage
}
