//! Placing an order: the rules R3 and R11, one request at a time.

use clock::random::OsRandom;
use commerce::{
    cart::{self, Owner},
    idempotency,
    money::Money,
    orders::{Fulfilment, Goods, Item, Payment, PlaceError, What, list_own, place},
    page::Window,
};
use database::{Sweep, sql};

use crate::shop::{NOW, customer, euros, items, order, placement, product, shop, stock};

#[tokio::test]
async fn an_order_has_the_prices_the_total_and_the_first_line_of_its_timeline() {
    let shop = shop().await;
    let goods = items(&[(&shop.mug, 2), (&shop.candle, 1)]);
    let placed = order(&shop.db, "k", goods, euros(2250)).await.unwrap();
    assert!(!placed.replayed);
    let detail = placed.order;
    assert_eq!(detail.order.customer, customer("anna"));
    assert_eq!((detail.order.total.clone(), detail.order.item_count), (euros(2250), 3));
    assert_eq!(detail.order.status.payment, Payment::Due);
    assert_eq!(detail.order.status.fulfilment, Fulfilment::New);
    let lines: Vec<_> = detail.lines.iter().map(|line| (line.name.as_str(), line.quantity)).collect();
    assert_eq!(lines, [("candle", 1), ("mug", 2)]);
    assert_eq!((detail.timeline[0].what, detail.timeline[0].at), (What::Placed, NOW));
    assert_eq!(detail.timeline[0].actor.sub, "anna");
    assert_eq!((stock(&shop.db, &shop.mug).await, stock(&shop.db, &shop.candle).await), (8, 2));
}

#[tokio::test]
async fn an_order_from_the_cart_empties_it_and_a_second_one_finds_nothing() {
    let shop = shop().await;
    let anna = Owner::customer(&customer("anna"));
    cart::add(&shop.db, &anna, &shop.mug.id, 3, NOW).await.unwrap();
    order(&shop.db, "k", Goods::Cart, euros(3000)).await.unwrap();
    assert_eq!(cart::load(&shop.db, &anna).await.unwrap().item_count(), 0);
    let second = order(&shop.db, "other", Goods::Cart, euros(3000)).await;
    assert!(matches!(second, Err(PlaceError::Empty)));
}

#[tokio::test]
async fn h6_a_cart_is_ordered_as_it_was_shown_without_what_is_off_sale() {
    let shop = shop().await;
    let anna = Owner::customer(&customer("anna"));
    cart::add(&shop.db, &anna, &shop.mug.id, 1, NOW).await.unwrap();
    cart::add(&shop.db, &anna, &shop.candle.id, 2, NOW).await.unwrap();
    sql("UPDATE products SET published_at = NULL WHERE slug = 'candle'").run(&shop.db).await.unwrap();
    let placed = order(&shop.db, "k", Goods::Cart, euros(1000)).await.unwrap();
    assert_eq!((placed.order.lines.len(), placed.order.order.item_count), (1, 1));
    sql("UPDATE products SET published_at = $1 WHERE slug = 'candle'").bind(NOW).run(&shop.db).await.unwrap();
    assert_eq!(cart::load(&shop.db, &anna).await.unwrap().item_count(), 2, "still there, for later");
}

#[tokio::test]
async fn r3_the_same_key_and_body_give_the_same_answer_and_no_second_order() {
    let shop = shop().await;
    let first = order(&shop.db, "k", items(&[(&shop.mug, 1)]), euros(1000)).await.unwrap();
    sql("UPDATE products SET price = 7 WHERE slug = 'mug'").run(&shop.db).await.unwrap();
    let again = order(&shop.db, "k", items(&[(&shop.mug, 1)]), euros(1000)).await.unwrap();
    assert!(again.replayed);
    assert_eq!(again.order, first.order);
    assert_eq!(stock(&shop.db, &shop.mug).await, 9);
}

#[tokio::test]
async fn r3_the_same_key_with_another_body_is_refused() {
    let shop = shop().await;
    order(&shop.db, "k", items(&[(&shop.mug, 1)]), euros(1000)).await.unwrap();
    let anna = customer("anna");
    let mut other = placement(&anna, "k", items(&[(&shop.mug, 2)]), euros(2000));
    other.body_hash = "other";
    assert!(matches!(place(&shop.db, &OsRandom, &other).await, Err(PlaceError::KeyReused)));
    assert_eq!(stock(&shop.db, &shop.mug).await, 9);
}

#[tokio::test]
async fn r3_the_same_key_of_another_customer_is_another_key() {
    let shop = shop().await;
    order(&shop.db, "k", items(&[(&shop.mug, 1)]), euros(1000)).await.unwrap();
    let carl = customer("carl");
    let wanted = placement(&carl, "k", items(&[(&shop.mug, 1)]), euros(1000));
    let placed = place(&shop.db, &OsRandom, &wanted).await.unwrap();
    assert!(!placed.replayed);
    assert_eq!(placed.order.order.customer, carl);
}

#[tokio::test]
async fn r3_an_answer_is_kept_for_a_day_and_not_longer() {
    let shop = shop().await;
    let anna = customer("anna");
    let mut wanted = placement(&anna, "k", items(&[(&shop.mug, 1)]), euros(1000));
    place(&shop.db, &OsRandom, &wanted).await.unwrap();
    wanted.now = NOW + idempotency::KEPT - 1;
    assert_eq!(Sweep::of(&shop.db, idempotency::expired(wanted.now)).await.unwrap(), 0);
    assert!(place(&shop.db, &OsRandom, &wanted).await.unwrap().replayed);
    wanted.now = NOW + idempotency::KEPT;
    assert!(!place(&shop.db, &OsRandom, &wanted).await.unwrap().replayed);
    assert_eq!(Sweep::of(&shop.db, idempotency::expired(wanted.now + idempotency::KEPT)).await.unwrap(), 1);
}

