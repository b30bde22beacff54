//! Comments on report cards: of each course's teacher, of the class teacher and of the principal.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{academic_sessions, classes, report_comments as comments, subjects};
use store::ids::{AcademicSessionId, AuditEntryId, ClassId, CommentId, CourseId, SchoolId, StudentId, SubjectId};
use words::refusals;

use super::book::{load_courses, load_term};
use super::takers::{StudentLabel, load_students, load_takers, with_groups};
use crate::schools::{Settings, load_settings};
use crate::{Access, Call, Error, Outcome, Reach, Result, SavedVersion};

/// A class in a term.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfClassTerm {
    pub class: ClassId,
    pub term: AcademicSessionId,
}

pub use store::entities::CommentKind;

/// A comment that is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportComment {
    pub student: StudentId,
    pub kind: CommentKind,
    /// For a course's comment, which.
    pub course: Option<CourseId>,
    pub body: String,
    pub version: i32,
}

/// A course whose teacher comments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommentedCourse {
    pub course: CourseId,
    pub subject_title: String,
    /// Of the course's class: of a homeroom's students also groups are commented.
    pub class_title: String,
    /// Who of the class takes it in the term.
    pub students: Vec<StudentId>,
    /// Whether the person may write its comments.
    pub writable: bool,
}

/// All comments of a class and term, and which of them the person may write.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportComments {
    pub students: Vec<StudentLabel>,
    pub courses: Vec<CommentedCourse>,
    pub comments: Vec<ReportComment>,
    pub class_teacher_writable: bool,
    pub principal_writable: bool,
    /// The most characters of a course's comment.
    pub longest_course: u32,
    /// The most characters of the class teacher's and the principal's comment.
    pub longest_general: u32,
}

/// One comment as it was written; blank takes it away.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveComment {
    pub student: StudentId,
    pub kind: CommentKind,
    #[serde(default)]
    #[ts(optional)]
    pub course: Option<CourseId>,
    pub body: String,
    /// The version that the person saw; none where there was no comment.
    #[serde(default)]
    #[ts(optional)]
    pub seen_version: Option<i32>,
}

/// Input of [`save_comments`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveComments {
    pub class: ClassId,
    pub term: AcademicSessionId,
    pub comments: Vec<SaveComment>,
}

/// What somebody else made of a comment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommentConflict {
    pub body: String,
    pub version: i32,
}

/// What became of a comment.
pub type CommentResult = Outcome<SavedVersion, CommentConflict>;

/// What became of all of them.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedComments {
    /// One a comment, in the order given.
    pub results: Vec<CommentResult>,
    pub undo: Option<AuditEntryId>,
}

/// A course whose comments stand on the cards of a class.
struct Commented {
    subject: SubjectId,
    class: ClassId,
    writable: bool,
    students: HashSet<StudentId>,
}

/// Which comments of a class a person may write.
struct Writable {
    courses: HashMap<CourseId, Commented>,
    class_teacher: bool,
    principal: bool,
}

impl Writable {
    async fn of(
        db: &impl ConnectionTrait,
        access: &Access,
        class: &classes::Model,
        term: &academic_sessions::Model,
    ) -> Result<Self> {
        let school = access.at(class.school_id)? == Reach::School;
        let found = load_courses(db, class.school_id, &with_groups(db, class, term).await?).await?;
        let with_class: Vec<(CourseId, ClassId)> = found.iter().map(|course| (course.id, course.class_id)).collect();
        let mut takers = load_takers(db, class.school_id, &with_class, term).await?;
        let mut courses = HashMap::new();
        for course in found {
            let writable = school || access.course(db, course.id).await.is_ok();
            let takers = takers.remove(&course.id).unwrap_or_default();
            let students = takers.students.iter().map(|student| student.id).collect();
            let (subject, class) = (course.subject_id, course.class_id);
            courses.insert(course.id, Commented { subject, class, writable, students });
        }
        let own = class.homeroom_staff_id.is_some() && class.homeroom_staff_id == access.staff();
        Ok(Self { courses, class_teacher: school || own, principal: school })
    }

    fn allows(&self, kind: CommentKind, course: Option<CourseId>) -> bool {
        match (kind, course) {
            (CommentKind::Course, Some(course)) => self.courses.get(&course).is_some_and(|of| of.writable),
            (CommentKind::ClassTeacher, None) => self.class_teacher,
            (CommentKind::Principal, None) => self.principal,
            _ => false,
        }
    }
}

