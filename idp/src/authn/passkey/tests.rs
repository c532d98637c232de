use test_browser::{Authenticator, Statement};

use super::*;

const ISSUER: &str = "https://id.example.com";
const ADA: &str = "0192d1f0-1c7e-7a3b-9a57-3d3f1f0c9b11";
const BOB: &str = "0192d1f0-1c7e-7a3b-9a57-3d3f1f0c9b22";

fn realm() -> RelyingParty {
    RelyingParty::of(ISSUER, "Realmkeep").unwrap()
}

fn owner(id: &str) -> Owner<'_> {
    Owner { id, email: "ada@example.com", name: "Ada" }
}

fn register(device: &mut Authenticator, change: impl FnOnce(&mut Statement)) -> Result<Stored, Refused> {
    let realm = realm();
    let begun = realm.begin_registration(owner(ADA), &[]).unwrap();
    realm.registered(&begun.ceremony, &device.create_saying(&begun.options.to_string(), change))
}

/// A device with a passkey of Ada's, and the passkey as it is stored.
fn registered() -> (Authenticator, Stored) {
    let mut device = Authenticator::new(ISSUER);
    let stored = register(&mut device, |_| {}).unwrap();
    (device, stored)
}

fn sign_in(
    device: &mut Authenticator,
    stored: &Stored,
    change: impl FnOnce(&mut Statement),
) -> Result<Stored, Refused> {
    let realm = realm();
    let begun = realm.begin_sign_in().unwrap();
    let Ceremony::SignIn(state) = begun.ceremony else { panic!("a sign-in") };
    let answer = device.get_saying(&begun.options.to_string(), change);
    let claim = realm.claim(&answer)?;
    if (claim.user_handle, claim.credential_id.as_str()) != (user_handle(ADA), stored.credential_id.as_str())
    {
        return Err(Refused::OtherAccount);
    }
    realm.signed_in(state, &answer, &stored.credential)
}

fn prove(
    device: &mut Authenticator,
    stored: &Stored,
    change: impl FnOnce(&mut Statement),
) -> Result<Stored, Refused> {
    let realm = realm();
    let begun = realm.begin_proof(std::slice::from_ref(&stored.credential)).unwrap();
    let Ceremony::Proof(state) = begun.ceremony else { panic!("a proof") };
    let answer = device.get_saying(&begun.options.to_string(), change);
    realm.proved(state, &answer, ADA, &stored.credential)
}

type Change = fn(&mut Statement);

/// What neither ceremony accepts; each changes one thing only.
const NEVER: &[(&str, Change)] = &[
    ("X2 the other ceremony's type", |said| {
        said.kind = if said.kind == "webauthn.get" { "webauthn.create" } else { "webauthn.get" }.to_owned();
    }),
    ("X2 a type in capitals", |said| said.kind = said.kind.to_uppercase()),
    ("X3 another challenge", |said| said.challenge = "A".repeat(43)),
    ("X4 another host", |said| said.origin = "https://evil.example".to_owned()),
    ("X4 a host below ours", |said| said.origin = "https://shop.id.example.com".to_owned()),
    ("X4 another port", |said| said.origin = format!("{ISSUER}:8443")),
    ("X4 another scheme", |said| said.origin = "http://id.example.com".to_owned()),
    ("X5 inside another site's page", |said| said.cross_origin = true),
    ("X5 inside a page that is named", |said| said.top_origin = Some("https://evil.example".to_owned())),
    ("X6 another relying party", |said| said.rp_id = "example.com".to_owned()),
    ("X7 nobody there", |said| said.present = false),
    ("X7 nobody verified", |said| said.verified = false),
    ("X8 copied, and can't be copied", |said| (said.backup_eligible, said.backed_up) = (false, true)),
];

#[test]
fn x1_x2_x3_x4_x5_x6_x7_x8_a_registration_is_refused_when_one_thing_is_wrong() {
    for (what, change) in NEVER {
        assert!(register(&mut Authenticator::new(ISSUER), change).is_err(), "{what}");
    }
    assert!(register(&mut Authenticator::new(ISSUER), |_| {}).is_ok());
}

#[test]
fn x9_x10_x11_x12_a_registration_is_refused_when_its_key_or_its_wrapping_is_wrong() {
    let refused: &[(&str, Change)] = &[
        ("X9 an algorithm that was not offered", |said| said.algorithm = -8),
        ("X10 a format that nobody knows", |said| said.format = "hearsay".to_owned()),
        ("X10 a format without its statement", |said| said.format = "packed".to_owned()),
        ("X11 an id of 1024 bytes", |said| said.id = vec![7; 1024]),
        ("X12 bytes after the end", |said| said.tail = vec![0]),
    ];
    for (what, change) in refused {
        assert!(register(&mut Authenticator::new(ISSUER), change).is_err(), "{what}");
    }
}

