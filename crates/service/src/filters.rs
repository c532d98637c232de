//! What templates say: the filters of [`language`], and prices.
//!
//! `{{ "total-of"|with("total", total|price)|t }}`, or alone `{{ total|price|t }}`.

#![expect(clippy::inline_always, reason = "what askama makes of a filter has it")]

use std::borrow::Borrow;

use askama::{Result, Values};
use commerce::money::Money;
pub use language::filters::*;
use language::{Message, Value};

/// An amount of money.
#[askama::filter_fn]
pub fn price(money: impl Borrow<Money>, _: &dyn Values) -> Result<Message> {
    Ok(amount(money.borrow()))
}

/// The message for an amount of money, in the language's own order and with its decimal mark.
pub fn amount(money: &Money) -> Message {
    let number = Value::Decimal { units: money.amount, places: money.decimals() };
    Message::new("money").with("currency", &money.currency).with("number", number)
}

#[cfg(test)]
mod tests {
    use language::Language;

    use super::*;
    use crate::words;

    #[test]
    fn s29_a_price_is_written_as_its_reader_writes_it() {
        let texts = Language::ALL.map(|language| (language, [].as_slice()));
        let catalogue = words::catalogue(&texts);
        let said = |language, amount, currency: &str| {
            catalogue.say(language, &super::amount(&Money::new(amount, currency)))
        };
        for (language, euros, francs) in [
            (Language::English, "€1,234.50", "1,250.00 CHF"),
            (Language::German, "1.234,50\u{a0}€", "1.250,00\u{a0}CHF"),
            (Language::French, "1\u{202f}234,50\u{a0}€", "1\u{202f}250,00\u{a0}CHF"),
            (Language::Spanish, "1234,50\u{a0}€", "1250,00\u{a0}CHF"),
            (
                Language::Arabic,
                "\u{2068}1,234.50\u{2069}\u{a0}€",
                "\u{2068}1,250.00\u{2069}\u{a0}\u{2068}CHF\u{2069}",
            ),
        ] {
            assert_eq!(said(language, 123_450, "EUR"), euros);
            assert_eq!(said(language, 125_000, "CHF"), francs);
        }
        assert_eq!(said(Language::English, 1250, "JPY"), "1,250 JPY");
        assert_eq!(said(Language::English, 5, "USD"), "$0.05");
        assert_eq!(said(Language::German, 199, "GBP"), "1,99\u{a0}£");
    }
}
