//! What handlers share.

use crate::access::Admin;
use crate::config::Config;

/// What handlers share; cheap to clone.
pub type AppState = service::AppState<Admin, Config>;
