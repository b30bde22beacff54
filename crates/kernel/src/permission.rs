//! Who may do what, where: roles, how far each reaches, and the check that stands first in every operation.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, PaginatorTrait, QueryFilter, Statement,
};
use serde::{Deserialize, Serialize};
use store::entities::{classes, courses, enrolments, schools, students, teachings};
use store::ids::{ClassId, CourseId, SchoolId, StaffId, StudentId};
use words::refusals;

use crate::{Error, Result};

pub use store::entities::Role;

/// How far a role reaches in an operation, within the schools that it is granted for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// The student that the user is.
    Own,
    /// The classes and courses that the user teaches now, and the students who are in them now.
    Taught,
    /// The whole school.
    School,
}

/// Which roles may do an operation, and how far. A role that is not named may not.
pub type Rule = &'static [(Role, Reach)];

/// The rules that operations choose from.
pub mod rules {
    use super::Reach::{Own, School, Taught};
    use super::Role::*;
    use super::Rule;

    /// Nobody needs to be signed in; the operation itself says what it allows.
    pub const ANYONE: Rule = &[];
    /// Whoever is signed in, for what is their own: session, password, what they may see at all.
    pub const SIGNED_IN: Rule = &[
        (SuperAdministrator, School),
        (DistrictAdministrator, School),
        (Principal, School),
        (Teacher, Taught),
        (Operator, School),
        (Counsellor, School),
        (Student, Own),
    ];
    /// Runs the system and its users.
    pub const ADMINISTRATORS: Rule = &[(SuperAdministrator, School), (DistrictAdministrator, School)];
    /// Leads a school.
    pub const LEADERS: Rule = &[(SuperAdministrator, School), (DistrictAdministrator, School), (Principal, School)];
    /// Changes the roster: leaders and the office.
    pub const OFFICE: Rule =
        &[(SuperAdministrator, School), (DistrictAdministrator, School), (Principal, School), (Operator, School)];
    /// Sees people and classes.
    pub const STAFF: Rule = &[
        (SuperAdministrator, School),
        (DistrictAdministrator, School),
        (Principal, School),
        (Teacher, Taught),
        (Operator, School),
        (Counsellor, School),
    ];
    /// Writes marks and comments.
    pub const GRADERS: Rule =
        &[(SuperAdministrator, School), (DistrictAdministrator, School), (Principal, School), (Teacher, Taught)];
    /// Sees marks and results.
    pub const RESULTS: Rule = &[
        (SuperAdministrator, School),
        (DistrictAdministrator, School),
        (Principal, School),
        (Teacher, Taught),
        (Counsellor, School),
        (Student, Own),
    ];
    /// Reads a student's whole record, also what other schools gave: who leads or advises; and whose it is.
    pub const RECORDS: Rule = &[
        (SuperAdministrator, School),
        (DistrictAdministrator, School),
        (Principal, School),
        (Counsellor, School),
        (Student, Own),
    ];
    /// Sees the results of whole classes.
    pub const CLASS_RESULTS: Rule = &[
        (SuperAdministrator, School),
        (DistrictAdministrator, School),
        (Principal, School),
        (Teacher, Taught),
        (Counsellor, School),
    ];
    /// Sees what is to be known of a student's health: who answers for the child, or has it before them.
    pub const MEDICAL: Rule = &[
        (SuperAdministrator, School),
        (DistrictAdministrator, School),
        (Principal, School),
        (Teacher, Taught),
        (Operator, School),
    ];
    /// Sees and writes what was said in confidence of a student.
    pub const PASTORAL: Rule =
        &[(SuperAdministrator, School), (DistrictAdministrator, School), (Principal, School), (Counsellor, School)];
    /// Takes the register.
    pub const REGISTER: Rule = &[
        (SuperAdministrator, School),
        (DistrictAdministrator, School),
        (Principal, School),
        (Teacher, Taught),
        (Operator, School),
    ];
}

/// What a signed-in person may reach in one operation. Obtained from [`crate::Call::open`] only.
#[derive(Clone, Debug)]
pub struct Access {
    pub reaches: Vec<(SchoolId, Reach)>,
    pub staff: Option<StaffId>,
    pub student: Option<StudentId>,
    /// The moment of the call: a tie that ended before its school day gives nothing any more.
    pub now: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Taught {
    id: ClassId,
}

impl Access {
    /// How far the person reaches in this school; forbidden where not at all.
    pub fn at(&self, school: SchoolId) -> Result<Reach> {
        self.reaches.iter().filter(|(at, _)| *at == school).map(|(_, reach)| *reach).max().ok_or_else(Error::forbidden)
    }

