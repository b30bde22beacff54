//! Plain lists of other kinds than students: staff, classes, courses, enrolments, guardians, and marks and attendance of
//! former years. Their rows name people and
//! classes as people write them; who and which is meant, whoever imports finds in what is stored.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use words::faults::exchange::{expected, value};

use crate::Options;
use crate::clean;
use crate::error::ExchangeError;
use crate::former::{AttendanceLine, MarkLine, NamedYear, attendance, marks, year};
use crate::index::Index;
use crate::kind::ListKind;
use crate::log::Log;
use crate::matching::{ColumnMatching, GUARDIANS};
use crate::names::FullNameOrder;
use crate::own::{OwnColumns, OwnValues};
use crate::plain::{
    NamedGuardian, WholeNames, class_title, decided_table, email, grades, named_guardian, order_of, parse_plain, phone,
    unmatched,
};
use crate::reading::TableReading;
use crate::roster::{Format, Parsed, Place, Roster};
use crate::row::Row;
use crate::set::{Set, SourceFile};
use crate::sheet::Sheet;

/// Characters of a cell that names several teachers.
const TEACHERS: usize = 1_000;

/// A list of another kind than students.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub rows: ListRows,
    /// The header that each field is in.
    headers: BTreeMap<&'static str, String>,
}

impl List {
    /// The header that a field is in, as the file has it; the field's own name where the list has no such column.
    pub fn header<'h>(&'h self, field: &'h str) -> &'h str {
        self.headers.get(field).map_or(field, String::as_str)
    }

    /// Whether the list has the column.
    pub fn has(&self, field: &str) -> bool {
        self.headers.contains_key(field)
    }
}

/// The rows of a list, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListRows {
    Staff(Vec<StaffLine>),
    Classes(Vec<ClassLine>),
    Courses(Vec<CourseLine>),
    Enrolments(Vec<EnrolmentLine>),
    Guardians(Vec<GuardianLine>),
    Marks(Vec<MarkLine>),
    Attendance(Vec<AttendanceLine>),
}

/// What a member of staff may do here, as a list says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListRole {
    Principal,
    Teacher,
    Office,
    Counsellor,
}

const ROLES: &[(&str, ListRole)] = &[
    ("teacher", ListRole::Teacher),
    ("office", ListRole::Office),
    ("principal", ListRole::Principal),
    ("counsellor", ListRole::Counsellor),
    ("operator", ListRole::Office),
    ("secretary", ListRole::Office),
    ("clerk", ListRole::Office),
    ("head", ListRole::Principal),
    ("headteacher", ListRole::Principal),
    ("counselor", ListRole::Counsellor),
    ("docente", ListRole::Teacher),
    ("profesor", ListRole::Teacher),
    ("profesora", ListRole::Teacher),
    ("secretaría", ListRole::Office),
    ("director", ListRole::Principal),
    ("directora", ListRole::Principal),
    ("orientador", ListRole::Counsellor),
    ("orientadora", ListRole::Counsellor),
    ("enseignant", ListRole::Teacher),
    ("enseignante", ListRole::Teacher),
    ("professeur", ListRole::Teacher),
    ("secrétariat", ListRole::Office),
    ("directeur", ListRole::Principal),
    ("directrice", ListRole::Principal),
    ("conseiller", ListRole::Counsellor),
    ("lehrkraft", ListRole::Teacher),
    ("lehrer", ListRole::Teacher),
    ("lehrerin", ListRole::Teacher),
    ("sekretariat", ListRole::Office),
    ("büro", ListRole::Office),
    ("schulleitung", ListRole::Principal),
    ("beratung", ListRole::Counsellor),
    ("professor", ListRole::Teacher),
    ("professora", ListRole::Teacher),
    ("secretaria", ListRole::Office),
    ("diretor", ListRole::Principal),
    ("diretora", ListRole::Principal),
    ("शिक्षक", ListRole::Teacher),
    ("कार्यालय", ListRole::Office),
    ("प्रधानाचार्य", ListRole::Principal),
    ("معلم", ListRole::Teacher),
    ("المكتب", ListRole::Office),
    ("مدير", ListRole::Principal),
];

