//! The address of a database, and its password, which must not be part of the address.

use ::database::DatabaseUrl;
use secrecy::ExposeSecret;

use super::{
    reader::Reader,
    tree::{Layer, Node, Scalar},
};

/// Least length of the password of a database role or Redis user: such passwords are generated.
pub(super) const MIN_PASSWORD_BYTES: usize = 16;

impl Reader<'_> {
    /// The database under `key`: `sqlite:PATH` or `postgres://ROLE@HOST/NAME`. The role's password comes from
    /// `<key>_password_file` or the environment, never from the address in a configuration file (E7).
    pub fn database(&self, key: &str) -> DatabaseUrl {
        let text = self.text(key);
        let password = self.opt_secret(&format!("{key}_password"), MIN_PASSWORD_BYTES);
        let nowhere = DatabaseUrl::Sqlite(std::path::PathBuf::new());
        if text.is_empty() {
            return nowhere;
        }
        if self.is_password_in_file(key, &text) {
            return nowhere;
        }
        let Ok(url) = text.parse::<DatabaseUrl>() else {
            self.mistake(key, "must be sqlite:PATH or postgres://ROLE@HOST/NAME");
            return nowhere;
        };
        match password {
            Some(password) => url.with_password(password.expose_secret()),
            None => url,
        }
    }

    /// Whether the address is in a configuration file and has a password, which is a mistake.
    pub(super) fn is_password_in_file(&self, key: &str, address: &str) -> bool {
        let written = self.take(key).filter(|item| item.origin.layer == Layer::File);
        let in_file = written.is_some_and(|item| matches!(item.node, Node::Scalar(Scalar::Text(_))));
        let refused = in_file && has_password(address);
        if refused {
            let message = format!("a password is not written into this file: use `{key}_password_file`");
            self.mistake(key, message);
        }
        refused
    }
}

/// Whether an address has a password in either of the two places where libpq reads one.
fn has_password(address: &str) -> bool {
    let Ok(url) = url::Url::parse(address) else { return false };
    url.password().is_some() || url.query_pairs().any(|(name, _)| name == "password")
}

#[cfg(test)]
mod tests {
    use ::database::DatabaseUrl;

    use super::super::{Document, Reader};

    fn read(file: &str, variables: &[(&str, &str)]) -> Result<DatabaseUrl, String> {
        let document = Document::parse("test.toml", file).unwrap();
        let variables = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let document = document.with_environment("APP", variables);
        let reader = Reader::new(&document);
        let url = reader.database("database");
        reader.finish().map(|()| url).map_err(|mistakes| mistakes.to_string())
    }

    #[test]
    fn e7_a_password_comes_from_its_file_or_the_environment_and_never_from_the_address_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        crate::secret_file::read_or_create(&file, &clock::random::OsRandom).unwrap();
        let named =
            format!("database = \"postgres://a@db/x\"\ndatabase_password_file = \"{}\"", file.display());
        assert!(read(&named, &[]).is_ok());
        let variable = ("APP__DATABASE_PASSWORD", "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8");
        assert!(read("database = \"postgres://a@db/x\"", &[variable]).is_ok());
        assert!(read("", &[("APP__DATABASE", "postgres://a:oO4cQ1yAqX9Yp0dJ@db/x")]).is_ok());

        for address in ["postgres://a:hunter2hunter2@db/x", "postgres://a@db/x?password=hunter2hunter2"] {
            let shown = read(&format!("database = \"{address}\""), &[]).unwrap_err();
            assert!(shown.contains("database_password_file") && !shown.contains("hunter2"), "{shown}");
        }
        let short =
            read("database = \"postgres://a@db/x\"", &[("APP__DATABASE_PASSWORD", "short")]).unwrap_err();
        assert!(short.contains("database_password"), "{short}");
    }

    #[test]
    fn e6_what_is_no_database_is_told() {
        assert!(read("database = \"sqlite:x.db\"", &[]).is_ok());
        for (file, words) in [
            ("database = \"mysql://x\"", "must be sqlite:PATH"),
            ("database = \"sqlite:\"", "must be sqlite:PATH"),
            ("database = 1", "must be text"),
            ("", "database"),
        ] {
            let shown = read(file, &[]).unwrap_err();
            assert!(shown.contains(words), "{file}: {shown}");
        }
    }
}
