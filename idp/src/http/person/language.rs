//! The page on which people choose the language of the pages.

use axum::{
    http::{StatusCode, header},
    response::Response,
};
use url::Url;
use web::{
    params::{ParamsRejection, QueryParams},
    return_to,
};

use super::{
    super::{
        context::Context,
        pages::{Frame, LanguagePage},
        request::Form,
        respond,
    },
    mail_page::OnTheWay,
};
use crate::{
    flow::{self, Result},
    paths,
};

/// How long a browser keeps the choice, in seconds.
const KEPT_SECONDS: i64 = 400 * 24 * 3600;

/// `GET /language`
pub async fn show(context: Context, query: std::result::Result<QueryParams, ParamsRejection>) -> Response {
    let back = query.ok().and_then(|QueryParams(query)| query.first("back").map(str::to_owned));
    let result = page(&context, back.as_deref().unwrap_or_default()).await;
    context.finish(result)
}

async fn page(context: &Context, back: &str) -> Result<Response> {
    let back = way_back(context, back);
    // an interaction has a language of its own, and may lead back to the client at once
    let on_the_way = OnTheWay::of(context, paths::interaction_of(&back)).await?;
    let page = LanguagePage {
        frame: Frame { language_url: None, client: None, ..on_the_way.frame() },
        action: paths::LANGUAGE.to_owned(),
        csrf: context.csrf(),
        languages: context.realm.config.languages.clone(),
        back,
    };
    on_the_way.show(StatusCode::OK, &page)
}

/// The page that the person came from, or the start page.
fn way_back(context: &Context, back: &str) -> String {
    let issuer = Url::parse(&context.realm.config.issuer).ok();
    issuer.and_then(|issuer| return_to::sanitise(back, &issuer)).unwrap_or_else(|| paths::HOME.to_owned())
}

/// `POST /language`
pub async fn choose(form: Form) -> Response {
    let result = chosen(&form).await;
    form.finish(result).await
}

async fn chosen(form: &Form) -> Result<Response> {
    let context = &form.context;
    let Some(saved) = flow::language::choose(&context.realm, &context.visit, form.field("language")).await?
    else {
        return page(context, form.field("back")).await;
    };
    let mut response = respond::see_other(&way_back(context, form.field("back")));
    let cookie = context.realm.cookies.language.set(&saved.value(), Some(KEPT_SECONDS));
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
