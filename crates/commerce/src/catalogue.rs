//! Products, their price and stock.

use clock::random::{Random, uuid_v7};
use database::{Db, Result, record, sql};
use serde::Serialize;

use crate::{
    money::Money,
    page::{Page, Window},
};

record! {
    /// A product.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Product {
        /// Never changes.
        pub id: String,
        /// Its part of URLs.
        pub slug: String,
        /// Name for people.
        pub name: String,
        /// Plain text.
        pub description: String,
        /// Minor units of `currency`.
        pub price: i64,
        /// ISO 4217 code.
        pub currency: String,
        /// How many can be ordered now.
        pub stock: i64,
        /// Grows with each edit of the product; orders change only the stock, not the version.
        pub version: i64,
        /// Unix seconds of its publication; `None` for a product that only staff see.
        pub published_at: Option<i64>,
    }
}

impl Product {
    /// The price with its currency.
    pub fn price(&self) -> Money {
        Money::new(self.price, self.currency.clone())
    }
}

/// The data of a new product.
#[derive(Debug, Clone, Copy)]
pub struct NewProduct<'a> {
    /// Its part of URLs; unique.
    pub slug: &'a str,
    /// Name for people.
    pub name: &'a str,
    /// Plain text.
    pub description: &'a str,
    /// Minor units of `currency`.
    pub price: i64,
    /// ISO 4217 code.
    pub currency: &'a str,
    /// How many can be ordered.
    pub stock: i64,
}

/// Adds a product and puts it on sale. Returns `false` if its slug is taken.
pub async fn add(db: &Db, random: &dyn Random, product: &NewProduct<'_>, now: i64) -> Result<bool> {
    let added = sql("INSERT INTO products (id, slug, name, description, price, currency, stock, version, \
         published_at, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8, $8) \
         ON CONFLICT (slug) DO NOTHING")
    .bind(uuid_v7(now, random))
    .bind(product.slug)
    .bind(product.name)
    .bind(product.description)
    .bind(product.price)
    .bind(product.currency)
    .bind(product.stock)
    .bind(now)
    .run(db)
    .await?;
    Ok(added == 1)
}

/// The products on sale, oldest first.
pub async fn published(db: &Db, window: &Window) -> Result<Page<Product>> {
    let rows = sql(
        "SELECT id, slug, name, description, price, currency, stock, version, published_at FROM products \
         WHERE published_at IS NOT NULL AND (CAST($1 AS TEXT) IS NULL OR id > $1) ORDER BY id LIMIT $2",
    )
    .bind(window.after_id())
    .bind(window.limit() + 1)
    .all(db)
    .await?;
    Ok(window.page(rows, |product: &Product| &product.id))
}

/// The product on sale under this slug.
pub async fn by_slug(db: &Db, slug: &str) -> Result<Option<Product>> {
    sql("SELECT id, slug, name, description, price, currency, stock, version, published_at FROM products \
         WHERE slug = $1 AND published_at IS NOT NULL")
    .bind(slug)
    .opt(db)
    .await
}

/// The product on sale with this id.
pub async fn by_id(db: &Db, id: &str) -> Result<Option<Product>> {
    sql("SELECT id, slug, name, description, price, currency, stock, version, published_at FROM products \
         WHERE id = $1 AND published_at IS NOT NULL")
    .bind(id)
    .opt(db)
    .await
}
