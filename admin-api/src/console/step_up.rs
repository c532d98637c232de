//! Actions that need a sign-in from a moment ago (C9, RS4): publishing, taking off the storefront, and changes of an
//! order that can't be undone. The form waits while its sender signs in again, and is then sent by one press.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use commerce::{money::Money, orders};
use language::Message;
use protocol::params::Params;
use relying_party::{KeptForm, Refusal, StepUp, words::outcome};
use service::{CommonError, filters};
use web::params::{ParamsRejection, QueryParams};

use super::{PageRequest, frame::Frame, order_words, people};
use crate::{access::Area, error::Error, paths};

#[derive(Template)]
#[template(path = "step_up.html")]
struct ResumePage {
    frame: Frame,
    /// Where the form is sent to.
    path: String,
    /// The fields but the pressed button.
    fields: Vec<(String, String)>,
    act: Act,
    about: About,
    /// Where the person goes who decides otherwise; `None` for a form with a text, which is shown again instead.
    back: Option<String>,
    notice: Option<Message>,
}

/// What the action is about, so that nobody presses for another tab's.
enum About {
    Order { reference: String, customer: Message, total: Money, loss: &'static str, reason: String },
    Page { title: String, slug: String },
}

/// The button that was pressed.
struct Act {
    name: &'static str,
    value: String,
    /// The id of its label.
    label: &'static str,
}

/// The answer that makes the sender sign in again, if their sign-in is too old for a dangerous action.
///
/// # Errors
/// The realm or the database can't be reached; a bearer token's sign-in is too old.
pub async fn demand(request: &PageRequest, params: &Params) -> Result<Option<Response>, Refusal> {
    let resume = format!("{}{}", request.app.config.base(), paths::STEP_UP);
    let wanted = StepUp {
        max_age: request.app.config.step_up_after,
        resume: &resume,
        path: request.path(),
        fields: params.pairs(),
    };
    request.app.relying_party.step_up(&request.sender, &wanted).await
}

/// `GET /step-up?form=…`: shows what waits, after the sign-in. It changes nothing by itself.
pub async fn resume(
    request: PageRequest,
    params: Result<QueryParams, ParamsRejection>,
) -> Result<Response, Error> {
    let caller = request.sender.require()?;
    let params = params.map(|QueryParams(params)| params).unwrap_or_default();
    let id = params.first("form").unwrap_or_default();
    let kept = request.app.relying_party.kept_form(caller, id).await?;
    let KeptForm { path, fields } = kept.ok_or(Error::NoForm)?;
    let act = act(&fields).ok_or(Error::NoForm)?;
    // what is sent to an order is about that order, anything else about a text
    let order = path.strip_suffix(paths::STATUS).map(str::to_owned);
    let about = about(&request, order.as_deref(), &fields).await?;
    let page = ResumePage {
        frame: request.frame(),
        back: order,
        fields: fields.into_iter().filter(|(name, _)| name != act.name).collect(),
        path,
        act,
        about,
        notice: params.first("signin").and_then(outcome),
    };
    request.render(StatusCode::OK, &page)
}

fn field<'f>(fields: &'f [(String, String)], wanted: &str) -> Option<&'f str> {
    fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
}

async fn about(
    request: &PageRequest,
    order: Option<&str>,
    fields: &[(String, String)],
) -> Result<About, Error> {
    let text = |name| field(fields, name).unwrap_or_default().to_owned();
    let Some(path) = order else {
        request.require(Area::Content)?;
        return Ok(About::Page { title: text("title"), slug: text("slug") });
    };
    request.require(Area::Orders)?;
    let id = path.rsplit('/').next().unwrap_or_default();
    let order = orders::load(&request.app.db, id).await?.ok_or(CommonError::NotFound)?.order;
    let change = field(fields, "change").and_then(order_words::parse);
    Ok(About::Order {
        reference: order.reference(),
        customer: people::customer(&order.known_as),
        loss: change.and_then(order_words::loss).unwrap_or_default(),
        reason: text("reason"),
        total: order.total,
    })
}

fn act(fields: &[(String, String)]) -> Option<Act> {
    if let Some(word) = field(fields, "change") {
        let label = order_words::button(order_words::parse(word)?);
        return Some(Act { name: "change", value: word.to_owned(), label });
    }
    let word = field(fields, "action")?;
    let label = match word {
        "publish" => "save-and-publish",
        "unpublish-now" => "unpublish-yes",
        _ => return None,
    };
    Some(Act { name: "action", value: word.to_owned(), label })
}
