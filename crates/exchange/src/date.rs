//! Dates as files write them. ISO 8601 is read as it is; local orders only where the whole column leaves no doubt.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which of day and month comes first in a column of dates such as 4/2/2000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// One cell, before the order of its column is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// yyyy-mm-dd.
    Iso(NaiveDate),
    /// Year first, but not as ISO 8601 writes a date: 2000/2/4, 20000204, or with a time behind it.
    YearFirst(NaiveDate),
    /// Two numbers of 1 to 31, then the year.
    Local { first: u32, second: u32, year: i32 },
}

/// Reads a cell; `None` where it is no date of the years 1900 to 2199.
pub(crate) fn read(cell: &str) -> Option<Written> {
    if cell.len() == 8 && cell.bytes().all(|b| b.is_ascii_digit()) {
        return day(cell.get(..4)?, cell.get(4..6)?, cell.get(6..)?).map(Written::YearFirst);
    }
    let separator = cell.chars().find(|c| !c.is_ascii_digit())?;
    if !['-', '/', '.'].contains(&separator) {
        return None;
    }
    let mut parts = cell.splitn(3, separator);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if a.len() == 4 {
        let iso = separator == '-' && b.len() == 2;
        let (c, time) = match c.split_once('T') {
            Some((c, _)) => (c, true),
            None => (c, false),
        };
        let date = day(a, b, c)?;
        return Some(if iso && c.len() == 2 && !time { Written::Iso(date) } else { Written::YearFirst(date) });
    }
    let (first, second) = (number(a, 2)?, number(b, 2)?);
    let year = i32::try_from(number(c, 4)?).ok()?;
    let plausible = c.len() == 4 && (1900..2200).contains(&year);
    let calendar = (1..=31).contains(&first) && (1..=31).contains(&second) && first.min(second) <= 12;
    (plausible && calendar).then_some(Written::Local { first, second, year })
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

/// What the cells of one column say about their order.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Evidence {
    day_first: bool,
    month_first: bool,
}

impl Evidence {
    pub(crate) fn see(&mut self, cell: &str) {
        if let Some(Written::Local { first, second, .. }) = read(cell) {
            self.day_first |= first > 12;
            self.month_first |= second > 12;
        }
    }

    /// `None` where nothing tells them apart, or the cells contradict each other.
    pub(crate) fn order(self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let good = !text.is_empty() && text.len() <= digits && text.bytes().all(|b| b.is_ascii_digit());
    if good { text.parse().ok() } else { None }
}

fn day(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let year = i32::try_from(number(year, 4)?).ok()?;
    if !(1900..2200).contains(&year) {
        return None;
    }
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
        assert_eq!(read("2000-02-04"), Some(Written::Iso(ymd(2000, 2, 4))));
        assert_eq!(read("2000/2/4"), Some(Written::YearFirst(ymd(2000, 2, 4))));
        assert_eq!(read("20000204"), Some(Written::YearFirst(ymd(2000, 2, 4))));
        assert_eq!(read("2000-02-04T00:00:00Z"), Some(Written::YearFirst(ymd(2000, 2, 4))));
    }

    #[test]
    fn nonsense_is_no_date() {
        for cell in
            ["", "today", "2000-02-30", "13/13/2000", "4/2/00", "1/2/3/4", "0/1/2000", "9999-01-01", "--", "２/4/2000"]
        {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn order_needs_a_day_over_twelve() {
        let order = |cells: &[&str]| {
            let mut evidence = Evidence::default();
            cells.iter().for_each(|cell| evidence.see(cell));
            evidence.order()
        };
        assert_eq!(order(&["4/2/2000", "12/19/1997"]), Some(DateOrder::MonthFirst));
        assert_eq!(order(&["4.2.2000", "19.12.1997"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["4/2/2000", "5/6/2000"]), None);
        assert_eq!(order(&["13/2/2000", "2/13/2000"]), None);
        assert_eq!(resolve(4, 4, 2000, None), Some(ymd(2000, 4, 4)));
        assert_eq!(resolve(4, 2, 2000, None), None);
    }
}
