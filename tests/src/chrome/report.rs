//! The browser's own messages about pages.

use thirtyfour::{BrowserLogEntry, By};

use super::{Chrome, POLL};

/// How often [`Chrome::set_out_by`] checks for a request. Only a failing test checks that often.
const ATTEMPTS: usize = 1000;

impl Chrome {
    /// Fails the test if the console has a message, for example about a violated policy, a failed script or a missing
    /// file.
    pub async fn check_console(&self) {
        let bad = self.complaints().await;
        assert!(bad.is_empty(), "the console says {bad:?} at {}", self.summary().await);
    }

    /// The console's messages since the last call, without the expected ones.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.web().browser_log().await.expect("the console");
        entries.into_iter().filter(|entry| !is_expected(entry)).map(|entry| entry.message).collect()
    }

    /// Clicks an element that leads to an address where no server listens, and waits until the browser sends the
    /// request. Fails the test if a policy prevents the request.
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

    /// Waits for the console's next message.
    pub async fn wait_for_complaint(&self) -> String {
        for _ in 0..ATTEMPTS {
            if let Some(complaint) = self.complaints().await.into_iter().next() {
                return complaint;
            }
            tokio::time::sleep(POLL).await;
        }
        panic!("the console says nothing at {}", self.summary().await);
    }

    /// The browser's URL and visible text, for messages of failed tests.
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

/// Whether a message is expected. Chromium reports every answer with a 4xx status, also for a correct error page, and
/// it reports that a sign-out has cleared the site's data.
fn is_expected(entry: &BrowserLogEntry) -> bool {
    if entry.message.contains("Clear-Site-Data header") && entry.message.contains("Cleared data types") {
        return true;
    }
    let remark = entry.message.contains("the server responded with a status of 4");
    entry.source.as_deref() == Some("network") && remark && !entry.message.contains("/assets/")
}
