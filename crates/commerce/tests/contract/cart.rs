//! Carts of guests and customers.

use commerce::cart::{self, Addition, MAX_LINES, MAX_QUANTITY, Owner};
use database::{Sweep, sql};

use crate::shop::{NOW, customer, euros, product, shop};

fn guest() -> Owner {
    Owner::guest("visitor")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q5_a_form_that_is_sent_several_times_at_once_adds_once() {
    let shop = shop().await;
    let owner = guest();
    let mugs = Addition { product_id: &shop.mug.id, quantity: 2 };
    let add = async |form: &str| cart::add_once(&shop.db, &owner, mugs, form, NOW).await.unwrap();
    let (one, two, three) = tokio::join!(add("f1"), add("f1"), add("f1"));
    assert!(one && two && three);
    assert_eq!(cart::item_count(&shop.db, &owner).await.unwrap(), 2);
    assert!(add("f2").await && add("f2").await);
    assert_eq!(cart::item_count(&shop.db, &owner).await.unwrap(), 4);
    assert!(cart::add(&shop.db, &owner, &shop.mug.id, 1, NOW).await.unwrap());
    assert_eq!(cart::item_count(&shop.db, &owner).await.unwrap(), 5);
    let nothing = Addition { product_id: "nothing", quantity: 1 };
    assert!(!cart::add_once(&shop.db, &owner, nothing, "f3", NOW).await.unwrap());
}

#[tokio::test]
async fn a_cart_adds_sets_and_removes() {
    let shop = shop().await;
    let owner = guest();
    assert!(cart::add(&shop.db, &owner, &shop.mug.id, 2, NOW).await.unwrap());
    assert!(cart::add(&shop.db, &owner, &shop.mug.id, 1, NOW).await.unwrap());
    assert!(cart::set(&shop.db, &owner, &shop.candle.id, 4, NOW).await.unwrap());
    let loaded = cart::load(&shop.db, &owner).await.unwrap();
    assert_eq!(loaded.item_count(), 7);
    assert_eq!(cart::item_count(&shop.db, &owner).await.unwrap(), 7);
    assert_eq!(cart::item_count(&shop.db, &Owner::guest("other")).await.unwrap(), 0);
    assert_eq!(loaded.total(), Some(euros(4000)));
    assert!(!loaded.is_available(), "there are only three candles");
    assert!(cart::set(&shop.db, &owner, &shop.mug.id, 0, NOW).await.unwrap());
    assert!(cart::set(&shop.db, &owner, &shop.candle.id, 3, NOW).await.unwrap());
    let loaded = cart::load(&shop.db, &owner).await.unwrap();
    assert_eq!((loaded.item_count(), loaded.is_available()), (3, true));
}

#[tokio::test]
async fn rs2_carts_of_different_owners_never_meet() {
    let shop = shop().await;
    cart::add(&shop.db, &guest(), &shop.mug.id, 1, NOW).await.unwrap();
    let others =
        [Owner::guest("other"), Owner::customer(&customer("visitor")), Owner::customer(&customer("anna"))];
    for other in others {
        assert_eq!(cart::load(&shop.db, &other).await.unwrap().item_count(), 0);
    }
}

#[tokio::test]
async fn a_cart_takes_no_unknown_or_unpublished_product() {
    let shop = shop().await;
    sql("UPDATE products SET published_at = NULL WHERE slug = 'mug'").run(&shop.db).await.unwrap();
    for id in ["nothing", shop.mug.id.as_str()] {
        assert!(!cart::add(&shop.db, &guest(), id, 1, NOW).await.unwrap());
        assert!(!cart::set(&shop.db, &guest(), id, 1, NOW).await.unwrap());
    }
}

#[tokio::test]
async fn a_product_taken_off_sale_leaves_the_cart() {
    let shop = shop().await;
    cart::add(&shop.db, &guest(), &shop.mug.id, 1, NOW).await.unwrap();
    sql("UPDATE products SET published_at = NULL WHERE slug = 'mug'").run(&shop.db).await.unwrap();
    assert_eq!(cart::load(&shop.db, &guest()).await.unwrap().lines, []);
}

#[tokio::test]
async fn quantities_and_lines_are_bounded() {
    let shop = shop().await;
    for _ in 0..3 {
        cart::add(&shop.db, &guest(), &shop.mug.id, i64::MAX, NOW).await.unwrap();
    }
    cart::set(&shop.db, &guest(), &shop.candle.id, i64::MAX, NOW).await.unwrap();
    let lines = cart::load(&shop.db, &guest()).await.unwrap().lines;
    assert!(lines.iter().all(|line| line.quantity == MAX_QUANTITY));
    for n in 2..MAX_LINES {
        let more = product(&shop.db, &format!("p{n}"), 1, "EUR", 1).await;
        assert!(cart::add(&shop.db, &guest(), &more.id, 1, NOW).await.unwrap());
    }
    let last = product(&shop.db, "last", 1, "EUR", 1).await;
    assert!(!cart::add(&shop.db, &guest(), &last.id, 1, NOW).await.unwrap());
    assert!(!cart::set(&shop.db, &guest(), &last.id, 1, NOW).await.unwrap());
    assert!(cart::set(&shop.db, &guest(), &shop.mug.id, 1, NOW).await.unwrap());
}

#[tokio::test]
async fn a_guests_cart_follows_the_customer_and_is_counted_once() {
    let shop = shop().await;
    let anna = Owner::customer(&customer("anna"));
    cart::add(&shop.db, &guest(), &shop.mug.id, 2, NOW).await.unwrap();
    cart::add(&shop.db, &anna, &shop.mug.id, 1, NOW).await.unwrap();
    cart::add(&shop.db, &anna, &shop.candle.id, 1, NOW).await.unwrap();
    cart::merge(&shop.db, &guest(), &anna, NOW).await.unwrap();
    cart::merge(&shop.db, &guest(), &anna, NOW).await.unwrap();
    let merged = cart::load(&shop.db, &anna).await.unwrap();
    let counts: Vec<_> = merged.lines.iter().map(|line| (line.slug.as_str(), line.quantity)).collect();
    assert_eq!(counts, [("candle", 1), ("mug", 3)]);
    assert_eq!(cart::load(&shop.db, &guest()).await.unwrap().item_count(), 0);
}

#[tokio::test]
async fn only_old_carts_of_guests_are_forgotten() {
    let shop = shop().await;
    let anna = Owner::customer(&customer("anna"));
    cart::add(&shop.db, &guest(), &shop.mug.id, 1, NOW).await.unwrap();
    cart::add(&shop.db, &anna, &shop.mug.id, 1, NOW).await.unwrap();
    cart::add(&shop.db, &Owner::guest("later"), &shop.mug.id, 1, NOW + 1).await.unwrap();
    assert_eq!(Sweep::of(&shop.db, cart::abandoned(NOW + 1)).await.unwrap(), 1);
    assert_eq!(cart::load(&shop.db, &anna).await.unwrap().item_count(), 1);
}

#[tokio::test]
async fn h6_what_finds_no_room_in_a_full_cart_stays_with_the_guest() {
    let shop = shop().await;
    let anna = Owner::customer(&customer("anna"));
    for n in 0..MAX_LINES - 1 {
        let one = product(&shop.db, &format!("p{n}"), 1, "EUR", 1).await;
        assert!(cart::add(&shop.db, &anna, &one.id, 1, NOW).await.unwrap());
    }
    cart::add(&shop.db, &guest(), &shop.mug.id, 2, NOW).await.unwrap();
    cart::add(&shop.db, &guest(), &shop.candle.id, 3, NOW).await.unwrap();
    cart::merge(&shop.db, &guest(), &anna, NOW).await.unwrap();
    assert_eq!(cart::load(&shop.db, &anna).await.unwrap().lines.len(), 50);
    let left = cart::load(&shop.db, &guest()).await.unwrap().lines;
    let moved = cart::load(&shop.db, &anna).await.unwrap().item_count() - 49;
    assert_eq!((left.len(), left.iter().map(|line| line.quantity).sum::<i64>() + moved), (1, 5));
}

#[tokio::test]
async fn h6_a_product_off_sale_takes_no_room_in_a_cart() {
    let shop = shop().await;
    for n in 0..MAX_LINES {
        let one = product(&shop.db, &format!("p{n}"), 1, "EUR", 1).await;
        assert!(cart::add(&shop.db, &guest(), &one.id, 1, NOW).await.unwrap());
    }
    assert!(!cart::add(&shop.db, &guest(), &shop.mug.id, 1, NOW).await.unwrap());
    sql("UPDATE products SET published_at = NULL WHERE slug = 'p7'").run(&shop.db).await.unwrap();
    assert!(cart::add(&shop.db, &guest(), &shop.mug.id, 1, NOW).await.unwrap());
}

#[tokio::test]
async fn q2_of_what_guests_at_one_place_chose_the_newest_is_kept_and_a_customer_loses_nothing() {
    let shop = shop().await;
    let anna = Owner::customer(&customer("anna"));
    cart::add(&shop.db, &anna, &shop.mug.id, 1, NOW - 9).await.unwrap();
    let guests: Vec<Owner> = (0..4).map(|n| Owner::guest(&format!("g{n}"))).collect();
    for (n, guest) in (0..).zip(&guests) {
        cart::add(&shop.db, guest, &shop.mug.id, 1, NOW + n).await.unwrap();
        let place = if n == 0 { "there" } else { "here" };
        cart::limit_guests(&shop.db, guest, place, 2).await.unwrap();
    }
    let mut left = Vec::new();
    for owner in guests.iter().chain([&anna]) {
        left.push(cart::item_count(&shop.db, owner).await.unwrap());
    }
    assert_eq!(left, [1, 0, 1, 1, 1]);
    cart::merge(&shop.db, &guests[3], &anna, NOW).await.unwrap();
    cart::limit_guests(&shop.db, &guests[2], "here", 0).await.unwrap();
    assert_eq!(cart::item_count(&shop.db, &anna).await.unwrap(), 2, "what a customer has is theirs");
}
