//! `idp user disable` and `idp user enable`

use runtime::terminal::complain;
use serde_json::json;

use super::{Who, account};
use crate::{cli::output::Output, flow::accounts, realm::RealmConfig};

pub async fn disable(realms: Vec<RealmConfig>, who: &Who, output: Output) -> anyhow::Result<()> {
    let (realm, user) = account(realms, who).await?;
    let last = accounts::only_holder_of(&realm, &user).await?;
    let changed = accounts::disable(&realm, &user.email).await?;
    if let (Some(role), true) = (last, changed) {
        // a warning, not a refusal: the person who has the account may be the reason to disable it
        complain(format_args!(
            "nobody who can sign in has every permission now: `idp user add --role {role}` makes somebody who has"
        ));
    }
    let text = if changed { "disabled" } else { "it was disabled before" };
    output.done(text, &json!({ "id": user.id, "email": user.email, "state": "disabled", "changed": changed }))
}

pub async fn enable(realms: Vec<RealmConfig>, who: &Who, output: Output) -> anyhow::Result<()> {
    let (realm, user) = account(realms, who).await?;
    let changed = accounts::enable(&realm, &user.id).await?;
    let state = if accounts::can_sign_in(&realm, &user).await? { "active" } else { "invited" };
    let text = match (changed, state) {
        (true, "active") => "enabled; what ended when it was disabled stays ended",
        (true, _) => {
            "enabled; nobody can sign in to it: `idp user reset-factors` prints a link for its owner"
        }
        (false, _) => "it is not disabled",
    };
    output.done(text, &json!({ "id": user.id, "email": user.email, "state": state, "changed": changed }))
}
