//! Makes the pictures in `docs/images` with the pages as they are. No test of anything: `scripts/screenshots` runs it.

use std::{cmp::Reverse, collections::HashMap, io::Cursor, path::Path};

use end_to_end::{Chrome, System};

use crate::{callback::Client, themed::Themed, walk};

const DESKTOP: (u32, u32) = (960, 720);
const PHONE: (u32, u32) = (390, 780);

#[tokio::test]
#[ignore = "writes docs/images; scripts/screenshots runs it"]
async fn pictures_of_the_documents() {
    let system = System::start().await;
    shop_and_account(&system).await;
    console(&system).await;
    sign_in(&system).await;
    themed(&Themed::start().await.system).await;
}

/// Writes what the browser shows, without a blinking cursor.
async fn keep(chrome: &Chrome, (width, height): (u32, u32), name: &str) {
    chrome.window(width, height).await;
    let still =
        "document.activeElement.blur(); scrollTo(0, 0); document.documentElement.style.overflow = 'hidden'";
    chrome.script(still).await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/images").join(format!("{name}.png"));
    std::fs::write(path, small(&chrome.picture().await)).expect("a picture");
}

/// The same picture in its 256 most frequent colours, which nobody tells from all of them: pages have few.
#[expect(clippy::indexing_slicing, reason = "a pixel has three channels, and every colour was counted")]
fn small(picture: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(Cursor::new(picture)).read_info().expect("a picture");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("pixels");
    let (width, height) = (reader.info().width, reader.info().height);
    let samples = reader.info().color_type.samples();
    let pixels = || pixels.chunks_exact(samples).map(|pixel| [pixel[0], pixel[1], pixel[2]]);

    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    pixels().for_each(|colour| *counts.entry(colour).or_default() += 1);
    let mut colours: Vec<[u8; 3]> = counts.keys().copied().collect();
    colours.sort_by_key(|colour| (Reverse(counts[colour]), *colour));
    colours.truncate(256);
    let distance = |one: [u8; 3], other: [u8; 3]| -> u32 {
        one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    let nearest =
        |colour: &[u8; 3]| (0_u8..=255).zip(&colours).min_by_key(|(_, near)| distance(*colour, **near));
    let places: HashMap<[u8; 3], u8> =
        counts.keys().map(|colour| (*colour, nearest(colour).expect("a colour").0)).collect();

    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(colours.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().expect("a file in memory");
    writer.write_image_data(&pixels().map(|colour| places[&colour]).collect::<Vec<u8>>()).expect("pixels");
    writer.finish().expect("a file in memory");
    file
}

async fn sign_in(system: &System) {
    let chrome = Chrome::start().await;
    chrome.prefer_scheme("light").await;
    walk::to_sign_in(&chrome, system).await;
    keep(&chrome, DESKTOP, "sign-in").await;
    chrome.prefer_scheme("dark").await;
    keep(&chrome, PHONE, "sign-in-dark").await;
    chrome.prefer_scheme("light").await;
    chrome.press("register").await;
    chrome.arrive("email").await;
    keep(&chrome, (960, 940), "registration").await;
    chrome.open(&system.urls.customer_issuer).await;
    chrome.press("language").await;
    chrome.press("language-ar").await;
    walk::to_sign_in(&chrome, system).await;
    keep(&chrome, PHONE, "sign-in-arabic").await;
    chrome.quit().await;
}

async fn shop_and_account(system: &System) {
    let chrome = Chrome::start().await;
    chrome.prefer_scheme("light").await;
    chrome.open(&system.urls.storefront).await;
    keep(&chrome, DESKTOP, "storefront").await;
    walk::fill_cart(&chrome, system).await;
    chrome.press("sign-in-to-order").await;
    walk::enter(&chrome, walk::demo(system)).await;
    chrome.arrive("checkout").await;
    chrome.press("checkout").await;
    chrome.arrive("thanks").await;
    chrome.open(format!("{}/account", system.urls.customer_issuer)).await;
    keep(&chrome, (960, 940), "account").await;
    chrome.add_authenticator(true).await;
    chrome.open(format!("{}/account/passkeys", system.urls.customer_issuer)).await;
    chrome.press("passkey-create").await;
    chrome.arrive("passkeys").await;
    keep(&chrome, DESKTOP, "passkeys").await;
    chrome.quit().await;
}

async fn console(system: &System) {
    let chrome = Chrome::start().await;
    chrome.prefer_scheme("light").await;
    chrome.open(&system.urls.console).await;
    chrome.press("sign-in").await;
    chrome.arrive("username").await;
    keep(&chrome, DESKTOP, "staff-sign-in").await;
    walk::set_up_staff(&chrome, system).await;
    chrome.press("nav-orders").await;
    keep(&chrome, DESKTOP, "console").await;
    chrome.quit().await;
}

async fn themed(system: &System) {
    let client = Client::start(system).await;
    let chrome = Chrome::start().await;
    chrome.prefer_scheme("light").await;
    chrome.open(client.request(&[])).await;
    chrome.arrive("username").await;
    keep(&chrome, (960, 900), "theme").await;
    chrome.prefer_scheme("dark").await;
    keep(&chrome, (960, 900), "theme-dark").await;
    chrome.prefer_scheme("light").await;
    walk::enter(&chrome, walk::demo(system)).await;
    chrome.arrive("consent-allow").await;
    keep(&chrome, (960, 980), "consent").await;
    chrome.quit().await;
}
