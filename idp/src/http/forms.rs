//! Where the way goes on when a form could not be answered (S7).

use axum::http::{HeaderMap, header};

use crate::session::interaction;

/// The page that shows a form afresh, of the path the form is sent to.
pub fn page_of_form(path: &str) -> Option<String> {
    if let Some(rest) = path.strip_prefix("/interaction/") {
        let (id, form) = rest.split_once('/').unwrap_or((rest, ""));
        let page = interaction::path(id);
        return Some(match form {
            "register" | "recovery" => format!("{page}?view={form}"),
            _ => page,
        });
    }
    match path {
        "/account/totp" | "/account/recovery-codes" => Some(path.to_owned()),
        "/sign-out" => Some("/end_session".to_owned()),
        _ => path.starts_with("/setup/").then(|| path.to_owned()),
    }
}

/// Whether a person asks, and not a program.
pub fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s7_a_form_leads_to_the_page_that_shows_it_afresh() {
        for (path, leads_to) in [
            ("/interaction/abc/sign-in", Some("/interaction/abc")),
            ("/interaction/abc/register", Some("/interaction/abc?view=register")),
            ("/interaction/abc/recovery", Some("/interaction/abc?view=recovery")),
            ("/interaction/abc", Some("/interaction/abc")),
            ("/setup/token/factor", Some("/setup/token/factor")),
            ("/account/totp", Some("/account/totp")),
            ("/account/recovery-codes", Some("/account/recovery-codes")),
            ("/sign-out", Some("/end_session")),
            ("/interactions/abc", None),
            ("/token", None),
        ] {
            assert_eq!(page_of_form(path).as_deref(), leads_to, "{path}");
        }
    }
}
