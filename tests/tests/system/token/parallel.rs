//! Fifty at once.

use std::sync::Arc;

use end_to_end::{RelyingParty, relying_party::JsonAnswer};
use tokio::task::JoinSet;

use super::codes::assert_dead;
use crate::support::{FULL, customer};

const AT_ONCE: usize = 50;

/// The same request from many places, each on a connection of its own.
async fn all_at_once<F>(client: &RelyingParty, call: impl Fn(RelyingParty) -> F) -> Vec<JsonAnswer>
where
    F: Future<Output = JsonAnswer> + Send + 'static,
{
    let mut calls = JoinSet::new();
    for _ in 0..AT_ONCE {
        calls.spawn(call(client.clone()));
    }
    calls.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn t6_of_fifty_parallel_redemptions_one_succeeds_and_then_everything_is_dead() {
    let (_system, browser, client) = customer().await;
    let (attempt, code) = client.code(&browser, &[("scope", FULL)]).await;
    let shown = Arc::new((code, attempt.verifier));
    let answers = all_at_once(&client, |client| {
        let shown = shown.clone();
        async move { client.redeem_with(&shown.0, &shown.1).await }
    })
    .await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!(won.len(), 1);
    for answer in &lost {
        answer.refused(400, "invalid_grant");
    }
    assert_dead(&client, &won[0]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tok5_fifty_parallel_refreshes_all_get_the_same_successor() {
    let (_system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let old = Arc::new(tokens.refresh_token().to_owned());
    let answers = all_at_once(&client, |client| {
        let old = old.clone();
        async move { client.refresh(&old).await }
    })
    .await;
    let successors: Vec<String> =
        answers.iter().map(|answer| answer.clone().ok().refresh_token().to_owned()).collect();
    assert!(successors.iter().all(|token| *token == successors[0] && **token != **old));
    let next = client.refresh(&successors[0]).await.ok();
    client.userinfo(next.access_token()).await.ok();
}
