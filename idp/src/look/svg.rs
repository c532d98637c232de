//! Drawings of operators: sanitised, and refused when something had to be taken out that a person would miss or that
//! would have acted.

use std::collections::{BTreeMap, BTreeSet};

use xml::{
    attribute::OwnedAttribute,
    name::OwnedName,
    reader::{EventReader, XmlEvent},
};

const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The drawing as it may be served, with its width and height.
///
/// # Errors
/// What is wrong with it, in words for its operator.
pub fn sanitised(bytes: &[u8]) -> Result<(Vec<u8>, f64, f64), String> {
    let before = inventory(bytes)?;
    let filter = svg_hush::Filter::new();
    let mut clean = Vec::new();
    filter.filter(bytes, &mut clean).map_err(|error| format!("is no SVG that can be sanitised: {error}"))?;
    let after = inventory(&clean)?;
    let kept = |part: &Part| after.parts.get(part).copied().unwrap_or(0);
    let missing = before.parts.iter().filter(|(part, count)| kept(part) < **count);
    let refused: BTreeSet<&str> =
        missing.map(|(part, _)| part.0.as_str()).chain(before.elsewhere.iter().map(String::as_str)).collect();
    if !refused.is_empty() {
        let refused: Vec<&str> = refused.into_iter().collect();
        return Err(format!("has what no page may show: {}. Take it out", refused.join(", ")));
    }
    let (width, height) = before.size.ok_or("needs a `viewBox`, or a width and a height")?;
    Ok((clean, width, height))
}

/// An element, an attribute of an element, or an address in one: its name, and what may not change in it.
type Part = (String, String);

#[derive(Default)]
struct Inventory {
    parts: BTreeMap<Part, usize>,
    /// What names something that is not in the drawing itself: a logo of it would be shown in part only.
    elsewhere: Vec<String>,
    size: Option<(f64, f64)>,
}

/// Everything in a drawing that a sanitiser may take out, but for what editors note for themselves.
fn inventory(bytes: &[u8]) -> Result<Inventory, String> {
    let mut all = Inventory::default();
    // the depth within something that only its editor reads
    let (mut depth, mut ignored, mut in_style) = (0_usize, None, false);
    for event in EventReader::new(bytes) {
        match event.map_err(|error| format!("is no well-formed SVG: {error}"))? {
            XmlEvent::StartElement { name, attributes, .. } => {
                depth += 1;
                if depth == 1 {
                    all.size = root_size(&name, &attributes)?;
                }
                if ignored.is_none() && is_a_note(&name) {
                    ignored = Some(depth);
                }
                if ignored.is_none() {
                    in_style = name.local_name == "style";
                    all.note(&name, &attributes);
                }
            }
            XmlEvent::EndElement { .. } => {
                if ignored == Some(depth) {
                    ignored = None;
                }
                depth = depth.saturating_sub(1);
                in_style = false;
            }
            XmlEvent::Characters(text) | XmlEvent::CData(text) if in_style && leads_elsewhere(&text) => {
                all.elsewhere.push("an address in a style sheet".to_owned());
            }
            _ => {}
        }
    }
    Ok(all)
}

impl Inventory {
    fn note(&mut self, element: &OwnedName, attributes: &[OwnedAttribute]) {
        let element = &element.local_name;
        self.count(&format!("`{element}`"), "");
        for OwnedAttribute { name, value } in attributes {
            let of_svg = name.namespace.is_none() || name.local_name == "href";
            // for editors and for old readers of XML
            if !of_svg || name.local_name == "version" || name.local_name == "baseProfile" {
                continue;
            }
            let is_link = name.local_name == "href";
            let part = format!("`{element} {}`", name.local_name);
            if leads_elsewhere(value) || is_link && !value.trim().starts_with('#') {
                self.elsewhere.push(part.clone());
            }
            self.count(&part, if is_link { value.trim() } else { "" });
        }
    }

    fn count(&mut self, name: &str, must_stay: &str) {
        *self.parts.entry((name.to_owned(), must_stay.to_owned())).or_default() += 1;
    }
}

/// Whether a style names anything but a part of the same drawing. An escape could hide it.
fn leads_elsewhere(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    let is_here = |address: &str| address.trim_start_matches([' ', '"', '\'']).starts_with('#');
    style.contains("@import")
        || style.contains('\\')
        || style.split("url(").skip(1).any(|rest| !is_here(rest))
}

fn is_a_note(element: &OwnedName) -> bool {
    match element.namespace.as_deref() {
        Some(SVG) => element.local_name == "metadata",
        Some(XHTML) | None => false,
        Some(_) => true,
    }
}

