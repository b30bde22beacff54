//! Who may read what became of a table's rows, by what the table says of itself: which roles a group of readers is, and how
//! somebody who teaches is tied to a row.

use sea_orm::ConnectionTrait;
use serde_json::Value as Json;
use store::entities::{Acts, CommentKind, Readers, TABLES, Table, Taught};
use store::ids::{ClassId, CourseId, SchoolId, StudentId};
use uuid::Uuid;
use words::refusals;

use super::rows::Rows;
use crate::permission::{Rule, rules};
use crate::{Access, Context, Error, Reach, Result};

/// The roles of a group of readers.
pub(super) fn rule(readers: Readers) -> Rule {
    match readers {
        Readers::Staff => rules::STAFF,
        Readers::Register => rules::REGISTER,
        Readers::Graders => rules::GRADERS,
        Readers::Medical => rules::MEDICAL,
        Readers::Pastoral => rules::PASTORAL,
        Readers::Leaders => rules::LEADERS,
        Readers::Own => &[],
    }
}

/// What people do to the rows of the table of this name, where they do anything.
pub(super) fn acts_on(name: &str) -> Option<&'static Acts> {
    Table::named(name).and_then(Table::acts)
}

/// The tables whose rows people change.
pub(super) fn changed_by_people() -> impl Iterator<Item = (&'static str, &'static Acts)> {
    TABLES.iter().filter_map(|table| Some((table.name, table.acts()?)))
}

/// What somebody may reach of the rows that these people read.
pub(super) fn reading(context: &Context, readers: Readers) -> Result<Access> {
    Access::by_rule(context.actor()?, rule(readers), context.now())
}

/// The tables of which this person may read every row of the school.
pub(super) fn readable(context: &Context, school: SchoolId) -> Result<Vec<(&'static str, &'static Acts)>> {
    context.actor()?;
    let reach = |readers| reading(context, readers).and_then(|access| access.at(school));
    Ok(changed_by_people().filter(|(_, acts)| reach(acts.readers) == Ok(Reach::School)).collect())
}

/// Refuses who does not reach this row: where somebody reaches only what they teach, by the row's course, class or
/// student.
pub(super) async fn permit_row(
    access: &Access,
    rows: &mut Rows<'_>,
    school: SchoolId,
    table: &str,
    row: Uuid,
) -> Result<()> {
    if access.at(school)? == Reach::School {
        return Ok(());
    }
    let taught = acts_on(table).map_or(Taught::Nothing, |acts| acts.taught);
    if taught == Taught::Nothing {
        return Err(Error::forbidden());
    }
    let db = rows.db();
    let fields = rows.get(table, row).await?.ok_or_else(|| Error::not_found(refusals::gone::record()))?;
    match taught {
        Taught::Nothing => Err(Error::forbidden()),
        Taught::Student(column) => access.student_or_deleted(db, StudentId(id(&fields, column)?)).await.map(drop),
        Taught::Class(column) => access.class_or_deleted(db, ClassId(id(&fields, column)?)).await.map(drop),
        Taught::Course(column) => access.course_or_deleted(db, CourseId(id(&fields, column)?)).await.map(drop),
        Taught::Assessment(column) => {
            let assessment = rows.get("assessments", id(&fields, column)?).await?;
            let assessment = assessment.ok_or_else(|| Error::not_found(refusals::gone::assessment()))?;
            access.course_or_deleted(db, CourseId(id(&assessment, "course_id")?)).await.map(drop)
        }
        Taught::Comment => permit_comment(access, db, school, &fields).await,
    }
}

/// A course's comment is its teachers', the class teacher's that of whose homeroom the student is in.
async fn permit_comment(access: &Access, db: &impl ConnectionTrait, school: SchoolId, fields: &Json) -> Result<()> {
    if let Ok(course) = id(fields, "course_id") {
        return access.course_or_deleted(db, CourseId(course)).await.map(drop);
    }
    let student = access.student_or_deleted(db, StudentId(id(fields, "student_id")?)).await?;
    let own = access.is_class_teacher_of(db, school, student.id).await?;
    if own && fields["kind"] == CommentKind::ClassTeacher.name() { Ok(()) } else { Err(Error::forbidden()) }
}

/// The identifier in a field of a row.
pub(super) fn id(fields: &Json, field: &str) -> Result<Uuid> {
    let text = fields.get(field).and_then(Json::as_str);
    text.and_then(|text| text.parse().ok()).ok_or_else(|| Error::not_found(refusals::gone::record()))
}
