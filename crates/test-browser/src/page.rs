//! An answer of a server, and the elements of its page.

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, header::LOCATION};
use scraper::{ElementRef, Html};
use serde_json::Value;
use url::Url;

use crate::{
    Form,
    form::{self, value_of},
    selector::selector,
};

/// Longest text in a summary, in characters.
const LONGEST_SUMMARY: usize = 400;

/// An answer: a page or any other content.
#[derive(Debug, Clone)]
pub struct Page {
    /// The URL that it came from.
    pub url: Url,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
    /// The target of the redirect at which the browser stopped, such as a relying party's callback.
    pub left_to: Option<Url>,
}

/// An element of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The element's name in lower case.
    pub name: String,
    /// Names and values.
    pub attributes: Vec<(String, String)>,
    /// All of its text, trimmed.
    pub text: String,
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Methods for any answer.
impl Page {
    /// The answer from that URL.
    pub fn new(url: Url, answer: Response<Bytes>) -> Self {
        let (head, body) = answer.into_parts();
        let body = String::from_utf8_lossy(&body).into_owned();
        Self { url, status: head.status, headers: head.headers, body, left_to: None }
    }

    /// A header as text; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("visible characters"))
    }

    /// The pair `name=value` of a cookie that the answer sets.
    pub fn set_cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
        let mut pairs = lines.filter_map(|line| line.split(';').next());
        pairs.find(|pair| pair.split('=').next() == Some(name)).map(str::to_owned)
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.body))
    }

    /// A member of the JSON body as text; empty when there is none.
    pub fn text(&self, name: &str) -> String {
        let json: Value = serde_json::from_str(&self.body).unwrap_or_default();
        json.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// The header `Location`.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION).map(|value| value.to_str().expect("visible characters"))
    }

    /// A query parameter of the URL in `Location`.
    pub fn param(&self, name: &str) -> Option<String> {
        parameter(&self.url.join(self.location()?).ok()?, name)
    }

    /// The target of a redirect or an immediate refresh.
    pub fn next(&self) -> Option<Url> {
        if let Some(location) = self.location().filter(|_| self.status.is_redirection()) {
            return self.url.join(location).ok();
        }
        let refresh = self.elements("meta[http-equiv='refresh' i]").into_iter().next()?;
        self.url.join(refresh.get("content")?.split_once("url=")?.1).ok()
    }

    /// The parameters of the relying party's callback.
    pub fn callback(&self) -> Vec<(String, String)> {
        let url =
            self.left_to.as_ref().unwrap_or_else(|| panic!("still at {}: {}", self.url, self.summary()));
        url.query_pairs().into_owned().collect()
    }

    /// One parameter of the callback.
    pub fn callback_param(&self, name: &str) -> Option<String> {
        self.callback().into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The authorization code at the relying party's callback.
    pub fn code(&self) -> String {
        self.callback_param("code").unwrap_or_else(|| panic!("no code in {:?}", self.left_to))
    }
}

/// Methods for HTML.
impl Page {
    /// The elements that match a CSS selector, in document order.
    pub fn elements(&self, css: &str) -> Vec<Element> {
        self.document().select(&selector(css)).map(|found| element(&found)).collect()
    }

    /// Whether an element has that id.
    pub fn has(&self, id: &str) -> bool {
        self.by_id(id).is_some()
    }

    /// The text of the element with that id.
    pub fn text_of(&self, id: &str) -> String {
        self.element(id).unwrap_or_else(|| panic!("no #{id}: {}", self.summary()))
    }

    /// The text of the element with that id, if there is one.
    pub fn element(&self, id: &str) -> Option<String> {
        self.by_id(id).map(|found| found.text)
    }

    /// The target of the link with that id.
    pub fn link(&self, id: &str) -> Url {
        let found = self.by_id(id).unwrap_or_else(|| panic!("no #{id}: {}", self.summary()));
        self.url.join(found.get("href").unwrap_or_default()).expect("a link")
    }

    /// The title.
    pub fn title(&self) -> String {
        self.elements("title").into_iter().map(|title| title.text).collect()
    }

