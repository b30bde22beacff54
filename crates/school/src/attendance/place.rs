//! Which register is meant: a class, a day that has been, a lesson; with the students who are in it.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder};
use store::entities::{ClassKind, SoftDeleted, attendance_codes, attendance_marks, classes, enrolments, students};
use store::ids::{AttendanceCodeId, ClassId, SchoolId, StudentId};
use words::refusals;

use super::register::OfRegister;
use crate::error::Invalid;
use crate::people::name_order;
use crate::people::stays::on_leave_of;
use crate::schools::{AttendanceCodeRow, AttendanceMeaning, NoSchool, OffDay, no_school, outside_year, school_day};
use crate::{Access, Context, Error, ErrorCode, Result};

/// Lessons of a day are numbered from 1; 0 is the whole day.
pub(super) const LAST_LESSON: i32 = 20;

/// A register that exists or may be begun.
#[derive(Clone, Debug)]
pub struct Place {
    pub class: classes::Model,
    pub date: NaiveDate,
    pub lesson: i32,
    /// Why there is no school on the day.
    pub off: Option<OffDay>,
    /// It is meant although there is none.
    pub even_if_no_school: bool,
}

impl Place {
    /// Checks the reach of the person, that the day is of the class's academic year and not in the future, and that there is
    /// school on it or a register all the same is asked for or begun.
    pub async fn find(context: &Context, access: &Access, input: &OfRegister) -> Result<Self> {
        let db = context.store().reader();
        let class = access.class(db, input.class).await?;
        let mut invalid = Invalid::default();
        if input.date > school_day(context, db, class.school_id).await? {
            invalid.push("date", "future", refusals::attendance::day_in_future());
        } else if let Some(message) = outside_year(db, class.school_id, class.year_id, input.date).await? {
            invalid.push("date", "outside_year", message);
        }
        if !(0..=LAST_LESSON).contains(&input.lesson) {
            invalid.push("lesson", "out_of_range", refusals::attendance::lesson_out_of_range(LAST_LESSON));
        }
        if input.lesson == 0 && class.kind == ClassKind::Group {
            invalid.push("lesson", "group", refusals::attendance::group_has_no_day());
        }
        invalid.check()?;
        let off = no_school(db, class.school_id, input.date, class.grade_level.as_deref()).await?;
        let even_if_no_school = off.is_some() && input.even_if_no_school == Some(true);
        let place = Self { class, date: input.date, lesson: input.lesson, off, even_if_no_school };
        if let Some(off) = place.off.as_ref().filter(|_| !even_if_no_school)
            && !place.begun(db).await?
        {
            return Err(no_school_day(place.date, off));
        }
        Ok(place)
    }

    /// Whether anything was written in the register, or it was taken.
    async fn begun(&self, db: &impl ConnectionTrait) -> Result<bool> {
        let marks = attendance_marks::Entity::find()
            .filter(attendance_marks::Column::SchoolId.eq(self.school()))
            .filter(attendance_marks::Column::ClassId.eq(self.class.id))
            .filter(attendance_marks::Column::Date.eq(self.date))
            .filter(attendance_marks::Column::Lesson.eq(self.lesson));
        Ok(marks.count(db).await? > 0 || super::register::taken(db, self).await?.is_some())
    }

    /// The school of the class.
    pub fn school(&self) -> SchoolId {
        self.class.school_id
    }

    /// The students who are in the class on the day and not on leave, by name.
    pub async fn students(&self, db: &impl ConnectionTrait) -> Result<Vec<students::Model>> {
        let mut students = students_of_class(db, self.school(), self.class.id, self.date).await?;
        let ids: Vec<StudentId> = students.iter().map(|student| student.id).collect();
        let away = on_leave_of(db, self.school(), &ids, self.date).await?;
        students.retain(|student| !away.contains(&student.id));
        Ok(students)
    }

