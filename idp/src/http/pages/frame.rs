//! The frame around every page: the realm's theme, the client that sent the person, the assets.

use language::{Language, Message};

use crate::look::{
    Links, SCRIPT,
    pictures::{Pictures, Shown},
};

/// How a realm presents itself. Staff realms and customer realms must look different (S16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// The realm's name in configuration, e.g. "customer".
    pub name: String,
    /// The text of the header: "Sign in", "Staff sign-in", or what the operator chose.
    pub title: Message,
    /// The product's or the company's name.
    pub product: String,
    /// Staff realms get the dark header and another palette.
    pub staff: bool,
    /// Links below every page.
    pub links: Links,
    /// Where the style sheet is.
    pub css_url: String,
    /// The icon, and the logo if it has one.
    pub pictures: Pictures,
}

/// The client on whose behalf a page is shown (DCR-4).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientCard {
    /// The name registered for it.
    pub name: String,
    /// Its home page.
    pub client_uri: Option<String>,
    /// Its terms of service.
    pub tos_uri: Option<String>,
    /// Its privacy policy.
    pub policy_uri: Option<String>,
    /// The pictures of its pages, if it has a logo.
    pub pictures: Option<Pictures>,
}

impl ClientCard {
    pub(super) fn home(&self) -> Option<&str> {
        web_link(self.client_uri.as_deref())
    }

    pub(super) fn terms(&self) -> Option<&str> {
        web_link(self.tos_uri.as_deref())
    }

    pub(super) fn privacy(&self) -> Option<&str> {
        web_link(self.policy_uri.as_deref())
    }
}

/// A client's metadata becomes a link only when it leads to a web page: never `javascript:` or the like.
fn web_link(uri: Option<&str>) -> Option<&str> {
    let parsed = url::Url::parse(uri?).ok()?;
    uri.filter(|_| matches!(parsed.scheme(), "https" | "http"))
}

/// The part that all pages share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The realm's look.
    pub realm: Theme,
    /// The language of the page.
    pub language: Language,
    /// Where to choose another one; `None` when there is no other.
    pub language_url: Option<String>,
    /// The URL of the script. `None` leaves it out: every page works without it.
    pub js_url: Option<String>,
    /// The client that sent the person here, while an authorization request is under way.
    pub client: Option<ClientCard>,
    /// Shown on error pages, so that an operator can find the log line.
    pub request_id: String,
}

impl Frame {
    /// A frame with this build's assets and no client.
    pub fn new(realm: Theme, language: Language, request_id: impl Into<String>) -> Self {
        let js_url = Some(SCRIPT.url.clone());
        let request_id = request_id.into();
        Self { realm, language, language_url: None, js_url, client: None, request_id }
    }

    /// The same frame, for a page shown on behalf of `client`.
    #[must_use]
    pub fn with_client(mut self, client: ClientCard) -> Self {
        self.client = Some(client);
        self
    }

    /// The pictures of this page, all in one file (S1).
    pub(super) fn pictures(&self) -> &Pictures {
        let of_client = self.client.as_ref().and_then(|client| client.pictures.as_ref());
        of_client.unwrap_or(&self.realm.pictures)
    }

    /// Whether the product's name is written beside the logo, or is in it.
    pub(super) fn spells_product(&self) -> bool {
        !self.pictures().logo.as_ref().is_some_and(|logo| logo.is_wordmark)
    }

    /// The logo of the client.
    pub(super) fn app_logo(&self) -> Option<&Shown> {
        self.pictures().app.as_ref()
    }

    /// Whether there is anything below the card.
    pub(super) fn has_footer(&self) -> bool {
        let has_terms = |client: &ClientCard| client.terms().is_some() || client.privacy().is_some();
        self.language_url.is_some() || self.realm.links.any() || self.client.as_ref().is_some_and(has_terms)
    }

    pub(super) fn client_name(&self) -> Message {
        self.client.as_ref().map_or(Message::new("this-app"), |client| Message::verbatim(&client.name))
    }
}

/// One field of a form that has to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The id of the input.
    pub field: &'static str,
    /// What to change.
    pub message: Message,
}

impl FieldProblem {
    pub(super) fn concerns(&self, field: &str) -> bool {
        self.field == field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dcr4_client_metadata_links_only_to_web_pages() {
        for (uri, shown) in [
            ("https://shop.example/terms", true),
            ("http://localhost:9000/", true),
            ("javascript:alert(1)", false),
            ("JavaScript:alert(1)", false),
            (" javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("/relative", false),
            ("", false),
        ] {
            let card = ClientCard { tos_uri: Some(uri.into()), ..ClientCard::default() };
            assert_eq!(card.terms().is_some(), shown, "{uri}");
        }
    }
}
