//! The authorization endpoint: checking the request, deciding the next step, answering by redirect.

mod accounts;
mod claims;
mod factor;
mod prompt;
mod request;
mod response;
mod step;

pub use accounts::{Beside, Other, named};
pub use claims::RequestedClaims;
pub use factor::{Enrolled, FactorPolicy};
pub use prompt::{Prompt, PromptValue};
pub use request::{AuthorizationRequest, Offer, Refusal, request};
pub(crate) use response::append;
pub use response::{error_location, success_location};
pub use step::{Facts, SessionFacts, Step, next_step, silent};
