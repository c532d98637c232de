//! Another mail instead of one that did not arrive.

use super::{address, asked_here, registration, reset, sign_in};
use crate::{
    flow::{Result, account, mail_links::Purpose},
    paths,
    realm::Realm,
    session::Visit,
    store::mailed_links::MailedLink,
};

/// Sends the mail of that page once more: the older one stops working. Returns where the browser goes; `None` when
/// another browser asked for the mail, or when it was used or has expired.
pub async fn again(realm: &Realm, visit: &Visit, id: &str) -> Result<Option<String>> {
    let link = asked_here(realm, visit, id).await?;
    // whether a link for a new password was used tells whether there is an account
    let is_over = |link: &MailedLink| link.used_at.is_some() && link.purpose != Purpose::Reset.as_str();
    let Some(link) = link.filter(|link| !is_over(link) && link.expires_at > realm.now()) else {
        return Ok(None);
    };
    let interaction = link.interaction.as_deref();
    let path = match Purpose::of(&link) {
        Some(Purpose::Reset) => reset::begin(realm, visit, interaction, &link.address).await?.ok(),
        Some(Purpose::SignIn) => sign_in::begin(realm, visit, interaction, &link.address).await?.ok(),
        Some(Purpose::Register) => Some(registration::ask_again(realm, visit, &link).await?),
        Some(purpose @ (Purpose::Confirm | Purpose::Change)) => {
            let session = account::signed_in(realm, visit, None).await?;
            let session = session.filter(|session| Some(&session.user_id) == link.user_id.as_ref());
            let Some(session) = session else { return Ok(Some(paths::ADDRESS.to_owned())) };
            if purpose == Purpose::Confirm {
                Some(address::confirm(realm, visit, session).await?)
            } else {
                address::change(realm, visit, session, &link.address).await?.ok()
            }
        }
        Some(Purpose::Undo | Purpose::Disown) | None => None,
    };
    Ok(path)
}
