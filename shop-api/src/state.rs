//! What handlers share.

use crate::access::Customer;
use crate::config::Config;

/// What handlers share; cheap to clone.
pub type AppState = service::AppState<Customer, Config>;
