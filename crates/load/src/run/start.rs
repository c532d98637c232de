//! The product at its start: people who register, and what a start costs.

use std::{sync::Arc, time::Duration};

use super::{Arguments, Client, Metadata, Operation, PER_ACCOUNT, Person, Product, Provider, people};
use crate::{product::CLIENT, provider, work::float};

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

/// The product as its client knows it.
pub async fn provider(product: &Product) -> anyhow::Result<Arc<Provider>> {
    let metadata = Metadata::discover(&product.issuer()?).await?;
    Ok(Arc::new(Provider {
        client: Client::new(CLIENT, &product.client_secret()?, &metadata)?,
        redirect_uri: REDIRECT_URI.parse()?,
        scope: provider::scope(None, &metadata.scopes_supported),
        metadata,
    }))
}

/// As many people as what is measured needs.
pub async fn people(
    arguments: &Arguments,
    operations: &[Operation],
    product: &Product,
) -> anyhow::Result<Vec<Person>> {
    let for_operations =
        if operations.iter().any(|operation| operation.needs_people()) { arguments.connections } else { 0 };
    let for_storm = usize::from(arguments.storm).div_ceil(PER_ACCOUNT);
    let count = for_storm.max(usize::from(for_operations));
    eprintln!("registering {count} people");
    Ok(people::register(&provider(product).await?, count).await?)
}

/// Starts it again, and again, and looks how long that takes and what it has in memory then.
pub async fn again(product: &mut Product) -> anyhow::Result<Start> {
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
