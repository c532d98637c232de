//! Whether people can read a realm's pages: every pair of colours that meets on them (WCAG 2.2 AA, S27).

use super::{
    colour::Colour,
    palette::{Chosen, Palette, SHAPE, TEXT, strongest},
};

/// Two colours that meet: what is in front and its name, what is behind it and its name, and the least contrast.
type Pair = ((&'static str, Colour), (&'static str, Colour), f64);

/// A colour that an operator chose and that can't be told apart from another.
#[derive(Debug, Clone, PartialEq)]
pub struct TooFaint {
    /// The key of the chosen colour.
    pub key: &'static str,
    front: &'static str,
    behind: &'static str,
    ratio: f64,
    least: f64,
    instead: Option<Colour>,
}

impl std::fmt::Display for TooFaint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { front, behind, ratio, least, instead, .. } = self;
        // rounded down: 4.49 is not 4.5
        let ratio = (ratio * 100.0).floor() / 100.0;
        write!(
            f,
            "{front} on {behind} would have a contrast of {ratio:.2}:1, and WCAG 2.2 AA needs {least}:1"
        )?;
        instead.map_or(Ok(()), |colour| write!(f, "; {colour} has it"))
    }
}

/// The first pair of each chosen colour that has too little contrast. `palette` was made with what was `chosen`.
pub fn check(palette: &Palette, chosen: &Chosen) -> Vec<TooFaint> {
    let mut faults: Vec<TooFaint> = Vec::new();
    for ((front, colour), (behind, ground), least) in faint_pairs(palette) {
        let key = to_blame(front, behind, chosen);
        if faults.iter().all(|fault| fault.key != key) {
            let instead = instead(key, palette, least);
            faults.push(TooFaint { key, front, behind, ratio: colour.contrast(ground), least, instead });
        }
    }
    faults
}

fn faint_pairs(palette: &Palette) -> impl Iterator<Item = Pair> {
    let faint = |pair: &Pair| pair.0.1.contrast(pair.1.1) < pair.2;
    pairs(palette).into_iter().filter(faint)
}

fn pairs(p: &Palette) -> Vec<Pair> {
    let (ground, card) = (("the background", p.ground), ("the surface", p.card));
    let tint = ("a tint of the accent", p.tint);
    let (text, muted, link) = (("text", p.text), ("quiet text", p.muted), ("a link", p.link));
    let (bad, on_bad) = (("the text of a mistake", p.bad), ("the label", p.on_bad));
    let label = ("the label", p.on_accent);
    let mut pairs = vec![
        (text, card, TEXT),
        (text, ground, TEXT),
        (text, tint, TEXT),
        (muted, card, TEXT),
        (muted, ground, TEXT),
        (link, card, TEXT),
        (link, ground, TEXT),
        (link, tint, TEXT),
        (label, ("a button", p.accent), TEXT),
        (label, ("a button under the pointer", p.accent_hover), TEXT),
        (bad, card, TEXT),
        (("a button that takes away", p.bad_strong), card, SHAPE),
        (bad, ("a mistake", p.bad_ground), TEXT),
        (on_bad, ("a button that takes away", p.bad_strong), TEXT),
        (on_bad, ("a button that takes away, under the pointer", p.bad_strong_hover), TEXT),
        (("a button", p.accent), card, SHAPE),
        (("the edge of an input", p.edge), card, SHAPE),
        (("the ring around what has the focus", p.focus), card, SHAPE),
        (("the ring around what has the focus", p.focus), ground, SHAPE),
    ];
    let header = ("the header", p.bar.unwrap_or(p.ground));
    pairs.push((("the name", p.on_bar), header, TEXT));
    pairs
}

/// The key that has to change: of what is in front if that was chosen, otherwise of what is behind it.
fn to_blame(front: &str, behind: &str, chosen: &Chosen) -> &'static str {
    let of_front = match front {
        "text" | "quiet text" | "the name" => ("text", chosen.text),
        "a link" if chosen.link.is_some() => ("link", chosen.link),
        "a link" | "a button" => ("accent", chosen.accent),
        f if f.starts_with("the ring") => ("accent", chosen.accent),
        // edges, and the colours of mistakes, are mixed with the text's
        _ => ("text", chosen.text),
    };
    let of_ground = match behind {
        "the background" | "the header" => ("background", chosen.background),
        _ => ("surface", chosen.surface),
    };
    let chosen = [of_front, of_ground].into_iter().find(|(_, colour)| colour.is_some());
    chosen.unwrap_or(of_front).0
}

