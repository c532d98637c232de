//! Names of colleagues and customers for staff: name and e-mail address, never only an id.

use std::collections::{BTreeSet, HashMap};

use commerce::{
    demo,
    party::Actor,
    people::{self, Person},
};
use language::Message;
use relying_party::Caller;

use super::PageRequest;
use crate::{error::Error, realm::Admin};

/// Stands for the person who looks at the page.
pub const YOU: Message = Message::new("you");
const COLLEAGUE: &str = "a-colleague";
const DEMO: &str = "the-demo-data";
const CUSTOMER: &str = "a-customer";

/// Members of staff by subject.
#[derive(Debug)]
pub struct Names {
    own: String,
    known: HashMap<String, Person>,
}

impl Names {
    /// Looks up the names of these members of staff.
    pub async fn load(request: &PageRequest, subs: BTreeSet<&str>) -> Result<Self, Error> {
        let issuer = &request.app.relying_party.config().issuer;
        let known = people::of(&request.app.db, issuer, subs).await?;
        let own = request.sender.caller.as_ref().map(|caller| caller.claims.sub.clone()).unwrap_or_default();
        Ok(Self { own, known })
    }

    /// Whether it is the person who looks at the page.
    pub fn is_own(&self, sub: &str) -> bool {
        self.own == sub
    }

    /// The name of a member of staff.
    pub fn of(&self, sub: &str) -> Message {
        if self.is_own(sub) {
            return YOU;
        }
        let name = self.known.get(sub).and_then(Person::label);
        named(name, if sub == demo::AUTHOR { DEMO } else { COLLEAGUE })
    }
}

/// The name of a member of staff, for the page of `caller`.
pub fn colleague(caller: &Caller<Admin>, actor: &Actor) -> Message {
    if actor.issuer == caller.claims.iss && actor.sub == caller.claims.sub {
        return YOU;
    }
    named(actor.known_as.label(), COLLEAGUE)
}

/// The name of a customer.
pub fn customer(known: &Person) -> Message {
    named(known.label(), CUSTOMER)
}

fn named(name: Option<String>, otherwise: &'static str) -> Message {
    name.map_or(Message::new(otherwise), Message::verbatim)
}
