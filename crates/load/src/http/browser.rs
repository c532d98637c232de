//! A browser without JavaScript: cookies, redirects and forms, until it is sent back to the client.

use std::{collections::BTreeMap, net::Ipv4Addr};

use http::{
    HeaderMap,
    header::{COOKIE, LOCATION, ORIGIN, SET_COOKIE},
};
use url::Url;

use super::{
    Answer, Call, Connection, Failure,
    form::{self, Form, Typed},
};

/// More redirects than any sign-in has.
const MOST_STEPS: usize = 20;

/// Where a browser is.
#[derive(Debug)]
pub enum At {
    /// On a page.
    Page(Page),
    /// Back at the client, with what it was given.
    Client(Url),
}

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Its address.
    pub url: Url,
    /// Its text.
    pub html: String,
}

/// A browser at one address of this machine. Like a real one it shares the cookies of a host among all its ports.
#[derive(Debug)]
pub struct Browser {
    connection: Connection,
    source: Ipv4Addr,
    jar: BTreeMap<String, BTreeMap<String, String>>,
    redirect_uri: Url,
}

impl Browser {
    /// A browser with no cookies, for the client with that redirect URI.
    pub fn new(source: Ipv4Addr, redirect_uri: &Url) -> Self {
        let connection = Connection::from(source);
        Self { connection, source, jar: BTreeMap::new(), redirect_uri: redirect_uri.clone() }
    }

    /// Another one with the same cookies.
    pub fn with_its_cookies(&self) -> Self {
        Self { jar: self.jar.clone(), ..Self::new(self.source, &self.redirect_uri) }
    }

    /// Forgets every cookie, as a browser that was never here.
    pub fn forget(&mut self) {
        self.jar.clear();
    }

    /// The connection, for calls that no browser makes.
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Opens a URL and follows wherever it leads.
    pub async fn open(&mut self, url: &Url) -> Result<At, Failure> {
        self.follow(Call::get(url), url.clone()).await
    }

    /// Sends a form and follows wherever it leads.
    pub async fn submit(&mut self, form: Form) -> Result<At, Failure> {
        let origin = form.action.origin().ascii_serialization();
        let call = Call::form(&form.action, form.fields).with(ORIGIN, &origin);
        self.follow(call, form.action).await
    }

    /// Signs in at a page and gives consent where that is asked, up to the client's redirect URI.
    pub async fn sign_in(&mut self, page: &Page, typed: Typed<'_>) -> Result<Url, Failure> {
        let at = self.submit(form::sign_in(page.place(), typed)?).await?;
        self.consent(at).await
    }

    /// Presses the first button of each page that is not the sign-in page.
    pub async fn consent(&mut self, mut at: At) -> Result<Url, Failure> {
        for _ in 0..MOST_STEPS {
            match at {
                At::Client(url) => return Ok(url),
                At::Page(page) => at = self.submit(form::pressed(page.place())?).await?,
            }
        }
        Err(Failure::unexpected("pages without end"))
    }

    async fn follow(&mut self, first: Call, from: Url) -> Result<At, Failure> {
        let (mut call, mut url) = (first, from);
        for _ in 0..MOST_STEPS {
            let answer = self.send(call, &url).await?;
            let html = || String::from_utf8_lossy(&answer.body).into_owned();
            let next = match target(&url, &answer.headers) {
                Some(next) => next,
                None if !answer.status.is_success() => return Err(answer.failure()),
                None => match form::refresh((&url, &html())) {
                    Some(next) => next,
                    None => return Ok(At::Page(Page { html: html(), url })),
                },
            };
            if next.as_str().starts_with(self.redirect_uri.as_str()) {
                return Ok(At::Client(next));
            }
            call = Call::get(&next);
            url = next;
        }
        Err(Failure::unexpected("redirects without end"))
    }

    async fn send(&mut self, call: Call, url: &Url) -> Result<Answer, Failure> {
        let host = url.host_str().unwrap_or_default();
        let mut call = call.for_a_page();
        if let Some(cookies) = self.jar.get(host).filter(|cookies| !cookies.is_empty()) {
            let pairs: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            call = call.with(COOKIE, &pairs.join("; "));
        }
        let answer = self.connection.send(call).await?;
        if answer.headers.contains_key(SET_COOKIE) {
            keep(self.jar.entry(host.to_owned()).or_default(), &answer.headers);
        }
        Ok(answer)
    }
}

impl Page {
    /// The page for whoever reads its forms.
    pub fn place(&self) -> (&Url, &str) {
        (&self.url, &self.html)
    }
}

fn target(from: &Url, headers: &HeaderMap) -> Option<Url> {
    from.join(headers.get(LOCATION)?.to_str().ok()?).ok()
}

fn keep(cookies: &mut BTreeMap<String, String>, headers: &HeaderMap) {
    for line in headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
        let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
        let Some((name, value)) = pair.split_once('=') else { continue };
        if is_over(attributes) {
            cookies.remove(name.trim());
        } else {
            cookies.insert(name.trim().to_owned(), value.trim().to_owned());
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
        let mut jar = BTreeMap::new();
        let mut answer = |lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(SET_COOKIE, HeaderValue::from_static(line));
            }
            keep(&mut jar, &headers);
            jar.keys().cloned().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(answer(&["a=1; Path=/", "b=x=y; HttpOnly", "no cookie"]), "a b");
        assert_eq!(answer(&["a=; Max-Age=0", "c=2; Max-Age=06"]), "b c");
        assert_eq!(answer(&["b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]), "c");
    }
}
