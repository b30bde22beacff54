//! Tables out: comma-separated values that a spreadsheet opens rightly and safely.

/// Writes a table as RFC 4180 CSV: UTF-8 with a byte order mark (Excel reads it as the local code page otherwise), CR LF line ends.
///
/// A cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets an
/// apostrophe in front (OWASP, CSV Injection), and so does one that has apostrophes there already, so that [`unguarded`]
/// gives back exactly what was written. Plain numbers such as `-1.5` or `+4` stay as they are, and telephone numbers that no
/// spreadsheet can compute: `+91 98765 43210`.
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
    let guard = is_formula(cell);
    let quote = cell.contains([',', '"', '\r', '\n', ';', '\t', '|']) || cell.starts_with(' ') || cell.ends_with(' ');
    if quote {
        out.push(b'"');
    }
    if guard {
        out.push(b'\'');
    }
    if quote {
        out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(cell.as_bytes());
    }
}

/// The cell as it was before [`write_table`] guarded it.
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if begins_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn is_formula(cell: &str) -> bool {
    let text = cell.trim_start_matches('\'');
    begins_formula(text) && (text.len() < cell.len() || !(is_number(cell) || is_telephone(cell)))
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
        ];
        for cell in cells {
            let mut line = Vec::new();
            put(&mut line, cell);
            let written = String::from_utf8(line).unwrap();
            assert_eq!(unguarded(written.trim_matches('"')), cell, "{written:?}");
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
