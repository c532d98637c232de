//! `[theme]` of a realm file and the logos of clients: read, and checked so far that every page can be read and shown.

use std::{collections::BTreeMap, io::Read as _, path::Path};

use settings::{Reader, is_loopback};
use url::Url;

use crate::look::{
    Links, Theme,
    colour::Colour,
    contrast,
    palette::{Chosen, Palette},
    picture::{MAX_BYTES, Picture},
    pictures,
};

/// Reads the theme of a realm.
pub(super) fn read(reader: &Reader<'_>, staff: bool) -> Theme {
    let table = reader.table("theme");
    let [light, dark] = palettes(&table, staff);
    let theme = Theme {
        title: table.opt_text("title"),
        links: links(&table.table("links")),
        light,
        dark,
        icon: picture(&table, "icon"),
        logo: picture(&table, "logo"),
        logo_dark: picture(&table, "logo_dark"),
        clients: BTreeMap::new(),
    };
    if theme.logo_dark.is_some() && theme.logo.is_none() {
        table.mistake("logo_dark", "needs a `logo`, for light pages");
    }
    check_weight(&table, &theme, None);
    Theme { clients: logos_of_clients(reader, &theme), ..theme }
}

fn palettes(table: &Reader<'_>, staff: bool) -> [Palette; 2] {
    let [light, dark] = Palette::shipped(staff);
    let (of_light, of_dark) = (table.table("light"), table.table("dark"));
    let for_light = chosen(&of_light);
    let mut for_dark = chosen(&of_dark);
    // one accent is enough: dark pages have the same, as light as they need it
    let grounds = dark.with(&Chosen { accent: None, link: None, ..for_dark });
    for_dark.accent = for_dark.accent.or_else(|| Some(grounds.accent_like(for_light.accent?)));
    for_dark.header = for_dark.header.or(for_light.header);
    [
        checked(&of_light, &light.with(&for_light), &for_light),
        checked(&of_dark, &dark.with(&for_dark), &for_dark),
    ]
}

fn chosen(table: &Reader<'_>) -> Chosen {
    Chosen {
        accent: colour(table, "accent"),
        link: colour(table, "link"),
        background: colour(table, "background"),
        surface: colour(table, "surface"),
        text: colour(table, "text"),
        header: colour(table, "header"),
    }
}

fn colour(table: &Reader<'_>, key: &str) -> Option<Colour> {
    let colour = table.opt_text(key)?.parse().ok();
    if colour.is_none() {
        table.mistake(key, "must be a colour like \"#0f766e\"");
    }
    colour
}

fn checked(table: &Reader<'_>, palette: &Palette, chosen: &Chosen) -> Palette {
    for fault in contrast::check(palette, chosen) {
        table.mistake(fault.key, fault.to_string());
    }
    palette.clone()
}

fn links(table: &Reader<'_>) -> Links {
    Links { terms: page(table, "terms"), privacy: page(table, "privacy"), help: page(table, "help") }
}

/// The address of a page that people are sent to.
fn page(table: &Reader<'_>, key: &str) -> Option<String> {
    let text = table.opt_text(key)?;
    let is_safe = Url::parse(&text).is_ok_and(|url| match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(host)) => is_loopback(&host),
        _ => false,
    });
    if !is_safe {
        table.mistake(key, "must be an https address; http is for loopback addresses only");
    }
    Some(text)
}

fn picture(table: &Reader<'_>, key: &str) -> Option<Picture> {
    let read = file(&table.opt_path(key)?).and_then(|bytes| Picture::read(&bytes));
    read.map_err(|message| table.mistake(key, message)).ok()
}

fn file(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    match read {
        Err(error) => Err(format!("can't be read: {error}")),
        Ok(size) if size as u64 > MAX_BYTES => Err(format!("is larger than {} KiB", MAX_BYTES / 1024)),
        Ok(_) => Ok(bytes),
    }
}

fn logos_of_clients(reader: &Reader<'_>, theme: &Theme) -> BTreeMap<String, Picture> {
    let mut logos = BTreeMap::new();
    for table in reader.tables("clients") {
        if let (Some(id), Some(logo)) = (table.opt_text("id"), picture(&table, "logo")) {
            check_weight(&table, theme, Some(&logo));
            logos.insert(id, logo);
        }
    }
    logos
}

/// The sign-in page stays small, with all its pictures (S1).
fn check_weight(table: &Reader<'_>, theme: &Theme, app: Option<&Picture>) {
    let bytes = pictures::weight(theme.parts(app), &theme.light);
    let most = pictures::MOST_BYTES;
    if bytes > most {
        let message = format!(
            "all pictures of a page weigh {bytes} bytes together, compressed; the sign-in page has room for {most}. \
             Simplify the drawing, or give a smaller picture"
        );
        let key = if table.has("logo") { "logo" } else { "icon" };
        table.mistake(key, message);
    }
}
