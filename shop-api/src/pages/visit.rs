//! Who is looking, and the frame around every page.

use axum::{extract::FromRequestParts, http::request::Parts};
use clock::when::Zone;
use commerce::{
    cart::{self, Owner},
    content::store::{self, Published},
    party::Customer as Person,
};
use relying_party::{Absent, Caller, MaybeCaller, Via};
use web::edge::RequestId;

use crate::{Customer, api::customer, app::Shop, assets, error::Fault};

/// Links to content pages in the footer.
const FOOTER_PAGES: i64 = 8;

/// What the frame of a page shows.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Path of the style sheet.
    pub css: &'static str,
    /// Path of the icon.
    pub icon: &'static str,
    /// The shop's name.
    pub shop: String,
    /// Where staff sign in: the only way from here to the other side.
    pub console_url: String,
    /// The customer's account at the realm, which leads back here.
    pub account_url: String,
    /// In which times are shown.
    pub zone: Zone,
    /// What to call the customer; `None` for a guest.
    pub signed_in: Option<String>,
    /// Whether there is a session that the realm can't be asked about now: it can be ended, and no more.
    pub realm_away: bool,
    /// For the forms; without it the page has none.
    pub csrf: String,
    /// How many things are in the cart.
    pub item_count: i64,
    /// The path of this page: where a sign-in returns to.
    pub here: String,
    /// Published content pages.
    pub pages: Vec<Published>,
    /// For telling the shop which request went wrong.
    pub request_id: String,
}

impl Frame {
    /// A frame that needs neither a database nor a session.
    pub fn plain(shop: &Shop, request_id: String) -> Self {
        Self {
            css: &assets::CSS_PATH,
            icon: &assets::ICON_PATH,
            shop: shop.config.product.clone(),
            console_url: shop.config.staff.url.clone(),
            account_url: shop.guard.config().account_url(),
            zone: shop.config.time_zone.clone(),
            signed_in: None,
            realm_away: false,
            csrf: String::new(),
            item_count: 0,
            here: "/".into(),
            pages: Vec::new(),
            request_id,
        }
    }
}

/// Somebody looking at the shop.
#[derive(Debug)]
pub struct Visit {
    /// The frame of the page.
    pub frame: Frame,
    /// Whose cart this is.
    pub owner: Owner,
    maybe: MaybeCaller<Customer>,
}

impl Visit {
    /// Looks up what every page shows.
    pub async fn new(shop: &Shop, maybe: MaybeCaller<Customer>, here: &Here) -> Result<Self, Fault> {
        let guest = Owner::guest(&protocol::secret::hash(&maybe.visitor));
        let mut frame = Frame { here: here.path.clone(), ..Frame::plain(shop, here.request_id.clone()) };
        let owner = match &maybe.caller {
            Ok(caller) => {
                frame.signed_in = Some(name(caller));
                Owner::customer(&customer(caller))
            }
            Err(absent) => {
                frame.realm_away = *absent == Absent::Unavailable;
                guest
            }
        };
        frame.csrf.clone_from(&maybe.csrf);
        frame.item_count = cart::item_count(&shop.db, &owner).await?;
        frame.pages = store::all_published(&shop.db, FOOTER_PAGES).await?;
        Ok(Self { frame, owner, maybe })
    }

    /// Whether the cart is a customer's.
    pub fn is_signed_in(&self) -> bool {
        self.maybe.caller.is_ok()
    }

    /// This browser's cart without a sign-in, when somebody is signed in.
    pub fn left_behind(&self) -> Option<Owner> {
        let guest = Owner::guest(&protocol::secret::hash(&self.maybe.visitor));
        self.maybe.caller.as_ref().ok().filter(|_| !self.maybe.visitor.is_empty()).map(|_| guest)
    }

    /// The signed-in customer with this scope, or why there is none.
    pub fn require(&self, scope: &str) -> Result<Person, Fault> {
        let caller = self.maybe.require()?;
        caller.require_scope(scope)?;
        Ok(customer(caller))
    }
}

/// The name the realm told, for greeting only.
fn name(caller: &Caller<Customer>) -> String {
    let told = match &caller.via {
        Via::Session { profile, .. } => profile.name.clone().or_else(|| profile.email.clone()),
        Via::Bearer => None,
    };
    told.unwrap_or_else(|| "Signed in".into())
}

/// Which page this is.
#[derive(Debug, Clone)]
pub struct Here {
    /// Its path.
    pub path: String,
    /// The request's id.
    pub request_id: String,
    /// Where it comes from, as a hash.
    pub source: String,
}

impl Here {
    /// From a request; a sign-in after a form returns to the cart, where all forms of the shop lead.
    pub fn of(parts: &Parts, shop: &Shop) -> Self {
        let path = parts.uri.path();
        let path = match path {
            "/checkout" => "/cart",
            "/login" | "/logout" | "/callback" | "/signed-out" => "/",
            other => other,
        };
        let RequestId(request_id) = parts.extensions.get().cloned().unwrap_or_default();
        let source = shop.guard.source(parts);
        Self { path: path.to_owned(), request_id, source }
    }
}

impl FromRequestParts<Shop> for Here {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, shop: &Shop) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts, shop))
    }
}

impl FromRequestParts<Shop> for Visit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, shop: &Shop) -> Result<Self, Fault> {
        let maybe = MaybeCaller::from_request_parts(parts, shop).await?;
        Self::new(shop, maybe, &Here::of(parts, shop)).await
    }
}
