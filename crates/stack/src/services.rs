//! Makes the configuration of the two APIs fit the realms.

use std::ffi::OsString;

use idp::realm::RealmFile;
use secrecy::ExposeSecret;
use settings::Document;

use crate::{
    Files, Options, Urls,
    realms::{client_secret, client_secret_name},
};

/// The inputs of the services' configuration.
#[derive(Debug)]
pub struct Parts<'a> {
    pub options: &'a Options,
    pub urls: &'a Urls,
    pub files: &'a Files,
    /// The customer realm and the staff realm. `None` if they have mistakes; mistakes in the services are found
    /// nevertheless.
    pub realms: Option<(&'a RealmFile, &'a RealmFile)>,
    pub variables: &'a [(OsString, OsString)],
}

/// The configuration of the service of the customer realm.
pub fn shop(parts: &Parts<'_>) -> anyhow::Result<shop_api::Config> {
    let (customer, admin) = parts.issuers();
    let mut document = parts.document("shop-api", "shop-sessions")?;
    document.preset("public_url", &parts.urls.storefront);
    document.preset("demo", "true");
    document.preset("realm.issuer", customer);
    document.preset("staff.url", &parts.urls.console);
    document.preset("staff.issuer", admin);
    let client =
        Client { id: "storefront", realm: "customer", file: parts.realms.map(|(customer, _)| customer) };
    parts.sign_in_as(&client, &mut document)?;
    parts.options.fit("shop-api", &mut document);
    Ok(shop_api::Config::read(document, parts.variables.iter().cloned())?)
}

/// The configuration of the service of the staff realm.
pub fn console(parts: &Parts<'_>) -> anyhow::Result<admin_api::Config> {
    let (customer, admin) = parts.issuers();
    let mut document = parts.document("admin-api", "console-sessions")?;
    document.preset("public_url", &parts.urls.console);
    document.preset("realm.issuer", admin);
    document.preset("storefront.url", &parts.urls.storefront);
    document.preset("storefront.issuer", customer);
    let client = Client { id: "console", realm: "admin", file: parts.realms.map(|(_, admin)| admin) };
    parts.sign_in_as(&client, &mut document)?;
    parts.options.fit("admin-api", &mut document);
    Ok(admin_api::Config::read(document, parts.variables.iter().cloned())?)
}

/// A service as a client of its realm.
struct Client<'a> {
    id: &'a str,
    /// The realm's name.
    realm: &'a str,
    /// The realm's file, if it could be read.
    file: Option<&'a RealmFile>,
}

impl Parts<'_> {
    /// The configuration that both services have in common.
    fn document(&self, part: &str, sessions: &str) -> anyhow::Result<Document> {
        let mut document = Document::parse(&format!("the stack's {part}"), "")?;
        document.preset("database", self.files.database("commerce"));
        document.preset("sessions_database", self.files.database(sessions));
        document.preset("network.private_hosts", "localhost");
        let sealing = self.files.secret(&format!("{part}.seal"))?;
        document.preset("secrets.sealing_key_file", sealing.display().to_string());
        Ok(document)
    }

    /// The issuers, as configured in the realms.
    fn issuers(&self) -> (&str, &str) {
        match self.realms {
            Some((customer, admin)) => (&customer.config.issuer, &admin.config.issuer),
            None => (&self.urls.customer_issuer, &self.urls.admin_issuer),
        }
    }

    /// Makes a service a client of its realm, with the client's secret there.
    fn sign_in_as(&self, client: &Client<'_>, document: &mut Document) -> anyhow::Result<()> {
        document.preset("realm.client_id", client.id);
        if let Some(realm) = client.file {
            // the realm and the service have the same product name and time zone
            document.preset("product", &realm.config.product);
            document.preset("time_zone", realm.config.time_zone.name());
            document.preset("realm.client_secret", client_secret(realm, client.id)?.expose_secret());
        } else {
            let path = self.files.secret(&client_secret_name(client.realm, client.id))?;
            document.preset("realm.client_secret_file", path.display().to_string());
        }
        Ok(())
    }
}
