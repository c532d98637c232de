//! The demo customer: it has a value for every claim, so that a newcomer sees what applications get.

use anyhow::bail;
use idp::{
    flow::profile::{self, Changed},
    realm::Realm,
};

/// The e-mail address for signing in.
pub const EMAIL: &str = "demo@example.com";
/// The name to show.
pub const NAME: &str = "Demo Customer";

const CLAIMS: &[(&str, &str)] = &[
    ("given_name", "Demo"),
    ("family_name", "Customer"),
    ("middle_name", "Edition"),
    ("nickname", "Demi"),
    ("preferred_username", "demo"),
    ("profile", "https://example.com/people/demo"),
    ("picture", "https://example.com/people/demo.png"),
    ("website", "https://example.com/"),
    ("gender", "female"),
    ("birthdate", "1990-02-28"),
    ("zoneinfo", "Europe/London"),
    ("locale", "en-GB"),
    (
        "address",
        r#"{"street_address":"1 Example Street","locality":"London","postal_code":"N1 1AA","country":"UK"}"#,
    ),
    ("phone_number", "+442079460000"),
    ("phone_number_verified", "true"),
];

/// Gives the demo customer every claim that the realm offers, and a verified e-mail address.
pub async fn fill_in(realm: &Realm) -> anyhow::Result<()> {
    let offered = CLAIMS.iter().filter(|(name, _)| realm.config.claims.contains(*name));
    let changes: Vec<(&str, Option<&str>)> = offered.map(|(name, text)| (*name, Some(*text))).collect();
    match profile::set_claims(realm, EMAIL, &changes).await? {
        Changed::Done => {}
        other => bail!("the demo customer could not be filled in: {other:?}"),
    }
    profile::verify_email(realm, EMAIL).await?;
    Ok(())
}
