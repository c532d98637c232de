//! A server that is gone, hangs, is full, was flushed or holds junk.

use cache::{Cache, CacheUrl, Limiter, Pace};
use database::testing::scratch;
use testbed::Redis;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use crate::support::{back, cache, url};

const NOW: i64 = 1_800_000_000;

/// Whether a fresh copy can be kept and found.
async fn works(cache: &Cache, key: &str) -> bool {
    cache.put(key, "value").await;
    cache.get(key).await.is_some()
}

#[tokio::test]
async fn a_server_that_is_away_is_found_when_it_is_back() {
    let redis = Redis::start();
    let early = cache(&redis, "customer").await;
    assert!(works(&early, "before").await);
    redis.kill();
    assert!(!works(&early, "while").await);
    let late = Cache::open(&url(&redis, "customer"), "customer").await.unwrap();
    assert!(!works(&late, "while").await, "a start without the server is no failure");
    redis.restart();
    for cache in [&early, &late] {
        back(cache).await;
    }
    assert!(works(&early, "after").await);
    assert_eq!(late.get("after").await.as_deref(), Some("value"));
    assert_eq!(early.get("before").await, None, "what a server forgot is gone");
}

#[tokio::test]
async fn a_server_that_hangs_holds_nobody_up_and_no_copy_survives_an_end() {
    let redis = Redis::start();
    let cache = cache(&redis, "customer").await;
    assert!(works(&cache, "session").await);
    redis.freeze();
    assert_eq!(cache.get("session").await, None);
    cache.end(&["session".to_owned()]).await;
    redis.thaw();
    back(&cache).await;
    assert_eq!(cache.get("session").await, None, "it died by itself before the end was answered");
}

#[tokio::test]
async fn a_full_server_keeps_nothing_new_and_still_ends_what_it_has() {
    let redis = Redis::start();
    let cache = cache(&redis, "customer").await;
    assert!(works(&cache, "old").await);
    redis.tell(&["CONFIG", "SET", "maxmemory", "1"]);
    assert!(!works(&cache, "new").await);
    cache.end(&["old".to_owned()]).await;
    assert_eq!(cache.get("old").await, None);
    assert_eq!(redis.tell(&["EXISTS", "customer:old"]), "0");
    redis.tell(&["CONFIG", "SET", "maxmemory", "0"]);
    assert!(works(&cache, "newer").await);
}

#[tokio::test]
async fn a_flushed_server_and_one_that_forgot_its_scripts_go_on() {
    let redis = Redis::start();
    let cache = cache(&redis, "customer").await;
    let (_place, db) = scratch("test", &[]).await;
    let limiter = Limiter::new(Pace::per_minute(6).unwrap(), Some(cache.clone()), db);
    assert!(limiter.admit("a", NOW).await.unwrap());
    redis.tell(&["FLUSHALL"]);
    redis.tell(&["SCRIPT", "FLUSH"]);
    assert!(limiter.admit("a", NOW).await.unwrap());
    assert!(works(&cache, "after").await);
}

#[tokio::test]
async fn junk_is_no_copy_and_no_full_or_empty_bucket_for_ever() {
    let redis = Redis::start();
    let cache = cache(&redis, "customer").await;
    redis.tell(&["LPUSH", "customer:list", "x"]);
    assert_eq!(cache.get("list").await, None);
    cache.end(&["list".to_owned()]).await;
    assert_eq!(redis.tell(&["TYPE", "customer:list"]), "string", "an end takes the place of anything");

    // without the table of buckets, whatever Redis can't do is told
    let (_place, db) = scratch("test", &[]).await;
    let limiter = Limiter::new(Pace::per_minute(2).unwrap(), Some(cache), db);
    for junk in ["words", "-1", "1e300", "nan", "inf", "-inf", ""] {
        redis.tell(&["SET", "customer:bucket:junk", junk]);
        let mut admitted = 0;
        for _ in 0..4 {
            admitted += usize::from(limiter.admit("junk", NOW).await.unwrap());
        }
        assert_eq!(admitted, 2, "{junk}");
    }
    redis.tell(&["DEL", "customer:bucket:junk"]);
    redis.tell(&["LPUSH", "customer:bucket:junk", "x"]);
    assert!(limiter.admit("junk", NOW).await.is_err(), "asked of the database instead");
}

/// A server that agrees to everything and answers scripts with `answer`.
async fn impostor(answer: &'static str) -> CacheUrl {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("redis://customer@{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut bytes = [0; 4096];
                while let Ok(read @ 1..) = stream.read(&mut bytes).await {
                    let text = String::from_utf8_lossy(&bytes[..read]).into_owned();
                    // a command begins with the number of its words
                    for command in text.split('*').filter(|command| command.contains("\r\n$")) {
                        let said = if command.contains("EVAL") { answer } else { "+OK" };
                        stream.write_all(format!("{said}\r\n").as_bytes()).await.unwrap();
                    }
                }
            });
        }
    });
    let url: CacheUrl = address.parse().unwrap();
    url.with_password("any")
}

#[tokio::test]
async fn e2_a_server_that_answers_anything_switches_no_limit_off_and_keeps_nobody_out() {
    for answer in ["+OK", ":1", ":0", ":-1", ":9223372036854775807", ":-9223372036854775808", "$2\r\nno"] {
        let (_place, db) = scratch("test", crate::limiter::SET).await;
        let cache = Cache::open(&impostor(answer).await, "customer").await.unwrap();
        let limiter = Limiter::new(Pace::per_minute(2).unwrap(), Some(cache), db);
        let mut admitted = 0;
        for _ in 0..6 {
            admitted += usize::from(limiter.admit("somebody", NOW).await.unwrap());
        }
        assert_eq!(admitted, 2, "{answer}: the database counts");
    }
}
