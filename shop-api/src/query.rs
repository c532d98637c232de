//! Parameters of lists in the query string.

use axum::{extract::FromRequestParts, http::request::Parts};
use commerce::page::{Cursor, MAX_LIMIT, Window};
use web::params::QueryParams;

use crate::error::Error;

const DEFAULT_LIMIT: i64 = 25;

/// The requested part of a list: `after` and `limit` (R6).
#[derive(Debug)]
pub struct ListQuery(pub Window);

impl<S: Send + Sync> FromRequestParts<S> for ListQuery {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let QueryParams(params) =
            QueryParams::from_request_parts(parts, state).await.map_err(|_| Error::BadParameter("query"))?;
        let one = |name: &'static str| params.one(name).map_err(|_| Error::BadParameter(name));
        let after = match one("after")? {
            Some(text) => Some(Cursor::parse(text).ok_or(Error::BadParameter("after"))?),
            None => None,
        };
        let limit = match one("limit")? {
            Some(text) => text
                .parse()
                .ok()
                .filter(|limit| (1..=MAX_LIMIT).contains(limit))
                .ok_or(Error::BadParameter("limit"))?,
            None => DEFAULT_LIMIT,
        };
        Ok(Self(Window { after, limit }))
    }
}
