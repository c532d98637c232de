//! A text for people, before it is in a language.

/// The id of a text in the catalogue, with the values of its variables; or a text that is the same in every language.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub(crate) id: Id,
    pub(crate) values: Vec<(&'static str, Value)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Id {
    Known(&'static str),
    Verbatim(String),
}

impl Eq for Message {}

/// The value of a variable.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text, as it is.
    Text(String),
    /// A number, which decides about plural forms.
    Number(i64),
    /// A number with decimal places, written as the language writes it.
    Decimal {
        /// In the smallest units, such as cents.
        units: i64,
        /// How many digits stand behind the decimal mark.
        places: u8,
    },
    /// Another message.
    Message(Message),
    /// A part of HTML. Only [`filters::rich`](crate::filters::rich) shows it.
    Html(Html),
}

/// An element around a value. It is written by this crate only, so that its content is escaped.
#[derive(Debug, Clone, PartialEq)]
pub struct Html {
    pub(crate) open: String,
    pub(crate) content: Message,
    pub(crate) close: &'static str,
}

impl Message {
    /// The text with this id.
    pub const fn new(id: &'static str) -> Self {
        Self { id: Id::Known(id), values: Vec::new() }
    }

    /// A text that is the same in every language: a name, or what an operator wrote.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self { id: Id::Verbatim(text.into()), values: Vec::new() }
    }

    /// The same message with the value of a variable.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }
}

impl From<&'static str> for Message {
    fn from(id: &'static str) -> Self {
        Self::new(id)
    }
}

impl From<&Message> for Message {
    fn from(message: &Message) -> Self {
        message.clone()
    }
}

// templates hold their values by references to references
impl<'a, T: ?Sized> From<&&'a T> for Message
where
    Self: From<&'a T>,
{
    fn from(value: &&'a T) -> Self {
        <Self as From<&'a T>>::from(value)
    }
}

impl<'a, T: ?Sized> From<&&'a T> for Value
where
    Self: From<&'a T>,
{
    fn from(value: &&'a T) -> Self {
        <Self as From<&'a T>>::from(value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<Message> for Value {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<&Message> for Value {
    fn from(message: &Message) -> Self {
        Self::Message(message.clone())
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Value {
            fn from(number: $number) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }

        impl From<&$number> for Value {
            fn from(number: &$number) -> Self {
                <Self as From<$number>>::from(*number)
            }
        }
    )*};
}

numbers!(i8, i16, i32, i64, u8, u16, u32, u64, usize);
