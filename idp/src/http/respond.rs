//! Answers to browsers: pages with their headers, redirects with their cookies.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use protocol::{client::Client, params::Params, redirect_uri};
use web::security_headers::PagePolicy;

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
        sibling_suffix,
    },
};

/// A browser keeps the binding for this long, seconds: it also marks it as known to the account's owner.
const BROWSER_SECONDS: i64 = 400 * 24 * 3600;
/// Marks a URL that an answer led to which bound the browser.
pub const BOUND: &str = "bound=1";

/// The cookie that keeps tabs apart in a fresh browser is needed as long as what was begun in one of them, seconds.
const SIBLING_SECONDS: i64 = LIFE_SECONDS;

/// The longest request that is passed on as a URL, bytes; the longest URL any common server takes.
const MAX_URL: usize = 8000;
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

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

/// HEAD at a page: 200 and nothing else. The way through the pages is made of GETs that have effects, such as a grant at
/// `/authorize`, and who only looks whether an address is there must not have one (RFC 9110 section 9.2.1).
pub async fn nothing_to_head(request: Request, next: Next) -> Response {
    if request.method() == Method::HEAD {
        return (StatusCode::OK, [(header::CACHE_CONTROL, "no-store")]).into_response();
    }
    next.run(request).await
}

/// On to another page, as a GET whatever came before (WEB-8).
pub fn see_other(location: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    // locations are made of checked URIs and encoded values, which are header values
    match HeaderValue::from_str(location) {
        Ok(value) => response.headers_mut().insert(header::LOCATION, value),
        Err(_) => response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/")),
    };
    response
}

/// Back to the client, from a page of ours. The policy of that page has to name where a form leads in the end; it can't name
/// every URI, and then a page without a form leads on.
pub fn leave(context: &Context, location: &str) -> Result<Response> {
    if !redirect_uri::needs_page(location) {
        return Ok(see_other(location));
    }
    let frame = frame(&context.realm, &context.visit.request_id);
    page(StatusCode::OK, &LeavingPage { frame, location: location.to_owned() })
}

/// The same request as a GET, for a form that another site sent: our cookies come along then. `None` when the URL would be
/// too long.
pub fn round(path: &str, params: &Params) -> Option<Response> {
    let url = format!("{path}?{}", params.encode());
    (url.len() <= MAX_URL).then(|| see_other(&url))
}

/// What a form led to, for who sends it again.
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

/// The page that shows recovery codes once.
pub fn codes_page(context: &Context, codes: Vec<String>, continue_url: String) -> RecoveryCodesPage {
    RecoveryCodesPage { frame: frame(&context.realm, &context.visit.request_id), codes, continue_url }
}

/// On to the pages of an interaction. Where this answer binds the browser, the next request tells whether it keeps
/// cookies.
pub fn to_interaction(context: &Context, id: &str) -> Response {
    let path = paths::interaction(id);
    if context.visit.is_unbound() && context.binds {
        return see_other(&format!("{path}?{BOUND}"));
    }
    see_other(&path)
}

/// Adds the cookie of a session that has just got a new id.
pub fn with_session(context: &Context, mut response: Response, value: &str) -> Response {
    // no lifetime: it ends with the browser; the server's own limits hold whatever the browser keeps
    response.headers_mut().append(header::SET_COOKIE, context.realm.cookies.session.set(value, None));
    response
}

/// Takes the session's cookie away, and what the browser kept of pages that were for the signed-in alone. Other cookies
/// stay: the one that makes a browser known to the account's owner outlives a sign-out.
pub fn without_session(context: &Context, mut response: Response) -> Response {
    response.headers_mut().insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\", \"storage\""));
    response.headers_mut().append(header::SET_COOKIE, context.realm.cookies.session.clear());
    response
}

/// Binds a browser that was not bound yet.
pub fn with_browser_cookie(context: &Context, mut response: Response) -> Response {
    if context.visit.new_browser && context.binds {
        let (cookie, value) = (&context.realm.cookies.browser, context.visit.browser.as_str());
        let beside = cookie.suffixed(sibling_suffix(value));
        for cookie in [cookie.set(value, Some(BROWSER_SECONDS)), beside.set(value, Some(SIBLING_SECONDS))] {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
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
