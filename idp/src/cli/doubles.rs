//! `idp user doubles`: accounts whose address is another account's, written in another way.

use service::when::When;

use super::commands::open;
use crate::{realm::RealmConfig, store::addresses};

/// Prints the pairs. The first one keeps the address; nobody can sign in to the second one with it.
pub async fn list(realms: Vec<RealmConfig>, name: &str) -> anyhow::Result<()> {
    let realm = open(realms, name).await?;
    let doubles = addresses::doubles(&realm.store.facts).await?;
    if doubles.is_empty() {
        println!("every address has one account");
    }
    for pair in doubles {
        let row = |verb: &str, email: &str, id: &str, created_at: i64| {
            println!("{verb}  {email}  {id}  made {}", When::at(created_at).text);
        };
        row("signs in", &pair.holder_email, &pair.holder_id, pair.holder_created_at);
        row("does not", &pair.email, &pair.id, pair.created_at);
    }
    Ok(())
}