pub(crate) const CLASS_KINDS: &[(&str, ListedClass)] = &[
    ("homeroom", ListedClass::Homeroom),
    ("group", ListedClass::Group),
    ("form", ListedClass::Homeroom),
    ("class", ListedClass::Homeroom),
    ("set", ListedClass::Group),
    ("option", ListedClass::Group),
    ("club", ListedClass::Group),
    ("clase", ListedClass::Homeroom),
    ("grupo", ListedClass::Group),
    ("classe", ListedClass::Homeroom),
    ("groupe", ListedClass::Group),
    ("klasse", ListedClass::Homeroom),
    ("gruppe", ListedClass::Group),
    ("kurs", ListedClass::Group),
    ("turma", ListedClass::Homeroom),
    ("कक्षा", ListedClass::Homeroom),
    ("समूह", ListedClass::Group),
    ("صف", ListedClass::Homeroom),
    ("مجموعة", ListedClass::Group),
];

const YES_OR_NO: &[(&str, bool)] = &[
    ("yes", true),
    ("no", false),
    ("y", true),
    ("n", false),
    ("true", true),
    ("false", false),
    ("1", true),
    ("0", false),
    ("x", true),
    ("✓", true),
    ("primary", true),
    ("main", true),
    ("sí", true),
    ("si", true),
    ("oui", true),
    ("non", false),
    ("ja", true),
    ("nein", false),
    ("sim", true),
    ("não", false),
    ("हाँ", true),
    ("हां", true),
    ("नहीं", false),
    ("نعم", true),
    ("لا", false),
];

/// Homeroom or group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedClass {
    Homeroom,
    Group,
}

/// A member of staff; what is blank is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffLine {
    pub at: Place,
    pub number: String,
    pub given: String,
    pub family: String,
    pub native_name: String,
    pub email: String,
    pub phone: String,
    pub job_title: String,
    pub first_day: Option<NaiveDate>,
    pub username: String,
    pub role: Option<ListRole>,
}

/// A class; what is blank is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassLine {
    pub at: Place,
    pub title: String,
    /// The present one where blank.
    pub year: NamedYear,
    pub kind: Option<ListedClass>,
    pub grades: Vec<String>,
    /// The class teacher, by number, e-mail address or name.
    pub teacher: String,
    pub places: Option<i32>,
    pub room: String,
}

/// A subject of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseLine {
    pub at: Place,
    pub class: String,
    pub subject: String,
    /// Everybody who teaches it, as the cell names them.
    pub teachers: String,
}

/// A student as a row names them; what is blank is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedStudent {
    pub number: String,
    pub given: String,
    pub family: String,
    pub birth_date: Option<NaiveDate>,
}

/// A student in a class for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentLine {
    pub at: Place,
    pub student: NamedStudent,
    pub class: String,
    /// The present one where blank.
    pub year: NamedYear,
    pub first_day: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
}

/// A guardian of a student; what is blank is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardianLine {
    pub at: Place,
    pub student: NamedStudent,
    pub given: String,
    pub family: String,
    /// What they are to the student, in a word of the file.
    pub relation: String,
    pub phone: String,
    pub email: String,
    /// Whether the school calls them first.
    pub primary: Option<bool>,
}

