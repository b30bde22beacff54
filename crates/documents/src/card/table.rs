//! The table of subjects. It takes only the columns that have something in them, and goes on over
//! the next page between two rows.

use words::faults::documents::part;

use crate::page::{Align, GREY, HAIRLINE, INK, Style, regular, semibold};
use crate::shape::{Reading, clean};
use crate::values::{MAX_FIELD, SubjectLine};
use crate::wrap::{Wrapped, fit, wrap, wrap_paragraphs};

use super::head::number;
use super::layout::{CONTENT, Look, SIDE, Sheet};

/// Distance of baselines, in sizes of the text.
const LEADING: f32 = 1.32;
/// Space between two columns, points.
const GUTTER: f32 = 14.0;

/// Space between the last figure, which ends its column, and the remark, which begins one.
const APART: f32 = 22.0;
/// Space between a subject and the teacher beside it.
const BESIDE: f32 = 7.0;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Subject,
    Mark,
    Grade,
    Mean,
    Rank,
    Remark,
}

#[derive(Clone, Copy, Debug)]
struct Column {
    kind: Kind,
    x: f32,
    width: f32,
}

/// One row, broken into lines.
struct Row {
    subject: Wrapped,
    teacher: Wrapped,
    /// One-line cells by column kind, each with the size that makes it fit.
    cells: Vec<(Column, String, Style)>,
    remark: Wrapped,
    height: f32,
}

/// The whole table, measured for one look.
pub(super) struct Table {
    columns: Vec<Column>,
    rows: Vec<Row>,
    head: f32,
}

impl Table {
    pub(super) fn plan(sheet: &mut Sheet<'_, '_, '_>) -> Self {
        let card = sheet.card;
        let columns = columns(sheet);
        let rows = card.subjects.iter().map(|line| row(sheet, line, &columns)).collect();
        Self { columns, rows, head: sheet.look.small * 1.3 + 6.0 }
    }

    /// Points from the table's top to its end, on one page.
    pub(super) fn height(&self) -> f32 {
        if self.rows.is_empty() {
            return 0.0;
        }
        self.head + self.rows.iter().map(|row| row.height).sum::<f32>()
    }

    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Makes every row `extra` points higher; the look's padding must have grown with it.
    pub(super) fn loosen(&mut self, extra: f32) {
        for row in &mut self.rows {
            row.height += extra;
        }
    }

    pub(super) fn draw(&self, sheet: &mut Sheet<'_, '_, '_>) {
        if self.rows.is_empty() {
            return;
        }
        let outer = sheet.pages.group("Table");
        self.draw_head(sheet);
        for row in &self.rows {
            if sheet.need(row.height) {
                self.draw_head(sheet);
            }
            let table = sheet.pages.group("TR");
            self.draw_row(sheet, row);
            sheet.pages.close_group(table);
            sheet.y += row.height;
            sheet.pages.rule(SIDE, sheet.y, CONTENT, 0.5, HAIRLINE);
            sheet.pages.close_mark();
        }
        sheet.pages.close_group(outer);
    }

    fn draw_head(&self, sheet: &mut Sheet<'_, '_, '_>) {
        let labels = &sheet.card.labels;
        let row = sheet.pages.group("TR");
        let baseline = sheet.y + sheet.look.small;
        for column in &self.columns {
            let label = clean(match column.kind {
                Kind::Subject => &labels.subject,
                Kind::Mark => &labels.mark,
                Kind::Grade => &labels.grade,
                Kind::Mean => &labels.class_mean,
                Kind::Rank => &labels.rank,
                Kind::Remark => &labels.comment,
            });
            sheet.pages.element("TH", None);
            let style = semibold(sheet.look.small, GREY);
            let (style, label) = fit(sheet.pages, &label, style, 4.0, column.width, 1);
            for line in &label.lines {
                place(sheet, *column, line, style, baseline, Reading::Natural);
            }
        }
        sheet.pages.close_group(row);
        sheet.y += self.head;
        sheet.pages.rule(SIDE, sheet.y - 2.0, CONTENT, 0.9, INK);
        sheet.pages.close_mark();
    }

