//! A grant: one row from the code to the last refresh.

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

/// What a user granted to a client, with all that the tokens of this grant must repeat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Random id, no dot in it.
    pub id: String,
    /// The client.
    pub client_id: String,
    /// The user.
    pub user_id: String,
    /// The session in which it was granted.
    pub sid: String,
    /// What was granted.
    pub scope: Scope,
    /// Where the code went.
    pub redirect_uri: String,
    /// For the first ID token.
    pub nonce: Option<String>,
    /// PKCE challenge.
    pub code_challenge: Option<Challenge>,
    /// Single claims asked for.
    pub claims: RequestedClaims,
    /// When the user had signed in, Unix seconds; the same in every token.
    pub auth_time: i64,
    /// Authentication context of that sign-in; the same in every token.
    pub acr: String,
    /// Methods of that sign-in; the same in every token.
    pub amr: Amr,
    /// The code is dead from this second on, Unix seconds.
    pub code_expires_at: i64,
    /// Unix seconds.
    pub issued_at: i64,
    /// The refresh token that is current.
    pub generation: i64,
    /// Since when it is current, Unix seconds.
    pub generation_at: i64,
    /// Idle end of the refresh family, Unix seconds.
    pub refresh_expires_at: i64,
    /// Absolute end of the refresh family, Unix seconds.
    pub refresh_absolute_at: i64,
    /// Since when nothing of this grant works, Unix seconds.
    pub revoked_at: Option<i64>,
}

/// What a token response contains besides the access token.
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

/// Judges the exchange of a code whose grant has just been claimed for this request, so that a code shown wrongly is
/// used up. Every failure reads the same (T9).
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
        // it would live until the clock gets there
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
