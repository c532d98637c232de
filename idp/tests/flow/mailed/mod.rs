//! What people do by a mail, through the pages of a realm that sends mail.

mod address;
mod first_passkey;
mod languages;
mod notices;
mod recovery;
mod registration;
mod sending;
mod sign_in;
mod strangers;

use axum::Router;
use idp::mail::Mail;
use test_browser::Page;

use crate::{
    app::{Browser, realm_with, router},
    harness::Scratch,
};

const ADA: &str = "ada@example.com";
const NEW: &str = "another tundra 94 marimba";

/// A realm that sends mail.
struct World {
    scratch: Scratch,
    router: Router,
}

impl World {
    async fn new() -> Self {
        Self::with(&[]).await
    }

    /// Other values in its file: key, value.
    async fn with(more: &[(&str, &str)]) -> Self {
        let mail = [("mail.from", "Test <no-reply@id.example>"), ("mail.command", "/usr/sbin/sendmail")];
        let scratch = realm_with(&[mail.as_slice(), more].concat()).await;
        let router = router(&scratch.realm, &scratch);
        Self { scratch, router }
    }

    fn browser(&self) -> Browser {
        Browser::fresh(&self.router)
    }

    async fn signed_in(&self) -> Browser {
        Browser::signed_in(&self.scratch, &self.router, ADA).await
    }

    /// The newest mail to an address.
    async fn mail_to(&self, address: &str) -> Mail {
        let mails = self.scratch.mails().await;
        mails.into_iter().rfind(|mail| mail.to == address).unwrap_or_else(|| panic!("no mail to {address}"))
    }

    async fn subjects(&self) -> Vec<String> {
        let mails = self.scratch.mails().await;
        mails.into_iter().map(|mail| mail.subject.split(" – ").next().unwrap().to_owned()).collect()
    }
}

/// The path of the first link in a mail that leads below `begin`.
fn path(mail: &Mail, begin: &str) -> String {
    let lines = mail.text.lines().filter_map(|line| line.trim().strip_prefix("http://localhost:7001"));
    lines
        .into_iter()
        .find(|path| path.starts_with(begin))
        .unwrap_or_else(|| panic!("{}", mail.text))
        .to_owned()
}

/// The code in a mail.
fn code(mail: &Mail) -> String {
    let is_code = |line: &&str| line.len() == 9 && line.replace(' ', "").parse::<u32>().is_ok();
    mail.text.lines().find(is_code).unwrap_or_else(|| panic!("{}", mail.text)).to_owned()
}

/// A code that is not that one.
fn another(code: &str) -> String {
    let digits: u32 = code.replace(' ', "").parse().unwrap();
    format!("{:08}", (digits + 1) % 100_000_000)
}

/// Where the answer leads.
fn leads_to(page: &Page) -> String {
    let location = page.location().unwrap_or_else(|| panic!("{} {}", page.status, page.body));
    location.to_owned()
}