    /// Demands the whole school.
    pub fn whole_school(&self, school: SchoolId) -> Result<()> {
        if self.at(school)? == Reach::School { Ok(()) } else { Err(Error::forbidden()) }
    }

    /// The schools in which the person may do this at all.
    pub fn schools(&self) -> Vec<SchoolId> {
        let mut schools: Vec<SchoolId> = self.reaches.iter().map(|(school, _)| *school).collect();
        schools.sort();
        schools.dedup();
        schools
    }

    /// The staff row of the person, if there is one.
    pub fn staff(&self) -> Option<StaffId> {
        self.staff
    }

    /// The student row of the person, if there is one.
    pub fn student_self(&self) -> Option<StudentId> {
        self.student
    }

    /// Loads a class that the person may reach: taught means any of its courses, or being its class teacher.
    pub async fn class(&self, db: &impl ConnectionTrait, id: ClassId) -> Result<classes::Model> {
        let class = self.class_or_deleted(db, id).await?;
        if class.deleted_at.is_none() { Ok(class) } else { Err(Error::not_found(refusals::gone::class())) }
    }

    /// The same, deleted or not: for what was, and for what brings it back.
    pub async fn class_or_deleted(&self, db: &impl ConnectionTrait, id: ClassId) -> Result<classes::Model> {
        let class =
            classes::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Error::not_found(refusals::gone::class()))?;
        let reached = match self.at(class.school_id)? {
            Reach::School => true,
            Reach::Taught => self.taught_classes(db, class.school_id).await?.contains(&class.id),
            Reach::Own => self.enrolled(db, class.school_id, class.id).await?,
        };
        if reached { Ok(class) } else { Err(Error::forbidden()) }
    }

    /// Loads a course that the person may reach: taught means teaching it, or being the class teacher of its class.
    pub async fn course(&self, db: &impl ConnectionTrait, id: CourseId) -> Result<courses::Model> {
        let course = self.course_or_deleted(db, id).await?;
        let class = classes::Entity::find_by_id(course.class_id).one(db).await?;
        let exists = course.deleted_at.is_none() && class.is_some_and(|class| class.deleted_at.is_none());
        if exists { Ok(course) } else { Err(Error::not_found(refusals::gone::course())) }
    }

