//! Mail: what it says, and how it leaves the realm.
//!
//! * [`letter`]: a mail in parts, rendered as text and as HTML
//! * [`letters`]: everything that the realm writes to people
//! * `transport`: the way out: a mail server, a program, or a folder

use serde::{Deserialize, Serialize};

pub mod letter;
pub mod letters;
mod transport;

pub use transport::{MailServer, Mailer, Security, SendError, WayOut};

/// A mail, ready to be sent. Some mails let their reader into an account, so it is kept sealed until then.
#[derive(Clone, Serialize, Deserialize)]
pub struct Mail {
    /// The address of its reader.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text for programs that show no HTML.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}
opaque!(Mail);

#[cfg(test)]
mod tests {
    use testbed::in_flight::is_read_by_both;

    use super::*;

    #[test]
    fn upg1_a_mail_of_the_release_before_is_sent() {
        is_read_by_both::<Mail>(r#"{"to":"ada@example.org","subject":"s","text":"t","html":"<p>t"}"#);
    }
}
