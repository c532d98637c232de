//! Makes the pictures of the README: `cargo run -p end-to-end --example screenshots`
//!
//! Needs Chromium and chromedriver, like the browser tests. Run it after the look of a page has changed.
#![expect(clippy::expect_used, reason = "a tool for developers: what fails is told and ends it")]

use std::{fs, path::Path};

use end_to_end::{Chrome, System};

const WIDTH: u32 = 1000;
const HEIGHT: u32 = 700;
/// People load them with the README.
const MOST_BYTES: usize = 60_000;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    chrome.window(WIDTH, HEIGHT).await;
    let images = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/images");
    fs::create_dir_all(&images).expect("a folder for the pictures");

    chrome.open(&system.urls.storefront).await;
    chrome.arrive("products").await;
    keep(&images, "storefront.png", &chrome.picture().await);
    chrome.press("sign-in").await;
    chrome.arrive("username").await;
    keep(&images, "sign-in.png", &chrome.picture().await);
    chrome.quit().await;
}

fn keep(folder: &Path, name: &str, picture: &[u8]) {
    assert!(picture.len() < MOST_BYTES, "{name} has {} bytes", picture.len());
    fs::write(folder.join(name), picture).expect("a picture");
    println!("{name}: {} bytes", picture.len());
}
