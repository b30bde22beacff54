//! What a row was when the program wrote it, and an entry of the history, each as a digest that is kept with the history. The
//! same row gives the same digest from memory and from both databases.

use sea_orm::{IdenStatic, Iterable, ModelTrait, Value};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::entities::{Row, RowModel, audit_changes, audit_entries, user_sessions};

/// Sealed bytes have a proof of their own, and are sealed anew when keys change.
const SEALED: [&str; 3] = ["nonce", "ciphertext", "wrapped"];
/// What stays of a sign-in; the rest is written at each use, and not into the history.
const OF_SIGN_IN: [&str; 6] = ["id", "user_id", "token_hash", "device", "address", "created_at"];
/// Came later than rows that prove themselves: it counts from its first value on.
const LATER: [(&str, &str); 20] = [
    ("students", "address"),
    ("students", "contacts"),
    ("guardians", "address"),
    ("guardians", "contacts"),
    ("staff", "address"),
    ("staff", "contacts"),
    ("guardians", "language"),
    ("users", "language"),
    ("classes", "places"),
    ("courses", "description"),
    ("students", "expected_on"),
    ("staff", "first_day"),
    ("staff", "last_day"),
    ("categories", "source_id"),
    ("assessments", "due_date"),
    ("assessments", "period"),
    ("assessments", "source_id"),
    ("marks", "source_id"),
    ("marks", "score_status"),
    ("marks", "score_date"),
];
/// Came later, with a value that a step of the schema gave: it counts from the first change of the row on.
const GIVEN: [(&str, &str); 8] = [
    ("registers", "even_if_no_school"),
    ("classes", "kind"),
    ("guardians", "sort_name"),
    ("guardians", "sort_given"),
    ("students", "last_day"),
    ("guardianships", "may_collect"),
    ("guardianships", "gets_letters"),
    ("guardianships", "no_access"),
];
/// A row that is sealed anew counts it, and is not written into the history.
const RESEALED: &str = "ciphertext";

/// The row's version, and sixteen bytes that are others for whatever other content.
pub(crate) fn of_row<E: Row>(row: &E::Model) -> Vec<u8> {
    of_columns::<E>(row, true)
}

/// The same of a row as it was before the steps that gave it further values.
pub(crate) fn of_row_before<E: Row>(row: &E::Model) -> Vec<u8> {
    of_columns::<E>(row, false)
}

fn of_columns<E: Row>(row: &E::Model, given: bool) -> Vec<u8> {
    let session = E::TABLE == user_sessions::Entity::TABLE;
    let resealed = E::Column::iter().any(|column| column.as_str() == RESEALED);
    let uncounted = session || resealed;
    let mut hash = Sha256::new();
    part(&mut hash, E::TABLE.as_bytes());
    for column in E::Column::iter() {
        let name = column.as_str();
        let left_out = SEALED.contains(&name) || (session && !OF_SIGN_IN.contains(&name));
        if left_out || (uncounted && name == "version") {
            continue;
        }
        let held = row.get(column);
        let empty =
            matches!(held, Value::String(None) | Value::Int(None) | Value::ChronoDate(None) | Value::Json(None));
        if (empty && LATER.contains(&(E::TABLE, name))) || (!given && GIVEN.contains(&(E::TABLE, name))) {
            continue;
        }
        part(&mut hash, name.as_bytes());
        value(&mut hash, &held);
    }
    let version = if uncounted { 0 } else { row.version() };
    let mut digest = version.to_be_bytes().to_vec();
    digest.extend(hash.finalize().iter().take(16));
    digest
}

/// An entry of the history with its changes and what stood before it. Whether it was taken back since is no part of it.
pub fn of_entry(entry: &audit_entries::Model, changes: &[audit_changes::Model]) -> Vec<u8> {
    let mut hash = Sha256::new();
    let audit_entries::Model {
        id,
        school_id,
        operation,
        user_id,
        session_id,
        at,
        undoes,
        writer,
        number,
        previous,
        ..
    } = entry;
    let ids = [Some(id.0), school_id.map(|id| id.0), user_id.map(|id| id.0), session_id.map(|id| id.0)];
    for id in ids.into_iter().chain([undoes.map(|id| id.0), *writer]) {
        value(&mut hash, &Value::Uuid(id));
    }
    part(&mut hash, operation.as_bytes());
    value(&mut hash, &Value::ChronoDateTimeUtc(Some(*at)));
    value(&mut hash, &Value::BigInt(*number));
    value(&mut hash, &Value::Bytes(previous.clone()));
    let mut changes: Vec<&audit_changes::Model> = changes.iter().collect();
    changes.sort_by_key(|change| change.id.0);
    for change in changes {
        let audit_changes::Model { id, school_id, table_name, row_id, kind, before, after, student_id, digest, .. } =
            change;
        for id in [Some(id.0), Some(*row_id), student_id.map(|id| id.0), school_id.map(|id| id.0)] {
            value(&mut hash, &Value::Uuid(id));
        }
        part(&mut hash, table_name.as_bytes());
        part(&mut hash, kind.name().as_bytes());
        for held in [before, after] {
            json(&mut hash, held.as_ref().unwrap_or(&Json::Null));
        }
        value(&mut hash, &Value::Bytes(digest.clone()));
    }
    hash.finalize().to_vec()
}

/// With its length, so that no two rows of parts run into the same bytes.
fn part(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

fn value(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Uuid(Some(id)) => part(hash, id.as_bytes()),
        Value::String(Some(text)) => part(hash, text.as_bytes()),
        Value::Int(Some(number)) => part(hash, &number.to_be_bytes()),
        Value::BigInt(Some(number)) => part(hash, &number.to_be_bytes()),
        Value::Bytes(Some(bytes)) => part(hash, bytes),
        // PostgreSQL keeps a millionth of a second.
        Value::ChronoDateTimeUtc(Some(at)) => part(hash, &at.timestamp_micros().to_be_bytes()),
        Value::Json(Some(held)) => json(hash, held),
        other => part(hash, format!("{other:?}").as_bytes()),
    }
}

/// Whatever order the fields came in.
fn json(hash: &mut Sha256, held: &Json) {
    match held {
        Json::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| name.as_str());
            part(hash, b"{");
            for (name, held) in &fields {
                part(hash, name.as_bytes());
                json(hash, held);
            }
            part(hash, b"}");
        }
        Json::Array(items) => {
            part(hash, b"[");
            items.iter().for_each(|held| json(hash, held));
            part(hash, b"]");
        }
        other => part(hash, other.to_string().as_bytes()),
    }
}
