//! Tables out: comma-separated values that a spreadsheet opens rightly and safely.

/// Writes a table as RFC 4180 CSV: UTF-8 with a byte order mark (Excel reads it as the local code page otherwise), CR LF line ends.
///
/// A cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets an
/// apostrophe in front (OWASP, CSV Injection). Plain numbers such as `-1.5` or `+4` stay as they are.
pub fn write_table<H, R, C>(headers: &[H], rows: R) -> Vec<u8>
where
    H: AsRef<str>,
    R: IntoIterator,
    R::Item: AsRef<[C]>,
    C: AsRef<str>,
{
    let mut out = Vec::from(*b"\xEF\xBB\xBF");
    line(&mut out, headers);
    for row in rows {
        line(&mut out, row.as_ref());
    }
    out
}

fn line<C: AsRef<str>>(out: &mut Vec<u8>, cells: &[C]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        put(out, cell.as_ref());
    }
    out.extend_from_slice(b"\r\n");
}

fn put(out: &mut Vec<u8>, cell: &str) {
    let guard = is_formula(cell);
    let quote = cell.contains([',', '"', '\r', '\n', ';', '\t']) || cell.starts_with(' ') || cell.ends_with(' ');
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

fn is_formula(cell: &str) -> bool {
    let first = cell.trim_start_matches(' ').chars().next();
    let number = cell.len() < 40
        && cell.strip_prefix(['-', '+']).is_some_and(|digits| {
            digits.starts_with(|c: char| c.is_ascii_digit()) && digits.parse::<f64>().is_ok_and(f64::is_finite)
        });
    // The full-width signs are read as formulas too by spreadsheets of East Asia.
    matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')) && !number
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
    fn numbers_and_names_stay() {
        assert_eq!(text(&[["-1.5", "+4"], ["O'Neil", "नेहा"]]), "\u{feff}a,b\r\n-1.5,+4\r\nO'Neil,नेहा\r\n");
    }
}
