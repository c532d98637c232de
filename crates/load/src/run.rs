//! All of it in its order: what is quiet first, what leaves traces last.

use std::{sync::Arc, time::Duration};

use anyhow::Context;

use crate::{
    arguments::{Arguments, Elsewhere},
    budget::{self, Facts},
    ceilings::{self, Ceilings, Uses},
    http::Connection,
    operations::{Operation, Setting},
    people::{self, Account, Person},
    process::Process,
    product::{
        self, Product,
        commits::Counter,
        database::{self, Database, Kind},
    },
    provider::{self, Client, Metadata, Provider},
    report::{Report, Row, StormRow},
    storm,
    work::float,
};

mod commits;
mod machine;
mod start;

/// How many sign in to one account in the storm, at most: fewer than what slows an account down.
const PER_ACCOUNT: usize = 8;
/// How long codes are asked for before a storm.
const WARM: Duration = Duration::from_secs(1);
/// The shortest time before a storm that its p99 is compared with.
const CALM: Duration = Duration::from_secs(3);

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
            Err(failure) => report.notes.push(format!("{user} could not be signed in: {failure}")),
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
    let mut facts = start::again(&mut product).await?;
    let mut report = Report::new(arguments, &product.issuer()?);

    let provider = start::provider(&product).await?;
    let setting = setting(arguments, provider, people, Some(product.process()));
    let (uses, rsa_bits) = machine::uses(&setting, Some(product.database().is_postgres())).await;
    report.ceilings = machine::ceilings(arguments, &setting, rsa_bits).await?;
    machine::commits(&mut report.ceilings, &operations, &setting, (&product, postgres.as_ref())).await?;
    measure(arguments, &setting, &uses, &mut report).await;

    let counter = Counter::of(&product).await?;
    for operation in commits::COUNTED.into_iter().filter(|operation| operations.contains(operation)) {
        let commits = commits::of(operation, &setting, &counter).await;
        report.commits.extend(commits.map(|commits| (operation.name(), commits)));
    }
    if arguments.storm > 0 {
        product.restart().await?;
        report.storm = Some(raise(arguments, &product, &setting.people).await?);
    }
    judge(&mut facts, &report);
    report.start = Some(facts);
    report.budgets = budget::judge(&facts);
    Ok(report)
}

async fn measure(arguments: &Arguments, setting: &Setting, uses: &Uses, report: &mut Report) {
    for operation in arguments.operations() {
        eprintln!("measuring {}", operation.name());
        if operation == Operation::PasswordSignIn {
            report.ceilings.argon2 = machine::argon2(arguments).await;
        }
        let outcome = operation.measure(setting).await;
        let ceiling = report.ceilings.of(operation, uses);
        report.rows.push(Row::of(operation, &outcome, ceiling));
    }
}

async fn raise(
    arguments: &Arguments,
    product: &Product,
    people: &Arc<Vec<Person>>,
) -> anyhow::Result<StormRow> {
    eprintln!("raising a storm of {} sign-ins", arguments.storm);
    let provider = start::provider(product).await?;
    // storms come over programs that work: without a hash so far, but with everything else in memory that they use when
    // as many people come at once
    let warm = Setting {
        provider: Arc::clone(&provider),
        people: Arc::clone(people),
        connections: usize::from(arguments.storm),
        duration: WARM,
        process: None,
    };
    Operation::CodeFlow.measure(&warm).await;
    let calm = arguments.duration.max(CALM);
    let storm =
        storm::raise(&provider, people, usize::from(arguments.storm), (product.process(), calm)).await?;
    Ok(StormRow::of(&storm))
}

/// Adds what the rows say to what is judged.
fn judge(facts: &mut Facts, report: &Report) {
    let row = |operation: Operation| report.rows.iter().find(|row| row.operation == operation.name());
    let of_ceiling = |operation: Operation| row(operation).and_then(|row| row.of_ceiling);
    facts.client_credentials = of_ceiling(Operation::ClientCredentials);
    facts.sign_in = of_ceiling(Operation::PasswordSignIn);
    facts.exchange_commits = report.commits.get(Operation::CodeExchange.name()).copied();
    facts.refresh_commits = report.commits.get(Operation::Refresh.name()).copied();
    facts.storm_p99 = report.storm.as_ref().map(|storm| storm.p99_ms / storm.calm_p99_ms);
    facts.storm_mb = report.storm.as_ref().and_then(|storm| Some(storm.peak_mb? - storm.base_mb?));
    let hashing = u64::from(report.argon2.memory) * u64::from(product::PERMITS);
    facts.hashing_mb = float(hashing) / 1024.0;
}
