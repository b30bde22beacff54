//! What a plain list is of: proposed from its headers, a person may say another kind.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::header_words::{field_of, names_student, own_word, word_of};
use crate::sheet::is_password;

/// What the rows of a plain list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// Students, with their classes and guardians.
    #[default]
    Students,
    /// Staff, who may get an account in the same row.
    Staff,
    /// Homerooms and groups, with grade level, class teacher, places and room.
    Classes,
    /// Subjects of classes with who teaches them.
    Courses,
    /// Who is in which class, from when to when.
    Enrolments,
    /// Who looks after which student.
    Guardians,
    /// Results of former years, a mark a row.
    Marks,
    /// Attendance of former years, a student's day a row.
    Attendance,
}

impl ListKind {
    /// All kinds, in the order in which a school is set up by them.
    pub const ALL: [Self; 8] = [
        Self::Students,
        Self::Staff,
        Self::Classes,
        Self::Courses,
        Self::Enrolments,
        Self::Guardians,
        Self::Marks,
        Self::Attendance,
    ];

    /// The fields of [`crate::ColumnMatching`] that a list of this kind has.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Students => STUDENTS,
            Self::Staff => &[
                "number",
                "given",
                "family",
                "family2",
                "full_name",
                "native_name",
                "email",
                "phone",
                "job_title",
                "first_day",
                "username",
                "role",
            ],
            Self::Classes => &["class", "section", "year", "class_kind", "grade", "homeroom_teacher", "places", "room"],
            Self::Courses => &["class", "section", "subject", "teachers"],
            Self::Enrolments => &[
                "number",
                "given",
                "family",
                "family2",
                "full_name",
                "birth_date",
                "class",
                "section",
                "year",
                "first_day",
                "last_day",
            ],
            Self::Guardians => &[
                "number",
                "given",
                "family",
                "family2",
                "full_name",
                "birth_date",
                "guardian_name",
                "guardian_given",
                "guardian_family",
                "guardian_relation",
                "guardian_phone",
                "guardian_email",
                "primary",
            ],
            Self::Marks => &[
                "number",
                "given",
                "family",
                "family2",
                "full_name",
                "birth_date",
                "year",
                "year_start",
                "year_end",
                "term",
                "subject",
                "class",
                "section",
                "class_kind",
                "assessment",
                "category",
                "mark",
                "maximum",
                "date",
            ],
            Self::Attendance => &[
                "number",
                "given",
                "family",
                "family2",
                "full_name",
                "birth_date",
                "date",
                "attendance",
                "minutes_late",
                "remark",
            ],
        }
    }

    /// The word by which the command line and the file of header words call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Students => "students",
            Self::Staff => "staff",
            Self::Classes => "classes",
            Self::Courses => "courses",
            Self::Enrolments => "enrolments",
            Self::Guardians => "guardians",
            Self::Marks => "marks",
            Self::Attendance => "attendance",
        }
    }
}

const STUDENTS: &[&str] = &[
    "number",
    "given",
    "middle",
    "family",
    "family2",
    "full_name",
    "preferred",
    "native_name",
    "birth_date",
    "sex",
    "class",
    "section",
    "grade",
    "email",
    "phone",
    "guardian_name",
    "guardian_given",
    "guardian_family",
    "guardian_relation",
    "guardian_phone",
    "guardian_email",
    "guardian2_name",
    "guardian2_given",
    "guardian2_family",
    "guardian2_relation",
    "guardian2_phone",
    "guardian2_email",
    "guardian3_name",
    "guardian3_given",
    "guardian3_family",
    "guardian3_relation",
    "guardian3_phone",
    "guardian3_email",
];

/// What the headers of one list hold.
struct Headers<'h> {
    open: Vec<&'h str>,
    /// The fields of a list of students, without those of guardians.
    student: Vec<&'static str>,
    /// The fields of guardians.
    family: Vec<&'static str>,
    /// How many guardians.
    people: usize,
}

impl<'h> Headers<'h> {
    fn of<S: AsRef<str>>(headers: &'h [S]) -> Self {
        let open: Vec<&str> = headers.iter().map(AsRef::as_ref).filter(|header| !is_password(header)).collect();
        let (mut student, mut family, mut who) = (Vec::new(), Vec::new(), Vec::new());
        for word in open.iter().filter_map(|header| field_of(header)) {
            match word.who {
                None => student.push(word.field),
                Some(one) => {
                    family.push(word.field);
                    who.push(one);
                }
            }
        }
        who.sort_unstable();
        who.dedup();
        Self { open, student, family, people: who.len() }
    }

    fn any(&self, fields: &[&str]) -> bool {
        self.student.iter().any(|field| fields.contains(field))
    }

    /// Whether a column is called as only this kind calls one of these fields.
    fn own(&self, kind: ListKind, fields: &[&str]) -> bool {
        self.open.iter().any(|header| own_word(kind, header).is_some_and(|word| fields.contains(&word.field)))
    }

    /// Whether a column would be one of these fields in a list of this kind.
    fn held(&self, kind: ListKind, fields: &[&str]) -> bool {
        self.open.iter().any(|header| word_of(kind, header).is_some_and(|word| fields.contains(&word.field)))
    }

    fn names_of_guardians(&self) -> bool {
        self.family.iter().any(|field| ["full_name", "given", "family"].contains(field))
    }
}

