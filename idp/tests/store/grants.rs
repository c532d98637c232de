//! Grants: from the code to its redemption.

use database::sql;
use idp::store::{Store, grants, sessions};
use protocol::{
    acr::{self, Amr},
    authorize::RequestedClaims,
    grant::Grant,
    pkce::Challenge,
    scope::Scope,
};

use crate::harness::{NOW, Scratch, new_session, session, stores, user, winners};

/// A grant of `u1` in the session `s1` to the client `app`.
pub fn grant(id: &str) -> Grant {
    Grant {
        id: id.to_owned(),
        client_id: "app".to_owned(),
        user_id: "u1".to_owned(),
        sid: "s1".to_owned(),
        scope: Scope::parse("email offline_access openid").unwrap(),
        redirect_uri: "https://app.example.com/callback?a=b".to_owned(),
        nonce: Some("n-ünïcode\"'".to_owned()),
        code_challenge: Some(Challenge::stored("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned())),
        claims: RequestedClaims::parse(Some(r#"{"userinfo":{"name":null}}"#)).unwrap(),
        auth_time: NOW - 5,
        acr: acr::MULTI.to_owned(),
        amr: [acr::PWD, acr::OTP, acr::MFA].into_iter().collect::<Amr>(),
        code_expires_at: NOW + 60,
        issued_at: NOW,
        generation: 0,
        generation_at: NOW,
        refresh_expires_at: NOW + 1000,
        refresh_absolute_at: NOW + 5000,
        revoked_at: None,
    }
}

pub async fn issue(store: &Store, grant: &Grant, code: &str) {
    let mut tx = store.facts.begin().await.unwrap();
    grants::issue(&mut tx, grant, code).await.unwrap();
    tx.commit().await.unwrap();
}

/// A grant of the account `u1`, its code not redeemed.
pub async fn issued(store: &Scratch) -> Grant {
    user(store, "u1").await;
    let grant = grant("g1");
    issue(store, &grant, "code").await;
    grant
}

/// What showing a code led to.
#[derive(Debug)]
pub enum Claim {
    Claimed(Box<Grant>),
    Replayed(Box<Grant>),
    Unknown,
}

/// Shows a code, as the token endpoint does.
pub async fn claim(store: &Store, code: &str, now: i64) -> Claim {
    if let Some(grant) = grants::redeem(&store.facts, code, now).await.unwrap() {
        return Claim::Claimed(grant);
    }
    let mut tx = store.facts.begin().await.unwrap();
    let replayed = grants::replay(&mut tx, code, now).await.unwrap();
    tx.commit().await.unwrap();
    replayed.map_or(Claim::Unknown, Claim::Replayed)
}

pub fn claimed(claim: Claim) -> Grant {
    match claim {
        Claim::Claimed(grant) => *grant,
        other => panic!("not claimed: {other:?}"),
    }
}

fn replayed(claim: Claim) -> Grant {
    match claim {
        Claim::Replayed(grant) => *grant,
        other => panic!("not replayed: {other:?}"),
    }
}

#[tokio::test]
async fn a_redeemed_code_gives_the_grant_as_it_was_issued() {
    for store in stores().await {
        let issued = issued(&store).await;
        let redeemed = claimed(claim(&store, "code", NOW + 3).await);
        assert_eq!(redeemed, Grant { generation: 1, generation_at: NOW + 3, ..issued });
        assert_eq!(grants::redeemed(&store.facts, "g1").await.unwrap(), Some(redeemed));
    }
}

#[tokio::test]
async fn a_grant_without_nonce_challenge_and_claims_comes_back_without_them() {
    for store in stores().await {
        user(&store, "u1").await;
        let bare = Grant {
            nonce: None,
            code_challenge: None,
            claims: RequestedClaims::default(),
            amr: Amr::default(),
            ..grant("g1")
        };
        issue(&store, &bare, "code").await;
        let redeemed = claimed(claim(&store, "code", NOW).await);
        assert_eq!(redeemed, Grant { generation: 1, ..bare });
    }
}

#[tokio::test]
async fn a_grant_whose_code_was_not_redeemed_refreshes_nothing() {
    for store in stores().await {
        issued(&store).await;
        assert_eq!(grants::redeemed(&store.facts, "g1").await.unwrap(), None);
        assert_eq!(grants::redeemed(&store.facts, "unknown").await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_unknown_code_changes_nothing() {
    for store in stores().await {
        issued(&store).await;
        for code in ["other", "", "CODE", "g1"] {
            assert!(matches!(claim(&store, code, NOW).await, Claim::Unknown), "{code}");
        }
        assert_eq!(claimed(claim(&store, "code", NOW).await).revoked_at, None);
    }
}

#[tokio::test]
async fn t6_a_replayed_code_revokes_the_grant_and_every_further_one_finds_it_so() {
    for store in stores().await {
        issued(&store).await;
        claimed(claim(&store, "code", NOW).await);
        assert_eq!(replayed(claim(&store, "code", NOW + 40).await).revoked_at, Some(NOW + 40));
        assert_eq!(replayed(claim(&store, "code", NOW + 99).await).revoked_at, Some(NOW + 40));
        let grant = grants::redeemed(&store.facts, "g1").await.unwrap().unwrap();
        assert_eq!(grant.revoked_at, Some(NOW + 40));
        assert!(!grants::advance(&store.facts, "g1", 1, NOW + 41, NOW + 2000).await.unwrap());
    }
}

#[tokio::test]
async fn t6_a_replay_leaves_other_grants_alone() {
    for store in stores().await {
        issued(&store).await;
        issue(&store, &grant("g2"), "code-2").await;
        claimed(claim(&store, "code", NOW).await);
        replayed(claim(&store, "code", NOW).await);
        assert_eq!(claimed(claim(&store, "code-2", NOW).await).revoked_at, None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t6_of_many_who_show_the_same_code_at_once_one_gets_it_and_the_grant_is_dead() {
    for store in stores().await {
        issued(&store).await;
        let answers = store.race(|_, store| async move {
            match claim(&store, "code", NOW).await {
                Claim::Claimed(_) => true,
                Claim::Replayed(grant) => {
                    assert!(grant.revoked_at.is_some());
                    false
                }
                Claim::Unknown => panic!("the code was there"),
            }
        });
        assert_eq!(winners(&answers.await), 1);
        let grant = grants::redeemed(&store.facts, "g1").await.unwrap().unwrap();
        assert_eq!((grant.generation, grant.revoked_at), (1, Some(NOW)));
    }
}

#[tokio::test]
async fn t14_a_code_of_a_revoked_grant_is_used_up_and_shows_that_it_is_dead() {
    for store in stores().await {
        issued(&store).await;
        assert!(grants::revoke(&store.facts, "g1", "signed_out", NOW + 1).await.unwrap());
        assert_eq!(claimed(claim(&store, "code", NOW + 2).await).revoked_at, Some(NOW + 1));
        assert_eq!(replayed(claim(&store, "code", NOW + 3).await).revoked_at, Some(NOW + 1));
    }
}

#[tokio::test]
async fn a_code_is_never_issued_twice_and_a_grant_of_nobody_not_at_all() {
    for store in stores().await {
        issued(&store).await;
        for (twin, code) in [(grant("g2"), "code"), (grant("g1"), "other")] {
            let mut tx = store.facts.begin().await.unwrap();
            assert!(grants::issue(&mut tx, &twin, code).await.unwrap_err().is_conflict());
        }
        let mut tx = store.facts.begin().await.unwrap();
        let of_nobody = Grant { user_id: "nobody".into(), ..grant("g3") };
        assert!(grants::issue(&mut tx, &of_nobody, "third").await.is_err());
    }
}

#[tokio::test]
async fn a_code_whose_transaction_is_dropped_never_was() {
    for store in stores().await {
        user(&store, "u1").await;
        let mut tx = store.facts.begin().await.unwrap();
        grants::issue(&mut tx, &grant("g1"), "code").await.unwrap();
        drop(tx);
        assert!(matches!(claim(&store, "code", NOW).await, Claim::Unknown));
    }
}

#[tokio::test]
async fn e2_a_row_that_does_not_read_back_loses_rights() {
    for store in stores().await {
        issued(&store).await;
        sql("UPDATE grants SET scope = $1, amr = 'x', claims = '[]' WHERE id = 'g1'")
            .bind("openid \"everything\"")
            .run(&store.facts)
            .await
            .unwrap();
        let read = claimed(claim(&store, "code", NOW).await);
        assert!(read.scope.is_empty() && read.amr.is_empty());
        assert_eq!(read.claims, RequestedClaims::default());
    }
}

#[tokio::test]
async fn t14_no_code_is_issued_in_a_session_that_has_ended() {
    for store in stores().await {
        user(&store, "u1").await;
        session(&store, &new_session("s1", "u1")).await;
        let issued = async |id: &str| grants::issue(&store.facts, &grant(id), id).await.unwrap();
        assert!(issued("g1").await);
        sessions::end(&store.facts, "s1", NOW).await.unwrap();
        assert!(!issued("g2").await);
        assert!(matches!(claim(&store, "g2", NOW).await, Claim::Unknown));
    }
}
