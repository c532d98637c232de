//! The clients of a realm file.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{
    client::{Authentication, Client, GrantType, IdTokenClaims, Pkce},
    client_auth,
    jose::Algorithm,
    redirect_uri,
    scope::Scope,
    secret,
};
use secrecy::ExposeSecret;
use settings::Reader;

use super::tables::ScopeConfig;

/// The length of 128 random bits in base64url.
const MIN_SECRET_BYTES: usize = 22;

/// Reads every `[[clients]]`.
pub fn read(reader: &Reader<'_>, offered: &Scope, scopes: &BTreeMap<String, ScopeConfig>) -> Vec<Client> {
    let mut seen = BTreeSet::new();
    let mut clients = Vec::new();
    for table in reader.tables("clients") {
        let client = client(&table, offered);
        if !seen.insert(client.id.clone()) {
            table.mistake("id", "another client has this id already");
        }
        // the audience of an ID token (the client's id) must never be that of an access token (a resource)
        if scopes.values().any(|scope| scope.resource == client.id) {
            table.mistake("id", "a resource of this realm has this name");
        }
        clients.push(client);
    }
    clients
}

fn client(table: &Reader<'_>, offered: &Scope) -> Client {
    let authentication = authentication(table);
    let grant_types = grants(table, authentication);
    let redirect_uris = redirect_uris(table, "redirect_uris");
    if redirect_uris.is_empty() && grant_types.contains(&GrantType::AuthorizationCode) {
        table.mistake("redirect_uris", "the authorization_code grant needs at least one");
    }
    Client {
        id: id(table),
        name: table.text("name"),
        authentication,
        secret_hashes: secrets(table, authentication),
        redirect_uris,
        post_logout_redirect_uris: redirect_uris_or_none(table, "post_logout_redirect_uris"),
        scope: scope(table, offered),
        first_party: table.opt_flag("first_party").unwrap_or(false),
        pkce: pkce(table, authentication),
        rotate_refresh_tokens: rotation(table, authentication),
        id_token_alg: match table.opt_choice("id_token_algorithm", &["RS256", "ES256"]) {
            Some("ES256") => Algorithm::ES256,
            _ => Algorithm::RS256,
        },
        id_token_claims: table
            .opt_choice("id_token_claims", &IdTokenClaims::ALL.map(IdTokenClaims::as_str))
            .and_then(IdTokenClaims::parse)
            .unwrap_or(IdTokenClaims::Scopes),
        backchannel_logout_uri: web_uri(table, "backchannel_logout_uri"),
        client_uri: web_uri(table, "client_uri"),
        tos_uri: web_uri(table, "tos_uri"),
        policy_uri: web_uri(table, "policy_uri"),
        allowed_origins: origins(table),
        grant_types,
    }
}

fn id(table: &Reader<'_>) -> String {
    let id = table.text("id");
    // subjects are UUIDs: a client must never be taken for a user (T15)
    let like_a_subject = id.len() == 36 && id.split('-').count() == 5;
    if !id.chars().all(|c| c.is_ascii_graphic()) || id.len() > 128 || like_a_subject {
        table.mistake("id", "use at most 128 printable ASCII characters without spaces, and no UUID");
    }
    id
}

/// A client that has a secret need not say that it authenticates with it.
fn authentication(table: &Reader<'_>) -> Authentication {
    let words = Authentication::ALL.map(Authentication::as_str);
    let word = if table.has("secret_file") || table.has("secret") {
        table.opt_choice("authentication", &words).unwrap_or(Authentication::Secret.as_str())
    } else {
        table.choice("authentication", &words)
    };
    Authentication::parse(word).unwrap_or(Authentication::None)
}

fn pkce(table: &Reader<'_>, authentication: Authentication) -> Pkce {
    if table.opt_flag("require_pkce").is_some() {
        table.mistake(
            "require_pkce",
            "is `pkce` now: \"required\", \"or_nonce\" (the default: a code challenge or, with openid, a nonce) or \
             \"optional\"",
        );
    }
    let word = table.opt_choice("pkce", &Pkce::ALL.map(Pkce::as_str));
    let rule = word.and_then(Pkce::parse).unwrap_or(match authentication {
        Authentication::None => Pkce::Required,
        _ => Pkce::OrNonce,
    });
    if authentication == Authentication::None && rule != Pkce::Required {
        table.mistake("pkce", "must be \"required\": a public client always needs PKCE (TOK-8)");
    }
    if rule == Pkce::Optional {
        table.warning(
            "pkce",
            "with \"optional\" nothing stops a stolen code from being used in this client's name",
        );
    }
    rule
}

