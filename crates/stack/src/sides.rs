//! The configuration of the two APIs, made to fit.

use std::path::Path;

use service::config::Document;

use crate::{Files, Options, Urls, realms::client_secret_name};

/// The customer side.
pub fn shop(urls: &Urls, files: &Files, options: &Options) -> anyhow::Result<shop_api::Config> {
    let secret = files.secret(&client_secret_name("customer", "storefront"))?;
    let sealing = files.secret("shop-api.seal")?;
    let text = format!(
        "public_url = {}\ndatabase = {}\nsessions_database = {}\ndemo = true\n\
         [realm]\nissuer = {}\nclient_id = \"storefront\"\nclient_secret_file = {}\n\
         [staff]\nurl = {}\nissuer = {}\n[secrets]\nsealing_key_file = {}\n\
         [network]\nprivate_hosts = [\"localhost\"]\n",
        quoted(&urls.storefront),
        quoted(&files.database("commerce")),
        quoted(&files.database("shop-sessions")),
        quoted(&urls.customer_issuer),
        path(&secret),
        quoted(&urls.console),
        quoted(&urls.admin_issuer),
        path(&sealing),
    );
    let mut document = Document::parse("the stack's shop-api", &text)?;
    options.fit("shop-api", &mut document);
    Ok(shop_api::Config::read(document, std::env::vars_os())?)
}

/// The staff side.
pub fn console(urls: &Urls, files: &Files, options: &Options) -> anyhow::Result<admin_api::Config> {
    let secret = files.secret(&client_secret_name("admin", "console"))?;
    let sealing = files.secret("admin-api.seal")?;
    let text = format!(
        "public_url = {}\ndatabase = {}\nsessions_database = {}\n\
         [realm]\nissuer = {}\nclient_id = \"console\"\nclient_secret_file = {}\n\
         [storefront]\nurl = {}\nissuer = {}\n[secrets]\nsealing_key_file = {}\n\
         [network]\nprivate_hosts = [\"localhost\"]\n",
        quoted(&urls.console),
        quoted(&files.database("commerce")),
        quoted(&files.database("console-sessions")),
        quoted(&urls.admin_issuer),
        path(&secret),
        quoted(&urls.storefront),
        quoted(&urls.customer_issuer),
        path(&sealing),
    );
    let mut document = Document::parse("the stack's admin-api", &text)?;
    options.fit("admin-api", &mut document);
    Ok(admin_api::Config::read(document, std::env::vars_os())?)
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string().trim().to_owned()
}

fn path(path: &Path) -> String {
    quoted(&path.display().to_string())
}
