//! Files that jobs take and make: on disk beside the database, each with an owner and an end. What a person hands over for
//! a moment stays in memory (`Services::keep_upload`): faces are among it, which are never written down in the clear.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

use blobs::{BlobError, Blobs, Key, Measured};
use chrono::Duration;
use sea_orm::DbBackend;
use serde_json::json;
use store::ids::{BlobId, JobId, SchoolId, UserId};
use store::{BlobRow, Transaction};
use uuid::Uuid;
use words::refusals;

use super::enqueue::{Wish, put_in};
use super::kinds::{Kind, Load};
use crate::{Artifact, Context, Error, ErrorCode, Result, Services, look_at_clock};

/// The largest file that is kept, in bytes.
const LARGEST: u64 = 256 << 20;
/// So many bytes a person may keep at once.
const LARGEST_OF_OWNER: u64 = 2 << 30;
/// Files are kept so long, like the jobs that they belong to.
const KEPT: Duration = Duration::days(30);
/// A file that no row knows was laid down by a transaction that was not kept; before it is this old it may yet be.
const UNKNOWN_FOR: Duration = Duration::days(1);

/// What a file is to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A person handed it over.
    Upload,
    /// It was made for a person.
    Document,
}

impl FileKind {
    fn name(self) -> &'static str {
        match self {
            Self::Upload => "upload",
            Self::Document => "document",
        }
    }

    fn parse(name: &str) -> Self {
        if name == Self::Upload.name() { Self::Upload } else { Self::Document }
    }
}

/// A file that is to be kept.
pub struct NewFile {
    pub school: SchoolId,
    pub kind: FileKind,
    /// The name that people see.
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Arc<Vec<u8>>,
}

/// Where files lie.
struct Place {
    blobs: Blobs,
    /// Which data folder this is, where several programs with folders of their own share a database.
    home: String,
}

fn place(services: &Services) -> Result<Arc<Place>> {
    services.extension(|| {
        let folder = services.folders.data.join("files");
        let blobs = Blobs::in_folder(&folder).map_err(fault)?;
        let home = match services.store.backend() {
            // A database that is a file has one program, wherever its data folder is moved.
            DbBackend::Sqlite => "here".to_owned(),
            _ => name_of(&folder).map_err(|error| fault(BlobError::Files(error)))?,
        };
        Ok(Place { blobs, home })
    })
}

/// The name of a folder, which it keeps when it is moved.
fn name_of(folder: &Path) -> std::io::Result<String> {
    let path = folder.join("home");
    match std::fs::File::create_new(&path) {
        Ok(mut file) => {
            let name = Uuid::now_v7().to_string();
            file.write_all(name.as_bytes())?;
            Ok(name)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let mut name = String::new();
            std::fs::File::open(&path)?.take(100).read_to_string(&mut name)?;
            Ok(name)
        }
        Err(error) => Err(error),
    }
}

fn fault(error: BlobError) -> Error {
    match error {
        BlobError::NotThere => Error::not_found(refusals::gone::file()),
        BlobError::Damaged => {
            Error::new(ErrorCode::BadFile, refusals::jobs::damaged()).help(refusals::jobs::choose_or_make_again())
        }
        BlobError::Files(error) => {
            Error::of_files(refusals::jobs::not_kept(), &error, refusals::jobs::see_data_folder())
        }
    }
}

/// The name of the data folder of these services: jobs whose files lie in it are done by its programs.
pub fn home(services: &Services) -> Result<String> {
    Ok(place(services)?.home.clone())
}

/// Lays a file down for whoever acts. It is kept once [`note`] stands in a transaction that is kept.
pub async fn lay_down(context: &Context, file: NewFile) -> Result<BlobRow> {
    let owner = context.actor()?.user;
    if file.bytes.len() as u64 > LARGEST {
        return Err(Error::new(ErrorCode::BadFile, refusals::common::file_too_large(LARGEST >> 20))
            .help(refusals::common::choose_smaller_file()));
    }
    let place = place(&context.services)?;
    let id = BlobId::new();
    let key = Key::new(Some(file.school.0), file.kind.name(), id.0);
    let Measured { size, sha256 } = place.blobs.put(&key, file.bytes.to_vec().into()).await.map_err(fault)?;
    let now = context.now();
    Ok(BlobRow {
        id,
        school: Some(file.school),
        kind: file.kind.name().to_owned(),
        home: place.home.clone(),
        job: None,
        owner,
        name: file.name,
        media_type: file.media_type.to_owned(),
        size,
        sha256: sha256.to_vec(),
        created_at: now,
        expires_at: now + KEPT,
    })
}

