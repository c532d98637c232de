//! The actions of a person with a browser.

use std::{collections::BTreeMap, fmt::Debug, sync::Mutex};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Request, StatusCode,
    header::{ACCEPT, CONTENT_TYPE, COOKIE, ORIGIN},
};
use url::{Url, form_urlencoded};

use crate::{Form, Jar, Page, Transport};

/// The most redirects that are followed; no flow has more. Then the last answer is returned as it is.
const MOST_REDIRECTS: usize = 20;

/// Where a browser stops following redirects.
#[derive(Debug, Clone)]
enum Bounds {
    /// Before a redirect to another origin than these.
    Origins(Vec<String>),
    /// Before a redirect to this URL, with any query.
    Until(Url),
}

impl Bounds {
    fn end_before(&self, next: &Url) -> bool {
        match self {
            Self::Origins(origins) => !origins.contains(&next.origin().ascii_serialization()),
            // a client may have its own URL scheme, and such URLs have no origin
            Self::Until(last) => {
                next.scheme() == last.scheme()
                    && next.host() == last.host()
                    && next.port_or_known_default() == last.port_or_known_default()
                    && next.path() == last.path()
            }
        }
    }
}

/// A request that a redirect may require to be repeated.
#[derive(Debug, Clone)]
struct Sent {
    method: Method,
    headers: HeaderMap,
    body: String,
}

impl Sent {
    fn get() -> Self {
        Self { method: Method::GET, headers: HeaderMap::new(), body: String::new() }
    }

    fn form<K: AsRef<str>, V: AsRef<str>>(fields: &[(K, V)], mut headers: HeaderMap) -> Self {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        Self { method: Method::POST, headers, body: encoded(fields) }
    }
}

/// A browser. A clone starts with the same cookies, in a jar of its own.
#[derive(Debug)]
pub struct Browser<T> {
    transport: T,
    /// The base URL of paths.
    home: Url,
    bounds: Bounds,
    jar: Mutex<Jar>,
}

impl<T: Clone> Clone for Browser<T> {
    fn clone(&self) -> Self {
        Self {
            transport: self.transport.clone(),
            home: self.home.clone(),
            bounds: self.bounds.clone(),
            jar: Mutex::new(self.jar()),
        }
    }
}

impl<T> Browser<T> {
    /// A browser that follows redirects among these origins, and stops before a redirect to another one. Paths are
    /// relative to the first origin.
    pub fn new<O: AsRef<str>>(transport: T, origins: &[O]) -> Self {
        let home = parse(origins.first().expect("an origin").as_ref());
        let origins = origins.iter().map(|origin| parse(origin.as_ref()).origin().ascii_serialization());
        Self { transport, home, bounds: Bounds::Origins(origins.collect()), jar: Mutex::default() }
    }

    /// A browser that follows redirects until one leads to this URL, with any query.
    pub fn until(transport: T, last: &Url) -> Self {
        Self { transport, home: last.clone(), bounds: Bounds::Until(last.clone()), jar: Mutex::default() }
    }

    /// The same browser with a separate jar for each port, as if each listener had its own host.
    #[must_use]
    pub fn with_separate_jars(self) -> Self {
        Self { jar: Mutex::new(Jar::per_port()), ..self }
    }

    /// The transport that sends the requests.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// Replaces the transport.
    pub fn set_transport(&mut self, transport: T) {
        self.transport = transport;
    }

    /// A copy of all cookies.
    pub fn jar(&self) -> Jar {
        self.jar.lock().expect("the jar").clone()
    }

    /// Replaces all cookies.
    pub fn set_jar(&self, jar: Jar) {
        *self.jar.lock().expect("the jar") = jar;
    }

    /// The cookies that would be sent to a URL, by name.
    pub fn cookies(&self, url: impl AsRef<str>) -> BTreeMap<String, String> {
        self.jar.lock().expect("the jar").cookies(&self.resolve(url.as_ref()))
    }

    /// The value of one cookie that would be sent to a URL.
    pub fn cookie(&self, url: impl AsRef<str>, name: &str) -> Option<String> {
        self.cookies(url).remove(name)
    }

    /// The `Cookie` header for a URL; empty when there is none.
    pub fn cookie_header(&self, url: impl AsRef<str>) -> String {
        self.jar.lock().expect("the jar").header(&self.resolve(url.as_ref()))
    }

    /// Adds a cookie to the jar.
    pub fn set_cookie(&self, url: impl AsRef<str>, name: &str, value: &str) {
        self.jar.lock().expect("the jar").set(&self.resolve(url.as_ref()), name, value);
    }

    /// Removes one cookie.
    pub fn forget_cookie(&self, url: impl AsRef<str>, name: &str) {
        self.jar.lock().expect("the jar").forget(&self.resolve(url.as_ref()), name);
    }

    fn resolve(&self, url: &str) -> Url {
        self.home.join(url).unwrap_or_else(|error| panic!("{url}: {error}"))
    }
}

/// Methods that return the error when a server doesn't answer.
impl<T: Transport> Browser<T> {
    /// Fetches a URL and follows redirects.
    pub async fn try_visit(&self, url: &Url) -> Result<Page, T::Error> {
        let sent = Sent::get();
        let page = self.try_send(url, sent.clone()).await?;
        self.follow_from(sent, page).await
    }

