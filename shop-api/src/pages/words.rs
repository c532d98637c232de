//! Statuses in words: the ids of their messages.

use commerce::{
    orders::{Fulfilment, Payment, What},
    party::ActorKind,
};
use language::Message;

/// The payment status in words.
pub fn payment(status: Payment) -> &'static str {
    match status {
        Payment::Due => "payment-due",
        Payment::Paid => "payment-paid",
        Payment::Refunded => "payment-refunded",
        Payment::Cancelled => "payment-cancelled",
    }
}

/// The fulfilment status in words.
pub fn fulfilment(status: Fulfilment) -> &'static str {
    match status {
        Fulfilment::New => "order-new",
        Fulfilment::Packed => "order-packed",
        Fulfilment::Shipped => "order-shipped",
        Fulfilment::Delivered => "order-delivered",
        Fulfilment::Returned => "order-returned",
        Fulfilment::Cancelled => "order-cancelled",
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
        What::Placed => "order-placed",
        What::Payment { to, .. } => match to {
            Payment::Due => "payment-due-again",
            Payment::Paid => "payment-received",
            Payment::Refunded => "payment-returned",
            Payment::Cancelled => "payment-dropped",
        },
        What::Fulfilment { to, .. } => match to {
            Fulfilment::New => "parcel-new",
            Fulfilment::Packed => "parcel-packed",
            Fulfilment::Shipped => "parcel-shipped",
            Fulfilment::Delivered => "parcel-delivered",
            Fulfilment::Returned => "parcel-returned",
            Fulfilment::Cancelled => "parcel-cancelled",
        },
    }
}

/// The author of an event, without the names of staff.
pub fn actor(kind: ActorKind) -> Message {
    Message::new(match kind {
        ActorKind::Customer => "actor-you",
        ActorKind::Staff => "actor-shop",
    })
}
