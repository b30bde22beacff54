//! A folder of photographs of this computer, handed over to enrol many students: it is read here, and packed into as many
//! zips as it needs.

use std::fs;
use std::io::{Cursor, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use faces::bulk_source::{LARGEST_FILE, MOST_FILES, is_hidden, is_photograph, too_large};
use faces::operations::{enrol_faces_in_bulk, face_status};
use faces::{BulkReport, EnrolFacesInBulk, PhotographBeside, UnreadPhotograph, sha256_of};
use kernel::ids::SchoolId;
use kernel::{AtDesk, Error, ErrorCode, Result, blocking, typed_folder};
use school::schools::OfSchool;
use serde::{Deserialize, Serialize};
use words::{Message, refusals};
use zip::write::SimpleFileOptions;

/// Folders in folders.
const DEEPEST: usize = 4;
/// Photographs of one zip, in bytes; less than may be handed over at once.
const LARGEST_ZIP: u64 = 200 << 20;
/// A folder with more photographs is one of many students.
const MOST_OF_ONE: usize = 50;

/// Input of [`enrol_folder`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnrolFolder {
    pub school: SchoolId,
    /// A folder of this computer, with photographs named by student number.
    pub folder: String,
    /// Whether to enrol; without it everything is looked at and nothing changed.
    pub apply: bool,
}

/// A photograph of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Photograph {
    /// Below the folder, parted by `/`.
    name: String,
    bytes: u64,
}

/// Enrols many students from a folder of photographs, as from a zip.
pub(crate) async fn enrol_folder(at: &AtDesk, input: EnrolFolder) -> Result<BulkReport> {
    // Nothing is opened for who does not reach the school.
    face_status.on(&*at.calls, OfSchool { school: input.school }).await?;
    let folder = typed_folder("folder", &input.folder)?;
    let root = folder.clone();
    let (photographs, other_files) = blocking(move || list(&root)).await?;
    let zips = parted(photographs, LARGEST_ZIP);
    let sums = if zips.len() > 1 { sums(&folder, &zips).await? } else { vec![Vec::new()] };
    let mut all = BulkReport { applied: input.apply, students: Vec::new(), other_files, cancelled: false };
    for (n, photographs) in zips.into_iter().enumerate() {
        let root = folder.clone();
        let (bytes, unread) = blocking(move || packed(&root, &photographs)).await?;
        let upload = at.calls.upload(&input.folder, Arc::new(bytes)).await?;
        let beside = sums.iter().enumerate().filter(|(other, _)| *other != n).flat_map(|(_, sums)| sums.clone());
        let one = EnrolFacesInBulk {
            school: input.school,
            upload: Some(upload),
            unread: Some(unread),
            beside: Some(beside.collect()),
            apply: input.apply,
        };
        let report = enrol_faces_in_bulk.reporting(&*at.calls, one, &at.job).await?;
        all.students.extend(report.students);
        all.cancelled = report.cancelled;
        if all.cancelled {
            break;
        }
    }
    all.students.sort_by(|a, b| a.number.cmp(&b.number));
    Ok(all)
}

fn bad(message: Message) -> Error {
    Error::new(ErrorCode::BadFile, message).help(refusals::faces::name_by_number())
}

/// The photographs in a folder, by name; and how many other files there are.
fn list(root: &Path) -> Result<(Vec<Photograph>, u32)> {
    match fs::metadata(root) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => return Err(bad(refusals::faces::no_folder(root.display()))),
        Err(error) => return Err(bad(refusals::common::unreadable(root.display(), error.to_string()))),
    }
    let mut found = Vec::new();
    walk(root, "", 0, &mut found)?;
    found.retain(|photograph| !is_hidden(&photograph.name));
    let all = found.len();
    found.retain(|photograph| is_photograph(&photograph.name));
    found.sort_by(|a, b| a.name.cmp(&b.name));
    let others = (all - found.len()) as u32;
    Ok((found, others))
}

fn walk(root: &Path, under: &str, depth: usize, found: &mut Vec<Photograph>) -> Result<()> {
    let folder = root.join(under);
    let unreadable = |error: std::io::Error| bad(refusals::common::unreadable(folder.display(), error.to_string()));
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let name = if under.is_empty() { name } else { format!("{under}/{name}") };
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_dir() && depth < DEEPEST {
            walk(root, &name, depth + 1, found)?;
        } else if kind.is_file() {
            let bytes = entry.metadata().map_err(unreadable)?.len();
            found.push(Photograph { name, bytes });
        }
        if found.len() > MOST_FILES {
            return Err(bad(refusals::faces::folder_too_many(MOST_FILES)));
        }
    }
    Ok(())
}

