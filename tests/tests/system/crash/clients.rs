//! What clients held when the program was killed.

use std::sync::Arc;

use end_to_end::{Browser, Program, RelyingParty, http_client, people::sign_in, relying_party::Attempt};
use tokio::task::JoinSet;

use crate::support::FULL;

async fn signed_in(program: &Program) -> (Browser, RelyingParty) {
    let (browser, client) = (program.browser(), program.client("customer").await);
    let (email, password) = program.demo();
    let page = browser.visit(client.authorize(&[("scope", FULL)]).url.as_str()).await;
    let page = sign_in(&browser, &page, (&email, &password)).await;
    browser.submit(&page.form("consent-allow").press("consent-allow")).await.code();
    (browser, client)
}

async fn code(browser: &Browser, client: &RelyingParty) -> (Attempt, String) {
    client.code(browser, &[("scope", FULL)]).await
}

#[tokio::test]
async fn a_code_survives_a_kill_and_works_once() {
    let mut program = Program::start().await;
    let (browser, client) = signed_in(&program).await;
    let (attempt, code) = code(&browser, &client).await;
    program.kill_and_restart();
    let tokens = client.redeem(&attempt, &code).await.ok();
    program.kill_and_restart();
    client.userinfo(tokens.access_token()).await.ok();
    client.redeem(&attempt, &code).await.refused(400, "invalid_grant");
    assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
    program.kill_and_restart();
    assert_eq!(client.userinfo(tokens.access_token()).await.status, 401, "O18: still dead");
    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn a_rotation_survives_a_kill() {
    let mut program = Program::start().await;
    let (browser, client) = signed_in(&program).await;
    let mut tokens = client.tokens(&browser, FULL).await;
    for _ in 0..3 {
        let next = client.refresh(tokens.refresh_token()).await.ok();
        assert_ne!(next.refresh_token(), tokens.refresh_token());
        program.kill_and_restart();
        tokens = next;
    }
    client.userinfo(tokens.access_token()).await.ok();
    client.revoke(tokens.refresh_token()).await.ok();
    program.kill_and_restart();
    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
}

/// A redemption that may be cut off: whether it was told to have worked.
async fn worked(client: RelyingParty, code: Arc<(String, String)>) -> bool {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code.0),
        ("code_verifier", &code.1),
        ("redirect_uri", &client.redirect_uri),
    ];
    let request = http_client::client().post(client.endpoint("token"));
    let answer = request.basic_auth(&client.client_id, Some(&client.secret)).form(&form).send().await;
    answer.is_ok_and(|answer| answer.status().is_success())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_that_is_redeemed_while_the_program_is_killed_works_at_most_once() {
    let mut program = Program::start().await;
    let (browser, client) = signed_in(&program).await;
    for kill_after in [1, 3, 6] {
        let (attempt, code) = code(&browser, &client).await;
        let shown = Arc::new((code, attempt.verifier));
        let mut calls = JoinSet::new();
        for _ in 0..8 {
            calls.spawn(worked(client.clone(), shown.clone()));
        }
        let mut successes = 0;
        for _ in 0..kill_after {
            successes += usize::from(calls.join_next().await.unwrap().unwrap());
        }
        program.kill();
        successes += calls.join_all().await.into_iter().filter(|worked| *worked).count();
        program.kill_and_restart();
        successes += usize::from(worked(client.clone(), shown).await);
        assert!(successes <= 1, "killed after {kill_after} answers: {successes} successes");
    }
}
