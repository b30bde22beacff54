//! The faces that documents are set in, read once from a folder and shared by every document.

use std::path::{Path, PathBuf};

use printpdf::{FontId, PdfFont};

use crate::DocumentError;
use crate::font_files::FONT_FILES;

/// How heavy a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
}

/// One font file: the same bytes for shaping and for embedding.
pub(crate) struct Face {
    /// Resource name in the PDF. Six capitals, because the subset's tag is made of its first six
    /// characters and readers take anything else for a whole font.
    pub(crate) id: FontId,
    pub(crate) shaping: harfrust::Font,
    pub(crate) embedding: PdfFont,
    /// Font units in one em.
    pub(crate) units: f32,
    /// How much larger than asked this face is set: the naskh's letters are small for their em
    /// beside the sans.
    pub(crate) scale: f32,
    /// The glyph of the zero-width joiner (a space where the font has none) and its width in the
    /// PDF's table, 1/1000 em.
    pub(crate) joiner: (u16, f32),
}

/// Resource names and scales, in the order of [`FONT_FILES`].
const IDS: [(&str, f32); 4] = [("NSREGU", 1.0), ("NSSEMI", 1.0), ("NAREGU", 1.14), ("NASEMI", 1.14)];

/// The faces of all documents: a sans for Latin, Greek, Cyrillic and Devanagari, and a naskh for
/// Arabic, each in two weights. Loading parses four files (about 20 ms); share the value.
pub struct Fonts {
    pub(crate) faces: Vec<Face>,
}

impl Fonts {
    /// Reads the files named in [`FONT_FILES`] from `dir`.
    ///
    /// # Errors
    /// [`DocumentError::FontMissing`] names the file that cannot be read,
    /// [`DocumentError::FontBroken`] one that is not a usable TrueType font.
    pub fn load(dir: &Path) -> Result<Self, DocumentError> {
        let faces = FONT_FILES
            .iter()
            .zip(IDS)
            .map(|((_, file), (id, scale))| load_face(&dir.join(file), id, scale))
            .collect::<Result<_, _>>()?;
        Ok(Self { faces })
    }

    /// Candidate faces for a weight, the preferred one first.
    pub(crate) fn candidates(weight: Weight) -> [usize; 2] {
        match weight {
            Weight::Regular => [0, 2],
            Weight::SemiBold => [1, 3],
        }
    }
}

fn load_face(path: &Path, id: &str, scale: f32) -> Result<Face, DocumentError> {
    let broken = || DocumentError::FontBroken { path: path.to_owned() };
    let bytes =
        std::fs::read(path).map_err(|source| DocumentError::FontMissing { path: PathBuf::from(path), source })?;
    let parsed = printpdf::ParsedFont::from_bytes(&bytes, 0, &mut Vec::new()).ok_or_else(broken)?;
    let shaping = harfrust::Font::new(bytes, 0).ok_or_else(broken)?;
    let units = f32::from(shaping.units_per_em());
    if units < 16.0 {
        return Err(broken());
    }
    let shaper = harfrust::ShaperFont::new(&shaping);
    let joiner = shaper.nominal_glyph(0x200D).or_else(|| shaper.nominal_glyph(0x20)).unwrap_or_default();
    let joiner =
        (u16::try_from(joiner.to_u32()).unwrap_or(0), (shaper.glyph_h_advance(joiner) as f32 * 1000.0 / units).trunc());
    drop(shaper);
    Ok(Face { id: FontId(id.to_owned()), shaping, embedding: PdfFont::new(parsed), units, scale, joiner })
}
