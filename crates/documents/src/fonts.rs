//! The faces that documents are set in. Two families are read at once and are enough for most of the
//! world's letters; the others only when a document has a letter of theirs, and any may be missing.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use harfrust::unicode;
use printpdf::{FontId, PdfFont};

use crate::DocumentError;
use crate::east_asia::{Order, is_east_asian};
use crate::font_files::{EAST_ASIAN_FONTS, FONT_FILES, Family, SCRIPT_FONTS};

/// How heavy a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
}

/// One font file.
pub(crate) struct Face {
    /// Resource name in the PDF. Six capitals, because the subset's tag is made of its first six
    /// characters and readers take anything else for a whole font.
    pub(crate) id: FontId,
    pub(crate) shaping: harfrust::Font,
    /// Font units in one em.
    pub(crate) units: f32,
    /// How much larger than asked this face is set: the naskh's letters are small for their em
    /// beside the sans.
    pub(crate) scale: f32,
    /// The glyph of the zero-width joiner (a space where the font has none) and its width in the
    /// PDF's table, 1/1000 em.
    pub(crate) joiner: (u16, f32),
    file: PathBuf,
    /// For embedding; kept, but for the large ones.
    embedding: OnceLock<PdfFont>,
}

/// The families of all documents, in the order of [`FONT_FILES`].
const SANS: usize = 0;
const NASKH: usize = 1;
/// Where [`SCRIPT_FONTS`] and [`EAST_ASIAN_FONTS`] begin among the families.
const SCRIPTS: usize = 2;
const EAST_ASIA: usize = SCRIPTS + SCRIPT_FONTS.len();
const FAMILIES: usize = EAST_ASIA + EAST_ASIAN_FONTS.len();

/// The faces of all documents. Loading parses the four files of [`FONT_FILES`] (about 20 ms); share
/// the value.
pub struct Fonts {
    folders: Vec<PathBuf>,
    /// By twice the family, plus one for the heavier weight.
    faces: Vec<OnceLock<Option<Face>>>,
}

/// Whether the files of one typeface are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyState {
    pub name: &'static str,
    /// Whether it belongs to the part that can be left out.
    pub east_asian: bool,
    /// The file that is used; none: it is in no folder, and its letters cannot be printed.
    pub file: Option<PathBuf>,
    /// Whether that file is a usable font.
    pub usable: bool,
}

impl Fonts {
    /// Reads the files named in [`FONT_FILES`] from `folder`; the others are taken from there when a
    /// document needs them.
    ///
    /// # Errors
    /// [`DocumentError::FontMissing`] names the file that cannot be read,
    /// [`DocumentError::FontBroken`] one that is not a usable TrueType font.
    pub fn load(folder: &Path) -> Result<Self, DocumentError> {
        let faces: Vec<OnceLock<Option<Face>>> = (0..2 * FAMILIES).map(|_| OnceLock::new()).collect();
        for (index, (_, file)) in FONT_FILES.iter().enumerate() {
            let face = load_face(&folder.join(file), index)?;
            face.embedding()?;
            // Nobody else has this value yet.
            let _ = faces[index].set(Some(face));
        }
        Ok(Self { folders: vec![folder.to_owned()], faces })
    }

    /// Looks into a further folder for typefaces that the first one lacks. It need not exist.
    #[must_use]
    pub fn and_from(mut self, folder: PathBuf) -> Self {
        self.folders.push(folder);
        self
    }

    /// Which of the typefaces that may be missing are there. Reads each: about 40 MB.
    #[must_use]
    pub fn families(&self) -> Vec<FamilyState> {
        (SCRIPTS..FAMILIES)
            .map(|index| {
                let family = optional(index);
                let name = family.regular();
                let file = self.folders.iter().map(|folder| folder.join(&name)).find(|path| path.is_file());
                FamilyState {
                    name: family.name,
                    east_asian: index >= EAST_ASIA,
                    usable: file.is_some() && self.face(2 * index).is_some(),
                    file,
                }
            })
            .collect()
    }

    /// The face of this number; none where its file is missing or broken.
    pub(crate) fn face(&self, index: usize) -> Option<&Face> {
        self.faces.get(index)?.get_or_init(|| self.find(index)).as_ref()
    }

    /// A family's face, the regular one where it has no other.
    pub(crate) fn weighted(&self, family: usize, weight: Weight) -> Option<(usize, &Face)> {
        let heavier = match weight {
            Weight::Regular => None,
            Weight::SemiBold => Some(2 * family + 1),
        };
        heavier.into_iter().chain([2 * family]).find_map(|index| Some((index, self.face(index)?)))
    }

    /// Reads a face that is not one of all documents', from the first folder with a good file.
    fn find(&self, index: usize) -> Option<Face> {
        let family = optional(index / 2);
        let file = if index.is_multiple_of(2) { Some(family.regular()) } else { family.heavier() }?;
        self.folders.iter().find_map(|folder| load_face(&folder.join(&file), index).ok())
    }

