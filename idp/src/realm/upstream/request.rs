//! What a person is sent to an upstream provider with (OpenID Connect Core section 3.1.2.1).

use std::time::Duration;

use openid_client::openidconnect::{
    AuthenticationContextClass, AuthenticationFlow, CsrfToken, LanguageTag, LoginHint, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, Scope,
    core::{CoreAuthPrompt, CoreResponseType},
};

use super::{Failed, Upstream};

/// What the person is sent there with.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// Comes back with the answer.
    pub state: &'a str,
    /// Comes back in the ID token.
    pub nonce: &'a str,
    /// The secret of PKCE.
    pub verifier: &'a str,
    /// The language of our pages.
    pub language: &'a str,
    /// Who is expected to sign in.
    pub login_hint: Option<&'a str>,
    /// How old the sign-in there may be at most, in seconds; 0 asks for a new one.
    pub max_age: Option<i64>,
    /// Whether two factors are needed.
    pub two_factors: bool,
    /// Whether the person chooses the account there, also when only one is signed in.
    pub chooses_account: bool,
}
opaque!(Ask<'_>);

impl Upstream {
    /// Where the person is sent. `elapsed` is [`Realm::elapsed`](crate::realm::Realm::elapsed).
    ///
    /// # Errors
    /// When its discovery document can't be had.
    pub async fn authorization_url(&self, ask: Ask<'_>, elapsed: i64) -> Result<String, Failed> {
        let metadata = self.metadata(elapsed).await?;
        let client = self.client(&metadata);
        let verifier = PkceCodeVerifier::new(ask.verifier.to_owned());
        let (state, nonce) = (ask.state.to_owned(), ask.nonce.to_owned());
        let scopes = self.config.scopes.iter().filter(|scope| *scope != "openid").cloned().map(Scope::new);
        let mut request = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || CsrfToken::new(state.clone()),
                move || Nonce::new(nonce.clone()),
            )
            .add_scopes(scopes)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_ui_locale(LanguageTag::new(ask.language.to_owned()));
        if let Some(hint) = ask.login_hint {
            request = request.set_login_hint(LoginHint::new(hint.to_owned()));
        }
        if let Some(seconds) = ask.max_age.and_then(|seconds| u64::try_from(seconds).ok()) {
            request = request.set_max_age(Duration::from_secs(seconds));
        }
        if ask.max_age == Some(0) {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        if ask.chooses_account {
            request = request.add_prompt(CoreAuthPrompt::SelectAccount);
        }
        if ask.two_factors {
            for acr in &self.config.trusted_acr {
                request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
            }
        }
        Ok(request.url().0.to_string())
    }
}
