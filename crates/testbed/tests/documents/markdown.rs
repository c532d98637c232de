//! What a page of Markdown is made of, as far as it can be wrong.

use std::collections::HashMap;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// Headings with what links to them say after `#`.
    pub headings: Vec<Heading>,
    /// Other anchors.
    pub ids: Vec<String>,
    /// Where its links lead.
    pub links: Vec<String>,
    /// What it sets as code within a line.
    pub spans: Vec<String>,
    /// Code blocks, in their order.
    pub blocks: Vec<String>,
    /// Rows of its tables, headers left out.
    pub rows: Vec<Row>,
    /// Everything it says that isn't code.
    pub prose: String,
}

/// A heading.
#[derive(Debug)]
pub struct Heading {
    /// Its text.
    pub text: String,
    /// The anchor that GitHub gives it.
    pub anchor: String,
}

/// A row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// Under which heading.
    pub heading: Option<usize>,
    /// The text of each cell.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Default)]
pub struct Cell {
    /// All its text.
    pub text: String,
    /// What of it is code.
    pub code: Vec<String>,
}

impl Page {
    /// Reads a page.
    pub fn read(text: &str) -> Self {
        let mut reader = Reader::default();
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            reader.take(event);
        }
        reader.page
    }

    /// Everything that a link may name after `#`.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(|heading| heading.anchor.as_str()).chain(self.ids.iter().map(String::as_str))
    }

    /// The text of a heading.
    pub fn heading(&self, index: Option<usize>) -> &str {
        index.and_then(|index| self.headings.get(index)).map_or("", |heading| &heading.text)
    }
}

#[derive(Default)]
struct Reader {
    page: Page,
    seen: HashMap<String, usize>,
    heading: Option<String>,
    block: Option<String>,
    row: Option<Row>,
    in_header: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Code(code) => self.code(&code),
            Event::Text(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.heading = Some(String::new()),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.page.links.push(dest_url.into_string());
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.block = Some(String::new());
            }
            Tag::TableHead => self.in_header = true,
            Tag::TableRow => {
                self.row = Some(Row { heading: self.page.headings.len().checked_sub(1), cells: Vec::new() });
            }
            Tag::TableCell => self.row.iter_mut().for_each(|row| row.cells.push(Cell::default())),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Heading(_) => {
                let text = self.heading.take().unwrap_or_default();
                let anchor = self.anchor(&text);
                self.page.headings.push(Heading { text, anchor });
            }
            TagEnd::CodeBlock => self.page.blocks.extend(self.block.take()),
            TagEnd::TableHead => self.in_header = false,
            TagEnd::TableRow => self.page.rows.extend(self.row.take()),
            _ => {}
        }
        self.page.prose.push('\n');
    }

    fn code(&mut self, code: &str) {
        self.page.spans.push(code.to_owned());
        self.heading.iter_mut().for_each(|heading| heading.push_str(code));
        if let Some(cell) = self.row.as_mut().and_then(|row| row.cells.last_mut()) {
            cell.text.push_str(code);
            cell.code.push(code.to_owned());
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(block) = &mut self.block {
            return block.push_str(text);
        }
        self.page.prose.push_str(text);
        self.heading.iter_mut().for_each(|heading| heading.push_str(text));
        if let Some(cell) = self.row.as_mut().and_then(|row| row.cells.last_mut()) {
            cell.text.push_str(text);
        }
    }

    fn html(&mut self, html: &str) {
        for name in ["id=\"", "name=\""] {
            self.page.ids.extend(
                html.split(name).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned),
            );
        }
    }

    /// What GitHub makes of a heading: lower case, blanks become hyphens, other signs go, and a repeated one is counted.
    fn anchor(&mut self, heading: &str) -> String {
        let heading = heading.to_lowercase();
        let kept = heading.chars().filter_map(|char| match char {
            ' ' => Some('-'),
            '-' | '_' => Some(char),
            char => char.is_alphanumeric().then_some(char),
        });
        let anchor: String = kept.collect();
        let times = self.seen.entry(anchor.clone()).or_default();
        *times += 1;
        if *times == 1 { anchor } else { format!("{anchor}-{}", *times - 1) }
    }
}

#[test]
fn headings_have_the_anchors_that_github_gives_them() {
    let page = Page::read("# What `idp` does, *mostly*\n\n## Twice\n\n## Twice\n\n<a id=\"own\"></a>\n");
    assert_eq!(page.anchors().collect::<Vec<_>>(), ["what-idp-does-mostly", "twice", "twice-1", "own"]);
}

#[test]
fn code_is_no_prose() {
    let page = Page::read("A `b` c\n\n```text\nd\n```\n\n| e |\n|---|\n| f `g` |\n");
    assert!(page.prose.contains("A  c") && !page.prose.contains(['b', 'd', 'g']), "{}", page.prose);
    assert_eq!(page.blocks, ["d\n"]);
    assert_eq!(
        (page.rows[0].cells[0].text.as_str(), page.rows[0].cells[0].code.as_slice()),
        ("f g", &["g".to_owned()][..])
    );
}
