//! The courses of a year as a grid: classes down, subjects across, and in the cells who teaches. Many cells are saved in one
//! act; each says what became of it.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{ClassKind, SoftDeleted, assessments, classes, courses, staff, subjects, teachings};
use store::ids::{AcademicSessionId, AuditEntryId, ClassId, CourseId, SchoolId, StaffId, SubjectId};
use words::refusals;

use super::class::StaffRef;
use super::courses::{MOST_TEACHERS, NewCourse, put, take_out};
use crate::people::name_order;
use crate::schools::{current_year, school_day};
use crate::{Call, Error, ErrorCode, Outcome, Result, Save};

/// The most cells that are saved at once.
const MOST_CELLS: usize = 2_000;

/// Input of [`course_grid`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct OfCourseGrid {
    pub school: SchoolId,
    /// The present one where left out.
    pub year: Option<AcademicSessionId>,
}

/// A row of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GridClass {
    pub id: ClassId,
    pub title: String,
    pub kind: ClassKind,
    pub grade_level: Option<String>,
}

/// A column of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GridSubject {
    pub id: SubjectId,
    pub title: String,
    pub code: Option<String>,
}

/// A course of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GridCell {
    pub class: ClassId,
    pub subject: SubjectId,
    pub course: CourseId,
    /// Who teaches it now, by name.
    pub teachers: Vec<StaffId>,
    /// It has assessments, so that it cannot be taken out.
    pub used: bool,
    pub version: i32,
}

/// The courses of a year as a grid.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CourseGrid {
    /// None: the school has no year yet.
    pub year: Option<AcademicSessionId>,
    /// Homerooms first, by grade level and title.
    pub classes: Vec<GridClass>,
    /// In the order of the school.
    pub subjects: Vec<GridSubject>,
    /// The courses that there are.
    pub cells: Vec<GridCell>,
    /// Everybody of the staff who has not left, by name.
    pub staff: Vec<StaffRef>,
}

/// A cell to save.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveGridCell {
    pub class: ClassId,
    pub subject: SubjectId,
    /// The course that the person saw in the cell.
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<CourseId>,
    /// Who taught it then.
    #[serde(default)]
    pub seen: Vec<StaffId>,
    /// All who teach it from now on; nobody is allowed. Without a list the course is taken out of the class.
    pub teachers: Option<Vec<StaffId>>,
}

/// Input of [`save_course_grid`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveCourseGrid {
    pub school: SchoolId,
    pub year: AcademicSessionId,
    /// At most 2,000, each once.
    pub cells: Vec<SaveGridCell>,
}

/// What stands in a cell; none: the class is not taught the subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GridCellNow {
    pub cell: Option<GridCell>,
}

/// What became of a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GridCellResult {
    pub class: ClassId,
    pub subject: SubjectId,
    pub result: Outcome<GridCellNow, GridCellNow>,
}

/// What [`save_course_grid`] saved.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedCourseGrid {
    /// One a cell, in the order given.
    pub cells: Vec<GridCellResult>,
    pub undo: Option<AuditEntryId>,
}

/// The grid of a year.
pub(super) async fn course_grid(call: &Call, input: OfCourseGrid) -> Result<CourseGrid> {
    call.access().whole_school(input.school)?;
    let db = call.store().reader();
    let today = school_day(call, db, input.school).await?;
    let year = match input.year {
        Some(year) => Some(year),
        None => current_year(db, input.school, today).await?,
    };
    let mut rows = of_year(db, input.school, year).await?;
    // As the list of classes has them.
    rows.sort_by_cached_key(|row| (row.kind == ClassKind::Group, row.grade_level.as_deref().map(store::sort_title)));
    let school = Taught::load(call, db, input.school, rows.iter().map(|class| class.id).collect()).await?;
    let order = name_order(db, input.school).await?;
    let cells = school.courses.iter().map(|course| school.cell(course)).collect();
    Ok(CourseGrid {
        year,
        classes: rows
            .into_iter()
            .map(|class| GridClass {
                id: class.id,
                title: class.title,
                kind: class.kind,
                grade_level: class.grade_level,
            })
            .collect(),
        subjects: school
            .subjects
            .iter()
            .map(|row| GridSubject { id: row.id, title: row.title.clone(), code: row.code.clone() })
            .collect(),
        cells,
        staff: school.staff.iter().map(|person| StaffRef::of(person, order)).collect(),
    })
}

