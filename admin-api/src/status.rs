//! Health and status, for machines.

use axum::Router;

use crate::state::AppState;

/// `/health/live`, `/health/ready`, `/health/auth`, `/status`.
pub fn routes(app: &AppState) -> Router<AppState> {
    service::status::routes(app, |app| app.relying_party.describe())
}
