//! Changing the roles of an account.

use database::again;

use super::{Result, by_operator, power};
use crate::{
    realm::Realm,
    store::{
        audit, user_roles,
        users::{self, User},
    },
};

/// The wanted change.
#[derive(Debug, Clone)]
pub enum Change {
    /// These roles and no others.
    Set(Vec<String>),
    /// These roles as well.
    Add(Vec<String>),
    /// None of these roles.
    Remove(Vec<String>),
}

impl Change {
    fn applied_to(&self, before: &[String]) -> Vec<String> {
        let mut after = match self {
            Self::Set(roles) => roles.clone(),
            Self::Add(roles) => before.iter().chain(roles).cloned().collect(),
            Self::Remove(roles) => before.iter().filter(|role| !roles.contains(role)).cloned().collect(),
        };
        after.sort();
        after.dedup();
        after
    }

    /// The roles that the change would give.
    fn given(&self) -> &[String] {
        match self {
            Self::Set(given) | Self::Add(given) => given,
            Self::Remove(_) => &[],
        }
    }
}

/// The result of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The roles that the account has now, and whether this change made a difference.
    Has(Vec<String>, bool),
    /// Refused: the account has this role with every permission, and nobody else who can sign in has one.
    LastWith(String),
    /// The realm file has no such role. A role that it no longer has can still be taken away.
    Unknown(String),
}

/// The first of these roles that the realm file doesn't have.
pub(super) fn unknown<'a>(realm: &Realm, roles: &'a [String]) -> Option<&'a String> {
    roles.iter().find(|role| !realm.config.roles.contains_key(*role))
}

/// Changes an account's roles. Tokens issued from then on have the new ones.
pub async fn change(realm: &Realm, user: &User, change: &Change) -> Result<Outcome> {
    if let Some(role) = unknown(realm, change.given()) {
        return Ok(Outcome::Unknown(role.clone()));
    }
    again!(change_in_one(realm, user, change))
}

async fn change_in_one(realm: &Realm, user: &User, change: &Change) -> Result<Outcome> {
    let mut tx = realm.store.facts.begin().await?;
    user_roles::hold(&mut tx).await?;
    let before = users::roles(&mut tx, &user.id).await?;
    let after = change.applied_to(&before);
    if before == after {
        return Ok(Outcome::Has(after, false));
    }
    if let Some(role) = power::lost(realm, &mut tx, user, &before, &after).await? {
        return Ok(Outcome::LastWith(role));
    }
    let mut changes = Vec::new();
    for role in after.iter().filter(|role| !before.contains(role)) {
        user_roles::give(&mut tx, &user.id, role, realm.now()).await?;
        changes.push(format!("+{role}"));
    }
    for role in before.iter().filter(|role| !after.contains(role)) {
        user_roles::take(&mut tx, &user.id, role).await?;
        changes.push(format!("-{role}"));
    }
    let detail = changes.join(" ");
    let event =
        audit::Event { detail: Some(&detail), ..by_operator(realm, "account.roles_changed", &user.id) };
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(Outcome::Has(after, true))
}

#[cfg(test)]
mod tests {
    use super::Change;

    fn roles(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn roles_are_set_added_and_removed_each_once() {
        let before = roles(&["admin", "manager"]);
        for (change, after) in [
            (Change::Set(roles(&["x", "x"])), roles(&["x"])),
            (Change::Add(roles(&["admin", "x"])), roles(&["admin", "manager", "x"])),
            (Change::Remove(roles(&["admin", "nothing"])), roles(&["manager"])),
        ] {
            assert_eq!(change.applied_to(&before), after, "{change:?}");
        }
    }
}
