//! The page that waits for a mailed code, and the page behind a mailed link.

use axum::{extract::Path, http::StatusCode, response::Response};
use language::Message;

use super::{
    super::{
        context::Context,
        error::{self, Again},
        pages::{FieldProblem, LinkPage, MailedPage},
        request::Form,
        respond,
    },
    account::enter,
    first_passkey as passkey_page,
    mail_page::{OnTheWay, gone, lead_on, registered, taken},
};
use crate::{
    flow::{
        Result,
        mail_links::{self, Link, Purpose, Shown},
        mailed::{
            self, Typed, Waiting,
            address::{self, Outcome},
            again, disown, first_passkey, registration, sign_in,
        },
    },
    paths,
    session::interaction::Interaction,
};

const WRONG: Message = Message::new("mailed-wrong");
const OVER: Message = Message::new("mailed-over");
const TOO_MANY: Message = Message::new("mailed-too-many");

/// `GET /mailed/{id}`
pub async fn show(context: Context, Path(id): Path<String>) -> Response {
    let result = match mailed::waiting(&context.realm, &context.visit, &id).await {
        // what becomes of a mail for a new password tells whether there is an account
        Ok(Some(waiting)) if waiting.is_used && waiting.purpose != Purpose::Reset => {
            Ok(respond::see_other(&way_on(&waiting)))
        }
        Ok(Some(waiting)) => page(&context, &id, waiting, StatusCode::OK, None).await,
        Ok(None) => Ok(gone(&context)),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

async fn page(
    context: &Context,
    id: &str,
    waiting: Waiting,
    status: StatusCode,
    problem: Option<Message>,
) -> Result<Response> {
    let on_the_way = OnTheWay::of(context, waiting.interaction.as_deref()).await?;
    let shown = MailedPage {
        frame: on_the_way.frame(),
        action: paths::mailed(id),
        csrf: context.csrf(),
        address: waiting.address,
        minutes: waiting.purpose.life_seconds() / 60,
        problem: problem.map(|message| FieldProblem { field: "code", message }),
        back_url: match waiting.purpose {
            Purpose::Confirm | Purpose::Change => Some(paths::ADDRESS.to_owned()),
            _ => on_the_way.interaction.as_ref().map(Interaction::path),
        },
    };
    on_the_way.show(status, &shown)
}

/// Where a person goes on who comes back to the page of a mail that was used.
fn way_on(waiting: &Waiting) -> String {
    match waiting.purpose {
        Purpose::Confirm | Purpose::Change => paths::ADDRESS.to_owned(),
        _ => waiting.interaction.as_deref().map_or_else(|| paths::ACCOUNT.to_owned(), paths::interaction),
    }
}

/// `POST /mailed/{id}`: a code, or the wish for another mail.
pub async fn post(Path(id): Path<String>, form: Form) -> Response {
    let result = posted(&form, &id).await;
    form.finish(result).await
}

async fn posted(form: &Form, id: &str) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let Some(waiting) = mailed::waiting(realm, visit, id).await? else { return Ok(gone(context)) };
    if form.field("change") == "again" {
        return match again::again(realm, visit, id).await {
            Ok(Some(path)) => Ok(respond::see_other(&path)),
            Ok(None) => Ok(gone(context)),
            Err(failure) => {
                let again = Again::after(failure, realm.now())?;
                let text = Message::new("mailed-not-yet").with("wait", again.text);
                let shown = page(context, id, waiting, again.status, Some(text)).await?;
                Ok(error::with_retry(shown, again.retry_seconds))
            }
        };
    }
    if let Some(elsewhere) =
        signed_in_first(context, waiting.purpose, waiting.user_id.as_deref(), &paths::mailed(id)).await?
    {
        return Ok(elsewhere);
    }
    let typed = match mailed::code(realm, visit, id, form.field("code")).await {
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let shown = page(context, id, waiting, again.status, Some(TOO_MANY)).await?;
            return Ok(error::with_retry(shown, again.retry_seconds));
        }
        typed => typed?,
    };
    match typed {
        Typed::Right(purpose, shown) => use_up(context, purpose, &shown).await,
        Typed::Link(path) => Ok(respond::see_other(&path)),
        Typed::Wrong => page(context, id, waiting, StatusCode::BAD_REQUEST, Some(WRONG)).await,
        Typed::Over => page(context, id, waiting, StatusCode::BAD_REQUEST, Some(OVER)).await,
    }
}

