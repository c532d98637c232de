//! Copies and their ends.

use cache::{Cache, LIFE_SECONDS};
use testbed::Redis;

use crate::support::{cache, url};

#[tokio::test]
async fn a_copy_is_found_by_every_replica_and_lives_for_seconds() {
    let redis = Redis::shared();
    let (one, other) = (cache(redis, "customer").await, cache(redis, "customer").await);
    assert_eq!(one.get("found").await, None);
    one.put("found", "value").await;
    assert_eq!(other.get("found").await.as_deref(), Some("value"));
    let left: i64 = redis.tell(&["TTL", "customer:found"]).parse().unwrap();
    assert!((0..=LIFE_SECONDS).contains(&left), "{left}");
}

#[tokio::test]
async fn what_has_ended_is_gone_and_a_late_copy_does_not_come_back() {
    let redis = Redis::shared();
    let (one, other) = (cache(redis, "customer").await, cache(redis, "customer").await);
    one.put("ended", "value").await;
    one.end(&["ended".to_owned(), "never-was".to_owned()]).await;
    // read before the end, and only kept now
    other.put("ended", "value").await;
    other.put("never-was", "value").await;
    for cache in [&one, &other] {
        assert_eq!(cache.get("ended").await, None);
        assert_eq!(cache.get("never-was").await, None);
    }
    let left: i64 = redis.tell(&["TTL", "customer:ended"]).parse().unwrap();
    assert!(left > LIFE_SECONDS, "the mark outlives every copy: {left}");
}

#[tokio::test]
async fn a_copy_is_not_replaced_by_another() {
    let cache = cache(Redis::shared(), "customer").await;
    cache.put("first", "first").await;
    cache.put("first", "second").await;
    assert_eq!(cache.get("first").await.as_deref(), Some("first"));
}

#[tokio::test]
async fn the_connection_is_encrypted_for_whoever_trusts_the_right_authority_only() {
    let redis = Redis::shared();
    let tls = || {
        let url: cache::CacheUrl = redis.tls_address("customer").parse().unwrap();
        url.with_password(&Redis::password("customer"))
    };
    let trusted = Cache::open(&tls().with_ca(redis.authority()).unwrap(), "customer").await.unwrap();
    assert!(trusted.is_reachable().await);
    let stranger = Cache::open(&tls(), "customer").await.unwrap();
    assert!(!stranger.is_reachable().await, "nobody vouches for that server");
    assert!(url(redis, "customer").with_ca(redis.authority()).is_err(), "an authority without encryption");
}
