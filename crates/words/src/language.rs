//! The languages that the catalogue has, and what their rules are.

use std::fmt;

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use serde::{Deserialize, Serialize};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// How the catalogue names the months.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

/// A language of the catalogue. English where another one is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "&'static str")]
pub struct Language(&'static str);

impl Language {
    pub const ENGLISH: Self = Self("en");
    /// English with signs on its letters and longer than it is: shows in tests what is written past the catalogue.
    pub const PSEUDO: Self = Self("en-XA");

    /// Every language that people can choose, by its code.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLES.iter().map(|(code, _)| Self(code))
    }

    /// The language of a BCP 47 tag, with or without a region; none where the catalogue does not have it.
    pub fn find(tag: &str) -> Option<Self> {
        if tag.eq_ignore_ascii_case(Self::PSEUDO.0) {
            return Some(Self::PSEUDO);
        }
        let plain = tag.split(['-', '_', '.']).next().unwrap_or_default();
        Self::all().find(|language| language.0.eq_ignore_ascii_case(plain))
    }

    /// The language of a tag, English where the catalogue does not have it.
    pub fn of(tag: &str) -> Self {
        Self::find(tag).unwrap_or(Self::ENGLISH)
    }

    /// Its BCP 47 tag.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Which way it is written.
    pub fn direction(self) -> Direction {
        match self.fact("direction") {
            "rtl" => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(self) -> bool {
        self.direction() == Direction::RightToLeft
    }

    /// Between the whole and the part of a number.
    pub fn decimal_mark(self) -> &'static str {
        self.fact("decimalMark")
    }

    /// Between the parts of a list.
    pub(crate) fn list_mark(self) -> &'static str {
        self.fact("listMark")
    }

    /// The name of a month, 1 for January.
    pub fn month(self, month: u32) -> &'static str {
        let place = usize::try_from(month).ok().and_then(|month| month.checked_sub(1));
        let name = place.and_then(|place| MONTHS.get(place));
        name.map_or("", |name| self.fact(&format!("months.{name}")))
    }

    /// What it calls itself.
    pub fn name(self) -> &'static str {
        self.fact("name")
    }

    fn fact(self, name: &str) -> &'static str {
        self.look_up(&format!("language.{name}"), None).unwrap_or_default()
    }

    /// A whole number as the language writes it, with its own groups of digits.
    pub fn whole(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let small = if self.0 == "hi" { 2 } else { 3 };
        let mut groups: Vec<&str> = Vec::new();
        let (mut rest, mut size) = (digits.as_str(), 3);
        while rest.len() > size {
            let (before, group) = rest.split_at(rest.len() - size);
            groups.push(group);
            (rest, size) = (before, small);
        }
        groups.push(rest);
        groups.reverse();
        let sign = if number < 0 { "-" } else { "" };
        format!("{sign}{}", groups.join(self.fact("groupMark")))
    }

    /// The text of a key, in the plural form of a count where it has several; English where the language lacks it.
    pub(crate) fn look_up(self, key: &str, count: Option<i64>) -> Option<&'static str> {
        let own = table(self.0).and_then(|table| self.form(table, key, count));
        own.or_else(|| table(Self::ENGLISH.0).and_then(|table| Self::ENGLISH.form(table, key, count)))
    }

    fn form(self, table: Table, key: &str, count: Option<i64>) -> Option<&'static str> {
        let of_count = count.and_then(|count| {
            text(table, &format!("{key}_{}", self.plural(count))).or_else(|| text(table, &format!("{key}_other")))
        });
        of_count.or_else(|| text(table, key))
    }

    /// The name of the plural form of a count, as i18next writes it.
    fn plural(self, count: i64) -> &'static str {
        let rules = self.0.parse::<Locale>().ok().and_then(|locale| PluralRules::try_new_cardinal(locale.into()).ok());
        match rules.map_or(PluralCategory::Other, |rules| rules.category_for(count.unsigned_abs())) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }
}

type Table = &'static [(&'static str, &'static str)];

fn table(code: &str) -> Option<Table> {
    TABLES.iter().find(|(language, _)| *language == code).map(|(_, table)| *table)
}

fn text(table: Table, key: &str) -> Option<&'static str> {
    table.binary_search_by(|(known, _)| (*known).cmp(key)).ok().map(|place| table[place].1)
}

impl Default for Language {
    fn default() -> Self {
        Self::ENGLISH
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl From<String> for Language {
    fn from(tag: String) -> Self {
        Self::of(&tag)
    }
}

impl From<Language> for &'static str {
    fn from(language: Language) -> Self {
        language.0
    }
}
