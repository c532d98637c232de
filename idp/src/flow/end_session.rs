//! Sign-out that clients ask for (OUT-1, OUT-2, OUT-5): through the person's browser, or by a call of their own.

use std::sync::Arc;

use protocol::{
    catalogue,
    client::Client,
    client_auth::AuthenticatedClient,
    end_session::{self, Named, Request, Verdict, WayBack},
    id_token::{self, Hint},
    params::Params,
};

use super::{Result, sign_out};
use crate::{
    paths,
    realm::Realm,
    session::Visit,
    store::{sessions, users},
};

/// The reason for these sign-outs in the audit trail.
const REASON: &str = "signed_out";

/// Answers a browser that a client or a link sent here. With [`Verdict::End`] the session has ended.
pub async fn by_browser(realm: &Realm, visit: &Visit, params: &Params) -> Result<Verdict> {
    params.check_no_repeats()?;
    let hint = hint(realm, params).await?;
    let session = visit.to_end();
    let verdict = end_session::judge(&Request {
        session: session.map(|session| Named { sid: &session.sid, sub: &session.user_id }),
        hinted_is_over: session.is_none() && is_over(realm, hint.as_ref()).await?,
        client: end_session::asking(hint.as_ref(), params.one("client_id")?).and_then(|id| client(realm, id)),
        hint: hint.as_ref(),
        post_logout_redirect_uri: params.one("post_logout_redirect_uri")?,
        state: params.one("state")?,
    });
    if let Verdict::End(_) = verdict {
        end(realm, visit).await?;
    }
    Ok(verdict)
}

/// Ends the browser's session after the person agreed to that. Returns where the browser goes: to the client's redirect
/// URI that the page carried, judged again, or to a page of this realm.
pub async fn confirmed(realm: &Realm, visit: &Visit, params: &Params) -> Result<String> {
    let client = params.first("client_id").and_then(|id| client(realm, id));
    let uri = params.first("post_logout_redirect_uri");
    let state = params.first("state").filter(|state| !state.is_empty());
    let back = client.zip(uri).and_then(|(client, uri)| WayBack::to(client, uri, state));
    let leads_to = back.map_or_else(|| paths::SIGNED_OUT.to_owned(), |back| back.location());
    if let Some(session) = visit.to_end() {
        sign_out::by_form(realm, visit, session, REASON, &leads_to).await?;
    }
    Ok(leads_to)
}

/// Ends the session that an authenticated client names by an ID token of its own. Returns the redirect that it asked
/// for.
pub async fn by_client(
    realm: &Realm,
    client: &AuthenticatedClient,
    params: &Params,
) -> Result<Option<WayBack>> {
    let hint = hint(realm, params).await?;
    let longest = realm.config.session.absolute;
    let named = end_session::by_client(client, hint.as_ref(), longest, realm.now())?;
    let back = match params.one("post_logout_redirect_uri")? {
        Some(uri) => {
            Some(WayBack::to(client, uri, params.one("state")?).ok_or(catalogue::UNREGISTERED_LOGOUT_URI)?)
        }
        None => None,
    };
    sign_out::end(realm, named.sid, named.sub, REASON).await?;
    Ok(back)
}

/// The e-mail address of the account that would be signed out.
pub async fn account(realm: &Realm, visit: &Visit) -> Result<Option<String>> {
    let Some(session) = &visit.session else { return Ok(None) };
    Ok(users::by_id(&realm.store.facts, &session.user_id).await?.map(|user| user.email))
}

async fn end(realm: &Realm, visit: &Visit) -> Result<()> {
    match visit.to_end() {
        Some(session) => sign_out::end(realm, &session.sid, &session.user_id, REASON).await,
        None => Ok(()),
    }
}

async fn hint(realm: &Realm, params: &Params) -> Result<Option<Hint>> {
    let Some(token) = params.one("id_token_hint")? else { return Ok(None) };
    let Some(keys) = realm.keys.ready().await else { return Ok(None) };
    Ok(id_token::verify_hint(&keys.set, token, &realm.config.issuer).ok())
}

/// Whether the session that the hint names was ended.
async fn is_over(realm: &Realm, hint: Option<&Hint>) -> Result<bool> {
    let Some(sid) = hint.and_then(|hint| hint.sid.as_deref()) else { return Ok(false) };
    Ok(sessions::was_ended(&realm.store.facts, sid).await?)
}

fn client<'a>(realm: &'a Realm, id: &str) -> Option<&'a Client> {
    realm.client(id).map(Arc::as_ref)
}