/// Reads a set of one table as a list of a kind.
///
/// # Errors
/// A matching that lacks what a list of this kind cannot do without, or has a header that the table does not; a quotation
/// mark that is not closed.
pub fn parse_list(
    set: &Set,
    kind: ListKind,
    matching: &ColumnMatching,
    options: &Options,
) -> Result<Parsed, ExchangeError> {
    if kind == ListKind::Students {
        return parse_plain(set, matching, options);
    }
    let source = decided_table(set)?;
    let usual: Vec<_> = matching.pairs().into_iter().filter(|(field, _)| kind.fields().contains(field)).collect();
    let of_marks = if kind == ListKind::Marks { matching.marks_of.as_slice() } else { &[] };
    needed(source, kind, &usual, !of_marks.is_empty())?;
    let subjects: Vec<(String, &str)> =
        of_marks.iter().map(|header| (format!("mark {header}"), header.as_str())).collect();
    let own = OwnColumns::of(kind, matching, &options.own);
    let wide = subjects.iter().map(|(name, header)| (name.as_str(), *header));
    let pairs: Vec<(&str, &str)> = usual.iter().copied().chain(own.pairs()).chain(wide).collect();
    let log = Log::default();
    log.extend(&set.notes);
    let of_kinds = ["birth_date", "first_day", "last_day", "date", "year_start", "year_end"];
    let dates: Vec<&str> = of_kinds.into_iter().chain(own.dates()).collect();
    let sheet = Sheet::matched(source, &pairs, &dates, options.dates, &log).map_err(ExchangeError::Columns)?;
    let mut names = WholeNames::of(&sheet, options);
    let order = order_of(&sheet, options, GUARDIANS[0][0]);
    let mut said = OwnValues { headers: own.headers(), ..OwnValues::default() };
    let rows = match kind {
        ListKind::Staff => ListRows::Staff(gather(&sheet, &log, |row| {
            let values = own.read(row);
            let line = staff(row, &mut names);
            said.of_line.extend(row.accept((row.line, values)).filter(|(_, values)| !values.is_empty()));
            line
        })?),
        ListKind::Classes => ListRows::Classes(gather(&sheet, &log, class)?),
        ListKind::Courses => ListRows::Courses(gather(&sheet, &log, course)?),
        ListKind::Guardians => ListRows::Guardians(gather(&sheet, &log, |row| guardian(row, &mut names, order))?),
        ListKind::Marks => ListRows::Marks(gather(&sheet, &log, |row| marks(row, &mut names, &subjects))?.concat()),
        ListKind::Attendance => ListRows::Attendance(gather(&sheet, &log, |row| attendance(row, &mut names))?),
        ListKind::Enrolments | ListKind::Students => {
            ListRows::Enrolments(gather(&sheet, &log, |row| enrolment(row, &mut names))?)
        }
    };
    let headers = usual.into_iter().map(|(field, header)| (field, header.to_owned())).collect();
    let reading = TableReading { names: names.read(), ..sheet.into_reading() };
    let parsed = Index::default().finish(Roster::new(Format::Plain), log, vec![reading]);
    Ok(Parsed { list: Some(List { rows, headers }), own: said, ..parsed })
}

/// The rows that are in order.
fn gather<T>(sheet: &Sheet<'_>, log: &Log, mut line: impl FnMut(&Row<'_, '_>) -> T) -> Result<Vec<T>, ExchangeError> {
    let mut lines = Vec::new();
    sheet.each(log, |row| {
        let line = line(row);
        lines.extend(row.accept(line));
    })?;
    Ok(lines)
}

