//! Every refusal on the way becomes a page: a plain sentence, a stable code, the request id (D11), and a sign-in button
//! where that is the way on.

use askama::Template;
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{Method, StatusCode, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use problem::Problem;

use super::{
    html,
    visit::{Frame, Here, Visit},
};
use crate::{app::Shop, error::Fault};

/// A page that says one thing.
#[derive(Debug, Template)]
#[template(path = "message.html")]
pub struct Message<'a> {
    /// The frame.
    pub frame: &'a Frame,
    /// Id of the section.
    pub id: &'static str,
    /// In a few words.
    pub heading: &'a str,
    /// In a sentence.
    pub sentence: &'a str,
    /// Where a sign-in from here returns to; `None` offers none.
    pub sign_in: Option<String>,
    /// The stable word of an error.
    pub code: Option<&'a str>,
}

/// Marks an answer that stays JSON although no API route made it.
#[derive(Debug, Clone, Copy)]
pub struct ForPrograms;

/// Middleware of the pages: an answer that carries a problem becomes a page with the same status and headers.
pub async fn as_pages(State(shop): State<Shop>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut asked = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if response.extensions().get::<ForPrograms>().is_some() {
        return response;
    }
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    // the page only shows something, whatever the request wanted to change
    asked.method = Method::GET;
    match page(&shop, &mut asked, &problem).await {
        Some(mut page) => {
            relying_party::refusal::keep_headers(&response, &mut page);
            page
        }
        None => problem.into_response(),
    }
}

async fn page(shop: &Shop, asked: &mut Parts, problem: &Problem) -> Option<Response> {
    let here = Here::of(asked, shop);
    let frame = match Visit::from_request_parts(asked, shop).await {
        Ok(visit) => visit.frame,
        Err(_) => Frame::plain(shop, here.request_id),
    };
    let wants_sign_in = problem.status == StatusCode::UNAUTHORIZED || problem.code == "wrong_side";
    let sign_in = (wants_sign_in && !frame.csrf.is_empty()).then(|| frame.here.clone());
    let words = problem.for_people();
    let message = Message {
        frame: &frame,
        id: "error-page",
        heading: &words.heading,
        sentence: &words.sentence,
        sign_in,
        code: Some(problem.code),
    };
    html(shop, problem.status, &message).ok()
}

/// The page of a request whose handler broke: it asks nobody anything.
pub fn broken(shop: &Shop, request_id: &str) -> Response {
    let fault = Fault::Internal;
    let words = fault.words();
    let message = Message {
        frame: &Frame::plain(shop, request_id.to_owned()),
        id: "error-page",
        heading: &words.heading,
        sentence: &words.sentence,
        sign_in: None,
        code: Some(fault.code()),
    };
    html(shop, fault.status(), &message).unwrap_or_else(IntoResponse::into_response)
}
