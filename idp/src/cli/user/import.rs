//! `idp user import`

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::PathBuf,
};

use anyhow::{Context as _, bail};
use clap::Args;
use runtime::terminal::complain;
use serde_json::{Value, json};

use super::roles_or_usual;
use crate::{
    cli::{
        output::Output,
        realms::{open, unknown_role},
    },
    flow::accounts::import::{self, Outcome, Reader, Ready},
    realm::{Realm, RealmConfig},
};

/// How many accounts are imported in one transaction.
const BATCH: usize = 500;
/// How many refused lines are told as JSON. All of them are told as text.
const MOST_TOLD: usize = 1000;

/// What to import.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The realm.
    #[arg(long)]
    realm: String,
    /// A file with one JSON object a line, or `-` for the standard input.
    file: PathBuf,
    /// A role of accounts that name none; can be repeated. Without, it is the role of whoever registers.
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
    /// Only say what would happen.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Default)]
struct Report {
    imported: usize,
    known: usize,
    refused: usize,
    told: Vec<Value>,
}

impl Report {
    fn refuse(&mut self, line: usize, why: &str) {
        complain(format_args!("line {line}: {why}"));
        self.refused += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push(json!({ "line": line, "error": why }));
        }
    }
}

pub async fn import(realms: Vec<RealmConfig>, arguments: &Arguments, output: Output) -> anyhow::Result<()> {
    let realm = open(realms, &arguments.realm).await?;
    if let Some(role) = arguments.roles.iter().find(|role| !realm.config.roles.contains_key(*role)) {
        bail!(unknown_role(&realm, role));
    }
    let mut reader = Reader::new(&realm, roles_or_usual(&realm, &arguments.roles));
    let mut report = Report::default();
    let mut batch = Vec::with_capacity(BATCH);
    for (number, line) in (1..).zip(lines(&arguments.file)?) {
        let line = line.with_context(|| format!("line {number} can't be read"))?;
        if line.trim().is_empty() {
            continue;
        }
        match reader.read(number, &line) {
            Ok(account) => batch.push(account),
            Err(why) => report.refuse(number, &why),
        }
        if batch.len() == BATCH {
            flush(&realm, &mut batch, arguments.dry_run, &mut report).await?;
        }
    }
    flush(&realm, &mut batch, arguments.dry_run, &mut report).await?;
    tell(&report, arguments.dry_run, output)
}

fn lines(file: &PathBuf) -> anyhow::Result<Box<dyn Iterator<Item = io::Result<String>>>> {
    if file.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lines()));
    }
    let opened = File::open(file).with_context(|| format!("{} can't be opened", file.display()))?;
    Ok(Box::new(BufReader::new(opened).lines()))
}

async fn flush(
    realm: &Realm,
    batch: &mut Vec<Ready>,
    is_dry: bool,
    report: &mut Report,
) -> anyhow::Result<()> {
    let outcomes = import::import(realm, batch, is_dry).await?;
    for (account, outcome) in batch.drain(..).zip(outcomes) {
        match outcome {
            Outcome::Imported => report.imported += 1,
            Outcome::Known => report.known += 1,
            Outcome::Refused(why) => report.refuse(account.line, &why),
        }
    }
    Ok(())
}

fn tell(report: &Report, is_dry: bool, output: Output) -> anyhow::Result<()> {
    let Report { imported, known, refused, told } = report;
    let would = if is_dry { "would be " } else { "" };
    let text = format!("{imported} {would}imported, {known} there already, {refused} refused");
    let json = json!({
        "dry_run": is_dry, "imported": imported, "there_already": known, "refused": refused, "errors": told,
    });
    output.done(&text, &json)?;
    if *refused > 0 {
        bail!(
            "some lines were refused: correct them, and import the file again; what is there stays as it is"
        );
    }
    Ok(())
}
