//! Passkeys (Web Authentication Level 3): what a browser is asked for, and whether its answer is right.
//!
//! Every ceremony demands that the authenticator verifies its user. A passkey therefore is possession and knowledge (or
//! a fingerprint) in one, and needs no other factor beside it.
//!
//! * [`attestation`]: which authenticators may make one, where a realm demands a proof of that
//! * `quiet`: passkeys that browsers make by themselves
//! * `maker`: a name for a passkey, from the model of its authenticator

pub mod attestation;
mod maker;
mod owner;
mod quiet;

use attestation::Trusted;
pub use owner::{Owner, shown_name, user_handle};
#[cfg(test)]
mod attested_tests;
#[cfg(test)]
mod tests;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, Credential, DiscoverableAuthentication, ParsedAttestationData, Passkey,
    PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, SecurityKeyRegistration, Webauthn,
    WebauthnBuilder, WebauthnError,
};

/// How long a browser may take to answer, in seconds (X1).
pub const LIFE_SECONDS: i64 = 300;
/// Longest id of a credential, in bytes (Web Authentication section 7.1).
const MAX_ID: usize = 1023;

/// Why an answer is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It is not what a browser sends.
    #[error("the answer can't be read")]
    Unreadable,
    /// A page of another site had embedded this one.
    #[error("the ceremony took place inside another site's page")]
    Embedded,
    /// It names no account, or another one than it has to.
    #[error("the answer is of another account")]
    OtherAccount,
    /// A passkey that could not be copied to other devices now says that it can be, or the other way round.
    #[error("the authenticator's kind has changed")]
    OtherKind,
    /// The authenticator does not prove to be one of those that the realm lists.
    #[error("the authenticator is not one that is listed: {0}")]
    Unlisted(WebauthnError),
    /// A rule of Web Authentication is broken.
    #[error(transparent)]
    Rule(#[from] WebauthnError),
}

/// What the realm remembers of a ceremony until the browser's answer. It is a secret of the realm.
#[derive(Debug, Serialize, Deserialize)]
pub enum Ceremony {
    /// Signing in, with any passkey of the realm.
    SignIn(DiscoverableAuthentication),
    /// Proving one of an account's passkeys.
    Proof(DiscoverableAuthentication),
    /// Registering a passkey.
    Registration(PasskeyRegistration),
    /// Registering a passkey whose authenticator has to prove what it is.
    Attested(Value),
    /// Registering a passkey that the browser makes by itself.
    Quiet(SecurityKeyRegistration),
}

/// A ceremony that begins.
#[derive(Debug)]
pub struct Begun {
    /// What the browser's script hands to `navigator.credentials`: binary members are base64url.
    pub options: Value,
    /// What to remember.
    pub ceremony: Ceremony,
}

/// A passkey with its state, as it is stored.
#[derive(Debug)]
pub struct Stored {
    /// Its id, base64url.
    pub credential_id: String,
    /// Public key, flags and transports as JSON.
    pub credential: String,
    /// The authenticator's counter.
    pub sign_count: i64,
    /// Whether it can exist on several devices.
    pub synced: bool,
    /// The model that its authenticator has proved to be, at its registration.
    pub attested_model: Option<String>,
}

/// Which account's passkey the browser answers with. Nothing is proved yet.
#[derive(Debug)]
pub struct Claim {
    /// The account: see [`user_handle`].
    pub user_handle: Uuid,
    /// The passkey's id, base64url.
    pub credential_id: String,
}

/// The relying party of one realm. Its id is the host of the issuer, its origin the issuer's, and those that the realm
/// file names beside it (X4, X6).
#[derive(Debug)]
pub struct RelyingParty {
    webauthn: Webauthn,
    trusted: Trusted,
}

impl RelyingParty {
    /// The relying party of an issuer; `None` when its host is an IP address, for which browsers make no passkeys.
    pub fn of(issuer: &str, product: &str) -> Option<Self> {
        Self::at(issuer, product, &[])
    }

    /// The same, which is also asked by pages of these origins (Web Authentication section 5.11).
    pub fn at(issuer: &str, product: &str, related: &[Url]) -> Option<Self> {
        let origin = Url::parse(issuer).ok()?;
        let host = origin.domain()?.to_owned();
        let builder = WebauthnBuilder::new(&host, &origin).ok()?.rp_name(product);
        let builder = related.iter().fold(builder, WebauthnBuilder::append_allowed_origin);
        let webauthn = builder.build().ok()?;
        Some(Self { webauthn, trusted: Trusted::default() })
    }

    /// The same, where only these authenticators may make passkeys.
    #[must_use]
    pub fn trusting(self, trusted: Trusted) -> Self {
        Self { trusted, ..self }
    }

    /// Whether an authenticator has to prove what it is.
    pub fn demands_attestation(&self) -> bool {
        !self.trusted.is_empty()
    }

