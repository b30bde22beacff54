//! The words by which people are found. Every write path that touches a person calls [`index_people`] or [`reindex`].

use std::collections::BTreeSet;

use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Value};
use store::entities::{ContactKind, Contacts, guardians, staff, students};
use store::ids::{GuardianId, SchoolId, StaffId, StudentId};
use store::{Change, Transaction, search_terms};
use uuid::Uuid;

use super::spelling::{Typed, plain_digits, spelled};
use crate::Result;

pub use store::entities::PersonKind;

/// A person with the words by which they are found; no words: not found any more.
pub struct Indexed {
    pub kind: PersonKind,
    pub id: Uuid,
    pub words: Vec<String>,
}

/// Fewer digits than these are no telephone number.
const SHORTEST_PHONE: usize = 5;

/// A telephone number as it may be typed: all digits, and those without the country's.
fn phone_words(phone: &str) -> Vec<String> {
    let digits = |text: &str| text.chars().filter_map(|c| c.to_digit(10)).map(|d| d.to_string()).collect::<String>();
    let national = phone.trim().strip_prefix('+').and_then(|rest| rest.split_once(char::is_whitespace));
    let mut words = vec![digits(phone)];
    words.extend(national.map(|(_, rest)| digits(rest)));
    words.retain(|word| word.len() >= SHORTEST_PHONE);
    words
}

fn words(texts: &[Option<&str>], phone: Option<&str>, contacts: Option<&Contacts>) -> Vec<String> {
    let text: Vec<&str> = texts.iter().copied().flatten().collect();
    let mut words: BTreeSet<String> = search_terms(&text.join(" ")).into_iter().collect();
    let further = contacts.map_or(&[][..], |contacts| contacts.0.as_slice());
    let further = further.iter().filter(|contact| contact.kind == ContactKind::Phone).map(|contact| &*contact.value);
    words.extend(phone.into_iter().chain(further).flat_map(phone_words));
    words.into_iter().collect()
}

/// The most words of a search that are looked at.
const MOST_WORDS: usize = 6;

/// The words of what a person typed into a search, with their other spellings; a telephone number is one word, however
/// it is spaced.
pub fn typed_words(text: &str) -> Vec<Typed> {
    let typed: String = text.chars().take(200).collect();
    let text = plain_digits(&typed);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let phone = digits >= SHORTEST_PHONE && text.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c));
    if phone && text.trim().contains(|c: char| !c.is_ascii_digit()) {
        return vec![Typed::plain(text.chars().filter(char::is_ascii_digit).collect())];
    }
    let mut words: Vec<Typed> = Vec::new();
    for typed in spelled(&typed) {
        if words.len() < MOST_WORDS && !words.contains(&typed) {
            words.push(typed);
        }
    }
    words
}

/// The conditions under each of which a row of `search_words`, under the name `row`, is what was typed: it begins so, in
/// one of its spellings, or it is a part of it while the person's other words are the rest. `$1` is the school. Each of
/// them is one range of the index; joined by OR they would be none, so where rows are looked up they are one query each.
pub fn ways(typed: &Typed, row: &str, values: &mut Vec<Value>) -> Vec<String> {
    let beginnings = std::iter::once(&typed.word).chain(&typed.others);
    let mut ways: Vec<String> = beginnings.map(|word| begins(word, row, values)).collect();
    ways.extend(typed.apart.iter().map(|parts| taken_apart(parts, row, values)));
    ways
}

fn begins(word: &str, row: &str, values: &mut Vec<Value>) -> String {
    values.extend([Value::from(word), after_prefix(word).into()]);
    format!("({row}.word >= ${} AND {row}.word < ${})", values.len() - 1, values.len())
}

