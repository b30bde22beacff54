//! A class list or register: a table of any columns that goes on over as many pages as it needs,
//! its heading repeated on each.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};
use words::faults::documents;

use crate::card::missing;
use crate::east_asia;
use crate::finish::{self, About};
use crate::page::{ACCENT, Align, GREY, HAIRLINE, INK, Pages, Style, regular, semibold};
use crate::shape::{Reading, clean};
use crate::values::{MAX_FIELD, Options, Outcome, Problem, ProblemCode};
use crate::wrap::{Wrapped, fit};
use crate::{DocumentError, Fonts};

const SIDE: f32 = 44.0;
const TOP: f32 = 42.0;
/// Below the table, for the running feet.
const FOOT: f32 = 54.0;
const SIZE: f32 = 9.2;
/// What a cell's text may shrink to before it takes a second line.
const SMALLEST: f32 = 8.0;
const LEADING: f32 = SIZE * 1.32;
const PAD: f32 = 4.2;
const GUTTER: f32 = 10.0;
/// Lines of a cell; a longer text is shortened and reported.
const MOST_LINES: usize = 6;

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListAlign {
    /// Where lines of the page begin: text.
    #[default]
    Start,
    /// In the middle: ticks and codes.
    Middle,
    /// At the right edge on any page, so that digits stand below each other: numbers.
    Number,
}

/// One column of a [`ClassList`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListColumn {
    pub title: String,
    pub align: ListAlign,
    /// Width in relation to the other columns, above 0.
    pub share: f32,
}

/// A table to print. All words come in as values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClassList {
    /// Small, above the title.
    pub school: String,
    pub title: String,
    /// Beside the title, such as the class teacher and the date.
    pub subtitle: String,
    pub columns: Vec<ListColumn>,
    /// Cells in the order of the columns; those beyond the columns are not printed, missing ones
    /// stay blank to be filled in by hand.
    pub rows: Vec<Vec<String>>,
    /// `{page}` and `{pages}` stand for the numbers, as in `Page {page} of {pages}`.
    pub page_label: String,
    /// BCP 47.
    pub language: String,
    pub rtl: bool,
    /// Whether the pages lie on their long side, for tables of many columns.
    pub landscape: bool,
}

/// The width between the margins.
fn content(pages: &Pages<'_>) -> f32 {
    pages.size.0 - 2.0 * SIDE
}

impl ClassList {
    fn heads(&self) -> Vec<String> {
        let head = [&self.school, &self.title, &self.subtitle, &self.page_label];
        head.into_iter().chain(self.columns.iter().map(|column| &column.title)).cloned().collect()
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let head = [&self.school, &self.title, &self.subtitle];
        head.into_iter()
            .chain(self.columns.iter().map(|c| &c.title))
            .chain(self.rows.iter().flatten())
            .map(String::as_str)
    }
}

