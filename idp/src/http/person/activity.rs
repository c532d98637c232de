//! The page of what happened to one's own account.

use axum::{http::StatusCode, response::Response};
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
        frame: respond::frame(&context.realm, &context.visit.request_id),
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
fn sentence(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "sign_in.succeeded" => "Signed in",
        "sign_in.failed" => "A wrong password was typed",
        "sign_in.throttled" | "second_factor.throttled" => "Too many attempts to sign in: they have to wait",
        "password.accepted" => "The right password was typed",
        "password.failed" => "A wrong password was typed on the page that changes it",
        "passkey.accepted" => "A passkey was used",
        "passkey.failed" => "A passkey was refused",
        "second_factor.totp" => "A code of the authenticator app was used",
        "second_factor.passkey" => "A passkey was used as the second factor",
        "second_factor.recovery_code" => "A recovery code was used",
        "second_factor.failed" => "A wrong code was typed",
        "factor.totp_enrolled" => "An authenticator app was set up",
        "factor.passkey_added" => "A passkey was added",
        "factor.passkey_removed" => "A passkey was removed",
        "factor.recovery_codes_replaced" => "New recovery codes were made",
        "account.registered" | "account.added" => "The account was created",
        "account.set_up" => "The account was set up",
        "account.recovered" => "The account was set up again",
        "account.disabled" => "The account was switched off",
        "account.enabled" => "The account was switched on",
        "account.unlocked" => "Waits after wrong passwords were ended",
        "account.factors_reset" => "The second factors were taken away",
        "account.claims_changed" => "The profile was changed",
        "account.roles_changed" => "The roles were changed",
        "account.deletion_asked" => "The account was going to be deleted",
        "account.deletion_taken_back" => "The account was to be deleted, and stays",
        "account.password_changed" => "The password was changed",
        "account.password_reset" => "A new password was chosen by mail",
        "account.email_verified" => "The e-mail address was confirmed",
        "account.email_changed" => "The e-mail address was changed",
        "account.email_change_undone" => "A change of the e-mail address was taken back",
        "account.sessions_disowned" => "Everybody was signed out, by the mail about a new device",
        "mail.asked" => "A mail with a link was asked for",
        "mail_code.failed" => "A wrong mailed code was typed",
        "session.ended" => "A session ended",
        "consent.given" => "An app was allowed something",
        "consent.withdrawn" => "An app was disconnected",
        "code.issued" => "An app was signed in to",
        "token.revoked" => "An app has given its access back",
        "code.replayed" | "code.misused" | "refresh_token.reused" => {
            "Something of an app was used twice, and its access was ended"
        }
        _ => return None,
    })
}
