//! Pages of other providers at which people sign in.

use super::*;

pub(super) fn buttons() -> Vec<UpstreamButton> {
    [("example", "Example"), ("other", "Another One")]
        .map(|(id, name)| UpstreamButton { id: text(id), name: text(name) })
        .to_vec()
}

pub(super) fn pages(look: Look) -> Rendered {
    let connect = ConnectPage {
        frame: frame(look),
        action: text("/interaction/0192d1f0/connect"),
        csrf: text("q0m3-csrf"),
        provider: text("Example"),
        email: Some(text("ada@example.com")),
        creates: true,
        mails: true,
        problem: None,
        cancel_url: text("/cancel/0192d1f0"),
    };
    let closed = ConnectPage { creates: false, email: None, ..connect.clone() };
    let problem = Some(Message::new("email-taken"));
    let refused = ConnectPage { mails: false, problem, ..connect.clone() };
    let connecting = SignInPage { connects: Some(text("Example")), ..sign_in(look, "", None) };
    let leaving = LeavingPage {
        frame: frame(look),
        lead: Message::new("leaving-to-upstream").with("provider", "Example"),
        location: text("https://accounts.example/authorize?client_id=x&state=y"),
    };
    vec![
        ("connect", html(&connect)),
        ("connect-closed", html(&closed)),
        ("connect-refused", html(&refused)),
        ("sign-in-connecting", html(&connecting)),
        ("leaving-to-upstream", html(&leaving)),
    ]
}

pub(super) fn connections(look: Look) -> Rendered {
    let line = |id: &str, is_offered: bool| ConnectionLine {
        id: text(id),
        provider: text(if is_offered { "Example" } else { "gone" }),
        email: is_offered.then(|| text("ada@example.com")),
        is_offered,
        connected: Zone::default().at(1_790_000_000),
        used: is_offered.then(|| Zone::default().at(1_796_000_000)),
    };
    let page = ConnectionsPage {
        frame: Frame { client: None, ..frame(look) },
        action: text("/account/connections"),
        csrf: text("q0m3-csrf"),
        problem: None,
        connections: vec![line("c1", true), line("c2", false)],
        upstreams: buttons(),
        account_url: text("/account"),
    };
    let problem = Some(Message::new("connections-last"));
    let refused = ConnectionsPage { problem, ..page.clone() };
    let none = ConnectionsPage { connections: Vec::new(), ..page.clone() };
    vec![
        ("connections", html(&page)),
        ("connections-refused", html(&refused)),
        ("connections-none", html(&none)),
    ]
}
