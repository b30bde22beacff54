//! One school's roster in memory with the indexes that an import looks rows up by, and writing it back.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use exchange::{ListRows, Parsed, same_key};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use store::entities::{
    AcademicSessionKind as Kept, academic_sessions, assessments, attendance_codes, attendance_marks, categories,
    classes, courses, enrolments, exemptions, field_values, guardians, guardianships, marks, merges, roster_ids,
    schools, staff, stays, students, subjects, teachings,
};
use store::ids::{
    AcademicSessionId, AssessmentId, ClassId, CourseId, GuardianId, SchoolId, StaffId, StudentId, SubjectId,
};
use store::{Transaction, fold};

use super::import_marks::decimal;
use super::kept_ids::{OfId, of_id};
use super::lists::AccountWish;
use super::report::Tally;
use super::rows::Rows;
use crate::people::bulk;
use crate::schools::insert_school_basics;
use crate::{Context, Result};

/// A school's roster.
pub(super) struct Book {
    pub id: SchoolId,
    /// Not stored yet.
    pub new: bool,
    pub sessions: Rows<academic_sessions::Model>,
    pub subjects: Rows<subjects::Model>,
    pub classes: Rows<classes::Model>,
    pub courses: Rows<courses::Model>,
    pub staff: Rows<staff::Model>,
    pub students: Rows<students::Model>,
    pub stays: Rows<stays::Model>,
    pub guardians: Rows<guardians::Model>,
    pub guardianships: Rows<guardianships::Model>,
    pub teachings: Rows<teachings::Model>,
    pub enrolments: Rows<enrolments::Model>,
    pub exemptions: Rows<exemptions::Model>,
    pub ids: Rows<roster_ids::Model>,
    pub categories: Rows<categories::Model>,
    pub assessments: Rows<assessments::Model>,
    pub marks: Rows<marks::Model>,
    /// What the school's own fields hold, of those that a list has columns of.
    pub values: Rows<field_values::Model>,
    /// Whole days of the registers.
    pub attendance: Rows<attendance_marks::Model>,
    /// What a register may hold; also codes out of use.
    pub codes: Vec<attendance_codes::Model>,
    /// Accounts that a list of staff asks for.
    pub accounts: Vec<AccountWish>,

    pub by: Indexes,
}

/// Where a row is, by what the files call it.
#[derive(Default)]
pub(super) struct Indexes {
    pub session_source: HashMap<String, usize>,
    pub subject_source: HashMap<String, usize>,
    pub subject_title: HashMap<String, usize>,
    pub class_source: HashMap<String, usize>,
    pub class_id: HashMap<ClassId, usize>,
    pub class_title: HashMap<(AcademicSessionId, String), usize>,
    pub course_source: HashMap<String, usize>,
    pub course_pair: HashMap<(ClassId, SubjectId), usize>,
    pub staff_source: HashMap<String, usize>,
    pub staff_number: HashMap<String, usize>,
    pub student_source: HashMap<String, usize>,
    pub student_number: HashMap<String, usize>,
    pub student_key: HashMap<String, usize>,
    /// Each student's times at the school, the latest last.
    pub stays_of: HashMap<StudentId, Vec<usize>>,
    /// What the files call records that went into others: numbers as they are compared, and identifiers.
    pub merged: HashSet<String>,
    pub guardian_source: HashMap<String, usize>,
    pub guardian_id: HashMap<GuardianId, usize>,
    pub guardianship_pair: HashMap<(StudentId, GuardianId), usize>,
    pub guardianships_of: HashMap<StudentId, Vec<usize>>,
    pub teaching_pair: HashMap<(CourseId, StaffId), usize>,
    pub enrolment_source: HashMap<String, usize>,
    pub enrolments_pair: HashMap<(ClassId, StudentId), Vec<usize>>,
    pub enrolments_of: HashMap<StudentId, Vec<usize>>,
    pub ids: HashMap<OfId, Vec<usize>>,
    pub categories_of: HashMap<CourseId, Vec<usize>>,
    pub assessments_of: HashMap<CourseId, Vec<usize>>,
    pub assessment_source: HashMap<String, usize>,
    pub mark_pair: HashMap<(AssessmentId, StudentId), usize>,
    pub attendance: HashMap<(StudentId, NaiveDate), usize>,
}

