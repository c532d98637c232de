//! The cart of a guest or a customer.

use std::borrow::Cow;

use askama::Template;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use commerce::{
    cart::{self, Cart, MAX_QUANTITY, Owner},
    catalogue,
    party::Customer as Person,
    people,
};
use protocol::params::Params;
use relying_party::{GuardedForm, SignedIn};
use web::word::Word;

use super::{
    html,
    visit::{Frame, Here, Visit},
};
use crate::{Customer, app::Shop, error::Fault};

/// How many lines the carts of guests at one address, or IPv6 /64, may have together.
const MOST_LINES_OF_AN_ADDRESS: i64 = 1000;

/// What a person should know before trying again.
#[derive(Debug)]
pub struct Notice {
    /// In a few words.
    pub heading: Cow<'static, str>,
    /// In a sentence.
    pub text: Cow<'static, str>,
}

#[derive(Template)]
#[template(path = "cart.html")]
struct CartPage<'a> {
    frame: &'a Frame,
    cart: Cart,
    /// The next order's key: sending the form twice makes one order.
    key: String,
    notice: Option<Notice>,
}

/// `GET /cart`
pub async fn show(State(shop): State<Shop>, visit: Visit) -> Result<Response, Fault> {
    let away = visit.frame.realm_away.then(|| Notice {
        heading: "Signing in is not possible at the moment".into(),
        text: "Your own cart is kept and comes back as soon as the sign-in service answers again.".into(),
    });
    render(&shop, &visit, StatusCode::OK, away).await
}

/// The cart as it is now, after something that did not work.
pub async fn refused(shop: &Shop, visit: &Visit, fault: &Fault) -> Result<Response, Fault> {
    let words = fault.words();
    let notice = Notice { heading: words.heading, text: words.sentence };
    render(shop, visit, fault.status(), Some(notice)).await
}

async fn render(
    shop: &Shop,
    visit: &Visit,
    status: StatusCode,
    notice: Option<Notice>,
) -> Result<Response, Fault> {
    let cart = cart::load(&shop.db, &visit.owner).await?;
    let key = clock::random::token(&*shop.random);
    html(shop, status, &CartPage { frame: &visit.frame, cart, key, notice })
}

/// `POST /cart` with `product_id`, `quantity` and `action` (`add`, `set` or `remove`).
pub async fn change(
    State(shop): State<Shop>,
    here: Here,
    form: GuardedForm<Customer>,
) -> Result<Response, Fault> {
    let visit = Visit::new(&shop, form.from, &here).await?;
    let product_id = field(&form.params, "product_id")?;
    if !Word::is_word(product_id) {
        return Err(Fault::BadParameter("product_id"));
    }
    let (owner, now) = (&visit.owner, shop.clock.now());
    let done = match field(&form.params, "action")? {
        "remove" => cart::set(&shop.db, owner, product_id, 0, now).await?,
        "set" => cart::set(&shop.db, owner, product_id, quantity(&form.params, 0)?, now).await?,
        "add" => {
            let wanted = (product_id, quantity(&form.params, 1)?);
            match form.params.first("key").filter(|key| key.len() <= 100) {
                Some(key) => cart::add_once(&shop.db, owner, wanted, key, now).await?,
                None => cart::add(&shop.db, owner, wanted.0, wanted.1, now).await?,
            }
        }
        _ => return Err(Fault::BadParameter("action")),
    };
    if done {
        if !visit.is_signed_in() {
            cart::limit_guests(&shop.db, owner, &here.source, MOST_LINES_OF_AN_ADDRESS).await?;
        }
        // what found no room when they signed in, or was chosen while the realm was away
        if let Some(guest) = visit.left_behind() {
            cart::merge(&shop.db, &guest, owner, now).await?;
        }
        return Ok(Redirect::to("/cart").into_response());
    }
    let known = catalogue::by_id(&shop.db, product_id).await?.is_some();
    refused(&shop, &visit, &if known { Fault::TooMuch } else { Fault::NotOnSale }).await
}

/// Middleware of the sign-in: a guest's cart follows the customer through it, and staff learn what to call them.
pub async fn follow(State(shop): State<Shop>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if let Some(signed_in) = response.extensions().get::<SignedIn>() {
        bring_along(&shop, signed_in).await;
        know(&shop, signed_in).await;
    }
    response
}

/// A cart that can't be moved now is no reason not to sign in: it moves with the next change of the cart.
pub async fn bring_along(shop: &Shop, SignedIn { visitor, issuer, subject, .. }: &SignedIn) {
    let guest = Owner::guest(&protocol::secret::hash(visitor));
    let customer = Owner::customer(&Person { issuer: issuer.clone(), sub: subject.clone() });
    if let Err(error) = cart::merge(&shop.db, &guest, &customer, shop.clock.now()).await {
        tracing::warn!(%error, "a guest's cart could not follow the sign-in");
    }
}

/// Their name is for pages of staff only: without it they sign in all the same.
async fn know(shop: &Shop, SignedIn { issuer, subject, profile, .. }: &SignedIn) {
    let person = people::Person { name: profile.name.clone(), email: profile.email.clone() };
    if let Err(error) = people::remember(&shop.db, issuer, subject, &person, shop.clock.now()).await {
        tracing::warn!(%error, "a customer's name could not be kept for the pages of staff");
    }
}

/// A field of a form, exactly once.
pub fn field<'p>(params: &'p Params, name: &'static str) -> Result<&'p str, Fault> {
    params.one(name).ok().flatten().ok_or(Fault::BadParameter(name))
}

fn quantity(params: &Params, least: i64) -> Result<i64, Fault> {
    let number = field(params, "quantity")?.parse().ok();
    number.filter(|number| (least..=MAX_QUANTITY).contains(number)).ok_or(Fault::BadParameter("quantity"))
}
