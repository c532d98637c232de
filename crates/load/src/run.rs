//! All of it in its order: what is quiet first, what leaves traces last.

use std::sync::Arc;

use anyhow::Context;

use crate::{
    arguments::{Arguments, Elsewhere},
    budget,
    ceilings::{self, Ceilings, Uses},
    http::Connection,
    operations::{Operation, Outcome, Setting},
    people::{self, Account, Person},
    process::Process,
    product::{
        self, Product,
        commits::Counter,
        database::{self, Database, Kind},
    },
    provider::{self, Client, Metadata, Provider},
    report::{Report, Row, StormRow},
    work::float,
};

mod commits;
mod facts;
mod machine;
mod start;
mod storm;

/// How many sign in to one account in the storm, at most: fewer than what slows an account down.
const PER_ACCOUNT: usize = 8;

/// Measures what the arguments say.
pub async fn run(arguments: &Arguments) -> anyhow::Result<Report> {
    match &arguments.provider {
        Some(elsewhere) => other(arguments, elsewhere).await,
        None => own(arguments).await,
    }
}

/// A provider that runs already.
async fn other(arguments: &Arguments, at: &Elsewhere) -> anyhow::Result<Report> {
    let metadata = Metadata::discover(&at.issuer).await.context("discovery")?;
    let secret = read(&at.client_secret_file)?;
    let provider = Arc::new(Provider {
        client: Client::new(&at.client_id, &secret, &metadata)?,
        redirect_uri: at.redirect_uri.clone(),
        scope: provider::scope(at.scope.as_deref(), &metadata.scopes_supported),
        metadata,
    });
    let mut report = Report::new(arguments, &at.issuer);
    let mut people = Vec::new();
    if let (Some(user), Some(file)) = (&at.user, &at.password_file) {
        match people::sign_in(&provider, Account::new(user, &read(file)?)).await {
            Ok(person) => people.push(person),
            Err(failure) => report.problems.push(format!("{user} could not be signed in: {failure}")),
        }
    }
    let setting = setting(arguments, provider, people, at.pid.map(Process));
    let (uses, rsa_bits) = machine::uses(&setting, None).await;
    report.ceilings = machine::ceilings(arguments, &setting, rsa_bits).await?;
    measure(arguments, &setting, &uses, &mut report).await;
    Ok(report)
}

fn read(path: &std::path::Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn setting(
    arguments: &Arguments,
    provider: Arc<Provider>,
    people: Vec<Person>,
    process: Option<Process>,
) -> Setting {
    Setting {
        provider,
        people: Arc::new(people),
        connections: usize::from(arguments.connections),
        duration: arguments.duration,
        process,
    }
}

/// This product, and its budgets.
async fn own(arguments: &Arguments) -> anyhow::Result<Report> {
    storm::has_room(arguments.storm, Process::own().most_open_files())?;
    let operations = arguments.operations();
    let postgres = machine::postgres(arguments, &operations).await?;
    let database = match (arguments.database, &postgres) {
        (Kind::Sqlite, _) => Database::Sqlite,
        (Kind::Postgres, Some(server)) => Database::Postgres(Arc::clone(server)),
        (Kind::Postgres, None) => anyhow::bail!("PostgreSQL can't be started here: install it"),
    };
    eprintln!("starting the product");
    let mut product = Product::start(arguments.argon2, database).await?;
    let people = start::people(arguments, &operations, &product).await?;
    let start = start::again(&mut product).await?;
    let mut report = Report::new(arguments, &product.issuer()?);

    let provider = start::provider(&product).await?;
    let setting = setting(arguments, provider, people, Some(product.process()));
    let (uses, rsa_bits) = machine::uses(&setting, Some(product.database().is_postgres())).await;
    report.ceilings = machine::ceilings(arguments, &setting, rsa_bits).await?;
    machine::commits(&mut report.ceilings, &operations, &setting, (&product, postgres.as_ref())).await?;
    measure(arguments, &setting, &uses, &mut report).await;

    if let Err(error) = commits::count(&operations, &setting, &product, &mut report.commits).await {
        report.problems.push(format!("commits could not be counted: {error:#}"));
    }
    if arguments.storm > 0 {
        // whatever becomes of them, everything before was measured
        let raised = storm::raise_all(arguments, &mut product, &setting.people, &mut report.storms).await;
        if let Err(error) = raised {
            report.problems.push(format!("a storm could not be raised: {error:#}"));
        }
    }
    report.budgets = budget::judge(&facts::of(&start, arguments, &uses, &report));
    Ok(report)
}

async fn measure(arguments: &Arguments, setting: &Setting, uses: &Uses, report: &mut Report) {
    for operation in arguments.operations() {
        eprintln!("measuring {}", operation.name());
        if let Err(error) = machine::beside(operation, arguments, setting, &mut report.ceilings).await {
            report.problems.push(format!("the ceiling of {}: {error:#}", operation.name()));
        }
        let outcome = operation.measure(setting).await;
        if let (Outcome::NotOffered(_), None) = (&outcome, &arguments.provider) {
            report.problems.push(format!("this product has {}, and does not offer it", operation.name()));
        }
        let ceiling = report.ceilings.of(operation, uses);
        report.rows.push(Row::of(operation, &outcome, ceiling));
    }
}
