//! Puts the finished pages into a PDF file and adds what printpdf does not write: language,
//! structure, a fixed identity.

use std::collections::BTreeMap;
use std::io::Write;
use std::thread;

use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Document, Object, Stream, StringFormat, dictionary};
use printpdf::{Mm, OffsetDateTime, PdfDocument, PdfPage, PdfSaveOptions, RawImage, XObject, XObjectId};

use crate::DocumentError;
use crate::fonts::Fonts;
use crate::page::Drawn;
use crate::tags::{Tree, text_string};

/// What the file says about itself.
pub(crate) struct About<'a> {
    pub(crate) title: &'a str,
    pub(crate) author: &'a str,
    /// BCP 47.
    pub(crate) language: &'a str,
    pub(crate) created: Option<i64>,
    pub(crate) right_to_left: bool,
}

/// Writes the file.
pub(crate) fn write(
    fonts: &Fonts,
    drawn: Drawn,
    pictures: BTreeMap<XObjectId, RawImage>,
    about: &About<'_>,
) -> Result<Vec<u8>, DocumentError> {
    let mut pdf = PdfDocument::new(about.title);
    for face in drawn.faces.iter().filter_map(|&index| fonts.face(index)) {
        pdf.resources.fonts.map.insert(face.id.clone(), face.embedding()?);
    }
    for (id, picture) in pictures {
        pdf.resources.xobjects.map.insert(id, XObject::Image(picture));
    }
    let info = &mut pdf.metadata.info;
    info.author = about.author.to_owned();
    info.creator = "Homeroom".to_owned();
    info.producer = "Homeroom".to_owned();
    let date = about.created.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    if let Some(date) = date {
        info.creation_date = date;
        info.modification_date = date;
    }
    let (width, height) = if drawn.landscape { (Mm(297.0), Mm(210.0)) } else { (Mm(210.0), Mm(297.0)) };
    pdf.pages = drawn.pages.into_iter().map(|ops| PdfPage::new(width, height, ops)).collect();
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    let mut file = pdf.to_lopdf_document(&options, &mut Vec::new());
    drop(pdf);
    complete(&mut file, &drawn.tree, about, date.is_some())?;
    compress(&mut file)?;
    let mut bytes = Vec::new();
    file.save_modern(&mut bytes).map_err(|error| DocumentError::Write(error.to_string()))?;
    Ok(bytes)
}

fn complete(file: &mut Document, tree: &Tree, about: &About<'_>, dated: bool) -> Result<(), DocumentError> {
    let failed = |error: lopdf::Error| DocumentError::Write(error.to_string());
    file.version = "1.7".to_owned();
    let pages: Vec<lopdf::ObjectId> = file.get_pages().into_values().collect();
    let root = tree.write(file, &pages);
    let direction = if about.right_to_left { "R2L" } else { "L2R" };
    let catalog = file.catalog_mut().map_err(failed)?;
    catalog.set("Lang", text_string(about.language));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", Object::Reference(root));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true, "Direction" => direction });
    let info = file.trailer.get(b"Info").and_then(Object::as_reference);
    let info = info.map_err(failed)?;
    let info = file.get_object_mut(info).and_then(Object::as_dict_mut).map_err(failed)?;
    // printpdf names a conformance even where none is claimed.
    info.remove(b"GTS_PDFXVersion");
    info.remove(b"Identifier");
    if !dated {
        info.remove(b"CreationDate");
        info.remove(b"ModDate");
    }
    let identity = Object::String(identity(file), StringFormat::Hexadecimal);
    file.trailer.set("ID", Object::Array(vec![identity.clone(), identity]));
    Ok(())
}

/// Compresses all streams, on as many threads as the machine has: most of the work of a large file.
fn compress(file: &mut Document) -> Result<(), DocumentError> {
    let mut streams: Vec<&mut Stream> = file
        .objects
        .values_mut()
        .filter_map(|object| match object {
            Object::Stream(stream) if stream.allows_compression && !stream.dict.has(b"Filter") => Some(stream),
            _ => None,
        })
        .collect();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = streams.len().div_ceil(threads).max(1);
    let deflate_all = |streams: &mut [&mut Stream]| streams.iter_mut().try_for_each(|stream| deflate(stream));
    thread::scope(|scope| {
        let work: Vec<_> = streams.chunks_mut(share).map(|part| scope.spawn(move || deflate_all(part))).collect();
        work.into_iter().try_for_each(|part| match part.join() {
            Ok(done) => done.map_err(|error| DocumentError::Write(error.to_string())),
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })
}

fn deflate(stream: &mut Stream) -> std::io::Result<()> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(stream.content.len() / 3), Compression::default());
    encoder.write_all(&stream.content)?;
    let packed = encoder.finish()?;
    if packed.len() + 19 < stream.content.len() {
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(packed);
    }
    Ok(())
}

/// Sixteen bytes made of the file's own contents (FNV-1a, 128 bit), so that equal documents are
/// equal files.
fn identity(file: &Document) -> Vec<u8> {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for object in file.objects.values() {
        if let Object::Stream(stream) = object {
            for &byte in &stream.content {
                hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
            }
        }
    }
    hash.to_be_bytes().to_vec()
}
