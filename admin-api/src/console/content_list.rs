//! The list of content pages.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use commerce::content::{State, list};
use web::params::{ParamsRejection, QueryParams};

use super::desk::Desk;
use super::fault::PageFault;
use super::frame::Frame;
use super::{Choice, bad_query};
use crate::access::Area;
use crate::query;
use clock::when::When;

#[derive(Template)]
#[template(path = "content_list.html")]
struct ListPage {
    frame: Frame,
    query: list::Query,
    states: Vec<Choice>,
    sorts: Vec<Choice>,
    lines: Vec<Line>,
    filtered: bool,
    next: Option<String>,
}

struct Line {
    id: String,
    slug: String,
    title: String,
    state: &'static str,
    tone: &'static str,
    changed: When,
}

/// `GET /content`
pub async fn index(desk: Desk, params: Result<QueryParams, ParamsRejection>) -> Result<Response, PageFault> {
    desk.staff(Area::Content)?;
    let QueryParams(params) = params.map_err(|rejection| desk.fault(bad_query(&rejection)))?;
    let query = query::content(&params).map_err(|fault| desk.fault(fault))?;
    let listing = list::list(desk.app.db(), &query).await.map_err(|error| desk.fault(error))?;
    let next = listing.next.map(|cursor| query::next("/content", &params, &cursor.to_string()));
    let page = ListPage {
        frame: desk.frame(),
        states: states(query.state),
        sorts: sorts(query.sort),
        lines: listing.lines.into_iter().map(|found| line(&desk, found)).collect(),
        filtered: !query.search.is_empty() || query.state.is_some() || query.after.is_some(),
        query,
        next,
    };
    desk.page(StatusCode::OK, &page)
}

fn line(desk: &Desk, line: list::Line) -> Line {
    let (state, tone) = state_words(State::parse(&line.state).unwrap_or(State::Draft));
    let changed = desk.when(line.updated_at);
    Line { id: line.id, slug: line.slug, title: line.title, state, tone, changed }
}

/// What people read, and the class that colours it.
pub(super) fn state_words(state: State) -> (&'static str, &'static str) {
    match state {
        State::Draft => ("Draft", "neutral"),
        State::Published => ("Published", "good"),
        State::Changed => ("Published, draft changed", "warn"),
    }
}

fn states(chosen: Option<State>) -> Vec<Choice> {
    let all = Choice::new("", "Any", &None, &chosen);
    let each = [State::Draft, State::Published, State::Changed];
    let each = each.map(|state| Choice::new(state.as_str(), state_words(state).0, &Some(state), &chosen));
    std::iter::once(all).chain(each).collect()
}

fn sorts(chosen: list::Sort) -> Vec<Choice> {
    let names = [(list::Sort::Updated, "Last changed first"), (list::Sort::Slug, "By address")];
    names.map(|(sort, name)| Choice::new(sort.as_str(), name, &sort, &chosen)).into()
}
