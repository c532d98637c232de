//! Products on sale.

use clock::random::OsRandom;
use commerce::{
    catalogue::{self, NewProduct},
    content::store,
    demo,
    page::Window,
};
use database::sql;

use crate::shop::{NOW, shop};

#[tokio::test]
async fn a_slug_is_taken_once() {
    let shop = shop().await;
    let again =
        NewProduct { slug: "mug", name: "Other", description: "", price: 1, currency: "EUR", stock: 1 };
    assert!(!catalogue::add(&shop.db, &OsRandom, &again, NOW).await.unwrap());
    assert_eq!(catalogue::by_slug(&shop.db, "mug").await.unwrap().unwrap().name, "mug");
}

#[tokio::test]
async fn h7_a_product_that_is_not_published_is_not_found() {
    let shop = shop().await;
    sql("UPDATE products SET published_at = NULL WHERE slug = 'mug'").run(&shop.db).await.unwrap();
    assert_eq!(catalogue::by_slug(&shop.db, "mug").await.unwrap(), None);
    assert_eq!(catalogue::by_id(&shop.db, &shop.mug.id).await.unwrap(), None);
    let listed = catalogue::published(&shop.db, &Window::first(10)).await.unwrap();
    assert_eq!(listed.items, [shop.candle]);
}

#[tokio::test]
async fn r6_the_catalogue_is_read_page_by_page_and_nothing_is_missed_or_seen_twice() {
    let shop = shop().await;
    demo::seed(&shop.db, &OsRandom, NOW + 1).await.unwrap();
    let mut window = Window::first(3);
    let mut seen = Vec::new();
    loop {
        let page = catalogue::published(&shop.db, &window).await.unwrap();
        seen.extend(page.items.into_iter().map(|product| product.slug));
        match page.next {
            Some(next) => window.after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen.len(), demo::PRODUCTS.len() + 2);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), demo::PRODUCTS.len() + 2);
}

#[tokio::test]
async fn seeding_the_demo_twice_changes_nothing() {
    let shop = shop().await;
    demo::seed(&shop.db, &OsRandom, NOW).await.unwrap();
    let before = catalogue::published(&shop.db, &Window::first(100)).await.unwrap().items;
    demo::seed(&shop.db, &OsRandom, NOW + 60).await.unwrap();
    assert_eq!(store::all_published(&shop.db, 10).await.unwrap().len(), 1);
    assert_eq!(catalogue::published(&shop.db, &Window::first(100)).await.unwrap().items, before);
}
