//! RP-initiated logout: a client sends a browser here, or calls the endpoint itself.

use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use protocol::{
    client_auth,
    discovery::path,
    end_session::{Verdict, WayBack},
    params::Params,
};
use web::params::{FormParams, ParamsRejection, QueryParams};

use super::{
    super::{
        context::Context,
        error,
        pages::{NotSignedInPage, SignOutPage},
        person::sign_out::signed_out,
        respond,
    },
    authorization,
};
use crate::{
    flow::{
        Result,
        client_call::{self, Caller},
        end_session, refusals,
    },
    paths,
};

/// `GET /end_session`
pub async fn get(context: Context, query: std::result::Result<QueryParams, ParamsRejection>) -> Response {
    let result = match &query {
        Err(rejection) => Ok(error::bad_form(&context, rejection)),
        Ok(QueryParams(params)) => for_browser(&context, params).await,
    };
    context.finish(result)
}

/// `POST /end_session`. A POST from a client's page comes without this provider's cookies, so it is redirected once to
/// the same request as a GET. A request with a client's credential comes from the client's server.
pub async fn post(
    context: Context,
    headers: HeaderMap,
    form: std::result::Result<FormParams, ParamsRejection>,
) -> Response {
    let credential = authorization(&headers);
    let result = match (&form, credential) {
        (Err(rejection), _) => Ok(error::bad_form(&context, rejection)),
        (_, Err(refusal)) => return error::json(refusal.into(), false, context.realm.now()),
        (Ok(FormParams(params)), Ok(credential))
            if credential.is_some() || params.first("client_secret").is_some() =>
        {
            return match for_client(&context, credential, params).await {
                Ok(back) => back.map_or_else(|| StatusCode::NO_CONTENT.into_response(), |back| leave(&back)),
                Err(failure) => {
                    refusals::of_call(client_auth::named(credential, params).as_deref(), &failure);
                    error::json(failure, credential.is_some(), context.realm.now())
                }
            };
        }
        (Ok(FormParams(params)), _) => {
            let stays = context.visit.to_end().is_some();
            match if stays { None } else { respond::round(path::END_SESSION, params) } {
                Some(response) => Ok(response),
                None => for_browser(&context, params).await,
            }
        }
    };
    context.finish(result)
}

async fn for_client(context: &Context, credential: Option<&str>, params: &Params) -> Result<Option<WayBack>> {
    let visit = &context.visit;
    let caller = Caller { address: visit.origin.address, request_id: visit.request_id.clone() };
    let client = client_call::authenticate(&context.realm, credential, params, &caller).await?;
    end_session::by_client(&context.realm, &client, params).await
}

async fn for_browser(context: &Context, params: &Params) -> Result<Response> {
    let frame = respond::frame(context);
    let address = |back: Option<WayBack>| back.map(|back| back.location());
    let answer = end_session::by_browser(&context.realm, &context.visit, params).await?;
    match answer.verdict {
        Verdict::Ask(back) => ask(context, back, answer.sid.as_deref(), answer.is_in_use).await,
        Verdict::End(back) | Verdict::Over(back) => {
            let response = match back {
                Some(back) => leave(&back),
                None => signed_out(context, None, answer.sid.as_deref()).await?,
            };
            Ok(if answer.is_in_use { respond::without_session(context, response) } else { response })
        }
        Verdict::Nobody(back) => {
            respond::page(StatusCode::OK, &NotSignedInPage { frame, continue_url: address(back) })
        }
    }
}

async fn ask(
    context: &Context,
    back: Option<WayBack>,
    sid: Option<&str>,
    is_in_use: bool,
) -> Result<Response> {
    let has_others = !context.visit.beside.is_empty();
    let mut hidden = back.as_ref().map(carried).unwrap_or_default();
    // the form is for the account in use unless it says otherwise
    hidden.extend(sid.filter(|_| !is_in_use).map(|sid| ("sid".to_owned(), sid.to_owned())));
    let page = SignOutPage {
        frame: respond::frame(context),
        action: paths::SIGN_OUT.to_owned(),
        csrf: context.csrf(),
        account: end_session::account(&context.realm, &context.visit, sid).await?,
        stay_url: context.realm.home_of_apps().unwrap_or(paths::ACCOUNT).to_owned(),
        has_others,
        hidden,
    };
    respond::page_to(StatusCode::OK, &page, back.as_ref().map(|back| back.uri.as_str()))
}

/// Hidden fields of the sign-out form: they keep the way back to the client.
fn carried(back: &WayBack) -> Vec<(String, String)> {
    let mut fields = vec![
        ("client_id".to_owned(), back.client_id.clone()),
        ("post_logout_redirect_uri".to_owned(), back.uri.clone()),
    ];
    fields.extend(back.state.clone().map(|state| ("state".to_owned(), state)));
    fields
}

/// Redirects to the client's registered URI.
pub fn leave(back: &WayBack) -> Response {
    respond::see_other(&back.location())
}