fn secrets(table: &Reader<'_>, authentication: Authentication) -> Vec<String> {
    let read = |key: &str| {
        let secret = table.opt_secret(key, MIN_SECRET_BYTES)?;
        if !client_auth::needs_no_encoding(secret.expose_secret()) {
            let file = format!("{key}_file");
            let key = if table.has(&file) { &file } else { key };
            table.warning(key, "has a `+` or `%`, which libraries that leave the encoding out send wrongly");
        }
        Some(secret::hash(secret.expose_secret()))
    };
    let hashes: Vec<String> = [read("secret"), read("previous_secret")].into_iter().flatten().collect();
    match authentication {
        Authentication::None if !hashes.is_empty() => {
            table.mistake("secret_file", "a public client (authentication = \"none\") has no secret");
        }
        Authentication::None => {}
        _ if hashes.is_empty() => {
            table.mistake("secret_file", "is missing: this client authenticates with a secret");
        }
        _ => {}
    }
    hashes
}

fn grants(table: &Reader<'_>, authentication: Authentication) -> Vec<GrantType> {
    let mut grants = Vec::new();
    for name in table.list("grants") {
        match GrantType::parse(&name) {
            Some(GrantType::ClientCredentials) if authentication == Authentication::None => {
                table.mistake("grants", "client_credentials needs a client that authenticates (T15)");
            }
            Some(grant) => grants.push(grant),
            None => {
                let all = GrantType::ALL.map(GrantType::as_str).join(", ");
                table.mistake("grants", format!("must be some of {all}"));
            }
        }
    }
    grants
}

fn rotation(table: &Reader<'_>, authentication: Authentication) -> bool {
    let rotate = table.opt_flag("rotate_refresh_tokens").unwrap_or(true);
    if !rotate && authentication == Authentication::None {
        table.mistake("rotate_refresh_tokens", "a public client's refresh tokens always rotate (T11)");
    }
    rotate
}

fn scope(table: &Reader<'_>, offered: &Scope) -> Scope {
    let names = table.list("scopes");
    let unknown = (1..).zip(&names).filter(|(_, name)| !offered.contains(name));
    let message = |(number, _)| format!("number {number}: this realm offers no scope of that name");
    mistakes_of_each(table, "scopes", unknown.map(message));
    names.iter().map(String::as_str).collect()
}

fn redirect_uris(table: &Reader<'_>, key: &str) -> Vec<String> {
    let uris = table.list(key);
    let faulty = |(number, uri): (usize, &String)| {
        redirect_uri::register(uri).err().map(|fault| format!("number {number}: {fault}"))
    };
    mistakes_of_each(table, key, (1..).zip(&uris).filter_map(faulty));
    uris
}

/// Reports all that is wrong with the members of a list, so that it can be corrected in one go.
fn mistakes_of_each(table: &Reader<'_>, key: &str, faults: impl Iterator<Item = String>) {
    let faults: Vec<String> = faults.collect();
    if !faults.is_empty() {
        table.mistake(key, faults.join("; "));
    }
}

fn redirect_uris_or_none(table: &Reader<'_>, key: &str) -> Vec<String> {
    if table.has(key) { redirect_uris(table, key) } else { opt_list(table, key) }
}

fn opt_list(table: &Reader<'_>, key: &str) -> Vec<String> {
    if table.has(key) { table.list(key) } else { table.opt_text(key).into_iter().collect() }
}

/// An http or https address.
fn web_uri(table: &Reader<'_>, key: &str) -> Option<String> {
    let uri = table.opt_text(key)?;
    let web =
        url::Url::parse(&uri).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
    if !web {
        table.mistake(key, "must be an http or https address");
    }
    Some(uri)
}

fn origins(table: &Reader<'_>) -> Vec<String> {
    let origins = opt_list(table, "origins");
    let is_origin = |origin: &String| {
        url::Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == *origin)
    };
    let faulty = (1..).zip(&origins).filter(|(_, origin)| !is_origin(origin));
    let message = |(number, _)| format!("number {number}: must be an origin like https://app.example.com");
    mistakes_of_each(table, "origins", faulty.map(message));
    origins
}
