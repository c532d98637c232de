//! The page on which content is written: what is shown, from what was stored or sent.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use commerce::content::body::{Block, blocks};
use commerce::content::history::{Event, What, history};
use commerce::content::{FieldError, Page};
use protocol::params::Params;

use super::content_list::state_words;
use super::desk::Desk;
use super::fault::PageFault;
use super::frame::Frame;
use super::order_confirm::LONGEST_REASON;
use super::people::Names;
use super::unsaved::Unsaved;
use clock::when::When;

const NEW: &str = "/content/new";
/// How much of the history the page shows.
const EVENTS: i64 = 50;

/// The text in the form's fields, as typed.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
}

impl Input {
    /// What the browser sent.
    pub fn sent(params: &Params) -> Input {
        let field = |name| params.first(name).unwrap_or_default().to_owned();
        Input { slug: field("slug"), title: field("title"), body: field("body").replace("\r\n", "\n") }
    }

    /// What is stored.
    pub fn stored(page: &Page) -> Input {
        Input { slug: page.slug.clone(), title: page.title.clone(), body: page.body.clone() }
    }
}

/// Everything a rendering of the form depends on.
#[derive(Debug, Default)]
pub struct View<'p> {
    /// The page as it is stored; `None` for one that doesn't exist yet.
    pub page: Option<&'p Page>,
    /// The text in the fields.
    pub input: Input,
    /// The version that the next save is meant for.
    pub version: i64,
    /// What has to be corrected.
    pub faults: Vec<FieldError>,
    /// Whether the stored page is somebody else's newer version (C3).
    pub conflict: bool,
    /// What was just done.
    pub done: Option<&'static str>,
    /// Whether taking the page off the storefront is asked about first, and what is wrong with the reason given.
    pub asks: Option<Asks>,
    /// Why the text isn't saved, when the stored page doesn't matter for it.
    pub unsaved: Option<Unsaved>,
}

/// The question before a page is taken off the storefront.
#[derive(Clone, Debug, Default)]
pub struct Asks {
    /// The reason as typed.
    pub reason: String,
    /// What is wrong with it.
    pub fault: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "content_edit.html")]
struct EditPage {
    frame: Frame,
    heading: &'static str,
    id: String,
    action: String,
    version: i64,
    fields: Vec<Field>,
    faults: Vec<FieldError>,
    theirs: Option<Theirs>,
    facts: Option<Facts>,
    events: Vec<Row>,
    done: Option<&'static str>,
    asks: Option<Asks>,
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
    fault: Option<&'static str>,
}

struct Theirs {
    /// Whether it was changed in another tab of the same person.
    own: bool,
    by: String,
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
    changed_by: String,
    published: Option<When>,
    public_url: Option<String>,
}

struct Row {
    what: &'static str,
    version: i64,
    at: When,
    who: String,
    reason: Option<String>,
}

/// Renders the form.
pub async fn render(desk: &Desk, status: StatusCode, view: View<'_>) -> Result<Response, PageFault> {
    let id = view.page.map(|page| page.id.clone());
    let action = match (&id, &view.unsaved) {
        (Some(id), _) => format!("/content/{id}"),
        (None, Some(unsaved)) => unsaved.path.clone(),
        (None, None) => NEW.to_owned(),
    };
    let events = match &id {
        Some(id) => history(desk.app.db(), id, EVENTS).await.map_err(|error| desk.fault(error))?,
        None => Vec::new(),
    };
    let writers = events.iter().map(|event| &event.by).chain(view.page.map(|page| &page.updated_by));
    let names = Names::load(desk, writers.map(String::as_str).collect()).await?;
    let page = EditPage {
        frame: desk.frame(),
        heading: if action == NEW { "New page" } else { "Edit page" },
        id: id.unwrap_or_default(),
        version: view.version,
        fields: fields(&view),
        theirs: view.page.filter(|_| view.conflict).map(|page| theirs(desk, page, &names)),
        facts: view.page.map(|page| facts(desk, page, &names)),
        events: events.iter().map(|event| row(desk, event, &names)).collect(),
        done: view.done,
        asks: view.asks,
        longest_reason: LONGEST_REASON,
        publish_refusal: (action == NEW).then_some("Save the draft first."),
        action,
        unsaved: view.unsaved,
        unpublish_refusal: match view.page {
            Some(page) if page.published_at.is_some() => None,
            _ => Some("The storefront doesn't show this page."),
        },
        preview: blocks(&view.input.body),
        preview_title: view.input.title,
        faults: view.faults,
    };
    desk.page(status, &page)
}

fn fields(view: &View<'_>) -> Vec<Field> {
    let table = [
        (
            "slug",
            "Address",
            "The last part of /pages/…: small letters, digits and hyphens.",
            &view.input.slug,
        ),
        ("title", "Title", "Up to 150 characters.", &view.input.title),
        (
            "body",
            "Text",
            "A blank line starts a new paragraph; a line that starts with # and a space is a heading.",
            &view.input.body,
        ),
    ];
    let field = |(name, label, hint, value): (&'static str, _, _, &String)| {
        let fault = view.faults.iter().find(|fault| fault.field == name).map(|fault| fault.message);
        Field { name, label, hint, long: name == "body", value: value.clone(), fault }
    };
    table.map(field).into()
}

fn theirs(desk: &Desk, page: &Page, names: &Names) -> Theirs {
    Theirs {
        own: names.is_own(&page.updated_by),
        by: names.of(&page.updated_by),
        at: desk.when(page.updated_at),
        version: page.version,
        slug: page.slug.clone(),
        title: page.title.clone(),
        body: page.body.clone(),
    }
}

fn row(desk: &Desk, event: &Event, names: &Names) -> Row {
    let what = match event.what {
        What::Created => "Created",
        What::Saved => "Draft saved",
        What::SavedAndPublished => "Saved and published",
        What::Published => "Published",
        What::Unpublished => "Taken off the storefront",
    };
    let reason = event.reason.clone();
    Row { what, version: event.version, at: desk.when(event.at), who: names.of(&event.by), reason }
}

fn facts(desk: &Desk, page: &Page, names: &Names) -> Facts {
    let (state, tone) = state_words(page.state());
    let public = |shop: &String| format!("{}/pages/{}", shop.trim_end_matches('/'), page.slug);
    Facts {
        state,
        tone,
        version: page.version,
        changed: desk.when(page.updated_at),
        changed_by: names.of(&page.updated_by),
        published: page.published_at.map(|at| desk.when(at)),
        public_url: desk.app.settings().shop_url.as_ref().filter(|_| page.published_at.is_some()).map(public),
    }
}
