//! The pages of an interaction. The dispatcher decides which one comes next.

use axum::{extract::Path, http::StatusCode, response::Response};
use language::Message;
use protocol::{authorize::Step, email};
use web::params::{ParamsRejection, QueryParams};

use super::{
    super::{
        context::Context,
        error,
        pages::{ConsentPage, EnrolRefusedPage, SelectAccountPage, Wish},
        request::Form,
        respond,
    },
    accounts::{full, line},
    ask_mail, enrol,
    interaction_page::{account, cancel_url, opened, over, page, unknown, ways_out},
    passkey_offer::{self, Way},
    register, scopes, second_factor, sign_in, upstream,
};
use crate::{
    flow::{
        self, Result, consent,
        dispatch::{self, Next},
        factor_policy::Demand,
        identity::waiting::{chosen, waiting},
        sessions::choice::{self, Chosen, Ended, Listed},
    },
    paths::{self, Action},
    session::interaction::{Interaction, Purpose, Wanted},
};

/// Which of several pages for the same step is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    /// The step's default page.
    Usual,
    /// Signing in instead of making an account.
    SignIn,
    /// Making an account instead of signing in.
    Register,
    /// A mail instead of a forgotten password.
    Forgot,
    /// A mail to sign in by.
    Mail,
    /// A recovery code instead of a code from the authenticator app.
    Recovery,
    /// The offer of a passkey after a password.
    Offer(Way),
}

impl View {
    /// The view that the query asks for. A query that can't be read gives the usual page.
    fn wanted(query: &std::result::Result<QueryParams, ParamsRejection>) -> Self {
        match query.as_ref().ok().and_then(|query| query.0.first("view")) {
            Some("sign-in") => Self::SignIn,
            Some("register") => Self::Register,
            Some("forgot") => Self::Forgot,
            Some("mail") => Self::Mail,
            Some("recovery") => Self::Recovery,
            Some(word) => Way::parse(word).map_or(Self::Usual, Self::Offer),
            None => Self::Usual,
        }
    }

    /// The address of this view of an interaction.
    fn path(self, interaction: &Interaction) -> String {
        let path = interaction.path();
        match self {
            Self::Usual => path,
            Self::SignIn => format!("{path}?view=sign-in"),
            Self::Register => format!("{path}?view=register"),
            Self::Forgot => format!("{path}?view=forgot"),
            Self::Mail => format!("{path}?view=mail"),
            Self::Recovery => format!("{path}?view=recovery"),
            Self::Offer(way) => format!("{path}?view={}", way.as_str()),
        }
    }
}

/// `GET /interaction/{id}`: the page of the next step.
pub async fn show(
    context: Context,
    Path(id): Path<String>,
    query: std::result::Result<QueryParams, ParamsRejection>,
) -> Response {
    let view = View::wanted(&query);
    let was_bound = query.as_ref().is_ok_and(|query| query.0.first("bound").is_some());
    let result = async {
        let Some(interaction) = Interaction::load(&context.realm, &context.visit, &id).await? else {
            if was_bound && context.visit.is_unbound() {
                return Ok(error::cookies_blocked(&context));
            }
            return unknown(&context, &id).await;
        };
        if was_bound {
            // the browser keeps cookies: the marker is removed from the address
            return Ok(respond::see_other(&view.path(&interaction)));
        }
        if let View::Offer(way) = view
            && let Some(offer) = passkey_offer::page_if_due(&context, &interaction, way).await?
        {
            return Ok(offer);
        }
        Ok(match dispatch::next(&context.realm, &context.visit, &interaction).await? {
            Next::Leave(location) => respond::leave(&context, &location)?,
            Next::Over => over(&context, &interaction)?,
            Next::Show(step) => step_page(&context, &interaction, step, view).await?,
        })
    };
    let result = result.await;
    context.finish(result)
}

