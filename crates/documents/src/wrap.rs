//! Breaks paragraphs into lines that fit a width.

use std::ops::Deref;

use unicode_segmentation::UnicodeSegmentation;

use crate::page::{Pages, Style};
use crate::shape::{Reading, clean};

/// How a line goes on from the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Start {
    /// After a space.
    #[default]
    Word,
    /// Without a space: inside a word, or in a script that has none.
    Glued,
    /// It begins a new paragraph.
    Paragraph,
    /// The same, with a blank line between.
    Apart,
}

/// One line of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TextLine {
    pub(crate) text: String,
    pub(crate) start: Start,
}

impl Deref for TextLine {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// A paragraph in lines; `cut` tells that not all of it is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wrapped {
    pub(crate) lines: Vec<TextLine>,
    pub(crate) cut: bool,
}

/// Breaks `text` where its script allows it (UAX #14; where a piece alone is too wide, inside it)
/// into lines of at most `width` points. Past `max_lines` the last line ends with an ellipsis and
/// `cut` is set.
pub(crate) fn wrap(pages: &mut Pages<'_>, text: &str, style: Style, width: f32, max_lines: usize) -> Wrapped {
    let mut out = Wrapped::default();
    let space = pages.width(" ", style, Reading::LeftToRight);
    let text = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut line = TextLine::default();
    let mut used = 0.0;
    // Whether a space stands before the next piece.
    let mut spaced = true;
    for piece in pieces(&text) {
        let word = piece.trim_end_matches(' ');
        let gap = if spaced { space } else { 0.0 };
        let start = if spaced { Start::Word } else { Start::Glued };
        let wide = pages.width(word, style, Reading::Natural);
        let had_space = std::mem::replace(&mut spaced, word.len() < piece.len());
        if !line.is_empty() && used + gap + wide <= width {
            if had_space {
                line.text.push(' ');
            }
            line.text.push_str(word);
            used += gap + wide;
            continue;
        }
        if !line.is_empty() {
            out.lines.push(std::mem::take(&mut line));
        }
        if wide <= width {
            line = TextLine { text: word.to_owned(), start };
            used = wide;
        } else {
            let mut parts = split_word(pages, word, style, width, start);
            line = parts.pop().unwrap_or_default();
            used = pages.width(&line, style, Reading::Natural);
            out.lines.append(&mut parts);
        }
        if out.lines.len() >= max_lines {
            // What is still to come cannot fit any more.
            line.text.clear();
            out.cut = true;
            break;
        }
    }
    if !line.is_empty() {
        out.lines.push(line);
    }
    if out.lines.len() > max_lines || out.cut {
        out.lines.truncate(max_lines);
        out.cut = true;
        if let Some(last) = out.lines.last_mut() {
            shorten(pages, &mut last.text, style, width);
        }
    }
    out
}

/// The same for text of several paragraphs as people type it: each begins a line of its own.
pub(crate) fn wrap_paragraphs(
    pages: &mut Pages<'_>,
    text: &str,
    style: Style,
    width: f32,
    max_lines: usize,
) -> Wrapped {
    let mut out = Wrapped::default();
    let mut blank = false;
    let text = text.replace("\r\n", "\n");
    for paragraph in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).map(clean) {
        if paragraph.is_empty() {
            blank = true;
            continue;
        }
        let room = max_lines.saturating_sub(out.lines.len());
        if room == 0 {
            if let Some(last) = out.lines.last_mut().filter(|_| !out.cut) {
                shorten(pages, &mut last.text, style, width);
            }
            out.cut = true;
            break;
        }
        let mut wrapped = wrap(pages, &paragraph, style, width, room);
        if let Some(first) = wrapped.lines.first_mut().filter(|_| !out.lines.is_empty()) {
            first.start = if blank { Start::Apart } else { Start::Paragraph };
        }
        blank = false;
        out.lines.append(&mut wrapped.lines);
        out.cut |= wrapped.cut;
    }
    out
}

/// Splits text behind each place where a line may end.
fn pieces(text: &str) -> Vec<&str> {
    let mut from = 0;
    let ends = unicode_linebreak::linebreaks(text);
    ends.filter_map(|(end, _)| text.get(std::mem::replace(&mut from, end)..end)).collect()
}

