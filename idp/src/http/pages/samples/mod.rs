//! Every page with sample data, for the tests.

mod accounts;
mod credentials;
mod factors;
mod mailed;
mod upstream;

use ::language::{Language, Message};
use clock::when::Zone;

use super::*;
use crate::{
    authn::totp,
    flow::new_account::fields::{FIELDS, Field},
    look::{self, Links, palette::Palette, picture::Picture},
};

pub(super) const HOSTILE: &str = r#"ada"><script>alert(1)</script>"#;

/// The realm and the reader that pages are shown for.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) staff: bool,
    pub(super) themed: bool,
    pub(super) language: Language,
}

pub(super) const CUSTOMER: Look = Look { staff: false, themed: false, language: Language::English };
pub(super) const STAFF: Look = Look { staff: true, ..CUSTOMER };
/// With a logo, links and the logo of a client.
pub(super) const THEMED: Look = Look { themed: true, ..CUSTOMER };

/// The name of the realm's product, as wide as it is high.
const LOGO: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path d=\"M0 0h8v8z\"/></svg>";
const CLIENT: &str = "books";

/// The theme of a realm.
pub(super) fn theme(look: Look) -> look::Theme {
    let [light, dark] = Palette::shipped(look.staff);
    let logo = || look.themed.then(|| Picture::read(LOGO.as_bytes()).unwrap());
    let page = |name: &str| look.themed.then(|| format!("https://shop.example/{name}"));
    look::Theme {
        title: None,
        links: Links { terms: page("terms"), privacy: page("privacy"), help: page("help") },
        light,
        dark,
        icon: None,
        logo: logo(),
        logo_dark: logo(),
        clients: logo().map(|logo| (text(CLIENT), logo)).into_iter().collect(),
    }
}

pub(super) fn frame(look: Look) -> Frame {
    let theme = theme(look);
    let files = look::Look::of(&theme);
    let realm = Theme {
        name: if look.staff { "admin" } else { "customer" }.into(),
        title: Message::new(if look.staff { "sign-in-staff" } else { "sign-in" }),
        product: "Realmkeep".into(),
        staff: look.staff,
        links: theme.links,
        css_url: files.css.url.clone(),
        pictures: files.pictures.clone(),
    };
    let language_url = Some(text("/language?back=%2F"));
    let frame =
        Frame::new(realm, look.language, "0192d1f0-1c7e-7a3b-9a57-3d3f1f0c9b11").with_client(ClientCard {
            name: "Harbour Books".into(),
            client_uri: Some("https://books.example".into()),
            tos_uri: Some("https://books.example/terms".into()),
            policy_uri: Some("https://books.example/privacy".into()),
            pictures: files.pictures_of(CLIENT).cloned(),
        });
    Frame { language_url, ..frame }
}

fn text(value: &str) -> String {
    value.to_owned()
}

/// A message that is not in the catalogue.
fn said(value: &str) -> Message {
    Message::verbatim(text(value))
}

/// Every claim that a realm can ask for; the name is required.
fn claims(name: &str) -> Vec<ClaimInput> {
    let input = |field: &Field| {
        let required = field.claim == "name";
        ClaimInput { field: *field, required, value: if required { text(name) } else { String::new() } }
    };
    FIELDS.iter().map(input).collect()
}

pub(super) fn sign_in(look: Look, identifier: &str, problem: Option<&str>) -> SignInPage {
    SignInPage {
        frame: frame(look),
        action: text("/sign-in/0192d1f0"),
        csrf: text("q0m3-csrf"),
        beside: None,
        identifier: text(identifier),
        problem: problem.map(said),
        passkey: Some(passkey("/passkey/0192d1f0")),
        asks_what_it_can: !look.staff,
        upstreams: upstream::buttons(),
        upstream_action: text("/interaction/0192d1f0/upstream"),
        connects: None,
        unknown_passkey: None,
        forgot_url: Some(text("/interaction/0192d1f0?view=forgot")),
        by_mail_url: (!look.staff).then(|| text("/interaction/0192d1f0?view=mail")),
        register_url: (!look.staff).then(|| text("/register/0192d1f0")),
        cancel_url: Some(text("/cancel/0192d1f0")),
    }
}

