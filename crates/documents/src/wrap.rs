//! Breaks paragraphs into lines that fit a width.

use crate::page::{Pages, Style};
use crate::shape::Reading;

/// A paragraph in lines; `cut` tells that not all of it is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wrapped {
    pub(crate) lines: Vec<String>,
    pub(crate) cut: bool,
}

/// Breaks `text` at spaces (and, where a word alone is too wide, inside it) into lines of at most
/// `width` points. Past `max_lines` the last line ends with an ellipsis and `cut` is set.
pub(crate) fn wrap(pages: &mut Pages<'_>, text: &str, style: Style, width: f32, max_lines: usize) -> Wrapped {
    let mut out = Wrapped::default();
    let space = pages.width(" ", style, Reading::LeftToRight);
    let mut line = String::new();
    let mut used = 0.0;
    let words = text.split_whitespace();
    for word in words {
        let wide = pages.width(word, style, Reading::Natural);
        if !line.is_empty() && used + space + wide <= width {
            line.push(' ');
            line.push_str(word);
            used += space + wide;
            continue;
        }
        if !line.is_empty() {
            out.lines.push(std::mem::take(&mut line));
        }
        if wide <= width {
            line.push_str(word);
            used = wide;
        } else {
            let mut parts = split_word(pages, word, style, width);
            line = parts.pop().unwrap_or_default();
            used = pages.width(&line, style, Reading::Natural);
            out.lines.append(&mut parts);
        }
        if out.lines.len() >= max_lines {
            // What is still to come cannot fit any more.
            line.clear();
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
            shorten(pages, last, style, width);
        }
    }
    out
}

/// Cuts a word that is wider than a line into pieces that are not, never before a mark.
fn split_word(pages: &mut Pages<'_>, word: &str, style: Style, width: f32) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut used = 0.0;
    let mut letter = String::new();
    for (at, c) in word.char_indices() {
        letter.push(c);
        let ends = word[at + c.len_utf8()..].chars().next().is_none_or(|next| !clings(next));
        if !ends {
            continue;
        }
        let wide = pages.width(&letter, style, Reading::Natural);
        if !part.is_empty() && used + wide > width {
            parts.push(std::mem::take(&mut part));
            used = 0.0;
        }
        part.push_str(&letter);
        used += wide;
        letter.clear();
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// Characters that may not begin a line.
fn clings(c: char) -> bool {
    harfrust::unicode::combining_class(u32::from(c)) != 0
        || harfrust::unicode::script(u32::from(c)) == harfrust::Script::INHERITED
        || matches!(c, '\u{900}'..='\u{903}' | '\u{93A}'..='\u{94F}' | '\u{955}'..='\u{957}' | '\u{962}' | '\u{963}' | '\u{200C}' | '\u{200D}')
}

/// Ends `line` with an ellipsis, dropping as many characters as that needs.
fn shorten(pages: &mut Pages<'_>, line: &mut String, style: Style, width: f32) {
    loop {
        let shown = format!("{}…", line.trim_end());
        if line.is_empty() || pages.width(&shown, style, Reading::Natural) <= width {
            *line = shown;
            return;
        }
        line.pop();
        while line.chars().next_back().is_some_and(clings) {
            line.pop();
        }
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
        let lines = vec![text.to_owned()];
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

    fn with_pages(test: impl FnOnce(&mut Pages<'_>)) {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vendor/fonts");
        match Fonts::load(&dir) {
            Ok(fonts) => test(&mut Pages::new(&fonts)),
            Err(error) => println!("skipped: {error}"),
        }
    }

    #[test]
    fn lines_break_at_spaces_and_a_long_word_inside() {
        with_pages(|pages| {
            let style = regular(10.0, INK);
            let wrapped = wrap(pages, "one two  three", style, 45.0, 9);
            assert_eq!(wrapped.lines, ["one two", "three"]);
            let wrapped = wrap(pages, "abcdefghijklmnop qr", style, 45.0, 9);
            assert!(wrapped.lines.len() > 2 && !wrapped.cut);
            assert_eq!(wrapped.lines.concat().replace(' ', ""), "abcdefghijklmnopqr");
        });
    }

    #[test]
    fn what_is_cut_ends_with_an_ellipsis() {
        with_pages(|pages| {
            let wrapped = wrap(pages, "one two three four five six", regular(10.0, INK), 50.0, 2);
            assert!(wrapped.cut && wrapped.lines.len() == 2 && wrapped.lines[1].ends_with('…'));
        });
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_lost_and_every_line_fits(text in "[a-zA-Z ء-ي अ-ह]{0,80}", width in 30.0f32..300.0) {
            with_pages(|pages| {
                let style = regular(9.0, INK);
                let wrapped = wrap(pages, &text, style, width, usize::MAX);
                let letters = |text: &str| text.split_whitespace().collect::<String>();
                assert_eq!(letters(&wrapped.lines.concat()), letters(&text));
                for line in &wrapped.lines {
                    // A letter at a join may be shaped wider than it was alone.
                    assert!(pages.width(line, style, Reading::Natural) <= width * 1.15 + 3.0);
                }
            });
        }
    }
}
