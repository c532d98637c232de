//! Responses to browsers: pages with their headers, redirects, and cookies.

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use language::{Language, Message};
use protocol::{client::Client, params::Params, redirect_uri};
use web::security_headers::{self, PagePolicy};

use super::{
    context::Context,
    pages::{ClientCard, Frame, LeavingPage, Page, RecoveryCodesPage, Theme},
};
use crate::{
    flow::{
        Error, Result,
        once::{After, Outcome},
    },
    paths,
    realm::Realm,
    session::{
        interaction::{Interaction, LIFE_SECONDS},
        own_suffix,
    },
};

/// Lifetime in seconds of the cookie that binds a browser. The same cookie marks the browser as known to the owner of
/// an account.
const BROWSER_SECONDS: i64 = 400 * 24 * 3600;
/// Query parameter of a redirect whose response also set the cookie that binds the browser.
pub const BOUND: &str = "bound=1";

/// Lifetime in seconds of the cookie that keeps the tabs of a fresh browser apart: that of an interaction.
const SIBLING_SECONDS: i64 = LIFE_SECONDS;

/// Longest URL, in bytes, for a POST that is repeated as a GET. Common servers accept URLs of this length.
const MAX_URL: usize = 8000;

/// A page whose forms lead to this provider only.
pub fn page(status: StatusCode, page: &impl Page) -> Result<Response> {
    page_to(status, page, None)
}

/// A page of an interaction. Its forms may lead, by redirects, to the validated redirect URI (S6).
pub fn page_to(status: StatusCode, page: &impl Page, redirect_uri: Option<&str>) -> Result<Response> {
    let html = page.html().map_err(|error| Error::Internal(error.into()))?;
    let mut response = (status, Html(html)).into_response();
    let sources = redirect_uri.and_then(redirect_uri::csp_source);
    PagePolicy::with_form_action(sources).apply(response.headers_mut());
    Ok(response)
}

/// Answers HEAD requests to pages with 200 and does nothing else. Some GETs have effects, such as a grant at
/// `/authorize`; a program that only checks whether an address exists must not cause them (RFC 9110 section 9.2.1).
pub async fn nothing_to_head(request: Request, next: Next) -> Response {
    if request.method() == Method::HEAD {
        return (StatusCode::OK, [(header::CACHE_CONTROL, "no-store")]).into_response();
    }
    next.run(request).await
}

/// Redirects to another page. The browser follows with a GET (WEB-8).
pub fn see_other(location: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    // a location consists of checked URIs and encoded values, so it is a valid header value
    match HeaderValue::from_str(location) {
        Ok(value) => response.headers_mut().insert(header::LOCATION, value),
        Err(_) => response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/")),
    };
    response
}

/// Sends the browser from a page of this provider to the client. The `form-action` of the page before has to name that
/// target. It can't name every URI: for the others an intermediate page without a form leads on.
pub fn leave(context: &Context, location: &str) -> Result<Response> {
    if !redirect_uri::needs_page(location) {
        return Ok(see_other(location));
    }
    let frame = Frame { language_url: None, ..frame(context) };
    page(
        StatusCode::OK,
        &LeavingPage { frame, lead: Message::new("leaving-lead"), location: location.to_owned() },
    )
}

/// Redirects a POST from another site to the same request as a GET, because browsers send the cookies only with the
/// GET. `None` when the URL would be too long.
pub fn round(path: &str, params: &Params) -> Option<Response> {
    let url = format!("{path}?{}", params.encode());
    (url.len() <= MAX_URL).then(|| see_other(&url))
}

/// The response to a form that was handled before: its first outcome.
pub fn outcome(context: &Context, outcome: Outcome) -> Result<Response> {
    let response = if outcome.codes.is_empty() {
        leave(context, &outcome.leads_to)?
    } else {
        page(StatusCode::OK, &codes_page(context, outcome.codes, outcome.leads_to))?
    };
    Ok(match outcome.session {
        After::SignedIn { cookie: Some(cookie), .. } => with_session(context, response, &cookie),
        After::SignedIn { .. } | After::Same => response,
        After::SignedOut => without_session(context, response),
    })
}

/// The page that shows recovery codes once. Nothing on it leads away from them before they are saved.
pub fn codes_page(context: &Context, codes: Vec<String>, continue_url: String) -> RecoveryCodesPage {
    let frame = Frame { language_url: None, ..frame(context) };
    RecoveryCodesPage { frame, codes, continue_url }
}

/// Redirects to the pages of an interaction. When the response binds the browser, the URL is marked, and the next
/// request shows whether the browser keeps cookies.
pub fn to_interaction(context: &Context, id: &str) -> Response {
    let path = paths::interaction(id);
    if context.visit.is_unbound() && context.binds {
        return see_other(&format!("{path}?{BOUND}"));
    }
    see_other(&path)
}

