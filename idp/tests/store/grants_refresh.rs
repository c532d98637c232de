//! Grants: the generations of their refresh tokens, and tokens without a grant.

use idp::store::grants;
use protocol::grant::Grant;

use crate::{
    grants::{claim, issued},
    harness::{NOW, Scratch, stores, winners},
};

/// A grant whose code was redeemed: generation 1 is current.
async fn redeemed(store: &Scratch) {
    issued(store).await;
    claim(store, "code", NOW).await;
}

async fn read(store: &Scratch) -> Grant {
    grants::redeemed(&store.facts, "g1").await.unwrap().unwrap()
}

#[tokio::test]
async fn t11_a_generation_follows_only_the_one_that_counts() {
    for store in stores().await {
        redeemed(&store).await;
        for (id, from, moves) in [("g1", 0, false), ("g1", 2, false), ("unknown", 1, false), ("g1", 1, true)]
        {
            let moved = grants::advance(&store.facts, id, from, NOW + 10, NOW + 900).await.unwrap();
            assert_eq!(moved, moves, "{id} from {from}");
        }
        let grant = read(&store).await;
        assert_eq!((grant.generation, grant.generation_at), (2, NOW + 10));
        assert_eq!((grant.refresh_expires_at, grant.refresh_absolute_at), (NOW + 900, NOW + 5000));
        assert!(!grants::advance(&store.facts, "g1", 1, NOW + 11, NOW + 901).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o2_of_many_refreshes_at_once_one_moves_the_generation_on() {
    for store in stores().await {
        redeemed(&store).await;
        let answers = store.race(|_, store| async move {
            grants::advance(&store.facts, "g1", 1, NOW + 10, NOW + 900).await.unwrap()
        });
        assert_eq!(winners(&answers.await), 1);
        assert_eq!(read(&store).await.generation, 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t14_a_revocation_amid_refreshes_is_final() {
    for store in stores().await {
        redeemed(&store).await;
        let answers = store.race(|racer, store| async move {
            if racer == 5 {
                grants::revoke(&store.facts, "g1", "signed_out", NOW + 10).await.unwrap()
            } else {
                grants::advance(&store.facts, "g1", 1, NOW + 10, NOW + 900).await.unwrap()
            }
        });
        assert!(answers.await[5]);
        let grant = read(&store).await;
        assert_eq!(grant.revoked_at, Some(NOW + 10));
        assert!(!grants::advance(&store.facts, "g1", grant.generation, NOW + 11, NOW + 900).await.unwrap());
    }
}

#[tokio::test]
async fn t12_a_token_that_does_not_rotate_is_prolonged_unless_it_was_revoked() {
    for store in stores().await {
        redeemed(&store).await;
        assert!(grants::prolong(&store.facts, "g1", NOW + 1500).await.unwrap());
        assert!(!grants::prolong(&store.facts, "unknown", NOW + 1500).await.unwrap());
        let grant = read(&store).await;
        assert_eq!((grant.generation, grant.refresh_expires_at), (1, NOW + 1500));
        assert_eq!(grant.refresh_absolute_at, NOW + 5000);
        assert!(grants::revoke(&store.facts, "g1", "test", NOW + 1).await.unwrap());
        assert!(!grants::prolong(&store.facts, "g1", NOW + 2000).await.unwrap());
        assert!(!grants::advance(&store.facts, "g1", 1, NOW + 2, NOW + 2000).await.unwrap());
        assert_eq!(read(&store).await.refresh_expires_at, NOW + 1500);
    }
}

#[tokio::test]
async fn a_token_without_a_grant_is_revoked_by_its_own_id() {
    for store in stores().await {
        assert!(!grants::token_standing(&store.facts, "j1").await.unwrap().0);
        for _ in 0..2 {
            grants::revoke_token(&store.facts, "j1", NOW + 60).await.unwrap();
            assert!(grants::token_standing(&store.facts, "j1").await.unwrap().0);
        }
        assert!(!grants::token_standing(&store.facts, "j2").await.unwrap().0);
        assert!(!grants::token_standing(&store.facts, "").await.unwrap().0);
    }
}
