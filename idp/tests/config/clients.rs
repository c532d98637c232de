//! Mistakes in `[[clients]]`.

use protocol::{
    client::{Authentication, IdTokenClaims, Pkce},
    jose::Algorithm,
};

use crate::harness::{RIGHT, edited, read, refused, reported, with_secrets};

#[test]
fn a_client_is_read_as_it_is_written() {
    let file = edited(
        "name = \"Web\"",
        "name = \"Web\"\nfirst_party = true\nid_token_algorithm = \"ES256\"\nid_token_claims = \"minimal\"\norigins = [\"https://web.example.com\"]\n\
         rotate_refresh_tokens = false\nclient_uri = \"https://web.example.com/\"",
    );
    let realm = read(&file).unwrap();
    let [web, app] = realm.clients.as_slice() else { panic!("two clients") };
    assert_eq!((web.authentication, app.authentication), (Authentication::SecretBasic, Authentication::None));
    assert_eq!((web.pkce, app.pkce), (Pkce::OrNonce, Pkce::Required), "TOK-8");
    assert_eq!((web.id_token_alg, app.id_token_alg), (Algorithm::ES256, Algorithm::RS256));
    assert_eq!(
        (web.id_token_claims, app.id_token_claims),
        (IdTokenClaims::Minimal, IdTokenClaims::Scopes),
        "ID-3"
    );
    assert_eq!((web.secret_hashes.len(), app.secret_hashes.len()), (1, 0));
    assert_eq!((web.first_party, app.first_party), (true, false));
    assert_eq!((web.rotate_refresh_tokens, app.rotate_refresh_tokens), (false, true));
    assert_eq!(web.client_uri.as_deref(), Some("https://web.example.com/"));
    assert_eq!((web.tos_uri.as_deref(), app.client_uri.as_deref()), (None, None));
    assert_eq!(web.allowed_origins, ["https://web.example.com"]);
}

#[test]
fn tok7_a_client_with_a_secret_need_not_say_how_it_sends_it() {
    for file in [
        edited("authentication = \"client_secret_basic\"\n", ""),
        edited("\"client_secret_basic\"", "\"client_secret\""),
    ] {
        assert_eq!(read(&file).unwrap().clients[0].authentication, Authentication::Secret);
    }
    let file = edited("\"client_secret_basic\"", "\"client_secret_post\"");
    assert_eq!(read(&file).unwrap().clients[0].authentication, Authentication::SecretPost);
    refused(
        ("\"none\"", "\"client_secrets\""),
        "client_secrets",
        "clients[1].authentication",
        "must be one of",
    );
}

#[test]
fn tok8_pkce_is_a_word_and_a_public_client_has_no_choice() {
    for (word, rule) in
        [("required", Pkce::Required), ("or_nonce", Pkce::OrNonce), ("optional", Pkce::Optional)]
    {
        let file = edited("name = \"Web\"", &format!("name = \"Web\"\npkce = \"{word}\""));
        assert_eq!(read(&file).unwrap().clients[0].pkce, rule);
    }
    for word in ["or_nonce", "optional"] {
        let lax = format!("name = \"App\"\npkce = \"{word}\"");
        refused(("name = \"App\"", &lax), "pkce", "clients[1].pkce", "always needs PKCE");
    }
    let typo = ("name = \"Web\"", "name = \"Web\"\npkce = \"or-nonce\"");
    refused(typo, "pkce", "clients[0].pkce", "did you mean `or_nonce`");
    let old = ("name = \"Web\"", "name = \"Web\"\nrequire_pkce = false");
    refused(old, "require_pkce", "clients[0].require_pkce", "is `pkce` now");
}

