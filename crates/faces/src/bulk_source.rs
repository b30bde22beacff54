//! Where many photographs come from: a zip file, read one student at a time, within limits.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, ErrorKind, Read};
use std::sync::Arc;

use words::{Message, refusals};
use zip::ZipArchive;

use super::bulk::UnreadPhotograph;
use crate::{Error, ErrorCode, Result};

/// Bytes of one photograph, unpacked.
pub const LARGEST_FILE: u64 = 32 << 20;
/// Files of a zip or folder, whatever they are.
pub const MOST_FILES: usize = 20_000;
/// A packed photograph hardly shrinks; what unpacks to more than this many times its size is a trap.
const LARGEST_RATIO: u64 = 100;
/// What a photograph's name may end with.
const ENDINGS: [&str; 5] = ["jpg", "jpeg", "png", "webp", "gif"];

/// Bytes that a person handed over, shared.
pub(super) struct Shared(pub Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// An open zip, and what could not be put into it.
pub(super) struct Source {
    archive: ZipArchive<Cursor<Shared>>,
    unread: Vec<UnreadPhotograph>,
}

/// One photograph in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// With folders, parted by `/`.
    pub name: String,
    /// Which entry it is, or why there is none.
    at: std::result::Result<usize, Message>,
}

fn bad(message: Message) -> Error {
    Error::new(ErrorCode::BadFile, message).help(refusals::faces::name_by_number())
}

impl Source {
    /// Opens a zip that a person handed over.
    pub fn zip(bytes: Arc<Vec<u8>>, unread: Vec<UnreadPhotograph>) -> Result<Self> {
        let most = || bad(refusals::faces::zip_too_many(MOST_FILES));
        if files::zip_entries(&bytes) > MOST_FILES {
            return Err(most());
        }
        let archive = ZipArchive::new(Cursor::new(Shared(bytes)));
        let archive = archive.map_err(|error| bad(refusals::faces::no_zip(error.to_string())))?;
        if archive.len() > MOST_FILES {
            return Err(most());
        }
        Ok(Self { archive, unread })
    }

    /// The photographs in it, by name; and how many other files there are.
    pub fn list(&mut self) -> Result<(Vec<Found>, u32)> {
        let mut names = Vec::new();
        for at in 0..self.archive.len() {
            let entry =
                self.archive.by_index_raw(at).map_err(|error| bad(refusals::faces::zip_damaged(error.to_string())))?;
            // A path that climbs out of its folder is the mark of a forged zip; nothing is written to disk anyway.
            if entry.is_file()
                && entry.enclosed_name().is_some()
                && let Ok(name) = entry.name()
            {
                names.push(Found { name: name.replace('\\', "/"), at: Ok(at) });
            }
        }
        let unread = self.unread.iter();
        names.extend(
            unread.map(|photograph| Found { name: photograph.file.clone(), at: Err(photograph.message.clone()) }),
        );
        names.retain(|found| !is_hidden(&found.name));
        let all = names.len();
        names.retain(|found| is_photograph(&found.name));
        names.sort_by_cached_key(|found| store::sort_title(&found.name));
        let others = (all - names.len()) as u32;
        Ok((names, others))
    }

    /// The bytes of a photograph, never more than the limit whatever its declared size; else the reason in words.
    pub fn read(&mut self, found: &Found) -> std::result::Result<Vec<u8>, Message> {
        let entry =
            self.archive.by_index_raw(found.at.clone()?).map_err(|error| refusals::common::fault(error.to_string()))?;
        if entry.encrypted() {
            return Err(refusals::faces::file_encrypted());
        }
        let packed = entry.compressed_size();
        drop(entry);
        let entry =
            self.archive.by_index(found.at.clone()?).map_err(|error| refusals::common::fault(error.to_string()))?;
        let most = LARGEST_FILE.min(packed.max(1 << 10) * LARGEST_RATIO);
        match limited(entry, most).map_err(|error| refusals::faces::file_damaged(error.to_string()))? {
            Some(bytes) => Ok(bytes),
            None if most < LARGEST_FILE => Err(refusals::faces::unpacks_too_far(LARGEST_RATIO)),
            None => Err(too_large()),
        }
    }
}

