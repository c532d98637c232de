//! Writing content: new, edit, save, publish, unpublish. What a person typed is never lost: every refusal shows the
//! form again with it (C3, S26).

use axum::http::StatusCode;
use axum::response::Response;
use commerce::content::{ContentError, Draft, Edit, Page, store};
use web::params::{ParamsRejection, QueryParams};
use web::word::{NotAWord, Word};

use super::content_form::{Asks, Input, View, render};
use super::desk::{Desk, Form, Unaccepted};
use super::fault::PageFault;
use super::{order_confirm, unsaved};
use crate::access::Area;
use crate::error::Fault;

/// `GET /content/new`
pub async fn new(desk: Desk) -> Result<Response, PageFault> {
    desk.staff(Area::Content)?;
    render(&desk, StatusCode::OK, View::default()).await
}

/// `POST /content/new`
pub async fn create(form: Result<Form, Unaccepted>) -> Result<Response, PageFault> {
    let Form { desk, params } = match form {
        Ok(form) => form,
        Err(refused) => return unsaved::show(refused).await,
    };
    let caller = desk.staff(Area::Content)?;
    let input = Input::sent(&params);
    if params.first("action") != Some("save") {
        return render(&desk, StatusCode::OK, View { input, ..View::default() }).await;
    }
    let draft = match Draft::new(&input.slug, &input.title, &input.body) {
        Ok(draft) => draft,
        Err(faults) => {
            let view = View { input, faults, ..View::default() };
            return render(&desk, StatusCode::UNPROCESSABLE_ENTITY, view).await;
        }
    };
    let edit = desk.edit(&caller.claims.sub);
    match store::create(desk.app.db(), &desk.app.new_id(), &draft, &edit).await {
        Ok(page) => Ok(created(&desk, &page)),
        Err(error) => {
            let Some(fault) = error.field() else { return Err(desk.fault(error)) };
            // the same form again, by a double click or a retry
            if let Some(page) = made_before(&desk, &input, edit.by).await? {
                return Ok(created(&desk, &page));
            }
            render(&desk, StatusCode::CONFLICT, View { input, faults: vec![fault], ..View::default() }).await
        }
    }
}

fn created(desk: &Desk, page: &Page) -> Response {
    desk.see_other(&format!("/content/{}?done=created", page.id))
}

/// The page that this very form made, when it is sent again.
async fn made_before(desk: &Desk, input: &Input, by: &str) -> Result<Option<Page>, PageFault> {
    let page = store::by_slug(desk.app.db(), input.slug.trim()).await.map_err(|error| desk.fault(error))?;
    Ok(page.filter(|page| page.version == 1 && page.updated_by == by && is_stored(input, page)))
}

/// `GET /content/{id}`
pub async fn show(
    desk: Desk,
    word: Result<Word, NotAWord>,
    params: Result<QueryParams, ParamsRejection>,
) -> Result<Response, PageFault> {
    desk.staff(Area::Content)?;
    let Word(id) = word.map_err(|fault| desk.fault(fault))?;
    let page = load(&desk, &id).await?;
    let done = params.ok().and_then(|QueryParams(params)| params.first("done").and_then(done_text));
    let view = View {
        page: Some(&page),
        input: Input::stored(&page),
        version: page.version,
        done,
        ..View::default()
    };
    render(&desk, StatusCode::OK, view).await
}

/// `POST /content/{id}`: the button that was pressed is the field `action`.
pub async fn save(
    word: Result<Word, NotAWord>,
    form: Result<Form, Unaccepted>,
) -> Result<Response, PageFault> {
    let Form { desk, params } = match form {
        Ok(form) => form,
        Err(refused) => return unsaved::show(refused).await,
    };
    desk.staff(Area::Content)?;
    let Word(id) = word.map_err(|fault| desk.fault(fault))?;
    let input = Input::sent(&params);
    let version = params.first("version").and_then(|text| text.parse().ok()).unwrap_or_default();
    let reason = params.first("reason").unwrap_or_default();
    let submission = Submission { desk: &desk, id: &id, input, version };
    match params.first("action") {
        Some("save") => submission.save(false).await,
        Some("publish") => submission.save(true).await,
        // asked about first: the reason comes with the answer
        Some("unpublish") => submission.ask(Asks::default()).await,
        Some("unpublish-now") => match order_confirm::reason(reason) {
            Ok(reason) => submission.unpublish(reason).await,
            Err(fault) => submission.ask(Asks { reason: reason.to_owned(), fault: Some(fault) }).await,
        },
        _ => submission.preview().await,
    }
}

/// One submission of the form of an existing page.
struct Submission<'r> {
    desk: &'r Desk,
    id: &'r str,
    input: Input,
    version: i64,
}

