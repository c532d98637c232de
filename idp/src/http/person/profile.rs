//! The page of a person's own profile.

use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        context::Context,
        pages::{FieldProblem, ProfilePage},
        request::Form,
        respond,
    },
    account::enter,
    register,
};
use crate::{
    flow::{
        Result,
        new_account::Filled,
        own_profile::{self, Profile, Told},
    },
    paths,
    session::Session,
};

/// `GET /account/profile`
pub async fn show(context: Context) -> Response {
    let result = match enter(&context, paths::PROFILE, None).await {
        Ok(Ok(session)) => as_it_is(&context, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

async fn as_it_is(context: &Context, session: &Session) -> Result<Response> {
    let profile = own_profile::current(&context.realm, session).await?;
    let filled = filled(&profile, |told| &told.text);
    page(context, StatusCode::OK, &profile, &filled, None)
}

fn filled<'a>(profile: &'a Profile, text: impl Fn(&'a Told) -> &'a str) -> Vec<Filled<'a>> {
    let told = profile.told.iter();
    told.map(|told| Filled { claim: told.claim, text: text(told), required: false }).collect()
}

fn page(
    context: &Context,
    status: StatusCode,
    profile: &Profile,
    filled: &[Filled<'_>],
    problem: Option<FieldProblem>,
) -> Result<Response> {
    let page = ProfilePage {
        frame: respond::frame(context),
        action: paths::PROFILE.to_owned(),
        csrf: context.csrf(),
        claims: register::inputs(filled),
        username: profile.username.clone(),
        problem,
        account_url: paths::ACCOUNT.to_owned(),
    };
    respond::page(status, &page)
}

/// `POST /account/profile`
pub async fn post(form: Form) -> Response {
    let context = &form.context;
    let result = match enter(context, paths::PROFILE, None).await {
        Ok(Ok(session)) => changed(&form, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    form.finish(result).await
}

async fn changed(form: &Form, session: &Session) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let profile = own_profile::current(realm, session).await?;
    let typed = |claim: &str| form.params.pairs().iter().find(|(name, _)| name == claim);
    // a claim that the page did not have yet when it was shown stays as it is
    let filled = filled(&profile, |told| typed(told.claim).map_or(&told.text, |(_, text)| text));
    match own_profile::change(realm, visit, session, &filled).await? {
        Ok(()) => Ok(respond::see_other(paths::ACCOUNT)),
        Err(fault) => {
            page(context, StatusCode::BAD_REQUEST, &profile, &filled, Some(register::problem(fault)))
        }
    }
}
