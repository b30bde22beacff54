//! Consent to face recognition: recorded before anything is enrolled, withdrawn with everything that it allowed.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Value,
};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{consents, students};
use store::ids::{ClassId, ConsentId, SchoolId, StudentId};

use super::vault::{delete_templates, scrub};
use crate::attendance::live::people_changed;
use crate::error::Invalid;
use crate::paging::page_size;
use crate::people::bulk::placeholders;
use crate::schools::{load_settings, school_day};
use crate::{Context, Error, ErrorCode, Operation, Page, Reach, Result, transact};

/// Input of [`record_consent`].
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordConsent {
    pub student: StudentId,
    /// The name of who gave it: a guardian, or the student where old enough.
    pub given_by: String,
    /// What that person is to the student.
    pub relationship: String,
    /// The version of the school's wording that was shown.
    pub wording_version: String,
}

/// A student.
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct OfFaces {
    pub student: StudentId,
}

/// A consent that stands.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct StandingConsent {
    pub given_by: String,
    pub relationship: String,
    pub wording_version: String,
    pub given_at: DateTime<Utc>,
}

/// What was deleted with a consent, or by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct DeletedFaces {
    pub templates: u32,
    /// Whether the database's own log is clean already; if not, it is as soon as nobody reads from it.
    pub scrubbed: bool,
}

/// The error of every operation that needs face recognition while the school has it off.
pub(crate) async fn need_faces_on(db: &impl ConnectionTrait, school: SchoolId) -> Result<crate::schools::Settings> {
    let settings = load_settings(db, school).await?;
    if settings.face_recognition {
        return Ok(settings);
    }
    Err(Error::new(ErrorCode::FacesOff, "Face recognition is off in this school.")
        .help("An administrator turns it on in the settings, with the wording to which guardians agree."))
}

/// The newest consent of a student that stands.
pub(super) async fn standing(
    db: &impl ConnectionTrait,
    school: SchoolId,
    student: StudentId,
) -> Result<Option<consents::Model>> {
    Ok(consents::Entity::find()
        .filter(consents::Column::SchoolId.eq(school))
        .filter(consents::Column::StudentId.eq(student))
        .filter(consents::Column::WithdrawnAt.is_null())
        .order_by_desc(consents::Column::GivenAt)
        .one(db)
        .await?)
}

/// Makes everybody else who changes this student's consent or templates wait for this transaction.
pub(super) async fn lock_student(tx: &Transaction<'_>, student: StudentId) -> Result<()> {
    let locked = students::Entity::find_by_id(student).lock_exclusive().one(tx.reader()).await?;
    locked.map(|_| ()).ok_or_else(|| Error::not_found("student"))
}

/// Records who agreed to what. The wording that was shown must be the school's present one.
pub async fn record_consent(context: &Context, input: RecordConsent) -> Result<StandingConsent> {
    let access = context.permit(Operation::record_consent)?;
    let db = context.store().reader();
    let student = access.student(db, input.student).await?;
    let settings = need_faces_on(db, student.school_id).await?;
    let mut invalid = Invalid::default();
    let given_by = invalid.text("givenBy", &input.given_by, 120);
    let relationship = invalid.text("relationship", &input.relationship, 60);
    if input.wording_version != settings.face_policy_version {
        let message = "The school's wording has changed: show the present one, then record the answer.";
        invalid.push("wordingVersion", "outdated", message);
    }
    if student.deleted_at.is_some() {
        invalid.push("student", "deleted", "Restore the student first.");
    }
    invalid.check()?;
    let row = consents::Model {
        id: ConsentId::new(),
        school_id: student.school_id,
        student_id: student.id,
        given_by,
        relationship,
        wording: settings.face_policy,
        wording_version: settings.face_policy_version,
        given_at: context.now(),
        recorded_by: Some(context.actor()?.user),
        withdrawn_at: None,
        version: 1,
    };
    let (row, _) =
        transact(context, Operation::record_consent, async |tx| Ok(tx.insert::<consents::Entity>(row).await?)).await?;
    Ok(StandingConsent {
        given_by: row.given_by,
        relationship: row.relationship,
        wording_version: row.wording_version,
        given_at: row.given_at,
    })
}

