//! Cookies, as far as sign-ins need them. Like in a real browser, all ports of a host share them.

use std::collections::BTreeMap;

use http::{HeaderMap, header::SET_COOKIE};

/// The cookies of each host, by name.
#[derive(Debug, Clone, Default)]
pub struct Cookies(BTreeMap<String, BTreeMap<String, String>>);

impl Cookies {
    /// What a host is sent; none when it set nothing.
    pub fn of(&self, host: &str) -> Option<String> {
        let cookies = self.0.get(host).filter(|cookies| !cookies.is_empty())?;
        let pairs: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Some(pairs.join("; "))
    }

    /// Keeps what a host sets, until it takes it back.
    pub fn keep(&mut self, host: &str, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let Some((name, value)) = pair.split_once('=') else { continue };
            let cookies = self.0.entry(host.to_owned()).or_default();
            if is_over(attributes) {
                cookies.remove(name.trim());
            } else {
                cookies.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }
}

/// Whether a server takes a cookie back.
fn is_over(attributes: &str) -> bool {
    attributes.split(';').map(|attribute| attribute.trim().to_ascii_lowercase()).any(|attribute| {
        attribute == "max-age=0" || attribute.starts_with("expires=") && attribute.contains("1970")
    })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn cookies_are_kept_until_they_are_taken_back() {
        let mut jar = Cookies::default();
        let mut answer = |lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(SET_COOKIE, HeaderValue::from_static(line));
            }
            jar.keep("localhost", &headers);
            jar.of("localhost").unwrap_or_default()
        };
        assert_eq!(answer(&[]), "");
        assert_eq!(answer(&["a=1; Path=/", "b=x=y; HttpOnly", "no cookie"]), "a=1; b=x=y");
        assert_eq!(answer(&["a=; Max-Age=0", "c=2; Max-Age=06"]), "b=x=y; c=2");
        assert_eq!(answer(&["b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]), "c=2");
        assert_eq!(jar.of("127.0.0.1"), None);
    }
}