    /// Submits a form and follows redirects.
    pub async fn try_submit(&self, form: &Form) -> Result<Page, T::Error> {
        let (url, sent) = request_of(form);
        let page = self.try_send(&url, sent.clone()).await?;
        self.follow_from(sent, page).await
    }

    /// Submits a form without following redirects.
    pub async fn try_post(&self, form: &Form) -> Result<Page, T::Error> {
        let (url, sent) = request_of(form);
        self.try_send(&url, sent).await
    }

    /// Follows redirects and immediate refreshes, starting at a page.
    pub async fn try_follow(&self, page: Page) -> Result<Page, T::Error> {
        self.follow_from(Sent::get(), page).await
    }

    async fn follow_from(&self, mut sent: Sent, mut page: Page) -> Result<Page, T::Error> {
        for _ in 0..MOST_REDIRECTS {
            let Some(next) = page.next() else { break };
            if self.bounds.end_before(&next) || !next.scheme().starts_with("http") {
                page.left_to = Some(next);
                break;
            }
            if !matches!(page.status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT) {
                sent = Sent::get();
            }
            page = self.try_send(&next, sent.clone()).await?;
        }
        Ok(page)
    }

    async fn try_send(&self, url: &Url, sent: Sent) -> Result<Page, T::Error> {
        let mut request = Request::new(Bytes::from(sent.body));
        *request.method_mut() = sent.method;
        *request.uri_mut() = url.as_str().parse().expect("a URL of HTTP");
        *request.headers_mut() = sent.headers;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("text/html,application/xhtml+xml"));
        let cookies = self.cookie_header(url);
        if !cookies.is_empty() {
            headers.append(COOKIE, HeaderValue::from_str(&cookies).expect("cookies"));
        }
        let answer = self.transport.exchange(request).await?;
        self.jar.lock().expect("the jar").keep(url, answer.headers());
        Ok(Page::new(url.clone(), answer))
    }
}

/// Methods that fail the test when a server doesn't answer.
impl<T: Transport<Error: Debug>> Browser<T> {
    /// Fetches a URL and follows redirects.
    pub async fn visit(&self, url: impl AsRef<str>) -> Page {
        shown(self.try_visit(&self.resolve(url.as_ref())).await)
    }

    /// Fetches a URL without following redirects.
    pub async fn get(&self, url: impl AsRef<str>) -> Page {
        shown(self.try_send(&self.resolve(url.as_ref()), Sent::get()).await)
    }

    /// Sends a HEAD request.
    pub async fn head(&self, url: impl AsRef<str>) -> Page {
        let sent = Sent { method: Method::HEAD, ..Sent::get() };
        shown(self.try_send(&self.resolve(url.as_ref()), sent).await)
    }

    /// Submits a form and follows redirects.
    pub async fn submit(&self, form: &Form) -> Page {
        shown(self.try_submit(form).await)
    }

    /// Submits a form without following redirects.
    pub async fn send(&self, form: &Form) -> Page {
        shown(self.try_post(form).await)
    }

    /// Follows redirects and immediate refreshes, starting at a page.
    pub async fn follow(&self, page: Page) -> Page {
        shown(self.try_follow(page).await)
    }

    /// Posts fields with the headers of a page of the same origin.
    pub async fn post<K: AsRef<str>, V: AsRef<str>>(&self, url: impl AsRef<str>, fields: &[(K, V)]) -> Page {
        let url = self.resolve(url.as_ref());
        self.post_from(&url.origin().ascii_serialization(), &url, fields).await
    }

    /// Posts fields with the headers of a page of this origin.
    pub async fn post_from<K: AsRef<str>, V: AsRef<str>>(
        &self,
        origin: &str,
        url: impl AsRef<str>,
        fields: &[(K, V)],
    ) -> Page {
        self.post_with(url, fields, of_origin(origin)).await
    }

    /// Posts fields with only these headers.
    pub async fn post_with<K: AsRef<str>, V: AsRef<str>>(
        &self,
        url: impl AsRef<str>,
        fields: &[(K, V)],
        headers: HeaderMap,
    ) -> Page {
        shown(self.try_send(&self.resolve(url.as_ref()), Sent::form(fields, headers)).await)
    }
}

fn shown<E: Debug>(page: Result<Page, E>) -> Page {
    page.unwrap_or_else(|error| panic!("no answer: {error:?}"))
}

fn request_of(form: &Form) -> (Url, Sent) {
    let mut url = form.action.clone();
    if form.method == Method::POST {
        let headers = of_origin(&url.origin().ascii_serialization());
        return (url, Sent::form(&form.fields, headers));
    }
    // the fields replace the query of the form's URL
    url.set_query(Some(&encoded(&form.fields)));
    (url, Sent::get())
}

fn of_origin(origin: &str) -> HeaderMap {
    HeaderMap::from_iter([(ORIGIN, HeaderValue::from_str(origin).expect("an origin"))])
}

fn encoded<K: AsRef<str>, V: AsRef<str>>(fields: &[(K, V)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn parse(url: &str) -> Url {
    Url::parse(url).unwrap_or_else(|error| panic!("{url}: {error}"))
}

#[cfg(test)]
mod tests;
