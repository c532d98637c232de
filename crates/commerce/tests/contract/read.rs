//! Finding orders.

use clock::random::OsRandom;
use commerce::{
    orders::{
        Change, ChangeOrder, Counts, Filter, Payment, change, counts, list, list_own, load, load_own, place,
    },
    page::Window,
    party::Customer,
};

use crate::shop::{NOW, Shop, customer, euros, items, placement, shop, staff};

async fn order_of(shop: &Shop, customer: &Customer, key: &str, now: i64) -> String {
    let mut wanted = placement(customer, key, items(&[(&shop.mug, 1)]), euros(1000));
    wanted.now = now;
    place(&shop.db, &OsRandom, &wanted).await.unwrap().order.order.id
}

#[tokio::test]
async fn rs3_an_order_belongs_to_the_issuer_and_the_subject_together() {
    let shop = shop().await;
    let anna = customer("anna");
    let id = order_of(&shop, &anna, "k", NOW).await;
    let namesake = Customer { issuer: "http://localhost:7002".into(), sub: "anna".into() };
    for other in [customer("carl"), namesake] {
        assert_eq!(load_own(&shop.db, &other, &id).await.unwrap(), None);
        assert_eq!(list_own(&shop.db, &other, &Window::first(10)).await.unwrap().items, []);
    }
    assert_eq!(load_own(&shop.db, &anna, &id).await.unwrap(), load(&shop.db, &id).await.unwrap());
    assert_eq!(list_own(&shop.db, &anna, &Window::first(10)).await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn an_order_read_back_is_the_order_that_was_placed() {
    let shop = shop().await;
    let anna = customer("anna");
    let wanted = placement(&anna, "k", items(&[(&shop.mug, 1), (&shop.candle, 2)]), euros(1500));
    let placed = place(&shop.db, &OsRandom, &wanted).await.unwrap().order;
    assert_eq!(load(&shop.db, &placed.order.id).await.unwrap(), Some(placed));
    assert_eq!(load(&shop.db, "nothing").await.unwrap(), None);
}

#[tokio::test]
async fn r6_staff_read_all_orders_page_by_page_newest_first() {
    let shop = shop().await;
    let mut placed = Vec::new();
    for n in 0..7 {
        let who = customer(if n % 2 == 0 { "anna" } else { "carl" });
        placed.push(order_of(&shop, &who, &format!("k{n}"), NOW + n).await);
    }
    placed.reverse();
    let (mut window, mut seen) = (Window::first(3), Vec::new());
    loop {
        let page = list(&shop.db, Filter::default(), &window).await.unwrap();
        assert!(page.items.len() <= 3);
        seen.extend(page.items.into_iter().map(|order| order.id));
        match page.next {
            Some(next) => window.after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, placed);
}

#[tokio::test]
async fn c1_orders_are_filtered_by_each_status() {
    let shop = shop().await;
    let anna = customer("anna");
    let paid = order_of(&shop, &anna, "a", NOW).await;
    order_of(&shop, &anna, "b", NOW).await;
    let wanted = ChangeOrder {
        id: &paid,
        version: 1,
        change: Change::Payment(Payment::Paid),
        actor: staff(),
        reason: None,
        now: NOW,
    };
    change(&shop.db, &wanted).await.unwrap();
    let filter = Filter { payment: Some(Payment::Paid), ..Filter::default() };
    let found = list(&shop.db, filter, &Window::first(10)).await.unwrap().items;
    assert_eq!(found.iter().map(|order| order.id.as_str()).collect::<Vec<_>>(), [paid.as_str()]);
    let Counts { total, open } = counts(&shop.db).await.unwrap();
    assert_eq!((total, open), (2, 2));
    let filter = Filter { payment: Some(Payment::Refunded), ..Filter::default() };
    assert_eq!(list(&shop.db, filter, &Window::first(10)).await.unwrap().items, []);
}
