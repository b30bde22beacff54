//! A local database, its log, its lock and its copies are for their owner only. On Windows the folder's rights decide.

use std::io;
use std::path::{Path, PathBuf};

use crate::StoreError;

/// Makes a folder and those above it; on Unix only its owner may open what is made.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes the database's file where there is none, before anything is in it, and closes what a former Homeroom left open.
/// SQLite gives its log the rights of the file.
pub(crate) fn close(file: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        make_file(file).map_err(|source| StoreError::Files { path: file.to_path_buf(), source })?;
        for ending in ["", "-wal", "-shm", ".lock"] {
            take_from_others(&PathBuf::from(format!("{}{ending}", file.display())))?;
        }
    }
    Ok(())
}

fn make_file(file: &Path) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Takes every right of group and others. A file of another user, which is not ours to close, stays as it is.
pub(crate) fn take_from_others(file: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let refused = |source: io::Error| StoreError::Files { path: file.to_path_buf(), source };
        let mode = match file.metadata() {
            Ok(of) => of.permissions().mode(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(refused(error)),
        };
        if mode & 0o077 != 0 {
            match std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode & 0o700)) {
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                    tracing::warn!("a file of the database belongs to another user and could not be closed to others");
                }
                done => done.map_err(refused)?,
            }
        }
    }
    let _windows_inherits = file;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use crate::{Place, Store, StoreOptions};

    #[tokio::test]
    async fn nobody_else_can_open_database_log_lock_and_copy() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("school/homeroom.db");
        let place = Place::File(file.clone());
        let mode = |name: &str| {
            let path = file.parent().unwrap().join(name);
            path.metadata().unwrap().permissions().mode() & 0o777
        };
        let files = ["homeroom.db", "homeroom.db-wal", "homeroom.db-shm", "homeroom.db.lock"];
        for former in [false, true] {
            if former {
                // As a former Homeroom left them.
                for name in ["homeroom.db", "homeroom.db.lock"] {
                    let path = file.parent().unwrap().join(name);
                    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).unwrap();
                }
            }
            let store = Store::open(&place, &StoreOptions::default()).await.unwrap();
            store.begin().await.unwrap().commit().await.unwrap();
            assert_eq!(mode(""), 0o700);
            for name in files {
                assert_eq!(mode(name), 0o600, "{name}");
            }
            let copy = format!("copy-{former}.db");
            store.copy_to(&file.parent().unwrap().join(&copy)).await.unwrap();
            assert_eq!(mode(&copy), 0o600);
            store.close().await.unwrap();
        }
    }
}
