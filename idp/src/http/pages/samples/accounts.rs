//! Several accounts in one browser.

use super::{HOSTILE, Look, Rendered, frame, html, said, sign_in, text};
use crate::http::pages::{AccountLine, AccountsPage, Frame, SelectAccountPage, SignInPage};

fn line(name: &str, email: &str) -> AccountLine {
    AccountLine {
        sid: text("0192d1f0"),
        name: text(name),
        email: text(email),
        method: said("password"),
        signed_in: clock::when::Zone::default().at(1_795_255_200),
        is_in_use: false,
        is_live: true,
    }
}

pub(super) fn pages(look: Look) -> Rendered {
    let ada = AccountLine { is_in_use: true, ..line("Ada Lovelace", "ada@example.com") };
    let accounts = vec![
        ada.clone(),
        line("", "a.rather.long.address.of.somebody@departments.example.com"),
        AccountLine { is_live: false, ..line(HOSTILE, "grace@example.com") },
    ];
    let select = SelectAccountPage {
        frame: frame(look),
        action: text("/select/0192d1f0"),
        csrf: text("q0m3-csrf"),
        accounts: vec![ada],
        is_alone: true,
        full: None,
        cancel_url: text("/cancel/0192d1f0"),
    };
    let page = AccountsPage {
        frame: Frame { client: None, ..frame(look) },
        action: text("/account/accounts"),
        csrf: text("q0m3-csrf"),
        accounts: accounts.clone(),
        full: None,
        account_url: Some(text("/account")),
    };
    let several = SelectAccountPage { accounts, is_alone: false, ..select.clone() };
    let beside = Some(text("ada@example.com"));
    vec![
        ("select-account", html(&select)),
        ("select-account-full", html(&SelectAccountPage { full: Some(3), ..several.clone() })),
        ("select-account-of-several", html(&several)),
        ("accounts", html(&page)),
        ("accounts-full", html(&AccountsPage { full: Some(3), account_url: None, ..page })),
        ("sign-in-beside", html(&SignInPage { beside, ..sign_in(look, "", None) })),
    ]
}
