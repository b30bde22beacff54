//! The record of uses: each time that templates are compared, made, looked at or handed out, by whom and on whom.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Value};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{consents, enrolments, face_uses, students};
use store::ids::{ClassId, FaceUseId, SchoolId, StudentId, UserId};
use words::refusals;

use crate::paging::page_size;
use crate::schools::find_school;
use crate::{Call, Context, Error, Page, Result};

pub use store::entities::FacePurpose;

/// One use: of a student's face, or of all enrolled faces of a class, or of a school where neither is named.
#[derive(Clone, Copy, Debug)]
pub struct FaceUseOf {
    pub purpose: FacePurpose,
    pub school: SchoolId,
    pub class: Option<ClassId>,
    pub student: Option<StudentId>,
    /// How many enrolled people were compared with; 0 where nobody was.
    pub people: usize,
}

/// Writes a use down, in the transaction of what it was for.
pub async fn record_use(context: &Context, tx: &mut Transaction<'_>, of: FaceUseOf) -> Result<()> {
    let row = face_uses::Model {
        id: FaceUseId::new(),
        school_id: of.school,
        purpose: of.purpose,
        class_id: of.class,
        student_id: of.student,
        people: i32::try_from(of.people).unwrap_or(i32::MAX),
        user_id: context.actor.as_ref().map(|actor| actor.user),
        at: context.now(),
        version: 1,
    };
    tx.insert::<face_uses::Entity>(row).await?;
    Ok(())
}

/// Input of [`face_uses`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct FaceUses {
    pub school: SchoolId,
    /// Only uses of this student's face: those of the student alone, and those of the classes and of the school since the
    /// first consent.
    pub student: Option<StudentId>,
    #[ts(type = "number | null")]
    pub offset: Option<u64>,
    #[ts(type = "number | null")]
    pub limit: Option<u64>,
}

/// A use of faces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FaceUse {
    pub at: DateTime<Utc>,
    pub purpose: FacePurpose,
    pub class: Option<ClassId>,
    pub class_title: Option<String>,
    pub student: Option<StudentId>,
    pub student_name: Option<String>,
    /// How many enrolled people were compared with.
    pub people: i32,
    /// Who did it; none: the system itself.
    pub user: Option<UserId>,
    pub user_name: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    at: DateTime<Utc>,
    purpose: FacePurpose,
    class_id: Option<ClassId>,
    class_title: Option<String>,
    student_id: Option<StudentId>,
    student_given_name: Option<String>,
    student_family_name: Option<String>,
    people: i32,
    user_id: Option<UserId>,
    user_given_name: Option<String>,
    user_family_name: Option<String>,
}

/// Uses of faces in a school, or of one student's face, newest first.
pub(super) async fn face_uses(call: &Call, input: FaceUses) -> Result<Page<FaceUse>> {
    let access = call.access();
    access.whole_school(input.school)?;
    let student = match input.student {
        Some(id) => {
            let student = access.student_or_deleted(call.store().reader(), id).await?;
            if student.school_id != input.school {
                return Err(Error::not_found(refusals::gone::student()));
            }
            Some(student)
        }
        None => None,
    };
    uses(call, input.school, student.as_ref(), input.offset.unwrap_or(0), page_size(input.limit)).await
}

/// One page of the uses; the caller has asked for permission.
pub(super) async fn uses(
    context: &Context,
    school: SchoolId,
    student: Option<&students::Model>,
    offset: u64,
    limit: u64,
) -> Result<Page<FaceUse>> {
    let db = context.store().reader();
    let mut values: Vec<Value> = vec![school.into()];
    let mut filter = "u.school_id = $1".to_owned();
    if let Some(student) = student {
        filter.push_str(&of_student(context, student, &mut values).await?);
    }
    let count = format!("SELECT COUNT(*) FROM face_uses u WHERE {filter}");
    let total: i64 = match db.query_one_raw(context.store().statement(&count, values.clone())).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => 0,
    };
    let (most, from) = (values.len() + 1, values.len() + 2);
    let number = |n: u64| Value::from(i64::try_from(n).unwrap_or(i64::MAX));
    values.extend([number(limit), number(offset)]);
    let sql = format!(
        "SELECT u.at, u.purpose, u.class_id, c.title AS class_title, u.student_id, s.given_name AS student_given_name, \
         s.family_name AS student_family_name, u.people, u.user_id, p.given_name AS user_given_name, \
         p.family_name AS user_family_name FROM face_uses u LEFT JOIN classes c ON c.id = u.class_id \
         LEFT JOIN students s ON s.id = u.student_id LEFT JOIN users p ON p.id = u.user_id \
         WHERE {filter} ORDER BY u.at DESC, u.id DESC LIMIT ${most} OFFSET ${from}"
    );
    let rows = Row::find_by_statement(context.store().statement(&sql, values)).all(db).await?;
    let rows = rows.into_iter().map(shown).collect::<Result<_>>()?;
    Ok(Page { rows, total: u64::try_from(total).unwrap_or(0) })
}

fn shown(row: Row) -> Result<FaceUse> {
    let name = |given: Option<String>, family: Option<String>| {
        let name = [given, family].into_iter().flatten().collect::<Vec<_>>().join(" ");
        Some(name.trim().to_owned()).filter(|name| !name.is_empty())
    };
    Ok(FaceUse {
        at: row.at,
        purpose: row.purpose,
        class: row.class_id,
        class_title: row.class_title,
        student: row.student_id,
        student_name: name(row.student_given_name, row.student_family_name),
        people: row.people,
        user: row.user_id,
        user_name: name(row.user_given_name, row.user_family_name),
    })
}

/// Uses of one student's face as SQL: by name, or together with a class or the school after the first consent.
async fn of_student(context: &Context, student: &students::Model, values: &mut Vec<Value>) -> Result<String> {
    let db = context.store().reader();
    let mut value = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let mut any = vec![format!("u.student_id = {}", value(student.id.into()))];
    let first = consents::Entity::find()
        .filter(consents::Column::SchoolId.eq(student.school_id))
        .filter(consents::Column::StudentId.eq(student.id))
        .order_by_asc(consents::Column::GivenAt)
        .one(db)
        .await?;
    if let Some(first) = first {
        let since = value(first.given_at.into());
        any.push(format!("(u.student_id IS NULL AND u.class_id IS NULL AND u.at >= {since})"));
        let zone = find_school(db, student.school_id).await?.time_zone.parse().unwrap_or(chrono_tz::UTC);
        let of = enrolments::Entity::find()
            .filter(enrolments::Column::SchoolId.eq(student.school_id))
            .filter(enrolments::Column::StudentId.eq(student.id));
        for enrolment in of.all(db).await? {
            let class = value(enrolment.class_id.into());
            let from = value(midnight(zone, enrolment.start_date).max(first.given_at).into());
            let until = enrolment.end_date.map(|end| midnight(zone, end + Duration::days(1)));
            let until = until.map(|until| format!(" AND u.at < {}", value(until.into()))).unwrap_or_default();
            any.push(format!("(u.student_id IS NULL AND u.class_id = {class} AND u.at >= {from}{until})"));
        }
    }
    Ok(format!(" AND ({})", any.join(" OR ")))
}

/// When a school day begins.
fn midnight(zone: chrono_tz::Tz, day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN);
    // Where the clock skips midnight, the first moment after it; UTC is near enough where there is none at all.
    let found = zone.from_local_datetime(&local).earliest();
    found
        .or_else(|| zone.from_local_datetime(&(local + Duration::hours(1))).earliest())
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}
