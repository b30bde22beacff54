//! From one academic year into the next: where each student goes, planned by rule, by hand or from a file, shown first and
//! applied in one step.
//!
//! A decision names the class of the new year by its title, which may not be there yet: the classes of the old year are
//! copied in the same step.

mod apply;
mod decide;
mod plan;

use serde::{Deserialize, Serialize};
use store::entities::RolloverOutcome;
use store::ids::{AcademicSessionId, AuditEntryId, ClassId, SchoolId, StudentId};
use uuid::Uuid;

pub(super) use apply::roll_over;
pub use decide::RolloverFromFile;
pub(super) use decide::{decide_rollover_class, decide_rollover_students, rollover_from_file};
pub(super) use plan::{plan_rollover, rollover_students};

/// By what it is said where a student goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlannedBy {
    /// What follows from grade levels and titles.
    Rule,
    /// A decision about the homeroom.
    Class,
    /// A decision about the student.
    Student,
}

/// Why nothing is planned for a student yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unresolved {
    /// Of the school and in no homeroom of the year that ends.
    NoHomeroom,
    /// No rule says where the homeroom goes.
    NoRule,
    /// The new year has no homeroom of that title.
    NoSuchClass,
}

/// What becomes of a student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RolloverStudent {
    pub student: StudentId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub native_name: Option<String>,
    /// The homeroom of the year that ends; none for who is in none.
    pub class: Option<ClassId>,
    pub class_title: Option<String>,
    /// None while unresolved.
    pub outcome: Option<RolloverOutcome>,
    /// The title of the new homeroom, where there is one.
    pub to: Option<String>,
    pub by: PlannedBy,
    pub unresolved: Option<Unresolved>,
    /// In a homeroom of the new year, or leaves with the last day of the old one, already: applying changes nothing.
    pub done: bool,
}

/// What becomes of a homeroom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RolloverClass {
    pub class: ClassId,
    pub title: String,
    pub grade_level: Option<String>,
    pub students: u32,
    /// What the rule, or a decision about the class, says; none: nothing.
    pub outcome: Option<RolloverOutcome>,
    pub to: Option<String>,
    pub by: PlannedBy,
    /// Students for whom something else was decided.
    pub otherwise: u32,
    pub unresolved: u32,
}

/// A rollover as it would be done now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RolloverPlan {
    /// The homerooms of the year that ends, by grade level and title.
    pub classes: Vec<RolloverClass>,
    /// Titles of the homerooms that the new year has, or gets by copying those of the old one.
    pub homerooms: Vec<String>,
    /// Classes that are copied into the new year.
    pub new_classes: u32,
    /// Courses that are made in it.
    pub new_courses: u32,
    /// Grade levels whose number of places is copied into it.
    pub new_grade_places: u32,
    /// The grade levels of the new year that have a number of places, as people count.
    pub grades: Vec<RolloverGrade>,
    pub counts: RolloverCounts,
}

/// A grade level of the new year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RolloverGrade {
    pub grade_level: String,
    pub places: i32,
    /// Those who are in a homeroom of it already.
    pub there: u32,
    /// Those who come into one by the rollover.
    pub coming: u32,
}

/// Students by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RolloverCounts {
    pub students: u32,
    pub moves: u32,
    pub repeats: u32,
    pub leaves: u32,
    pub graduates: u32,
    pub unresolved: u32,
    /// Those with whom it is done already; they are in none of the other counts but `students`.
    pub done: u32,
}

/// Input of [`plan_rollover`] and, with `even_if_unresolved`, of [`roll_over`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct RollOver {
    pub school: SchoolId,
    pub from: AcademicSessionId,
    pub to: AcademicSessionId,
    /// Copies groups too; they are copied where it is left out.
    pub groups: Option<bool>,
    /// Copies class teachers and who teaches the courses; copied where it is left out.
    pub teachers: Option<bool>,
    /// Says that it is meant although nothing is planned for some students: they stay as they are.
    pub even_if_unresolved: Option<bool>,
}

/// What a rollover did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RolledOver {
    pub counts: RolloverCounts,
    pub new_classes: u32,
    pub new_courses: u32,
    /// None where nothing was to be done any more.
    pub undo: Option<AuditEntryId>,
}

/// Input of [`rollover_students`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct RolloverStudents {
    pub school: SchoolId,
    pub from: AcademicSessionId,
    pub to: AcademicSessionId,
    /// Only those of this homeroom.
    pub class: Option<ClassId>,
    /// Only those for whom nothing is planned.
    pub unresolved: Option<bool>,
    /// Only those for whom something else was decided than for their homeroom.
    pub otherwise: Option<bool>,
    /// Beginnings of names or numbers.
    pub search: Option<String>,
    pub offset: Option<u64>,
    /// At most 500; 100 where left out.
    pub limit: Option<u64>,
}

/// Input of [`decide_rollover_class`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct DecideRolloverClass {
    /// The academic year that begins.
    pub to: AcademicSessionId,
    pub class: ClassId,
    /// What becomes of the homeroom; left to the rule where it is left out.
    pub outcome: Option<RolloverOutcome>,
    /// The title of the homeroom of the new year, where they move.
    pub title: Option<String>,
}

/// Input of [`decide_rollover_students`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct DecideRolloverStudents {
    pub school: SchoolId,
    /// The academic year that begins.
    pub to: AcademicSessionId,
    /// At most 1,000.
    pub students: Vec<StudentId>,
    /// What becomes of them; what becomes of their homeroom where it is left out.
    pub outcome: Option<RolloverOutcome>,
    /// The title of the homeroom of the new year, where they move or repeat.
    pub title: Option<String>,
}

/// Input of [`rollover_from_file`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReadRollover {
    pub school: SchoolId,
    pub to: AcademicSessionId,
    /// A list with student numbers, names and the classes of the new year.
    pub uploads: Vec<Uuid>,
}
