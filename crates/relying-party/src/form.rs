//! Forms of this service's own pages.

use std::sync::Arc;

use axum::{
    RequestExt,
    extract::{FromRef, FromRequest, Request},
};
use http::StatusCode;
use protocol::params::Params;
use web::params::FormParams;

use crate::{
    caller::MaybeCaller,
    forgery::{FIELD, demand_origin, demand_token, header_token},
    refusal::{Reason, Refusal},
    relying_party::{Core, Realm, RelyingParty},
};

/// A form of one of this service's own pages. The request must come from this origin and carry a valid `csrf` field or
/// `x-csrf-token` header; otherwise it is answered with 403. Requests with a bearer token need neither: a browser
/// doesn't attach one by itself.
///
/// `TEXT_AREA` allows line breaks in values: see [`CsrfTextForm`].
#[derive(Debug)]
pub struct CsrfForm<R: Realm, const TEXT_AREA: bool = false> {
    /// The fields.
    pub params: Params,
    /// Who sent it.
    pub from: MaybeCaller<R>,
}

/// A form with a text area.
pub type CsrfTextForm<R> = CsrfForm<R, true>;

impl<R: Realm, const TEXT_AREA: bool, S> FromRequest<S> for CsrfForm<R, TEXT_AREA>
where
    Arc<RelyingParty<R>>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let core = Arc::clone(&Arc::<RelyingParty<R>>::from_ref(state).core);
        let (parts, body) = request.into_parts();
        let from: MaybeCaller<R> = core.maybe(&parts).await?;
        from.admit().await?;
        let request = Request::from_parts(parts, body);
        let params = if from.is_bearer() {
            read::<TEXT_AREA>(&core, request).await?
        } else {
            checked::<TEXT_AREA>(&core, request, &from.bindings).await?.0
        };
        Ok(Self { params, from })
    }
}

/// The fields of a form of one of this service's own pages, and the one of `bindings` that its token is bound to.
pub(crate) async fn checked_params<'b>(
    core: &Core,
    request: Request,
    bindings: &'b [String],
) -> Result<(Params, &'b str), Refusal> {
    checked::<false>(core, request, bindings).await
}

async fn checked<'b, const TEXT_AREA: bool>(
    core: &Core,
    request: Request,
    bindings: &'b [String],
) -> Result<(Params, &'b str), Refusal> {
    // checks the origin before reading the body
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
    if !web::params::is_form(request.headers()) {
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

/// The fields of a refused body, for display: without line separators, bidirectional controls and control characters
/// other than CR, LF and tab.
fn legible(body: &[u8]) -> Params {
    let hidden = |c: &char| {
        let bidi = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        bidi || c.is_control() && !matches!(c, '\r' | '\n' | '\t')
    };
    let shown = |text: &str| text.chars().filter(|c| !hidden(c)).collect::<String>();
    url::form_urlencoded::parse(body).map(|(name, value)| (shown(&name), shown(&value))).collect()
}
