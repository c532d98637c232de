//! What handlers share.

use crate::{config::Config, realm::Customer};

/// What handlers share; cheap to clone.
pub type AppState = service::AppState<Customer, Config>;
