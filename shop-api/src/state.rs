//! The state that handlers share.

use crate::{config::Config, realm::Customer};

/// The state that handlers share; cheap to clone.
pub type AppState = service::AppState<Customer, Config>;
