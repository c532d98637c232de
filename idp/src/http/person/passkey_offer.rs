//! The page that offers a passkey after a sign-in with a password (S11, S12).

use axum::{extract::Path, http::StatusCode, response::Response};
use language::Message;

use super::{
    super::{
        context::Context,
        pages::{PasskeyForm, PasskeyOfferPage},
        request::Form,
        respond,
    },
    interaction_page::{opened, page},
    passkeys::{UNLISTED, answer},
};
use crate::{
    flow::{
        Result,
        passkeys::{add, prompt},
    },
    paths::Action,
    session::{Session, interaction::Interaction},
};

const FAILED: Message = Message::new("setup-wrong-passkey");

/// What a browser can do, as the script of the sign-in page says: the value of a form's `offer`, and of `view`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It can make a passkey when its user wants one.
    Ask,
    /// It can make one by itself.
    Quiet,
}

impl Way {
    const ALL: [Self; 2] = [Self::Ask, Self::Quiet];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ask => "passkey",
            Self::Quiet => "passkey-quiet",
        }
    }

    /// The way of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }
}

/// Where a browser goes after a password, which may be the page of the offer: its script said what it can do.
pub fn path_after_password(form: &Form, interaction: &Interaction) -> String {
    let path = interaction.path();
    let way = Way::parse(form.field("offer"));
    match way.filter(|_| form.context.realm.offers_passkeys_every().is_some()) {
        Some(way) => format!("{path}?view={}", way.as_str()),
        None => path,
    }
}

/// The page, if it is time for it.
pub async fn page_if_due(context: &Context, interaction: &Interaction, way: Way) -> Result<Option<Response>> {
    let (realm, visit) = (&context.realm, &context.visit);
    let Some(session) = prompt::candidate(realm, visit, interaction).await? else { return Ok(None) };
    if way == Way::Quiet && !prompt::may_be_quiet(realm) || !prompt::is_due(realm, visit, session).await? {
        return Ok(None);
    }
    shown(context, interaction, (session, way), None).await
}

async fn shown(
    context: &Context,
    interaction: &Interaction,
    (session, way): (&Session, Way),
    problem: Option<Message>,
) -> Result<Option<Response>> {
    let (realm, visit) = (&context.realm, &context.visit);
    let offered = match way {
        Way::Ask => add::offer(realm, visit, session).await?,
        Way::Quiet => prompt::offer_quietly(realm, visit, session).await?,
    };
    let Some(offered) = offered else { return Ok(None) };
    let status = if problem.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let shown = PasskeyOfferPage {
        frame: respond::frame_of(context, interaction),
        passkey: PasskeyForm::new(interaction.action(Action::OfferPasskey), context.csrf(), offered),
        is_quiet: way == Way::Quiet,
        continue_url: interaction.path(),
        problem,
    };
    page(interaction, status, &shown).map(Some)
}

/// `POST /interaction/{id}/offer`: the passkey.
pub async fn post(Path(id): Path<String>, form: Form) -> Response {
    let result = added(&form, &id).await;
    form.finish(result).await
}

async fn added(form: &Form, id: &str) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let interaction = match opened(context, id).await? {
        Ok(interaction) => interaction,
        Err(instead) => return Ok(instead),
    };
    let (path, answer) = (interaction.path(), answer(form));
    let Some(session) = prompt::candidate(realm, visit, &interaction).await? else {
        return Ok(respond::see_other(&path));
    };
    if prompt::is_quiet(realm, visit, session, answer) {
        prompt::add_quietly(realm, visit, (session, &interaction), answer).await?;
        return Ok(respond::see_other(&path));
    }
    let problem = match add::add(realm, visit, session, answer, add::Wish::Offered(&path)).await? {
        add::Outcome::Added { cookie, .. } => {
            return Ok(respond::with_session(context, respond::see_other(&path), &cookie));
        }
        add::Outcome::Unlisted => UNLISTED,
        add::Outcome::Expired | add::Outcome::Refused => FAILED,
    };
    let again = shown(context, &interaction, (session, Way::Ask), Some(problem)).await?;
    Ok(again.unwrap_or_else(|| respond::see_other(&path)))
}
