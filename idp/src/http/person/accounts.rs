//! The page of the accounts that are signed in to in this browser (ACC-14).

use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        context::Context,
        pages::{AccountLine, AccountsPage},
        request::Form,
        respond,
    },
    sessions::method,
};
use crate::{
    flow::{
        Result, account,
        sessions::choice::{self, Chosen, Ended, Listed},
    },
    paths,
    session::interaction::Wanted,
};

/// `GET /account/accounts`. It needs no session in use, so that somebody who has signed out of one account sees the
/// others.
pub async fn list(context: Context) -> Response {
    let result = page(&context).await;
    context.finish(result)
}

async fn page(context: &Context) -> Result<Response> {
    let (realm, visit) = (&context.realm, &context.visit);
    let listed = choice::list(realm, visit).await?;
    if listed.is_empty() {
        let id = account::sign_in_to(realm, visit, paths::ACCOUNTS, None).await?;
        return Ok(respond::to_interaction(context, &id));
    }
    let shown = AccountsPage {
        frame: respond::frame(context),
        action: paths::ACCOUNTS.to_owned(),
        csrf: context.csrf(),
        full: full(context, &listed),
        account_url: visit.session.as_ref().map(|_| paths::ACCOUNT.to_owned()),
        accounts: listed.into_iter().map(|account| line(context, account)).collect(),
    };
    respond::page(StatusCode::OK, &shown)
}

/// An account as the pages show it.
pub fn line(context: &Context, account: Listed) -> AccountLine {
    AccountLine {
        method: method(&account.amr),
        signed_in: context.realm.config.time_zone.at(account.auth_time),
        sid: account.sid,
        name: account.name,
        email: account.email,
        is_in_use: account.is_in_use,
        is_live: account.is_live,
    }
}

/// How many accounts fit into this browser, where there is no room for a further one.
pub fn full(context: &Context, listed: &[Listed]) -> Option<usize> {
    let most = context.realm.config.session.accounts_per_browser;
    (!choice::has_room(&context.realm, listed)).then_some(most)
}

/// `POST /account/accounts`: goes on with another account, adds one, or signs out of one or all.
pub async fn change(form: Form) -> Response {
    let result = changed(&form).await;
    form.finish(result).await
}

async fn changed(form: &Form) -> Result<Response> {
    let context = &form.context;
    let (realm, visit, sid) = (&context.realm, &context.visit, form.field("sid"));
    match form.field("decision") {
        "use" => {
            let keeps = account::signed_in(realm, visit, None).await?.is_some();
            match choice::go_on_with(realm, visit, sid, keeps, None).await? {
                Chosen::Same => Ok(respond::see_other(paths::ACCOUNT)),
                Chosen::InUse(cookie) => {
                    Ok(respond::with_session(context, respond::see_other(paths::ACCOUNT), &cookie))
                }
                Chosen::SignIn(address) => sign_in(context, Some(address)).await,
                Chosen::Unknown => Ok(respond::see_other(paths::ACCOUNTS)),
            }
        }
        "add" if choice::has_room(realm, &choice::list(realm, visit).await?) => sign_in(context, None).await,
        "end" => {
            let ended = choice::end(realm, visit, sid, paths::ACCOUNTS).await?;
            let response = respond::see_other(paths::ACCOUNTS);
            Ok(if ended == Ended::InUse { respond::without_session(context, response) } else { response })
        }
        "all" => {
            choice::end_all(realm, visit, paths::SIGNED_OUT).await?;
            Ok(respond::without_session(context, respond::see_other(paths::SIGNED_OUT)))
        }
        _ => Ok(respond::see_other(paths::ACCOUNTS)),
    }
}

/// To a sign-in beside the account in use. One whose sign-in is half done makes way.
async fn sign_in(context: &Context, address: Option<String>) -> Result<Response> {
    let (realm, visit) = (&context.realm, &context.visit);
    let further = account::signed_in(realm, visit, None).await?.is_some();
    let wanted = Wanted { further, address, ..Wanted::default() };
    let id = account::sign_in_to_another(realm, visit, wanted).await?;
    Ok(respond::to_interaction(context, &id))
}
