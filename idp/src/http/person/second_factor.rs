//! The pages for the second factor: a code from the authenticator app, or a recovery code.

use axum::{extract::Path, http::StatusCode, response::Response};
use language::Message;
use protocol::authorize::{FactorPolicy, Step};

use super::{
    super::{
        context::Context,
        error::{self, Again},
        pages::{PasskeyForm, RecoveryPage, SecondFactorPage, Trust},
        request::Form,
        respond,
    },
    interaction_page::{account, opened, page, ways_out},
    passkeys::answer,
};
use crate::{
    flow::{
        Result,
        account::{demand, recovery_left},
        dispatch,
        factor_policy::Demand,
        passkeys::proof,
        second_factor::{self, Code, Outcome, Typed},
    },
    paths::Action,
    session::interaction::Interaction,
};

const DAY: i64 = 86_400;
const WRONG_CODE: Message = Message::new("second-factor-wrong-code");
const WRONG_PASSKEY: Message = Message::new("second-factor-wrong-passkey");
const WRONG_RECOVERY: Message = Message::new("recovery-wrong");

/// The page for a code from the authenticator app or a passkey, whichever the account has; for a passkey alone when
/// nothing else is what the client asks for.
pub async fn page_of_factors(
    context: &Context,
    interaction: &Interaction,
    step: Step,
    failed: Option<Failed>,
) -> Result<Response> {
    let (path, action) = (interaction.path(), interaction.action(Action::SecondFactor));
    let offered = proof::offer(&context.realm, &context.visit, step == Step::HardwarePasskey).await?;
    let (app, has_codes, trust) = match &context.visit.session {
        Some(session) if step == Step::SecondFactor => {
            let left = recovery_left(&context.realm, session).await?;
            let Demand { enrolled, policy } = demand(&context.realm, session).await?;
            (enrolled.app, left > 0, trust(context, policy, failed.as_ref()))
        }
        _ => (false, false, None),
    };
    let shown = SecondFactorPage {
        frame: respond::frame_of(context, interaction),
        csrf: context.csrf(),
        app,
        trust,
        passkey: offered.map(|offered| PasskeyForm::new(action.clone(), context.csrf(), offered)),
        action,
        recovery_url: has_codes.then(|| format!("{path}?view=recovery")),
        account: account(context).await?,
        out: ways_out(context, interaction),
        problem: failed.map(|failed| failed.problem),
    };
    page(interaction, status(shown.problem.is_some()), &shown)
}

/// An attempt that failed.
pub struct Failed {
    problem: Message,
    /// Whether the person didn't want to be asked here again.
    trusts: bool,
}

/// The offer not to ask in this browser for a while.
fn trust(context: &Context, policy: FactorPolicy, failed: Option<&Failed>) -> Option<Trust> {
    let seconds = context.realm.trusts_browsers_for(policy)?;
    let days = (seconds + DAY - 1) / DAY;
    Some(Trust { days, is_chosen: failed.is_some_and(|failed| failed.trusts) })
}

/// The page for a recovery code.
pub async fn recovery_page(
    context: &Context,
    interaction: &Interaction,
    problem: Option<Message>,
) -> Result<Response> {
    let path = interaction.path();
    let shown = RecoveryPage {
        frame: respond::frame_of(context, interaction),
        action: interaction.action(Action::Recovery),
        csrf: context.csrf(),
        totp_url: path,
        account: account(context).await?,
        out: ways_out(context, interaction),
        problem,
    };
    page(interaction, status(shown.problem.is_some()), &shown)
}

fn status(failed: bool) -> StatusCode {
    if failed { StatusCode::BAD_REQUEST } else { StatusCode::OK }
}

/// `POST /interaction/{id}/second-factor`: the answer of a passkey, or a code.
pub async fn post(Path(id): Path<String>, form: Form) -> Response {
    let factor = if form.field("credential").is_empty() { Factor::Totp } else { Factor::Passkey };
    let result = check(&form, &id, factor).await;
    form.finish(result).await
}

/// `POST /interaction/{id}/recovery`
pub async fn recovery(Path(id): Path<String>, form: Form) -> Response {
    let result = check(&form, &id, Factor::Recovery).await;
    form.finish(result).await
}

/// Which second factor the person presents.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Factor {
    Totp,
    Passkey,
    Recovery,
}

async fn check(form: &Form, id: &str, factor: Factor) -> Result<Response> {
    let context = &form.context;
    let (realm, visit) = (&context.realm, &context.visit);
    let interaction = match opened(context, id).await? {
        Ok(interaction) => interaction,
        Err(instead) => return Ok(instead),
    };
    let step = dispatch::current(realm, visit, &interaction).await?;
    let is_asked = match step {
        Step::SecondFactor => true,
        Step::Passkey | Step::HardwarePasskey => factor == Factor::Passkey,
        _ => false,
    };
    if !is_asked {
        return Ok(respond::see_other(&interaction.path()));
    }
    let (leads_to, trusts) = (interaction.path(), form.field("trust") == "yes");
    let outcome = match factor {
        Factor::Totp => {
            let typed = Typed { code: Code::Totp(form.field("otp")), trusts };
            second_factor::check(realm, visit, typed, &leads_to).await
        }
        Factor::Passkey => {
            proof::check(realm, visit, (answer(form), trusts && step == Step::SecondFactor), &leads_to).await
        }
        Factor::Recovery => {
            let code = Code::Recovery(form.field("recovery_code"));
            second_factor::check(realm, visit, code, &leads_to).await
        }
    };
    match outcome {
        Ok(Outcome::Proved(cookie)) => {
            Ok(respond::with_session(context, respond::see_other(&interaction.path()), &cookie))
        }
        Ok(Outcome::Wrong) => {
            let text = match factor {
                Factor::Totp => WRONG_CODE,
                Factor::Passkey => WRONG_PASSKEY,
                Factor::Recovery => WRONG_RECOVERY,
            };
            let failed = Failed { problem: text, trusts };
            once_more(context, &interaction, (step, factor), failed).await
        }
        Err(failure) => {
            let again = Again::after(failure, realm.now())?;
            let failed = Failed { problem: again.text, trusts };
            let mut shown = once_more(context, &interaction, (step, factor), failed).await?;
            *shown.status_mut() = again.status;
            Ok(error::with_retry(shown, again.retry_seconds))
        }
    }
}

/// The page that the form came from, with what was wrong.
async fn once_more(
    context: &Context,
    interaction: &Interaction,
    (step, factor): (Step, Factor),
    failed: Failed,
) -> Result<Response> {
    match factor {
        Factor::Totp | Factor::Passkey => page_of_factors(context, interaction, step, Some(failed)).await,
        Factor::Recovery => recovery_page(context, interaction, Some(failed.problem)).await,
    }
}