/// [`to_interaction`], to one of the views of its page.
pub fn to_view(context: &Context, id: &str, view: &str) -> Response {
    let path = paths::interaction(id);
    if context.visit.is_unbound() && context.binds {
        return see_other(&format!("{path}?{BOUND}&view={view}"));
    }
    see_other(&format!("{path}?view={view}"))
}

/// Adds the cookie of a session that is in use from now on. The one that was in use until now gets a cookie beside it, if
/// it goes on.
pub fn with_session(context: &Context, mut response: Response, value: &str) -> Response {
    // no lifetime: the cookie ends with the browser. The session's own limits are enforced here, however long the
    // browser keeps it.
    let cookie = &context.realm.cookies.session;
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, cookie.set(value, None));
    if let Some(kept) = context.visit.beside.kept() {
        headers.append(header::SET_COOKIE, cookie.suffixed(own_suffix(kept)).set(kept, None));
    }
    if context.visit.beside.kept().is_some() || !context.visit.beside.is_empty() {
        headers.append(header::SET_COOKIE, cookie.suffixed(own_suffix(value)).set(value, None));
    }
    response
}

/// Takes away the cookies of other sessions of this browser that are over.
pub fn without_dead_sessions(context: &Context, mut response: Response) -> Response {
    let cookie = &context.realm.cookies.session;
    for value in context.visit.beside.dead() {
        response.headers_mut().append(header::SET_COOKIE, cookie.suffixed(own_suffix(&value)).clear());
    }
    response
}

/// Removes the session's cookie, and what the browser stored of pages for the signed-in person. The cookie that makes a
/// browser known to the account's owner stays.
pub fn without_session(context: &Context, mut response: Response) -> Response {
    security_headers::clear_site_data(response.headers_mut());
    let cookie = &context.realm.cookies.session;
    response.headers_mut().append(header::SET_COOKIE, cookie.clear());
    if let Some(value) = context.visit.beside.double() {
        response.headers_mut().append(header::SET_COOKIE, cookie.suffixed(own_suffix(value)).clear());
    }
    response
}

/// Binds a browser that is not bound yet, if this response may.
pub fn with_browser_cookie(context: &Context, mut response: Response) -> Response {
    if context.visit.new_browser && context.binds {
        let (cookie, value) = (&context.realm.cookies.browser, context.visit.browser.as_str());
        let beside = cookie.suffixed(own_suffix(value));
        for cookie in [cookie.set(value, Some(BROWSER_SECONDS)), beside.set(value, Some(SIBLING_SECONDS))] {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// The frame of a page, with the realm's theme.
pub fn frame(context: &Context) -> Frame {
    let frame = bare_frame(&context.realm, &context.visit.request_id, context.visit.language);
    let is_a_choice = context.realm.config.languages.len() > 1;
    Frame { language_url: is_a_choice.then(|| paths::language(&context.here)), ..frame }
}

/// The frame of a page for a request of which nothing else is known.
pub fn bare_frame(realm: &Realm, request_id: &str, language: Language) -> Frame {
    let config = &realm.config;
    let title = if config.staff { Message::new("sign-in-staff") } else { Message::new("sign-in") };
    let theme = Theme {
        name: config.name.clone(),
        title: config.theme.title.as_ref().map_or(title, Message::verbatim),
        product: config.product.clone(),
        staff: config.staff,
        links: config.theme.links.clone(),
        css_url: realm.look.css.url.clone(),
        pictures: realm.look.pictures.clone(),
    };
    Frame::new(theme, language, request_id)
}

/// The frame of an interaction's page, with the client that sent the person, in the language that it asks for (S29).
pub fn frame_of(context: &Context, interaction: &Interaction) -> Frame {
    let frame = frame(context);
    let language = interaction.language(&context.realm, &context.visit);
    let frame = Frame { language, ..frame };
    let client = interaction.client_request().and_then(|request| context.realm.client(&request.client_id));
    match client {
        None => frame,
        Some(client) => frame.with_client(card(&context.realm, client)),
    }
}

/// What a page shows about a client that is not registered any more.
pub fn unknown_card(client_id: &str) -> ClientCard {
    ClientCard { name: client_id.to_owned(), ..ClientCard::default() }
}

/// What a page shows about a client.
pub fn card(realm: &Realm, client: &Client) -> ClientCard {
    ClientCard {
        name: client.name.clone(),
        client_uri: client.client_uri.clone(),
        tos_uri: client.tos_uri.clone(),
        policy_uri: client.policy_uri.clone(),
        pictures: realm.look.pictures_of(&client.id).cloned(),
    }
}
