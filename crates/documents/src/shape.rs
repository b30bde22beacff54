//! Turns a line of text into positioned glyphs: bidirectional runs, split by face and script,
//! shaped. Knows no page and no size; all lengths are in thousandths of an em.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use harfrust::{Buffer, ClusterLevel, Direction, Script, ShapeOptions, ShapePlan, ShaperFont, unicode};
use unicode_bidi::{BidiInfo, Level, get_base_direction};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::east_asia::{self, Order};
use crate::fonts::{Fonts, Weight};

/// Which way a line reads when it is put into visual order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reading {
    LeftToRight,
    /// By the first letter that has a direction; without one, as the page reads.
    Natural,
}

/// One glyph, placed; lengths in 1/1000 of the line's em, the face's scale included.
#[derive(Clone, Debug)]
pub(crate) struct Glyph {
    pub(crate) gid: u16,
    pub(crate) advance: f32,
    pub(crate) dx: f32,
    pub(crate) dy: f32,
    /// The advance by the PDF's width table, which holds whole thousandths, cut off.
    pub(crate) table_width: f32,
}

/// Glyphs that stand for one stretch of text and cannot be taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    pub(crate) text: String,
    /// Glyphs in visual order, left to right.
    pub(crate) glyphs: Vec<Glyph>,
}

/// A stretch in one face and one direction; clusters in visual order.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) face: usize,
    pub(crate) right_to_left: bool,
    pub(crate) clusters: Vec<Cluster>,
}

/// A shaped line: runs in visual order, left to right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) runs: Vec<Run>,
    /// Total advance, 1/1000 em.
    pub(crate) width: f32,
    /// Characters that no face has a glyph for, each once. They are left out.
    pub(crate) missing: Vec<char>,
}

/// Shapes lines and remembers them: names of subjects and teachers come back on every card.
pub(crate) struct Shaper<'f> {
    fonts: &'f Fonts,
    /// By face, made when a line needs the face.
    shapers: HashMap<usize, ShaperFont<'f, 'static>>,
    plans: HashMap<(usize, bool, Script), ShapePlan>,
    lines: [HashMap<Box<str>, Rc<Line>>; 4],
    buffer: Buffer,
    /// How the document's Han characters are written where a text does not tell.
    around: Order,
    /// Characters that were looked for in all faces in vain.
    unknown: HashSet<char>,
}

impl<'f> Shaper<'f> {
    pub(crate) fn new(fonts: &'f Fonts, around: Order) -> Self {
        Self {
            fonts,
            shapers: HashMap::new(),
            plans: HashMap::new(),
            lines: Default::default(),
            buffer: Buffer::new(),
            around,
            unknown: HashSet::new(),
        }
    }

    /// Shapes one line. Line breaks and control characters must be gone (see [`clean`]); what is
    /// left of them is drawn as a space.
    pub(crate) fn line(&mut self, text: &str, weight: Weight, right_to_left: bool) -> Rc<Line> {
        let shelf = usize::from(right_to_left) * 2 + usize::from(weight == Weight::SemiBold);
        if let Some(line) = self.lines[shelf].get(text) {
            return Rc::clone(line);
        }
        let line = Rc::new(self.shape_line(text, weight, right_to_left));
        self.lines[shelf].insert(text.into(), Rc::clone(&line));
        line
    }

    /// Whether `text` reads right to left on a page of the given direction.
    pub(crate) fn reads_rtl(text: &str, reading: Reading, page_rtl: bool) -> bool {
        match reading {
            Reading::LeftToRight => false,
            Reading::Natural => match get_base_direction(text) {
                unicode_bidi::Direction::Ltr => false,
                unicode_bidi::Direction::Rtl => true,
                unicode_bidi::Direction::Mixed => page_rtl,
            },
        }
    }

