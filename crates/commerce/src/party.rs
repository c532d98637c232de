//! Customers, and the authors of changes to orders.

use serde::{Deserialize, Serialize};

use crate::people::Person;

/// A customer: the pair (issuer, sub). An e-mail address isn't used, because its owner may change or lose it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The issuer of the customer's realm.
    pub issuer: String,
    /// The subject at that issuer.
    pub sub: String,
}

impl Customer {
    /// Both as one text, for tables whose owner isn't always a customer. An issuer is a URL and contains no `|`.
    pub fn key(&self) -> String {
        format!("customer:{}|{}", self.issuer, self.sub)
    }
}

/// The role in which somebody acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// On the storefront, or with a customer's token.
    Customer,
    /// On the console, or with a staff token.
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

/// The author of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// As a customer or as staff.
    #[serde(rename = "side")]
    pub kind: ActorKind,
    /// The issuer of the author's realm.
    pub issuer: String,
    /// The subject at that issuer.
    pub sub: String,
    /// The author's name and e-mail address, only for pages of staff.
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

/// The error for a stored word that this program doesn't know, because a newer version wrote it.
pub(crate) fn unknown(what: &str, word: &str) -> database::Error {
    database::Error::Schema(format!("the stored {what} `{word}` is unknown: run the newer program"))
}