    /// Whether a passkey counts as held by hardware that the realm trusts now.
    pub fn is_hardware(&self, attested_model: Option<&str>) -> bool {
        self.trusted.has(attested_model)
    }

    /// Begins a sign-in with whichever passkey the person chooses. The options name no account, so they tell nobody
    /// whether one exists (X16).
    pub fn begin_sign_in(&self) -> Result<Begun, Refused> {
        let (challenge, state) = self.webauthn.start_discoverable_authentication()?;
        let options = plain(json!(challenge.public_key));
        Ok(Begun { options, ceremony: Ceremony::SignIn(state) })
    }

    /// Begins the proof of one of an account's passkeys. Call it only once the person has proved another factor: the
    /// options name the passkeys.
    pub fn begin_proof(&self, passkeys: &[String]) -> Result<Begun, Refused> {
        let allowed = passkeys.iter().filter_map(|json| parse::<Passkey>(json).ok()).map(|passkey| {
            let Credential { cred_id, transports, .. } = passkey.into();
            let id = URL_SAFE_NO_PAD.encode(cred_id);
            json!({ "type": "public-key", "id": id, "transports": transports.unwrap_or_default() })
        });
        // the library's other way would put the public keys into the state and believe them there
        let (challenge, state) = self.webauthn.start_discoverable_authentication()?;
        let mut options = plain(json!(challenge.public_key));
        if let Some(options) = options.as_object_mut() {
            options.insert("allowCredentials".to_owned(), allowed.collect());
        }
        Ok(Begun { options, ceremony: Ceremony::Proof(state) })
    }

    /// Begins the registration of a passkey, on a device that has none of `existing` (credentials as stored).
    pub fn begin_registration(&self, owner: Owner<'_>, existing: &[String]) -> Result<Begun, Refused> {
        let shown = shown_name(owner.name, owner.email);
        let known = existing.iter().filter_map(|json| parse::<Passkey>(json).ok());
        let known = known.map(|passkey| passkey.cred_id().clone()).collect();
        let id = user_handle(owner.id);
        let (challenge, ceremony) = if self.trusted.is_empty() {
            let (challenge, state) =
                self.webauthn.start_passkey_registration(id, owner.email, shown, Some(known))?;
            (challenge, Ceremony::Registration(state))
        } else {
            let authorities = self.trusted.authorities();
            let (challenge, state) = self.webauthn.start_attested_passkey_registration(
                id,
                owner.email,
                shown,
                Some(known),
                authorities,
                None,
            )?;
            (challenge, Ceremony::Attested(Trusted::forget_authorities(&state)?))
        };
        let mut options = plain(json!(challenge.public_key));
        // so that the passkey also serves to sign in without an address; a security key without room for it does not
        if let Some(wanted) = options.get_mut("authenticatorSelection").and_then(Value::as_object_mut) {
            wanted.insert("residentKey".to_owned(), "preferred".into());
        }
        Ok(Begun { options, ceremony })
    }

    /// Begins the registration of a passkey that the browser makes by itself after a password (conditional creation),
    /// of somebody who has none.
    pub fn begin_quietly(&self, owner: Owner<'_>) -> Result<Begun, Refused> {
        let shown = shown_name(owner.name, owner.email);
        // the library's way for passkeys demands that somebody is verified, which no browser does here
        let (challenge, state) = self.webauthn.start_securitykey_registration(
            user_handle(owner.id),
            owner.email,
            shown,
            None,
            None,
            None,
        )?;
        let mut options = plain(json!(challenge.public_key));
        quiet::wish(&mut options);
        Ok(Begun { options, ceremony: Ceremony::Quiet(state) })
    }

    /// Whether the realm registers passkeys by such a ceremony now: it may demand an attestation since it began.
    pub fn registers_by(&self, ceremony: &Ceremony) -> bool {
        match ceremony {
            Ceremony::Registration(_) | Ceremony::Quiet(_) => self.trusted.is_empty(),
            Ceremony::Attested(_) => !self.trusted.is_empty(),
            Ceremony::SignIn(_) | Ceremony::Proof(_) => false,
        }
    }

