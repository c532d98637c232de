use serde::{Deserialize, Serialize};

use super::{Prompt, RequestedClaims};
use crate::{
    catalogue,
    client::{Client, GrantType},
    error::OAuthError,
    params::Params,
    pkce::{self, Challenge},
    redirect_uri,
    resource::{self, Resources},
    scope::Scope,
};

const MAX_STATE: usize = 2048;
const MAX_NONCE: usize = 512;
const MAX_HINT: usize = 320;
const MAX_LIST: usize = 512;
/// Ten years in seconds. A larger `max_age` makes no sense, and sums with it could overflow.
const MAX_MAX_AGE: i64 = 315_360_000;

/// A valid authorization request: every value was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationRequest {
    /// The client.
    pub client_id: String,
    /// The redirect URI of the request, which is registered for the client.
    pub redirect_uri: String,
    /// To be returned exactly.
    pub state: Option<String>,
    /// To be copied into the ID token exactly.
    pub nonce: Option<String>,
    /// The requested scope: known to the realm, allowed for the client, not empty.
    pub scope: Scope,
    /// PKCE challenge. It is present when the client needs one.
    pub code_challenge: Option<Challenge>,
    /// The pages that the client wants the person to see.
    pub prompt: Prompt,
    /// How old the last sign-in may be, in seconds.
    pub max_age: Option<i64>,
    /// The initial value of the field on the sign-in page.
    pub login_hint: Option<String>,
    /// An ID token, not verified yet.
    pub id_token_hint: Option<String>,
    /// Preferred authentication contexts, best first.
    pub acr_values: Vec<String>,
    /// Preferred languages, best first, as sent.
    pub ui_locales: Option<String>,
    /// Individually requested claims, without those that the client may not have.
    pub claims: RequestedClaims,
}

impl AuthorizationRequest {
    /// The scope that the person consents to: the requested scope, and the scopes of individually requested claims.
    pub fn consent_scope(&self) -> Scope {
        self.scope.union(&self.claims.scope())
    }

    /// The authentication contexts that the client names: those that are essential, or else those that it prefers.
    pub fn named_contexts(&self) -> impl Iterator<Item = &str> {
        let essential = &self.claims.acr;
        let named = if essential.is_empty() { &self.acr_values } else { essential };
        named.iter().map(String::as_str)
    }
}

/// How a refused request is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// By a page, because there is no verified URI to redirect to (RFC 6749 section 4.1.2.1).
    Page(OAuthError),
    /// By a redirect to the registered URI.
    Redirect {
        /// The redirect URI of the request, which is registered.
        redirect_uri: String,
        /// To be returned exactly.
        state: Option<String>,
        /// The reason.
        error: OAuthError,
    },
}

/// What the realm supports.
#[derive(Debug, Clone)]
pub struct Offer<'a> {
    /// Every scope that exists in the realm.
    pub scopes: &'a Scope,
    /// The resources that the scopes belong to.
    pub resources: &'a Resources,
}

/// Checks an authorization request (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.2). `client` is the one
/// that is registered under the `client_id` parameter. Until client and redirect URI are verified, every error is
/// [`Refusal::Page`].
pub fn request(
    params: &Params,
    client: Option<&Client>,
    offer: &Offer,
) -> Result<AuthorizationRequest, Refusal> {
    let (client, redirect_uri) = target(params, client).map_err(Refusal::Page)?;
    // a repeated or oversized state is not returned; `judge` then refuses the request
    let state = params.one("state").ok().flatten().filter(|state| state.len() <= MAX_STATE);
    judge(params, client, offer, redirect_uri).map_err(|error| Refusal::Redirect {
        redirect_uri: redirect_uri.to_owned(),
        state: state.map(str::to_owned),
        error,
    })
}

fn target<'a>(params: &'a Params, client: Option<&'a Client>) -> Result<(&'a Client, &'a str), OAuthError> {
    let client_id = params.one("client_id")?.ok_or(catalogue::UNKNOWN_CLIENT)?;
    let client = client.filter(|client| client.id == client_id).ok_or(catalogue::UNKNOWN_CLIENT)?;
    let redirect_uri = params.one("redirect_uri")?.ok_or(catalogue::MISSING_REDIRECT_URI)?;
    if client.redirect_uris.iter().any(|registered| redirect_uri::matches(registered, redirect_uri)) {
        Ok((client, redirect_uri))
    } else {
        Err(catalogue::UNREGISTERED_REDIRECT_URI)
    }
}

