//! Which column of a plain table holds what: proposes it from the headers, a person decides.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::header_words::{Who, Word, any_word, field_of, names_student, word_of};
use crate::kind::ListKind;
use crate::own::{OwnField, by_title};
use crate::sheet::is_password;

macro_rules! columns {
    ($($(#[$note:meta])* $field:ident,)*) => {
        /// The header of each thing that a list may hold; `None` where the table has no such column, or a list of its kind
        /// has none ([`crate::ListKind::fields`]). Of students `number` and either `full_name` or one of `given` and
        /// `family` are needed.
        #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
        #[serde(rename_all = "camelCase", default)]
        pub struct ColumnMatching {
            $($(#[$note])* pub $field: Option<String>,)*
            /// The headers of columns that are each called as a subject and hold its marks, a row a student.
            pub marks_of: Vec<String>,
            /// The header of each field that the school made itself, by the field's identifier.
            pub own: BTreeMap<String, String>,
        }

        impl ColumnMatching {
            /// Every field, with its header if it is matched.
            fn fields(&self) -> Vec<(&'static str, Option<&str>)> {
                vec![$((stringify!($field), self.$field.as_deref()),)*]
            }

            fn field(&mut self, name: &str) -> Option<&mut Option<String>> {
                Some(match name {
                    $(stringify!($field) => &mut self.$field,)*
                    _ => return None,
                })
            }
        }
    };
}

columns! {
    /// The student's number, by which a later import knows the student again.
    number,
    given,
    middle,
    family,
    /// A second family name in a column of its own, as in Spain.
    family2,
    /// Both names in one cell; see [`crate::FullNameOrder`].
    full_name,
    preferred,
    /// The name in the script that the family writes it in.
    native_name,
    birth_date,
    sex,
    class,
    /// A division of the class in a column of its own; the class is then called `class section`.
    section,
    grade,
    email,
    phone,
    /// The whole name of a person who looks after the student, or the two names in columns of their own.
    guardian_name,
    guardian_given,
    guardian_family,
    /// What they are to the student; a header such as "Father's name" says it too.
    guardian_relation,
    guardian_phone,
    guardian_email,
    guardian2_name,
    guardian2_given,
    guardian2_family,
    guardian2_relation,
    guardian2_phone,
    guardian2_email,
    guardian3_name,
    guardian3_given,
    guardian3_family,
    guardian3_relation,
    guardian3_phone,
    guardian3_email,
    /// Of a guardian: whether the school calls them first.
    primary,
    job_title,
    /// Of staff of their employment, of students in the class.
    first_day,
    last_day,
    /// By which a member of staff signs in.
    username,
    /// What a member of staff may do here: teacher, office, principal, counsellor.
    role,
    subject,
    /// Who teaches a course, by number, e-mail address or name, several with `;` between.
    teachers,
    /// Homeroom or group.
    class_kind,
    homeroom_teacher,
    /// How many students a class takes.
    places,
    room,
    /// Title of the academic year.
    year,
    /// First and last day of the academic year, by which one is made that the school does not have.
    year_start,
    year_end,
    /// Title of the term, or its number in the year.
    term,
    /// What was marked: title of the column in the gradebook.
    assessment,
    category,
    /// Points, or a word for excused or missing.
    mark,
    /// The highest possible mark, 100 without it.
    maximum,
    /// The day of the mark or of the attendance.
    date,
    /// An attendance code by its letter, title or meaning.
    attendance,
    minutes_late,
    remark,
}

/// The fields of each guardian: name, given name, family name, relation, telephone, e-mail.
pub(crate) const GUARDIANS: [[&str; 6]; 3] = [
    ["guardian_name", "guardian_given", "guardian_family", "guardian_relation", "guardian_phone", "guardian_email"],
    [
        "guardian2_name",
        "guardian2_given",
        "guardian2_family",
        "guardian2_relation",
        "guardian2_phone",
        "guardian2_email",
    ],
    [
        "guardian3_name",
        "guardian3_given",
        "guardian3_family",
        "guardian3_relation",
        "guardian3_phone",
        "guardian3_email",
    ],
];

impl ColumnMatching {
    /// The fields that are matched, each with its header.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, &str)> {
        self.fields().into_iter().filter_map(|(field, header)| Some((field, header?))).collect()
    }

    pub(crate) fn uses(&self, header: &str) -> bool {
        let mut others = self.marks_of.iter().chain(self.own.values());
        self.fields().iter().any(|(_, used)| *used == Some(header)) || others.any(|used| used == header)
    }
}

/// Proposes a matching by well-known names, whatever their capitals, spaces and signs. Each header is proposed once.
pub fn suggest_columns<S: AsRef<str>>(headers: &[S]) -> ColumnMatching {
    let mut matching = ColumnMatching::default();
    let mut found: Vec<(Word, &str)> = headers
        .iter()
        .map(AsRef::as_ref)
        .filter(|header| !is_password(header))
        .filter_map(|header| Some((field_of(header)?, header)))
        .collect();
    // The likelier word wins where a table has two of a field; of two equal ones the first.
    found.sort_by_key(|(word, _)| word.rank);
    let mut guardians = Vec::new();
    for (word, header) in &found {
        match &word.who {
            Some(who) => guardians.push((who, word.field, *header)),
            None => put(&mut matching, word.field, header),
        }
    }
    family_of(&mut matching, headers, &guardians);
    settle(&mut matching);
    matching
}

/// The same for a list of any kind.
pub fn suggest_columns_of<S: AsRef<str>>(kind: ListKind, headers: &[S]) -> ColumnMatching {
    if kind == ListKind::Students {
        return suggest_columns(headers);
    }
    let open = headers.iter().map(AsRef::as_ref).filter(|header| !is_password(header));
    let mut found: Vec<(Word, &str)> = open.filter_map(|header| Some((word_of(kind, header)?, header))).collect();
    found.sort_by_key(|(word, _)| word.rank);
    let mut matching = ColumnMatching::default();
    let said = |field: &str| found.iter().any(|(word, _)| word.field == field);
    // In a list of guardians a name is the guardian's, unless its header says that it is the student's.
    let theirs = kind == ListKind::Guardians && !GUARDIANS[0][..3].iter().any(|field| said(field));
    for (word, header) in &found {
        let field = match word.field {
            "full_name" if theirs && !names_student(header) => "guardian_name",
            "given" if theirs && !names_student(header) => "guardian_given",
            "family" if theirs && !names_student(header) => "guardian_family",
            field => field,
        };
        put(&mut matching, field, header);
    }
    settle_names(&mut matching, "full_name", "given", "family");
    let [name, given, family, ..] = GUARDIANS[0];
    settle_names(&mut matching, name, given, family);
    if matching.class.is_none() {
        matching.class = matching.section.take();
    }
    if kind == ListKind::Marks && matching.subject.is_none() && matching.mark.is_none() {
        // Neither subject nor mark has a column: each column that is called as nothing else is a subject's.
        let open = headers.iter().map(AsRef::as_ref).filter(|header| !is_password(header) && !header.is_empty());
        let free = open.filter(|header| word_of(kind, header).is_none() && field_of(header).is_none());
        matching.marks_of = free.map(str::to_owned).collect();
    }
    matching
}

/// What a list cannot do without: no field of a school takes their columns.
const NEEDED: [&str; 4] = ["number", "given", "family", "full_name"];

/// The same where the school made fields of its own: a header that is one's title is that field's, before any word for it.
pub(crate) fn suggest_with_own(kind: ListKind, headers: &[&str], own: &[OwnField]) -> ColumnMatching {
    let headers: Vec<&str> = headers.iter().copied().filter(|header| !is_password(header)).collect();
    let usual = suggest_columns_of(kind, &headers);
    let needed = |header: &str| usual.pairs().iter().any(|(field, used)| NEEDED.contains(field) && *used == header);
    let mut titled = by_title(kind, &headers, own);
    titled.retain(|_, header| !needed(header));
    let others: Vec<&str> = headers.into_iter().filter(|header| !titled.values().any(|used| used == header)).collect();
    let own = titled.into_iter().map(|(field, header)| (field, header.to_owned())).collect();
    ColumnMatching { own, ..suggest_columns_of(kind, &others) }
}

/// How many different fields a row's cells name, and how many cells do: a header has some, a row of data hardly any.
pub(crate) fn known_words<'c>(cells: impl Iterator<Item = &'c str>) -> (usize, usize) {
    let mut fields: Vec<_> = cells.filter_map(|cell| any_word(cell).map(|word| (word.field, word.who))).collect();
    let all = fields.len();
    fields.sort_unstable();
    fields.dedup();
    (fields.len(), all)
}

/// Headers that are there several times for one field, which nobody but a person can tell apart.
pub(crate) fn doubtful<'h>(
    kind: ListKind,
    headers: &'h [String],
    doubled: &[bool],
    matching: &ColumnMatching,
) -> Vec<&'h str> {
    let known = |header: &&String| word_of(kind, bare(header)).is_some() && !matching.uses(header);
    let said = |header: &&String| {
        headers.iter().any(|other| bare(other) == bare(header) && other != *header && matching.uses(other))
    };
    let twice = headers.iter().zip(doubled).filter(|(_, doubled)| **doubled).map(|(header, _)| header);
    twice.filter(known).filter(|header| !said(header)).map(String::as_str).collect()
}

