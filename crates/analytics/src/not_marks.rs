//! What stands in a marks file and is no mark: columns that say who somebody is, and rows that belong to no student, as
//! gradebooks such as Canvas, Moodle and Google Classroom write them.

/// Columns that say who somebody is, or when a file was made.
const IDENTIFIERS: [&str; 31] = [
    "id",
    "sis user id",
    "sis login id",
    "integration id",
    "student id",
    "student number",
    "student no",
    "id number",
    "admission no",
    "admission number",
    "roll no",
    "roll number",
    "login id",
    "user id",
    "username",
    "user name",
    "email",
    "email address",
    "e mail",
    "phone",
    "telephone",
    "mobile",
    "birth date",
    "date of birth",
    "postcode",
    "matrikelnummer",
    "matricule",
    "schülernummer",
    "学号",
    "学籍番号",
    "last downloaded from this course",
];

/// Columns that may be called so because they number the students, or because "Number" is what was tested.
const PERHAPS: [&str; 11] = ["number", "no", "nr", "num", "n", "nº", "n°", "#", "index", "nummer", "número"];

/// The student that Canvas makes up to try things out.
const TEST_STUDENTS: [&str; 2] = ["student, test", "test student"];

/// What rows say in place of a student's name. "Points Possible" is Canvas's, "Overall average"
/// Moodle's, "Date", "Points" and "Class average" Google Classroom's.
const NOT_STUDENTS: [&str; 14] = [
    "points possible",
    "points",
    "maximum",
    "max points",
    "out of",
    "date",
    "due date",
    "overall average",
    "class average",
    "average",
    "mean",
    "median",
    "standard deviation",
    "total",
];

/// What stands in a row of Canvas above the marks, and in its columns that it works out itself.
const NOTICES: [&str; 3] = ["manual posting", "automatic posting", "(read only)"];

/// A name without signs, in small letters.
fn plain_name(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric() && !"#°º".contains(c)).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Whether a column of this name and these numbers tells students apart; numbers are given where each filled cell holds
/// one.
pub(crate) fn is_identifier(name: &str, numbers: Option<&[f64]>) -> bool {
    let name = plain_name(name);
    if IDENTIFIERS.contains(&name.as_str()) || name.ends_with(" id") {
        return true;
    }
    PERHAPS.contains(&name.as_str()) && numbers.is_some_and(tell_apart)
}

/// Whole numbers, each once, that count from 1 on or are too high for marks.
fn tell_apart(numbers: &[f64]) -> bool {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let each_once = sorted.array_windows().all(|[a, b]| a < b) && sorted.iter().all(|x| x.fract() == 0.0);
    let counts = sorted.iter().zip(1_i32..).all(|(x, n)| *x == f64::from(n));
    each_once && (counts || sorted.first().is_some_and(|least| *least > 100.0))
}

/// What a row says in place of a student's name, if it is no student's. `texts` are the cells of the columns of text,
/// `first` is the first cell that holds anything.
pub(crate) fn no_student<'a>(mut cells: impl Iterator<Item = &'a str>, texts: &[&str]) -> Option<&'a str> {
    let notice = |cell: &str| NOTICES.contains(&cell.trim().to_lowercase().as_str());
    let first = cells.find(|cell| !cell.trim().is_empty())?.trim();
    if notice(first) {
        return cells.all(|cell| cell.trim().is_empty() || notice(cell)).then_some(first);
    }
    let name = first.to_lowercase();
    if TEST_STUDENTS.contains(&name.as_str()) {
        return Some(first);
    }
    let others = texts.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty() && *cell != first);
    let label = NOT_STUDENTS.contains(&name.as_str());
    (label && others.into_iter().all(notice)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_tell_students_apart_are_no_marks() {
        for name in ["ID", "SIS User ID", "Section_ID", "Student Number", "E-mail", "Last downloaded from this course"]
        {
            assert!(is_identifier(name, None), "{name}");
        }
        for (name, numbers, is) in [
            ("number", &[1001.0, 1003.0, 1002.0][..], true),
            ("No.", &[1.0, 2.0, 3.0], true),
            // A test of numbers.
            ("Number", &[7.0, 9.0, 7.0], false),
            ("Number", &[18.0, 12.5, 9.0], false),
            ("Number", &[7.0, 9.0, 12.0], false),
            ("Number 2", &[1001.0, 1002.0], false),
            ("Paid", &[1001.0, 1002.0], false),
        ] {
            assert_eq!(is_identifier(name, Some(numbers)), is, "{name} {numbers:?}");
        }
    }

    #[test]
    fn rows_of_a_gradebook_are_no_students() {
        let row = |cells: &[&'static str], texts: &[&str]| no_student(cells.iter().copied(), texts);
        assert_eq!(
            row(&["    Points Possible", "", "10"], &["    Points Possible", "(read only)"]),
            Some("Points Possible")
        );
        assert_eq!(row(&["", "Manual Posting", "", "Manual Posting"], &[""]), Some("Manual Posting"));
        assert_eq!(row(&["", "Mean", "56.2"], &["Mean", ""]), Some("Mean"));
        // Somebody is called so.
        assert_eq!(row(&["Mean", "Kim", "12"], &["Mean", "Kim"]), None);
        assert_eq!(row(&["Kim", "Manual Posting"], &["Kim"]), None);
        assert_eq!(row(&["", ""], &[""]), None);
    }
}