/// Cuts a word that is wider than a line into pieces that are not, never inside a letter with what
/// stands upon, below or around it.
fn split_word(pages: &mut Pages<'_>, word: &str, style: Style, width: f32, start: Start) -> Vec<TextLine> {
    let mut parts = Vec::new();
    let mut part = TextLine { text: String::new(), start };
    let mut used = 0.0;
    for letter in letters(word) {
        let wide = pages.width(letter, style, Reading::Natural);
        if !part.is_empty() && used + wide > width {
            parts.push(std::mem::replace(&mut part, TextLine { text: String::new(), start: Start::Glued }));
            used = 0.0;
        }
        part.text.push_str(letter);
        used += wide;
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// Letters with all that belongs to them (UAX #29), and what a virama joins in one piece.
fn letters(word: &str) -> Vec<&str> {
    let mut letters = Vec::new();
    let mut from = 0;
    for (at, letter) in word.grapheme_indices(true) {
        let end = at + letter.len();
        let joins =
            letter.chars().next_back().is_some_and(|c| harfrust::unicode::combining_class(u32::from(c)) == VIRAMA);
        if !joins || end == word.len() {
            letters.extend(word.get(from..end));
            from = end;
        }
    }
    letters
}

/// The canonical combining class of viramas, by which a letter is written into the next.
const VIRAMA: u8 = 9;

/// Ends `line` with an ellipsis, dropping as many characters as that needs.
fn shorten(pages: &mut Pages<'_>, line: &mut String, style: Style, width: f32) {
    loop {
        let shown = format!("{}…", line.trim_end());
        if line.is_empty() || pages.width(&shown, style, Reading::Natural) <= width {
            *line = shown;
            return;
        }
        let end = letters(line).last().map_or(0, |letter| line.len() - letter.len());
        line.truncate(end);
    }
}

/// Sets `text` in one line if that is possible at `style.size` or smaller, down to `smallest`
/// points; else breaks it at the smallest size. Gives the style used and the lines.
pub(crate) fn fit(
    pages: &mut Pages<'_>,
    text: &str,
    style: Style,
    smallest: f32,
    width: f32,
    max_lines: usize,
) -> (Style, Wrapped) {
    let full = pages.width(text, style, Reading::Natural);
    let size = (style.size * width / full.max(0.01)).min(style.size);
    if size >= smallest {
        // A little less than exact, so that rounding cannot make it too wide.
        let size = if size < style.size { (size * 10.0).floor() / 10.0 } else { size };
        let lines = vec![TextLine { text: text.to_owned(), start: Start::Word }];
        return (Style { size, ..style }, Wrapped { lines, cut: false });
    }
    let style = Style { size: smallest, ..style };
    let wrapped = wrap(pages, text, style, width, max_lines);
    (style, wrapped)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::Fonts;
    use crate::page::{INK, regular};

    fn texts(wrapped: &Wrapped) -> Vec<&str> {
        wrapped.lines.iter().map(|line| line.text.as_str()).collect()
    }

    fn with_pages(test: impl FnOnce(&mut Pages<'_>)) {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vendor/fonts");
        match Fonts::load(&dir) {
            Ok(fonts) => test(&mut Pages::new(&fonts, crate::east_asia::DEFAULT)),
            Err(error) => println!("skipped: {error}"),
        }
    }

    #[test]
    fn lines_break_at_spaces_and_a_long_word_inside() {
        with_pages(|pages| {
            let style = regular(10.0, INK);
            let wrapped = wrap(pages, "one two  three", style, 45.0, 9);
            assert_eq!(texts(&wrapped), ["one two", "three"]);
            let wrapped = wrap(pages, "abcdefghijklmnop qr", style, 45.0, 9);
            assert!(wrapped.lines.len() > 2 && !wrapped.cut);
            assert_eq!(texts(&wrapped).concat().replace(' ', ""), "abcdefghijklmnopqr");
            assert_eq!(wrapped.lines[1].start, Start::Glued);
        });
    }

    #[test]
    fn what_is_cut_ends_with_an_ellipsis() {
        with_pages(|pages| {
            let wrapped = wrap(pages, "one two three four five six", regular(10.0, INK), 50.0, 2);
            assert!(wrapped.cut && wrapped.lines.len() == 2 && wrapped.lines[1].ends_with('…'));
        });
    }

    #[test]
    fn paragraphs_stay_paragraphs() {
        with_pages(|pages| {
            let text = "One.\r\nTwo two.\n\n \nThree.\n";
            let wrapped = wrap_paragraphs(pages, text, regular(10.0, INK), 500.0, 9);
            assert_eq!(texts(&wrapped), ["One.", "Two two.", "Three."]);
            let starts: Vec<Start> = wrapped.lines.iter().map(|line| line.start).collect();
            assert_eq!(starts, [Start::Word, Start::Paragraph, Start::Apart]);
            let wrapped = wrap_paragraphs(pages, text, regular(10.0, INK), 500.0, 2);
            assert!(wrapped.cut && wrapped.lines.len() == 2 && wrapped.lines[1].ends_with('…'));
        });
    }

    #[test]
    fn text_without_spaces_breaks_where_its_script_allows() {
        assert_eq!(pieces("（他）很好。"), ["（他）", "很", "好。"]);
        assert_eq!(pieces("Anna-Lena went"), ["Anna-", "Lena ", "went"]);
        assert_eq!(letters("ស្រី"), ["ស្រី"], "what stands below stays with its letter");
        assert_eq!(letters("กำลัง"), ["กำ", "ลั", "ง"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_lost_and_every_line_fits(text in "[a-zA-Z ء-ي अ-ह]{0,80}", width in 30.0f32..300.0) {
            with_pages(|pages| {
                let style = regular(9.0, INK);
                let wrapped = wrap(pages, &text, style, width, usize::MAX);
                let letters = |text: &str| text.split_whitespace().collect::<String>();
                assert_eq!(letters(&texts(&wrapped).concat()), letters(&text));
                for line in &wrapped.lines {
                    // A letter at a join may be shaped wider than it was alone.
                    assert!(pages.width(line, style, Reading::Natural) <= width * 1.15 + 3.0);
                }
            });
        }
    }
}
