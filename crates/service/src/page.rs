//! Rendering pages.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use language::Localizer;
use relying_party::Realm;

use crate::{error::CommonError, state::AppState};

/// A page in the language of its reader, with its security headers.
///
/// # Errors
/// When it can't be rendered, which is a defect.
pub fn render<R: Realm, C>(
    app: &AppState<R, C>,
    status: StatusCode,
    reader: &Localizer,
    page: &impl Template,
) -> Result<Response, CommonError> {
    let mut response = (status, Html(page.render_with_values(reader)?)).into_response();
    app.page_policy.apply(response.headers_mut());
    Ok(response)
}
