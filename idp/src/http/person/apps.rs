//! The page of connected apps.

use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        context::Context,
        pages::{AppLine, AppsPage},
        request::Form,
        respond,
    },
    account::enter,
    scopes,
};
use crate::{
    flow::{
        Result,
        apps::{self, Connected},
    },
    paths,
    session::Session,
};

/// `GET /account/apps`
pub async fn list(context: Context) -> Response {
    let result = match enter(&context, paths::APPS, None).await {
        Ok(Ok(session)) => page(&context, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

async fn page(context: &Context, session: &Session) -> Result<Response> {
    let connected = apps::list(&context.realm, session).await?;
    let page = AppsPage {
        frame: respond::frame(context),
        action: paths::APPS.to_owned(),
        csrf: context.csrf(),
        apps: connected.into_iter().map(|(id, app)| line(context, id, &app)).collect(),
        account_url: paths::ACCOUNT.to_owned(),
    };
    respond::page(StatusCode::OK, &page)
}

fn line(context: &Context, client_id: String, app: &Connected) -> AppLine {
    let zone = &context.realm.config.time_zone;
    let client = context.realm.client(&client_id);
    AppLine {
        app: client.map_or_else(
            || respond::unknown_card(&client_id),
            |client| respond::card(&context.realm, client),
        ),
        is_ours: client.is_some_and(|client| client.first_party),
        scopes: scopes::lines(context, &app.scope),
        first: app.first_at.map(|at| zone.at(at)),
        last: app.last_at.map(|at| zone.at(at)),
        client_id,
    }
}

/// `POST /account/apps`: disconnects an app.
pub async fn end(form: Form) -> Response {
    let context = &form.context;
    let result = match enter(context, paths::APPS, None).await {
        Ok(Ok(session)) => {
            let (realm, visit) = (&context.realm, &context.visit);
            let ended = apps::disconnect(realm, visit, &session, form.field("client_id")).await;
            ended.map(|()| respond::see_other(paths::APPS))
        }
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    form.finish(result).await
}
