//! A browser without JavaScript: cookies, redirects and forms, until it is sent back to the client.

use http::{
    Method, StatusCode,
    header::{COOKIE, LOCATION, ORIGIN},
};
use url::Url;

use super::{
    Answer, Call, Connection, Failure,
    cookies::Cookies,
    form::{self, Form, Typed},
    loopback,
};

/// More redirects than any sign-in has.
const MOST_STEPS: usize = 20;
/// Pages from one address before a browser goes to another: providers limit the pages of one, this product to 3000 in a
/// minute, and a single browser asks for more.
const PAGES: u32 = 1000;
/// The addresses of a browser are that far apart, beyond those of all others.
const FAR: usize = 1000;

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

/// A browser at an address of this machine.
#[derive(Debug)]
pub struct Browser {
    connection: Connection,
    number: usize,
    pages: u32,
    cookies: Cookies,
    redirect_uri: Url,
}

impl Browser {
    /// Browser number `number` with no cookies, for the client with that redirect URI. There are at most 1000.
    pub fn new(number: usize, redirect_uri: &Url) -> Self {
        Self {
            connection: Connection::from(loopback::source(number)),
            number,
            pages: 0,
            cookies: Cookies::default(),
            redirect_uri: redirect_uri.clone(),
        }
    }

    /// Another one with the same cookies.
    pub fn with_its_cookies(&self) -> Self {
        Self { cookies: self.cookies.clone(), ..Self::new(self.number, &self.redirect_uri) }
    }

    /// Forgets every cookie, as a browser that was never here.
    pub fn forget(&mut self) {
        self.cookies = Cookies::default();
    }

    /// The connection, for calls that no browser makes.
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Opens a URL and follows wherever it leads.
    pub async fn open(&mut self, url: &Url) -> Result<At, Failure> {
        if self.pages >= PAGES {
            self.pages = 0;
            self.number += FAR;
            self.connection = Connection::from(loopback::source(self.number));
        }
        self.follow(Call::get(url), url.clone()).await
    }

    /// Sends a form and follows wherever it leads.
    pub async fn submit(&mut self, form: Form) -> Result<At, Failure> {
        let Form { method, action: mut url, fields } = form;
        if method == Method::POST {
            let origin = url.origin().ascii_serialization();
            return self.follow(Call::form(&url, fields).with(ORIGIN, &origin), url).await;
        }
        // the fields take the place of the query that the form's address has
        url.query_pairs_mut().clear().extend_pairs(fields);
        self.follow(Call::get(&url), url).await
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
            let answer = self.send(call.clone(), &url).await?;
            let html = || String::from_utf8_lossy(&answer.body).into_owned();
            let next = match target(&url, &answer) {
                Some(next) => next,
                None if !answer.status.is_success() => return Err(answer.failure()),
                None => match form::refresh((&url, &html())) {
                    Some(next) => next,
                    None => return Ok(At::Page(Page { html: html(), url })),
                },
            };
            if leads_to(&next, &self.redirect_uri) {
                return Ok(At::Client(next));
            }
            call = match answer.status {
                StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => call.to(&next),
                _ => Call::get(&next),
            };
            url = next;
        }
        Err(Failure::unexpected("redirects without end"))
    }

    async fn send(&mut self, call: Call, url: &Url) -> Result<Answer, Failure> {
        let host = url.host_str().unwrap_or_default();
        let mut call = call.for_a_page();
        if let Some(cookies) = self.cookies.of(host) {
            call = call.with(COOKIE, &cookies);
        }
        self.pages = self.pages.saturating_add(1);
        let answer = self.connection.send(call).await?;
        self.cookies.keep(host, &answer.headers);
        Ok(answer)
    }
}

impl Page {
    /// The page for whoever reads its forms.
    pub fn place(&self) -> (&Url, &str) {
        (&self.url, &self.html)
    }
}

fn target(from: &Url, answer: &Answer) -> Option<Url> {
    let location = answer.headers.get(LOCATION).filter(|_| answer.status.is_redirection())?;
    from.join(location.to_str().ok()?).ok()
}

/// Whether a URL is that one but for its query. A client may have a scheme of its own, whose URLs have no origin.
fn leads_to(url: &Url, redirect_uri: &Url) -> bool {
    url.scheme() == redirect_uri.scheme()
        && url.host() == redirect_uri.host()
        && url.port_or_known_default() == redirect_uri.port_or_known_default()
        && url.path() == redirect_uri.path()
}

#[cfg(test)]
mod tests;
