//! A message: a key of the catalogue with its values. It becomes a text only where somebody reads it, in their language.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::value::Value;
use crate::{Language, pseudo};

/// What is said, as a value. Made by the functions of this crate, one a key of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(from = "Written", into = "Written")]
#[ts(as = "Written")]
pub struct Message(Box<Said>);

/// Apart, so that what may be refused stays small.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    key: Cow<'static, str>,
    values: BTreeMap<Cow<'static, str>, Value>,
}

/// A message as it travels: with its English text, for whoever reads it without the catalogue.
#[derive(Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[schemars(rename = "Message")]
#[ts(rename = "Message")]
struct Written {
    /// The key in the catalogue.
    key: Cow<'static, str>,
    /// The values that its text takes, by name.
    #[serde(default)]
    values: BTreeMap<Cow<'static, str>, Value>,
    /// In English.
    #[serde(default)]
    text: String,
}

impl Message {
    pub(crate) fn of(key: &'static str) -> Self {
        Self(Box::new(Said { key: Cow::Borrowed(key), values: BTreeMap::new() }))
    }

    pub(crate) fn with(mut self, name: &'static str, value: Value) -> Self {
        self.0.values.insert(Cow::Borrowed(name), value);
        self
    }

    /// Its key in the catalogue.
    pub fn key(&self) -> &str {
        &self.0.key
    }

    /// What it says in a language; English where that one lacks the text.
    pub fn text(&self, language: Language) -> String {
        let count = match self.0.values.get("count") {
            Some(Value::Whole(count)) => Some(*count),
            _ => None,
        };
        let Some(text) = language.look_up(&self.0.key, count) else { return self.0.key.to_string() };
        if language == Language::PSEUDO {
            return self.filled(&pseudo::lengthened(text), language);
        }
        self.filled(text, language)
    }

    fn filled(&self, text: &str, language: Language) -> String {
        let mut filled = String::with_capacity(text.len() + 16);
        let mut parts = text.split("{{");
        filled.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let Some((inside, after)) = part.split_once("}}") else { continue };
            let (name, format) = inside.split_once(',').unwrap_or((inside, ""));
            if let Some(value) = self.0.values.get(name.trim()) {
                filled.push_str(&value.text(language, format.trim() == "number"));
            }
            filled.push_str(after);
        }
        filled
    }
}

/// In English, for the log and for whoever has no language.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::ENGLISH))
    }
}

/// An error of the system may carry what is said of it.
impl std::error::Error for Message {}

impl PartialEq<str> for Message {
    fn eq(&self, text: &str) -> bool {
        self.text(Language::ENGLISH) == text
    }
}

impl PartialEq<&str> for Message {
    fn eq(&self, text: &&str) -> bool {
        self == *text
    }
}

impl From<Message> for Written {
    fn from(message: Message) -> Self {
        let text = message.to_string();
        let Said { key, values } = *message.0;
        Self { key, values, text }
    }
}

impl From<Written> for Message {
    fn from(Written { key, values, .. }: Written) -> Self {
        Self(Box::new(Said { key, values }))
    }
}
