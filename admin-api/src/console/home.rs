//! The start page, which invites to sign in or shows an overview, and the page after signing out.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use commerce::content::list::counts;
use protocol::{acr::Amr, params::Params};
use relying_party::{Caller, Profile, Reason, Refusal, Via};
use web::params::{ParamsRejection, QueryParams};

use super::{PageRequest, frame::Frame, message::LandingPage};
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
    factors: String,
    account_url: String,
}

struct Card {
    id: &'static str,
    name: &'static str,
    path: &'static str,
    refusal: Option<String>,
    figure: i64,
    detail: String,
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
        let words = refusal.words();
        (*refusal.reason() == Reason::OtherRealmSession)
            .then(|| format!("{}. {}", words.heading, words.sentence))
    };
    let return_to = format!("{}{}", request.app.config.base(), paths::HOME);
    let page = LandingPage {
        frame: request.frame(),
        notice: params.first("signin").and_then(outcome).map(str::to_owned).or_else(foreign),
        return_to: &return_to,
        shop_url: &request.app.service().other.url,
    };
    request.render(StatusCode::OK, &page)
}

/// The result of a failed sign-in, from the callback's word, as a sentence.
pub fn outcome(word: &str) -> Option<&'static str> {
    match word {
        "cancelled" => Some("You cancelled the sign-in. Nothing was changed."),
        "expired" => Some("That sign-in took too long or was finished already. Start again."),
        "no-cookies" => {
            Some("Cookies are blocked, or this is another browser. Allow cookies here, then start again.")
        }
        "failed" => {
            Some("The sign-in didn't succeed. Start again; if it happens twice, tell your administrator.")
        }
        "unavailable" => Some("The sign-in service can't be reached at the moment. Try again shortly."),
        _ => None,
    }
}

/// Machine words in a readable form.
fn in_words(words: &[String]) -> String {
    words.iter().map(|word| word.replace('_', " ")).collect::<Vec<_>>().join(", ")
}

/// The methods of the sign-in (RFC 8176), in words.
fn factors(methods: &Amr) -> String {
    let names = [("pwd", "password"), ("otp", "authenticator app")];
    let used = names.iter().filter(|(method, _)| methods.iter().any(|held| held == *method));
    let used: Vec<&str> = used.map(|(_, name)| *name).collect();
    if used.is_empty() { "two factors".to_owned() } else { used.join(" and ") }
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
            if refusal.is_some() { (0, String::new()) } else { figures(request, area).await? };
        cards.push(Card { id: area.scope(), name: area.name(), path: area.path(), refusal, figure, detail });
    }
    Ok(cards)
}

async fn figures(request: &PageRequest, area: Area) -> Result<(i64, String), Error> {
    match area {
        Area::Content => {
            let counts = counts(&request.app.db).await?;
            let waiting = [(counts.drafts, "never published"), (counts.changed, "with changes to publish")];
            let waiting: Vec<String> = waiting
                .iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, what)| format!("{number} {what}"))
                .collect();
            let pages = if counts.total == 1 { "page" } else { "pages" };
            let rest = if waiting.is_empty() {
                "nothing waits to be published".to_owned()
            } else {
                waiting.join(", ")
            };
            Ok((counts.total, format!("{pages}, {rest}")))
        }
        Area::Orders => {
            let counts = commerce::orders::counts(&request.app.db).await?;
            Ok((counts.open, format!("orders to work on, {} in all", counts.total)))
        }
    }
}
