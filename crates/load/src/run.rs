//! All of it in its order: what is quiet first, what leaves traces last.

use std::{sync::Arc, time::Duration};

use anyhow::Context;

use crate::{
    arguments::{Arguments, Elsewhere},
    budget,
    ceilings::{self, Ceilings, Uses},
    operations::{Operation, Outcome, Setting},
    people::{self, Account, Person},
    process::Process,
    product::{
        self, CLIENT, Product,
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
mod storm;

/// How many sign in to one account in the storm, at most: fewer than what slows an account down.
const PER_ACCOUNT: usize = 8;

/// Starts of which the middle one counts.
const STARTS: usize = 3;
/// What a fresh start still does for itself is over after that.
const SETTLED: Duration = Duration::from_secs(2);
const REDIRECT_URI: &str = "http://localhost:8080/callback";

/// What a start costs.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    /// From the start to both realms answering, milliseconds.
    pub ready_ms: Option<f64>,
    /// Resident memory with nothing to do, MB.
    pub idle_mb: Option<f64>,
}

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
    let people = people_of(arguments, &operations, &product).await?;
    let start = start_again(&mut product).await?;
    let mut report = Report::new(arguments, &product.issuer()?);

    let provider = provider_of(&product).await?;
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

/// The product as its client knows it.
async fn provider_of(product: &Product) -> anyhow::Result<Arc<Provider>> {
    let metadata = Metadata::discover(&product.issuer()?).await?;
    Ok(Arc::new(Provider {
        client: Client::new(CLIENT, &product.client_secret()?, &metadata)?,
        redirect_uri: REDIRECT_URI.parse()?,
        scope: provider::scope(None, &metadata.scopes_supported),
        metadata,
    }))
}

/// As many people as what is measured needs.
async fn people_of(
    arguments: &Arguments,
    operations: &[Operation],
    product: &Product,
) -> anyhow::Result<Vec<Person>> {
    let for_operations =
        if operations.iter().any(|operation| operation.needs_people()) { arguments.connections } else { 0 };
    let for_storm = usize::from(arguments.storm).div_ceil(PER_ACCOUNT);
    let count = for_storm.max(usize::from(for_operations));
    eprintln!("registering {count} people");
    Ok(people::register(&provider_of(product).await?, count).await?)
}

/// Starts it again, and again, and looks how long that takes and what it has in memory then.
async fn start_again(product: &mut Product) -> anyhow::Result<Start> {
    let mut ready = Vec::new();
    for _ in 0..STARTS {
        product.restart().await?;
        ready.push(product.ready());
    }
    ready.sort();
    tokio::time::sleep(SETTLED).await;
    Ok(Start {
        ready_ms: ready.get(STARTS / 2).map(|ready| ready.as_secs_f64() * 1000.0),
        idle_mb: product.process().rss().map(|kib| float(kib) / 1024.0),
    })
}