    /// All text of the document, including the title.
    pub fn all_text(&self) -> String {
        self.document().root_element().text().collect()
    }

    /// The code of an error page.
    pub fn error_code(&self) -> Option<String> {
        self.element("error-code")
    }

    /// The value of the first control with that name.
    pub fn field(&self, name: &str) -> String {
        let controls = selector(&format!(":is(input, button, select, textarea)[name='{name}']"));
        let document = self.document();
        let found = document.select(&controls).next().map(|control| value_of(&control));
        found.unwrap_or_else(|| panic!("no field {name}: {}", self.summary()))
    }

    /// The form around the element with that id.
    pub fn form(&self, id: &str) -> Form {
        let found = form::all(&self.url, &self.document()).into_iter().find(|form| form.has(id));
        found.unwrap_or_else(|| panic!("no form with #{id}: {}", self.summary()))
    }

    /// The form whose action's path ends with `path`.
    pub fn form_to(&self, path: &str) -> Form {
        let found = self.forms().into_iter().find(|form| form.action.path().ends_with(path));
        found.unwrap_or_else(|| panic!("no form to {path}: {}", self.summary()))
    }

    /// All forms of the page.
    pub fn forms(&self) -> Vec<Form> {
        form::all(&self.url, &self.document())
    }

    /// The status and the visible text, for messages of failed tests.
    pub fn summary(&self) -> String {
        let main =
            self.elements("main").into_iter().next().map_or_else(|| self.body.clone(), |main| main.text);
        let text = main.split_whitespace().collect::<Vec<_>>().join(" ");
        let text: String = text.chars().take(LONGEST_SUMMARY).collect();
        format!("{} {} -> {text}", self.status, self.url)
    }

    fn by_id(&self, id: &str) -> Option<Element> {
        self.elements(&format!("[id='{id}']")).into_iter().next()
    }

    fn document(&self) -> Html {
        Html::parse_document(&self.body)
    }
}

fn element(found: &ElementRef<'_>) -> Element {
    Element {
        name: found.value().name().to_owned(),
        attributes: found.value().attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        text: found.text().collect::<String>().trim().to_owned(),
    }
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> Page {
        let url = Url::parse("http://localhost:1/a/b?c=d").unwrap();
        Page::new(url, Response::new(Bytes::copy_from_slice(body.as_bytes())))
    }

    #[test]
    fn elements_are_found_and_decoded() {
        let page = page(
            r#"<title>T &amp; J</title><p id=p>a &lt; <b>b</b></p><INPUT name="a&quot;b" value='x>y' required><br/>"#,
        );
        let body: Vec<String> = page.elements("body *").into_iter().map(|element| element.name).collect();
        assert_eq!(body, ["p", "b", "input", "br"]);
        assert_eq!((page.text_of("p").as_str(), page.title().as_str()), ("a < b", "T & J"));
        let input = &page.elements("input")[0];
        assert_eq!(
            (input.get("name"), input.get("value"), input.get("required")),
            (Some("a\"b"), Some("x>y"), Some(""))
        );
        assert!(page.has("p") && !page.has("q") && page.element("q").is_none());
    }

    #[test]
    fn character_references_are_resolved_once() {
        assert_eq!(page("<p id=p>&amp;lt; &#39;&#x27; & &unknown;").text_of("p"), "&lt; '' & &unknown;");
    }

    #[test]
    fn a_redirect_or_a_refresh_leads_on_and_another_location_does_not() {
        assert_eq!(
            page(r#"<meta http-equiv="Refresh" content="0;url=/x?a=1&amp;b=2">"#).next().unwrap().as_str(),
            "http://localhost:1/x?a=1&b=2"
        );
        let mut answer = page("");
        answer.headers.insert(LOCATION, "c".parse().unwrap());
        assert_eq!(answer.next(), None, "200");
        answer.status = StatusCode::SEE_OTHER;
        assert_eq!(answer.next().unwrap().as_str(), "http://localhost:1/a/c");
    }
}