/// The size of the whole drawing; its unit doesn't matter, only the proportion.
fn root_size(name: &OwnedName, attributes: &[OwnedAttribute]) -> Result<Option<(f64, f64)>, String> {
    if name.local_name != "svg" || name.namespace.as_deref() != Some(SVG) {
        return Err(format!("is no SVG: it begins with `{}`", name.local_name));
    }
    let value = |wanted: &str| {
        let found = attributes.iter().find(|attribute| attribute.name.local_name == wanted);
        found.map(|attribute| attribute.value.trim())
    };
    let number =
        |text: &str| text.trim_end_matches("px").parse::<f64>().ok().filter(|n| *n > 0.0 && n.is_finite());
    let of_box = value("viewBox").and_then(|text| {
        let numbers: Vec<&str> = text.split([' ', ',']).filter(|part| !part.is_empty()).collect();
        let [_, _, width, height] = numbers.as_slice() else { return None };
        Some((number(width)?, number(height)?))
    });
    Ok(of_box.or_else(|| Some((number(value("width")?)?, number(value("height")?)?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(root: &str, inner: &str) -> String {
        format!(
            "<svg xmlns=\"{SVG}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:h=\"{XHTML}\" \
             xmlns:ed=\"http://editor.example/ns\" {root}>{inner}</svg>"
        )
    }

    const BOX: &str = "viewBox=\"0 0 100 20\"";

    fn told(inner: &str) -> String {
        sanitised(drawing(BOX, inner).as_bytes()).err().unwrap_or_default()
    }

    #[test]
    fn s5_what_acts_or_calls_elsewhere_is_refused_by_its_name() {
        for (inner, named) in [
            ("<script>alert(1)</script>", "`script`"),
            ("<foreignObject><h:p>x</h:p></foreignObject>", "`foreignObject`"),
            ("<path onload=\"alert(1)\" d=\"M0 0h1\"/>", "`path onload`"),
            ("<g><rect onclick=\"x()\"/></g>", "`rect onclick`"),
            ("<a href=\"https://evil.example/\"><path d=\"M0 0\"/></a>", "`a href`"),
            ("<a xlink:href=\"javascript:alert(1)\"><path d=\"M0 0\"/></a>", "`a href`"),
            ("<image href=\"https://evil.example/pixel.png\"/>", "`image href`"),
            ("<image href=\"//evil.example/pixel.png\"/>", "`image href`"),
            ("<image href=\"data:text/html,x\"/>", "`image href`"),
            ("<image href=\"data:image/svg+xml,x\"/>", "`image href`"),
            ("<image href=\"data:image/png;base64,iVBORw0KGgo=\"/>", "`image href`"),
            ("<image href=\"logo.png\"/>", "`image href`"),
            ("<use href=\"icons.svg#a\"/>", "`use href`"),
            ("<style>@import 'x.css';</style>", "an address in a style sheet"),
            ("<style>.a { fill: URL(x.svg#a) }</style>", "an address in a style sheet"),
            ("<style>.a\\:b { fill: #fff }</style>", "an address in a style sheet"),
            ("<rect fill=\"url(data:image/png;base64,iVBORw0KGgo=)\"/>", "`rect fill`"),
            ("<use xlink:href=\"https://evil.example/x.svg#a\"/>", "`use href`"),
            ("<path style=\"fill:url(https://evil.example/x)\"/>", "`path style`"),
            ("<rect fill=\"url(//evil.example/x#a)\"/>", "`rect fill`"),
            ("<style>@import url(https://evil.example/x.css);</style>", "an address in a style sheet"),
            ("<h:iframe src=\"https://evil.example/\"/>", "`iframe`"),
            ("<set attributeName=\"href\" to=\"javascript:x\"/>", "`set attributeName`"),
        ] {
            let told = told(inner);
            assert!(told.contains("no page may show") && told.contains(named), "{inner}: {told:?}");
        }
    }

    #[test]
    fn what_a_drawing_needs_stays_and_what_editors_note_goes_without_a_word() {
        let inner = "<!-- made by an editor --><ed:view zoom=\"3\"/><metadata><ed:work/></metadata>\
                     <defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"#fff\"/></linearGradient></defs>\
                     <style>.a { fill: #0a6 } @media (prefers-color-scheme: dark) { .a { fill: #fff } }</style>\
                     <path ed:label=\"x\" class=\"a\" d=\"M0 0h10v10z\"/><rect fill=\"url(#g)\" width=\"5\" height=\"5\"/>\
                     <use xlink:href=\"#g\"/><text x=\"1\" y=\"1\">Füße</text>";
        let (clean, width, height) = sanitised(drawing(BOX, inner).as_bytes()).unwrap();
        let clean = String::from_utf8(clean).unwrap();
        assert!((width, height) == (100.0, 20.0));
        for kept in ["linearGradient", "prefers-color-scheme", "url(#g)", "M0 0h10v10z", "Füße"] {
            assert!(clean.contains(kept), "{kept}: {clean}");
        }
        for gone in ["editor", "metadata", "ed:", "zoom"] {
            assert!(!clean.contains(gone), "{gone}: {clean}");
        }
    }

    #[test]
    fn a_drawing_has_a_proportion() {
        for (root, size) in [
            ("width=\"30\" height=\"15px\"", Some((30.0, 15.0))),
            ("viewBox=\"1,2, 3,4\" width=\"100%\" height=\"100%\"", Some((3.0, 4.0))),
            ("width=\"10mm\" height=\"5mm\"", None),
            ("viewBox=\"0 0 0 5\"", None),
            ("", None),
        ] {
            let read = sanitised(drawing(root, "<path d=\"M0 0\"/>").as_bytes());
            assert_eq!(read.as_ref().ok().map(|(_, width, height)| (*width, *height)), size, "{root}");
            assert!(size.is_some() || read.unwrap_err().contains("viewBox"), "{root}");
        }
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        let bomb = format!(
            "<!DOCTYPE svg [<!ENTITY a \"{}\"><!ENTITY b \"{}\"><!ENTITY c \"{}\"><!ENTITY d \"{}\">]>{}",
            "x".repeat(1000),
            "&a;".repeat(1000),
            "&b;".repeat(1000),
            "&c;".repeat(1000),
            drawing(BOX, "<text>&d;</text>")
        );
        for wrong in ["", "<svg", "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", "<svg/>", &bomb] {
            assert!(sanitised(wrong.as_bytes()).is_err(), "{}", &wrong[..wrong.len().min(60)]);
        }
    }

    #[test]
    fn an_entity_reads_no_file() {
        let entity = "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///proc/self/environ\">]>";
        let (clean, _, _) =
            sanitised((entity.to_owned() + &drawing(BOX, "<text>&a;</text>")).as_bytes()).unwrap();
        assert!(String::from_utf8(clean).unwrap().contains("<text/>"));
    }
}
