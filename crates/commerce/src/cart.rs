//! The cart of a guest or a customer. It contains no prices: they are read when the cart is shown, and again when the
//! order is placed.

use database::{Db, Result, Sql, Tx, again, record, sql};
use serde::Serialize;

use crate::{money::Money, party::Customer};

/// The most of one product in a cart or an order.
pub const MAX_QUANTITY: i64 = 99;
/// The most different products in a cart or an order.
pub const MAX_LINES: i64 = 50;

/// The owner of a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner(String);

impl Owner {
    /// Somebody who is not signed in; `visitor_hash` is the hash of the visitor cookie's value.
    pub fn guest(visitor_hash: &str) -> Self {
        Self(format!("guest:{visitor_hash}"))
    }

    /// A signed-in customer.
    pub fn customer(customer: &Customer) -> Self {
        Self(customer.key())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

record! {
    /// One product in a cart, at today's price.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Line {
        /// The product.
        pub product_id: String,
        /// Its part of URLs.
        pub slug: String,
        /// Name for people.
        pub name: String,
        /// Minor units of `currency`.
        pub unit_price: i64,
        /// ISO 4217 code.
        pub currency: String,
        /// From 1 to [`MAX_QUANTITY`].
        pub quantity: i64,
        /// How many can be ordered now; may be less than `quantity`.
        pub stock: i64,
    }
}

impl Line {
    /// The price of one.
    pub fn price(&self) -> Money {
        Money::new(self.unit_price, self.currency.clone())
    }

    /// Price times quantity.
    pub fn total(&self) -> Money {
        Money::new(self.unit_price.saturating_mul(self.quantity), self.currency.clone())
    }

    /// Whether the stock is at least the quantity in the cart.
    pub fn is_available(&self) -> bool {
        self.stock >= self.quantity
    }
}

/// A cart with today's prices.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Cart {
    /// By product name.
    pub lines: Vec<Line>,
}

impl Cart {
    /// The total at today's prices; `None` for an empty cart. All products of a shop have one currency.
    pub fn total(&self) -> Option<Money> {
        let currency = self.lines.first()?.currency.clone();
        let amount = self.lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.total().amount));
        Some(Money { amount, currency })
    }

    /// The total quantity of all lines.
    pub fn item_count(&self) -> i64 {
        self.lines.iter().map(|line| line.quantity).sum()
    }

    /// Whether everything in it can be ordered.
    pub fn is_available(&self) -> bool {
        self.lines.iter().all(Line::is_available)
    }
}

/// The cart of `owner`, without products that are no longer on sale.
pub async fn load(db: &Db, owner: &Owner) -> Result<Cart> {
    let lines = sql(
        "SELECT p.id AS product_id, p.slug, p.name, p.price AS unit_price, p.currency, c.quantity, p.stock \
         FROM cart_items c JOIN products p ON p.id = c.product_id \
         WHERE c.owner = $1 AND p.published_at IS NOT NULL ORDER BY p.name, p.id",
    )
    .bind(owner.as_str())
    .all(db)
    .await?;
    Ok(Cart { lines })
}

record! { struct Count { items: i64 } }

/// The total quantity in the cart of `owner`.
pub async fn item_count(db: &Db, owner: &Owner) -> Result<i64> {
    let count = sql("SELECT CAST(COALESCE(SUM(c.quantity), 0) AS BIGINT) AS items \
         FROM cart_items c JOIN products p ON p.id = c.product_id WHERE c.owner = $1 AND p.published_at IS NOT NULL")
    .bind(owner.as_str())
    .one::<Count>(db)
    .await?;
    Ok(count.items)
}

/// An addition to a cart.
#[derive(Debug, Clone, Copy)]
pub struct Addition<'a> {
    /// The product.
    pub product_id: &'a str,
    /// How many are added.
    pub quantity: i64,
}

/// Adds `quantity` of a product on sale to the cart, up to [`MAX_QUANTITY`]. Returns `false` if there is no such
/// product or the cart already has [`MAX_LINES`] other products.
pub async fn add(db: &Db, owner: &Owner, product_id: &str, quantity: i64, now: i64) -> Result<bool> {
    let mut tx = db.begin().await?;
    let added = add_in(&mut tx, owner, Addition { product_id, quantity }, None, now).await?;
    tx.commit().await?;
    Ok(added)
}

/// As [`add`], for a form with the key `form`: the same form sent again, by a double click or a retry, adds nothing.
pub async fn add_once(db: &Db, owner: &Owner, addition: Addition<'_>, form: &str, now: i64) -> Result<bool> {
    let mut tx = db.begin().await?;
    let added = add_in(&mut tx, owner, addition, Some(form), now).await?;
    let added = added || was_added(&mut tx, owner, addition.product_id, form).await?;
    tx.commit().await?;
    Ok(added)
}

async fn was_added(tx: &mut Tx, owner: &Owner, product_id: &str, form: &str) -> Result<bool> {
    record! { struct Added { quantity: i64 } }
    let added: Option<Added> = sql("SELECT quantity FROM cart_items \
         WHERE owner = $1 AND product_id = $2 AND added_by = $3")
    .bind(owner.as_str())
    .bind(product_id)
    .bind(form)
    .opt(tx)
    .await?;
    Ok(added.is_some_and(|line| line.quantity > 0))
}

