//! Whether what was granted still stands, and what is left of it (Q7).
//!
//! Issue, refresh, userinfo and introspection ask this one rule, with what is known now: whatever was taken away since the
//! grant was made, by its person, its client, an administrator or the operator, none of them vouches for any more.

use crate::{
    access_token::AccessClaims,
    client::{Client, GrantType},
    grant::Grant,
    scope::Scope,
};

/// What is known now about everything that a grant rests on.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The client as it is registered now; `None` when it no longer is.
    pub client: Option<&'a Client>,
    /// Every scope of the realm.
    pub offered: &'a Scope,
    /// Whether the account is there and not disabled.
    pub account: bool,
    /// Whether the session in which it was granted was ended. One that only expired was not: grants may outlive it.
    pub session_ended: bool,
    /// What the person allows the client now; `None` when nothing.
    pub consent: Option<&'a Scope>,
    /// Whether no token may exist without a second factor.
    pub second_factor_required: bool,
    /// What was signed in to until then is over, Unix seconds.
    pub not_before: i64,
}

/// Why nothing of a grant or token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fallen {
    /// It was revoked, by name or with the grant.
    Revoked,
    /// Everything of that time was ended at once.
    AllEnded,
    /// Its session was ended.
    SessionEnded,
    /// Its client is no longer registered.
    ClientGone,
    /// Its account is gone or disabled.
    AccountGone,
    /// It was signed in to without the second factor that is demanded now.
    FactorMissing,
    /// Its person no longer allows it.
    ConsentWithdrawn,
    /// Every scope of it was taken away.
    ScopeGone,
    /// Its client may not have tokens of this kind any more.
    GrantTypeGone,
}

impl Fallen {
    /// For the log: a sentence without its subject.
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

/// What still stands of a person's grant.
pub fn of_grant(grant: &Grant, known: &Known<'_>) -> Result<Scope, Fallen> {
    let client = known.client.ok_or(Fallen::ClientGone)?;
    let consented = || known.consent.is_some_and(|allowed| grant.scope.is_subset(allowed));
    let checks = [
        (grant.revoked_at.is_some(), Fallen::Revoked),
        (grant.auth_time <= known.not_before, Fallen::AllEnded),
        (known.session_ended, Fallen::SessionEnded),
        (!known.account, Fallen::AccountGone),
        (known.second_factor_required && !grant.amr.has_second_factor(), Fallen::FactorMissing),
        (!client.first_party && !consented(), Fallen::ConsentWithdrawn),
    ];
    if let Some((_, why)) = checks.into_iter().find(|(fallen, _)| *fallen) {
        return Err(why);
    }
    left(&grant.scope, client, known.offered)
}

/// What still stands of an access token of such a grant: no more than of the grant.
pub fn of_access_token(claims: &AccessClaims, grant: &Grant, known: &Known<'_>) -> Result<Scope, Fallen> {
    if claims.sub != grant.user_id || claims.client_id != grant.client_id {
        return Err(Fallen::Revoked);
    }
    let scope = claims.scope.intersection(&of_grant(grant, known)?);
    if scope.is_empty() { Err(Fallen::ScopeGone) } else { Ok(scope) }
}

/// What still stands of a token that a client got for itself.
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

/// What a client may have now, whatever it was granted before.
pub fn registered(client: &Client, offered: &Scope) -> Scope {
    client.scope.intersection(offered)
}

/// The part of a scope that the client may still have.
fn left(scope: &Scope, client: &Client, offered: &Scope) -> Result<Scope, Fallen> {
    let left = scope.intersection(&registered(client, offered));
    if left.is_empty() && !scope.is_empty() { Err(Fallen::ScopeGone) } else { Ok(left) }
}
