//! Setting up an authenticator app on the account page, and a demanded second factor within a sign-in.

use axum::{extract::Path, http::StatusCode, response::Response};
use language::Message;
use protocol::authorize::Step;

use super::{
    super::{
        context::Context,
        pages::{EnrolPage, PasskeyForm},
        request::Form,
        respond,
    },
    account::{FRESH_SECONDS, enter},
    interaction_page::{self, opened, ways_out},
    passkeys::answer,
};
use crate::{
    authn::totp,
    flow::{
        Error, Result, dispatch,
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
        Ok(Ok(session)) => own_page(&context, &session, None).await,
        Ok(Err(elsewhere)) => Ok(elsewhere),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

async fn own_page(context: &Context, session: &Session, problem: Option<Message>) -> Result<Response> {
    let page = EnrolPage {
        action: paths::AUTHENTICATOR.to_owned(),
        cancel_url: Some(paths::ACCOUNT.to_owned()),
        ..page_of_seed(context, session, problem).await?
    };
    respond::page(status(&page), &page)
}

/// The page with the seed of this session, which leads nowhere yet.
async fn page_of_seed(context: &Context, session: &Session, problem: Option<Message>) -> Result<EnrolPage> {
    let seed = enrol::begin(&context.realm, session).await?;
    let account = interaction_page::account(context).await?;
    Ok(EnrolPage {
        frame: respond::frame(context),
        action: String::new(),
        csrf: context.csrf(),
        qr_svg: qr(context, &seed, &account)?,
        secret: seed.grouped(),
        account,
        problem,
        passkey: None,
        cancel_url: None,
        out: None,
    })
}

fn status(page: &EnrolPage) -> StatusCode {
    if page.problem.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK }
}

/// The seed as a QR code for the authenticator app's camera.
pub fn qr(context: &Context, seed: &totp::Seed, account: &str) -> Result<String> {
    let uri = seed.otpauth_uri(&context.realm.config.product, account);
    totp::qr_svg(&uri).map_err(|error| Error::Internal(error.into()))
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
    match enrol::confirm(realm, visit, session, code, paths::ACCOUNT).await? {
        Outcome::Wrong => own_page(context, session, Some(WRONG_CODE)).await,
        Outcome::Expired => Ok(respond::see_other(paths::AUTHENTICATOR)),
        Outcome::Confirmed { cookie, codes } => shown_codes(context, codes, paths::ACCOUNT, &cookie),
    }
}

/// The new recovery codes, and the session that has proved the new factor.
fn shown_codes(context: &Context, codes: Vec<String>, leads_to: &str, cookie: &str) -> Result<Response> {
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
    let page = EnrolPage {
        frame: respond::frame_of(context, interaction),
        passkey: offered.map(|offered| PasskeyForm::new(action.clone(), context.csrf(), offered)),
        action,
        out: Some(ways_out(context, interaction)),
        ..page_of_seed(context, session, problem).await?
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
    if form.field("credential").is_empty() {
        return match enrol::confirm(realm, visit, session, form.field("otp"), &path).await? {
            Outcome::Wrong => demanded(context, &interaction, Some(WRONG_CODE)).await,
            Outcome::Expired => Ok(respond::see_other(&path)),
            Outcome::Confirmed { cookie, codes } => shown_codes(context, codes, &path, &cookie),
        };
    }
    match add::add(realm, visit, session, answer(form), add::Wish::Demanded(&path)).await? {
        add::Outcome::Added { cookie, codes } => shown_codes(context, codes, &path, &cookie),
        add::Outcome::Expired => Ok(respond::see_other(&path)),
        add::Outcome::Refused => demanded(context, &interaction, Some(WRONG_PASSKEY)).await,
    }
}
