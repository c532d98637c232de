//! Demo content for a fresh system.

use clock::random::{Random, uuid_v7};
use database::{Db, Result};

use crate::{
    catalogue::{self, NewProduct},
    content::{ContentError, Draft, Edit, store},
};

/// Puts the demo products on sale and publishes the demo page. Existing ones stay as they are, even if they were
/// edited, so this may run at every start.
pub async fn seed(db: &Db, random: &dyn Random, now: i64) -> Result<()> {
    // a second apart, so that the catalogue shows them in this order
    for (product, ago) in PRODUCTS.iter().rev().zip(0..) {
        catalogue::add(db, random, product, now - ago).await?;
    }
    match page(db, random, now).await {
        Err(ContentError::Database(error)) => Err(error),
        // the page exists, possibly renamed, unpublished or edited
        _ => Ok(()),
    }
}

async fn page(db: &Db, random: &dyn Random, now: i64) -> std::result::Result<(), ContentError> {
    let (slug, title, body) = PAGE;
    let Ok(draft) = Draft::new(slug, title, body) else { return Ok(()) };
    let edit = Edit { by: AUTHOR, at: now, request_id: None, reason: None };
    let page = store::create(db, &uuid_v7(now, random), &draft, &edit).await?;
    store::publish(db, &page.id, page.version, &edit).await.map(drop)
}

/// The author of the demo page. It can't be a person's subject, because those are UUIDs.
pub const AUTHOR: &str = "demo";

/// Slug, title and body of the demo page.
const PAGE: (&str, &str, &str) = (
    "delivery-and-returns",
    "Delivery and returns",
    "We pack every parcel ourselves, on weekdays, and send it the day after it was paid.\n\n\
     # Delivery\nParcels take two to four days. You see each step on the page of your order.\n\n\
     # Returns\nSend things back within thirty days if they are not what you hoped for. We refund the price as soon as \
     the parcel is here.",
);

/// A small shop of things for the kitchen table.
pub const PRODUCTS: &[NewProduct<'static>] = &[
    NewProduct {
        slug: "stoneware-mug",
        name: "Stoneware mug",
        description: "Thrown by hand, glazed in sea green, holds a proper 35 cl. Every one is a little different.",
        price: 1_850,
        currency: "EUR",
        stock: 40,
    },
    NewProduct {
        slug: "linen-tea-towel",
        name: "Linen tea towel",
        description: "Washed European linen, 50 by 70 cm, with a loop to hang it by. Dries glasses without a trace.",
        price: 1_400,
        currency: "EUR",
        stock: 120,
    },
    NewProduct {
        slug: "walnut-board",
        name: "Walnut board",
        description: "One piece of oiled walnut for bread and cheese, 42 by 20 cm. Gets better with every year.",
        price: 4_900,
        currency: "EUR",
        stock: 18,
    },
    NewProduct {
        slug: "enamel-kettle",
        name: "Enamel kettle",
        description: "Two litres, a spout that pours where you point it, and a quiet whistle. For every kind of stove.",
        price: 5_600,
        currency: "EUR",
        stock: 12,
    },
    NewProduct {
        slug: "beeswax-candle",
        name: "Beeswax candle",
        description: "Pure beeswax, burns for about thirty hours and smells faintly of honey.",
        price: 950,
        currency: "EUR",
        stock: 200,
    },
    NewProduct {
        slug: "lemon-press",
        name: "Lemon press",
        description: "Solid olive wood. The maker has retired: these three are the last ones.",
        price: 2_200,
        currency: "EUR",
        stock: 3,
    },
];
