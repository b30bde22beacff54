//! One student with everything that the telephone asks, and saving it together with the guardians.

use chrono::{DateTime, NaiveDate, Utc};
use exchange::same_key;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, Contact, PostalAddress, academic_sessions, stays, students};
use store::ids::{AcademicSessionId, AuditEntryId, ClassId, EnrolmentId, SchoolId, StudentId};
use words::refusals;

use super::bulk::{insert_students, update_student};
use super::contact::{address_after, contacts_after};
use super::fields::{OwnerOfValue, SaveFieldValue, write_own_values};
use super::guardians::{GuardianRow, SaveGuardian, check_guardian, guardians_of, save_guardians};
use super::merging::merged_into;
use super::notes::with_medical_note;
use super::place::{LeaveRow, StayRow, leaves_of, set_status, stay_rows, tells_reasons};
use super::siblings::{Sibling, siblings_of};
use super::stays::{first_stay, status_on};
use super::students::StudentStatus;
use crate::attendance::only_counted;
use crate::classes::Joining;
use crate::error::Invalid;
use crate::schools::{AttendanceMeaning, check_birth, current_year, school_day};
use crate::{Call, Context, Error, ErrorCode, Result, Save};

/// The longest grade level and what is written of the sex, in characters.
pub const LONGEST_GRADE_LEVEL: usize = 50;
pub const LONGEST_SEX: usize = 30;

/// Names a student.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfStudent {
    pub student: StudentId,
}

/// A time in a class, present or past.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentRow {
    pub id: EnrolmentId,
    pub class: ClassId,
    pub class_title: String,
    pub kind: ClassKind,
    pub year: AcademicSessionId,
    pub year_title: String,
    pub start: NaiveDate,
    pub end: Option<NaiveDate>,
    /// Of the present academic year and not ended.
    pub current: bool,
    pub version: i32,
}

/// How many registers of the present academic year say this of the student (whole days).
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceCount {
    pub meaning: AttendanceMeaning,
    pub days: i64,
}

/// What a register of today says of the student.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TodayEntry {
    /// 0 for the whole day.
    pub lesson: i32,
    pub class_title: String,
    pub code: String,
    pub code_title: String,
    pub meaning: AttendanceMeaning,
    pub reason: Option<String>,
    pub minutes_late: Option<i32>,
}

/// A student.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentDetails {
    pub id: StudentId,
    pub school: SchoolId,
    pub number: String,
    pub given_name: String,
    pub middle_name: Option<String>,
    pub family_name: String,
    pub preferred_name: Option<String>,
    pub native_name: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub sex: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<PostalAddress>,
    /// Further ways to reach the student, in the order in which they are tried.
    pub contacts: Vec<Contact>,
    pub grade_level: Option<String>,
    /// What the student is today.
    pub status: StudentStatus,
    /// The times at the school, newest first.
    pub stays: Vec<StayRow>,
    /// The times of being away, newest first.
    pub leaves: Vec<LeaveRow>,
    pub created_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub guardians: Vec<GuardianRow>,
    /// Whether there is a medical note that whoever asks may read.
    pub medical: bool,
    /// Students with one of these guardians, of whom whoever asks may know.
    pub siblings: Vec<Sibling>,
    /// The record into which this one went, where the two were of one student.
    pub merged_into: Option<StudentId>,
    /// Newest first.
    pub enrolments: Vec<EnrolmentRow>,
    /// The first day in any class of the school; none before that.
    pub enrolled_on: Option<NaiveDate>,
    pub attendance: Vec<AttendanceCount>,
    /// The registers of today, by lesson; empty as long as nobody has taken one.
    pub today: Vec<TodayEntry>,
    pub version: i32,
}

