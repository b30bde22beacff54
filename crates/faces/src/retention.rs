//! What goes by itself: faces of students who left, faces without a consent that stands, evidence and photographs that the
//! school does not keep (any longer).

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Value};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{evidence_frames, face_photographs, face_templates, schools, students};
use store::ids::{SchoolId, StudentId};
use words::refusals;

use super::allowed::{allowed, ever_allowed};
use super::erased::{delete_again, erased};
use super::vault::{Gone, delete_held, delete_unused_key, scrub, scrub_copies};
use crate::accounts::Nothing;
use crate::look_at_clock;
use crate::people::bulk::placeholders;
use crate::schools::{Settings, load_settings, school_heads, zone_of};
use crate::{Call, Context, Device, Error, Result, Services};

/// What went by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PurgedFaces {
    /// Students of whom nothing is held any more.
    pub students: u32,
    pub templates: u32,
    pub photographs: u32,
    pub evidence: u32,
    /// Whether the database's own log is clean already.
    pub scrubbed: bool,
}

/// The day on which faces go: when the consent ends, or so many days after the student left, whichever is first; today
/// where there is no consent.
pub(super) fn goes_on(
    consent_ends: Option<NaiveDate>,
    left: Option<NaiveDate>,
    settings: &Settings,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let Some(ends) = consent_ends else { return Some(today) };
    let kept = Duration::days(settings.face_retention_days.into());
    Some(left.map_or(ends, |left| ends.min(left + kept)))
}

#[derive(FromQueryResult)]
struct LastDay {
    student_id: StudentId,
    last_end: Option<NaiveDate>,
    open: i64,
}

/// Since when each of these students has left the school: deleted, after the last day there, or in no class any more.
/// Those who have not are left out, and so are those who were never in a class.
pub(super) async fn left_since(
    context: &Context,
    db: &impl ConnectionTrait,
    school: SchoolId,
    today: NaiveDate,
    students: &[students::Model],
) -> Result<HashMap<StudentId, NaiveDate>> {
    let zone = zone_of(db, school).await?;
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let mut left: HashMap<StudentId, NaiveDate> = HashMap::new();
    let mut note = |student: StudentId, since: NaiveDate| {
        left.entry(student).and_modify(|known| *known = since.min(*known)).or_insert(since);
    };
    for chunk in students.chunks(500) {
        let mut values: Vec<Value> = vec![school.into()];
        values.extend(chunk.iter().map(|student| Value::from(student.id)));
        let sql = format!(
            "SELECT student_id, MAX(end_date) AS last_end, SUM(CASE WHEN end_date IS NULL THEN 1 ELSE 0 END) AS open \
             FROM enrolments WHERE school_id = $1 AND student_id IN ({}) GROUP BY student_id",
            placeholders(2, chunk.len())
        );
        let leaving: Vec<StudentId> =
            chunk.iter().filter(|student| student.last_day.is_some()).map(|student| student.id).collect();
        for row in LastDay::find_by_statement(context.store().statement(&sql, values)).all(db).await? {
            if leaving.contains(&row.student_id) {
                continue;
            }
            if let Some(end) = row.last_end.filter(|end| row.open == 0 && *end < today) {
                note(row.student_id, end);
            }
        }
    }
    for student in students {
        if let Some(deleted) = student.deleted_at {
            note(student.id, day(deleted));
        }
    }
    for student in students {
        // The first day on which the student is not of the school any more.
        if let Some(day) = student.last_day.and_then(|last| last.succ_opt()).filter(|day| *day <= today) {
            note(student.id, day);
        }
    }
    Ok(left)
}

/// Deletes what is due in the schools within reach.
pub(super) async fn purge_faces(call: &Call, _: Nothing) -> Result<PurgedFaces> {
    let access = call.access();
    let mut schools = Vec::new();
    for school in access.schools() {
        access.whole_school(school)?;
        schools.push(school);
    }
    match look_at_clock(&call.services).await? {
        Some(doubt) => Err(doubt.error()),
        None => purge_schools(call, schools).await,
    }
}

/// Deletes what is due in every school, as the system's own act: at the start of the program and daily.
///
/// # Errors
/// [`crate::ErrorCode::Clock`] while the clock is not believed: then nothing is deleted.
pub async fn purge_due(services: &Arc<Services>, device: Device) -> Result<PurgedFaces> {
    if let Some(doubt) = look_at_clock(services).await? {
        return Err(doubt.error());
    }
    let context = Context::anonymous(services.clone(), device);
    let schools = school_heads(services.store.reader(), Condition::all()).await?;
    let purged = purge_schools(&context, schools.into_iter().map(|school| school.id).collect()).await?;
    // Copies that could not be cleaned when something was deleted.
    let copies = scrub_copies(&context).await;
    Ok(PurgedFaces { scrubbed: purged.scrubbed && copies, ..purged })
}

