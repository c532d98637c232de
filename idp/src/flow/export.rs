//! Everything that the realm holds about a person, for that person (ACC-11).

use serde_json::{Map, Value, json};

use super::{
    Error, Result, apps,
    sessions::{establish, owned},
    trusted_browsers::{self, Trusted},
};
use crate::{
    realm::Realm,
    session::{Session, device},
    store::{
        audit, factors,
        identities::{self, Identity},
        passkeys,
        users::{self, User},
    },
    words,
};

/// How many events are read at a time.
const PAGE: i64 = 500;

/// All of it as one JSON document. Times are in RFC 3339. It has no secrets: neither password nor seeds nor keys.
pub async fn everything(realm: &Realm, session: &Session) -> Result<Value> {
    let facts = &realm.store.facts;
    let user = users::by_id(facts, &session.user_id).await?;
    let user = user.ok_or(Error::Refused(establish::SESSION_ENDED))?;
    Ok(json!({
        "realm": realm.config.issuer,
        "account": account(realm, &user).await?,
        "ways_to_sign_in": ways_in(realm, &user).await?,
        "sessions": sessions(realm, session).await?,
        "apps": connected(realm, session).await?,
        "events": events(realm, &user).await?,
    }))
}

fn time(seconds: i64) -> Value {
    clock::when::iso(seconds).into()
}

fn time_of(seconds: Option<i64>) -> Value {
    seconds.map_or(Value::Null, time)
}

async fn account(realm: &Realm, user: &User) -> Result<Value> {
    let claims: Map<String, Value> = serde_json::from_str(&user.claims).unwrap_or_default();
    Ok(json!({
        "sub": user.id,
        "email": user.email,
        "email_confirmed": time_of(user.email_verified_at),
        "username": user.username,
        "profile": claims,
        "roles": users::roles(&realm.store.facts, &user.id).await?,
        "team": user.team,
        "language": user.language,
        "created": time(user.created_at),
        "changed": time(user.updated_at),
    }))
}

async fn ways_in(realm: &Realm, user: &User) -> Result<Value> {
    let facts = &realm.store.facts;
    let passkeys = passkeys::of_user(facts, &user.id).await?;
    let passkeys = passkeys.iter().map(|passkey| {
        json!({
            "name": passkey.label,
            "added": time(passkey.created_at),
            "last_used": time_of(passkey.last_used_at),
            "proved_model": passkey.attested_model,
        })
    });
    let trusted = trusted_browsers::list(realm, &user.id).await?;
    let identities = identities::of_user(facts, &user.id).await?;
    Ok(json!({
        "password": user.password_hash.is_some(),
        "authenticator_app": factors::enrolled(facts, &user.id).await?.app,
        "recovery_codes_left": factors::recovery_codes_left(facts, &user.id).await?,
        "passkeys": passkeys.collect::<Vec<_>>(),
        "browsers_without_second_factor": trusted.iter().map(trusted_browser).collect::<Vec<_>>(),
        "connected_sign_ins": identities.iter().map(identity).collect::<Vec<_>>(),
    }))
}

fn trusted_browser(browser: &Trusted) -> Value {
    json!({
        "browser": browser.user_agent,
        "address": browser.address,
        "since": time(browser.trusted_since),
        "until": time(browser.trusted_until),
    })
}

fn identity(identity: &Identity) -> Value {
    json!({
        "provider": identity.upstream,
        "issuer": identity.issuer,
        "subject": identity.subject,
        "email": identity.email,
        "connected": time(identity.created_at),
        "last_used": time_of(identity.last_used_at),
    })
}

async fn sessions(realm: &Realm, session: &Session) -> Result<Vec<Value>> {
    let listed = owned::list(realm, session).await?;
    let entry = |session: owned::Listed| {
        json!({
            "device": words::in_english(&device::name(&session.user_agent)),
            "browser": session.user_agent,
            "address": session.address,
            "methods": session.amr,
            "signed_in": time(session.auth_time),
            "last_seen": time(session.last_seen_at),
        })
    };
    Ok(listed.into_iter().map(entry).collect())
}

async fn connected(realm: &Realm, session: &Session) -> Result<Vec<Value>> {
    let entry = |(client_id, app): (String, apps::Connected)| {
        json!({
            "name": realm.client(&client_id).map(|client| client.name.clone()),
            "client_id": client_id,
            "scope": app.scope.to_string(),
            "first_used": time_of(app.first_at),
            "last_used": time_of(app.last_at),
        })
    };
    Ok(apps::list(realm, session).await?.into_iter().map(entry).collect())
}

async fn events(realm: &Realm, user: &User) -> Result<Vec<Value>> {
    let (mut events, mut from) = (Vec::new(), (i64::MAX, String::new()));
    loop {
        let page = audit::of_user(&realm.store.facts, &user.id, 0, (from.0, &from.1), PAGE).await?;
        let Some(last) = page.last() else { return Ok(events) };
        from = (last.happened_at, last.id.clone());
        events.extend(page.into_iter().map(|event| {
            json!({
                "when": time(event.happened_at),
                "what": event.kind,
                "client_id": event.client_id,
                "address": event.address,
                "by": event.actor,
            })
        }));
    }
}
