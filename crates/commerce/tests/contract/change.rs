//! Moving the status of an order.

use commerce::{
    orders::{Change, ChangeError, ChangeOrder, Fulfilment, OrderDetail, Payment, What, change},
    party::ActorKind,
};
use database::Db;

use crate::shop::{NOW, Shop, euros, items, order, shop, staff, stock};

const PAID: Change = Change::Payment(Payment::Paid);

async fn placed(shop: &Shop) -> String {
    order(&shop.db, "k", items(&[(&shop.mug, 2)]), euros(2000)).await.unwrap().order.order.id
}

async fn try_change(db: &Db, id: &str, version: i64, to: Change) -> Result<OrderDetail, ChangeError> {
    change(db, &ChangeOrder { id, version, change: to, actor: staff(), reason: None, now: NOW + version })
        .await
}

#[tokio::test]
async fn c5_every_change_is_in_the_timeline_with_who_what_and_when() {
    let shop = shop().await;
    let id = placed(&shop).await;
    try_change(&shop.db, &id, 1, PAID).await.unwrap();
    let changed = try_change(&shop.db, &id, 2, Change::Fulfilment(Fulfilment::Packed)).await.unwrap();
    assert_eq!(changed.order.version, 3);
    let what: Vec<_> = changed.timeline.iter().map(|event| (event.what, event.at)).collect();
    assert_eq!(
        what,
        [
            (What::Placed, NOW),
            (What::Payment { from: Payment::Due, to: Payment::Paid }, NOW + 1),
            (What::Fulfilment { from: Fulfilment::New, to: Fulfilment::Packed }, NOW + 2),
        ]
    );
    assert_eq!(changed.timeline[2].actor.kind, ActorKind::Staff);
    assert_eq!(changed.timeline[2].actor.sub, "berta");
}

#[tokio::test]
async fn c5_an_illegal_move_changes_nothing() {
    let shop = shop().await;
    let id = placed(&shop).await;
    let shipped = try_change(&shop.db, &id, 1, Change::Fulfilment(Fulfilment::Shipped)).await;
    assert!(matches!(shipped, Err(ChangeError::Illegal(_))));
    let order = commerce::orders::load(&shop.db, &id).await.unwrap().unwrap();
    assert_eq!((order.order.version, order.timeline.len()), (1, 1));
}

#[tokio::test]
async fn c3_a_change_of_an_older_version_is_told_how_the_order_is_now() {
    let shop = shop().await;
    let id = placed(&shop).await;
    try_change(&shop.db, &id, 1, PAID).await.unwrap();
    match try_change(&shop.db, &id, 1, Change::Fulfilment(Fulfilment::Packed)).await {
        Err(ChangeError::Stale(now)) => assert_eq!(now.order.status.payment, Payment::Paid),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_order_that_is_not_there_can_not_be_changed() {
    let shop = shop().await;
    assert!(matches!(try_change(&shop.db, "nothing", 1, PAID).await, Err(ChangeError::NotFound)));
}

#[tokio::test]
async fn the_goods_of_a_cancelled_order_are_back_in_stock() {
    let shop = shop().await;
    let id = placed(&shop).await;
    assert_eq!(stock(&shop.db, &shop.mug).await, 8);
    try_change(&shop.db, &id, 1, Change::Fulfilment(Fulfilment::Cancelled)).await.unwrap();
    assert_eq!(stock(&shop.db, &shop.mug).await, 10);
}
