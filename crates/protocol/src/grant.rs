//! A grant: one row that lasts from the code to the last refresh.

use serde::{Deserialize, Serialize};

use crate::{
    acr::Amr,
    authorize::RequestedClaims,
    catalogue,
    client::GrantType,
    client_auth::AuthenticatedClient,
    error::OAuthError,
    pkce::{self, Challenge},
    scope::Scope,
    stored_time,
};

/// What a user granted to a client, and everything that the tokens of this grant repeat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Random id without a dot.
    pub id: String,
    /// The client.
    pub client_id: String,
    /// The user.
    pub user_id: String,
    /// The session in which it was granted.
    pub sid: String,
    /// What was granted.
    pub scope: Scope,
    /// The redirect URI that the code was sent to.
    pub redirect_uri: String,
    /// The nonce for the first ID token.
    pub nonce: Option<String>,
    /// The PKCE challenge of the authorization request.
    pub code_challenge: Option<Challenge>,
    /// The claims that were requested individually.
    pub claims: RequestedClaims,
    /// When the user signed in, Unix seconds; the same in every token.
    pub auth_time: i64,
    /// Authentication context of that sign-in; the same in every token.
    pub acr: String,
    /// Methods of that sign-in; the same in every token.
    pub amr: Amr,
    /// The code expires at this time, Unix seconds.
    pub code_expires_at: i64,
    /// Unix seconds.
    pub issued_at: i64,
    /// The generation of the current refresh token.
    pub generation: i64,
    /// Since when that generation is current, Unix seconds.
    pub generation_at: i64,
    /// When the refresh token expires if it isn't used, Unix seconds.
    pub refresh_expires_at: i64,
    /// When refreshing ends in any case, Unix seconds.
    pub refresh_absolute_at: i64,
    /// When the grant was revoked, Unix seconds. Nothing of it works from then on.
    pub revoked_at: Option<i64>,
}

/// What a token response contains, besides the access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuance {
    /// Scope of the tokens.
    pub scope: Scope,
    /// Whether there is a refresh token: `offline_access` was granted and the client may refresh.
    pub refresh: bool,
    /// Whether there is an ID token: `openid` was granted.
    pub id_token: bool,
}

impl Issuance {
    /// What this client gets for this scope.
    pub fn of(scope: Scope, client: &AuthenticatedClient) -> Self {
        let refresh = scope.contains("offline_access") && client.allows(GrantType::RefreshToken);
        Self { refresh, id_token: scope.contains("openid"), scope }
    }
}

/// Judges the exchange of a code. The caller has already claimed the grant for this request, so that a code that fails
/// here is used up. Every failure has the same error (T9).
pub fn redeem_code(
    grant: &Grant,
    client: &AuthenticatedClient,
    redirect_uri: Option<&str>,
    verifier: Option<&str>,
    now: i64,
) -> Result<Issuance, OAuthError> {
    let checks = [
        (grant.client_id != client.id, "the code was issued to another client"),
        (
            redirect_uri.is_some_and(|uri| uri != grant.redirect_uri),
            "redirect_uri is not that of the authorization request",
        ),
        (grant.revoked_at.is_some(), "the code's grant is revoked"),
        (now >= grant.code_expires_at, "the code has expired"),
        // such a code would be valid until the clock reaches that time
        (stored_time::is_ahead(grant.issued_at, now), "a clock that was ahead issued the code"),
    ];
    if let Some((_, why)) = checks.into_iter().find(|(fails, _)| *fails) {
        return Err(catalogue::INVALID_CODE.because(why));
    }
    pkce::verify(grant.code_challenge.as_ref(), verifier).map_err(|error| {
        error.because("code_verifier is missing, or does not belong to the code_challenge of the request")
    })?;
    Ok(Issuance::of(grant.scope.clone(), client))
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    /// A grant to the client `app`, issued at second 1000.
    pub(crate) fn grant() -> Grant {
        Grant {
            id: "g-1".into(),
            client_id: "app".into(),
            user_id: "u-1".into(),
            sid: "s-1".into(),
            scope: Scope::parse("openid email offline_access").unwrap(),
            redirect_uri: "https://app.example/cb".into(),
            nonce: Some("n-1".into()),
            code_challenge: Challenge::parse(Some(CHALLENGE), Some("S256")).unwrap(),
            claims: RequestedClaims::default(),
            auth_time: 990,
            acr: crate::acr::SINGLE.into(),
            amr: Amr::from_iter([crate::acr::PWD]),
            code_expires_at: 1060,
            issued_at: 1000,
            generation: 0,
            generation_at: 1000,
            refresh_expires_at: 2000,
            refresh_absolute_at: 5000,
            revoked_at: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        testing::{VERIFIER, grant},
        *,
    };
    use crate::{
        client::{
            Client,
            testing::{client, public},
        },
        client_auth::testing::authenticated,
    };

    const URI: Option<&str> = Some("https://app.example/cb");

    fn redeem(
        grant: &Grant,
        uri: Option<&str>,
        verifier: Option<&str>,
        now: i64,
    ) -> Result<Issuance, OAuthError> {
        redeem_code(grant, &authenticated(client()), uri, verifier, now)
    }

    #[test]
    fn a_good_exchange_issues_what_was_granted() {
        let issuance = redeem(&grant(), URI, Some(VERIFIER), 1059).unwrap();
        assert_eq!(issuance, Issuance { scope: grant().scope, refresh: true, id_token: true });
        assert!(redeem(&grant(), None, Some(VERIFIER), 1000).is_ok());
    }

    #[test]
    fn t9_every_failure_reads_the_same() {
        let revoked = Grant { revoked_at: Some(1001), ..grant() };
        let foreign = Grant { client_id: "other".into(), ..grant() };
        let unchallenged = Grant { code_challenge: None, ..grant() };
        for (name, grant, uri, verifier, now) in [
            ("expired", grant(), URI, Some(VERIFIER), 1060),
            ("issued by a clock ahead", grant(), URI, Some(VERIFIER), 1000 - stored_time::LEEWAY - 1),
            ("revoked", revoked, URI, Some(VERIFIER), 1000),
            ("another client's", foreign, URI, Some(VERIFIER), 1000),
            ("another redirect_uri", grant(), Some("https://app.example/cb?kept=1"), Some(VERIFIER), 1000),
            ("no verifier", grant(), URI, None, 1000),
            ("wrong verifier", grant(), URI, Some("x".repeat(43).leak() as &str), 1000),
            ("verifier without challenge", unchallenged, URI, Some(VERIFIER), 1000),
        ] {
            assert_eq!(redeem(&grant, uri, verifier, now), Err(catalogue::INVALID_CODE), "{name}");
        }
    }

    #[test]
    fn there_is_a_refresh_token_only_with_offline_access_and_for_clients_that_may_refresh() {
        let of =
            |scope: &str, client: Client| Issuance::of(Scope::parse(scope).unwrap(), &authenticated(client));
        assert!(!of("openid", client()).refresh);
        let no_refresh = Client { grant_types: vec![GrantType::AuthorizationCode], ..public() };
        assert!(!of("openid offline_access", no_refresh).refresh);
        assert!(of("openid offline_access", public()).refresh);
        assert!(!of("orders", client()).id_token);
    }
}
