use super::{AuthorizationRequest, PromptValue};
use crate::{acr::Amr, catalogue, error::OAuthError, scope::Scope, stored_time};

/// What is known of the session in this browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionFacts {
    /// Who is signed in.
    pub user_id: String,
    /// When, Unix seconds.
    pub auth_time: i64,
    /// How, in this session.
    pub amr: Amr,
    /// Whether the account has a second factor.
    pub has_second_factor_enrolled: bool,
}

/// Whether the realm demands a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorPolicy {
    /// Only from accounts that have one.
    Optional,
    /// From everybody.
    Required,
}

/// Everything besides the request that decides the next step; read from the store each time.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each read from its own place")]
pub struct Facts<'a> {
    /// Unix seconds.
    pub now: i64,
    /// The session in this browser, if it is alive.
    pub session: Option<&'a SessionFacts>,
    /// What this user has consented to for this client.
    pub consented: &'a Scope,
    /// Whether the client is ours.
    pub first_party: bool,
    /// Whether it is certain who gets the answer: the client has a secret, or its redirect URI identifies it.
    pub client_assured: bool,
    /// The realm's policy.
    pub factor: FactorPolicy,
    /// The user of a verified `id_token_hint`.
    pub hint_subject: Option<&'a str>,
    /// The person signed in during this very interaction.
    pub authenticated_here: bool,
    /// The person consented during this very interaction.
    pub consented_here: bool,
    /// The person chose the account during this very interaction.
    pub selected_here: bool,
}

/// What has to happen next before a code may be issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Sign in, or sign in again.
    SignIn,
    /// Confirm or change the account.
    SelectAccount,
    /// Make an account.
    Register,
    /// Prove the second factor.
    SecondFactor,
    /// Set up a second factor.
    Enrol,
    /// Agree to what the client asks for.
    Consent,
    /// Nothing: issue the code.
    Done,
    /// Nothing: no step leads to the authentication context that the client demands. Tell it so.
    Unmet,
}

/// Seconds that a sign-in made in this interaction stays fresh, whatever `max_age` says: a second factor and a consent
/// page take that long, and `max_age=0` would ask for ever.
const FRESH_HERE: i64 = 120;

/// The next step. Every page comes back here, so what is not in the facts has not happened; each `prompt` is satisfied
/// once within one interaction, so the way ends.
pub fn next_step(request: &AuthorizationRequest, facts: &Facts) -> Step {
    let prompt = |value| request.prompt.has(value);
    if prompt(PromptValue::Create) && !facts.authenticated_here {
        return Step::Register;
    }
    let Some(session) = facts.session else { return Step::SignIn };
    if needs_sign_in(request, facts, session) {
        return Step::SignIn;
    }
    // whoever has just signed in has chosen the account by doing so
    if (prompt(PromptValue::SelectAccount) || needs_page(facts))
        && !facts.selected_here
        && !facts.authenticated_here
    {
        return Step::SelectAccount;
    }
    if let Some(step) = factor_step(facts.factor, session) {
        return step;
    }
    if !meets_essential_acr(request, session) {
        return Step::Unmet;
    }
    if needs_consent(request, facts) { Step::Consent } else { Step::Done }
}

fn needs_sign_in(request: &AuthorizationRequest, facts: &Facts, session: &SessionFacts) -> bool {
    // a sign-in that a clock ahead has dated is not fresh
    let age = stored_time::age(session.auth_time, facts.now);
    let is_older = |seconds: i64| age.is_none_or(|age| age > seconds);
    if facts.authenticated_here {
        // whoever lingers on a later page is no longer as fresh as the client asked for
        return request.max_age.is_some_and(|max_age| is_older(max_age.max(FRESH_HERE)));
    }
    let too_old = |max_age: i64| max_age == 0 || is_older(max_age);
    request.prompt.has(PromptValue::Login)
        || request.max_age.is_some_and(too_old)
        || facts.hint_subject.is_some_and(|subject| subject != session.user_id)
}

/// An account that has a second factor proves it in every session (MF6), so `acr_values` has nothing to add: without
/// one, a wish for it stays a wish (OpenID Connect Core section 5.5.1.1).
fn factor_step(policy: FactorPolicy, session: &SessionFacts) -> Option<Step> {
    match (session.amr.has_second_factor(), session.has_second_factor_enrolled, policy) {
        (true, _, _) | (false, false, FactorPolicy::Optional) => None,
        (false, true, _) => Some(Step::SecondFactor),
        (false, false, FactorPolicy::Required) => Some(Step::Enrol),
    }
}

/// Whether the sign-in is of a context that the client calls essential. One that can't be is a failed sign-in (OpenID
/// Connect Core section 5.5.1.1).
fn meets_essential_acr(request: &AuthorizationRequest, session: &SessionFacts) -> bool {
    let demanded = &request.claims.acr;
    demanded.is_empty() || demanded.iter().any(|acr| acr == session.amr.acr())
}

/// Whether the person has to see a page because another program may have sent them in the client's name (RFC 8252 section
/// 8.6). A client that isn't ours has the consent page for that.
fn needs_page(facts: &Facts) -> bool {
    !facts.client_assured && facts.first_party
}

fn needs_consent(request: &AuthorizationRequest, facts: &Facts) -> bool {
    // whoever signed in or chose the account for this request has seen who asks
    let unseen = !facts.client_assured && !facts.authenticated_here && !facts.selected_here;
    let remembered = facts.first_party || !unseen && request.consent_scope().is_subset(facts.consented);
    !facts.consented_here && (request.prompt.has(PromptValue::Consent) || !remembered)
}

/// The error of a step that can't be taken: with `prompt=none` one that needs a page (OpenID Connect Core section
/// 3.1.2.6), and always one that doesn't exist.
pub fn silent(request: &AuthorizationRequest, step: Step) -> Result<(), OAuthError> {
    Err(match step {
        Step::Unmet => catalogue::ACR_NOT_MET,
        Step::Done => return Ok(()),
        _ if !request.prompt.has(PromptValue::None) => return Ok(()),
        Step::SignIn | Step::Register => catalogue::LOGIN_REQUIRED,
        Step::SelectAccount => catalogue::ACCOUNT_SELECTION_REQUIRED,
        Step::SecondFactor | Step::Enrol => catalogue::INTERACTION_REQUIRED,
        Step::Consent => catalogue::CONSENT_REQUIRED,
    })
}
