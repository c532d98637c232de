//! S27: what is looked at on each page.

use end_to_end::Chrome;
use serde_json::Value;

const NARROW: u32 = 320;
const LAYOUT: &str = include_str!("inspect.js");
const RUN_AXE: &str = include_str!("axe.js");

/// Collects what is wrong, page by page, so that one run tells everything.
#[derive(Debug)]
pub struct Inspector {
    axe: Option<String>,
    pages: usize,
    faults: Vec<String>,
}

impl Inspector {
    /// With axe-core from the file that `AXE_JS` names. Without it the rest is looked at, except on CI, where it has to
    /// be there.
    pub fn new() -> Self {
        let path = std::env::var("AXE_JS").ok().filter(|path| !path.is_empty());
        let axe = path.map(|path| match std::fs::read_to_string(&path) {
            Ok(text) => format!("{text}\n{RUN_AXE}"),
            Err(error) => panic!("AXE_JS={path}: {error}"),
        });
        if axe.is_none() {
            let on_ci = std::env::var("CI").is_ok_and(|value| value == "true");
            assert!(!on_ci, "AXE_JS names no axe-core: S27 can't be checked; scripts/test fetches it");
            eprintln!("AXE_JS names no axe-core: WCAG rules are NOT checked, only reflow and targets");
        }
        Self { axe, pages: 0, faults: Vec::new() }
    }

    /// Looks at the page the browser shows.
    pub async fn page(&mut self, chrome: &Chrome, name: &str) {
        self.pages += 1;
        chrome.width(NARROW).await;
        self.note(name, "at 320 px", &chrome.script(LAYOUT).await);
        chrome.width(0).await;
        if let Some(axe) = &self.axe {
            let mut found = Vec::new();
            for scheme in ["dark", "light"] {
                chrome.prefer_scheme(scheme).await;
                found.push((scheme, chrome.script_async(axe).await));
            }
            for (scheme, faults) in found {
                self.note(name, scheme, &faults);
            }
        }
        chrome.check_console().await;
    }

    fn note(&mut self, page: &str, how: &str, faults: &Value) {
        let faults = faults.as_array().unwrap_or_else(|| panic!("{page}: no list of faults: {faults}"));
        for fault in faults {
            self.faults.push(format!("{page} ({how}): {}", fault.as_str().unwrap_or("?")));
        }
    }

    /// Fails when anything was wrong on any page, or when fewer pages were seen than there are.
    pub fn finish(self, at_least: usize) {
        assert!(self.pages >= at_least, "only {} pages were looked at", self.pages);
        assert!(self.faults.is_empty(), "{} faults:\n{}", self.faults.len(), self.faults.join("\n"));
    }
}
