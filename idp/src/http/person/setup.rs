//! The pages behind a one-time setup link.

use axum::{extract::Path, http::StatusCode, response::Response};
use protocol::typed;
use service::when::When;

use super::super::{
    context::{Context, Form},
    error,
    pages::{EnrolPage, FieldProblem, SetupPage},
    respond,
};
use super::{account, register};
use crate::flow::{
    Result,
    enrol::Outcome,
    setup::{self, Begun, Link},
};

const WRONG_CODE: &str = "This code is not right. Check the time on your phone and try the next code.";

/// `GET /setup/{token}`: opening it uses nothing up (S25).
pub async fn show(context: Context, Path(token): Path<String>) -> Response {
    let result = match setup::link(&context.realm, &token).await {
        Ok(Some(link)) => account_page(&context, &token, &link, (("", ""), None)),
        Ok(None) => Ok(gone(&context)),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

fn account_page(
    context: &Context,
    token: &str,
    link: &Link,
    filled: ((&str, &str), Option<FieldProblem>),
) -> Result<Response> {
    let ((email, name), problem) = filled;
    let status = if problem.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let page = SetupPage {
        frame: respond::frame(&context.realm, &context.visit.request_id),
        action: format!("/setup/{token}"),
        csrf: context.csrf(),
        role: link.role.clone(),
        owner: link.account.as_ref().map(|user| user.email.clone()),
        email: typed::identifier(email),
        name: typed::visible(name),
        problem,
        min_length: context.realm.config.passwords.policy.min_code_points,
        expires: When::at(link.expires_at).text,
    };
    respond::page(status, &page)
}

fn gone(context: &Context) -> Response {
    let text = "A setup link works once and for a limited time. Ask an operator for a new one.";
    error::gone(context, "This setup link does not work any more", text)
}

/// `POST /setup/{token}`: who the account is for.
pub async fn begin(Path(token): Path<String>, form: Form) -> Response {
    let result = begun(&form, &token).await;
    form.finish(result).await
}

async fn begun(form: &Form, token: &str) -> Result<Response> {
    let context = &form.context;
    let Some(link) = setup::link(&context.realm, token).await? else { return Ok(gone(context)) };
    match setup::begin(&context.realm, &context.visit, token, register::filled(form)).await? {
        Begun::Factor => Ok(respond::see_other(&setup::factor_path(token))),
        Begun::Fault(fault) => {
            let typed = (form.field("email"), form.field("name"));
            account_page(context, token, &link, (typed, Some(register::problem(fault))))
        }
    }
}

/// `GET /setup/{token}/factor`
pub async fn factor(context: Context, Path(token): Path<String>) -> Response {
    let result = factor_page(&context, &token, None).await;
    context.finish(result)
}

async fn factor_page(context: &Context, token: &str, problem: Option<String>) -> Result<Response> {
    let Some((account, seed)) = setup::waiting(&context.realm, &context.visit, token).await? else {
        return Ok(respond::see_other(&format!("/setup/{token}")));
    };
    let status = if problem.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let page = EnrolPage {
        frame: respond::frame(&context.realm, &context.visit.request_id),
        action: format!("/setup/{token}/factor"),
        csrf: context.csrf(),
        qr_svg: account::qr(context, &seed, &account.email)?,
        secret: seed.grouped(),
        account: account.email,
        problem,
        cancel_url: None,
    };
    respond::page(status, &page)
}

/// `POST /setup/{token}/factor`: the code that makes the account real.
pub async fn confirm(Path(token): Path<String>, form: Form) -> Response {
    let result = confirmed(&form, &token).await;
    form.finish(result).await
}

async fn confirmed(form: &Form, token: &str) -> Result<Response> {
    let context = &form.context;
    match setup::confirm(&context.realm, &context.visit, token, form.field("otp")).await? {
        Outcome::Wrong => factor_page(context, token, Some(WRONG_CODE.to_owned())).await,
        // the link may still work: then its page begins anew, else it says so
        Outcome::Expired => Ok(respond::see_other(&format!("/setup/{token}"))),
        Outcome::Confirmed { cookie, codes } => {
            let page = account::codes_page(context, codes, setup::leads_to(&context.realm).to_owned());
            Ok(respond::with_session(context, respond::page(StatusCode::OK, &page)?, &cookie))
        }
    }
}
