//! Notes of a student that not everybody may read: what is to be done about an illness, how somebody behaved, what was said in
//! confidence. Each kind has a table of its own, since a table says who reads what became of its rows.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{behaviour_notes, medical_notes, pastoral_notes};
use store::ids::{BehaviourNoteId, MedicalNoteId, PastoralNoteId, SchoolId, StudentId, UserId};
use store::same_version;
use words::refusals;

use super::names::user_names;
use super::student::OfStudent;
use crate::error::Invalid;
use crate::permission::rules::{LEADERS, MEDICAL, PASTORAL};
use crate::schools::school_day;
use crate::{Access, Call, Context, Error, Reach, Result, Save, Undoable};

/// The longest text of a note, in characters.
const LONGEST: usize = 4_000;
/// The longest name of an illness or a medicine, in characters.
const LONGEST_NAME: usize = 200;

/// What is to be known of a student's health.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MedicalNote {
    pub id: MedicalNoteId,
    pub condition: String,
    /// What whoever is there does.
    pub what_to_do: String,
    pub medicine: Option<String>,
    pub by: Option<String>,
    pub at: DateTime<Utc>,
    pub version: i32,
}

/// Input of [`save_medical_note`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveMedicalNote {
    pub student: StudentId,
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<MedicalNoteId>,
    pub condition: String,
    pub what_to_do: String,
    pub medicine: Option<String>,
}

/// Input of [`delete_medical_note`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeleteMedicalNote {
    pub note: MedicalNoteId,
    /// The version that the person saw.
    pub version: i32,
}

/// Who may see and write what is said of health, in a school.
fn medical(context: &Context) -> Result<Access> {
    Access::by_rule(context.actor()?, MEDICAL, context.now())
}

/// The medical notes of a student, the newest first.
pub(super) async fn list_medical_notes(call: &Call, input: OfStudent) -> Result<Vec<MedicalNote>> {
    let db = call.store().reader();
    let student = call.access().student(db, input.student).await?;
    let rows = medical_notes::Entity::find()
        .filter(medical_notes::Column::SchoolId.eq(student.school_id))
        .filter(medical_notes::Column::StudentId.eq(student.id))
        .order_by_desc(medical_notes::Column::UpdatedAt)
        .all(db)
        .await?;
    let names = user_names(db, rows.iter().filter_map(|row| row.updated_by)).await?;
    Ok(rows
        .into_iter()
        .map(|row| MedicalNote {
            id: row.id,
            condition: row.condition,
            what_to_do: row.what_to_do,
            medicine: row.medicine,
            by: row.updated_by.and_then(|user| names.get(&user).cloned()),
            at: row.updated_at,
            version: row.version,
        })
        .collect())
}

/// Which of these students have a medical note that whoever asks may read; for a sign that opens it.
pub async fn with_medical_note(
    context: &Context,
    db: &impl ConnectionTrait,
    school: SchoolId,
    students: &[StudentId],
) -> Result<HashSet<StudentId>> {
    let Ok(access) = medical(context) else { return Ok(HashSet::new()) };
    let Ok(reach) = access.at(school) else { return Ok(HashSet::new()) };
    let mut found = HashSet::new();
    for some in students.chunks(500) {
        let rows = medical_notes::Entity::find()
            .filter(medical_notes::Column::SchoolId.eq(school))
            .filter(medical_notes::Column::StudentId.is_in(some.iter().copied()))
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(|row| row.student_id));
    }
    if reach == Reach::School {
        return Ok(found);
    }
    let mut reached = HashSet::new();
    for student in found {
        // Who has left the class since is reached no longer.
        if access.student(db, student).await.is_ok() {
            reached.insert(student);
        }
    }
    Ok(reached)
}

