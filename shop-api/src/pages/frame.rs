//! What surrounds every page.

use clock::when::Zone;
use commerce::content::store::Published;

use crate::{assets, paths, state::AppState};

/// What the frame of a page shows.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Path of the style sheet.
    pub css: &'static str,
    /// Path of the icon.
    pub icon: &'static str,
    /// The shop's name.
    pub product: String,
    /// Where staff sign in: the only way from here to the console.
    pub console_url: String,
    /// The customer's account at the realm, which leads back here.
    pub account_url: String,
    /// In which times are shown.
    pub zone: Zone,
    /// What to call the customer; `None` for a guest.
    pub signed_in: Option<String>,
    /// Whether there is a session that the realm can't be asked about now: it can be ended, and no more.
    pub realm_away: bool,
    /// The token for the forms; without it the page has none.
    pub csrf: String,
    /// How many things are in the cart.
    pub item_count: i64,
    /// The path of this page: where a sign-in returns to.
    pub path: String,
    /// Published content pages.
    pub pages: Vec<Published>,
    /// For telling the shop which request went wrong.
    pub request_id: String,
}

impl Frame {
    /// A frame that needs neither a database nor a session.
    pub fn plain(app: &AppState, request_id: String) -> Self {
        let service = app.service();
        Self {
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
}
