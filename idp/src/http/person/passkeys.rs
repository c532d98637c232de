//! The page of a person's passkeys.

use axum::{http::StatusCode, response::Response};
use language::Message;

use super::{
    super::{
        context::Context,
        pages::{PasskeyForm, PasskeyLine, PasskeysPage},
        request::Form,
        respond,
    },
    account::{FRESH_SECONDS, enter},
    signals,
};
use crate::{
    flow::{
        Result,
        passkeys::{
            add,
            ceremony::Answer,
            manage::{self, Listed, Outcome},
        },
    },
    paths,
    session::Session,
};

const EXPIRED: Message = Message::new("passkeys-expired");
const REFUSED: Message = Message::new("passkeys-refused");
/// The authenticator is not one of those that the realm lists.
pub const UNLISTED: Message = Message::new("passkeys-unlisted");
const LAST: Message = Message::new("passkeys-last");

/// `GET /account/passkeys`
pub async fn list(context: Context) -> Response {
    let result = match enter(&context, paths::PASSKEYS, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => page(&context, &session, None).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

async fn page(context: &Context, session: &Session, problem: Option<Message>) -> Result<Response> {
    let (realm, visit) = (&context.realm, &context.visit);
    if realm.passkeys.is_none() {
        return Ok(respond::see_other(paths::ACCOUNT));
    }
    let listed = manage::list(realm, session).await?;
    let offered = add::offer(realm, visit, session).await?;
    let status = if problem.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let page = PasskeysPage {
        frame: respond::frame(context),
        action: paths::PASSKEYS.to_owned(),
        csrf: context.csrf(),
        problem,
        accepted: signals::accepted(session, &listed),
        passkeys: listed.into_iter().map(|passkey| line(context, passkey)).collect(),
        add: offered.map(|offered| PasskeyForm::new(paths::PASSKEYS.to_owned(), context.csrf(), offered)),
        sessions_url: paths::SESSIONS.to_owned(),
        account_url: paths::ACCOUNT.to_owned(),
    };
    respond::page(status, &page)
}

fn line(context: &Context, passkey: Listed) -> PasskeyLine {
    let zone = &context.realm.config.time_zone;
    PasskeyLine {
        id: passkey.id,
        label: passkey.label,
        synced: passkey.synced,
        created: zone.at(passkey.created_at),
        used: passkey.last_used_at.map(|at| zone.at(at)),
    }
}

/// `POST /account/passkeys`: a new passkey, another name for one, or its removal.
pub async fn change(form: Form) -> Response {
    let context = &form.context;
    let result = match enter(context, paths::PASSKEYS, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => changed(&form, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    form.finish(result).await
}

async fn changed(form: &Form, session: &Session) -> Result<Response> {
    let context = &form.context;
    let (realm, visit, id) = (&context.realm, &context.visit, form.field("id"));
    if realm.passkeys.is_none() {
        return Ok(respond::see_other(paths::ACCOUNT));
    }
    let problem = match form.field("change") {
        "rename" => problem(manage::rename(realm, visit, session, id, form.field("label")).await?),
        "remove" => problem(manage::remove(realm, visit, session, id).await?),
        _ => match add::add(realm, visit, session, answer(form), add::Wish::WayIn).await? {
            add::Outcome::Added { cookie, .. } => {
                let response = respond::see_other(paths::PASSKEYS);
                return Ok(respond::with_session(context, response, &cookie));
            }
            add::Outcome::Expired => Some(EXPIRED),
            add::Outcome::Unlisted => Some(UNLISTED),
            add::Outcome::Refused => Some(REFUSED),
        },
    };
    match problem {
        None => Ok(respond::see_other(paths::PASSKEYS)),
        Some(text) => page(context, session, Some(text)).await,
    }
}

fn problem(outcome: Outcome) -> Option<Message> {
    match outcome {
        Outcome::Done => None,
        Outcome::Last => Some(LAST),
        Outcome::Label => Some(Message::new("passkeys-name-length").with("max", 60)),
    }
}

/// What a passkey's form sends.
pub fn answer(form: &Form) -> Answer<'_> {
    Answer { ceremony: form.field("ceremony"), credential: form.field("credential") }
}
