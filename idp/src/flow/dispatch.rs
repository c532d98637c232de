//! The dispatcher: computes the next step from stored facts each time. Pages never call each other.

use protocol::{
    authorize::{self, AuthorizationRequest, Beside, Facts, PromptValue, SessionFacts, Step},
    catalogue,
    error::OAuthError,
    redirect_uri,
    scope::Scope,
};

use super::{Result, identity, issue_code, refusals, sessions::choice};
use crate::{
    realm::Realm,
    session::{
        Visit,
        interaction::{Interaction, LIFE_SECONDS, Purpose, own_request},
    },
    store::pending,
};

/// What belongs to this one request: the expected subject, and what the person already did within its interaction.
#[derive(Debug, Clone, Copy, Default)]
pub struct Here<'a> {
    /// The subject that the client expects, by `id_token_hint` or `claims`.
    pub hint_subject: Option<&'a str>,
    /// The browser's other accounts.
    pub beside: Beside,
    /// The person signed in, to the current session.
    pub authenticated: bool,
    /// The person consented, with the current account.
    pub consented: bool,
    /// The person chose the current account.
    pub selected: bool,
}

/// Where the browser goes next.
pub enum Next {
    /// To a page of this step.
    Show(Step),
    /// Away: the request has its answer.
    Leave(String),
    /// Nowhere: the request was answered before, or expired (S7).
    Over,
}
opaque!(Next);

/// The next step of an interaction; the last one issues the code. A browser that asks again while the code is unused,
/// after a lost answer or a double click, gets the same code (A15).
pub async fn next(realm: &Realm, visit: &Visit, interaction: &Interaction) -> Result<Next> {
    let (now, since) = (realm.now(), realm.now() - realm.config.tokens.code);
    let is_open = interaction.is_open(now);
    let leads_on = is_open || interaction.has_code(since) || interaction.is_for_a_page_of_ours(now);
    if !leads_on {
        return Ok(Next::Over);
    }
    let step = current(realm, visit, interaction).await?;
    if is_open && interaction.row.assertion.is_some() && is_complete(step) {
        identity::connect::settle(realm, visit, interaction).await?;
    }
    let (Step::Done | Step::Unmet, Some(session)) = (step, &visit.session) else {
        return Ok(if is_open { Next::Show(step) } else { Next::Over });
    };
    let (request, hint_subject) = match &interaction.purpose {
        Purpose::Account { path, .. } => {
            pending::complete(&realm.store.pending, &interaction.id_hash(), now).await?;
            return Ok(Next::Leave(path.clone()));
        }
        Purpose::Client { request, hint_subject, .. } => (request, hint_subject),
    };
    let Some(code) = interaction.code(realm, &session.sid, since).await? else { return Ok(Next::Over) };
    if let Err(error) = fits(request, step, hint_subject.as_deref(), &session.user_id) {
        return Ok(Next::Leave(refusals::redirect(realm, request, &error)));
    }
    Ok(issue_code::issue(realm, visit, session, request, &code).await?.map_or(Next::Over, Next::Leave))
}

/// Checks that person and sign-in are what the client demanded: never a code for another person (OpenID Connect Core
/// section 3.1.2.2), nor for a weaker sign-in.
fn fits(
    request: &AuthorizationRequest,
    step: Step,
    expected: Option<&str>,
    user_id: &str,
) -> std::result::Result<(), OAuthError> {
    if expected.is_some_and(|expected| expected != user_id) {
        return Err(catalogue::ANOTHER_PERSON);
    }
    authorize::silent(request, step)
}

/// The step that an open interaction is at. A form counts only at its own step: otherwise a code of the app alone could
/// replace the new sign-in that a client asked for.
pub async fn current(realm: &Realm, visit: &Visit, interaction: &Interaction) -> Result<Step> {
    let here = here(visit, interaction);
    if let Some(step) = before_connecting(realm, visit, interaction, here).await? {
        return Ok(step);
    }
    let mut request = interaction.request();
    let (beside, _) = choice::named_by(realm, visit, &request, here.hint_subject).await?;
    let here = Here { beside, ..here };
    if has_another_in_use(visit, interaction, here) {
        request.prompt = request.prompt.with_choice();
    }
    match interaction.purpose {
        Purpose::Account { .. } => {
            let facts = visit.facts(realm).await?;
            Ok(judge(
                realm,
                &request,
                facts.as_ref(),
                here,
                Given { consented: &Scope::default(), client: OURS },
            ))
        }
        Purpose::Client { .. } => step_of(realm, visit, &request, here).await,
    }
}

