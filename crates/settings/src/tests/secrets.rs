use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use secrecy::ExposeSecret as _;

use super::{STRONG, variables};
use crate::{Document, Reader};

fn secret_file(directory: &Path, content: &str, mode: u32) -> PathBuf {
    let path = directory.join("secret");
    fs::write(&path, content).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    path
}

fn read_secret(file: &str, environment: &[(&str, &str)]) -> Result<String, String> {
    let document = Document::parse("a.toml", file).unwrap().with_environment("RK", variables(environment));
    let reader = Reader::new(&document);
    let secret = reader.table("secrets").secret("pepper", 32);
    reader.finish().map(|()| secret.expose_secret().to_owned()).map_err(|mistakes| mistakes.to_string())
}

#[test]
fn e7_a_secret_comes_from_a_file_or_from_the_environment_and_the_higher_layer_counts() {
    let directory = tempfile::tempdir().unwrap();
    let path = secret_file(directory.path(), &format!("{STRONG}-file\n"), 0o600);
    let named = format!("[secrets]\npepper_file = {path:?}\n");
    assert_eq!(read_secret(&named, &[]), Ok(format!("{STRONG}-file")));
    assert_eq!(read_secret("", &[("RK__SECRETS__PEPPER", STRONG)]), Ok(STRONG.to_owned()));
    assert_eq!(read_secret(&named, &[("RK__SECRETS__PEPPER", STRONG)]), Ok(STRONG.to_owned()));
    let variable = path.to_str().unwrap();
    assert_eq!(read_secret("", &[("RK__SECRETS__PEPPER_FILE", variable)]), Ok(format!("{STRONG}-file")));
    let twice = [("RK__SECRETS__PEPPER", STRONG), ("RK__SECRETS__PEPPER_FILE", variable)];
    assert!(read_secret("", &twice).unwrap_err().contains("given twice"));
}

#[test]
fn e6_missing_exposed_empty_weak_and_inline_secrets_are_refused_without_showing_them() {
    let directory = tempfile::tempdir().unwrap();
    let with_file = |content: &str, mode: u32| {
        let path = secret_file(directory.path(), content, mode);
        read_secret(&format!("[secrets]\npepper_file = {path:?}\n"), &[]).unwrap_err()
    };
    assert!(with_file(STRONG, 0o644).contains("a.toml:2: `secrets.pepper_file`: "));
    assert!(with_file(STRONG, 0o640).contains("chmod 600"));
    assert!(with_file("\n", 0o600).contains("empty"));
    assert!(with_file("canary-4711", 0o600).contains("at least 32 bytes"));
    assert!(with_file("changeme-changeme-changeme-changeme", 0o600).contains("well-known"));
    let missing = read_secret("", &[]).unwrap_err();
    assert!(missing.contains("`secrets.pepper`: missing; give it by `pepper_file` in this file or as environment variable RK__SECRETS__PEPPER"), "{missing}");
    assert!(
        read_secret("[secrets]\npepper_file = \"/absent/file\"\n", &[]).unwrap_err().contains("/absent/file")
    );
    assert!(read_secret("", &[("RK__SECRETS__PEPPER", "")]).unwrap_err().contains("empty"));
    let inline = read_secret(&format!("[secrets]\npepper = \"{STRONG}\"\n"), &[]).unwrap_err();
    assert!(inline.contains("not written into this file"));
    for text in [with_file("canary-4711", 0o600), inline] {
        assert!(!text.contains("4711") && !text.contains(STRONG), "{text}");
    }
}
