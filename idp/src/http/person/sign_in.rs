//! The password page.

use axum::{extract::Path, http::StatusCode, response::Response};
use language::Message;
use protocol::typed;

use super::{
    super::{
        context::Context,
        error::{Again, with_retry},
        pages::{PasskeyForm, SignInPage},
        password_form::PasswordForm,
        request::Form,
        respond,
    },
    interaction_page::{account, cancel_url, opened, page},
    passkey_offer,
    passkeys::answer,
    upstream_page::buttons,
};
use crate::{
    authn::queue::{Busy, Turn},
    flow::{
        Result,
        identity::waiting::chosen,
        passkeys::sign_in as passkey_sign_in,
        sign_in::{self, Credentials, Outcome},
    },
    paths::Action,
    session::interaction::Interaction,
};

/// The message is the same whether the address or the password was wrong (S24).
const WRONG: Message = Message::new("sign-in-wrong");

/// Shown when the password contains an invisible character, whether or not that was what was wrong.
const HIDDEN: Message = Message::new("sign-in-wrong-hidden");

const EXPIRED_PASSKEY: Message = Message::new("sign-in-passkey-expired");
const UNKNOWN_PASSKEY: Message = Message::new("sign-in-passkey-unknown");
const REFUSED_PASSKEY: Message = Message::new("sign-in-passkey-refused");

/// The page before anything was typed.
pub async fn blank(context: &Context, interaction: &Interaction) -> Result<Response> {
    let in_use = context.visit.session.as_ref().map(|session| session.user_id.as_str());
    let is_chosen = in_use.is_some() && interaction.row.selected_user.as_deref() == in_use;
    let identifier = if is_chosen {
        account(context).await?
    } else {
        interaction.login_hint().unwrap_or_default().to_owned()
    };
    // where a browser has one account at a time, nobody stays signed in
    let may_stay = interaction.wanted().further && context.realm.config.session.accounts_per_browser > 1;
    let beside = if may_stay { Some(account(context).await?) } else { None };
    let beside = beside.filter(|account| !account.is_empty());
    show(context, interaction, StatusCode::OK, Typed { identifier, beside, ..Typed::default() })
}

/// The page after a sign-in at another provider that came to nothing.
pub fn after_upstream(
    context: &Context,
    interaction: &Interaction,
    status: StatusCode,
    text: Message,
) -> Result<Response> {
    show(context, interaction, status, Typed { problem: Some(text), ..Typed::default() })
}

/// What the page shows again after a failed attempt.
#[derive(Default)]
struct Typed {
    identifier: String,
    problem: Option<Message>,
    unknown_passkey: Option<String>,
    beside: Option<String>,
}

fn show(context: &Context, interaction: &Interaction, status: StatusCode, typed: Typed) -> Result<Response> {
    let Typed { identifier, problem, unknown_passkey, beside } = typed;
    let path = interaction.path();
    let passkey = passkey_sign_in::offer(&context.realm, &context.visit, interaction)?
        .map(|offered| PasskeyForm::new(interaction.action(Action::Passkey), context.csrf(), offered));
    let open = context.realm.config.registration.open;
    let connects = chosen(&context.realm, interaction);
    let is_usual = connects.is_none();
    let connects = connects.and_then(|assertion| context.realm.upstream(&assertion.upstream));
    let shown = SignInPage {
        frame: respond::frame_of(context, interaction),
        action: interaction.action(Action::SignIn),
        csrf: context.csrf(),
        beside,
        identifier,
        problem,
        passkey,
        asks_what_it_can: context.realm.offers_passkeys_every().is_some(),
        upstreams: if is_usual { buttons(&context.realm) } else { Vec::new() },
        upstream_action: interaction.action(Action::Upstream),
        connects: connects.map(|upstream| upstream.config.name.clone()),
        unknown_passkey,
        forgot_url: context.realm.mailer.is_some().then(|| format!("{path}?view=forgot")),
        by_mail_url: context.realm.config.signs_in_by_mail().then(|| format!("{path}?view=mail")),
        register_url: (open && is_usual).then(|| format!("{path}?view=register")),
        cancel_url: Some(cancel_url(interaction)),
    };
    page(interaction, status, &shown)
}

/// `POST /interaction/{id}/sign-in`
pub async fn post(Path(id): Path<String>, PasswordForm { form, turn }: PasswordForm) -> Response {
    let result = check(&form, &id, turn).await;
    form.finish(result).await
}

async fn check(form: &Form, id: &str, turn: std::result::Result<Turn, Busy>) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let interaction = match opened(context, id).await? {
        Ok(interaction) => interaction,
        Err(instead) => return Ok(instead),
    };
    let (email, password) = (typed::identifier(form.field("username")), form.field("password"));
    let outcome = match turn {
        Ok(turn) => {
            let typed = Credentials { email: &email, password };
            sign_in::with_password(realm, visit, &interaction, typed, turn).await
        }
        Err(busy) => Err(busy.into()),
    };
    match outcome {
        Ok(Outcome::SignedIn(cookie)) => {
            let path = passkey_offer::path_after_password(form, &interaction);
            Ok(respond::with_session(context, respond::see_other(&path), &cookie))
        }
        Ok(Outcome::Wrong) => {
            let text = if typed::without_hidden(password).is_ok() { WRONG } else { HIDDEN };
            let typed = Typed { identifier: email, problem: Some(text), ..Typed::default() };
            show(context, &interaction, StatusCode::BAD_REQUEST, typed)
        }
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let typed = Typed { identifier: email, problem: Some(again.text), ..Typed::default() };
            let shown = show(context, &interaction, again.status, typed)?;
            Ok(with_retry(shown, again.retry_seconds))
        }
    }
}

/// `POST /interaction/{id}/passkey`
pub async fn passkey(Path(id): Path<String>, form: Form) -> Response {
    let result = check_passkey(&form, &id).await;
    form.finish(result).await
}

async fn check_passkey(form: &Form, id: &str) -> Result<Response> {
    use passkey_sign_in::Outcome;
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let interaction = match opened(context, id).await? {
        Ok(interaction) => interaction,
        Err(instead) => return Ok(instead),
    };
    if realm.passkeys.is_none() {
        return Ok(respond::see_other(&interaction.path()));
    }
    let (text, unknown_passkey) =
        match passkey_sign_in::sign_in(realm, visit, &interaction, answer(form)).await? {
            Outcome::SignedIn(cookie) => {
                let response = respond::see_other(&interaction.path());
                return Ok(respond::with_session(context, response, &cookie));
            }
            Outcome::Expired => (EXPIRED_PASSKEY, None),
            Outcome::Unknown(id) => (UNKNOWN_PASSKEY, Some(id)),
            Outcome::Refused => (REFUSED_PASSKEY, None),
        };
    let typed = Typed { problem: Some(text), unknown_passkey, ..Typed::default() };
    show(context, &interaction, StatusCode::BAD_REQUEST, typed)
}
