//! Times in the reader's language. The catalogue's `date-time` has the order of day, month and year, and the names of
//! the months.

use clock::when::When;

use crate::Message;

/// The message for a time, with its zone. Empty for a time beyond every calendar.
pub fn moment(when: &When) -> Message {
    let Some(local) = &when.local else { return Message::verbatim("") };
    Message::new("date-time")
        .with("day", local.day)
        .with("month", local.month)
        .with("year", local.year)
        .with("time", format!("{:02}:{:02}", local.hour, local.minute))
        .with("zone", &local.zone)
}
