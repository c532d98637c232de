//! Forms of any provider's pages, filled in by what their fields are rather than what they are called.

use http::Method;
use testbed::html::{self, Tag};
use url::Url;

use super::Failure;

/// A form, filled as the page has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// GET, unless it says POST: as HTML has it.
    pub method: Method,
    /// Where it is sent.
    pub action: Url,
    /// What is sent.
    pub fields: Vec<(String, String)>,
}

/// What a person types; a field is asked for by its kind.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// Into the field for an e-mail address, or the one for a user name.
    pub user: &'a str,
    /// Into the first field for a password.
    pub password: &'a str,
}

/// The form with a password field, filled in.
pub fn sign_in(page: (&Url, &str), typed: Typed<'_>) -> Result<Form, Failure> {
    let (form, controls) = forms(page.1)
        .find(|(_, controls)| controls.iter().any(is_password))
        .ok_or_else(|| Failure::unexpected("no page with a password field"))?;
    filled(page.0, &form, &controls, Some(typed))
}

/// The first form with a button, which is pressed: how a page asks for consent, or wants to go on.
pub fn pressed(page: (&Url, &str)) -> Result<Form, Failure> {
    let (form, controls) = forms(page.1)
        .find(|(_, controls)| controls.iter().any(is_submit) && !controls.iter().any(is_password))
        .ok_or_else(|| Failure::unexpected("a page without a way on"))?;
    filled(page.0, &form, &controls, None)
}

/// Where the link with that id leads.
pub fn link(page: (&Url, &str), id: &str) -> Option<Url> {
    let tags = html::tags(page.1);
    let href = tags.iter().find(|tag| tag.is("id", id))?.get("href")?;
    page.0.join(href).ok()
}

/// Where an immediate refresh leads.
pub fn refresh(page: (&Url, &str)) -> Option<Url> {
    let tags = html::tags(page.1);
    let content = tags.iter().find(|tag| tag.is("http-equiv", "refresh"))?.get("content")?;
    page.0.join(content.split_once("url=")?.1).ok()
}

fn forms(html: &str) -> impl Iterator<Item = (Tag, Vec<Tag>)> {
    let forms = html::tags(html).into_iter().filter(|tag| tag.name == "form");
    forms.map(move |form| {
        let controls = html::tags(html::content(html, &form));
        (form, controls)
    })
}

fn filled(page: &Url, form: &Tag, controls: &[Tag], typed: Option<Typed<'_>>) -> Result<Form, Failure> {
    let action = form.get("action").filter(|action| !action.is_empty()).unwrap_or(page.as_str());
    let action = page.join(action).map_err(|_| Failure::unexpected("a form that leads nowhere"))?;
    let post = form.get("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
    let method = if post { Method::POST } else { Method::GET };
    let mut user = typed.map(|typed| typed.user);
    let mut password = typed.map(|typed| typed.password);
    let mut button = true;
    let mut fields = Vec::new();
    for control in controls {
        let set = control.get("value").unwrap_or_default();
        let value = match kind(control) {
            "hidden" => Some(set),
            "text" | "email" | "tel" => user.take().or(Some(set)),
            "password" => password.take().or(Some(set)),
            "checkbox" | "radio" => control.get("checked").map(|_| control.get("value").unwrap_or("on")),
            "submit" => std::mem::take(&mut button).then_some(set),
            _ => None,
        };
        if let (Some(name), Some(value)) = (control.get("name"), value) {
            fields.push((name.to_owned(), value.to_owned()));
        }
    }
    Ok(Form { method, action, fields })
}

fn kind(control: &Tag) -> &str {
    match control.name.as_str() {
        "input" => control.get("type").unwrap_or("text"),
        "button" => control.get("type").unwrap_or("submit"),
        _ => "",
    }
}

fn is_password(control: &Tag) -> bool {
    kind(control) == "password"
}

fn is_submit(control: &Tag) -> bool {
    kind(control) == "submit"
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPED: Typed<'_> = Typed { user: "ada@example.com", password: "a b" };

    fn url() -> Url {
        Url::parse("http://localhost:1/realms/x?a=b").unwrap()
    }

    fn names(form: &Form) -> Vec<(&str, &str)> {
        form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    #[test]
    fn a_sign_in_form_is_known_by_its_password_field_whatever_it_is_called() {
        let html = r#"<form action="/search"><input name="q"><button>Go</button></form>
            <form action="/login?s=1&amp;t=2" method="post"><input type="hidden" name="execution" value="e1">
            <input name="login"><input type="password" name="pass">
            <input type="checkbox" name="remember"><input type="checkbox" name="always" checked>
            <input type="submit" name="go" value="Sign in"><button name="other" value="x">Other</button></form>"#;
        let form = sign_in((&url(), html), TYPED).unwrap();
        assert_eq!((&form.method, form.action.as_str()), (&Method::POST, "http://localhost:1/login?s=1&t=2"));
        let expected = [
            ("execution", "e1"),
            ("login", TYPED.user),
            ("pass", "a b"),
            ("always", "on"),
            ("go", "Sign in"),
        ];
        assert_eq!(names(&form), expected);
    }

    #[test]
    fn consent_is_given_by_the_first_button() {
        let html = r#"<form method="post"><input type="hidden" name="csrf" value="t">
            <button name="decision" value="allow">Allow</button>
            <button name="decision" value="deny">Cancel</button></form>"#;
        let form = pressed((&url(), html)).unwrap();
        assert_eq!(
            (form.action, names(&pressed((&url(), html)).unwrap())),
            (url(), vec![("csrf", "t"), ("decision", "allow")])
        );
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
            assert_eq!(pressed((&url(), &html)).unwrap().method, method, "{attribute}");
        }
    }

    #[test]
    fn a_page_without_what_is_looked_for_is_a_failure_and_no_panic() {
        for html in ["", "<form>", "<form action='http://['><input type=password name=p>", "<<<>>\"'"] {
            assert!(sign_in((&url(), html), TYPED).is_err() || html == "<form>", "{html}");
            assert!(pressed((&url(), html)).is_err(), "{html}");
        }
    }
}
