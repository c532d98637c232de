//! The pages behind a one-time setup link.

use axum::{extract::Path, http::StatusCode, response::Response};
use language::Message;
use protocol::typed;

use super::{
    super::{
        context::Context,
        error::{self, Again},
        pages::{EnrolPage, FieldProblem, PasskeyForm, SetupPage},
        password_form::PasswordForm,
        request::Form,
        respond,
    },
    enrol,
    passkeys::{UNLISTED, answer},
    register,
};
use crate::{
    authn::queue::{Busy, Turn},
    flow::{
        Result,
        enrol::Outcome,
        new_account::{self, Filled},
        setup::{self, Begun, Link, Waiting},
    },
    paths,
};

const WRONG_CODE: Message = Message::new("setup-wrong-code");

const WRONG_PASSKEY: Message = Message::new("setup-wrong-passkey");

/// `GET /setup/{token}`: opening the link does not use it up (S25).
pub async fn show(context: Context, Path(token): Path<String>) -> Response {
    let result = match setup::link(&context.realm, &token).await {
        Ok(Some(link)) => account_page(
            &context,
            &token,
            &link,
            StatusCode::OK,
            Typed { email: "", name: name(&link, ""), problem: None },
        ),
        Ok(None) => Ok(gone(&context)),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

/// The values typed into the form, empty at first, and what is wrong with them.
struct Typed<'a> {
    email: &'a str,
    name: Filled<'a>,
    problem: Option<FieldProblem>,
}

fn account_page(
    context: &Context,
    token: &str,
    link: &Link,
    status: StatusCode,
    typed: Typed<'_>,
) -> Result<Response> {
    let page = SetupPage {
        frame: respond::frame(context),
        action: paths::setup(token),
        csrf: context.csrf(),
        role: link.role.replace('_', " "),
        owner: link.account.as_ref().map(|user| user.email.clone()),
        email: typed::identifier(typed.email),
        claims: register::inputs(&[typed.name]),
        problem: typed.problem,
        min_length: context.realm.config.passwords.policy.min_code_points,
        expires: context.realm.config.time_zone.at(link.expires_at),
    };
    respond::page(status, &page)
}

/// The name that was typed. It is required for a new account only: an existing account has one already.
fn name<'a>(link: &Link, typed: &'a str) -> Filled<'a> {
    Filled { required: link.account.is_none(), ..Filled::name(typed) }
}

fn gone(context: &Context) -> Response {
    error::gone(context, Message::new("setup-gone"), Message::new("setup-gone-how"))
}

/// `POST /setup/{token}`: the e-mail address, name and password of the account.
pub async fn begin(Path(token): Path<String>, PasswordForm { form, turn }: PasswordForm) -> Response {
    let result = begun(&form, &token, turn).await;
    form.finish(result).await
}

async fn begun(form: &Form, token: &str, turn: std::result::Result<Turn, Busy>) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let Some(link) = setup::link(realm, token).await? else { return Ok(gone(context)) };
    let (email, name) = (form.field("email"), name(&link, form.field("name")));
    let (password, language) = (form.field("password"), Some(form.context.visit.language));
    let filled = new_account::Form { email, claims: &[name], password, language };
    let outcome = match turn {
        Ok(turn) => setup::begin(realm, visit, token, filled, turn).await,
        Err(busy) => Err(busy.into()),
    };
    let typed = |problem| Typed { email, name, problem: Some(problem) };
    match outcome {
        Ok(Begun::Factor) => Ok(respond::see_other(&paths::setup_factor(token))),
        Ok(Begun::Refused(fault)) => {
            let problem = register::problem(fault);
            account_page(context, token, &link, StatusCode::BAD_REQUEST, typed(problem))
        }
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let problem = register::once_more(again.text);
            let shown = account_page(context, token, &link, again.status, typed(problem))?;
            Ok(error::with_retry(shown, again.retry_seconds))
        }
    }
}

/// `GET /setup/{token}/factor`
pub async fn factor(context: Context, Path(token): Path<String>) -> Response {
    let result = factor_page(&context, &token, None).await;
    context.finish(result)
}

async fn factor_page(context: &Context, token: &str, problem: Option<Message>) -> Result<Response> {
    let Some(Waiting { account, seed, needs_passkey }) =
        setup::waiting(&context.realm, &context.visit, token).await?
    else {
        return Ok(respond::see_other(&paths::setup(token)));
    };
    let status = if problem.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let offered = setup::offer_passkey(&context.realm, &context.visit, token, &account)?;
    let page = EnrolPage {
        frame: respond::frame(context),
        action: paths::setup_factor(token),
        csrf: context.csrf(),
        app: if needs_passkey { None } else { Some(enrol::secret(context, &seed, &account.email)?) },
        account: account.email,
        problem,
        passkey: offered.map(|offered| PasskeyForm::new(paths::setup_factor(token), context.csrf(), offered)),
        cancel_url: None,
        out: None,
    };
    respond::page(status, &page)
}

/// `POST /setup/{token}/factor`: the first code from the authenticator app, or a passkey. It completes the account.
pub async fn confirm(Path(token): Path<String>, form: Form) -> Response {
    let result = confirmed(&form, &token).await;
    form.finish(result).await
}

async fn confirmed(form: &Form, token: &str) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let (outcome, wrong) = if form.field("credential").is_empty() {
        (setup::confirm(realm, visit, token, form.field("otp")).await?, WRONG_CODE)
    } else {
        (setup::confirm_passkey(realm, visit, token, answer(form)).await?, WRONG_PASSKEY)
    };
    match outcome {
        Outcome::Wrong => factor_page(context, token, Some(wrong)).await,
        Outcome::Unlisted => factor_page(context, token, Some(UNLISTED)).await,
        // the page of the link begins again if the link still works, and otherwise says that it doesn't
        Outcome::Expired => Ok(respond::see_other(&paths::setup(token))),
        Outcome::Confirmed { cookie, codes } => {
            enrol::shown_codes(context, codes, setup::leads_to(realm), &cookie)
        }
    }
}
