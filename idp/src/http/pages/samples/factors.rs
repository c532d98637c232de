//! Pages of second factors.

use super::*;

pub(super) fn pages(look: Look) -> Rendered {
    let second = SecondFactorPage {
        frame: frame(look),
        action: text("/second-factor/0192d1f0"),
        csrf: text("q0m3-csrf"),
        problem: None,
        app: true,
        trust: (!look.staff).then_some(Trust { days: 30, is_chosen: false }),
        passkey: Some(passkey("/second-factor/0192d1f0")),
        recovery_url: Some(text("/recovery/0192d1f0")),
        account: text("ada@example.com"),
        out: ways_out(),
    };
    let recovery = RecoveryPage {
        frame: frame(look),
        action: text("/recovery/0192d1f0"),
        csrf: text("q0m3-csrf"),
        problem: Some(said("This code is not valid. Each code works once.")),
        totp_url: text("/second-factor/0192d1f0"),
        account: text("ada@example.com"),
        out: ways_out(),
    };
    vec![
        ("second-factor", html(&second)),
        ("second-factor-passkey", html(&SecondFactorPage { app: false, ..second.clone() })),
        (
            "second-factor-failed",
            html(&SecondFactorPage { problem: Some(said("This code is not right.")), ..second }),
        ),
        ("recovery", html(&recovery)),
    ]
}

pub(super) fn setting_up(look: Look) -> Rendered {
    let seed = totp::Seed::from_bytes(b"12345678901234567890").unwrap();
    let enrol = EnrolPage {
        frame: frame(look),
        action: text("/enrol/0192d1f0"),
        csrf: text("q0m3-csrf"),
        app: Some(AppSecret {
            qr_svg: totp::qr_svg(&seed.otpauth_uri("Realmkeep", "ada@example.com")).unwrap(),
            secret: seed.grouped(),
        }),
        account: text("ada@example.com"),
        problem: None,
        passkey: look.staff.then(|| passkey("/enrol/0192d1f0")),
        cancel_url: (!look.staff).then(|| text("/account")),
        out: None,
    };
    let demanded = EnrolPage {
        passkey: Some(passkey("/enrol/0192d1f0")),
        cancel_url: None,
        out: Some(ways_out()),
        ..enrol.clone()
    };
    let codes = RecoveryCodesPage {
        frame: frame(look),
        codes: crate::authn::recovery::generate(&clock::random::OsRandom),
        continue_url: text("/continue/0192d1f0"),
    };
    let refused = EnrolRefusedPage {
        frame: frame(look),
        account: text("ada@example.com"),
        is_for_a_passkey: false,
        out: ways_out(),
    };
    vec![
        ("enrol", html(&enrol)),
        ("enrol-demanded", html(&demanded)),
        ("enrol-passkey", html(&EnrolPage { app: None, ..demanded })),
        ("enrol-failed", html(&EnrolPage { problem: Some(said("This code is not right.")), ..enrol })),
        ("recovery-codes", html(&codes)),
        ("enrol-refused", html(&refused)),
        ("enrol-refused-passkey", html(&EnrolRefusedPage { is_for_a_passkey: true, ..refused })),
    ]
}
