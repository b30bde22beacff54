//! The top of a card (school, student, overall result) and what runs along on every page.

use words::faults::documents::part;

use crate::page::{ACCENT, Align, GREY, HAIRLINE, HEIGHT, INK, Pages, Style, TINT, WIDTH, regular, semibold};
use crate::picture::Picture;
use crate::shape::{Reading, clean, isolated};
use crate::values::{MAX_FIELD, ReportCard};
use crate::wrap::{TextLine, fit, wrap, wrap_paragraphs};

use super::check::shown_name;
use super::layout::{CONTENT, SIDE, Sheet, TOP};

/// The box that a logo is fitted into, width and height in points: most are square, some are banners.
const LOGO: (f32, f32) = (120.0, 48.0);
/// Width of what the card is about (title, term, date), at the end of the head.
const OCCASION: f32 = 150.0;
/// Width of the panel with the overall result.
const OVERALL: f32 = 204.0;
const OVERALL_HEIGHT: f32 = 58.0;

pub(super) fn draw(sheet: &mut Sheet<'_, '_, '_>, logo: Option<&Picture>) {
    let school_end = school(sheet, logo);
    let occasion_end = occasion(sheet);
    let y = school_end.max(occasion_end) + 11.0;
    sheet.pages.close_mark();
    sheet.pages.rule(SIDE, y, CONTENT, 1.6, ACCENT);
    sheet.y = y + 16.0;
    let panel_end = overall(sheet);
    let student_end = student(sheet, panel_end > sheet.y);
    sheet.y = panel_end.max(student_end) + 18.0;
}

/// Draws `lines` from a first baseline at `y` on; gives the last baseline.
fn lines(pages: &mut Pages<'_>, lines: &[TextLine], style: Style, x: f32, y: f32) -> f32 {
    let mut baseline = y;
    for (i, line) in lines.iter().enumerate() {
        if i > 0 {
            pages.soft_break(line);
            baseline += style.size * 1.25;
        }
        pages.text(line, style, (x, baseline), Align::Start, Reading::Natural);
    }
    baseline
}

fn school(sheet: &mut Sheet<'_, '_, '_>, logo: Option<&Picture>) -> f32 {
    let card = sheet.card;
    let mut x = SIDE;
    let mut end = TOP;
    if let Some(picture) = logo {
        let (w, h) = (picture.pixels.0 as f32, picture.pixels.1 as f32);
        let scale = (LOGO.0 / w.max(1.0)).min(LOGO.1 / h.max(1.0));
        let size = (w * scale, h * scale);
        sheet.pages.element("Figure", Some(clean(&card.school.name)));
        let top = TOP + (LOGO.1 - size.1) / 2.0;
        sheet.pages.picture(&picture.id, picture.pixels, (SIDE, top), size);
        x += size.0.max(LOGO.1 / 2.0) + 14.0;
        end = TOP + LOGO.1;
    }
    let room = SIDE + CONTENT - OCCASION - 20.0 - x;
    let name = sheet.field(part::school_name(), &card.school.name);
    let (style, name) = fit(sheet.pages, &name, semibold(18.0, INK), 13.0, room, 3);
    if name.cut {
        sheet.note_shortened(part::school_name());
    }
    sheet.pages.element("P", None);
    let mut y = lines(sheet.pages, &name.lines, style, x, TOP + 15.0) + 3.5;
    let small = regular(8.4, GREY);
    for (label, text) in
        [(part::school_address(), &card.school.address), (part::school_telephone(), &card.school.phone)]
    {
        let text = sheet.limited(label.clone(), text, MAX_FIELD);
        if text.trim().is_empty() {
            continue;
        }
        let wrapped = wrap_paragraphs(sheet.pages, &text, small, room, 4);
        if wrapped.cut {
            sheet.note_shortened(label);
        }
        sheet.pages.element("P", None);
        y = lines(sheet.pages, &wrapped.lines, small, x, y + 13.0);
    }
    end.max(y)
}

