//! Signing in at another provider: the way there, the way back, and what becomes of somebody who has no account here.

use axum::{extract::Path, http::StatusCode, response::Response};
use language::Message;
use web::params::{ParamsRejection, QueryParams};

use super::{
    super::{
        context::Context,
        error,
        pages::{ConnectPage, Frame, LeavingPage},
        refusal::Words,
        request::Form,
        respond,
    },
    account::FRESH_SECONDS,
    connections,
    interaction_page::{cancel_url, opened, page},
    sign_in,
    upstream_page::{leave, told},
};
use crate::{
    flow::{
        Result,
        account::{self, Access},
        identity::{
            connect,
            waiting::{choose, forget, waiting},
        },
        upstream::{
            Aim, arrive, begin,
            callback::{self, Judged, Problem},
            newcomer,
        },
    },
    paths::{self, Action},
    realm::upstream::Assertion,
    session::interaction::Interaction,
};

/// `POST /interaction/{id}/upstream`
pub async fn begin(Path(id): Path<String>, form: Form) -> Response {
    let result = begun(&form, &id).await;
    form.context.finish(result)
}

async fn begun(form: &Form, id: &str) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let interaction = match opened(context, id).await? {
        Ok(interaction) => interaction,
        Err(instead) => return Ok(instead),
    };
    let Some(upstream) = realm.upstream(form.field("upstream")) else {
        return Ok(respond::see_other(&interaction.path()));
    };
    match begin::sign_in(realm, visit, &interaction, upstream).await? {
        Ok(url) => leave(context, upstream, url),
        Err(failed) => {
            let (status, text) = told(failed.into(), &upstream.config.name);
            sign_in::after_upstream(context, &interaction, status, text)
        }
    }
}

/// `GET /upstream/{id}/callback`
pub async fn callback(
    context: Context,
    Path(id): Path<String>,
    query: std::result::Result<QueryParams, ParamsRejection>,
) -> Response {
    let mut context = context;
    let result = async {
        let params = match query {
            Ok(QueryParams(params)) if params.check_no_repeats().is_ok() => params,
            _ => return Ok(lost(&context)),
        };
        match callback::judge(&context.realm, &context.visit, &id, &params).await? {
            Judged::Unknown => Ok(lost(&context)),
            Judged::Before(aim) => onwards(&context, &place(&aim)),
            Judged::Now { aim, upstream, who } => {
                // whoever chooses another language must not come back with a code that was used
                context.here = place(&aim);
                match aim {
                    Aim::SignIn { interaction } => arrived(&context, &interaction, &upstream, who).await,
                    Aim::Connect { sid } => connected(&context, &sid, &upstream, who).await,
                }
            }
        }
    };
    let result = result.await;
    context.finish(result)
}

/// Where somebody goes on who was sent to an upstream.
fn place(aim: &Aim) -> String {
    match aim {
        Aim::SignIn { interaction } => paths::interaction(interaction),
        Aim::Connect { .. } => paths::CONNECTIONS.to_owned(),
    }
}

/// The page that leads on from the callback. No redirect: the chain may have begun with a form of the provider, whose
/// `form-action` does not name the app behind us (S6).
fn onwards(context: &Context, path: &str) -> Result<Response> {
    let frame = Frame { language_url: None, ..respond::frame(context) };
    let lead = Message::new("leaving-lead");
    respond::page(StatusCode::OK, &LeavingPage { frame, lead, location: path.to_owned() })
}

/// The page for an answer that this browser does not expect.
fn lost(context: &Context) -> Response {
    let said = Words::new("error-lost", Message::new("upstream-lost"));
    error::unexpected(context, said)
}

type Who = std::result::Result<Box<Assertion>, Problem>;

async fn arrived(context: &Context, id: &str, upstream: &str, who: Who) -> Result<Response> {
    let (realm, visit) = (&context.realm, &context.visit);
    let interaction = match opened(context, id).await? {
        Ok(interaction) => interaction,
        Err(instead) => return Ok(instead),
    };
    let name = realm.upstream(upstream).map_or(upstream, |upstream| &upstream.config.name);
    let assertion = match who {
        Ok(assertion) => assertion,
        Err(problem) => {
            let (status, text) = told(problem, name);
            return sign_in::after_upstream(context, &interaction, status, text);
        }
    };
    match arrive::sign_in(realm, visit, &interaction, &assertion).await? {
        arrive::Outcome::SignedIn(cookie) => {
            Ok(respond::with_session(context, onwards(context, &interaction.path())?, &cookie))
        }
        arrive::Outcome::Nobody => onwards(context, &interaction.path()),
        arrive::Outcome::Disabled => {
            let text = Message::new("upstream-disabled");
            sign_in::after_upstream(context, &interaction, StatusCode::FORBIDDEN, text)
        }
    }
}