    fn draw_row(&self, sheet: &mut Sheet<'_, '_, '_>, row: &Row) {
        let look = sheet.look;
        let first = sheet.y + look.pad + look.body;
        for column in &self.columns {
            match column.kind {
                Kind::Subject => subject_cell(sheet, *column, row, first),
                Kind::Remark => {
                    sheet.pages.element("TD", None);
                    let style = remark_style(look);
                    let mut y = first;
                    for (i, line) in row.remark.lines.iter().enumerate() {
                        if i > 0 {
                            sheet.pages.soft_break(line);
                        }
                        place(sheet, *column, line, style, y, Reading::Natural);
                        y += style.size * LEADING;
                    }
                }
                _ => {
                    sheet.pages.element("TD", None);
                    let cell = row.cells.iter().find(|(c, ..)| c.kind == column.kind);
                    if let Some((_, text, style)) = cell {
                        place(sheet, *column, text, *style, first, Reading::LeftToRight);
                    }
                }
            }
        }
    }
}

fn remark_style(look: Look) -> Style {
    regular(look.small + 0.6, INK)
}

fn subject_cell(sheet: &mut Sheet<'_, '_, '_>, column: Column, row: &Row, first: f32) {
    let look = sheet.look;
    let outer = sheet.pages.group("TH");
    sheet.pages.tree.heads_row(sheet.pages.parent);
    sheet.pages.element("P", None);
    let style = semibold(look.body, INK);
    let mut y = first;
    for (i, line) in row.subject.lines.iter().enumerate() {
        if i > 0 {
            sheet.pages.soft_break(line);
            y += look.body * LEADING;
        }
        place(sheet, column, line, style, y, Reading::Natural);
    }
    if !row.teacher.lines.is_empty() {
        sheet.pages.element("P", None);
    }
    let small = regular(look.small, GREY);
    let beside = beside(sheet, row, column);
    for (i, line) in row.teacher.lines.iter().enumerate() {
        if let (0, Some(x)) = (i, beside) {
            let at = (column.x + x, y);
            sheet.pages.text(line, small, at, Align::Start, Reading::Natural);
            continue;
        }
        y += if i == 0 { look.small * 1.42 } else { look.small * LEADING };
        place(sheet, column, line, small, y, Reading::Natural);
    }
    sheet.pages.close_group(outer);
}

/// How far into the column the teacher can stand on the subject's line; `None` if below it.
fn beside(sheet: &mut Sheet<'_, '_, '_>, row: &Row, column: Column) -> Option<f32> {
    fits_beside(sheet, &row.subject, &row.teacher, column)
}

fn fits_beside(sheet: &mut Sheet<'_, '_, '_>, subject: &Wrapped, teacher: &Wrapped, column: Column) -> Option<f32> {
    let look = sheet.look;
    let ([subject], [teacher]) = (subject.lines.as_slice(), teacher.lines.as_slice()) else {
        return None;
    };
    if !look.inline {
        return None;
    }
    let name = semibold(look.body, INK);
    let used = sheet.pages.width(subject, name, Reading::Natural) + BESIDE;
    let small = regular(look.small, GREY);
    let wide = sheet.pages.width(teacher, small, Reading::Natural);
    (used + wide <= column.width).then_some(used)
}

/// Draws one line of a cell. Numbers stand at the right edge of their column on either kind of
/// page, so that their decimals stand below each other.
fn place(sheet: &mut Sheet<'_, '_, '_>, column: Column, text: &str, style: Style, y: f32, reading: Reading) {
    let (start, end) = (column.x, column.x + column.width);
    let (x, align) = match column.kind {
        Kind::Subject | Kind::Remark => (start, Align::Start),
        Kind::Grade => ((start + end) / 2.0, Align::Middle),
        Kind::Mark | Kind::Mean | Kind::Rank if sheet.pages.rtl => (start, Align::Start),
        Kind::Mark | Kind::Mean | Kind::Rank => (end, Align::End),
    };
    sheet.pages.text(text, style, (x, y), align, reading);
}

/// The columns that this card needs, from the start edge.
fn columns(sheet: &mut Sheet<'_, '_, '_>) -> Vec<Column> {
    let card = sheet.card;
    let any = |has: &dyn Fn(&SubjectLine) -> bool| card.subjects.iter().any(has);
    let filled = |text: &Option<String>| text.as_deref().is_some_and(|t| !t.trim().is_empty());
    let mut fixed = vec![(Kind::Mark, 46.0)];
    if any(&|line| filled(&line.grade)) {
        fixed.push((Kind::Grade, 36.0));
    }
    if any(&|line| line.class_mean.is_some()) {
        fixed.push((Kind::Mean, 48.0));
    }
    if any(&|line| line.rank.is_some()) {
        fixed.push((Kind::Rank, 40.0));
    }
    let taken: f32 = fixed.iter().map(|(_, width)| width + GUTTER).sum();
    let free = CONTENT - taken;
    let remarks = any(&|line| filled(&line.comment));
    let subject = if remarks {
        // As wide as it needs, within reason; the remarks have what is left.
        subject_width(sheet).clamp((free - APART) * 0.3, (free - APART) * 0.6)
    } else {
        free
    };
    let mut x = SIDE;
    let mut columns = Vec::new();
    for (kind, width) in [(Kind::Subject, subject)].into_iter().chain(fixed) {
        columns.push(Column { kind, x, width });
        x += width + GUTTER;
    }
    if remarks {
        x += APART - GUTTER;
        columns.push(Column { kind: Kind::Remark, x, width: free - APART - subject });
    }
    columns
}

