//! `idp sessions`

use clock::{Clock as _, SystemClock};
use database::sql;
use idp::store::{Store, keys, not_before, sessions};

use crate::{harness::Operator, restore::fill};

#[tokio::test]
async fn p10_break_glass_ends_every_session_and_grant_and_replaces_the_keys() {
    let operator = Operator::new().await;
    let store = Store::open(&operator.database()).await.unwrap();
    fill(&store).await;
    let asked = operator.run("sessions end-all --realm test");
    assert!(asked.code == Some(1) && asked.err.contains("--yes"), "{asked:?}");
    assert!(asked.out.contains("1 sessions"), "{asked:?}");
    assert!(sessions::count_unended(&store.facts).await.unwrap() == 1, "nothing happened yet");

    let done = operator.run("sessions end-all --realm test --yes");
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(sessions::count_unended(&store.facts).await.unwrap(), 0);
    assert!(!crate::restore::any_grant_alive(&store).await);
    assert!(not_before::get(&store.facts).await.unwrap() > 0);
    let first: Vec<_> = keys::published(&store.facts).await.unwrap();
    assert_eq!(first.len(), 4, "two that sign and two that follow");

    assert_eq!(operator.run("sessions end-all --realm test --yes").code, Some(0));
    let second = keys::published(&store.facts).await.unwrap();
    assert!(second.iter().all(|key| first.iter().all(|old| old.kid != key.kid)), "all are new");
    let events = crate::restore::kinds(&store).await;
    assert_eq!(events.iter().filter(|kind| *kind == "realm.all_ended").count(), 2);
    assert_eq!(events.iter().filter(|kind| *kind == "session.ended").count(), 1);
}

#[tokio::test]
async fn p10_break_glass_spares_nothing_that_a_clock_far_ahead_has_dated() {
    let operator = Operator::new().await;
    let store = Store::open(&operator.database()).await.unwrap();
    fill(&store).await;
    let ahead = SystemClock.now() + 3600;
    for table in [
        sql("UPDATE sessions SET auth_time = $1, ended_at = NULL"),
        sql("UPDATE grants SET auth_time = $1, revoked_at = NULL"),
    ] {
        assert!(table.bind(ahead).run(&store.facts).await.unwrap() > 0);
    }
    assert_eq!(operator.run("sessions end-all --realm test --yes").code, Some(0));
    assert_eq!(sessions::count_unended(&store.facts).await.unwrap(), 0);
    assert!(!crate::restore::any_grant_alive(&store).await);
    let not_before = not_before::get(&store.facts).await.unwrap();
    assert!(not_before < ahead, "nobody has to wait an hour for the next sign-in");
}
