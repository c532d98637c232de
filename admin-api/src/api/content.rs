//! Content pages: list, read, create, save the draft, publish, unpublish (R4, H7).

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use commerce::content::{Draft, Edit, Page, list, store};
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::CommonError;
use web::{params::QueryParams, word::Word};

use super::{
    JsonBody,
    etag::{self, etag},
    link_next,
};
use crate::{
    access::{Content, Staff},
    error::Error,
    paths::api,
    query,
    state::AppState,
};

/// A page as clients write it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    slug: String,
    title: String,
    body: String,
}

/// A page as clients read it.
#[derive(Debug, Serialize)]
struct Output<'p> {
    id: &'p str,
    slug: &'p str,
    title: &'p str,
    body: &'p str,
    state: &'static str,
    version: i64,
    created_at: i64,
    updated_at: i64,
    updated_by: &'p str,
    published: Option<Published<'p>>,
}

#[derive(Debug, Serialize)]
struct Published<'p> {
    title: &'p str,
    body: &'p str,
    at: i64,
    by: &'p str,
}

/// `GET /api/content`
pub async fn index(
    State(app): State<AppState>,
    _: Staff<Content>,
    QueryParams(params): QueryParams,
) -> Result<Response, Error> {
    let listing = list::list(&app.db, &query::content(&params)?).await?;
    let items: Vec<_> = listing
        .pages
        .iter()
        .map(|page| {
            json!({ "id": page.id, "slug": page.slug, "title": page.title, "state": page.state,
                "version": page.version, "updated_at": page.updated_at, "updated_by": page.updated_by })
        })
        .collect();
    let next = listing.next.map(|cursor| query::next(api::CONTENT, &params, &cursor.to_string()));
    Ok((link_next(next.as_deref()), Json(json!({ "items": items, "next": next }))).into_response())
}

/// `POST /api/content`
pub async fn create(
    State(app): State<AppState>,
    staff: Staff<Content>,
    body: JsonBody<Input>,
) -> Result<Response, Error> {
    let draft = draft(&body.value)?;
    let page = store::create(&app.db, &app.new_id(), &draft, &edit(&app, &staff)).await?;
    let location = [(header::LOCATION, api::content(&page.id))];
    Ok((StatusCode::CREATED, location, answer(&page)).into_response())
}

/// `GET /api/content/{id}`
pub async fn show(
    State(app): State<AppState>,
    _: Staff<Content>,
    Word(id): Word,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let page = store::load(&app.db, &id).await?.ok_or(CommonError::NotFound)?;
    Ok(etag::not_modified(&headers, page.version).unwrap_or_else(|| answer(&page)))
}

/// `PUT /api/content/{id}`: replaces the draft.
pub async fn save(
    State(app): State<AppState>,
    staff: Staff<Content>,
    Word(id): Word,
    headers: HeaderMap,
    body: JsonBody<Input>,
) -> Result<Response, Error> {
    let version = etag::version(&headers, present(&app, &id)).await?;
    let draft = draft(&body.value)?;
    let page = store::save_draft(&app.db, &id, version, &draft, &edit(&app, &staff)).await?;
    Ok(answer(&page))
}

/// `POST /api/content/{id}/publish`
pub async fn publish(
    State(app): State<AppState>,
    staff: Staff<Content>,
    Word(id): Word,
    headers: HeaderMap,
) -> Result<Response, Error> {
    staff.caller.require_fresh(app.config.step_up_after)?;
    let version = etag::version(&headers, present(&app, &id)).await?;
    let page = store::publish(&app.db, &id, version, &edit(&app, &staff)).await?;
    Ok(answer(&page))
}

/// `POST /api/content/{id}/unpublish`
pub async fn unpublish(
    State(app): State<AppState>,
    staff: Staff<Content>,
    Word(id): Word,
    headers: HeaderMap,
) -> Result<Response, Error> {
    staff.caller.require_fresh(app.config.step_up_after)?;
    let version = etag::version(&headers, present(&app, &id)).await?;
    let page = store::unpublish(&app.db, &id, version, &edit(&app, &staff)).await?;
    Ok(answer(&page))
}

async fn present(app: &AppState, id: &str) -> Result<i64, Error> {
    Ok(store::load(&app.db, id).await?.ok_or(CommonError::NotFound)?.version)
}

fn draft(input: &Input) -> Result<Draft, Error> {
    Draft::new(&input.slug, &input.title, &input.body).map_err(Error::Invalid)
}

fn edit<'s>(app: &AppState, staff: &'s Staff<Content>) -> Edit<'s> {
    Edit { by: &staff.caller.claims.sub, at: app.now(), request_id: Some(&staff.request_id), reason: None }
}

fn answer(page: &Page) -> Response {
    let published = match (&page.published_title, &page.published_body, page.published_at, &page.published_by)
    {
        (Some(title), Some(body), Some(at), Some(by)) => Some(Published { title, body, at, by }),
        _ => None,
    };
    let body = Output {
        id: &page.id,
        slug: &page.slug,
        title: &page.title,
        body: &page.body,
        state: page.state().as_str(),
        version: page.version,
        created_at: page.created_at,
        updated_at: page.updated_at,
        updated_by: &page.updated_by,
        published,
    };
    ([(header::ETAG, etag(page.version))], Json(body)).into_response()
}
