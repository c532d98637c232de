//! What templates say: `{{ "sign-in"|t }}`, `{{ "code-hint"|with("minutes", 30)|t }}`.
//!
//! A template is rendered with the [`Localizer`] of its reader.

#![expect(clippy::inline_always, reason = "what askama makes of a filter has it")]

use askama::{Result, Values, filters::Safe, get_value};
use clock::when::When;

use crate::{Localizer, Message, Value, markup::escaped, message::Html, moment::moment as date_time};

/// The text of a message.
#[askama::filter_fn]
pub fn t(message: impl Into<Message>, values: &dyn Values) -> Result<String> {
    let localizer: &Localizer = get_value(values, Localizer::KEY)?;
    Ok(localizer.catalogue.say(localizer.language, &message.into()))
}

/// A message with elements in it, as HTML.
#[askama::filter_fn]
pub fn rich(message: impl Into<Message>, values: &dyn Values) -> Result<Safe<String>> {
    let localizer: &Localizer = get_value(values, Localizer::KEY)?;
    Ok(Safe(localizer.catalogue.html(localizer.language, &message.into())))
}

/// A message with the value of a variable.
#[askama::filter_fn]
pub fn with<V: Into<Value>>(
    message: impl Into<Message>,
    _: &dyn Values,
    name: &'static str,
    value: V,
) -> Result<Message> {
    Ok(message.into().with(name, value))
}

/// A message in which a value is emphasised. The `id` of its element may be empty.
#[askama::filter_fn]
pub fn strong<V: Into<Value>>(
    message: impl Into<Message>,
    _: &dyn Values,
    name: &'static str,
    id: &'static str,
    value: V,
) -> Result<Message> {
    let id = if id.is_empty() { String::new() } else { format!(" id=\"{}\"", escaped(id)) };
    let content = match value.into() {
        Value::Message(message) => message,
        Value::Text(text) => Message::verbatim(text),
        Value::Number(number) => Message::verbatim(number.to_string()),
        // a price is a message around it, with its currency
        Value::Decimal { units, .. } => Message::verbatim(units.to_string()),
        Value::Html(html) => html.content,
    };
    let html = Html { open: format!("<strong{id}>"), content, close: "</strong>" };
    Ok(message.into().with(name, Value::Html(html)))
}

fn anchor(url: &str, content: Message) -> Value {
    let open = format!("<a href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer\">", escaped(url));
    Value::Html(Html { open, content, close: "</a>" })
}

/// A message with a link in it, which opens beside the page.
#[askama::filter_fn]
pub fn link<T: std::fmt::Display>(
    message: impl Into<Message>,
    _: &dyn Values,
    name: &'static str,
    url: &str,
    text: T,
) -> Result<Message> {
    Ok(message.into().with(name, anchor(url, Message::verbatim(text.to_string()))))
}

/// A message with a link in it whose text is another message. It opens beside the page.
#[askama::filter_fn]
pub fn link_t<M: Into<Message>>(
    message: impl Into<Message>,
    _: &dyn Values,
    name: &'static str,
    url: &str,
    text: M,
) -> Result<Message> {
    Ok(message.into().with(name, anchor(url, text.into())))
}

/// A message in which another message is emphasised.
#[askama::filter_fn]
pub fn strong_t<M: Into<Message>>(
    message: impl Into<Message>,
    _: &dyn Values,
    name: &'static str,
    inner: M,
) -> Result<Message> {
    let html = Html { open: "<strong>".to_owned(), content: inner.into(), close: "</strong>" };
    Ok(message.into().with(name, Value::Html(html)))
}

/// A message with a time in it.
#[askama::filter_fn]
pub fn moment(
    message: impl Into<Message>,
    _: &dyn Values,
    name: &'static str,
    when: &When,
) -> Result<Message> {
    Ok(message.into().with(name, Value::Html(element(when))))
}

/// A time, as an element that programs can read too.
#[askama::filter_fn]
pub fn time(when: &When, values: &dyn Values) -> Result<Safe<String>> {
    let localizer: &Localizer = get_value(values, Localizer::KEY)?;
    let Html { open, content, close } = element(when);
    Ok(Safe([&open, &localizer.catalogue.html(localizer.language, &content), close].concat()))
}

fn element(when: &When) -> Html {
    let open = format!("<time datetime=\"{}\">", escaped(&when.iso));
    Html { open, content: date_time(when), close: "</time>" }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use askama::Template;

    use crate::{Catalogue, Language, filters};

    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
        let en = "a = <b> { $who } & { $now }!\nnow = only <now>\n";
        Catalogue::read(&[(Language::English, [en].as_slice())]).0
    });

    #[derive(Template)]
    #[template(
        ext = "html",
        source = r#"{{ "a"|strong("who", "x", who)|strong_t("now", "now")|rich }}|{{ "a"|with("who", who)|with("now", 3)|t }}"#
    )]
    struct Page<'a> {
        who: &'a str,
    }

    #[test]
    fn s5_nothing_but_our_own_elements_gets_into_a_page() {
        let reader = CATALOGUE.localizer(Language::English);
        let html = Page { who: "<i>\u{f0000}\u{f0002}" }.render_with_values(&reader).unwrap();
        assert_eq!(
            html,
            "&#60;b&#62; <strong id=\"x\">&#60;i&#62;\u{f0000}\u{f0002}</strong> &#38; <strong>only &#60;now&#62;</strong>!\
             |&#60;b&#62; &#60;i&#62; &#38; 3!"
        );
    }

    #[test]
    fn a_template_without_a_reader_is_an_error() {
        assert!(Page { who: "" }.render().is_err());
    }
}
