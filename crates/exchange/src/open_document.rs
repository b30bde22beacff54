//! An OpenDocument table looked over before it is opened. Its reader writes out every cell and row as often as they say to be
//! repeated, and a table as wide as its widest row; what that comes to is added up here, rather too much than too little.

use quick_xml::events::Event;

/// Bytes of a cell and of its formula in the reader's tables.
const CELL: u64 = 64;
/// The reader takes no more rows and columns than this.
const MOST: (u64, u64) = (1 << 20, 1 << 14);

#[derive(Default)]
struct Table {
    /// Rows up to the last one that holds something.
    rows: u64,
    /// Rows since, which count only if another one follows that holds something.
    blank_rows: u64,
    width: u64,
    bytes: u64,
}

#[derive(Default)]
struct Row {
    repeated: u64,
    width: u64,
    blank: u64,
    bytes: u64,
}

/// Whether every element of a `content.xml` is closed, and in its order. The reader of tables looks for the end of a row and
/// of a table without heed of the end of the file: in one that is cut off it would look for ever.
pub(crate) fn is_whole(content: &[u8]) -> bool {
    let mut reader = quick_xml::Reader::from_reader(content);
    let mut open = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => open += 1,
            // One that closes nothing, or another one, is an error.
            Ok(Event::End(_)) => open = open.saturating_sub(1),
            Ok(Event::Eof) => return open == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// Bytes of memory that the tables of a `content.xml` take at most once they are read.
pub(crate) fn memory(content: &[u8]) -> u64 {
    let mut total = 0_u64;
    let (mut table, mut row) = (Table::default(), Row::default());
    // Each part begins behind a `<table:` and ends before the next.
    for part in parts(content) {
        if part.starts_with(b"table-row") {
            table.end_row(std::mem::take(&mut row));
            row.repeated = repeated(part, b"number-rows-repeated").min(MOST.0);
        } else if part.starts_with(b"table-cell") || part.starts_with(b"covered-table-cell") {
            row.cell(part);
        } else if part.starts_with(b"table ") || part.starts_with(b"table>") {
            table.end_row(std::mem::take(&mut row));
            total = total.saturating_add(std::mem::take(&mut table).end());
        }
    }
    table.end_row(row);
    total.saturating_add(table.end())
}

impl Row {
    fn cell(&mut self, part: &[u8]) {
        let repeated = repeated(part, b"number-columns-repeated").min(MOST.1);
        if [&b"value"[..], b"formula", b"text:"].iter().all(|word| find(part, word).is_none()) {
            self.blank = self.blank.saturating_add(repeated);
            return;
        }
        self.width = (self.width + self.blank + repeated).min(MOST.1);
        self.blank = 0;
        self.bytes = self.bytes.saturating_add(repeated.saturating_mul(part.len() as u64));
    }
}

impl Table {
    fn end_row(&mut self, row: Row) {
        if row.width == 0 {
            self.blank_rows = self.blank_rows.saturating_add(row.repeated);
            return;
        }
        self.rows = self.rows.saturating_add(self.blank_rows).saturating_add(row.repeated).min(MOST.0);
        self.blank_rows = 0;
        self.width = self.width.max(row.width);
        let once = row.bytes.saturating_add(row.width.saturating_mul(CELL));
        self.bytes = self.bytes.saturating_add(once).saturating_add(row.bytes.saturating_mul(row.repeated));
    }

    fn end(self) -> u64 {
        self.bytes.saturating_add(self.rows.saturating_mul(self.width).saturating_mul(CELL))
    }
}

fn parts(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    const MARK: &[u8] = b"<table:";
    let mut rest = find(content, MARK).map(|at| content.get(at + MARK.len()..).unwrap_or_default());
    std::iter::from_fn(move || {
        let now = rest?;
        let end = find(now, MARK);
        rest = end.map(|at| now.get(at + MARK.len()..).unwrap_or_default());
        now.get(..end.unwrap_or(now.len()))
    })
}

/// The number that an attribute says; 1 where there is none, and more than any where it cannot be read.
fn repeated(part: &[u8], name: &[u8]) -> u64 {
    let Some(at) = find(part, name) else { return 1 };
    let said = part.get(at + name.len()..).unwrap_or_default();
    let said = said.trim_ascii_start().strip_prefix(b"=").unwrap_or_default().trim_ascii_start();
    let digits: &[u8] = said.get(1..).unwrap_or_default();
    let length = digits.iter().take_while(|digit| digit.is_ascii_digit()).count();
    let number = digits.get(..length).and_then(|digits| std::str::from_utf8(digits).ok());
    number.and_then(|number| number.parse().ok()).unwrap_or(u64::MAX)
}

/// The largest number that a part says under this name; 0 where it says none that can be read.
pub(crate) fn declared(part: &[u8], name: &[u8]) -> u64 {
    let (mut most, mut rest) = (0, part);
    while let Some(at) = find(rest, name) {
        most = most.max(Some(repeated(rest, name)).filter(|number| *number != u64::MAX).unwrap_or(0));
        rest = rest.get(at + name.len()..).unwrap_or_default();
    }
    most
}

/// Where some bytes begin.
pub(crate) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    loop {
        let rest = bytes.get(from..)?;
        let at = from + rest.iter().position(|byte| *byte == first)?;
        if bytes.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_repeated_is_multiplied() {
        let cell = "<table:table-cell office:value-type=\"float\" office:value=\"1\"/>";
        let list =
            format!("<table:table table:name=\"a\"><table:table-row>{cell}{cell}</table:table-row></table:table>");
        assert!(memory(list.as_bytes()) < 2_000, "{}", memory(list.as_bytes()));
        // What LibreOffice writes behind the last cell and the last row is no table.
        let blank = "<table:table-cell table:number-columns-repeated=\"16382\"/>";
        let end = format!("<table:table-row table:number-rows-repeated=\"1048575\">{blank}</table:table-row>");
        let usual = list.replace("</table:table-row>", &format!("{blank}</table:table-row>{end}"));
        assert!(memory(usual.as_bytes()) < 2_000, "{}", memory(usual.as_bytes()));
        let wide = list.replacen("office:value-type", "table:number-columns-repeated = '16000' office:value-type", 1);
        let long = wide.replace("<table:table-row>", "<table:table-row table:number-rows-repeated=\"1000000\">");
        assert!(memory(wide.as_bytes()) > 1 << 20);
        assert!(memory(long.as_bytes()) > 1 << 39);
        let far = format!("{usual}{}", usual.replace("<table:table table", "<table:not-table table"));
        assert!(memory(far.as_bytes()) > 1 << 26, "{}", memory(far.as_bytes()));
    }
}
