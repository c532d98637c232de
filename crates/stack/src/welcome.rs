//! Help for a newcomer on the first start: a demo customer, and a link for creating the first staff account.

use anyhow::bail;
use idp::{
    flow::{accounts, new_account, setup},
    words,
};
use serde::Serialize;

use crate::{Running, demo};

/// Lifetime of the printed setup link in seconds.
const SETUP_LINK_SECONDS: i64 = 24 * 3600;

/// Values that are printed once.
#[derive(Debug, Clone, Serialize)]
pub struct Welcome {
    /// The link for creating the first staff account, while there is none.
    pub setup_link: Option<String>,
    /// The demo customer, on the first start only.
    pub demo_customer: Option<DemoCustomer>,
}

/// A customer with a random password.
#[derive(Clone, Serialize)]
pub struct DemoCustomer {
    /// The e-mail address for signing in.
    pub email: String,
    /// Shown once; only its hash is kept.
    pub password: String,
}

impl std::fmt::Debug for DemoCustomer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DemoCustomer").field("email", &self.email).finish_non_exhaustive()
    }
}

/// Creates what is missing.
pub async fn prepare(running: &Running) -> anyhow::Result<Welcome> {
    Ok(Welcome { setup_link: setup_link(running).await?, demo_customer: demo_customer(running).await? })
}

async fn setup_link(running: &Running) -> anyhow::Result<Option<String>> {
    if running.admin.store.has_users().await? {
        return Ok(None);
    }
    Ok(Some(setup::issue_link(&running.admin, "super_admin", SETUP_LINK_SECONDS).await?))
}

async fn demo_customer(running: &Running) -> anyhow::Result<Option<DemoCustomer>> {
    if running.customer.store.has_users().await? {
        return Ok(None);
    }
    let password: String = running.customer.new_token().chars().take(24).collect();
    let form = new_account::Form {
        email: demo::EMAIL,
        claims: &[new_account::Filled::name(demo::NAME)],
        password: &password,
        language: None,
    };
    let role = running.customer.config.registration.role.clone();
    match accounts::add(&running.customer, form, &role).await? {
        Ok(_) => {
            demo::fill_in(&running.customer).await?;
            Ok(Some(DemoCustomer { email: demo::EMAIL.to_owned(), password }))
        }
        // another process started on the same database first, and printed the password
        Err(_) if running.customer.store.has_users().await? => Ok(None),
        Err(refused) => bail!("the demo customer could not be made: {}", words::in_english(&refused.message)),
    }
}
