//! Pages around mailed links and codes.

use super::*;

pub(super) fn pages(staff: bool) -> Rendered {
    let plain = Frame { client: None, ..frame(staff) };
    let csrf = text("q0m3-csrf");
    let no_address = FieldProblem { field: "email", message: text("Enter an e-mail address.") };
    let forgot = ForgotPage {
        frame: frame(staff),
        action: text("/interaction/0192d1f0/forgot"),
        csrf: csrf.clone(),
        email: String::new(),
        problem: None,
        sign_in_url: text("/interaction/0192d1f0?view=sign-in"),
    };
    let mailed = MailedPage {
        frame: plain.clone(),
        action: text("/mailed/0192d1f0"),
        csrf: csrf.clone(),
        address: text("ada.lovelace-of-the-analytical-engine@mail.example.com"),
        minutes: 30,
        problem: None,
        back_url: Some(text("/interaction/0192d1f0")),
    };
    let wrong_code = FieldProblem { field: "code", message: text("This code is not right.") };
    let link = LinkPage {
        frame: plain.clone(),
        action: text("/link/0192d1f0"),
        csrf: csrf.clone(),
        heading: "Confirm your e-mail address",
        sentence: "Confirm that this address is yours.",
        address: text("ada@example.com"),
        button: "Confirm the address",
    };
    let first = FirstPasskeyPage {
        frame: frame(staff),
        address: text("ada@example.com"),
        problem: None,
        passkey: passkey("/link/0192d1f0"),
        password_url: text("/interaction/0192d1f0?view=register"),
    };
    vec![
        ("first-passkey", html(&first)),
        (
            "first-passkey-refused",
            html(&FirstPasskeyPage { problem: Some("That took too long."), ..first.clone() }),
        ),
        ("forgot", html(&forgot)),
        ("forgot-refused", html(&ForgotPage { problem: Some(no_address), ..forgot })),
        ("mailed", html(&mailed)),
        ("mailed-refused", html(&MailedPage { problem: Some(wrong_code), ..mailed })),
        ("link", html(&link)),
    ]
}

pub(super) fn changes(staff: bool) -> Rendered {
    let plain = Frame { client: None, ..frame(staff) };
    let csrf = text("q0m3-csrf");
    let no_address = FieldProblem { field: "email", message: text("Enter an e-mail address.") };
    let reset = ResetPage {
        frame: plain.clone(),
        action: text("/reset/0192d1f0"),
        csrf: csrf.clone(),
        account: text("ada@example.com"),
        problem: None,
        min_length: 15,
    };
    let short = FieldProblem { field: "password", message: text("Use at least 15 characters.") };
    let done = DonePage {
        frame: plain.clone(),
        heading: "Your password is changed",
        sentence: "Sign in with the new one.",
        label: "Sign in",
        url: text("/account/sign-in"),
    };
    let address = AddressPage {
        frame: plain,
        action: text("/account/email"),
        csrf,
        current: text("ada@example.com"),
        is_confirmed: false,
        email: String::new(),
        problem: None,
        account_url: text("/account"),
    };
    vec![
        ("reset", html(&reset)),
        ("reset-refused", html(&ResetPage { problem: Some(short), ..reset })),
        ("done", html(&done)),
        ("address", html(&address)),
        ("address-refused", html(&AddressPage { problem: Some(no_address), is_confirmed: true, ..address })),
    ]
}
