//! The work of clients: an account, a code, tokens, and one of the ways in which a grant ends, or none.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use reqwest::StatusCode;

use super::{
    Count,
    client::{Client, Cut, Realm},
    ledger::{Ledger, SIGNED_OUT, State},
};
use crate::{
    Page,
    people::PASSWORD,
    relying_party::{Attempt, CALLBACK, JsonAnswer},
};

/// More than the number of clients at a time.
const MOST: usize = 256;
const SCOPE: &str = "openid profile email offline_access orders";
/// How often a client repeats a request: together longer than any server is down.
const TRIES: usize = 300;
const PAUSE: std::time::Duration = std::time::Duration::from_millis(100);

/// Runs one client after the other until `over` is set. Returns their promises. Each client has its own address,
/// because the number of new accounts per address is limited.
pub(super) async fn live(
    realm: Arc<Realm>,
    number: usize,
    over: Arc<AtomicBool>,
    count: Arc<Count>,
) -> Ledger {
    let mut ledger = Ledger::default();
    for round in 0.. {
        if over.load(Ordering::Relaxed) {
            break;
        }
        let mut client = Client::new(&realm, round * MOST + number);
        // a client gives up at a missing answer; the ledger has the promises before it
        let done = self::round(&mut client, (number, round)).await;
        if done.is_err() {
            count.cuts.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(PAUSE).await;
        } else {
            count.rounds.fetch_add(1, Ordering::Relaxed);
        }
        ledger.add(client.ledger);
    }
    ledger
}

async fn round(client: &mut Client<'_>, (number, round): (usize, usize)) -> Result<(), Cut> {
    let email = format!("w{number}-{round}@example.org");
    // clients take the ways in turn, so that at any time all ways are in use
    let way = (number + round) % 5;
    let attempt = client.realm.party.authorize(&[("scope", SCOPE)]);
    let code = register(client, &attempt, &email).await?;
    if way == 4 {
        return race(client, &attempt, &code).await;
    }
    let grant = redeem(client, &attempt, &code).await?;
    use_it(client, grant).await?;
    match way {
        0 => {
            let answer = token(client, &attempt, &code).await;
            end(client, grant, "replayed", answer.map(|answer| answer.status == StatusCode::BAD_REQUEST))?;
            client.ledger.event("code.replayed");
        }
        1 => {
            let refresh = client.ledger.grants[grant].refresh.clone();
            let answer = client.call("revocation", &[("token", &refresh)]).await;
            end(client, grant, "revoked", answer.map(|answer| answer.status.is_success()))?;
        }
        2 => sign_out(client, grant).await?,
        _ => for_itself(client).await?,
    }
    look_at_end(client, grant).await
}

/// Notes an unexpected answer.
fn unexpected(client: &mut Client<'_>, what: &str, answer: &JsonAnswer) -> Cut {
    client.ledger.broken.push(format!("{what}: {} {}", answer.status, answer.body));
    Cut
}

/// Notes an unexpected page.
fn lost(client: &mut Client<'_>, what: &str, page: &Page) -> Cut {
    client.ledger.broken.push(format!("{what}: {}", page.summary()));
    Cut
}

/// Registers an account during a sign-in, and consents. Returns the code.
async fn register(client: &mut Client<'_>, attempt: &Attempt, email: &str) -> Result<String, Cut> {
    let page = client.visit(&attempt.url).await?;
    if page.status == StatusCode::NOT_FOUND {
        // a server that crashes may lose what was half-finished for less than a second; its person begins again
        client.ledger.cuts.push(format!("a sign-in that had just begun: {}", page.summary()));
        return Err(Cut);
    }
    if !page.has("register") {
        return Err(lost(client, "no way to an account", &page));
    }
    let page = client.visit(&page.link("register")).await?;
    let form = page.form("register-submit").with("email", email).with("name", "Wit Ness");
    let page = client.post(&form.with("password", PASSWORD)).await?;
    if page.status != StatusCode::SEE_OTHER {
        return Err(lost(client, "no account", &page));
    }
    let cookies = client.cookies();
    client.ledger.registered(email, cookies);
    let page = client.follow(page).await?;
    if !page.has("consent-allow") {
        return Err(lost(client, "no consent page", &page));
    }
    let page = client.post(&page.form("consent-allow").press("consent-allow")).await?;
    if page.status != StatusCode::SEE_OTHER {
        return Err(lost(client, "no consent", &page));
    }
    client.ledger.event("consent.given");
    let mut page = client.follow(page).await?;
    if page.has("restart") && client.went_by_proxy() {
        // the answer with the code was cut off, and the proxy repeated the request: it may, because it is a GET
        client.ledger.cuts.push("the code of a request that is finished".to_owned());
        page = client.visit(&page.link("restart")).await?;
    }
    match page.left_to.is_some().then(|| page.callback_param("code")).flatten() {
        // the event of an issued code is stored a moment later: if the process is killed, only the event is lost
        Some(code) => Ok(code),
        None => Err(lost(client, "no code", &page)),
    }
}

async fn token(client: &mut Client<'_>, attempt: &Attempt, code: &str) -> Result<JsonAnswer, Cut> {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", attempt.verifier.as_str()),
    ];
    let answer = client.call("token", &form).await?;
    if answer.status.is_success() {
        let issuer = client.issuer();
        client.ledger.redeemed(code, &answer.json, issuer);
    }
    Ok(answer)
}

