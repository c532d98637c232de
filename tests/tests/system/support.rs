//! Where most tests begin: somebody signed in, and a client to try things with.

use end_to_end::{
    Browser, RelyingParty, System,
    people::{Staff, enter_shop, set_up_staff},
};

/// Everything that the example client may ask for.
pub const FULL: &str = "openid profile email offline_access orders";

/// The demo customer at the realm, and the third-party client with a secret.
pub async fn customer() -> (System, Browser, RelyingParty) {
    customer_of(System::start().await).await
}

/// The same in a system with other settings.
pub async fn customer_of(system: System) -> (System, Browser, RelyingParty) {
    let browser = system.browser();
    enter_shop(&system, &browser).await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    (system, browser, client)
}

/// The first member of staff with both factors at the realm, and the client of somebody else's making.
pub async fn staff(system: &System) -> (Staff, Browser, RelyingParty) {
    let browser = system.browser();
    let staff = set_up_staff(system, &browser).await;
    let client = RelyingParty::of(system, "admin", "demo-web").await;
    (staff, browser, client)
}

/// Asks until it is so: for what the system does in the background, soon but not in the same request.
pub async fn eventually(check: impl AsyncFn() -> bool) {
    for _ in 0..2000 {
        if check().await {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("it never came to be");
}