#[test]
fn x13_x14_x15_a_sign_in_is_refused_when_one_thing_is_wrong() {
    let (mut device, stored) = registered();
    for (what, change) in NEVER {
        assert!(sign_in(&mut device, &stored, change).is_err(), "{what}");
        assert!(prove(&mut device, &stored, change).is_err(), "{what}");
    }
    let refused: &[(&str, Change)] = &[
        ("X8 another kind than at its registration", |said| said.backup_eligible = true),
        ("X13 another credential", |said| said.id = vec![7; 32]),
        ("X13 another person", |said| said.user = Some(Uuid::parse_str(BOB).unwrap().as_bytes().to_vec())),
        ("X13 no person at all", |said| said.user = Some(Vec::new())),
        ("X14 a signature of nobody", |said| said.forged = true),
        ("X15 a counter that stands still", |said| said.counter = 1),
        ("X15 a counter that goes back to zero", |said| said.counter = 0),
    ];
    for (what, change) in refused {
        assert!(sign_in(&mut device, &stored, change).is_err(), "{what}");
        assert!(prove(&mut device, &stored, change).is_err(), "{what}");
    }
    assert!(sign_in(&mut device, &stored, |said| said.user = None).is_err(), "X13 without an address");
    assert!(
        prove(&mut device, &stored, |said| said.user = None).is_ok(),
        "after a password nobody has to be named"
    );
    assert!(sign_in(&mut device, &stored, |_| {}).is_ok());
}

#[test]
fn x13_x14_the_passkey_of_another_device_proves_nothing() {
    let (mut device, stored) = registered();
    let (other, _) = registered();
    let id = other.id.clone();
    assert!(prove(&mut device, &stored, |said| said.id = id).is_err());
    let mut thief = Authenticator::new(ISSUER);
    (thief.id, thief.user) = (device.id.clone(), device.user.clone());
    thief.counter = 50;
    assert!(sign_in(&mut thief, &stored, |_| {}).is_err(), "the right id with another key");
    assert!(prove(&mut thief, &stored, |_| {}).is_err());
}

#[test]
fn x1_an_answer_to_one_challenge_is_no_answer_to_the_next() {
    let (mut device, stored) = registered();
    let realm = realm();
    let old = realm.begin_sign_in().unwrap().options.to_string();
    let answer = device.get(&old);
    let Ceremony::SignIn(state) = realm.begin_sign_in().unwrap().ceremony else { panic!("a sign-in") };
    assert!(realm.signed_in(state, &answer, &stored.credential).is_err());
}

#[test]
fn x15_the_counter_is_kept_and_a_device_without_one_stays_at_zero() {
    let (mut device, stored) = registered();
    let used = sign_in(&mut device, &stored, |_| {}).unwrap();
    assert!(used.sign_count > stored.sign_count);
    let mut phone = Authenticator::new(ISSUER);
    (phone.counter, phone.synced) = (0, true);
    let first = register(&mut phone, |_| {}).unwrap();
    assert_eq!((first.sign_count, first.synced, is_synced(&first.credential)), (0, true, true));
    let second = sign_in(&mut phone, &first, |_| {}).unwrap();
    assert_eq!(sign_in(&mut phone, &second, |_| {}).unwrap().sign_count, 0);
}

#[test]
fn x16_the_options_of_a_sign_in_name_nobody_and_those_of_a_registration_know_the_owner() {
    let realm = realm();
    let options = realm.begin_sign_in().unwrap().options;
    assert_eq!(options["allowCredentials"], json!([]));
    assert_eq!(
        (options["rpId"].as_str(), options["userVerification"].as_str()),
        (Some("id.example.com"), Some("required"))
    );
    let (_, stored) = registered();
    let options =
        realm.begin_registration(owner(ADA), std::slice::from_ref(&stored.credential)).unwrap().options;
    assert_eq!(options["excludeCredentials"][0]["id"], stored.credential_id);
    assert_eq!(options["authenticatorSelection"]["residentKey"], "preferred");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(options["attestation"], "none");
}