fn passkey(action: &str) -> PasskeyForm {
    PasskeyForm {
        action: text(action),
        csrf: text("q0m3-csrf"),
        options: text(r#"{"challenge":"AAAA","rpId":"id.example"}"#),
        ceremony: text("sealed"),
    }
}

/// Every page of a realm: its file name and its HTML.
pub(super) fn all(look: Look) -> Vec<(&'static str, String)> {
    [
        sign_in_pages(look),
        factors::pages(look),
        factors::setting_up(look),
        credentials::passkeys(look),
        credentials::pages(look),
        credentials::history(look),
        credentials::personal_data(look),
        upstream::pages(look),
        upstream::connections(look),
        mailed::pages(look),
        mailed::sign_in(look),
        mailed::changes(look),
        accounts::pages(look),
        choice_pages(look),
        realm_pages(look),
        notice_pages(look),
    ]
    .concat()
    .into_iter()
    .map(|(name, html)| (name, html.unwrap()))
    .collect()
}

type Rendered = Vec<(&'static str, Result<String, String>)>;

fn html(page: &impl Page) -> Result<String, String> {
    page.html().map_err(|error| error.to_string())
}

fn sign_in_pages(look: Look) -> Rendered {
    let register = RegisterPage {
        frame: frame(look),
        action: text("/register/0192d1f0"),
        csrf: text("q0m3-csrf"),
        email: String::new(),
        claims: claims("").into_iter().take(1).collect(),
        problem: None,
        min_length: 15,
        offers_passkey: true,
        upstreams: upstream::buttons(),
        upstream_action: text("/interaction/0192d1f0/upstream"),
        sign_in_url: text("/sign-in/0192d1f0"),
        cancel_url: text("/cancel/0192d1f0"),
    };
    let message = said("Use at least 15 characters.");
    let refused = RegisterPage {
        email: text("ada@example.com"),
        claims: claims("Ada Lovelace"),
        problem: Some(FieldProblem { field: "password", message }),
        ..register.clone()
    };
    let message = said("“Date of birth” must be a date like 1985-12-10, 0000-12-10 or 1985.");
    let refused_claim =
        RegisterPage { problem: Some(FieldProblem { field: "birthdate", message }), ..refused.clone() };
    vec![
        ("sign-in", html(&sign_in(look, "", None))),
        ("sign-in-again", html(&sign_in(look, "ada@example.com", None))),
        (
            "sign-in-failed",
            html(&sign_in(look, "ada@example.com", Some("E-mail address or password is wrong."))),
        ),
        ("register", html(&register)),
        ("register-refused", html(&refused)),
        ("register-claim-refused", html(&refused_claim)),
    ]
}

fn ways_out() -> WaysOut {
    WaysOut {
        switch_action: text("/account/0192d1f0"),
        csrf: text("q0m3-csrf"),
        cancel_url: text("/cancel/0192d1f0"),
    }
}

fn choice_pages(look: Look) -> Rendered {
    let line =
        |name: &str, description: &str| ScopeLine { name: said(name), description: Some(said(description)) };
    let consent = ConsentPage {
        frame: frame(look),
        action: text("/consent/0192d1f0"),
        csrf: text("q0m3-csrf"),
        client_host: said("books.example"),
        account: text("ada@example.com"),
        scopes: vec![
            line("Who you are", "An identifier of your account."),
            line("Your e-mail address", "And whether it has been confirmed."),
            line("Stay connected", "Keep this access while you are away, until you take it back."),
        ],
    };
    let sign_out = SignOutPage {
        frame: frame(look),
        action: text("/end_session"),
        csrf: text("q0m3-csrf"),
        account: Some(text("ada@example.com")),
        has_others: false,
        stay_url: text("/account"),
        hidden: vec![(text("state"), text("xyz"))],
    };
    let continue_url = Some(text("https://books.example/"));
    let signed_out = SignedOutPage { frame: frame(look), continue_url, accounts_url: None };
    let accounts_url = Some(text("/account/accounts"));
    let not_signed_in =
        NotSignedInPage { frame: frame(look), continue_url: Some(text("https://books.example/bye?state=x")) };
    vec![
        ("consent", html(&consent)),
        ("sign-out-of-all", html(&SignOutPage { has_others: true, ..sign_out.clone() })),
        ("sign-out", html(&sign_out)),
        ("signed-out-of-one", html(&SignedOutPage { accounts_url, ..signed_out.clone() })),
        ("signed-out", html(&signed_out)),
        ("not-signed-in", html(&not_signed_in)),
    ]
}

fn realm_pages(look: Look) -> Rendered {
    let plain = Frame { client: None, ..frame(look) };
    let home = HomePage {
        frame: plain.clone(),
        signed_in_as: None,
        sign_in_url: text("/account"),
        account_url: text("/account"),
        app: frame(look).client,
        discovery_url: text("/.well-known/openid-configuration"),
    };
    let account = account_page(look);
    let new_codes = NewCodesPage {
        frame: plain.clone(),
        action: text("/account/recovery-codes"),
        csrf: text("q0m3-csrf"),
        recovery_left: 9,
        account_url: text("/account"),
    };
    let mut pages = vec![
        ("home", html(&home)),
        ("home-signed-in", html(&HomePage { signed_in_as: Some(text("ada@example.com")), ..home })),
        ("account", html(&account)),
        (
            "account-new",
            html(&AccountPage {
                name: String::new(),
                password: false,
                factor: Some(false),
                passkeys: Some(0),
                needs_codes: false,
                recovery_left: 0,
                accounts_url: None,
                ..account
            }),
        ),
        ("account-passkeys-only", html(&AccountPage { factor: None, ..account_page(look) })),
        ("new-codes", html(&new_codes)),
        ("new-codes-none-left", html(&NewCodesPage { recovery_left: 0, ..new_codes })),
    ];
    pages.extend(setup_pages(plain));
    pages
}

fn account_page(look: Look) -> AccountPage {
    AccountPage {
        frame: Frame { client: None, ..frame(look) },
        app: frame(look).client,
        user_details: Some(text(r#"{"name":"ada@example.com"}"#)),
        email: text("ada@example.com"),
        name: text("Ada Lovelace"),
        profile_url: text("/account/profile"),
        address: Some(AddressLine { is_confirmed: false, url: text("/account/email") }),
        password: true,
        password_url: text("/account/password"),
        apps_url: text("/account/apps"),
        activity_url: text("/account/activity"),
        data_url: text("/account/data"),
        sessions_url: text("/account/sessions"),
        factor: Some(true),
        passkeys: Some(2),
        passkeys_url: text("/account/passkeys"),
        connections: Some(1),
        connections_url: text("/account/connections"),
        needs_codes: true,
        recovery_left: 9,
        enrol_url: text("/account/authenticator"),
        codes_url: text("/account/recovery-codes"),
        csrf: text("q0m3-csrf"),
        sign_out_action: text("/account/sign-out"),
        sign_in_url: text("/account/switch"),
        accounts_url: Some(text("/account/accounts")),
    }
}

fn setup_pages(plain: Frame) -> Rendered {
    let setup = SetupPage {
        frame: plain,
        action: text("/setup"),
        csrf: text("q0m3-csrf"),
        role: text("super_admin"),
        owner: None,
        email: text("ada@example"),
        claims: claims("Ada Lovelace").into_iter().take(1).collect(),
        problem: Some(FieldProblem {
            field: "email",
            message: said("Enter an address like name@example.com."),
        }),
        min_length: 8,
        expires: Zone::default().at(1_795_255_200),
    };
    vec![
        ("setup", html(&setup)),
        (
            "setup-again",
            html(&SetupPage {
                owner: Some(text("ada@example.com")),
                role: String::new(),
                problem: None,
                ..setup
            }),
        ),
    ]
}

fn notice_pages(look: Look) -> Rendered {
    let error = ErrorPage {
        frame: Frame { client: None, ..frame(look) },
        code: text("invalid_redirect_uri"),
        heading: said("This app is not set up correctly"),
        sentence: said(
            "The address it wants to return to is not registered. Tell the people who run the app.",
        ),
        detail: Some(text("redirect_uri is not registered")),
        client_name: Some(text("Harbour Books")),
        comparison: Some(RedirectComparison {
            received: text("https://books.example/callback?next=%2Fa-rather-long-address-that-has-to-wrap"),
            registered: vec![text("https://books.example/callback"), text("http://127.0.0.1/callback")],
        }),
        continue_url: None,
    };
    let completed = CompletedPage {
        frame: frame(look),
        return_url: Some(text("https://books.example/")),
        restart_url: Some(text("/restart/0192d1f0")),
    };
    let nowhere = CompletedPage { return_url: None, restart_url: None, ..completed.clone() };
    let location = text("http://[::1]:5100/callback?code=x&state=y");
    let leaving = LeavingPage { frame: frame(look), lead: Message::new("leaving-lead"), location };
    let plain = ErrorPage { detail: None, client_name: None, comparison: None, ..error.clone() };
    let stale = ErrorPage { continue_url: Some(text("/interaction/0192d1f0")), ..plain.clone() };
    vec![
        ("error", html(&plain)),
        ("error-development", html(&error)),
        ("error-continue", html(&stale)),
        ("completed", html(&completed)),
        ("completed-nowhere", html(&nowhere)),
        ("leaving", html(&leaving)),
    ]
}
