//! The shipped users: each below its own prefix, with the commands it needs.

use redis::{Client, RedisError, ServerErrorKind, cmd};
use testbed::Redis;

use crate::support::{cache, under};

/// What the server says to a user's command.
async fn says(user: &str, words: &[&str]) -> Result<redis::Value, RedisError> {
    let address = Redis::shared().address(user).replacen('@', &format!(":{}@", Redis::password(user)), 1);
    let mut connection = Client::open(address).unwrap().get_multiplexed_async_connection().await.unwrap();
    let (name, arguments) = words.split_first().unwrap();
    cmd(name).arg(arguments).query_async(&mut connection).await
}

#[tokio::test]
async fn h1_i1_a_user_touches_its_own_prefix_only() {
    let redis = Redis::shared();
    cache(redis, "admin").await.put("session:1", "secret").await;
    cache(redis, "customer").await.put("session:1", "mine").await;
    for (user, key) in [
        ("customer", "admin:session:1"),
        ("admin", "customer:session:1"),
        ("shop-api", "customer:session:1"),
        ("shop-api", "admin:session:1"),
        ("admin-api", "admin:session:1"),
        ("customer", "session:1"),
    ] {
        for words in [
            vec!["GET", key],
            vec!["SET", key, "x"],
            vec!["DEL", key],
            vec!["EVAL", "return redis.call('GET', KEYS[1])", "1", key],
            vec!["EVAL", "return redis.call('GET', ARGV[1])", "0", key],
        ] {
            let refused = says(user, &words).await.unwrap_err();
            assert!(
                refused.kind() == ServerErrorKind::NoPerm.into()
                    || refused.to_string().contains("permission"),
                "{user} {words:?}: {refused}"
            );
        }
    }
    assert_eq!(redis.tell(&["GET", "admin:session:1"]), "secret");
}

#[tokio::test]
async fn h1_a_user_has_no_command_that_looks_around_or_takes_the_server_over() {
    for words in [
        &["KEYS", "*"][..],
        &["SCAN", "0"],
        &["FLUSHALL"],
        &["CONFIG", "GET", "*"],
        &["ACL", "LIST"],
        &["MONITOR"],
        &["SUBSCRIBE", "x"],
        &["CLIENT", "LIST"],
        &["SCRIPT", "FLUSH"],
    ] {
        let refused = says("customer", words).await.unwrap_err();
        assert_eq!(refused.kind(), ServerErrorKind::NoPerm.into(), "{words:?}: {refused}");
    }
}

#[tokio::test]
async fn nobody_comes_in_without_a_name_or_with_the_wrong_password() {
    let redis = Redis::shared();
    let host = redis.address("").replacen("redis://@", "", 1);
    for user in ["", ":x@", "customer:wrong@", "customer@"] {
        let address = format!("redis://{user}{host}");
        let opened = Client::open(address.as_str()).unwrap().get_multiplexed_async_connection().await;
        let asked = match opened {
            Ok(mut connection) => cmd("PING").query_async::<redis::Value>(&mut connection).await.map(drop),
            Err(error) => Err(error),
        };
        assert!(asked.is_err(), "{address}");
    }
}

#[tokio::test]
async fn what_a_user_may_not_touch_is_as_good_as_away() {
    let foreign = under(Redis::shared(), "customer", "admin").await;
    foreign.put("session:2", "x").await;
    assert_eq!(foreign.get("session:2").await, None);
    assert!(foreign.is_reachable().await, "the connection is as good as before");
}
