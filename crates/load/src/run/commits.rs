//! Commits of one operation, counted around a few that are done one after another.

use std::collections::BTreeMap;

use super::{Counter, Operation, Product, Setting};
use crate::{
    operations::{browsers, clients},
    work::{Progress, Work, float},
};

const TIMES: u64 = 20;
/// Rounds: a log that begins anew in between says nothing, and something else may have been written meanwhile.
const ROUNDS: usize = 3;

/// What writes. The first two have budgets.
const COUNTED: [Operation; 4] =
    [Operation::CodeExchange, Operation::Refresh, Operation::CodeFlow, Operation::PasswordSignIn];

/// Counts those of each operation that was selected; one that could not be counted is left out.
pub async fn count(
    operations: &[Operation],
    setting: &Setting,
    product: &Product,
    commits: &mut BTreeMap<&'static str, f64>,
) -> anyhow::Result<()> {
    let counter = Counter::of(product).await?;
    for operation in COUNTED.into_iter().filter(|operation| operations.contains(operation)) {
        let each = of(operation, setting, &counter).await;
        commits.extend(each.map(|each| (operation.name(), each)));
    }
    Ok(())
}

/// The fewest of a few rounds; none when no round could be counted.
async fn of(operation: Operation, setting: &Setting, counter: &Counter) -> Option<f64> {
    let one = Setting { connections: 1, duration: std::time::Duration::from_millis(200), ..setting.clone() };
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.extend(match operation {
            Operation::Refresh => round(clients::refreshed(&one).await.ok()?, counter).await,
            Operation::CodeExchange => round(browsers::exchange(&one).await.ok()?, counter).await,
            Operation::CodeFlow => round(browsers::whole_flow(&one), counter).await,
            Operation::PasswordSignIn => round(browsers::signing_in(&one), counter).await,
            _ => None,
        });
    }
    rounds.into_iter().reduce(f64::min)
}

async fn round<W: Work>(workers: Vec<W>, counter: &Counter) -> Option<f64> {
    let mut worker = workers.into_iter().next()?;
    let before = counter.count().await.ok()?;
    let mut done = 0;
    for _ in 0..TIMES {
        match worker.once().await.ok()? {
            Progress::Done => done += 1,
            Progress::Exhausted => break,
        }
    }
    let commits = counter.count().await.ok()?.since(before)?;
    (done > 0).then(|| float(commits) / float(done))
}
