//! Whether a grant is still valid, and how much of its scope is left (Q7).
//!
//! Token issue, refresh, userinfo and introspection all use this rule, with the present facts. So whatever was
//! withdrawn since the grant was made (by its user, the client, an administrator or the operator) is respected
//! everywhere.

use crate::{
    access_token::AccessClaims,
    authorize::FactorPolicy,
    client::{Client, GrantType},
    grant::Grant,
    scope::Scope,
};

/// The present facts about everything that a grant depends on.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The client as it is registered now; `None` when it isn't registered any more.
    pub client: Option<&'a Client>,
    /// Every scope of the realm.
    pub offered: &'a Scope,
    /// Whether the account exists and is not disabled.
    pub account: bool,
    /// Whether the session in which it was granted was ended. An expired session does not count as ended: grants may
    /// outlive it.
    pub session_ended: bool,
    /// The scope that the user allows the client now; `None` for nothing.
    pub consent: Option<&'a Scope>,
    /// Which second factor is demanded of the account.
    pub factor: FactorPolicy,
    /// Grants of sign-ins up to this time are over, Unix seconds.
    pub not_before: i64,
}

/// Why a grant or token is not valid any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fallen {
    /// The token or its grant was revoked.
    Revoked,
    /// All sessions and grants of that time were ended at once.
    AllEnded,
    /// Its session was ended.
    SessionEnded,
    /// Its client is no longer registered.
    ClientGone,
    /// Its account is gone or disabled.
    AccountGone,
    /// The user signed in without the second factor that is required now.
    FactorMissing,
    /// Its user no longer allows it.
    ConsentWithdrawn,
    /// All of its scopes were withdrawn.
    ScopeGone,
    /// Its client may not use this grant type any more.
    GrantTypeGone,
}

impl Fallen {
    /// The reason as text for the log, with "it" for the grant or token.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Revoked => "it was revoked",
            Self::AllEnded => "all sessions and grants of that time were ended",
            Self::SessionEnded => "its session was ended",
            Self::ClientGone => "its client is no longer registered",
            Self::AccountGone => "its account is gone or disabled",
            Self::FactorMissing => "it was signed in to without the second factor that is required now",
            Self::ConsentWithdrawn => "its person did not consent, or no longer does",
            Self::ScopeGone => "all of its scopes were taken from the client or the realm",
            Self::GrantTypeGone => "its client may no longer use this grant type",
        }
    }
}

/// The scope that is left of a user's grant.
pub fn of_grant(grant: &Grant, known: &Known<'_>) -> Result<Scope, Fallen> {
    let client = known.client.ok_or(Fallen::ClientGone)?;
    let consented = || known.consent.is_some_and(|allowed| grant.scope.is_subset(allowed));
    let checks = [
        (grant.revoked_at.is_some(), Fallen::Revoked),
        (grant.auth_time <= known.not_before, Fallen::AllEnded),
        (known.session_ended, Fallen::SessionEnded),
        (!known.account, Fallen::AccountGone),
        (!known.factor.is_met_by(&grant.amr), Fallen::FactorMissing),
        (!client.first_party && !consented(), Fallen::ConsentWithdrawn),
    ];
    if let Some((_, why)) = checks.into_iter().find(|(fallen, _)| *fallen) {
        return Err(why);
    }
    left(&grant.scope, client, known.offered)
}

/// The scope that is left of an access token of such a grant. It is no wider than what is left of the grant.
pub fn of_access_token(claims: &AccessClaims, grant: &Grant, known: &Known<'_>) -> Result<Scope, Fallen> {
    if claims.sub != grant.user_id || claims.client_id != grant.client_id {
        return Err(Fallen::Revoked);
    }
    let scope = claims.scope.intersection(&of_grant(grant, known)?);
    if scope.is_empty() { Err(Fallen::ScopeGone) } else { Ok(scope) }
}

/// The scope that is left of a token that a client got on its own behalf.
pub fn of_client_token(
    claims: &AccessClaims,
    revoked: bool,
    client: Option<&Client>,
    offered: &Scope,
    not_before: i64,
) -> Result<Scope, Fallen> {
    let client = client.ok_or(Fallen::ClientGone)?;
    let may = client.is_confidential() && client.allows(GrantType::ClientCredentials);
    let checks = [
        (revoked, Fallen::Revoked),
        (claims.iat <= not_before, Fallen::AllEnded),
        (!may, Fallen::GrantTypeGone),
    ];
    if let Some((_, why)) = checks.into_iter().find(|(fallen, _)| *fallen) {
        return Err(why);
    }
    left(&claims.scope, client, offered)
}

/// The scopes that a client may have now, independent of earlier grants.
pub fn registered(client: &Client, offered: &Scope) -> Scope {
    client.scope.intersection(offered)
}

/// The part of a scope that the client may still have.
fn left(scope: &Scope, client: &Client, offered: &Scope) -> Result<Scope, Fallen> {
    let left = scope.intersection(&registered(client, offered));
    if left.is_empty() && !scope.is_empty() { Err(Fallen::ScopeGone) } else { Ok(left) }
}
