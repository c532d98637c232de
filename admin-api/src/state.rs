//! The state that handlers share.

use crate::{config::Config, realm::Admin};

/// The state that handlers share; cheap to clone.
pub type AppState = service::AppState<Admin, Config>;
