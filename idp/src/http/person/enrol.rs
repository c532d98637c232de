//! Setting up an authenticator app on the account page, and a demanded second factor within a sign-in.

use axum::{extract::Path, http::StatusCode, response::Response};
use language::Message;
use protocol::authorize::Step;

use super::{
    super::{
        context::Context,
        pages::{AppSecret, EnrolPage, PasskeyForm},
        request::Form,
        respond,
    },
    account::{FRESH_SECONDS, enter},
    interaction_page::{self, opened, ways_out},
    passkeys::{UNLISTED, answer},
};
use crate::{
    authn::totp,
    flow::{
        Error, Result, account, dispatch,
        enrol::{self, Outcome},
        passkeys::add,
    },
    paths::{self, Action},
    session::{Session, interaction::Interaction},
};

const WRONG_CODE: Message = Message::new("account-wrong-code");
const WRONG_PASSKEY: Message = Message::new("setup-wrong-passkey");

/// `GET /account/totp`
pub async fn show(context: Context) -> Response {
    let result = match enter(&context, paths::AUTHENTICATOR, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => offered(&context, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

/// The page of the app, or the passkeys of somebody to whom an app is of no use.
async fn offered(context: &Context, session: &Session) -> Result<Response> {
    if account::demand(&context.realm, session).await?.is_for_a_passkey() {
        return Ok(respond::see_other(paths::PASSKEYS));
    }
    own_page(context, session, None).await
}

async fn own_page(context: &Context, session: &Session, problem: Option<Message>) -> Result<Response> {
    let page = EnrolPage {
        action: paths::AUTHENTICATOR.to_owned(),
        cancel_url: Some(paths::ACCOUNT.to_owned()),
        app: Some(app(context, session).await?),
        ..blank(context, problem).await?
    };
    respond::page(status(&page), &page)
}

/// The seed of this session.
async fn app(context: &Context, session: &Session) -> Result<AppSecret> {
    let seed = enrol::begin(&context.realm, session).await?;
    secret(context, &seed, &interaction_page::account(context).await?)
}

/// The page, which offers nothing and leads nowhere yet.
async fn blank(context: &Context, problem: Option<Message>) -> Result<EnrolPage> {
    Ok(EnrolPage {
        frame: respond::frame(context),
        action: String::new(),
        csrf: context.csrf(),
        app: None,
        account: interaction_page::account(context).await?,
        problem,
        passkey: None,
        cancel_url: None,
        out: None,
    })
}

fn status(page: &EnrolPage) -> StatusCode {
    if page.problem.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK }
}

/// The seed for an authenticator app: as a QR code for its camera, and to be typed.
pub fn secret(context: &Context, seed: &totp::Seed, account: &str) -> Result<AppSecret> {
    let uri = seed.otpauth_uri(&context.realm.config.product, account);
    let qr_svg = totp::qr_svg(&uri).map_err(|error| Error::Internal(error.into()))?;
    Ok(AppSecret { qr_svg, secret: seed.grouped() })
}

/// `POST /account/totp`
pub async fn post(form: Form) -> Response {
    let context = &form.context;
    let result = match enter(context, paths::AUTHENTICATOR, Some(FRESH_SECONDS)).await {
        Ok(Ok(session)) => confirmed(&form, &session).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    form.finish(result).await
}

async fn confirmed(form: &Form, session: &Session) -> Result<Response> {
    let context = &form.context;
    let (realm, visit, code) = (&context.realm, &context.visit, form.field("otp"));
    if account::demand(realm, session).await?.is_for_a_passkey() {
        return Ok(respond::see_other(paths::PASSKEYS));
    }
    match enrol::confirm(realm, visit, session, code, paths::ACCOUNT).await? {
        Outcome::Wrong => own_page(context, session, Some(WRONG_CODE)).await,
        Outcome::Expired | Outcome::Unlisted => Ok(respond::see_other(paths::AUTHENTICATOR)),
        Outcome::Confirmed { cookie, codes } => shown_codes(context, codes, paths::ACCOUNT, &cookie),
    }
}

/// The new recovery codes, if there are any, and the session that has proved the new factor.
pub fn shown_codes(context: &Context, codes: Vec<String>, leads_to: &str, cookie: &str) -> Result<Response> {
    if codes.is_empty() {
        return Ok(respond::with_session(context, respond::see_other(leads_to), cookie));
    }
    let page = respond::codes_page(context, codes, leads_to.to_owned());
    Ok(respond::with_session(context, respond::page(StatusCode::OK, &page)?, cookie))
}

/// The page of a sign-in to an account that lacks the second factor which the realm demands.
pub async fn demanded(
    context: &Context,
    interaction: &Interaction,
    problem: Option<Message>,
) -> Result<Response> {
    let Some(session) = &context.visit.session else {
        return Ok(respond::see_other(&interaction.path()));
    };
    let action = interaction.action(Action::Enrol);
    let offered = add::offer(&context.realm, &context.visit, session).await?;
    let demand = account::demand(&context.realm, session).await?;
    let page = EnrolPage {
        frame: respond::frame_of(context, interaction),
        passkey: offered.map(|offered| PasskeyForm::new(action.clone(), context.csrf(), offered)),
        action,
        out: Some(ways_out(context, interaction)),
        app: if demand.is_for_a_passkey() { None } else { Some(app(context, session).await?) },
        ..blank(context, problem).await?
    };
    interaction_page::page(interaction, status(&page), &page)
}

/// `POST /interaction/{id}/enrol`: the first code of the app, or a passkey.
pub async fn in_sign_in(Path(id): Path<String>, form: Form) -> Response {
    let result = set_up(&form, &id).await;
    form.finish(result).await
}

async fn set_up(form: &Form, id: &str) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let interaction = match opened(context, id).await? {
        Ok(interaction) => interaction,
        Err(instead) => return Ok(instead),
    };
    let (step, path) = (dispatch::current(realm, visit, &interaction).await?, interaction.path());
    let (Step::Enrol, Some(session)) = (step, &visit.session) else { return Ok(respond::see_other(&path)) };
    let needs_passkey = account::demand(realm, session).await?.is_for_a_passkey();
    if form.field("credential").is_empty() {
        if needs_passkey {
            return demanded(context, &interaction, Some(WRONG_PASSKEY)).await;
        }
        return match enrol::confirm(realm, visit, session, form.field("otp"), &path).await? {
            Outcome::Wrong => demanded(context, &interaction, Some(WRONG_CODE)).await,
            Outcome::Expired | Outcome::Unlisted => Ok(respond::see_other(&path)),
            Outcome::Confirmed { cookie, codes } => shown_codes(context, codes, &path, &cookie),
        };
    }
    match add::add(realm, visit, session, answer(form), add::Wish::Demanded { path: &path, needs_passkey })
        .await?
    {
        add::Outcome::Added { cookie, codes } => shown_codes(context, codes, &path, &cookie),
        add::Outcome::Expired => Ok(respond::see_other(&path)),
        add::Outcome::Unlisted => demanded(context, &interaction, Some(UNLISTED)).await,
        add::Outcome::Refused => demanded(context, &interaction, Some(WRONG_PASSKEY)).await,
    }
}
