//! Numbers as people and spreadsheets write them: which sign is the decimal one is a matter of the whole column.

use crate::mark_text::{MarkWord, mark_word, plain_text};

/// A cell of a marks file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Nothing was written.
    Blank,
    /// A word in place of a mark.
    Word(MarkWord),
    /// A number.
    Number(Written),
    /// "nan", "inf" and the like: a number to a program, never a mark.
    NoMark,
    /// Anything else.
    Text,
}

/// A number by both readings of its signs; at least one of them is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Written {
    /// With a decimal point, and commas between thousands.
    point: Option<f64>,
    /// With a decimal comma, and points between thousands.
    comma: Option<f64>,
    /// Whether it has a comma, a point.
    has: (bool, bool),
}

impl Cell {
    /// Reads a cell; a sign of per cent after the number says nothing more.
    pub fn read(text: &str) -> Self {
        let text = plain_text(text);
        if text.is_empty() {
            return Self::Blank;
        }
        if let Some(word) = mark_word(&text) {
            return Self::Word(word);
        }
        let number = text.strip_suffix('%').unwrap_or(&text).trim_end();
        let unsigned = number.strip_prefix(['+', '-']).unwrap_or(number);
        if ["nan", "inf", "infinity"].iter().any(|word| unsigned.eq_ignore_ascii_case(word)) {
            return Self::NoMark;
        }
        // As programs write it, with an exponent or without.
        if unsigned.contains(['e', 'E']) {
            let value = number.parse::<f64>().ok();
            return value.map_or(Self::Text, |value| {
                Self::Number(Written { point: Some(value), comma: Some(value), has: (false, false) })
            });
        }
        let sign = if number.starts_with('-') { -1.0 } else { 1.0 };
        let reading = |decimal, group| read_by(unsigned, decimal, group).map(|value| sign * value);
        match (reading('.', ','), reading(',', '.')) {
            (None, None) => Self::Text,
            (point, comma) => {
                Self::Number(Written { point, comma, has: (unsigned.contains(','), unsigned.contains('.')) })
            }
        }
    }
}

/// The value of digits with this decimal sign, where thousands may be set apart by `group`, a blank, an apostrophe or
/// the Arabic sign for it.
fn read_by(text: &str, decimal: char, group: char) -> Option<f64> {
    let (whole, decimals) = text.split_once(decimal).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(decimals) || (whole.is_empty() && decimals.is_empty()) {
        return None;
    }
    let between = |c: char| c == group || matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '’' | '٬');
    let groups: Vec<&str> = whole.split(between).collect();
    if !groups.iter().all(|part| digits(part)) {
        return None;
    }
    if let [first, middle @ .., last] = groups.as_slice() {
        // Thousands, or as in India: 12,34,567.
        let leads = (1..=3).contains(&first.len()) && !first.starts_with('0');
        let even = middle.iter().all(|part| part.len() == 3) || middle.iter().all(|part| part.len() == 2);
        if groups.len() > 1 && !(leads && even && last.len() == 3) {
            return None;
        }
    }
    format!("{}.{decimals}0", if whole.is_empty() { "0".to_owned() } else { groups.concat() }).parse().ok()
}

impl Written {
    /// Whether the two readings are two numbers.
    pub fn doubtful(&self) -> bool {
        self.point.is_some() && self.comma.is_some() && self.point != self.comma
    }

    pub fn has_comma(&self) -> bool {
        self.has.0
    }

    /// What the signs of this number prove about the others' beside it.
    fn proof(&self) -> Proof {
        let one_sided = self.point.is_none() || self.comma.is_none();
        let both_signs = self.has.0 && self.has.1;
        // Several points or commas in a row are set between thousands, which shows as the other reading alone.
        Proof {
            decimal_point: one_sided && self.comma.is_none(),
            decimal_comma: one_sided && self.point.is_none(),
            grouped: both_signs || (one_sided && if self.point.is_some() { self.has.0 } else { self.has.1 }),
        }
    }
}

/// What the numbers of a column, or of a file, prove about their signs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Proof {
    decimal_point: bool,
    decimal_comma: bool,
    /// Whether the other sign stands between thousands.
    grouped: bool,
}

