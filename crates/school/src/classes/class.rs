//! One class with its students and courses, and saving it.

use chrono::NaiveDate;
use exchange::same_key;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{
    AcademicSessionKind, ClassKind, SoftDeleted, academic_sessions, attendance_marks, classes, registers, staff,
};
use store::ids::{
    AcademicSessionId, AuditEntryId, ClassId, CourseId, EnrolmentId, SchoolId, StaffId, StudentId, SubjectId,
};
use words::refusals;

use super::homerooms::one_homeroom_each;
use super::teachers::teachers;
use crate::error::Invalid;
use crate::people::{NameOrder, full_name, name_order};
use crate::schools::school_day;
use crate::{Call, Context, Error, Result, Save};

/// Names a class.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct OfClass {
    pub class: ClassId,
    /// Who was in it on that day; today and later where it is left out.
    pub as_of: Option<NaiveDate>,
}

/// A member of staff by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffRef {
    pub id: StaffId,
    pub name: String,
    /// As the school's lists name people.
    pub list_name: String,
}

impl StaffRef {
    pub(super) fn of(person: &staff::Model, order: NameOrder) -> Self {
        let (given, family) = (person.given_name.as_str(), person.family_name.as_str());
        Self { id: person.id, name: full_name(given, family), list_name: order.list_name(given, family) }
    }
}

/// A student of a class.
#[derive(Clone, Debug, FromQueryResult, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClassStudent {
    pub enrolment: EnrolmentId,
    pub student: StudentId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub preferred_name: Option<String>,
    pub native_name: Option<String>,
    pub start: NaiveDate,
    pub end: Option<NaiveDate>,
    /// Of the enrolment.
    pub version: i32,
}

/// A subject as taught to the class.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CourseRow {
    pub id: CourseId,
    pub subject: SubjectId,
    pub subject_title: String,
    pub teachers: Vec<StaffRef>,
    /// Students of the class who do not take it today.
    pub exempted: i64,
    /// Whether the person who asks may open its marks: teaches it, or reaches the whole class.
    pub mine: bool,
    pub version: i32,
}

/// A class with its students and courses.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClassDetails {
    pub id: ClassId,
    pub school: SchoolId,
    pub year: AcademicSessionId,
    pub title: String,
    pub kind: ClassKind,
    pub grade_level: Option<String>,
    pub room: Option<String>,
    /// The number of places; none: as many as come.
    pub places: Option<i32>,
    pub class_teacher: Option<StaffRef>,
    /// Enrolled today or later, or on the day that was asked for, by name.
    pub students: Vec<ClassStudent>,
    /// The others who were ever in it: those who left, latest first.
    pub former_students: Vec<ClassStudent>,
    /// In the order of the subjects.
    pub courses: Vec<CourseRow>,
    pub deleted: bool,
    pub version: i32,
}

/// Input of [`save_class`]: a new class (no identifier) or a changed one.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveClass {
    pub school: SchoolId,
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<ClassId>,
    pub year: AcademicSessionId,
    pub title: String,
    /// A homeroom where left out.
    #[serde(default)]
    pub kind: ClassKind,
    pub grade_level: Option<String>,
    pub room: Option<String>,
    /// 1 to 1,000; as many as come where left out.
    pub places: Option<i32>,
    /// Of a homeroom only: a group is led by who teaches its courses.
    pub class_teacher: Option<StaffId>,
}

/// What [`save_class`] saved.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedClass {
    pub class: ClassDetails,
    pub undo: Option<AuditEntryId>,
}

/// One class.
pub(super) async fn class(call: &Call, input: OfClass) -> Result<ClassDetails> {
    let access = call.access();
    let row = access.class_or_deleted(call.store().reader(), input.class).await?;
    details(call, row, input.as_of).await
}

