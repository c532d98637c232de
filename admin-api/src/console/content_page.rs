//! Renders the page with the content form.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use clock::when::When;
use commerce::content::{
    FieldError, Page,
    body::{Block, blocks},
    history::{Event, history},
};
use language::Message;
use service::filters;

use super::{
    PageRequest,
    content_form::{Question, Unsaved, View},
    content_words,
    frame::Frame,
    people::Names,
};
use crate::{error::Error, paths, reason::LONGEST_REASON, words};

/// The most events of the history on the page.
const EVENTS: i64 = 50;

#[derive(Template)]
#[template(path = "content_edit.html")]
struct EditPage {
    frame: Frame,
    heading: &'static str,
    id: String,
    action: String,
    version: i64,
    fields: Vec<Field>,
    errors: Vec<FieldError>,
    theirs: Option<Theirs>,
    facts: Option<Facts>,
    events: Vec<Row>,
    done: Option<&'static str>,
    question: Option<Question>,
    longest_reason: usize,
    unsaved: Option<Unsaved>,
    publish_refusal: Option<&'static str>,
    unpublish_refusal: Option<&'static str>,
    preview_title: String,
    preview: Vec<Block>,
}

struct Field {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    long: bool,
    value: String,
    error: Option<&'static str>,
}

struct Theirs {
    /// Whether the same person changed it, in another tab.
    own: bool,
    by: Message,
    at: When,
    version: i64,
    slug: String,
    title: String,
    body: String,
}

struct Facts {
    state: &'static str,
    tone: &'static str,
    version: i64,
    changed: When,
    changed_by: Message,
    published: Option<When>,
    public_url: Option<String>,
}

struct Row {
    what: &'static str,
    version: i64,
    at: When,
    who: Message,
    reason: Option<String>,
}

/// Renders the form.
pub async fn render(request: &PageRequest, status: StatusCode, view: View<'_>) -> Result<Response, Error> {
    let id = view.page.map(|page| page.id.clone());
    let action = match (&id, &view.unsaved) {
        (Some(id), _) => paths::content(id),
        (None, Some(unsaved)) => unsaved.path.clone(),
        (None, None) => paths::NEW_CONTENT.to_owned(),
    };
    let events = match &id {
        Some(id) => history(&request.app.db, id, EVENTS).await?,
        None => Vec::new(),
    };
    let writers = events.iter().map(|event| &event.by).chain(view.page.map(|page| &page.updated_by));
    let names = Names::load(request, writers.map(String::as_str).collect()).await?;
    let page = EditPage {
        frame: request.frame(),
        heading: if action == paths::NEW_CONTENT { "new-page" } else { "edit-page" },
        id: id.unwrap_or_default(),
        version: view.version,
        fields: fields(&view),
        theirs: view.page.filter(|_| view.conflict).map(|page| theirs(request, page, &names)),
        facts: view.page.map(|page| facts(request, page, &names)),
        events: events.iter().map(|event| row(request, event, &names)).collect(),
        done: view.done,
        question: view.question,
        longest_reason: LONGEST_REASON,
        publish_refusal: (action == paths::NEW_CONTENT).then_some("save-first"),
        action,
        unsaved: view.unsaved,
        unpublish_refusal: match view.page {
            Some(page) if page.published_at.is_some() => None,
            _ => Some("not-published"),
        },
        preview: blocks(&view.input.body),
        preview_title: view.input.title,
        errors: view.errors,
    };
    request.render(status, &page)
}

fn fields(view: &View<'_>) -> Vec<Field> {
    let table = [
        ("slug", "address", "address-hint", &view.input.slug),
        ("title", "title", "title-hint", &view.input.title),
        ("body", "body", "body-hint", &view.input.body),
    ];
    let field = |(name, label, hint, value): (&'static str, _, _, &String)| {
        let error =
            view.errors.iter().find(|error| error.field == name).map(|error| words::fault(error.fault));
        Field { name, label, hint, long: name == "body", value: value.clone(), error }
    };
    table.map(field).into()
}

fn theirs(request: &PageRequest, page: &Page, names: &Names) -> Theirs {
    Theirs {
        own: names.is_own(&page.updated_by),
        by: names.of(&page.updated_by),
        at: request.when(page.updated_at),
        version: page.version,
        slug: page.slug.clone(),
        title: page.title.clone(),
        body: page.body.clone(),
    }
}

fn row(request: &PageRequest, event: &Event, names: &Names) -> Row {
    let (what, reason) = (content_words::event(event.what), event.reason.clone());
    Row { what, version: event.version, at: request.when(event.at), who: names.of(&event.by), reason }
}

fn facts(request: &PageRequest, page: &Page, names: &Names) -> Facts {
    let (state, tone) = content_words::state(page.state());
    let shop = request.app.service().other.url.trim_end_matches('/');
    let public_url = format!("{shop}{}", paths::storefront_page(&page.slug));
    Facts {
        state,
        tone,
        version: page.version,
        changed: request.when(page.updated_at),
        changed_by: names.of(&page.updated_by),
        published: page.published_at.map(|at| request.when(at)),
        public_url: page.published_at.map(|_| public_url),
    }
}
