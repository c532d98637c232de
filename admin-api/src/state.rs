//! What handlers share.

use crate::{config::Config, realm::Admin};

/// What handlers share; cheap to clone.
pub type AppState = service::AppState<Admin, Config>;
