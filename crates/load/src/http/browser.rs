//! A browser that signs in at any provider, until it is sent back to the client.
//!
//! It knows nothing of anybody's pages: a sign-in form is known by its password field, and its fields by what they are
//! rather than what they are called.

use test_browser::{Control, Form, Jar, Page};
use url::Url;

use super::{Client, Failure, loopback};

/// More pages than any sign-in has.
const MOST_PAGES: usize = 20;
/// Requests from one address before a browser goes to another: providers limit the pages of one, this product to 3000 in
/// a minute, and a single browser asks for more.
const REQUESTS: u32 = 1000;
/// The addresses of a browser are that far apart, beyond those of all others.
const FAR: usize = 1000;

/// Where a browser is.
#[derive(Debug)]
pub enum At {
    /// On a page.
    Page(Box<Page>),
    /// Back at the client, with what it was given.
    Client(Url),
}

/// What a person types; a field is asked for by its kind.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// Into the field for an e-mail address, or the one for a user name.
    pub user: &'a str,
    /// Into the first field for a password.
    pub password: &'a str,
}

/// A browser at an address of this machine.
#[derive(Debug)]
pub struct Browser {
    web: test_browser::Browser<Client>,
    number: usize,
    redirect_uri: Url,
}

impl Browser {
    /// Browser number `number` with no cookies, for the client with that redirect URI. There are at most 1000.
    pub fn new(number: usize, redirect_uri: &Url) -> Self {
        let client = Client::from(loopback::source(number));
        let web = test_browser::Browser::until(client, redirect_uri);
        Self { web, number, redirect_uri: redirect_uri.clone() }
    }

    /// Another one with the same cookies.
    pub fn with_its_cookies(&self) -> Self {
        let other = Self::new(self.number, &self.redirect_uri);
        other.web.set_jar(self.web.jar());
        other
    }

    /// Forgets every cookie, as a browser that was never here.
    pub fn forget(&self) {
        self.web.set_jar(Jar::default());
    }

    /// For calls that no browser makes.
    pub fn client(&self) -> &Client {
        self.web.transport()
    }

    /// Opens a URL and follows wherever it leads.
    pub async fn open(&mut self, url: &Url) -> Result<At, Failure> {
        if self.client().sent() >= REQUESTS {
            self.number += FAR;
            self.web.set_transport(Client::from(loopback::source(self.number)));
        }
        arrived(self.web.try_visit(url).await?)
    }

    /// Sends a form and follows wherever it leads.
    pub async fn submit(&self, form: &Form) -> Result<At, Failure> {
        arrived(self.web.try_submit(form).await?)
    }

    /// Signs in at a page and gives consent where that is asked, up to the client's redirect URI.
    pub async fn sign_in(&self, page: &Page, typed: Typed<'_>) -> Result<Url, Failure> {
        let at = self.submit(&sign_in(page, typed)?).await?;
        self.consent(at).await
    }

    /// Presses the first button of each page that is not the sign-in page.
    pub async fn consent(&self, mut at: At) -> Result<Url, Failure> {
        for _ in 0..MOST_PAGES {
            match at {
                At::Client(url) => return Ok(url),
                At::Page(page) => at = self.submit(&pressed(&page)?).await?,
            }
        }
        Err(Failure::unexpected("pages without end"))
    }
}

fn arrived(page: Page) -> Result<At, Failure> {
    match page.left_to {
        Some(url) => Ok(At::Client(url)),
        None if page.status.is_success() => Ok(At::Page(Box::new(page))),
        None => Err(Failure::of(page.status, &page.headers, page.body.as_bytes())),
    }
}

/// The form with a password field, filled in.
pub fn sign_in(page: &Page, typed: Typed<'_>) -> Result<Form, Failure> {
    let form = page.forms().into_iter().find(|form| has(form, is_password));
    let form = form.ok_or_else(|| Failure::unexpected("no page with a password field"))?;
    let name = |is: fn(&Control) -> bool| {
        let mut named = form.controls.iter().filter(|control| !control.name.is_empty());
        named.find(|control| is(control)).map(|control| control.name.clone())
    };
    let (user, password) = (name(is_text), name(is_password));
    let filled = user.into_iter().fold(press(form), |form, name| form.with(&name, typed.user));
    Ok(password.into_iter().fold(filled, |form, name| form.with(&name, typed.password)))
}

