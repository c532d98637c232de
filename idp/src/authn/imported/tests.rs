use serde_json::{Value, json};

use super::*;

/// The password `correct horse`, as other programs hash it: made with Keycloak's parameters and Python's `hashlib` and
/// `argon2-cffi`, then with Django, `bcrypt`, `passlib`, `argon2-cffi` and Werkzeug.
const MADE: [&str; 20] = [
    r#"{"type": "password", "secretData": "{\"value\": \"cBg8D2DungRB9k76szThf5ehfyBz991ay6PT8Srwk4NQEC0GVAwWLSUGWbcye1xU+dO7fZFld1DsscNlAN1uxw==\", \"salt\": \"MDEyMzQ1Njc4OWFiY2RlZg==\"}", "credentialData": "{\"hashIterations\": 1000, \"algorithm\": \"pbkdf2-sha256\", \"additionalParameters\": {}}"}"#,
    r#"{"type": "password", "secretData": "{\"value\": \"OM0FAoIqCVK1sWtxDiffVlBejtLa+ks4TP71JiecwuSZCG8iLbnlIEPOMoVX+i2B2wkSxjQ8CRGR9OkNGuIPMQ==\", \"salt\": \"MDEyMzQ1Njc4OWFiY2RlZg==\"}", "credentialData": "{\"hashIterations\": 1000, \"algorithm\": \"pbkdf2-sha512\", \"additionalParameters\": {}}"}"#,
    r#"{"type": "password", "secretData": "{\"value\": \"aUfE2vx5Q7zgbb0jx49AaNpXUQQ=\", \"salt\": \"MDEyMzQ1Njc4OWFiY2RlZg==\"}", "credentialData": "{\"hashIterations\": 1000, \"algorithm\": \"pbkdf2\", \"additionalParameters\": {}}"}"#,
    r#"{"type": "password", "secretData": "{\"value\": \"MjZP1+1U9JUbDWvDvtLyEsZiNXOKEUxfi6O2oe46uxA=\", \"salt\": \"MDEyMzQ1Njc4OWFiY2RlZg==\"}", "credentialData": "{\"hashIterations\": 1, \"algorithm\": \"argon2\", \"additionalParameters\": {\"hashLength\": [\"32\"], \"memory\": [\"64\"], \"type\": [\"id\"], \"version\": [\"1.3\"], \"parallelism\": [\"1\"]}}"}"#,
    "pbkdf2_sha256$1000$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
    "pbkdf2_sha1$1000$seasalt$iQvkNOF1wEL4Khh8eogJ8rUhipM=",
    "argon2$argon2id$v=19$m=64,t=1,p=1$c2Vhc2FsdHNlYXNhbHQ$KFjpyjz2bIvzLO3nzmUHYyVdmFJAQzchDPVpwlCc0G0",
    "bcrypt_sha256$$2b$04$kQF1hWKDnbYD8QqvWp6mJ.d1h36I1uEpez37jZhgnXnbARwpeU6ry",
    "bcrypt$$2b$04$RsaoBMQvUFF3Aw0uFxGmj.0B7YjLTwrXeV6VKufzaTvwnCsIJfDMi",
    "scrypt$16$seasalt$8$5$VBIK7Th4LcTBl6yHoTk2/LZfB/CjEGs0i+R5znssQ0seo4hWtstM1gN4Bly0e7O0ILSX9F1oQYX+frYPtQvNOg==",
    "$2b$04$T9wPlW3gXptGnYGn3kTKke04z7cTklDKMNaKPZ6q2BGT0oLNlve6y",
    "$pbkdf2-sha256$1000$oDQGAOC8914rpfRe6x3jvA$z06ZoGU5C1xsQLFVpxTDXmms7rXu3mXrtPTHS2WJgRQ",
    "$pbkdf2-sha512$1000$iDHmnJNS6v2/V.od41xrzQ$3E.wMRvwMHtdluM3QfbOvWU8oSuKijExmaYM66e41vnUALPQnOUON4m4RKqwAjkwK85OUk4kZ0wKgfqjMB326w",
    "$pbkdf2$1000$WYsxhtBaa02pFUIohZASog$uzue.HY73JED8uksnIydWN99Pdg",
    "$scrypt$ln=4,r=8,p=1$UooRonQOYQzBGEMIwTjHmA$WfYN8UE2MZA1EO1uZ+DkpeW+qao9UzOI4XbYjK2okUw",
    "$argon2i$v=19$m=64,t=1,p=1$nHveyiIVG7HL7RP1dismeQ$O+8gItQGxLcqvoaLfLD0eaKiZy+eudy6WXg74qKNpVM",
    "$argon2d$v=19$m=64,t=1,p=1$0HrJY3BEjPnUdg/1uFEjiA$Dh8oOQWdJ5Ca0olj/Sn1iCFPJpaFqY/sT9gla1cNOXY",
    "$argon2id$v=19$m=64,t=1,p=1$SUn9EeiOpljhSeKHfNUlww$xv8UA/aAghKa8MwVk/+Vd1NsYz+RPn3LQL4n/xwZJs4",
    "pbkdf2:sha256:1000$9GDooHD47Yv4qnNT$9f160abb8eafc60448ee8546800d83166cb7b54c8553d59010e091eba45fd49d",
    "scrypt:1024:8:1$XFbEU1e2zTBydzBd$ab14a24af8e36c0aa2b29cb9e676495c42f9df6d622f90b56a85dfb0ea1c56fd6d9c3877eb350e99fc9b52f2a5a9071900ff489aed1a76b9009c5ddc3a7fced5",
];