/// Ends every consent of a student and deletes the templates at once, also from the database's own log and from running
/// cameras. It works while face recognition is off, and cannot be undone.
pub async fn withdraw_consent(context: &Context, input: OfFaces) -> Result<DeletedFaces> {
    let access = context.permit(Operation::withdraw_consent)?;
    let student = access.student(context.store().reader(), input.student).await?;
    let now = context.now();
    let (templates, _) = transact(context, Operation::withdraw_consent, async |tx| {
        lock_student(tx, student.id).await?;
        let given = consents::Entity::find()
            .filter(consents::Column::SchoolId.eq(student.school_id))
            .filter(consents::Column::StudentId.eq(student.id))
            .filter(consents::Column::WithdrawnAt.is_null())
            .all(tx.reader())
            .await?;
        for before in given {
            let after = consents::Model { withdrawn_at: Some(now), ..before.clone() };
            tx.update::<consents::Entity>(&before, after).await?;
        }
        delete_templates(tx, student.school_id, student.id).await
    })
    .await?;
    forget(context, &student, templates).await
}

/// Deletes a student's templates; the consent stays.
pub async fn delete_faces(context: &Context, input: OfFaces) -> Result<DeletedFaces> {
    let access = context.permit(Operation::delete_faces)?;
    let student = access.student(context.store().reader(), input.student).await?;
    let (templates, _) = transact(context, Operation::delete_faces, async |tx| {
        lock_student(tx, student.id).await?;
        delete_templates(tx, student.school_id, student.id).await
    })
    .await?;
    forget(context, &student, templates).await
}

async fn forget(context: &Context, student: &students::Model, templates: u32) -> Result<DeletedFaces> {
    people_changed(&context.services, student.school_id)?;
    Ok(DeletedFaces { templates, scrubbed: scrub(context).await? })
}

/// Input of [`consent_state`].
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ConsentState {
    pub school: SchoolId,
    pub class: Option<ClassId>,
    /// Only those who have no consent (`false`) or have one (`true`).
    pub consented: Option<bool>,
    #[ts(type = "number | null")]
    pub offset: Option<u64>,
    #[ts(type = "number | null")]
    pub limit: Option<u64>,
}

/// How far a student has come.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct FaceState {
    pub student: StudentId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub native_name: Option<String>,
    pub consent: Option<StandingConsent>,
    /// Whether the consent is to the present wording.
    pub consent_current: bool,
    /// Templates that can be compared.
    pub templates: u32,
    /// Templates of a former model: enrol again.
    pub outdated_templates: u32,
    pub enrolled_at: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct StateRow {
    id: StudentId,
    number: String,
    given_name: String,
    family_name: String,
    native_name: Option<String>,
}

/// Consent and enrolment of each student within reach, by name.
pub async fn consent_state(context: &Context, input: ConsentState) -> Result<Page<FaceState>> {
    let access = context.permit(Operation::consent_state)?;
    let reach = access.at(input.school)?;
    let db = context.store().reader();
    let today = school_day(context, db, input.school).await?;
    let classes = match (input.class, reach) {
        (Some(class), _) => Some(vec![access.class(db, class).await?.id]),
        (None, Reach::School) => None,
        (None, _) => Some(access.taught_classes(db, input.school).await?),
    };
    let (filter, mut values) = filter(&input, classes.as_deref(), today);
    let count = context.store().statement(&format!("SELECT COUNT(*) FROM students s WHERE {filter}"), values.clone());
    let total: i64 = match db.query_one_raw(count).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => 0,
    };
    let (limit, offset) = (values.len() + 1, values.len() + 2);
    let pages = |number: u64| Value::from(i64::try_from(number).unwrap_or(i64::MAX));
    values.extend([pages(page_size(input.limit)), pages(input.offset.unwrap_or(0))]);
    let sql = format!(
        "SELECT s.id, s.number, s.given_name, s.family_name, s.native_name FROM students s WHERE {filter} \
         ORDER BY s.sort_name, s.id LIMIT ${limit} OFFSET ${offset}"
    );
    let rows = StateRow::find_by_statement(context.store().statement(&sql, values)).all(db).await?;
    let rows = states(context, input.school, rows).await?;
    Ok(Page { rows, total: u64::try_from(total).unwrap_or(0) })
}

