//! The pages a person sees. One struct per page, rendered by askama, which escapes every value.
//!
//! Rules for all of them: complete without JavaScript, nothing inline that a CSP would have to allow, the stable
//! ids of PAGE-1, one `h1`, every input with a label, a failed form with a focused summary of what to change (S26).
//! A form posts the fields named in its page's documentation, and always `csrf`.

mod account;
pub mod assets;
mod consent;
mod factor;
mod frame;
mod notice;
mod sign_in;
mod sign_out;

#[cfg(test)]
mod contrast;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use account::{AccountPage, HomePage, NewCodesPage, SetupPage};
pub use consent::{ConsentPage, ScopeLine, SelectAccountPage};
pub use factor::{EnrolPage, EnrolRefusedPage, RecoveryCodesPage, RecoveryPage, SecondFactorPage, WaysOut};
pub use frame::{ClientCard, FieldProblem, Frame, Theme};
pub use notice::{CompletedPage, ErrorPage, LeavingPage, RedirectComparison};
pub use sign_in::{ClaimInput, RegisterPage, SignInPage};
pub use sign_out::{NotSignedInPage, SignOutPage, SignedOutPage};

/// Something that renders to a whole HTML document.
pub trait Page {
    /// The document. Fails only when formatting into a string does.
    fn html(&self) -> askama::Result<String>;
}

impl<T: askama::Template> Page for T {
    fn html(&self) -> askama::Result<String> {
        self.render()
    }
}
