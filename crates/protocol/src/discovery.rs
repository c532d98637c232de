//! The discovery document (OpenID Connect Discovery 1.0, RFC 8414).

use serde_json::{Map, Value, json};

use crate::{
    authorize::PromptValue,
    client::{AuthMethod, GrantType},
    jose::Algorithm,
    scope::Scope,
};

/// What a realm supports. The document lists all of it and nothing else (DISC-5).
#[derive(Debug, Clone)]
pub struct Capabilities {
    /// The issuer, without a trailing slash. Every endpoint is below it.
    pub issuer: String,
    /// Every scope of the realm.
    pub scopes: Scope,
    /// Every claim that can appear in an ID token or a userinfo answer.
    pub claims: Vec<String>,
    /// Every `acr` that can be returned.
    pub acr_values: Vec<String>,
    /// Algorithms of ID tokens.
    pub id_token_algs: Vec<Algorithm>,
    /// Whether people can register, and so whether `prompt=create` is supported.
    pub registration: bool,
    /// Languages of the pages, BCP 47 in canonical case.
    pub ui_locales: Vec<String>,
    /// Documentation for developers.
    pub service_documentation: Option<String>,
    /// Privacy policy of the provider.
    pub op_policy_uri: Option<String>,
    /// Terms of service of the provider.
    pub op_tos_uri: Option<String>,
}

/// The paths of a realm's endpoints, below its issuer.
pub mod path {
    /// This document, at the path of OpenID Connect Discovery section 4.
    pub const CONFIGURATION: &str = "/.well-known/openid-configuration";
    /// The same document, at the path of RFC 8414 section 3.
    pub const SERVER_METADATA: &str = "/.well-known/oauth-authorization-server";
    /// Where a browser is sent with an authorization request.
    pub const AUTHORIZE: &str = "/authorize";
    /// Where a client gets tokens.
    pub const TOKEN: &str = "/token";
    /// Where a client reads claims about the user.
    pub const USERINFO: &str = "/userinfo";
    /// The public keys.
    pub const JWKS: &str = "/jwks";
    /// Where a client revokes a token.
    pub const REVOKE: &str = "/revoke";
    /// Where a client asks whether a token is active.
    pub const INTROSPECT: &str = "/introspect";
    /// Where a browser is sent to sign out.
    pub const END_SESSION: &str = "/end_session";
}