/// What of a school an import needs beside its roster, which may be many times larger.
#[derive(Clone, Copy, Default)]
pub(super) struct Beside {
    /// The gradebooks.
    pub graded: bool,
    /// The whole days of the registers from one day to another.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

impl Beside {
    /// What these files are compared with.
    pub fn of(parsed: &Parsed) -> Self {
        let rows = parsed.list.as_ref().map(|list| &list.rows);
        let dates = || match rows {
            Some(ListRows::Attendance(rows)) => rows.as_slice(),
            _ => &[],
        };
        let days = dates().iter().map(|row| row.date);
        let days = days.clone().min().zip(days.max());
        let graded = matches!(rows, Some(ListRows::Marks(_)));
        let roster = &parsed.roster;
        let graded = graded || !roster.line_items.is_empty() || !roster.results.is_empty();
        Self { graded, days }
    }
}

/// The rows of one school, deleted ones too: a row that comes again is restored.
macro_rules! rows {
    ($db:expr, $school:expr, $table:ident) => {
        Rows::stored($table::Entity::find().filter($table::Column::SchoolId.eq($school)).all($db).await?)
    };
}

/// An index by a column that may be empty.
macro_rules! by_source {
    ($rows:expr) => {
        $rows.iter().filter_map(|(i, row)| Some((row.source_id.clone()?, i))).collect()
    };
}

impl Book {
    /// A school that is not stored yet.
    pub fn new_school(id: SchoolId) -> Self {
        Self {
            id,
            new: true,
            sessions: Rows::default(),
            subjects: Rows::default(),
            classes: Rows::default(),
            courses: Rows::default(),
            staff: Rows::default(),
            students: Rows::default(),
            stays: Rows::default(),
            guardians: Rows::default(),
            guardianships: Rows::default(),
            teachings: Rows::default(),
            enrolments: Rows::default(),
            exemptions: Rows::default(),
            ids: Rows::default(),
            categories: Rows::default(),
            assessments: Rows::default(),
            marks: Rows::default(),
            values: Rows::default(),
            attendance: Rows::default(),
            codes: Vec::new(),
            accounts: Vec::new(),
            by: Indexes::default(),
        }
    }

    /// A school's whole roster, and what is wanted beside it.
    pub async fn load(db: &impl ConnectionTrait, school: SchoolId, beside: Beside) -> Result<Self> {
        let mut book = Self {
            id: school,
            new: false,
            sessions: rows!(db, school, academic_sessions),
            subjects: rows!(db, school, subjects),
            classes: rows!(db, school, classes),
            courses: rows!(db, school, courses),
            staff: rows!(db, school, staff),
            students: rows!(db, school, students),
            stays: rows!(db, school, stays),
            guardians: rows!(db, school, guardians),
            guardianships: rows!(db, school, guardianships),
            teachings: rows!(db, school, teachings),
            enrolments: rows!(db, school, enrolments),
            exemptions: rows!(db, school, exemptions),
            ids: rows!(db, school, roster_ids),
            categories: Rows::default(),
            assessments: Rows::default(),
            marks: Rows::default(),
            values: Rows::default(),
            attendance: Rows::default(),
            codes: Vec::new(),
            accounts: Vec::new(),
            by: Indexes::default(),
        };
        if beside.graded {
            book.categories = rows!(db, school, categories);
            book.assessments = rows!(db, school, assessments);
            book.marks = rows!(db, school, marks);
        }
        if let Some((first, last)) = beside.days {
            let days = attendance_marks::Entity::find()
                .filter(attendance_marks::Column::SchoolId.eq(school))
                .filter(attendance_marks::Column::Date.between(first, last))
                .filter(attendance_marks::Column::Lesson.eq(0));
            book.attendance = Rows::stored(days.all(db).await?);
            let codes = attendance_codes::Entity::find().filter(attendance_codes::Column::SchoolId.eq(school));
            book.codes = codes.order_by_asc(attendance_codes::Column::Position).all(db).await?;
        }
        book.index();
        Ok(book)
    }