fn filter(input: &ConsentState, classes: Option<&[ClassId]>, today: NaiveDate) -> (String, Vec<Value>) {
    let mut sql = "s.school_id = $1 AND s.deleted_at IS NULL".to_owned();
    let mut values: Vec<Value> = vec![input.school.into()];
    match classes {
        Some([]) => sql.push_str(" AND 1 = 0"),
        Some(classes) => {
            values.push(today.into());
            let list = placeholders(3, classes.len());
            values.extend(classes.iter().map(|class| Value::from(*class)));
            sql.push_str(&format!(
                " AND s.id IN (SELECT e.student_id FROM enrolments e WHERE e.school_id = $1 AND e.class_id IN ({list}) \
                 AND e.start_date <= $2 AND (e.end_date IS NULL OR e.end_date >= $2))"
            ));
        }
        None => {}
    }
    if let Some(consented) = input.consented {
        let not = if consented { "" } else { "NOT " };
        sql.push_str(&format!(
            " AND {not}EXISTS (SELECT 1 FROM consents c WHERE c.school_id = $1 AND c.student_id = s.id \
             AND c.withdrawn_at IS NULL)"
        ));
    }
    (sql, values)
}

#[derive(FromQueryResult)]
struct Counted {
    student_id: StudentId,
    model_version: String,
    templates: i64,
    enrolled_at: DateTime<Utc>,
}

async fn states(context: &Context, school: SchoolId, rows: Vec<StateRow>) -> Result<Vec<FaceState>> {
    let db = context.store().reader();
    let settings = load_settings(db, school).await?;
    let ids: Vec<StudentId> = rows.iter().map(|row| row.id).collect();
    let given = consents::Entity::find()
        .filter(consents::Column::SchoolId.eq(school))
        .filter(consents::Column::StudentId.is_in(ids.iter().copied()))
        .filter(consents::Column::WithdrawnAt.is_null())
        .order_by_desc(consents::Column::GivenAt)
        .all(db)
        .await?;
    let mut values: Vec<Value> = vec![school.into()];
    values.extend(ids.iter().map(|id| Value::from(*id)));
    let list = if ids.is_empty() { "NULL".to_owned() } else { placeholders(2, ids.len()) };
    let sql = format!(
        "SELECT student_id, model_version, COUNT(*) AS templates, MAX(created_at) AS enrolled_at FROM face_templates \
         WHERE school_id = $1 AND student_id IN ({list}) GROUP BY student_id, model_version"
    );
    let counted = Counted::find_by_statement(context.store().statement(&sql, values)).all(db).await?;
    // Without models nothing can be compared, but what is held can be shown all the same.
    let version = super::engine::template_version(&context.services.folders);
    Ok(rows
        .into_iter()
        .map(|row| {
            let consent = given.iter().find(|consent| consent.student_id == row.id);
            let own = || counted.iter().filter(|counted| counted.student_id == row.id);
            let is_current = |counted: &&Counted| version.as_ref().is_none_or(|now| counted.model_version == *now);
            let sum = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
            FaceState {
                student: row.id,
                consent_current: consent.is_some_and(|c| c.wording_version == settings.face_policy_version),
                consent: consent.map(|consent| StandingConsent {
                    given_by: consent.given_by.clone(),
                    relationship: consent.relationship.clone(),
                    wording_version: consent.wording_version.clone(),
                    given_at: consent.given_at,
                }),
                templates: sum(own().filter(is_current).map(|counted| counted.templates).sum()),
                outdated_templates: sum(own().filter(|c| !is_current(c)).map(|counted| counted.templates).sum()),
                enrolled_at: own().map(|counted| counted.enrolled_at).max(),
                number: row.number,
                given_name: row.given_name,
                family_name: row.family_name,
                native_name: row.native_name,
            }
        })
        .collect())
}
