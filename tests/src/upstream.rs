//! Systems whose customers may sign in at another provider.

use crate::{System, people::Staff, people::set_up_staff};

const SECRET: &str = "a secret of at least 22 bytes";

/// A system whose customers may sign in at the staff realm, and a member of staff. `more` stands in the table of the
/// upstream.
pub async fn at_the_staff_realm(more: &str) -> (System, Staff) {
    let mut system = System::start().await;
    let staff = set_up_staff(&system, &system.browser()).await;
    let issuer = system.issuer("admin").to_owned();
    let client = format!(
        "[[clients]]\nid = \"realmkeep\"\nname = \"Customers\"\nauthentication = \"client_secret_basic\"\n\
         pkce = \"required\"\nredirect_uris = [\"{}\"]\n\
         grants = [\"authorization_code\"]\nscopes = [\"openid\", \"profile\", \"email\"]\nfirst_party = true\n",
        callback(&system)
    );
    system.set(&[("admin", "clients.2.secret", SECRET)]);
    add(&mut system, &issuer, (SECRET, more), &client).await;
    (system, staff)
}

/// Where a provider sends customers back to.
pub fn callback(system: &System) -> String {
    format!("{}/upstream/there/callback", system.urls.customer_issuer)
}

/// Starts the system again with an upstream of the customers' realm, as whose client `realmkeep` has that secret.
/// `admin` is added to the file of the staff realm.
pub async fn add(system: &mut System, issuer: &str, (secret, more): (&str, &str), admin: &str) {
    let upstream = format!(
        "[[upstream]]\nid = \"there\"\nname = \"Elsewhere\"\nissuer = \"{issuer}\"\nclient_id = \"realmkeep\"\n{more}"
    );
    system.stop().await;
    system.add_to_files(&upstream, admin);
    system.set(&[("customer", "upstream.0.client_secret", secret)]);
    system.start_again().await;
}