async fn step_page(context: &Context, interaction: &Interaction, step: Step, view: View) -> Result<Response> {
    if let (Step::Register | Step::SignIn, View::Usual | View::Register) = (step, view)
        && let Some(assertion) = waiting(&context.realm, interaction)
        && chosen(&context.realm, interaction).is_none()
    {
        return upstream::connect_page(context, interaction, &assertion, None);
    }
    let open = context.realm.config.registration.open;
    let mails = context.realm.mailer.is_some();
    let by_mail = context.realm.config.signs_in_by_mail();
    match (step, view) {
        (Step::Register | Step::SignIn, View::Forgot) if mails => {
            ask_mail::blank(context, interaction, Wish::NewPassword)
        }
        (Step::Register | Step::SignIn, View::Mail) if by_mail => {
            ask_mail::blank(context, interaction, Wish::SignIn)
        }
        // also when the client asks for a new account: a person who has one already can sign in with it (S32)
        (Step::Register, View::SignIn) => sign_in::blank(context, interaction).await,
        (Step::Register, _) | (Step::SignIn, View::Register) if open => register::blank(context, interaction),
        (Step::SignIn | Step::Register, _) => sign_in::blank(context, interaction).await,
        (Step::SecondFactor, View::Recovery) => {
            second_factor::recovery_page(context, interaction, None).await
        }
        (Step::SecondFactor | Step::Passkey | Step::HardwarePasskey, _) => {
            second_factor::page_of_factors(context, interaction, step, None).await
        }
        (Step::Enrol, _) => enrol::demanded(context, interaction, None).await,
        (Step::NotEnrolled | Step::Done | Step::Unmet, _) => enrol_refused(context, interaction).await,
        (Step::SelectAccount, _) => select_account(context, interaction).await,
        (Step::Consent, _) => consent_page(context, interaction).await,
    }
}

async fn enrol_refused(context: &Context, interaction: &Interaction) -> Result<Response> {
    let demand = match &context.visit.session {
        Some(session) => Some(flow::account::demand(&context.realm, session).await?),
        None => None,
    };
    let shown = EnrolRefusedPage {
        frame: respond::frame_of(context, interaction),
        account: account(context).await?,
        is_for_a_passkey: demand.is_some_and(Demand::is_for_a_passkey),
        out: ways_out(context, interaction),
    };
    page(interaction, StatusCode::FORBIDDEN, &shown)
}

async fn select_account(context: &Context, interaction: &Interaction) -> Result<Response> {
    let listed = choice::list(&context.realm, &context.visit).await?;
    let full = full(context, &listed);
    let listed = candidates(interaction, listed);
    let shown = SelectAccountPage {
        frame: respond::frame_of(context, interaction),
        action: interaction.action(Action::ChooseAccount),
        csrf: context.csrf(),
        is_alone: matches!(listed.as_slice(), [account] if account.is_in_use),
        accounts: listed.into_iter().map(|account| line(context, account)).collect(),
        full,
        cancel_url: cancel_url(interaction),
    };
    page(interaction, StatusCode::OK, &shown)
}

/// The accounts among which the person chooses: the one that the client demands, or all, the one that it names first.
fn candidates(interaction: &Interaction, mut listed: Vec<Listed>) -> Vec<Listed> {
    if let Purpose::Client { hint_subject: Some(subject), .. } = &interaction.purpose {
        listed.retain(|account| account.user_id == *subject);
    }
    if let Some(hint) = interaction.login_hint().map(email::key) {
        listed.sort_by_key(|account| email::key(&account.email) != hint);
    }
    listed
}

async fn consent_page(context: &Context, interaction: &Interaction) -> Result<Response> {
    let request = interaction.request();
    let host = url::Url::parse(&request.redirect_uri).ok();
    let host = host.and_then(|url| url.host_str().map(str::to_owned));
    let scope = request.consent_scope();
    let shown = ConsentPage {
        frame: respond::frame_of(context, interaction),
        action: interaction.action(Action::Consent),
        csrf: context.csrf(),
        client_host: host.map_or(Message::new("consent-local-host"), Message::verbatim),
        account: account(context).await?,
        scopes: scopes::lines(context, &scope),
    };
    page(interaction, StatusCode::OK, &shown)
}

/// `POST /interaction/{id}/account`: continue with this account, or use another.
pub async fn choose_account(Path(id): Path<String>, form: Form) -> Response {
    let result = decide_account(&form, &id).await;
    form.finish(result).await
}

