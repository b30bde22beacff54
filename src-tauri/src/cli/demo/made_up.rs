//! What the demo makes up: its school, its administrator, its policy.

use chrono::{Datelike, NaiveDate};
use school::accounts::{FirstAdministrator, SetUp};
use school::schools::NewTerm;

/// The user that can sign in to the demo school.
pub(super) const USERNAME: &str = "demo";
/// Who consents for the student.
pub(super) const GUARDIAN: &str = "Demo Guardian";
pub(super) const POLICY: &str = "The school recognises faces to take the register. What is kept are numbers, encrypted, never the \
    picture; you may withdraw at any time, and the register is then taken by hand.";
pub(super) const TIME_ZONE: &str = "UTC";

/// A school year that today lies in: September to July.
pub(super) fn set_up(today: NaiveDate, password: &str) -> SetUp {
    let year = if today.month() >= 9 { today.year() } else { today.year() - 1 };
    let day = |year: i32, month: u32, day: u32| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(today);
    let term = |title: &str, start, end| NewTerm { title: title.to_owned(), start, end };
    SetUp {
        school_name: "Riverside School".into(),
        time_zone: TIME_ZONE.into(),
        year_title: format!("{year}/{:02}", (year + 1) % 100),
        year_start: day(year, 9, 1),
        year_end: day(year + 1, 8, 31),
        terms: vec![
            term("Autumn term", day(year, 9, 1), day(year, 12, 31)),
            term("Spring term", day(year + 1, 1, 1), day(year + 1, 4, 5)),
            term("Summer term", day(year + 1, 4, 6), day(year + 1, 8, 31)),
        ],
        administrator: FirstAdministrator {
            given_name: "Demo".into(),
            family_name: "Administrator".into(),
            username: USERNAME.into(),
            password: password.to_owned(),
        },
        day_order: None,
        name_order: None,
    }
}
