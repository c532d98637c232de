//! The statuses of an order and their changes: words for staff, colours by meaning, names in forms.

use commerce::orders::{Change, Fulfilment, Payment, What};

/// The payment status in words.
pub fn payment(status: Payment) -> &'static str {
    match status {
        Payment::Due => "Due",
        Payment::Paid => "Paid",
        Payment::Refunded => "Refunded",
        Payment::Cancelled => "Cancelled",
    }
}

/// The fulfilment status in words.
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
pub fn event(what: What) -> String {
    match what {
        What::Placed => "Order placed".to_owned(),
        What::Payment { from, to } => format!("Payment: {} → {}", payment(from), payment(to)),
        What::Fulfilment { from, to } => format!("Fulfilment: {} → {}", fulfilment(from), fulfilment(to)),
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

/// The consequence of a change that can't be undone; `None` for other changes. Such a change needs a confirmation with
/// a reason.
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
        assert!(every_move().all(|change| change.is_final() == loss(change).is_some()));
    }
}
