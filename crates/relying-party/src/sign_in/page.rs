//! The callback's answer: a tiny page of this origin that leads to the wanted page.
//!
//! A redirect would not do: the issuer's site started the navigation, and browsers then send no SameSite=Strict cookie
//! along the whole chain of redirects. A navigation from this page starts at this site (R7).

use axum::{
    http::header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
        X_FRAME_OPTIONS,
    },
    response::{IntoResponse, Response},
};
use language::{Language, Message};

use crate::words;

const HEADERS: [(http::HeaderName, &str); 6] = [
    (CONTENT_TYPE, "text/html; charset=utf-8"),
    (CACHE_CONTROL, "no-store"),
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
];

/// A page that refreshes to `path`, a path of this origin, and also has a link to it.
pub(super) fn onwards(path: &str, language: Language) -> Response {
    let path = escape(path);
    let say = |id| escape(&words::say(language, &Message::new(id)));
    let (tag, direction) = (language.tag(), language.direction());
    let (one_moment, go_on) = (say("one-moment"), say("continue"));
    let html = format!(
        "<!doctype html>\n<html lang=\"{tag}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"refresh\" content=\"0;url={path}\">\n<title>{one_moment}</title>\n</head>\n\
         <body>\n<main>\n<p>{one_moment}. <a id=\"continue\" href=\"{path}\">{go_on}</a></p>\n</main>\n</body>\n</html>\n"
    );
    (HEADERS, html).into_response()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_its_attribute() {
        assert_eq!(escape("/a?b='\"><script>&"), "/a?b=&#39;&quot;&gt;&lt;script&gt;&amp;");
    }
}
