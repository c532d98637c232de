// A web app that signs people in: Rust with openidconnect. Settings: ISSUER, CLIENT_ID, CLIENT_SECRET, PORT.
use std::{collections::HashMap, env, error::Error};

use axum::{Router, extract::Query, http::HeaderMap, response::{Html, Redirect}, routing::get};
use openidconnect::{AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse, core::*, reqwest};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (port, secret) = (env::var("PORT").unwrap_or("8080".into()), ClientSecret::new(env::var("CLIENT_SECRET")?));
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let metadata = CoreProviderMetadata::discover_async(IssuerUrl::new(env::var("ISSUER")?)?, &http).await?;
    let client = CoreClient::from_provider_metadata(metadata, ClientId::new(env::var("CLIENT_ID")?), Some(secret))
        .set_redirect_uri(RedirectUrl::new(format!("http://127.0.0.1:{port}/callback"))?);
    let start = client.clone();
    let sign_in = get(async move || {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let (url, state, nonce) = start.authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(["profile", "email"].map(|scope| Scope::new(scope.into()))).set_pkce_challenge(challenge).url();
        let attempt = [state.secret(), verifier.secret(), nonce.secret()].map(String::as_str).join("."); // of this browser
        ([("set-cookie", format!("attempt={attempt}; HttpOnly; SameSite=Lax"))], Redirect::to(url.as_str()))
    });
    let callback = get(async move |Query(answer): Query<HashMap<String, String>>, headers: HeaderMap| {
        let finish = async {
            let cookie = headers.get("cookie").and_then(|value| value.to_str().ok()?.split("attempt=").nth(1));
            let attempt: Vec<_> = cookie.unwrap_or_default().split(['.', ';']).map(String::from).collect();
            let ([state, verifier, nonce, ..], Some(code)) = (&*attempt, answer.get("code")) else { Err("no attempt or no code")? };
            if answer.get("state") != Some(state) { Err("the answer is not for this browser")? }
            let code = client.exchange_code(AuthorizationCode::new(code.clone()))?;
            let tokens = code.set_pkce_verifier(PkceCodeVerifier::new(verifier.clone())).request_async(&http).await?;
            let id_token = tokens.id_token().ok_or("no ID token")?;
            let person = id_token.claims(&client.id_token_verifier(), &Nonce::new(nonce.clone()))?;
            Ok::<_, Box<dyn Error>>(format!("<p id=person>{}</p>", person.email().ok_or("no address")?.as_str()))
        };
        Html(finish.await.unwrap_or_else(|error| format!("Not signed in: {error}")))
    });
    let app = Router::new().route("/", sign_in).route("/callback", callback);
    Ok(axum::serve(tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?, app).await?)
}