/// Width at which no subject and no teacher needs a second line.
fn subject_width(sheet: &mut Sheet<'_, '_, '_>) -> f32 {
    let look = sheet.look;
    let (name, small) = (semibold(look.body, INK), regular(look.small, GREY));
    let mut widest: f32 = 0.0;
    for line in &sheet.card.subjects {
        let subject = sheet.pages.width(&clean(&line.subject), name, Reading::Natural);
        let teacher = sheet.pages.width(&clean(&line.teacher), small, Reading::Natural);
        widest = widest.max(if look.inline { subject + BESIDE + teacher } else { subject.max(teacher) });
    }
    widest + 1.0
}

fn row(sheet: &mut Sheet<'_, '_, '_>, line: &SubjectLine, columns: &[Column]) -> Row {
    let look = sheet.look;
    let mut row = Row {
        subject: Wrapped::default(),
        teacher: Wrapped::default(),
        cells: Vec::new(),
        remark: Wrapped::default(),
        height: 0.0,
    };
    let mut beside = false;
    for &column in columns {
        match column.kind {
            Kind::Subject => {
                let name = sheet.field(part::subject(), &line.subject);
                let style = semibold(look.body, INK);
                row.subject = wrap(sheet.pages, &name, style, column.width, 4);
                let name = sheet.field(part::teacher(), &line.teacher);
                let style = regular(look.small, GREY);
                row.teacher = wrap(sheet.pages, &name, style, column.width, 4);
                beside = fits_beside(sheet, &row.subject, &row.teacher, column).is_some();
            }
            Kind::Remark => {
                let text = line.comment.as_deref().unwrap_or_default();
                let text = sheet.limited(part::remark(), text, MAX_FIELD);
                row.remark = wrap_paragraphs(sheet.pages, &text, remark_style(look), column.width, 24);
            }
            kind => {
                if let Some(cell) = figure(sheet, line, kind, column) {
                    row.cells.push(cell);
                }
            }
        }
    }
    if row.subject.cut || row.teacher.cut || row.remark.cut {
        sheet.note_shortened(part::subject_line());
    }
    let subject = row.subject.lines.len().max(1) as f32 * look.body * LEADING;
    let teacher = match (beside, row.teacher.lines.len()) {
        (true, _) | (_, 0) => 0.0,
        (false, lines) => look.small * (LEADING * lines as f32 + 0.1),
    };
    let remark = row.remark.lines.len() as f32 * remark_style(look).size * LEADING;
    // The last line needs its descent only, not a whole line's distance.
    let text = (subject + teacher).max(remark) - look.body * 0.12;
    row.height = text + 2.0 * look.pad;
    row
}

/// A cell of one line: a mark, a grade, a mean or a place.
fn figure(
    sheet: &mut Sheet<'_, '_, '_>,
    line: &SubjectLine,
    kind: Kind,
    column: Column,
) -> Option<(Column, String, Style)> {
    let labels = &sheet.card.labels;
    let body = sheet.look.body;
    let (text, style) = match kind {
        Kind::Mark => (line.text.clone(), semibold(body, INK)),
        Kind::Grade => (line.grade.clone()?, regular(body, INK)),
        Kind::Mean => (number(line.class_mean?, sheet.card), regular(body, GREY)),
        Kind::Rank => (format!("{}{}{}", line.rank?, labels.rank_of, line.of), regular(body, INK)),
        Kind::Subject | Kind::Remark => return None,
    };
    let text = sheet.field(part::mark(), &text);
    let (style, wrapped) = fit(sheet.pages, &text, style, 5.0, column.width, 1);
    if wrapped.cut {
        sheet.note_shortened(part::mark());
    }
    let text = wrapped.lines.into_iter().next()?.text;
    Some((column, text, style))
}
