//! The only place where cookie attributes are chosen (P3, RP2).

use axum::http::{HeaderMap, HeaderValue, header};

/// Whether a browser sends the cookie with requests that other sites start. `None` isn't offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameSite {
    /// Sent with top-level navigations from other sites.
    Lax,
    /// Sent only with requests that pages of this site start.
    Strict,
}

/// Name and attributes of one cookie. Always `HttpOnly`, never with a `Domain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CookieSpec {
    name: String,
    path: String,
    same_site: SameSite,
    secure: bool,
}

impl CookieSpec {
    /// Chooses the attributes from the public URL: https gives `Secure` and the strongest prefix that the path
    /// permits (RFC 6265bis 4.1.3); http, which configuration permits on loopback only, gives neither.
    pub fn new(base_name: &str, public_url: &str, path: &str, same_site: SameSite) -> Self {
        let secure = public_url.starts_with("https://");
        let prefix = match (secure, path) {
            (true, "/") => "__Host-",
            (true, _) => "__Secure-",
            (false, _) => "",
        };
        Self { name: format!("{prefix}{base_name}"), path: path.to_owned(), same_site, secure }
    }

    /// The cookie of this name with a suffix, and with the same attributes otherwise.
    #[must_use]
    pub fn suffixed(&self, suffix: &str) -> Self {
        Self { name: format!("{}_{suffix}", self.name), ..self.clone() }
    }

    /// The suffixes of the cookies of this name that the browser sent, at most `most`.
    pub fn suffixes(&self, headers: &HeaderMap, most: usize) -> Vec<String> {
        let lines = headers.get_all(header::COOKIE).iter();
        let pairs = lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
        let name = |pair: &str| {
            Some(pair.trim().strip_prefix(&self.name)?.strip_prefix('_')?.split_once('=')?.0.to_owned())
        };
        pairs.filter_map(name).take(most).collect()
    }

    /// The name on the wire, prefix included.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A `Set-Cookie` value; `max_age` in seconds, `None` for a cookie that ends with the browser session.
    /// A value that isn't made of cookie octets (RFC 6265 section 4.1.1) is never sent: the cookie is cleared instead.
    pub fn set(&self, value: &str, max_age: Option<i64>) -> HeaderValue {
        if !is_cookie_value(value) {
            tracing::error!(cookie = %self.name, "refused to set a cookie to a value that isn't cookie octets");
            return self.clear();
        }
        let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        self.header(&format!("{}={value}{age}", self.name))
    }

    /// A `Set-Cookie` value that makes the browser forget the cookie.
    pub fn clear(&self) -> HeaderValue {
        self.header(&format!("{}=; Max-Age=0", self.name))
    }

    /// The value that the browser sent. Two cookies of this name are a sign of a planted one: both are ignored.
    pub fn read(&self, headers: &HeaderMap) -> Option<String> {
        let mut found = None;
        for pair in
            headers.get_all(header::COOKIE).iter().flat_map(|line| line.as_bytes().split(|b| *b == b';'))
        {
            let Some(value) = pair.trim_ascii().strip_prefix(self.name.as_bytes()) else { continue };
            let Some(value) = value.strip_prefix(b"=") else { continue };
            if found.replace(value).is_some() {
                return None;
            }
        }
        let value = std::str::from_utf8(found?).ok()?;
        (!value.is_empty() && is_cookie_value(value)).then(|| value.to_owned())
    }

    fn header(&self, pair: &str) -> HeaderValue {
        let same_site = match self.same_site {
            SameSite::Lax => "Lax",
            SameSite::Strict => "Strict",
        };
        let secure = if self.secure { "; Secure" } else { "" };
        let text = format!("{pair}; Path={}; HttpOnly; SameSite={same_site}{secure}", self.path);
        // Name and path come from checked configuration. If they ever contain a control character, no cookie is sent.
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
    }
}

