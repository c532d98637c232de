//! The list of content pages.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use clock::when::When;
use commerce::content::{State, list};
use service::filters;
use web::params::{ParamsRejection, QueryParams};

use super::{Choice, PageRequest, bad_query, content_words, frame::Frame};
use crate::{access::Area, error::Error, paths, query};

#[derive(Template)]
#[template(path = "content_list.html")]
struct ListPage {
    frame: Frame,
    query: list::Query,
    states: Vec<Choice>,
    sorts: Vec<Choice>,
    rows: Vec<Row>,
    filtered: bool,
    next: Option<String>,
}

struct Row {
    id: String,
    slug: String,
    title: String,
    state: &'static str,
    tone: &'static str,
    changed: When,
}

/// `GET /content`
pub async fn index(
    request: PageRequest,
    params: Result<QueryParams, ParamsRejection>,
) -> Result<Response, Error> {
    request.require(Area::Content)?;
    let QueryParams(params) = params.map_err(|rejection| bad_query(&rejection))?;
    let query = query::content(&params)?;
    let listing = list::list(&request.app.db, &query).await?;
    let next = listing.next.map(|cursor| query::next(paths::CONTENT, &params, &cursor.to_string()));
    let page = ListPage {
        frame: request.frame(),
        states: states(query.state),
        sorts: sorts(query.sort),
        rows: listing.pages.into_iter().map(|page| row(&request, page)).collect(),
        filtered: !query.search.is_empty() || query.state.is_some() || query.after.is_some(),
        query,
        next,
    };
    request.render(StatusCode::OK, &page)
}

fn row(request: &PageRequest, page: list::ListedPage) -> Row {
    let (state, tone) = content_words::state(State::parse(&page.state).unwrap_or(State::Draft));
    let changed = request.when(page.updated_at);
    Row { id: page.id, slug: page.slug, title: page.title, state, tone, changed }
}

fn states(chosen: Option<State>) -> Vec<Choice> {
    let all = Choice::new("", "any", &None, &chosen);
    let each = [State::Draft, State::Published, State::Changed];
    let each =
        each.map(|state| Choice::new(state.as_str(), content_words::state(state).0, &Some(state), &chosen));
    std::iter::once(all).chain(each).collect()
}

fn sorts(chosen: list::Sort) -> Vec<Choice> {
    let names = [(list::Sort::Updated, "sort-updated"), (list::Sort::Slug, "sort-slug")];
    names.map(|(sort, name)| Choice::new(sort.as_str(), name, &sort, &chosen)).into()
}
