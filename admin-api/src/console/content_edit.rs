//! Editing content: create, edit, save, publish, unpublish. The typed text is never lost: every refusal shows it in the
//! form again (C3, S26).

use axum::{http::StatusCode, response::Response};
use commerce::content::{ContentError, Draft, Edit, Page, store};
use protocol::params::Params;
use service::CommonError;
use web::{
    params::{ParamsRejection, QueryParams},
    word::{NotAWord, Word},
};

use super::{
    content_form::{Input, Question, View},
    content_page::render,
    content_words,
    request::{Form, PageRequest, RejectedForm},
    step_up, unsaved,
};
use crate::{access::Area, error::Error, paths, reason};

/// `GET /content/new`
pub async fn new(request: PageRequest) -> Result<Response, Error> {
    request.require(Area::Content)?;
    render(&request, StatusCode::OK, View::default()).await
}

/// `POST /content/new`
pub async fn create(form: Result<Form, RejectedForm>) -> Result<Response, Error> {
    let Form { request, params } = match form {
        Ok(form) => form,
        Err(rejected) => return unsaved::show(rejected).await,
    };
    let caller = request.require(Area::Content)?;
    let input = Input::sent(&params);
    if params.first("action") != Some("save") {
        return render(&request, StatusCode::OK, View { input, ..View::default() }).await;
    }
    let draft = match Draft::new(&input.slug, &input.title, &input.body) {
        Ok(draft) => draft,
        Err(errors) => {
            let view = View { input, errors, ..View::default() };
            return render(&request, StatusCode::UNPROCESSABLE_ENTITY, view).await;
        }
    };
    let edit = request.edit(&caller.claims.sub);
    match store::create(&request.app.db, &request.app.new_id(), &draft, &edit).await {
        Ok(page) => Ok(created(&request, &page)),
        Err(error) => {
            let Some(field) = error.field() else { return Err(error.into()) };
            // the same form may have been sent before, by a double click or a retry
            if let Some(page) = made_before(&request, &input, edit.by).await? {
                return Ok(created(&request, &page));
            }
            render(&request, StatusCode::CONFLICT, View { input, errors: vec![field], ..View::default() })
                .await
        }
    }
}

fn created(request: &PageRequest, page: &Page) -> Response {
    request.see_other(&format!("{}?done=created", paths::content(&page.id)))
}

/// The page that an earlier submission of this form created, if there was one.
async fn made_before(request: &PageRequest, input: &Input, by: &str) -> Result<Option<Page>, Error> {
    let page = store::by_slug(&request.app.db, input.slug.trim()).await?;
    Ok(page.filter(|page| page.version == 1 && page.updated_by == by && is_stored(input, page)))
}

/// `GET /content/{id}`
pub async fn show(
    request: PageRequest,
    word: Result<Word, NotAWord>,
    params: Result<QueryParams, ParamsRejection>,
) -> Result<Response, Error> {
    request.require(Area::Content)?;
    let Word(id) = word?;
    let page = load(&request, &id).await?;
    let done = params.ok().and_then(|QueryParams(params)| params.first("done").and_then(content_words::done));
    let view = View {
        page: Some(&page),
        input: Input::stored(&page),
        version: page.version,
        done,
        ..View::default()
    };
    render(&request, StatusCode::OK, view).await
}

/// `POST /content/{id}`. The field `action` names the button that was pressed.
pub async fn save(word: Result<Word, NotAWord>, form: Result<Form, RejectedForm>) -> Result<Response, Error> {
    let Form { request, params } = match form {
        Ok(form) => form,
        Err(rejected) => return unsaved::show(rejected).await,
    };
    request.require(Area::Content)?;
    let Word(id) = word?;
    let input = Input::sent(&params);
    let version = params.first("version").and_then(|text| text.parse().ok()).unwrap_or_default();
    let typed = params.first("reason").unwrap_or_default();
    let submission = Submission { request: &request, params: &params, id: &id, input, version };
    match params.first("action") {
        Some("save") => submission.save(false).await,
        Some("publish") => submission.save(true).await,
        // asks for confirmation first: the reason comes with the second form
        Some("unpublish") => submission.ask(Question::default()).await,
        Some("unpublish-now") => match reason::read(typed) {
            Ok(reason) => submission.unpublish(reason).await,
            Err(error) => submission.ask(Question { reason: typed.to_owned(), error: Some(error) }).await,
        },
        _ => submission.preview().await,
    }
}

/// One submission of the form of an existing page.
struct Submission<'r> {
    request: &'r PageRequest,
    params: &'r Params,
    id: &'r str,
    input: Input,
    version: i64,
}

