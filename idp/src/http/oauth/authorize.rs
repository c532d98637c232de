//! The authorization endpoint, by GET and by POST alike (A7).

use axum::{http::header, response::Response};
use protocol::{authorize::AuthorizationRequest, discovery, params::Params};
use web::params::{FormParams, ParamsRejection, QueryParams};

use super::super::{context::Context, error, respond};
use crate::flow::{
    Result,
    authorize::{self, Outcome},
};

/// `GET /authorize`
pub async fn get(context: Context, query: std::result::Result<QueryParams, ParamsRejection>) -> Response {
    let result = match &query {
        Err(rejection) => Ok(error::bad_form(&context, rejection)),
        Ok(QueryParams(params)) => answer(&context, params).await,
    };
    context.finish(result)
}

/// `POST /authorize`. A POST from a client's page comes without this provider's cookies, so a valid one is redirected
/// once to the same request as a GET.
pub async fn post(mut context: Context, form: std::result::Result<FormParams, ParamsRejection>) -> Response {
    let result = match &form {
        Err(rejection) => Ok(error::bad_form(&context, rejection)),
        Ok(FormParams(params)) => match authorize::judge(&context.realm, params) {
            Err(refusal) => Ok(leave(&context, refusal)),
            Ok(request) => {
                let round = go_round(&context, params);
                // too long for a URL: this request is answered itself, and its response may bind the browser
                context.binds = round.is_none();
                match round {
                    Some(response) => Ok(response),
                    None => judged(&context, request).await,
                }
            }
        },
    };
    context.finish(result)
}

fn go_round(context: &Context, params: &Params) -> Option<Response> {
    if context.visit.session.is_some() { None } else { respond::round(discovery::path::AUTHORIZE, params) }
}

async fn judged(context: &Context, request: AuthorizationRequest) -> Result<Response> {
    Ok(leave(context, authorize::answer(&context.realm, &context.visit, request).await?))
}

async fn answer(context: &Context, params: &Params) -> Result<Response> {
    Ok(match authorize::judge(&context.realm, params) {
        Err(refusal) => leave(context, refusal),
        Ok(request) => judged(context, request).await?,
    })
}

fn leave(context: &Context, answer: Outcome) -> Response {
    let mut response = match answer {
        Outcome::Leave(location) => respond::see_other(&location),
        Outcome::Interact(id) => respond::to_interaction(context, &id),
        Outcome::Page(what) => error::unredirectable(context, *what),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    response
}
