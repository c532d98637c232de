//! Which session a request to the end-session endpoint ends, and where it leads (OUT-1, OUT-2, OUT-5).

#![cfg(test)]

mod common;

use common::{NOW, authenticated, client};
use protocol::{
    catalogue,
    client::{Authentication, Client},
    end_session::{Named, Request, Verdict, WayBack, about, asking, by_client, judge},
    id_token::Hint,
};

const BYE: &str = "https://app.example/bye?a=1";
const HERE: Named<'static> = Named { sid: "s-1", sub: "u-1" };

fn hint(sid: &str, sub: &str, audience: &str) -> Hint {
    Hint { sub: sub.into(), sid: Some(sid.into()), aud: vec![audience.into()], issued_at: NOW }
}

fn bye(state: Option<&str>) -> WayBack {
    let state = state.map(str::to_owned);
    WayBack { client_id: "app".into(), uri: BYE.into(), state }
}

/// What a browser asks for, with the client looked up as the endpoint does.
fn verdict(
    session: Option<Named<'_>>,
    hint: Option<&Hint>,
    (client_id, uri): (Option<&str>, Option<&str>),
) -> Verdict {
    let registered = client();
    let client = asking(hint, client_id).and_then(|id| (id == registered.id).then_some(&registered));
    let request = Request { session, hint, client, post_logout_redirect_uri: uri, ..Request::default() };
    judge(&request)
}

#[test]
fn out5_the_whole_table() {
    use Verdict::{Ask, End, Nobody};
    let ours = hint("s-1", "u-1", "app");
    let other_session = hint("s-0", "u-1", "app");
    let other_person = hint("s-2", "u-2", "app");
    let other_client = hint("s-1", "u-1", "gone");
    let nameless = Hint { sid: None, ..ours.clone() };
    let hints =
        [Some(&ours), Some(&other_session), Some(&other_person), Some(&other_client), Some(&nameless), None];
    let (back, evil) = (Some(BYE), Some("https://evil.example/"));
    for hint in hints {
        let confirms = hint == Some(&ours);
        let audience = hint.map(|hint| hint.aud[0].as_str());
        for client_id in [None, Some("app"), Some("storefront")] {
            let agree = match (audience, client_id) {
                (Some(audience), id) => audience == "app" && id.is_none_or(|id| id == "app"),
                (None, id) => id == Some("app"),
            };
            for uri in [None, back, evil] {
                let way = if agree && uri == back { Some(bye(None)) } else { None };
                let name = format!("{hint:?} {client_id:?} {uri:?}");
                let at_once = confirms && agree && uri != evil;
                let expected = if at_once { End(way.clone()) } else { Ask(way.clone()) };
                assert_eq!(verdict(Some(HERE), hint, (client_id, uri)), expected, "{name}");
                assert_eq!(verdict(None, hint, (client_id, uri)), Nobody(way), "no cookie: {name}");
            }
        }
    }
}

#[test]
fn out5_without_a_cookie_a_session_that_is_over_is_what_was_asked_for() {
    let (client, ours) = (client(), hint("s-1", "u-1", "app"));
    let request =
        Request { hint: Some(&ours), hinted_is_over: true, client: Some(&client), ..Request::default() };
    assert_eq!(judge(&request), Verdict::Over(None));
    let with_uri = |uri| judge(&Request { post_logout_redirect_uri: Some(uri), ..request });
    assert_eq!(with_uri(BYE), Verdict::Over(Some(bye(None))));
    assert_eq!(with_uri("https://evil.example/"), Verdict::Nobody(None));
    assert_eq!(
        judge(&Request { session: Some(Named { sid: "s-9", sub: "u-1" }), ..request }),
        Verdict::Ask(None)
    );
}

