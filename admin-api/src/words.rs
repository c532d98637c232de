//! The texts that people read, in their language. They are in `admin-api/languages`, one folder per language; those
//! that the storefront has too are in the crates below.

use std::sync::LazyLock;

use commerce::{content::Fault, orders::Illegal};
use language::{Catalogue, Language, Localizer, Message, Texts};

/// The texts of the console.
pub(crate) const TEXTS: Texts = language::texts!("../languages": "console", "content", "orders");

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| service::words::catalogue(&TEXTS));

/// What templates are rendered with.
pub fn localizer(language: Language) -> Localizer {
    CATALOGUE.localizer(language)
}

/// A message in the language of answers for programs.
pub fn in_english(message: &Message) -> String {
    CATALOGUE.say(Language::English, message)
}

/// What is wrong with a field, and how to correct it.
pub fn fault(fault: Fault) -> &'static str {
    match fault {
        Fault::SlugMissing => "slug-missing",
        Fault::SlugTooLong => "slug-too-long",
        Fault::SlugMalformed => "slug-malformed",
        Fault::SlugTaken => "slug-taken",
        Fault::SlugInUse => "slug-in-use",
        Fault::TitleMissing => "title-missing",
        Fault::TitleTooLong => "title-too-long",
        Fault::TitleHidden => "title-hidden",
        Fault::BodyTooLong => "body-too-long",
        Fault::BodyHidden => "body-hidden",
    }
}

/// Why an order doesn't change.
pub fn illegal(why: Illegal) -> &'static str {
    match why {
        Illegal::NeverSent => "illegal-never-sent",
        Illegal::NotPaid => "illegal-not-paid",
        Illegal::Paid => "illegal-paid",
        Illegal::SamePayment => "illegal-same-payment",
        Illegal::Settled => "illegal-settled",
        Illegal::PaymentCancelled => "illegal-payment-cancelled",
        Illegal::Unpaid => "illegal-unpaid",
        Illegal::SameFulfilment => "illegal-same-fulfilment",
        Illegal::Ended => "illegal-ended",
        Illegal::Shipped => "illegal-shipped",
        Illegal::OutOfTurn => "illegal-order",
    }
}