fn read(text: &str) -> Result<Imported, Unreadable> {
    let value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
    parse(&value)
}

#[test]
fn j6_a_hash_of_another_program_is_that_of_its_password_only() {
    for made in MADE {
        let hash = read(made).unwrap_or_else(|fault| panic!("{made}: {fault}"));
        let stored = Imported::read(&hash.stored()).unwrap();
        assert_eq!(stored, hash, "{made}");
        assert!(stored.is_of(b"correct horse"), "{made}");
        for wrong in [b"Correct horse".as_slice(), b"correct horse ", b"", b"correct hors\0"] {
            assert!(!stored.is_of(wrong), "{made}");
        }
    }
}

#[test]
fn j6_a_text_that_is_no_hash_or_costs_too_much_is_refused() {
    let bcrypt = MADE.iter().find(|made| made.starts_with("$2b$")).unwrap();
    let argon = MADE.iter().find(|made| made.starts_with("$argon2id")).unwrap();
    for text in [
        "",
        "correct horse",
        "$",
        "$2b$04$short",
        "$1$salt$md5",
        "$6$salt$sha512crypt",
        "sha1$salt$0123456789",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "pbkdf2_sha256$x$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
        "pbkdf2_sha256$99999999$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
        "pbkdf2_sha256$1000$seasalt$",
        "scrypt$17$seasalt$8$5$VBIK7Th4LcTBl6yHoTk2",
        "scrypt:1073741824:8:1$salt$00112233445566778899",
        "pbkdf2:md5:1000$salt$00112233445566778899",
        "pbkdf2:sha256:1000$salt$0011223344556677889",
        &bcrypt.replace("$04$", "$31$"),
        &argon.replace("m=64", "m=4194304"),
        &argon.replace("t=1", "t=99"),
    ] {
        assert_eq!(parse(&json!(text)), Err(Unreadable), "{text}");
    }
    for value in
        [json!(null), json!(7), json!([]), json!({}), json!({ "secretData": "{}", "credentialData": "{" })]
    {
        assert_eq!(parse(&value), Err(Unreadable), "{value}");
    }
}

#[test]
fn j6_a_stored_text_is_imported_only_with_its_mark() {
    let hash = read(MADE[0]).unwrap();
    let stored = hash.stored();
    assert_eq!(Imported::read(stored.trim_start_matches("import:")), None);
    assert_eq!(Imported::read("import:{}"), None);
    assert_eq!(Imported::read(&stored.replace("1000", "4000000000")), None, "damaged");
    assert_eq!(Imported::read("$argon2id$v=19$m=64,t=1,p=1$c2Vhc2FsdA$aGFzaA"), None, "one of our own");
}