/// The classes of a year, by title.
async fn of_year(
    db: &impl ConnectionTrait,
    school: SchoolId,
    year: Option<AcademicSessionId>,
) -> Result<Vec<classes::Model>> {
    let Some(year) = year else { return Ok(Vec::new()) };
    let found = classes::Entity::find()
        .filter(classes::Column::SchoolId.eq(school))
        .filter(classes::Column::YearId.eq(year))
        .filter(classes::Entity::existing())
        .order_by_asc(classes::Column::SortTitle)
        .order_by_asc(classes::Column::Title);
    Ok(found.all(db).await?)
}

/// What is taught in some classes, and who may teach.
struct Taught {
    subjects: Vec<subjects::Model>,
    courses: Vec<courses::Model>,
    teachings: HashMap<CourseId, Vec<StaffId>>,
    used: HashSet<CourseId>,
    /// Who has not left, by name.
    staff: Vec<staff::Model>,
}

impl Taught {
    async fn load(call: &Call, db: &impl ConnectionTrait, school: SchoolId, classes: Vec<ClassId>) -> Result<Self> {
        let today = school_day(call, db, school).await?;
        let subjects = subjects::Entity::find()
            .filter(subjects::Column::SchoolId.eq(school))
            .filter(subjects::Entity::existing())
            .order_by_asc(subjects::Column::Position)
            .order_by_asc(subjects::Column::Title)
            .all(db)
            .await?;
        let shown: HashSet<SubjectId> = subjects.iter().map(|subject| subject.id).collect();
        let courses: Vec<courses::Model> = courses::Entity::find()
            .filter(courses::Column::SchoolId.eq(school))
            .filter(courses::Column::ClassId.is_in(classes))
            .filter(courses::Entity::existing())
            .all(db)
            .await?
            .into_iter()
            .filter(|course| shown.contains(&course.subject_id))
            .collect();
        let people = staff::Entity::find()
            .filter(staff::Column::SchoolId.eq(school))
            .filter(staff::Entity::existing())
            .order_by_asc(name_order(db, school).await?.of_staff())
            .order_by_asc(staff::Column::Id)
            .all(db)
            .await?;
        let staff = people.into_iter().filter(|person| person.last_day.is_none_or(|last| last >= today)).collect();
        let ids: HashSet<CourseId> = courses.iter().map(|course| course.id).collect();
        let mut of_courses: HashMap<CourseId, Vec<StaffId>> = HashMap::new();
        let rows = teachings::Entity::find().filter(teachings::Column::SchoolId.eq(school)).all(db).await?;
        for row in rows.into_iter().filter(|row| ids.contains(&row.course_id)) {
            of_courses.entry(row.course_id).or_default().push(row.staff_id);
        }
        let used: Vec<CourseId> = assessments::Entity::find()
            .select_only()
            .column(assessments::Column::CourseId)
            .distinct()
            .filter(assessments::Column::SchoolId.eq(school))
            .filter(assessments::Entity::existing())
            .into_tuple()
            .all(db)
            .await?;
        Ok(Self { subjects, courses, teachings: of_courses, used: used.into_iter().collect(), staff })
    }

    fn teaches(&self, id: StaffId) -> bool {
        self.staff.iter().any(|person| person.id == id)
    }

    fn of(&self, class: ClassId, subject: SubjectId) -> Option<GridCell> {
        self.courses.iter().find(|row| (row.class_id, row.subject_id) == (class, subject)).map(|row| self.cell(row))
    }

    fn cell(&self, course: &courses::Model) -> GridCell {
        let all = self.teachings.get(&course.id).map_or(&[][..], Vec::as_slice);
        let teachers = self.staff.iter().map(|person| person.id).filter(|id| all.contains(id));
        GridCell {
            class: course.class_id,
            subject: course.subject_id,
            course: course.id,
            teachers: teachers.collect(),
            used: self.used.contains(&course.id),
            version: course.version,
        }
    }

    /// Those who taught a course and have left: they stay on record.
    fn former(&self, course: CourseId) -> impl Iterator<Item = StaffId> {
        let all = self.teachings.get(&course).map_or(&[][..], Vec::as_slice);
        all.iter().copied().filter(|id| !self.teaches(*id))
    }
}

