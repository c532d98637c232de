//! A grant with everything that it rests on, as it is now: one look for one judgement.

use database::{Both, Db, Result, record, sql};
use protocol::{grant::Grant, scope::Scope};

use super::grants;

/// What is known of a grant.
#[derive(Debug)]
pub struct Found {
    /// The grant, dead or alive.
    pub grant: Grant,
    /// Whether its account is there and not disabled.
    pub account: bool,
    /// The roles that the account has.
    pub roles: Vec<String>,
    /// The team that the account belongs to.
    pub team: Option<String>,
    /// What its person allows the client; `None` when nothing.
    pub consent: Option<Scope>,
    /// Whether its session was ended. Of one that is long gone nothing is known.
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

/// A grant whose code was redeemed.
pub async fn of_grant(db: &Db, id: &str) -> Result<Option<Found>> {
    // a role is a word of the realm file, and no word has the sign that parts them
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
