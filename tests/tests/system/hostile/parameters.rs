//! Hostile values in parameters, at every endpoint that takes them (E5, M14 to M18, A6).

use end_to_end::System;

use super::raw::{get, post};

/// Values that no parameter may have, percent-encoded and plain.
const BAD: [&[u8]; 14] = [
    b"%",
    b"%4",
    b"%zz",
    b"%ff",
    b"%c0%af",
    b"%ed%a0%80",
    b"%f4%90%80%80",
    b"%00",
    b"%0d%0aSet-Cookie:%20x=1",
    b"%09",
    b"%1b%5b31m",
    b"%7f",
    b"%c2%9b",
    b"%e2%80%ae",
];

const FORMS: [&str; 7] =
    ["/token", "/revoke", "/introspect", "/userinfo", "/authorize", "/end_session", "/sign-out"];

fn assert_4xx(what: &str, (status, answer): &(u16, String)) {
    assert!((400..500).contains(status), "{what}: {}", answer.chars().take(200).collect::<String>());
    assert!(!answer.to_ascii_lowercase().contains("\r\nset-cookie: x=1"), "{what}");
}

#[tokio::test]
async fn e5_bad_bytes_in_a_form_are_refused_everywhere() {
    let system = System::start().await;
    for base in [&system.urls.customer_issuer, &system.urls.admin_issuer] {
        for path in FORMS {
            for bad in BAD.iter().chain(&[&b"\xff"[..], b"\x00", b"\xc3"]) {
                let body = [b"client_id=demo-web&x=", *bad].concat();
                let answer = post(base, path, &body).await;
                assert_4xx(&format!("{path} {}", bad.escape_ascii()), &answer);
                let body = [*bad, b"=1"].concat();
                assert_4xx(&format!("{path} name {}", bad.escape_ascii()), &post(base, path, &body).await);
            }
        }
    }
}

#[tokio::test]
async fn e5_bad_bytes_in_a_query_are_refused_with_a_page_and_without_a_redirect() {
    let system = System::start().await;
    for base in [&system.urls.customer_issuer, &system.urls.admin_issuer] {
        for path in ["/authorize", "/end_session"] {
            for bad in BAD {
                let bad = std::str::from_utf8(bad).unwrap();
                let good = "client_id=demo-web&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fcallback";
                let answer = get(base, &format!("{path}?{good}&x={bad}")).await;
                assert_4xx(&format!("{path} {bad}"), &answer);
                assert!(!answer.1.to_ascii_lowercase().contains("\r\nlocation:"), "{path} {bad}");
            }
        }
    }
}

#[tokio::test]
async fn m18_oversized_bodies_are_413_everywhere() {
    let system = System::start().await;
    let body = [b"x=".to_vec(), vec![b'a'; 200_000]].concat();
    for base in [&system.urls.customer_issuer, &system.urls.admin_issuer] {
        for path in FORMS {
            assert_eq!(post(base, path, &body).await.0, 413, "{path}");
        }
    }
    for (base, path) in [
        (&system.urls.storefront, "/login"),
        (&system.urls.storefront, "/cart"),
        (&system.urls.console, "/login"),
    ] {
        assert_eq!(post(base, path, &body).await.0, 413, "{base}{path}");
    }
}

#[tokio::test]
async fn e5_bad_bytes_in_forms_of_the_sides_are_refused() {
    let system = System::start().await;
    let sides = [
        (&system.urls.storefront, ["/login", "/cart", "/checkout", "/backchannel-logout"]),
        (&system.urls.console, ["/login", "/content/new", "/orders/x/status", "/backchannel-logout"]),
    ];
    for (base, paths) in sides {
        for path in paths {
            for bad in BAD {
                let body = [b"csrf=x&return_to=", bad].concat();
                assert_4xx(&format!("{path} {}", bad.escape_ascii()), &post(base, path, &body).await);
            }
        }
    }
}

#[tokio::test]
async fn e5_bad_bytes_in_queries_and_paths_of_the_sides_do_no_harm() {
    let system = System::start().await;
    let paths = [
        "/?after=",
        "/products/",
        "/pages/",
        "/orders/",
        "/callback?code=",
        "/callback?state=x&iss=",
        "/api/products?after=",
        "/api/products/",
        "/api/orders?after=",
    ];
    for base in [&system.urls.storefront, &system.urls.console] {
        for path in paths {
            for bad in BAD {
                let bad = std::str::from_utf8(bad).unwrap();
                let (status, answer) = get(base, &format!("{path}{bad}")).await;
                assert!((200..500).contains(&status), "{base}{path}{bad}: {answer}");
                assert!(!answer.to_ascii_lowercase().contains("\r\nset-cookie: x=1"), "{path}{bad}");
            }
        }
    }
}

#[tokio::test]
async fn e5_ids_in_paths_of_the_realm_may_be_anything_and_are_404() {
    let system = System::start().await;
    let long = "a".repeat(5000);
    let ids = ["%00", "%ff", "%0d%0a", "..%2f..%2fetc%2fpasswd", "%27%20OR%201%3D1", "%e2%80%ae", "1", &long];
    for base in [&system.urls.customer_issuer, &system.urls.admin_issuer] {
        for id in ids {
            for path in [
                format!("/interaction/{id}"),
                format!("/setup/{id}"),
                format!("/setup/{id}/factor"),
                format!("/assets/{id}"),
            ] {
                let (status, answer) = get(base, &path).await;
                assert!((300..500).contains(&status), "{path}: {answer}");
            }
        }
    }
}
