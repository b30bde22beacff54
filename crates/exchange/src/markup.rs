//! Tables of web pages, which many systems name `.xls` so that Excel opens them, and Excel's own XML of 2003. Both are read as a
//! flat row of tags: no document is built, so that a deep or a broken page costs nothing.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

use words::faults::exchange::what;

use crate::error::ExchangeError;
use crate::set::{Limits, too_large};
use crate::workbook::Grid;

/// More cells than this do not come of one `colspan`.
const SPAN: usize = 200;
/// A tag of more parts than this is no page's: each is compared with all others.
const PARTS: usize = 500;

/// Whether a text is a page with a table in it.
pub(crate) fn is_page(text: &str) -> bool {
    let start: String = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).chars().take(200).collect();
    let head = text.get(..text.len().min(200_000)).or_else(|| text.get(..text.floor_char_boundary(200_000)));
    let has = |tag: &str| head.is_some_and(|head| head.to_ascii_lowercase().contains(tag));
    start.starts_with('<') && (has("<table") || has(":table") || has("<workbook") || has(":workbook"))
}

/// The tables of a page, or the sheets of a workbook in XML, without those that lie in another's cell.
///
/// # Errors
/// Tables that take more memory than the limit of a file, and a tag that is longer than any.
pub(crate) fn tables(file: &str, text: &str, limits: Limits) -> Result<Vec<Grid>, ExchangeError> {
    if most_parts(text) > PARTS {
        return Err(ExchangeError::TooLarge { what: what::parts_of_tag(file).into(), limit: PARTS.to_string() });
    }
    let sink = Tables { state: RefCell::new(State { left: limits.file, ..State::default() }) };
    let tokenizer = Tokenizer::new(sink, Default::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut state = tokenizer.sink.state.into_inner();
    state.end_table();
    if state.full {
        return Err(too_large(what::as_table(file), limits.file));
    }
    Ok(state.grids)
}

/// Where in a tag a byte stands.
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Text,
    /// Before or in a name; true once there is one.
    Name(bool),
    BeforeValue,
    Bare,
    Quoted(u8),
}

/// The most attributes that one tag has, and its name.
fn most_parts(text: &str) -> usize {
    let (mut most, mut parts) = (0, 0);
    let mut inside = Inside::Text;
    let mut fresh = true;
    for byte in text.bytes() {
        let blank = byte.is_ascii_whitespace() || byte == b'/';
        inside = match (inside, byte) {
            (Inside::Quoted(mark), _) if byte != mark => continue,
            (Inside::Text, b'<') => {
                parts = 0;
                Inside::Name(false)
            }
            (Inside::Text, _) => continue,
            (Inside::Name(_) | Inside::BeforeValue | Inside::Bare, b'>') => Inside::Text,
            (Inside::Name(true), b'=') => Inside::BeforeValue,
            (Inside::Name(named), _) if blank => Inside::Name(named && byte != b'/'),
            (Inside::Name(_), _) => {
                parts += usize::from(fresh);
                most = most.max(parts);
                Inside::Name(true)
            }
            (Inside::BeforeValue, _) if byte.is_ascii_whitespace() => Inside::BeforeValue,
            (Inside::BeforeValue, b'"' | b'\'') => Inside::Quoted(byte),
            (Inside::BeforeValue, _) => Inside::Bare,
            (Inside::Bare, _) if byte.is_ascii_whitespace() => Inside::Name(false),
            (Inside::Bare, _) => Inside::Bare,
            (Inside::Quoted(_), _) => Inside::Name(false),
        };
        fresh = blank || inside == Inside::Name(false);
    }
    most
}

#[derive(Default)]
struct Tables {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    grids: Vec<Grid>,
    grid: Option<Grid>,
    /// Tables inside a cell of a table.
    inner: usize,
    row: Option<Vec<String>>,
    cell: Option<String>,
    /// Columns that the open cell takes.
    span: usize,
    /// Name of the sheet that a workbook in XML has opened.
    sheet: String,
    /// Inside of what is not shown.
    hidden: bool,
    /// Bytes that rows and cells may still take, and whether it was too little.
    left: u64,
    full: bool,
}