/// Writes a medical note, or changes one.
pub(super) async fn save_medical_note(call: &Call, input: SaveMedicalNote) -> Result<Undoable> {
    let student = call.access().student(call.store().reader(), input.student).await?;
    let mut invalid = Invalid::default();
    let condition = invalid.text("condition", &input.condition, LONGEST_NAME);
    let what_to_do = invalid.text("whatToDo", &input.what_to_do, LONGEST);
    let medicine = invalid.optional("medicine", input.medicine.as_deref(), LONGEST_NAME);
    invalid.check()?;
    let row = medical_notes::Model {
        id: input.save.id().unwrap_or_else(MedicalNoteId::new),
        school_id: student.school_id,
        student_id: student.id,
        condition,
        what_to_do,
        medicine,
        updated_by: Some(call.actor()?.user),
        updated_at: call.now(),
        version: 1,
    };
    let ((), undo) = call
        .transact(async |tx| {
            let Some(seen) = input.save.seen() else {
                tx.insert::<medical_notes::Entity>(row).await?;
                return Ok(());
            };
            let before = medical_notes::Entity::find_by_id(row.id)
                .filter(medical_notes::Column::StudentId.eq(student.id))
                .one(tx.reader())
                .await?
                .ok_or_else(gone)?;
            tx.update::<medical_notes::Entity>(&medical_notes::Model { version: seen, ..before }, row).await?;
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// Deletes a medical note.
pub(super) async fn delete_medical_note(call: &Call, input: DeleteMedicalNote) -> Result<Undoable> {
    let find = || medical_notes::Entity::find_by_id(input.note);
    let found = find().one(call.store().reader()).await?.ok_or_else(gone)?;
    call.access().student(call.store().reader(), found.student_id).await?;
    let ((), undo) = call
        .transact(async |tx| {
            let row = find().one(tx.reader()).await?.ok_or_else(gone)?;
            same_version::<medical_notes::Entity>(&row, input.version)?;
            Ok(tx.delete::<medical_notes::Entity>(&row).await?)
        })
        .await?;
    Ok(Undoable { undo })
}

fn gone() -> Error {
    Error::not_found(refusals::gone::note())
}

/// Who may change what somebody wrote: they themselves, and who leads the school.
pub fn may_change_note(context: &Context, school: SchoolId, author: Option<UserId>) -> Result<bool> {
    let actor = context.actor()?;
    let leads = Access::by_rule(actor, LEADERS, context.now()).and_then(|access| access.at(school)).is_ok();
    Ok(leads || author == Some(actor.user))
}

/// Declares a kind of dated notes: how it is listed, written and deleted. The kinds are alike but for who may.
macro_rules! dated {
    ($(#[$about:meta])* $table:ident, $id:ident, $note:ident, $save:ident, $delete:ident, $list_fn:ident,
     $save_fn:ident, $delete_fn:ident, $own:expr) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $note {
            pub id: $id,
            pub day: NaiveDate,
            pub body: String,
            /// When somebody looks at it again.
            pub follow_up: Option<NaiveDate>,
            pub by: Option<String>,
            /// Whether whoever asks may change and delete it.
            pub may_change: bool,
            pub version: i32,
        }

        /// A note that is written or changed.
        #[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
        #[serde(rename_all = "camelCase")]
        #[ts(optional_fields = nullable)]
        pub struct $save {
            pub student: StudentId,
            #[serde(flatten)]
            #[ts(flatten)]
            pub save: Save<$id>,
            /// Today at the latest.
            pub day: NaiveDate,
            pub body: String,
            /// Not before the day of the note.
            pub follow_up: Option<NaiveDate>,
        }

        /// A note that is deleted.
        #[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $delete {
            pub note: $id,
            /// The version that the person saw.
            pub version: i32,
        }

        pub(super) async fn $list_fn(call: &Call, input: OfStudent) -> Result<Vec<$note>> {
            let db = call.store().reader();
            let student = call.access().student(db, input.student).await?;
            let mut found = $table::Entity::find()
                .filter($table::Column::SchoolId.eq(student.school_id))
                .filter($table::Column::StudentId.eq(student.id));
            let own: fn(&Call, SchoolId) -> Result<bool> = $own;
            if own(call, student.school_id)? {
                found = found.filter($table::Column::WrittenBy.eq(call.actor()?.user));
            }
            let rows = found.order_by_desc($table::Column::Date).order_by_desc($table::Column::Id).all(db).await?;
            let names = user_names(db, rows.iter().filter_map(|row| row.written_by)).await?;
            rows.into_iter()
                .map(|row| {
                    Ok($note {
                        id: row.id,
                        day: row.date,
                        follow_up: row.follow_up_date,
                        by: row.written_by.and_then(|user| names.get(&user).cloned()),
                        may_change: may_change_note(call, student.school_id, row.written_by)?,
                        body: row.body,
                        version: row.version,
                    })
                })
                .collect()
        }

        pub(super) async fn $save_fn(call: &Call, input: $save) -> Result<Undoable> {
            let db = call.store().reader();
            let student = call.access().student(db, input.student).await?;
            let mut invalid = Invalid::default();
            let body = invalid.text("body", &input.body, LONGEST);
            if input.day > school_day(call, db, student.school_id).await? {
                invalid.push("day", "future", refusals::people::note_in_future());
            }
            if input.follow_up.is_some_and(|day| day < input.day) {
                invalid.push("followUp", "before_day", refusals::people::follow_up_before_day());
            }
            invalid.check()?;
            let ((), undo) = call
                .transact(async |tx| {
                    let Save::Change { id, version } = input.save else {
                        let row = $table::Model {
                            id: $id::new(),
                            school_id: student.school_id,
                            student_id: student.id,
                            date: input.day,
                            body,
                            follow_up_date: input.follow_up,
                            written_by: Some(call.actor()?.user),
                            written_at: call.now(),
                            version: 1,
                        };
                        tx.insert::<$table::Entity>(row).await?;
                        return Ok(());
                    };
                    let before = $table::Entity::find_by_id(id)
                        .filter($table::Column::StudentId.eq(student.id))
                        .one(tx.reader())
                        .await?
                        .ok_or_else(gone)?;
                    if !may_change_note(call, student.school_id, before.written_by)? {
                        return Err(Error::forbidden());
                    }
                    let before = $table::Model { version, ..before };
                    let after =
                        $table::Model { date: input.day, body, follow_up_date: input.follow_up, ..before.clone() };
                    tx.update::<$table::Entity>(&before, after).await?;
                    Ok(())
                })
                .await?;
            Ok(Undoable { undo })
        }

        pub(super) async fn $delete_fn(call: &Call, input: $delete) -> Result<Undoable> {
            let find = || $table::Entity::find_by_id(input.note);
            let found = find().one(call.store().reader()).await?.ok_or_else(gone)?;
            call.access().student(call.store().reader(), found.student_id).await?;
            let ((), undo) = call
                .transact(async |tx| {
                    let row = find().one(tx.reader()).await?.ok_or_else(gone)?;
                    if !may_change_note(call, row.school_id, row.written_by)? {
                        return Err(Error::forbidden());
                    }
                    same_version::<$table::Entity>(&row, input.version)?;
                    Ok(tx.delete::<$table::Entity>(&row).await?)
                })
                .await?;
            Ok(Undoable { undo })
        }
    };
}

dated!(
    /// What somebody of the staff noted of how a student behaved.
    behaviour_notes, BehaviourNoteId, BehaviourNote, SaveBehaviourNote, DeleteBehaviourNote, list_behaviour_notes,
    save_behaviour_note, delete_behaviour_note, |_, _| Ok(false)
);

dated!(
    /// What a leader or counsellor noted in confidence.
    pastoral_notes, PastoralNoteId, PastoralNote, SavePastoralNote, DeletePastoralNote, list_pastoral_notes,
    save_pastoral_note, delete_pastoral_note, |call, school| {
        // Whoever wrote one as a counsellor reads it still; of the others nothing.
        let access = Access::by_rule(call.actor()?, PASTORAL, call.now());
        Ok(access.and_then(|access| access.at(school)) != Ok(Reach::School))
    }
);
