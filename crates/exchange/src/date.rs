//! Dates as files write them. ISO 8601 is read as it is, and so is a month in words; local orders only where the whole column
//! leaves no doubt.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use words::Message;
use words::faults::exchange::{expected, value};

use crate::clean::western;
use crate::months::MONTHS;

/// Which of day and month comes first in a column of dates such as 4/2/2000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    // As a job put in before says it.
    #[serde(alias = "dayFirst")]
    DayFirst,
    #[serde(alias = "monthFirst")]
    MonthFirst,
}

/// One cell, before the order of its column is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// yyyy-mm-dd.
    Iso(NaiveDate),
    /// In another form that leaves no doubt: 2000/2/4, 20000204, 4 Feb 2000, or with a time behind it.
    Clear(NaiveDate),
    /// Two numbers of 1 to 31, then the year.
    Local { first: u32, second: u32, year: i32 },
}

impl Written {
    /// The date, if it is one in this order.
    pub(crate) fn date(self, order: Option<DateOrder>) -> Option<NaiveDate> {
        match self {
            Self::Iso(date) | Self::Clear(date) => Some(date),
            Self::Local { first, second, year } => resolve(first, second, year, order),
        }
    }
}

/// Why a cell is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoDate {
    /// 4/2/12: nobody can say which century, or where the year is.
    ShortYear,
    /// The day's number of a spreadsheet program, such as 41238.
    DayNumber,
    /// A time of day in another zone: the day may be the one before or after.
    Shifted,
    Other,
}

impl NoDate {
    /// What would have been accepted.
    pub(crate) fn expected(self) -> Message {
        match self {
            Self::ShortYear => expected::whole_year(),
            Self::DayNumber => expected::not_day_number(),
            Self::Shifted => expected::no_time(),
            Self::Other => value::date(),
        }
    }
}

/// Reads a cell of the years 1900 to 2199.
pub(crate) fn read(cell: &str) -> Result<Written, NoDate> {
    let cell = western(cell);
    let (date, time) = split_time(&cell);
    let written = day_alone(date)?;
    match (written, time) {
        (written, None) => Ok(written),
        (Written::Iso(date), Some(time)) => check_time(time).map(|()| Written::Clear(date)),
        (written, Some(time)) => check_time(time).map(|()| written),
    }
}

/// The date of a local cell; `None` where the order is not known and matters, or the day does not exist.
pub(crate) fn resolve(first: u32, second: u32, year: i32, order: Option<DateOrder>) -> Option<NaiveDate> {
    let (day, month) = match order {
        Some(DateOrder::DayFirst) => (first, second),
        Some(DateOrder::MonthFirst) => (second, first),
        None if first == second => (first, second),
        None => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The order that a header names, as in `Date of birth (DD/MM/YYYY)`.
pub(crate) fn order_of_header(header: &str) -> Option<DateOrder> {
    let header = header.to_lowercase();
    let parts: Vec<&str> = header.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty()).collect();
    let day = |part: &str| ["dd", "jj", "tt", "gg", "дд"].contains(&part);
    let month = |part: &str| ["mm", "мм"].contains(&part);
    let found = |test: &dyn Fn(&str, &str) -> bool| parts.windows(2).any(|two| matches!(two, [a, b] if test(a, b)));
    match (found(&|a, b| day(a) && month(b)), found(&|a, b| month(a) && day(b))) {
        (true, false) => Some(DateOrder::DayFirst),
        // After a year the month comes first too, and says nothing of a date that begins with another.
        (false, true) if !found(&|a, b| ["yyyy", "yy", "aaaa", "jjjj"].contains(&a) && month(b)) => {
            Some(DateOrder::MonthFirst)
        }
        _ => None,
    }
}

/// What the cells of one column say about their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    day_first: bool,
    month_first: bool,
    /// A local date of which both numbers may be the month.
    open: bool,
    /// Cells as yyyy-mm-dd whose day could be a month, and those whose day could not.
    low: u32,
    high: u32,
    /// The first cell that is not as yyyy-mm-dd, one that decides before one that does not.
    pub(crate) example: Option<String>,
    telling: bool,
}

