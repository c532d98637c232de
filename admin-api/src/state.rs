//! What handlers share.

use crate::config::Config;
use crate::realm::Admin;

/// What handlers share; cheap to clone.
pub type AppState = service::AppState<Admin, Config>;
