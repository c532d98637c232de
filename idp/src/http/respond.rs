//! Answers to browsers: pages with their headers, redirects with their cookies.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use protocol::{client::Client, redirect_uri};
use service::http::security_headers::PagePolicy;

use super::{
    context::Context,
    pages::{ClientCard, Frame, Page, Theme},
};
use crate::{
    flow::{Error, Result},
    realm::Realm,
    session::interaction::Interaction,
};

/// A browser keeps the binding for this long, seconds: it also marks it as known to the account's owner.
const BROWSER_SECONDS: i64 = 400 * 24 * 3600;

/// A page that stays here.
pub fn page(status: StatusCode, page: &impl Page) -> Result<Response> {
    page_to(status, page, None)
}

/// A page of an interaction: its forms may lead, by redirects, to the validated redirect URI (S6).
pub fn page_to(status: StatusCode, page: &impl Page, redirect_uri: Option<&str>) -> Result<Response> {
    let html = page.html().map_err(|error| Error::Internal(error.into()))?;
    let mut response = (status, Html(html)).into_response();
    let sources = redirect_uri.and_then(redirect_uri::csp_source);
    PagePolicy::with_form_action(sources).apply(response.headers_mut());
    Ok(response)
}

/// On to another page, as a GET whatever came before (D8).
pub fn see_other(location: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    // locations are made of checked URIs and encoded values, which are header values
    match HeaderValue::from_str(location) {
        Ok(value) => response.headers_mut().insert(header::LOCATION, value),
        Err(_) => response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/")),
    };
    response
}

/// Adds the cookie of a session that has just got a new id.
pub fn with_session(context: &Context, mut response: Response, value: &str) -> Response {
    // no lifetime: it ends with the browser; the server's own limits hold whatever the browser keeps
    response.headers_mut().append(header::SET_COOKIE, context.realm.cookies.session.set(value, None));
    response
}

/// Takes the session's cookie away.
pub fn without_session(context: &Context, mut response: Response) -> Response {
    response.headers_mut().append(header::SET_COOKIE, context.realm.cookies.session.clear());
    response
}

/// Binds a browser that was not bound yet.
pub fn with_browser_cookie(context: &Context, mut response: Response) -> Response {
    if context.visit.new_browser && context.binds {
        let cookie = context.realm.cookies.browser.set(&context.visit.browser, Some(BROWSER_SECONDS));
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The realm's look around a page.
pub fn frame(realm: &Realm, request_id: &str) -> Frame {
    let theme = Theme {
        name: realm.config.name.clone(),
        title: realm.config.title.clone(),
        product: realm.config.product.clone(),
        staff: realm.config.staff,
    };
    Frame::new(theme, request_id)
}

/// The realm's look, with the client the person comes from.
pub fn frame_of(context: &Context, interaction: &Interaction) -> Frame {
    let frame = frame(&context.realm, &context.visit.request_id);
    let client = interaction.client_request().and_then(|request| context.realm.client(&request.client_id));
    match client {
        None => frame,
        Some(client) => frame.with_client(card(client)),
    }
}

/// What people see of a client.
pub fn card(client: &Client) -> ClientCard {
    ClientCard {
        name: client.name.clone(),
        client_uri: client.client_uri.clone(),
        tos_uri: client.tos_uri.clone(),
        policy_uri: client.policy_uri.clone(),
    }
}
