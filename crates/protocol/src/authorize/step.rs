use super::{
    AuthorizationRequest, Beside, PromptValue,
    factor::{Enrolled, FactorPolicy},
};
use crate::{
    acr::{self, Amr},
    catalogue,
    error::OAuthError,
    scope::Scope,
    stored_time,
};

/// Facts about the session in this browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionFacts {
    /// The user who is signed in.
    pub user_id: String,
    /// When the user signed in, Unix seconds.
    pub auth_time: i64,
    /// The authentication methods used in this session.
    pub amr: Amr,
    /// What the account can prove besides a password.
    pub enrolled: Enrolled,
    /// Which second factor is demanded of the account.
    pub factor: FactorPolicy,
    /// Whether a second factor was proved in this browser a while ago, and its owner asked not to be asked again here.
    pub trusted_browser: bool,
}

/// Everything that decides the next step besides the request. It is read from the store each time.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each read from its own place")]
pub struct Facts<'a> {
    /// Unix seconds.
    pub now: i64,
    /// The session in use in this browser, if it is alive.
    pub session: Option<&'a SessionFacts>,
    /// The other accounts of this browser.
    pub beside: Beside,
    /// What this user has consented to for this client.
    pub consented: &'a Scope,
    /// Whether the operator runs the client.
    pub first_party: bool,
    /// Whether it is certain that the client gets the answer: it has a secret, or its redirect URI identifies it.
    pub client_assured: bool,
    /// Whether whoever lacks a demanded second factor may set one up now, after the first one alone (MF6).
    pub enrols_at_sign_in: bool,
    /// The user of a verified `id_token_hint`.
    pub hint_subject: Option<&'a str>,
    /// Whether the person signed in during this interaction.
    pub authenticated_here: bool,
    /// Whether the person consented during this interaction.
    pub consented_here: bool,
    /// Whether the person chose the account during this interaction.
    pub selected_here: bool,
}

/// What has to happen before a code may be issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Sign in, or sign in again.
    SignIn,
    /// Confirm or change the account.
    SelectAccount,
    /// Register an account.
    Register,
    /// Prove the second factor.
    SecondFactor,
    /// Prove a passkey: no other factor is what the client asks for, or the realm demands.
    Passkey,
    /// Prove a passkey in hardware that has proved what it is: nothing less is what the client asks for.
    HardwarePasskey,
    /// Set up a second factor.
    Enrol,
    /// Nothing here: a second factor is demanded, and this account can get one by an invitation only.
    NotEnrolled,
    /// Agree to what the client asks for.
    Consent,
    /// Nothing: issue the code.
    Done,
    /// Nothing more can be done: no step reaches the authentication context that the client demands. The client gets an
    /// error.
    Unmet,
}

/// How long a sign-in in this interaction counts as fresh, in seconds, even if `max_age` is smaller: a second factor
/// and a consent page take that long, and `max_age=0` would ask for a sign-in again and again.
const FRESH_HERE: i64 = 120;

/// How long after a sign-in a demanded second factor may be set up, in seconds.
const ENROL_WITHIN: i64 = 300;

/// The next step. Every page leads back to this decision, so a step counts as done only when the facts show it. Each
/// `prompt` is satisfied once within one interaction, so the interaction ends.
pub fn next_step(request: &AuthorizationRequest, facts: &Facts) -> Step {
    let prompt = |value| request.prompt.has(value);
    if prompt(PromptValue::Create) && !facts.authenticated_here {
        return Step::Register;
    }
    let Some(session) = facts.session else { return with_nobody_in_use(request, facts) };
    if has_to_choose(request, facts) {
        return Step::SelectAccount;
    }
    if needs_sign_in(request, facts, session) {
        return Step::SignIn;
    }
    // a person who has just signed in has chosen the account by that
    if (prompt(PromptValue::SelectAccount) || needs_page(facts))
        && !facts.selected_here
        && !facts.authenticated_here
    {
        return Step::SelectAccount;
    }
    if let Some(step) = factor_step(request, facts, session) {
        // whoever sits down at another person's browser must not set up a factor of their own (MF5)
        let is_old = stored_time::age(session.auth_time, facts.now).is_none_or(|age| age > ENROL_WITHIN);
        let is_stale = is_old && !facts.authenticated_here;
        return if step == Step::Enrol && is_stale { Step::SignIn } else { step };
    }
    if !meets_essential_acr(request, session) {
        return Step::Unmet;
    }
    if needs_consent(request, facts) { Step::Consent } else { Step::Done }
}

/// Whether the request begins with a new sign-in, whoever is signed in.
fn begins_anew(request: &AuthorizationRequest) -> bool {
    request.prompt.has(PromptValue::Login) || request.max_age == Some(0)
}

/// The step while no account is in use. One of the others never takes its place unasked: the person chooses. A request
/// that names somebody who is not among them is about none of them.
fn with_nobody_in_use(request: &AuthorizationRequest, facts: &Facts) -> Step {
    let asks_to_choose = request.prompt.has(PromptValue::SelectAccount);
    let fits = match facts.beside {
        Beside::Nobody => false,
        Beside::Somebody => facts.hint_subject.is_none() && (asks_to_choose || request.login_hint.is_none()),
        Beside::Named => true,
    };
    if fits && (asks_to_choose || !begins_anew(request)) { Step::SelectAccount } else { Step::SignIn }
}

/// Whether the choice among several accounts comes before anything else: the age of a sign-in and its factors are judged
/// for the account that is chosen.
fn has_to_choose(request: &AuthorizationRequest, facts: &Facts) -> bool {
    if facts.selected_here || facts.authenticated_here || request.prompt.has(PromptValue::Login) {
        return false;
    }
    match facts.beside {
        Beside::Nobody => false,
        Beside::Somebody => request.prompt.has(PromptValue::SelectAccount),
        Beside::Named => request.prompt.has(PromptValue::SelectAccount) || request.max_age != Some(0),
    }
}