/// Input of [`save_student`]: a new student (no identifier) or a changed one. Guardians left out of the list are no
/// guardians of the student any more; without a list they stay as they are.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveStudent {
    pub school: SchoolId,
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<StudentId>,
    pub number: String,
    pub given_name: String,
    pub middle_name: Option<String>,
    pub family_name: String,
    pub preferred_name: Option<String>,
    /// The name in the script of the family.
    pub native_name: Option<String>,
    pub birth_date: Option<NaiveDate>,
    /// The person was asked about a birth date of a rare age (`unusual`) and says that it is right.
    pub sure_of_birth_date: Option<bool>,
    pub sex: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Left out it stays as it is; empty it is taken away.
    pub address: Option<PostalAddress>,
    /// Further ways to reach the student, in the order in which they are tried; left out they stay as they are.
    pub contacts: Option<Vec<Contact>>,
    pub grade_level: Option<String>,
    /// The student's first day at the school; that in the class, or today, where a new student's is left out. Of a student
    /// who is there already it is corrected by `correct_stay`.
    pub first_day: Option<NaiveDate>,
    /// `withdrawn` or `graduated`: the student has left, yesterday; `active`: is back from today on. With other days and
    /// reasons it is done by `withdraw_students` and `re_enrol_students`.
    pub status: Option<StudentStatus>,
    pub guardians: Option<Vec<SaveGuardian>>,
    /// Puts the student into this class in the same step, as `enrol_students` does.
    pub class: Option<ClassId>,
    /// The first day in that class; today, or the nearest day of the class's year, where it is left out.
    pub class_start: Option<NaiveDate>,
    /// What fields of the school's own hold of the student; those that are not named stay as they are. What is wrong with one
    /// is said of `ownValues.` and its field.
    pub own_values: Option<Vec<SaveFieldValue>>,
}

/// What [`save_student`] saved.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedStudent {
    pub student: StudentDetails,
    pub undo: Option<AuditEntryId>,
}

/// One student with guardians, classes and attendance.
pub(super) async fn student(call: &Call, input: OfStudent) -> Result<StudentDetails> {
    let access = call.access();
    let row = access.student_or_deleted(call.store().reader(), input.student).await?;
    details(call, row).await
}

pub(super) async fn details(call: &Call, row: students::Model) -> Result<StudentDetails> {
    let context = call.context();
    let db = context.store().reader();
    let today = school_day(context, db, row.school_id).await?;
    let year = current_year(db, row.school_id, today).await?;
    let enrolments = enrolments_of(context, &row, year, today).await?;
    let office = tells_reasons(context, row.school_id)?;
    let own = context.actor()?.student == Some(row.id);
    let leaves = leaves_of(db, &row, office).await?;
    let on_leave = leaves.iter().any(|leave| leave.first_day <= today && leave.last_day.is_none_or(|end| end >= today));
    Ok(StudentDetails {
        guardians: guardians_of(context, &row, own).await?,
        medical: !with_medical_note(context, db, row.school_id, &[row.id]).await?.is_empty(),
        siblings: siblings_of(call, &row, year, today).await?,
        merged_into: if row.deleted_at.is_some() { merged_into(db, &row).await? } else { None },
        enrolled_on: enrolments.iter().map(|enrolment| enrolment.start).min(),
        enrolments,
        attendance: attendance_of(context, &row, year).await?,
        today: entries_of_day(context, &row, today).await?,
        status: status_on(&row, on_leave, today),
        stays: stay_rows(db, &row, office).await?,
        leaves,
        id: row.id,
        school: row.school_id,
        number: row.number,
        given_name: row.given_name,
        middle_name: row.middle_name,
        family_name: row.family_name,
        preferred_name: row.preferred_name,
        native_name: row.native_name,
        birth_date: row.birth_date,
        sex: row.sex,
        email: row.email,
        phone: row.phone,
        address: row.address,
        contacts: row.contacts.map_or_else(Vec::new, |contacts| contacts.0),
        grade_level: row.grade_level,
        created_at: row.created_at,
        deleted_at: row.deleted_at,
        version: row.version,
    })
}

#[derive(FromQueryResult)]
struct EnrolmentFound {
    id: EnrolmentId,
    class_id: ClassId,
    class_title: String,
    class_kind: ClassKind,
    year_id: AcademicSessionId,
    year_title: String,
    start_date: NaiveDate,
    end_date: Option<NaiveDate>,
    version: i32,
}

async fn enrolments_of(
    context: &Context,
    student: &students::Model,
    year: Option<AcademicSessionId>,
    today: NaiveDate,
) -> Result<Vec<EnrolmentRow>> {
    let sql = "SELECT e.id, e.class_id, c.title AS class_title, c.kind AS class_kind, c.year_id, y.title AS year_title, e.start_date, \
        e.end_date, e.version FROM enrolments e JOIN classes c ON c.id = e.class_id \
        JOIN academic_sessions y ON y.id = c.year_id \
        WHERE e.school_id = $1 AND e.student_id = $2 AND c.deleted_at IS NULL ORDER BY e.start_date DESC, c.kind DESC, c.sort_title";
    let statement = context.store().statement(sql, [student.school_id.into(), student.id.into()]);
    let found = EnrolmentFound::find_by_statement(statement).all(context.store().reader()).await?;
    Ok(found
        .into_iter()
        .map(|row| EnrolmentRow {
            id: row.id,
            class: row.class_id,
            class_title: row.class_title,
            kind: row.class_kind,
            year: row.year_id,
            year_title: row.year_title,
            start: row.start_date,
            end: row.end_date,
            current: Some(row.year_id) == year && row.end_date.is_none_or(|end| end >= today),
            version: row.version,
        })
        .collect())
}

