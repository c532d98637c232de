//! Realm files to get wrong.

use idp::realm::{RealmConfig, config::DEFAULTS};
use settings::{Document, Mistakes};

/// 34 characters each, of the kind `openssl rand -base64` makes.
pub const KEY: &str = "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq";
pub const PEPPER: &str = "Zt2VbW7sLk8nHe5oO4cQ1yAqX9Yp0dJmRw";
pub const CLIENT_SECRET: &str = "T6wq2ZcV9sLk8nHe5oO4cQ1yAqX9Yp0dJm";

/// A realm file without a mistake; its secrets come from elsewhere.
pub const RIGHT: &str = r#"name = "test"
issuer = "https://id.example.com"
database = "sqlite:/var/lib/realmkeep/test.db"

[session]
prefix = "test"
idle = "1h"

[factors]
second = "optional"

[passwords]
min_length = 15

[scopes.orders]
description = "See your orders"
resource = "https://shop.example.com"

[roles.member]
permissions = ["read"]

[[clients]]
id = "web"
name = "Web"
authentication = "client_secret_basic"
redirect_uris = ["https://web.example.com/callback"]
grants = ["authorization_code", "refresh_token", "client_credentials"]
scopes = ["openid", "orders"]

[[clients]]
id = "app"
name = "App"
authentication = "none"
redirect_uris = ["com.example.app:/callback", "http://127.0.0.1/callback"]
grants = ["authorization_code", "refresh_token"]
scopes = ["openid"]
"#;

/// [`RIGHT`] with one text replaced by another.
pub fn edited(from: &str, to: &str) -> String {
    assert_eq!(RIGHT.matches(from).count(), 1, "`{from}` is there once");
    RIGHT.replace(from, to)
}

/// The file over the defaults.
pub fn document(file: &str) -> Document {
    let defaults = Document::parse("default.toml", DEFAULTS).unwrap();
    defaults.overlaid_by(Document::parse("test.toml", file).unwrap())
}

/// The file, with the secrets that are demanded.
pub fn with_secrets(file: &str) -> Document {
    let mut document = document(file);
    document.set("secrets.key_encryption_key", KEY);
    document.set("secrets.pepper", PEPPER);
    document.set("clients.0.secret", CLIENT_SECRET);
    document
}

/// The file, read with its secrets.
pub fn read(file: &str) -> Result<RealmConfig, Mistakes> {
    RealmConfig::read(&with_secrets(file))
}

/// The mistakes as an operator sees them; none is no line.
pub fn reported<T>(result: Result<T, Mistakes>) -> Vec<String> {
    let reported = result.err().map(|mistakes| mistakes.to_string()).unwrap_or_default();
    reported.lines().map(str::to_owned).collect()
}

/// Asserts that this edit of [`RIGHT`] is told as exactly one mistake: about `key`, at the line where `at` stands in
/// the edited file, and in words that contain `words`.
pub fn refused(edit: (&str, &str), at: &str, key: &str, words: &str) {
    let file = edited(edit.0, edit.1);
    let line = file.lines().position(|line| line.contains(at)).map(|index| index + 1);
    let reported = reported(read(&file));
    let place = format!("test.toml:{}: `{key}`: ", line.unwrap());
    assert_eq!(reported.len(), 1, "{edit:?}: {reported:?}");
    assert!(
        reported[0].starts_with(&place) && reported[0].contains(words),
        "{edit:?}: {} is not {place}",
        reported[0]
    );
}
