//! Report cards and other print as PDF, in the scripts that schools write.
//!
//! Values in, bytes out: knows no database, no window and no clock. The text in the files can be
//! selected and searched, fonts are embedded as subsets, and equal input gives equal bytes.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod card;
mod east_asia;
mod finish;
mod font_files;
mod fonts;
mod ink;
mod list;
mod page;
mod picture;
mod plot;
mod sample;
mod shape;
mod tags;
mod values;
mod wrap;

use std::fmt;
use std::path::PathBuf;

use words::Message;

pub use card::{foretell, report_cards};
pub use font_files::{EAST_ASIAN_FONTS, FONT_FILES, FONT_LICENCES, Family, SCRIPT_FONTS};
pub use fonts::{FamilyState, Fonts};
pub use list::{ClassList, ListAlign, ListColumn, class_list};
pub use picture::{LARGEST_PICTURE, PictureFault, Portrait, SMALLEST_LOGO, SMALLEST_PORTRAIT, logo, portrait};
pub use sample::{sample_card_right_to_left, sample_cards};
pub use values::{
    AttendanceCounts, CardLabels, Comment, MAX_COMMENT, MAX_FIELD, MAX_NAME, Options, Outcome, Overall, Problem,
    ProblemCode, ReportCard, SchoolHead, StudentHead, SubjectLine,
};

/// Why no document was made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A font file cannot be read.
    FontMissing { path: PathBuf, source: std::io::Error },
    /// A font file holds no usable font.
    FontBroken { path: PathBuf },
    /// The caller asked to stop; nothing was made.
    Cancelled,
    /// The PDF could not be put together.
    Write(String),
}

impl DocumentError {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::FontMissing { path, source, .. } => words::faults::documents::font_missing(path.display(), source),
            Self::FontBroken { path } => words::faults::documents::font_broken(path.display()),
            Self::Cancelled => words::faults::documents::cancelled(),
            Self::Write(a) => words::faults::documents::write(a),
        }
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}