impl Submission<'_> {
    async fn save(self, and_publish: bool) -> Result<Response, PageFault> {
        let draft = match Draft::new(&self.input.slug, &self.input.title, &self.input.body) {
            Ok(draft) => draft,
            Err(faults) => {
                let page = load(self.desk, self.id).await?;
                let view = View { faults, ..self.view(&page) };
                return render(self.desk, StatusCode::UNPROCESSABLE_ENTITY, view).await;
            }
        };
        let (db, by) = (self.desk.app.db(), self.author()?);
        let edit = self.desk.edit(&by);
        let outcome = if and_publish {
            store::save_and_publish(db, self.id, self.version, &draft, &edit).await
        } else {
            store::save_draft(db, self.id, self.version, &draft, &edit).await
        };
        match outcome {
            Ok(_) => {
                let done = if and_publish { "published" } else { "saved" };
                Ok(self.desk.see_other(&format!("/content/{}?done={done}", self.id)))
            }
            Err(ContentError::Stale(page)) if self.is_done(&page, Some(and_publish)) => {
                let done = if and_publish { "published" } else { "saved" };
                Ok(self.desk.see_other(&format!("/content/{}?done={done}", self.id)))
            }
            Err(error) => self.refused(error).await,
        }
    }

    /// Whether the page is what this form makes of it, by the same person and as the only change since: then the form was
    /// sent twice. `publish`: whether the draft goes to the storefront; nothing for taking it off there.
    fn is_done(&self, page: &Page, publish: Option<bool>) -> bool {
        let own = self.author().is_ok_and(|by| page.updated_by == by);
        let published = (page.published_title.as_ref(), page.published_body.as_ref());
        let as_wanted = match publish {
            Some(true) => published == (Some(&page.title), Some(&page.body)),
            Some(false) => true,
            None => page.published_at.is_none(),
        };
        own && as_wanted && page.version == self.version + 1 && is_stored(&self.input, page)
    }

    /// Whether the page is really to go, with everything typed kept.
    async fn ask(self, asks: Asks) -> Result<Response, PageFault> {
        let page = load(self.desk, self.id).await?;
        if page.published_at.is_none() {
            return render(self.desk, StatusCode::OK, self.view(&page)).await;
        }
        let status = if asks.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let view = View { asks: Some(asks), ..self.view(&page) };
        render(self.desk, status, view).await
    }

    /// Only the storefront's copy goes. If the fields hold something else than the draft, they are shown again.
    async fn unpublish(self, reason: &str) -> Result<Response, PageFault> {
        let by = self.author()?;
        let edit = Edit { reason: Some(reason), ..self.desk.edit(&by) };
        match store::unpublish(self.desk.app.db(), self.id, self.version, &edit).await {
            Ok(page) if is_stored(&self.input, &page) => {
                Ok(self.desk.see_other(&format!("/content/{}?done=unpublished", self.id)))
            }
            Ok(page) => {
                let done =
                    Some("The storefront doesn't show the page any more. Your text below isn't saved yet.");
                let view = View { done, version: page.version, ..self.view(&page) };
                render(self.desk, StatusCode::OK, view).await
            }
            Err(ContentError::Stale(page)) if self.is_done(&page, None) => {
                Ok(self.desk.see_other(&format!("/content/{}?done=unpublished", self.id)))
            }
            Err(error) => self.refused(error).await,
        }
    }

    async fn preview(self) -> Result<Response, PageFault> {
        let page = load(self.desk, self.id).await?;
        render(self.desk, StatusCode::OK, self.view(&page)).await
    }

    async fn refused(self, error: ContentError) -> Result<Response, PageFault> {
        if let Some(fault) = error.field() {
            let page = load(self.desk, self.id).await?;
            let view = View { faults: vec![fault], ..self.view(&page) };
            return render(self.desk, StatusCode::CONFLICT, view).await;
        }
        match error {
            ContentError::Stale(page) => {
                let view = View { conflict: true, version: page.version, ..self.view(&page) };
                render(self.desk, StatusCode::CONFLICT, view).await
            }
            other => Err(self.desk.fault(other)),
        }
    }

    fn view<'p>(&self, page: &'p Page) -> View<'p> {
        View { page: Some(page), input: self.input.clone(), version: self.version, ..View::default() }
    }

    fn author(&self) -> Result<String, PageFault> {
        Ok(self.desk.staff(Area::Content)?.claims.sub.clone())
    }
}

fn is_stored(input: &Input, page: &Page) -> bool {
    let stored = Input::stored(page);
    (input.slug.trim(), input.title.trim(), &input.body) == (&stored.slug, &stored.title, &stored.body)
}

async fn load(desk: &Desk, id: &str) -> Result<Page, PageFault> {
    let page = store::load(desk.app.db(), id).await.map_err(|error| desk.fault(error))?;
    page.ok_or_else(|| desk.fault(Fault::NotFound))
}

fn done_text(word: &str) -> Option<&'static str> {
    match word {
        "created" => Some("The draft exists. The storefront doesn't show it before you publish it."),
        "saved" => Some("The draft is saved."),
        "published" => Some("The page is saved and on the storefront."),
        "unpublished" => Some("The storefront doesn't show the page any more."),
        _ => None,
    }
}
