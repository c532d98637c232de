//! The address of an optional Redis server, and its password, which must not be part of the address.

use cache::CacheUrl;
use secrecy::ExposeSecret;

use super::{database::MIN_PASSWORD_BYTES, reader::Reader};

impl Reader<'_> {
    /// The server under `redis`: `redis://USER@HOST:PORT`, or `rediss://` for TLS. The user's password comes from
    /// `redis_password_file` or the environment, never from the address in a configuration file (E7). With
    /// `redis_ca_file` only certificates of that authority are accepted.
    pub fn redis(&self) -> Option<CacheUrl> {
        let password = self.opt_secret("redis_password", MIN_PASSWORD_BYTES);
        let ca_file = self.opt_path("redis_ca_file");
        let Some(text) = self.opt_text("redis") else {
            let orphans = ["redis_password", "redis_password_file", "redis_ca_file"];
            for key in orphans.into_iter().filter(|key| self.has(key)) {
                self.mistake(key, "does nothing without `redis`, the address of the server");
            }
            return None;
        };
        if self.is_password_in_file("redis", &text) {
            return None;
        }
        let url = match text.parse::<CacheUrl>() {
            Ok(url) => url,
            Err(error) => {
                self.mistake("redis", error.to_string());
                return None;
            }
        };
        let url = match password {
            Some(password) => url.with_password(password.expose_secret()),
            None => url,
        };
        let Some(path) = ca_file else { return Some(url) };
        let trusted = std::fs::read(&path).map_err(|error| error.to_string());
        let with_ca = trusted.and_then(|pem| url.with_ca(pem).map_err(|error| error.to_string()));
        with_ca.map_err(|error| self.mistake("redis_ca_file", format!("{}: {error}", path.display()))).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Reader};

    fn read(file: &str, variables: &[(&str, &str)]) -> Result<Option<String>, String> {
        let document = Document::parse("test.toml", file).unwrap();
        let variables = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let document = document.with_environment("APP", variables);
        let reader = Reader::new(&document);
        let url = reader.redis().map(|url| format!("{url:?}"));
        reader.finish().map(|()| url).map_err(|mistakes| mistakes.to_string())
    }

    #[test]
    fn a_server_is_optional_and_what_is_told_of_it_is_checked() {
        assert_eq!(read("", &[]), Ok(None));
        let named = read("redis = \"redis://customer@cache:6379\"", &[]);
        assert_eq!(named, Ok(Some("redis of customer at cache:6379".to_owned())));
        let (address, password) = ("rediss://customer@cache", "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8");
        assert!(read("", &[("APP__REDIS", address), ("APP__REDIS_PASSWORD", password)]).is_ok());

        for (file, key, words) in [
            ("redis = \"cache:6379\"", "redis", "must be redis://"),
            ("redis = \"rediss://cache/#insecure\"", "redis", "must be redis://"),
            ("redis = \"redis://c:hunter2hunter2@cache\"", "redis", "redis_password_file"),
            ("redis_ca_file = \"/x\"", "redis_ca_file", "does nothing without"),
            ("redis = \"rediss://cache\"\nredis_ca_file = \"/nowhere\"", "redis_ca_file", "/nowhere"),
        ] {
            let shown = read(file, &[]).unwrap_err();
            assert!(
                shown.contains(key) && shown.contains(words) && !shown.contains("hunter2"),
                "{file}: {shown}"
            );
        }
    }
}