/// Somebody who is signed in comes back to connect an account.
async fn connected(context: &Context, sid: &str, upstream: &str, who: Who) -> Result<Response> {
    let (realm, visit) = (&context.realm, &context.visit);
    // the same session, and still as fresh as the page demanded it from which the person was sent
    let fresh = Some(FRESH_SECONDS + begin::LIFE_SECONDS);
    let session = match account::access(realm, visit, paths::CONNECTIONS, fresh).await? {
        Access::Granted(session) if session.sid == sid => session,
        Access::Granted(_) => return Ok(respond::see_other(paths::CONNECTIONS)),
        Access::SignIn(id) => return Ok(respond::to_interaction(context, &id)),
    };
    let name = realm.upstream(upstream).map_or(upstream, |upstream| &upstream.config.name);
    let (status, text) = match who {
        Err(problem) => told(problem, name),
        Ok(assertion) => match connect::with_session(realm, visit, &session, &assertion).await? {
            connect::Outcome::Connected | connect::Outcome::Over => {
                return Ok(respond::see_other(paths::CONNECTIONS));
            }
            connect::Outcome::Elsewhere => {
                (StatusCode::CONFLICT, Message::new("upstream-elsewhere").with("provider", name))
            }
        },
    };
    connections::page(context, &session, Some((status, text))).await
}

/// The page for somebody who has signed in at an upstream and has no account here.
pub fn connect_page(
    context: &Context,
    interaction: &Interaction,
    assertion: &Assertion,
    problem: Option<(StatusCode, Message)>,
) -> Result<Response> {
    let realm = &context.realm;
    let name = realm.upstream(&assertion.upstream).map_or("", |upstream| upstream.config.name.as_str());
    let (status, problem) = problem.unzip();
    let shown = ConnectPage {
        frame: respond::frame_of(context, interaction),
        action: interaction.action(Action::Connect),
        csrf: context.csrf(),
        provider: name.to_owned(),
        email: assertion.email.clone(),
        creates: newcomer::role(realm, assertion).is_some(),
        mails: realm.mailer.is_some(),
        problem,
        cancel_url: cancel_url(interaction),
    };
    page(interaction, status.unwrap_or(StatusCode::OK), &shown)
}

/// `POST /interaction/{id}/connect`: an account that exists, a new account, or another way to sign in.
pub async fn decide(Path(id): Path<String>, form: Form) -> Response {
    let result = decided(&form, &id).await;
    form.finish(result).await
}

async fn decided(form: &Form, id: &str) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let interaction = match opened(context, id).await? {
        Ok(interaction) => interaction,
        Err(instead) => return Ok(instead),
    };
    let back = respond::see_other(&interaction.path());
    let Some(assertion) = waiting(realm, &interaction) else { return Ok(back) };
    match form.field("decision") {
        "create" => {}
        "connect" => {
            choose(realm, &interaction, &assertion).await?;
            return Ok(respond::see_other(&format!("{}?view=sign-in", interaction.path())));
        }
        _ => {
            forget(realm, &interaction).await?;
            return Ok(back);
        }
    }
    match newcomer::ask(realm, visit, &interaction, &assertion).await {
        Ok(newcomer::Made::SignedIn(cookie)) => Ok(respond::with_session(context, back, &cookie)),
        Ok(newcomer::Made::Mailed(path)) => Ok(respond::see_other(&path)),
        Ok(newcomer::Made::Closed) => Ok(back),
        Ok(newcomer::Made::Taken) => {
            let problem = (StatusCode::BAD_REQUEST, Message::new("email-taken"));
            connect_page(context, &interaction, &assertion, Some(problem))
        }
        Err(failure) => {
            let again = error::Again::after(failure, realm.now())?;
            let shown = connect_page(context, &interaction, &assertion, Some((again.status, again.text)))?;
            Ok(error::with_retry(shown, again.retry_seconds))
        }
    }
}
