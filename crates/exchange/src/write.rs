//! Tables out: comma-separated values that a spreadsheet opens rightly and safely.

use std::borrow::Cow;

/// Writes a table as RFC 4180 CSV: UTF-8 with a byte order mark (Excel reads it as the local code page otherwise), CR LF line ends.
///
/// A cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets an
/// apostrophe in front (OWASP, CSV Injection), and so does one that has apostrophes there already, so that [`unguarded`]
/// gives back exactly what was written. Plain numbers such as `-1.5` or `+4` stay as they are, and telephone numbers that no
/// spreadsheet can compute: `+91 98765 43210`.
///
/// The same is done within a cell, after whatever a program that separates otherwise would end the cell at. Where the
/// language of the computer writes lists with semicolons, Excel takes `1,"Lee;=1+1"` for two cells, the quotation marks
/// not being at the beginning of one, and runs the second.
pub fn write_table<H, R, C>(headers: &[H], rows: R) -> Vec<u8>
where
    H: AsRef<str>,
    R: IntoIterator,
    R::Item: AsRef<[C]>,
    C: AsRef<str>,
{
    let mut out = Vec::from(*b"\xEF\xBB\xBF");
    put_line(&mut out, headers, b',');
    for row in rows {
        put_line(&mut out, row.as_ref(), b',');
    }
    out
}

/// Writes a table for programs, as the OneRoster binding wants it: RFC 4180 in UTF-8 without a byte order mark, every cell as
/// it is. Nothing is put before what looks like a formula, since a program would take that for a part of the value; no line
/// ends within a cell, which the binding forbids.
pub(crate) fn plain_table<H, R, C>(headers: &[H], rows: R) -> Vec<u8>
where
    H: AsRef<str>,
    R: IntoIterator,
    R::Item: AsRef<[C]>,
    C: AsRef<str>,
{
    let mut out = Vec::new();
    put_plain(&mut out, headers);
    for row in rows {
        put_plain(&mut out, row.as_ref());
    }
    out
}

fn put_plain<C: AsRef<str>>(out: &mut Vec<u8>, cells: &[C]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        let cell = cell.as_ref();
        let cell =
            if cell.contains(char::is_control) { cell.replace(char::is_control, " ").into() } else { Cow::from(cell) };
        if cell.contains([',', '"']) || cell.starts_with(' ') || cell.ends_with(' ') {
            out.extend_from_slice(format!("\"{}\"", cell.replace('"', "\"\"")).as_bytes());
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
    out.extend_from_slice(b"\r\n");
}

/// One row, guarded and with what stands between the cells of its table.
pub(crate) fn put_line<C: AsRef<str>>(out: &mut Vec<u8>, cells: &[C], separator: u8) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(separator);
        }
        put(out, cell.as_ref());
    }
    out.extend_from_slice(b"\r\n");
}

fn put(out: &mut Vec<u8>, cell: &str) {
    let quote = cell.contains([',', '"', '\r', '\n', ';', '\t', '|']) || cell.starts_with(' ') || cell.ends_with(' ');
    let guarded = guarded(cell);
    if quote {
        out.push(b'"');
        out.extend_from_slice(guarded.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(guarded.as_bytes());
    }
}

/// What some program takes for the end of a cell, whatever stands around it. Commas are ours: they are quoted.
const ENDS: [char; 5] = [';', '\t', '|', '\r', '\n'];

pub(crate) fn guarded(cell: &str) -> Cow<'_, str> {
    rewritten(cell, |from| {
        let begins = if from == 0 { is_formula(cell) } else { is_formula_within(&cell[from..]) };
        begins.then_some(("'", 0))
    })
}

/// The cell as it was before [`write_table`] guarded it.
pub(crate) fn unguarded(cell: &str) -> Cow<'_, str> {
    rewritten(cell, |from| {
        let rest = cell[from..].strip_prefix('\'')?.trim_start_matches('\'');
        let begins = if from == 0 { begins_formula(rest) } else { begins_formula_within(rest) };
        begins.then_some(("", 1))
    })
}

