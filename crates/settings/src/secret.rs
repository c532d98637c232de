//! Secrets come from a file of their own or from the environment, never from the configuration file (E6, E7, K15).

use std::path::Path;

use secrecy::SecretString;

use super::{
    reader::Reader,
    tree::{Layer, Node, Scalar},
    typed, weak,
};
use crate::{secret_file, secret_text};

impl Reader<'_> {
    /// A secret of at least `min_bytes` bytes. `<key>_file` names its file, or an environment variable contains it
    /// (`PREFIX__SECTION__KEY`); the higher layer wins. Refused are a value in the configuration file, a file that
    /// others may read, and a value that is too short, well known or repetitive.
    pub fn secret(&self, key: &str, min_bytes: usize) -> SecretString {
        let file_key = format!("{key}_file");
        if !self.has(key) && !self.has(&file_key) {
            // Marks both as known, so that suggestions can name them.
            self.take(key);
            self.take(&file_key);
            self.missing(key, &format!("by `{file_key}` in this file"));
        }
        self.opt_secret(key, min_bytes).unwrap_or_default()
    }

    /// As [`Reader::secret`], for an optional key.
    pub fn opt_secret(&self, key: &str, min_bytes: usize) -> Option<SecretString> {
        let file_key = format!("{key}_file");
        let (direct, file) = (self.take(key), self.take(&file_key));
        if direct.is_some_and(|item| item.origin.layer == Layer::File) {
            let variable = self.variable(key).map(|name| format!(" or {name}")).unwrap_or_default();
            self.mistake(key, format!("a secret is not written into this file: use `{file_key}`{variable}"));
            return None;
        }
        let (from, value) = match (direct, file) {
            (Some(direct), Some(file)) if direct.origin.layer == file.origin.layer => {
                self.mistake(key, format!("is given twice: remove it or `{file_key}`"));
                return None;
            }
            (Some(direct), Some(file)) if direct.origin.layer < file.origin.layer => {
                (&*file_key, self.filed(&file_key))
            }
            (Some(_), _) => (key, self.direct(key)),
            (None, Some(_)) => (&*file_key, self.filed(&file_key)),
            (None, None) => return None,
        };
        let value = value?;
        if let Some(weakness) = weak::weakness(&value, min_bytes) {
            self.mistake(from, weakness);
            return None;
        }
        Some(SecretString::from(value))
    }

    fn direct(&self, key: &str) -> Option<String> {
        let Node::Scalar(Scalar::Raw(value)) = &self.take(key)?.node else { return None };
        match secret_text::read(value) {
            Ok(secret) => Some(secret.to_owned()),
            Err(unclear) => {
                self.mistake(key, format!("the secret {unclear}"));
                None
            }
        }
    }

    fn filed(&self, key: &str) -> Option<String> {
        match typed::text(self.take(key)?) {
            Err(value) => self.reject(key, value),
            Ok(path) => match secret_file::read(Path::new(&path)) {
                Ok(value) => return Some(value),
                Err(error) => self.mistake(key, format!("{path}: {error}")),
            },
        }
        None
    }
}
