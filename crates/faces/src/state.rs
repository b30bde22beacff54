//! How far each student has come: consent, objection, enrolment, and when it all goes by itself.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Value};
use serde::{Deserialize, Serialize};
use store::entities::{consents, face_objections, students};
use store::ids::{ClassId, GuardianId, SchoolId, StudentId};

use super::allowed::consents_since;
use super::consent::{StandingConsent, years};
use super::retention::{goes_on, left_since};
use crate::paging::page_size;
use crate::people::bulk::placeholders;
use crate::people::{PersonKind, has_word, typed_words};
use crate::schools::{load_settings, school_day};
use crate::{Call, Context, Page, Reach, Result};

/// Input of [`consent_state`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ConsentState {
    pub school: SchoolId,
    pub class: Option<ClassId>,
    /// Only this student.
    pub student: Option<StudentId>,
    /// Beginnings of words of name or number; all must be found.
    pub search: Option<String>,
    /// Only those who have no consent that can be used (`false`) or have one (`true`).
    pub consented: Option<bool>,
    #[ts(type = "number | null")]
    pub offset: Option<u64>,
    #[ts(type = "number | null")]
    pub limit: Option<u64>,
}

/// Who may decide for a student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FaceGuardian {
    pub id: GuardianId,
    pub name: String,
    pub relationship: String,
}

/// How far a student has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FaceState {
    pub student: StudentId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub native_name: Option<String>,
    /// The consent that stands; while there is an objection it is not used.
    pub consent: Option<StandingConsent>,
    /// Whether the consent is to the present wording.
    pub consent_current: bool,
    /// When the last consent ended by itself, where none stands now.
    pub consent_ended: Option<DateTime<Utc>>,
    /// Since when the student's own no stands; it overrides every consent.
    pub objection: Option<DateTime<Utc>>,
    /// Whether the student is old enough to consent without a guardian.
    pub may_consent: bool,
    /// The guardian who is called first stands first.
    pub guardians: Vec<FaceGuardian>,
    /// Templates that can be compared.
    pub templates: u32,
    /// Templates of a former model: enrol again, or make them again from kept photographs.
    pub outdated_templates: u32,
    /// Kept photographs of the enrolment.
    pub photographs: u32,
    /// Kept camera pictures.
    pub evidence: u32,
    pub enrolled_at: Option<DateTime<Utc>>,
    /// The day on which what is held goes by itself, as things stand.
    pub goes_on: Option<NaiveDate>,
}

/// Consent and enrolment of each student within reach, by name.
pub(super) async fn consent_state(call: &Call, input: ConsentState) -> Result<Page<FaceState>> {
    let access = call.access();
    let reach = access.at(input.school)?;
    let db = call.store().reader();
    let today = school_day(call, db, input.school).await?;
    let classes = match (input.class, reach) {
        (Some(class), _) => Some(vec![access.class(db, class).await?.id]),
        (None, Reach::School) => None,
        (None, _) => Some(access.taught_classes(db, input.school).await?),
    };
    let settings = load_settings(db, input.school).await?;
    let since = consents_since(call.now(), &settings);
    let (filter, mut values) = filter(&input, classes.as_deref(), today, since);
    let count = call.store().statement(&format!("SELECT COUNT(*) FROM students s WHERE {filter}"), values.clone());
    let total: i64 = match db.query_one_raw(count).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => 0,
    };
    let sort = settings.name_order.column();
    let (limit, offset) = (values.len() + 1, values.len() + 2);
    let pages = |number: u64| Value::from(i64::try_from(number).unwrap_or(i64::MAX));
    values.extend([pages(page_size(input.limit)), pages(input.offset.unwrap_or(0))]);
    let sql =
        format!("SELECT s.* FROM students s WHERE {filter} ORDER BY s.{sort}, s.id LIMIT ${limit} OFFSET ${offset}");
    let rows = students::Entity::find().from_raw_sql(call.store().statement(&sql, values)).all(db).await?;
    let rows = states(call, input.school, today, rows).await?;
    Ok(Page { rows, total: u64::try_from(total).unwrap_or(0) })
}

