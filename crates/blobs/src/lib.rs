//! Bytes on disk under keys of our own: a folder now, a store that speaks S3 later. Knows neither who owns what nor how
//! long it is kept; names that people give never come into a key.
#![cfg_attr(test, allow(clippy::unwrap_used))]

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What went wrong with the bytes: a word for the log. Who knows what they were says it to people.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// Nothing lies under this key.
    #[error("not_there")]
    NotThere,
    /// What lies there is not what was put there.
    #[error("damaged")]
    Damaged,
    /// The disk, or the store behind it, refused.
    #[error("files")]
    Files(#[source] std::io::Error),
}

/// Where bytes lie: `<school>/<kind>/<identifier>`, or without a school `<kind>/<identifier>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(object_store::path::Path);

impl Key {
    /// The key of these bytes; `kind` is a word of the program's own.
    pub fn new(school: Option<Uuid>, kind: &'static str, id: Uuid) -> Self {
        let school = school.map(|school| school.to_string());
        let parts = school.into_iter().chain([kind.to_owned(), id.to_string()]);
        Self(parts.collect())
    }

    /// The identifier at its end; none where a file lies there that is not ours.
    pub fn id(&self) -> Option<Uuid> {
        self.0.filename()?.parse().ok()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What was put in: how long it is, and its SHA-256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    pub size: u64,
    pub sha256: [u8; 32],
}

impl Measured {
    /// Measures bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, sha256: Sha256::digest(bytes).into() }
    }
}

/// A place for bytes. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    /// A folder, made for its owner alone where it is not there.
    ///
    /// # Errors
    /// What the file system refuses.
    pub fn in_folder(folder: &Path) -> Result<Self, BlobError> {
        let mut maker = std::fs::DirBuilder::new();
        maker.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
        maker.create(folder).map_err(BlobError::Files)?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(fault)?.with_automatic_cleanup(true);
        Ok(Self(Arc::new(store)))
    }

    /// Puts bytes where nothing lies yet: the whole of them or nothing.
    ///
    /// # Errors
    /// What the file system refuses, or that something lies there already.
    pub async fn put(&self, key: &Key, bytes: Bytes) -> Result<Measured, BlobError> {
        let measured = Measured::of(&bytes);
        let new = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        self.0.put_opts(&key.0, bytes.into(), new).await.map_err(fault)?;
        Ok(measured)
    }

    /// The bytes, if they are what was put there.
    ///
    /// # Errors
    /// [`BlobError::NotThere`], [`BlobError::Damaged`], or what the file system refuses.
    pub async fn get(&self, key: &Key, right: &Measured) -> Result<Bytes, BlobError> {
        // Measured before it is read: what another hand made large is not taken into memory.
        if self.0.head(&key.0).await.map_err(fault)?.size != right.size {
            return Err(BlobError::Damaged);
        }
        let bytes = self.0.get(&key.0).await.map_err(fault)?.bytes().await.map_err(fault)?;
        if Measured::of(&bytes) == *right { Ok(bytes) } else { Err(BlobError::Damaged) }
    }

    /// Removes bytes; where nothing lies that is no error.
    ///
    /// # Errors
    /// What the file system refuses.
    pub async fn remove(&self, key: &Key) -> Result<(), BlobError> {
        match self.0.delete(&key.0).await.map_err(fault) {
            Err(BlobError::NotThere) => Ok(()),
            other => other,
        }
    }

    /// What was put in before that moment.
    ///
    /// # Errors
    /// What the file system refuses.
    pub async fn put_before(&self, moment: DateTime<Utc>) -> Result<Vec<Key>, BlobError> {
        let all = self.0.list(None).try_filter(|object| std::future::ready(object.last_modified < moment));
        all.map_ok(|object| Key(object.location)).try_collect().await.map_err(fault)
    }
}

fn fault(error: object_store::Error) -> BlobError {
    match error {
        object_store::Error::NotFound { .. } => BlobError::NotThere,
        other => BlobError::Files(io_error(other)),
    }
}

/// The file system's own error, which says whether the disk is full.
fn io_error(error: object_store::Error) -> std::io::Error {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            return io.raw_os_error().map_or_else(|| io.kind().into(), std::io::Error::from_raw_os_error);
        }
        source = cause.source();
    }
    std::io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Key::new(Some(Uuid::now_v7()), "upload", Uuid::now_v7())
    }

    #[tokio::test]
    async fn bytes_come_back_as_they_were_put_in_and_are_put_in_once() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::in_folder(&folder.path().join("files")).unwrap();
        let key = key();
        let measured = blobs.put(&key, Bytes::from_static(b"a list")).await.unwrap();
        assert_eq!(blobs.get(&key, &measured).await.unwrap(), b"a list".as_slice());
        assert!(blobs.put(&key, Bytes::from_static(b"another")).await.is_err());
        blobs.remove(&key).await.unwrap();
        blobs.remove(&key).await.unwrap();
        assert!(matches!(blobs.get(&key, &measured).await, Err(BlobError::NotThere)));
    }

    #[tokio::test]
    async fn what_another_hand_changed_is_not_given_out() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::in_folder(folder.path()).unwrap();
        let key = key();
        let measured = blobs.put(&key, Bytes::from_static(b"a list")).await.unwrap();
        for other in [b"a lisp".as_slice(), b"a longer list"] {
            std::fs::write(folder.path().join(key.to_string()), other).unwrap();
            assert!(matches!(blobs.get(&key, &measured).await, Err(BlobError::Damaged)));
        }
    }

    #[allow(clippy::disallowed_methods)] // the files have the times of this computer
    #[tokio::test]
    async fn what_lies_there_is_found_by_its_age() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::in_folder(folder.path()).unwrap();
        let (key, now) = (key(), Utc::now());
        blobs.put(&key, Bytes::from_static(b"a list")).await.unwrap();
        assert_eq!(blobs.put_before(now - chrono::Duration::days(1)).await.unwrap(), []);
        let found = blobs.put_before(now + chrono::Duration::days(1)).await.unwrap();
        assert_eq!(found, std::slice::from_ref(&key));
        assert_eq!(found[0].id(), key.id());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_opens_the_folder() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("files");
        Blobs::in_folder(&files).unwrap();
        assert_eq!(std::fs::metadata(files).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
