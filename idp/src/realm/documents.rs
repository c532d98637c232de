//! The documents that a realm publishes about itself, rendered once.

use bytes::Bytes;
use protocol::{acr, authorize::FactorPolicy, discovery, jose::Algorithm, scope_claims};
use serde_json::json;

use super::RealmConfig;
use crate::{authn::passkey::RelyingParty, paths};

/// The realm's documents.
#[derive(Debug, Clone)]
pub struct Documents {
    /// The metadata: OpenID Connect Discovery 1.0, and RFC 8414 under the other well-known name.
    pub metadata: Bytes,
    /// The pages of passkeys, for password managers.
    pub passkey_endpoints: Bytes,
    /// The other origins of the realm's passkeys (Web Authentication section 5.11.1), if there are any.
    pub related_origins: Option<Bytes>,
}

/// The claims of an ID token that no scope governs.
const OWN_CLAIMS: [&str; 11] =
    ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash", "sid"];

/// The claims that every account has, whatever `[claims]` says: facts about the account, and what follows from
/// `[roles]`.
const ALWAYS: [&str; 6] = ["email", "email_verified", "updated_at", "groups", "roles", "team"];

impl Documents {
    /// Renders the documents.
    pub fn render(config: &RealmConfig) -> Self {
        let mut claims: Vec<String> = OWN_CLAIMS.iter().map(|claim| (*claim).to_owned()).collect();
        let scopes = scope_claims::SCOPES.iter().filter(|(scope, _)| config.offered_scopes.contains(scope));
        let can_be_told = |claim: &&&str| ALWAYS.contains(*claim) || config.claims.contains(**claim);
        let of_users = scopes.flat_map(|(_, claims)| claims.iter()).filter(can_be_told);
        claims.extend(of_users.map(|claim| (*claim).to_owned()));
        let document = discovery::document(&discovery::Capabilities {
            issuer: config.issuer.clone(),
            scopes: config.offered_scopes.clone(),
            claims,
            acr_values: acr_values(config),
            id_token_algs: vec![Algorithm::RS256, Algorithm::ES256],
            registration: config.registration.open,
            ui_locales: config.languages.iter().map(|language| language.tag().to_owned()).collect(),
            service_documentation: None,
            op_policy_uri: config.theme.links.privacy.clone(),
            op_tos_uri: config.theme.links.terms.clone(),
        });
        let passkeys = format!("{}{}", config.issuer, paths::PASSKEYS);
        let endpoints = json!({ "enroll": passkeys, "manage": passkeys });
        Self {
            metadata: Bytes::from(document.to_string()),
            passkey_endpoints: Bytes::from(endpoints.to_string()),
            related_origins: related_origins(config),
        }
    }
}

fn related_origins(config: &RealmConfig) -> Option<Bytes> {
    let related: Vec<String> =
        config.passkeys.related_origins.iter().map(|url| url.origin().ascii_serialization()).collect();
    (!related.is_empty()).then(|| Bytes::from(json!({ "origins": related }).to_string()))
}

/// The `acr` values of this realm's tokens (AUTH-9). Where a second factor is required, no lower value is possible.
fn acr_values(config: &RealmConfig) -> Vec<String> {
    let values: &[&str] = match config.factors.everybody {
        FactorPolicy::Required | FactorPolicy::PhishingResistant => &[acr::MULTI],
        FactorPolicy::Optional => &[acr::SINGLE, acr::MULTI],
    };
    let passkeys = RelyingParty::of(&config.issuer, &config.product).map(|_| acr::PHISHING_RESISTANT);
    let hardware = (!config.factors.attested.is_empty()).then_some(acr::PHISHING_RESISTANT_HARDWARE);
    values.iter().copied().chain(passkeys).chain(hardware).map(str::to_owned).collect()
}