#[derive(FromQueryResult)]
struct Counted {
    meaning: AttendanceMeaning,
    days: i64,
}

async fn attendance_of(
    context: &Context,
    student: &students::Model,
    year: Option<AcademicSessionId>,
) -> Result<Vec<AttendanceCount>> {
    let Some(year) = year else { return Ok(Vec::new()) };
    let db = context.store().reader();
    let Some(year) = academic_sessions::Entity::find_by_id(year).one(db).await? else { return Ok(Vec::new()) };
    let only_counted = only_counted(db, student.school_id, year.start_date, year.end_date).await?;
    let sql = format!(
        "SELECT k.meaning, count(*) AS days FROM attendance_marks m JOIN attendance_codes k ON k.id = m.code_id \
         WHERE m.school_id = $1 AND m.student_id = $2 AND m.lesson = 0 AND m.date BETWEEN $3 AND $4 {only_counted} \
         GROUP BY k.meaning"
    );
    let values = [student.school_id.into(), student.id.into(), year.start_date.into(), year.end_date.into()];
    let statement = context.store().statement(&sql, values);
    let found = Counted::find_by_statement(statement).all(context.store().reader()).await?;
    let mut counts: Vec<AttendanceCount> =
        found.into_iter().map(|row| AttendanceCount { meaning: row.meaning, days: row.days }).collect();
    counts.sort_by_key(|count| count.meaning);
    Ok(counts)
}

/// What the registers of a day say of a student.
async fn entries_of_day(context: &Context, student: &students::Model, day: NaiveDate) -> Result<Vec<TodayEntry>> {
    let sql = "SELECT m.lesson, c.title AS class_title, k.code, k.title AS code_title, k.meaning, m.reason, m.minutes_late \
        FROM attendance_marks m JOIN attendance_codes k ON k.id = m.code_id JOIN classes c ON c.id = m.class_id \
        WHERE m.school_id = $1 AND m.student_id = $2 AND m.date = $3 ORDER BY m.lesson";
    let statement = context.store().statement(sql, [student.school_id.into(), student.id.into(), day.into()]);
    Ok(TodayEntry::find_by_statement(statement).all(context.store().reader()).await?)
}

/// Adds a student or changes one, with the guardians and a class to be in, in one step.
pub(super) async fn save_student(call: &Call, input: SaveStudent) -> Result<SavedStudent> {
    let access = call.access();
    access.whole_school(input.school)?;
    let db = call.store().reader();
    let before = match input.save.id() {
        Some(id) => Some(access.student(db, id).await?),
        None => None,
    };
    if before.as_ref().is_some_and(|before| before.school_id != input.school) {
        return Err(Error::forbidden());
    }
    let today = school_day(call, db, input.school).await?;
    let mut row = checked(call, &input, before.as_ref(), today)?;
    let joining = match input.class {
        Some(class) => Some(Joining::find(call, input.school, class, input.class_start).await?),
        None => None,
    };
    let usual = joining.as_ref().map_or(today, |joining| joining.start().min(today));
    let first_day = input.first_day.unwrap_or(usual);
    if before.is_none() {
        row.expected_on = Some(first_day).filter(|first| *first > today);
    }
    let (saved, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            if before.as_ref().is_none_or(|before| before.number != row.number) {
                number_is_free(tx.reader(), row.school_id, &row.number, Some(row.id)).await?;
            }
            let saved = match before {
                None => {
                    let id = row.id;
                    let stay = first_stay(&row, first_day);
                    insert_students(call, tx, input.school, vec![row]).await.map_err(number_taken)?;
                    tx.insert::<stays::Entity>(stay).await?;
                    students::Entity::find_by_id(id)
                        .one(tx.reader())
                        .await?
                        .ok_or_else(|| Error::not_found(refusals::gone::student()))?
                }
                Some(before) => {
                    let before = students::Model { version: input.save.seen().unwrap_or(before.version), ..before };
                    update_student(tx, &before, row).await.map_err(number_taken)?
                }
            };
            if let Some(list) = &input.guardians {
                save_guardians(call, tx, &saved, list).await?;
            }
            let of = (saved.school_id, OwnerOfValue::Student(saved.id));
            write_own_values(call, tx, of, input.own_values.as_deref()).await?;
            if let Some(joining) = &joining {
                joining.enrol(tx, saved.id).await?;
            }
            if let Some(status) = input.status {
                set_status(tx, &saved, status, today).await?;
            }
            let saved = students::Entity::find_by_id(saved.id).one(tx.reader()).await?;
            saved.ok_or_else(|| Error::not_found(refusals::gone::student()))
        })
        .await?;
    Ok(SavedStudent { student: details(call, saved).await?, undo })
}

