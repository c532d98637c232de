//! The pictures of a page in one file, so that they take one request (S1).
//!
//! The file is an SVG with a picture below the other. Opened as it is it shows the icon; a fragment of its URL shows
//! another: `#logo`, `#logo-dark`, `#app`. A picture within a picture runs no script and loads nothing.

use std::{fmt::Write as _, io::Write as _};

use flate2::{Compression, write::GzEncoder};

use super::{
    asset::{Asset, Kind},
    palette::Palette,
    picture::Picture,
};

/// The most that all pictures of a page may weigh on their way, in bytes: with them the sign-in page stays below 25 kB
/// (S1).
pub const MOST_BYTES: usize = 10_000;
/// The box of a logo in the header, and that of an app beside its name, in CSS pixels.
const LOGO: (u32, u32) = (240, 44);
const APP: (u32, u32) = (160, 48);
const ICON_SIDE: u32 = 32;
/// A logo that is at least this much wider than high has the name in it.
const WORDMARK: f64 = 2.5;

/// What is put together.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    pub icon: Option<&'a Picture>,
    pub logo: Option<&'a Picture>,
    pub logo_dark: Option<&'a Picture>,
    pub app: Option<&'a Picture>,
}

/// A picture on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its width and height in CSS pixels.
    pub width: u32,
    pub height: u32,
    /// Whether it is as wide as a name that is written out.
    pub is_wordmark: bool,
}

/// The pictures of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pictures {
    /// Where they are. The URL alone is that of the icon.
    pub url: String,
    /// The realm's logo, at `#logo`.
    pub logo: Option<Shown>,
    /// Whether it has another logo for dark pages, at `#logo-dark`.
    pub has_dark_logo: bool,
    /// The logo of the client, at `#app`.
    pub app: Option<Shown>,
}

/// Puts the pictures of a page together. Without an icon of its own the realm has its logo as one, or a castle in its
/// colours.
pub fn together(parts: Parts<'_>, palette: &Palette) -> (Pictures, Asset) {
    let castle = castle(palette);
    let shown = [("logo", parts.logo, LOGO), ("logo-dark", parts.logo_dark, LOGO), ("app", parts.app, APP)];
    let has_none = parts.icon.is_none() && shown.iter().all(|(_, picture, _)| picture.is_none());
    let svg = if has_none { castle } else { sheet(&castle, parts, &shown) };
    let asset = Asset::new(Kind::Picture, svg);
    let size = |picture: &Picture, (width, height)| {
        let is_wordmark = picture.proportion >= WORDMARK;
        let (width, height) = picture.size_within(width, height);
        Shown { width, height, is_wordmark }
    };
    let pictures = Pictures {
        url: asset.url.clone(),
        logo: parts.logo.map(|picture| size(picture, LOGO)),
        has_dark_logo: parts.logo_dark.is_some(),
        app: parts.app.map(|picture| size(picture, APP)),
    };
    (pictures, asset)
}

/// What these pictures weigh on their way, compressed, in bytes.
pub fn weight(parts: Parts<'_>, palette: &Palette) -> usize {
    let (_, asset) = together(parts, palette);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    // into memory: neither can fail
    let written = gzip.write_all(&asset.bytes).and_then(|()| gzip.finish());
    written.map_or(usize::MAX, |bytes| bytes.len())
}

fn sheet(castle: &str, parts: Parts<'_>, shown: &[(&str, Option<&Picture>, (u32, u32))]) -> String {
    let castle = Picture::ours(castle);
    let icon = parts.icon.or(parts.logo).unwrap_or(&castle);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {ICON_SIDE} {ICON_SIDE}\">\
         <image width=\"{ICON_SIDE}\" height=\"{ICON_SIDE}\" href=\"{}\"/>",
        icon.url
    );
    let mut y = ICON_SIDE;
    for (id, picture, (width, height)) in shown {
        let Some(picture) = picture else { continue };
        let (width, height) = picture.size_within(*width, *height);
        // a gap, so that no edge of one is seen at the other
        y += 8;
        let _ = write!(
            svg,
            "<view id=\"{id}\" viewBox=\"0 {y} {width} {height}\"/>\
             <image y=\"{y}\" width=\"{width}\" height=\"{height}\" href=\"{}\"/>",
            picture.url
        );
        y += height;
    }
    svg + "</svg>"
}

/// The shipped icon, in the colours of the realm.
fn castle(palette: &Palette) -> String {
    let ground = palette.bar.unwrap_or(palette.accent);
    let front = if palette.bar.is_some() { palette.on_bar } else { palette.on_accent };
    include_str!("../../assets/icon.svg")
        .trim_end()
        .replace("GROUND", &ground.to_string())
        .replace("FRONT", &front.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWING: &str =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 30\"><path d=\"M0 0h9\"/></svg>";
    const NOTHING: Parts<'_> = Parts { icon: None, logo: None, logo_dark: None, app: None };

    fn palette() -> Palette {
        let [light, _] = Palette::shipped(false);
        light
    }

    #[test]
    fn a_realm_without_pictures_has_the_icon_in_its_colours() {
        let (pictures, asset) = together(NOTHING, &palette());
        let svg = String::from_utf8(asset.bytes.to_vec()).unwrap();
        assert!(svg.contains("#0f766e") && !svg.contains("GROUND") && !svg.contains("<image"), "{svg}");
        assert_eq!((pictures.logo, pictures.app, pictures.has_dark_logo), (None, None, false));
        let [staff, _] = Palette::shipped(true);
        assert_ne!(together(NOTHING, &staff).0.url, pictures.url, "S16");
    }

    #[test]
    fn s1_all_pictures_of_a_page_are_in_one_file_each_at_its_fragment() {
        let picture = Picture::read(DRAWING.as_bytes()).unwrap();
        let all = Parts { icon: None, logo: Some(&picture), logo_dark: Some(&picture), app: Some(&picture) };
        let (pictures, asset) = together(all, &palette());
        let svg = String::from_utf8(asset.bytes.to_vec()).unwrap();
        assert!(svg.contains("<view id=\"logo\" viewBox=\"0 40 132 44\"/>"), "{svg}");
        assert!(svg.contains("<view id=\"logo-dark\" viewBox=\"0 92 132 44\"/>"), "{svg}");
        assert!(svg.contains("<view id=\"app\" viewBox=\"0 144 144 48\"/>"), "{svg}");
        assert_eq!(svg.matches("<image ").count(), 4, "with the icon");
        assert_eq!(svg.matches("<svg").count(), 1, "the others are pictures, not part of the document");
        assert_eq!(pictures.logo, Some(Shown { width: 132, height: 44, is_wordmark: true }));
        assert!(weight(all, &palette()) < 700);
    }
}