fn occasion(sheet: &mut Sheet<'_, '_, '_>) -> f32 {
    let card = sheet.card;
    let edge = SIDE + CONTENT;
    let title = clean(&card.labels.title);
    sheet.pages.element("H1", None);
    let (style, title) = fit(sheet.pages, &title, semibold(13.0, ACCENT), 9.0, OCCASION, 1);
    for line in &title.lines {
        sheet.pages.text(line, style, (edge, TOP + 15.0), Align::End, Reading::Natural);
    }
    let mut y = TOP + 18.5;
    let issued = if card.date.is_empty() {
        String::new()
    } else {
        format!("{} {}", card.labels.issued, isolated(&clean(&card.date)))
    };
    // The isolates around the date are ours and must stay.
    let (term, year) = (sheet.field(part::term(), &card.term), sheet.field(part::year(), &card.year));
    for (label, text, style) in [
        (part::term(), term, semibold(9.2, INK)),
        (part::year(), year, regular(9.2, INK)),
        (part::date_of_issue(), issued, regular(8.4, GREY)),
    ] {
        if text.is_empty() {
            continue;
        }
        sheet.pages.element("P", None);
        let wrapped = wrap(sheet.pages, &text, style, OCCASION, 2);
        if wrapped.cut {
            sheet.note_shortened(label);
        }
        for line in &wrapped.lines {
            y += 13.0;
            let at = (edge, y);
            sheet.pages.text(line, style, at, Align::End, Reading::Natural);
        }
    }
    y
}

fn student(sheet: &mut Sheet<'_, '_, '_>, beside_panel: bool) -> f32 {
    let card = sheet.card;
    let room = if beside_panel { CONTENT - OVERALL - 24.0 } else { CONTENT };
    let name = shown_name(card, sheet.pages);
    let (style, name) = fit(sheet.pages, &name, semibold(20.0, INK), 13.0, room, usize::MAX);
    sheet.pages.element("H2", None);
    let top = sheet.y + 18.0;
    let mut y = lines(sheet.pages, &name.lines, style, SIDE, top);
    let native = clean(card.student.name_native.as_deref().unwrap_or_default());
    if !native.is_empty() && native != clean(&card.student.name) {
        let (style, native) = fit(sheet.pages, &native, regular(15.0, INK), 10.0, room, usize::MAX);
        sheet.pages.element("P", None);
        y = lines(sheet.pages, &native.lines, style, SIDE, y + 21.0);
    }
    facts(sheet, room, y + 17.0)
}

/// Number, class and date of birth side by side: a small label above each value. Gives the last
/// baseline.
fn facts(sheet: &mut Sheet<'_, '_, '_>, room: f32, y: f32) -> f32 {
    let card = sheet.card;
    let birth = card.student.birth_date.clone().unwrap_or_default();
    let facts = [
        (part::student_number(), &card.labels.number, &card.student.number),
        (part::class(), &card.labels.class, &card.student.class),
        (part::date_of_birth(), &card.labels.birth_date, &birth),
    ];
    let facts: Vec<_> = facts.into_iter().filter(|f| !f.2.is_empty()).collect();
    if facts.is_empty() {
        return y - 17.0;
    }
    let column = room / facts.len().max(3) as f32;
    let mut end = y;
    for (i, (name, label, value)) in facts.into_iter().enumerate() {
        let x = SIDE + column * i as f32;
        let value = sheet.field(name.clone(), value);
        let style = regular(9.6, INK);
        let (style, wrapped) = fit(sheet.pages, &value, style, 8.0, column - 8.0, 4);
        if wrapped.cut {
            sheet.note_shortened(name);
        }
        sheet.pages.element("P", None);
        let label = clean(label);
        let (small, label) = fit(sheet.pages, &label, regular(7.2, GREY), 5.5, column - 8.0, 1);
        lines(sheet.pages, &label.lines, small, x, y);
        sheet.pages.element("P", None);
        end = end.max(lines(sheet.pages, &wrapped.lines, style, x, y + 12.5));
    }
    end
}