/// Parts photographs into zips of at most so many bytes, so that those of a student stay together.
fn parted(photographs: Vec<Photograph>, largest: u64) -> Vec<Vec<Photograph>> {
    let folder_of = |name: &str| name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut zips: Vec<Vec<Photograph>> = vec![Vec::new()];
    let mut size = 0;
    for of_folder in photographs.chunk_by(|a, b| folder_of(&a.name) == folder_of(&b.name)) {
        let one_student = of_folder.len() <= MOST_OF_ONE && !folder_of(&of_folder[0].name).is_empty();
        for together in of_folder.chunk_by(|a, b| one_student || student_of(&a.name) == student_of(&b.name)) {
            let bytes: u64 = together.iter().map(|photograph| photograph.bytes.min(LARGEST_FILE)).sum();
            if size + bytes > largest && size > 0 {
                zips.push(Vec::new());
                size = 0;
            }
            size += bytes;
            if let Some(zip) = zips.last_mut() {
                zip.extend_from_slice(together);
            }
        }
    }
    zips
}

/// What the names of a student's photographs have in common: `12345` of `12345_2.jpg`.
fn student_of(name: &str) -> &str {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.rsplit_once('_').map_or(stem, |(before, _)| before)
}

fn read(root: &Path, photograph: &Photograph) -> std::result::Result<Vec<u8>, Message> {
    files::read(&root.join(&photograph.name), LARGEST_FILE).map_err(|error| match error.kind() {
        ErrorKind::FileTooLarge => too_large(),
        _ => refusals::common::fault(error.to_string()),
    })
}

/// A zip of photographs, and those that cannot be read.
fn packed(root: &Path, photographs: &[Photograph]) -> Result<(Vec<u8>, Vec<UnreadPhotograph>)> {
    let unwritten = |error: std::io::Error| Error::internal(format!("photographs were not packed: {error}"));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut unread = Vec::new();
    // A photograph hardly shrinks.
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for photograph in photographs {
        match read(root, photograph) {
            Ok(bytes) => {
                zip.start_file(photograph.name.as_str(), options).map_err(|error| unwritten(error.into()))?;
                zip.write_all(&bytes).map_err(unwritten)?;
            }
            Err(message) => unread.push(UnreadPhotograph { file: photograph.name.clone(), message }),
        }
    }
    let done = zip.finish().map_err(|error| unwritten(error.into()))?;
    Ok((done.into_inner(), unread))
}

/// The sums of all photographs, zip by zip; those that cannot be read have none.
async fn sums(folder: &Path, zips: &[Vec<Photograph>]) -> Result<Vec<Vec<PhotographBeside>>> {
    let (root, zips): (PathBuf, Vec<Vec<Photograph>>) = (folder.to_owned(), zips.to_vec());
    blocking(move || {
        let sum = |photograph: &Photograph| {
            let bytes = read(&root, photograph).ok()?;
            Some(PhotographBeside { file: photograph.name.clone(), sha256: sha256_of(&bytes) })
        };
        Ok(zips.iter().map(|zip| zip.iter().filter_map(sum).collect()).collect())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_walked() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("7/.thumbs")).unwrap();
        for name in ["7/1.jpg", "7/.thumbs/1.jpg", "8_1.PNG", "notes.txt"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let (found, others) = list(folder.path()).unwrap();
        assert_eq!(
            (found.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), others),
            (vec!["7/1.jpg", "8_1.PNG"], 1)
        );
        assert_eq!(read(folder.path(), &found[1]).unwrap(), b"8_1.PNG");
        assert!(list(Path::new("/no/such/folder")).is_err());
        // What is gone by the time it is read is named.
        fs::remove_file(folder.path().join("7/1.jpg")).unwrap();
        let (zip, unread) = packed(folder.path(), &found).unwrap();
        assert_eq!(unread.len(), 1);
        assert_eq!((unread[0].file.as_str(), zip::ZipArchive::new(Cursor::new(zip)).unwrap().len()), ("7/1.jpg", 1));
    }

    #[test]
    fn the_photographs_of_a_student_stay_together() {
        let of = |names: &[&str]| -> Vec<Photograph> {
            names.iter().map(|name| Photograph { name: (*name).to_owned(), bytes: 10 }).collect()
        };
        let parts = |names: &[&str]| -> Vec<usize> { parted(of(names), 40).iter().map(Vec::len).collect() };
        assert_eq!(parts(&[]), [0]);
        assert_eq!(parts(&["1/a.jpg", "1/b.jpg", "1/c.jpg", "2/a.jpg", "2/b.jpg"]), [3, 2]);
        assert_eq!(parts(&["1_1.jpg", "1_2.jpg", "1_3.jpg", "2_1.jpg", "2_2.jpg", "3_1.jpg"]), [3, 3]);
        assert_eq!(parts(&["1/a.jpg", "1/b.jpg", "1/c.jpg", "1/d.jpg", "1/e.jpg", "2/a.jpg"]), [5, 1]);
    }
}
