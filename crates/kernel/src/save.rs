//! What an input that makes or changes a row says of it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::{Config, Dummy, TS, TypeVisitor};

/// Whether a row is made, or which one is changed, in the version that the person saw. In JSON it is the two fields `id` and
/// `version` of the input that it belongs to: both of them, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Save<Id> {
    Change { id: Id, version: i32 },
    New,
}

/// The two fields.
#[derive(Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[ts(optional_fields = nullable)]
pub struct SaveFields<Id> {
    id: Option<Id>,
    version: Option<i32>,
}

/// For the screens it is its two fields, in the input that it belongs to.
impl<Id: TS> TS for Save<Id> {
    type WithoutGenerics = Save<Dummy>;
    type OptionInnerType = Self;

    fn name(config: &Config) -> String {
        SaveFields::<Id>::name(config)
    }

    fn inline(config: &Config) -> String {
        SaveFields::<Id>::inline(config)
    }

    fn inline_flattened(config: &Config) -> String {
        SaveFields::<Id>::inline_flattened(config)
    }

    fn visit_dependencies(visitor: &mut impl TypeVisitor)
    where
        Self: 'static,
    {
        SaveFields::<Id>::visit_dependencies(visitor);
    }

    fn visit_generics(visitor: &mut impl TypeVisitor)
    where
        Self: 'static,
    {
        SaveFields::<Id>::visit_generics(visitor);
    }
}

/// In the schema too.
impl<Id: JsonSchema> JsonSchema for Save<Id> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        SaveFields::<Id>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        SaveFields::<Id>::json_schema(generator)
    }
}

impl<Id: Copy + Serialize> Serialize for Save<Id> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        SaveFields { id: self.id(), version: self.seen() }.serialize(serializer)
    }
}

impl<Id: Copy> Save<Id> {
    /// The row that is changed.
    pub fn id(&self) -> Option<Id> {
        match self {
            Self::Change { id, .. } => Some(*id),
            Self::New => None,
        }
    }

    /// The version of it that was seen.
    pub fn seen(&self) -> Option<i32> {
        match self {
            Self::Change { version, .. } => Some(*version),
            Self::New => None,
        }
    }
}

impl<'de, Id: Deserialize<'de>> Deserialize<'de> for Save<Id> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        match SaveFields::deserialize(deserializer)? {
            SaveFields { id: None, version: None } => Ok(Self::New),
            SaveFields { id: Some(id), version: Some(version) } => Ok(Self::Change { id, version }),
            SaveFields { id: Some(_), version: None } => Err(D::Error::missing_field("version")),
            SaveFields { id: None, version: Some(_) } => Err(D::Error::missing_field("id")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Input {
        #[serde(flatten)]
        save: Save<u32>,
        title: String,
    }

    fn read(input: serde_json::Value) -> Result<(Save<u32>, String), String> {
        serde_json::from_value::<Input>(input).map(|input| (input.save, input.title)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_row_is_new_or_changed_in_a_version_and_nothing_between() {
        let new = Ok((Save::New, "A".to_owned()));
        assert_eq!(read(json!({ "title": "A" })), new);
        assert_eq!(read(json!({ "title": "A", "id": null, "version": null })), new);
        let changed = Ok((Save::Change { id: 7, version: 3 }, "A".to_owned()));
        assert_eq!(read(json!({ "title": "A", "id": 7, "version": 3 })), changed);
        assert_eq!(read(json!({ "title": "A", "id": 7 })), Err("missing field `version`".to_owned()));
        assert_eq!(read(json!({ "title": "A", "version": 3 })), Err("missing field `id`".to_owned()));
    }
}
