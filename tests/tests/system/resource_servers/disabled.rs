//! A disabled account at the resource servers (RS7).

use clock::Clock;
use end_to_end::{people::STAFF_EMAIL, relying_party::bearer};
use idp::flow::accounts;

use super::signed_in::both;
use crate::support::eventually;

/// The tolerance of the APIs' clocks.
const LEEWAY: i64 = 60;

#[tokio::test]
async fn rs7_what_a_disabled_person_holds_ends_within_the_documented_bound() {
    let (system, sides) = both().await;
    let emails = [system.demo.email.as_str(), STAFF_EMAIL];
    for (side, email) in sides.iter().zip(emails) {
        let me = side.at("/api/me");
        bearer(&me, &side.token).await.ok();
        assert!(side.browser.visit(side.at("/")).await.has("sign-out"), "{}", side.realm);
        assert!(accounts::disable(system.realm(side.realm), email).await.unwrap());
        eventually(async || !side.browser.visit(side.at("/")).await.has("sign-out")).await;
    }
    for (side, life) in sides.iter().zip([600, 300]) {
        let claims = side.claims();
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), life, "{}", side.realm);
    }
    let now = system.clock.now();
    system.clock.set(now + 600 + LEEWAY);
    for side in &sides {
        let answer = bearer(&side.at("/api/me"), &side.token).await;
        assert_eq!((answer.status.as_u16(), answer.text("code")), (401, "invalid_token"), "{}", side.realm);
        assert!(!side.browser.visit(side.at("/")).await.has("sign-out"), "{}", side.realm);
    }
}