/// The way to the session of the account that a mail is about, if it needs that one: a sign-in that leads back to `path`, or
/// a page that says that another account is in use.
async fn signed_in_first(
    context: &Context,
    purpose: Purpose,
    user_id: Option<&str>,
    path: &str,
) -> Result<Option<Response>> {
    if !purpose.needs_session() {
        return Ok(None);
    }
    Ok(match enter(context, path, None).await? {
        Err(elsewhere) => Some(elsewhere),
        Ok(session) if Some(session.user_id.as_str()) == user_id => None,
        Ok(_) => {
            let heading = Message::new("mailed-another-account");
            Some(error::gone(context, heading, Message::new("mailed-another-account-text")))
        }
    })
}

/// `GET /link/{token}`: opening the link does not use it up (S25).
pub async fn link(context: Context, Path(token): Path<String>) -> Response {
    let result = match mail_links::link(&context.realm, &context.visit, &token).await {
        Ok(Some(link)) => link_page(&context, &token, link).await,
        Ok(None) => Ok(gone(&context)),
        Err(failure) => Err(failure),
    };
    context.finish(result)
}

async fn link_page(context: &Context, token: &str, link: Link) -> Result<Response> {
    if !link.counts_here {
        let text = Message::new("link-elsewhere-text");
        return Ok(error::gone(context, Message::new("link-elsewhere"), text));
    }
    if let Some(elsewhere) =
        signed_in_first(context, link.purpose, link.user_id.as_deref(), &paths::mailed_link(token)).await?
    {
        return Ok(elsewhere);
    }
    if link.purpose == Purpose::Register
        && let Some(offered) = first_passkey::offer(&context.realm, &context.visit, token).await?
    {
        return passkey_page::show(context, token, link, offered).await;
    }
    let (heading, sentence, button) = match link.purpose {
        Purpose::Reset => return Ok(respond::see_other(&paths::reset(token))),
        Purpose::SignIn => ("sign-in", "link-sign-in-text", "sign-in"),
        Purpose::Register | Purpose::Confirm => ("link-confirm", "link-confirm-text", "link-confirm-button"),
        Purpose::Change => ("link-change", "link-change-text", "link-change-button"),
        Purpose::Undo => ("link-undo", "link-undo-text", "link-undo-button"),
        Purpose::Disown => ("link-disown", "link-disown-text", "link-disown"),
    };
    let on_the_way = OnTheWay::of(context, link.interaction.as_deref()).await?;
    let shown = LinkPage {
        frame: on_the_way.frame(),
        action: paths::mailed_link(token),
        csrf: context.csrf(),
        heading: heading.into(),
        sentence: sentence.into(),
        address: link.address,
        button: button.into(),
    };
    on_the_way.show(StatusCode::OK, &shown)
}

/// `POST /link/{token}`
pub async fn confirm(Path(token): Path<String>, form: Form) -> Response {
    let result = confirmed(&form, &token).await;
    form.finish(result).await
}

async fn confirmed(form: &Form, token: &str) -> Result<Response> {
    let context = &form.context;
    match mail_links::link(&context.realm, &context.visit, token).await? {
        Some(link) if link.counts_here => {
            if let Some(elsewhere) =
                signed_in_first(context, link.purpose, link.user_id.as_deref(), &paths::mailed_link(token))
                    .await?
            {
                return Ok(elsewhere);
            }
            if link.purpose == Purpose::Register && !form.field("credential").is_empty() {
                return passkey_page::made(form, token, link).await;
            }
            use_up(context, link.purpose, &Shown::Link(token.to_owned())).await
        }
        Some(link) => link_page(context, token, link).await,
        None => Ok(gone(context)),
    }
}

/// Does what the mail is for.
async fn use_up(context: &Context, purpose: Purpose, shown: &Shown) -> Result<Response> {
    let (realm, visit) = (&context.realm, &context.visit);
    let outcome = match purpose {
        // its page asks for the new password first
        Purpose::Reset => return Ok(gone(context)),
        Purpose::SignIn => {
            let signed_in = sign_in::finish(realm, visit, shown).await?;
            return Ok(signed_in.map_or_else(|| gone(context), |signed_in| lead_on(context, &signed_in)));
        }
        Purpose::Register => {
            return Ok(registered(context, registration::confirm(realm, visit, shown).await?));
        }
        Purpose::Confirm => address::confirmed(realm, visit, shown).await?,
        Purpose::Change => address::changed(realm, visit, shown).await?,
        Purpose::Undo => address::undone(realm, visit, shown).await?,
        Purpose::Disown => {
            let done = disown::finish(realm, visit, shown).await?;
            done.map_or(Outcome::Over, Outcome::Done)
        }
    };
    Ok(match outcome {
        Outcome::Done(path) => respond::see_other(&path),
        Outcome::Over => gone(context),
        Outcome::Taken => taken(context),
    })
}
