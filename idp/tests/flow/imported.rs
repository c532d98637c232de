//! People whose accounts were imported sign in with the password that they have (J6).

use idp::{
    flow::{
        accounts::import::{Outcome, Reader, import},
        sign_in,
    },
    store::users,
};
use serde_json::json;

use crate::harness::Scratch;

const ADA: &str = "ada@example.com";
/// The hash of `correct horse`, by bcrypt.
const HASH: &str = "$2b$04$T9wPlW3gXptGnYGn3kTKke04z7cTklDKMNaKPZ6q2BGT0oLNlve6y";

async fn hash(scratch: &Scratch) -> String {
    users::by_email(&scratch.realm.store.facts, ADA).await.unwrap().unwrap().password_hash.unwrap()
}

#[tokio::test]
async fn j6_an_imported_password_signs_in_and_is_hashed_like_every_other_one_then() {
    let scratch = Scratch::with_factor("optional").await;
    let mut reader = Reader::new(&scratch.realm, vec!["member".to_owned()]);
    let line = json!({ "email": ADA, "password_hash": HASH, "email_verified": true }).to_string();
    let account = reader.read(1, &line).unwrap();
    assert_eq!(import(&scratch.realm, &[account], false).await.unwrap(), [Outcome::Imported]);
    assert!(hash(&scratch).await.starts_with("import:"));
    let visit = scratch.visit(None).await;
    let wrong = scratch.try_password(&visit, (ADA, "wrong horse")).await.unwrap();
    assert!(matches!(wrong, sign_in::Outcome::Wrong));
    assert!(hash(&scratch).await.starts_with("import:"), "a wrong password changes nothing");
    let right = scratch.try_password(&visit, (ADA, "correct horse")).await.unwrap();
    assert!(matches!(right, sign_in::Outcome::SignedIn(_)));
    assert!(hash(&scratch).await.starts_with("$argon2id$"));
    let again = scratch.try_password(&scratch.visit(None).await, (ADA, "correct horse")).await.unwrap();
    assert!(matches!(again, sign_in::Outcome::SignedIn(_)));
}
