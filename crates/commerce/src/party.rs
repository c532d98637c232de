//! Who a customer is, and who did something to an order.

use serde::{Deserialize, Serialize};

use crate::people::Person;

/// A customer: the pair (issuer, sub), never an e-mail address, which its owner may change or lose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The realm that vouches for the subject.
    pub issuer: String,
    /// The subject inside that realm.
    pub sub: String,
}

impl Customer {
    /// One text for both, for tables whose owner is not always a customer. An issuer is a URL and has no `|`.
    pub fn key(&self) -> String {
        format!("customer:{}|{}", self.issuer, self.sub)
    }
}

/// As what somebody acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// At the storefront, or with a customer's token.
    Customer,
    /// At the console, or with a staff token.
    Staff,
}

impl ActorKind {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Staff => "staff",
        }
    }

    pub(crate) fn stored(text: &str) -> database::Result<Self> {
        match text {
            "customer" => Ok(Self::Customer),
            "staff" => Ok(Self::Staff),
            other => Err(unknown("kind of actor", other)),
        }
    }
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// As a customer or as staff.
    #[serde(rename = "side")]
    pub kind: ActorKind,
    /// The realm that vouches for the subject.
    pub issuer: String,
    /// The subject inside that realm.
    pub sub: String,
    /// What to call them on pages for staff; nobody else learns it.
    #[serde(skip)]
    pub known_as: Person,
}

impl Actor {
    /// A member of staff.
    pub fn staff(issuer: impl Into<String>, sub: impl Into<String>) -> Self {
        Self { kind: ActorKind::Staff, issuer: issuer.into(), sub: sub.into(), known_as: Person::default() }
    }
}

impl From<&Customer> for Actor {
    fn from(customer: &Customer) -> Self {
        Self {
            kind: ActorKind::Customer,
            issuer: customer.issuer.clone(),
            sub: customer.sub.clone(),
            known_as: Person::default(),
        }
    }
}

/// A stored word this program does not know: a newer one wrote it.
pub(crate) fn unknown(what: &str, word: &str) -> database::Error {
    database::Error::Schema(format!("the stored {what} `{word}` is unknown: run the newer program"))
}
