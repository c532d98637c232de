//! Requests to the token endpoint (RFC 6749 sections 4.1.3, 4.4.2 and 6).

use std::fmt;

use crate::{
    authorize::Offer, catalogue, client::GrantType, client_auth::AuthenticatedClient, error::OAuthError,
    params::Params, resource, scope::Scope, scope_claims,
};

/// A well-formed token request. Debug output shows the grant type only.
#[derive(Clone, PartialEq, Eq)]
pub enum TokenRequest {
    /// The exchange of a code.
    AuthorizationCode {
        /// The code.
        code: String,
        /// If it is sent, it must equal the one of the authorization request.
        redirect_uri: Option<String>,
        /// PKCE verifier.
        code_verifier: Option<String>,
    },
    /// A refresh.
    RefreshToken {
        /// The refresh token.
        refresh_token: String,
        /// A narrower scope, if requested.
        scope: Option<Scope>,
    },
    /// A client on its own behalf.
    ClientCredentials {
        /// A narrower scope, if requested.
        scope: Option<Scope>,
    },
}

impl fmt::Debug for TokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenRequest({})", grant_type(self).as_str())
    }
}

/// Reads a token request, except for its resources, see [`resource::asked`]. A repeated parameter, and a missing one
/// that the grant type needs, are `invalid_request`.
pub fn parse(params: &Params) -> Result<TokenRequest, OAuthError> {
    params.check_no_repeats_but(resource::PARAMETER)?;
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

/// Checks that this client may use the request's grant type (T16). Client credentials are for confidential clients
/// only, whatever the registration says (T15).
pub fn allowed(client: &AuthenticatedClient, request: &TokenRequest) -> Result<(), OAuthError> {
    let grant_type = grant_type(request);
    let fits = grant_type != GrantType::ClientCredentials || client.is_confidential();
    if fits && client.allows(grant_type) { Ok(()) } else { Err(catalogue::GRANT_TYPE_NOT_ALLOWED) }
}

/// The scope of a token that a client gets on its own behalf: the requested one, or all that the client may have at the
/// resources that it names (TOK-9). Scopes about a user have no meaning here: requesting one is `invalid_scope`.
pub fn service_scope(
    client: &AuthenticatedClient,
    asked: Option<&Scope>,
    resources: &[&str],
    offer: &Offer,
) -> Result<Scope, OAuthError> {
    let possible = client.scope.filter(|token| offer.scopes.contains(token) && !about_users(token));
    let scope = match asked.map(|asked| asked.intersection(offer.scopes)) {
        None if resources.is_empty() => possible.clone(),
        None => Scope::default(),
        Some(known) if known.is_empty() => return Err(catalogue::EMPTY_SCOPE),
        Some(known) if known.is_subset(&possible) => known,
        Some(_) => return Err(catalogue::SCOPE_NOT_ALLOWED),
    };
    offer.resources.requested(&scope, &possible, resources)
}

fn about_users(token: &str) -> bool {
    matches!(token, "openid" | "offline_access")
        || scope_claims::SCOPES.iter().any(|(name, _)| *name == token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        client::{
            Client,
            testing::{client, public},
        },
        client_auth::testing::authenticated,
        resource::Resources,
    };

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
            let offer = Offer { scopes: &realm, resources: &Resources::default() };
            service_scope(&authenticated(client()), asked.as_ref(), &[], &offer)
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
    fn tok9_a_service_gets_a_token_for_the_resources_it_names() {
        let realm = Scope::parse("openid orders read").unwrap();
        let of = |scope: &str| (scope.to_owned(), format!("https://{scope}.example"));
        let resources: Resources = [of("orders"), of("read")].into_iter().collect();
        let offer = Offer { scopes: &realm, resources: &resources };
        let both = Client { scope: realm.clone(), ..client() };
        let judge = |asked: Option<&str>, named: &[&str]| {
            let asked = asked.map(|text| Scope::parse(text).unwrap());
            service_scope(&authenticated(both.clone()), asked.as_ref(), named, &offer)
        };
        let scope = |text: &str| Ok(Scope::parse(text).unwrap());
        let (orders, read) = ("https://orders.example", "https://read.example");
        assert_eq!(judge(None, &[orders]), scope("orders"));
        assert_eq!(judge(Some("read"), &[read]), scope("read"));
        assert_eq!(judge(None, &[orders, read]), scope("orders read"));
        assert_eq!(judge(None, &[]), Err(catalogue::SEVERAL_RESOURCES));
        assert_eq!(judge(Some("orders"), &[read]), Err(catalogue::RESOURCE_NOT_NAMED));
        assert_eq!(judge(None, &["https://other.example"]), Err(catalogue::UNKNOWN_RESOURCE));
        let narrow = authenticated(client());
        assert_eq!(service_scope(&narrow, None, &[read], &offer), Err(catalogue::RESOURCE_NOT_ALLOWED));
    }

    #[test]
    fn debug_output_shows_the_grant_type_only() {
        let shown = format!("{:?}", read("grant_type=authorization_code&code=s3cret").unwrap());
        assert_eq!(shown, "TokenRequest(authorization_code)");
    }
}
