//! Every refusal that this crate returns. They are in one place, so that the same situation always has the same text.

use crate::error::{ErrorCode, OAuthError};

macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident = $code:ident, $text:literal;)*) => {
        $(
            $(#[$doc])*
            pub const $name: OAuthError = {
                assert!(OAuthError::is_wire_safe($text), "a description leaves the characters of RFC 6749");
                OAuthError::new(ErrorCode::$code, $text)
            };
        )*
        #[cfg(test)]
        const ALL: &[OAuthError] = &[$($name),*];
    };
}

catalogue! {
    /// Percent-encoding or UTF-8 is broken.
    MALFORMED_ENCODING = InvalidRequest, "the parameters are not valid form encoding";
    /// Control or bidirectional formatting characters.
    CONTROL_CHARACTER = InvalidRequest, "a parameter contains a control character, such as a line end";
    /// More pairs or bytes than any client needs.
    TOO_MANY_PARAMETERS = InvalidRequest, "too many parameters";
    /// RFC 6749 section 3.1: parameters must not repeat.
    REPEATED_PARAMETER = InvalidRequest, "a parameter is repeated";

    /// The client is unknown; shown on a page, never redirected.
    UNKNOWN_CLIENT = InvalidRequest, "client_id is missing or unknown";
    /// The redirect URI is missing; shown on a page, never redirected.
    MISSING_REDIRECT_URI = InvalidRequest, "redirect_uri is missing";
    /// The redirect URI is not registered; shown on a page, never redirected.
    UNREGISTERED_REDIRECT_URI = InvalidRequest, "redirect_uri is not registered for this client";
    /// `state` is longer than a response may echo.
    STATE_TOO_LONG = InvalidRequest, "state is longer than 2048 bytes";
    /// `id_token_hint` can't be verified, so nobody knows whom the request is about.
    UNVERIFIABLE_HINT = InvalidRequest, "id_token_hint is not an ID token of this issuer";
    /// `nonce` is longer than an ID token may contain.
    NONCE_TOO_LONG = InvalidRequest, "nonce is longer than 512 bytes";
    /// OpenID Connect Core section 6.1.
    REQUEST_NOT_SUPPORTED = RequestNotSupported, "request objects are not supported";
    /// OpenID Connect Core section 6.2.
    REQUEST_URI_NOT_SUPPORTED = RequestUriNotSupported, "request_uri is not supported";
    /// OpenID Connect Core section 7.2.1.
    REGISTRATION_NOT_SUPPORTED = RegistrationNotSupported, "the registration parameter is not supported";
    /// RFC 6749 section 4.1.1.
    MISSING_RESPONSE_TYPE = InvalidRequest, "response_type is missing";
    /// Only the code flow is offered.
    UNSUPPORTED_RESPONSE_TYPE = UnsupportedResponseType, "only response_type=code is supported";
    /// Only `query` is offered.
    UNSUPPORTED_RESPONSE_MODE = InvalidRequest, "only response_mode=query is supported";
    /// The scope is malformed.
    MALFORMED_SCOPE = InvalidScope, "scope contains a character that is not allowed";
    /// The scope is known, but not allowed for this client.
    SCOPE_NOT_ALLOWED = InvalidScope, "a requested scope is not allowed for this client";
    /// No known scope was requested.
    EMPTY_SCOPE = InvalidScope, "no supported scope was requested";
    /// RFC 7636 section 4.4.1.
    PKCE_REQUIRED = InvalidRequest, "code_challenge is required";
    /// RFC 9700 section 2.1.1: a code challenge or a nonce must bind the request to its code.
    PKCE_OR_NONCE_REQUIRED = InvalidRequest, "code_challenge is required, or a nonce together with the scope openid";
    /// RFC 7636 section 4.3: without a method the challenge would be plain.
    PKCE_S256_ONLY = InvalidRequest, "code_challenge_method must be S256";
    /// RFC 7636 section 4.2.
    PKCE_MALFORMED = InvalidRequest, "code_challenge is malformed";
    /// OpenID Connect Core section 3.1.2.1.
    MALFORMED_PROMPT = InvalidRequest, "prompt has an unknown value";
    /// OpenID Connect Core section 3.1.2.1.
    PROMPT_NONE_ALONE = InvalidRequest, "prompt=none can not be combined";
    /// OpenID Connect Core section 3.1.2.1.
    MALFORMED_MAX_AGE = InvalidRequest, "max_age must be a number of seconds between 0 and ten years";
    /// RFC 8707 section 2.
    UNKNOWN_RESOURCE = InvalidTarget, "resource names something that is no resource of this realm";
    /// The resource is known, but no scope of it is allowed for this client.
    RESOURCE_NOT_ALLOWED = InvalidTarget, "this client may have no scope of a named resource";
    /// A requested scope belongs to a resource that the request does not name.
    RESOURCE_NOT_NAMED = InvalidTarget, "a requested scope belongs to a resource that resource does not name";
    /// The scopes belong to several resources, and the request names none.
    SEVERAL_RESOURCES = InvalidTarget, "these scopes belong to different resources: name each with resource";
    /// RFC 8707 section 2.2: a token is for the granted resources, or for fewer.
    RESOURCE_NOT_GRANTED = InvalidTarget, "resource names something that was not granted";
    /// OpenID Connect Core section 5.5.
    MALFORMED_CLAIMS = InvalidRequest, "the claims parameter is malformed";

    /// OpenID Connect Core section 3.1.2.6.
    LOGIN_REQUIRED = LoginRequired, "the person must sign in";
    /// OpenID Connect Core section 3.1.2.6.
    INTERACTION_REQUIRED = InteractionRequired, "the person must complete a further step";
    /// OpenID Connect Core section 3.1.2.6.
    CONSENT_REQUIRED = ConsentRequired, "the person must consent";
    /// OpenID Connect Core section 3.1.2.6.
    ACCOUNT_SELECTION_REQUIRED = AccountSelectionRequired, "the person must choose an account";
    /// OpenID Connect Core section 5.5.1.1.
    ACR_NOT_MET = UnmetAuthenticationRequirements, "this sign-in can not have an acr that was called essential";
    /// `id_token_hint` and `claims` name different users.
    TWO_SUBJECTS = InvalidRequest, "id_token_hint and claims name different people";
    /// Another user signed in than the request expects (OpenID Connect Core section 3.1.2.2).
    ANOTHER_PERSON = LoginRequired, "another person than the expected one signed in";
    /// The person refused the consent.
    ACCESS_DENIED = AccessDenied, "the person refused the request";

    /// OpenID Connect RP-Initiated Logout section 2.
    UNUSABLE_HINT = InvalidRequest, "id_token_hint is missing or not an ID token of this issuer";
    /// A client can only end sessions for which it has an ID token of its own.
    FOREIGN_HINT = InvalidRequest, "id_token_hint was issued to another client";
    /// The ID token is older than a session can be, so its session is over.
    OLD_HINT = InvalidRequest, "id_token_hint is older than any session";
    /// The URI of a client's own logout request is not registered.
    UNREGISTERED_LOGOUT_URI = InvalidRequest, "post_logout_redirect_uri is not registered for this client";

    /// Any failure of client authentication. The client does not learn which check failed.
    INVALID_CLIENT = InvalidClient, "client authentication failed";
    /// RFC 6749 section 2.3: one method per request.
    TWO_CLIENT_AUTHENTICATIONS = InvalidRequest, "more than one client authentication method was used";
    /// The client is known, but not registered for this grant type.
    GRANT_TYPE_NOT_ALLOWED = UnauthorizedClient, "this grant type is not allowed for this client";
    /// The client is not registered for the authorization code flow.
    CODE_FLOW_NOT_ALLOWED = UnauthorizedClient, "the authorization code flow is not allowed for this client";

    /// RFC 6749 section 4.1.3.
    MISSING_GRANT_TYPE = InvalidRequest, "grant_type is missing";
    /// RFC 6749 section 5.2.
    UNSUPPORTED_GRANT_TYPE = UnsupportedGrantType, "this grant type is not supported";
    /// RFC 6749 section 4.1.3.
    MISSING_CODE = InvalidRequest, "code is missing";
    /// RFC 6749 section 6.
    MISSING_REFRESH_TOKEN = InvalidRequest, "refresh_token is missing";
    /// Any failure of a code: unknown, used, expired, another client's, wrong redirect URI, wrong verifier.
    INVALID_CODE = InvalidGrant, "the code is not valid";
    /// Any failure of a refresh token.
    INVALID_REFRESH_TOKEN = InvalidGrant, "the refresh token is not valid";
    /// RFC 6749 section 6: a refresh can narrow the scope, but not widen it.
    SCOPE_NOT_GRANTED = InvalidScope, "the scope is wider than what was granted";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auth2_every_description_is_wire_safe_short_and_says_something() {
        for error in ALL {
            assert!(OAuthError::is_wire_safe(error.description), "{error}");
            assert!((8..=100).contains(&error.description.len()), "{error}");
        }
    }
}
