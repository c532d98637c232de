//! Where the four parts of a test's system keep what they know.

use database::testing::TestDatabases;
use testbed::Redis;

/// Overrides that put the databases of the four parts on a server, with Redis as their cache. Empty when tests use
/// SQLite in the data folder, which needs no Redis.
pub async fn databases(place: &TestDatabases) -> Vec<(String, String, String)> {
    if !place.is_postgres() {
        return Vec::new();
    }
    let shop = place.address().await;
    let mut databases = Vec::new();
    for (part, key) in [
        ("customer", "database"),
        ("admin", "database"),
        ("shop-api", "sessions_database"),
        ("admin-api", "sessions_database"),
    ] {
        databases.push((part.to_owned(), key.to_owned(), place.address().await));
    }
    databases
        .extend(["shop-api", "admin-api"].map(|api| (api.to_owned(), "database".to_owned(), shop.clone())));
    // copies of a system have the same keys, and so the same names of request limits
    databases.extend(caches(Redis::shared().own_database()));
    databases
}

/// Overrides that give each of the four parts this Redis, as its shipped user.
pub fn in_front(redis: &Redis) -> Vec<(String, String, String)> {
    caches(|part| redis.address(part))
}

fn caches(address: impl Fn(&str) -> String) -> Vec<(String, String, String)> {
    let of = |part: &str| {
        let value = |key: &str, value: String| (part.to_owned(), key.to_owned(), value);
        [value("redis", address(part)), value("redis_password", Redis::password(part))]
    };
    ["customer", "admin", "shop-api", "admin-api"].iter().copied().flat_map(of).collect()
}
