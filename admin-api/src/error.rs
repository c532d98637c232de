//! Everything that can go wrong, and the only place that knows statuses. The API answers with problem+json, the
//! console with a page; both say the same thing.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use commerce::content::{self, ContentError};
use commerce::orders::ChangeError;
use problem::{Problem, Words};
use relying_party::Refusal;
use web::word::NotAWord;

/// A request that wasn't done.
#[derive(Debug)]
pub enum Fault {
    /// The guard said no: credential, scope, permission, forgery.
    Refused(Box<Refusal>),
    /// Somebody on the way has said no.
    Told(Box<Problem>),
    /// There is nothing at this address.
    NotFound,
    /// The address exists, the method doesn't.
    MethodNotAllowed,
    /// The caller's address isn't on the allow-list (H3).
    AddressRefused,
    /// A query parameter has no value of ours, or the cursor was changed (Z16).
    BadQuery(&'static str),
    /// The body isn't JSON, or not of the right shape.
    BadJson {
        /// 400, 413, 415 or 422.
        status: StatusCode,
        /// What is wrong; holds nothing of the input.
        detail: String,
    },
    /// Input breaks the rules of content.
    Invalid(Vec<content::FieldError>),
    /// The input is fine and collides with what is there.
    Taken(content::FieldError),
    /// `If-Match` is missing (R4).
    VersionRequired,
    /// `If-Match` can't be read.
    VersionMalformed,
    /// `If-Match` has only weak tags.
    VersionWeak,
    /// The version is not the present one; `None` when there never was such a version.
    Stale(Option<i64>),
    /// The order's rules don't have this move (C5).
    Illegal(&'static str),
    /// The database can't be asked now; already logged.
    Unavailable,
    /// A defect; already logged.
    Internal,
}

impl Fault {
    /// The answer for machines, with the words of its page.
    pub fn problem(&self) -> Problem {
        let problem = self.for_programs();
        match self.words() {
            Some(words) => problem.words(words),
            None => problem,
        }
    }

    /// What a page says, where more is to be said than the status does.
    fn words(&self) -> Option<Words> {
        Some(match self {
            Fault::Refused(refusal) => refusal.words(),
            Fault::AddressRefused => Words::new(
                "Not from here",
                "The staff side can only be used from the networks that its operator has listed. Are you on the right \
                 network, or is a VPN switched off?",
            ),
            Fault::BadQuery(_) => Words::new(
                "This page can't be shown like this",
                "Something in its address isn't known here. Start from the overview and choose again.",
            ),
            Fault::Illegal(why) => Words::new("The order can't change like this", sentence(why)),
            _ => return None,
        })
    }

    fn for_programs(&self) -> Problem {
        let of = |status, code, title| Problem::new(status, code, title);
        match self {
            Fault::Refused(refusal) => {
                of(refusal.status(), refusal.code(), refusal.title()).detail(refusal.detail())
            }
            Fault::Told(problem) => (**problem).clone(),
            Fault::NotFound => of(StatusCode::NOT_FOUND, "not_found", "Not found")
                .detail("There is nothing at this address."),
            Fault::MethodNotAllowed => {
                of(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Method not allowed")
            }
            Fault::AddressRefused => of(StatusCode::FORBIDDEN, "address_refused", "Not allowed from here")
                .detail("The staff side accepts requests only from the networks its operator has listed."),
            Fault::BadQuery(name) => of(StatusCode::BAD_REQUEST, "invalid_query", "Invalid query")
                .field(*name, "This parameter has no such value."),
            Fault::BadJson { status, detail } => of(*status, "invalid_body", "Invalid body").detail(detail),
            Fault::Invalid(errors) => with_fields(
                of(StatusCode::UNPROCESSABLE_ENTITY, "invalid_content", "The page needs corrections"),
                errors,
            ),
            Fault::Taken(error) => {
                with_fields(of(StatusCode::CONFLICT, "slug_conflict", "The address can't be used"), &[*error])
            }
            Fault::VersionRequired => {
                of(StatusCode::PRECONDITION_REQUIRED, "version_required", "Version required")
                    .detail("Send If-Match with the ETag of the version you have seen; * is not accepted.")
            }
            Fault::VersionMalformed => of(StatusCode::BAD_REQUEST, "invalid_if_match", "Invalid If-Match")
                .detail("If-Match must be one entity tag such as \"7\", or a list of them."),
            Fault::VersionWeak => of(StatusCode::PRECONDITION_FAILED, "weak_etag", "The entity tag is weak")
                .detail(
                    "A tag that begins with W/ never matches. A proxy that compresses answers makes tags weak: send \
                     the version itself, in quotes. Nothing was changed.",
                ),
            Fault::Stale(present) => stale(*present),
            Fault::Illegal(why) => {
                of(StatusCode::CONFLICT, "illegal_transition", "The order can't change like this")
                    .detail(*why)
            }
            Fault::Unavailable => {
                of(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", "Temporarily unavailable")
                    .detail("Nothing was changed. Try again shortly.")
            }
            Fault::Internal => of(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "Internal error"),
        }
    }
}

/// A rule as a sentence.
fn sentence(rule: &str) -> String {
    let mut chars = rule.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

fn stale(present: Option<i64>) -> Problem {
    let of = |title| Problem::new(StatusCode::PRECONDITION_FAILED, "stale_version", title);
    match present {
        Some(version) => of("Somebody else was faster")
            .detail(format!("It is at version {version} now. Nothing was changed.")),
        None => of("Not a version of this").detail("No version has that entity tag. Nothing was changed."),
    }
}

fn with_fields(problem: Problem, errors: &[content::FieldError]) -> Problem {
    errors.iter().fold(problem, |problem, error| problem.field(error.field, error.message))
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let retry = matches!(self, Fault::Unavailable);
        let mut response = match self {
            // with its challenge
            Fault::Refused(refusal) => return refusal.into_response(),
            other => other.problem().into_response(),
        };
        if retry {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Fault::Refused(Box::new(refusal))
    }
}

impl From<NotAWord> for Fault {
    fn from(_: NotAWord) -> Self {
        Fault::NotFound
    }
}

impl From<database::Error> for Fault {
    fn from(error: database::Error) -> Self {
        use database::Error::{Retry, Unavailable};
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        tracing::error!(%error, cause, "the database refused a statement");
        if matches!(error, Unavailable(_) | Retry(_)) { Fault::Unavailable } else { Fault::Internal }
    }
}

impl From<ContentError> for Fault {
    fn from(error: ContentError) -> Self {
        if let Some(field) = error.field() {
            return Fault::Taken(field);
        }
        match error {
            ContentError::NotFound => Fault::NotFound,
            ContentError::Stale(page) => Fault::Stale(Some(page.version)),
            ContentError::Database(error) => error.into(),
            ContentError::SlugTaken | ContentError::SlugInUse => Fault::Internal,
        }
    }
}

impl From<ChangeError> for Fault {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Fault::NotFound,
            ChangeError::Stale(order) => Fault::Stale(Some(order.order.version)),
            ChangeError::Illegal(illegal) => Fault::Illegal(illegal.0),
            ChangeError::Database(error) => error.into(),
        }
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page could not be rendered");
        Fault::Internal
    }
}
