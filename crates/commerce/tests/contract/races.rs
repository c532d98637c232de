//! What happens once, happens once, however many ask at the same moment.

use clock::random::OsRandom;
use commerce::{
    cart::{self, Owner},
    orders::{Change, ChangeError, ChangeOrder, Filter, Fulfilment, Goods, PlaceError, change, list, place},
    page::Window,
};

use crate::shop::{NOW, customer, euros, items, placement, shop, staff, stock};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r3_fifty_parallel_posts_with_one_key_make_one_order() {
    let shop = shop().await;
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (db, goods) = (shop.db.clone(), items(&[(&shop.mug, 1)]));
            tokio::spawn(async move {
                let anna = customer("anna");
                place(&db, &OsRandom, &placement(&anna, "k", goods, euros(1000))).await
            })
        })
        .collect();
    let (mut fresh, mut ids) = (0, Vec::new());
    for task in tasks {
        match task.await.unwrap() {
            Ok(placed) => {
                fresh += usize::from(!placed.replayed);
                ids.push(placed.order.order.id);
            }
            Err(PlaceError::InFlight) => {}
            Err(other) => panic!("{other}"),
        }
    }
    ids.dedup();
    assert_eq!((fresh, ids.len()), (1, 1));
    assert_eq!(stock(&shop.db, &shop.mug).await, 9);
    assert_eq!(list(&shop.db, Filter::default(), &Window::first(100)).await.unwrap().items.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r11_of_thirty_customers_ten_get_the_last_ten() {
    let shop = shop().await;
    let tasks: Vec<_> = (0..30)
        .map(|n| {
            let (db, goods) = (shop.db.clone(), items(&[(&shop.mug, 1)]));
            tokio::spawn(async move {
                let buyer = customer(&format!("buyer{n}"));
                place(&db, &OsRandom, &placement(&buyer, "k", goods, euros(1000))).await
            })
        })
        .collect();
    let mut placed = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => placed += 1,
            Err(PlaceError::OutOfStock { stock: 0, .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!((placed, stock(&shop.db, &shop.mug).await), (10, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_cart_becomes_one_order_even_with_different_keys() {
    let shop = shop().await;
    let owner = Owner::customer(&customer("anna"));
    cart::add(&shop.db, &owner, &shop.mug.id, 2, NOW).await.unwrap();
    let tasks: Vec<_> = (0..10)
        .map(|n| {
            let db = shop.db.clone();
            tokio::spawn(async move {
                let (anna, key) = (customer("anna"), format!("k{n}"));
                place(&db, &OsRandom, &placement(&anna, &key, Goods::Cart, euros(2000))).await.is_ok()
            })
        })
        .collect();
    let mut placed = 0;
    for task in tasks {
        placed += usize::from(task.await.unwrap());
    }
    assert_eq!((placed, stock(&shop.db, &shop.mug).await), (1, 8));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c3_of_ten_members_of_staff_who_saw_one_version_one_changes_it() {
    let shop = shop().await;
    let anna = customer("anna");
    let wanted = placement(&anna, "k", items(&[(&shop.mug, 1)]), euros(1000));
    let id = place(&shop.db, &OsRandom, &wanted).await.unwrap().order.order.id;
    let tasks: Vec<_> = (0..10)
        .map(|_| {
            let (db, id) = (shop.db.clone(), id.clone());
            tokio::spawn(async move {
                let cancel = Change::Fulfilment(Fulfilment::Cancelled);
                let wanted = ChangeOrder {
                    id: &id,
                    version: 1,
                    change: cancel,
                    actor: staff(),
                    reason: None,
                    now: NOW,
                };
                change(&db, &wanted).await
            })
        })
        .collect();
    let mut changed = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(order) => changed += order.order.version - 1,
            Err(ChangeError::Stale(now)) => assert_eq!(now.order.version, 2),
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!((changed, stock(&shop.db, &shop.mug).await), (1, 10), "restocked once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guests_cart_merged_by_ten_tabs_is_counted_once() {
    let shop = shop().await;
    cart::add(&shop.db, &Owner::guest("v"), &shop.mug.id, 3, NOW).await.unwrap();
    let tasks: Vec<_> = (0..10)
        .map(|_| {
            let db = shop.db.clone();
            tokio::spawn(async move {
                cart::merge(&db, &Owner::guest("v"), &Owner::customer(&customer("anna")), NOW).await
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let merged = cart::load(&shop.db, &Owner::customer(&customer("anna"))).await.unwrap();
    assert_eq!(merged.item_count(), 3);
}
