//! The page of the other providers by which a person's account can be signed in to.

use axum::{http::StatusCode, response::Response};
use language::Message;

use super::{
    super::{
        context::Context,
        pages::{ConnectionLine, ConnectionsPage},
        request::Form,
        respond,
    },
    account::{FRESH_SECONDS, enter},
    upstream_page::{buttons, leave, told},
};
use crate::{
    flow::{
        Result,
        upstream::{
            begin,
            manage::{self, Listed, Outcome},
        },
    },
    paths,
    session::Session,
};

/// `GET /account/connections`
pub async fn list(context: Context) -> Response {
    let result = match enter(&context, paths::CONNECTIONS, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => page(&context, &session, None).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

/// The page, with what went wrong and its status.
pub async fn page(
    context: &Context,
    session: &Session,
    problem: Option<(StatusCode, Message)>,
) -> Result<Response> {
    let listed = manage::list(&context.realm, session).await?;
    let (status, problem) = problem.unzip();
    let page = ConnectionsPage {
        frame: respond::frame(context),
        action: paths::CONNECTIONS.to_owned(),
        csrf: context.csrf(),
        problem,
        connections: listed.into_iter().map(|listed| line(context, listed)).collect(),
        upstreams: buttons(&context.realm),
        account_url: paths::ACCOUNT.to_owned(),
    };
    respond::page(status.unwrap_or(StatusCode::OK), &page)
}

fn line(context: &Context, listed: Listed) -> ConnectionLine {
    let zone = &context.realm.config.time_zone;
    ConnectionLine {
        id: listed.id,
        provider: listed.name,
        email: listed.email,
        is_offered: listed.is_offered,
        connected: zone.at(listed.created_at),
        used: listed.last_used_at.map(|at| zone.at(at)),
    }
}

/// `POST /account/connections`: another one, or one less.
pub async fn change(form: Form) -> Response {
    let context = &form.context;
    let result = match enter(context, paths::CONNECTIONS, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => changed(&form, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    form.finish(result).await
}

async fn changed(form: &Form, session: &Session) -> Result<Response> {
    let context = &form.context;
    if form.field("change") == "add" {
        return add(form, session).await;
    }
    match manage::remove(&context.realm, &context.visit, session, form.field("id")).await? {
        Outcome::Done => Ok(respond::see_other(paths::CONNECTIONS)),
        Outcome::Last => {
            let problem = (StatusCode::BAD_REQUEST, Message::new("connections-last"));
            page(context, session, Some(problem)).await
        }
    }
}

/// The way to the provider where another account is.
async fn add(form: &Form, session: &Session) -> Result<Response> {
    let context = &form.context;
    let realm = &context.realm;
    let Some(upstream) = realm.upstream(form.field("upstream")) else {
        return Ok(respond::see_other(paths::CONNECTIONS));
    };
    match begin::connect(realm, &context.visit, &session.sid, upstream).await? {
        Ok(url) => leave(context, upstream, url),
        Err(failed) => page(context, session, Some(told(failed.into(), &upstream.config.name))).await,
    }
}
