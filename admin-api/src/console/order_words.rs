//! The statuses of an order and their changes: words for staff, by the ids of their messages; colours by meaning; names
//! in forms.

use commerce::orders::{Change, Fulfilment, Payment, What};
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

/// The CSS class that colours a payment status: open, good or ended.
pub fn payment_tone(status: Payment) -> &'static str {
    match status {
        Payment::Due => "warn",
        Payment::Paid => "good",
        Payment::Refunded | Payment::Cancelled => "neutral",
    }
}

/// The CSS class that colours a fulfilment status.
pub fn fulfilment_tone(status: Fulfilment) -> &'static str {
    match status {
        Fulfilment::New => "warn",
        Fulfilment::Packed | Fulfilment::Shipped => "info",
        Fulfilment::Delivered => "good",
        Fulfilment::Returned => "neutral",
        Fulfilment::Cancelled => "bad",
    }
}

/// The event in words, for the timeline.
pub fn event(what: What) -> Message {
    let change =
        |id, from, to| Message::new(id).with("from", Message::new(from)).with("to", Message::new(to));
    match what {
        What::Placed => Message::new("event-placed"),
        What::Payment { from, to } => change("event-payment", payment(from), payment(to)),
        What::Fulfilment { from, to } => change("event-fulfilment", fulfilment(from), fulfilment(to)),
    }
}

/// The word of a change in forms: the kind of status and its new value.
pub fn word(change: Change) -> String {
    match change {
        Change::Payment(to) => format!("payment-{to}"),
        Change::Fulfilment(to) => format!("fulfilment-{to}"),
    }
}

/// The change that a word names.
pub fn parse(word: &str) -> Option<Change> {
    match word.split_once('-')? {
        ("payment", to) => Payment::parse(to).map(Change::Payment),
        ("fulfilment", to) => Fulfilment::parse(to).map(Change::Fulfilment),
        _ => None,
    }
}

/// The label of a change's button.
pub fn button(change: Change) -> &'static str {
    match change {
        Change::Payment(Payment::Paid) => "set-paid",
        Change::Payment(Payment::Refunded) => "set-refunded",
        Change::Payment(Payment::Cancelled) => "set-payment-cancelled",
        Change::Payment(Payment::Due) => "set-due",
        Change::Fulfilment(Fulfilment::Packed) => "set-packed",
        Change::Fulfilment(Fulfilment::Shipped) => "set-shipped",
        Change::Fulfilment(Fulfilment::Delivered) => "set-delivered",
        Change::Fulfilment(Fulfilment::Returned) => "set-returned",
        Change::Fulfilment(Fulfilment::Cancelled) => "set-cancelled",
        Change::Fulfilment(Fulfilment::New) => "set-new",
    }
}

/// The consequence of a change that can't be undone; `None` for other changes. Such a change needs a confirmation with
/// a reason.
pub fn loss(change: Change) -> Option<&'static str> {
    match change {
        Change::Payment(Payment::Refunded) => Some("loss-refunded"),
        Change::Payment(Payment::Cancelled) => Some("loss-payment-cancelled"),
        Change::Fulfilment(Fulfilment::Cancelled) => Some("loss-cancelled"),
        Change::Fulfilment(Fulfilment::Returned) => Some("loss-returned"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_move() -> impl Iterator<Item = Change> {
        let payments = Payment::ALL.iter().map(|to| Change::Payment(*to));
        payments.chain(Fulfilment::ALL.iter().map(|to| Change::Fulfilment(*to)))
    }

    #[test]
    fn c5_every_move_has_a_word_that_leads_back_to_it() {
        for change in every_move() {
            assert_eq!(parse(&word(change)), Some(change));
        }
        for bad in ["", "payment", "payment-", "payment-gone", "price-paid", "fulfilment-paid"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_no_other_move_brings_back_is_asked_about() {
        let asked: Vec<String> = every_move().filter(|change| loss(*change).is_some()).map(word).collect();
        assert_eq!(
            asked,
            ["payment-refunded", "payment-cancelled", "fulfilment-returned", "fulfilment-cancelled"]
        );
        assert!(every_move().all(|change| change.is_final() == loss(change).is_some()));
    }
}
