//! `idp user show`

use clock::when;
use runtime::terminal::printable;
use serde_json::json;

use super::{Who, account};
use crate::{
    cli::output::Output,
    flow::accounts::{self, Profile},
    realm::RealmConfig,
};

pub async fn show(realms: Vec<RealmConfig>, who: &Who, output: Output) -> anyhow::Result<()> {
    let (realm, user) = account(realms, who).await?;
    let profile = accounts::profile(&realm, user).await?;
    output.show(&as_text(&profile), &as_json(&profile))
}

fn time(seconds: Option<i64>) -> Option<String> {
    seconds.map(when::iso)
}

fn as_json(Profile { user, claims, roles, belongings }: &Profile) -> serde_json::Value {
    json!({
        "id": user.id,
        "email": user.email,
        "email_verified_at": time(user.email_verified_at),
        "claims": claims,
        "roles": roles,
        "team": user.team,
        "disabled_at": time(user.disabled_at),
        "created_at": time(Some(user.created_at)),
        "updated_at": time(Some(user.updated_at)),
        "password": user.password_hash.is_some(),
        "totp": belongings.totp_factors > 0,
        "passkeys": belongings.passkeys,
        "upstream_identities": belongings.identities,
        "recovery_codes": belongings.recovery_codes,
        "sessions": belongings.sessions,
        "grants": belongings.grants,
        "setup_link_expires_at": time(belongings.link_expires_at),
    })
}

fn as_text(Profile { user, claims, roles, belongings }: &Profile) -> String {
    let since = |at: Option<i64>| at.map_or("no".to_owned(), |at| format!("since {}", when::iso(at)));
    let has = |it: bool| if it { "yes" } else { "no" }.to_owned();
    let mut lines = vec![
        ("subject", user.id.clone()),
        ("e-mail", user.email.clone()),
        ("verified", since(user.email_verified_at)),
        ("roles", roles.join(", ")),
        ("team", user.team.clone().unwrap_or_default()),
        ("disabled", since(user.disabled_at)),
        ("made", when::iso(user.created_at)),
        ("changed", when::iso(user.updated_at)),
        ("password", has(user.password_hash.is_some())),
        ("authenticator", has(belongings.totp_factors > 0)),
        ("passkeys", belongings.passkeys.to_string()),
        ("connected", belongings.identities.to_string()),
        ("recovery codes", belongings.recovery_codes.to_string()),
        ("sessions", belongings.sessions.to_string()),
        ("grants", belongings.grants.to_string()),
    ];
    if let Some(at) = belongings.link_expires_at {
        lines.push(("setup link", format!("works until {}", when::iso(at))));
    }
    // the account's own time of change is shown above
    let claims = claims.iter().filter(|(name, _)| *name != "updated_at");
    let claims =
        claims.map(|(name, value)| (name.as_str(), value.as_str().map_or(value.to_string(), str::to_owned)));
    let lines = lines.into_iter().chain(claims).map(|(what, value)| {
        let value = if value.is_empty() { "-" } else { &value };
        format!("{:<14}  {}", printable(what), printable(value))
    });
    lines.collect::<Vec<_>>().join("\n")
}
