//! The mailbox of a trial system: a page with the mails of both realms, so that everything works without a mail server.
//!
//! It is for this machine only: it listens on loopback, answers requests for that address alone, and reads the folder into
//! which the realms put their mails.

use std::{
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use askama::Template;
use axum::{
    Router,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{Html, IntoResponse, Redirect, Response},
};
use clock::{SharedClock, random::SharedRandom};
use idp::look::{self, asset::Asset, palette::Palette};
use web::{edge::Edge, routing::get, security_headers::PagePolicy};

pub use folder::Received;

pub mod folder;

/// The path of the list of mails.
pub const PATH: &str = "/mail";
/// A mail is shown as it is, without scripts, pictures or forms.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups";

/// The provider's style sheet, in the shipped colours.
static CSS: LazyLock<Asset> = LazyLock::new(|| {
    let [light, dark] = Palette::shipped(false);
    look::style_sheet(&light, &dark)
});

struct Mailbox {
    folder: PathBuf,
    /// The `Host` of requests for it: a page of another name that leads here must not read mails.
    host: String,
}

/// The mailbox's pages.
pub fn router(url: &str, folder: PathBuf, clock: SharedClock, random: SharedRandom) -> Router {
    let host = url.trim_start_matches("http://").to_owned();
    let mailbox = Arc::new(Mailbox { folder, host });
    let routes = Router::new()
        .route("/", get(async || Redirect::to(PATH)))
        .route(PATH, get(list))
        .route("/mail/{id}", get(show))
        .route("/mail/{id}/html", get(html))
        .route("/assets/{file}", get(asset))
        .layer(middleware::from_fn_with_state(mailbox.clone(), here_only))
        .with_state(mailbox);
    Edge::new("mailbox", url, clock, random).wrap(routes)
}

async fn here_only(State(mailbox): State<Arc<Mailbox>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if host != Some(mailbox.host.as_str()) {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    next.run(request).await
}

#[derive(Template)]
#[template(path = "mails.html")]
struct ListPage {
    css_url: String,
    mails: Vec<Received>,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct MailPage {
    css_url: String,
    mail: Received,
}

async fn list(State(mailbox): State<Arc<Mailbox>>) -> Response {
    let mails = folder::read(&mailbox.folder);
    page(&ListPage { css_url: CSS.url.clone(), mails })
}

async fn show(State(mailbox): State<Arc<Mailbox>>, Path(id): Path<String>) -> Response {
    match folder::find(&mailbox.folder, &id) {
        Some(mail) => page(&MailPage { css_url: CSS.url.clone(), mail }),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn html(State(mailbox): State<Arc<Mailbox>>, Path(id): Path<String>) -> Response {
    let Some(mail) = folder::find(&mailbox.folder, &id) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Html(mail.html).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(MAIL_POLICY));
    response
}

async fn asset(Path(file): Path<String>) -> Response {
    if !CSS.is(&file) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(CSS.kind.content_type()))];
    (headers, CSS.bytes.clone()).into_response()
}

fn page(page: &impl Template) -> Response {
    let Ok(text) = page.render() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = Html(text).into_response();
    PagePolicy::with_form_action([]).apply(response.headers_mut());
    response
}
