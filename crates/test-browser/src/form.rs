//! A form of a page, with the values that the page gave it.

use http::Method;
use scraper::{ElementRef, Html};
use url::Url;

use crate::selector::selector;

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The method: GET, unless the form says POST, as in HTML.
    pub method: Method,
    /// The URL that it is sent to.
    pub action: Url,
    /// The names and values that are sent.
    pub fields: Vec<(String, String)>,
    /// All controls of the form.
    pub controls: Vec<Control>,
    /// The ids of the form and of all elements in it.
    ids: Vec<String>,
}

/// A control of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// The type of an input or a button; for other elements the element's name.
    pub kind: String,
    /// The id; empty when it has none.
    pub id: String,
    /// The name; empty when it has none.
    pub name: String,
    /// The current value.
    pub value: String,
    /// Whether it is sent with the form without being pressed.
    is_sent: bool,
}

impl Control {
    /// Whether pressing it submits the form.
    pub fn is_submit(&self) -> bool {
        self.kind == "submit"
    }
}

impl Form {
    /// Fills in a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(key, _)| key != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Removes a field.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(key, _)| key != name);
        self
    }

    /// Presses the button with this id, so that its name and value are sent too.
    #[must_use]
    pub fn press(self, id: &str) -> Self {
        let button = self.controls.iter().find(|control| control.is_submit() && control.id == id).cloned();
        let button = button.unwrap_or_else(|| panic!("no button #{id} in {self:?}"));
        if button.name.is_empty() { self } else { self.with(&button.name, &button.value) }
    }

    /// The current value of a field.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the form or an element in it has this id.
    pub fn has(&self, id: &str) -> bool {
        self.ids.iter().any(|known| known == id)
    }
}

/// The forms of a document at this URL, except those whose action isn't a URL.
pub fn all(url: &Url, document: &Html) -> Vec<Form> {
    let controls = selector("input, button, select, textarea");
    let controls: Vec<ElementRef<'_>> = document.select(&controls).collect();
    document.select(&selector("form")).filter_map(|form| read(url, &form, &controls)).collect()
}

fn read(url: &Url, form: &ElementRef<'_>, all: &[ElementRef<'_>]) -> Option<Form> {
    let action = form.attr("action").filter(|action| !action.is_empty());
    let action = action.map_or_else(|| Ok(url.clone()), |action| url.join(action)).ok()?;
    let post = form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
    let controls = all.iter().filter(|control| is_of(control, form) && control.attr("disabled").is_none());
    let controls: Vec<Control> = controls.map(read_control).collect();
    let sent = controls.iter().filter(|control| control.is_sent);
    let inside = form.descendent_elements().filter_map(|element| element.attr("id").map(str::to_owned));
    let linked = controls.iter().map(|control| control.id.clone());
    Some(Form {
        method: if post { Method::POST } else { Method::GET },
        action,
        fields: sent.map(|control| (control.name.clone(), control.value.clone())).collect(),
        ids: inside.chain(linked).collect(),
        controls,
    })
}

/// Whether a control belongs to a form: by its attribute `form`, or because it is inside it.
fn is_of(control: &ElementRef<'_>, form: &ElementRef<'_>) -> bool {
    match control.attr("form") {
        Some(id) => form.attr("id") == Some(id),
        None => control.ancestors().any(|ancestor| ancestor.id() == form.id()),
    }
}

fn read_control(control: &ElementRef<'_>) -> Control {
    let kind = match control.value().name() {
        "input" => control.attr("type").unwrap_or("text").to_ascii_lowercase(),
        "button" => control.attr("type").unwrap_or("submit").to_ascii_lowercase(),
        other => other.to_owned(),
    };
    let name = control.attr("name").unwrap_or_default().to_owned();
    let is_sent = !name.is_empty()
        && match kind.as_str() {
            "submit" | "button" | "reset" | "image" | "file" => false,
            "checkbox" | "radio" => control.attr("checked").is_some(),
            _ => true,
        };
    let id = control.attr("id").unwrap_or_default().to_owned();
    Control { kind, id, name, value: value_of(control), is_sent }
}

/// The value of a control on the page.
pub fn value_of(control: &ElementRef<'_>) -> String {
    match control.value().name() {
        "textarea" => control.text().collect(),
        "select" => {
            let options: Vec<ElementRef<'_>> = control.select(&selector("option")).collect();
            let selected = options.iter().find(|option| option.attr("selected").is_some());
            let value = selected
                .or(options.first())
                .map(|option| option.attr("value").map_or_else(|| option.text().collect(), str::to_owned));
            value.unwrap_or_default()
        }
        _ => {
            let ticked = matches!(control.attr("type"), Some("checkbox" | "radio"));
            control.attr("value").unwrap_or(if ticked { "on" } else { "" }).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(html: &str) -> Vec<Form> {
        all(&Url::parse("http://localhost:1/realms/x?a=b").unwrap(), &Html::parse_document(html))
    }

    #[test]
    fn a_form_has_what_would_be_sent() {
        let form = &forms(
            r#"<form action="/send?s=1&amp;t=2" method=post><input name=text value="a &amp; b"><input type=hidden name=hidden value=h>
            <input type=checkbox name=no><input type=checkbox name=yes checked><input type=radio name=one value=1 checked>
            <input name=off disabled><input value=nameless><textarea name=long>
&lt;p></textarea><select name=pick><option value=1>One<option value=2 selected>Two</select>
            <select name=first><option>One<option>Two</select><button id=go name=press value=go>Go</button><button id=plain>Go</button></form>"#,
        )[0];
        assert_eq!((&form.method, form.action.as_str()), (&Method::POST, "http://localhost:1/send?s=1&t=2"));
        let expected = [
            ("text", "a & b"),
            ("hidden", "h"),
            ("yes", "on"),
            ("one", "1"),
            ("long", "<p>"),
            ("pick", "2"),
            ("first", "One"),
        ];
        let fields: Vec<(&str, &str)> = form.fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(fields, expected);
        assert_eq!(form.clone().press("go").value("press"), Some("go"));
        assert_eq!(form.clone().press("plain").fields, form.fields);
    }

    #[test]
    fn a_control_outside_may_belong_to_a_form_and_one_inside_to_another() {
        let forms = forms(
            r"<form id=one method=get><input name=a value=1><input name=b value=2 form=two></form><form id=two></form>
            <button id=c form=one name=c value=3>C</button><input name=d value=4>",
        );
        assert_eq!((forms[0].fields.len(), forms[1].fields.len()), (1, 1));
        assert!(forms[0].has("one") && forms[0].has("c") && !forms[1].has("c"));
        assert_eq!(forms[0].method, Method::GET);
    }

    #[test]
    fn a_page_without_forms_or_with_one_that_leads_nowhere_has_none() {
        for html in ["", "<form action='http://['><input name=p>", "<<<>>\"'"] {
            assert_eq!(forms(html), [], "{html}");
        }
    }
}