/// Refuses a number that another student has, in whatever digits and capitals it is written.
pub(super) async fn number_is_free(
    db: &impl ConnectionTrait,
    school: SchoolId,
    number: &str,
    of: Option<StudentId>,
) -> Result<()> {
    let key = same_key(number);
    let mut others = students::Entity::find()
        .select_only()
        .column(students::Column::Number)
        .filter(students::Column::SchoolId.eq(school));
    if let Some(of) = of {
        others = others.filter(students::Column::Id.ne(of));
    }
    let numbers: Vec<String> = others.into_tuple().all(db).await?;
    if numbers.iter().any(|number| same_key(number) == key) { Err(taken()) } else { Ok(()) }
}

fn taken() -> Error {
    Error {
        code: ErrorCode::Duplicate,
        ..Error::field("number", "taken", refusals::people::number_taken()).help(refusals::people::look_up_number())
    }
}

fn number_taken(error: Error) -> Error {
    if error.code == ErrorCode::Duplicate { taken() } else { error }
}

fn checked(
    context: &Context,
    input: &SaveStudent,
    before: Option<&students::Model>,
    today: NaiveDate,
) -> Result<students::Model> {
    let mut invalid = Invalid::default();
    let given_name = invalid.text("givenName", &input.given_name, 200);
    let family_name = invalid.text("familyName", &input.family_name, 200);
    let row = students::Model {
        id: before.map_or_else(StudentId::new, |before| before.id),
        school_id: input.school,
        number: invalid.text("number", &input.number, 50),
        middle_name: invalid.optional("middleName", input.middle_name.as_deref(), 200),
        preferred_name: invalid.optional("preferredName", input.preferred_name.as_deref(), 200),
        native_name: invalid.optional("nativeName", input.native_name.as_deref(), 300),
        birth_date: input.birth_date,
        sex: invalid.optional("sex", input.sex.as_deref(), LONGEST_SEX),
        email: invalid.email("email", input.email.as_deref()),
        phone: invalid.phone("phone", input.phone.as_deref()),
        address: address_after(&mut invalid, input.address.as_ref(), before.and_then(|before| before.address.as_ref())),
        contacts: contacts_after(
            &mut invalid,
            input.contacts.as_deref(),
            before.and_then(|before| before.contacts.as_ref()),
        ),
        grade_level: invalid.optional("gradeLevel", input.grade_level.as_deref(), LONGEST_GRADE_LEVEL),
        status: before.map_or_else(StudentStatus::default, |before| before.status),
        expected_on: before.and_then(|before| before.expected_on),
        last_day: before.and_then(|before| before.last_day),
        sort_name: String::new(),
        sort_given: String::new(),
        given_name,
        family_name,
        source_id: before.and_then(|before| before.source_id.clone()),
        created_at: before.map_or_else(|| context.now(), |before| before.created_at),
        deleted_at: before.and_then(|before| before.deleted_at),
        version: 1,
    };
    if before.is_some() && input.first_day.is_some() {
        invalid.push("firstDay", "correct_stay", refusals::people::correct_the_days());
    }
    if let Some(born) = row.birth_date.filter(|_| before.is_none_or(|before| before.birth_date != row.birth_date)) {
        check_birth(&mut invalid, "birthDate", born, today, input.sure_of_birth_date == Some(true));
    }
    for (i, guardian) in input.guardians.iter().flatten().enumerate() {
        let mut found = Invalid::default();
        check_guardian(&mut found, guardian);
        invalid.take_in(&format!("guardians.{i}"), found);
    }
    if input.guardians.as_ref().is_some_and(|list| list.len() > 20) {
        invalid.push("guardians", "too_many", refusals::people::too_many_guardians());
    }
    invalid.check()?;
    Ok(row)
}