#[test]
fn what_is_not_advisable_is_a_warning_and_no_mistake() {
    let warned = |file: &str, secret: &str| {
        let mut document = with_secrets(file);
        document.set("clients.0.secret", secret);
        let realm = idp::realm::RealmConfig::read(&document).unwrap();
        realm.warnings.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let optional = edited("name = \"Web\"", "name = \"Web\"\npkce = \"optional\"");
    let reported = warned(&optional, crate::harness::CLIENT_SECRET);
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert!(reported[0].contains("`clients[0].pkce`: with \"optional\""), "{reported:?}");
    let reported = warned(RIGHT, "T6wq2ZcV9sLk8nHe5o+4cQ1yAqX9Yp");
    assert!(reported.len() == 1 && reported[0].contains("`clients[0].secret`: has a `+`"), "{reported:?}");
    assert!(!reported[0].contains("T6wq2Z"), "the value is not told");
    assert_eq!(warned(RIGHT, crate::harness::CLIENT_SECRET), Vec::<String>::new());
}

#[test]
fn d6_a_logo_is_refused_until_pages_can_show_one() {
    let file = edited("name = \"Web\"", "name = \"Web\"\nlogo_uri = \"https://web.example.com/logo.svg\"");
    let reported = reported(read(&file));
    assert!(
        reported.iter().any(|line| line.contains("logo_uri") && line.contains("unknown key")),
        "{reported:?}"
    );
}

#[test]
fn a3_a_redirect_uri_is_exact_and_safe() {
    let right = "https://web.example.com/callback";
    for (uri, words) in [
        ("https://*.example.com/callback", "wildcard"),
        ("http://web.example.com/callback", "use https"),
        ("https://web.example.com/callback#x", "fragment"),
        ("https://a:b@web.example.com/callback", "credentials"),
        ("javascript:alert(1)", "scheme"),
        ("/callback", "absolute"),
    ] {
        refused((right, uri), uri, "clients[0].redirect_uris", words);
    }
    let second = format!("{right}\", \"https://web.example.com/*");
    refused((right, &second), right, "clients[0].redirect_uris", "number 2: ");
    let both = "/callback\", \"https://web.example.com/ok\", \"https://*.example.com/callback".to_owned();
    let reported = reported(read(&edited(right, &both)));
    let [reported] = reported.as_slice() else { panic!("{reported:?}") };
    assert!(reported.contains("number 1: ") && reported.contains("; number 3: "), "all at once: {reported}");
    let left = "name = \"Web\"\npost_logout_redirect_uris = [\"http://web.example.com/\"]";
    refused(("name = \"Web\"", left), "post_logout", "clients[0].post_logout_redirect_uris", "use https");
}

#[test]
fn a_code_needs_somewhere_to_go() {
    let none = ("redirect_uris = [\"https://web.example.com/callback\"]", "redirect_uris = []");
    refused(none, "redirect_uris = []", "clients[0].redirect_uris", "at least one");
    let service = edited(none.0, none.1).replace(
        "[\"authorization_code\", \"refresh_token\", \"client_credentials\"]",
        "[\"client_credentials\"]",
    );
    assert_eq!(reported(read(&service)), Vec::<String>::new(), "a service has no redirect");
}

#[test]
fn t15_a_public_client_neither_has_a_secret_nor_acts_for_itself() {
    let grants = (
        "grants = [\"authorization_code\", \"refresh_token\"]",
        "grants = [\"authorization_code\", \"client_credentials\"]",
    );
    refused(grants, grants.1, "clients[1].grants", "needs a client that authenticates");
    let public = ("authentication = \"client_secret_basic\"", "authentication = \"none\"");
    let reported = reported(read(&edited(public.0, public.1)));
    assert!(
        reported.iter().any(|line| line.contains("clients[0].secret") && line.contains("has no secret")),
        "{reported:?}"
    );
}

#[test]
fn t11_a_public_client_always_rotates() {
    let fixed = ("name = \"App\"", "name = \"App\"\nrotate_refresh_tokens = false");
    refused(fixed, "rotate", "clients[1].rotate_refresh_tokens", "always rotate");
}

#[test]
fn t16_a_grant_that_is_not_offered_is_refused() {
    for grant in ["password", "implicit", "urn:ietf:params:oauth:grant-type:device_code"] {
        let grants = format!("grants = [\"authorization_code\", \"{grant}\"]");
        let right = "grants = [\"authorization_code\", \"refresh_token\"]";
        refused((right, &grants), &grants, "clients[1].grants", "must be some of authorization_code");
    }
    refused(("\"none\"", "\"private_key_jwt\""), "private_key_jwt", "clients[1].authentication", "must be");
}

#[test]
fn a_scope_that_is_not_offered_is_refused() {
    refused(
        ("[\"openid\", \"orders\"]", "[\"openid\", \"order\"]"),
        "\"order\"",
        "clients[0].scopes",
        "number 2",
    );
    assert_eq!(
        reported(read(&edited("[\"openid\"]", "[\"openid\", \"offline_access\"]"))),
        Vec::<String>::new()
    );
}

#[test]
fn two_clients_never_have_the_same_id() {
    refused(("id = \"app\"", "id = \"web\" # again"), "# again", "clients[1].id", "another client");
}

#[test]
fn t15_a_client_id_can_not_be_taken_for_a_subject() {
    for id in ["0199a1b2-0000-7000-8000-000000000001", "two words", "ünïcode"] {
        let file = edited("id = \"app\"", &format!("id = \"{id}\""));
        let reported = reported(read(&file));
        assert_eq!(reported.len(), 1, "{id}: {reported:?}");
        assert!(
            reported[0].contains("`clients[1].id`") && reported[0].contains("no UUID"),
            "{id}: {reported:?}"
        );
    }
}

#[test]
fn addresses_of_a_client_are_web_addresses() {
    for key in ["backchannel_logout_uri", "client_uri", "tos_uri", "policy_uri"] {
        let line = format!("name = \"App\"\n{key} = \"javascript:alert(1)\"");
        refused(("name = \"App\"", &line), key, &format!("clients[1].{key}"), "http or https");
    }
    for origin in ["https://app.example.com/", "https://app.example.com/path", "app.example.com", "null", "*"]
    {
        let line = format!("name = \"App\"\norigins = [\"{origin}\"]");
        refused(("name = \"App\"", &line), "origins", "clients[1].origins", "number 1: must be an origin");
    }
}

#[test]
fn what_a_client_needs_is_demanded_at_its_own_line() {
    for (line, key) in [
        ("name = \"App\"\n", "name"),
        ("authentication = \"none\"\n", "authentication"),
        ("id = \"app\"\n", "id"),
    ] {
        let reported = reported(read(&edited(line, "")));
        let second =
            RIGHT.lines().enumerate().filter(|(_, line)| *line == "[[clients]]").nth(1).unwrap().0 + 1;
        let place = format!("test.toml:{second}: `clients[1].{key}`: missing");
        assert!(reported.iter().any(|reported| reported.starts_with(&place)), "{key}: {reported:?}");
    }
}