/// The comments of a class and term.
pub(super) async fn report_comments(call: &Call, input: OfClassTerm) -> Result<ReportComments> {
    let access = call.access();
    let db = call.store().reader();
    let class = access.class(db, input.class).await?;
    let term = load_term(db, class.school_id, input.term).await?;
    let writable = Writable::of(db, access, &class, &term).await?;
    let settings = load_settings(db, class.school_id).await?;
    let students = load_students(db, class.school_id, &[class.id], &term).await?.remove(&class.id).unwrap_or_default();
    let class_rows = classes::Entity::find()
        .filter(classes::Column::Id.is_in(writable.courses.values().map(|of| of.class)))
        .all(db)
        .await?;
    let subject_rows = subjects::Entity::find()
        .filter(subjects::Column::SchoolId.eq(class.school_id))
        .filter(subjects::Column::Id.is_in(writable.courses.values().map(|of| of.subject)))
        .all(db)
        .await?;
    let mut courses: Vec<(i32, CommentedCourse)> = writable
        .courses
        .iter()
        .filter_map(|(course, of)| {
            let subject = subject_rows.iter().find(|row| row.id == of.subject)?;
            let class = class_rows.iter().find(|row| row.id == of.class)?;
            let takers = students.iter().map(|student| student.id).filter(|student| of.students.contains(student));
            let shown = CommentedCourse {
                course: *course,
                subject_title: subject.title.clone(),
                class_title: class.title.clone(),
                students: takers.collect(),
                writable: of.writable,
            };
            Some((subject.position, shown))
        })
        // A group's course that none of them takes is no business of the class.
        .filter(|(_, shown)| !shown.students.is_empty() || writable.courses[&shown.course].class == class.id)
        .collect();
    courses.sort_by(|(a_place, a), (b_place, b)| {
        (a_place, &a.subject_title, &a.class_title).cmp(&(b_place, &b.subject_title, &b.class_title))
    });
    let rows = load_comments(db, class.school_id, input.term, students.iter().map(|student| student.id)).await?;
    Ok(ReportComments {
        students: students.to_vec(),
        comments: rows
            .into_iter()
            .filter(|row| row.course_id.is_none_or(|course| writable.courses.contains_key(&course)))
            .map(|row| ReportComment {
                student: row.student_id,
                kind: row.kind,
                course: row.course_id,
                body: row.body,
                version: row.version,
            })
            .filter(|comment| !comment.body.is_empty() || comment.version > 1)
            .collect(),
        courses: courses.into_iter().map(|(_, course)| course).collect(),
        class_teacher_writable: writable.class_teacher,
        principal_writable: writable.principal,
        longest_course: settings.subject_comment_length,
        longest_general: settings.general_comment_length,
    })
}

/// The comments on these students in a term.
pub async fn load_comments(
    db: &impl ConnectionTrait,
    school: SchoolId,
    term: AcademicSessionId,
    students: impl IntoIterator<Item = StudentId>,
) -> Result<Vec<comments::Model>> {
    Ok(comments::Entity::find()
        .filter(comments::Column::SchoolId.eq(school))
        .filter(comments::Column::TermId.eq(term))
        .filter(comments::Column::StudentId.is_in(students))
        .all(db)
        .await?)
}

/// Saves all comments that the person may write, in one transaction.
pub(super) async fn save_comments(call: &Call, input: SaveComments) -> Result<SavedComments> {
    let access = call.access();
    let db = call.store().reader();
    let class = access.class(db, input.class).await?;
    let term = load_term(db, class.school_id, input.term).await?;
    let writable = Writable::of(db, access, &class, &term).await?;
    let settings = load_settings(db, class.school_id).await?;
    let students = load_students(db, class.school_id, &[class.id], &term).await?.remove(&class.id).unwrap_or_default();
    let students: HashSet<StudentId> = students.iter().map(|student| student.id).collect();
    let user = call.actor()?.user;
    let now = call.now();
    let (results, undo) = call
        .transact(async |tx| {
            // One who saves comments of this class waits for another who does.
            super::record::lock_class(tx, class.id).await?;
            super::record::hold_term(tx, term.id).await?;
            let rows = load_comments(tx.reader(), class.school_id, term.id, students.iter().copied()).await?;
            let mut current: HashMap<(StudentId, CommentKind, Option<CourseId>), comments::Model> =
                rows.into_iter().map(|row| ((row.student_id, row.kind, row.course_id), row)).collect();
            let mut results = Vec::with_capacity(input.comments.len());
            for wish in &input.comments {
                if let Some(refusal) = refusal(wish, &writable, &students, &settings) {
                    results.push(refusal);
                    continue;
                }
                let body = wish.body.trim().to_owned();
                let place = (wish.student, wish.kind, wish.course);
                let saved = match current.get(&place) {
                    Some(row) if row.body == body => Some(row.version),
                    Some(row) if wish.seen_version == Some(row.version) => {
                        let after = comments::Model { body, updated_by: Some(user), updated_at: now, ..row.clone() };
                        let row = tx.update::<comments::Entity>(row, after).await?;
                        let version = row.version;
                        current.insert(place, row);
                        Some(version)
                    }
                    Some(row) => {
                        results.push(Outcome::Conflict {
                            current: CommentConflict { body: row.body.clone(), version: row.version },
                        });
                        continue;
                    }
                    None if body.is_empty() => None,
                    None => {
                        let row = comments::Model {
                            id: CommentId::new(),
                            school_id: class.school_id,
                            student_id: wish.student,
                            term_id: term.id,
                            course_id: wish.course,
                            kind: wish.kind,
                            body,
                            updated_by: Some(user),
                            updated_at: now,
                            version: 1,
                        };
                        current.insert(place, tx.insert::<comments::Entity>(row).await?);
                        Some(1)
                    }
                };
                results.push(Outcome::Saved(SavedVersion { version: saved }));
            }
            Ok(results)
        })
        .await?;
    Ok(SavedComments { results, undo })
}

/// Why a comment is not kept, if so.
fn refusal(
    wish: &SaveComment,
    writable: &Writable,
    students: &HashSet<StudentId>,
    settings: &Settings,
) -> Option<CommentResult> {
    let refused = |code: &str, message| Some(Outcome::refused(code, message));
    if !writable.allows(wish.kind, wish.course) {
        return refused("forbidden", Error::forbidden().message);
    }
    let takes = wish
        .course
        .is_none_or(|course| writable.courses.get(&course).is_some_and(|of| of.students.contains(&wish.student)));
    if !takes || !students.contains(&wish.student) {
        return refused("not_enrolled", refusals::common::not_in_class_in_term());
    }
    let longest = match wish.kind {
        CommentKind::Course => settings.subject_comment_length,
        CommentKind::ClassTeacher | CommentKind::Principal => settings.general_comment_length,
    };
    if wish.body.trim().chars().count() > longest as usize {
        return refused("too_long", refusals::gradebook::comment_too_long(longest));
    }
    if wish.body.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
        return refused("control_characters", refusals::common::control_characters());
    }
    None
}
