//! The two statuses of an order and the allowed changes between them, as pure rules.

use serde::{Deserialize, Serialize};

/// Declares a status: its variants, their stored words and the conversions.
macro_rules! status {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $variant),* }

        impl $name {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stored word, also the one on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// Parses a word; `None` for an unknown one.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }

            pub(crate) fn stored(word: &str) -> database::Result<Self> {
                Self::parse(word).ok_or_else(|| crate::party::unknown($what, word))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

status! {
    /// The payment of an order.
    Payment, "payment status" {
        /// Nothing was paid yet.
        Due = "due",
        /// Paid in full.
        Paid = "paid",
        /// Paid back.
        Refunded = "refunded",
        /// Will never be paid.
        Cancelled = "cancelled",
    }
}

status! {
    /// The delivery of an order.
    Fulfilment, "fulfilment status" {
        /// Nobody has worked on it yet.
        New = "new",
        /// In a parcel that hasn't left the shop.
        Packed = "packed",
        /// On its way.
        Shipped = "shipped",
        /// With the customer.
        Delivered = "delivered",
        /// Came back.
        Returned = "returned",
        /// Will never be sent; the goods are back in stock.
        Cancelled = "cancelled",
    }
}

/// Both statuses of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The status of the payment.
    pub payment: Payment,
    /// The status of the delivery.
    pub fulfilment: Fulfilment,
}

/// A change of one of the two statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Sets the payment status.
    Payment(Payment),
    /// Sets the fulfilment status.
    Fulfilment(Fulfilment),
}

impl Change {
    /// Whether no other change brings back what this one ends.
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Payment(Payment::Refunded | Payment::Cancelled)
                | Self::Fulfilment(Fulfilment::Cancelled | Fulfilment::Returned)
        )
    }
}

/// Why a change is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the rules of orders refuse this change: {self:?}")]
pub enum Illegal {
    /// An order that will never be sent isn't paid.
    NeverSent,
    /// What was not paid isn't refunded.
    NotPaid,
    /// What was paid is only refunded.
    Paid,
    /// The order has this payment status already.
    SamePayment,
    /// The payment of the order is settled.
    Settled,
    /// An order whose payment was cancelled isn't packed.
    PaymentCancelled,
    /// An order is shipped only after it was paid.
    Unpaid,
    /// The order has this fulfilment status already.
    SameFulfilment,
    /// The fulfilment of the order has ended.
    Ended,
    /// What was shipped is only returned.
    Shipped,
    /// An order is packed, then shipped, then delivered.
    OutOfTurn,
}

impl Status {
    /// The status of a new order.
    pub const PLACED: Self = Self { payment: Payment::Due, fulfilment: Fulfilment::New };

    /// The status after a change, or why the change isn't allowed.
    pub fn after(self, change: Change) -> Result<Self, Illegal> {
        match change {
            Change::Payment(to) => {
                pay(self, to)?;
                Ok(Self { payment: to, ..self })
            }
            Change::Fulfilment(to) => {
                fulfil(self, to)?;
                Ok(Self { fulfilment: to, ..self })
            }
        }
    }

    /// Every change that is allowed now.
    pub fn moves(self) -> Vec<Change> {
        let payments = Payment::ALL.iter().map(|to| Change::Payment(*to));
        let fulfilments = Fulfilment::ALL.iter().map(|to| Change::Fulfilment(*to));
        payments.chain(fulfilments).filter(|change| self.after(*change).is_ok()).collect()
    }
}

fn pay(status: Status, to: Payment) -> Result<(), Illegal> {
    match (status.payment, to) {
        (Payment::Due, Payment::Paid) if status.fulfilment == Fulfilment::Cancelled => {
            Err(Illegal::NeverSent)
        }
        (Payment::Due, Payment::Paid | Payment::Cancelled) | (Payment::Paid, Payment::Refunded) => Ok(()),
        (Payment::Due, Payment::Refunded) => Err(Illegal::NotPaid),
        (Payment::Paid, Payment::Cancelled) => Err(Illegal::Paid),
        (from, to) if from == to => Err(Illegal::SamePayment),
        _ => Err(Illegal::Settled),
    }
}

