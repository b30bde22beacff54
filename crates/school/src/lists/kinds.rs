//! The lists that there are, each with what it is narrowed by.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, ListName};
use store::ids::{AcademicSessionId, CustomFieldId, StudentId, SubjectId};

use crate::people::{GuardianFilter, StudentFilter};
use crate::{Operation, accounts, classes, people};

/// What the list of staff is narrowed by; as [`people::ListStaff`] says it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields = nullable)]
pub struct StaffFilter {
    pub deleted: Option<bool>,
    pub left: Option<bool>,
    pub as_of: Option<NaiveDate>,
    pub own_field: Option<CustomFieldId>,
    pub own_value: Option<String>,
}

/// What the list of classes is narrowed by; as [`classes::ListClasses`] says it, and by a field of the school's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields = nullable)]
pub struct ClassFilter {
    pub year: Option<AcademicSessionId>,
    pub kind: Option<ClassKind>,
    pub deleted: Option<bool>,
    pub as_of: Option<NaiveDate>,
    /// Only those of which this field of the school's own holds `own_value`.
    pub own_field: Option<CustomFieldId>,
    /// As the field keeps it; nothing where it is left out.
    pub own_value: Option<String>,
}

/// What the list of courses is narrowed by; as [`classes::ListCourses`] says it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields = nullable)]
pub struct CourseFilter {
    pub year: Option<AcademicSessionId>,
    pub subject: Option<SubjectId>,
    pub taught: Option<bool>,
    pub student: Option<StudentId>,
    pub deleted: Option<bool>,
}

/// The list of users is narrowed by nothing but what is typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
pub struct UserFilter {}

/// A list with what it is narrowed by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", tag = "list")]
pub enum ListOf {
    Students(StudentFilter),
    Guardians(GuardianFilter),
    Staff(StaffFilter),
    Classes(ClassFilter),
    Courses(CourseFilter),
    Users(UserFilter),
}

impl ListOf {
    /// Which list it is.
    pub fn kind(&self) -> ListName {
        match self {
            Self::Students(_) => ListName::Students,
            Self::Guardians(_) => ListName::Guardians,
            Self::Staff(_) => ListName::Staff,
            Self::Classes(_) => ListName::Classes,
            Self::Courses(_) => ListName::Courses,
            Self::Users(_) => ListName::Users,
        }
    }

    /// The field of the school's own to which the list is narrowed, and what it holds.
    pub(super) fn own(&self) -> Option<(CustomFieldId, Option<&str>)> {
        let (field, value) = match self {
            Self::Students(filter) => (filter.own_field, &filter.own_value),
            Self::Guardians(filter) => (filter.own_field, &filter.own_value),
            Self::Staff(filter) => (filter.own_field, &filter.own_value),
            Self::Classes(filter) => (filter.own_field, &filter.own_value),
            Self::Courses(_) | Self::Users(_) => return None,
        };
        field.map(|field| (field, value.as_deref()))
    }

    /// Takes away what [`Self::own`] says.
    pub(super) fn without_own(&mut self) {
        match self {
            Self::Students(filter) => (filter.own_field, filter.own_value) = (None, None),
            Self::Guardians(filter) => (filter.own_field, filter.own_value) = (None, None),
            Self::Staff(filter) => (filter.own_field, filter.own_value) = (None, None),
            Self::Classes(filter) => (filter.own_field, filter.own_value) = (None, None),
            Self::Courses(_) | Self::Users(_) => {}
        }
    }
}

/// The operation that gives a list: who may see it, and how far.
pub(super) fn shown_by(list: ListName) -> &'static Operation {
    match list {
        ListName::Students => &people::operations::list_students,
        ListName::Guardians => &people::operations::list_guardians,
        ListName::Staff => &people::operations::list_staff,
        ListName::Classes => &classes::operations::list_classes,
        ListName::Courses => &classes::operations::list_courses,
        ListName::Users => &accounts::operations::list_users,
    }
}
