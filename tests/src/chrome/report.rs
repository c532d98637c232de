//! What the browser itself says about the pages.

use thirtyfour::{BrowserLogEntry, By};

use super::{Chrome, POLL};

/// How often it is looked whether the browser has set out. Only a test that fails looks that often.
const ATTEMPTS: usize = 1000;

impl Chrome {
    /// Fails when the console has something to say: a violated policy, a failed script, a missing asset.
    pub async fn check_console(&self) {
        let bad = self.complaints().await;
        assert!(bad.is_empty(), "the console says {bad:?} at {}", self.summary().await);
    }

    /// What the console has said since it was last asked, without what it says of every page about a mistake.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.web().browser_log().await.expect("the console");
        entries.into_iter().filter(|entry| !is_expected(entry)).map(|entry| entry.message).collect()
    }

    /// Clicks something that leads to an address where nothing answers, and waits until the browser asks for it. A
    /// policy that keeps it from asking fails the test.
    pub async fn set_out_by(&self, id: &str, address: &str) {
        self.element(id).await.click().await.expect("something to click");
        let request = format!("\"documentURL\":\"{address}");
        for _ in 0..ATTEMPTS {
            let blocked =
                self.complaints().await.into_iter().find(|text| text.contains("Content Security Policy"));
            assert_eq!(blocked, None);
            let events = self.web().get_log("performance").await.expect("the network's events");
            if events.iter().any(|event| event.message.contains(&request)) {
                return;
            }
            tokio::time::sleep(POLL).await;
        }
        panic!("nothing was asked of {address}: {}", self.summary().await);
    }

    /// The first thing the console says from now on.
    pub async fn wait_for_complaint(&self) -> String {
        for _ in 0..ATTEMPTS {
            if let Some(complaint) = self.complaints().await.into_iter().next() {
                return complaint;
            }
            tokio::time::sleep(POLL).await;
        }
        panic!("the console says nothing at {}", self.summary().await);
    }

    /// Where the browser is and what it shows, for messages of failed tests.
    pub async fn summary(&self) -> String {
        let url = self.web().current_url().await.map(|url| url.to_string()).unwrap_or_default();
        let text = match self.web().find(By::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        };
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(500).collect();
        format!("{url} -> {text}")
    }
}

/// Chromium remarks on every answer with a 4xx status, also on a page that tells of a mistake, which is what it is for; and
/// it says that it has cleared what a sign-out told it to.
fn is_expected(entry: &BrowserLogEntry) -> bool {
    if entry.message.contains("Clear-Site-Data header") && entry.message.contains("Cleared data types") {
        return true;
    }
    let remark = entry.message.contains("the server responded with a status of 4");
    entry.source.as_deref() == Some("network") && remark && !entry.message.contains("/assets/")
}
