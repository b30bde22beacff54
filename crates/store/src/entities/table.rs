//! What a table says of itself, once: whose rows it holds, who may read what became of them, what can be put back. Which
//! roles a group of readers is, and how a person is tied to a class, are rules and stand in `school`.

/// What a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// As the audit trail writes it.
    pub name: &'static str,
    pub scope: Scope,
    pub history: History,
    /// Each column that names a row of another table, with that table; read from the columns' types.
    pub references: &'static [(&'static str, Option<&'static str>)],
}

/// What a table's rows belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A school, always.
    School,
    /// A school, or what stands above schools.
    MaybeSchool,
    /// What stands above schools: districts, schools themselves, sign-ins.
    Above,
}

/// What the history knows of a table's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// Nothing: the history itself, and what is written at each use.
    None,
    /// That they were written, so that they can be proved; nobody reads it.
    Proof,
    /// What people did to them.
    Acts(Acts),
}

/// What people do to a table's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acts {
    /// The part of the school, as changes are sorted by.
    pub part: Part,
    /// Who may read the rows, and so what became of them.
    pub readers: Readers,
    /// Whether what was changed can be put back. What is secret is not in the history and cannot.
    pub undo: bool,
    /// By what somebody who teaches reaches a row.
    pub taught: Taught,
}

/// A part of the school.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Students,
    Guardians,
    Staff,
    Classes,
    Enrolments,
    Marks,
    Comments,
    Attendance,
    Faces,
    Notes,
    Users,
    School,
}

/// A group of people who may read a table's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Readers {
    /// Everybody who works at the school.
    Staff,
    /// Whoever takes the register.
    Register,
    /// Whoever gives marks.
    Graders,
    /// Whoever answers for a child's health.
    Medical,
    /// Whoever is spoken to in confidence.
    Pastoral,
    /// Whoever leads a school.
    Leaders,
    /// Nobody but who did it, among what they did themselves.
    Own,
}

/// What ties a row to those who teach, by the column that names it (`id`: the row itself).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taught {
    /// Nothing: only who reaches the whole school reaches the row.
    Nothing,
    Student(&'static str),
    Class(&'static str),
    Course(&'static str),
    Assessment(&'static str),
    /// The course's own teachers, or the class teacher of the student.
    Comment,
}

/// The table whose rows a column of this type names, if it names any.
pub trait Names {
    const TABLE: Option<&'static str> = None;
}

macro_rules! no_names {
    ($($type:ty),* $(,)?) => { $(impl Names for $type {})* };
}

no_names!(String, bool, i32, i64, f64, Vec<u8>, serde_json::Value, uuid::Uuid, chrono::NaiveDate);
impl Names for chrono::DateTime<chrono::Utc> {}

impl<T: Names> Names for Option<T> {
    const TABLE: Option<&'static str> = T::TABLE;
}
