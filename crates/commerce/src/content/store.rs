//! The statements on `content_pages`. Each change is one statement, guarded by the version that the author saw, and
//! commits together with its event in the [`history`](super::history).

use database::{Db, Tx, sql};

use super::{
    ContentError, Draft, Edit, Page,
    history::{What, append},
};

type Result<T> = std::result::Result<T, ContentError>;

/// Creates an unpublished page at version 1. If the slug exists, the error is [`ContentError::SlugTaken`].
pub async fn create(db: &Db, id: &str, draft: &Draft, edit: &Edit<'_>) -> Result<Page> {
    let mut tx = db.begin().await?;
    let page = sql("INSERT INTO content_pages (id, slug, title, body, search, version, created_at, updated_at, updated_by) \
         VALUES ($1, $2, $3, $4, $5, 1, $6, $6, $7) \
         RETURNING id, slug, title, body, published_title, published_body, published_at, published_by, version, \
         created_at, updated_at, updated_by")
    .bind(id)
    .bind(draft.slug())
    .bind(draft.title())
    .bind(draft.body())
    .bind(draft.search_text())
    .bind(edit.at)
    .bind(edit.by)
    .one(&mut tx)
    .await
    .map_err(slug_taken)?;
    done(tx, page, What::Created, edit).await
}

/// The page with this id, drafts included.
pub async fn load(db: &Db, id: &str) -> Result<Option<Page>> {
    let page =
        sql("SELECT id, slug, title, body, published_title, published_body, published_at, published_by, \
                    version, created_at, updated_at, updated_by FROM content_pages WHERE id = $1")
        .bind(id)
        .opt(db)
        .await?;
    Ok(page)
}

/// The page at this slug, published or not.
pub async fn by_slug(db: &Db, slug: &str) -> Result<Option<Page>> {
    let page =
        sql("SELECT id, slug, title, body, published_title, published_body, published_at, published_by, \
                    version, created_at, updated_at, updated_by FROM content_pages WHERE slug = $1")
        .bind(slug)
        .opt(db)
        .await?;
    Ok(page)
}

/// Replaces the draft if the page is still at `version`. The published copy stays unchanged, and a published page keeps
/// its slug.
pub async fn save_draft(db: &Db, id: &str, version: i64, draft: &Draft, edit: &Edit<'_>) -> Result<Page> {
    let mut tx = db.begin().await?;
    let saved: Option<Page> = sql("UPDATE content_pages SET slug = $3, title = $4, body = $5, search = $6, \
         version = version + 1, updated_at = $7, updated_by = $8 \
         WHERE id = $1 AND version = $2 AND (published_at IS NULL OR slug = $3) \
         RETURNING id, slug, title, body, published_title, published_body, published_at, published_by, version, \
         created_at, updated_at, updated_by")
    .bind(id)
    .bind(version)
    .bind(draft.slug())
    .bind(draft.title())
    .bind(draft.body())
    .bind(draft.search_text())
    .bind(edit.at)
    .bind(edit.by)
    .opt(&mut tx)
    .await
    .map_err(slug_taken)?;
    match saved {
        Some(page) => done(tx, page, What::Saved, edit).await,
        None => refused(db, tx, id, version).await,
    }
}

/// Replaces the draft and publishes it in one change, if the page is still at `version`. A published page keeps its
/// slug, as in [`save_draft`].
pub async fn save_and_publish(
    db: &Db,
    id: &str,
    version: i64,
    draft: &Draft,
    edit: &Edit<'_>,
) -> Result<Page> {
    let mut tx = db.begin().await?;
    let saved: Option<Page> = sql("UPDATE content_pages SET slug = $3, title = $4, body = $5, search = $6, \
         published_title = $4, published_body = $5, published_at = $7, published_by = $8, \
         version = version + 1, updated_at = $7, updated_by = $8 \
         WHERE id = $1 AND version = $2 AND (published_at IS NULL OR slug = $3) \
         RETURNING id, slug, title, body, published_title, published_body, published_at, published_by, version, \
         created_at, updated_at, updated_by")
    .bind(id)
    .bind(version)
    .bind(draft.slug())
    .bind(draft.title())
    .bind(draft.body())
    .bind(draft.search_text())
    .bind(edit.at)
    .bind(edit.by)
    .opt(&mut tx)
    .await
    .map_err(slug_taken)?;
    match saved {
        Some(page) => done(tx, page, What::SavedAndPublished, edit).await,
        None => refused(db, tx, id, version).await,
    }
}

