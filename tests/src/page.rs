//! An answer of a server, as a browser sees it, and the forms on it.

use reqwest::{StatusCode, header::HeaderMap};
use url::Url;

use crate::html::{self, Tag};

/// An answer.
#[derive(Debug, Clone)]
pub struct Page {
    /// Where it came from.
    pub url: Url,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
    /// Where the browser was sent, when that is none of the system's origins: a relying party's callback.
    pub left_to: Option<Url>,
}

impl Page {
    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Where a redirect or an immediate refresh leads.
    pub fn next(&self) -> Option<Url> {
        let refresh = || {
            let tag = self.tags().into_iter().find(|tag| tag.is("http-equiv", "refresh"))?;
            let content = tag.get("content")?;
            content.split_once("url=").map(|(_, url)| url.to_owned())
        };
        let target = self.header("location").map(str::to_owned).or_else(refresh)?;
        self.url.join(&target).ok()
    }

    /// The parameters that a relying party's callback was given.
    pub fn callback(&self) -> Vec<(String, String)> {
        let url =
            self.left_to.as_ref().unwrap_or_else(|| panic!("still at {}: {}", self.url, self.summary()));
        url.query_pairs().into_owned().collect()
    }

    /// One parameter of the callback.
    pub fn callback_param(&self, name: &str) -> Option<String> {
        self.callback().into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The code at the relying party's callback.
    pub fn code(&self) -> String {
        self.callback_param("code").unwrap_or_else(|| panic!("no code in {:?}", self.left_to))
    }

    /// Whether an element has that id.
    pub fn has(&self, id: &str) -> bool {
        self.element(id).is_some()
    }

    /// The text of the element with that id.
    pub fn text_of(&self, id: &str) -> String {
        let tag = self.element(id).unwrap_or_else(|| panic!("no #{id}: {}", self.summary()));
        html::text(html::content(&self.body, &tag))
    }

    /// Where the link with that id leads.
    pub fn link(&self, id: &str) -> Url {
        let tag = self.element(id).unwrap_or_else(|| panic!("no #{id}: {}", self.summary()));
        self.url.join(tag.get("href").unwrap_or_default()).expect("a link")
    }

    /// The machine word of an error page.
    pub fn error_code(&self) -> Option<String> {
        self.has("error-code").then(|| self.text_of("error-code"))
    }

    /// The form around the element with that id.
    pub fn form(&self, id: &str) -> Form {
        self.find_form(|tag| tag.is("id", id))
            .unwrap_or_else(|| panic!("no form with #{id}: {}", self.summary()))
    }

    /// The form that posts to a path that ends like this.
    pub fn form_to(&self, path: &str) -> Form {
        let forms = self.forms();
        let found = forms.into_iter().find(|form| form.action.path().ends_with(path));
        found.unwrap_or_else(|| panic!("no form to {path}: {}", self.summary()))
    }

    /// The status and the visible text, for messages of failed tests.
    pub fn summary(&self) -> String {
        let start = self.body.find("<main").unwrap_or_default();
        let text = html::text(self.body.get(start..).unwrap_or_default());
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(400).collect();
        format!("{} {} -> {text}", self.status, self.url)
    }

    /// The start tags of the page.
    pub fn tags(&self) -> Vec<Tag> {
        html::tags(&self.body)
    }

    /// All forms of the page.
    pub fn forms(&self) -> Vec<Form> {
        let tags = self.tags();
        let tags = tags.iter().filter(|tag| tag.name == "form");
        tags.map(|tag| self.read_form(tag)).collect()
    }

    fn element(&self, id: &str) -> Option<Tag> {
        self.tags().into_iter().find(|tag| tag.is("id", id))
    }

    fn find_form(&self, wanted: impl Fn(&Tag) -> bool) -> Option<Form> {
        let tags = self.tags();
        let forms = tags.iter().filter(|tag| tag.name == "form");
        let mut matching = forms.filter(|form| {
            let end = form.end + html::content(&self.body, form).len();
            wanted(form) || tags.iter().any(|tag| tag.end > form.end && tag.end <= end && wanted(tag))
        });
        matching.next().map(|tag| self.read_form(tag))
    }

    fn read_form(&self, tag: &Tag) -> Form {
        let inner = html::content(&self.body, tag);
        let action = tag.get("action").filter(|action| !action.is_empty());
        let action = action.map_or_else(|| Ok(self.url.clone()), |action| self.url.join(action));
        let mut form =
            Form { action: action.expect("a form's action"), fields: Vec::new(), buttons: Vec::new() };
        for control in html::tags(inner) {
            form.read(&control, inner);
        }
        form
    }
}

/// A form, filled as the page has it.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it is sent.
    pub action: Url,
    /// What is sent.
    pub fields: Vec<(String, String)>,
    buttons: Vec<Tag>,
}

impl Form {
    /// Fills in a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(key, _)| key != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Leaves a field out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(key, _)| key != name);
        self
    }

    /// Presses the button with that id: its name and value are sent too.
    #[must_use]
    pub fn press(self, id: &str) -> Self {
        let button = self.buttons.iter().find(|tag| tag.is("id", id)).cloned();
        let button = button.unwrap_or_else(|| panic!("no button #{id} in {self:?}"));
        match (button.get("name"), button.get("value")) {
            (Some(name), Some(value)) => self.with(name, value),
            _ => self,
        }
    }

    /// What a field has now.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn read(&mut self, control: &Tag, html: &str) {
        let Some(name) = control.get("name").map(str::to_owned).filter(|_| control.name != "button") else {
            self.buttons.extend((control.name == "button").then(|| control.clone()));
            return;
        };
        let value = match control.name.as_str() {
            "input" => checked(control).then(|| control.get("value").unwrap_or_default().to_owned()),
            "textarea" => Some(html::decode(html::content(html, control))),
            "select" => Some(selected(html::content(html, control))),
            _ => None,
        };
        self.fields.extend(value.map(|value| (name, value)));
    }
}

fn checked(input: &Tag) -> bool {
    let optional = input.is("type", "checkbox") || input.is("type", "radio");
    !optional || input.get("checked").is_some()
}

fn selected(options: &str) -> String {
    let tags = html::tags(options);
    let chosen = tags.iter().find(|tag| tag.get("selected").is_some()).or(tags.first());
    chosen.and_then(|tag| tag.get("value")).unwrap_or_default().to_owned()
}
