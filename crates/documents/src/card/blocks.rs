//! What stands below the table: chart, attendance, comments, signatures.

use charts::{Chart, Theme, natural_height};
use words::Language;
use words::faults::documents::part;

use crate::page::{Align, GREY, HAIRLINE, INK, TINT, regular, semibold};
use crate::plot::{self, UNITS_PER_POINT};
use crate::shape::{Reading, clean, isolated};
use crate::values::{Comment, MAX_COMMENT};
use crate::wrap::{Start, Wrapped, fit, wrap_paragraphs};

use super::layout::{BOTTOM, CONTENT, Look, SIDE, Sheet};

/// Height of a block's title with the space below it, points.
const TITLE: f32 = 20.0;
/// Width of the attendance panel beside a chart.
const ATTENDANCE: f32 = 150.0;
const ATTENDANCE_ROW: f32 = 17.0;
/// Height of the attendance strip where there is no chart.
const STRIP: f32 = 40.0;
/// Distance of baselines in a comment, in sizes of the text.
const LEADING: f32 = 1.42;
/// Height of a blank line between two paragraphs, in lines.
const APART: f32 = 0.55;
const SIGNATURES: f32 = 58.0;

/// One comment, broken into lines.
struct Paragraph {
    heading: String,
    text: Wrapped,
}

/// Everything below the table, measured for one look.
pub(super) struct Closing {
    chart: Option<(Chart, Theme, f32)>,
    attendance: bool,
    comments: Vec<Paragraph>,
    signatures: bool,
}

impl Closing {
    pub(super) fn plan(sheet: &mut Sheet<'_, '_, '_>) -> Self {
        let card = sheet.card;
        let chart = card.chart.as_ref().map(|chart| measured(sheet, chart));
        let comments = [(&card.labels.class_teacher, &card.class_teacher), (&card.labels.principal, &card.principal)];
        let comments =
            comments.into_iter().filter_map(|(label, comment)| paragraph(sheet, label, comment.as_ref()?)).collect();
        Self {
            chart,
            attendance: card.attendance.is_some(),
            comments,
            signatures: card.signatures.iter().any(|label| !label.trim().is_empty()),
        }
    }

    /// Points from the end of the table to the end of the card, on one page.
    pub(super) fn height(&self, look: Look) -> f32 {
        let mut height = 0.0;
        if let Some(figures) = self.figures() {
            height += look.gap + figures;
        }
        if !self.comments.is_empty() {
            height += look.gap + TITLE;
            height += self.comments.iter().map(|c| c.height(look)).sum::<f32>();
        }
        if self.signatures {
            height += SIGNATURES;
        }
        height
    }

    /// Height of chart and attendance with their titles.
    fn figures(&self) -> Option<f32> {
        match (&self.chart, self.attendance) {
            (Some((.., chart)), true) => Some(TITLE + chart.max(panel_height())),
            (Some((.., chart)), false) => Some(TITLE + chart),
            (None, true) => Some(TITLE + STRIP),
            (None, false) => None,
        }
    }
}

impl Paragraph {
    fn height(&self, look: Look) -> f32 {
        let gaps = self.text.lines.iter().filter(|line| line.start == Start::Apart).count() as f32;
        heading_height(look) + (self.text.lines.len() as f32 + gaps * APART) * look.body * LEADING + look.gap * 0.4
    }
}

fn heading_height(look: Look) -> f32 {
    look.small * 1.6
}

fn panel_height() -> f32 {
    5.0 * ATTENDANCE_ROW + 12.0
}

/// The chart without its own heading, which stands above it like every other; its theme in the
/// plot's units; and the height it gets in points.
fn measured(sheet: &Sheet<'_, '_, '_>, chart: &Chart) -> (Chart, Theme, f32) {
    let labels = &sheet.card.labels;
    let words = charts::Words {
        class_mean: clean(&labels.class_mean),
        student: clean(&labels.mark),
        decimal_point: labels.decimal_mark.chars().next().unwrap_or('.'),
        ..charts::Words::of(Language::of(&labels.language))
    };
    let theme = Theme::print().with_font_size(f64::from(sheet.look.chart * UNITS_PER_POINT)).with_words(words);
    let mut chart = chart.clone();
    match &mut chart {
        Chart::Histogram { title, .. }
        | Chart::SubjectBars { title, .. }
        | Chart::Trend { title, .. }
        | Chart::BoxPlots { title, .. } => title.clear(),
    }
    let natural = natural_height(&chart, &theme) as f32 / UNITS_PER_POINT;
    // Many rows may stand closer together than is natural; few need what they need.
    let height = if natural > 125.0 { (natural * sheet.look.chart_share).max(125.0) } else { natural };
    (chart, theme, height)
}

