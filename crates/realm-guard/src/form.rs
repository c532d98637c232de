//! Unsafe requests have to be this side's own doing: fetch metadata (R9), and a token bound to the session, or to the
//! visitor before sign-in (RP4, RP13).

use crate::caller::MaybeCaller;
use crate::guard::{Core, RealmGuard, Side};
use crate::refusal::{Reason, Refusal};
use axum::RequestExt;
use axum::extract::{FromRef, FromRequest, Request};
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode};
use protocol::params::Params;
use service::http::csrf;
use service::http::params::FormParams;
use std::sync::Arc;

/// Name of the form field that carries the token.
pub const FIELD: &str = "csrf";
/// Name of the header that carries it for scripts.
pub const HEADER: &str = "x-csrf-token";

/// A form posted by one of this side's own pages. With a cookie, or with no credential at all, the request must come
/// from this origin and carry the right `csrf` field or `x-csrf-token` header: 403 otherwise. Bearer callers can't be
/// forged and need neither.
///
/// `TEXT_AREA` admits line breaks in values: see [`GuardedText`].
#[derive(Debug)]
pub struct GuardedForm<R: Side, const TEXT_AREA: bool = false> {
    /// The fields.
    pub params: Params,
    /// Who sent it.
    pub from: MaybeCaller<R>,
}

/// A form with a text area.
pub type GuardedText<R> = GuardedForm<R, true>;

impl<R: Side, const TEXT_AREA: bool, S> FromRequest<S> for GuardedForm<R, TEXT_AREA>
where
    Arc<RealmGuard<R>>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let core = Arc::clone(&Arc::<RealmGuard<R>>::from_ref(state).core);
        let (parts, body) = request.into_parts();
        let from: MaybeCaller<R> = core.maybe(&parts).await?;
        from.admit().await?;
        let request = Request::from_parts(parts, body);
        let params = if from.is_bearer() {
            read::<TEXT_AREA>(&core, request).await?
        } else {
            guarded::<TEXT_AREA>(&core, request, &from.bindings).await?.0
        };
        Ok(Self { params, from })
    }
}

/// The fields of a form that one of our own pages posted, and which of the `bindings` its token has.
pub(crate) async fn guarded_params<'b>(
    core: &Core,
    request: Request,
    bindings: &'b [String],
) -> Result<(Params, &'b str), Refusal> {
    guarded::<false>(core, request, bindings).await
}

async fn guarded<'b, const TEXT_AREA: bool>(
    core: &Core,
    request: Request,
    bindings: &'b [String],
) -> Result<(Params, &'b str), Refusal> {
    // where it came from is known before its body is read
    demand_origin(core, request.headers())?;
    let headers = request.headers().clone();
    let params = read::<TEXT_AREA>(core, request).await?;
    let token = header_token(&headers).or_else(|| params.one(FIELD).ok().flatten());
    match demand_token(core, bindings, token) {
        Ok(binding) => Ok((params, binding)),
        Err(_) if token.is_some() && !core.knows_browser(&headers) => {
            Err(core.refuse(Reason::CookiesBlocked).with_typed(params))
        }
        Err(refusal) => Err(refusal.with_typed(params)),
    }
}

async fn read<const TEXT_AREA: bool>(core: &Core, request: Request) -> Result<Params, Refusal> {
    let bad = |status, detail: &str| core.refuse(Reason::BadForm { status, detail: detail.to_owned() });
    if !TEXT_AREA {
        let form = FormParams::from_request(request, &()).await;
        return form
            .map(|FormParams(params)| params)
            .map_err(|error| bad(error.status(), error.description()));
    }
    if !service::http::params::is_form(request.headers()) {
        return Err(bad(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the body must be application/x-www-form-urlencoded",
        ));
    }
    let body: axum::body::Bytes =
        request.extract().await.map_err(|error: axum::extract::rejection::BytesRejection| {
            bad(
                error.status(),
                match error.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => {
                        "the text is too long; your browser's Back button leads to it"
                    }
                    _ => "the body is unreadable",
                },
            )
        })?;
    Params::parse_typed(&body)
        .map_err(|error| bad(StatusCode::BAD_REQUEST, error.description).with_typed(legible(&body)))
}

/// What can be shown of a body that isn't accepted: without the characters that nobody sees.
fn legible(body: &[u8]) -> Params {
    let hidden = |c: &char| {
        let bidi = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        bidi || c.is_control() && !matches!(c, '\r' | '\n' | '\t')
    };
    let shown = |text: &str| text.chars().filter(|c| !hidden(c)).collect::<String>();
    url::form_urlencoded::parse(body).map(|(name, value)| (shown(&name), shown(&value))).collect()
}

/// For requests without a form: the header is demanded on unsafe methods.
pub(crate) fn demand_header(core: &Core, parts: &Parts, bindings: &[String]) -> Result<(), Refusal> {
    if matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    demand_origin(core, &parts.headers)?;
    demand_token(core, bindings, header_token(&parts.headers)).map(drop)
}

pub(crate) fn demand_origin(core: &Core, headers: &HeaderMap) -> Result<(), Refusal> {
    if csrf::same_origin(headers, &core.config.public_url) {
        return Ok(());
    }
    tracing::warn!(side = core.side, "an unsafe request came from another origin");
    Err(core.refuse(Reason::Forgery))
}

fn demand_token<'b>(core: &Core, bindings: &'b [String], token: Option<&str>) -> Result<&'b str, Refusal> {
    let holds =
        |binding: &str, token: &str| core.csrf_keys.iter().any(|key| csrf::verify(key, binding, token));
    let found = token.and_then(|token| bindings.iter().find(|binding| holds(binding, token)));
    found.map(String::as_str).ok_or_else(|| {
        tracing::warn!(side = core.side, "an unsafe request lacks the right CSRF token");
        core.refuse(Reason::Forgery)
    })
}

fn header_token(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(HEADER).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

/// What a token is bound to: a session, or a visitor before sign-in.
pub(crate) fn session_binding(id: &str) -> String {
    format!("session {id}")
}

/// See [`session_binding`].
pub(crate) fn visitor_binding(id: &str) -> String {
    format!("visitor {id}")
}

impl Core {
    /// Whether the browser sent a cookie of ours.
    fn knows_browser(&self, headers: &HeaderMap) -> bool {
        let session = &self.config.session;
        [&session.cookie, &session.visitor_cookie].into_iter().any(|cookie| cookie.read(headers).is_some())
    }

    /// The token for forms under this binding.
    pub(crate) fn csrf_token(&self, binding: &str) -> String {
        self.csrf_keys.first().map(|key| csrf::token(key, binding)).unwrap_or_default()
    }
}
