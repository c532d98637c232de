//! People whose accounts were imported sign in with the password that they have (J6).

use idp::{
    flow::{
        accounts::import::{Outcome, Reader, import},
        sign_in,
    },
    store::users,
};
use serde_json::json;
use test_browser::Authenticator;

use crate::{
    app::{Browser, realm_with, realm_with_apps, router},
    harness::Scratch,
    passkeys::{ceremony, claims_of, filled},
};

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

#[tokio::test]
async fn j6_an_account_that_kept_its_subject_adds_a_passkey_and_signs_in_with_it() {
    let scratch = realm_with_apps().await;
    let facts = &scratch.realm.store.facts;
    scratch.account("somebody@example.com").await;
    let somebody = users::by_email(facts, "somebody@example.com").await.unwrap().unwrap();
    let mut reader = Reader::new(&scratch.realm, vec!["member".to_owned()]);
    let line = json!({ "email": ADA, "id": "legacy-7", "email_verified": true }).to_string();
    import(&scratch.realm, &[reader.read(1, &line).unwrap()], false).await.unwrap();
    let mut tx = facts.begin().await.unwrap();
    users::set_password(&mut tx, "legacy-7", &somebody.password_hash.unwrap(), 1).await.unwrap();
    tx.commit().await.unwrap();
    let router = router(&scratch.realm, &scratch);
    let browser = Browser::signed_in(&scratch, &router, ADA).await;
    let mut device = Authenticator::new("http://localhost:7001");
    let (fields, options) = ceremony(&browser.get("/account/passkeys").await);
    let added = browser.post("/account/passkeys", &filled(fields, &device.create(&options))).await;
    assert_eq!(added.location(), Some("/account/passkeys"), "{}", added.body);
    let fresh = Browser::fresh(&router);
    let interaction = fresh.interaction("app", &[]).await;
    let (fields, options) = ceremony(&fresh.get(&interaction).await);
    let answer = device.get(&options);
    let signed_in = fresh.post(&format!("{interaction}/passkey"), &filled(fields, &answer)).await;
    assert_eq!(signed_in.location(), Some(interaction.as_str()), "{}", signed_in.body);
    let tokens = fresh.tokens("app", "openid").await;
    assert_eq!(claims_of(&tokens.id)["sub"], "legacy-7", "apps go on knowing the person");
}

#[tokio::test]
async fn j6_somebody_with_an_imported_app_signs_in_where_a_second_factor_is_required() {
    const APP: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    let scratch = realm_with(&[("factors.second", "required")]).await;
    let mut reader = Reader::new(&scratch.realm, vec!["member".to_owned()]);
    let line = json!({ "email": ADA, "password_hash": HASH, "totp": { "secret": APP } }).to_string();
    let account = reader.read(1, &line).unwrap();
    let dry = import(&scratch.realm, std::slice::from_ref(&account), true).await.unwrap();
    assert_eq!(dry, [Outcome::Imported]);
    assert!(users::by_email(&scratch.realm.store.facts, ADA).await.unwrap().is_none());
    let seen_before = scratch.code(APP);
    assert_eq!(import(&scratch.realm, &[account], false).await.unwrap(), [Outcome::Imported]);
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    let interaction = browser.interaction("app", &[]).await;
    let fields = [("username", ADA), ("password", "correct horse")];
    browser.fill(&interaction, &format!("{interaction}/sign-in"), &fields).await;
    let page = browser.get(&interaction).await;
    let replayed = browser.send(&page.form("otp").with("otp", &seen_before)).await;
    assert_eq!(replayed.status, 400, "mf1 the other program may have accepted it: {}", replayed.body);
    scratch.clock.advance(60);
    let page = browser.get(&interaction).await;
    let proved = browser.send(&page.form("otp").with("otp", &scratch.code(APP))).await;
    assert_eq!(proved.location(), Some(interaction.as_str()), "{}", proved.body);
    assert!(browser.get(&interaction).await.param("code").is_some());
}
