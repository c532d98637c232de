//! What the realms of a system write to people.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use stack::mailbox::{Received, folder};

use crate::{Browser, Page};

/// The mails of a system.
#[derive(Debug)]
pub struct Mailbox(PathBuf);

impl Mailbox {
    /// The mails of the system with this data folder.
    pub fn of(data: &Path) -> Self {
        Self(data.join("mail"))
    }

    /// The mails so far to an address, the newest first.
    pub fn to(&self, address: &str) -> Vec<Received> {
        let mut mails = folder::read(&self.0);
        mails.retain(|mail| mail.to == address);
        mails
    }

    /// The newest mail to an address whose subject begins like that, as soon as there is one.
    pub async fn mail(&self, address: &str, subject: &str) -> Received {
        for _ in 0..600 {
            let found = self.to(address).into_iter().find(|mail| mail.subject.starts_with(subject));
            if let Some(mail) = found {
                return mail;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no mail “{subject}” to {address}")
    }

    /// The code in the newest mail of that subject.
    pub async fn code(&self, address: &str, subject: &str) -> String {
        self.mail(address, subject).await.code().expect("a mail with a code")
    }

    /// Types the mailed code of a new account. `waiting` is the page that waits for it.
    pub async fn confirm(&self, browser: &Browser, waiting: &Page) -> Page {
        assert!(waiting.has("mailed-to"), "{}", waiting.summary());
        let code = self.code(&waiting.text_of("mailed-to"), "Confirm your e-mail address").await;
        browser.submit(&waiting.form("mailed-submit").with("code", &code)).await
    }
}