impl State {
    /// Whether there is still room for so many rows or cells and so much text.
    fn room(&mut self, values: usize, text: usize) -> bool {
        let left = self.left.checked_sub(24 * values as u64 + text as u64).filter(|_| !self.full);
        self.full = left.is_none();
        self.left = left.unwrap_or(0);
        !self.full
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        if self.room(self.span, cell.len())
            && let Some(row) = &mut self.row
        {
            row.push(crate::clean::cell(&cell).into_owned());
            row.extend(std::iter::repeat_n(String::new(), self.span.saturating_sub(1)));
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(row) = self.row.take()
            && self.room(1, 0)
            && let Some(grid) = &mut self.grid
        {
            grid.rows.push(row);
        }
    }

    fn end_table(&mut self) {
        self.end_row();
        self.grids.extend(self.grid.take());
    }

    fn open(&mut self, name: &str, tag: &Tag) {
        let number = |attribute: &str| {
            let found = tag.attrs.iter().find(|known| &*known.name.local == attribute);
            found.and_then(|known| known.value.trim().parse::<usize>().ok())
        };
        match name {
            "worksheet" => {
                let found = tag.attrs.iter().find(|known| known.name.local.ends_with("name"));
                self.sheet = found.map(|known| known.value.to_string()).unwrap_or_default();
            }
            "table" if self.cell.is_some() => self.inner += 1,
            "table" => {
                self.end_table();
                // A page of nothing but tables takes room too.
                if !self.room(4, self.sheet.len()) {
                    return;
                }
                let named =
                    if self.sheet.is_empty() { format!("table {}", self.grids.len() + 1) } else { self.sheet.clone() };
                self.grid = Some(Grid { name: named, rows: Vec::new() });
            }
            "tr" | "row" if self.inner == 0 && self.grid.is_some() => {
                self.end_row();
                // Excel leaves blank rows and cells out, and says where the next one is.
                let before = self.grid.as_ref().map_or(0, |grid| grid.rows.len());
                let blank = number("ss:index").map_or(0, |index| index.saturating_sub(before + 1));
                if blank > 0
                    && self.room(blank, 0)
                    && let Some(grid) = &mut self.grid
                {
                    grid.rows.resize(before + blank, Vec::new());
                }
                self.row = Some(Vec::new());
            }
            "td" | "th" | "cell" if self.inner == 0 && self.grid.is_some() => {
                self.end_cell();
                let before = self.row.get_or_insert_default().len();
                let index = number("ss:index").filter(|index| *index <= SPAN).unwrap_or(0);
                let blank = index.saturating_sub(before + 1);
                if self.room(blank, 0)
                    && let Some(row) = &mut self.row
                {
                    row.resize(before + blank, String::new());
                }
                let more = number("ss:mergeacross").map(|more| more + 1);
                self.span = number("colspan").or(more).unwrap_or(1).clamp(1, SPAN);
                self.cell = Some(String::new());
            }
            "br" | "p" | "div" | "li" => self.text(" "),
            "script" | "style" | "comment" => self.hidden = true,
            _ => {}
        }
        if tag.self_closing {
            self.close(name);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "table" if self.inner > 0 => self.inner -= 1,
            "table" => self.end_table(),
            "tr" | "row" if self.inner == 0 => self.end_row(),
            "td" | "th" | "cell" if self.inner == 0 => self.end_cell(),
            "script" | "style" | "comment" => self.hidden = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|_| !self.hidden) {
            cell.push_str(text);
        }
    }
}

impl TokenSink for Tables {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let name = tag.name.rsplit(':').next().unwrap_or_default().to_owned();
                match tag.kind {
                    TagKind::StartTag => state.open(&name, &tag),
                    TagKind::EndTag => state.close(&name),
                }
            }
            Token::CharacterTokens(text) => state.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The encoding that a page names for itself.
pub(crate) fn named_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(2_048)).unwrap_or_default()).to_ascii_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let at = head.find("charset=").map(|at| at + 8).or_else(|| head.find("encoding=").map(|at| at + 9))?;
    let name: String = head
        .get(at..)?
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    encoding_rs::Encoding::for_label(name.as_bytes()).map(|encoding| encoding.name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        assert!(is_page(text));
        tables("a.xls", text, Limits::default()).unwrap().into_iter().next().unwrap().rows
    }

    #[test]
    fn a_page_without_its_end_tags_is_read() {
        let page = "<html><meta charset=utf-8><table><tr><th>Student No<th>First&nbsp;name<tr><td>1001<td>Zo&euml;</table></html>";
        assert_eq!(rows(page), [["Student No", "First name"], ["1001", "Zoë"]]);
    }

    #[test]
    fn wide_cells_take_their_columns_and_tables_within_are_text() {
        let page = "<table><tr><td colspan=2>List<td>x</tr><tr><td>1</td><td><table><tr><td>a</td></tr></table></td><td>2</td></tr></table>";
        assert_eq!(rows(page), [["List", "", "x"], ["1", "a", "2"]]);
    }

    #[test]
    fn excels_xml_of_2003_says_where_its_cells_are() {
        let page = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"x\"><Worksheet ss:Name=\"7B\"><Table><Row ss:Index=\"2\"><Cell><Data ss:Type=\"String\">No</Data></Cell><Cell ss:Index=\"3\"><Data ss:Type=\"String\">Name</Data></Cell></Row></Table></Worksheet></Workbook>";
        assert_eq!(rows(page), [vec![], vec!["No".to_owned(), String::new(), "Name".to_owned()]]);
        assert_eq!(tables("a.xls", page, Limits::default()).unwrap()[0].name, "7B");
    }

    #[test]
    fn a_tag_without_end_and_a_wide_table_are_refused() {
        assert_eq!(most_parts("a < b <td a=\"1 2 3\" b='>' c=d/e /f><p>"), 6);
        assert_eq!(most_parts("<td a=b=\" c d e \" f><br/>"), 7);
        let long = format!("<table><tr><td {}>", (0..PARTS).map(|n| format!("a{n} ")).collect::<String>());
        assert_eq!(tables("a.xls", &long, Limits::default()).unwrap_err().code(), "exchange.too_large");
        let limits = Limits { file: 1 << 20, ..Limits::default() };
        for page in ["<td colspan=200>", "<tr>", "<table>", "<table><row ss:index=99999999><cell>"] {
            let page = format!("<table>{}", page.repeat(50_000));
            assert_eq!(tables("a.xls", &page, limits).unwrap_err().code(), "exchange.too_large", "{}", &page[..30]);
        }
    }

    #[test]
    fn a_page_names_its_encoding() {
        assert_eq!(named_encoding(b"<html><meta charset=\"iso-8859-1\">").as_deref(), Some("windows-1252"));
        assert_eq!(named_encoding(b"<?xml version=\"1.0\" encoding='UTF-8'?>").as_deref(), Some("UTF-8"));
        assert_eq!(named_encoding(b"id,charset=utf-8"), None);
    }
}
