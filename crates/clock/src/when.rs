//! Times for people, in the time zone that the operator chose. The text always names the zone.

use jiff::{Timestamp, tz::TimeZone};

/// A time zone of the IANA database, such as `Europe/Berlin`; UTC by default. The database is part of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Default for Zone {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

impl Zone {
    /// The zone of this name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// `seconds` (Unix seconds) in this zone; empty for a time beyond every calendar.
    pub fn at(&self, seconds: i64) -> When {
        let Ok(time) = Timestamp::from_second(seconds) else {
            return When { iso: String::new(), text: String::new(), local: None };
        };
        let local = time.to_zoned(self.0.clone());
        let zone = local.strftime("%Z").to_string();
        // a zone without an abbreviation is shown by its offset
        let zone = if zone.starts_with(['+', '-']) { format!("UTC{zone}") } else { zone };
        let text = format!("{} {zone}", local.strftime("%-d %B %Y, %H:%M"));
        let local = Local {
            year: local.year(),
            month: local.month(),
            day: local.day(),
            hour: local.hour(),
            minute: local.minute(),
            zone,
        };
        When { iso: time.to_string(), text, local: Some(local) }
    }
}

/// `seconds` (Unix seconds) as RFC 3339 in UTC, for programs and operators. Empty for a time beyond every calendar.
pub fn iso(seconds: i64) -> String {
    Zone::default().at(seconds).iso
}

/// Unix seconds of a time in RFC 3339.
pub fn parse(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// A time as programs read it and as people do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// RFC 3339 in UTC, for `datetime`.
    pub iso: String,
    /// The text for people, in English.
    pub text: String,
    /// The parts of the text, for other languages; `None` for a time beyond every calendar.
    pub local: Option<Local>,
}

/// A time of the calendar and the clock in some zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    /// The year.
    pub year: i16,
    /// The month, from 1 on.
    pub month: i8,
    /// The day of the month.
    pub day: i8,
    /// The hour, from 0 to 23.
    pub hour: i8,
    /// The minute.
    pub minute: i8,
    /// The zone's abbreviation, or its offset.
    pub zone: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: i64 = 1_763_713_906;

    #[test]
    fn s34_a_time_is_shown_in_utc_unless_told_otherwise() {
        let when = Zone::default().at(AT);
        assert_eq!(
            (when.iso.as_str(), when.text.as_str()),
            ("2025-11-21T08:31:46Z", "21 November 2025, 08:31 UTC")
        );
        assert_eq!(Zone::default().at(i64::MAX).text, "");
    }

    #[test]
    fn s34_a_local_time_names_its_zone_in_summer_and_in_winter() {
        let at = |zone: &str, seconds: i64| Zone::named(zone).unwrap().at(seconds);
        assert_eq!(at("Europe/Berlin", AT).text, "21 November 2025, 09:31 CET");
        assert_eq!(at("Europe/Berlin", 1_753_000_000).text, "20 July 2025, 10:26 CEST");
        assert_eq!(at("America/Sao_Paulo", AT).text, "21 November 2025, 05:31 UTC-03");
        assert_eq!(at("Asia/Kolkata", AT).text, "21 November 2025, 14:01 IST");
        for name in ["UTC", "Europe/Berlin"] {
            assert_eq!(Zone::named(name).unwrap().name(), name);
        }
        assert_eq!(at("Europe/Berlin", AT).iso, "2025-11-21T08:31:46Z");
    }

    #[test]
    fn s34_a_zone_that_is_not_there_is_none() {
        for name in ["", "Europe/Atlantis", "Berlin", "../etc/passwd", "+01:00"] {
            assert!(Zone::named(name).is_none(), "{name}");
        }
    }
}