impl Proof {
    pub fn of<'a>(numbers: impl IntoIterator<Item = &'a Written>) -> Self {
        numbers.into_iter().map(Written::proof).fold(Self::default(), Self::and)
    }

    pub fn and(self, other: Self) -> Self {
        Self {
            decimal_point: self.decimal_point || other.decimal_point,
            decimal_comma: self.decimal_comma || other.decimal_comma,
            grouped: self.grouped || other.grouped,
        }
    }

    /// The number that is meant in a column that proves this, in a file of which all columns prove `file`; none where
    /// it can be read in two ways.
    pub fn value(self, file: Self, number: &Written) -> Option<f64> {
        if self.decimal_point && self.decimal_comma {
            return if number.has_comma() { None } else { number.point.or(number.comma) };
        }
        if !number.doubtful() {
            return number.point.or(number.comma);
        }
        match (self.decimal_point, self.decimal_comma) {
            // A decimal comma is proved: another comma is one too; a point only where points stand between thousands.
            (false, true) => number.comma.filter(|_| number.has_comma() || self.grouped),
            (true, false) => number.point.filter(|_| !number.has_comma() || self.grouped),
            // Nothing is proved here. A point is taken for what it is in a program; a comma for what it is elsewhere.
            _ if !number.has_comma() => number.point,
            _ if file.decimal_comma && !file.decimal_point => number.comma,
            _ if file.decimal_point && file.grouped && !file.decimal_comma => number.point,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of a column; None where it is refused.
    fn column(cells: &[&str]) -> Option<Vec<f64>> {
        let numbers: Vec<Written> = cells
            .iter()
            .map(|cell| match Cell::read(cell) {
                Cell::Number(number) => number,
                other => panic!("{cell} is {other:?}"),
            })
            .collect();
        let proof = Proof::of(&numbers);
        numbers.iter().map(|number| proof.value(proof, number)).collect()
    }

    #[test]
    fn numbers_are_read_as_a_person_reads_them() {
        for (cells, values) in [
            (&["85%", "90 %", "77.5%"][..], &[85.0, 90.0, 77.5][..]),
            (&["1,234.50", "987.00", "1,002.25", "1,002"], &[1234.5, 987.0, 1002.25, 1002.0]),
            (&["1.234,50", "987,00", "1.002"], &[1234.5, 987.0, 1002.0]),
            (&["18,5", "12", "9,75", "1,250"], &[18.5, 12.0, 9.75, 1.25]),
            (&["1 234,5", "1\u{202f}000"], &[1234.5, 1000.0]),
            (&["1'234.5", "1’000"], &[1234.5, 1000.0]),
            (&["12,34,567.5", "1,23,456"], &[1_234_567.5, 123_456.0]),
            (&["١٬٢٣٤٫٥", "١٢"], &[1234.5, 12.0]),
            (&["１２．５", "\u{3000}20\u{a0}", "−3"], &[12.5, 20.0, -3.0]),
            (&["0,500", "1,250"], &[0.5, 1.25]),
            (&["1,234,567"], &[1_234_567.0]),
            (&["1.234", "12.125"], &[1.234, 12.125]),
            (&["1e2", ".5", "5.", "+7"], &[100.0, 0.5, 5.0, 7.0]),
        ] {
            assert_eq!(column(cells).as_deref(), Some(values), "{cells:?}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not_read() {
        for cells in [&["1,234"][..], &["1.5", "2,5"], &["12.5", "1,234"], &["18,5", "1.250"], &["1,234", "5"]] {
            assert_eq!(column(cells), None, "{cells:?}");
        }
    }

    #[test]
    fn words_and_text_are_told_apart() {
        assert_eq!(Cell::read(" EX "), Cell::Word(MarkWord::Excused));
        assert_eq!(Cell::read("-"), Cell::Word(MarkWord::Missing));
        assert_eq!(Cell::read("\u{200b}\u{3000}"), Cell::Blank);
        assert_eq!(Cell::read("-inf"), Cell::NoMark);
        for text in ["12/20", "7..5", "1,23", "12 34", "abc", "%", "1,,000", "0,123,456", "--5", "ee", "1e", "5 5"] {
            let cell = Cell::read(text);
            assert!(matches!(cell, Cell::Text) || text == "1,23", "{text} is {cell:?}");
        }
    }
}
