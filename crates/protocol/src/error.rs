//! The errors that OAuth and OpenID Connect define for responses.

use std::fmt;

/// An error code that is registered with IANA. [`ErrorCode::as_str`] is its name on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// RFC 6749: malformed, repeated or missing parameter.
    InvalidRequest,
    /// RFC 6749: client authentication failed.
    InvalidClient,
    /// RFC 6749: the code or refresh token is not usable.
    InvalidGrant,
    /// RFC 6749: this client may not do this.
    UnauthorizedClient,
    /// RFC 6749: the grant type is not supported.
    UnsupportedGrantType,
    /// RFC 6749: scope malformed, or not for this client.
    InvalidScope,
    /// RFC 8707: the resource is unknown or not allowed.
    InvalidTarget,
    /// RFC 6749: the person or a policy refused the request.
    AccessDenied,
    /// RFC 6749: only `code` is offered.
    UnsupportedResponseType,
    /// RFC 6749: the server failed.
    ServerError,
    /// RFC 6749: try again later.
    TemporarilyUnavailable,
    /// OpenID Connect: a sign-in would be needed.
    LoginRequired,
    /// OpenID Connect: a page would be needed.
    InteractionRequired,
    /// OpenID Connect: a consent page would be needed.
    ConsentRequired,
    /// OpenID Connect: an account choice would be needed.
    AccountSelectionRequired,
    /// OpenID Connect: the demanded authentication context can't be reached.
    UnmetAuthenticationRequirements,
    /// OpenID Connect: request objects are not supported.
    RequestNotSupported,
    /// OpenID Connect: request objects by reference are not supported.
    RequestUriNotSupported,
    /// OpenID Connect: the `registration` parameter is not supported.
    RegistrationNotSupported,
    /// RFC 6750: the access token is not valid.
    InvalidToken,
    /// RFC 6750: the access token is valid, but not sufficient.
    InsufficientScope,
    /// RFC 9470: a stronger or fresher sign-in is needed.
    InsufficientUserAuthentication,
}

impl ErrorCode {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidTarget => "invalid_target",
            Self::AccessDenied => "access_denied",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::LoginRequired => "login_required",
            Self::InteractionRequired => "interaction_required",
            Self::ConsentRequired => "consent_required",
            Self::AccountSelectionRequired => "account_selection_required",
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::RegistrationNotSupported => "registration_not_supported",
            Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
            Self::InsufficientUserAuthentication => "insufficient_user_authentication",
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A refusal that may be sent to a client. The texts that this crate uses are the constants of [`crate::catalogue`].
/// Two refusals are equal when a client can't distinguish them.
#[derive(Debug, Clone, Copy, Eq, thiserror::Error)]
#[error("{code}: {description}")]
pub struct OAuthError {
    /// The registered code.
    pub code: ErrorCode,
    /// For the developer of the client: RFC 6749 section 5.2 allows printable ASCII without `"` and `\`.
    pub description: &'static str,
    /// Which check failed, only for the operator's log. Empty when the description says it.
    pub why: &'static str,
}

impl PartialEq for OAuthError {
    fn eq(&self, other: &Self) -> bool {
        (self.code, self.description) == (other.code, other.description)
    }
}

impl OAuthError {
    /// An error with this code and description.
    pub const fn new(code: ErrorCode, description: &'static str) -> Self {
        Self { code, description, why: "" }
    }

    /// The same refusal, with a reason for the log only.
    #[must_use]
    pub const fn because(self, why: &'static str) -> Self {
        Self { why, ..self }
    }

    /// The reason for the operator's log.
    pub const fn reason(&self) -> &'static str {
        if self.why.is_empty() { self.description } else { self.why }
    }

    /// Whether a description has only characters that RFC 6749 section 5.2 allows.
    pub const fn is_wire_safe(description: &str) -> bool {
        let mut rest = description.as_bytes();
        while let Some((byte, tail)) = rest.split_first() {
            if !matches!(*byte, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e) {
                return false;
            }
            rest = tail;
        }
        true
    }
}

/// A cryptographic operation failed, and no remote party caused it: key material is unusable, or the library failed.
/// The text names the operation and contains no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CryptoError(pub &'static str);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auth2_descriptions_keep_to_the_characters_of_rfc_6749() {
        assert!(OAuthError::is_wire_safe("A plain sentence, isn't it?"));
        for bad in ["a \"quote\"", "back\\slash", "line\nbreak", "caf\u{e9}", "\u{7f}"] {
            assert!(!OAuthError::is_wire_safe(bad), "{bad:?}");
        }
    }

    #[test]
    fn display_shows_the_wire_word_and_the_description() {
        let error = OAuthError::new(ErrorCode::InvalidScope, "no such scope");
        assert_eq!(error.to_string(), "invalid_scope: no such scope");
    }
}
