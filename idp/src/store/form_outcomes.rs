//! The outcomes of forms (Q5).

use database::{On, Result, Tx, record, sql};

/// Stores the outcome of a form within the transaction of its effect. Of two submissions at once, one gets `true`; the
/// other waits until the first transaction ends.
pub async fn settle(tx: &mut Tx, name: &str, outcome: &str, now: i64, expires_at: i64) -> Result<bool> {
    let settled = sql("INSERT INTO form_outcomes (name, outcome, expires_at) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET outcome = excluded.outcome, expires_at = excluded.expires_at \
         WHERE form_outcomes.expires_at <= $4")
    .bind(name)
    .bind(outcome)
    .bind(expires_at)
    .bind(now)
    .run(tx)
    .await?;
    Ok(settled == 1)
}

/// The stored outcome of a form that was sent before.
pub async fn find(on: impl Into<On<'_>>, name: &str, now: i64) -> Result<Option<String>> {
    record! { struct Row { outcome: String } }
    let row: Option<Row> = sql("SELECT outcome FROM form_outcomes WHERE name = $1 AND expires_at > $2")
        .bind(name)
        .bind(now)
        .opt(on)
        .await?;
    Ok(row.map(|row| row.outcome))
}