#[tokio::test]
async fn r3_a_claim_whose_holder_died_blocks_only_for_its_lease() {
    let shop = shop().await;
    let anna = customer("anna");
    sql("INSERT INTO idempotency_keys (owner, request_key, body_hash, claim, claimed_at) VALUES ($1, 'k', 'hash', 'dead', $2)")
        .bind(anna.key())
        .bind(NOW)
        .run(&shop.db)
        .await
        .unwrap();
    let mut wanted = placement(&anna, "k", items(&[(&shop.mug, 1)]), euros(1000));
    wanted.now = NOW + idempotency::LEASE - 1;
    assert!(matches!(place(&shop.db, &OsRandom, &wanted).await, Err(PlaceError::InFlight)));
    wanted.now = NOW + idempotency::LEASE;
    assert!(!place(&shop.db, &OsRandom, &wanted).await.unwrap().replayed);
}

#[tokio::test]
async fn q4_a_claim_of_a_clock_ahead_does_not_block_until_then() {
    let shop = shop().await;
    let anna = customer("anna");
    for (key, ahead) in [("near", 60), ("far", 61)] {
        sql("INSERT INTO idempotency_keys (owner, request_key, body_hash, claim, claimed_at) VALUES ($1, $2, 'hash', 'dead', $3)")
            .bind(anna.key())
            .bind(key)
            .bind(NOW + ahead)
            .run(&shop.db)
            .await
            .unwrap();
    }
    let wanted = |key| placement(&anna, key, items(&[(&shop.mug, 1)]), euros(1000));
    assert!(matches!(place(&shop.db, &OsRandom, &wanted("near")).await, Err(PlaceError::InFlight)));
    assert!(!place(&shop.db, &OsRandom, &wanted("far")).await.unwrap().replayed);
}

#[tokio::test]
async fn r11_a_changed_total_is_told_and_takes_nothing() {
    let shop = shop().await;
    let anna = Owner::customer(&customer("anna"));
    cart::add(&shop.db, &anna, &shop.mug.id, 1, NOW).await.unwrap();
    sql("UPDATE products SET price = 1100 WHERE slug = 'mug'").run(&shop.db).await.unwrap();
    match order(&shop.db, "k", Goods::Cart, euros(1000)).await {
        Err(PlaceError::TotalChanged { total }) => assert_eq!(total, euros(1100)),
        other => panic!("{other:?}"),
    }
    assert_eq!(stock(&shop.db, &shop.mug).await, 10);
    assert_eq!(cart::load(&shop.db, &anna).await.unwrap().item_count(), 1);
    let agreed = order(&shop.db, "k", Goods::Cart, euros(1100)).await.unwrap();
    assert!(!agreed.replayed, "a refused request does not use its key up");
}

#[tokio::test]
async fn r11_a_total_in_another_currency_is_a_changed_total() {
    let shop = shop().await;
    let placed = order(&shop.db, "k", items(&[(&shop.mug, 1)]), Money::new(1000, "USD")).await;
    assert!(matches!(placed, Err(PlaceError::TotalChanged { .. })));
}

#[tokio::test]
async fn r11_more_than_there_is_can_not_be_ordered_and_nothing_else_is_taken() {
    let shop = shop().await;
    let goods = items(&[(&shop.mug, 1), (&shop.candle, 4)]);
    match order(&shop.db, "k", goods, euros(2000)).await {
        Err(PlaceError::OutOfStock { product_id, stock, .. }) => {
            assert_eq!((product_id, stock), (shop.candle.id.clone(), 3));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!((stock(&shop.db, &shop.mug).await, stock(&shop.db, &shop.candle).await), (10, 3));
    let none = list_own(&shop.db, &customer("anna"), &Window::first(10)).await.unwrap();
    assert_eq!(none.items, []);
}

#[tokio::test]
async fn what_can_not_be_ordered_is_refused() {
    let shop = shop().await;
    let yen = product(&shop.db, "yen", 1000, "JPY", 10).await;
    let unknown = Goods::Items(vec![Item { product_id: "' OR 1=1 --".into(), quantity: 1 }]);
    assert!(matches!(order(&shop.db, "k", unknown, euros(0)).await, Err(PlaceError::NotOnSale { .. })));
    let none = items(&[(&shop.mug, 0), (&shop.candle, -1)]);
    assert!(matches!(order(&shop.db, "k", none, euros(0)).await, Err(PlaceError::Empty)));
    let huge = items(&[(&shop.mug, i64::MAX), (&shop.mug, i64::MAX)]);
    assert!(matches!(order(&shop.db, "k", huge, euros(0)).await, Err(PlaceError::TooMuch)));
    let hundred = items(&[(&shop.mug, 99), (&shop.mug, 1)]);
    assert!(matches!(order(&shop.db, "k", hundred, euros(0)).await, Err(PlaceError::TooMuch)));
    let mixed = items(&[(&shop.mug, 1), (&yen, 1)]);
    assert!(matches!(order(&shop.db, "k", mixed, euros(2000)).await, Err(PlaceError::MixedCurrencies)));
    sql("UPDATE products SET published_at = NULL WHERE slug = 'mug'").run(&shop.db).await.unwrap();
    let hidden = order(&shop.db, "k", items(&[(&shop.mug, 1)]), euros(1000)).await;
    assert!(matches!(hidden, Err(PlaceError::NotOnSale { .. })));
}