fn judge(
    params: &Params,
    client: &Client,
    offer: &Offer,
    redirect_uri: &str,
) -> Result<AuthorizationRequest, OAuthError> {
    params.check_no_repeats_but(resource::PARAMETER)?;
    check_flow(params, client)?;
    let text = |name: &str, max: usize, error: OAuthError| match params.first(name) {
        Some(value) if value.len() > max => Err(error),
        value => Ok(value.map(str::to_owned)),
    };
    // invalid hints are ignored, never an error (AUTH-1); not so a token that says whom the request is about (A13)
    let hint =
        |name: &str, max: usize| params.first(name).filter(|value| value.len() <= max).map(str::to_owned);
    let state = text("state", MAX_STATE, catalogue::STATE_TOO_LONG)?;
    let nonce = text("nonce", MAX_NONCE, catalogue::NONCE_TOO_LONG)?;
    let scope = scope(params, client, offer)?;
    let code_challenge =
        Challenge::parse(params.first("code_challenge"), params.first("code_challenge_method"))?;
    pkce::judge(client.pkce(), code_challenge.is_some(), nonce.is_some(), scope.contains("openid"))?;
    let allowed = client.scope.intersection(offer.scopes);
    Ok(AuthorizationRequest {
        client_id: client.id.clone(),
        redirect_uri: redirect_uri.to_owned(),
        state,
        nonce,
        scope,
        code_challenge,
        prompt: Prompt::parse(params.first("prompt"))?,
        max_age: max_age(params.first("max_age"))?,
        login_hint: hint("login_hint", MAX_HINT),
        id_token_hint: text("id_token_hint", crate::jose::MAX_TOKEN_BYTES, catalogue::UNVERIFIABLE_HINT)?,
        acr_values: hint("acr_values", MAX_LIST).map_or_else(Vec::new, |values| words(&values)),
        ui_locales: hint("ui_locales", MAX_LIST),
        claims: RequestedClaims::parse(params.first("claims"))?.within(&allowed),
    })
}

/// Checks that the request is for the supported flow, and that the client may use it.
fn check_flow(params: &Params, client: &Client) -> Result<(), OAuthError> {
    let unsupported = [
        ("request", catalogue::REQUEST_NOT_SUPPORTED),
        ("request_uri", catalogue::REQUEST_URI_NOT_SUPPORTED),
        ("registration", catalogue::REGISTRATION_NOT_SUPPORTED),
    ];
    if let Some((_, error)) = unsupported.into_iter().find(|(name, _)| params.first(name).is_some()) {
        return Err(error);
    }
    match params.first("response_type") {
        None => return Err(catalogue::MISSING_RESPONSE_TYPE),
        Some("code") => {}
        Some(_) => return Err(catalogue::UNSUPPORTED_RESPONSE_TYPE),
    }
    if params.first("response_mode").is_some_and(|mode| mode != "query") {
        return Err(catalogue::UNSUPPORTED_RESPONSE_MODE);
    }
    if client.allows(GrantType::AuthorizationCode) { Ok(()) } else { Err(catalogue::CODE_FLOW_NOT_ALLOWED) }
}

/// The requested scope. A scope that the realm doesn't know is ignored (OpenID Connect Core section 3.1.2.1); a known
/// one that the client may not have is an error. Named resources must fit the scope, or complete it (TOK-9).
fn scope(params: &Params, client: &Client, offer: &Offer) -> Result<Scope, OAuthError> {
    let known = Scope::parse(params.first("scope").unwrap_or_default())?.intersection(offer.scopes);
    if !known.is_subset(&client.scope) {
        return Err(catalogue::SCOPE_NOT_ALLOWED);
    }
    let allowed = client.scope.intersection(offer.scopes);
    let scope = offer.resources.requested(&known, &allowed, &resource::asked(params))?;
    if scope.is_empty() { Err(catalogue::EMPTY_SCOPE) } else { Ok(scope) }
}

fn max_age(parameter: Option<&str>) -> Result<Option<i64>, OAuthError> {
    let Some(text) = parameter else { return Ok(None) };
    let seconds = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    match seconds {
        Some(seconds) if seconds <= MAX_MAX_AGE => Ok(Some(seconds)),
        _ => Err(catalogue::MALFORMED_MAX_AGE),
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
