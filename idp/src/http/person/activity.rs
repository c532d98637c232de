//! The page of what happened to one's own account.

use axum::{http::StatusCode, response::Response};
use language::Message;
use web::params::{ParamsRejection, QueryParams};

use super::{
    super::{
        context::Context,
        pages::{ActivityPage, EventLine},
        respond,
    },
    account::enter,
};
use crate::{
    flow::{
        Result,
        activity::{self, Happened},
    },
    paths,
    session::Session,
};

/// `GET /account/activity`
pub async fn list(context: Context, query: std::result::Result<QueryParams, ParamsRejection>) -> Response {
    let from = query.ok().and_then(|QueryParams(query)| query.first("from").map(str::to_owned));
    let result = match enter(&context, paths::ACTIVITY, None).await {
        Ok(Ok(session)) => page(&context, &session, from.as_deref()).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

async fn page(context: &Context, session: &Session, from: Option<&str>) -> Result<Response> {
    let found = activity::page(&context.realm, session, from).await?;
    let page = ActivityPage {
        frame: respond::frame(context),
        events: found.events.iter().filter_map(|event| line(context, event)).collect(),
        is_first: from.is_none(),
        older_url: found.next.map(|next| format!("{}?from={next}", paths::ACTIVITY)),
        account_url: paths::ACCOUNT.to_owned(),
    };
    respond::page(StatusCode::OK, &page)
}

fn line(context: &Context, event: &Happened) -> Option<EventLine> {
    let app = event
        .client_id
        .as_deref()
        .map(|id| context.realm.client(id).map_or_else(|| id.to_owned(), |client| client.name.clone()));
    Some(EventLine {
        what: sentence(&event.kind)?,
        app,
        when: context.realm.config.time_zone.at(event.happened_at),
        address: event.address.clone(),
        by_operator: event.actor.is_some(),
    })
}

/// What happened, in plain words; `None` for what is of no use to the account's owner.
fn sentence(kind: &str) -> Option<Message> {
    Some(Message::new(match kind {
        "sign_in.succeeded" => "activity-signed-in",
        "sign_in.failed" => "activity-sign-in-failed",
        "sign_in.throttled" | "second_factor.throttled" => "activity-throttled",
        "password.accepted" => "activity-password-accepted",
        "password.failed" => "activity-password-failed",
        "sign_in.mail" => "activity-sign-in-mail",
        "sign_in.upstream" => "activity-sign-in-upstream",
        "account.upstream_connected" => "activity-upstream-connected",
        "account.upstream_disconnected" => "activity-upstream-disconnected",
        "passkey.accepted" => "activity-passkey-accepted",
        "passkey.failed" => "activity-passkey-failed",
        "second_factor.totp" => "activity-second-factor-app",
        "second_factor.passkey" => "activity-second-factor-passkey",
        "second_factor.recovery_code" => "activity-second-factor-recovery",
        "second_factor.failed" => "activity-second-factor-failed",
        "factor.browser_trusted" => "activity-browser-trusted",
        "factor.browser_forgotten" => "activity-browser-forgotten",
        "factor.totp_enrolled" => "activity-app-enrolled",
        "factor.passkey_added" => "activity-passkey-added",
        "factor.passkey_removed" => "activity-passkey-removed",
        "factor.recovery_codes_replaced" => "activity-codes-replaced",
        "account.registered" | "account.added" | "account.imported" => "activity-account-created",
        "account.set_up" => "activity-account-set-up",
        "account.recovered" => "activity-account-recovered",
        "account.disabled" => "activity-account-disabled",
        "account.enabled" => "activity-account-enabled",
        "account.unlocked" => "activity-account-unlocked",
        "account.factors_reset" => "activity-factors-reset",
        "account.claims_changed" => "activity-profile-changed",
        "account.roles_changed" => "activity-roles-changed",
        "account.deletion_asked" => "activity-deletion-asked",
        "account.deletion_taken_back" => "activity-deletion-taken-back",
        "account.password_changed" => "activity-password-changed",
        "account.password_reset" => "activity-password-reset",
        "account.email_verified" => "activity-address-confirmed",
        "account.email_changed" => "activity-address-changed",
        "account.email_change_undone" => "activity-address-change-undone",
        "account.sessions_disowned" => "activity-sessions-disowned",
        "mail.asked" => "activity-mail-asked",
        "mail_code.failed" => "activity-mail-code-failed",
        "session.ended" => "activity-session-ended",
        "consent.given" => "activity-consent-given",
        "consent.withdrawn" => "activity-consent-withdrawn",
        "code.issued" => "activity-app-signed-in",
        "token.revoked" => "activity-token-revoked",
        "code.replayed" | "code.misused" | "refresh_token.reused" => "activity-used-twice",
        _ => return None,
    }))
}