fn filter(
    input: &ConsentState,
    classes: Option<&[ClassId]>,
    today: NaiveDate,
    since: DateTime<Utc>,
) -> (String, Vec<Value>) {
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
    if let Some(student) = input.student {
        values.push(student.into());
        sql.push_str(&format!(" AND s.id = ${}", values.len()));
    }
    for word in typed_words(input.search.as_deref().unwrap_or_default()) {
        sql.push_str(&format!(" AND {}", has_word("s.id", PersonKind::Student, &word, &mut values)));
    }
    if let Some(consented) = input.consented {
        values.push(since.into());
        let not = if consented { "" } else { "NOT " };
        sql.push_str(&format!(
            " AND {not}(EXISTS (SELECT 1 FROM consents c WHERE c.school_id = $1 AND c.student_id = s.id \
             AND c.withdrawn_at IS NULL AND c.given_at > ${}) \
             AND NOT EXISTS (SELECT 1 FROM face_objections o WHERE o.school_id = $1 AND o.student_id = s.id \
             AND o.withdrawn_at IS NULL))",
            values.len()
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

#[derive(FromQueryResult)]
struct Kept {
    student_id: StudentId,
    rows: i64,
}

/// How many rows of a table each of these students has.
async fn kept(context: &Context, table: &str, school: SchoolId, ids: &[StudentId]) -> Result<HashMap<StudentId, u32>> {
    let (list, values) = of_students(school, ids);
    let sql = format!(
        "SELECT student_id, COUNT(*) AS rows FROM {table} WHERE school_id = $1 AND student_id IN ({list}) \
         GROUP BY student_id"
    );
    let rows = Kept::find_by_statement(context.store().statement(&sql, values)).all(context.store().reader()).await?;
    Ok(rows.into_iter().map(|row| (row.student_id, number(row.rows))).collect())
}

fn of_students(school: SchoolId, ids: &[StudentId]) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![school.into()];
    values.extend(ids.iter().map(|id| Value::from(*id)));
    (if ids.is_empty() { "NULL".to_owned() } else { placeholders(2, ids.len()) }, values)
}

fn number(rows: i64) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

#[derive(FromQueryResult)]
struct GuardianFound {
    student_id: StudentId,
    id: GuardianId,
    name: String,
    relationship: String,
}

async fn guardians_of(
    context: &Context,
    school: SchoolId,
    ids: &[StudentId],
) -> Result<HashMap<StudentId, Vec<FaceGuardian>>> {
    let (list, values) = of_students(school, ids);
    let sql = format!(
        "SELECT o.student_id, g.id, trim(g.given_name || ' ' || g.family_name) AS name, o.relationship \
         FROM guardianships o JOIN guardians g ON g.id = o.guardian_id AND g.deleted_at IS NULL \
         WHERE o.school_id = $1 AND NOT o.no_access AND o.student_id IN ({list}) ORDER BY o.is_primary DESC, o.id"
    );
    let found = GuardianFound::find_by_statement(context.store().statement(&sql, values));
    let mut of: HashMap<StudentId, Vec<FaceGuardian>> = HashMap::new();
    for GuardianFound { student_id, id, name, relationship } in found.all(context.store().reader()).await? {
        of.entry(student_id).or_default().push(FaceGuardian { id, name, relationship });
    }
    Ok(of)
}

async fn states(
    context: &Context,
    school: SchoolId,
    today: NaiveDate,
    rows: Vec<students::Model>,
) -> Result<Vec<FaceState>> {
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
    let objections = face_objections::Entity::find()
        .filter(face_objections::Column::SchoolId.eq(school))
        .filter(face_objections::Column::StudentId.is_in(ids.iter().copied()))
        .filter(face_objections::Column::WithdrawnAt.is_null())
        .all(db)
        .await?;
    let (list, values) = of_students(school, &ids);
    let sql = format!(
        "SELECT student_id, model_version, COUNT(*) AS templates, MAX(created_at) AS enrolled_at FROM face_templates \
         WHERE school_id = $1 AND student_id IN ({list}) GROUP BY student_id, model_version"
    );
    let counted = Counted::find_by_statement(context.store().statement(&sql, values)).all(db).await?;
    let photographs = kept(context, "face_photographs", school, &ids).await?;
    let evidence = kept(context, "evidence_frames", school, &ids).await?;
    let mut guardians = guardians_of(context, school, &ids).await?;
    let left = left_since(context, db, school, today, &rows).await?;
    // Without models nothing can be compared, but what is held can be shown all the same.
    let version = super::engine::template_version(&context.services.folders);
    let since = consents_since(context.now(), &settings);
    let zone = crate::schools::find_school(db, school).await?.time_zone.parse().unwrap_or(chrono_tz::UTC);
    Ok(rows
        .into_iter()
        .map(|row| {
            let newest = given.iter().find(|consent| consent.student_id == row.id);
            let newest = newest.map(|consent| StandingConsent::of(consent, &settings));
            let (consent, ended) = match newest {
                Some(consent) if consent.given_at > since => (Some(consent), None),
                Some(ended) => (None, Some(ended.ends_at)),
                None => (None, None),
            };
            let objection = objections.iter().find(|objection| objection.student_id == row.id).map(|row| row.said_at);
            let own = || counted.iter().filter(|counted| counted.student_id == row.id);
            let is_current = |counted: &&Counted| version.as_ref().is_none_or(|now| counted.model_version == *now);
            let templates = number(own().filter(is_current).map(|counted| counted.templates).sum());
            let outdated_templates = number(own().filter(|c| !is_current(c)).map(|counted| counted.templates).sum());
            let photographs = photographs.get(&row.id).copied().unwrap_or(0);
            let held = templates + outdated_templates + photographs > 0;
            let ends = consent.as_ref().filter(|_| objection.is_none());
            let ends = ends.map(|consent| consent.ends_at.with_timezone(&zone).date_naive());
            let age = settings.face_own_consent_age;
            FaceState {
                student: row.id,
                consent_current: consent.as_ref().is_some_and(|c| c.wording_version == settings.face_policy_version),
                consent,
                consent_ended: ended,
                objection,
                guardians: guardians.remove(&row.id).unwrap_or_default(),
                may_consent: age > 0 && row.birth_date.is_some_and(|born| years(born, today) >= age),
                templates,
                outdated_templates,
                photographs,
                evidence: evidence.get(&row.id).copied().unwrap_or(0),
                enrolled_at: own().map(|counted| counted.enrolled_at).max(),
                goes_on: goes_on(ends, left.get(&row.id).copied(), &settings, today).filter(|_| held),
                number: row.number,
                given_name: row.given_name,
                family_name: row.family_name,
                native_name: row.native_name,
            }
        })
        .collect())
}
