//! What the procedures have in common: somebody who must not notice.

use end_to_end::{
    Browser, RelyingParty, System,
    people::{enter_shop, sign_in_demo},
    relying_party::JsonAnswer,
};

/// Everything that the example client may ask for.
pub const FULL: &str = "openid profile email offline_access orders";

/// The demo customer at work: a browser with a session, a client, and what that has got.
pub struct Customer {
    pub browser: Browser,
    pub client: RelyingParty,
    pub tokens: JsonAnswer,
}

impl Customer {
    pub async fn of(system: &System) -> Self {
        let browser = system.browser();
        enter_shop(system, &browser).await;
        let client = RelyingParty::of(system, "customer", "demo-web").await;
        let tokens = client.tokens(&browser, FULL).await;
        Self { browser, client, tokens }
    }

    /// Goes on with the session and the tokens of before.
    pub async fn goes_on(&mut self) {
        let (_, code) = self.client.code(&self.browser, &[("prompt", "none")]).await;
        assert!(!code.is_empty(), "the session goes on");
        self.client.userinfo(self.tokens.access_token()).await.ok();
        self.tokens = self.client.refresh(self.tokens.refresh_token()).await.ok();
    }

    /// Signs in once more, in a browser that was never seen.
    pub async fn signs_in(&self, system: &System) {
        let browser = system.browser();
        let page = browser.visit(self.client.authorize(&[]).url.as_str()).await;
        let page = sign_in_demo(system, &browser, &page).await;
        assert!(!page.code().is_empty(), "{}", page.summary());
    }
}

/// Asks until it is so, with pauses: for what servers and jobs do by themselves, soon.
pub async fn eventually(mut check: impl AsyncFnMut() -> bool) {
    for _ in 0..600 {
        if check().await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("it never came to be");
}
