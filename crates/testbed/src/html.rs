//! As much of HTML as forms and our own pages need: tags, attributes, entities.

/// A start tag, and where its content begins.
#[derive(Debug, Clone)]
pub struct Tag {
    /// In lower case.
    pub name: String,
    /// In their order, values decoded; one without a value has an empty one.
    pub attributes: Vec<(String, String)>,
    /// The offset behind the tag.
    pub end: usize,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the attribute has that value.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }
}

/// All start tags of a text.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = html.get(from..).and_then(|rest| rest.find('<')).map(|at| at + from) {
        let Some(end) = end_of_tag(html, open) else { break };
        let inner = html.get(open + 1..end - 1).unwrap_or_default();
        if inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            found.push(tag(inner, end));
        }
        from = end;
    }
    found
}

/// The text between a tag and the next `</name>`.
pub fn content<'h>(html: &'h str, tag: &Tag) -> &'h str {
    let rest = html.get(tag.end..).unwrap_or_default();
    let close = rest.find(&format!("</{}>", tag.name)).unwrap_or(rest.len());
    rest.get(..close).unwrap_or_default()
}

/// The text without its tags.
pub fn text(html: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => plain.push(c),
            _ => {}
        }
    }
    decode(plain.trim())
}

/// The offset behind the `>` that closes the tag opened at `open`; one inside quotes doesn't.
fn end_of_tag(html: &str, open: usize) -> Option<usize> {
    let mut quote = None;
    for (at, c) in html.get(open..)?.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(open + at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

fn tag(inner: &str, end: usize) -> Tag {
    let (name, mut rest) = inner.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inner, ""));
    let mut attributes = Vec::new();
    while let Some((name, value, after)) = attribute(rest) {
        attributes.push((name.to_ascii_lowercase(), decode(value)));
        rest = after;
    }
    Tag { name: name.trim_end_matches('/').to_ascii_lowercase(), attributes, end }
}

fn attribute(rest: &str) -> Option<(&str, &str, &str)> {
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
    let name_end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
    let (name, after) = rest.split_at(name_end);
    if name.is_empty() {
        return None;
    }
    let Some(value) = after.strip_prefix('=') else { return Some((name, "", after)) };
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        return value.get(1..)?.split_once(quote).map(|(value, after)| (name, value, after));
    }
    let end = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
    let (value, after) = value.split_at(end);
    Some((name, value, after))
}

/// Text with its character references resolved.
pub fn decode(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        plain.push_str(before);
        let end = reference.find(';').unwrap_or_default();
        if let Some(c) = reference.get(1..end).and_then(character) {
            plain.push(c);
            rest = reference.get(end + 1..).unwrap_or_default();
        } else {
            plain.push('&');
            rest = reference.get(1..).unwrap_or_default();
        }
    }
    plain + rest
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_attributes_are_found_and_decoded() {
        let html = r#"<p>a &lt; b</p><INPUT name="a&quot;b" value='x>y' required><br/>"#;
        let tags = tags(html);
        assert_eq!(tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["p", "input", "br"]);
        assert_eq!(content(html, &tags[0]), "a &lt; b");
        assert!(tags[1].is("name", "a\"b") && tags[1].is("value", "x>y") && tags[1].is("required", ""));
    }

    #[test]
    fn character_references_are_resolved_once() {
        assert_eq!(decode("&amp;lt; &#39;&#x27; & &unknown;"), "&lt; '' & &unknown;");
        assert_eq!(text("<b>Tom</b> &amp; <i>Jerry</i>"), "Tom & Jerry");
    }
}