/// All parts are words of the person: the longest is looked up in the index, and the others at the person.
fn taken_apart(parts: &[String], row: &str, values: &mut Vec<Value>) -> String {
    let longest = (0..parts.len()).max_by_key(|&part| parts[part].chars().count()).unwrap_or(0);
    let mut part = |part: usize, row: &str| {
        if part + 1 == parts.len() {
            return begins(&parts[part], row, values);
        }
        values.push(parts[part].as_str().into());
        format!("{row}.word = ${}", values.len())
    };
    let mut all = vec![part(longest, row)];
    for other in (0..parts.len()).filter(|&other| other != longest) {
        let at = part(other, "p");
        all.push(format!(
            "EXISTS (SELECT 1 FROM search_words p WHERE p.school_id = $1 AND p.person_id = {row}.person_id AND {at})"
        ));
    }
    format!("({})", all.join(" AND "))
}

/// The condition that somebody of this kind, named by the column `id`, has a word that is what was typed. DISTINCT has
/// PostgreSQL find them once, rather than look for the words of everybody in the order of the list.
pub fn has_word(id: &str, kind: PersonKind, typed: &Typed, values: &mut Vec<Value>) -> String {
    let people = |way: &String| {
        format!(
            "SELECT DISTINCT w.person_id FROM search_words w WHERE w.school_id = $1 AND w.person_kind = '{}' AND {way}",
            kind.name()
        )
    };
    let people: Vec<String> = ways(typed, "w", values).iter().map(people).collect();
    format!("{id} IN ({})", people.join(" UNION ALL "))
}

/// The smallest text above every text that begins with `word`, for a range on the index.
pub(super) fn after_prefix(word: &str) -> String {
    format!("{word}\u{10ffff}")
}

impl Indexed {
    /// As the table of words holds them: word, kind and person.
    pub fn into_rows(self) -> impl Iterator<Item = (String, String, Uuid)> {
        let (kind, id) = (self.kind.name().to_owned(), self.id);
        self.words.into_iter().map(move |word| (word, kind.clone(), id))
    }

    pub fn student(row: &students::Model) -> Self {
        let texts = [
            Some(row.number.as_str()),
            Some(&row.given_name),
            row.middle_name.as_deref(),
            Some(&row.family_name),
            row.preferred_name.as_deref(),
            row.native_name.as_deref(),
        ];
        let words = if row.deleted_at.is_none() {
            words(&texts, row.phone.as_deref(), row.contacts.as_ref())
        } else {
            Vec::new()
        };
        Self { kind: PersonKind::Student, id: row.id.0, words }
    }

    pub fn guardian(row: &guardians::Model) -> Self {
        let texts = [Some(row.given_name.as_str()), Some(&row.family_name)];
        let words = if row.deleted_at.is_none() {
            words(&texts, row.phone.as_deref(), row.contacts.as_ref())
        } else {
            Vec::new()
        };
        Self { kind: PersonKind::Guardian, id: row.id.0, words }
    }

    pub fn staff(row: &staff::Model) -> Self {
        let texts = [row.number.as_deref(), Some(&row.given_name), Some(&row.family_name), row.native_name.as_deref()];
        let words = if row.deleted_at.is_none() {
            words(&texts, row.phone.as_deref(), row.contacts.as_ref())
        } else {
            Vec::new()
        };
        Self { kind: PersonKind::Staff, id: row.id.0, words }
    }
}

/// Rows of one statement: four values each, within SQLite's 32,766.
const ROWS_PER_STATEMENT: usize = 8_000;
/// Identifiers of one `IN` list.
const IDS_PER_STATEMENT: usize = 500;

/// Replaces the words of these people by their present ones.
pub async fn index_people(tx: &Transaction<'_>, school: SchoolId, people: &[Indexed]) -> Result<()> {
    forget(tx, school, people.iter().map(|person| person.id).collect()).await?;
    insert_words(tx, school, people).await
}