async fn details(context: &Context, row: classes::Model, as_of: Option<NaiveDate>) -> Result<ClassDetails> {
    let db = context.store().reader();
    let today = school_day(context, db, row.school_id).await?;
    let day = as_of.unwrap_or(today);
    let there =
        |student: &ClassStudent| (as_of.is_none() || student.start <= day) && student.end.is_none_or(|end| end >= day);
    let (students, mut former_students): (Vec<_>, Vec<_>) =
        students_of(context, &row).await?.into_iter().partition(there);
    former_students.sort_by_key(|student| std::cmp::Reverse(student.end));
    let class_teacher = match row.homeroom_staff_id {
        Some(id) => staff::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let order = name_order(db, row.school_id).await?;
    Ok(ClassDetails {
        courses: courses_of(context, &row, today).await?,
        class_teacher: class_teacher.map(|teacher| StaffRef::of(&teacher, order)),
        students,
        former_students,
        id: row.id,
        school: row.school_id,
        year: row.year_id,
        title: row.title,
        kind: row.kind,
        places: row.places,
        grade_level: row.grade_level,
        room: row.room,
        deleted: row.deleted_at.is_some(),
        version: row.version,
    })
}

async fn students_of(context: &Context, class: &classes::Model) -> Result<Vec<ClassStudent>> {
    let sql = "SELECT e.id AS enrolment, s.id AS student, s.number, s.given_name, s.family_name, s.preferred_name, \
        s.native_name, e.start_date AS start, e.version, e.end_date AS end FROM enrolments e JOIN students s ON s.id = e.student_id \
        WHERE e.school_id = $1 AND e.class_id = $2 AND s.deleted_at IS NULL ORDER BY s.{sort}, s.id";
    // "end" is a word of SQL.
    let order = name_order(context.store().reader(), class.school_id).await?;
    let sql = sql.replace("AS end ", "AS \"end\" ").replace("{sort}", order.column());
    let statement = context.store().statement(&sql, [class.school_id.into(), class.id.into()]);
    Ok(ClassStudent::find_by_statement(statement).all(context.store().reader()).await?)
}

#[derive(FromQueryResult)]
struct CourseFound {
    id: CourseId,
    subject_id: SubjectId,
    title: String,
    version: i32,
    exempted: i64,
}

async fn courses_of(context: &Context, class: &classes::Model, today: NaiveDate) -> Result<Vec<CourseRow>> {
    let sql = "SELECT k.id, k.subject_id, b.title, k.version, (SELECT count(DISTINCT x.student_id) FROM exemptions x \
        JOIN enrolments e ON e.school_id = $1 AND e.class_id = $2 AND e.student_id = x.student_id \
        AND e.start_date <= $3 AND (e.end_date IS NULL OR e.end_date >= $3) WHERE x.school_id = $1 AND x.course_id = k.id \
        AND x.start_date <= $3 AND (x.end_date IS NULL OR x.end_date >= $3)) AS exempted \
        FROM courses k JOIN subjects b ON b.id = k.subject_id \
        WHERE k.school_id = $1 AND k.class_id = $2 AND k.deleted_at IS NULL ORDER BY b.position, b.title, k.id";
    let db = context.store().reader();
    let order = name_order(db, class.school_id).await?;
    let statement = context.store().statement(sql, [class.school_id.into(), class.id.into(), today.into()]);
    let found = CourseFound::find_by_statement(statement).all(db).await?;
    let ids: Vec<CourseId> = found.iter().map(|row| row.id).collect();
    let mut taught = teachers(db, class.school_id, &ids, today).await?;
    let actor = context.actor()?;
    let whole = actor.grants.iter().any(|(school, role)| {
        *school == class.school_id && *role != crate::Role::Teacher && *role != crate::Role::Student
    });
    let class_teacher = actor.staff.is_some() && actor.staff == class.homeroom_staff_id;
    let row = |row: CourseFound| {
        let people = taught.remove(&row.id).unwrap_or_default();
        CourseRow {
            mine: whole || class_teacher || people.iter().any(|person| actor.staff == Some(person.id)),
            teachers: people.iter().map(|person| StaffRef::of(person, order)).collect(),
            id: row.id,
            subject: row.subject_id,
            subject_title: row.title,
            exempted: row.exempted,
            version: row.version,
        }
    };
    Ok(found.into_iter().map(row).collect())
}

/// The most places of a class.
const MOST_PLACES: i32 = 1_000;

/// Who teaches a course today, by name.
pub(super) async fn teachers_of(context: &Context, school: SchoolId, course: CourseId) -> Result<Vec<StaffRef>> {
    let db = context.store().reader();
    let (order, today) = (name_order(db, school).await?, school_day(context, db, school).await?);
    let people = teachers(db, school, &[course], today).await?.remove(&course).unwrap_or_default();
    Ok(people.iter().map(|person| StaffRef::of(person, order)).collect())
}

/// Refuses to make a group of a homeroom whose day registers were begun: they would be out of sight.
async fn kind_may_change(db: &impl ConnectionTrait, class: &classes::Model) -> Result<()> {
    if class.kind == ClassKind::Homeroom {
        return Ok(());
    }
    let taken = registers::Entity::find()
        .filter(registers::Column::SchoolId.eq(class.school_id))
        .filter(registers::Column::ClassId.eq(class.id))
        .filter(registers::Column::Lesson.eq(0))
        .count(db)
        .await?;
    let cells = attendance_marks::Entity::find()
        .filter(attendance_marks::Column::SchoolId.eq(class.school_id))
        .filter(attendance_marks::Column::ClassId.eq(class.id))
        .filter(attendance_marks::Column::Lesson.eq(0))
        .count(db)
        .await?;
    if taken + cells == 0 {
        return Ok(());
    }
    Err(Error::field("kind", "has_registers", refusals::classes::has_day_registers())
        .help(refusals::classes::make_another_group()))
}

/// Adds a class or changes one.
pub(super) async fn save_class(call: &Call, input: SaveClass) -> Result<SavedClass> {
    let access = call.access();
    access.whole_school(input.school)?;
    let db = call.store().reader();
    let before = match input.save.id() {
        Some(id) => Some(access.class(db, id).await?),
        None => None,
    };
    if before.as_ref().is_some_and(|before| before.school_id != input.school) {
        return Err(Error::forbidden());
    }
    let (saved, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let row = checked(tx.reader(), &input, before.as_ref()).await?;
            Ok(match before {
                None => tx.insert::<classes::Entity>(row).await?,
                Some(before) => {
                    let before = classes::Model { version: input.save.seen().unwrap_or(before.version), ..before };
                    if before.kind != row.kind {
                        kind_may_change(tx.reader(), &row).await?;
                    }
                    let saved = tx.update::<classes::Entity>(&before, row).await?;
                    one_homeroom_each(tx.reader(), saved.school_id, &[saved.id]).await?;
                    saved
                }
            })
        })
        .await?;
    Ok(SavedClass { class: details(call, saved, None).await?, undo })
}

