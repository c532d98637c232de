use http::HeaderValue;
use web::cookie::SameSite;

use super::*;

fn other() -> OtherRealm {
    OtherRealm {
        cookie_names: vec!["rk_console_session".to_owned()],
        name: "staff".to_owned(),
        url: "https://console.example".to_owned(),
        issuer: "https://staff.example".to_owned(),
    }
}

fn read(lines: &[(&'static str, &str)], uri: &str) -> Result<Presented, Reason> {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(*name, HeaderValue::from_str(value).unwrap());
    }
    let cookie = CookieSpec::new("rk_shop_session", "https://shop.example", "/", SameSite::Lax);
    presented(&headers, &uri.parse().unwrap(), &cookie, &other())
}

#[test]
fn rp11_with_a_bearer_token_cookies_are_not_looked_at() {
    let both = [("authorization", "Bearer abc"), ("cookie", "__Host-rk_shop_session=s1")];
    assert_eq!(read(&both, "/"), Ok(Presented::Bearer("abc".to_owned())));
    assert_eq!(read(&[("authorization", "bEARER abc")], "/"), Ok(Presented::Bearer("abc".to_owned())));
    let wrong = [("authorization", "Bearer "), ("cookie", "__Host-rk_shop_session=s1")];
    assert_eq!(read(&wrong, "/"), Err(Reason::InvalidToken));
    let basic = [("authorization", "Basic abc"), ("cookie", "__Host-rk_shop_session=s1")];
    assert_eq!(read(&basic, "/"), Err(Reason::NoCredential));
}

#[test]
fn rs5_two_tokens_are_one_too_many_and_a_token_in_the_query_is_none() {
    let twice = [("authorization", "Bearer abc"), ("authorization", "Bearer abc")];
    assert_eq!(read(&twice, "/"), Err(Reason::TwoCredentials));
    assert_eq!(read(&[("authorization", "Bearer abc")], "/?a=1&access_token=x"), Err(Reason::TwoCredentials));
    assert_eq!(read(&[("authorization", "Bearer abc")], "/?access%5Ftoken=x"), Err(Reason::TwoCredentials));
    assert_eq!(read(&[], "/?access_token=x"), Ok(Presented::Nothing { foreign: false }));
}

#[test]
fn p2_only_the_other_sides_session_is_noticed() {
    for cookie in
        ["rk_console_session=x", "a=b; __Host-rk_console_session=x", "__Secure-rk_console_session=x"]
    {
        assert_eq!(read(&[("cookie", cookie)], "/"), Ok(Presented::Nothing { foreign: true }), "{cookie}");
    }
    for cookie in ["rk_console_visitor=x", "xrk_console_session=x", "rk_shop_session=x"] {
        assert_eq!(read(&[("cookie", cookie)], "/"), Ok(Presented::Nothing { foreign: false }), "{cookie}");
    }
    let own = "rk_console_session=x; __Host-rk_shop_session=s1";
    assert_eq!(read(&[("cookie", own)], "/"), Ok(Presented::Session("s1".to_owned())));
}

#[test]
fn h8_the_claimed_issuer_only_chooses_words() {
    let token = format!("e30.{}.x", URL_SAFE_NO_PAD.encode(r#"{"iss":"https://staff.example"}"#));
    assert_eq!(claimed_issuer(&token).as_deref(), Some("https://staff.example"));
    for garbage in ["", "a", "a.b", "a.e30.c", "a.W10.c"] {
        assert_eq!(claimed_issuer(garbage), None);
    }
}
