//! Client authentication (RFC 6749 section 2.3).

use std::{
    fmt,
    ops::Deref,
    sync::{Arc, LazyLock},
};

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    catalogue,
    client::{AuthMethod, Client},
    error::OAuthError,
    params::{self, Params},
    secret,
};

/// The credentials that a caller of the token, revocation or introspection endpoint presented.
#[derive(Clone, PartialEq, Eq)]
pub struct Presented {
    /// The client that it claims to be.
    pub client_id: String,
    /// How it authenticates.
    pub method: AuthMethod,
    /// Its secret, for the two methods that have one.
    pub secret: Option<String>,
}

impl fmt::Debug for Presented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Presented")
            .field("client_id", &self.client_id)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// Reads the client's credentials from the Authorization header and the form. Two methods at once are
/// `invalid_request`. No method, an unreadable header and unsupported methods are `invalid_client`. An empty secret
/// counts as none, in the header and in the form: some libraries send `client_id:` for a public client (TOK-7).
pub fn presented(authorization: Option<&str>, params: &Params) -> Result<Presented, OAuthError> {
    let form_id = params.one("client_id")?;
    let form_secret = params.one("client_secret")?;
    let assertion = params.one("client_assertion")?.or(params.one("client_assertion_type")?);
    let methods = [authorization, form_secret, assertion].into_iter().flatten().count();
    if methods > 1 {
        return Err(catalogue::TWO_CLIENT_AUTHENTICATIONS);
    }
    if let Some(header) = authorization {
        let (client_id, secret) = basic(header).ok_or(catalogue::INVALID_CLIENT)?;
        return match form_id {
            // some clients also send `client_id` in the form: the same id is harmless, another one is refused
            Some(id) if id != client_id => Err(catalogue::TWO_CLIENT_AUTHENTICATIONS),
            _ if secret.is_empty() => Ok(Presented { client_id, method: AuthMethod::None, secret: None }),
            _ => Ok(Presented { client_id, method: AuthMethod::SecretBasic, secret: Some(secret) }),
        };
    }
    match (form_id, form_secret, assertion) {
        (Some(id), Some(secret), None) => Ok(Presented {
            client_id: id.to_owned(),
            method: AuthMethod::SecretPost,
            secret: Some(secret.to_owned()),
        }),
        (Some(id), None, None) => {
            Ok(Presented { client_id: id.to_owned(), method: AuthMethod::None, secret: None })
        }
        _ => Err(catalogue::INVALID_CLIENT),
    }
}

/// Client id and secret of a Basic header, each form-decoded (RFC 6749 section 2.3.1).
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, credentials) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = STANDARD.decode(credentials.trim_start_matches(' ')).ok()?;
    let colon = decoded.iter().position(|byte| *byte == b':')?;
    let (id, secret) = decoded.split_at_checked(colon)?;
    let id = params::decode(id).ok()?;
    let secret = params::decode(secret.get(1..)?).ok()?;
    let clean = !id.is_empty() && !id.chars().chain(secret.chars()).any(params::is_unwanted);
    clean.then_some((id, secret))
}

/// Whether a secret works in a Basic header with and without form-encoding. RFC 6749 section 2.3.1 demands the
/// encoding, but many libraries leave it out.
pub fn needs_no_encoding(secret: &str) -> bool {
    params::decode(secret.as_bytes()).is_ok_and(|decoded| decoded == secret)
}

/// A client that was authenticated, or a public client that was identified. Only [`judge`] makes one.
#[derive(Debug, Clone)]
pub struct AuthenticatedClient(Arc<Client>);

impl AuthenticatedClient {
    /// The client.
    pub fn client(&self) -> &Client {
        &self.0
    }
}

impl Deref for AuthenticatedClient {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}

/// The hash that is compared with the secret when the client is unknown.
static NOBODY: LazyLock<[String; 1]> = LazyLock::new(|| [secret::hash("no client has this secret")]);

