//! A request for a page: its caller, their cart, and the contents of the frame.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
    response::Response,
};
use commerce::{
    cart::{self, Owner},
    content::store,
    party,
};
use language::{Message, Words};
use problem::Problem;
use protocol::{params::Params, secret};
use relying_party::{Absent, CsrfForm, MaybeCaller};
use service::{CommonError, error_pages, language::language_of};
use web::edge::RequestId;

use super::{frame::Frame, message};
use crate::{access::customer, error::Error, paths, realm::Customer, state::AppState};

/// The most links to content pages in the footer.
const FOOTER_PAGES: i64 = 8;

/// A request for a page.
#[derive(Debug, Clone)]
pub struct PageRequest {
    /// The frame of the page.
    pub frame: Frame,
    /// The owner of the cart that the page shows.
    pub owner: Owner,
    /// Keyed hash of the client's address.
    pub source: String,
    sender: MaybeCaller<Customer>,
}

/// A form of one of this service's own pages; forged requests are refused before.
#[derive(Debug)]
pub struct Form {
    /// The request.
    pub request: PageRequest,
    /// The fields.
    pub params: Params,
}

impl PageRequest {
    /// Identifies the cart's owner and loads the contents of the frame.
    async fn new(app: &AppState, parts: &Parts, sender: MaybeCaller<Customer>) -> Result<Self, CommonError> {
        let frame = Frame::plain(app, language_of(app, parts), request_id(parts));
        let mut frame = frame.at(app, return_path(parts.uri.path()), shown_page(parts));
        let owner = match &sender.caller {
            Ok(found) => {
                let name = found.name().map_or(Message::new("signed-in"), Message::verbatim);
                frame.signed_in = Some(name);
                Owner::customer(&customer(found))
            }
            Err(absent) => {
                frame.realm_away = *absent == Absent::Unavailable;
                guest(&sender)
            }
        };
        frame.csrf.clone_from(&sender.csrf);
        frame.item_count = cart::item_count(&app.db, &owner).await?;
        frame.pages = store::all_published(&app.db, FOOTER_PAGES).await?;
        Ok(Self { frame, owner, source: app.relying_party.source(parts), sender })
    }

    /// Whether a customer is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.sender.caller.is_ok()
    }

    /// The owner of this browser's guest cart; `None` if nobody is signed in or the browser has no visitor id.
    pub fn left_behind(&self) -> Option<Owner> {
        (self.is_signed_in() && !self.sender.visitor.is_empty()).then(|| guest(&self.sender))
    }

    /// The signed-in customer, if the session has this scope.
    pub fn require(&self, scope: &str) -> Result<party::Customer, Error> {
        let caller = self.sender.require()?;
        caller.require_scope(scope)?;
        Ok(customer(caller))
    }
}

fn guest(sender: &MaybeCaller<Customer>) -> Owner {
    Owner::guest(&secret::hash(&sender.visitor))
}

fn request_id(parts: &Parts) -> String {
    let RequestId(id) = parts.extensions.get().cloned().unwrap_or_default();
    id
}

/// The path that a sign-in from the page at `path` returns to. After a form it is the cart, where all forms of the shop
/// lead.
fn return_path(path: &str) -> &str {
    match path {
        paths::CHECKOUT => paths::CART,
        paths::LOGIN | paths::LOGOUT | paths::CALLBACK | paths::SIGNED_OUT | paths::LANGUAGE => paths::HOME,
        other => other,
    }
}

/// The address that the choice of a language leads back to: with its query, if there is a page at it.
fn shown_page(parts: &Parts) -> &str {
    let path = parts.uri.path();
    let back = return_path(path);
    let whole = parts.uri.path_and_query().filter(|_| parts.method.is_safe() && back == path);
    whole.map_or(back, |whole| whole.as_str())
}

impl error_pages::PageRequest<AppState> for PageRequest {
    async fn load(parts: &mut Parts, app: &AppState) -> Result<Self, CommonError> {
        let sender = MaybeCaller::from_request_parts(parts, app).await?;
        Self::new(app, parts, sender).await
    }

    fn error_page(
        app: &AppState,
        parts: &Parts,
        request: Option<&Self>,
        problem: &Problem,
        words: &Words,
    ) -> Result<Response, CommonError> {
        if let Some(request) = request {
            return message::error_page(app, &request.frame, problem, words);
        }
        let frame = Frame::plain(app, language_of(app, parts), request_id(parts));
        message::error_page(app, &frame, problem, words)
    }
}

impl FromRequestParts<AppState> for PageRequest {
    type Rejection = CommonError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, CommonError> {
        error_pages::load(parts, app).await
    }
}

impl FromRequest<AppState> for Form {
    type Rejection = CommonError;

    async fn from_request(request: Request, app: &AppState) -> Result<Self, CommonError> {
        let (parts, body) = request.into_parts();
        let form = <CsrfForm<Customer>>::from_request(Request::from_parts(parts.clone(), body), app).await?;
        let request = PageRequest::new(app, &parts, form.from).await?;
        error_pages::note(&parts, Some(&request));
        Ok(Self { request, params: form.params })
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn s29_a_choice_of_a_language_keeps_the_query_of_a_page_and_no_other() {
        for (method, address, back) in [
            ("GET", "/?after=x", "/?after=x"),
            ("GET", "/cart", "/cart"),
            ("POST", "/cart?x=y", "/cart"),
            ("POST", "/checkout?x=y", "/cart"),
            ("GET", "/callback?code=c&state=s", "/"),
            ("GET", "/language?back=%2Fcart", "/"),
        ] {
            let request = Request::builder().method(method).uri(address).body(Body::empty()).unwrap();
            assert_eq!(shown_page(&request.into_parts().0), back, "{method} {address}");
        }
    }
}
