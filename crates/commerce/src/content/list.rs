//! The list of pages for staff: search, state filter, sort, keyset pages (C1, R6).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use database::{Db, sql};

use super::{ContentError, State, rules};

/// Longest search text, in characters: databases refuse much longer patterns.
pub const MAX_SEARCH: usize = 100;
/// The most pages in one answer.
pub const MAX_LIMIT: i64 = 100;

/// The order of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Last changed first.
    #[default]
    Updated,
    /// By slug, ascending.
    Slug,
}

impl Sort {
    /// The stable word used in URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Updated => "updated",
            Sort::Slug => "slug",
        }
    }

    /// The inverse of [`Sort::as_str`].
    pub fn parse(word: &str) -> Option<Sort> {
        [Sort::Updated, Sort::Slug].into_iter().find(|sort| sort.as_str() == word)
    }
}

/// Filters and order of a list.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Part of the slug or the title, ignoring case, at most [`MAX_SEARCH`] characters; empty for all.
    pub search: String,
    /// Only pages in this state.
    pub state: Option<State>,
    /// The order.
    pub sort: Sort,
    /// Cursor from the previous part of the list.
    pub after: Option<Cursor>,
    /// The most pages to return, 1 to [`MAX_LIMIT`].
    pub limit: i64,
}

/// The position after which the next part of the list begins. Its text form is opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    updated_at: i64,
    key: String,
}

impl Cursor {
    /// Parses the text form of a cursor; `None` for any other text.
    pub fn parse(text: &str) -> Option<Cursor> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let (updated_at, key) = text.split_once('.')?;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let sound = !key.is_empty() && key.len() <= rules::MAX_SLUG && key.chars().all(plain);
        let updated_at = i64::from_str_radix(updated_at, 16).ok().filter(|at| *at >= 0)?;
        sound.then(|| Cursor { updated_at, key: key.to_owned() })
    }

    fn of(page: &ListedPage, sort: Sort) -> Cursor {
        let key = match sort {
            Sort::Updated => &page.id,
            Sort::Slug => &page.slug,
        };
        Cursor { updated_at: page.updated_at, key: key.clone() }
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(format!("{:x}.{}", self.updated_at, self.key)))
    }
}

database::record! {
    /// A page in the list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ListedPage {
        /// Identifier of the page.
        pub id: String,
        /// Last segment of its address.
        pub slug: String,
        /// Title of the draft.
        pub title: String,
        /// A word of [`State::as_str`].
        pub state: String,
        /// Present version.
        pub version: i64,
        /// Unix seconds of the last change.
        pub updated_at: i64,
        /// Who made it (subject in the staff realm).
        pub updated_by: String,
    }
}

/// One page of the list.
#[derive(Debug, Clone)]
pub struct Listing {
    /// At most `limit`.
    pub pages: Vec<ListedPage>,
    /// Cursor of the next part, if there is one.
    pub next: Option<Cursor>,
}

/// Lists pages in every state. It reads one row more than requested, to see whether there is a next part.
pub async fn list(db: &Db, query: &Query) -> Result<Listing, ContentError> {
    let limit = query.limit.clamp(1, MAX_LIMIT);
    let statement = match query.sort {
        Sort::Updated => sql(
            "SELECT * FROM (SELECT id, slug, title, search, version, updated_at, updated_by, CASE WHEN published_at \
             IS NULL THEN 'draft' WHEN published_title = title AND published_body = body THEN 'published' \
             ELSE 'changed' END AS state FROM content_pages) AS lines \
             WHERE ($1 = '' OR search LIKE $1 ESCAPE '!') AND ($2 = '' OR state = $2) \
             AND (updated_at < $3 OR (updated_at = $3 AND id < $4)) \
             ORDER BY updated_at DESC, id DESC LIMIT $5",
        ),
        Sort::Slug => sql(
            "SELECT * FROM (SELECT id, slug, title, search, version, updated_at, updated_by, CASE WHEN published_at \
             IS NULL THEN 'draft' WHEN published_title = title AND published_body = body THEN 'published' \
             ELSE 'changed' END AS state FROM content_pages) AS lines \
             WHERE ($1 = '' OR search LIKE $1 ESCAPE '!') AND ($2 = '' OR state = $2) \
             AND $3 >= 0 AND slug > $4 ORDER BY slug LIMIT $5",
        ),
    };
    let start = || Cursor { updated_at: i64::MAX, key: String::new() };
    let Cursor { updated_at, key } = query.after.clone().unwrap_or_else(start);
    let mut pages: Vec<ListedPage> = statement
        .bind(pattern(&query.search))
        .bind(query.state.map_or("", State::as_str))
        .bind(updated_at)
        .bind(key)
        .bind(limit + 1)
        .all(db)
        .await?;
    let more = i64::try_from(pages.len()).is_ok_and(|found| found > limit);
    if more {
        pages.pop();
    }
    let next = if more { pages.last().map(|line| Cursor::of(line, query.sort)) } else { None };
    Ok(Listing { pages, next })
}

/// A LIKE pattern that matches `search` literally; empty for an empty search.
fn pattern(search: &str) -> String {
    let search = rules::fold(search.trim());
    if search.is_empty() {
        return search;
    }
    format!("%{}%", search.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}

database::record! {
    /// Numbers of pages.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Counts {
        /// All pages.
        pub total: i64,
        /// Pages the storefront doesn't show.
        pub drafts: i64,
        /// Published pages whose draft differs from the published text.
        pub changed: i64,
    }
}

/// Counts pages for the dashboard.
pub async fn counts(db: &Db) -> Result<Counts, ContentError> {
    let counts = sql("SELECT COUNT(*) AS total, COUNT(CASE WHEN published_at IS NULL THEN 1 END) AS drafts, \
         COUNT(CASE WHEN published_at IS NOT NULL AND (published_title <> title OR published_body <> body) THEN 1 END) \
         AS changed FROM content_pages")
    .one(db)
    .await?;
    Ok(counts)
}
