//! Pages around mailed links and codes.

use ::language::Message;

use super::*;
use crate::flow::new_account::FieldError;

pub(super) fn pages(look: Look) -> Rendered {
    let plain = Frame { client: None, ..frame(look) };
    let csrf = text("q0m3-csrf");
    let no_address = FieldProblem { field: "email", message: FieldError::no_address().message };
    let forgot = AskMailPage {
        frame: frame(look),
        wish: Wish::NewPassword,
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
    let wrong_code = FieldProblem { field: "code", message: Message::new("mailed-wrong") };
    let link = LinkPage {
        frame: plain.clone(),
        action: text("/link/0192d1f0"),
        csrf: csrf.clone(),
        heading: Message::new("link-confirm"),
        sentence: Message::new("link-confirm-text"),
        address: text("ada@example.com"),
        button: Message::new("link-confirm-button"),
    };
    let first = FirstPasskeyPage {
        frame: frame(look),
        address: text("ada@example.com"),
        problem: None,
        passkey: passkey("/link/0192d1f0"),
        password_url: text("/interaction/0192d1f0?view=register"),
    };
    vec![
        ("first-passkey", html(&first)),
        (
            "first-passkey-refused",
            html(&FirstPasskeyPage { problem: Some(Message::new("first-passkey-failed")), ..first.clone() }),
        ),
        ("forgot", html(&forgot)),
        ("forgot-refused", html(&AskMailPage { problem: Some(no_address), ..forgot })),
        ("mailed", html(&mailed)),
        ("mailed-refused", html(&MailedPage { problem: Some(wrong_code), ..mailed })),
        ("link", html(&link)),
    ]
}

pub(super) fn sign_in(look: Look) -> Rendered {
    let page = AskMailPage {
        frame: frame(look),
        wish: Wish::SignIn,
        action: text("/interaction/0192d1f0/mail"),
        csrf: text("q0m3-csrf"),
        email: text("ada@example.com"),
        problem: None,
        sign_in_url: text("/interaction/0192d1f0?view=sign-in"),
    };
    let no_address = FieldProblem { field: "email", message: FieldError::no_address().message };
    vec![
        ("by-mail", html(&page)),
        ("by-mail-refused", html(&AskMailPage { problem: Some(no_address), ..page })),
    ]
}

pub(super) fn changes(look: Look) -> Rendered {
    let plain = Frame { client: None, ..frame(look) };
    let csrf = text("q0m3-csrf");
    let no_address = FieldProblem { field: "email", message: FieldError::no_address().message };
    let reset = ResetPage {
        frame: plain.clone(),
        action: text("/reset/0192d1f0"),
        csrf: csrf.clone(),
        account: text("ada@example.com"),
        problem: None,
        min_length: 15,
    };
    let short = FieldProblem { field: "password", message: Message::verbatim("Use at least 15 characters.") };
    let done = DonePage {
        frame: plain.clone(),
        heading: Message::new("reset-done"),
        sentence: Message::new("reset-done-text"),
        label: Message::new("sign-in"),
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