/// Makes a PDF of `list`. `progress` is told after each row how many of how many are done; when it
/// breaks off, nothing is made. The problems name the row (from 1; 0 are school, title and the columns' titles) in place of
/// a student's number.
///
/// # Errors
/// [`DocumentError::Cancelled`] when `progress` breaks off, [`DocumentError::Write`] when the file
/// cannot be put together.
pub fn class_list(
    list: &ClassList,
    fonts: &Fonts,
    options: &Options,
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Outcome, DocumentError> {
    let mut pages = Pages::new(fonts, east_asia::of_document(&list.language, list.texts()));
    pages.rtl = list.rtl;
    if list.landscape {
        pages.lay();
    }
    pages.add_page();
    let columns = columns(list, content(&pages));
    let mut y = heading(&mut pages, list);
    let outer = pages.group("Table");
    y = column_titles(&mut pages, list, &columns, y);
    let mut problems = Vec::new();
    report(&mut pages, 0, &list.heads(), false, &mut problems);
    for (at, row) in list.rows.iter().enumerate() {
        let (cells, height, cut) = measured(&mut pages, row, &columns);
        if y + height > pages.size.1 - FOOT {
            pages.close_mark();
            pages.add_page();
            y = column_titles(&mut pages, list, &columns, TOP);
        }
        draw_row(&mut pages, &cells, &columns, y);
        y += height;
        pages.rule(SIDE, y, content(&pages), 0.5, HAIRLINE);
        pages.close_mark();
        report(&mut pages, at + 1, row, cut, &mut problems);
        if progress(at + 1, list.rows.len()).is_break() {
            return Err(DocumentError::Cancelled);
        }
    }
    pages.close_group(outer);
    let count = pages.count();
    running_feet(&mut pages, list);
    let about = About {
        title: if options.title.is_empty() { &list.title } else { &options.title },
        author: &list.school,
        language: &list.language,
        created: options.created,
        right_to_left: list.rtl,
    };
    let pdf = finish::write(fonts, pages.finish(), BTreeMap::new(), &about)?;
    Ok(Outcome { pdf, problems, pages: count, cards: 0 })
}

#[derive(Clone, Copy)]
struct Column {
    x: f32,
    width: f32,
    align: ListAlign,
}

fn columns(list: &ClassList, content: f32) -> Vec<Column> {
    // A share that is no sensible number counts as 1, so that every column can be read.
    let share = |column: &ListColumn| if column.share.is_finite() { column.share.clamp(0.2, 20.0) } else { 1.0 };
    let total: f32 = list.columns.iter().map(share).sum();
    let room = content - GUTTER * list.columns.len().saturating_sub(1) as f32;
    let mut x = SIDE;
    let placed = list.columns.iter().map(|column| {
        let width = (room * share(column) / total).max(4.0);
        let placed = Column { x, width, align: column.align };
        x += width + GUTTER;
        placed
    });
    placed.collect()
}

fn heading(pages: &mut Pages<'_>, list: &ClassList) -> f32 {
    let width = content(pages);
    let mut y = TOP;
    let lines = [
        (&list.school, regular(8.6, GREY), "P", 8.0),
        (&list.title, semibold(17.0, INK), "H1", 22.0),
        (&list.subtitle, regular(9.4, GREY), "P", 15.0),
    ];
    for (text, style, role, below) in lines {
        let text = clean(text);
        if text.is_empty() {
            continue;
        }
        pages.element(role, None);
        let (style, text) = fit(pages, &text, style, style.size * 0.7, width, 3);
        for (i, line) in text.lines.iter().enumerate() {
            y += if i == 0 { below } else { style.size * 1.3 };
            pages.text(line, style, (SIDE, y), Align::Start, Reading::Natural);
        }
    }
    pages.close_mark();
    pages.rule(SIDE, y + 11.0, width, 1.6, ACCENT);
    pages.close_mark();
    y + 26.0
}

fn column_titles(pages: &mut Pages<'_>, list: &ClassList, columns: &[Column], y: f32) -> f32 {
    let row = pages.group("TR");
    for (column, title) in columns.iter().zip(&list.columns) {
        pages.element("TH", None);
        let title = clean(&title.title);
        let (style, title) = fit(pages, &title, semibold(7.8, GREY), 4.0, column.width, 1);
        for line in &title.lines {
            place(pages, *column, line, style, y + 7.5);
        }
    }
    pages.close_group(row);
    pages.rule(SIDE, y + 14.0, content(pages), 0.9, INK);
    pages.close_mark();
    y + 15.0
}

/// A cell's text in lines, and how it is set.
type Cell = (Style, Wrapped);

/// Cells in lines, the row's height, and whether a text had to be shortened.
fn measured(pages: &mut Pages<'_>, row: &[String], columns: &[Column]) -> (Vec<Cell>, f32, bool) {
    let mut cut = false;
    let mut lines = 1;
    let mut cells = Vec::with_capacity(columns.len());
    for (column, text) in columns.iter().zip(row) {
        let limited: String = text.chars().take(MAX_FIELD).collect();
        let (style, cell) = fit(pages, &clean(&limited), regular(SIZE, INK), SMALLEST, column.width, MOST_LINES);
        cut |= cell.cut || limited.len() < text.len();
        lines = lines.max(cell.lines.len());
        cells.push((style, cell));
    }
    (cells, lines as f32 * LEADING + 2.0 * PAD - 1.0, cut)
}

fn draw_row(pages: &mut Pages<'_>, cells: &[Cell], columns: &[Column], top: f32) {
    let row = pages.group("TR");
    for (column, (style, cell)) in columns.iter().zip(cells) {
        pages.element("TD", None);
        let mut y = top + PAD + SIZE;
        for (i, line) in cell.lines.iter().enumerate() {
            if i > 0 {
                pages.soft_break(line);
            }
            place(pages, *column, line, *style, y);
            y += LEADING;
        }
    }
    pages.close_group(row);
}

fn place(pages: &mut Pages<'_>, column: Column, text: &str, style: Style, y: f32) {
    let (start, end) = (column.x, column.x + column.width);
    let (x, align) = match column.align {
        ListAlign::Start => (start, Align::Start),
        ListAlign::Middle => ((start + end) / 2.0, Align::Middle),
        ListAlign::Number if pages.rtl => (start, Align::Start),
        ListAlign::Number => (end, Align::End),
    };
    pages.text(text, style, (x, y), align, Reading::Natural);
}

fn report(pages: &mut Pages<'_>, number: usize, row: &[String], cut: bool, problems: &mut Vec<Problem>) {
    let mut add = |code, message, letters| {
        let student = number.to_string();
        problems.push(Problem { student, code, message, left_out: false, letters });
    };
    if cut {
        add(ProblemCode::TextShortened, documents::row_shortened(), Vec::new());
    }
    let letters = missing(row.iter().map(String::as_str), pages);
    if !letters.is_empty() {
        add(ProblemCode::TextUndrawable, documents::row_undrawable(), letters);
    }
}

fn running_feet(pages: &mut Pages<'_>, list: &ClassList) {
    let style = regular(7.0, GREY);
    let total = pages.count();
    let (width, height) = (content(pages), pages.size.1);
    for page in 0..total {
        let words =
            clean(&list.page_label).replace("{page}", &(page + 1).to_string()).replace("{pages}", &total.to_string());
        let (_, title) = fit(pages, &clean(&list.title), style, style.size, width - 120.0, 1);
        pages.turn_to(page);
        pages.rule(SIDE, height - 43.0, width, 0.5, HAIRLINE);
        for line in &title.lines {
            pages.text(line, style, (SIDE, height - 31.0), Align::Start, Reading::Natural);
        }
        pages.text(&words, style, (SIDE + width, height - 31.0), Align::End, Reading::Natural);
        pages.close_mark();
    }
}
