//! Ids of requirements in names of tests, comments and documents.

use crate::{markdown::Page, repository::Repository};

/// An id as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its letters, in capitals.
    pub kind: String,
    /// Its number.
    pub number: u32,
    /// Whether there is a hyphen between them; names of tests have none.
    pub hyphen: bool,
    /// Where it stands.
    pub place: String,
}

/// The ids that names of tests begin with.
pub fn in_names_of_tests(repository: &Repository) -> Vec<Mention> {
    let mut found = Vec::new();
    for (path, text) in repository.with_ending(".rs") {
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
            let Some(name) = function(line) else { continue };
            if std::mem::take(&mut is_test) {
                let place = format!("{path}, test {name}");
                found.extend(leading(name).map(|mention| Mention { place: place.clone(), ..mention }));
            }
        }
    }
    found
}

/// The name of the function that begins in a line.
fn function(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let line = line.strip_prefix("async ").unwrap_or(line);
    line.strip_prefix("fn ")?.split(['(', '<']).next()
}

/// `p10_k12_both_change` begins with P10 and K12.
fn leading(name: &str) -> impl Iterator<Item = Mention> {
    let words: Vec<&str> = name.split('_').collect();
    let (_, ids) = words.split_last().unwrap_or((&"", &[]));
    ids.iter().map_while(|word| parsed(&word.to_uppercase())).collect::<Vec<_>>().into_iter()
}

/// An id that is all of a word: one to five letters, perhaps a hyphen, a number below a hundred.
fn parsed(word: &str) -> Option<Mention> {
    let (kind, rest) = word.split_at(word.find(|char: char| !char.is_ascii_uppercase())?);
    let number = rest.strip_prefix('-').unwrap_or(rest);
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=5).contains(&kind.len()) || !is_number || number.starts_with('0') {
        return None;
    }
    Some(Mention {
        kind: kind.to_owned(),
        number: number.parse().ok()?,
        hyphen: rest.starts_with('-'),
        place: String::new(),
    })
}

/// The ids in comments and documents. The page that explains them is left out.
pub fn in_text(repository: &Repository, but: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    for (path, text) in repository.all().filter(|(path, _)| *path != but) {
        let said = match path.rsplit_once('.').map_or(path, |(_, ending)| ending) {
            "md" => Page::read(text).prose,
            "rs" | "js" => after(text, "//"),
            "sql" => after(text, "--"),
            "html" => after(text, "{#"),
            "toml" | "yml" | "sh" | "conf" | "scripts/test" | "scripts/cluster" | "Dockerfile" => {
                after(text, "#")
            }
            _ => continue,
        };
        found.extend(mentions(&said).map(|mention| Mention { place: path.to_owned(), ..mention }));
    }
    found
}

/// What stands behind a sign in each line; the sign stands at the beginning or behind a blank.
fn after(text: &str, sign: &str) -> String {
    let mut said = String::new();
    for line in text.lines() {
        let mut signs = line.match_indices(sign).map(|(at, _)| at);
        let begins =
            |at: &usize| line.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(' '));
        said.extend(signs.find(begins).and_then(|at| line.get(at + sign.len()..)));
        said.push('\n');
    }
    said
}

/// The words of a text that are ids.
fn mentions(text: &str) -> impl Iterator<Item = Mention> {
    let joins = |char: char| char.is_alphanumeric() || "_-%+".contains(char);
    text.split(move |char| !joins(char)).filter_map(parsed)
}

#[test]
fn names_begin_with_ids_and_words_are_none() {
    let ids = |name| leading(name).map(|found| format!("{}{}", found.kind, found.number)).collect::<Vec<_>>();
    assert_eq!(ids("p10_k12_both_change_at_t1_or_later"), ["P10", "K12"]);
    assert_eq!(ids("tok10_x"), ["TOK10"]);
    for none in ["rs256_signs", "rfc8252_ports", "s35", "a_code_of_s35_", "500_people", "s0_x", "s07_x"] {
        assert!(ids(none).is_empty(), "{none}");
    }
}

#[test]
fn ids_stand_alone_in_text() {
    let said = "(S35, TOK-10), K1 to K3; ES256 SHA-256 UTF-8 P-256 %C3%A9 S35x xS35 W0 and M100";
    let ids: Vec<_> = mentions(said)
        .map(|found| format!("{}{}{}", found.kind, if found.hyphen { "-" } else { "" }, found.number))
        .collect();
    assert_eq!(ids, ["S35", "TOK-10", "K1", "K3", "UTF-8"]);
}

#[test]
fn only_tests_and_comments_count() {
    let source = "// S1 https://x/S9\nfn s2_helper() {}\n#[tokio::test]\n#[ignore]\nasync fn s3_holds() {}\nlet x = \"S4\";\n";
    let repository = Repository::of(&[
        ("a.rs", source),
        ("b.md", "S5 `S6`\n"),
        ("c.toml", "k = 1 # S7\n"),
        ("d.png", "S8"),
    ]);
    let named: Vec<_> = in_names_of_tests(&repository).into_iter().map(|found| found.number).collect();
    let said: Vec<_> = in_text(&repository, "").into_iter().map(|found| found.number).collect();
    assert_eq!((named, said), (vec![3], vec![1, 9, 5, 7]));
}
