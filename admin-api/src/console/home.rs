//! The start page, which invites to sign in or shows an overview, and the page after signing out.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use commerce::content::list::counts;
use language::Message;
use protocol::{acr::Amr, params::Params};
use relying_party::{Caller, Profile, Reason, Refusal, Via, words};
use service::filters;
use web::params::{ParamsRejection, QueryParams};

use super::{
    PageRequest,
    frame::Frame,
    message::{self, LandingPage},
};
use crate::{access::Area, error::Error, paths, realm::Admin};

#[derive(Template)]
#[template(path = "dashboard.html")]
struct Dashboard {
    frame: Frame,
    cards: Vec<Card>,
    name: Option<String>,
    email: Option<String>,
    team: Option<String>,
    roles: String,
    permissions: String,
    factors: &'static str,
    account_url: String,
}

struct Card {
    id: &'static str,
    name: &'static str,
    path: &'static str,
    /// The message of the link to it.
    open: &'static str,
    refusal: Option<Message>,
    figure: i64,
    detail: Message,
}

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOut {
    frame: Frame,
}

/// `GET /`
pub async fn show(
    request: PageRequest,
    params: Result<QueryParams, ParamsRejection>,
) -> Result<Response, Error> {
    let caller = match request.sender.require() {
        Ok(caller) => caller,
        Err(refusal) if refusal.wants_sign_in() => {
            return landing(
                &request,
                &refusal,
                &params.map(|QueryParams(params)| params).unwrap_or_default(),
            );
        }
        Err(refusal) => return Err(refusal.into()),
    };
    let claims = &caller.claims;
    let profile = match &caller.via {
        Via::Session { profile, .. } => profile.clone(),
        Via::Bearer => Profile::default(),
    };
    let page = Dashboard {
        frame: request.frame(),
        cards: cards(&request, caller).await?,
        name: profile.name,
        email: profile.email,
        team: claims.team.clone(),
        roles: in_words(&claims.roles),
        permissions: in_words(&claims.permissions),
        factors: factors(&claims.amr),
        account_url: request.app.account_url(),
    };
    request.render(StatusCode::OK, &page)
}

fn landing(request: &PageRequest, refusal: &Refusal, params: &Params) -> Result<Response, Error> {
    let foreign = || {
        let words = refusal.words().filter(|_| *refusal.reason() == Reason::OtherRealmSession)?;
        Some(message::notice(&words))
    };
    let return_to = format!("{}{}", request.app.config.base(), paths::HOME);
    let page = LandingPage {
        frame: request.frame(),
        notice: params.first("signin").and_then(words::outcome).or_else(foreign),
        return_to: &return_to,
        shop_url: &request.app.service().other.url,
    };
    request.render(StatusCode::OK, &page)
}

/// Machine words in a readable form.
fn in_words(words: &[String]) -> String {
    words.iter().map(|word| word.replace('_', " ")).collect::<Vec<_>>().join(", ")
}

/// The methods of the sign-in (RFC 8176), in words.
fn factors(methods: &Amr) -> &'static str {
    let used = |method| methods.iter().any(|held| held == method);
    match (used("pwd"), used("otp")) {
        (true, true) => "with-both",
        (true, false) => "with-password",
        (false, true) => "with-app",
        (false, false) => "with-two-factors",
    }
}

/// `GET /signed-out`
pub async fn signed_out(request: PageRequest) -> Result<Response, Error> {
    request.render(StatusCode::OK, &SignedOut { frame: request.frame() })
}

/// The cards of the overview. Areas that the person may not see aren't counted.
async fn cards(request: &PageRequest, caller: &Caller<Admin>) -> Result<Vec<Card>, Error> {
    let mut cards = Vec::new();
    for area in Area::ALL {
        let refusal = area.refusal(caller);
        let (figure, detail) =
            if refusal.is_some() { (0, Message::verbatim("")) } else { figures(request, area).await? };
        let (name, open) = (area.name(), open(area));
        cards.push(Card { id: area.scope(), name, path: area.path(), open, refusal, figure, detail });
    }
    Ok(cards)
}

/// The message of the link to an area.
fn open(area: Area) -> &'static str {
    match area {
        Area::Content => "open-content",
        Area::Orders => "open-orders",
    }
}

/// The number of an area, and what stands below it.
async fn figures(request: &PageRequest, area: Area) -> Result<(i64, Message), Error> {
    match area {
        Area::Content => {
            let counts = counts(&request.app.db).await?;
            let rest = waiting(counts.drafts, counts.changed);
            let detail = Message::new("content-figures").with("total", counts.total).with("rest", rest);
            Ok((counts.total, detail))
        }
        Area::Orders => {
            let counts = commerce::orders::counts(&request.app.db).await?;
            let detail = Message::new("order-figures").with("open", counts.open).with("total", counts.total);
            Ok((counts.open, detail))
        }
    }
}

/// What waits to be published.
fn waiting(drafts: i64, changed: i64) -> Message {
    let never = Message::new("drafts-wait").with("drafts", drafts);
    let again = Message::new("changes-wait").with("changed", changed);
    match (drafts, changed) {
        (0, 0) => Message::new("nothing-waits"),
        (_, 0) => never,
        (0, _) => again,
        _ => Message::new("both-wait").with("one", never).with("other", again),
    }
}