fn paragraph(sheet: &mut Sheet<'_, '_, '_>, label: &str, comment: &Comment) -> Option<Paragraph> {
    let text = sheet.limited(part::comment(), &comment.text, MAX_COMMENT);
    if text.trim().is_empty() {
        return None;
    }
    let author = sheet.field(part::comment_author(), &comment.author);
    let mut heading = clean(label);
    if !author.is_empty() {
        heading = format!("{heading} · {}", isolated(&author));
    }
    let style = regular(sheet.look.body, INK);
    let text = wrap_paragraphs(sheet.pages, &text, style, CONTENT - 12.0, usize::MAX);
    Some(Paragraph { heading, text })
}

/// Draws everything below the table.
pub(super) fn draw(sheet: &mut Sheet<'_, '_, '_>, closing: &Closing) {
    figures(sheet, closing);
    comments(sheet, &closing.comments);
    if closing.signatures {
        signatures(sheet);
    }
}

fn title(sheet: &mut Sheet<'_, '_, '_>, text: &str, x: f32, y: f32, width: f32) {
    sheet.pages.element("H2", None);
    let text = clean(text);
    let (style, text) = fit(sheet.pages, &text, semibold(10.5, INK), 7.0, width, 1);
    for line in &text.lines {
        let at = (x, y + 9.0);
        sheet.pages.text(line, style, at, Align::Start, Reading::Natural);
    }
    sheet.pages.close_mark();
}

fn figures(sheet: &mut Sheet<'_, '_, '_>, closing: &Closing) {
    let Some(height) = closing.figures() else {
        return;
    };
    if !sheet.need(sheet.look.gap + height) {
        sheet.y += sheet.look.gap;
    }
    let y = sheet.y;
    let labels = &sheet.card.labels;
    if let Some((chart, theme, chart_height)) = &closing.chart {
        let width = if closing.attendance { CONTENT - ATTENDANCE - 28.0 } else { CONTENT };
        title(sheet, &labels.chart, SIDE, y, width);
        let alt = alternative(sheet);
        sheet.pages.element("Figure", Some(alt));
        let size = (width, *chart_height);
        let drawn = plot::draw(sheet.pages, chart, theme, (SIDE, y + TITLE), size);
        sheet.pages.close_mark();
        sheet.chart_failed = drawn.err().map(|error| error.said());
    }
    if closing.attendance && closing.chart.is_some() {
        let x = SIDE + CONTENT - ATTENDANCE;
        title(sheet, &labels.attendance, x, y, ATTENDANCE);
        attendance_panel(sheet, x, y + TITLE);
    } else if closing.attendance {
        title(sheet, &labels.attendance, SIDE, y, CONTENT);
        attendance_strip(sheet, y + TITLE);
    }
    sheet.y = y + height;
}

/// The chart in words, for those who cannot see it.
fn alternative(sheet: &Sheet<'_, '_, '_>) -> String {
    let subjects = sheet.card.subjects.iter();
    let values: Vec<String> =
        subjects.take(40).map(|line| format!("{} {}", clean(&line.subject), clean(&line.text))).collect();
    format!("{}: {}", clean(&sheet.card.labels.chart), values.join(", "))
}

fn attendance_counts<'l>(sheet: &Sheet<'l, '_, '_>) -> Vec<(&'l str, u32)> {
    let labels = &sheet.card.labels;
    let counts = sheet.card.attendance.unwrap_or_default();
    vec![
        (labels.days.as_str(), counts.days),
        (labels.present.as_str(), counts.present),
        (labels.absent.as_str(), counts.absent),
        (labels.late.as_str(), counts.late),
        (labels.excused.as_str(), counts.excused),
    ]
}

fn attendance_panel(sheet: &mut Sheet<'_, '_, '_>, x: f32, y: f32) {
    sheet.pages.panel(x, y, ATTENDANCE, panel_height(), TINT);
    sheet.pages.close_mark();
    let outer = sheet.pages.group("Table");
    let (from, to) = (x + 12.0, x + ATTENDANCE - 12.0);
    for (i, (label, count)) in attendance_counts(sheet).into_iter().enumerate() {
        let top = y + 6.0 + ATTENDANCE_ROW * i as f32;
        let baseline = top + 11.8;
        let row = sheet.pages.group("TR");
        let cell = sheet.pages.group("TH");
        sheet.pages.tree.heads_row(sheet.pages.parent);
        sheet.pages.element("P", None);
        let label = clean(label);
        let (style, label) = fit(sheet.pages, &label, regular(8.6, GREY), 5.0, 88.0, 1);
        for line in &label.lines {
            let at = (from, baseline);
            sheet.pages.text(line, style, at, Align::Start, Reading::Natural);
        }
        sheet.pages.close_group(cell);
        sheet.pages.element("TD", None);
        let style = semibold(9.2, INK);
        let at = (to, baseline);
        let text = count.to_string();
        sheet.pages.text(&text, style, at, Align::End, Reading::LeftToRight);
        sheet.pages.close_group(row);
        if i > 0 {
            sheet.pages.rule(from, top, to - from, 0.5, HAIRLINE);
            sheet.pages.close_mark();
        }
    }
    sheet.pages.close_group(outer);
}

