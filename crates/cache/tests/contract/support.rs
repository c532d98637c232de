//! Caches of tests.

use std::time::Duration;

use cache::{Cache, CacheUrl};
use testbed::Redis;

/// A user's cache, under the prefix that is theirs.
pub async fn cache(redis: &Redis, user: &str) -> Cache {
    under(redis, user, user).await
}

/// A user's cache under any prefix.
pub async fn under(redis: &Redis, user: &str, prefix: &str) -> Cache {
    Cache::open(&url(redis, user), prefix).await.expect("an address that can be used")
}

pub fn url(redis: &Redis, user: &str) -> CacheUrl {
    let url: CacheUrl = redis.address(user).parse().expect("an address");
    url.with_password(&Redis::password(user))
}

/// Waits until the server answers again.
pub async fn back(cache: &Cache) {
    for _ in 0..400 {
        if cache.is_reachable().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the cache never found its server again");
}