impl Evidence {
    pub(crate) fn see(&mut self, cell: &str) {
        match read(cell) {
            Ok(Written::Local { first, second, .. }) => {
                self.day_first |= first > 12;
                self.month_first |= second > 12;
                let telling = first > 12 || second > 12;
                self.open |= !telling && first != second;
                if self.example.is_none() || (telling && !self.telling) {
                    self.example = Some(cell.to_owned());
                    self.telling = telling;
                }
            }
            Ok(Written::Iso(date)) => {
                if chrono::Datelike::day(&date) > 12 {
                    self.high += 1;
                } else {
                    self.low += 1;
                }
            }
            Ok(Written::Clear(_)) => {
                self.example.get_or_insert_with(|| cell.to_owned());
            }
            Err(_) => {}
        }
    }

    /// `None` where nothing tells them apart, or the cells contradict each other.
    pub(crate) fn order(&self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    pub(crate) fn contradicts(&self, order: DateOrder) -> bool {
        match order {
            DateOrder::DayFirst => self.month_first,
            DateOrder::MonthFirst => self.day_first,
        }
    }

    /// A spreadsheet program of another country turns day and month round wherever the day could be a month, and leaves the
    /// others as text: then no text is open, and no date of its own has a day above twelve.
    pub(crate) fn turned_round(&self) -> bool {
        (self.day_first || self.month_first) && !self.open && self.high == 0 && self.low >= 3
    }
}

/// Date and time of day; the time is behind a `T` or a space.
fn split_time(cell: &str) -> (&str, Option<&str>) {
    let Some(colon) = cell.find(':') else { return (cell, None) };
    let before = cell.get(..colon).unwrap_or_default();
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let date = cell.get(..digits).unwrap_or_default().trim_end_matches(['T', 't', ' ', ',']);
    (date, cell.get(digits..))
}

/// A time of day is left out, unless it stands for a moment that is another day elsewhere.
fn check_time(time: &str) -> Result<(), NoDate> {
    let lower = time.to_ascii_lowercase();
    if !lower.chars().all(|c| c.is_ascii_digit() || ":.+- apmzutcg".contains(c)) {
        return Err(NoDate::Other);
    }
    let end = lower.find(|c: char| !(c.is_ascii_digit() || ":.".contains(c))).unwrap_or(lower.len());
    let (clock, rest) = lower.split_at(end);
    let mut numbers = clock.split([':', '.']).map(|part| part.parse::<u32>().ok());
    let (hour, minute) = (numbers.next().flatten(), numbers.next().flatten());
    let (Some(hour), Some(minute)) = (hour, minute) else { return Err(NoDate::Other) };
    if hour > 24 || minute > 59 {
        return Err(NoDate::Other);
    }
    let zone = rest.contains(['z', '+', '-']) || rest.contains("utc") || rest.contains("gmt");
    let still = minute == 0 && (hour == 0 || hour == 12) && numbers.all(|number| number == Some(0));
    if zone && !still { Err(NoDate::Shifted) } else { Ok(()) }
}

fn day_alone(cell: &str) -> Result<Written, NoDate> {
    if cell.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && let Some(found) = one_number(cell)
    {
        return found;
    }
    let separators = [' ', '-', '/', '.', ',', '\'', '年', '月', '日', '년', '월', '일', '\u{a0}'];
    let parts: Vec<&str> = cell
        .split(separators)
        .filter(|part| !part.is_empty() && !["de", "del", "of", "di", "g"].contains(&part.to_lowercase().as_str()))
        .collect();
    let [a, b, c] = parts.as_slice() else { return Err(NoDate::Other) };
    let (a, b, c) = (ordinal(a), ordinal(b), ordinal(c));
    if let Some(year) = era(a) {
        return day(year, b, c).map(Written::Clear).ok_or(NoDate::Other);
    }
    match (month(a), month(b)) {
        (None, Some(month)) if a.len() == 4 => named(a, month, c),
        (None, Some(month)) => named(c, month, a),
        (Some(month), None) => named(c, month, b),
        (None, None) => numbers(cell, a, b, c),
        (Some(_), Some(_)) => Err(NoDate::Other),
    }
}

/// yyyymmdd, ddmmyyyy or mmddyyyy (no number is two of them), or the number of a day; `None` where it may still be parts.
fn one_number(cell: &str) -> Option<Result<Written, NoDate>> {
    let whole = cell.split_once('.').map_or(cell, |(whole, _)| whole);
    if whole.len() == 5 && cell.matches('.').count() <= 1 {
        return Some(Err(NoDate::DayNumber));
    }
    if cell.len() != 8 || cell.contains('.') {
        return None;
    }
    let part = |from: usize, to: usize| cell.get(from..to).unwrap_or_default();
    if let Some(date) = whole_year(part(0, 4)).and_then(|year| day(year, part(4, 6), part(6, 8))) {
        return Some(Ok(Written::Clear(date)));
    }
    Some(local(part(0, 2), part(2, 4), part(4, 8)))
}

fn numbers(cell: &str, a: &str, b: &str, c: &str) -> Result<Written, NoDate> {
    if a.len() == 4 {
        let date = whole_year(a).and_then(|year| day(year, b, c)).ok_or(NoDate::Other)?;
        let iso = cell.len() == 10 && cell.get(4..5) == Some("-") && cell.get(7..8) == Some("-");
        return Ok(if iso { Written::Iso(date) } else { Written::Clear(date) });
    }
    local(a, b, c)
}

fn local(a: &str, b: &str, c: &str) -> Result<Written, NoDate> {
    let (first, second) = (number(a, 2).ok_or(NoDate::Other)?, number(b, 2).ok_or(NoDate::Other)?);
    if number(c, 2).is_some() {
        return Err(NoDate::ShortYear);
    }
    let year = whole_year(c).ok_or(NoDate::Other)?;
    let calendar = (1..=31).contains(&first) && (1..=31).contains(&second) && first.min(second) <= 12;
    if calendar { Ok(Written::Local { first, second, year }) } else { Err(NoDate::Other) }
}

fn named(year: &str, month: u32, day: &str) -> Result<Written, NoDate> {
    if number(year, 2).is_some() {
        return Err(NoDate::ShortYear);
    }
    let date = whole_year(year).zip(number(day, 2)).and_then(|(year, day)| NaiveDate::from_ymd_opt(year, month, day));
    date.map(Written::Clear).ok_or(NoDate::Other)
}

fn month(word: &str) -> Option<u32> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let word = word.to_lowercase();
    let place = MONTHS.iter().position(|names| names.split(' ').any(|name| name == word))?;
    u32::try_from(place + 1).ok()
}