async fn decide_account(form: &Form, id: &str) -> Result<Response> {
    let context = &form.context;
    let Some(interaction) = Interaction::load(&context.realm, &context.visit, id).await? else {
        return unknown(context, id).await;
    };
    let (realm, visit, path) = (&context.realm, &context.visit, interaction.path());
    match (form.field("decision"), &visit.session) {
        ("switch", _) => switch(context, &interaction).await,
        ("add", _) => sign_in_beside(context, &interaction, None).await,
        ("use", _) => go_on_with(context, &interaction, form.field("sid")).await,
        ("end", _) => {
            let ended = choice::end(realm, visit, form.field("sid"), &path).await?;
            let response = respond::see_other(&path);
            Ok(if ended == Ended::InUse { respond::without_session(context, response) } else { response })
        }
        (_, Some(session)) => {
            choice::select(realm, &interaction, session).await?;
            Ok(respond::see_other(&path))
        }
        (_, None) => Ok(respond::see_other(&path)),
    }
}

/// Goes on with an account of this browser. One whose session is over is signed in to again.
async fn go_on_with(context: &Context, interaction: &Interaction, sid: &str) -> Result<Response> {
    let (realm, visit, path) = (&context.realm, &context.visit, interaction.path());
    let keeps = flow::account::signed_in(realm, visit, None).await?.is_some();
    match choice::go_on_with(realm, visit, sid, keeps, Some(interaction)).await? {
        Chosen::Same | Chosen::Unknown => Ok(respond::see_other(&path)),
        Chosen::InUse(cookie) => Ok(respond::with_session(context, respond::see_other(&path), &cookie)),
        Chosen::SignIn(address) => sign_in_beside(context, interaction, Some(address)).await,
    }
}

/// `POST /interaction/{id}/consent`: yes, no, or another account.
pub async fn decide(Path(id): Path<String>, form: Form) -> Response {
    let result = consented(&form, &id).await;
    form.finish(result).await
}

async fn consented(form: &Form, id: &str) -> Result<Response> {
    let context = &form.context;
    let interaction = match opened(context, id).await? {
        Ok(interaction) => interaction,
        Err(instead) => return Ok(instead),
    };
    let step = dispatch::current(&context.realm, &context.visit, &interaction).await?;
    match form.field("decision") {
        _ if step != Step::Consent => Ok(respond::see_other(&interaction.path())),
        "allow" => {
            consent::allow(&context.realm, &context.visit, &interaction).await?;
            Ok(respond::see_other(&interaction.path()))
        }
        "switch" => switch(context, &interaction).await,
        _ => respond::leave(context, &consent::deny(&context.realm, &context.visit, &interaction).await?),
    }
}

/// Begins the same request again: with the choice among the other accounts of this browser, or with a sign-in.
async fn switch(context: &Context, interaction: &Interaction) -> Result<Response> {
    let (realm, visit) = (&context.realm, &context.visit);
    if choice::others(realm, visit).await?.is_empty() {
        return sign_in_beside(context, interaction, None).await;
    }
    let id = interaction.begin_again_with_choice(realm, visit).await?;
    Ok(respond::see_other(&paths::interaction(&id)))
}

/// Begins the same request again with a sign-in, beside the account in use. One whose sign-in is half done makes way.
async fn sign_in_beside(
    context: &Context,
    interaction: &Interaction,
    address: Option<String>,
) -> Result<Response> {
    let (realm, visit) = (&context.realm, &context.visit);
    let further = flow::account::signed_in(realm, visit, None).await?.is_some();
    let wanted = Wanted { further, address, ..Wanted::default() };
    let id = interaction.begin_again_with_sign_in(realm, visit, wanted).await?;
    Ok(respond::see_other(&paths::interaction(&id)))
}

/// `GET /interaction/{id}/cancel`: sends the browser back to the client with `access_denied`, unless the request was
/// answered already (A15). It stores nothing: the request can still be finished from its page.
pub async fn cancel(context: Context, Path(id): Path<String>) -> Response {
    let result = async {
        let Some(interaction) = Interaction::load(&context.realm, &context.visit, &id).await? else {
            return unknown(&context, &id).await;
        };
        if !interaction.is_open(context.realm.now()) {
            return over(&context, &interaction);
        }
        Ok(respond::see_other(&consent::denial(&context.realm, &interaction)))
    };
    let result = result.await;
    context.finish(result)
}

/// `GET /interaction/{id}/again`: the same request, from its beginning.
pub async fn again(context: Context, Path(id): Path<String>) -> Response {
    let result = async {
        let Some(interaction) = Interaction::load(&context.realm, &context.visit, &id).await? else {
            return unknown(&context, &id).await;
        };
        let id = interaction.begin_again(&context.realm, &context.visit).await?;
        Ok(respond::see_other(&paths::interaction(&id)))
    };
    let result = result.await;
    context.finish(result)
}
