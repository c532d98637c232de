//! Every reason to refuse a caller: the only place of this crate that knows statuses, challenges and wording.
//!
//! RFC 6750 section 3 (Bearer), RFC 9470 (step-up), RFC 9728 section 5.1 (`resource_metadata`), RFC 9457 (bodies).

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header::WWW_AUTHENTICATE};
use problem::Problem;

/// Why a caller is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No credential at all (R1).
    NoCredential,
    /// More than one credential (RS5).
    TwoCredentials,
    /// The access token is invalid (RS1).
    InvalidToken,
    /// The sign-in is too weak or too old (RFC 9470). The fields say what is required.
    InsufficientAuthentication {
        /// The required `acr`.
        acr: Option<String>,
        /// The greatest allowed age of the sign-in in seconds.
        max_age: Option<i64>,
    },
    /// The token lacks this scope.
    MissingScope(String),
    /// The token lacks this permission.
    MissingPermission(String),
    /// The realm or the database can't be reached now.
    Unavailable,
}

impl Reason {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NoCredential | Self::InvalidToken | Self::InsufficientAuthentication { .. } => {
                StatusCode::UNAUTHORIZED
            }
            Self::TwoCredentials => StatusCode::BAD_REQUEST,
            Self::MissingScope(_) | Self::MissingPermission(_) => StatusCode::FORBIDDEN,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The stable word for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoCredential => "sign_in_required",
            Self::TwoCredentials => "invalid_request",
            Self::InvalidToken => "invalid_token",
            Self::InsufficientAuthentication { .. } => "insufficient_user_authentication",
            Self::MissingScope(_) | Self::MissingPermission(_) => "insufficient_scope",
            Self::Unavailable => "temporarily_unavailable",
        }
    }

    /// A short heading, the same for every refusal with this code.
    pub fn title(&self) -> &'static str {
        match self {
            Self::NoCredential => "Sign-in required",
            Self::TwoCredentials => "Bad request",
            Self::InvalidToken => "Access token refused",
            Self::InsufficientAuthentication { .. } => "Stronger sign-in required",
            Self::MissingScope(_) | Self::MissingPermission(_) => "Not allowed",
            Self::Unavailable => "Temporarily unavailable",
        }
    }

    /// One sentence for the developer; never repeats the request's content.
    pub fn detail(&self) -> String {
        match self {
            Self::NoCredential => "Send an access token, in the Authorization header.".to_owned(),
            Self::TwoCredentials => "Send exactly one bearer token, in the Authorization header.".to_owned(),
            Self::InvalidToken => {
                "The access token is expired, malformed or not meant for this service.".to_owned()
            }
            Self::InsufficientAuthentication { max_age: None, .. } => {
                "This needs a sign-in with a second factor.".to_owned()
            }
            Self::InsufficientAuthentication { .. } => {
                "This needs a recent sign-in: sign in again.".to_owned()
            }
            Self::MissingScope(scope) => format!("The access token lacks the scope {scope}."),
            Self::MissingPermission(name) => format!("This needs the permission {name}."),
            Self::Unavailable => {
                "The sign-in service can't be reached at the moment. Try again shortly.".to_owned()
            }
        }
    }

    /// The challenge (RFC 6750 section 3): scheme, metadata URL and error, nothing of the request's content (RS6).
    pub fn challenge(&self, resource_metadata: &str) -> Option<String> {
        let mut members = vec![("resource_metadata", resource_metadata.to_owned())];
        match self {
            Self::NoCredential => {}
            Self::TwoCredentials | Self::InvalidToken | Self::MissingPermission(_) => {
                members.push(("error", self.code().to_owned()));
            }
            Self::MissingScope(scope) => {
                members.extend([("error", self.code().to_owned()), ("scope", scope.clone())]);
            }
            Self::InsufficientAuthentication { acr, max_age } => {
                members.push(("error", self.code().to_owned()));
                members.extend(acr.clone().map(|acr| ("acr_values", acr)));
                members.extend(max_age.map(|seconds| ("max_age", seconds.to_string())));
            }
            Self::Unavailable => return None,
        }
        let members: Vec<String> =
            members.into_iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        Some(format!("Bearer {}", members.join(", ")))
    }
}

/// A reason and the URL that its challenge names. As a response: problem+json with the challenge.
#[derive(Debug, Clone)]
pub struct Refusal {
    reason: Reason,
    resource_metadata: String,
}

impl Refusal {
    pub(crate) fn new(reason: Reason, resource_metadata: String) -> Self {
        Self { reason, resource_metadata }
    }

    /// The reason.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let reason = &self.reason;
        let problem = Problem::new(reason.status(), reason.code(), reason.title()).detail(reason.detail());
        let mut response = problem.into_response();
        let challenge = reason.challenge(&self.resource_metadata);
        if let Some(value) = challenge.and_then(|text| HeaderValue::from_str(&text).ok()) {
            response.headers_mut().insert(WWW_AUTHENTICATE, value);
        }
        response
    }
}
