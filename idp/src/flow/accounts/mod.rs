//! Accounts that operators, not their owners, create and manage. Each act is in the audit trail with its actor.
//!
//! * [`add`], [`invite`]: how an account is created
//! * [`disable`], [`enable`], [`delete`]: whether it can be used or exists
//! * [`roles`]: what it may do
//! * [`unlock`], [`reset_factors`]: how its owner regains access
//! * [`list`], [`profile`]: which accounts there are
//! * [`import`], [`export`]: accounts of other programs

mod access;
mod add;
mod delete;
mod disable;
pub mod export;
pub mod import;
mod list;
mod power;
pub mod roles;

pub use access::{reset_factors, unlock};
pub use add::{Invitation, Invited, Refusal, add, invite};
pub use delete::{Deletion, delete, delete_if_due};
pub use disable::{disable, enable};
pub use list::{Entry, MOST, Page, Profile, Query, list, profile};
pub use power::{can_sign_in, only_holder_of};

use super::Result;
use crate::{
    realm::Realm,
    store::{
        audit::{COMMAND_LINE, Event},
        users::{self, User},
    },
};

/// The account with this address or, where `who` has no `@`, with this subject.
pub async fn find(realm: &Realm, who: &str) -> Result<Option<User>> {
    let facts = &realm.store.facts;
    Ok(if who.contains('@') { users::by_email(facts, who).await? } else { users::by_id(facts, who).await? })
}

pub(super) fn by_operator<'a>(realm: &Realm, kind: &'static str, user_id: &'a str) -> Event<'a> {
    Event {
        id: realm.new_id(),
        at: realm.now(),
        kind,
        user_id: Some(user_id),
        actor: Some(COMMAND_LINE),
        ..Event::default()
    }
}