    /// The cells of these students on the day and in the lesson, whichever class they were written in.
    pub async fn marks(
        &self,
        db: &impl ConnectionTrait,
        students: &[StudentId],
    ) -> Result<HashMap<StudentId, attendance_marks::Model>> {
        Ok(attendance_marks::Entity::find()
            .filter(attendance_marks::Column::SchoolId.eq(self.school()))
            .filter(attendance_marks::Column::Date.eq(self.date))
            .filter(attendance_marks::Column::Lesson.eq(self.lesson))
            .filter(attendance_marks::Column::StudentId.is_in(students.iter().copied()))
            .all(db)
            .await?
            .into_iter()
            .map(|mark| (mark.student_id, mark))
            .collect())
    }
}

/// The refusal of a register on a day without school that nobody asked for on purpose.
pub fn no_school_day(date: NaiveDate, off: &OffDay) -> Error {
    let title = off.title.as_deref().unwrap_or_default();
    let reason = match off.why {
        NoSchool::Weekday => refusals::attendance::no_school_weekday(),
        NoSchool::NoTerm => refusals::attendance::no_school_no_term(),
        NoSchool::Holiday => refusals::attendance::no_school_holiday(title),
        NoSchool::Closure => refusals::attendance::no_school_closure(title),
    };
    Error::new(ErrorCode::NoSchoolDay, refusals::attendance::no_school_day(date.to_string(), reason))
        .help(refusals::attendance::choose_other_day())
        .details(serde_json::json!({ "date": date, "why": off.why, "title": off.title }))
}

/// The students who are in a class on a day, by name; deleted ones left out.
pub async fn students_of_class(
    db: &impl ConnectionTrait,
    school: SchoolId,
    class: ClassId,
    day: NaiveDate,
) -> Result<Vec<students::Model>> {
    let enrolled = enrolments::Entity::find()
        .filter(enrolments::Column::SchoolId.eq(school))
        .filter(enrolments::Column::ClassId.eq(class))
        .filter(enrolments::Column::StartDate.lte(day))
        .filter(enrolments::Column::EndDate.is_null().or(enrolments::Column::EndDate.gte(day)))
        .all(db)
        .await?;
    Ok(students::Entity::find()
        .filter(students::Column::SchoolId.eq(school))
        .filter(students::Column::Id.is_in(enrolled.into_iter().map(|enrolment| enrolment.student_id)))
        .filter(students::Entity::existing())
        .order_by_asc(name_order(db, school).await?.of_students())
        .order_by_asc(students::Column::Id)
        .all(db)
        .await?)
}

/// The attendance codes of a school, also those out of use, which old registers hold.
pub struct Codes(Vec<(AttendanceCodeRow, bool)>);

impl Codes {
    /// Loads them in their order.
    pub async fn load(db: &impl ConnectionTrait, school: SchoolId) -> Result<Self> {
        let rows = attendance_codes::Entity::find()
            .filter(attendance_codes::Column::SchoolId.eq(school))
            .order_by_asc(attendance_codes::Column::Position)
            .all(db)
            .await?;
        let read = |row: attendance_codes::Model| {
            let (id, meaning, position, version) = (row.id, row.meaning, row.position, row.version);
            let shown = AttendanceCodeRow { id, code: row.code, title: row.title, meaning, position, version };
            (shown, row.deleted_at.is_none())
        };
        Ok(Self(rows.into_iter().map(read).collect()))
    }

    /// Those that may be given now.
    pub fn in_use(&self) -> impl Iterator<Item = &AttendanceCodeRow> {
        self.0.iter().filter(|(_, in_use)| *in_use).map(|(code, _)| code)
    }

    /// A code, in use or not.
    pub fn get(&self, id: AttendanceCodeId) -> Option<&AttendanceCodeRow> {
        self.0.iter().map(|(code, _)| code).find(|code| code.id == id)
    }

    /// The first code in use with this meaning.
    pub fn meaning(&self, meaning: AttendanceMeaning) -> Result<&AttendanceCodeRow> {
        self.in_use().find(|code| code.meaning == meaning).ok_or_else(|| {
            Error::field("code", "no_code", refusals::attendance::no_code_for(meaning.name()))
                .help(refusals::attendance::add_code())
        })
    }
}
