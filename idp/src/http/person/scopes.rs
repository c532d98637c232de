//! Scopes in plain words (S33).

use language::Message;
use protocol::scope::Scope;

use super::super::{context::Context, pages::ScopeLine};

/// The scopes in their order on a page: identity, contact, offline access, and then those of the app.
pub fn lines(context: &Context, scope: &Scope) -> Vec<ScopeLine> {
    let mut asked: Vec<&str> = scope.iter().collect();
    asked.sort_by_key(|name| place_in_list(name));
    asked.into_iter().filter_map(|name| line(context, name)).collect()
}

fn place_in_list(scope: &str) -> usize {
    let standard = ["openid", "profile", "email", "phone", "address", "offline_access"];
    standard.iter().position(|name| *name == scope).unwrap_or(standard.len())
}

/// A scope in plain words; `None` for a scope that the realm file does not describe.
fn line(context: &Context, scope: &str) -> Option<ScopeLine> {
    let (name, description) = match scope {
        "openid" => ("scope-openid", Some("scope-openid-hint")),
        "profile" => ("scope-profile", Some("scope-profile-hint")),
        "email" => ("scope-email", None),
        "address" => ("scope-address", None),
        "phone" => ("scope-phone", None),
        "groups" => ("scope-groups", Some("scope-groups-hint")),
        "roles" => ("scope-roles", Some("scope-roles-hint")),
        "offline_access" => ("scope-offline-access", Some("scope-offline-access-hint")),
        other => {
            let name = context.realm.config.scopes.get(other)?.description.clone();
            return Some(ScopeLine { name: Message::verbatim(name), description: None });
        }
    };
    Some(ScopeLine { name: Message::new(name), description: description.map(Message::new) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s33_consent_lists_who_you_are_then_contact_then_time_then_the_apps_own() {
        let mut asked =
            ["orders", "offline_access", "email", "checkout", "profile", "address", "openid", "phone"];
        asked.sort_by_key(|name| place_in_list(name));
        assert_eq!(
            asked,
            ["openid", "profile", "email", "phone", "address", "offline_access", "orders", "checkout"]
        );
    }
}
