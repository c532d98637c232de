//! `[theme]` and the logos of clients: what a realm's pages look like, and what is refused so that everybody can read
//! them.

use std::path::{Path, PathBuf};

use idp::look::{Look, colour::Colour, palette::Palette};
use serde_json::Value;

use crate::harness::{edited, read, refused, reported};

const DRAWING: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 30\"><path d=\"M0 0h9\"/></svg>";
const END: &str = "[factors]";

/// The edit that puts these lines into a realm file.
fn with(lines: &str) -> (String, String) {
    (END.to_owned(), format!("{lines}\n{END}"))
}

fn file_with(lines: &str) -> String {
    let (from, to) = with(lines);
    edited(&from, &to)
}

fn refused_with(lines: &str, at: &str, key: &str, words: &str) {
    let (from, to) = with(lines);
    refused((&from, &to), at, key, words);
}

fn written(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// A PNG of noise, which compresses to nothing smaller.
fn noise(side: u32) -> Vec<u8> {
    let mut seed = 1_u32;
    let mut byte = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_be_bytes()[0]
    };
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&(0..side * side).map(|_| byte()).collect::<Vec<u8>>()).unwrap();
    writer.finish().unwrap();
    file
}

#[test]
fn s38_a_realm_without_a_theme_has_the_shipped_colours() {
    let theme = read(&file_with("")).unwrap().theme;
    assert_eq!([theme.light, theme.dark], Palette::shipped(false));
    assert!(theme.logo.is_none() && theme.icon.is_none() && theme.title.is_none() && !theme.links.any());
}

#[test]
fn s38_a_theme_is_read_as_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let logo = written(folder.path(), "logo.svg", DRAWING.as_bytes());
    let icon = written(folder.path(), "icon.png", &noise(16));
    let file = file_with(&format!(
        "[theme]\ntitle = \"Welcome\"\nlogo = \"{logo}\"\nlogo_dark = \"{logo}\"\nicon = \"{icon}\"\n\
         [theme.light]\naccent = \"#7a1f5c\"\nbackground = \"#fdf7fb\"\nsurface = \"#ffffff\"\ntext = \"#222\"\n\
         link = \"#5c1745\"\nheader = \"#7a1f5c\"\n[theme.dark]\nbackground = \"#181015\"\n\
         [theme.links]\nterms = \"https://shop.example/terms\"\nprivacy = \"https://shop.example/privacy\"\n\
         help = \"http://localhost:8080/help\"",
        logo = logo.display(),
        icon = icon.display(),
    ))
    .replace("name = \"App\"", &format!("name = \"App\"\nlogo = \"{}\"", logo.display()));
    let realm = read(&file).unwrap();
    let theme = realm.theme;
    assert_eq!(theme.title.as_deref(), Some("Welcome"));
    assert_eq!(theme.links.help.as_deref(), Some("http://localhost:8080/help"));
    let colour = |rgb| Colour::hex(rgb);
    assert_eq!((theme.light.accent, theme.light.link), (colour(0x7a_1f5c), colour(0x5c_1745)));
    assert_eq!((theme.light.ground, theme.light.text), (colour(0xfd_f7fb), colour(0x22_2222)));
    assert_eq!((theme.light.bar, theme.dark.bar), (Some(colour(0x7a_1f5c)), Some(colour(0x7a_1f5c))));
    assert_eq!(theme.dark.ground, colour(0x18_1015));
    assert_ne!(theme.dark.accent, Palette::shipped(false)[1].accent, "it follows the light one");
    assert!(theme.dark.accent.contrast(theme.dark.card) >= 4.5);
    assert_eq!(theme.clients.keys().collect::<Vec<_>>(), ["app"]);

    let look = Look::of(&theme);
    let css = String::from_utf8(look.css.bytes.to_vec()).unwrap();
    assert!(css.contains("--accent:#7a1f5c;") && css.contains("--ground:#181015;"));
    assert!(look.pictures.logo.is_some() && look.pictures.has_dark_logo && look.pictures.app.is_none());
    assert!(look.pictures_of("app").unwrap().app.is_some() && look.pictures_of("web").is_none());
}

#[test]
fn s38_the_links_are_in_discovery_and_nothing_else_is() {
    let links =
        "[theme.links]\nterms = \"https://shop.example/terms\"\nprivacy = \"https://shop.example/privacy\"";
    let documents = idp::realm::Documents::render(&read(&file_with(links)).unwrap());
    let metadata: Value = serde_json::from_slice(&documents.metadata).unwrap();
    assert_eq!(metadata["op_tos_uri"], "https://shop.example/terms");
    assert_eq!(metadata["op_policy_uri"], "https://shop.example/privacy");
    let plain = idp::realm::Documents::render(&read(&file_with("")).unwrap());
    let metadata: Value = serde_json::from_slice(&plain.metadata).unwrap();
    assert!(metadata.get("op_tos_uri").is_none() && metadata.get("op_policy_uri").is_none());
}