/// A field of a class that is changed in many classes at once.
#[derive(Clone, Debug)]
pub enum ClassChange {
    GradeLevel(Option<String>),
    Room(Option<String>),
    Places(Option<i32>),
    Teacher(Option<StaffId>),
}

/// Changes a field of a class by the rules of [`save_class`]; the class as it now is.
pub async fn change_class(
    tx: &mut Transaction<'_>,
    before: classes::Model,
    change: &ClassChange,
) -> Result<classes::Model> {
    let mut input = SaveClass {
        school: before.school_id,
        save: Save::Change { id: before.id, version: before.version },
        year: before.year_id,
        title: before.title.clone(),
        kind: before.kind,
        grade_level: before.grade_level.clone(),
        room: before.room.clone(),
        places: before.places,
        class_teacher: before.homeroom_staff_id,
    };
    match change {
        ClassChange::GradeLevel(level) => input.grade_level.clone_from(level),
        ClassChange::Room(room) => input.room.clone_from(room),
        ClassChange::Places(places) => input.places = *places,
        ClassChange::Teacher(teacher) => input.class_teacher = *teacher,
    }
    let after = checked(tx.reader(), &input, Some(&before)).await?;
    Ok(tx.update::<classes::Entity>(&before, after).await?)
}

async fn checked(
    db: &impl ConnectionTrait,
    input: &SaveClass,
    before: Option<&classes::Model>,
) -> Result<classes::Model> {
    let mut invalid = Invalid::default();
    let row = classes::Model {
        id: before.map_or_else(ClassId::new, |before| before.id),
        sort_title: String::new(),
        school_id: input.school,
        year_id: input.year,
        title: invalid.text("title", &input.title, 100),
        grade_level: invalid.optional("gradeLevel", input.grade_level.as_deref(), 50),
        room: invalid.optional("room", input.room.as_deref(), 50),
        homeroom_staff_id: input.class_teacher,
        source_id: before.and_then(|before| before.source_id.clone()),
        deleted_at: before.and_then(|before| before.deleted_at),
        kind: input.kind,
        places: input.places,
        version: 1,
    };
    if input.places.is_some_and(|places| !(1..=MOST_PLACES).contains(&places)) {
        invalid.push("places", "out_of_range", refusals::classes::places_out_of_range(MOST_PLACES));
    }
    if input.kind == ClassKind::Group && input.class_teacher.is_some() {
        invalid.push("classTeacher", "group", refusals::classes::group_has_no_class_teacher());
    }
    let year = academic_sessions::Entity::find_by_id(input.year)
        .filter(academic_sessions::Column::SchoolId.eq(input.school))
        .filter(academic_sessions::Column::Kind.eq(AcademicSessionKind::Year))
        .filter(academic_sessions::Entity::existing())
        .one(db)
        .await?;
    if year.is_none() {
        invalid.push("year", "unknown", refusals::classes::unknown_year());
    }
    if let Some(teacher) = input.class_teacher {
        let found = staff::Entity::find_by_id(teacher)
            .filter(staff::Column::SchoolId.eq(input.school))
            .filter(staff::Entity::existing())
            .one(db)
            .await?;
        if found.is_none() {
            invalid.push("classTeacher", "unknown", refusals::classes::unknown_staff());
        }
    }
    let others = classes::Entity::find()
        .select_only()
        .column(classes::Column::Title)
        .filter(classes::Column::SchoolId.eq(input.school))
        .filter(classes::Column::YearId.eq(input.year))
        .filter(classes::Column::Id.ne(row.id))
        .filter(classes::Entity::existing());
    let titles: Vec<String> = others.into_tuple().all(db).await?;
    // "3b" is no second class beside "3B".
    if before.is_none_or(|before| before.title != row.title || before.year_id != row.year_id)
        && titles.iter().any(|title| same_key(title) == same_key(&row.title))
    {
        invalid.push("title", "taken", refusals::classes::title_taken());
    }
    invalid.check()?;
    Ok(row)
}