fn fulfil(status: Status, to: Fulfilment) -> Result<(), Illegal> {
    use Fulfilment::{Cancelled, Delivered, New, Packed, Returned, Shipped};
    match (status.fulfilment, to) {
        (New, Packed) if status.payment == Payment::Cancelled => Err(Illegal::PaymentCancelled),
        (Packed, Shipped) if status.payment != Payment::Paid => Err(Illegal::Unpaid),
        (New, Packed)
        | (New | Packed, Cancelled)
        | (Packed, Shipped)
        | (Shipped, Delivered)
        | (Shipped | Delivered, Returned) => Ok(()),
        (from, to) if from == to => Err(Illegal::SameFulfilment),
        (Returned | Cancelled, _) => Err(Illegal::Ended),
        (Shipped | Delivered, Cancelled) => Err(Illegal::Shipped),
        _ => Err(Illegal::OutOfTurn),
    }
}

#[cfg(test)]
mod tests {
    use Fulfilment as F;
    use Payment as P;

    use super::*;

    /// The allowed changes for each pair of statuses; every other change must be refused.
    const LEGAL: &[(P, F, &[Change])] = &[
        (P::Due, F::New, &[pay_to(P::Paid), pay_to(P::Cancelled), to(F::Packed), to(F::Cancelled)]),
        (P::Due, F::Packed, &[pay_to(P::Paid), pay_to(P::Cancelled), to(F::Cancelled)]),
        (P::Due, F::Shipped, &[pay_to(P::Paid), pay_to(P::Cancelled), to(F::Delivered), to(F::Returned)]),
        (P::Due, F::Delivered, &[pay_to(P::Paid), pay_to(P::Cancelled), to(F::Returned)]),
        (P::Due, F::Returned, &[pay_to(P::Paid), pay_to(P::Cancelled)]),
        (P::Due, F::Cancelled, &[pay_to(P::Cancelled)]),
        (P::Paid, F::New, &[pay_to(P::Refunded), to(F::Packed), to(F::Cancelled)]),
        (P::Paid, F::Packed, &[pay_to(P::Refunded), to(F::Shipped), to(F::Cancelled)]),
        (P::Paid, F::Shipped, &[pay_to(P::Refunded), to(F::Delivered), to(F::Returned)]),
        (P::Paid, F::Delivered, &[pay_to(P::Refunded), to(F::Returned)]),
        (P::Paid, F::Returned, &[pay_to(P::Refunded)]),
        (P::Paid, F::Cancelled, &[pay_to(P::Refunded)]),
        (P::Refunded, F::New, &[to(F::Packed), to(F::Cancelled)]),
        (P::Refunded, F::Packed, &[to(F::Cancelled)]),
        (P::Refunded, F::Shipped, &[to(F::Delivered), to(F::Returned)]),
        (P::Refunded, F::Delivered, &[to(F::Returned)]),
        (P::Refunded, F::Returned, &[]),
        (P::Refunded, F::Cancelled, &[]),
        (P::Cancelled, F::New, &[to(F::Cancelled)]),
        (P::Cancelled, F::Packed, &[to(F::Cancelled)]),
        (P::Cancelled, F::Shipped, &[to(F::Delivered), to(F::Returned)]),
        (P::Cancelled, F::Delivered, &[to(F::Returned)]),
        (P::Cancelled, F::Returned, &[]),
        (P::Cancelled, F::Cancelled, &[]),
    ];

    const fn pay_to(payment: P) -> Change {
        Change::Payment(payment)
    }

    const fn to(fulfilment: F) -> Change {
        Change::Fulfilment(fulfilment)
    }

    #[test]
    fn c5_exactly_the_moves_of_the_table_are_legal() {
        assert_eq!(LEGAL.len(), P::ALL.len() * F::ALL.len());
        for (payment, fulfilment, moves) in LEGAL {
            let status = Status { payment: *payment, fulfilment: *fulfilment };
            assert_eq!(&status.moves(), moves, "{status:?}");
        }
    }

    #[test]
    fn c5_a_move_changes_only_its_own_status() {
        let packed = Status::PLACED.after(to(F::Packed)).unwrap();
        assert_eq!(packed, Status { payment: P::Due, fulfilment: F::Packed });
        let paid = packed.after(pay_to(P::Paid)).unwrap();
        assert_eq!(paid, Status { payment: P::Paid, fulfilment: F::Packed });
    }

    #[test]
    fn c5_nothing_is_shipped_before_it_is_paid() {
        let packed = Status { payment: P::Due, fulfilment: F::Packed };
        assert!(packed.after(to(F::Shipped)).is_err());
    }

    #[test]
    fn stored_words_come_back_as_they_went_in() {
        for status in P::ALL {
            assert_eq!(P::parse(status.as_str()), Some(*status));
        }
        for status in F::ALL {
            assert_eq!(F::parse(status.as_str()), Some(*status));
        }
        assert!(P::stored("gone").is_err());
    }
}
