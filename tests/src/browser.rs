//! A browser without JavaScript: cookies, forms, redirects and immediate refreshes.

use std::{collections::BTreeMap, sync::Mutex};

use reqwest::{
    Method,
    header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, ORIGIN},
};
use url::Url;

use crate::{
    http_client,
    page::{Form, Page},
};

/// More redirects than any flow of ours has.
const MOST_REDIRECTS: usize = 20;

/// A browser. Like a real one it shares the cookies of `localhost` among all ports.
#[derive(Debug)]
pub struct Browser {
    client: reqwest::Client,
    origins: Vec<String>,
    jar: Mutex<BTreeMap<String, BTreeMap<String, String>>>,
    separate: bool,
}

impl Browser {
    /// A browser that follows redirects among these origins, and stops where one leads away.
    pub fn new(origins: &[String]) -> Self {
        Self::with_client(http_client::client(), origins)
    }

    /// [`Browser::new`] with an HTTP client of its own.
    pub fn with_client(client: reqwest::Client, origins: &[String]) -> Self {
        Self { client, origins: origins.to_vec(), jar: Mutex::default(), separate: false }
    }

    /// The same, but with a jar per port, as when each listener had a host of its own.
    #[must_use]
    pub fn with_separate_jars(mut self) -> Self {
        self.separate = true;
        self
    }

    /// Fetches a URL and follows redirects.
    pub async fn visit(&self, url: impl AsRef<str>) -> Page {
        let page = self.get(url).await;
        self.follow(page).await
    }

    /// Fetches a URL, nothing more.
    pub async fn get(&self, url: impl AsRef<str>) -> Page {
        self.request(Method::GET, &parse(url.as_ref()), HeaderMap::new(), None).await
    }

    /// Sends a form and follows redirects.
    pub async fn submit(&self, form: &Form) -> Page {
        let page = self.send(form).await;
        self.follow(page).await
    }

    /// Sends a form, nothing more.
    pub async fn send(&self, form: &Form) -> Page {
        self.post(&form.action, &form.fields).await
    }

    /// Posts fields as a page of the same origin would.
    pub async fn post(&self, url: &Url, fields: &[(String, String)]) -> Page {
        self.post_from(&url.origin().ascii_serialization(), url, fields).await
    }

    /// Posts fields as a page of that origin would.
    pub async fn post_from(&self, origin: &str, url: &Url, fields: &[(String, String)]) -> Page {
        let mut headers = HeaderMap::new();
        headers.insert(ORIGIN, HeaderValue::from_str(origin).expect("an origin"));
        self.post_with(url, fields, headers).await
    }

    /// Posts fields with these headers and no others.
    pub async fn post_with(&self, url: &Url, fields: &[(String, String)], mut headers: HeaderMap) -> Page {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.request(Method::POST, url, headers, Some(body)).await
    }

    /// Follows redirects and immediate refreshes from a page on.
    pub async fn follow(&self, mut page: Page) -> Page {
        for _ in 0..MOST_REDIRECTS {
            let Some(next) = page.next() else { return page };
            if !self.origins.contains(&next.origin().ascii_serialization()) {
                page.left_to = Some(next);
                return page;
            }
            page = self.request(Method::GET, &next, HeaderMap::new(), None).await;
        }
        panic!("more than {MOST_REDIRECTS} redirects, the last one to {:?}", page.next());
    }

    /// A cookie that would be sent to this URL.
    pub fn cookie(&self, url: &str, name: &str) -> Option<String> {
        let jar = self.jar.lock().expect("the jar");
        jar.get(&self.jar_name(&parse(url))).and_then(|jar| jar.get(name)).cloned()
    }

    /// Puts a cookie into the jar.
    pub fn set_cookie(&self, url: &str, name: &str, value: &str) {
        let mut jar = self.jar.lock().expect("the jar");
        jar.entry(self.jar_name(&parse(url))).or_default().insert(name.to_owned(), value.to_owned());
    }

    /// Forgets one cookie.
    pub fn forget_cookie(&self, url: &str, name: &str) {
        let mut jar = self.jar.lock().expect("the jar");
        jar.entry(self.jar_name(&parse(url))).or_default().remove(name);
    }

    /// Any request, with the cookies of the jar.
    pub async fn request(&self, method: Method, url: &Url, headers: HeaderMap, body: Option<String>) -> Page {
        let mut request = self.client.request(method, url.clone()).headers(headers);
        request = request.header("accept", "text/html,application/xhtml+xml");
        if let Some(cookies) = self.cookies(url) {
            request = request.header(COOKIE, cookies);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let answer = request.send().await.unwrap_or_else(|error| panic!("{url} does not answer: {error:?}"));
        let (status, headers) = (answer.status(), answer.headers().clone());
        self.keep_cookies(url, &headers);
        let body = answer.text().await.expect("a body");
        Page { url: url.clone(), status, headers, body, left_to: None }
    }

    fn jar_name(&self, url: &Url) -> String {
        let host = url.host_str().unwrap_or_default();
        if self.separate { format!("{host}:{:?}", url.port()) } else { host.to_owned() }
    }

    fn cookies(&self, url: &Url) -> Option<String> {
        let jar = self.jar.lock().expect("the jar");
        let cookies = jar.get(&self.jar_name(url))?;
        let pairs: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn keep_cookies(&self, url: &Url, headers: &HeaderMap) {
        let mut jar = self.jar.lock().expect("the jar");
        let cookies = jar.entry(self.jar_name(url)).or_default();
        for line in headers.get_all(HeaderName::from_static("set-cookie")) {
            let line = line.to_str().expect("a cookie of visible characters");
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').expect("a cookie with a name");
            if attributes.split(';').any(|attribute| attribute.trim().eq_ignore_ascii_case("max-age=0")) {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

fn parse(url: &str) -> Url {
    Url::parse(url).unwrap_or_else(|error| panic!("{url}: {error}"))
}
