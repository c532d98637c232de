//! `[passkeys]`: when they are offered, and where else they may be used.

use settings::Reader;
use url::Url;

const DAY: i64 = 86_400;
/// How far apart two offers may be, in seconds.
const EVERY: std::ops::RangeInclusive<i64> = 0..=365 * DAY;
/// How many related origins there may be: browsers look at five different names at least, and need not look at more (Web
/// Authentication section 5.11).
const MOST_ORIGINS: usize = 5;

/// Passkeys.
#[derive(Debug, Clone)]
pub struct PasskeyConfig {
    /// How often somebody without one is offered one after a sign-in with a password, in seconds; 0 for never.
    pub offer: i64,
    /// Other origins at which the realm's passkeys may be used.
    pub related_origins: Vec<Url>,
}

/// Reads the table.
pub(super) fn read(reader: &Reader<'_>, issuer: &str) -> PasskeyConfig {
    let table = reader.table("passkeys");
    let listed = table.list("related_origins");
    if listed.len() > MOST_ORIGINS {
        table.mistake("related_origins", format!("must be at most {MOST_ORIGINS}: browsers look at no more"));
    }
    let has_passkeys = Url::parse(issuer).is_ok_and(|url| url.domain().is_some());
    if !listed.is_empty() && !issuer.is_empty() && !has_passkeys {
        table.mistake("related_origins", "needs an issuer with a host name: an IP address has no passkeys");
    }
    let mut related_origins: Vec<Url> = Vec::new();
    for (number, text) in (1..).zip(&listed) {
        match origin(text) {
            None => table.mistake(
                "related_origins",
                format!("number {number}: must be an https origin in its canonical form, such as \"https://shop.example\""),
            ),
            Some(_) if text == issuer => {
                table.mistake("related_origins", format!("number {number}: is the issuer itself"));
            }
            Some(url) if related_origins.contains(&url) => {
                table.mistake("related_origins", format!("number {number}: is there twice"));
            }
            Some(url) => related_origins.push(url),
        }
    }
    PasskeyConfig { offer: table.seconds_within("offer", EVERY), related_origins }
}

fn origin(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_exact = url.origin().ascii_serialization() == text;
    (is_exact && url.scheme() == "https" && url.domain().is_some()).then_some(url)
}