/// The first form with a button, which is pressed: how a page asks for consent, or wants to go on.
fn pressed(page: &Page) -> Result<Form, Failure> {
    let form = page.forms().into_iter().find(|form| has(form, Control::is_submit) && !has(form, is_password));
    form.map(press).ok_or_else(|| Failure::unexpected("a page without a way on"))
}

/// The form with its first button pressed.
fn press(form: Form) -> Form {
    let button = form.controls.iter().find(|control| control.is_submit()).cloned();
    match button {
        Some(button) if !button.name.is_empty() => form.with(&button.name, &button.value),
        _ => form,
    }
}

fn has(form: &Form, is: fn(&Control) -> bool) -> bool {
    form.controls.iter().any(is)
}

fn is_password(control: &Control) -> bool {
    control.kind == "password"
}

fn is_text(control: &Control) -> bool {
    matches!(control.kind.as_str(), "text" | "email" | "tel")
}

#[cfg(test)]
mod tests {
    use http::{Method, Response};

    use super::*;

    const TYPED: Typed<'_> = Typed { user: "ada@example.com", password: "a b" };

    fn page(html: &str) -> Page {
        let url = Url::parse("http://localhost:1/realms/x?a=b").unwrap();
        Page::new(url, Response::new(html.to_owned().into()))
    }

    fn fields(form: &Form) -> Vec<(&str, &str)> {
        let mut fields: Vec<_> = form.fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        fields.sort_unstable();
        fields
    }

    #[test]
    fn a_sign_in_form_is_known_by_its_password_field_whatever_it_is_called() {
        let html = r#"<form action="/search"><input name="q"><button>Go</button></form>
            <form action="/login?s=1&amp;t=2" method="post"><input type="hidden" name="execution" value="e1">
            <input name="login"><input type="password" name="pass">
            <input type="checkbox" name="remember"><input type="checkbox" name="always" checked>
            <input type="submit" name="go" value="Sign in"><button name="other" value="x">Other</button></form>"#;
        let form = sign_in(&page(html), TYPED).unwrap();
        assert_eq!((&form.method, form.action.as_str()), (&Method::POST, "http://localhost:1/login?s=1&t=2"));
        let expected = [
            ("always", "on"),
            ("execution", "e1"),
            ("go", "Sign in"),
            ("login", TYPED.user),
            ("pass", "a b"),
        ];
        assert_eq!(fields(&form), expected);
    }

    #[test]
    fn consent_is_given_by_the_first_button() {
        let page = page(
            r#"<form method="post"><input type="hidden" name="csrf" value="t">
            <button name="decision" value="allow">Allow</button>
            <button name="decision" value="deny">Cancel</button></form>"#,
        );
        let form = pressed(&page).unwrap();
        assert_eq!((&form.action, fields(&form)), (&page.url, vec![("csrf", "t"), ("decision", "allow")]));
    }

    #[test]
    fn a_form_that_does_not_say_post_is_a_get() {
        for (attribute, method) in [
            ("", Method::GET),
            ("method=get", Method::GET),
            ("method=dialog", Method::GET),
            ("method=POST", Method::POST),
        ] {
            let html = format!("<form {attribute}><button>On</button></form>");
            assert_eq!(pressed(&page(&html)).unwrap().method, method, "{attribute}");
        }
    }

    #[test]
    fn a_page_without_what_is_looked_for_is_a_failure_and_no_panic() {
        for html in ["", "<form>", "<form action='http://['><input type=password name=p>", "<<<>>\"'"] {
            assert!(sign_in(&page(html), TYPED).is_err(), "{html}");
            assert!(pressed(&page(html)).is_err(), "{html}");
        }
    }

    #[tokio::test]
    async fn a_browser_leaves_an_address_before_its_requests_are_too_many() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let from = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        tokio::spawn(async move { axum::serve(listener, axum::Router::new()).await });
        let mut browser = Browser::new(3, &Url::parse("http://localhost:1/callback").unwrap());
        for _ in 0..REQUESTS {
            assert!(browser.open(&from).await.is_err(), "404");
        }
        assert_eq!(browser.number, 3);
        assert!(browser.open(&from).await.is_err());
        assert_eq!((browser.number, browser.client().sent()), (3 + FAR, 1));
        assert_eq!(browser.with_its_cookies().number, 3 + FAR);
    }
}
