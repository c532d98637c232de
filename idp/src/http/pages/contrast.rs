//! WCAG 2.2 contrast of the style sheet's colours, in both kinds of realm and both schemes (S27, S31).

use std::collections::HashMap;

use super::assets;

type Colours = HashMap<String, String>;

/// The custom properties of every block of colours, in order: customer and staff, light then dark.
fn palettes() -> Vec<(&'static str, Colours)> {
    let css = std::str::from_utf8(assets::CSS.bytes).unwrap();
    let blocks: Vec<Colours> =
        css.split('{').filter(|block| block.contains("--ground:")).map(declarations).collect();
    let [customer, staff, dark, staff_dark] = blocks.as_slice() else { panic!("four palettes") };
    let layer = |layers: &[&Colours]| layers.iter().flat_map(|l| (*l).clone()).collect::<Colours>();
    vec![
        ("customer light", customer.clone()),
        ("staff light", layer(&[customer, staff])),
        ("customer dark", layer(&[customer, dark])),
        ("staff dark", layer(&[customer, dark, staff, staff_dark])),
    ]
}

fn declarations(block: &str) -> Colours {
    let body = block.split('}').next().unwrap();
    body.split(';')
        .filter_map(|declaration| declaration.trim().strip_prefix("--")?.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect()
}

/// Relative luminance of `#rgb` or `#rrggbb` (WCAG 2.2).
fn luminance(colour: &str) -> f64 {
    let digits = colour.strip_prefix('#').unwrap();
    let channel = |index: usize| {
        let hex = if digits.len() == 3 {
            digits[index..=index].repeat(2)
        } else {
            digits[2 * index..2 * index + 2].to_owned()
        };
        let value = f64::from(u8::from_str_radix(&hex, 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn s27_text_reaches_4_5_to_1_and_edges_3_to_1_in_every_palette() {
    let text = [
        ("text", "ground"),
        ("text", "card"),
        ("text", "tint"),
        ("muted", "ground"),
        ("muted", "card"),
        ("link", "ground"),
        ("link", "card"),
        ("link", "tint"),
        ("on-accent", "accent"),
        ("on-accent", "accent-hover"),
        ("bad", "card"),
        ("bad", "bad-ground"),
        ("on-bad", "bad-strong"),
        ("on-bad", "bad-strong-hover"),
    ];
    let edges = [("edge", "card"), ("focus", "card"), ("focus", "ground"), ("accent", "card")];
    for (palette, colours) in palettes() {
        for (pairs, least) in [(text.as_slice(), 4.5), (edges.as_slice(), 3.0)] {
            for (front, back) in pairs {
                let ratio = contrast(&colours[*front], &colours[*back]);
                assert!(ratio >= least, "{palette}: {front} on {back} is {ratio:.2}");
            }
        }
        if palette.starts_with("staff") {
            assert!(contrast(&colours["on-bar"], &colours["bar"]) >= 4.5, "{palette}: header");
        }
    }
}

#[test]
fn s27_black_on_white_is_21_to_1() {
    assert!((contrast("#000", "#ffffff") - 21.0).abs() < 0.01);
}
