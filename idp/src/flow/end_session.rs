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

use super::{
    Result,
    sessions::choice::{self, Ended},
    sign_out,
};
use crate::{
    paths,
    realm::Realm,
    session::{Session, Visit},
    store::sessions,
};

/// The reason for these sign-outs in the audit trail.
const REASON: &str = "signed_out";

/// The answer to a browser.
pub struct Answer {
    /// The decision. With [`Verdict::End`] the session has ended.
    pub verdict: Verdict,
    /// The public name of the session that it is about.
    pub sid: Option<String>,
    /// Whether that is the session in use, or the browser has none.
    pub is_in_use: bool,
}
opaque!(Answer);

/// Answers a browser that a client or a link sent here.
pub async fn by_browser(realm: &Realm, visit: &Visit, params: &Params) -> Result<Answer> {
    params.check_no_repeats()?;
    let hint = hint(realm, params).await?;
    let others = visit.beside.unended(&realm.store.facts).await?;
    let names: Vec<Named<'_>> = others.iter().map(named).collect();
    let in_use = visit.to_end().map(named);
    let session = end_session::about(hint.as_ref(), in_use, &names);
    let verdict = end_session::judge(&Request {
        session,
        has_others: !others.is_empty(),
        hinted_is_over: session.is_none() && is_over(realm, hint.as_ref()).await?,
        client: end_session::asking(hint.as_ref(), params.one("client_id")?).and_then(|id| client(realm, id)),
        hint: hint.as_ref(),
        post_logout_redirect_uri: params.one("post_logout_redirect_uri")?,
        state: params.one("state")?,
    });
    if let (Verdict::End(_), Some(Named { sid, sub })) = (&verdict, session) {
        sign_out::end(realm, sid, sub, REASON).await?;
        for ended in others.iter().filter(|other| other.sid == sid) {
            visit.beside.forget(&ended.id_hash);
        }
    }
    Ok(Answer { verdict, is_in_use: session == in_use, sid: session.map(|session| session.sid.to_owned()) })
}

fn named(session: &Session) -> Named<'_> {
    Named { sid: &session.sid, sub: &session.user_id }
}

/// Ends the session that the page asked about, or all of the browser's, after the person agreed to that. Returns where the
/// browser goes: to the client's redirect URI that the page carried, judged again, or to a page of this realm.
pub async fn confirmed(realm: &Realm, visit: &Visit, params: &Params) -> Result<(String, Ended)> {
    let client = params.first("client_id").and_then(|id| client(realm, id));
    let uri = params.first("post_logout_redirect_uri");
    let state = params.first("state").filter(|state| !state.is_empty());
    let back = client.zip(uri).and_then(|(client, uri)| WayBack::to(client, uri, state));
    let leads_to = back.map_or_else(|| paths::SIGNED_OUT.to_owned(), |back| back.location());
    let ended = match (params.first("all"), params.first("sid"), visit.to_end()) {
        (Some(_), _, _) => {
            choice::end_all(realm, visit, &leads_to).await?;
            Ended::InUse
        }
        (None, Some(sid), _) => choice::end(realm, visit, sid, &leads_to).await?,
        (None, None, Some(session)) => {
            sign_out::by_form(realm, visit, session, REASON, &leads_to).await?;
            Ended::InUse
        }
        (None, None, None) => Ended::InUse,
    };
    Ok((leads_to, ended))
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

/// The e-mail address of the account that would be signed out, if its session is alive.
pub async fn account(realm: &Realm, visit: &Visit, sid: Option<&str>) -> Result<Option<String>> {
    let listed = choice::list(realm, visit).await?;
    let asked_about = listed.into_iter().find(|account| Some(account.sid.as_str()) == sid);
    Ok(asked_about.filter(|account| account.is_live).map(|account| account.email))
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
