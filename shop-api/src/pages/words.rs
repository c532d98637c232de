//! Statuses in words.

use commerce::{
    orders::{Fulfilment, Payment, What},
    party::ActorKind,
};

/// The payment status in words.
pub fn payment(status: Payment) -> &'static str {
    match status {
        Payment::Due => "To be paid",
        Payment::Paid => "Paid",
        Payment::Refunded => "Refunded",
        Payment::Cancelled => "Nothing to pay",
    }
}

/// The fulfilment status in words.
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

/// The CSS class that colours a payment status by its meaning.
pub fn payment_tone(status: Payment) -> &'static str {
    match status {
        Payment::Due => "warn",
        Payment::Paid => "good",
        Payment::Refunded | Payment::Cancelled => "neutral",
    }
}

/// The CSS class that colours a fulfilment status by its meaning.
pub fn fulfilment_tone(status: Fulfilment) -> &'static str {
    match status {
        Fulfilment::New | Fulfilment::Packed | Fulfilment::Shipped => "under-way",
        Fulfilment::Delivered => "good",
        Fulfilment::Returned => "warn",
        Fulfilment::Cancelled => "bad",
    }
}

/// The event in words.
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

/// The author of an event, without the names of staff.
pub fn actor(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Customer => "you",
        ActorKind::Staff => "the shop",
    }
}