fn is_cookie_value(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b',' | b';' | b'\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, HeaderValue::from_str(line).unwrap());
        }
        headers
    }

    #[test]
    fn p3_rp12_cookie_options_follow_the_environment() {
        let table = [
            // environment, public URL, path, name on the wire, attributes
            ("development", "http://localhost:7101", "/", "rk", "Path=/; HttpOnly; SameSite=Lax"),
            ("test", "http://127.0.0.1:40001", "/admin", "rk", "Path=/admin; HttpOnly; SameSite=Lax"),
            (
                "production",
                "https://shop.example",
                "/",
                "__Host-rk",
                "Path=/; HttpOnly; SameSite=Lax; Secure",
            ),
            (
                "production",
                "https://a.example",
                "/admin",
                "__Secure-rk",
                "Path=/admin; HttpOnly; SameSite=Lax; Secure",
            ),
        ];
        for (environment, url, path, name, attributes) in table {
            let spec = CookieSpec::new("rk", url, path, SameSite::Lax);
            assert_eq!(
                spec.set("v1", Some(60)),
                format!("{name}=v1; Max-Age=60; {attributes}"),
                "{environment} {url}"
            );
            assert_eq!(spec.set("v1", None), format!("{name}=v1; {attributes}"), "{environment} {url}");
            assert_eq!(spec.clear(), format!("{name}=; Max-Age=0; {attributes}"), "{environment} {url}");
        }
    }

    #[test]
    fn h3_a_staff_cookie_is_strict() {
        let spec = CookieSpec::new("rk", "https://a.example", "/", SameSite::Strict);
        assert_eq!(spec.set("v", None), "__Host-rk=v; Path=/; HttpOnly; SameSite=Strict; Secure");
    }

    #[test]
    fn z9_exactly_one_cookie_of_the_name_counts() {
        let spec = CookieSpec::new("rk", "http://localhost", "/", SameSite::Lax);
        assert_eq!(spec.read(&sent(&["a=b; rk=one;c=d"])), Some("one".to_owned()));
        assert_eq!(spec.read(&sent(&["a=b", "rk=one"])), Some("one".to_owned()));
        for wrong in [
            &["rk=one; rk=two"][..],
            &["rk=one", "rk=one"],
            &["rkx=one"],
            &["xrk=one"],
            &["rk="],
            &["rk"],
            &["rk=a b"],
            &["rk=\"quoted\""],
            &[],
        ] {
            assert_eq!(spec.read(&sent(wrong)), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_cookie_without_the_host_prefix_is_another_cookie() {
        let spec = CookieSpec::new("rk", "https://shop.example", "/", SameSite::Lax);
        assert_eq!(spec.read(&sent(&["rk=planted"])), None);
        assert_eq!(spec.read(&sent(&["rk=planted; __Host-rk=ours"])), Some("ours".to_owned()));
    }

    #[test]
    fn s36_cookies_of_one_name_with_suffixes_stand_side_by_side() {
        let spec = CookieSpec::new("rk", "https://shop.example", "/", SameSite::Lax);
        assert_eq!(
            spec.suffixed("a").set("v", Some(9)),
            "__Host-rk_a=v; Max-Age=9; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        let headers = sent(&["__Host-rk=1; __Host-rk_a=2", "x=3; __Host-rk_b=4; rk_c=5; __Host-rkd=6"]);
        assert_eq!(spec.suffixes(&headers, 9), ["a", "b"]);
        assert_eq!(spec.suffixes(&headers, 1), ["a"]);
        assert_eq!(spec.suffixed("b").read(&headers), Some("4".to_owned()));
    }

    #[test]
    fn a_value_cannot_smuggle_attributes() {
        let spec = CookieSpec::new("rk", "https://shop.example", "/", SameSite::Lax);
        assert_eq!(spec.set("v; Domain=example", None), spec.clear());
        assert_eq!(spec.set("v\r\nX: y", None), spec.clear());
    }
}
