//! The storm of a run: on a product that was started again, after a load of its own size.

use std::{sync::Arc, time::Duration};

use anyhow::{bail, ensure};

use super::{Arguments, Operation, Person, Product, Setting, StormRow, start};
use crate::{operations::Outcome, storm};

/// How long codes are asked for before a storm.
const WARM: Duration = Duration::from_secs(1);
/// The time before a storm that its p99 is compared with: long enough for a quantile, and everybody who waits still has
/// a connection at its end. The product ends idle ones after ten seconds.
const CALM: (Duration, Duration) = (Duration::from_secs(3), Duration::from_secs(6));

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

/// Lets the storm come over it.
pub async fn raise(
    arguments: &Arguments,
    product: &mut Product,
    people: &Arc<Vec<Person>>,
) -> anyhow::Result<StormRow> {
    eprintln!("raising a storm of {} sign-ins", arguments.storm);
    product.restart().await?;
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
    match Operation::CodeFlow.measure(&warm).await {
        Outcome::Measured(warm) => {
            ensure!(!warm.latencies.is_empty(), "nobody came through a code flow before it");
        }
        Outcome::Failed(failure) => bail!("code flows before it: {failure}"),
        Outcome::NotOffered(why) => bail!("code flows before it: {why}"),
    }
    let calm = arguments.duration.clamp(CALM.0, CALM.1);
    let count = usize::from(arguments.storm);
    let storm = storm::raise(&provider, people, count, (product.process(), calm)).await?;
    Ok(StormRow::of(&storm, arguments.storm))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_storm_that_can_not_be_connected_is_refused_before_it_begins() {
        for (count, most) in [(0, Some(1)), (500, Some(750)), (500, Some(1024)), (1000, None)] {
            assert!(has_room(count, most).is_ok(), "{count} {most:?}");
        }
        let told = has_room(500, Some(749)).unwrap_err().to_string();
        assert!(told.contains("ulimit -n 750"), "{told}");
    }
}
