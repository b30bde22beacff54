//! Whether a database's file is still where it was opened. A system that lets open files be removed goes on writing into
//! a removed one as if nothing had happened, and with the program's end all of it is gone.

use std::path::{Path, PathBuf};

use crate::StoreError;

/// A file as it was when it was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    path: PathBuf,
    was: Identity,
}

/// Tells a file from another that came into its place. It is asked for by name alone: to open and close SQLite's file
/// beside SQLite would let go of its locks.
#[cfg(unix)]
type Identity = (u64, u64);
/// Open files are neither removed nor replaced there.
#[cfg(not(unix))]
type Identity = ();

impl Opened {
    /// # Errors
    /// [`StoreError::Gone`] where there is no such file.
    pub fn now(path: &Path) -> Result<Self, StoreError> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        Ok(Self { was: identity(&path)?, path })
    }

    /// # Errors
    /// [`StoreError::Gone`] where the file was removed, moved or replaced.
    pub fn still_there(&self) -> Result<(), StoreError> {
        if identity(&self.path)? == self.was { Ok(()) } else { Err(StoreError::Gone(self.path.clone())) }
    }
}

fn identity(path: &Path) -> Result<Identity, StoreError> {
    let found = std::fs::metadata(path).map_err(|_| StoreError::Gone(path.to_path_buf()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Ok((found.dev(), found.ino()))
    }
    #[cfg(not(unix))]
    {
        let _there = found;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_removed_or_replaced_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("homeroom.db");
        std::fs::write(&file, b"one").unwrap();
        let opened = Opened::now(&file).unwrap();
        std::fs::write(&file, b"changed in place").unwrap();
        opened.still_there().unwrap();
        let other = folder.path().join("copy.db");
        std::fs::write(&other, b"one").unwrap();
        std::fs::rename(&other, &file).unwrap();
        #[cfg(unix)]
        assert!(matches!(opened.still_there(), Err(StoreError::Gone(_))));
        std::fs::remove_file(&file).unwrap();
        assert!(matches!(opened.still_there(), Err(StoreError::Gone(_))));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn what_is_written_while_the_folder_goes_away_is_not_said_to_be_kept() {
        use sea_orm::{EntityTrait, PaginatorTrait};

        use crate::entities::districts;
        use crate::ids::DistrictId;
        use crate::{Place, Store, StoreOptions};
        let root = tempfile::tempdir().unwrap();
        let (folder, moved) = (root.path().join("data"), root.path().join("moved"));
        std::fs::create_dir(&folder).unwrap();
        let place = Place::File(folder.join("homeroom.db"));
        let store = Store::open(&place, &StoreOptions::default()).await.unwrap();
        let district =
            || districts::Model { id: DistrictId::new(), name: "Northern".into(), source_id: None, version: 1 };
        let mut tx = store.begin().await.unwrap();
        tx.insert::<districts::Entity>(district()).await.unwrap();
        std::fs::rename(&folder, &moved).unwrap();
        assert!(matches!(tx.commit().await, Err(StoreError::Gone(_))));

        std::fs::rename(&moved, &folder).unwrap();
        let kept = async || districts::Entity::find().count(store.reader()).await.unwrap();
        assert_eq!(kept().await, 0);
        let mut tx = store.begin().await.unwrap();
        tx.insert::<districts::Entity>(district()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(kept().await, 1);
    }
}