    fn shape_line(&mut self, text: &str, weight: Weight, right_to_left: bool) -> Line {
        let mut line = Line::default();
        if !right_to_left && text.is_ascii() {
            self.shape_level_run(text, false, weight, &mut line);
            return line;
        }
        let base = if right_to_left { Level::rtl() } else { Level::ltr() };
        let bidi = BidiInfo::new(text, Some(base));
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let rtl = levels[run.start].is_rtl();
                self.shape_level_run(&text[run], rtl, weight, &mut line);
            }
        }
        line
    }

    /// Shapes text of one direction, appending to `line` in visual order.
    fn shape_level_run(&mut self, text: &str, rtl: bool, weight: Weight, line: &mut Line) {
        let mut pieces = self.itemise(text, weight, &mut line.missing);
        if rtl {
            pieces.reverse();
        }
        for piece in pieces {
            self.shape_piece(&text[piece.start..piece.end], &piece, rtl, line);
        }
    }

    /// Splits text into pieces of one face and one script. Letters that no face has are in no piece.
    fn itemise(&mut self, text: &str, weight: Weight, missing: &mut Vec<char>) -> Vec<Piece> {
        let order = if text.is_ascii() { self.around } else { east_asia::of_text(text, self.around) };
        let mut pieces: Vec<Piece> = Vec::new();
        // Whether the letter before is left out: what stands upon it goes with it.
        let mut dropped = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            // Isolates have done their work when the runs are known; they are not text.
            if matches!(c, '\u{2066}'..='\u{2069}') {
                continue;
            }
            let end = at + c.len_utf8();
            let script = unicode::script(u32::from(c));
            let neutral = script == Script::COMMON || script == Script::INHERITED;
            if dropped && (script == Script::INHERITED || is_ignorable(c)) {
                continue;
            }
            dropped = false;
            let as_picture = chars.peek().is_some_and(|(_, next)| *next == '\u{FE0F}') && !c.is_ascii();
            if let Some(last) = pieces.last_mut().filter(|last| last.end == at)
                && self.continues(last, c, script, as_picture)
            {
                last.end = end;
                continue;
            }
            match self.face_of(c, order, as_picture, weight) {
                Some(face) => match pieces.last_mut().filter(|last| last.end == at && last.face == face) {
                    // A piece of nothing but spaces and signs takes the script of the first letter.
                    Some(last) if last.script == Script::COMMON && !neutral => {
                        last.end = end;
                        last.script = script;
                    }
                    _ => {
                        let script = if neutral { Script::COMMON } else { script };
                        pieces.push(Piece { start: at, end, face, script });
                    }
                },
                None if is_ignorable(c) => {}
                None => {
                    dropped = true;
                    if !missing.contains(&c) {
                        missing.push(c);
                    }
                }
            }
        }
        pieces
    }

    /// Whether a character is set with the piece before it.
    fn continues(&mut self, last: &Piece, c: char, script: Script, as_picture: bool) -> bool {
        if script == Script::COMMON || script == Script::INHERITED {
            if is_ignorable(c) {
                return true;
            }
            // Digits and spaces beside an emoji are text.
            let of_signs = Fonts::is_of_signs(last.face);
            return self.has(last.face, c) && !(of_signs && self.has(0, c)) && (of_signs || !as_picture);
        }
        script == last.script && self.has(last.face, c)
    }

    /// Whether a typeface of the East Asian part is not installed.
    pub(crate) fn lacks_east_asian(&self) -> bool {
        self.fonts.lacks_east_asian()
    }

    fn has(&mut self, face: usize, c: char) -> bool {
        self.shaper(face).is_some_and(|shaper| shaper.nominal_glyph(u32::from(c)).is_some())
    }

    fn shaper(&mut self, face: usize) -> Option<&ShaperFont<'f, 'static>> {
        match self.shapers.entry(face) {
            Entry::Occupied(there) => Some(there.into_mut()),
            Entry::Vacant(place) => Some(place.insert(ShaperFont::new(&self.fonts.face(face)?.shaping))),
        }
    }

    /// The best face that has a character.
    fn face_of(&mut self, c: char, order: Order, as_picture: bool, weight: Weight) -> Option<usize> {
        if self.unknown.contains(&c) {
            return None;
        }
        for family in Fonts::candidates(c, order, as_picture) {
            let Some((face, _)) = self.fonts.weighted(family, weight) else { continue };
            if self.has(face, c) {
                return Some(face);
            }
        }
        self.unknown.insert(c);
        None
    }

    fn shape_piece(&mut self, text: &str, piece: &Piece, rtl: bool, line: &mut Line) {
        let direction = if rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        // The piece was made because the face is there and has the text.
        let (Some(font), Some(shaper)) = (self.fonts.face(piece.face), self.shapers.get(&piece.face)) else { return };
        let plan = self
            .plans
            .entry((piece.face, rtl, piece.script))
            .or_insert_with(|| ShapePlan::new(&font.shaping, direction, Some(piece.script), None, &[]));
        let buffer = &mut self.buffer;
        buffer.clear();
        buffer.push_str(text);
        buffer.set_direction(direction);
        buffer.set_script(Some(piece.script));
        // A letter and its marks are one cluster where readers would else sort the marks by where they stand; in the
        // scripts of India a reader would see a gap behind such a cluster.
        let whole = rtl || matches!(piece.script, Script::THAI | Script::LAO | Script::KHMER);
        let level = if whole { ClusterLevel::MonotoneGraphemes } else { ClusterLevel::MonotoneCharacters };
        buffer.set_cluster_level(level);
        let shaped = harfrust::shape(shaper, buffer, ShapeOptions::new().plan(Some(plan)));
        // The plan was made for this very direction and script and the buffer holds plain text,
        // so shaping cannot be refused; should it be, the text counts as undrawable.
        if shaped.is_err() {
            line.missing.extend(text.chars());
            return;
        }
        let scale = 1000.0 / font.units * font.scale;
        let mut clusters: Vec<(u32, Vec<Glyph>)> = Vec::new();
        for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let gid = u16::try_from(info.glyph_id).unwrap_or(0);
            let declared = shaper.glyph_h_advance(info.glyph_id.into());
            let glyph = Glyph {
                gid,
                advance: position.x_advance as f32 * scale,
                dx: position.x_offset as f32 * scale,
                dy: position.y_offset as f32 * scale,
                table_width: (declared as f32 * 1000.0 / font.units).trunc() * font.scale,
            };
            line.width += glyph.advance;
            match clusters.last_mut() {
                Some((start, glyphs)) if *start == info.cluster => glyphs.push(glyph),
                _ => clusters.push((info.cluster, vec![glyph])),
            }
        }
        line.runs.push(Run { face: piece.face, right_to_left: rtl, clusters: with_text(text, clusters) });
    }
}

