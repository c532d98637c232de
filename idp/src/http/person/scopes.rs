//! Scopes in plain words (S33).

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
        "openid" => ("Who you are", "That it is you, by a number that stands for your account."),
        "profile" => ("Your profile", "Your name and what else your profile says."),
        "email" => ("Your e-mail address", ""),
        "address" => ("Your postal address", ""),
        "phone" => ("Your phone number", ""),
        "groups" => ("Your groups", "The names of your roles here."),
        "roles" => ("Your roles", "What you are here, and your team."),
        "offline_access" => ("Access while you are away", "It stays connected until you sign out."),
        other => (context.realm.config.scopes.get(other)?.description.as_str(), ""),
    };
    Some(ScopeLine { name: name.to_owned(), description: description.to_owned() })
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
