//! The signed-in person's own page, and new recovery codes.

use axum::{http::StatusCode, response::Response};
use protocol::client::Client;
use web::params::{ParamsRejection, QueryParams};

use super::{
    super::{
        context::Context,
        pages::{AccountPage, AddressLine, ClientCard, NewCodesPage},
        request::Form,
        respond,
    },
    signals,
};
use crate::{
    flow::{
        Result,
        account::{self, Access},
        enrol,
    },
    paths,
    session::Session,
};

/// Changing a second factor needs a sign-in at most this many seconds old (MF5).
pub const FRESH_SECONDS: i64 = 300;

/// `GET /account`. An app that links here sends its `client_id`, so that the page links back to it (ACC-15).
pub async fn show(context: Context, query: std::result::Result<QueryParams, ParamsRejection>) -> Response {
    let named = query.ok().and_then(|QueryParams(query)| query.first("client_id").map(str::to_owned));
    let app = named.and_then(|id| context.realm.client(&id)).filter(|client| client.client_uri.is_some());
    let path = app.map_or_else(|| paths::ACCOUNT.to_owned(), |client| path_from(client));
    let result = match enter(&context, &path, None).await {
        Ok(Ok(session)) => {
            let app = app.or(context.realm.own_app()).map(|client| respond::card(&context.realm, client));
            overview(&context, &session, app).await
        }
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

/// The path of the account page for a person who comes from this client.
fn path_from(client: &Client) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("client_id", &client.id);
    format!("{}?{}", paths::ACCOUNT, query.finish())
}

async fn overview(context: &Context, session: &Session, app: Option<ClientCard>) -> Result<Response> {
    let account = account::overview(&context.realm, session).await?;
    let has_passkeys = account.passkeys.is_some_and(|count| count > 0);
    let page = AccountPage {
        frame: respond::frame(context),
        app,
        user_details: has_passkeys.then(|| signals::details(session, &account.email, &account.name)),
        name: account.name,
        profile_url: paths::PROFILE.to_owned(),
        email: account.email,
        address: context.realm.mailer.is_some().then(|| AddressLine {
            is_confirmed: account.email_verified_at.is_some(),
            url: paths::ADDRESS.to_owned(),
        }),
        password: account.password,
        password_url: paths::PASSWORD.to_owned(),
        sessions_url: paths::SESSIONS.to_owned(),
        apps_url: paths::APPS.to_owned(),
        activity_url: paths::ACTIVITY.to_owned(),
        data_url: paths::DATA.to_owned(),
        factor: account.factor,
        passkeys: account.passkeys,
        passkeys_url: paths::PASSKEYS.to_owned(),
        connections: account.connections,
        connections_url: paths::CONNECTIONS.to_owned(),
        needs_codes: account.needs_codes,
        recovery_left: account.recovery_left,
        enrol_url: paths::AUTHENTICATOR.to_owned(),
        codes_url: paths::RECOVERY_CODES.to_owned(),
        csrf: context.csrf(),
        sign_out_action: paths::SIGN_OUT.to_owned(),
        sign_in_url: paths::SIGN_IN.to_owned(),
        accounts_url: has_several(context).then(|| paths::ACCOUNTS.to_owned()),
    };
    respond::page(StatusCode::OK, &page)
}

/// Whether there is anything to choose: other accounts of this browser, or room for them.
fn has_several(context: &Context) -> bool {
    context.realm.config.session.accounts_per_browser > 1 || !context.visit.beside.is_empty()
}

/// `GET /account/sign-in`: a new sign-in, with the same or another account, that leads to the account page.
pub async fn sign_in(context: Context) -> Response {
    let result = account::sign_in_to(&context.realm, &context.visit, paths::ACCOUNT, Some(0))
        .await
        .map(|id| respond::to_interaction(&context, &id));
    context.finish(result)
}

/// `GET /account/recovery-codes`: asks first, because the old codes stop working.
pub async fn ask_new_codes(context: Context) -> Response {
    let result = match enter(&context, paths::RECOVERY_CODES, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => new_codes_page(&context, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

async fn new_codes_page(context: &Context, session: &Session) -> Result<Response> {
    let page = NewCodesPage {
        frame: respond::frame(context),
        action: paths::RECOVERY_CODES.to_owned(),
        csrf: context.csrf(),
        recovery_left: account::recovery_left(&context.realm, session).await?,
        account_url: paths::ACCOUNT.to_owned(),
    };
    respond::page(StatusCode::OK, &page)
}

/// `POST /account/recovery-codes`
pub async fn new_codes(form: Form) -> Response {
    let context = &form.context;
    let result = match enter(context, paths::RECOVERY_CODES, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => replaced(context, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    form.finish(result).await
}

async fn replaced(context: &Context, session: &Session) -> Result<Response> {
    let demand = account::demand(&context.realm, session).await?;
    if !demand.needs_codes() {
        let way = if demand.is_for_a_passkey() { paths::PASSKEYS } else { paths::AUTHENTICATOR };
        return Ok(respond::see_other(way));
    }
    let codes = enrol::new_recovery_codes(&context.realm, &context.visit, session).await?;
    respond::page(StatusCode::OK, &respond::codes_page(context, codes, paths::ACCOUNT.to_owned()))
}

/// The session, if it is recent enough for the page. Otherwise a redirect to a sign-in that leads back here.
pub async fn enter(
    context: &Context,
    path: &str,
    max_age: Option<i64>,
) -> Result<std::result::Result<Session, Response>> {
    Ok(match account::access(&context.realm, &context.visit, path, max_age).await? {
        Access::Granted(session) => Ok(session),
        Access::SignIn(id) => Err(respond::to_interaction(context, &id)),
    })
}
