//! The format of a page's body: paragraphs separated by blank lines, and headings marked `# `.
//!
//! There is no other markup and no raw HTML: templates escape the text of each block.

/// One part of a page, in reading order. The text is not escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A line that starts with `# `.
    Heading(String),
    /// Neighbouring lines, joined with spaces.
    Paragraph(String),
}

/// Parses a body. Every text is valid: everything that isn't a heading is a paragraph.
pub fn blocks(body: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in body.lines().map(str::trim) {
        let heading = line.strip_prefix("# ").map(str::trim).filter(|text| !text.is_empty());
        if heading.is_some() || line.is_empty() {
            end_paragraph(&mut lines, &mut blocks);
        } else {
            lines.push(line);
        }
        blocks.extend(heading.map(|text| Block::Heading(text.to_owned())));
    }
    end_paragraph(&mut lines, &mut blocks);
    blocks
}

fn end_paragraph(lines: &mut Vec<&str>, blocks: &mut Vec<Block>) {
    if !lines.is_empty() {
        blocks.push(Block::Paragraph(lines.join(" ")));
        lines.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(text: &str) -> Block {
        Block::Heading(text.to_owned())
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(text.to_owned())
    }

    #[test]
    fn c4_blank_lines_separate_paragraphs() {
        assert_eq!(blocks("one\ntwo\n\n \n  three  "), [paragraph("one two"), paragraph("three")]);
        assert_eq!(blocks("\n \n"), []);
    }

    #[test]
    fn c4_a_heading_needs_no_blank_lines_around_it() {
        assert_eq!(blocks("a\n# B\nc"), [paragraph("a"), heading("B"), paragraph("c")]);
    }

    #[test]
    fn c4_only_a_hash_and_a_space_make_a_heading() {
        assert_eq!(blocks("#tag"), [paragraph("#tag")]);
        assert_eq!(blocks("# "), [paragraph("#")]);
        assert_eq!(blocks("## two"), [paragraph("## two")]);
    }

    #[test]
    fn s5_markup_stays_text() {
        assert_eq!(blocks("<script>x</script>"), [paragraph("<script>x</script>")]);
    }
}
