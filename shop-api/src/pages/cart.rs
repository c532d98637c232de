//! The cart of a guest or a customer.

use askama::Template;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use commerce::{
    cart::{self, Addition, Cart, MAX_QUANTITY, Owner},
    catalogue, party,
};
use language::Words;
use protocol::{params::Params, secret};
use relying_party::SignedIn;
use service::filters;
use web::word::Word;

use super::{PageRequest, frame::Frame, request::Form};
use crate::{error::Error, paths, state::AppState};

/// The most cart lines of all guests at one address, or IPv6 /64.
const MOST_LINES_OF_AN_ADDRESS: i64 = 1000;

#[derive(Template)]
#[template(path = "cart.html")]
struct CartPage<'a> {
    frame: &'a Frame,
    cart: Cart,
    /// The idempotency key of the order form: sending it twice places one order.
    key: String,
    notice: Option<Words>,
}

/// `GET /cart`
pub async fn show(State(app): State<AppState>, request: PageRequest) -> Result<Response, Error> {
    let away = request.frame.realm_away.then(|| Words::new("away", "away-text"));
    render(&app, &request, StatusCode::OK, away).await
}

/// The page of the current cart, with a notice about the request that failed.
pub async fn refused(app: &AppState, request: &PageRequest, error: &Error) -> Result<Response, Error> {
    render(app, request, error.problem().status, Some(error.words())).await
}

async fn render(
    app: &AppState,
    request: &PageRequest,
    status: StatusCode,
    notice: Option<Words>,
) -> Result<Response, Error> {
    let cart = cart::load(&app.db, &request.owner).await?;
    let page = CartPage { frame: &request.frame, cart, key: app.new_token(), notice };
    Ok(request.frame.render(app, status, &page)?)
}

/// `POST /cart` with `product_id`, `quantity` and `action` (`add`, `set` or `remove`).
pub async fn change(State(app): State<AppState>, form: Form) -> Result<Response, Error> {
    let Form { request, params } = form;
    let product_id = field(&params, "product_id")?;
    if !Word::is_word(product_id) {
        return Err(Error::BadParameter("product_id"));
    }
    let (owner, now) = (&request.owner, app.now());
    let done = match field(&params, "action")? {
        "remove" => cart::set(&app.db, owner, product_id, 0, now).await?,
        "set" => cart::set(&app.db, owner, product_id, quantity(&params, 0)?, now).await?,
        "add" => {
            let addition = Addition { product_id, quantity: quantity(&params, 1)? };
            match params.first("key").filter(|key| key.len() <= 100) {
                Some(key) => cart::add_once(&app.db, owner, addition, key, now).await?,
                None => cart::add(&app.db, owner, product_id, addition.quantity, now).await?,
            }
        }
        _ => return Err(Error::BadParameter("action")),
    };
    if done {
        if !request.is_signed_in() {
            cart::limit_guests(&app.db, owner, &request.source, MOST_LINES_OF_AN_ADDRESS).await?;
        }
        // the rest of the guest's cart: products for which there was no room at sign-in, or chosen while the realm was
        // unreachable
        if let Some(guest) = request.left_behind() {
            cart::merge(&app.db, &guest, owner, now).await?;
        }
        return Ok(Redirect::to(paths::CART).into_response());
    }
    let known = catalogue::by_id(&app.db, product_id).await?.is_some();
    refused(&app, &request, &if known { Error::TooMuch } else { Error::NotOnSale }).await
}

/// Middleware of the sign-in: moves the guest's cart to the customer.
pub async fn follow(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if let Some(signed_in) = response.extensions().get::<SignedIn>() {
        bring_along(&app, signed_in).await;
    }
    response
}

/// Moves a guest's cart to the customer who has signed in. If that fails, the sign-in succeeds nevertheless, and the
/// next change of the cart tries again.
pub async fn bring_along(app: &AppState, SignedIn { visitor, issuer, subject, .. }: &SignedIn) {
    let guest = Owner::guest(&secret::hash(visitor));
    let customer = Owner::customer(&party::Customer { issuer: issuer.clone(), sub: subject.clone() });
    if let Err(error) = cart::merge(&app.db, &guest, &customer, app.now()).await {
        tracing::warn!(%error, "moving a guest's cart to the customer failed; the next change of the cart tries again");
    }
}

/// A form field that must be present exactly once.
pub fn field<'p>(params: &'p Params, name: &'static str) -> Result<&'p str, Error> {
    params.one(name).ok().flatten().ok_or(Error::BadParameter(name))
}

fn quantity(params: &Params, least: i64) -> Result<i64, Error> {
    let number = field(params, "quantity")?.parse().ok();
    number.filter(|number| (least..=MAX_QUANTITY).contains(number)).ok_or(Error::BadParameter("quantity"))
}
