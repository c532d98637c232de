//! What a newcomer needs on the first start: a customer to try, and a way to the first staff account.

use anyhow::bail;
use idp::flow::{accounts, new_account, setup};
use serde::Serialize;

use crate::{Running, demo};

/// How long the printed setup link works, seconds.
const SETUP_LINK_SECONDS: i64 = 24 * 3600;

/// What is shown once.
#[derive(Debug, Clone, Serialize)]
pub struct Welcome {
    /// The way to the first staff account, while there is none.
    pub setup_link: Option<String>,
    /// A customer to try, shown on the first start only.
    pub demo_customer: Option<DemoCustomer>,
}

/// A customer with a random password.
#[derive(Clone, Serialize)]
pub struct DemoCustomer {
    /// The address to sign in with.
    pub email: String,
    /// Shown once; only its hash is kept.
    pub password: String,
}

impl std::fmt::Debug for DemoCustomer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DemoCustomer").field("email", &self.email).finish_non_exhaustive()
    }
}

/// Makes what is missing.
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
    };
    let role = running.customer.config.registration.role.clone();
    match accounts::add(&running.customer, form, &role).await? {
        Ok(_) => {
            demo::fill_in(&running.customer).await?;
            Ok(Some(DemoCustomer { email: demo::EMAIL.to_owned(), password }))
        }
        // another first start on the same database was faster, and showed the password
        Err(_) if running.customer.store.has_users().await? => Ok(None),
        Err(refused) => bail!("the demo customer could not be made: {}", refused.message),
    }
}