/// Refuses a matching without what a list of this kind cannot do without.
///
/// `wide` says that the marks are in columns of their subjects.
fn needed(
    source: &SourceFile,
    kind: ListKind,
    pairs: &[(&'static str, &str)],
    wide: bool,
) -> Result<(), ExchangeError> {
    let has = |fields: &[&str]| pairs.iter().any(|(field, _)| fields.contains(field));
    let name = ["full_name", "given", "family"];
    let guardian = &GUARDIANS[0][..3];
    let lacks = match kind {
        ListKind::Staff if !has(&name) => ("name", expected::column_of_staff()),
        ListKind::Classes | ListKind::Courses | ListKind::Enrolments if !has(&["class"]) => {
            ("class", expected::column_of_classes())
        }
        ListKind::Marks if wide && has(&["subject", "mark"]) => ("subject", expected::one_way_of_marks()),
        ListKind::Courses | ListKind::Marks if !wide && !has(&["subject"]) => {
            ("subject", expected::column_of_subjects())
        }
        ListKind::Marks if !wide && !has(&["mark"]) => ("mark", expected::column_of_marks()),
        ListKind::Attendance if !has(&["date"]) => ("date", expected::column_of_days()),
        ListKind::Attendance if !has(&["attendance"]) => ("attendance", expected::column_of_codes()),
        ListKind::Enrolments | ListKind::Guardians | ListKind::Marks | ListKind::Attendance
            if !has(&["number"]) && !has(&name) =>
        {
            ("number", expected::column_of_students())
        }
        ListKind::Guardians if !has(guardian) => ("name", expected::column_of_guardians()),
        _ => return Ok(()),
    };
    Err(unmatched(source, lacks.0, lacks.1))
}

/// What people write for one of a few things, whatever its capitals; refused where it is none of them.
pub(crate) fn word<T: Copy>(row: &Row<'_, '_>, column: &str, words: &[(&str, T)], said: &[&str]) -> Option<T> {
    let cell = row.cell(column).trim_end_matches('.').to_lowercase();
    let known = words.iter().find(|(name, _)| *name == cell).map(|(_, word)| *word);
    if known.is_none() && !cell.is_empty() && !clean::is_nothing(&cell) {
        row.refuse(column, value::one_of(said.join(", ")));
    }
    known
}

/// A yes or a no, in the words of the languages that school software speaks.
pub(crate) fn yes_or_no(row: &Row<'_, '_>, column: &str) -> Option<bool> {
    word(row, column, YES_OR_NO, &["yes", "no"])
}

fn staff(row: &Row<'_, '_>, names: &mut WholeNames) -> StaffLine {
    let (given, family) = names.person(row);
    StaffLine {
        at: row.place(),
        number: row.code("number", 50, value::staff_number),
        given,
        family,
        native_name: row.optional_name("native_name"),
        email: email(row, "email"),
        phone: phone(row, "phone"),
        job_title: row.text("job_title", 100, value::title),
        first_day: row.date("first_day"),
        username: username(row),
        role: word(row, "role", ROLES, &["teacher", "office", "principal", "counsellor"]),
    }
}

fn username(row: &Row<'_, '_>) -> String {
    let text = row.text("username", 100, value::username);
    if clean::is_nothing(&text) {
        return String::new();
    }
    if text.chars().any(char::is_whitespace) {
        row.refuse("username", expected::without_spaces());
    }
    text
}

fn class(row: &Row<'_, '_>) -> ClassLine {
    ClassLine {
        at: row.place(),
        title: title(row),
        year: year(row),
        kind: word(row, "class_kind", CLASS_KINDS, &["homeroom", "group"]),
        grades: grades(row),
        teacher: row.possible_name("homeroom_teacher"),
        places: places(row),
        room: clean::whole(&row.text("room", 50, value::title)).to_owned(),
    }
}

fn places(row: &Row<'_, '_>) -> Option<i32> {
    let text = row.code("places", 20, value::number);
    if text.is_empty() {
        return None;
    }
    let places = text.parse().ok().filter(|places| (1..=1_000).contains(places));
    if places.is_none() {
        row.refuse("places", expected::places());
    }
    places
}

fn course(row: &Row<'_, '_>) -> CourseLine {
    let class = title(row);
    let subject = row.text("subject", 100, value::title);
    if !subject.chars().any(char::is_alphanumeric) && row.accept(()).is_some() {
        row.refuse("subject", expected::required(value::title()));
    }
    let teachers = row.text("teachers", TEACHERS, value::list);
    let teachers = if clean::is_nothing(&teachers) { String::new() } else { teachers };
    CourseLine { at: row.place(), class, subject, teachers }
}

fn enrolment(row: &Row<'_, '_>, names: &mut WholeNames) -> EnrolmentLine {
    let student = student(row, names);
    let class = title(row);
    let (first_day, last_day) = (row.date("first_day"), row.date("last_day"));
    if let Some(first) = first_day.filter(|first| last_day.is_some_and(|last| last < *first)) {
        row.refuse("last_day", expected::not_before(first.to_string()));
    }
    EnrolmentLine { at: row.place(), student, class, year: year(row), first_day, last_day }
}

fn guardian(row: &Row<'_, '_>, names: &mut WholeNames, order: FullNameOrder) -> GuardianLine {
    let student = student(row, names);
    let primary = yes_or_no(row, "primary");
    let named = named_guardian(row, &GUARDIANS[0], order);
    if named.is_none() && row.accept(()).is_some() {
        let [name, given, family, ..] = GUARDIANS[0];
        row.refuse([name, given, family].into_iter().find(|field| row.has(field)).unwrap_or(name), value::name());
    }
    let NamedGuardian { given, family, word: relation, phone, email, .. } = named.unwrap_or_default();
    GuardianLine { at: row.place(), student, given, family, relation, phone, email, primary }
}

/// Whom a row is about: by number, else by name; refused without either.
pub(crate) fn student(row: &Row<'_, '_>, names: &mut WholeNames) -> NamedStudent {
    let number = row.code("number", 64, value::student_number);
    let (given, family) = names.possible(row);
    if number.is_empty() && given.is_empty() && family.is_empty() && row.accept(()).is_some() {
        let column = ["number", "full_name", "given", "family"].into_iter().find(|column| row.has(column));
        row.refuse(column.unwrap_or("number"), expected::number_or_name());
    }
    NamedStudent { number, given, family, birth_date: row.date("birth_date") }
}

/// The title of the class; refused if blank.
fn title(row: &Row<'_, '_>) -> String {
    let title = class_title(row).unwrap_or_default();
    if title.chars().count() > 100 {
        row.refuse("class", expected::at_most(value::title(), "100"));
    }
    if title.is_empty() && row.accept(()).is_some() {
        row.refuse("class", expected::required(value::title()));
    }
    title
}
