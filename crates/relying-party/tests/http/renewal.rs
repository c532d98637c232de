//! Renewing a session's tokens at the realm.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use database::{Db, sql};
use relying_party::{KeySource, Unreachable, paths, testing::TestRealm};

use crate::support::{
    NOW, Shop, config,
    provider::{Mood, Provider},
};

/// A signed-in browser with a refresh token; its access token lasts until `NOW + 300`.
async fn signed_in() -> (Arc<Shop>, Arc<Provider>, String) {
    let provider = Provider::start().await;
    let shop = Shop::with(config(&provider.realm.issuer), provider.realm.clone(), None).await;
    let cookie =
        relying_party::testing::sign_in(&shop.relying_party, &provider.access_token(), Some("refresh-1"))
            .await;
    (Arc::new(shop), provider, cookie)
}

fn later(shop: &Shop, provider: &Provider, seconds: i64) {
    shop.clock.set(NOW + seconds);
    provider.now.store(NOW + seconds, Ordering::SeqCst);
}

async fn status(shop: &Shop, cookie: &str) -> u16 {
    shop.get("/me", &[("cookie", cookie)]).await.status.as_u16()
}

#[tokio::test]
async fn rp10_o4_fifty_parallel_requests_on_an_expired_token_make_one_call() {
    let (shop, provider, cookie) = signed_in().await;
    later(&shop, &provider, 301);
    let requests: Vec<_> = (0..50)
        .map(|_| {
            let (shop, cookie) = (Arc::clone(&shop), cookie.clone());
            tokio::spawn(async move { status(&shop, &cookie).await })
        })
        .collect();
    for request in requests {
        assert_eq!(request.await.unwrap(), 200);
    }
    assert_eq!(provider.refreshes.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends_and_not_earlier() {
    let (shop, provider, cookie) = signed_in().await;
    for (at, calls) in [(269, 0), (270, 1), (271, 1)] {
        later(&shop, &provider, at);
        assert_eq!(status(&shop, &cookie).await, 200);
        assert_eq!(provider.refreshes.load(Ordering::SeqCst), calls, "at {at}");
    }
}

#[tokio::test]
async fn o17_a_realm_that_breaks_never_ends_a_session() {
    let (shop, provider, cookie) = signed_in().await;
    provider.set(Mood::Breaks);
    later(&shop, &provider, 280);
    assert_eq!(status(&shop, &cookie).await, 200, "the token still holds");
    later(&shop, &provider, 301);
    assert_eq!(status(&shop, &cookie).await, 503);
    provider.set(Mood::Renews);
    later(&shop, &provider, 320);
    assert_eq!(status(&shop, &cookie).await, 200);
}

#[tokio::test]
async fn a_refused_refresh_token_ends_the_session() {
    let (shop, provider, cookie) = signed_in().await;
    provider.set(Mood::Refuses);
    later(&shop, &provider, 301);
    assert_eq!(status(&shop, &cookie).await, 401);
    provider.set(Mood::Renews);
    assert_eq!(status(&shop, &cookie).await, 401, "ended, not paused");
    assert_eq!(provider.refreshes.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn o1_a_request_that_goes_away_does_not_lose_the_new_tokens() {
    let (shop, provider, cookie) = signed_in().await;
    later(&shop, &provider, 301);
    let hasty = tokio::time::timeout(Duration::from_millis(20), status(&shop, &cookie)).await;
    assert!(hasty.is_err());
    assert_eq!(status(&shop, &cookie).await, 200);
    assert_eq!(provider.refreshes.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn rp10_replicas_on_one_database_both_go_on() {
    let (shop, provider, cookie) = signed_in().await;
    let replica = shop.restarted(config(&provider.realm.issuer));
    later(&shop, &provider, 301);
    let there =
        test_browser::send(&replica, crate::support::request("GET", "/me", &[("cookie", &cookie)], ""));
    let (here, there) = tokio::join!(status(&shop, &cookie), there);
    assert_eq!((here, there.status.as_u16()), (200, 200));
    assert!(provider.refreshes.load(Ordering::SeqCst) <= 2);
}

database::record! { struct Number { n: i64 } }

async fn number(shop: &Shop, text: &'static str) -> i64 {
    sql(text).one::<Number>(&shop.db).await.unwrap().n
}

/// The next `times` attempts to store new tokens fail; `faults` tells how many are left.
async fn break_storing(shop: &Shop, times: i64) {
    let statements = match shop.db {
        // FAIL, unlike ABORT, keeps what the trigger has counted
        Db::Sqlite { .. } => vec![
            "CREATE TABLE faults (n BIGINT NOT NULL)".to_owned(),
            format!("INSERT INTO faults (n) VALUES ({times})"),
            "CREATE TRIGGER breaks BEFORE UPDATE OF sealed ON bff_sessions WHEN (SELECT n FROM faults) > 0 \
             BEGIN UPDATE faults SET n = n - 1; SELECT RAISE(FAIL, 'the disk is busy'); END"
                .to_owned(),
        ],
        // a sequence keeps its count when the rest is rolled back
        Db::Postgres(_) => vec![
            "CREATE SEQUENCE tries".to_owned(),
            format!(
                "CREATE VIEW faults AS SELECT CAST(GREATEST({times} - last_value, 0) AS BIGINT) AS n FROM tries"
            ),
            format!(
                "CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                 IF nextval('tries') <= {times} THEN RAISE EXCEPTION 'the disk is busy'; END IF; RETURN NEW; END $$"
            ),
            "CREATE TRIGGER breaks BEFORE UPDATE OF sealed ON bff_sessions FOR EACH ROW EXECUTE FUNCTION break()"
                .to_owned(),
        ],
    };
    for statement in statements {
        sql(statement.leak()).run(&shop.db).await.unwrap();
    }
}

#[tokio::test]
async fn o1_new_tokens_are_stored_although_the_database_fails_at_first() {
    let (shop, provider, cookie) = signed_in().await;
    break_storing(&shop, 3).await;
    later(&shop, &provider, 301);
    assert_eq!(status(&shop, &cookie).await, 200);
    assert_eq!(provider.refreshes.load(Ordering::SeqCst), 1);
    assert_eq!(number(&shop, "SELECT n FROM faults").await, 0);
}

#[tokio::test]
async fn o1_storing_is_given_up_after_a_few_attempts_and_the_session_stays() {
    let (shop, provider, cookie) = signed_in().await;
    break_storing(&shop, 5).await;
    later(&shop, &provider, 301);
    assert_eq!(status(&shop, &cookie).await, 503);
    assert_eq!(number(&shop, "SELECT n FROM faults").await, 1);
    assert_eq!(status(&shop, &cookie).await, 200);
}

/// Keys that are there at first and then never answer.
#[derive(Debug)]
struct Stalling(TestRealm, AtomicBool);

impl KeySource for Stalling {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = Result<String, Unreachable>> + Send + '_>> {
        Box::pin(async {
            if self.1.swap(true, Ordering::SeqCst) {
                std::future::pending::<()>().await;
            }
            Ok(self.0.jwks().to_string())
        })
    }
}

#[tokio::test]
async fn o1_new_tokens_are_stored_before_they_are_verified() {
    let provider = Provider::start().await;
    let keys = Arc::new(Stalling(provider.realm.clone(), AtomicBool::new(false)));
    let shop = Shop::with(config(&provider.realm.issuer), provider.realm.clone(), Some(keys)).await;
    let cookie =
        relying_party::testing::sign_in(&shop.relying_party, &provider.access_token(), Some("refresh-1"))
            .await;
    // the keys are old by now: verifying waits for new ones
    later(&shop, &provider, 700);
    let stored = async {
        while number(&shop, "SELECT version AS n FROM bff_sessions").await == 1 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::select! {
        answer = status(&shop, &cookie) => panic!("answered {answer} without keys"),
        stored = tokio::time::timeout(Duration::from_secs(10), stored) => stored.unwrap(),
    }
    assert_eq!(number(&shop, "SELECT access_expires_at AS n FROM bff_sessions").await, NOW + 1000);
}

#[tokio::test]
async fn a_realm_that_tells_no_lifetime_is_not_asked_at_every_request() {
    let (shop, provider, cookie) = signed_in().await;
    provider.tells_lifetime.store(false, Ordering::SeqCst);
    later(&shop, &provider, 301);
    for _ in 0..3 {
        assert_eq!(status(&shop, &cookie).await, 200);
    }
    assert_eq!(provider.refreshes.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn p1_while_the_realm_is_away_open_pages_stay_open_and_signing_out_works() {
    let (shop, provider, cookie) = signed_in().await;
    let csrf = shop.csrf(&cookie).await;
    provider.set(Mood::Breaks);
    later(&shop, &provider, 301);
    let page = shop.get("/page", &[("cookie", &cookie)]).await;
    assert_eq!((page.status.as_u16(), &page.json()["away"]), (200, &true.into()));
    assert_eq!((&page.json()["subject"], &page.json()["csrf"]), (&().into(), &csrf.as_str().into()));
    assert_eq!(status(&shop, &cookie).await, 503);
    let answer = shop.post_form(paths::LOGOUT, &cookie, &format!("csrf={csrf}")).await;
    assert_eq!(answer.status, 303);
    assert_eq!(shop.get("/page", &[("cookie", &cookie)]).await.json()["away"], false);
}

#[tokio::test]
async fn rp10_a_realm_that_hangs_is_called_once_and_then_left_alone_for_a_while() {
    let (shop, provider, cookie) = signed_in().await;
    provider.set(Mood::Breaks);
    *provider.slow.lock().unwrap() = Some(Arc::clone(&shop.clock));
    later(&shop, &provider, 301);
    let waiters: Vec<_> = (0..5)
        .map(|_| {
            let (shop, cookie) = (Arc::clone(&shop), cookie.clone());
            tokio::spawn(async move { status(&shop, &cookie).await })
        })
        .collect();
    for waiter in waiters {
        assert_eq!(waiter.await.unwrap(), 503);
    }
    // one call is two tries
    assert_eq!(provider.refreshes.load(Ordering::SeqCst), 2);
    assert_eq!(status(&shop, &cookie).await, 503);
    assert_eq!(provider.refreshes.load(Ordering::SeqCst), 2, "remembered with nobody waiting");
    shop.clock.advance(5);
    assert_eq!(status(&shop, &cookie).await, 503);
    assert_eq!(provider.refreshes.load(Ordering::SeqCst), 4);
}