#[test]
fn acc14_a_hint_says_which_of_the_browsers_sessions_a_request_is_about() {
    let (beside, third) = (Named { sid: "s-2", sub: "u-2" }, Named { sid: "s-3", sub: "u-3" });
    let others = [beside, third];
    let of = |sid, sub| about(Some(&hint(sid, sub, "app")), Some(HERE), &others);
    assert_eq!(of("s-1", "u-1"), Some(HERE));
    assert_eq!(of("s-2", "u-2"), Some(beside));
    // of a session before that one
    assert_eq!(of("s-0", "u-3"), Some(third));
    assert_eq!(of("s-0", "u-1"), Some(HERE));
    // a session of another person than the hint says is not meant
    assert_eq!(of("s-2", "u-3"), Some(third));
    // one that the browser doesn't have can't be reached
    assert_eq!(of("s-9", "u-9"), Some(HERE));
    assert_eq!(about(Some(&hint("s-9", "u-9", "app")), None, &others), None);
    assert_eq!(about(None, Some(HERE), &others), Some(HERE));
    assert_eq!(about(None, None, &others), None);
}

#[test]
fn acc14_while_no_account_is_in_use_the_person_is_asked_about_the_others() {
    let (client, gone) = (client(), hint("s-1", "u-1", "app"));
    let request = Request { has_others: true, client: Some(&client), ..Request::default() };
    assert_eq!(judge(&request), Verdict::Ask(None));
    assert_eq!(judge(&Request { hint: Some(&gone), ..request }), Verdict::Ask(None));
    let over = Request { hint: Some(&gone), hinted_is_over: true, ..request };
    assert_eq!(judge(&over), Verdict::Over(None));
}

#[test]
fn out1_the_state_comes_back_exactly_and_nothing_else() {
    let client = client();
    let to = |uri, state| WayBack::to(&client, uri, state).unwrap().location();
    assert_eq!(to("https://app.example/bye", None), "https://app.example/bye");
    assert_eq!(to(BYE, Some("s&t=\u{e9}")), "https://app.example/bye?a=1&state=s%26t%3D%C3%A9");
}

#[test]
fn out2_a_uri_is_registered_byte_for_byte_loopback_ports_included() {
    let native = Client {
        post_logout_redirect_uris: vec!["http://127.0.0.1:7000/bye".into(), BYE.into()],
        ..client()
    };
    for uri in ["http://127.0.0.1:7000/bye", BYE] {
        assert!(WayBack::to(&native, uri, None).is_some(), "{uri}");
    }
    for uri in [
        "http://127.0.0.1:7001/bye",
        "http://127.0.0.1/bye",
        "http://127.0.0.1:7000/bye/",
        "https://app.example/bye",
        "https://app.example/bye?a=1&b=2",
        "https://APP.example/bye?a=1",
        "https://app.example/bye?a=1#x",
        "",
    ] {
        assert_eq!(WayBack::to(&native, uri, None), None, "{uri}");
    }
}

#[test]
fn out5_a_client_with_its_credential_ends_the_session_that_its_young_id_token_names() {
    const LONGEST: i64 = 3600;
    let own = authenticated(&client());
    let ours = hint("s-1", "u-1", "app");
    let named = |hint, now| by_client(&own, hint, LONGEST, now);
    assert_eq!(named(Some(&ours), NOW), Ok(HERE));
    assert_eq!(named(Some(&ours), NOW + LONGEST - 1), Ok(HERE));
    assert_eq!(named(Some(&ours), NOW - 30), Ok(HERE), "another clock issued it");
    assert_eq!(named(Some(&ours), NOW + LONGEST), Err(catalogue::OLD_HINT));
    assert_eq!(named(None, NOW), Err(catalogue::UNUSABLE_HINT));
    let foreign = hint("s-1", "u-1", "storefront");
    assert_eq!(named(Some(&foreign), NOW), Err(catalogue::FOREIGN_HINT));
    let nameless = Hint { sid: None, ..ours.clone() };
    assert_eq!(named(Some(&nameless), NOW), Err(catalogue::UNUSABLE_HINT));
    let public = authenticated(&Client {
        authentication: Authentication::None,
        secret_hashes: Vec::new(),
        ..client()
    });
    assert_eq!(by_client(&public, Some(&ours), LONGEST, NOW), Err(catalogue::INVALID_CLIENT));
}