#[test]
fn s11_a_passkey_that_a_browser_makes_by_itself_needs_nobody_there_and_all_else() {
    let realm = realm();
    let quietly = |change: &dyn Fn(&mut Statement)| {
        let begun = realm.begin_quietly(owner(ADA)).unwrap();
        let mut device = Authenticator::new(ISSUER);
        let answer = device.create_saying(&begun.options.to_string(), change);
        realm.registered(&begun.ceremony, &answer).map(|stored| (device, stored))
    };
    for (what, change) in NEVER {
        let nobody = what.starts_with("X7");
        assert_eq!(quietly(&|said| change(said)).is_ok(), nobody, "{what}");
    }
    for wrong in [(|said: &mut Statement| said.algorithm = -8) as Change, |said| said.id = vec![7; 1024]] {
        assert!(quietly(&|said| wrong(said)).is_err());
    }
    let nobody_there = |said: &mut Statement| (said.present, said.verified) = (false, false);
    let (mut device, stored) = quietly(&nobody_there).unwrap();
    assert!(sign_in(&mut device, &stored, |said| said.verified = false).is_err(), "X7");
    assert!(sign_in(&mut device, &stored, |said| said.present = false).is_err(), "X7");
    assert!(sign_in(&mut device, &stored, |_| {}).is_ok());
    let options = realm.begin_quietly(owner(ADA)).unwrap().options;
    assert!(options.get("hints").is_none() && options.get("extensions").is_none(), "{options}");
    assert_eq!(
        (&options["attestation"], &options["authenticatorSelection"]["residentKey"]),
        (&"none".into(), &"required".into())
    );
    let usual = realm.begin_registration(owner(ADA), &[]).unwrap();
    let answer = Authenticator::new(ISSUER).create_saying(&usual.options.to_string(), nobody_there);
    assert!(realm.registered(&usual.ceremony, &answer).is_err(), "only of this kind");
}

#[test]
fn x4_related_origins_are_taken_for_the_same_relying_party_and_no_others() {
    let shop = Url::parse("https://shop.example").unwrap();
    let realm = RelyingParty::at(ISSUER, "Realmkeep", &[shop]).unwrap();
    let begun = realm.begin_registration(owner(ADA), &[]).unwrap();
    assert_eq!(begun.options["rp"]["id"], "id.example.com");
    for (origin, taken) in [
        (ISSUER, true),
        ("https://shop.example", true),
        ("https://shop.example:8443", false),
        ("http://shop.example", false),
        ("https://www.shop.example", false),
        ("https://evil.example", false),
    ] {
        let answer = Authenticator::new(ISSUER)
            .create_saying(&begun.options.to_string(), |said| said.origin = origin.to_owned());
        assert_eq!(realm.registered(&begun.ceremony, &answer).is_ok(), taken, "{origin}");
    }
    let at_shop = Authenticator::new(ISSUER).create_saying(&begun.options.to_string(), |said| {
        said.origin = "https://shop.example".to_owned();
        said.rp_id = "shop.example".to_owned();
    });
    assert!(realm.registered(&begun.ceremony, &at_shop).is_err(), "X6");
}

#[test]
fn what_no_browser_sends_is_refused() {
    let realm = realm();
    let ceremony = realm.begin_registration(owner(ADA), &[]).unwrap().ceremony;
    for answer in ["", "{}", "[]", "null", r#"{"id":"a"}"#, &"[".repeat(60_000)] {
        assert!(realm.registered(&ceremony, answer).is_err());
        assert!(realm.registered(&realm.begin_quietly(owner(ADA)).unwrap().ceremony, answer).is_err());
        assert!(realm.claim(answer).is_err());
        assert!(realm.named(answer).is_err());
    }
}

#[test]
fn there_are_no_passkeys_for_an_address_without_a_name() {
    for issuer in ["http://127.0.0.1:8080", "http://[::1]:8080"] {
        assert!(RelyingParty::of(issuer, "Realmkeep").is_none(), "{issuer}");
    }
    assert!(RelyingParty::of("http://localhost:8080", "Realmkeep").is_some());
}

#[test]
fn a_passkey_is_called_after_its_maker_if_that_is_known() {
    let said = |model: Uuid| {
        let data = [&[0; 37][..], model.as_bytes(), &[0; 8]].concat();
        json!({ "response": { "authenticatorData": URL_SAFE_NO_PAD.encode(data) } }).to_string()
    };
    let bitwarden = Uuid::parse_str("d548826e-79b4-db40-a3d8-11116f7e8349").unwrap();
    assert_eq!(maker(&said(bitwarden)), Some("Bitwarden"));
    for unknown in [said(Uuid::nil()), "{}".to_owned(), String::new()] {
        assert_eq!(maker(&unknown), None);
    }
}

#[test]
fn j6_an_account_that_kept_its_subject_from_elsewhere_has_passkeys_too() {
    let own = "0192d1f0-1c7e-7a3b-9a57-3d3f1f0c9b11";
    assert_eq!(user_handle(own).to_string(), own);
    let handles =
        ["f3c1", "f3c2", "0192D1F0-1C7E-7A3B-9A57-3D3F1F0C9B11", "0192d1f01c7e7a3b9a573d3f1f0c9b11", ""];
    let handles: std::collections::BTreeSet<Uuid> =
        handles.into_iter().chain([own]).map(user_handle).collect();
    assert_eq!(handles.len(), 6, "no two accounts share one");
    let realm = realm();
    let owner = Owner { id: "f3c1", ..owner(ADA) };
    let options = realm.begin_registration(owner, &[]).unwrap().options;
    let expected = URL_SAFE_NO_PAD.encode(user_handle("f3c1"));
    assert_eq!(options["user"]["id"], expected.as_str());
}
