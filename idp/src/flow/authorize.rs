//! A client's authorization request: judged, then answered at once or kept until its person has done what is needed.

use std::sync::Arc;

use protocol::{
    authorize::{self, AuthorizationRequest, Beside, PromptValue, Refusal, Step},
    catalogue,
    client::Client,
    error::{ErrorCode, OAuthError},
    id_token,
    params::Params,
    stored_time::LEEWAY,
};

use super::{
    Result, dispatch, issue_code,
    refusals::{self, Unredirectable},
    sessions::choice,
};
use crate::{
    realm::Realm,
    session::{
        Session, Visit,
        interaction::{Interaction, Purpose, Wanted},
    },
    store::sessions,
};

/// Where the browser goes.
pub enum Outcome {
    /// Back to the client, with a code or an error.
    Leave(String),
    /// To the pages of this interaction.
    Interact(String),
    /// Nowhere: the redirect URI is not known to be the client's, so only a page of this realm may answer (A2).
    Page(Box<Unredirectable>),
}
opaque!(Outcome);

/// Judges a request regardless of the person; `GET` and `POST` share this (A7). The error answers a refused request.
pub fn judge(realm: &Realm, params: &Params) -> std::result::Result<AuthorizationRequest, Outcome> {
    let client = params.one("client_id").ok().flatten().and_then(|id| realm.client(id)).map(Arc::as_ref);
    authorize::request(params, client, &realm.offer()).map_err(|refusal| match refusal {
        Refusal::Page(error) => {
            let what = unredirectable(error, client, params);
            refusals::unredirectable(params.first("client_id"), &what);
            Outcome::Page(Box::new(what))
        }
        Refusal::Redirect { redirect_uri, state, error } => {
            let client_id = params.first("client_id").unwrap_or_default();
            refusals::of_authorization(client_id, &redirect_uri, &error);
            let issuer = &realm.config.issuer;
            Outcome::Leave(authorize::error_location(&redirect_uri, &error, state.as_deref(), issuer))
        }
    })
}

/// Answers a judged request: at once when the person has nothing to do, otherwise through an interaction.
pub async fn answer(realm: &Realm, visit: &Visit, mut request: AuthorizationRequest) -> Result<Outcome> {
    let hint_subject = match hint_subject(realm, &request).await {
        Ok(hint) => hint,
        Err(error) => return Ok(Outcome::Leave(refusals::redirect(realm, &request, &error))),
    };
    let silent = request.prompt.has(PromptValue::None);
    let (beside, named) = choice::named_by(realm, visit, &request, hint_subject.as_deref()).await?;
    if let Some(session) = named
        && let Some(location) = of_another(realm, visit, session, &request, hint_subject.as_deref()).await?
    {
        return Ok(Outcome::Leave(location));
    }
    // an app that may not have the other account is not told that it is here
    let beside = if silent && beside == Beside::Named { Beside::Somebody } else { beside };
    let hint_subject_here = hint_subject.as_deref();
    let here = dispatch::Here { hint_subject: hint_subject_here, beside, ..dispatch::Here::default() };
    let step = dispatch::step_of(realm, visit, &request, here).await?;
    if let Err(error) = authorize::silent(&request, step) {
        return Ok(Outcome::Leave(refusals::redirect(realm, &request, &error)));
    }
    if let (Step::Done, Some(session)) = (step, &visit.session)
        && let Some(location) = issue_code::issue(realm, visit, session, &request, &realm.new_token()).await?
    {
        return Ok(Outcome::Leave(location));
    }
    if silent {
        // the session ended after `step_of` had read it
        let error = OAuthError::new(ErrorCode::LoginRequired, "nobody is signed in");
        return Ok(Outcome::Leave(refusals::redirect(realm, &request, &error)));
    }
    // from here on only the subject of the hint counts
    request.id_token_hint = None;
    let purpose = Purpose::Client { request: Box::new(request), hint_subject, wanted: Wanted::default() };
    Ok(Outcome::Interact(Interaction::begin(realm, visit, &purpose).await?))
}

/// The answer for an account that the request names and that is signed in to beside the one in use, when its owner has
/// nothing to do. What is in use in the browser stays so: other tabs and apps go on with it.
async fn of_another(
    realm: &Realm,
    visit: &Visit,
    session: Session,
    request: &AuthorizationRequest,
    hint_subject: Option<&str>,
) -> Result<Option<String>> {
    let there = visit.in_session(session.clone());
    let here = dispatch::Here { hint_subject, ..dispatch::Here::default() };
    if dispatch::step_of(realm, &there, request, here).await? != Step::Done {
        return Ok(None);
    }
    let location = issue_code::issue(realm, &there, &session, request, &realm.new_token()).await?;
    let (now, id_hash) = (realm.now(), session.id_hash);
    sessions::touch(&realm.store.facts, &id_hash, now, now + LEEWAY).await?;
    Ok(location)
}

/// The subject that the request demands, if any: that of its `id_token_hint`, a token this realm signed, expired or not
/// (A13), or the one in `claims`.
async fn hint_subject(
    realm: &Realm,
    request: &AuthorizationRequest,
) -> std::result::Result<Option<String>, OAuthError> {
    let claimed = &request.claims.subject;
    let Some(token) = &request.id_token_hint else { return Ok(claimed.clone()) };
    let keys = realm.keys.ready().await.ok_or(catalogue::UNVERIFIABLE_HINT)?;
    let hint = id_token::verify_hint(&keys.set, token, &realm.config.issuer)
        .map_err(|_| catalogue::UNVERIFIABLE_HINT)?;
    if claimed.as_ref().is_some_and(|claimed| *claimed != hint.sub) {
        return Err(catalogue::TWO_SUBJECTS);
    }
    Ok(Some(hint.sub))
}

fn unredirectable(error: OAuthError, client: Option<&Client>, params: &Params) -> Unredirectable {
    Unredirectable {
        error,
        client_name: client.map(|client| client.name.clone()),
        received: params.first("redirect_uri").map(str::to_owned),
        registered: client.map(|client| client.redirect_uris.clone()).unwrap_or_default(),
    }
}
