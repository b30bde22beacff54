//! Dates as they are typed into a search: whoever remembers a birthday writes it as they always do.

use ::analytics::plain_text;
use chrono::{Datelike, NaiveDate};
use store::fold;

/// Beginnings of month names, folded, with their number; longer ones stand before what they begin with.
const MONTHS: [(&str, u32); 31] = [
    ("jan", 1),
    ("ene", 1),
    ("gen", 1),
    ("feb", 2),
    ("fev", 2),
    ("mar", 3),
    ("mrz", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("maj", 5),
    ("mag", 5),
    ("mei", 5),
    ("juin", 6),
    ("jun", 6),
    ("giu", 6),
    ("juil", 7),
    ("jul", 7),
    ("lug", 7),
    ("aug", 8),
    ("ago", 8),
    ("aou", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
];

/// The most words of a date: `14 de mayo de 2014`.
const LONGEST_DATE: usize = 5;

/// The days that a text may name (two where day and month can change places), and what else it says. None where it names
/// none. A year of two digits is the last that was not after `today`.
pub fn typed_dates(text: &str, today: NaiveDate) -> Option<(Vec<NaiveDate>, String)> {
    let text: String = text.chars().take(200).collect();
    let tokens: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ',').filter(|token| !token.is_empty()).collect();
    for length in 1..=LONGEST_DATE {
        for (at, window) in tokens.windows(length).enumerate() {
            let parts = parts(&window.join(" "));
            // Numbers with nothing but blanks between them may be a telephone number.
            let bare = length > 1 && window.iter().all(|token| token.chars().all(char::is_numeric));
            let dates = if bare && !matches!(parts.last(), Some(Part::Number(_, 4))) {
                Vec::new()
            } else {
                dates(&parts, today)
            };
            if !dates.is_empty() {
                let rest: Vec<&str> = [&tokens[..at], &tokens[at + length..]].concat();
                return Some((dates, rest.join(" ")));
            }
        }
    }
    None
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// A number and how many digits it has.
    Number(u32, usize),
    Month(u32),
    Other,
}

/// The numbers and months of a text, between whatever stands between them.
fn parts(text: &str) -> Vec<Part> {
    let text = fold(&plain_text(text));
    let mut parts = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let end = rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        match (kind(first), run) {
            ((true, _), run) => parts.push(run.parse().map_or(Part::Other, |number| Part::Number(number, run.len()))),
            // 2014年5月14日
            ((_, true), "年" | "月" | "日" | "년" | "월" | "일" | "st" | "nd" | "rd" | "th" | "de") => {}
            ((_, true), run) => {
                let month = MONTHS.into_iter().find(|(name, _)| run.starts_with(name));
                parts.push(month.map_or(Part::Other, |(_, month)| Part::Month(month)));
            }
            (_, signs) if signs.chars().all(|c| " ./-–".contains(c)) => {}
            _ => parts.push(Part::Other),
        }
    }
    parts
}

fn dates(parts: &[Part], today: NaiveDate) -> Vec<NaiveDate> {
    let year = |number: u32, digits: usize| match digits {
        4 => i32::try_from(number).ok(),
        2 => {
            let year = today.year() - today.year() % 100 + i32::try_from(number).ok()?;
            Some(if year > today.year() { year - 100 } else { year })
        }
        _ => None,
    };
    let mut found: Vec<NaiveDate> = Vec::new();
    let mut add = |year: Option<i32>, month: u32, day: u32| {
        let date =
            year.filter(|year| (1900..2200).contains(year)).and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
        found.extend(date.filter(|date| !found.contains(date)));
    };
    match *parts {
        [Part::Number(y, 4), Part::Number(m, 1..=2), Part::Number(d, 1..=2)] => add(year(y, 4), m, d),
        [Part::Number(a, 1..=2), Part::Number(b, 1..=2), Part::Number(y, digits)] => {
            add(year(y, digits), b, a);
            add(year(y, digits), a, b);
        }
        [Part::Number(d, 1..=2), Part::Month(m), Part::Number(y, digits)]
        | [Part::Month(m), Part::Number(d, 1..=2), Part::Number(y, digits)] => add(year(y, digits), m, d),
        [Part::Number(y, 4), Part::Month(m), Part::Number(d, 1..=2)] => add(year(y, 4), m, d),
        [Part::Number(number, 8)] => {
            add(year(number / 10_000, 4), number / 100 % 100, number % 100);
            add(year(number % 10_000, 4), number / 10_000 % 100, number / 1_000_000);
            add(year(number % 10_000, 4), number / 1_000_000, number / 10_000 % 100);
        }
        _ => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Vec<String>, String)> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        typed_dates(text, today).map(|(dates, rest)| (dates.iter().map(ToString::to_string).collect(), rest))
    }

    #[test]
    fn birthdays_are_read_as_they_are_typed() {
        for text in [
            "2014-05-14",
            "14.5.2014",
            "14/05/2014",
            "14-05-14",
            "14 May 2014",
            "May 14, 2014",
            "14th May 2014",
            "14. Mai 2014",
            "14 de mayo de 2014",
            "2014年5月14日",
            "20140514",
            "14052014",
            "١٤/٥/٢٠١٤",
            "14 . 5 . 2014",
            "2014/5/14",
        ] {
            assert_eq!(read(text), Some((vec!["2014-05-14".to_owned()], String::new())), "{text}");
        }
        assert_eq!(read("4/5/2014").unwrap().0, ["2014-05-04", "2014-04-05"]);
        assert_eq!(read("1.2.35").unwrap().0, ["1935-02-01", "1935-01-02"]);
        assert_eq!(read("Amara 14.5.2014 Okonkwo").unwrap().1, "Amara Okonkwo");
        assert_eq!(read("amara, 14 may 2014").unwrap().1, "amara");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "1003",
            "0711 222 333",
            "06 12 34 56 78",
            "+34 612 345 678",
            "May Lee",
            "7B 2014",
            "31.2.2014",
            "12345678",
            "",
            "99/99/2014",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