/// Keeps files that were laid down, for a job.
///
/// # Errors
/// [`ErrorCode::Invalid`] where their owner would keep too much.
pub async fn note(tx: &Transaction<'_>, files: &[BlobRow], job: Option<JobId>) -> Result<()> {
    for file in files {
        // Two of the same person's at once are counted one after the other.
        tx.alone(&format!("files:{}", file.owner)).await?;
        if tx.bytes_of(file.owner, &file.home).await? + file.size > LARGEST_OF_OWNER {
            return Err(Error::new(ErrorCode::Invalid, refusals::jobs::keep_too_much(LARGEST_OF_OWNER >> 30))
                .help(refusals::jobs::take_off_list()));
        }
        tx.put_blob(&BlobRow { job, ..file.clone() }).await?;
    }
    Ok(())
}

/// A file of this owner, with its bytes.
///
/// # Errors
/// [`ErrorCode::NotFound`] also where it is another one's: who may not have it does not learn that it is there.
pub async fn open(services: &Services, id: Uuid, owner: UserId) -> Result<(BlobRow, Vec<u8>)> {
    let gone = || Error::not_found(refusals::gone::file());
    let row = services.store.blob(BlobId(id)).await?.filter(|row| row.owner == owner).ok_or_else(gone)?;
    if row.expires_at <= services.clock.now() {
        return Err(gone());
    }
    let right = Measured { size: row.size, sha256: row.sha256.as_slice().try_into().map_err(|_| gone())? };
    let bytes = place(services)?.blobs.get(&key_of(&row), &right).await.map_err(fault)?;
    Ok((row, bytes.into()))
}

fn key_of(row: &BlobRow) -> Key {
    Key::new(row.school.map(|school| school.0), FileKind::parse(&row.kind).name(), row.id.0)
}

/// Removes files; what the disk refuses now is swept later.
pub async fn discard(services: &Services, rows: &[BlobRow]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let tx = services.store.begin().await?;
    for row in rows {
        tx.drop_blob(row.id).await?;
    }
    tx.commit().await?;
    remove(services, rows).await
}

/// Removes the bytes of files whose rows are gone.
pub(crate) async fn remove(services: &Services, rows: &[BlobRow]) -> Result<()> {
    let place = place(services)?;
    for row in rows.iter().filter(|row| row.home == place.home) {
        if let Err(error) = place.blobs.remove(&key_of(row)).await {
            tracing::warn!(%error, "a file was left, and is swept tomorrow");
        }
    }
    Ok(())
}

/// What an operation or a job made for whoever acts: of the moment from memory, of a job from disk.
pub async fn artifact(context: &Context, id: Uuid) -> Result<Artifact> {
    let owner = context.actor()?.user;
    if let Ok(artifact) = context.services.artifact(id, owner) {
        return Ok(artifact);
    }
    let (row, bytes) = open(&context.services, id, owner).await.map_err(|error| match error.code {
        ErrorCode::NotFound => Error::not_found(refusals::gone::document()),
        _ => error,
    })?;
    let media_type = if row.media_type == "application/pdf" { "application/pdf" } else { "application/zip" };
    Ok(Artifact { file_name: row.name, media_type, bytes: Arc::new(bytes), owner })
}

/// Removes files that were to be kept until now, and those that no row knows.
pub(crate) fn sweep() -> Kind {
    Kind {
        name: "sweep_files",
        load: Load::Light,
        ends_with_its_write: false,
        attempts: 5,
        work: |context, _| {
            Box::pin(async move {
                sweep_now(&context.services).await?;
                Ok(None)
            })
        },
    }
}

/// Puts the sweep of today in: each data folder has its own.
pub(crate) async fn put_in_sweep(context: &Context, tx: &Transaction<'_>) -> Result<bool> {
    let home = home(&context.services)?;
    let key = format!("sweep:{home}:{}", context.now().date_naive());
    let wish = Wish { once_key: Some(key), home: Some(home), ..Wish::default() };
    Ok(put_in(context, tx, &sweep(), json!({}), wish).await?.is_some())
}

async fn sweep_now(services: &Services) -> Result<()> {
    // A clock that is wrong makes nothing old.
    if let Some(doubt) = look_at_clock(services).await? {
        return Err(doubt.error());
    }
    let place = place(services)?;
    let now = services.clock.now();
    discard(services, &services.store.ended_blobs(&place.home, now).await?).await?;
    for key in place.blobs.put_before(now - UNKNOWN_FOR).await.map_err(fault)? {
        let Some(id) = key.id() else { continue };
        if services.store.blob(BlobId(id)).await?.is_none() {
            place.blobs.remove(&key).await.map_err(fault)?;
        }
    }
    Ok(())
}
