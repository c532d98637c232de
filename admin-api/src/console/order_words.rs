//! Statuses and moves of an order: their words for staff, their colours by meaning, their names in forms.

use commerce::orders::{Change, Fulfilment, Payment, What};

/// What people read.
pub fn payment(status: Payment) -> &'static str {
    match status {
        Payment::Due => "Due",
        Payment::Paid => "Paid",
        Payment::Refunded => "Refunded",
        Payment::Cancelled => "Cancelled",
    }
}

/// What people read.
pub fn fulfilment(status: Fulfilment) -> &'static str {
    match status {
        Fulfilment::New => "New",
        Fulfilment::Packed => "Packed",
        Fulfilment::Shipped => "Shipped",
        Fulfilment::Delivered => "Delivered",
        Fulfilment::Returned => "Returned",
        Fulfilment::Cancelled => "Cancelled",
    }
}

/// The class that colours a payment: what waits, what is well, what has ended.
pub fn payment_tone(status: Payment) -> &'static str {
    match status {
        Payment::Due => "warn",
        Payment::Paid => "good",
        Payment::Refunded | Payment::Cancelled => "neutral",
    }
}

/// The class that colours a fulfilment.
pub fn fulfilment_tone(status: Fulfilment) -> &'static str {
    match status {
        Fulfilment::New => "warn",
        Fulfilment::Packed | Fulfilment::Shipped => "info",
        Fulfilment::Delivered => "good",
        Fulfilment::Returned => "neutral",
        Fulfilment::Cancelled => "bad",
    }
}

/// What happened, for the timeline.
pub fn event(what: What) -> String {
    match what {
        What::Placed => "Order placed".to_owned(),
        What::Payment { from, to } => format!("Payment: {} → {}", payment(from), payment(to)),
        What::Fulfilment { from, to } => format!("Fulfilment: {} → {}", fulfilment(from), fulfilment(to)),
    }
}

/// The word of a move in forms: which status, and where to.
pub fn word(change: Change) -> String {
    match change {
        Change::Payment(to) => format!("payment-{to}"),
        Change::Fulfilment(to) => format!("fulfilment-{to}"),
    }
}

/// The move that a word names.
pub fn parse(word: &str) -> Option<Change> {
    match word.split_once('-')? {
        ("payment", to) => Payment::parse(to).map(Change::Payment),
        ("fulfilment", to) => Fulfilment::parse(to).map(Change::Fulfilment),
        _ => None,
    }
}

/// What the button of a move says.
pub fn button(change: Change) -> &'static str {
    match change {
        Change::Payment(Payment::Paid) => "Mark as paid",
        Change::Payment(Payment::Refunded) => "Refund the payment",
        Change::Payment(Payment::Cancelled) => "Cancel the payment",
        Change::Payment(Payment::Due) => "Payment due again",
        Change::Fulfilment(Fulfilment::Packed) => "Mark as packed",
        Change::Fulfilment(Fulfilment::Shipped) => "Mark as shipped",
        Change::Fulfilment(Fulfilment::Delivered) => "Mark as delivered",
        Change::Fulfilment(Fulfilment::Returned) => "Mark as returned",
        Change::Fulfilment(Fulfilment::Cancelled) => "Cancel the order",
        Change::Fulfilment(Fulfilment::New) => "Not packed after all",
    }
}

/// What a move takes away that no other move brings back; `None` for the rest. Such a move is asked about first, with a
/// reason.
pub fn loss(change: Change) -> Option<&'static str> {
    match change {
        Change::Payment(Payment::Refunded) => {
            Some("The customer gets the money back, and the payment of this order is settled for good.")
        }
        Change::Payment(Payment::Cancelled) => {
            Some("Nobody has to pay for this order any more, and that can't be changed back.")
        }
        Change::Fulfilment(Fulfilment::Cancelled) => {
            Some("The goods go back into stock, and the order can never be packed or sent.")
        }
        Change::Fulfilment(Fulfilment::Returned) => {
            Some("The order ends here: it can't be sent or delivered again.")
        }
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
    }
}
