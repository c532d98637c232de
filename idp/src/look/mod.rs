//! What a realm's pages look like: its colours, logo and links (its theme), and the files that pages are drawn with.
//!
//! * [`colour`]: a colour, and how well it is told apart from another
//! * [`palette`]: the colours of all pages in one scheme; [`contrast`]: whether they can be read
//! * [`picture`]: a logo; `svg`: one that is a drawing; [`pictures`]: all of a page in one file
//! * [`asset`]: a file with a URL that changes with it

pub mod asset;
pub mod colour;
pub mod contrast;
pub mod palette;
pub mod picture;
pub mod pictures;
mod svg;

use std::{collections::BTreeMap, sync::LazyLock};

use self::{
    asset::{Asset, Kind},
    palette::Palette,
    picture::Picture,
    pictures::{Parts, Pictures},
};

/// Conveniences: show or hide a password, copy recovery codes, passkeys.
pub static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new(Kind::Script, include_str!("../../assets/pages.js")));
/// The shape of all pages; a realm's colours come before it.
const SHAPE: &str = include_str!("../../assets/pages.css");

/// The theme of a realm, as its file says it.
#[derive(Debug, Clone)]
pub struct Theme {
    /// The heading of the sign-in page, if the operator chose one.
    pub title: Option<String>,
    /// Links in the foot of every page.
    pub links: Links,
    /// The colours of light pages.
    pub light: Palette,
    /// The colours of dark pages.
    pub dark: Palette,
    /// The icon of the browser's tab.
    pub icon: Option<Picture>,
    /// The logo in the header.
    pub logo: Option<Picture>,
    /// The logo on dark pages, if it is another one.
    pub logo_dark: Option<Picture>,
    /// The logos of clients, by the client's id.
    pub clients: BTreeMap<String, Picture>,
}

/// Pages of the operator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// What people agree to.
    pub terms: Option<String>,
    /// What is done with their data.
    pub privacy: Option<String>,
    /// Where they find help.
    pub help: Option<String>,
}

impl Links {
    /// Whether there is one.
    pub fn any(&self) -> bool {
        self.terms.is_some() || self.privacy.is_some() || self.help.is_some()
    }
}

impl Theme {
    /// The pictures of a page: those of the realm, and the logo of a client.
    pub fn parts<'a>(&'a self, app: Option<&'a Picture>) -> Parts<'a> {
        Parts { icon: self.icon.as_ref(), logo: self.logo.as_ref(), logo_dark: self.logo_dark.as_ref(), app }
    }
}

/// The style sheet of all pages, in these colours.
pub fn style_sheet(light: &Palette, dark: &Palette) -> Asset {
    let (light, dark) = (light.css(), dark.css());
    let colours = format!(
        ":root{{color-scheme:light dark;{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    );
    Asset::new(Kind::StyleSheet, colours + SHAPE)
}

/// The files that a realm's pages are drawn with, made once.
#[derive(Debug, Clone)]
pub struct Look {
    /// Its style sheet.
    pub css: Asset,
    /// The pictures of a page.
    pub pictures: Pictures,
    of_clients: BTreeMap<String, Pictures>,
    drawn: Vec<Asset>,
}

impl Look {
    /// Makes the files of a realm.
    pub fn of(theme: &Theme) -> Self {
        let css = style_sheet(&theme.light, &theme.dark);
        let (pictures, drawing) = pictures::together(theme.parts(None), &theme.light);
        let mut drawn = vec![drawing];
        let mut of_clients = BTreeMap::new();
        for (client, logo) in &theme.clients {
            let (pictures, drawing) = pictures::together(theme.parts(Some(logo)), &theme.light);
            drawn.push(drawing);
            of_clients.insert(client.clone(), pictures);
        }
        Self { css, pictures, of_clients, drawn }
    }

    /// The pictures of a page on behalf of a client, if that has a logo.
    pub fn pictures_of(&self, client: &str) -> Option<&Pictures> {
        self.of_clients.get(client)
    }

    /// The file served at `/assets/{file}`, if this realm has it.
    pub fn find(&self, file: &str) -> Option<&Asset> {
        let all = [&self.css, &*SCRIPT].into_iter().chain(&self.drawn);
        all.into_iter().find(|asset| asset.is(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(staff: bool) -> Look {
        let [light, dark] = Palette::shipped(staff);
        let theme = Theme {
            title: None,
            links: Links::default(),
            light,
            dark,
            icon: None,
            logo: None,
            logo_dark: None,
            clients: BTreeMap::from([("app".to_owned(), Picture::ours("<svg/>"))]),
        };
        Look::of(&theme)
    }

    #[test]
    fn every_file_is_found_under_its_own_url_and_nothing_else_is() {
        let look = look(false);
        let of_app = look.pictures_of("app").unwrap();
        for url in [&look.css.url, &SCRIPT.url, &look.pictures.url, &of_app.url] {
            assert_eq!(&look.find(url.strip_prefix("/assets/").unwrap()).unwrap().url, url);
        }
        for file in ["", "pages.css", "../pages.css", "0000000000000000.css"] {
            assert!(look.find(file).is_none(), "{file}");
        }
        assert!(look.pictures_of("other").is_none());
    }

    #[test]
    fn s1_the_files_of_pages_are_small_and_call_no_other_origin() {
        for staff in [false, true] {
            let css = look(staff).css;
            assert!(css.bytes.len() < 12 * 1024, "style sheet: {} bytes", css.bytes.len());
            assert!(SCRIPT.bytes.len() < 9 * 1024, "script: {} bytes", SCRIPT.bytes.len());
            for asset in [&css, &*SCRIPT] {
                let text = std::str::from_utf8(&asset.bytes).unwrap();
                for banned in ["http:", "https:", "@import", "@font-face", "url(", "eval", "innerHTML"] {
                    assert!(!text.contains(banned), "{banned}");
                }
            }
        }
    }

    #[test]
    fn s31_a_style_sheet_has_a_palette_for_each_scheme_and_a_colour_for_each_name() {
        let css = look(true).css;
        let text = std::str::from_utf8(&css.bytes).unwrap();
        assert_eq!(text.matches("--ground:").count(), 2);
        assert_eq!(text.matches("prefers-color-scheme").count(), 1);
        let used = text.split("var(--").skip(1).filter_map(|rest| rest.split(')').next());
        for name in used {
            assert_eq!(text.matches(&format!("--{name}:")).count(), 2, "{name}");
        }
    }
}