/// Redeems a code. Returns the index of the grant in the ledger.
async fn redeem(client: &mut Client<'_>, attempt: &Attempt, code: &str) -> Result<usize, Cut> {
    // only one attempt: after a lost answer a second one could be a replay
    let answer = token(client, attempt, code).await?;
    if !answer.status.is_success() {
        return Err(unexpected(client, "a fresh code is refused", &answer));
    }
    Ok(client.ledger.grants.len() - 1)
}

/// Requests the claims and refreshes twice.
async fn use_it(client: &mut Client<'_>, grant: usize) -> Result<(), Cut> {
    for _ in 0..2 {
        let access = client.ledger.grants[grant].access.clone();
        let answer = client.userinfo(&access).await?;
        if !answer.status.is_success() {
            return Err(unexpected(client, "a token of a live grant is refused", &answer));
        }
        refresh(client, grant).await?;
    }
    Ok(())
}

/// Refreshes until there is an answer. The client repeats the token that it has: within the grace window it gets the
/// successor that it missed.
async fn refresh(client: &mut Client<'_>, grant: usize) -> Result<(), Cut> {
    let shown = client.ledger.grants[grant].refresh.clone();
    let form = [("grant_type", "refresh_token"), ("refresh_token", shown.as_str())];
    for _ in 0..TRIES {
        let Ok(answer) = client.call("token", &form).await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        if !answer.status.is_success() {
            return Err(unexpected(client, "a live refresh token is refused", &answer));
        }
        let issuer = client.issuer();
        client.ledger.issued(answer.access_token(), issuer);
        let known = &mut client.ledger.grants[grant];
        (known.access, known.refresh) = (answer.access_token().to_owned(), answer.refresh_token().to_owned());
        return Ok(());
    }
    client.ledger.grants[grant].state = State::Doubtful;
    Err(Cut)
}

/// Notes that a grant has ended, or may have; for a sign-out also its session.
fn end(
    client: &mut Client<'_>,
    grant: usize,
    how: &'static str,
    reported: Result<bool, Cut>,
) -> Result<(), Cut> {
    let state = match &reported {
        Ok(true) => State::Ended(how),
        Ok(false) => State::Alive,
        Err(Cut) => State::Doubtful,
    };
    client.ledger.grants[grant].state = state;
    if how == SIGNED_OUT
        && let Some(session) = client.ledger.sessions.last_mut()
    {
        session.state = state;
    }
    if let Ok(false) = reported {
        client.ledger.broken.push(format!("a grant could not be {how}"));
    }
    reported.map(drop)
}

/// Signs out with the ID token, like a link of a relying party. The session and its grant end.
async fn sign_out(client: &mut Client<'_>, grant: usize) -> Result<(), Cut> {
    let mut url = client.realm.party.endpoint("end_session");
    let hint = client.ledger.grants[grant].id_token.clone();
    url.query_pairs_mut().append_pair("id_token_hint", &hint);
    let page = client.visit(&url).await;
    let reported = page.map(|page| page.status.is_success() && !page.has("logout-confirm"));
    end(client, grant, SIGNED_OUT, reported)?;
    client.ledger.event("session.ended");
    Ok(())
}

/// Gets a token by the client credentials grant and revokes it.
async fn for_itself(client: &mut Client<'_>) -> Result<(), Cut> {
    let answer = client.call("token", &[("grant_type", "client_credentials")]).await?;
    if !answer.status.is_success() {
        return Err(unexpected(client, "no token for a client itself", &answer));
    }
    let (token, issuer) = (answer.access_token().to_owned(), client.issuer());
    client.ledger.issued(&token, issuer);
    let answer = client.call("introspection", &[("token", &token)]).await?;
    if answer.json.get("active") != Some(&true.into()) {
        return Err(unexpected(client, "a live token is not active", &answer));
    }
    let answer = client.call("revocation", &[("token", &token)]).await?;
    if !answer.status.is_success() {
        return Err(unexpected(client, "a token can't be revoked", &answer));
    }
    client.ledger.revoked.push(token);
    Ok(())
}

/// Redeems one code at both replicas at once. The later request is a replay, so the grant is revoked.
async fn race(client: &mut Client<'_>, attempt: &Attempt, code: &str) -> Result<(), Cut> {
    let (mut first, mut second) = (client.twin(), client.twin());
    let answers = tokio::join!(token(&mut first, attempt, code), token(&mut second, attempt, code));
    let both = answers.0.is_ok() && answers.1.is_ok();
    let before = client.ledger.grants.len();
    client.ledger.add(first.ledger);
    client.ledger.add(second.ledger);
    for grant in before..client.ledger.grants.len() {
        client.ledger.grants[grant].state = if both { State::Ended("raced for") } else { State::Doubtful };
    }
    if both {
        client.ledger.event("code.replayed");
    }
    if both && client.ledger.grants.len() != before + 1 {
        client.ledger.broken.push("of two that showed a code not one won".to_owned());
    }
    Ok(())
}

/// Checks what a grant that has just ended is still accepted for.
async fn look_at_end(client: &mut Client<'_>, grant: usize) -> Result<(), Cut> {
    let known = client.ledger.grants[grant].clone();
    if !matches!(known.state, State::Ended(_)) {
        return Ok(());
    }
    if client.userinfo(&known.access).await?.status.is_success() {
        client.ledger.accepted(&known, "userinfo");
    }
    let form = [("grant_type", "refresh_token"), ("refresh_token", known.refresh.as_str())];
    if client.call("token", &form).await?.status.is_success() {
        client.ledger.accepted(&known, "the token endpoint");
    }
    Ok(())
}
