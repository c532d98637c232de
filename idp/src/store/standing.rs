//! A grant with everything that it depends on, as it is now, by one query.

use database::{Both, Db, Result, record, sql};
use protocol::{grant::Grant, scope::Scope};

use super::grants;

/// A grant and the facts that it depends on.
#[derive(Debug)]
pub struct Found {
    /// The grant, revoked or not.
    pub grant: Grant,
    /// Whether its account exists and is not disabled.
    pub account: bool,
    /// The roles that the account has.
    pub roles: Vec<String>,
    /// The team that the account belongs to.
    pub team: Option<String>,
    /// The scope that its person allows the client; `None` when nothing.
    pub consent: Option<Scope>,
    /// Whether its session was ended; `false` when the session's row is gone.
    pub session_ended: bool,
    /// The realm's [`not_before`](super::not_before).
    pub not_before: i64,
}

record! {
    struct Around {
        account: Option<String>,
        account_disabled_at: Option<i64>,
        account_roles: Option<String>,
        account_team: Option<String>,
        consented: Option<String>,
        session_ended_at: Option<i64>,
        not_before: i64,
    }
}

/// The grant of this id, if its code was used.
pub async fn of_grant(db: &Db, id: &str) -> Result<Option<Found>> {
    // roles are joined by `|`, which the name of a role can't contain
    let row: Option<Both<grants::Row, Around>> = sql("SELECT g.*, u.id AS account, \
         u.disabled_at AS account_disabled_at, u.team AS account_team, c.scope AS consented, \
         s.ended_at AS session_ended_at, r.not_before AS not_before, \
         (SELECT string_agg(role, '|' ORDER BY role) FROM user_roles WHERE user_id = g.user_id) AS account_roles \
         FROM grants g CROSS JOIN realm_state r LEFT JOIN users u ON u.id = g.user_id \
         LEFT JOIN consents c ON c.user_id = g.user_id AND c.client_id = g.client_id \
         LEFT JOIN sessions s ON s.sid = g.sid WHERE g.id = $1 AND g.redeemed_at IS NOT NULL")
    .bind(id)
    .opt(db)
    .await?;
    Ok(row.map(|Both(grant, around)| Found {
        grant: grant.into(),
        account: around.account.is_some() && around.account_disabled_at.is_none(),
        roles: around.account_roles.iter().flat_map(|roles| roles.split('|')).map(str::to_owned).collect(),
        team: around.account_team,
        consent: around.consented.map(|scope| Scope::parse(&scope).unwrap_or_default()),
        session_ended: around.session_ended_at.is_some(),
        not_before: around.not_before,
    }))
}