    fn index(&mut self) {
        self.by.session_source = by_source!(self.sessions);
        self.by.subject_source = by_source!(self.subjects);
        let kept = self.subjects.iter().filter(|(_, row)| row.deleted_at.is_none());
        self.by.subject_title = kept.map(|(i, row)| (fold(&row.title), i)).collect();
        self.by.class_source = by_source!(self.classes);
        self.by.class_id = self.classes.iter().map(|(i, row)| (row.id, i)).collect();
        let kept = self.classes.iter().filter(|(_, row)| row.deleted_at.is_none());
        self.by.class_title = kept.map(|(i, row)| ((row.year_id, same_key(&row.title)), i)).collect();
        self.by.course_source = by_source!(self.courses);
        self.by.course_pair = self.courses.iter().map(|(i, row)| ((row.class_id, row.subject_id), i)).collect();
        self.by.staff_source = by_source!(self.staff);
        self.by.staff_number =
            self.staff.iter().filter_map(|(i, row)| Some((same_key(row.number.as_ref()?), i))).collect();
        self.by.student_source = by_source!(self.students);
        self.by.student_number = self.students.iter().map(|(i, row)| (row.number.clone(), i)).collect();
        self.by.student_key = self.students.iter().map(|(i, row)| (same_key(&row.number), i)).collect();
        self.by.guardian_source = by_source!(self.guardians);
        let mut stays: Vec<usize> = (0..self.stays.list.len()).collect();
        stays.sort_by_key(|place| self.stays.now(*place).start_date);
        for place in stays {
            self.by.stays_of.entry(self.stays.now(place).student_id).or_default().push(place);
        }
        self.by.guardian_id = self.guardians.iter().map(|(i, row)| (row.id, i)).collect();
        self.by.guardianship_pair =
            self.guardianships.iter().map(|(i, row)| ((row.student_id, row.guardian_id), i)).collect();
        for (i, row) in self.guardianships.iter() {
            self.by.guardianships_of.entry(row.student_id).or_default().push(i);
        }
        self.by.teaching_pair = self.teachings.iter().map(|(i, row)| ((row.course_id, row.staff_id), i)).collect();
        self.by.enrolment_source = by_source!(self.enrolments);
        for (i, row) in self.enrolments.iter() {
            self.by.enrolments_pair.entry((row.class_id, row.student_id)).or_default().push(i);
            self.by.enrolments_of.entry(row.student_id).or_default().push(i);
        }
        for (i, row) in self.ids.iter() {
            self.by.ids.entry(of_id(row)).or_default().push(i);
        }
        for (i, row) in self.categories.iter() {
            self.by.categories_of.entry(row.course_id).or_default().push(i);
        }
        for (i, row) in self.assessments.iter() {
            self.by.assessments_of.entry(row.course_id).or_default().push(i);
        }
        self.by.assessment_source = by_source!(self.assessments);
        self.by.mark_pair = self.marks.iter().map(|(i, row)| ((row.assessment_id, row.student_id), i)).collect();
        self.by.attendance = self.attendance.iter().map(|(i, row)| ((row.student_id, row.date), i)).collect();
    }