/// The panel with the overall result, at the end of the student's block; gives its lower edge,
/// or the block's top if there is none.
fn overall(sheet: &mut Sheet<'_, '_, '_>) -> f32 {
    let card = sheet.card;
    let Some(overall) = &card.overall else {
        return sheet.y;
    };
    let x = SIDE + CONTENT - OVERALL;
    let y = sheet.y;
    let labels = &card.labels;
    let mut cells = vec![(&labels.overall, overall.text.clone(), ACCENT, 1.45)];
    if let Some(grade) = overall.grade.as_deref().filter(|g| !g.is_empty()) {
        cells.push((&labels.grade, grade.to_owned(), INK, 0.75));
    }
    if let Some(rank) = overall.rank {
        let place = format!("{rank}{}{}", labels.rank_of, overall.of);
        cells.push((&labels.rank, place, INK, 1.1));
    }
    let total: f32 = cells.iter().map(|cell| cell.3).sum();
    sheet.pages.close_mark();
    sheet.pages.panel(x, y, OVERALL, OVERALL_HEIGHT, TINT);
    let mut cell_x = x + 14.0;
    let room = OVERALL - 22.0;
    for (label, value, colour, share) in cells {
        let width = room * share / total;
        let value = sheet.field(part::overall_result(), &value);
        let style = semibold(19.0, colour);
        let (style, value) = fit(sheet.pages, &value, style, 8.0, width - 8.0, 1);
        if value.cut {
            sheet.note_shortened(part::overall_result());
        }
        sheet.pages.element("P", None);
        let label = clean(label);
        let (small, label) = fit(sheet.pages, &label, regular(7.2, GREY), 5.0, width - 6.0, 1);
        lines(sheet.pages, &label.lines, small, cell_x, y + 15.0);
        sheet.pages.element("P", None);
        for line in &value.lines {
            let at = (cell_x, y + 35.0);
            sheet.pages.text(line, style, at, Align::Start, Reading::LeftToRight);
        }
        cell_x += width;
    }
    if let Some(mean) = overall.class_mean {
        let mean = number(mean, sheet.card);
        let text = format!("{} {}", labels.class_mean, isolated(&mean));
        sheet.pages.element("P", None);
        let at = (x + 14.0, y + 49.5);
        let (style, text) = fit(sheet.pages, &text, regular(7.6, GREY), 5.0, room, 1);
        lines(sheet.pages, &text.lines, style, at.0, at.1);
    }
    y + OVERALL_HEIGHT
}

/// A percentage with the card's decimals, rounded before.
pub(super) fn number(value: f64, card: &ReportCard) -> String {
    format!("{value:.*}", card.decimals.into()).replace('.', &card.labels.decimal_mark)
}

/// The top of a card's second and later pages.
pub(super) fn continued(sheet: &mut Sheet<'_, '_, '_>) {
    let name = isolated(&shown_name(sheet.card, sheet.pages));
    let text = sheet.card.labels.continued.replace("{name}", &name);
    let style = semibold(10.0, INK);
    let (style, text) = fit(sheet.pages, &text, style, 7.0, CONTENT, 3);
    let y = sheet.y + 8.0;
    sheet.pages.artifact();
    let end = lines(sheet.pages, &text.lines, style, SIDE, y) + 8.0;
    sheet.pages.rule(SIDE, end, CONTENT, 1.6, ACCENT);
    sheet.pages.close_mark();
    sheet.y = end + 18.0;
}

/// The line at the foot of each of a card's pages, without the page number.
pub(super) fn running_feet(pages: &mut Pages<'_>, card: &ReportCard, first: usize) {
    let parts = [shown_name(card, pages), clean(&card.term), clean(&card.school.name)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).map(|part| isolated(&part)).collect();
    let style = regular(7.0, GREY);
    let text = wrap(pages, &parts.join("  ·  "), style, CONTENT - 110.0, 1);
    for page in first..pages.count() {
        pages.turn_to(page);
        pages.artifact();
        pages.rule(SIDE, HEIGHT - 43.0, CONTENT, 0.5, HAIRLINE);
        for line in &text.lines {
            let at = (SIDE, HEIGHT - 31.0);
            pages.text(line, style, at, Align::Start, Reading::Natural);
        }
        pages.close_mark();
    }
}

/// Writes “page n of m” on every page, now that m is known: of the card that the page belongs to and
/// in its words, because a family gets one card and not the class's.
pub(super) fn number_pages(pages: &mut Pages<'_>, places: &[(&ReportCard, usize, usize)]) {
    let style = regular(7.0, GREY);
    for &(card, start, count) in places {
        pages.rtl = card.rtl;
        for page in 0..count {
            let words = clean(&card.labels.page)
                .replace("{page}", &(page + 1).to_string())
                .replace("{pages}", &count.to_string());
            pages.turn_to(start + page);
            pages.artifact();
            let at = (WIDTH - SIDE, HEIGHT - 31.0);
            pages.text(&words, style, at, Align::End, Reading::Natural);
            pages.close_mark();
        }
    }
}
