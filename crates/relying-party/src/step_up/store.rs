//! SQL of the forms that wait for their sender to sign in again.

use database::{Db, Result, Sql, sql};

database::record! { struct Kept { sealed: String } }

/// A form to keep.
#[derive(Debug)]
pub(super) struct New<'a> {
    pub id_hash: &'a str,
    /// Hash of the sender's issuer and subject.
    pub person: &'a str,
    pub sealed: &'a str,
    pub expires_at: i64,
}

/// Keeps a form. Of the forms of one person only the newest `most` are kept.
pub(super) async fn keep(db: &Db, new: &New<'_>, most: i64) -> Result<()> {
    sql("INSERT INTO bff_kept_forms (id_hash, person, sealed, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(new.id_hash)
        .bind(new.person)
        .bind(new.sealed)
        .bind(new.expires_at)
        .run(db)
        .await?;
    sql("DELETE FROM bff_kept_forms WHERE id_hash IN (SELECT id_hash FROM bff_kept_forms \
         WHERE person = $1 ORDER BY expires_at DESC, id_hash LIMIT 1000 OFFSET $2)")
    .bind(new.person)
    .bind(most)
    .run(db)
    .await
    .map(drop)
}

/// The sealed form of this person, unless its time is over.
pub(super) async fn find(db: &Db, id_hash: &str, person: &str, now: i64) -> Result<Option<String>> {
    let kept: Option<Kept> =
        sql("SELECT sealed FROM bff_kept_forms WHERE id_hash = $1 AND person = $2 AND expires_at > $3")
            .bind(id_hash)
            .bind(person)
            .bind(now)
            .opt(db)
            .await?;
    Ok(kept.map(|kept| kept.sealed))
}

/// Deletes forms whose time is over; for a [`Sweep`](database::Sweep).
pub(crate) fn expired(now: i64) -> Sql {
    sql("DELETE FROM bff_kept_forms WHERE id_hash IN \
         (SELECT id_hash FROM bff_kept_forms WHERE expires_at <= $1 LIMIT $2)")
    .bind(now)
}

#[cfg(test)]
mod tests {
    use database::{Sweep, testing::scratch};

    use super::*;

    async fn db() -> (database::testing::TestDatabases, Db) {
        scratch(crate::MIGRATION_SET, crate::MIGRATIONS).await
    }

    async fn put(db: &Db, id_hash: &str, person: &str, expires_at: i64) {
        keep(db, &New { id_hash, person, sealed: id_hash, expires_at }, 2).await.unwrap();
    }

    async fn is_there(db: &Db, id_hash: &str, person: &str, now: i64) -> bool {
        find(db, id_hash, person, now).await.unwrap().is_some()
    }

    #[tokio::test]
    async fn c9_a_kept_form_is_its_senders_alone_and_for_a_time() {
        let (_place, db) = db().await;
        put(&db, "a", "ada", 900).await;
        assert!(is_there(&db, "a", "ada", 899).await);
        assert!(!is_there(&db, "a", "eve", 0).await);
        assert!(!is_there(&db, "a", "ada", 900).await);
        let mut sweep = Sweep::default();
        sweep.remove(&db, expired(900)).await;
        assert_eq!(sweep.end().unwrap(), 1);
    }

    #[tokio::test]
    async fn q2_of_one_persons_kept_forms_only_the_newest_stay() {
        let (_place, db) = db().await;
        for (id, at) in [("a", 1), ("b", 2), ("c", 3)] {
            put(&db, id, "ada", at).await;
        }
        put(&db, "d", "eve", 1).await;
        let left = [("a", "ada"), ("b", "ada"), ("c", "ada"), ("d", "eve")];
        let mut there = Vec::new();
        for (id, person) in left {
            there.push(is_there(&db, id, person, 0).await);
        }
        assert_eq!(there, [false, true, true, true]);
    }
}