    /// Whoever went into another record is that one, whatever the files still say.
    pub async fn follow_merges(&mut self, db: &impl ConnectionTrait) -> Result<()> {
        for of in merges::Entity::find().filter(merges::Column::SchoolId.eq(self.id)).all(db).await? {
            let (students, guardians) = (&self.students, &self.guardians);
            let student = |id| students.iter().find(|(_, row)| Some(row.id) == id);
            let guardian = |id| guardians.iter().find(|(_, row)| Some(row.id) == id);
            if let Some(((_, other), (kept, _))) = student(of.student_id).zip(student(of.into_student_id)) {
                self.by.student_number.insert(other.number.clone(), kept);
                self.by.student_key.insert(same_key(&other.number), kept);
                self.by.merged.insert(same_key(&other.number));
                if let Some(source) = &other.source_id {
                    self.by.student_source.insert(source.clone(), kept);
                    self.by.merged.insert(source.clone());
                }
            }
            if let Some(((_, other), (kept, _))) = guardian(of.guardian_id).zip(guardian(of.into_guardian_id))
                && let Some(source) = &other.source_id
            {
                self.by.guardian_source.insert(source.clone(), kept);
                self.by.merged.insert(source.clone());
            }
        }
        Ok(())
    }

    /// The student of this number, however it is written.
    pub fn student_numbered(&self, number: &str) -> Option<usize> {
        let exact = self.by.student_number.get(number);
        exact.or_else(|| self.by.student_key.get(&same_key(number))).copied()
    }

    /// The class of this title in the year, however it is written.
    pub fn class_titled(&self, year: AcademicSessionId, title: &str) -> Option<usize> {
        let place = self.by.class_title.get(&(year, same_key(title))).copied()?;
        let exact = |row: &classes::Model| row.year_id == year && row.title == title && row.deleted_at.is_none();
        if exact(self.classes.now(place)) {
            return Some(place);
        }
        Some(self.classes.iter().find(|(_, row)| exact(row)).map_or(place, |(place, _)| place))
    }

    /// Counts what becomes of the rows.
    pub fn tally(&self, tally: &mut Tally) {
        let person = |given: &str, family: &str| format!("{given} {family}").trim().to_owned();
        tally.add("students", &self.students, |c| &mut c.students, |r| person(&r.given_name, &r.family_name));
        tally.add("staff", &self.staff, |c| &mut c.staff, |r| person(&r.given_name, &r.family_name));
        tally.add("guardians", &self.guardians, |c| &mut c.guardians, |r| person(&r.given_name, &r.family_name));
        tally.add("classes", &self.classes, |c| &mut c.classes, |r| r.title.clone());
        tally.add("sessions", &self.sessions, |c| &mut c.sessions, |r| r.title.clone());
        tally.add("subjects", &self.subjects, |c| &mut c.subjects, |r| r.title.clone());
        let classes: HashMap<ClassId, &str> =
            self.classes.iter().map(|(_, row)| (row.id, row.title.as_str())).collect();
        let class = |id: ClassId| classes.get(&id).copied().unwrap_or_default().to_owned();
        tally.add("courses", &self.courses, |c| &mut c.courses, |r| class(r.class_id));
        tally.add("enrolments", &self.enrolments, |c| &mut c.enrolments, |r| class(r.class_id));
        let courses: HashMap<CourseId, ClassId> = self.courses.iter().map(|(_, row)| (row.id, row.class_id)).collect();
        let of_course = |id: CourseId| courses.get(&id).map(|of| class(*of)).unwrap_or_default();
        tally.add("exemptions", &self.exemptions, |c| &mut c.enrolments, |r| of_course(r.course_id));
        tally.add("teachings", &self.teachings, |c| &mut c.teachings, |_| String::new());
        let student = |id: StudentId| {
            let found = self.students.iter().find(|(_, row)| row.id == id).map(|(_, row)| row);
            found.map(|row| person(&row.given_name, &row.family_name)).unwrap_or_default()
        };
        tally.add("guardianships", &self.guardianships, |c| &mut c.guardianships, |r| student(r.student_id));
        tally.add("categories", &self.categories, |c| &mut c.categories, |r| r.title.clone());
        tally.add("assessments", &self.assessments, |c| &mut c.assessments, |r| r.title.clone());
        let assessments: HashMap<AssessmentId, &str> =
            self.assessments.iter().map(|(_, row)| (row.id, row.title.as_str())).collect();
        let of_mark = |id: AssessmentId| assessments.get(&id).copied().unwrap_or_default().to_owned();
        tally.add("marks", &self.marks, |c| &mut c.marks, |r| of_mark(r.assessment_id));
        tally.add(
            "attendance",
            &self.attendance,
            |c| &mut c.attendance,
            |r| format!("{} · {}", student(r.student_id), r.date),
        );
        for change in &mut tally.changes {
            for field in &mut change.fields {
                self.say(&mut field.before, &field.field);
                self.say(&mut field.after, &field.field);
            }
        }
    }

