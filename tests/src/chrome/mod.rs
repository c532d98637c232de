//! A real browser: Chromium, driven by chromedriver.
//!
//! The variables `CHROME` and `CHROMEDRIVER` name other programs than those of Debian's packages. Every message in the
//! browser's console fails the test, above all a violation of the content security policy.

mod driver;
mod emulation;
mod report;

use std::{sync::Arc, time::Duration};

use driver::Driver;
use serde_json::Value;
use tempfile::TempDir;
use thirtyfour::{
    By, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver, WebElement,
    prelude::{ElementQueryable, ElementWaitable},
};

/// Time limit for an element to appear. Only a failing test waits that long.
const DEADLINE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(20);
/// Flags that limit the browser to loopback: no page of this system calls another host, and the browser must not
/// either.
const FLAGS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-search-engine-choice-screen",
    "--window-size=1100,900",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/// A browser with its own profile.
#[derive(Debug)]
pub struct Chrome {
    // dropped in this order, as they have to be
    web: WebDriver,
    _profile: TempDir,
    _driver: Arc<Driver>,
}

impl Chrome {
    /// Starts a browser.
    pub async fn start() -> Self {
        Self::launch(false, true).await
    }

    /// Starts a browser that keeps no cookies.
    pub async fn start_without_cookies() -> Self {
        Self::launch(false, false).await
    }

    /// Starts a browser that reports its requests, for [`set_out_by`](Self::set_out_by).
    pub async fn start_watching_the_network() -> Self {
        Self::launch(true, true).await
    }

    async fn launch(watch_network: bool, keeps_cookies: bool) -> Self {
        // the client of chromedriver requires a provider, though it doesn't use TLS; only the first call installs it
        let _ = rustls::crypto::ring::default_provider().install_default();
        let driver = Driver::shared();
        let profile = TempDir::new().expect("a folder for the profile");
        let mut wishes = DesiredCapabilities::chrome();
        wishes.set_binary(&program("CHROME", "/usr/bin/chromium")).expect("a program");
        for flag in FLAGS {
            wishes.add_arg(flag).expect("a flag");
        }
        wishes.add_arg(&format!("--user-data-dir={}", profile.path().display())).expect("a flag");
        wishes.set_browser_log_level(LoggingPrefsLogLevel::All).expect("a level");
        if watch_network {
            wishes.set_logging_prefs("performance", LoggingPrefsLogLevel::All).expect("a level");
        }
        if !keeps_cookies {
            let block = serde_json::json!({ "profile.default_content_setting_values.cookies": 2 });
            wishes.add_experimental_option("prefs", block).expect("preferences");
        }
        let web = WebDriver::new(driver.url(), wishes).await.expect("chromedriver starts Chromium");
        Self { web, _profile: profile, _driver: driver }
    }

    /// Ends the browser.
    pub async fn quit(self) {
        self.check_console().await;
        self.web.clone().quit().await.expect("the browser ends");
    }

    /// The WebDriver session, for commands that have no method here.
    pub fn web(&self) -> &WebDriver {
        &self.web
    }

    /// Opens a URL and waits until it has loaded.
    pub async fn open(&self, url: impl AsRef<str>) {
        self.web.goto(url.as_ref()).await.unwrap_or_else(|error| panic!("{}: {error}", url.as_ref()));
        self.check_console().await;
    }

    /// Waits for the element with that id, on this page or a later one.
    pub async fn arrive(&self, id: &str) -> WebElement {
        let query = self.web.query(By::Id(id)).wait(DEADLINE, POLL);
        let Ok(element) = query.first().await else { panic!("no #{id} on {}", self.summary().await) };
        self.check_console().await;
        element
    }

    /// Waits until a script has put that text into an element. The text has no apostrophe.
    pub async fn until(&self, id: &str, text: &str) {
        let told = By::XPath(format!("//*[@id='{id}'][contains(., '{text}')]"));
        let found = self.web.query(told).wait(DEADLINE, POLL).exists().await;
        assert!(found.expect("an answer"), "no {text:?} in #{id} on {}", self.summary().await);
    }

    /// The element with that id on this page.
    pub async fn element(&self, id: &str) -> WebElement {
        let Ok(element) = self.web.find(By::Id(id)).await else {
            panic!("no #{id} on {}", self.summary().await)
        };
        element
    }

    /// Whether this page has an element with that id.
    pub async fn has(&self, id: &str) -> bool {
        self.web.find(By::Id(id)).await.is_ok()
    }

    /// Replaces the content of an input.
    pub async fn fill(&self, id: &str, text: &str) {
        let input = self.element(id).await;
        input.clear().await.expect("an input");
        input.send_keys(text).await.expect("an input");
    }

    /// Clicks a link or a button and waits until the next page has replaced this one.
    pub async fn press(&self, id: &str) {
        let element = self.element(id).await;
        self.leave_by(&element).await;
    }

    /// As [`Chrome::press`], for the first element that matches a selector.
    pub async fn press_first(&self, selector: &str) {
        let Ok(element) = self.web.find(By::Css(selector)).await else {
            panic!("no {selector} on {}", self.summary().await)
        };
        self.leave_by(&element).await;
    }

    async fn leave_by(&self, element: &WebElement) {
        let before = self.web.find(By::Css("html")).await.expect("a page");
        element.click().await.expect("something to click");
        let gone = before.wait_until().wait(DEADLINE, POLL).stale().await;
        assert!(gone.is_ok(), "a click led nowhere on {}", self.summary().await);
        self.check_console().await;
    }

    /// Goes back in the history.
    pub async fn back(&self) {
        self.web.back().await.expect("a page before this one");
        self.check_console().await;
    }

    /// Reloads the page.
    pub async fn reload(&self) {
        self.web.refresh().await.expect("a page to reload");
        self.check_console().await;
    }

    /// The URL of the current page.
    pub async fn url(&self) -> String {
        self.web.current_url().await.expect("an address").to_string()
    }

    /// The visible text of the element with that id.
    pub async fn text(&self, id: &str) -> String {
        self.element(id).await.text().await.expect("a text")
    }

    /// An attribute of the element with that id; empty when it has none.
    pub async fn attribute(&self, id: &str, name: &str) -> String {
        self.element(id).await.attr(name).await.expect("an element").unwrap_or_default()
    }

    /// The visible text of the first element that matches a selector.
    pub async fn text_at(&self, selector: &str) -> String {
        let Ok(element) = self.web.find(By::Css(selector)).await else {
            panic!("no {selector} on {}", self.summary().await)
        };
        element.text().await.expect("a text")
    }

    /// The return value of a script. It runs in the page, but not under the page's content security policy.
    pub async fn script(&self, code: &str) -> Value {
        let returned = self.web.execute(code, Vec::new()).await;
        returned.unwrap_or_else(|error| panic!("{error}")).json().clone()
    }

    /// The value that a script passes to the function in its last argument.
    pub async fn script_async(&self, code: &str) -> Value {
        let returned = self.web.execute_async(code, Vec::new()).await;
        returned.unwrap_or_else(|error| panic!("{error}")).json().clone()
    }
}

impl Drop for Chrome {
    fn drop(&mut self) {
        // After a failed test the browser ends with chromedriver. Ending it here would block the thread that serves the
        // pages that the browser may be loading.
        let _ = self.web.clone().leak();
    }
}

/// A program from the environment variable, or from Debian's path.
fn program(variable: &str, path: &str) -> String {
    std::env::var(variable).ok().filter(|path| !path.is_empty()).unwrap_or_else(|| path.to_owned())
}
