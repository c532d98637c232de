//! The manual names commands that exist, and every command that exists; and what it tells to watch for is logged.

use std::path::Path;

use clap::{Command, CommandFactory};
use idp::cli::Cli;

const MANUAL: &str = include_str!("../../../docs/operations.md");
const INTEGRATION: &str = include_str!("../../../docs/integration.md");
/// Where error words are made.
const WORDS: [(&str, &str); 10] = [
    ("protocol", include_str!("../../../crates/protocol/src/error.rs")),
    ("idp", include_str!("../../src/http/error.rs")),
    ("guard", include_str!("../../../crates/relying-party/src/refusal.rs")),
    ("resource server", include_str!("../../../crates/resource-server/src/refusal.rs")),
    ("edge", include_str!("../../../crates/web/src/edge.rs")),
    ("params", include_str!("../../../crates/web/src/params.rs")),
    ("service", include_str!("../../../crates/service/src/error.rs")),
    ("fallback", include_str!("../../src/http/fallback.rs")),
    ("shop-api", include_str!("../../../shop-api/src/error.rs")),
    ("admin-api", include_str!("../../../admin-api/src/error.rs")),
];
/// Further members of a challenge.
const PARAMETERS: [&str; 3] = ["acr_values", "max_age", "resource_metadata"];

/// What follows `idp` wherever the manual shows a command.
fn shown() -> Vec<Vec<&'static str>> {
    let spans = MANUAL.split('`').filter(|span| !span.contains('\n'));
    let lines = MANUAL.lines().filter(|line| !line.contains('`'));
    let commands = spans.chain(lines).filter_map(|text| {
        let text = text.strip_prefix("idp ").or_else(|| Some(text.split_once(" idp ")?.1))?;
        Some(text.strip_prefix("--realms DIR ").unwrap_or(text).split_whitespace().collect())
    });
    commands.collect()
}

/// The command that these words name, and the words after it.
fn find<'a>(program: &'a Command, words: &'a [&'a str]) -> (&'a Command, &'a [&'a str]) {
    match words.split_first() {
        Some((first, rest)) => match program.find_subcommand(first) {
            Some(command) => find(command, rest),
            None => (program, words),
        },
        None => (program, words),
    }
}

fn leaves(command: &Command, path: &str, found: &mut Vec<String>) {
    let path = format!("{path} {}", command.get_name());
    if !command.has_subcommands() {
        found.push(path);
        return;
    }
    command.get_subcommands().for_each(|inner| leaves(inner, &path, found));
}

/// Every source file below a folder, in one text.
fn sources(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn p10_every_command_in_the_manual_exists_with_its_options() {
    let program = Cli::command();
    let commands = shown();
    assert!(commands.len() > 25, "{commands:?}");
    for words in &commands {
        // a family of commands, or several in one word
        if words.iter().any(|word| word.contains('|') || word.contains('…')) {
            continue;
        }
        let (command, rest) = find(&program, words);
        assert_ne!(command.get_name(), "idp", "there is no command {words:?}");
        for option in rest.iter().filter_map(|word| word.trim_matches(['[', ']']).strip_prefix("--")) {
            let known = command.get_arguments().any(|argument| argument.get_long() == Some(option));
            assert!(known, "`{}` has no --{option}: {words:?}", command.get_name());
        }
    }
}

#[test]
fn d13_every_command_is_in_the_manual() {
    let mut all = Vec::new();
    Cli::command().get_subcommands().for_each(|command| leaves(command, "", &mut all));
    assert!(all.len() > 14);
    for command in all {
        assert!(MANUAL.contains(&format!("idp --realms DIR{command}")), "the table has no{command}");
    }
}

#[test]
fn every_message_worth_an_alarm_is_one_that_the_programs_log() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut text = String::new();
    for folder in ["idp/src", "shop-api/src", "admin-api/src", "crates"] {
        sources(&root.join(folder), &mut text);
    }
    let line = MANUAL.lines().find(|line| line.starts_with("Worth an alarm: ")).unwrap();
    // a word alone is the name of a field
    let messages = line.split('`').skip(1).step_by(2).filter(|span| span.contains([' ', '.']));
    let unknown: Vec<&str> = messages.clone().filter(|span| !text.contains(&format!("\"{span}\""))).collect();
    assert!(messages.count() > 6 && unknown.is_empty(), "nobody logs {unknown:?}");
}

/// The words that a source file answers with: behind an arrow, a status, or as an argument of what makes the answer.
fn words(source: &'static str) -> Vec<&'static str> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    for line in code.lines() {
        let mut parts = line.split('"');
        let mut before = parts.next().unwrap_or_default();
        while let (Some(text), Some(after)) = (parts.next(), parts.next()) {
            let stands = before.trim_end();
            let is_answer = ["=>", "later(", "wait(", "(context,", "frame(context),", "code:"]
                .iter()
                .any(|end| stands.ends_with(end))
                || ["StatusCode::", "(S::"].iter().any(|status| before.contains(status));
            let is_word = text.chars().all(|c| c.is_ascii_lowercase() || c == '_') && !text.is_empty();
            if is_answer && is_word && !PARAMETERS.contains(&text) {
                found.push(text);
            }
            before = after;
        }
    }
    found
}

#[test]
fn d19_every_error_word_has_an_anchor_in_the_documentation() {
    for (place, source) in WORDS {
        for word in words(source) {
            let anchor = format!("<a id=\"{word}\"></a>`{word}`");
            assert!(INTEGRATION.contains(&anchor), "{place}: nothing explains `{word}`");
        }
    }
    let all: Vec<&str> = WORDS.iter().flat_map(|(_, source)| words(source)).collect();
    assert!(all.len() > 60, "{all:?}");
    for word in
        ["too_many_requests", "stale_form", "busy", "invalid_grant", "total_changed", "stale_version", "csrf"]
    {
        assert!(all.contains(&word), "{word} was not found: {all:?}");
    }
}
