//! The pages of a person's data: a copy of it, and leaving (ACC-11).

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use language::Message;

use super::{
    super::{
        context::Context,
        pages::{DataPage, DeletePage, DonePage},
        request::Form,
        respond,
    },
    account::{FRESH_SECONDS, enter},
};
use crate::{
    flow::{
        Error, Result,
        deletion::{self, GRACE_SECONDS},
        export,
    },
    paths,
    session::Session,
};

const DAY: i64 = 24 * 3600;

/// `GET /account/data`
pub async fn show(context: Context) -> Response {
    let result = match enter(&context, paths::DATA, None).await {
        Ok(Ok(_)) => {
            let page = DataPage {
                frame: respond::frame(&context),
                export_url: paths::EXPORT.to_owned(),
                delete_url: deletion::is_offered(&context.realm).then(|| paths::DELETE.to_owned()),
                account_url: paths::ACCOUNT.to_owned(),
            };
            respond::page(StatusCode::OK, &page)
        }
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

/// `GET /account/export`: the copy, after a fresh sign-in.
pub async fn copy(context: Context) -> Response {
    let result = match enter(&context, paths::EXPORT, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => copied(&context, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

async fn copied(context: &Context, session: &Session) -> Result<Response> {
    let document = export::everything(&context.realm, session).await?;
    let text = serde_json::to_vec_pretty(&document).map_err(|error| Error::Internal(error.into()))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"account.json\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, text).into_response())
}

/// `GET /account/delete`: asks first.
pub async fn ask(context: Context) -> Response {
    let result = match enter(&context, paths::DELETE, Some(FRESH_SECONDS)).await {
        Ok(Ok(_)) if !deletion::is_offered(&context.realm) => Ok(respond::see_other(paths::DATA)),
        Ok(Ok(_)) => {
            let page = DeletePage {
                frame: respond::frame(&context),
                action: paths::DELETE.to_owned(),
                csrf: context.csrf(),
                days: GRACE_SECONDS / DAY,
                data_url: paths::DATA.to_owned(),
            };
            respond::page(StatusCode::OK, &page)
        }
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

/// `POST /account/delete`
pub async fn delete(form: Form) -> Response {
    let context = &form.context;
    let result = match enter(context, paths::DELETE, Some(FRESH_SECONDS)).await {
        Ok(Ok(_)) if !deletion::is_offered(&context.realm) => Ok(respond::see_other(paths::DATA)),
        Ok(Ok(session)) => {
            let asked = deletion::ask(&context.realm, &context.visit, &session).await;
            asked.map(|()| respond::without_session(context, respond::see_other(paths::DELETION_ASKED)))
        }
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    form.finish(result).await
}

/// `GET /account-deleted`
pub async fn asked(context: Context) -> Response {
    let page = DonePage {
        frame: respond::frame(&context),
        heading: Message::new("delete-asked"),
        sentence: Message::new("delete-asked-lead").with("days", GRACE_SECONDS / DAY),
        label: Message::new("to-start-page"),
        url: paths::HOME.to_owned(),
    };
    let result = respond::page(StatusCode::OK, &page);
    context.finish(result)
}
