//! SQL of back-channel logout.

use database::{Db, Result, Sql, Tx, again, sql};
use protocol::logout::LogoutClaims;

/// What a logout token did.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It was new and ended this many sessions.
    Ended(u64),
    /// Its `jti` was known already.
    Replayed,
}

/// Stores the `jti` and ends the sessions that the token names, in one transaction: the realm can repeat a delivery
/// that failed.
pub(crate) async fn end(db: &Db, jti_hash: &str, claims: &LogoutClaims) -> Result<Verdict> {
    again!(async {
        let mut tx = db.begin().await?;
        let noted =
            sql("INSERT INTO logout_jtis (jti_hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(jti_hash)
                .bind(claims.exp)
                .run(&mut tx)
                .await?;
        if noted == 0 {
            return Ok(Verdict::Replayed);
        }
        let ended = end_sessions(&mut tx, claims).await?;
        tx.commit().await?;
        Ok(Verdict::Ended(ended))
    })
}

async fn end_sessions(tx: &mut Tx, claims: &LogoutClaims) -> Result<u64> {
    let statement = match (&claims.sid, &claims.sub) {
        (Some(sid), Some(sub)) => {
            sql("DELETE FROM bff_sessions WHERE provider_session = $1 AND subject = $2")
                .bind(sid.as_str())
                .bind(sub.as_str())
        }
        (Some(sid), None) => sql("DELETE FROM bff_sessions WHERE provider_session = $1").bind(sid.as_str()),
        (None, Some(sub)) => sql("DELETE FROM bff_sessions WHERE subject = $1").bind(sub.as_str()),
        (None, None) => return Ok(0),
    };
    statement.run(tx).await
}

/// Deletes the `jti`s of tokens that are too old to be accepted; for a [`Sweep`](database::Sweep).
pub(crate) fn expired(now: i64) -> Sql {
    sql("DELETE FROM logout_jtis WHERE jti_hash IN \
         (SELECT jti_hash FROM logout_jtis WHERE expires_at < $1 LIMIT $2)")
    .bind(now)
}