#[test]
fn s38_what_is_no_colour_is_told() {
    for wrong in ["teal", "#12345", "0f766e", "rgb(1,2,3)", "#0f766e80"] {
        for key in ["accent", "link", "background", "surface", "text", "header"] {
            let lines = format!("[theme.dark]\n{key} = \"{wrong}\"");
            refused_with(&lines, key, &format!("theme.dark.{key}"), "must be a colour like \"#0f766e\"");
        }
    }
    refused_with("[theme.light]\ncolour = \"#000\"", "colour =", "theme.light.colour", "unknown key");
}

#[test]
fn s27_s38_colours_that_people_could_not_read_are_refused_with_what_would_do() {
    for (lines, key, words) in [
        (
            "[theme.light]\naccent = \"#ffcc00\"",
            "theme.light.accent",
            "a link on the surface would have a contrast of 1.51:1, and WCAG 2.2 AA needs 4.5:1; #",
        ),
        ("[theme.light]\nlink = \"#999\"", "theme.light.link", "a link on the surface"),
        (
            "[theme.light]\ntext = \"#777\"",
            "theme.light.text",
            "text on the surface would have a contrast of 4.47:1",
        ),
        ("[theme.light]\nsurface = \"#333\"", "theme.light.surface", "text on the surface"),
        ("[theme.light]\nbackground = \"#333\"", "theme.light.background", "text on the background"),
        ("[theme.dark]\nsurface = \"#eee\"", "theme.dark.surface", "text on the surface"),
        ("[theme.dark]\naccent = \"#000080\"", "theme.dark.accent", "a link on the surface"),
        // a yellow button with links of its own is told apart too little from the white around it
        (
            "[theme.light]\nlink = \"#0b655e\"\naccent = \"#ffcc00\"",
            "theme.light.accent",
            "a button on the surface would have a contrast of 1.51:1, and WCAG 2.2 AA needs 3:1",
        ),
    ] {
        let name = key.rsplit('.').next().unwrap();
        refused_with(lines, &format!("{name} = "), key, words);
    }
    assert!(read(&file_with("[theme.light]\ntext = \"#767676\"\nbackground = \"#fff\"")).is_ok(), "4.54:1");
    let own_links = "[theme.light]\naccent = \"#c05621\"\nlink = \"#7b341e\"";
    assert!(read(&file_with(own_links)).is_ok(), "an accent for buttons, and darker links");
}

#[test]
fn s38_a_picture_that_may_not_be_shown_is_refused_by_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let script = DRAWING.replace("<path", "<script>alert(1)</script><path onclick=\"x()\"");
    let foreign =
        DRAWING.replace("<path", "<image href=\"https://evil.example/x.png\"/><foreignObject/><path");
    for (name, content, words) in [
        ("script.svg", script.as_bytes(), "`path onclick`, `script`"),
        ("foreign.svg", foreign.as_bytes(), "`foreignObject`, `image href`"),
        ("gif.gif", b"GIF89a".as_slice(), "must be a picture in SVG or PNG"),
        ("page.svg", b"<!doctype html><p>".as_slice(), "SVG"),
        ("cut.png", &noise(16)[..60], "no PNG that can be read"),
        ("wide.svg", DRAWING.replace("90 30", "900 30").as_bytes(), "8 times as wide"),
        ("large.png", &noise(300), "is larger than 64 KiB"),
        ("heavy.png", &noise(130), "compressed; the sign-in page has room for 10000"),
    ] {
        let path = written(folder.path(), name, content);
        let lines = format!("[theme]\nlogo = \"{}\"", path.display());
        refused_with(&lines, "logo", "theme.logo", words);
        let name = "name = \"App\"";
        refused((name, &format!("{name}\nlogo = \"{}\"", path.display())), "logo", "clients[1].logo", words);
    }
    refused_with("[theme]\nlogo = \"/nowhere/logo.svg\"", "logo", "theme.logo", "can't be read");
    refused_with("[theme]\nicon = \"/nowhere/icon.svg\"", "icon", "theme.icon", "can't be read");
    let logo = written(folder.path(), "logo.svg", DRAWING.as_bytes());
    let alone = format!("[theme]\nlogo_dark = \"{}\"", logo.display());
    refused_with(&alone, "logo_dark", "theme.logo_dark", "needs a `logo`");
}

#[test]
fn s1_s38_the_logos_of_a_page_are_weighed_together() {
    let folder = tempfile::tempdir().unwrap();
    let half = written(folder.path(), "half.png", &noise(75));
    let other = written(folder.path(), "other.png", &noise(74));
    let realm = format!("[theme]\nlogo = \"{}\"", half.display());
    assert!(read(&file_with(&realm)).is_ok());
    let both = file_with(&realm)
        .replace("name = \"App\"", &format!("name = \"App\"\nlogo = \"{}\"", other.display()));
    let [told] = reported(read(&both)).try_into().unwrap();
    assert!(told.contains("`clients[1].logo`") && told.contains("all pictures of a page"), "{told}");
}

#[test]
fn s38_a_link_leads_to_an_https_page() {
    for wrong in
        ["http://shop.example/terms", "javascript:alert(1)", "/terms", "ftp://shop.example/", "https://"]
    {
        for key in ["terms", "privacy", "help"] {
            let lines = format!("[theme.links]\n{key} = \"{wrong}\"");
            refused_with(
                &lines,
                &format!("{key} ="),
                &format!("theme.links.{key}"),
                "must be an https address",
            );
        }
    }
}