/// Why a client was not authenticated. The caller always gets the same error: `invalid_client`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No client is registered under that id.
    UnknownClient,
    /// The secret is not this client's.
    WrongSecret,
    /// The right secret by a method that the registration excludes, or no secret from a client that has one. This is no
    /// guess: libraries begin like this when they try out methods.
    WrongMethod,
}

impl Failure {
    /// Whether this may be an attempt to guess a secret: a secret was presented, and it is wrong.
    pub fn is_guess(self, presented: &Presented) -> bool {
        self != Self::WrongMethod && presented.secret.is_some()
    }
}

impl From<Failure> for OAuthError {
    fn from(failure: Failure) -> Self {
        catalogue::INVALID_CLIENT.because(match failure {
            Failure::UnknownClient => "no client of that id is registered",
            Failure::WrongSecret => "the client's secret is wrong",
            Failure::WrongMethod => "the client does not authenticate as it is registered",
        })
    }
}

/// Compares the credentials with the client that is registered under that id, if there is one. Only methods of its
/// registration are accepted. Every failure is the same `invalid_client` after the same work.
pub fn judge(presented: &Presented, client: Option<&Arc<Client>>) -> Result<AuthenticatedClient, Failure> {
    let hash = secret::hash(presented.secret.as_deref().unwrap_or_default());
    let stored = client.map(|client| client.secret_hashes.as_slice()).filter(|hashes| !hashes.is_empty());
    // every stored hash is compared, so that the time does not reveal which one matched
    let matching = stored
        .unwrap_or(NOBODY.as_slice())
        .iter()
        .filter(|stored| secret::eq(stored.as_bytes(), hash.as_bytes()))
        .count();
    let right = match presented.secret {
        None => true,
        Some(_) => stored.is_some() && matching > 0,
    };
    let Some(client) = client.filter(|client| client.id == presented.client_id) else {
        return Err(Failure::UnknownClient);
    };
    if !right {
        return Err(Failure::WrongSecret);
    }
    let fits = client.authentication.accepts(presented.method)
        && presented.secret.is_some() == client.is_confidential();
    if fits { Ok(AuthenticatedClient(Arc::clone(client))) } else { Err(Failure::WrongMethod) }
}

