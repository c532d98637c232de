//! The shipped realm files, made to fit: this machine's URLs, databases below the data folder, secrets of its own.

use std::{path::Path, sync::Arc};

use anyhow::Context;
use idp::realm::{Realm, RealmConfig, config};
use service::config::{Document, Reader};

use crate::{Files, Options, Urls};

/// Opens one of the two realms.
pub async fn open(
    name: &'static str,
    options: &Options,
    urls: &Urls,
    files: &Files,
) -> anyhow::Result<Arc<Realm>> {
    let (file_name, text) = text(name, options.realms.as_deref())?;
    let mut document = Document::parse(&file_name, &with_urls(&text, urls))?;
    fit(name, &mut document, urls, files)?;
    options.fit(name, &mut document);
    let config = RealmConfig::load(document)?;
    Realm::open(config, options.clock.clone(), options.random.clone()).await
}

fn text(name: &str, folder: Option<&Path>) -> anyhow::Result<(String, String)> {
    let Some(folder) = folder else {
        let shipped = if name == "admin" { config::ADMIN } else { config::CUSTOMER };
        return Ok((format!("{name}.toml"), shipped.to_owned()));
    };
    let path = folder.join(format!("{name}.toml"));
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    Ok((path.display().to_string(), text))
}

/// The shipped files name the storefront and the console by their default URLs.
fn with_urls(text: &str, urls: &Urls) -> String {
    text.replace("http://localhost:7101", &urls.storefront).replace("http://localhost:7102", &urls.console)
}

/// Sets what belongs to this machine.
fn fit(name: &str, document: &mut Document, urls: &Urls, files: &Files) -> anyhow::Result<()> {
    let issuer = if name == "admin" { &urls.admin_issuer } else { &urls.customer_issuer };
    document.set("issuer", issuer);
    document.set("database", files.database(name));
    document.set("network.private_hosts", "localhost");
    for (key, file) in [("key_encryption_key_file", "kek"), ("pepper_file", "pepper")] {
        let path = files.secret(&format!("{name}.{file}"))?;
        document.set(&format!("secrets.{key}"), path.display().to_string());
    }
    for (index, id) in clients_without_secret(document) {
        let path = files.secret(&client_secret_name(name, &id))?;
        document.set(&format!("clients.{index}.secret_file"), path.display().to_string());
    }
    Ok(())
}

/// The file of a client's secret below `secrets`.
pub fn client_secret_name(realm: &str, client: &str) -> String {
    format!("{realm}.{client}.secret")
}

/// The confidential clients whose file names no secret: they get a random one.
fn clients_without_secret(document: &Document) -> Vec<(usize, String)> {
    let reader = Reader::new(document);
    let clients = reader.tables("clients").into_iter().enumerate();
    clients
        .filter(|(_, table)| !table.has("secret_file"))
        .filter(|(_, table)| table.opt_text("authentication").is_some_and(|method| method != "none"))
        .filter_map(|(index, table)| Some((index, table.opt_text("id")?)))
        .collect()
}
