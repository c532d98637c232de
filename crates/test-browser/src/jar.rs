//! Cookies, stored and sent as browsers do (RFC 6265).

use std::collections::BTreeMap;

use cookie_store::CookieStore;
use http::{HeaderMap, header::SET_COOKIE};
use url::Url;

/// The cookies of a browser. As in a real browser, all ports of a host share them.
#[derive(Debug, Clone, Default)]
pub struct Jar {
    /// One store, or one for each origin if `per_port`.
    stores: BTreeMap<String, CookieStore>,
    per_port: bool,
}

impl Jar {
    /// A jar that keeps the cookies of each port separate, as if each listener had its own host.
    pub fn per_port() -> Self {
        Self { per_port: true, ..Self::default() }
    }

    /// The names and values of the cookies for a URL.
    pub fn cookies(&self, url: &Url) -> BTreeMap<String, String> {
        let Some(store) = self.stores.get(&self.store_of(url)) else { return BTreeMap::new() };
        store.get_request_values(url).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// The `Cookie` header for a URL; empty when there is none.
    pub fn header(&self, url: &Url) -> String {
        let cookies = self.cookies(url);
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Stores or deletes the cookies that an answer from this URL sets. Like a browser, it ignores malformed ones.
    pub fn keep(&mut self, url: &Url, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
            let _ = self.store(url).parse(line, url);
        }
    }

    /// Adds a cookie for all paths of the URL's host; replaces other cookies with this name.
    pub fn set(&mut self, url: &Url, name: &str, value: &str) {
        self.forget(url, name);
        self.store(url).parse(&format!("{name}={value}; Path=/"), url).expect("a cookie");
    }

    /// Removes a cookie.
    pub fn forget(&mut self, url: &Url, name: &str) {
        let store = self.store(url);
        let found = store.matches(url).into_iter().filter(|cookie| cookie.name() == name);
        let found: Vec<(String, String)> =
            found.map(|cookie| (String::from(&cookie.domain), String::from(&cookie.path))).collect();
        for (domain, path) in found {
            store.remove(&domain, &path, name);
        }
    }

    fn store(&mut self, url: &Url) -> &mut CookieStore {
        let name = self.store_of(url);
        self.stores.entry(name).or_default()
    }

    fn store_of(&self, url: &Url) -> String {
        if self.per_port { url.origin().ascii_serialization() } else { String::new() }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn reported(lines: &[&'static str]) -> HeaderMap {
        lines.iter().map(|line| (SET_COOKIE, HeaderValue::from_static(line))).collect()
    }

    #[test]
    fn a_cookie_goes_where_its_host_path_and_secure_say() {
        let mut jar = Jar::default();
        let lines =
            ["host=1; Path=/", "below=2; Path=/a", "safe=3; Path=/; Secure", "__Host-x=4; Path=/; Secure"];
        jar.keep(&url("https://shop.example/a/b"), &reported(&lines));
        for (there, sent) in [
            ("https://shop.example/", "__Host-x=4; host=1; safe=3"),
            ("https://shop.example:444/a", "__Host-x=4; below=2; host=1; safe=3"),
            ("http://shop.example/", "host=1"),
            ("https://other.example/", ""),
            ("https://sub.shop.example/", ""),
        ] {
            assert_eq!(jar.header(&url(there)), sent, "{there}");
        }
    }

    #[test]
    fn ports_share_cookies_unless_each_has_a_jar() {
        let (one, other) = (url("http://localhost:1/"), url("http://localhost:2/"));
        for (mut jar, shared) in [(Jar::default(), true), (Jar::per_port(), false)] {
            jar.keep(&one, &reported(&["a=1; Path=/"]));
            assert_eq!((jar.header(&one).as_str(), jar.header(&other).is_empty()), ("a=1", !shared));
        }
    }

    #[test]
    fn a_cookie_is_kept_until_it_is_taken_back() {
        let (mut jar, here) = (Jar::default(), url("http://localhost:1/x"));
        jar.keep(&here, &reported(&["a=1; Path=/", "b=2; Path=/", "c=3; Path=/; Max-Age=60", "nonsense"]));
        jar.keep(
            &here,
            &reported(&["a=; Path=/; Max-Age=0", "b=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]),
        );
        assert_eq!(jar.header(&here), "c=3");
        jar.set(&here, "c", "4");
        assert_eq!(jar.header(&here), "c=4");
        jar.forget(&here, "c");
        assert_eq!(jar.header(&here), "");
    }
}
