//! Signing keys that follow each other while relying parties, a resource and other clients work with cached key sets.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use clock::{Clock, ManualClock};
use end_to_end::{
    RelyingParty, System,
    people::enter_shop,
    relying_party::{bearer, header},
};
use idp::{flow::signing_keys, realm::Realm};
use protocol::{
    access_token::{self, Expect},
    jose::KeySet,
};
use tokio::{sync::RwLock, task::JoinSet};

use crate::support::eventually;

const SCOPE: &str = "openid email offline_access orders";
/// The least that a realm's file may ask for, seconds.
const PUBLISH_AHEAD: i64 = 600;
/// As long as the key set says that it may be cached, seconds.
const CACHED: i64 = 300;
const CLIENTS: usize = 3;

/// A client that believes its cache of the key set for as long as it was told to.
struct Caching {
    client: RelyingParty,
    orders: String,
    clock: Arc<ManualClock>,
    /// Held while a token is under way: the time stands still then, the keys don't.
    moment: Arc<RwLock<()>>,
    tokens: Arc<AtomicUsize>,
    over: Arc<AtomicBool>,
}

impl Caching {
    /// Refreshes and uses the new token in three ways, until it is over.
    async fn work(self, mut refresh_token: String) {
        let (mut keys, mut fetched) = (self.keys().await, self.clock.now());
        while !self.over.load(Ordering::Relaxed) {
            let _moment = self.moment.read().await;
            let now = self.clock.now();
            if now - fetched >= CACHED {
                (keys, fetched) = (self.keys().await, now);
            }
            let tokens = self.client.refresh(&refresh_token).await.ok();
            let token = tokens.access_token();
            let expect =
                Expect { issuer: self.client.issuer(), audience: None, leeway: 0, max_lifetime: 3600 };
            let verified = access_token::verify(&keys, token, &expect, now);
            assert!(verified.is_ok(), "{verified:?} {}", header(token));
            assert!(keys.has(header(tokens.id_token())["kid"].as_str().unwrap()));
            self.client.userinfo(token).await.ok();
            bearer(&self.orders, token).await.ok();
            tokens.refresh_token().clone_into(&mut refresh_token);
            self.tokens.fetch_add(1, Ordering::Relaxed);
        }
    }

    async fn keys(&self) -> KeySet {
        KeySet::from_jwks(&self.client.jwks().await.to_string()).unwrap()
    }
}

/// Waits until the clients have used that many more tokens.
async fn used(tokens: &AtomicUsize, more: usize) {
    let wanted = tokens.load(Ordering::Relaxed) + more;
    eventually(async || tokens.load(Ordering::Relaxed) >= wanted).await;
}

fn active(realm: &Realm) -> Vec<String> {
    let facts = realm.keys.now().facts.clone();
    facts.into_iter().filter(|key| key.state.as_str() == "active").map(|key| key.kid).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn key1_no_valid_token_is_refused_over_three_rotations_under_load_with_cached_key_sets() {
    let system = System::start_with(&[("customer", "keys.publish_ahead", "10m")]).await;
    let browser = system.browser();
    enter_shop(&system, &browser).await;
    let (moment, tokens, over) =
        (Arc::default(), Arc::<AtomicUsize>::default(), Arc::<AtomicBool>::default());
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        let client = RelyingParty::of(&system, "customer", "demo-web").await;
        let first = client.tokens(&browser, SCOPE).await;
        let caching = Caching {
            client,
            orders: format!("{}/api/orders", system.urls.storefront),
            clock: system.clock.clone(),
            moment: Arc::clone(&moment),
            tokens: tokens.clone(),
            over: over.clone(),
        };
        clients.spawn(caching.work(first.refresh_token().to_owned()));
    }
    let realm = system.realm("customer");
    signing_keys::maintain(realm).await.unwrap();
    // another replica rotates; the one that is asked notices by itself
    let replica = system.replica("customer").await;
    for _ in 0..3 {
        {
            let _alone = moment.write().await;
            system.clock.advance(PUBLISH_AHEAD);
        }
        used(&tokens, CLIENTS).await;
        let before = active(realm);
        for algorithm in idp::realm::ALGORITHMS {
            signing_keys::rotate_now(&replica, algorithm, replica.now()).await.unwrap().unwrap();
        }
        used(&tokens, CLIENTS).await;
        eventually(async || active(realm).iter().all(|kid| !before.contains(kid))).await;
        used(&tokens, 2 * CLIENTS).await;
    }
    over.store(true, Ordering::Relaxed);
    clients.join_all().await;
    println!("{} tokens", tokens.load(Ordering::Relaxed));
}
