//! The fields of a record, of which either one's value stands.

use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{Contacts, PostalAddress, guardians, students};

use crate::Result;
use crate::people::bulk::update_student;

/// Declares the fields of a person that can be chosen, with how each is read as text; an empty one says nothing.
macro_rules! fields {
    ($(#[$about:meta])* $name:ident of $table:ident { $($field:ident = $column:ident,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($field,)* }

        impl $name {
            /// All of them, in the order of forms.
            pub const ALL: [Self; [$(stringify!($field)),*].len()] = [$(Self::$field),*];

            /// As it is shown; none where it says nothing.
            pub fn text(self, row: &$table::Model) -> Option<String> {
                match self { $(Self::$field => Text::text(&row.$column),)* }
            }

            /// Takes the value of another record.
            fn take(self, row: &mut $table::Model, from: &$table::Model) {
                match self { $(Self::$field => row.$column.clone_from(&from.$column),)* }
            }

            /// Takes what is chosen of another record, and what the row says nothing of.
            pub(super) fn merge(row: &mut $table::Model, from: &$table::Model, taken: &[Self]) {
                for field in Self::ALL {
                    if field.text(from).is_some() && (taken.contains(&field) || field.text(row).is_none()) {
                        field.take(row, from);
                    }
                }
            }
        }
    };
}

/// A value as text.
trait Text {
    fn text(&self) -> Option<String>;
}

impl Text for String {
    fn text(&self) -> Option<String> {
        Some(self.clone()).filter(|text| !text.is_empty())
    }
}

impl Text for Option<String> {
    fn text(&self) -> Option<String> {
        self.clone().filter(|text| !text.is_empty())
    }
}

impl Text for Option<chrono::NaiveDate> {
    fn text(&self) -> Option<String> {
        self.map(|day| day.to_string())
    }
}

impl Text for Option<PostalAddress> {
    fn text(&self) -> Option<String> {
        let PostalAddress { lines, town, region, postcode, country } = self.as_ref()?;
        let place = [postcode, town].map(|part| part.as_deref().unwrap_or_default()).join(" ");
        let lines = lines.as_deref().unwrap_or_default().lines();
        let rest = [region, country].map(|part| part.as_deref().unwrap_or_default());
        let parts: Vec<&str> =
            lines.chain([place.as_str()]).chain(rest).map(str::trim).filter(|part| !part.is_empty()).collect();
        parts.join(", ").text()
    }
}

impl Text for Option<Contacts> {
    fn text(&self) -> Option<String> {
        let values: Vec<&str> = self.as_ref()?.0.iter().map(|contact| contact.value.as_str()).collect();
        values.join(", ").text()
    }
}

fields! {
    /// A field of a student of which one of two records' values stands.
    StudentField of students {
        GivenName = given_name,
        MiddleName = middle_name,
        FamilyName = family_name,
        PreferredName = preferred_name,
        NativeName = native_name,
        Number = number,
        BirthDate = birth_date,
        Sex = sex,
        GradeLevel = grade_level,
        Phone = phone,
        Email = email,
        Address = address,
        Contacts = contacts,
    }
}

fields! {
    /// The same of a guardian.
    GuardianField of guardians {
        GivenName = given_name,
        FamilyName = family_name,
        Phone = phone,
        Email = email,
        Address = address,
        Contacts = contacts,
        Language = language,
    }
}

/// Gives the kept record the fields that are chosen, and those that it lacks. A number that is chosen is changed for the
/// kept record's own, since no two students have one. Both rows as they now are.
pub(super) async fn merge(
    tx: &mut Transaction<'_>,
    kept: students::Model,
    mut other: students::Model,
    taken: &[StudentField],
) -> Result<(students::Model, students::Model)> {
    let mut after = kept.clone();
    StudentField::merge(&mut after, &other, taken);
    if after.source_id.is_none() {
        after.source_id.clone_from(&other.source_id);
    }
    let swapped = after.number != kept.number;
    if swapped {
        let free = students::Model { number: format!("{} {}", other.number, other.id), ..other.clone() };
        other = update_student(tx, &other, free).await?;
    }
    let after = update_student(tx, &kept, after).await?;
    if swapped {
        let own = students::Model { number: kept.number, ..other.clone() };
        other = update_student(tx, &other, own).await?;
    }
    Ok((after, other))
}