impl Submission<'_> {
    async fn save(self, and_publish: bool) -> Result<Response, Error> {
        let draft = match Draft::new(&self.input.slug, &self.input.title, &self.input.body) {
            Ok(draft) => draft,
            Err(errors) => {
                let page = load(self.request, self.id).await?;
                let view = View { errors, ..self.view(&page) };
                return render(self.request, StatusCode::UNPROCESSABLE_ENTITY, view).await;
            }
        };
        if and_publish && let Some(answer) = self.step_up().await? {
            return Ok(answer);
        }
        let (db, by) = (&self.request.app.db, self.author()?);
        let edit = self.request.edit(&by);
        let outcome = if and_publish {
            store::save_and_publish(db, self.id, self.version, &draft, &edit).await
        } else {
            store::save_draft(db, self.id, self.version, &draft, &edit).await
        };
        match outcome {
            Ok(_) => {
                let done = if and_publish { "published" } else { "saved" };
                Ok(self.request.see_other(&format!("{}?done={done}", paths::content(self.id))))
            }
            Err(ContentError::Stale(page)) if self.is_done(&page, Some(and_publish)) => {
                let done = if and_publish { "published" } else { "saved" };
                Ok(self.request.see_other(&format!("{}?done={done}", paths::content(self.id))))
            }
            Err(error) => self.refused(error).await,
        }
    }

    /// Whether the page is the result of this form, by the same person and as the only change since: then the form was
    /// sent twice. `publish`: whether the form publishes the draft; `None` for unpublishing.
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

    /// Asks whether to unpublish the page; keeps the typed text.
    async fn ask(self, question: Question) -> Result<Response, Error> {
        let page = load(self.request, self.id).await?;
        if page.published_at.is_none() {
            return render(self.request, StatusCode::OK, self.view(&page)).await;
        }
        let status = if question.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let view = View { question: Some(question), ..self.view(&page) };
        render(self.request, status, view).await
    }

    /// Removes the published copy. If the text in the form differs from the draft, it is shown again.
    async fn unpublish(self, reason: &str) -> Result<Response, Error> {
        if let Some(answer) = self.step_up().await? {
            return Ok(answer);
        }
        let by = self.author()?;
        let edit = Edit { reason: Some(reason), ..self.request.edit(&by) };
        match store::unpublish(&self.request.app.db, self.id, self.version, &edit).await {
            Ok(page) if is_stored(&self.input, &page) => {
                Ok(self.request.see_other(&format!("{}?done=unpublished", paths::content(self.id))))
            }
            Ok(page) => {
                let done = Some("done-unpublished-unsaved");
                let view = View { done, version: page.version, ..self.view(&page) };
                render(self.request, StatusCode::OK, view).await
            }
            Err(ContentError::Stale(page)) if self.is_done(&page, None) => {
                Ok(self.request.see_other(&format!("{}?done=unpublished", paths::content(self.id))))
            }
            Err(error) => self.refused(error).await,
        }
    }

    /// The answer to a sender who has to sign in again. If that can't be done now, the typed text is shown again.
    async fn step_up(&self) -> Result<Option<Response>, Error> {
        match step_up::demand(self.request, self.params).await {
            Ok(answer) => Ok(answer),
            Err(refusal) => {
                let form = Form { request: self.request.clone(), params: self.params.clone() };
                unsaved::show(RejectedForm { refusal, kept: Some(Box::new(form)) }).await.map(Some)
            }
        }
    }

    async fn preview(self) -> Result<Response, Error> {
        let page = load(self.request, self.id).await?;
        render(self.request, StatusCode::OK, self.view(&page)).await
    }

    async fn refused(self, error: ContentError) -> Result<Response, Error> {
        if let Some(field) = error.field() {
            let page = load(self.request, self.id).await?;
            let view = View { errors: vec![field], ..self.view(&page) };
            return render(self.request, StatusCode::CONFLICT, view).await;
        }
        match error {
            ContentError::Stale(page) => {
                let view = View { conflict: true, version: page.version, ..self.view(&page) };
                render(self.request, StatusCode::CONFLICT, view).await
            }
            other => Err(other.into()),
        }
    }

    fn view<'p>(&self, page: &'p Page) -> View<'p> {
        View { page: Some(page), input: self.input.clone(), version: self.version, ..View::default() }
    }

    fn author(&self) -> Result<String, Error> {
        Ok(self.request.require(Area::Content)?.claims.sub.clone())
    }
}

fn is_stored(input: &Input, page: &Page) -> bool {
    let stored = Input::stored(page);
    (input.slug.trim(), input.title.trim(), &input.body) == (&stored.slug, &stored.title, &stored.body)
}

async fn load(request: &PageRequest, id: &str) -> Result<Page, Error> {
    let page = store::load(&request.app.db, id).await?;
    Ok(page.ok_or(CommonError::NotFound)?)
}
