//! Security headers (WEB-4 to WEB-7, P5, S5, S6).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains; preload");
const CSP_NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// The content security policy of an HTML page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PagePolicy {
    /// Targets of forms besides this origin. Browsers apply this to the whole redirect chain, so pages of an
    /// authorization request name the origin of the validated redirect_uri (S6).
    pub form_action: Vec<String>,
    /// For roll-out: browsers report violations in their console instead of preventing them. Framing stays forbidden.
    pub report_only: bool,
}

impl PagePolicy {
    /// A policy whose forms may also lead to `sources`.
    pub fn with_form_action(sources: impl IntoIterator<Item = String>) -> Self {
        Self { form_action: sources.into_iter().collect(), report_only: false }
    }

    /// The policy's text. A source that could end its directive is left out.
    pub fn csp(&self) -> String {
        let mut form_action = String::from("form-action 'self'");
        for source in self.form_action.iter().filter(|source| is_source(source)) {
            form_action.push(' ');
            form_action.push_str(source);
        }
        format!(
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; \
             {form_action}; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
        )
    }

    /// Sets the headers of a page, which must not be stored (WEB-5, WEB-6).
    pub fn apply(&self, headers: &mut HeaderMap) {
        let name = if self.report_only {
            header::CONTENT_SECURITY_POLICY_REPORT_ONLY
        } else {
            header::CONTENT_SECURITY_POLICY
        };
        // Sources are ASCII without control characters, so the text is always a valid header value. Otherwise allow
        // nothing.
        headers.insert(name, HeaderValue::from_str(&self.csp()).unwrap_or(CSP_NOTHING));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(COOP, HeaderValue::from_static("same-origin"));
    }
}

/// Removes what the browser has stored of pages for the person who signs out. Cookies stay: each has its own rules.
pub fn clear_site_data(headers: &mut HeaderMap) {
    headers.insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\", \"storage\""));
}

fn is_source(source: &str) -> bool {
    !source.is_empty()
        && source.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b';' | b',' | b'\'' | b'"'))
}

/// The headers of every answer of a service; pages and assets can only add to them.
#[derive(Debug, Clone, Copy)]
pub struct SecurityHeaders {
    hsts: bool,
}

impl SecurityHeaders {
    /// Sends HSTS if the public URL is https.
    pub fn new(public_url: &str) -> Self {
        Self { hsts: public_url.starts_with("https://") }
    }

    /// Adds the headers that aren't set yet. An answer without its own policy may load nothing, and one without its own
    /// cache control isn't stored.
    pub fn complete(self, headers: &mut HeaderMap) {
        if !headers.contains_key(header::CONTENT_SECURITY_POLICY_REPORT_ONLY) {
            headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(CSP_NOTHING);
        }
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        if self.hsts {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(public_url: &str, policy: &PagePolicy) -> HeaderMap {
        let mut headers = HeaderMap::new();
        policy.apply(&mut headers);
        SecurityHeaders::new(public_url).complete(&mut headers);
        headers
    }

    #[test]
    fn web6_a_page_has_all_headers() {
        let headers = page("https://login.example", &PagePolicy::default());
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-store"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains; preload"),
        ] {
            assert_eq!(headers.get(name).map(HeaderValue::as_bytes), Some(value.as_bytes()), "{name}");
        }
        let csp = headers["content-security-policy"].to_str().unwrap();
        assert!(csp.starts_with("default-src 'none'; "));
        for directive in
            ["base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self';"]
        {
            assert!(csp.contains(directive), "{directive}");
        }
        assert!(!csp.contains("unsafe"));
    }

    #[test]
    fn p5_web4_hsts_is_for_https_only() {
        let headers = page("http://localhost:7001", &PagePolicy::default());
        assert!(!headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    #[test]
    fn s6_form_action_names_the_redirect_target_and_nothing_smuggled() {
        let sources =
            ["https://app.example", "com.example.app:", "x; script-src *", "a b", "'unsafe-inline'", ""];
        let policy = PagePolicy::with_form_action(sources.map(str::to_owned));
        assert!(policy.csp().contains("form-action 'self' https://app.example com.example.app:; base-uri"));
    }

    #[test]
    fn p5_report_only_is_a_switch_and_keeps_framing_forbidden() {
        let policy = PagePolicy { report_only: true, ..PagePolicy::default() };
        let headers = page("https://login.example", &policy);
        assert!(!headers.contains_key(header::CONTENT_SECURITY_POLICY));
        assert!(headers.contains_key(header::CONTENT_SECURITY_POLICY_REPORT_ONLY));
        assert_eq!(headers[header::X_FRAME_OPTIONS], "DENY");
    }

    #[test]
    fn an_api_answer_may_load_nothing_and_is_not_stored_unless_it_says_so() {
        let mut headers = HeaderMap::new();
        SecurityHeaders::new("https://api.example").complete(&mut headers);
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], "default-src 'none'; frame-ancestors 'none'");
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");

        let mut asset = HeaderMap::new();
        asset.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        SecurityHeaders::new("https://api.example").complete(&mut asset);
        assert_eq!(asset[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    }
}
