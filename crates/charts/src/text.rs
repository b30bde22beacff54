//! Text that fits: how wide it will be, what is cut, and what a file may hold. Widths are
//! estimates for a wide sans-serif font, as the fonts of the screen are not known here.

use unicode_segmentation::UnicodeSegmentation;

/// Width of `text` in em, rather too wide than too narrow.
pub(crate) fn width(text: &str) -> f64 {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '\u{a0}' => 0.36,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '/' => 0.45,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' => 1.0,
        '0'..='9' => 0.64,
        'A'..='Z' => 0.74,
        // Combining marks and invisible signs take no place of their own.
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200b}'..='\u{200f}' => 0.0,
        '\u{2066}'..='\u{2069}' => 0.0,
        // East Asian scripts and pictures fill a square.
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 1.05,
        '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ffe6}' => 1.05,
        '\u{1f000}'..='\u{1ffff}' | '\u{20000}'..='\u{3ffff}' => 1.3,
        _ => 0.64,
    }
}

/// `text` on one line without what no XML file may hold, cut with an ellipsis to `room` em.
pub(crate) fn fit(text: &str, room: f64) -> String {
    let text = clean(text);
    // Room that was measured for this very text comes back a rounding smaller.
    let room = room + 1e-6;
    if width(&text) <= room {
        return text;
    }
    if room < width("…") {
        return String::new();
    }
    let mut cut = String::new();
    let mut used = width("…");
    for cluster in text.graphemes(true) {
        used += width(cluster);
        if used > room {
            break;
        }
        cut.push_str(cluster);
    }
    let cut = format!("{}…", cut.trim_end());
    // The ellipsis has no direction of its own: isolated, it ends the text on the side where the
    // text ends.
    if cut.chars().any(is_right_to_left) { format!("\u{2068}{cut}\u{2069}") } else { cut }
}

/// `text` on one line: control characters, which XML 1.0 (section 2.2) forbids, become blanks, and
/// so do signs that would turn the direction of what follows.
pub(crate) fn clean(text: &str) -> String {
    let mapped: String = text
        .chars()
        .map(|c| match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => ' ',
            '\u{fffe}' | '\u{ffff}' => ' ',
            c if c.is_control() || c == '\u{2028}' || c == '\u{2029}' => ' ',
            c => c,
        })
        .collect();
    mapped.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// `value` with at most `decimals` decimals, and none that are zero at the end.
pub(crate) fn number(value: f64, decimals: usize, decimal_point: char) -> String {
    let mut written = fixed(value, decimals, decimal_point);
    if written.contains(decimal_point) {
        let short = written.trim_end_matches('0').trim_end_matches(decimal_point);
        written.truncate(short.len());
    }
    match written.as_str() {
        "\u{2212}0" => "0".to_owned(),
        _ => written,
    }
}

/// `value` with exactly `decimals` decimals, and the minus sign of typography.
pub(crate) fn fixed(value: f64, decimals: usize, decimal_point: char) -> String {
    format!("{value:.decimals$}").replace('.', &decimal_point.to_string()).replace('-', "\u{2212}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_text_stays() {
        assert_eq!(fit("Mathematics", 20.0), "Mathematics");
        assert_eq!(fit("गणित", 20.0), "गणित");
    }

    #[test]
    fn long_text_is_cut_between_letters() {
        assert_eq!(fit("Design and technology", 7.0), "Design and…");
        // The accent stays with its letter.
        assert!(!fit("e\u{301}e\u{301}e\u{301}e\u{301}", 2.0).contains("ee"));
    }

    #[test]
    fn right_to_left_ends_where_it_ends() {
        let cut = fit("اللغة العربية والتربية", 8.0);
        assert!(cut.starts_with('\u{2068}') && cut.ends_with("…\u{2069}"));
    }

    #[test]
    fn no_control_characters_are_left() {
        assert_eq!(clean("a\u{0}b\nc\u{202e}d"), "a b c d");
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(12.50, 1, '.'), "12.5");
        assert_eq!(number(12.04, 1, ','), "12");
        assert_eq!(number(-0.04, 1, '.'), "0");
        assert_eq!(number(-3.26, 1, ','), "\u{2212}3,3");
        assert_eq!(number(100.0, 0, '.'), "100");
    }

    proptest! {
        #[test]
        fn what_is_cut_fits(text in ".{0,60}", room in 2.0..30.0f64) {
            prop_assert!(width(&fit(&text, room)) <= room + 2e-6);
        }
    }
}
