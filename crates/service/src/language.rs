//! The language of a page (S29): what was chosen in this browser, or what the browser prefers, or the service's first.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use language::{Language, accepted};
use relying_party::{ChosenLanguage, CsrfForm, Realm};
use url::{Url, form_urlencoded};
use web::return_to;

use crate::{config::ServiceConfig, state::AppState};

/// The page on which people choose a language; a service may prefix its own path.
pub const PATH: &str = "/language";

/// How long a browser keeps the choice, in seconds.
const KEPT_SECONDS: i64 = 400 * 24 * 3600;

/// Middleware around all pages: tells them the language of the request, and a sign-in that starts the one that was chosen.
pub async fn recognise_language<R: Realm, C>(
    State(app): State<AppState<R, C>>,
    mut request: Request,
    next: Next,
) -> Response
where
    C: AsRef<ServiceConfig> + Send + Sync + 'static,
{
    let chosen = chosen(&app, request.headers());
    if let Some(chosen) = chosen {
        request.extensions_mut().insert(ChosenLanguage(chosen));
    }
    let language = chosen.unwrap_or_else(|| preferred(app.service(), request.headers()));
    request.extensions_mut().insert(language);
    next.run(request).await
}

/// The language of a request, as [`recognise_language`] found it; elsewhere the service's first.
pub fn language_of<R: Realm, C: AsRef<ServiceConfig>>(app: &AppState<R, C>, parts: &Parts) -> Language {
    parts.extensions.get().copied().unwrap_or_else(|| app.service().language())
}

fn chosen<R: Realm, C: AsRef<ServiceConfig>>(app: &AppState<R, C>, headers: &HeaderMap) -> Option<Language> {
    offered(app.service(), &app.language_cookie.read(headers)?)
}

fn preferred(service: &ServiceConfig, headers: &HeaderMap) -> Language {
    let wish = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    wish.and_then(|wish| accepted(wish, &service.languages)).unwrap_or_else(|| service.language())
}

fn offered(service: &ServiceConfig, tag: &str) -> Option<Language> {
    Language::of_tag(tag).filter(|language| service.languages.contains(language))
}

/// `POST /language` with `language` and `back`: keeps the choice in this browser and leads back. A language that isn't
/// offered changes nothing.
#[expect(clippy::unused_async, reason = "what axum calls a handler is async")]
pub async fn choose_language<R: Realm, C>(State(app): State<AppState<R, C>>, form: CsrfForm<R>) -> Response
where
    C: AsRef<ServiceConfig> + Send + Sync + 'static,
{
    let field = |name| form.params.first(name).unwrap_or_default();
    let mut response = Redirect::to(&way_back(&app, field("back"))).into_response();
    if let Some(language) = offered(app.service(), field("language")) {
        let cookie = app.language_cookie.set(language.tag(), Some(KEPT_SECONDS));
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The page that the person came from, or the start page. Never a page of another origin.
pub fn way_back<R: Realm, C: AsRef<ServiceConfig>>(app: &AppState<R, C>, back: &str) -> String {
    let here = Url::parse(&app.service().public_url).ok();
    let back = here.and_then(|here| return_to::sanitise(back, &here));
    back.unwrap_or_else(|| app.relying_party.config().home().to_owned())
}

/// Where people who are on the page at `path`, which may have a query, choose another language; `None` when there is no
/// other.
pub fn language_url<R: Realm, C: AsRef<ServiceConfig>>(app: &AppState<R, C>, path: &str) -> Option<String> {
    if app.service().languages.len() < 2 {
        return None;
    }
    let back = form_urlencoded::Serializer::new(String::new()).append_pair("back", path).finish();
    let base = app.relying_party.config().home().trim_end_matches('/');
    Some(format!("{base}{PATH}?{back}"))
}