async fn add_in(
    tx: &mut Tx,
    owner: &Owner,
    addition: Addition<'_>,
    form: Option<&str>,
    now: i64,
) -> Result<bool> {
    let Addition { product_id, quantity } = addition;
    let changed = sql("INSERT INTO cart_items (owner, product_id, quantity, updated_at, added_by) \
         SELECT $1, p.id, $3, $4, $7 FROM products p WHERE p.id = $2 AND p.published_at IS NOT NULL \
         AND (SELECT COUNT(*) FROM cart_items o JOIN products q ON q.id = o.product_id WHERE o.owner = $1 \
         AND o.product_id <> $2 AND q.published_at IS NOT NULL) < $5 \
         ON CONFLICT (owner, product_id) DO UPDATE SET updated_at = excluded.updated_at, quantity = \
         CASE WHEN cart_items.quantity + excluded.quantity > $6 THEN $6 \
         ELSE cart_items.quantity + excluded.quantity END, \
         added_by = COALESCE(excluded.added_by, cart_items.added_by) \
         WHERE excluded.added_by IS NULL OR cart_items.added_by IS NULL OR cart_items.added_by <> excluded.added_by")
    .bind(owner.as_str())
    .bind(product_id)
    .bind(quantity.clamp(1, MAX_QUANTITY))
    .bind(now)
    .bind(MAX_LINES)
    .bind(MAX_QUANTITY)
    .bind(form)
    .run(tx)
    .await?;
    Ok(changed == 1)
}

/// Sets the quantity of a product in the cart, at most [`MAX_QUANTITY`]; 0 removes it. Returns `false` if there is no
/// such product or the cart already has [`MAX_LINES`] other products.
pub async fn set(db: &Db, owner: &Owner, product_id: &str, quantity: i64, now: i64) -> Result<bool> {
    if quantity <= 0 {
        sql("DELETE FROM cart_items WHERE owner = $1 AND product_id = $2")
            .bind(owner.as_str())
            .bind(product_id)
            .run(db)
            .await?;
        return Ok(true);
    }
    let changed = sql("INSERT INTO cart_items (owner, product_id, quantity, updated_at) \
         SELECT $1, p.id, $3, $4 FROM products p WHERE p.id = $2 AND p.published_at IS NOT NULL \
         AND (SELECT COUNT(*) FROM cart_items o JOIN products q ON q.id = o.product_id WHERE o.owner = $1 \
         AND o.product_id <> $2 AND q.published_at IS NOT NULL) < $5 \
         ON CONFLICT (owner, product_id) DO UPDATE SET quantity = excluded.quantity, updated_at = excluded.updated_at")
    .bind(owner.as_str())
    .bind(product_id)
    .bind(quantity.min(MAX_QUANTITY))
    .bind(now)
    .bind(MAX_LINES)
    .run(db)
    .await?;
    Ok(changed == 1)
}

record! {
    /// One product and how many of it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct Taken {
        pub(crate) product_id: String,
        pub(crate) quantity: i64,
    }
}

/// Removes and returns everything that is on sale from the cart, by product id. Of two transactions that do so, one
/// gets all of it. Products that aren't on sale stay in the cart: its owner doesn't see them either.
pub(crate) async fn take(tx: &mut Tx, owner: &Owner) -> Result<Vec<Taken>> {
    let mut taken: Vec<Taken> = sql("DELETE FROM cart_items WHERE owner = $1 AND product_id IN \
         (SELECT id FROM products WHERE published_at IS NOT NULL) RETURNING product_id, quantity")
    .bind(owner.as_str())
    .all(tx)
    .await?;
    taken.sort_by(|a, b| a.product_id.cmp(&b.product_id));
    Ok(taken)
}

/// Moves the content of one cart into another, so that a guest keeps the cart when signing in. Products for which the
/// other cart has no room stay.
pub async fn merge(db: &Db, from: &Owner, into: &Owner, now: i64) -> Result<()> {
    again!(async {
        let mut tx = db.begin().await?;
        for item in take(&mut tx, from).await? {
            let addition = Addition { product_id: &item.product_id, quantity: item.quantity };
            if !add_in(&mut tx, into, addition, None, now).await? {
                put_back(&mut tx, from, &item, now).await?;
            }
        }
        tx.commit().await
    })
}

async fn put_back(tx: &mut Tx, owner: &Owner, item: &Taken, now: i64) -> Result<()> {
    sql("INSERT INTO cart_items (owner, product_id, quantity, updated_at) VALUES ($1, $2, $3, $4)")
        .bind(owner.as_str())
        .bind(item.product_id.as_str())
        .bind(item.quantity)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

/// Notes the `source` (a hashed address) that a guest's cart was changed from. Of all cart lines from one source only
/// the newest `most` are kept.
pub async fn limit_guests(db: &Db, guest: &Owner, source: &str, most: i64) -> Result<()> {
    sql("UPDATE cart_items SET source = $1 WHERE owner = $2")
        .bind(source)
        .bind(guest.as_str())
        .run(db)
        .await?;
    sql("DELETE FROM cart_items WHERE (owner, product_id) IN (SELECT owner, product_id FROM cart_items \
         WHERE source = $1 ORDER BY updated_at DESC, owner, product_id LIMIT 1000 OFFSET $2)")
    .bind(source)
    .bind(most)
    .run(db)
    .await
    .map(drop)
}

/// Deletes lines of guests' carts that weren't changed since `before`; for a [`Sweep`](database::Sweep).
pub fn abandoned(before: i64) -> Sql {
    sql("DELETE FROM cart_items WHERE (owner, product_id) IN (SELECT owner, product_id FROM cart_items \
         WHERE updated_at < $1 AND owner LIKE 'guest:%' LIMIT $2)")
    .bind(before)
}
