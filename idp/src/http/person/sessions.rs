//! The page of a person's sessions.

use axum::{http::StatusCode, response::Response};
use language::Message;
use protocol::acr::{self, Amr};

use super::{
    super::{
        context::Context,
        pages::{SessionLine, SessionsPage, TrustedLine},
        request::Form,
        respond,
    },
    account::enter,
};
use crate::{
    flow::{
        Result,
        sessions::owned::{self, Listed, Which},
        sign_out,
        trusted_browsers::{self, Trusted},
    },
    paths,
    session::{Session, device},
};

/// `GET /account/sessions`
pub async fn list(context: Context) -> Response {
    let result = match enter(&context, paths::SESSIONS, None).await {
        Ok(Ok(session)) => page(&context, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

async fn page(context: &Context, session: &Session) -> Result<Response> {
    let listed = owned::list(&context.realm, session).await?;
    let trusted = trusted_browsers::list(&context.realm, &session.user_id).await?;
    let page = SessionsPage {
        frame: respond::frame(context),
        action: paths::SESSIONS.to_owned(),
        csrf: context.csrf(),
        sessions: listed.into_iter().map(|session| line(context, session)).collect(),
        trusted: trusted.into_iter().map(|browser| trusted_line(context, browser)).collect(),
        account_url: paths::ACCOUNT.to_owned(),
    };
    respond::page(StatusCode::OK, &page)
}

fn line(context: &Context, session: Listed) -> SessionLine {
    let zone = &context.realm.config.time_zone;
    SessionLine {
        device: device::name(&session.user_agent),
        is_this: session.is_this,
        method: method(&session.amr),
        address: session.address,
        signed_in: zone.at(session.auth_time),
        seen: zone.at(session.last_seen_at),
        sid: session.sid,
    }
}

fn trusted_line(context: &Context, browser: Trusted) -> TrustedLine {
    let zone = &context.realm.config.time_zone;
    TrustedLine {
        device: device::name(browser.user_agent.as_deref().unwrap_or_default()),
        is_this: browser.browser_hash == context.visit.browser_hash(),
        address: browser.address,
        since: zone.at(browser.trusted_since),
        until: zone.at(browser.trusted_until),
        id: browser.browser_hash,
    }
}

/// How the person signed in, in plain words.
pub fn method(amr: &Amr) -> Message {
    let passkey = amr.contains(acr::HWK) || amr.contains(acr::SWK);
    let code = amr.contains(acr::OTP);
    if amr.contains(acr::FED) {
        return Message::new(match (passkey, code) {
            (true, _) => "sessions-method-upstream-passkey",
            (false, true) => "sessions-method-upstream-code",
            (false, false) => "sessions-method-upstream",
        });
    }
    if amr.contains(acr::EMAIL) {
        return Message::new(match (passkey, code) {
            (true, _) => "sessions-method-mail-passkey",
            (false, true) => "sessions-method-mail-code",
            (false, false) => "sessions-method-mail",
        });
    }
    Message::new(match (amr.contains(acr::PWD), passkey, code) {
        (true, true, _) => "sessions-method-both",
        (false, true, _) => "sessions-method-passkey",
        (_, false, true) => "sessions-method-code",
        (_, false, false) => "sessions-method-password",
    })
}

/// `POST /account/sessions`: ends one session, all others, or the trust in a browser. Who ends the session in use is
/// signed out.
pub async fn end(form: Form) -> Response {
    let context = &form.context;
    let result = match enter(context, paths::SESSIONS, None).await {
        Ok(Ok(session)) => ended(&form, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    form.finish(result).await
}

async fn ended(form: &Form, session: &Session) -> Result<Response> {
    let context = &form.context;
    let (realm, visit, sid) = (&context.realm, &context.visit, form.field("sid"));
    if form.field("change") == "forget" {
        trusted_browsers::forget(realm, visit, session, form.field("browser")).await?;
        return Ok(respond::see_other(paths::SESSIONS));
    }
    if sid == session.sid {
        sign_out::by_form(realm, visit, session, "signed_out", paths::SIGNED_OUT).await?;
        return Ok(respond::without_session(context, respond::see_other(paths::SIGNED_OUT)));
    }
    let which = if form.field("change") == "others" { Which::Others } else { Which::One(sid) };
    owned::end(realm, visit, session, which).await?;
    Ok(respond::see_other(paths::SESSIONS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acc7_a_session_says_how_its_person_signed_in() {
        let said = |methods: &[&str]| method(&methods.iter().copied().collect());
        assert_eq!(said(&[acr::PWD]), Message::new("sessions-method-password"));
        assert_eq!(said(&[acr::PWD, acr::OTP, acr::MFA]), Message::new("sessions-method-code"));
        assert_eq!(said(&[acr::HWK, acr::USER, acr::MFA]), Message::new("sessions-method-passkey"));
        let both = said(&[acr::PWD, acr::SWK, acr::USER, acr::MFA]);
        assert_eq!(both, Message::new("sessions-method-both"));
        assert_eq!(said(&[acr::EMAIL]), Message::new("sessions-method-mail"));
        assert_eq!(said(&[acr::EMAIL, acr::OTP, acr::MFA]), Message::new("sessions-method-mail-code"));
        assert_eq!(said(&[acr::FED]), Message::new("sessions-method-upstream"));
        assert_eq!(said(&[acr::FED, acr::MFA]), Message::new("sessions-method-upstream"));
        let code = said(&[acr::FED, acr::OTP, acr::MFA]);
        assert_eq!(code, Message::new("sessions-method-upstream-code"));
        let passkey = said(&[acr::FED, acr::SWK, acr::USER, acr::MFA]);
        assert_eq!(passkey, Message::new("sessions-method-upstream-passkey"));
        let passkey = said(&[acr::EMAIL, acr::SWK, acr::USER, acr::MFA]);
        assert_eq!(passkey, Message::new("sessions-method-mail-passkey"));
    }
}