/// The nearest colour with which this key would do.
fn instead(key: &str, palette: &Palette, least: f64) -> Option<Colour> {
    let grounds = [palette.card, palette.ground];
    let (colour, towards) = match key {
        "link" => (palette.link, palette.text),
        // links have its colour, unless they have their own
        "accent" => (palette.accent, palette.text),
        "text" => (palette.text, palette.card.readable_on_it()),
        _ => return None,
    };
    let nearest = strongest(colour, towards, 0.0, least, &grounds);
    grounds.iter().all(|ground| nearest.contrast(*ground) >= least).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn s27_the_shipped_palettes_have_enough_contrast() {
        for (kind, staff) in [("customer", false), ("staff", true)] {
            for (scheme, palette) in ["light", "dark"].iter().zip(Palette::shipped(staff)) {
                let faint: Vec<_> = check(&palette, &Chosen::default());
                assert!(faint.is_empty(), "{kind}, {scheme}: {faint:?}");
            }
        }
    }

    #[test]
    fn s27_what_is_chosen_is_named_with_its_ratio_and_a_colour_that_would_do() {
        let [light, dark] = Palette::shipped(false);
        let told = |palette: &Palette, chosen: Chosen| {
            let faults = check(&palette.with(&chosen), &chosen);
            faults.iter().map(|fault| format!("{}: {fault}", fault.key)).collect::<Vec<_>>()
        };
        let yellow = Chosen { accent: Some(Colour::hex(0xff_cc00)), ..Chosen::default() };
        let [said] = told(&light, yellow).try_into().unwrap();
        assert!(said.starts_with("accent: a link on the surface would have a contrast of 1.51:1"), "{said}");
        let nearest: Colour = said.split("; ").nth(1).and_then(|rest| rest[..7].parse().ok()).unwrap();
        assert!(told(&light, Chosen { accent: Some(nearest), ..yellow }).is_empty(), "{nearest}");
        assert!(told(&dark, yellow).is_empty(), "on a dark ground it is fine");

        let dark_card = Chosen { surface: Some(Colour::hex(0x20_2020)), ..Chosen::default() };
        assert!(told(&light, dark_card)[0].starts_with("surface: text on the surface"));
        let grey = Chosen { text: Some(Colour::hex(0x99_9999)), ..Chosen::default() };
        assert!(told(&light, grey)[0].starts_with("text: text on the surface"));
        let ground = Chosen { background: Some(Colour::hex(0x80_8080)), ..Chosen::default() };
        assert!(told(&light, ground)[0].starts_with("background: text on the background"));
        let own = Chosen { link: Some(Colour::hex(0xff_cc00)), ..Chosen::default() };
        assert!(told(&light, own)[0].starts_with("link: a link on the surface"));
    }

    proptest! {
        #[test]
        fn s27_an_accent_that_links_can_have_makes_a_palette_without_a_fault(rgb in 0..0x0100_0000_u32) {
            let accent = Colour::hex(rgb);
            for staff in [false, true] {
                let [light, dark] = Palette::shipped(staff);
                for palette in [light, dark] {
                    let accent = palette.accent_like(accent);
                    let chosen = Chosen { accent: Some(accent), header: Some(Colour::hex(rgb)), ..Chosen::default() };
                    let faults = check(&palette.with(&chosen), &chosen);
                    prop_assert!(faults.is_empty(), "{accent}: {faults:?}");
                }
            }
        }

        #[test]
        fn s27_whatever_is_chosen_only_chosen_colours_are_blamed(
            rgb in prop::array::uniform4(prop::option::of(0..0x0100_0000_u32)), staff in any::<bool>(),
        ) {
            let [surface, background, text, accent] = rgb.map(|rgb| rgb.map(Colour::hex));
            let chosen = Chosen { accent, background, surface, text, ..Chosen::default() };
            let is_chosen = |key: &str| match key {
                "surface" => surface.is_some(),
                "background" => background.is_some(),
                "text" => text.is_some(),
                "accent" => accent.is_some(),
                _ => false,
            };
            for shipped in Palette::shipped(staff) {
                for fault in check(&shipped.with(&chosen), &chosen) {
                    prop_assert!(fault.ratio < fault.least && is_chosen(fault.key), "{fault:?}");
                }
            }
        }
    }
}
