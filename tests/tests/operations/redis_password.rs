//! The password of a user of Redis changes (P10): Redis may know two at a time.

use end_to_end::{System, databases::in_front, http_client, relying_party::read};
use testbed::Redis;

use crate::support::{Customer, eventually};

const USER: &str = "customer";
const NEW: &str = "customer-may-come-in-anew";

/// Whether the realm says that it reaches its Redis.
async fn is_reached(system: &System) -> bool {
    let answer = read(http_client::client().get(format!("{}/status", system.issuer("customer")))).await.ok();
    answer.json["redis"]["reachable"].as_bool().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p10_the_password_of_a_user_of_redis_changes_and_nobody_is_signed_out() {
    let redis = Redis::start();
    let values = in_front(&redis);
    let values = values.iter().map(|(part, key, value)| (part.as_str(), key.as_str(), value.as_str()));
    let mut system = System::start_with(&values.collect::<Vec<_>>()).await;
    let mut customer = Customer::of(&system).await;
    let old = Redis::password(USER);
    assert!(is_reached(&system).await && redis.lets_in(USER, &old));

    // both are good until the last program has the new one
    assert_eq!(redis.tell(&["ACL", "SETUSER", USER, &format!(">{NEW}")]), "OK");
    customer.goes_on().await;
    assert!(is_reached(&system).await);
    system.restart_with(&[(USER, "redis_password", NEW)]).await;
    customer.goes_on().await;
    assert!(is_reached(&system).await && redis.lets_in(USER, &old));

    assert_eq!(redis.tell(&["ACL", "SETUSER", USER, &format!("<{old}")]), "OK");
    assert!(redis.lets_in(USER, NEW) && !redis.lets_in(USER, &old));
    // whoever holds a connection of before is let go
    redis.tell(&["CLIENT", "KILL", "USER", USER]);
    customer.goes_on().await;
    customer.signs_in(&system).await;
    eventually(async || is_reached(&system).await).await;

    // a program that was left behind loses Redis and nothing else
    system.restart_with(&[(USER, "redis_password", &old)]).await;
    assert!(!is_reached(&system).await);
    customer.goes_on().await;
}