    /// A value as people know it: whose homeroom it is by name, which code by its title, points as a decimal.
    fn say(&self, value: &mut Value, field: &str) {
        let said = match (field, value.as_str(), value.as_i64()) {
            ("homeroom_staff_id", Some(id), _) => {
                let found = self.staff.iter().find(|(_, row)| row.id.to_string() == id).map(|(_, row)| row);
                found.map(|row| crate::people::full_name(&row.given_name, &row.family_name))
            }
            ("code_id", Some(id), _) => {
                self.codes.iter().find(|code| code.id.to_string() == id).map(|code| code.title.clone())
            }
            ("value" | "maximum" | "weight", _, Some(points)) => Some(decimal(points)),
            _ => None,
        };
        if let Some(said) = said {
            *value = said.into();
        }
    }

    /// Writes what differs, what is referred to before what refers to it.
    pub async fn write(
        self,
        context: &Context,
        tx: &mut Transaction<'_>,
        school: Option<schools::Model>,
    ) -> Result<()> {
        if let Some(school) = school {
            tx.insert::<schools::Entity>(school).await?;
            insert_school_basics(tx, self.id).await?;
        }
        let total = self.students.list.len() + self.enrolments.list.len();
        context.job.progress(0, total)?;
        let mut sessions = self.sessions.split();
        // A term refers to its year, a grading period to its term.
        sessions.new.sort_by_key(|session| (session.parent_id.is_some(), session.kind == Kept::GradingPeriod));
        sessions.write(tx).await?;
        self.subjects.split().write(tx).await?;

        let staff = self.staff.split();
        bulk::insert_staff(tx, self.id, staff.new).await?;
        for (before, after) in staff.changed {
            bulk::update_staff(tx, &before, after).await?;
        }
        let students = self.students.split();
        bulk::insert_students(context, tx, self.id, students.new).await?;
        let changed = students.changed.len();
        for (done, (before, after)) in students.changed.into_iter().enumerate() {
            if done.is_multiple_of(500) {
                context.job.progress(done, changed)?;
            }
            bulk::update_student(tx, &before, after).await?;
        }
        self.stays.split().write(tx).await?;
        let guardians = self.guardians.split();
        bulk::insert_guardians(tx, self.id, guardians.new).await?;
        for (before, after) in guardians.changed {
            bulk::update_guardian(tx, &before, after).await?;
        }
        context.job.progress(0, total)?;
        self.guardianships.split().write(tx).await?;
        self.classes.split().write(tx).await?;
        self.courses.split().write(tx).await?;
        self.teachings.split().write(tx).await?;
        context.job.progress(total / 2, total)?;
        self.enrolments.split().write(tx).await?;
        self.exemptions.split().write(tx).await?;
        self.categories.split().write(tx).await?;
        self.assessments.split().write(tx).await?;
        self.marks.split().write(tx).await?;
        self.attendance.split().write(tx).await?;
        self.ids.split().write(tx).await?;
        self.values.split().write(tx).await?;
        context.job.progress(total, total)
    }
}