/// The client id that a call claims, for the log. It is not verified.
pub fn named(authorization: Option<&str>, params: &Params) -> Option<String> {
    let in_header = authorization.and_then(basic).map(|(id, _)| id);
    in_header.or_else(|| params.first("client_id").map(str::to_owned))
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// A client as if it had been authenticated.
    pub(crate) fn authenticated(client: Client) -> AuthenticatedClient {
        AuthenticatedClient(Arc::new(client))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::client::{
        Authentication,
        testing::{client, public},
    };

    fn form(raw: &str) -> Params {
        Params::parse(raw.as_bytes()).unwrap()
    }

    fn header(credentials: &str) -> String {
        format!("Basic {}", STANDARD.encode(credentials))
    }

    fn attempt(authorization: Option<&str>, raw: &str, client: Option<&Client>) -> Result<(), OAuthError> {
        judge(&presented(authorization, &form(raw))?, client.cloned().map(Arc::new).as_ref())?;
        Ok(())
    }

    fn registered(authentication: Authentication) -> Client {
        Client { authentication, ..client() }
    }

    const IN_FORM: &str = "client_id=app&client_secret=s3cret";

    #[test]
    fn tok7_basic_and_post_both_work_unless_the_registration_pins_one() {
        let basic = header("app:s3cret");
        assert_eq!(attempt(Some(&basic), "", Some(&client())), Ok(()));
        assert_eq!(attempt(Some(&basic), "client_id=app", Some(&client())), Ok(()));
        assert_eq!(attempt(None, IN_FORM, Some(&client())), Ok(()));
        let (only_basic, only_post) =
            (registered(Authentication::SecretBasic), registered(Authentication::SecretPost));
        assert_eq!(attempt(Some(&basic), "", Some(&only_basic)), Ok(()));
        assert_eq!(attempt(None, IN_FORM, Some(&only_basic)), Err(catalogue::INVALID_CLIENT));
        assert_eq!(attempt(None, IN_FORM, Some(&only_post)), Ok(()));
        assert_eq!(attempt(Some(&basic), "", Some(&only_post)), Err(catalogue::INVALID_CLIENT));
        assert_eq!(attempt(None, "client_id=native", Some(&public())), Ok(()));
    }

    #[test]
    fn tok7_an_empty_secret_is_none() {
        for (authorization, raw) in [
            (Some(header("native:")), ""),
            (Some(header("native:")), "client_id=native"),
            (None, "client_id=native&client_secret="),
        ] {
            assert_eq!(attempt(authorization.as_deref(), raw, Some(&public())), Ok(()), "{raw}");
        }
        for way in [Authentication::Secret, Authentication::SecretBasic] {
            let refused = attempt(Some(&header("app:")), "", Some(&registered(way)));
            assert_eq!(refused, Err(catalogue::INVALID_CLIENT));
        }
        // neither an empty secret nor a missing one is accepted
        let without = Client { secret_hashes: vec![], ..client() };
        assert_eq!(attempt(Some(&header("app:")), "", Some(&without)), Err(catalogue::INVALID_CLIENT));
    }

    #[test]
    fn tok7_only_a_wrong_secret_is_a_guess() {
        let failure = |authorization: Option<&str>, raw: &str, client: Option<&Client>| {
            let presented = presented(authorization, &form(raw)).unwrap();
            judge(&presented, client.cloned().map(Arc::new).as_ref()).unwrap_err()
        };
        let (basic, wrong) = (header("app:s3cret"), header("app:wrong"));
        let pinned = registered(Authentication::SecretPost);
        assert_eq!(failure(Some(&basic), "", Some(&pinned)), Failure::WrongMethod);
        assert_eq!(failure(None, "client_id=app", Some(&pinned)), Failure::WrongMethod);
        assert_eq!(failure(None, "client_id=nobody", None), Failure::UnknownClient);
        assert_eq!(failure(Some(&wrong), "", Some(&pinned)), Failure::WrongSecret);
        let public = Client { id: "app".into(), ..public() };
        assert_eq!(failure(Some(&basic), "", Some(&public)), Failure::WrongSecret);
        assert_eq!(failure(Some(&basic), "", None), Failure::UnknownClient);

        let is_guess = |failure: Failure, raw: &str| failure.is_guess(&presented(None, &form(raw)).unwrap());
        assert!(is_guess(Failure::WrongSecret, IN_FORM) && is_guess(Failure::UnknownClient, IN_FORM));
        assert!(
            !is_guess(Failure::UnknownClient, "client_id=nobody") && !is_guess(Failure::WrongMethod, IN_FORM)
        );
    }

    #[test]
    fn t4_a_secret_that_libraries_may_send_as_it_is_reads_the_same_encoded() {
        for secret in ["s3cret", "oO4cQ1yAqX9Yp0dJmZt2_-", "a:b c/d=", "\u{e9}"] {
            assert!(needs_no_encoding(secret), "{secret}");
            let sent = presented(Some(&header(&format!("app:{secret}"))), &form("")).unwrap();
            assert_eq!(sent.secret.as_deref(), Some(secret));
        }
        for secret in ["a+b", "a%41", "100%"] {
            assert!(!needs_no_encoding(secret), "{secret}");
        }
    }

    #[test]
    fn t5_either_of_two_active_secrets_works() {
        let rotating = Client { secret_hashes: vec![secret::hash("old"), secret::hash("new")], ..client() };
        assert_eq!(attempt(Some(&header("app:old")), "", Some(&rotating)), Ok(()));
        assert_eq!(attempt(Some(&header("app:new")), "", Some(&rotating)), Ok(()));
        assert_eq!(attempt(Some(&header("app:older")), "", Some(&rotating)), Err(catalogue::INVALID_CLIENT));
    }

    #[test]
    fn t4_basic_credentials_are_form_decoded() {
        let read = presented(Some(&header("a%3Ab:p%25+%C3%A9:x")), &form("")).unwrap();
        assert_eq!((read.client_id.as_str(), read.secret.as_deref()), ("a:b", Some("p% \u{e9}:x")));
    }

    #[test]
    fn t2_one_method_per_request() {
        let basic = header("app:s3cret");
        for raw in [
            "client_secret=s3cret",
            "client_id=other",
            "client_id=app&client_secret=s3cret",
            "client_assertion=x",
        ] {
            assert_eq!(
                presented(Some(&basic), &form(raw)),
                Err(catalogue::TWO_CLIENT_AUTHENTICATIONS),
                "{raw}"
            );
        }
        let both = "client_id=app&client_secret=s&client_assertion=x";
        assert_eq!(presented(None, &form(both)), Err(catalogue::TWO_CLIENT_AUTHENTICATIONS));
        assert_eq!(presented(None, &form("client_id=a&client_id=a")), Err(catalogue::REPEATED_PARAMETER));
    }

    #[test]
    fn t2_a_client_with_a_secret_shows_it_and_a_public_one_shows_none() {
        let basic = header("app:s3cret");
        assert_eq!(attempt(None, "client_id=app", Some(&client())), Err(catalogue::INVALID_CLIENT));
        let public = Client { id: "app".into(), ..public() };
        assert_eq!(attempt(Some(&basic), "", Some(&public)), Err(catalogue::INVALID_CLIENT));
        assert_eq!(attempt(None, IN_FORM, Some(&public)), Err(catalogue::INVALID_CLIENT));
        // not even a secret whose hash is stored with the public client
        let odd = Client { secret_hashes: client().secret_hashes, ..public };
        assert_eq!(attempt(Some(&basic), "", Some(&odd)), Err(catalogue::INVALID_CLIENT));
    }

    #[test]
    fn t3_a_wrong_secret_an_unknown_client_and_no_client_read_the_same() {
        for (authorization, raw, client) in [
            (Some(header("app:wrong")), "", Some(client())),
            (Some(header("app:")), "", Some(client())),
            (Some(header("app:no client has this secret")), "", None),
            (
                Some(header("app:no client has this secret")),
                "",
                Some(Client { secret_hashes: vec![], ..client() }),
            ),
            (Some(header("other:s3cret")), "", Some(client())),
            (None, "", None),
            (None, "client_secret=s3cret", Some(client())),
            (None, "client_id=app&client_assertion=x", Some(client())),
            (Some("Basic".into()), "", Some(client())),
            (Some("Basic !!!".into()), "", Some(client())),
            (Some("Bearer abc".into()), "", Some(client())),
            (Some(header("nocolon")), "", Some(client())),
            (Some(header(":s3cret")), "", Some(client())),
            (Some(header("a%zz:s3cret")), "", Some(client())),
            (Some(header("app:s%00")), "", Some(client())),
        ] {
            let result = attempt(authorization.as_deref(), raw, client.as_ref());
            assert_eq!(result, Err(catalogue::INVALID_CLIENT), "{authorization:?} {raw}");
        }
    }

    #[test]
    fn debug_output_has_no_secret() {
        let shown = format!("{:?}", presented(Some(&header("app:s3cret")), &form("")).unwrap());
        assert!(shown.contains("app") && !shown.contains("s3cret"));
    }

    proptest! {
        #[test]
        fn z8_reading_the_header_is_total(header in ".{0,60}", credentials in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = presented(Some(&header), &form("client_id=app"));
            let _ = presented(Some(&format!("basic {}", STANDARD.encode(credentials))), &form(""));
        }

        #[test]
        fn t4_what_a_client_encodes_is_what_we_read(id in "\\PC{1,12}", secret in "\\PC{0,12}") {
            prop_assume!(!id.chars().chain(secret.chars()).any(params::is_unwanted));
            let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            let header = header(&format!("{}:{}", encode(&id), encode(&secret)));
            let read = presented(Some(&header), &form("")).unwrap();
            prop_assert_eq!((read.client_id, read.secret), (id, Some(secret).filter(|s| !s.is_empty())));
        }
    }
}
