//! The caller and their rights.

use axum::Json;
use relying_party::Caller;
use serde::Serialize;

use crate::{access::Area, realm::Admin, words::in_english};

/// The answer of `GET /api/me`.
#[derive(Debug, Serialize)]
pub struct Me {
    sub: String,
    iss: String,
    client_id: String,
    scope: String,
    roles: Vec<String>,
    permissions: Vec<String>,
    team: Option<String>,
    acr: Option<String>,
    auth_time: Option<i64>,
    /// The areas of the API, with the reason where the caller isn't allowed.
    areas: Vec<Access>,
}

#[derive(Debug, Serialize)]
struct Access {
    area: &'static str,
    allowed: bool,
    reason: Option<String>,
}

/// `GET /api/me`: for any caller of staff.
pub async fn show(caller: Caller<Admin>) -> Json<Me> {
    let areas = Area::ALL.map(|area| {
        let reason = area.refusal(&caller).map(|reason| in_english(&reason));
        Access { area: area.scope(), allowed: reason.is_none(), reason }
    });
    let claims = caller.claims;
    Json(Me {
        sub: claims.sub,
        iss: claims.iss,
        client_id: claims.client_id,
        scope: claims.scope.to_string(),
        roles: claims.roles,
        permissions: claims.permissions,
        team: claims.team,
        acr: claims.acr,
        auth_time: claims.auth_time,
        areas: areas.into(),
    })
}
