//! A small shop to test with.

use clock::random::OsRandom;
use commerce::{
    MIGRATION_SET, MIGRATIONS,
    catalogue::{self, NewProduct, Product},
    money::Money,
    orders::{Goods, Item, PlaceError, Placed, Placement, place},
    party::{Actor, Customer},
};
use database::{Db, testing::scratch};

pub const NOW: i64 = 1_800_000_000;
pub const ISSUER: &str = "http://localhost:7001";

#[derive(Debug)]
pub struct Shop {
    pub db: Db,
    /// Costs 1000, stock 10.
    pub mug: Product,
    /// Costs 250, stock 3.
    pub candle: Product,
    _place: database::testing::TestDatabases,
}

pub async fn shop() -> Shop {
    let (place, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    let mug = product(&db, "mug", 1000, "EUR", 10).await;
    let candle = product(&db, "candle", 250, "EUR", 3).await;
    Shop { db, mug, candle, _place: place }
}

pub async fn product(db: &Db, slug: &str, price: i64, currency: &str, stock: i64) -> Product {
    let new = NewProduct { slug, name: slug, description: "…", price, currency, stock };
    assert!(catalogue::add(db, &OsRandom, &new, NOW).await.unwrap());
    catalogue::by_slug(db, slug).await.unwrap().unwrap()
}

pub fn customer(sub: &str) -> Customer {
    Customer { issuer: ISSUER.into(), sub: sub.into() }
}

pub fn staff() -> Actor {
    Actor::staff("http://localhost:7002", "berta")
}

pub fn euros(amount: i64) -> Money {
    Money::new(amount, "EUR")
}

pub fn items(wanted: &[(&Product, i64)]) -> Goods {
    Goods::Items(
        wanted
            .iter()
            .map(|(product, quantity)| Item { product_id: product.id.clone(), quantity: *quantity })
            .collect(),
    )
}

/// An order of `anna`, who agrees to `total`.
pub async fn order(db: &Db, key: &str, goods: Goods, total: Money) -> Result<Placed, PlaceError> {
    let anna = customer("anna");
    place(db, &OsRandom, &placement(&anna, key, goods, total)).await
}

pub fn placement<'a>(customer: &'a Customer, key: &'a str, goods: Goods, expected: Money) -> Placement<'a> {
    Placement { customer, key, body_hash: "hash", goods, expected, now: NOW }
}

pub async fn stock(db: &Db, product: &Product) -> i64 {
    catalogue::by_id(db, &product.id).await.unwrap().unwrap().stock
}
