//! Adapts the realm files: this machine's URLs, databases in the data folder, and generated secrets.

use std::path::Path;

use idp::realm::{RealmFile, config};
use secrecy::SecretString;
use settings::{Document, Mistake, Mistakes, Reader};

use crate::{Files, Options, Urls};

/// The file of one of the two realms, with this machine's URLs.
pub fn document(name: &str, options: &Options, urls: &Urls) -> Result<Document, Mistakes> {
    let Some(folder) = &options.realms else {
        let shipped = if name == "admin" { config::ADMIN } else { config::CUSTOMER };
        return Document::parse(&format!("{name}.toml"), &with_urls(shipped, urls));
    };
    let path = folder.join(format!("{name}.toml"));
    let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
    Document::parse(&path.display().to_string(), &with_urls(&text, urls))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Mistakes {
    let (file, message) = (path.display().to_string(), format!("can't be read: {error}"));
    Mistakes::from_iter([Mistake { file, line: None, key: String::new(), message, suggestion: None }])
}

/// The shipped files name the storefront and the console by their default URLs.
fn with_urls(text: &str, urls: &Urls) -> String {
    text.replace("http://localhost:7101", &urls.storefront).replace("http://localhost:7102", &urls.console)
}

/// Presets the values of this machine; the environment overrides them.
pub fn fit(name: &str, document: &mut Document, urls: &Urls, files: &Files) -> anyhow::Result<()> {
    let issuer = if name == "admin" { &urls.admin_issuer } else { &urls.customer_issuer };
    document.preset("issuer", issuer);
    document.preset("database", files.database(name));
    document.preset("network.private_hosts", "localhost");
    document.preset("mail.from", "no-reply@localhost");
    document.preset("mail.folder", files.mails().display().to_string());
    for (key, file) in [("key_encryption_key_file", "kek"), ("pepper_file", "pepper")] {
        let path = files.secret(&format!("{name}.{file}"))?;
        document.preset(&format!("secrets.{key}"), path.display().to_string());
    }
    for (index, id) in clients_without_secret(document) {
        let path = files.secret(&client_secret_name(name, &id))?;
        document.preset(&format!("clients.{index}.secret_file"), path.display().to_string());
    }
    Ok(())
}

/// The client's secret in the realm's configuration, whatever its source.
pub fn client_secret(realm: &RealmFile, id: &str) -> Result<SecretString, Mistakes> {
    let reader = Reader::new(&realm.document);
    let clients = reader.tables("clients");
    let client = clients.iter().find(|client| client.opt_text("id").is_some_and(|found| found == id));
    client.and_then(|client| client.opt_secret("secret", 0)).ok_or_else(|| {
        let message = format!("one has to be `{id}`, with a secret: our own pages sign in as that client");
        Mistakes::from_iter([realm.document.mistake("clients", message)])
    })
}

/// Name of the file of a client's secret in the folder `secrets`.
pub fn client_secret_name(realm: &str, client: &str) -> String {
    format!("{realm}.{client}.secret")
}

/// The confidential clients that have no secret file in the configuration: index and id. They get a generated secret.
fn clients_without_secret(document: &Document) -> Vec<(usize, String)> {
    let reader = Reader::new(document);
    let clients = reader.tables("clients").into_iter().enumerate();
    clients
        .filter(|(_, table)| !table.has("secret_file"))
        .filter(|(_, table)| table.opt_text("authentication").is_some_and(|method| method != "none"))
        .filter_map(|(index, table)| Some((index, table.opt_text("id")?)))
        .collect()
}