fn attendance_strip(sheet: &mut Sheet<'_, '_, '_>, y: f32) {
    sheet.pages.panel(SIDE, y, CONTENT, STRIP, TINT);
    let column = (CONTENT - 24.0) / 5.0;
    for (i, (label, count)) in attendance_counts(sheet).into_iter().enumerate() {
        let x = SIDE + 14.0 + column * i as f32;
        sheet.pages.element("P", None);
        let label = clean(label);
        let (style, label) = fit(sheet.pages, &label, regular(7.6, GREY), 5.0, column - 8.0, 1);
        for line in &label.lines {
            sheet.pages.text(line, style, (x, y + 14.0), Align::Start, Reading::Natural);
        }
        sheet.pages.element("P", None);
        let text = count.to_string();
        let at = (x, y + 30.0);
        sheet.pages.text(&text, semibold(12.0, INK), at, Align::Start, Reading::LeftToRight);
    }
    sheet.pages.close_mark();
}

fn comments(sheet: &mut Sheet<'_, '_, '_>, comments: &[Paragraph]) {
    if comments.is_empty() {
        return;
    }
    let look = sheet.look;
    let line = look.body * LEADING;
    // A title never stands alone at the foot of a page.
    if !sheet.need(look.gap + TITLE + heading_height(look) + 2.0 * line) {
        sheet.y += look.gap;
    }
    let label = &sheet.card.labels.comments;
    title(sheet, label, SIDE, sheet.y, CONTENT);
    sheet.y += TITLE;
    for comment in comments {
        sheet.need(heading_height(look) + line);
        let mut bar = sheet.y;
        sheet.pages.element("H3", None);
        let style = regular(look.small, GREY);
        let (style, heading) = fit(sheet.pages, &comment.heading, style, 5.0, CONTENT - 12.0, 1);
        for text in &heading.lines {
            let at = (SIDE + 12.0, sheet.y + look.small * 0.85);
            sheet.pages.text(text, style, at, Align::Start, Reading::Natural);
        }
        sheet.y += heading_height(look);
        sheet.pages.element("P", None);
        for (i, text) in comment.text.lines.iter().enumerate() {
            match text.start {
                Start::Word | Start::Glued if i > 0 => sheet.pages.soft_break(text),
                Start::Word | Start::Glued => {}
                Start::Paragraph => sheet.pages.element("P", None),
                Start::Apart => {
                    sheet.pages.element("P", None);
                    sheet.y += APART * line;
                }
            }
            let before = sheet.y;
            if sheet.need(line) {
                // The bar of the page before is drawn when that page is left.
                let page = sheet.pages.count() - 1;
                sheet.pages.turn_to(page - 1);
                sheet.pages.rule(SIDE, (bar + before) / 2.0, 2.0, before - bar, HAIRLINE);
                sheet.pages.turn_to(page);
                sheet.pages.element("P", None);
                bar = sheet.y;
            }
            let at = (SIDE + 12.0, sheet.y + look.body * 0.98);
            let style = regular(look.body, INK);
            sheet.pages.text(text, style, at, Align::Start, Reading::Natural);
            sheet.y += line;
        }
        sheet.pages.close_mark();
        let length = sheet.y - bar;
        sheet.pages.rule(SIDE, bar + length / 2.0, 2.0, length, HAIRLINE);
        sheet.pages.close_mark();
        sheet.y += look.gap * 0.4;
    }
}

/// Signature lines at the foot of the card's last page.
fn signatures(sheet: &mut Sheet<'_, '_, '_>) {
    sheet.need(SIGNATURES);
    let labels: Vec<String> =
        sheet.card.signatures.iter().map(|label| clean(label)).filter(|label| !label.is_empty()).take(4).collect();
    let gap = 26.0;
    let width = (CONTENT - gap * (labels.len() as f32 - 1.0)) / labels.len() as f32;
    let y = BOTTOM - 16.0;
    for (i, label) in labels.iter().enumerate() {
        let x = SIDE + (width + gap) * i as f32;
        sheet.pages.rule(x, y, width, 0.7, GREY);
        sheet.pages.element("P", None);
        let (style, label) = fit(sheet.pages, label, regular(7.8, GREY), 5.0, width, 1);
        for line in &label.lines {
            sheet.pages.text(line, style, (x, y + 11.0), Align::Start, Reading::Natural);
        }
        sheet.pages.close_mark();
    }
    sheet.y = BOTTOM;
}