/// The header as the file has it, without the number that tells it from others of its name.
fn bare(header: &str) -> &str {
    header.rsplit_once(" (").map_or(header, |(name, _)| name)
}

fn put(matching: &mut ColumnMatching, field: &str, header: &str) {
    if let Some(slot) = matching.field(field)
        && slot.is_none()
    {
        *slot = Some(header.to_owned());
    }
}

/// The first three of those who look after the students, in the order of the columns.
fn family_of<S: AsRef<str>>(matching: &mut ColumnMatching, headers: &[S], found: &[(&Who, &'static str, &str)]) {
    let mut people: Vec<&Who> = Vec::new();
    for header in headers {
        let who = found.iter().find(|(_, _, other)| *other == header.as_ref()).map(|(who, _, _)| *who);
        people.extend(who.filter(|who| !people.contains(who)));
    }
    // "Guardian phone" beside a father and a mother is nobody's of its own.
    let named = |who: &&Who| found.iter().any(|(other, field, _)| other == who && NAMES.contains(field));
    people.sort_by_key(|who| !named(who));
    for (who, fields) in people.into_iter().zip(GUARDIANS) {
        for (_, field, header) in found.iter().filter(|(other, _, _)| *other == who) {
            let place = match *field {
                "full_name" => 0,
                "given" => 1,
                "family" => 2,
                "relation" => 3,
                "phone" => 4,
                "email" => 5,
                _ => continue,
            };
            put(matching, fields[place], header);
        }
        let [name, given, family, ..] = fields.map(str::to_owned);
        settle_names(matching, &name, &given, &family);
    }
}

const NAMES: [&str; 3] = ["full_name", "given", "family"];

/// What one table's columns say about each other.
fn settle(matching: &mut ColumnMatching) {
    // A section alone is the class; so is a grade with a section.
    if matching.class.is_none() && matching.section.is_some() {
        matching.class = matching.grade.take().or_else(|| matching.section.take());
    }
    settle_names(matching, "full_name", "given", "family");
}

/// `Name` beside a surname is the given name, beside a given name of another language the surname; in French and Portuguese
/// `nom` and `nome` alone are the whole name.
fn settle_names(matching: &mut ColumnMatching, full: &str, given: &str, family: &str) {
    let mut take = |field: &str| matching.field(field).and_then(Option::take);
    let (mut whole, mut first, mut last) = (take(full), take(given), take(family));
    match (&whole, &first, &last) {
        (Some(_), Some(_), Some(_)) => whole = None,
        (Some(_), None, Some(_)) => first = whole.take(),
        (Some(_), Some(name), None) => {
            let english = ["first", "given", "fore", "other"].iter().any(|word| name.to_lowercase().contains(word));
            if english { first = None } else { last = whole.take() }
        }
        (None, Some(_), None) => whole = first.take(),
        (None, None, Some(_)) => whole = last.take(),
        _ => {}
    }
    for (field, header) in [(full, whole), (given, first), (family, last)] {
        if let Some(slot) = matching.field(field) {
            *slot = header;
        }
    }
}
