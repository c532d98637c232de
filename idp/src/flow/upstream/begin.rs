//! Somebody is sent to an upstream.

use protocol::{acr, authorize::PromptValue, secret};

use super::{Aim, Attempt};
use crate::{
    flow::Result,
    realm::Realm,
    realm::upstream::{Ask, Failed, Upstream},
    session::{Visit, interaction::Interaction},
    store::pending_upstream,
};

/// How long a person may take there, in seconds.
pub const LIFE_SECONDS: i64 = 600;

/// What is asked of the upstream beside who the person is.
#[derive(Default)]
struct Wish {
    max_age: Option<i64>,
    login_hint: Option<String>,
    two_factors: bool,
    chooses_account: bool,
}

/// Sends a person who wants to sign in. Returns where the browser goes.
pub async fn sign_in(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    upstream: &Upstream,
) -> Result<std::result::Result<String, Failed>> {
    let request = interaction.request();
    let asks_anew = request.prompt.has(PromptValue::Login);
    let wish = Wish {
        max_age: if asks_anew { Some(0) } else { request.max_age },
        two_factors: realm.second_factor_required() || request.named_contexts().any(|acr| acr == acr::MULTI),
        login_hint: request.login_hint,
        chooses_account: request.prompt.has(PromptValue::SelectAccount),
    };
    let language = interaction.language(realm, visit).tag();
    start(realm, visit, upstream, Aim::SignIn { interaction: interaction.id.clone() }, (wish, language)).await
}

/// Sends a signed-in person who wants to connect an account there. Returns where the browser goes.
pub async fn connect(
    realm: &Realm,
    visit: &Visit,
    sid: &str,
    upstream: &Upstream,
) -> Result<std::result::Result<String, Failed>> {
    let aim = Aim::Connect { sid: sid.to_owned() };
    start(
        realm,
        visit,
        upstream,
        aim,
        (Wish { chooses_account: true, ..Wish::default() }, visit.language.tag()),
    )
    .await
}

async fn start(
    realm: &Realm,
    visit: &Visit,
    upstream: &Upstream,
    aim: Aim,
    (wish, language): (Wish, &str),
) -> Result<std::result::Result<String, Failed>> {
    let now = realm.now();
    let attempt = Attempt {
        upstream: upstream.config.id.clone(),
        nonce: realm.new_token(),
        verifier: realm.new_token(),
        signed_in_since: wish.max_age.map(|seconds| now.saturating_sub(seconds)),
        aim,
    };
    let state = realm.new_token();
    let ask = Ask {
        state: &state,
        nonce: &attempt.nonce,
        verifier: &attempt.verifier,
        language,
        login_hint: wish.login_hint.as_deref(),
        max_age: wish.max_age,
        two_factors: wish.two_factors,
        chooses_account: wish.chooses_account,
    };
    let url = match upstream.authorization_url(ask, realm.elapsed()).await {
        Ok(url) => url,
        Err(failed) => return Ok(Err(failed)),
    };
    let state_hash = secret::hash(&state);
    let new = pending_upstream::Attempt {
        state_hash: &state_hash,
        browser_hash: &visit.browser_hash(),
        source: &visit.source(realm),
        sealed: &attempt.seal(realm, &state_hash)?,
        expires_at: now + LIFE_SECONDS,
    };
    pending_upstream::keep(&realm.store.pending, &new, realm.config.requests.pending).await?;
    Ok(Ok(url))
}
