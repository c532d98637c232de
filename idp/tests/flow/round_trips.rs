//! How often each operation waits for the database: what a far database costs.

use database::testing::round_trips;
use idp::store::consents;

use crate::{
    app::{Browser, as_client, bearer, realm_with_apps, redeem, refresh, router},
    harness::NOW,
};

const SCOPE: &str = "openid profile email offline_access";

#[tokio::test]
async fn no_operation_waits_for_the_database_more_often_than_four_times() {
    let scratch = realm_with_apps().await;
    let user = scratch.account("ada@example.com").await;
    consents::remember(&scratch.realm.store.facts, &user, "other", SCOPE, NOW).await.unwrap();
    let router = router(&scratch.realm, &scratch);
    let browser = Browser::signed_in(&scratch, &router, "ada@example.com").await;
    for client in ["app", "other"] {
        let asked = browser.authorize(client, &[("scope", SCOPE)]);
        let (answer, authorization) = round_trips(asked).await;
        let code = answer.param("code").unwrap();
        let (tokens, exchange) = round_trips(redeem(&router, client, &code)).await;
        let (again, refreshing) = round_trips(refresh(&router, client, &tokens.text("refresh_token"))).await;
        let (repeated, repeating) =
            round_trips(refresh(&router, client, &tokens.text("refresh_token"))).await;
        let access = again.text("access_token");
        let (claims, userinfo) = round_trips(bearer(&router, "/userinfo", &access)).await;
        let shown = [("token", access.as_str())];
        let (reported, introspection) = round_trips(as_client(&router, client, "/introspect", &shown)).await;
        for answer in [&tokens, &again, &repeated, &claims, &reported] {
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
        let counted = [authorization, exchange, refreshing, repeating, userinfo, introspection];
        let at_most = [4, 4, 3, 3, 2, 1];
        assert!(
            counted.iter().zip(at_most).all(|(n, most)| *n <= most),
            "{client}: {counted:?}, not {at_most:?}"
        );
        assert!(counted.iter().all(|n| *n > 0), "{client}: {counted:?}");
    }
    let pairs = [("grant_type", "client_credentials"), ("scope", "orders")];
    let (token, own) = round_trips(as_client(&router, "app", "/token", &pairs)).await;
    assert_eq!((token.status.as_u16(), own), (200, 0));
}
