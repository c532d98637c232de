//! Amounts of money: a whole number of minor units and a currency. `Display` formats them for
//! programs' answers and logs; pages have them in the reader's language.

use serde::{Deserialize, Serialize};

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: cents for EUR.
    pub amount: i64,
    /// ISO 4217 code.
    pub currency: String,
}

impl Money {
    /// `amount` minor units of `currency`.
    pub fn new(amount: i64, currency: impl Into<String>) -> Self {
        Self { amount, currency: currency.into() }
    }

    /// Number of decimal places of the currency (ISO 4217).
    pub fn decimals(&self) -> u8 {
        match self.currency.as_str() {
            "CLP" | "ISK" | "JPY" | "KRW" | "VND" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }
}

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.amount < 0 { "-" } else { "" };
        let minor = self.amount.unsigned_abs();
        let number = match self.decimals() {
            0 => format!("{minor}"),
            3 => format!("{}.{:03}", minor / 1000, minor % 1000),
            _ => format!("{}.{:02}", minor / 100, minor % 100),
        };
        match self.currency.as_str() {
            "EUR" => write!(f, "{sign}€{number}"),
            "GBP" => write!(f, "{sign}£{number}"),
            "USD" => write!(f, "{sign}${number}"),
            other => write!(f, "{sign}{number} {other}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn amounts_are_shown_with_the_decimals_of_their_currency() {
        let cases = [
            (1250, "EUR", "€12.50"),
            (5, "USD", "$0.05"),
            (-1999, "GBP", "-£19.99"),
            (1250, "JPY", "1250 JPY"),
            (1250, "KWD", "1.250 KWD"),
            (i64::MIN, "CHF", "-92233720368547758.08 CHF"),
        ];
        for (amount, currency, shown) in cases {
            assert_eq!(Money::new(amount, currency).to_string(), shown);
        }
    }
}
