//! Requests to the token endpoint (RFC 6749 sections 4.1.3, 4.4.2 and 6).

use std::fmt;

use crate::authorize::Offer;
use crate::catalogue;
use crate::client::GrantType;
use crate::client_auth::AuthenticatedClient;
use crate::error::OAuthError;
use crate::params::Params;
use crate::scope::Scope;
use crate::userinfo;

/// A well-formed token request. Debug output shows the grant type only.
#[derive(Clone, PartialEq, Eq)]
pub enum TokenRequest {
    /// Exchange of a code.
    AuthorizationCode {
        /// The code.
        code: String,
        /// Must equal that of the authorization request when it is sent.
        redirect_uri: Option<String>,
        /// PKCE verifier.
        code_verifier: Option<String>,
    },
    /// Refresh.
    RefreshToken {
        /// The refresh token.
        refresh_token: String,
        /// Narrower scope.
        scope: Option<Scope>,
    },
    /// A client on its own behalf.
    ClientCredentials {
        /// Narrower scope.
        scope: Option<Scope>,
    },
}

impl fmt::Debug for TokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenRequest({})", grant_type(self).as_str())
    }
}

/// Reads a token request. Repeats, and a missing parameter that the grant type needs, are `invalid_request`.
pub fn parse(params: &Params) -> Result<TokenRequest, OAuthError> {
    params.check_no_repeats()?;
    let text = |name: &str| params.first(name).map(str::to_owned);
    let scope = || params.first("scope").map(Scope::parse).transpose();
    let name = params.first("grant_type").ok_or(catalogue::MISSING_GRANT_TYPE)?;
    Ok(match GrantType::parse(name).ok_or(catalogue::UNSUPPORTED_GRANT_TYPE)? {
        GrantType::AuthorizationCode => TokenRequest::AuthorizationCode {
            code: text("code").ok_or(catalogue::MISSING_CODE)?,
            redirect_uri: text("redirect_uri"),
            code_verifier: text("code_verifier"),
        },
        GrantType::RefreshToken => TokenRequest::RefreshToken {
            refresh_token: text("refresh_token").ok_or(catalogue::MISSING_REFRESH_TOKEN)?,
            scope: scope()?,
        },
        GrantType::ClientCredentials => TokenRequest::ClientCredentials { scope: scope()? },
    })
}

/// The grant type of a request.
pub fn grant_type(request: &TokenRequest) -> GrantType {
    match request {
        TokenRequest::AuthorizationCode { .. } => GrantType::AuthorizationCode,
        TokenRequest::RefreshToken { .. } => GrantType::RefreshToken,
        TokenRequest::ClientCredentials { .. } => GrantType::ClientCredentials,
    }
}

/// Whether this client may make this request (T16); client credentials are for confidential clients only, whatever
/// their registration says (T15).
pub fn allowed(client: &AuthenticatedClient, request: &TokenRequest) -> Result<(), OAuthError> {
    let grant_type = grant_type(request);
    let fits = grant_type != GrantType::ClientCredentials || client.is_confidential();
    if fits && client.allows(grant_type) { Ok(()) } else { Err(catalogue::GRANT_TYPE_NOT_ALLOWED) }
}

/// The scope of a token that a client gets on its own behalf: what it asked for, or all that it may have. Scopes that
/// speak of a user have no meaning here: asking for one is `invalid_scope`.
pub fn service_scope(
    client: &AuthenticatedClient,
    asked: Option<&Scope>,
    offer: &Offer,
) -> Result<Scope, OAuthError> {
    let possible = client.scope.filter(|token| offer.scopes.contains(token) && !about_users(token));
    match asked.map(|asked| asked.intersection(offer.scopes)) {
        None => Ok(possible),
        Some(known) if known.is_empty() => Err(catalogue::EMPTY_SCOPE),
        Some(known) if known.is_subset(&possible) => Ok(known),
        Some(_) => Err(catalogue::SCOPE_NOT_ALLOWED),
    }
}