/// All bytes; none where there are more than `most`.
fn limited(reader: impl Read, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    match files::read_from(reader, most) {
        Err(error) if error.kind() == ErrorKind::FileTooLarge => Ok(None),
        read => read.map(Some),
    }
}

/// What is said of a photograph that is too large.
pub fn too_large() -> Message {
    refusals::faces::file_too_large(LARGEST_FILE >> 20)
}

/// What systems put beside the files of people.
pub fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// Whether it is a photograph by its name.
pub fn is_photograph(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// The photographs of each number: the folder's name, the file's, or what stands before its last `_`, whichever is a number
/// of the school; where none is, the name as a person would read it.
pub(super) fn by_number<T>(photographs: Vec<Found>, known: &HashMap<String, T>) -> BTreeMap<String, Vec<Found>> {
    let mut of: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    for found in photographs {
        let number = number_of(&found.name, known);
        of.entry(number).or_default().push(found);
    }
    of
}

pub(super) fn number_of<T>(name: &str, known: &HashMap<String, T>) -> String {
    let (folders, file) = name.rsplit_once('/').map_or((None, name), |(folders, file)| (Some(folders), file));
    let folder = folders.map(|folders| folders.rsplit('/').next().unwrap_or(folders).trim());
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).trim();
    let before = stem.rsplit_once('_').map(|(before, _)| before.trim());
    let candidates = [folder, Some(stem), before].into_iter().flatten();
    let short = |text: &str| text.chars().count() <= 2;
    match candidates.into_iter().find(|number| known.contains_key(*number)) {
        Some(number) => number.to_owned(),
        None => folder.filter(|_| short(stem)).or(before).unwrap_or(stem).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zip_of(files: &[(&str, &[u8])]) -> Arc<Vec<u8>> {
        use std::io::Write;
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        Arc::new(writer.finish().unwrap().into_inner())
    }

    #[test]
    fn numbers_are_read_from_folders_and_names() {
        let known: HashMap<String, ()> = ["12345", "A_7", "1"].map(|n| (n.to_owned(), ())).into();
        let cases = [
            ("12345/1.jpg", "12345"),
            ("class 7b/12345/front.jpg", "12345"),
            ("12345_1.jpg", "12345"),
            ("photos/12345.jpg", "12345"),
            ("A_7.png", "A_7"),
            ("A_7_2.png", "A_7"),
            ("1.jpg", "1"),
            ("999/2.jpg", "999"),
            ("x/999_2.jpg", "999"),
            ("somebody.jpg", "somebody"),
        ];
        for (name, number) in cases {
            assert_eq!(number_of(name, &known), number, "{name}");
        }
    }

    #[test]
    fn a_hostile_zip_is_read_within_limits() {
        let bomb = vec![0u8; 4 << 20];
        let bytes = zip_of(&[
            ("1/10.jpg", b"b"),
            ("1/2.jpg", b"a"),
            ("../3.jpg", b"x"),
            ("__MACOSX/1/2.jpg", b"x"),
            ("1/bomb.jpg", &bomb),
            ("list.csv", b"n"),
        ]);
        let mut source = Source::zip(bytes, Vec::new()).unwrap();
        let (found, others) = source.list().unwrap();
        assert_eq!(found.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["1/2.jpg", "1/10.jpg", "1/bomb.jpg"]);
        assert_eq!((others, source.read(&found[0]).unwrap()), (1, b"a".to_vec()));
        assert!(source.read(&found[2]).unwrap_err().to_string().contains("100 times"));
        assert_eq!(
            Source::zip(Arc::new(b"PK\x03\x04 and nothing else".to_vec()), Vec::new()).map(|_| ()).unwrap_err().code,
            ErrorCode::BadFile
        );
    }
}
