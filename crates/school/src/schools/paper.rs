//! What every printed document needs: the fonts, and a name for its file.

use std::sync::Arc;

use documents::{DocumentError, Fonts};
use words::refusals;

use crate::{Context, Error, ErrorCode, Result};

/// The fonts, read once for the life of the program: the installation's, and those that were put into
/// the folder `fonts` of the data folder.
pub fn fonts(context: &Context) -> Result<Arc<Fonts>> {
    let folders = &context.services.folders;
    let shipped = folders.vendor.join("fonts");
    let load = || Ok(Fonts::load(&shipped)?.and_from(folders.data.join("fonts")));
    context.services.extension(|| {
        folders.sums.check_folder("fonts", &shipped, "ttf")?;
        load().map_err(document_error)
    })
}

/// Why a document could not be made.
pub fn document_error(error: DocumentError) -> Error {
    match error {
        DocumentError::Cancelled => Error::new(ErrorCode::Cancelled, refusals::common::cancelled()),
        DocumentError::FontMissing { .. } | DocumentError::FontBroken { .. } => {
            Error::new(ErrorCode::FileSystem, refusals::common::fonts_unreadable())
                .help(refusals::reports::fetch_fonts())
        }
        DocumentError::Write(_) => Error::internal("The PDF could not be written."),
    }
}

/// A name that every file system takes: letters and digits of any script with all that belongs to them, the rest of
/// ASCII as hyphens.
pub fn safe_name(parts: &[&str], ending: &str) -> String {
    let words: Vec<String> = parts
        .iter()
        .map(|part| {
            // Viramas and joiners are no letters, and without them a name is another.
            let marks = |c: char| !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !turns_text(c);
            let plain: String =
                part.chars().map(|c| if c.is_alphanumeric() || marks(c) { c } else { '-' }).take(60).collect();
            let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
            words.join("-")
        })
        .filter(|part| !part.is_empty())
        .collect();
    format!("{}.{ending}", words.join(" "))
}

/// Whether it makes what follows be read the other way.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