/// The same for these schools; the caller has asked for permission. While the clock is not believed only that goes which
/// no time decides: what nobody allows any more, and photographs that the school does not keep.
/// What is wrong with one school keeps no other waiting: all others are done, and then it is told.
pub async fn purge_schools(context: &Context, schools: Vec<SchoolId>) -> Result<PurgedFaces> {
    let call = Call::by_itself(context, &super::operations::purge_faces)?;
    let due = look_at_clock(&context.services).await?.is_none();
    let mut all = Gone::default();
    let mut persons = 0;
    let mut failed = None;
    for school in schools {
        let done = call.transact(async |tx| purge_school(context, tx, school, due).await).await;
        match done {
            Ok(((gone, students), _)) => {
                if gone.any() {
                    context.services.faces_changed(school);
                }
                all += gone;
                persons += students;
            }
            Err(error) => {
                tracing::error!(%school, code = ?error.code, "faces that are due in this school stay");
                failed.get_or_insert((school, error));
            }
        }
    }
    let purged = purged(context, all, persons).await;
    if let Some((school, error)) = failed {
        let named =
            school_heads(context.store().reader(), Condition::all().add(schools::Column::Id.eq(school))).await?;
        let name = named.into_iter().next().map(|school| school.name).unwrap_or_default();
        return Err(Error { message: refusals::common::of_school(name, error.message), ..error });
    }
    Ok(purged)
}

/// What to say of deleted rows, once they are unreadable in the files too.
pub(super) async fn purged(context: &Context, gone: Gone, students: u32) -> PurgedFaces {
    let Gone { templates, photographs, evidence } = gone;
    let scrubbed = !gone.any() || scrub(context).await;
    PurgedFaces { students, templates, photographs, evidence, scrubbed }
}

/// `due`: also what goes because its time has come.
pub(super) async fn purge_school(
    context: &Context,
    tx: &mut Transaction<'_>,
    school: SchoolId,
    due: bool,
) -> Result<(Gone, u32)> {
    let held = held_students(tx.reader(), school).await?;
    let settings = load_settings(tx.reader(), school).await?;
    let mut gone = Gone::default();
    let mut students = 0;
    if !held.is_empty() {
        // Of a school that was taken back, too: what is held of its students is due all the same.
        let today = context.now().with_timezone(&zone_of(tx.reader(), school).await?).date_naive();
        let rows = students::Entity::find()
            .filter(students::Column::SchoolId.eq(school))
            .filter(students::Column::Id.is_in(held))
            .all(tx.reader())
            .await?;
        let allowed = match due {
            true => allowed(context, tx.reader(), school, &settings).await?,
            false => ever_allowed(tx.reader(), school).await?,
        };
        let left = left_since(context, tx.reader(), school, today, &rows).await?;
        let kept = Duration::days(settings.face_retention_days.into());
        for student in rows {
            let over = due && left.get(&student.id).is_some_and(|left| *left + kept <= today);
            if over || !allowed.contains(&student.id) {
                gone += delete_held(tx, school, student.id).await?;
                students += 1;
            }
        }
    }
    gone += purge_kept(context, tx, school, &settings, due).await?;
    // What an older copy of the database brought back.
    gone += delete_again(tx, school, &erased(context).await).await?;
    if gone.any() {
        delete_unused_key(tx, school).await?;
    }
    Ok((gone, students))
}

/// Students of whom anything is held.
async fn held_students(db: &impl ConnectionTrait, school: SchoolId) -> Result<BTreeSet<StudentId>> {
    let templates: Vec<StudentId> = face_templates::Entity::find()
        .select_only()
        .column(face_templates::Column::StudentId)
        .distinct()
        .filter(face_templates::Column::SchoolId.eq(school))
        .into_tuple()
        .all(db)
        .await?;
    let photographs: Vec<StudentId> = face_photographs::Entity::find()
        .select_only()
        .column(face_photographs::Column::StudentId)
        .distinct()
        .filter(face_photographs::Column::SchoolId.eq(school))
        .into_tuple()
        .all(db)
        .await?;
    let evidence: Vec<Option<StudentId>> = evidence_frames::Entity::find()
        .select_only()
        .column(evidence_frames::Column::StudentId)
        .distinct()
        .filter(evidence_frames::Column::SchoolId.eq(school))
        .into_tuple()
        .all(db)
        .await?;
    Ok(templates.into_iter().chain(photographs).chain(evidence.into_iter().flatten()).collect())
}

/// Evidence that is old enough, and photographs that the school does not keep.
async fn purge_kept(
    context: &Context,
    tx: &mut Transaction<'_>,
    school: SchoolId,
    settings: &Settings,
    due: bool,
) -> Result<Gone> {
    let before = context.now() - Duration::days(settings.face_evidence_days.into());
    let of_school = evidence_frames::Entity::find().filter(evidence_frames::Column::SchoolId.eq(school));
    let evidence = match (settings.face_evidence_days, due) {
        // A school that keeps none keeps none, whatever the time.
        (0, _) => of_school.all(tx.reader()).await?,
        (_, true) => of_school.filter(evidence_frames::Column::TakenAt.lte(before)).all(tx.reader()).await?,
        (_, false) => Vec::new(),
    };
    for row in &evidence {
        tx.delete::<evidence_frames::Entity>(row).await?;
    }
    let mut gone = Gone { evidence: evidence.len() as u32, ..Gone::default() };
    if !settings.face_keep_photographs {
        let photographs = face_photographs::Entity::find()
            .filter(face_photographs::Column::SchoolId.eq(school))
            .all(tx.reader())
            .await?;
        for row in &photographs {
            tx.delete::<face_photographs::Entity>(row).await?;
        }
        gone.photographs = photographs.len() as u32;
    }
    Ok(gone)
}
