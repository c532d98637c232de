//! Statuses for people.

use commerce::{
    orders::{Fulfilment, Payment, What},
    party::ActorKind,
};

/// Where the money is.
pub fn payment(status: Payment) -> &'static str {
    match status {
        Payment::Due => "To be paid",
        Payment::Paid => "Paid",
        Payment::Refunded => "Refunded",
        Payment::Cancelled => "Nothing to pay",
    }
}

/// Where the goods are.
pub fn fulfilment(status: Fulfilment) -> &'static str {
    match status {
        Fulfilment::New => "Received",
        Fulfilment::Packed => "Packed",
        Fulfilment::Shipped => "On its way",
        Fulfilment::Delivered => "Delivered",
        Fulfilment::Returned => "Returned",
        Fulfilment::Cancelled => "Cancelled",
    }
}

/// The class that colours a payment by what it means.
pub fn payment_tone(status: Payment) -> &'static str {
    match status {
        Payment::Due => "warn",
        Payment::Paid => "good",
        Payment::Refunded | Payment::Cancelled => "neutral",
    }
}

/// The class that colours a fulfilment by what it means.
pub fn fulfilment_tone(status: Fulfilment) -> &'static str {
    match status {
        Fulfilment::New | Fulfilment::Packed | Fulfilment::Shipped => "under-way",
        Fulfilment::Delivered => "good",
        Fulfilment::Returned => "warn",
        Fulfilment::Cancelled => "bad",
    }
}

/// What happened.
pub fn event(what: What) -> &'static str {
    match what {
        What::Placed => "Order placed",
        What::Payment { to, .. } => match to {
            Payment::Due => "Payment open again",
            Payment::Paid => "Payment received",
            Payment::Refunded => "Payment refunded",
            Payment::Cancelled => "Payment cancelled",
        },
        What::Fulfilment { to, .. } => match to {
            Fulfilment::New => "Back at the beginning",
            Fulfilment::Packed => "Parcel packed",
            Fulfilment::Shipped => "Parcel on its way",
            Fulfilment::Delivered => "Parcel delivered",
            Fulfilment::Returned => "Parcel came back",
            Fulfilment::Cancelled => "Order cancelled",
        },
    }
}

/// Who did it; members of staff stay nameless.
pub fn actor(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Customer => "you",
        ActorKind::Staff => "the shop",
    }
}
