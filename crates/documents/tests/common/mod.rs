//! What all tests of documents need: the fonts, and the text of a PDF by another program's reading.
// Each test file uses a part of it.
#![allow(dead_code)]

use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};

use documents::{DocumentError, Fonts, Options, Outcome, ReportCard, report_cards};

/// The fonts that the set-up puts beside the sources; `None`, with the reason printed, without.
pub fn fonts() -> Option<Fonts> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vendor/fonts");
    match Fonts::load(&dir) {
        Ok(fonts) => Some(fonts),
        Err(DocumentError::FontMissing { path, .. }) => {
            println!("skipped: no font file {}; `cargo xtask test` fetches it", path.display());
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// The same where every typeface of every script is installed; `None`, with the reason printed, else.
pub fn all_fonts() -> Option<Fonts> {
    let fonts = fonts()?;
    let missing: Vec<_> = fonts.families().into_iter().filter(|state| !state.usable).map(|state| state.name).collect();
    if missing.is_empty() {
        return Some(fonts);
    }
    println!("skipped: not installed: {}; `cargo xtask test` fetches them", missing.join(", "));
    None
}

pub fn made(cards: &[ReportCard], fonts: &Fonts) -> Outcome {
    report_cards(cards, fonts, &Options::default(), &mut |_, _| ControlFlow::Continue(())).unwrap()
}

/// What `program` prints about `pdf` when called with `before`, the file's name and `after`;
/// `None`, with the reason printed, where it is not installed.
pub fn ask(program: &str, before: &[&str], pdf: &[u8], after: &[&str]) -> Option<String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let run = Command::new(program).args(before).arg(file.path()).args(after).stdin(Stdio::null()).output();
    match run {
        Ok(output) => {
            assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
            Some(String::from_utf8(output.stdout).unwrap())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            println!("skipped: {program} is not installed");
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

/// The text of all pages in the order of drawing, a form feed after each page, with single spaces.
/// Right-to-left words come out in visual order: see [`words`] for them.
pub fn text(pdf: &[u8]) -> Option<String> {
    Some(tidy(&ask("pdftotext", &["-raw"], pdf, &["-"])?))
}

/// The words of all pages as a reader finds and copies them, a form feed after each page.
pub fn words(pdf: &[u8]) -> Option<String> {
    Some(tidy(&ask("pdftotext", &[], pdf, &["-"])?))
}

/// Without the marks that the reader puts around right-to-left words, and with single spaces.
fn tidy(text: &str) -> String {
    let direction = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
    let text: String = text.chars().filter(|&c| !direction(c)).collect();
    let pages: Vec<String> =
        text.split('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    pages.join("\u{c}")
}