/// `16th`, `1er`, `1º`: the number alone.
fn ordinal(part: &str) -> &str {
    let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
    let end = part.get(digits.len()..).unwrap_or_default().to_lowercase();
    if !digits.is_empty() && ["st", "nd", "rd", "th", "er", "º", "ª", "°"].contains(&end.as_str()) {
        digits
    } else {
        part
    }
}

/// The year of a Japanese era, as in 平成24 or H24.
fn era(part: &str) -> Option<i32> {
    const ERAS: [(&str, i32); 6] =
        [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("R", 2018), ("H", 1988), ("S", 1925)];
    let (name, before) = ERAS.iter().find(|(name, _)| part.starts_with(name))?;
    let rest = part.strip_prefix(name)?;
    let year = if rest == "元" { 1 } else { number(rest, 2)? };
    Some(before + i32::try_from(year).ok()?)
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let good = !text.is_empty() && text.len() <= digits && text.bytes().all(|b| b.is_ascii_digit());
    if good { text.parse().ok() } else { None }
}

fn whole_year(text: &str) -> Option<i32> {
    let year = i32::try_from(number(text, 4)?).ok()?;
    (text.len() == 4 && (1900..2200).contains(&year)).then_some(year)
}

fn day(year: i32, month: &str, day: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn iso_is_read_as_it_is() {
        assert_eq!(read("2000-02-04"), Ok(Written::Iso(ymd(2000, 2, 4))));
        assert_eq!(read("٢٠٠٠-٠٢-٠٤"), Ok(Written::Iso(ymd(2000, 2, 4))));
    }

    #[test]
    fn other_forms_without_doubt_are_read() {
        for cell in [
            "2000/2/4",
            "20000204",
            "2000.02.04",
            "2000-02-04T00:00:00Z",
            "2000-02-04 00:00:00",
            "2000-02-04T00:00:00.000+05:30",
            "2000-02-04 14:35",
            "4 Feb 2000",
            "04-Feb-2000",
            "4. Februar 2000",
            "February 4, 2000",
            "4 de febrero de 2000",
            "4 février 2000",
            "2000-Feb-04",
            "4th February 2000",
            "2000年2月4日",
            "2000년 2월 4일",
            "平成12年2月4日",
            "H12.2.4",
            "4 फ़रवरी 2000",
            "04 Feb 2000 12:00:00 AM",
        ] {
            assert_eq!(read(cell), Ok(Written::Clear(ymd(2000, 2, 4))), "{cell}");
        }
    }

    #[test]
    fn local_dates_wait_for_their_column() {
        for cell in
            ["4/2/2000", "04.02.2000", "4-2-2000", "04022000", "４/2/2000", "4/2/2000 0:00", "04/02/2000 12:00:00 AM"]
        {
            assert_eq!(read(cell), Ok(Written::Local { first: 4, second: 2, year: 2000 }), "{cell}");
        }
    }

    #[test]
    fn nonsense_is_no_date() {
        for cell in [
            "",
            "today",
            "2000-02-30",
            "13/13/2000",
            "1/2/3/4",
            "0/1/2000",
            "9999-01-01",
            "--",
            "31 Feb 2000",
            "Feb 2000",
            "1:2:3",
        ] {
            assert_eq!(read(cell), Err(NoDate::Other), "{cell}");
        }
    }

    #[test]
    fn what_would_be_guessed_is_refused_by_name() {
        for cell in ["4/2/00", "25/11/12", "25-Nov-12", "Nov 25, 12"] {
            assert_eq!(read(cell), Err(NoDate::ShortYear), "{cell}");
        }
        for cell in ["41238", "41238.0", "40972.5"] {
            assert_eq!(read(cell), Err(NoDate::DayNumber), "{cell}");
        }
        assert_eq!(read("2012-03-03T18:30:00.000Z"), Err(NoDate::Shifted));
    }

    #[test]
    fn order_needs_a_day_over_twelve() {
        let seen = |cells: &[&str]| {
            let mut evidence = Evidence::default();
            cells.iter().for_each(|cell| evidence.see(cell));
            evidence
        };
        assert_eq!(seen(&["4/2/2000", "12/19/1997"]).order(), Some(DateOrder::MonthFirst));
        assert_eq!(seen(&["4.2.2000", "19.12.1997"]).order(), Some(DateOrder::DayFirst));
        assert_eq!(seen(&["4/2/2000", "5/6/2000"]).order(), None);
        assert_eq!(seen(&["13/2/2000", "2/13/2000"]).order(), None);
        assert_eq!(resolve(4, 4, 2000, None), Some(ymd(2000, 4, 4)));
        assert_eq!(resolve(4, 2, 2000, None), None);
        assert!(seen(&["25/11/2012", "2012-04-03", "2012-05-06", "2012-07-08"]).turned_round());
        assert!(!seen(&["25/11/2012", "4/3/2012", "2012-05-06", "2012-07-08", "2012-07-09"]).turned_round());
    }

    #[test]
    fn a_header_may_say_the_order() {
        assert_eq!(order_of_header("Date of Birth (DD/MM/YYYY)"), Some(DateOrder::DayFirst));
        assert_eq!(order_of_header("Date de naissance (jj/mm/aaaa)*"), Some(DateOrder::DayFirst));
        assert_eq!(order_of_header("DOB mm-dd-yyyy"), Some(DateOrder::MonthFirst));
        assert_eq!(order_of_header("DOB (yyyy-mm-dd)"), None);
        assert_eq!(order_of_header("Date of birth"), None);
    }
}
