//! The domain that the storefront and the console share, with its SQL: catalogue, carts, orders, content pages.
//!
//! * [`catalogue`]: products, their price and stock
//! * [`cart`]: carts of guests and customers
//! * [`orders`]: placing an order exactly once, reading orders, changing their two statuses; the timeline
//! * [`idempotency`]: keys of requests that must not run twice
//! * [`content`]: pages with a draft and a published copy
//! * [`party`]: customers, and the authors of changes; [`people`]: their names for the pages of staff
//! * [`money`], [`page`]: amounts in text form, cursors for lists
//! * [`demo`]: demo content for a fresh system

pub mod cart;
pub mod catalogue;
pub mod content;
pub mod demo;
pub mod idempotency;
pub mod money;
pub mod orders;
pub mod page;
pub mod party;
pub mod people;

use database::{DatabaseUrl, Db, Durability, Migration};

/// The name of this crate's set of migrations.
pub const MIGRATION_SET: &str = "commerce";

/// The schema of this crate, oldest step first.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "catalogue",
        up: include_str!("../../../migrations/commerce/0001_catalogue.up.sql"),
        down: include_str!("../../../migrations/commerce/0001_catalogue.down.sql"),
    },
    Migration {
        version: 2,
        name: "orders",
        up: include_str!("../../../migrations/commerce/0002_orders.up.sql"),
        down: include_str!("../../../migrations/commerce/0002_orders.down.sql"),
    },
    Migration {
        version: 3,
        name: "content",
        up: include_str!("../../../migrations/commerce/0003_content.up.sql"),
        down: include_str!("../../../migrations/commerce/0003_content.down.sql"),
    },
    Migration {
        version: 4,
        name: "content_events",
        up: include_str!("../../../migrations/commerce/0004_content_events.up.sql"),
        down: include_str!("../../../migrations/commerce/0004_content_events.down.sql"),
    },
    Migration {
        version: 5,
        name: "carts_by_source",
        up: include_str!("../../../migrations/commerce/0005_carts_by_source.up.sql"),
        down: include_str!("../../../migrations/commerce/0005_carts_by_source.down.sql"),
    },
    Migration {
        version: 6,
        name: "people",
        up: include_str!("../../../migrations/commerce/0006_people.up.sql"),
        down: include_str!("../../../migrations/commerce/0006_people.down.sql"),
    },
    Migration {
        version: 7,
        name: "forms_of_carts",
        up: include_str!("../../../migrations/commerce/0007_forms_of_carts.up.sql"),
        down: include_str!("../../../migrations/commerce/0007_forms_of_carts.down.sql"),
    },
];

/// Opens the shop's database and migrates it to the current schema.
pub async fn open(url: &DatabaseUrl) -> database::Result<Db> {
    let db = Db::open(url, Durability::Full).await?;
    db.migrate(MIGRATION_SET, MIGRATIONS).await?;
    Ok(db)
}
