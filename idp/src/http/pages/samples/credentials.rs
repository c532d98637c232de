//! Pages of passkeys, passwords and sessions.

use super::*;

pub(super) fn passkeys(look: Look) -> Rendered {
    let line = |id: &str, label: &str, used: Option<i64>| PasskeyLine {
        id: text(id),
        label: text(label),
        synced: used.is_some(),
        created: Zone::default().at(1_790_000_000),
        used: used.map(|at| Zone::default().at(at)),
    };
    let listed = PasskeysPage {
        frame: Frame { client: None, ..frame(look) },
        action: text("/account/passkeys"),
        csrf: text("q0m3-csrf"),
        problem: None,
        passkeys: vec![
            line("AAAA", "iCloud Keychain", Some(1_796_000_000)),
            line("BBBB", "Security key", None),
        ],
        add: Some(passkey("/account/passkeys")),
        accepted: text(r#"{"userId":"AAAA","allAcceptedCredentialIds":["AAAA","BBBB"]}"#),
        sessions_url: text("/account/sessions"),
        account_url: text("/account"),
    };
    let problem = Some(Message::new("passkeys-last"));
    let offer = PasskeyOfferPage {
        frame: frame(look),
        passkey: passkey("/interaction/0192d1f0/offer"),
        is_quiet: false,
        continue_url: text("/interaction/0192d1f0"),
        problem: None,
    };
    vec![
        ("passkey-offer", html(&offer)),
        ("passkey-offer-quiet", html(&PasskeyOfferPage { is_quiet: true, ..offer.clone() })),
        (
            "passkey-offer-failed",
            html(&PasskeyOfferPage { problem: Some(Message::new("setup-wrong-passkey")), ..offer }),
        ),
        ("passkeys", html(&listed)),
        ("passkeys-refused", html(&PasskeysPage { problem, ..listed.clone() })),
        ("passkeys-none", html(&PasskeysPage { passkeys: Vec::new(), ..listed })),
    ]
}

pub(super) fn pages(look: Look) -> Rendered {
    let plain = Frame { client: None, ..frame(look) };
    let password = PasswordPage {
        frame: plain.clone(),
        action: text("/account/password"),
        csrf: text("q0m3-csrf"),
        account: text("ada@example.com"),
        has_password: true,
        problem: None,
        min_length: 15,
        account_url: text("/account"),
    };
    let problem = Some(FieldProblem { field: "current_password", message: Message::new("password-wrong") });
    let session = |sid: &str, is_this: bool| SessionLine {
        sid: text(sid),
        device: said("Firefox on Linux"),
        is_this,
        method: Message::new("sessions-method-both"),
        address: text("192.0.2.1"),
        signed_in: Zone::default().at(1_795_255_200),
        seen: Zone::default().at(1_795_255_900),
    };
    let sessions = SessionsPage {
        frame: plain,
        action: text("/account/sessions"),
        csrf: text("q0m3-csrf"),
        sessions: vec![session("s1", true), session("s2", false)],
        trusted: vec![TrustedLine {
            id: text("b1"),
            device: said("Firefox on Linux"),
            is_this: true,
            address: Some(text("192.0.2.7")),
            since: Zone::default().at(1_795_255_000),
            until: Zone::default().at(1_797_847_000),
        }],
        account_url: text("/account"),
    };
    vec![
        ("password", html(&password)),
        ("password-refused", html(&PasswordPage { problem, ..password.clone() })),
        ("password-first", html(&PasswordPage { has_password: false, ..password })),
        ("sessions", html(&sessions)),
    ]
}

pub(super) fn history(look: Look) -> Rendered {
    let plain = Frame { client: None, ..frame(look) };
    let app = |first: Option<i64>| AppLine {
        client_id: text("demo-app"),
        app: ClientCard { name: text("Demo App"), ..ClientCard::default() },
        is_ours: first.is_none(),
        scopes: vec![ScopeLine { name: said("Your profile"), description: None }],
        first: first.map(|at| Zone::default().at(at)),
        last: Some(Zone::default().at(1_795_255_900)),
    };
    let apps = AppsPage {
        frame: plain.clone(),
        action: text("/account/apps"),
        csrf: text("q0m3-csrf"),
        apps: vec![app(Some(1_790_000_000)), app(None)],
        account_url: text("/account"),
    };
    let event = |app: Option<&str>| EventLine {
        what: Message::new("activity-signed-in"),
        app: app.map(text),
        when: Zone::default().at(1_795_255_900),
        address: Some(text("192.0.2.1")),
        by_operator: app.is_none(),
    };
    let activity = ActivityPage {
        frame: plain,
        events: vec![event(Some("Demo App")), event(None)],
        is_first: true,
        older_url: Some(text("/account/activity?from=1.2")),
        account_url: text("/account"),
    };
    vec![
        ("apps", html(&apps)),
        ("apps-none", html(&AppsPage { apps: Vec::new(), ..apps.clone() })),
        ("activity", html(&activity)),
    ]
}

pub(super) fn personal_data(look: Look) -> Rendered {
    let plain = Frame { client: None, ..frame(look) };
    let data = DataPage {
        frame: plain.clone(),
        export_url: text("/account/export"),
        delete_url: (!look.staff).then(|| text("/account/delete")),
        account_url: text("/account"),
    };
    let delete = DeletePage {
        frame: plain.clone(),
        action: text("/account/delete"),
        csrf: text("q0m3-csrf"),
        days: 14,
        data_url: text("/account/data"),
    };
    let profile = ProfilePage {
        frame: plain,
        action: text("/account/profile"),
        csrf: text("q0m3-csrf"),
        claims: claims("Ada Lovelace"),
        username: Some(text("ada")),
        problem: None,
        account_url: text("/account"),
    };
    let wrong = FieldProblem { field: "birthdate", message: said("“Date of birth” must be a date.") };
    vec![
        ("data", html(&data)),
        ("delete", html(&delete)),
        ("profile", html(&profile)),
        ("profile-refused", html(&ProfilePage { problem: Some(wrong), ..profile })),
    ]
}
