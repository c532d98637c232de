//! `idp user export`

use clap::Args;
use runtime::terminal::answer;

use crate::{cli::realms::open, flow::accounts::export, realm::RealmConfig};

/// Whose accounts.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The realm.
    #[arg(long)]
    realm: String,
}

pub async fn export(realms: Vec<RealmConfig>, arguments: &Arguments) -> anyhow::Result<()> {
    let realm = open(realms, &arguments.realm).await?;
    let mut after = String::new();
    loop {
        let page = export::export(&realm, &after).await?;
        for account in &page.accounts {
            answer(account)?;
        }
        match page.last {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}
