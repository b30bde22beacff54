//! The order of things on a card, and how tightly they stand: loosely if that fits one page, more
//! tightly if not, and over several pages when even that is not enough. Nothing is cut off.

use words::Message;
use words::faults::documents;

use crate::page::{HEIGHT, Pages, WIDTH};
use crate::picture::Picture;
use crate::shape::clean;
use crate::values::{MAX_FIELD, Problem, ProblemCode, ReportCard};

use super::blocks::{self, Closing};
use super::head;
use super::table::Table;

/// Margin at both sides, points.
pub(super) const SIDE: f32 = 48.0;
/// Width between the margins.
pub(super) const CONTENT: f32 = WIDTH - 2.0 * SIDE;
/// Where the first line of a page may begin.
pub(super) const TOP: f32 = 42.0;
/// Where content must end.
pub(super) const BOTTOM: f32 = HEIGHT - 56.0;

/// How tightly a card is set. Sizes and distances in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Text size of the table and the comments.
    pub(super) body: f32,
    /// Text size of what stands below and beside.
    pub(super) small: f32,
    /// Space above and below a table row's text.
    pub(super) pad: f32,
    /// Space between blocks.
    pub(super) gap: f32,
    /// Text size in the chart.
    pub(super) chart: f32,
    /// How much of its natural height a chart with many rows gets.
    pub(super) chart_share: f32,
    /// Whether the teacher stands beside the subject instead of below it.
    pub(super) inline: bool,
}

const LOOKS: [Look; 5] = [
    look([9.5, 7.6, 5.0, 22.0], [8.0, 1.0], false),
    look([9.2, 7.4, 3.4, 16.0], [7.5, 0.85], false),
    look([8.8, 7.2, 3.2, 13.0], [7.0, 0.78], true),
    look([8.4, 7.0, 2.0, 10.0], [6.2, 0.72], true),
    look([8.0, 6.8, 1.1, 7.0], [5.8, 0.66], true),
];

const fn look(sizes: [f32; 4], chart: [f32; 2], inline: bool) -> Look {
    let [body, small, pad, gap] = sizes;
    let [chart, chart_share] = chart;
    Look { body, small, pad, gap, chart, chart_share, inline }
}

/// A card being drawn: where it stands and what was found on the way.
pub(super) struct Sheet<'c, 'p, 'f> {
    pub(super) card: &'c ReportCard,
    pub(super) pages: &'p mut Pages<'f>,
    pub(super) look: Look,
    /// Where the next block begins, points from the top.
    pub(super) y: f32,
    /// Names of fields that were too long.
    pub(super) shortened: Vec<Message>,
    pub(super) chart_failed: Option<Message>,
}

/// Draws one card, beginning on a new page.
pub(super) fn draw(pages: &mut Pages<'_>, card: &ReportCard, logo: Option<&Picture>, problems: &mut Vec<Problem>) {
    pages.rtl = card.rtl;
    pages.add_page();
    let first_page = pages.count() - 1;
    let outer = pages.group("Sect");
    let mut sheet = Sheet { card, pages, look: LOOKS[0], y: TOP, shortened: Vec::new(), chart_failed: None };
    head::draw(&mut sheet, logo);
    let (table, closing) = sheet.tightest_needed();
    table.draw(&mut sheet);
    blocks::draw(&mut sheet, &closing);
    let Sheet { pages, shortened, chart_failed, .. } = sheet;
    head::running_feet(pages, card, first_page);
    pages.close_group(outer);
    report(card, shortened, chart_failed, problems);
}

impl Sheet<'_, '_, '_> {
    /// The loosest look with which the rest of the card fits this page, or, when none does, one
    /// that reads well over several pages.
    fn tightest_needed(&mut self) -> (Table, Closing) {
        let notes = self.shortened.len();
        for look in LOOKS {
            self.look = look;
            self.shortened.truncate(notes);
            let mut table = Table::plan(self);
            let closing = Closing::plan(self);
            let spare = BOTTOM - self.y - table.height() - closing.height(look);
            if spare >= 0.0 {
                self.spread(spare, &mut table);
                return (table, closing);
            }
        }
        self.look = LOOKS[1];
        self.shortened.truncate(notes);
        (Table::plan(self), Closing::plan(self))
    }

    /// Gives room that is left over back to what was pressed together: at most as much as the
    /// loosest look has.
    fn spread(&mut self, spare: f32, table: &mut Table) {
        // There are at most three gaps; a fifth each leaves most to the rows.
        let gap = (spare / 5.0).min(LOOKS[0].gap - self.look.gap);
        let pad = (spare - 3.0 * gap) / (2 * table.rows().max(1)) as f32;
        let pad = pad.min(LOOKS[0].pad - self.look.pad).max(0.0);
        self.look.gap += gap;
        self.look.pad += pad;
        table.loosen(2.0 * pad);
    }

    /// Makes room for `height` points, on a new page if need be; tells whether it is a new one.
    pub(super) fn need(&mut self, height: f32) -> bool {
        if self.y + height <= BOTTOM {
            return false;
        }
        self.pages.close_mark();
        self.pages.add_page();
        self.y = TOP;
        head::continued(self);
        true
    }

    /// A field's text, ready to be set: cleaned, and shortened if nobody could have meant it.
    pub(super) fn field(&mut self, name: Message, text: &str) -> String {
        clean(&self.limited(name, text, MAX_FIELD))
    }

    /// The same with its paragraphs as they are, to be wrapped as such.
    pub(super) fn limited(&mut self, name: Message, text: &str, most: usize) -> String {
        if text.chars().nth(most).is_none() {
            return text.to_owned();
        }
        self.note_shortened(name);
        let start: String = text.chars().take(most).collect();
        format!("{}…", start.trim_end())
    }

    pub(super) fn note_shortened(&mut self, name: Message) {
        if !self.shortened.contains(&name) {
            self.shortened.push(name);
        }
    }
}

fn report(card: &ReportCard, shortened: Vec<Message>, chart_failed: Option<Message>, problems: &mut Vec<Problem>) {
    let mut add = |code, message| {
        problems.push(Problem::of(card, code, message, false));
    };
    if !shortened.is_empty() {
        add(ProblemCode::TextShortened, documents::shortened(shortened));
    }
    if let Some(reason) = chart_failed {
        add(ProblemCode::BrokenChart, documents::without_chart(reason));
    }
}
