//! The configuration of all four parts. It is read as a whole before anything is opened, so that every mistake is
//! reported together and no realm starts that shares a resource with another one (H1, P3).

use std::ffi::OsString;

use anyhow::bail;
use idp::realm::{RealmConfig, RealmFile, set};
use settings::{Mistake, Mistakes};

use crate::{Files, Options, Urls, realms, services};

/// The configuration of each part.
#[derive(Debug)]
pub struct Configuration {
    pub customer: RealmConfig,
    pub admin: RealmConfig,
    pub shop: shop_api::Config,
    pub console: admin_api::Config,
}

/// Settings that the stack makes itself, whatever a part's variable says: the end of the variable, and a message.
const OURS: [(&str, &str); 2] = [
    ("__LISTEN", "realmkeep listens where --base-port says; remove this"),
    ("__LOG__FORMAT", "realmkeep logs JSON, as much as --log says; remove this"),
];
const PARTS: [&str; 4] = ["REALMKEEP_CUSTOMER", "REALMKEEP_ADMIN", "SHOP_API", "ADMIN_API"];

/// Reads everything. An error of type [`Mistakes`] lists all mistakes.
pub fn load(options: &Options, urls: &Urls, files: &Files) -> anyhow::Result<Configuration> {
    let variables: Vec<(OsString, OsString)> = std::env::vars_os().collect();
    let mut documents = ["customer", "admin"].map(|name| (name, realms::document(name, options, urls)));
    for (name, document) in &mut documents {
        if let Ok(document) = document {
            realms::fit(name, document, urls, files)?;
            options.fit(name, document);
        }
    }
    let mut mistakes = refused(&variables);
    let read = set::load(documents.map(|(_, document)| document), &variables).map_err(anyhow::Error::from);
    let realms = kept(read, &mut mistakes)?.unwrap_or_default();
    let parts = services::Parts { options, urls, files, realms: both(&realms), variables: &variables };
    let shop = kept(services::shop(&parts), &mut mistakes)?;
    let console = kept(services::console(&parts), &mut mistakes)?;
    mistakes.into_result()?;
    let mut realms = realms.into_iter().map(|realm| realm.config);
    match (realms.next(), realms.next(), shop, console) {
        (Some(customer), Some(admin), Some(shop), Some(console)) => {
            Ok(Configuration { customer, admin, shop, console })
        }
        _ => bail!("the configuration could not be read"),
    }
}

/// The value, or `None` after its mistakes were added to `mistakes`, so that reading goes on.
fn kept<T>(read: anyhow::Result<T>, mistakes: &mut Mistakes) -> anyhow::Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(error) => {
            mistakes.merge(error.downcast::<Mistakes>()?);
            Ok(None)
        }
    }
}

/// The customer realm and the staff realm, unless one of them has a mistake.
fn both(realms: &[RealmFile]) -> Option<(&RealmFile, &RealmFile)> {
    realms.first().zip(realms.get(1))
}

fn refused(variables: &[(OsString, OsString)]) -> Mistakes {
    let names = variables.iter().filter_map(|(name, _)| name.to_str());
    let refused = |name: &str| {
        let key = PARTS.iter().find_map(|part| name.strip_prefix(part))?;
        let (_, message) = OURS.iter().find(|(ours, _)| ours.eq_ignore_ascii_case(key))?;
        Some(Mistake::in_variable(name, *message))
    };
    names.filter_map(refused).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d6_variables_that_would_do_nothing_are_refused() {
        let names =
            ["SHOP_API__LOG__FORMAT", "REALMKEEP_ADMIN__LISTEN", "ADMIN_API__PRODUCT", "LISTEN", "X__LISTEN"];
        let variables: Vec<_> =
            names.iter().map(|name| (OsString::from(name), OsString::from("x"))).collect();
        let shown = refused(&variables).to_string();
        assert_eq!(shown.lines().count(), 2, "{shown}");
        assert!(
            shown.contains("REALMKEEP_ADMIN__LISTEN: realmkeep listens where --base-port says"),
            "{shown}"
        );
        assert!(shown.contains("SHOP_API__LOG__FORMAT: realmkeep logs JSON"), "{shown}");
    }
}
