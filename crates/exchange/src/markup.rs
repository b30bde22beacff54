//! Tables of web pages, which many systems name `.xls` so that Excel opens them, and Excel's own XML of 2003. Both are read as a
//! flat row of tags: no document is built, so that a deep or a broken page costs nothing.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

use crate::workbook::Grid;

/// More cells than this do not come of one `colspan`.
const SPAN: usize = 200;

/// Whether a text is a page with a table in it.
pub(crate) fn is_page(text: &str) -> bool {
    let start: String = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).chars().take(200).collect();
    let head = text.get(..text.len().min(200_000)).or_else(|| text.get(..text.floor_char_boundary(200_000)));
    let has = |tag: &str| head.is_some_and(|head| head.to_ascii_lowercase().contains(tag));
    start.starts_with('<') && (has("<table") || has(":table") || has("<workbook") || has(":workbook"))
}

/// The tables of a page, or the sheets of a workbook in XML, without those that lie in another's cell.
pub(crate) fn tables(text: &str) -> Vec<Grid> {
    let sink = Tables::default();
    let tokenizer = Tokenizer::new(sink, Default::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut state = tokenizer.sink.state.into_inner();
    state.end_table();
    state.grids
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
}

impl State {
    fn end_cell(&mut self) {
        if let (Some(cell), Some(row)) = (self.cell.take(), &mut self.row) {
            row.push(crate::clean::cell(&cell).into_owned());
            row.extend(std::iter::repeat_n(String::new(), self.span.saturating_sub(1)));
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let (Some(row), Some(grid)) = (self.row.take(), &mut self.grid) {
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
                let named =
                    if self.sheet.is_empty() { format!("table {}", self.grids.len() + 1) } else { self.sheet.clone() };
                self.grid = Some(Grid { name: named, rows: Vec::new() });
            }
            "tr" | "row" if self.inner == 0 && self.grid.is_some() => {
                self.end_row();
                // Excel leaves blank rows and cells out, and says where the next one is.
                if let (Some(index), Some(grid)) =
                    (number("ss:index").filter(|index| *index <= 1 << 20), &mut self.grid)
                {
                    grid.rows.resize(grid.rows.len().max(index - 1), Vec::new());
                }
                self.row = Some(Vec::new());
            }
            "td" | "th" | "cell" if self.inner == 0 && self.grid.is_some() => {
                self.end_cell();
                let row = self.row.get_or_insert_default();
                if let Some(index) = number("ss:index").filter(|index| *index <= SPAN) {
                    row.resize(row.len().max(index - 1), String::new());
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
        tables(text).into_iter().next().unwrap().rows
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
        assert_eq!(tables(page)[0].name, "7B");
    }

    #[test]
    fn a_page_names_its_encoding() {
        assert_eq!(named_encoding(b"<html><meta charset=\"iso-8859-1\">").as_deref(), Some("windows-1252"));
        assert_eq!(named_encoding(b"<?xml version=\"1.0\" encoding='UTF-8'?>").as_deref(), Some("UTF-8"));
        assert_eq!(named_encoding(b"id,charset=utf-8"), None);
    }
}