async fn forget(tx: &Transaction<'_>, school: SchoolId, ids: Vec<Uuid>) -> Result<()> {
    for chunk in ids.chunks(IDS_PER_STATEMENT) {
        let sql = format!(
            "DELETE FROM search_words WHERE school_id = $1 AND person_id IN ({})",
            placeholders(2, chunk.len())
        );
        let values = std::iter::once(school.into()).chain(chunk.iter().map(|id| Value::from(*id)));
        tx.unaudited().execute_raw(tx.statement(&sql, values)).await?;
    }
    Ok(())
}

/// Adds the words of people who have none yet.
pub async fn insert_words(tx: &Transaction<'_>, school: SchoolId, people: &[Indexed]) -> Result<()> {
    let mut rows: Vec<(&str, PersonKind, Uuid)> = people
        .iter()
        .flat_map(|person| person.words.iter().map(|word| (word.as_str(), person.kind, person.id)))
        .collect();
    // In the order of the index, so that its pages are written once.
    rows.sort_unstable();
    rows.dedup();
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        // Not by numbered placeholders: SQLite looks each of those up among all others.
        let mut insert = Query::insert();
        insert.into_table("search_words").columns(["school_id", "word", "person_kind", "person_id"]);
        for (word, kind, id) in chunk {
            insert.values_panic([school.0.into(), (*word).into(), kind.name().into(), (*id).into()]);
        }
        tx.unaudited().execute(&insert).await?;
    }
    tx.grew("search_words", rows.len());
    Ok(())
}

/// `$from, $from+1, …`: the placeholders of an `IN` list.
pub fn placeholders(from: usize, count: usize) -> String {
    (from..from + count).map(|i| format!("${i}")).collect::<Vec<_>>().join(",")
}

/// Brings the words of all people in step whom these changes touched; for changes that were not made by a feature's own
/// code, as an undo's.
pub async fn reindex(tx: &Transaction<'_>, changes: &[Change]) -> Result<()> {
    let touched = |table: &str| -> Vec<(SchoolId, Uuid)> {
        let of_table = changes.iter().filter(|change| change.table == table);
        of_table.filter_map(|change| Some((change.school?, change.row))).collect()
    };
    let db = tx.reader();
    let mut people: Vec<(SchoolId, Indexed)> = Vec::new();
    let (of_students, of_guardians, of_staff) = (touched("students"), touched("guardians"), touched("staff"));
    for chunk in of_students.chunks(IDS_PER_STATEMENT) {
        let ids = chunk.iter().map(|(_, id)| StudentId(*id));
        let rows = students::Entity::find().filter(students::Column::Id.is_in(ids)).all(db).await?;
        people.extend(rows.iter().map(|row| (row.school_id, Indexed::student(row))));
    }
    for chunk in of_guardians.chunks(IDS_PER_STATEMENT) {
        let ids = chunk.iter().map(|(_, id)| GuardianId(*id));
        let rows = guardians::Entity::find().filter(guardians::Column::Id.is_in(ids)).all(db).await?;
        people.extend(rows.iter().map(|row| (row.school_id, Indexed::guardian(row))));
    }
    for chunk in of_staff.chunks(IDS_PER_STATEMENT) {
        let ids = chunk.iter().map(|(_, id)| StaffId(*id));
        let rows = staff::Entity::find().filter(staff::Column::Id.is_in(ids)).all(db).await?;
        people.extend(rows.iter().map(|row| (row.school_id, Indexed::staff(row))));
    }
    let all: Vec<(SchoolId, Uuid)> = [of_students, of_guardians, of_staff].concat();
    let schools: BTreeSet<SchoolId> = all.iter().map(|(school, _)| *school).collect();
    for school in schools {
        // Rows that are gone are only forgotten.
        forget(tx, school, all.iter().filter(|(at, _)| *at == school).map(|(_, id)| *id).collect()).await?;
        let (of_school, others) = people.into_iter().partition(|(at, _)| *at == school);
        people = others;
        let of_school: Vec<(SchoolId, Indexed)> = of_school;
        let indexed: Vec<Indexed> = of_school.into_iter().map(|(_, person)| person).collect();
        insert_words(tx, school, &indexed).await?;
    }
    Ok(())
}
