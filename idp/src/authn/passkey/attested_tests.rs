//! Registrations where an authenticator has to prove what it is (X10): each test changes one thing.

use openssl::x509::X509;
use test_browser::{AttestedBy, Authenticator, MODEL, Maker, Statement};

use super::*;

const ISSUER: &str = "https://id.example.com";

fn owner() -> Owner<'static> {
    Owner { id: "0192d1f0-1c7e-7a3b-9a57-3d3f1f0c9b11", email: "ada@example.com", name: "Ada" }
}

/// A realm that lists this model of this maker.
fn trusting(maker: &Maker, model: [u8; 16]) -> RelyingParty {
    let authority = X509::from_pem(maker.authority.as_bytes()).unwrap().to_der().unwrap();
    let trusted = Trusted::of([(authority.as_slice(), Uuid::from_bytes(model))]).unwrap();
    RelyingParty::of(ISSUER, "Realmkeep").unwrap().trusting(trusted)
}

fn register(realm: &RelyingParty, change: impl FnOnce(&mut Statement)) -> Result<Stored, Refused> {
    let begun = realm.begin_registration(owner(), &[]).unwrap();
    realm.registered(
        &begun.ceremony,
        &Authenticator::new(ISSUER).create_saying(&begun.options.to_string(), change),
    )
}

#[test]
fn x10_a_listed_model_whose_maker_vouches_for_it_is_registered_as_hardware() {
    let maker = Maker::new(MODEL);
    let realm = trusting(&maker, MODEL);
    let begun = realm.begin_registration(owner(), &[]).unwrap();
    assert_eq!(begun.options["attestation"], "direct");
    assert!(begun.options.get("extensions").is_none());
    let kept = serde_json::to_string(&begun.ceremony).unwrap();
    assert!(kept.len() < 2000 && !kept.contains("ca_list"), "the authorities are not carried along: {kept}");
    let mut device = Authenticator::new(ISSUER);
    let answer = device.create_saying(&begun.options.to_string(), |said| said.attest(&maker));
    let stored = realm.registered(&begun.ceremony, &answer).unwrap();
    assert_eq!(stored.attested_model.as_deref(), Some(Uuid::from_bytes(MODEL).to_string().as_str()));
    assert!(realm.is_hardware(stored.attested_model.as_deref()) && !realm.is_hardware(None));
    assert!(!stored.credential.contains("MII"), "no certificate is kept: {}", stored.credential);
    let sign_in = realm.begin_sign_in().unwrap();
    let Ceremony::SignIn(state) = sign_in.ceremony else { panic!("a sign-in") };
    let answer = device.get(&sign_in.options.to_string());
    assert!(realm.signed_in(state, &answer, &stored.credential).is_ok());
    let without = RelyingParty::of(ISSUER, "Realmkeep").unwrap();
    assert!(!without.is_hardware(stored.attested_model.as_deref()), "a model that is no longer listed");
}

type Change<'a> = &'a dyn Fn(&mut Statement);

#[test]
fn x10_a_registration_is_refused_when_one_thing_of_its_proof_is_wrong() {
    let (maker, other) = (Maker::new(MODEL), Maker::new(MODEL));
    let realm = trusting(&maker, MODEL);
    assert!(register(&realm, |said| said.attest(&maker)).is_ok());
    let unlisted: [(&str, Change<'_>); 5] = [
        ("none at all", &|_| {}),
        ("another authority", &|said| said.attest(&other)),
        ("the passkey's own signature", &|said| {
            said.attest(&maker);
            said.attested_by = AttestedBy::Itself;
        }),
        ("a format that nobody knows", &|said| {
            said.attest(&maker);
            said.format = "hearsay".to_owned();
        }),
        ("a passkey that can be copied", &|said| {
            said.attest(&maker);
            said.backup_eligible = true;
        }),
    ];
    for (what, change) in unlisted {
        let refused = register(&realm, change);
        assert!(matches!(refused, Err(Refused::Unlisted(_))), "{what}: {refused:?}");
    }
    let wrong: [(&str, Change<'_>); 4] = [
        ("a broken signature", &|said| {
            said.attest(&maker);
            said.forged = true;
        }),
        ("another model than in the certificate", &|said| {
            said.attest(&maker);
            said.model = *b"realmkeep-model2";
        }),
        ("the format of no proof, with one", &|said| {
            said.attest(&maker);
            said.format = "none".to_owned();
        }),
        ("nobody verified", &|said| {
            said.attest(&maker);
            said.verified = false;
        }),
    ];
    for (what, change) in wrong {
        assert!(register(&realm, change).is_err(), "{what}");
    }
}

#[test]
fn x10_a_model_that_is_not_listed_is_refused() {
    let maker = Maker::new(MODEL);
    let refused = register(&trusting(&maker, *b"realmkeep-model2"), |said| said.attest(&maker));
    assert!(matches!(refused, Err(Refused::Unlisted(_))), "{refused:?}");
}

#[test]
fn x10_a_ceremony_of_before_the_policy_registers_nothing() {
    let maker = Maker::new(MODEL);
    let (before, after) = (RelyingParty::of(ISSUER, "Realmkeep").unwrap(), trusting(&maker, MODEL));
    for (begins, ends) in [(&before, &after), (&after, &before)] {
        let begun = begins.begin_registration(owner(), &[]).unwrap();
        assert!(begins.registers_by(&begun.ceremony) && !ends.registers_by(&begun.ceremony));
        let answer =
            Authenticator::new(ISSUER).create_saying(&begun.options.to_string(), |said| said.attest(&maker));
        assert!(ends.registered(&begun.ceremony, &answer).is_err());
    }
    assert!(!before.registers_by(&before.begin_sign_in().unwrap().ceremony));
}
