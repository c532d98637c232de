//! The frame of every page.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use clock::when::Zone;
use commerce::content::store::Published;
use language::{Language, Message};
use service::{CommonError, language::language_url, page};

use crate::{assets, paths, state::AppState, words};

/// The contents of a page's frame.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The language of the page.
    pub language: Language,
    /// Where to choose another one; `None` when there is no other.
    pub language_url: Option<String>,
    /// Path of the style sheet.
    pub css: &'static str,
    /// Path of the icon.
    pub icon: &'static str,
    /// The shop's name.
    pub product: String,
    /// URL of the console, where staff sign in.
    pub console_url: String,
    /// The customer's account page at the realm, with a link back here.
    pub account_url: String,
    /// The time zone of times on pages.
    pub zone: Zone,
    /// The customer's name; `None` for a guest.
    pub signed_in: Option<Message>,
    /// Whether there is a session that can't be checked because the realm is unreachable. Signing out still works.
    pub realm_away: bool,
    /// The CSRF token for forms; the page has no forms if it is empty.
    pub csrf: String,
    /// The total quantity in the cart.
    pub item_count: i64,
    /// The path that a sign-in from this page returns to.
    pub path: String,
    /// Published content pages to link to.
    pub pages: Vec<Published>,
    /// The request's id, for reporting an error to the shop.
    pub request_id: String,
}

impl Frame {
    /// A frame that needs neither a database nor a session.
    pub fn plain(app: &AppState, language: Language, request_id: String) -> Self {
        let service = app.service();
        Self {
            language,
            language_url: language_url(app, paths::HOME),
            css: assets::CSS.path(),
            icon: assets::ICON.path(),
            product: service.product.clone(),
            console_url: service.other.url.clone(),
            account_url: app.account_url(),
            zone: service.time_zone.clone(),
            signed_in: None,
            realm_away: false,
            csrf: String::new(),
            item_count: 0,
            path: paths::HOME.to_owned(),
            pages: Vec::new(),
            request_id,
        }
    }

    /// The frame of the page at `path`; `address` also has the page's query.
    #[must_use]
    pub fn at(self, app: &AppState, path: &str, address: &str) -> Self {
        Self { language_url: language_url(app, address), path: path.to_owned(), ..self }
    }

    /// Renders a page with this frame.
    ///
    /// # Errors
    /// When it can't be rendered, which is a defect.
    pub fn render(
        &self,
        app: &AppState,
        status: StatusCode,
        page: &impl Template,
    ) -> Result<Response, CommonError> {
        page::render(app, status, &words::localizer(self.language), page)
    }
}