struct Piece {
    start: usize,
    end: usize,
    face: usize,
    script: Script,
}

/// Gives each cluster the text from its start to the start of the next one in logical order.
fn with_text(text: &str, clusters: Vec<(u32, Vec<Glyph>)>) -> Vec<Cluster> {
    let mut starts: Vec<usize> = clusters.iter().map(|(start, _)| *start as usize).collect();
    starts.sort_unstable();
    starts.dedup();
    clusters
        .into_iter()
        .map(|(start, glyphs)| {
            let start = start as usize;
            let next = starts.partition_point(|&s| s <= start);
            let end = starts.get(next).copied().unwrap_or(text.len());
            Cluster { text: text.get(start..end).unwrap_or_default().to_owned(), glyphs }
        })
        .collect()
}

/// Characters that shape the text around them and need no glyph of their own.
fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
    ) || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
        || matches!(c, '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Makes text safe to set: line breaks, tabs and wide spaces become spaces, other control characters and
/// anything that forces a direction on its surroundings is dropped, ends are trimmed.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{1C}'..='\u{1F}' => {
                out.push(' ');
            }
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => {}
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            // Wide and thin spaces are spaces; those that hold words together stay.
            c if c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}') => out.push(' '),
            c => out.push(c),
        }
    }
    let out = composed(out);
    let trimmed = out.trim();
    if trimmed.len() == out.len() { out } else { trimmed.to_owned() }
}

/// Letters and the marks upon them as one character where there is one (NFC): fonts have that one,
/// and some keyboards and systems write the other. Compatibility ideographs stay as they are, because
/// a name may be written with that very form.
fn composed(text: String) -> String {
    let apart = |c| canonical_combining_class(c) != 0 || matches!(c, '\u{1100}'..='\u{11FF}');
    let variant = |c| matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}');
    if !text.chars().any(apart) || text.chars().any(variant) { text } else { text.nfc().collect() }
}

/// Puts `text` between isolates, so that it cannot disturb the order of what stands beside it.
pub(crate) fn isolated(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_is_one_line_and_turns_nothing_round() {
        assert_eq!(clean(" a\tb\r\nc\u{0}\u{7f}d "), "a b  cd");
        assert_eq!(clean("\u{202e}abc\u{202c}\u{2067}x\u{2069}"), "abcx");
        assert_eq!(clean("नमस्\u{200d}ते"), "नमस्\u{200d}ते");
        assert_eq!(clean("山田\u{3000}太郎 Jose\u{301} «\u{a0}x"), "山田 太郎 José «\u{a0}x");
        assert_eq!(clean("\u{fa19}谷 e\u{301}"), "\u{fa19}谷 e\u{301}", "a name's own form stays");
    }

    #[test]
    fn a_text_reads_as_its_first_letter_does() {
        let rtl = |text, page| Shaper::reads_rtl(text, Reading::Natural, page);
        assert!(rtl("محمد (Grade 9)", false));
        assert!(!rtl("Grade 9 محمد", true));
        assert!(rtl("12.5 %", true) && !rtl("12.5 %", false));
        assert!(rtl(&format!("{} · x", isolated("abc")), true) == rtl("x", true));
    }

    #[test]
    fn clusters_cover_the_text_in_either_direction() {
        let glyph = Glyph { gid: 1, advance: 0.0, dx: 0.0, dy: 0.0, table_width: 0.0 };
        let texts = |starts: &[u32]| -> Vec<String> {
            let clusters = starts.iter().map(|&start| (start, vec![glyph.clone()])).collect();
            with_text("abcd", clusters).into_iter().map(|c| c.text).collect()
        };
        assert_eq!(texts(&[0, 1, 3]), ["a", "bc", "d"]);
        assert_eq!(texts(&[3, 1, 0]), ["d", "bc", "a"]);
    }
}
