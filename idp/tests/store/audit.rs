//! The audit trail.

use database::{record, sql};
use idp::store::audit::{self, Event};

use crate::harness::{NOW, count, stores};

record! {
    #[derive(Debug, PartialEq)]
    struct Row {
        id: String,
        happened_at: i64,
        kind: String,
        user_id: Option<String>,
        client_id: Option<String>,
        address: Option<String>,
        request_id: Option<String>,
        detail: Option<String>,
    }
}

fn bare(id: &str) -> Event<'static> {
    Event { id: id.to_owned(), at: NOW, kind: "test", ..Event::default() }
}

#[tokio::test]
async fn e3_an_event_keeps_who_did_what_when_and_from_where() {
    for store in stores().await {
        let event = Event {
            user_id: Some("u1"),
            client_id: Some("app"),
            address: Some("2001:db8::1".parse().unwrap()),
            request_id: Some("r1"),
            detail: Some("a word"),
            ..bare("e1")
        };
        audit::record(&store.facts, &event).await.unwrap();
        let row: Row = sql("SELECT * FROM audit_events WHERE id = 'e1'").one(&store.facts).await.unwrap();
        let text = |text: &str| Some(text.to_owned());
        let expected = Row {
            id: "e1".into(),
            happened_at: NOW,
            kind: "test".into(),
            user_id: text("u1"),
            client_id: text("app"),
            address: text("2001:db8::1"),
            request_id: text("r1"),
            detail: text("a word"),
        };
        assert_eq!(row, expected);
    }
}

#[tokio::test]
async fn e3_what_is_not_known_stays_empty() {
    for store in stores().await {
        audit::record(&store.facts, &bare("e1")).await.unwrap();
        let row: Row = sql("SELECT * FROM audit_events").one(&store.facts).await.unwrap();
        assert_eq!((row.user_id, row.client_id, row.address), (None, None, None));
        assert_eq!((row.request_id, row.detail), (None, None));
    }
}

#[tokio::test]
async fn e3_a_change_that_did_not_happen_leaves_no_event() {
    for store in stores().await {
        let mut tx = store.facts.begin().await.unwrap();
        audit::record(&mut tx, &bare("e1")).await.unwrap();
        drop(tx);
        assert_eq!(count(&store.facts, "SELECT COUNT(*) AS n FROM audit_events").await, 0);
    }
}

#[tokio::test]
async fn e3_an_event_is_never_written_over() {
    for store in stores().await {
        audit::record(&store.facts, &bare("e1")).await.unwrap();
        let other = Event { detail: Some("other"), ..bare("e1") };
        assert!(audit::record(&store.facts, &other).await.unwrap_err().is_conflict());
        let others = "SELECT COUNT(*) AS n FROM audit_events WHERE detail IS NOT NULL";
        assert_eq!(count(&store.facts, others).await, 0);
    }
}