/// Saves cells of the grid in one act. What somebody else changed meanwhile, and what cannot be, stays as it is and comes
/// back with its reason; the rest is saved.
pub(super) async fn save_course_grid(call: &Call, input: SaveCourseGrid) -> Result<SavedCourseGrid> {
    call.access().whole_school(input.school)?;
    if input.cells.len() > MOST_CELLS {
        return Err(Error::field("cells", "too_many", refusals::classes::cells_count(MOST_CELLS)));
    }
    let (cells, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let rows = of_year(tx.reader(), input.school, Some(input.year)).await?;
            let of_year: HashMap<ClassId, classes::Model> = rows.into_iter().map(|class| (class.id, class)).collect();
            let taught = Taught::load(call, tx.reader(), input.school, of_year.keys().copied().collect()).await?;
            let mut done = HashSet::new();
            let mut results = Vec::with_capacity(input.cells.len());
            for cell in &input.cells {
                let result = match of_year.get(&cell.class) {
                    _ if !done.insert((cell.class, cell.subject)) => {
                        Outcome::refused("twice", refusals::classes::cell_twice())
                    }
                    Some(class) => save_cell(call, tx, &taught, class, cell).await?,
                    None => Outcome::refused("no_class", refusals::gone::class()),
                };
                results.push((cell.class, cell.subject, result));
            }
            // What was saved is shown as it is now stored.
            let now = Taught::load(call, tx.reader(), input.school, of_year.keys().copied().collect()).await?;
            let results = results.into_iter().map(|(class, subject, result)| GridCellResult {
                class,
                subject,
                result: match result {
                    Outcome::Saved(()) => Outcome::Saved(GridCellNow { cell: now.of(class, subject) }),
                    Outcome::Refused { code, message } => Outcome::Refused { code, message },
                    Outcome::Conflict { current } => Outcome::Conflict { current },
                },
            });
            Ok(results.collect::<Vec<_>>())
        })
        .await?;
    Ok(SavedCourseGrid { cells, undo })
}

async fn save_cell(
    call: &Call,
    tx: &mut Transaction<'_>,
    taught: &Taught,
    class: &classes::Model,
    cell: &SaveGridCell,
) -> Result<Outcome<(), GridCellNow>> {
    if !taught.subjects.iter().any(|subject| subject.id == cell.subject) {
        return Ok(Outcome::refused("no_subject", refusals::classes::unknown_subject()));
    }
    let current = taught.of(class.id, cell.subject);
    let same = |wanted: &[StaffId], held: &[StaffId]| {
        wanted.iter().collect::<HashSet<_>>() == held.iter().collect::<HashSet<_>>()
    };
    let already = match (&cell.teachers, &current) {
        (None, None) => true,
        (Some(wanted), Some(held)) => same(wanted, &held.teachers),
        _ => false,
    };
    if already {
        return Ok(Outcome::Saved(()));
    }
    let as_seen = match (&cell.save, &current) {
        (Save::New, None) => true,
        (Save::Change { id, version }, Some(held)) => {
            (*id, *version) == (held.course, held.version) && same(&cell.seen, &held.teachers)
        }
        _ => false,
    };
    if !as_seen {
        return Ok(Outcome::Conflict { current: GridCellNow { cell: current } });
    }
    let Some(wanted) = &cell.teachers else {
        let Some(held) = current else { return Ok(Outcome::Saved(())) };
        return match take_out(call, tx, held.course).await {
            Ok(()) => Ok(Outcome::Saved(())),
            Err(error) if error.code == ErrorCode::InUse => Ok(Outcome::refused("has_assessments", error.message)),
            Err(error) => Err(error),
        };
    };
    if wanted.len() > MOST_TEACHERS {
        return Ok(Outcome::refused("too_many", refusals::classes::too_many_teachers()));
    }
    if wanted.iter().any(|id| !taught.teaches(*id)) {
        return Ok(Outcome::refused("unknown_staff", refusals::classes::unknown_staff()));
    }
    let former = current.iter().flat_map(|held| taught.former(held.course));
    let teachers = wanted.iter().copied().chain(former).collect();
    put(tx, class, &NewCourse { subject: cell.subject, teachers }, true).await?;
    Ok(Outcome::Saved(()))
}
