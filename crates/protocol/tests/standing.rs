//! What of a grant or token stands, for everything that can be taken away (Q7).

#![cfg(test)]

mod common;

use common::{AUDIENCE, ISSUER, NOW, client, scope};
use protocol::{
    access_token::AccessClaims,
    acr::{Amr, MFA, OTP, PWD, SINGLE},
    authorize::{FactorPolicy, RequestedClaims},
    client::{Authentication, Client, GrantType},
    grant::Grant,
    scope::Scope,
    standing::{Fallen, Known, of_access_token, of_client_token, of_grant},
};

const GRANTED: &str = "openid email offline_access";

fn grant() -> Grant {
    Grant {
        id: "g-1".into(),
        client_id: "app".into(),
        user_id: "u-1".into(),
        sid: "s-1".into(),
        scope: scope(GRANTED),
        redirect_uri: "https://app.example/cb".into(),
        nonce: None,
        code_challenge: None,
        claims: RequestedClaims::default(),
        auth_time: NOW - 10,
        acr: SINGLE.into(),
        amr: Amr::from_iter([PWD]),
        code_expires_at: NOW + 60,
        issued_at: NOW,
        generation: 1,
        generation_at: NOW,
        refresh_expires_at: NOW + 100,
        refresh_absolute_at: NOW + 1000,
        revoked_at: None,
    }
}

fn claims(text: &str) -> AccessClaims {
    AccessClaims {
        iss: ISSUER.into(),
        sub: "u-1".into(),
        aud: vec![AUDIENCE.into()],
        exp: NOW + 60,
        iat: NOW,
        jti: "g-1.x".into(),
        client_id: "app".into(),
        scope: scope(text),
        auth_time: None,
        acr: None,
        amr: Amr::default(),
        sid: None,
        roles: Vec::new(),
        permissions: Vec::new(),
        team: None,
    }
}

/// Judges with one thing taken away.
fn after(grant: &Grant, change: impl for<'a> Fn(&mut Known<'a>)) -> Result<Scope, Fallen> {
    let (client, offered, consent) = (client(), scope("openid email offline_access orders"), scope(GRANTED));
    let mut known = Known {
        client: Some(&client),
        offered: &offered,
        account: true,
        session_ended: false,
        consent: Some(&consent),
        factor: FactorPolicy::Optional,
        not_before: 0,
    };
    change(&mut known);
    of_grant(grant, &known)
}

#[test]
fn q7_a_grant_stands_as_long_as_everything_it_rests_on() {
    assert_eq!(after(&grant(), |_| {}), Ok(scope(GRANTED)));
    assert_eq!(after(&grant(), |known| known.client = None), Err(Fallen::ClientGone));
    assert_eq!(after(&grant(), |known| known.account = false), Err(Fallen::AccountGone));
    assert_eq!(after(&grant(), |known| known.session_ended = true), Err(Fallen::SessionEnded));
    assert_eq!(after(&grant(), |known| known.consent = None), Err(Fallen::ConsentWithdrawn));
    assert_eq!(after(&grant(), |known| known.not_before = NOW - 10), Err(Fallen::AllEnded));
    assert_eq!(after(&grant(), |known| known.not_before = NOW - 11), Ok(scope(GRANTED)));
    let revoked = Grant { revoked_at: Some(NOW), ..grant() };
    assert_eq!(after(&revoked, |_| {}), Err(Fallen::Revoked));
}

#[test]
fn q7_a_factor_that_is_demanded_now_must_have_been_proved_then() {
    let with_app = Grant { amr: Amr::from_iter([PWD, OTP, MFA]), ..grant() };
    let with_passkey = Grant { amr: Amr::from_iter([PWD]).with_passkey(true), ..grant() };
    for (policy, grant, stands) in [
        (FactorPolicy::Required, &grant(), false),
        (FactorPolicy::Required, &with_app, true),
        (FactorPolicy::PhishingResistant, &with_app, false),
        (FactorPolicy::PhishingResistant, &with_passkey, true),
    ] {
        let expected = if stands { Ok(scope(GRANTED)) } else { Err(Fallen::FactorMissing) };
        assert_eq!(after(grant, |known| known.factor = policy), expected, "{policy:?} {:?}", grant.amr);
    }
}

fn judged(client: &Client, offered: &str, consent: Option<&str>) -> Result<Scope, Fallen> {
    let (offered, consent) = (scope(offered), consent.map(scope));
    let known = Known {
        client: Some(client),
        offered: &offered,
        account: true,
        session_ended: false,
        consent: consent.as_ref(),
        factor: FactorPolicy::Optional,
        not_before: 0,
    };
    of_grant(&grant(), &known)
}

#[test]
fn q7_scopes_that_the_client_or_the_realm_lost_are_left_out() {
    let poorer = Client { scope: scope("openid profile"), ..client() };
    assert_eq!(judged(&poorer, GRANTED, Some(GRANTED)), Ok(scope("openid")));
    assert_eq!(judged(&client(), "email orders", Some(GRANTED)), Ok(scope("email")));
    assert_eq!(judged(&client(), "orders", Some(GRANTED)), Err(Fallen::ScopeGone));
    assert_eq!(judged(&client(), GRANTED, Some("openid email")), Err(Fallen::ConsentWithdrawn));
    let ours = Client { first_party: true, ..client() };
    assert_eq!(judged(&ours, GRANTED, None), Ok(scope(GRANTED)), "nobody is asked for ours");
}

#[test]
fn q7_an_access_token_has_no_more_than_itself_and_its_grant() {
    let (client, offered) = (client(), scope(GRANTED));
    let consent = scope(GRANTED);
    let known = Known {
        client: Some(&client),
        offered: &offered,
        account: true,
        session_ended: false,
        consent: Some(&consent),
        factor: FactorPolicy::Optional,
        not_before: 0,
    };
    assert_eq!(of_access_token(&claims("openid orders"), &grant(), &known), Ok(scope("openid")));
    assert_eq!(of_access_token(&claims("orders"), &grant(), &known), Err(Fallen::ScopeGone));
    for foreign in [
        AccessClaims { sub: "u-2".into(), ..claims("openid") },
        AccessClaims { client_id: "other".into(), ..claims("openid") },
    ] {
        assert_eq!(of_access_token(&foreign, &grant(), &known), Err(Fallen::Revoked));
    }
}

#[test]
fn q7_a_clients_own_token_stands_as_long_as_the_client_may_have_one() {
    let offered = scope("orders openid");
    let judged = |client: Option<&Client>, revoked, not_before| {
        of_client_token(&claims("orders"), revoked, client, &offered, not_before)
    };
    let own = client();
    assert_eq!(judged(Some(&own), false, NOW - 1), Ok(scope("orders")));
    assert_eq!(judged(Some(&own), true, 0), Err(Fallen::Revoked));
    assert_eq!(judged(Some(&own), false, NOW), Err(Fallen::AllEnded));
    assert_eq!(judged(None, false, 0), Err(Fallen::ClientGone));
    let without = Client { grant_types: vec![GrantType::AuthorizationCode], ..client() };
    let public = Client { authentication: Authentication::None, ..client() };
    for client in [&without, &public] {
        assert_eq!(judged(Some(client), false, 0), Err(Fallen::GrantTypeGone));
    }
    let poorer = Client { scope: scope("openid"), ..client() };
    assert_eq!(judged(Some(&poorer), false, 0), Err(Fallen::ScopeGone));
    let bare = of_client_token(&claims(""), false, Some(&own), &offered, 0);
    assert_eq!(bare, Ok(Scope::default()), "there was nothing to take away");
}
