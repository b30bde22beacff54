//! Where many photographs come from: a folder or a zip file, read one student at a time, within limits.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{Cursor, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use words::{Message, refusals};
use zip::ZipArchive;

use crate::{Error, ErrorCode, Result};

/// Bytes of one photograph, unpacked.
const LARGEST_FILE: u64 = 32 << 20;
/// Files of a zip or folder, whatever they are.
const MOST_FILES: usize = 20_000;
/// A packed photograph hardly shrinks; what unpacks to more than this many times its size is a trap.
const LARGEST_RATIO: u64 = 100;
/// Folders in folders.
const DEEPEST: usize = 4;
/// What a photograph's name may end with.
const ENDINGS: [&str; 5] = ["jpg", "jpeg", "png", "webp", "gif"];

/// Bytes that a person handed over, shared.
pub(super) struct Shared(pub Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// An open zip, or a folder.
pub(super) enum Source {
    Zip(Box<ZipArchive<Cursor<Shared>>>),
    Folder(PathBuf),
}

/// One photograph in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// With folders, parted by `/`.
    pub name: String,
    at: usize,
}

fn bad(message: Message) -> Error {
    Error::new(ErrorCode::BadFile, message).help(refusals::faces::name_by_number())
}

impl Source {
    /// Opens a zip that a person handed over.
    pub fn zip(bytes: Arc<Vec<u8>>) -> Result<Self> {
        let most = || bad(refusals::faces::zip_too_many(MOST_FILES));
        if files::zip_entries(&bytes) > MOST_FILES {
            return Err(most());
        }
        let archive = ZipArchive::new(Cursor::new(Shared(bytes)));
        let archive = archive.map_err(|error| bad(refusals::faces::no_zip(error.to_string())))?;
        if archive.len() > MOST_FILES {
            return Err(most());
        }
        Ok(Self::Zip(Box::new(archive)))
    }

    /// A folder on this computer.
    pub fn folder(path: PathBuf) -> Result<Self> {
        match fs::metadata(&path) {
            Ok(found) if found.is_dir() => Ok(Self::Folder(path)),
            Ok(_) => Err(bad(refusals::faces::no_folder(path.display()))),
            Err(error) => Err(bad(refusals::common::unreadable(path.display(), error.to_string()))),
        }
    }

    /// The photographs in it, by name; and how many other files there are.
    pub fn list(&mut self) -> Result<(Vec<Found>, u32)> {
        let mut names = Vec::new();
        match self {
            Self::Zip(archive) => {
                for at in 0..archive.len() {
                    let entry = archive
                        .by_index_raw(at)
                        .map_err(|error| bad(refusals::faces::zip_damaged(error.to_string())))?;
                    // A path that climbs out of its folder is the mark of a forged zip; nothing is written to disk anyway.
                    if entry.is_file()
                        && entry.enclosed_name().is_some()
                        && let Ok(name) = entry.name()
                    {
                        names.push(Found { name: name.replace('\\', "/"), at });
                    }
                }
            }
            Self::Folder(path) => {
                let mut paths = Vec::new();
                walk(path, "", 0, &mut paths)?;
                names = paths.into_iter().enumerate().map(|(at, name)| Found { name, at }).collect();
            }
        }
        names.retain(|found| !found.name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX"));
        let all = names.len();
        names.retain(|found| {
            let ending = found.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
            ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
        });
        names.sort_by_cached_key(|found| store::sort_title(&found.name));
        let others = (all - names.len()) as u32;
        Ok((names, others))
    }

    /// The bytes of a photograph, never more than the limit whatever its declared size; else the reason in words.
    pub fn read(&mut self, found: &Found) -> std::result::Result<Vec<u8>, Message> {
        let too_large = || refusals::faces::file_too_large(LARGEST_FILE >> 20);
        let (bytes, packed) = match self {
            Self::Zip(archive) => {
                let entry =
                    archive.by_index_raw(found.at).map_err(|error| refusals::common::fault(error.to_string()))?;
                if entry.encrypted() {
                    return Err(refusals::faces::file_encrypted());
                }
                let packed = entry.compressed_size();
                drop(entry);
                let entry = archive.by_index(found.at).map_err(|error| refusals::common::fault(error.to_string()))?;
                let most = LARGEST_FILE.min(packed.max(1 << 10) * LARGEST_RATIO);
                (limited(entry, most), Some((packed, most)))
            }
            Self::Folder(folder) => {
                let file = files::open(&folder.join(&found.name))
                    .map_err(|error| refusals::common::fault(error.to_string()))?;
                (limited(file, LARGEST_FILE), None)
            }
        };
        match (bytes.map_err(|error| refusals::faces::file_damaged(error.to_string()))?, packed) {
            (Some(bytes), _) => Ok(bytes),
            (None, Some((_, most))) if most < LARGEST_FILE => Err(refusals::faces::unpacks_too_far(LARGEST_RATIO)),
            (None, _) => Err(too_large()),
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

fn walk(root: &Path, under: &str, depth: usize, names: &mut Vec<String>) -> Result<()> {
    let folder = root.join(under);
    let unreadable = |error: std::io::Error| bad(refusals::common::unreadable(folder.display(), error.to_string()));
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let name = if under.is_empty() { name } else { format!("{under}/{name}") };
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_dir() && depth < DEEPEST {
            walk(root, &name, depth + 1, names)?;
        } else if kind.is_file() {
            names.push(name);
        }
        if names.len() > MOST_FILES {
            return Err(bad(refusals::faces::folder_too_many(MOST_FILES)));
        }
    }
    Ok(())
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

fn number_of<T>(name: &str, known: &HashMap<String, T>) -> String {
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
        let mut source = Source::zip(bytes).unwrap();
        let (found, others) = source.list().unwrap();
        assert_eq!(found.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["1/2.jpg", "1/10.jpg", "1/bomb.jpg"]);
        assert_eq!((others, source.read(&found[0]).unwrap()), (1, b"a".to_vec()));
        assert!(source.read(&found[2]).unwrap_err().to_string().contains("100 times"));
        assert_eq!(
            Source::zip(Arc::new(b"PK\x03\x04 and nothing else".to_vec())).map(|_| ()).unwrap_err().code,
            ErrorCode::BadFile
        );
    }

    #[test]
    fn a_folder_is_walked() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("7/.thumbs")).unwrap();
        for name in ["7/1.jpg", "7/.thumbs/1.jpg", "8_1.PNG", "notes.txt"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let mut source = Source::folder(folder.path().into()).unwrap();
        let (found, others) = source.list().unwrap();
        assert_eq!(
            (found.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), others),
            (vec!["7/1.jpg", "8_1.PNG"], 1)
        );
        assert_eq!(source.read(&found[1]).unwrap(), b"8_1.PNG");
        assert!(Source::folder("/no/such/folder".into()).is_err());
    }
}
