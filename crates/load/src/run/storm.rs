//! The storms of a run: each on a product that was started again, after a load of its own size.

use std::{sync::Arc, time::Duration};

use anyhow::{bail, ensure};
use tokio::time::sleep;

use super::{Arguments, Operation, Person, Product, Setting, StormRow, provider_of};
use crate::{operations::Outcome, storm};

/// How many storms, of which each has to keep what is promised: a machine that others share is slow now and then, so
/// that one says little by itself.
pub const STORMS: usize = 3;
/// How long codes are asked for before a storm.
const WARM: Duration = Duration::from_secs(1);
/// The time before a storm that its p99 is compared with: long enough for a quantile, and everybody who waits still has
/// a connection at its end. The product ends idle ones after ten seconds.
const CALM: (Duration, Duration) = (Duration::from_secs(3), Duration::from_secs(6));

/// How many sign in at a time before a storm.
const FEW: usize = 2;
/// What may come into memory with the first sign-ins and stay, KiB: far less than a hash.
const MARGIN: u64 = 8 * 1024;

/// Open files besides one for each who signs in: other connections, databases, event loops.
const OTHER_FILES: u64 = 250;

/// Whether as many can be connected at once: without, some would fail after minutes of measuring. The product has the
/// limit of this program.
pub fn has_room(count: u16, most_open_files: Option<u64>) -> anyhow::Result<()> {
    let needed = u64::from(count) + OTHER_FILES;
    let enough = count == 0 || most_open_files.is_none_or(|most| most >= needed);
    ensure!(
        enough,
        "a storm of {count} needs {needed} open files: `ulimit -n {needed}`, or a smaller --storm"
    );
    Ok(())
}

/// Lets them come over it, one after the other.
pub async fn raise_all(
    arguments: &Arguments,
    product: &mut Product,
    people: &Arc<Vec<Person>>,
    to: &mut Vec<StormRow>,
) -> anyhow::Result<()> {
    for number in 1..=STORMS {
        eprintln!("raising a storm of {} sign-ins, {number} of {STORMS}", arguments.storm);
        to.push(raise(arguments, product, people).await?);
    }
    Ok(())
}

async fn raise(
    arguments: &Arguments,
    product: &mut Product,
    people: &Arc<Vec<Person>>,
) -> anyhow::Result<StormRow> {
    product.restart().await?;
    let provider = provider_of(product).await?;
    // storms come over programs that work: people have signed in, and everything is in memory that is used when as many
    // come at once, but no hash
    let process = product.process();
    let warm = |connections| Setting {
        provider: Arc::clone(&provider),
        people: Arc::clone(people),
        connections,
        duration: WARM,
        process: None,
    };
    let before = process.rss();
    happened(Operation::PasswordSignIn, &warm(FEW)).await?;
    sleep(storm::REST).await;
    ensure!(
        is_given_back(before, process.rss()),
        "the memory of a few sign-ins before it was not given back"
    );
    happened(Operation::CodeFlow, &warm(usize::from(arguments.storm))).await?;
    let calm = arguments.duration.clamp(CALM.0, CALM.1);
    let count = usize::from(arguments.storm);
    let storm = storm::raise(&provider, people, count, (process, calm)).await?;
    Ok(StormRow::of(&storm))
}

async fn happened(operation: Operation, setting: &Setting) -> anyhow::Result<()> {
    let name = operation.name();
    match operation.measure(setting).await {
        Outcome::Measured(done) => {
            ensure!(!done.latencies.is_empty(), "{name} before it: nobody came through");
        }
        Outcome::Failed(failure) => bail!("{name} before it: {failure}"),
        Outcome::NotOffered(why) => bail!("{name} before it: {why}"),
    }
    Ok(())
}

/// Whether memory, KiB, is what it was before some people signed in, but for what comes with the first of them. A program
/// that keeps the memory of their hashes would have it in what a storm is compared with.
fn is_given_back(before: Option<u64>, after: Option<u64>) -> bool {
    before.zip(after).is_none_or(|(before, after)| after <= before + MARGIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_keeps_the_memory_of_a_hash_is_no_base() {
        assert!(is_given_back(Some(30 * 1024), Some(38 * 1024)));
        assert!(!is_given_back(Some(30 * 1024), Some(38 * 1024 + 1)));
        assert!(is_given_back(None, Some(9)), "somewhere that doesn't tell");
    }

    #[test]
    fn a_storm_that_can_not_be_connected_is_refused_before_it_begins() {
        for (count, most) in [(0, Some(1)), (500, Some(750)), (500, Some(1024)), (1000, None)] {
            assert!(has_room(count, most).is_ok(), "{count} {most:?}");
        }
        let reported = has_room(500, Some(749)).unwrap_err().to_string();
        assert!(reported.contains("ulimit -n 750"), "{reported}");
    }
}