    /// The new passkey, if the answer is right.
    pub fn registered(&self, ceremony: &Ceremony, answer: &str) -> Result<Stored, Refused> {
        if !self.registers_by(ceremony) {
            return Err(Refused::Unreadable);
        }
        let answer: RegisterPublicKeyCredential = match ceremony {
            Ceremony::Quiet(_) => quiet::with_presence(answer)?,
            _ => parse(answer)?,
        };
        top_level(&answer.response.client_data_json)?;
        let (mut credential, attested_model) = match ceremony {
            Ceremony::Registration(state) => {
                (Credential::from(self.webauthn.finish_passkey_registration(&answer, state)?), None)
            }
            Ceremony::Attested(state) => {
                let state = self.trusted.recall(state)?;
                let made = self.webauthn.finish_attested_passkey_registration(&answer, &state);
                let made = made.map_err(attestation::refused)?;
                let model = attestation::model(made.attestation());
                (Credential::from(made), model)
            }
            Ceremony::Quiet(state) => {
                (Credential::from(self.webauthn.finish_securitykey_registration(&answer, state)?), None)
            }
            Ceremony::SignIn(_) | Ceremony::Proof(_) => return Err(Refused::Unreadable),
        };
        if credential.cred_id.len() > MAX_ID {
            return Err(Refused::Unreadable);
        }
        // it is judged, or nobody asked for it: the chain of certificates is not kept
        credential.attestation.data = ParsedAttestationData::None;
        Ok(Stored { attested_model, ..stored(credential.into())? })
    }

    /// The account and passkey that an answer names.
    pub fn claim(&self, answer: &str) -> Result<Claim, Refused> {
        let answer: PublicKeyCredential = parse(answer)?;
        let (user, credential_id) = self.webauthn.identify_discoverable_authentication(&answer)?;
        Ok(Claim { user_handle: user, credential_id: URL_SAFE_NO_PAD.encode(credential_id) })
    }

    /// The new state of the passkey that somebody signs in with, if the answer is right.
    pub fn signed_in(
        &self,
        state: DiscoverableAuthentication,
        answer: &str,
        credential: &str,
    ) -> Result<Stored, Refused> {
        let (answer, passkey) = (parse::<PublicKeyCredential>(answer)?, parse::<Passkey>(credential)?);
        top_level(&answer.response.client_data_json)?;
        let result = self.webauthn.finish_discoverable_authentication_v2(&answer, state, &passkey)?;
        renewed(passkey, &result)
    }

    /// The id of the passkey that an answer proves, base64url.
    pub fn named(&self, answer: &str) -> Result<String, Refused> {
        let answer: PublicKeyCredential = parse(answer)?;
        Ok(URL_SAFE_NO_PAD.encode(answer.get_credential_id()))
    }

    /// The new state of the passkey of `user_id` that is proved, if the answer is right (X13).
    pub fn proved(
        &self,
        state: DiscoverableAuthentication,
        answer: &str,
        user_id: &str,
        credential: &str,
    ) -> Result<Stored, Refused> {
        let said: PublicKeyCredential = parse(answer)?;
        let is_owner = |handle| Uuid::from_slice(handle).is_ok_and(|handle| handle == user_handle(user_id));
        if !said.get_user_unique_id().is_none_or(is_owner) {
            return Err(Refused::OtherAccount);
        }
        self.signed_in(state, answer, credential)
    }
}

/// Whether a stored passkey can exist on several devices.
pub fn is_synced(credential: &str) -> bool {
    parse::<Passkey>(credential).is_ok_and(|passkey| Credential::from(passkey).backup_eligible)
}

/// The password manager or authenticator of a new passkey, if the answer tells and we know it.
pub fn maker(answer: &str) -> Option<&'static str> {
    maker::of(answer)
}

/// The options without extensions: nothing here reads what they would tell.
fn plain(mut options: Value) -> Value {
    if let Some(options) = options.as_object_mut() {
        options.remove("extensions");
    }
    options
}

fn parse<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Refused> {
    serde_json::from_str(json).map_err(|_| Refused::Unreadable)
}

/// Refuses a ceremony inside a frame (X5). The library looks at `crossOrigin` of registrations only.
fn top_level(client_data: &[u8]) -> Result<(), Refused> {
    let data: Value = serde_json::from_slice(client_data).map_err(|_| Refused::Unreadable)?;
    let crossed = data.get("crossOrigin").is_some_and(|crossed| *crossed != Value::Bool(false));
    if crossed || data.get("topOrigin").is_some() { Err(Refused::Embedded) } else { Ok(()) }
}

fn renewed(mut passkey: Passkey, result: &AuthenticationResult) -> Result<Stored, Refused> {
    if Credential::from(passkey.clone()).backup_eligible != result.backup_eligible() {
        return Err(Refused::OtherKind);
    }
    if !result.user_verified() || passkey.update_credential(result).is_none() {
        return Err(Refused::OtherAccount);
    }
    stored(passkey)
}

fn stored(passkey: Passkey) -> Result<Stored, Refused> {
    let credential = serde_json::to_string(&passkey).map_err(|_| Refused::Unreadable)?;
    let credential_id = URL_SAFE_NO_PAD.encode(passkey.cred_id());
    let Credential { counter, backup_eligible, .. } = passkey.into();
    Ok(Stored {
        credential_id,
        credential,
        sign_count: i64::from(counter),
        synced: backup_eligible,
        attested_model: None,
    })
}