    /// The families that may have a character, the best first: a few, or at worst all small ones.
    /// `as_picture` tells that the text asks for an emoji.
    pub(crate) fn candidates(c: char, order: Order, as_picture: bool) -> impl Iterator<Item = usize> {
        let script = unicode::script(u32::from(c)).tag().to_be_bytes();
        let of_script = (SCRIPTS..EAST_ASIA).filter(move |&index| optional(index).script.as_bytes() == script);
        let picture = (as_picture || c >= '\u{1F000}').then_some(EMOJI);
        let east_asian = is_east_asian(c);
        let regions = order.into_iter().filter(move |_| east_asian).map(|region| EAST_ASIA + region as usize);
        // Signs stand at the end of the list.
        let others = (SCRIPTS..EAST_ASIA).rev();
        let plain = [SANS, NASKH].into_iter().filter(move |_| !as_picture);
        plain.chain(picture).chain(of_script).chain(regions).chain(signs()).chain(others)
    }

    /// Whether a typeface of [`EAST_ASIAN_FONTS`] is missing.
    pub(crate) fn lacks_east_asian(&self) -> bool {
        (EAST_ASIA..FAMILIES).any(|family| self.face(2 * family).is_none())
    }

    /// Whether a face holds signs only, beside letters and digits for the look of it.
    pub(crate) fn is_of_signs(face: usize) -> bool {
        signs().any(|family| family == face / 2)
    }
}

const EMOJI: usize = EAST_ASIA - 1;

/// The families without a script: symbols, formulas, emoji.
fn signs() -> impl Iterator<Item = usize> {
    (SCRIPTS..EAST_ASIA).filter(|&index| optional(index).script.is_empty())
}

/// A family that may be missing.
fn optional(family: usize) -> &'static Family {
    match family.checked_sub(EAST_ASIA) {
        Some(east_asian) => &EAST_ASIAN_FONTS[east_asian],
        None => &SCRIPT_FONTS[family - SCRIPTS],
    }
}

impl Face {
    /// The font to embed a part of.
    ///
    /// # Errors
    /// [`DocumentError::FontMissing`] or [`DocumentError::FontBroken`].
    pub(crate) fn embedding(&self) -> Result<PdfFont, DocumentError> {
        if let Some(font) = self.embedding.get() {
            return Ok(font.clone());
        }
        let bytes = read(&self.file)?;
        let parsed = printpdf::ParsedFont::from_bytes(&bytes, 0, &mut Vec::new());
        let font = PdfFont::new(parsed.ok_or_else(|| broken(&self.file))?);
        if bytes.len() < LARGE {
            return Ok(self.embedding.get_or_init(|| font).clone());
        }
        Ok(font)
    }
}

/// Fonts from so many bytes on are not kept for embedding between two documents.
const LARGE: usize = 4 << 20;

fn read(path: &Path) -> Result<Vec<u8>, DocumentError> {
    std::fs::read(path).map_err(|source| DocumentError::FontMissing { path: path.to_owned(), source })
}

fn broken(path: &Path) -> DocumentError {
    DocumentError::FontBroken { path: path.to_owned() }
}

fn load_face(path: &Path, index: usize) -> Result<Face, DocumentError> {
    let shaping = harfrust::Font::new(read(path)?, 0).ok_or_else(|| broken(path))?;
    let units = f32::from(shaping.units_per_em());
    if units < 16.0 {
        return Err(broken(path));
    }
    let shaper = harfrust::ShaperFont::new(&shaping);
    let joiner = shaper.nominal_glyph(0x200D).or_else(|| shaper.nominal_glyph(0x20)).unwrap_or_default();
    let joiner =
        (u16::try_from(joiner.to_u32()).unwrap_or(0), (shaper.glyph_h_advance(joiner) as f32 * 1000.0 / units).trunc());
    drop(shaper);
    let scale = scale(index / 2);
    let file = path.to_owned();
    Ok(Face { id: resource(index), shaping, units, scale, joiner, file, embedding: OnceLock::new() })
}

/// How much larger than asked a family is set, so that it looks as large as the sans beside it and
/// what stands deep below a line does not reach the next.
fn scale(family: usize) -> f32 {
    match family {
        NASKH => 1.14,
        SANS => 1.0,
        _ => match optional(family).script {
            "Mymr" => 0.87,
            "Tibt" => 0.84,
            _ => 1.0,
        },
    }
}

/// `H`, two letters for the number, and three more.
fn resource(index: usize) -> FontId {
    let letter = |value: usize| char::from(b'A' + u8::try_from(value % 26).unwrap_or(0));
    FontId(format!("H{}{}PDF", letter(index / 26), letter(index)))
}