fn needs_sign_in(request: &AuthorizationRequest, facts: &Facts, session: &SessionFacts) -> bool {
    // a sign-in with a time ahead of the clock is not fresh
    let age = stored_time::age(session.auth_time, facts.now);
    let is_older = |seconds: i64| age.is_none_or(|age| age > seconds);
    if facts.authenticated_here {
        // a person who stays long on a later page is no longer as fresh as the client demands
        return request.max_age.is_some_and(|max_age| is_older(max_age.max(FRESH_HERE)));
    }
    let too_old = |max_age: i64| max_age == 0 || is_older(max_age);
    request.prompt.has(PromptValue::Login)
        || request.max_age.is_some_and(too_old)
        || facts.hint_subject.is_some_and(|subject| subject != session.user_id)
}

/// The step for the second factor. An account of which one is demanded proves it in every session (MF6); another one
/// that has a passkey proves it when the client asks for two factors, or for a sign-in that can't be phished. For an
/// account that has neither, `acr_values` stays an unfulfilled preference (OpenID Connect Core section 5.5.1.1).
fn factor_step(request: &AuthorizationRequest, facts: &Facts, session: &SessionFacts) -> Option<Step> {
    let (policy, amr, Enrolled { app, passkey, hardware }) = (session.factor, &session.amr, session.enrolled);
    let only_hardware = hardware && wants_only(request, acr::PHISHING_RESISTANT_HARDWARE);
    if only_hardware && !amr.is_in_attested_hardware() {
        return Some(Step::HardwarePasskey);
    }
    let demands_passkey = policy == FactorPolicy::PhishingResistant;
    let only_passkey = demands_passkey || wants_only(request, acr::PHISHING_RESISTANT);
    if passkey && only_passkey && !amr.is_phishing_resistant() {
        return Some(Step::Passkey);
    }
    let asked = (app || passkey) && wants_only(request, acr::MULTI);
    let demanded = session.enrolled.is_demanded(policy) && !is_spared(request, policy, session);
    // the app of somebody who has no passkey yet only leads to making one: it is asked for where that is possible (MF5)
    let leads_on = !demands_passkey || facts.enrols_at_sign_in;
    if !amr.has_second_factor() && (asked || demanded) && leads_on {
        return Some(Step::SecondFactor);
    }
    let enrol = if facts.enrols_at_sign_in { Step::Enrol } else { Step::NotEnrolled };
    (!policy.is_met_by(amr)).then_some(enrol)
}

/// Whether the browser is trusted for this request. It replaces no proof: it counts where the realm leaves the choice,
/// never for a client that wants a new or recent sign-in (I12), and tokens say one factor.
fn is_spared(request: &AuthorizationRequest, policy: FactorPolicy, session: &SessionFacts) -> bool {
    session.trusted_browser
        && policy == FactorPolicy::Optional
        && request.max_age.is_none()
        && !request.prompt.has(PromptValue::Login)
}

/// Whether the client prefers or demands this context, and names none that less reaches.
fn wants_only(request: &AuthorizationRequest, wanted: &str) -> bool {
    let names = |acr: &str| request.acr_values.iter().chain(&request.claims.acr).any(|named| named == acr);
    let lower: &[&str] = match wanted {
        acr::MULTI => &[acr::SINGLE],
        acr::PHISHING_RESISTANT => &[acr::SINGLE, acr::MULTI],
        _ => &[acr::SINGLE, acr::MULTI, acr::PHISHING_RESISTANT],
    };
    names(wanted) && !lower.iter().any(|acr| names(acr))
}

/// Whether the sign-in has an authentication context that the client requests as essential. If it can't, the sign-in
/// fails (OpenID Connect Core section 5.5.1.1).
fn meets_essential_acr(request: &AuthorizationRequest, session: &SessionFacts) -> bool {
    let demanded = &request.claims.acr;
    let told = session.amr.acr_of(request.named_contexts(), session.amr.acr());
    demanded.is_empty() || demanded.iter().any(|acr| acr == told)
}

/// Whether the person has to see a page, because another program may have sent the request in the client's name (RFC
/// 8252 section 8.6). A third-party client has the consent page for that.
fn needs_page(facts: &Facts) -> bool {
    !facts.client_assured && facts.first_party
}

fn needs_consent(request: &AuthorizationRequest, facts: &Facts) -> bool {
    // a person who signed in or chose the account for this request has seen which client asks
    let unseen = !facts.client_assured && !facts.authenticated_here && !facts.selected_here;
    let remembered = facts.first_party || !unseen && request.consent_scope().is_subset(facts.consented);
    !facts.consented_here && (request.prompt.has(PromptValue::Consent) || !remembered)
}

/// The error when a step can't be taken: with `prompt=none` any step that needs a page (OpenID Connect Core section
/// 3.1.2.6), and always [`Step::Unmet`].
pub fn silent(request: &AuthorizationRequest, step: Step) -> Result<(), OAuthError> {
    Err(match step {
        Step::Unmet => catalogue::ACR_NOT_MET,
        Step::Done => return Ok(()),
        _ if !request.prompt.has(PromptValue::None) => return Ok(()),
        Step::SignIn | Step::Register => catalogue::LOGIN_REQUIRED,
        Step::SelectAccount => catalogue::ACCOUNT_SELECTION_REQUIRED,
        Step::SecondFactor | Step::Passkey | Step::HardwarePasskey | Step::Enrol | Step::NotEnrolled => {
            catalogue::INTERACTION_REQUIRED
        }
        Step::Consent => catalogue::CONSENT_REQUIRED,
    })
}
