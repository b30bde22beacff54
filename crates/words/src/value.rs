//! What goes into a message.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Language, Message};

/// A value inside a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// A number, written as the language writes numbers where the text asks for it.
    #[ts(type = "number")]
    Whole(i64),
    Text(String),
    /// A message of its own, in the language of the one around it.
    Said(Message),
    /// Messages one after the other.
    List(Vec<Message>),
}

impl Value {
    pub(crate) fn text(&self, language: Language, as_number: bool) -> String {
        match self {
            Self::Whole(number) if as_number => language.whole(*number),
            Self::Whole(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Said(message) => message.text(language),
            Self::List(messages) => {
                let texts: Vec<String> = messages.iter().map(|message| message.text(language)).collect();
                texts.join(language.list_mark())
            }
        }
    }
}

/// A text that a message takes: a name, a title, or another message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(Value);

impl Text {
    pub(crate) fn from_given(given: impl Into<Self>) -> Value {
        given.into().0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Value::Text(text.to_owned()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Value::Text(text))
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self(Value::Text(text.clone()))
    }
}

impl From<Cow<'_, str>> for Text {
    fn from(text: Cow<'_, str>) -> Self {
        Self(Value::Text(text.into_owned()))
    }
}

impl From<std::path::Display<'_>> for Text {
    fn from(path: std::path::Display<'_>) -> Self {
        Self(Value::Text(path.to_string()))
    }
}

impl From<&std::io::Error> for Text {
    /// What the error carries to be said, else the system's own words.
    fn from(error: &std::io::Error) -> Self {
        let said = error.get_ref().and_then(|inner| inner.downcast_ref::<Message>());
        said.map_or_else(|| error.to_string().into(), |said| said.clone().into())
    }
}

impl From<Message> for Text {
    fn from(message: Message) -> Self {
        Self(Value::Said(message))
    }
}

impl From<Vec<Message>> for Text {
    fn from(messages: Vec<Message>) -> Self {
        Self(Value::List(messages))
    }
}

/// A whole number that a message takes. What is too large for it is written as the largest.
#[derive(Clone, Copy, Debug)]
pub struct Whole(i64);

impl Whole {
    pub(crate) fn from_given(given: impl Into<Self>) -> Value {
        Value::Whole(given.into().0)
    }
}

macro_rules! whole {
    ($($kind:ty)*) => { $(
        impl From<$kind> for Whole {
            fn from(number: $kind) -> Self {
                Self(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )* };
}

whole!(u8 u16 u32 u64 usize i32 i64);
