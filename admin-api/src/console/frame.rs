//! What surrounds every page.

use relying_party::Caller;

use crate::{access::Area, assets, paths, realm::Admin, state::AppState};

/// The frame of a page.
#[derive(Debug)]
pub struct Frame {
    /// Path in front of every path of the console; empty or without a slash at its end.
    pub base: String,
    /// Path of the style sheet.
    pub css: &'static str,
    /// Path of the icon.
    pub icon: &'static str,
    /// The product's name.
    pub product: String,
    /// Correlates the page with the log.
    pub request_id: String,
    /// The token for the forms of the page.
    pub csrf: String,
    /// Set when somebody is signed in.
    pub person: Option<Person>,
    /// Whether there is a session to end, also one that the realm can't be asked about now.
    pub can_sign_out: bool,
}

/// The signed-in part of the frame.
#[derive(Debug, Clone)]
pub struct Person {
    /// What to call them.
    pub name: String,
    /// Their account at the realm, which leads back here.
    pub account_url: String,
    /// Entries of the navigation.
    pub nav: Vec<NavItem>,
}

impl Person {
    /// Somebody who looks at the page at `path`.
    pub fn new(app: &AppState, caller: &Caller<Admin>, path: &str) -> Person {
        Person {
            name: caller.name().unwrap_or("Your account").to_owned(),
            account_url: app.account_url(),
            nav: nav(caller, path),
        }
    }
}

/// One entry of the navigation.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// For the element's id.
    pub id: &'static str,
    /// What people read.
    pub name: &'static str,
    /// Where it leads.
    pub path: &'static str,
    /// Why it can't be used (C7).
    pub refusal: Option<String>,
    /// Whether the page is inside it.
    pub here: bool,
}

impl Frame {
    /// The frame for somebody, or for nobody.
    pub fn new(app: &AppState, request_id: &str, csrf: &str, person: Option<Person>) -> Frame {
        Frame {
            base: app.config.base().to_owned(),
            css: assets::CSS.path(),
            icon: assets::ICON.path(),
            product: app.service().product.clone(),
            request_id: request_id.to_owned(),
            csrf: csrf.to_owned(),
            can_sign_out: person.is_some(),
            person,
        }
    }
}

fn nav(caller: &Caller<Admin>, path: &str) -> Vec<NavItem> {
    let home =
        NavItem { id: "home", name: "Overview", path: paths::HOME, refusal: None, here: path == paths::HOME };
    let areas = Area::ALL.map(|area| NavItem {
        id: area.scope(),
        name: area.name(),
        path: area.path(),
        refusal: area.refusal(caller),
        here: path.strip_prefix(area.path()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
    });
    std::iter::once(home).chain(areas).collect()
}