    /// The same, deleted or not, and of a class that is deleted or not.
    pub async fn course_or_deleted(&self, db: &impl ConnectionTrait, id: CourseId) -> Result<courses::Model> {
        let course =
            courses::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Error::not_found(refusals::gone::course()))?;
        let reached = match self.at(course.school_id)? {
            Reach::School => true,
            Reach::Taught => self.teaches(db, &course).await?,
            Reach::Own => self.enrolled(db, course.school_id, course.class_id).await?,
        };
        if reached { Ok(course) } else { Err(Error::forbidden()) }
    }

    /// Loads a student that the person may reach: taught means being now in a class that the person reaches. Who is
    /// deleted or has left the class is reached no longer.
    pub async fn student(&self, db: &impl ConnectionTrait, id: StudentId) -> Result<students::Model> {
        let student = self.student_or_deleted(db, id).await?;
        if student.deleted_at.is_none() { Ok(student) } else { Err(Error::not_found(refusals::gone::student())) }
    }

    /// The same, deleted or not.
    pub async fn student_or_deleted(&self, db: &impl ConnectionTrait, id: StudentId) -> Result<students::Model> {
        let student = students::Entity::find_by_id(id)
            .one(db)
            .await?
            .ok_or_else(|| Error::not_found(refusals::gone::student()))?;
        let reached = match self.at(student.school_id)? {
            Reach::School => true,
            Reach::Taught => student.deleted_at.is_none() && self.teaches_student(db, &student).await?,
            Reach::Own => self.student == Some(id),
        };
        if reached { Ok(student) } else { Err(Error::forbidden()) }
    }

    /// The classes in which the person teaches a course or is class teacher now; for lists of a `Taught` reach.
    pub async fn taught_classes(&self, db: &impl ConnectionTrait, school: SchoolId) -> Result<Vec<ClassId>> {
        let Some(staff) = self.staff else { return Ok(Vec::new()) };
        let values = [school.into(), staff.into(), self.today(db, school).await?.into()];
        let sql = include_str!("taught_classes.sql");
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        Ok(Taught::find_by_statement(statement).all(db).await?.into_iter().map(|class| class.id).collect())
    }

    /// The school day of the call.
    pub async fn today(&self, db: &impl ConnectionTrait, school: SchoolId) -> Result<NaiveDate> {
        Ok(day_at(self.now, &zone_of(db, school).await?))
    }

    async fn teaches(&self, db: &impl ConnectionTrait, course: &courses::Model) -> Result<bool> {
        let Some(staff) = self.staff else { return Ok(false) };
        if course.deleted_at.is_some() || !self.taught_classes(db, course.school_id).await?.contains(&course.class_id) {
            return Ok(false);
        }
        let taught = teachings::Entity::find()
            .filter(teachings::Column::SchoolId.eq(course.school_id))
            .filter(teachings::Column::CourseId.eq(course.id))
            .filter(teachings::Column::StaffId.eq(staff))
            .count(db)
            .await?;
        if taught > 0 {
            return Ok(true);
        }
        let class = classes::Entity::find_by_id(course.class_id).one(db).await?;
        Ok(class.is_some_and(|class| class.homeroom_staff_id == Some(staff)))
    }

    async fn teaches_student(&self, db: &impl ConnectionTrait, student: &students::Model) -> Result<bool> {
        let taught = self.taught_classes(db, student.school_id).await?;
        let today = self.today(db, student.school_id).await?;
        let enrolled = enrolments::Entity::find()
            .filter(enrolments::Column::SchoolId.eq(student.school_id))
            .filter(enrolments::Column::StudentId.eq(student.id))
            .filter(enrolments::Column::ClassId.is_in(taught))
            .filter(enrolments::Column::EndDate.is_null().or(enrolments::Column::EndDate.gte(today)))
            .count(db)
            .await?;
        Ok(enrolled > 0)
    }

    /// Whether the person is class teacher now of a class in which the student is now.
    pub async fn is_class_teacher_of(
        &self,
        db: &impl ConnectionTrait,
        school: SchoolId,
        student: StudentId,
    ) -> Result<bool> {
        let Some(staff) = self.staff else { return Ok(false) };
        let today = self.today(db, school).await?;
        let own = classes::Entity::find()
            .filter(classes::Column::Id.is_in(self.taught_classes(db, school).await?))
            .filter(classes::Column::HomeroomStaffId.eq(staff))
            .all(db)
            .await?;
        let enrolled = enrolments::Entity::find()
            .filter(enrolments::Column::SchoolId.eq(school))
            .filter(enrolments::Column::StudentId.eq(student))
            .filter(enrolments::Column::ClassId.is_in(own.into_iter().map(|class| class.id)))
            .filter(enrolments::Column::EndDate.is_null().or(enrolments::Column::EndDate.gte(today)))
            .count(db)
            .await?;
        Ok(enrolled > 0)
    }

    async fn enrolled(&self, db: &impl ConnectionTrait, school: SchoolId, class: ClassId) -> Result<bool> {
        let Some(student) = self.student else { return Ok(false) };
        let enrolled = enrolments::Entity::find()
            .filter(enrolments::Column::SchoolId.eq(school))
            .filter(enrolments::Column::ClassId.eq(class))
            .filter(enrolments::Column::StudentId.eq(student))
            .count(db)
            .await?;
        Ok(enrolled > 0)
    }
}

/// The school day that it is at a moment in a time zone (IANA name; UTC where the name is not known).
pub fn day_at(now: DateTime<Utc>, time_zone: &str) -> NaiveDate {
    let zone: chrono_tz::Tz = time_zone.parse().unwrap_or(chrono_tz::UTC);
    now.with_timezone(&zone).date_naive()
}

/// The time zone of a school (IANA name).
async fn zone_of(db: &impl ConnectionTrait, school: SchoolId) -> Result<String> {
    use sea_orm::QuerySelect;
    let found = schools::Entity::find_by_id(school).select_only().column(schools::Column::TimeZone);
    found.into_tuple().one(db).await?.ok_or_else(|| Error::not_found(refusals::gone::school()))
}
