//! One class with its students and courses, and saving it.

use chrono::NaiveDate;
use exchange::same_key;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use store::entities::{AcademicSessionKind, SoftDeleted, academic_sessions, classes, staff};
use store::ids::{
    AcademicSessionId, AuditEntryId, ClassId, CourseId, EnrolmentId, SchoolId, StaffId, StudentId, SubjectId,
};
use words::refusals;

use crate::error::Invalid;
use crate::people::{NameOrder, full_name, name_order};
use crate::schools::school_day;
use crate::{Call, Context, Error, Result, Save};

/// Names a class.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfClass {
    pub class: ClassId,
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
    fn new(id: StaffId, given: &str, family: &str, order: NameOrder) -> Self {
        Self { id, name: full_name(given, family), list_name: order.list_name(given, family) }
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
}

/// A subject as taught to the class.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CourseRow {
    pub id: CourseId,
    pub subject: SubjectId,
    pub subject_title: String,
    pub teachers: Vec<StaffRef>,
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
    pub grade_level: Option<String>,
    pub room: Option<String>,
    pub class_teacher: Option<StaffRef>,
    /// Enrolled today or later, by name.
    pub students: Vec<ClassStudent>,
    /// Those who left the class, latest first.
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
    pub grade_level: Option<String>,
    pub room: Option<String>,
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
    details(call, row).await
}

async fn details(context: &Context, row: classes::Model) -> Result<ClassDetails> {
    let db = context.store().reader();
    let today = school_day(context, db, row.school_id).await?;
    let (students, mut former_students): (Vec<_>, Vec<_>) =
        students_of(context, &row).await?.into_iter().partition(|student| student.end.is_none_or(|end| end >= today));
    former_students.sort_by_key(|student| std::cmp::Reverse(student.end));
    let class_teacher = match row.homeroom_staff_id {
        Some(id) => staff::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let order = name_order(db, row.school_id).await?;
    Ok(ClassDetails {
        courses: courses_of(context, &row).await?,
        class_teacher: class_teacher
            .map(|teacher| StaffRef::new(teacher.id, &teacher.given_name, &teacher.family_name, order)),
        students,
        former_students,
        id: row.id,
        school: row.school_id,
        year: row.year_id,
        title: row.title,
        grade_level: row.grade_level,
        room: row.room,
        deleted: row.deleted_at.is_some(),
        version: row.version,
    })
}

async fn students_of(context: &Context, class: &classes::Model) -> Result<Vec<ClassStudent>> {
    let sql = "SELECT e.id AS enrolment, s.id AS student, s.number, s.given_name, s.family_name, s.preferred_name, \
        s.native_name, e.start_date AS start, e.end_date AS end FROM enrolments e JOIN students s ON s.id = e.student_id \
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
    staff_id: Option<StaffId>,
    given_name: Option<String>,
    family_name: Option<String>,
}

async fn courses_of(context: &Context, class: &classes::Model) -> Result<Vec<CourseRow>> {
    let sql = "SELECT k.id, k.subject_id, b.title, k.version, p.id AS staff_id, \
        p.given_name, p.family_name FROM courses k JOIN subjects b ON b.id = k.subject_id \
        LEFT JOIN teachings t ON t.school_id = $1 AND t.course_id = k.id LEFT JOIN staff p ON p.id = t.staff_id AND p.deleted_at IS NULL \
        WHERE k.school_id = $1 AND k.class_id = $2 AND k.deleted_at IS NULL ORDER BY b.position, b.title, k.id, p.{sort}";
    let order = name_order(context.store().reader(), class.school_id).await?;
    let sql = &sql.replace("{sort}", order.column());
    let statement = context.store().statement(sql, [class.school_id.into(), class.id.into()]);
    let actor = context.actor()?;
    let whole = actor.grants.iter().any(|(school, role)| {
        *school == class.school_id && *role != crate::Role::Teacher && *role != crate::Role::Student
    });
    let class_teacher = actor.staff.is_some() && actor.staff == class.homeroom_staff_id;
    let mut courses: Vec<CourseRow> = Vec::new();
    for row in CourseFound::find_by_statement(statement).all(context.store().reader()).await? {
        if courses.last().is_none_or(|course| course.id != row.id) {
            courses.push(CourseRow {
                id: row.id,
                subject: row.subject_id,
                subject_title: row.title,
                teachers: Vec::new(),
                mine: whole || class_teacher,
                version: row.version,
            });
        }
        if let (Some(course), Some(id), Some(given), Some(family)) =
            (courses.last_mut(), row.staff_id, row.given_name, row.family_name)
        {
            course.mine |= actor.staff == Some(id);
            course.teachers.push(StaffRef::new(id, &given, &family, order));
        }
    }
    Ok(courses)
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
                    tx.update::<classes::Entity>(&before, row).await?
                }
            })
        })
        .await?;
    Ok(SavedClass { class: details(call, saved).await?, undo })
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
        version: 1,
    };
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