fn about_users(token: &str) -> bool {
    matches!(token, "openid" | "offline_access") || userinfo::SCOPES.iter().any(|(name, _)| *name == token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Client;
    use crate::client::testing::{client, public};
    use crate::client_auth::testing::authenticated;

    fn read(raw: &str) -> Result<TokenRequest, OAuthError> {
        parse(&Params::parse(raw.as_bytes()).unwrap())
    }

    #[test]
    fn the_three_grant_types_are_read() {
        let code =
            read("grant_type=authorization_code&code=c&redirect_uri=u&code_verifier=v&unknown=1").unwrap();
        assert_eq!(
            code,
            TokenRequest::AuthorizationCode {
                code: "c".into(),
                redirect_uri: Some("u".into()),
                code_verifier: Some("v".into())
            }
        );
        assert_eq!(
            grant_type(&read("grant_type=refresh_token&refresh_token=r").unwrap()),
            GrantType::RefreshToken
        );
        let scope = Some(Scope::parse("a b").unwrap());
        assert_eq!(
            read("grant_type=client_credentials&scope=b+a").unwrap(),
            TokenRequest::ClientCredentials { scope }
        );
    }

    #[test]
    fn t1_t16_bad_requests_get_their_own_errors() {
        for (raw, error) in [
            ("", catalogue::MISSING_GRANT_TYPE),
            ("grant_type=", catalogue::MISSING_GRANT_TYPE),
            ("grant_type=password&username=a&password=b", catalogue::UNSUPPORTED_GRANT_TYPE),
            ("grant_type=implicit", catalogue::UNSUPPORTED_GRANT_TYPE),
            ("grant_type=authorization_code", catalogue::MISSING_CODE),
            ("grant_type=authorization_code&code=", catalogue::MISSING_CODE),
            ("grant_type=refresh_token", catalogue::MISSING_REFRESH_TOKEN),
            ("grant_type=authorization_code&code=a&code=b", catalogue::REPEATED_PARAMETER),
            ("grant_type=client_credentials&x=1&x=2", catalogue::REPEATED_PARAMETER),
            ("grant_type=client_credentials&scope=%22", catalogue::MALFORMED_SCOPE),
        ] {
            assert_eq!(read(raw), Err(error), "{raw}");
        }
    }

    #[test]
    fn t15_t16_a_grant_type_must_be_registered_and_fit_the_client() {
        let service = read("grant_type=client_credentials").unwrap();
        assert_eq!(allowed(&authenticated(client()), &service), Ok(()));
        assert_eq!(allowed(&authenticated(public()), &service), Err(catalogue::GRANT_TYPE_NOT_ALLOWED));
        let narrow = Client { grant_types: vec![GrantType::AuthorizationCode], ..client() };
        for raw in ["grant_type=client_credentials", "grant_type=refresh_token&refresh_token=r"] {
            let result = allowed(&authenticated(narrow.clone()), &read(raw).unwrap());
            assert_eq!(result, Err(catalogue::GRANT_TYPE_NOT_ALLOWED), "{raw}");
        }
    }

    #[test]
    fn t15_a_service_gets_no_scope_about_users() {
        let realm = Scope::parse("openid profile email offline_access orders other").unwrap();
        let judge = |asked: Option<&str>| {
            let asked = asked.map(|text| Scope::parse(text).unwrap());
            service_scope(&authenticated(client()), asked.as_ref(), &Offer { scopes: &realm })
        };
        let orders = Scope::parse("orders").unwrap();
        assert_eq!(judge(None), Ok(orders.clone()));
        assert_eq!(judge(Some("orders unknown")), Ok(orders));
        assert_eq!(judge(Some("unknown")), Err(catalogue::EMPTY_SCOPE));
        for asked in ["openid", "orders profile", "offline_access", "other"] {
            assert_eq!(judge(Some(asked)), Err(catalogue::SCOPE_NOT_ALLOWED), "{asked}");
        }
    }

    #[test]
    fn debug_output_shows_the_grant_type_only() {
        let shown = format!("{:?}", read("grant_type=authorization_code&code=s3cret").unwrap());
        assert_eq!(shown, "TokenRequest(authorization_code)");
    }
}