/// What a list is of, by its headers: students, unless they say another thing.
pub fn kind_of<S: AsRef<str>>(headers: &[S]) -> ListKind {
    let of = Headers::of(headers);
    let about_students = of.any(&["sex", "preferred", "middle"]) || of.names_of_guardians() || of.any(&["birth_date"]);
    let named = of.any(&["given", "family", "full_name"]);
    let student = named || of.any(&["number"]);
    if student && of.own(ListKind::Marks, &["mark"]) && of.held(ListKind::Marks, &["subject"]) {
        return ListKind::Marks;
    }
    if !about_students
        && of.own(ListKind::Courses, &["subject"])
        && of.held(ListKind::Courses, &["class"])
        && (!named || of.own(ListKind::Courses, &["teachers"]))
    {
        return ListKind::Courses;
    }
    if is_of_guardians(&of) {
        return ListKind::Guardians;
    }
    let more =
        of.any(&["sex", "grade", "email", "phone", "preferred", "middle", "native_name"]) || !of.family.is_empty();
    if student && !more && of.own(ListKind::Attendance, &["attendance"]) && of.own(ListKind::Attendance, &["date"]) {
        return ListKind::Attendance;
    }
    let days = of.own(ListKind::Enrolments, &["first_day", "last_day"]);
    if !more && of.any(&["class"]) && (of.any(&["number"]) && !named || days && (named || of.any(&["number"]))) {
        return ListKind::Enrolments;
    }
    let someone = of.any(&["number", "given", "family", "birth_date", "email"]) || !of.family.is_empty();
    if !someone
        && of.own(ListKind::Classes, &["places", "room", "homeroom_teacher", "class_kind"])
        && of.held(ListKind::Classes, &["class"])
    {
        return ListKind::Classes;
    }
    let of_staff = of.own(ListKind::Staff, &["number", "full_name", "job_title", "username", "role", "email", "phone"]);
    if of_staff
        && !of.any(&["class", "section", "grade"])
        && of.family.is_empty()
        && of.held(ListKind::Staff, &["given", "family", "full_name"])
    {
        return ListKind::Staff;
    }
    ListKind::Students
}

/// A row for each guardian: the student is only named in it, and what is there besides is the guardian's.
fn is_of_guardians(of: &Headers<'_>) -> bool {
    if of.any(&["class", "section", "grade", "sex", "preferred", "middle", "native_name"]) || of.people > 1 {
        return false;
    }
    let number = of.any(&["number"]);
    let names = of.any(&["given", "family", "full_name"]);
    let relation = of.family.contains(&"relation") || of.own(ListKind::Guardians, &["primary"]);
    let student = of.open.iter().any(|header| names_student(header));
    match of.names_of_guardians() {
        true => number && !names || relation && (number || student),
        false => relation && names && student,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(headers: &str) -> ListKind {
        kind_of(&headers.split(';').collect::<Vec<_>>())
    }

    #[test]
    fn the_headers_tell_what_a_list_is_of() {
        for (headers, wanted) in [
            ("Admission No;First Name;Surname;DOB;Sex;Class;Guardian Name;Guardian Phone", ListKind::Students),
            ("No;Name", ListKind::Students),
            ("No;Name;Class", ListKind::Students),
            ("Student Name;Adm No;Father's Name;Mother's Name;Phone", ListKind::Students),
            ("Schülernummer;Vorname;Nachname;Klasse;Klassenlehrer", ListKind::Students),
            ("id;name;email", ListKind::Students),
            ("Staff number;Given name;Family name;E-mail;Job title", ListKind::Staff),
            ("Teacher;E-mail;Phone", ListKind::Staff),
            ("No;Name;Username;Role", ListKind::Staff),
            ("Nombre;Apellidos;Cargo;Correo", ListKind::Staff),
            ("Class;Subject;Teacher", ListKind::Courses),
            ("Klasse;Fach;Lehrkraft", ListKind::Courses),
            ("Class;Subject;Course title;Teachers", ListKind::Courses),
            ("कक्षा;विषय;शिक्षक", ListKind::Courses),
            ("Student number;Class", ListKind::Enrolments),
            ("Student number;Class;First day;Last day", ListKind::Enrolments),
            ("Name;Date of birth;Class;From", ListKind::Enrolments),
            ("Student number;Guardian name;Relation;Phone;Email;Primary", ListKind::Guardians),
            ("Student number;Given name;Family name;Relation;Phone", ListKind::Guardians),
            ("Student number;Parent name", ListKind::Guardians),
            ("Student number;Year;Term;Subject;Mark", ListKind::Marks),
            ("Name;Date of birth;School year;Class;Subject;Exam;Marks obtained;Maximum marks", ListKind::Marks),
            ("Schülernummer;Schuljahr;Klasse;Fach;Note", ListKind::Marks),
            ("छात्र का नाम;शैक्षणिक वर्ष;विषय;प्राप्तांक", ListKind::Marks),
            ("رقم الطالب;العام الدراسي;المادة;الدرجة", ListKind::Marks),
            ("Student number;Date;Attendance", ListKind::Attendance),
            ("Adm No;Name;Class;Date;Status;Minutes late;Remarks", ListKind::Attendance),
            ("Class;Kind;Grade;Class teacher;Places;Room", ListKind::Classes),
            ("Name;Grade level;Homeroom teacher", ListKind::Classes),
        ] {
            assert_eq!(kind(headers), wanted, "{headers}");
        }
    }
}