/// Publishes the draft if the page is still at `version`, so that nobody publishes a text that they haven't seen.
pub async fn publish(db: &Db, id: &str, version: i64, edit: &Edit<'_>) -> Result<Page> {
    let mut tx = db.begin().await?;
    let page: Option<Page> = sql("UPDATE content_pages SET published_title = title, published_body = body, \
         published_at = $3, published_by = $4, version = version + 1, updated_at = $3, updated_by = $4 \
         WHERE id = $1 AND version = $2 \
         RETURNING id, slug, title, body, published_title, published_body, published_at, published_by, version, \
         created_at, updated_at, updated_by")
    .bind(id)
    .bind(version)
    .bind(edit.at)
    .bind(edit.by)
    .opt(&mut tx)
    .await?;
    match page {
        Some(page) => done(tx, page, What::Published, edit).await,
        None => refused(db, tx, id, version).await,
    }
}

/// Removes the page from the storefront if it is still at `version`. The draft stays.
pub async fn unpublish(db: &Db, id: &str, version: i64, edit: &Edit<'_>) -> Result<Page> {
    let mut tx = db.begin().await?;
    let page: Option<Page> = sql("UPDATE content_pages SET published_title = NULL, published_body = NULL, \
         published_at = NULL, published_by = NULL, version = version + 1, updated_at = $3, updated_by = $4 \
         WHERE id = $1 AND version = $2 \
         RETURNING id, slug, title, body, published_title, published_body, published_at, published_by, version, \
         created_at, updated_at, updated_by")
    .bind(id)
    .bind(version)
    .bind(edit.at)
    .bind(edit.by)
    .opt(&mut tx)
    .await?;
    match page {
        Some(page) => done(tx, page, What::Unpublished, edit).await,
        None => refused(db, tx, id, version).await,
    }
}

database::record! {
    /// A page as the storefront shows it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Published {
        /// Last segment of its address.
        pub slug: String,
        /// Title.
        pub title: String,
        /// Text; see [`super::body`].
        pub body: String,
        /// Unix seconds.
        pub published_at: i64,
    }
}

/// The published page with this slug, if there is one. Never returns drafts.
pub async fn published(db: &Db, slug: &str) -> Result<Option<Published>> {
    let page = sql("SELECT slug, published_title AS title, published_body AS body, published_at \
                    FROM content_pages WHERE slug = $1 AND published_at IS NOT NULL")
    .bind(slug)
    .opt(db)
    .await?;
    Ok(page)
}

/// At most `limit` published pages by title, for the storefront's navigation.
pub async fn all_published(db: &Db, limit: i64) -> Result<Vec<Published>> {
    let pages = sql("SELECT slug, published_title AS title, published_body AS body, published_at \
                     FROM content_pages WHERE published_at IS NOT NULL ORDER BY published_title, slug LIMIT $1")
    .bind(limit)
    .all(db)
    .await?;
    Ok(pages)
}

/// Adds the event of a change to the history and commits. Returns the changed page.
async fn done(mut tx: Tx, page: Page, what: What, edit: &Edit<'_>) -> Result<Page> {
    append(&mut tx, &page, what, edit).await?;
    tx.commit().await?;
    Ok(page)
}

/// The reason why a guarded change touched no row. This read only explains the refusal; the statement's guard decided
/// it.
async fn refused(db: &Db, tx: Tx, id: &str, version: i64) -> Result<Page> {
    drop(tx);
    Err(match load(db, id).await? {
        None => ContentError::NotFound,
        Some(page) if page.version == version => ContentError::SlugInUse,
        Some(page) => ContentError::Stale(Box::new(page)),
    })
}

fn slug_taken(error: database::Error) -> ContentError {
    if error.is_conflict() { ContentError::SlugTaken } else { ContentError::Database(error) }
}