/// The cell with something put at its beginning and behind each of [`ENDS`], for so many bytes that were there.
fn rewritten<'c>(cell: &'c str, put: impl Fn(usize) -> Option<(&'static str, usize)>) -> Cow<'c, str> {
    let places = std::iter::once(0).chain(cell.match_indices(ENDS).map(|(at, end)| at + end.len()));
    let mut text = String::new();
    let mut done = 0;
    for at in places {
        if let Some((new, gone)) = put(at) {
            text.push_str(&cell[done..at]);
            text.push_str(new);
            done = at + gone;
        }
    }
    if done == 0 && text.is_empty() {
        return Cow::Borrowed(cell);
    }
    text.push_str(&cell[done..]);
    Cow::Owned(text)
}

/// Whether a program that ends cells otherwise would run the cell, or a part of it.
pub(crate) fn is_formula_anywhere(cell: &str) -> bool {
    guarded(cell) != cell
}

fn is_formula(cell: &str) -> bool {
    let text = cell.trim_start_matches('\'');
    begins_formula(text) && (text.len() < cell.len() || !(is_number(cell) || is_telephone(cell)))
}

/// The same of what follows one of [`ENDS`].
fn is_formula_within(rest: &str) -> bool {
    let text = rest.trim_start_matches('\'');
    let cell = rest.split(ENDS).next().unwrap_or_default().trim();
    begins_formula_within(text) && (text.len() < rest.len() || !(is_number(cell) || is_telephone(cell)))
}

/// Quotation marks are seen through; each of [`ENDS`] is looked at by itself.
fn begins_formula_within(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '"']);
    !text.starts_with(ENDS) && begins_formula(text)
}

/// The full-width signs are read as formulas too by spreadsheets of East Asia.
fn begins_formula(text: &str) -> bool {
    let first = text.trim_start_matches(' ').chars().next();
    matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'))
}

fn is_number(cell: &str) -> bool {
    cell.len() < 40
        && cell.strip_prefix(['-', '+']).is_some_and(|digits| {
            digits.starts_with(|c: char| c.is_ascii_digit()) && digits.parse::<f64>().is_ok_and(f64::is_finite)
        })
}

/// `+` and digits in groups with spaces between: no sign that computes, and nothing that a spreadsheet takes for one number.
fn is_telephone(cell: &str) -> bool {
    cell.len() < 40
        && cell.strip_prefix('+').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit())
                && rest.trim_end().contains(' ')
                && rest.chars().all(|c| c.is_ascii_digit() || c == ' ')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(rows: &[[&str; 2]]) -> String {
        String::from_utf8(write_table(&["a", "b"], rows)).unwrap()
    }

    #[test]
    fn quotes_only_where_needed() {
        assert_eq!(text(&[["x", "y, z"], ["", "say \"no\""]]), "\u{feff}a,b\r\nx,\"y, z\"\r\n,\"say \"\"no\"\"\"\r\n");
    }

    #[test]
    fn formulas_become_text() {
        for cell in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "-inf", "-"] {
            let written = text(&[[cell, ""]]);
            assert!(written.contains('\''), "{cell:?} became {written:?}");
        }
    }

    #[test]
    fn formulas_behind_another_separator_become_text() {
        for cell in
            ["Lee;=1+1", "Lee\t@SUM(A1)", "a|+cmd", "Lee; =1", "a;\"=1\"", "a\n=1", "a\r\n-2+3", "x;;=1", "x;＝1"]
        {
            let written = text(&[["1", cell]]);
            for separator in [';', '\t', '|'] {
                // As such a program reads it: a quotation mark within a cell is nothing to it.
                for cell in written.split(['\r', '\n', separator]) {
                    let seen = cell.trim_start_matches(['"', ' ']);
                    assert!(!seen.starts_with(['=', '+', '-', '@', '＝']), "{written:?} at {separator:?}");
                }
            }
        }
        assert!(text(&[["1", "hall; -1.5"], ["2", "call; +91 98765 43210"]]).contains("hall; -1.5\"\r\n2,\"call; +91"));
    }

    #[test]
    fn what_is_guarded_comes_back_exactly() {
        let cells = [
            "+2 Science",
            "'+2 Science",
            "''=x",
            "=1+1",
            "-",
            "- 3",
            "@home",
            "+1-555-0101",
            "+919876543210",
            "'+4",
            "+4",
            "+91 98765 43210",
            "'",
            "'tis",
            "O'Neil",
            "＝1",
            " =1",
            "'' =1",
            "-1.5",
            "--",
            "+",
            "'@",
            "Lee;=1",
            "Lee;'=1",
            "';''=1;-4;'+4;\t=x",
            "a\r\n=1\n- list",
            "a;;|=1",
            "a;  '+",
            "\t;=",
        ];
        for cell in cells {
            assert_eq!(unguarded(&guarded(cell)), cell, "{:?}", guarded(cell));
        }
    }

    #[test]
    fn telephone_numbers_are_read_without_an_apostrophe() {
        assert_eq!(
            text(&[["+91 98765 43210", "+44 20 7946 0018"]]),
            "\u{feff}a,b\r\n+91 98765 43210,+44 20 7946 0018\r\n"
        );
        // Spreadsheets compute with these.
        assert!(text(&[["+1-555-0101", "+1 (555)"]]).contains("'+1-555-0101,'+1 (555)"));
    }

    #[test]
    fn numbers_and_names_stay() {
        assert_eq!(text(&[["-1.5", "+4"], ["O'Neil", "नेहा"]]), "\u{feff}a,b\r\n-1.5,+4\r\nO'Neil,नेहा\r\n");
    }
}
