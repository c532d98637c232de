//! `idp migrate`

use idp::store::{Store, migrations::FACTS};

use crate::harness::Operator;

#[tokio::test]
async fn h12_the_schema_is_shown_brought_up_and_taken_back() {
    let operator = Operator::new().await;
    let newest = FACTS.len();
    for _ in 0..2 {
        let empty = operator.run("migrate status");
        assert_eq!(empty.code, Some(1), "{empty:?}");
        assert!(empty.out.contains(&format!("test   facts    0 of {newest}  ")), "{empty:?}");
    }
    assert_eq!(operator.run("migrate up").code, Some(0));
    let current = operator.run("migrate status --realm test");
    assert_eq!(current.code, Some(0), "{current:?}");
    assert_eq!(current.out.matches("current").count(), 2, "{current:?}");

    let back = newest - 1;
    let asked = operator.run(&format!("migrate down --realm test --to {back}"));
    assert_eq!(asked.code, Some(1));
    assert!(asked.out.contains(FACTS.last().unwrap().name) && asked.err.contains("--yes"), "{asked:?}");
    assert_eq!(operator.run("migrate status").code, Some(0), "nothing happened yet");
    let done = operator.run(&format!("migrate down --realm test --to {back} --yes"));
    assert_eq!(done.code, Some(0), "{done:?}");
    let taken_back = operator.run("migrate status");
    assert_eq!(taken_back.code, Some(1));
    assert!(
        taken_back.out.contains("pending  0 of"),
        "an older program makes it as it knows it: {taken_back:?}"
    );
    assert_eq!(operator.run("migrate up").code, Some(0));
}

#[tokio::test]
async fn o16_a_release_that_changed_only_what_is_half_finished_can_be_left_too() {
    let operator = Operator::new().await;
    operator.run("migrate up");
    let newest = FACTS.len();
    let done = operator.run(&format!("migrate down --realm test --to {newest} --yes"));
    assert_eq!(done.code, Some(0), "{done:?}");
    let status = operator.run("migrate status");
    assert!(status.out.contains(&format!("facts    {newest} of {newest}  current")), "{status:?}");
    assert!(status.out.contains("pending  0 of"), "{status:?}");
}

#[tokio::test]
async fn h12_there_is_no_way_down_to_where_the_schema_does_not_come_from() {
    let operator = Operator::new().await;
    operator.run("migrate up");
    for to in [FACTS.len() + 1, 99] {
        let refused = operator.run(&format!("migrate down --realm test --to {to} --yes"));
        assert!(refused.code == Some(1) && refused.err.contains("no way down"), "{refused:?}");
    }
    let unknown = operator.run("migrate up --realm other");
    assert!(unknown.code == Some(1) && unknown.err.contains("no realm"), "{unknown:?}");
}

#[tokio::test]
async fn h14_taking_all_steps_back_leaves_a_database_that_can_be_brought_up() {
    let operator = Operator::new().await;
    operator.run("migrate up");
    assert_eq!(operator.run("migrate down --realm test --to 0 --yes").code, Some(0));
    let store = Store::open(&operator.database()).await.unwrap();
    assert!(!store.has_users().await.unwrap());
}
