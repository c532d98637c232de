//! SQL of back-channel logout.

use database::{Db, Result, Sql, Tx, again, sql};
use protocol::logout::LogoutClaims;

/// What became of a logout token.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// First seen; so many sessions ended.
    Ended(u64),
    /// Its `jti` was there already.
    Replayed,
}

/// Notes the `jti` and ends the sessions it names, together or not at all: a delivery that failed can be repeated.
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

/// Forgets tokens that are too old to be accepted anyway; for a [`Sweep`](database::Sweep).
pub(crate) fn expired(now: i64) -> Sql {
    sql("DELETE FROM logout_jtis WHERE jti_hash IN \
         (SELECT jti_hash FROM logout_jtis WHERE expires_at < $1 LIMIT $2)")
    .bind(now)
}