/// The metadata document of a realm. It has registered members only, and no empty ones.
pub fn document(capabilities: &Capabilities) -> Value {
    let Capabilities { issuer, .. } = capabilities;
    let at = |path: &str| json!(format!("{issuer}{path}"));
    let confidential = [AuthMethod::SecretBasic, AuthMethod::SecretPost].map(AuthMethod::as_str);
    let any_method = AuthMethod::ALL.map(AuthMethod::as_str);
    let prompts =
        PromptValue::ALL.into_iter().filter(|v| capabilities.registration || *v != PromptValue::Create);
    let members = [
        ("issuer", json!(issuer)),
        ("authorization_endpoint", at(path::AUTHORIZE)),
        ("token_endpoint", at(path::TOKEN)),
        ("userinfo_endpoint", at(path::USERINFO)),
        ("jwks_uri", at(path::JWKS)),
        ("revocation_endpoint", at(path::REVOKE)),
        ("introspection_endpoint", at(path::INTROSPECT)),
        ("end_session_endpoint", at(path::END_SESSION)),
        ("scopes_supported", json!(capabilities.scopes.iter().collect::<Vec<_>>())),
        ("response_types_supported", json!(["code"])),
        ("response_modes_supported", json!(["query"])),
        ("grant_types_supported", json!(GrantType::ALL.map(GrantType::as_str))),
        ("acr_values_supported", json!(capabilities.acr_values)),
        ("subject_types_supported", json!(["public"])),
        ("id_token_signing_alg_values_supported", json!(capabilities.id_token_algs)),
        ("token_endpoint_auth_methods_supported", json!(any_method)),
        ("revocation_endpoint_auth_methods_supported", json!(any_method)),
        ("introspection_endpoint_auth_methods_supported", json!(confidential)),
        ("code_challenge_methods_supported", json!(["S256"])),
        ("claim_types_supported", json!(["normal"])),
        ("claims_supported", json!(capabilities.claims)),
        ("prompt_values_supported", json!(prompts.map(PromptValue::as_str).collect::<Vec<_>>())),
        ("ui_locales_supported", json!(capabilities.ui_locales)),
        ("service_documentation", json!(capabilities.service_documentation)),
        ("op_policy_uri", json!(capabilities.op_policy_uri)),
        ("op_tos_uri", json!(capabilities.op_tos_uri)),
        ("claims_parameter_supported", json!(true)),
        ("request_parameter_supported", json!(false)),
        ("request_uri_parameter_supported", json!(false)),
        ("authorization_response_iss_parameter_supported", json!(true)),
        ("backchannel_logout_supported", json!(true)),
        ("backchannel_logout_session_supported", json!(true)),
    ];
    let said = |value: &Value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
    let document: Map<String, Value> = members
        .into_iter()
        .filter(|(_, value)| said(value))
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    Value::Object(document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{acr, scope_claims};

    fn capabilities() -> Capabilities {
        Capabilities {
            issuer: "https://id.example".into(),
            scopes: Scope::parse("openid profile offline_access").unwrap(),
            claims: scope_claims::SCOPES
                .iter()
                .flat_map(|(_, claims)| claims.iter().map(ToString::to_string))
                .collect(),
            acr_values: vec![acr::SINGLE.into(), acr::MULTI.into()],
            id_token_algs: vec![Algorithm::RS256, Algorithm::ES256],
            registration: false,
            ui_locales: Vec::new(),
            service_documentation: None,
            op_policy_uri: None,
            op_tos_uri: None,
        }
    }

    #[test]
    fn disc1_disc3_the_members_a_client_needs_are_there() {
        let document = document(&capabilities());
        assert_eq!(document["issuer"], "https://id.example");
        assert_eq!(document["jwks_uri"], "https://id.example/jwks");
        assert_eq!(document["id_token_signing_alg_values_supported"], json!(["RS256", "ES256"]));
        assert_eq!(document["scopes_supported"], json!(["offline_access", "openid", "profile"]));
        assert_eq!(
            document["grant_types_supported"],
            json!(["authorization_code", "refresh_token", "client_credentials"])
        );
    }

    #[test]
    fn web3_nothing_is_promised_that_does_not_work() {
        let document = document(&capabilities());
        assert_eq!(document["request_uri_parameter_supported"], false);
        assert_eq!(document["request_parameter_supported"], false);
        assert_eq!(document["code_challenge_methods_supported"], json!(["S256"]));
        assert_eq!(document["response_types_supported"], json!(["code"]));
        let text = document.to_string();
        for absent in
            ["HS256", "\"plain\"", "implicit", "password", "frontchannel", "registration_endpoint", "create"]
        {
            assert!(!text.contains(absent), "{absent}");
        }
        let open = Capabilities { registration: true, ..capabilities() };
        assert!(
            super::document(&open)["prompt_values_supported"].as_array().unwrap().contains(&json!("create"))
        );
    }

    /// The members of IANA's registry "OAuth Authorization Server Metadata" that apply to this provider.
    const REGISTERED: &[&str] = &[
        "acr_values_supported",
        "authorization_endpoint",
        "authorization_response_iss_parameter_supported",
        "backchannel_logout_session_supported",
        "backchannel_logout_supported",
        "claim_types_supported",
        "claims_locales_supported",
        "claims_parameter_supported",
        "claims_supported",
        "code_challenge_methods_supported",
        "display_values_supported",
        "end_session_endpoint",
        "grant_types_supported",
        "id_token_signing_alg_values_supported",
        "introspection_endpoint",
        "introspection_endpoint_auth_methods_supported",
        "issuer",
        "jwks_uri",
        "op_policy_uri",
        "op_tos_uri",
        "prompt_values_supported",
        "protected_resources",
        "request_parameter_supported",
        "request_uri_parameter_supported",
        "response_modes_supported",
        "response_types_supported",
        "revocation_endpoint",
        "revocation_endpoint_auth_methods_supported",
        "scopes_supported",
        "service_documentation",
        "subject_types_supported",
        "token_endpoint",
        "token_endpoint_auth_methods_supported",
        "ui_locales_supported",
        "userinfo_endpoint",
    ];

    #[test]
    fn disc4_every_member_is_registered() {
        let page = || Some("https://id.example/page".to_owned());
        let everything = Capabilities {
            registration: true,
            ui_locales: vec!["en".into()],
            service_documentation: page(),
            op_policy_uri: page(),
            op_tos_uri: page(),
            ..capabilities()
        };
        for name in document(&everything).as_object().unwrap().keys() {
            assert!(REGISTERED.contains(&name.as_str()), "{name}");
        }
    }

    #[test]
    fn disc2_no_member_is_null_or_an_empty_list() {
        for (name, value) in document(&capabilities()).as_object().unwrap() {
            assert!(!value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()), "{name}");
        }
    }
}
