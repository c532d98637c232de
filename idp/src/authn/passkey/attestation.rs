//! Which authenticators may make passkeys where a realm demands an attestation (Web Authentication sections 6.5 and
//! 7.1): those of the listed models, each vouched for by an authority of its maker.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use uuid::Uuid;
use webauthn_rs::prelude::{
    AttestationCaList, AttestationCaListBuilder, AttestationMetadata, AttestedPasskeyRegistration,
    ParsedAttestation, WebauthnError,
};

use super::Refused;

/// The authorities and the models that they vouch for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trusted {
    authorities: AttestationCaList,
    models: BTreeSet<String>,
}

impl Trusted {
    /// These models, each with the authority that vouches for it (DER); `None` when an authority is no certificate.
    pub fn of<'a>(vouched: impl IntoIterator<Item = (&'a [u8], Uuid)>) -> Option<Self> {
        let (mut builder, mut models) = (AttestationCaListBuilder::new(), BTreeSet::new());
        for (authority, model) in vouched {
            builder.insert_device_der(authority, model, String::new(), BTreeMap::new()).ok()?;
            models.insert(model.to_string());
        }
        Some(Self { authorities: builder.build(), models })
    }

    /// Whether no authenticator has to prove what it is.
    pub fn is_empty(&self) -> bool {
        self.models.is_empty()
    }

    /// Whether a passkey whose authenticator has proved to be of this model counts as held by trusted hardware.
    pub fn has(&self, model: Option<&str>) -> bool {
        model.is_some_and(|model| self.models.contains(model))
    }

    /// The authorities, for the library.
    pub(super) fn authorities(&self) -> AttestationCaList {
        self.authorities.clone()
    }

    /// What to remember of a ceremony: without the authorities, which are long. Those of the realm as it is when the
    /// answer comes decide.
    pub(super) fn forget_authorities(state: &AttestedPasskeyRegistration) -> Result<Value, Refused> {
        let mut state = serde_json::to_value(state).map_err(|_| Refused::Unreadable)?;
        state.as_object_mut().and_then(|state| state.remove(AUTHORITIES)).ok_or(Refused::Unreadable)?;
        Ok(state)
    }

    /// The ceremony that was remembered, with the authorities of now.
    pub(super) fn recall(&self, state: &Value) -> Result<AttestedPasskeyRegistration, Refused> {
        let authorities = serde_json::to_value(&self.authorities).map_err(|_| Refused::Unreadable)?;
        let mut state = state.clone();
        state.as_object_mut().ok_or(Refused::Unreadable)?.insert(AUTHORITIES.to_owned(), authorities);
        serde_json::from_value(state).map_err(|_| Refused::Unreadable)
    }
}

/// The member of the library's state that has the authorities.
const AUTHORITIES: &str = "ca_list";

/// The model that an attestation has proved.
pub(super) fn model(attestation: &ParsedAttestation) -> Option<String> {
    match &attestation.metadata {
        AttestationMetadata::Packed { aaguid } | AttestationMetadata::Tpm { aaguid, .. } => {
            Some(aaguid.to_string())
        }
        _ => None,
    }
}

/// A refusal of the library, told apart by whether the person should take another authenticator.
pub(super) fn refused(error: WebauthnError) -> Refused {
    match error {
        WebauthnError::AttestationNotVerifiable
        | WebauthnError::AttestationNotSupported
        | WebauthnError::AttestationUntrustedAaguid
        | WebauthnError::AttestationFormatMissingAaguid
        | WebauthnError::AttestationChainNotTrusted(_)
        | WebauthnError::CredentialMayNotBeHardwareBound => Refused::Unlisted(error),
        other => Refused::Rule(other),
    }
}
