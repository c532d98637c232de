//! The frame of every page.

use language::{Language, Message};
use relying_party::Caller;
use service::language::language_url;

use super::address::PageAddress;
use crate::{access::Area, assets, paths, realm::Admin, state::AppState};

/// The contents of a page's frame.
#[derive(Debug)]
pub struct Frame {
    /// The language of the page.
    pub language: Language,
    /// Where to choose another one; `None` when there is no other.
    pub language_url: Option<String>,
    /// Path prefix of every path of the console; empty or without a slash at its end.
    pub base: String,
    /// Path of the style sheet.
    pub css: &'static str,
    /// Path of the icon.
    pub icon: &'static str,
    /// The product's name.
    pub product: String,
    /// The request's id, for finding it in the log.
    pub request_id: String,
    /// The CSRF token for the forms of the page.
    pub csrf: String,
    /// The signed-in person, if there is one.
    pub person: Option<Person>,
    /// Whether there is a session to end. It may be one that can't be checked because the realm is unreachable.
    pub can_sign_out: bool,
}

/// The signed-in part of the frame.
#[derive(Debug, Clone)]
pub struct Person {
    /// The person's name.
    pub name: Message,
    /// The person's account page at the realm, with a link back here.
    pub account_url: String,
    /// Entries of the navigation.
    pub nav: Vec<NavItem>,
}

impl Person {
    /// The frame's data for the caller on the page at `path`.
    pub fn new(app: &AppState, caller: &Caller<Admin>, path: &str) -> Person {
        Person {
            name: caller.name().map_or(Message::new("your-account"), Message::verbatim),
            account_url: app.account_url(),
            nav: nav(caller, path),
        }
    }
}

/// One entry of the navigation.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// The `id` attribute of the element.
    pub id: &'static str,
    /// The message with its text.
    pub name: &'static str,
    /// The path that it leads to.
    pub path: &'static str,
    /// Why the person may not use it (C7).
    pub refusal: Option<Message>,
    /// Whether the current page belongs to it.
    pub here: bool,
}

impl Frame {
    /// A frame with or without a signed-in person.
    pub(super) fn new(app: &AppState, address: &PageAddress, csrf: &str, person: Option<Person>) -> Frame {
        Frame {
            language: address.language,
            language_url: language_url(app, &address.return_to),
            base: app.config.base().to_owned(),
            css: assets::CSS.path(),
            icon: assets::ICON.path(),
            product: app.service().product.clone(),
            request_id: address.request_id.clone(),
            csrf: csrf.to_owned(),
            can_sign_out: person.is_some(),
            person,
        }
    }
}

fn nav(caller: &Caller<Admin>, path: &str) -> Vec<NavItem> {
    let home =
        NavItem { id: "home", name: "overview", path: paths::HOME, refusal: None, here: path == paths::HOME };
    let areas = Area::ALL.map(|area| NavItem {
        id: area.scope(),
        name: area.name(),
        path: area.path(),
        refusal: area.refusal(caller),
        here: path.strip_prefix(area.path()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
    });
    std::iter::once(home).chain(areas).collect()
}