/// Whether the person chose or signed in to one account here, and another one was put in use since then, in another tab:
/// then the choice is made again. A new sign-in that the request begins with is one too.
fn has_another_in_use(visit: &Visit, interaction: &Interaction, here: Here<'_>) -> bool {
    let row = &interaction.row;
    let has_chosen = row.selected_user.is_some() || row.authenticated_sid.is_some();
    let begins_anew = interaction.request().prompt.has(PromptValue::Login);
    here.beside != Beside::Nobody && visit.session.is_some() && has_chosen && !here.selected && !begins_anew
}

/// What is left of the sign-in to the account that an upstream account is going to be connected with. It begins anew here,
/// and asks for two factors of whoever has them: what is connected signs in from then on (MF5).
async fn before_connecting(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    here: Here<'_>,
) -> Result<Option<Step>> {
    if identity::waiting::chosen(realm, interaction).is_none() {
        return Ok(None);
    }
    if !here.authenticated {
        return Ok(Some(Step::SignIn));
    }
    let step = own_step(realm, Some(LIFE_SECONDS), visit.facts(realm).await?.as_ref());
    Ok(Some(step).filter(|step| *step != Step::Done))
}

/// Whether the person has proved all that has to be proved.
const fn is_complete(step: Step) -> bool {
    matches!(step, Step::Consent | Step::Done | Step::Unmet)
}

/// What the rules need to know of the client that sent the request.
#[derive(Clone, Copy)]
struct Sender {
    first_party: bool,
    /// Whether the answer is certain to reach this client.
    assured: bool,
}

/// What the person consented to before, and for which client.
#[derive(Clone, Copy)]
struct Given<'a> {
    /// The scopes that were consented to before.
    consented: &'a Scope,
    client: Sender,
}

/// The sender of requests for the realm's own pages.
const OURS: Sender = Sender { first_party: true, assured: true };

/// The step that a client's request is at.
pub async fn step_of(
    realm: &Realm,
    visit: &Visit,
    request: &AuthorizationRequest,
    here: Here<'_>,
) -> Result<Step> {
    let client = realm.client(&request.client_id);
    let (session, consented) = visit.facts_for(realm, &request.client_id).await?.unzip();
    let sender = Sender {
        first_party: client.is_some_and(|client| client.first_party),
        assured: client.is_some_and(|client| client.is_confidential())
            || redirect_uri::identifies_client(&request.redirect_uri),
    };
    Ok(judge(
        realm,
        request,
        session.as_ref(),
        here,
        Given { consented: &consented.unwrap_or_default(), client: sender },
    ))
}

/// The step that a request for one of the realm's own pages is at. These need no consent.
pub fn own_step(realm: &Realm, max_age: Option<i64>, session: Option<&SessionFacts>) -> Step {
    judge(
        realm,
        &own_request(max_age),
        session,
        Here::default(),
        Given { consented: &Scope::default(), client: OURS },
    )
}

fn judge(
    realm: &Realm,
    request: &AuthorizationRequest,
    session: Option<&SessionFacts>,
    here: Here<'_>,
    given: Given<'_>,
) -> Step {
    let Given { consented, client } = given;
    authorize::next_step(
        request,
        &Facts {
            now: realm.now(),
            session,
            beside: here.beside,
            consented,
            first_party: client.first_party,
            client_assured: client.assured,
            enrols_at_sign_in: !realm.enrols_by_invitation(),
            hint_subject: here.hint_subject,
            authenticated_here: here.authenticated,
            consented_here: here.consented,
            selected_here: here.selected,
        },
    )
}

fn here<'a>(visit: &Visit, interaction: &'a Interaction) -> Here<'a> {
    let hint_subject = match &interaction.purpose {
        Purpose::Client { hint_subject, .. } => hint_subject.as_deref(),
        Purpose::Account { .. } => None,
    };
    let Some(session) = &visit.session else { return Here { hint_subject, ..Here::default() } };
    let row = &interaction.row;
    let authenticated = row.authenticated_sid.as_deref() == Some(session.sid.as_str());
    let same_user = |user: &Option<String>| user.as_deref() == Some(session.user_id.as_str());
    Here {
        hint_subject,
        beside: Beside::Nobody,
        authenticated,
        consented: same_user(&row.consented_user),
        // typing a password also chooses the account
        selected: authenticated || same_user(&row.selected_user),
    }
}
