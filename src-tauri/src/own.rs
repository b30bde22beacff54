//! Files for their owner only: what Homeroom keeps, nobody else on this computer can open. It is made so, and a folder of a
//! former Homeroom is mended at the start.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// What Homeroom keeps in its data folder; anything else there is somebody's own. Besides, the database and its companions.
const KEPT: [&str; 7] = ["backups", "log", "keys", "documents", "window", "fonts", "kiosk.json"];

/// The rights that the person's own settings take from new files (`umask`).
#[cfg(unix)]
static USUAL: std::sync::OnceLock<rustix::fs::Mode> = std::sync::OnceLock::new();

/// From now on whatever this process makes is its owner's only, also what its libraries make. Called once, first of all.
pub fn make_private() {
    #[cfg(unix)]
    USUAL.get_or_init(|| {
        use rustix::fs::Mode;
        rustix::process::umask(Mode::RWXG | Mode::RWXO)
    });
}

/// Gives a file that a person has put somewhere on purpose the rights that the person's other files have.
///
/// # Errors
/// When the system refuses.
pub fn make_usual(file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(usual) = USUAL.get() {
        use rustix::fs::Mode;
        let everybody = Mode::RUSR | Mode::WUSR | Mode::RGRP | Mode::WGRP | Mode::ROTH | Mode::WOTH;
        rustix::fs::chmod(file, everybody.difference(*usual))?;
    }
    let _only_on_unix = file;
    Ok(())
}

/// Closes the data folder and what Homeroom keeps in it to everybody else. What cannot be closed is told to the log.
pub fn close(data: &Path) {
    let closed = close_folder(data);
    if let Err(error) = closed {
        tracing::warn!(%error, "the data folder could not be closed to others");
    }
}

#[cfg(unix)]
fn close_folder(data: &Path) -> io::Result<()> {
    take_from_others(data)?;
    for entry in fs::read_dir(data)?.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if KEPT.contains(&&*name) || name.starts_with("homeroom.db") {
            close_below(&entry.path())?;
        }
    }
    Ok(())
}

/// Links are not followed: they lead to what is not Homeroom's.
#[cfg(unix)]
fn close_below(path: &Path) -> io::Result<()> {
    let of = match fs::symlink_metadata(path) {
        Ok(of) if !of.file_type().is_symlink() => of,
        _ => return Ok(()),
    };
    take_from_others(path)?;
    if of.is_dir() {
        for entry in fs::read_dir(path)?.flatten() {
            close_below(&entry.path())?;
        }
    }
    Ok(())
}

/// Takes every right of group and others. What belongs to somebody else, or is gone by now, stays as it is; so does a folder
/// that everybody shares, as the one for temporary files.
#[cfg(unix)]
fn take_from_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    const STICKY: u32 = 0o1000;
    let of = match fs::symlink_metadata(path) {
        Ok(of) => of,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let mode = of.mode() & 0o7777;
    if mode & 0o077 == 0 || mode & STICKY != 0 || of.uid() != rustix::process::geteuid().as_raw() {
        return Ok(());
    }
    match fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// On Windows rights are inherited: the folder's own list is replaced by one that names this user, the system and its
/// administrators, and holds for everything below.
#[cfg(windows)]
fn close_folder(data: &Path) -> io::Result<()> {
    use std::os::windows::process::CommandExt;
    use std::process::Command;
    const NO_WINDOW: u32 = 0x0800_0000;
    let system =
        std::env::var_os("SystemRoot").map_or_else(|| PathBuf::from(r"C:\Windows"), PathBuf::from).join("System32");
    let said = Command::new(system.join("whoami.exe"))
        .args(["/user", "/fo", "csv", "/nh"])
        .creation_flags(NO_WINDOW)
        .output()?;
    let user = user_of(&String::from_utf8_lossy(&said.stdout)).ok_or(io::ErrorKind::NotFound)?;
    let done =
        Command::new(system.join("icacls.exe")).arg(data).args(rights(&user)).creation_flags(NO_WINDOW).output()?;
    if done.status.success() { Ok(()) } else { Err(io::Error::other(done.status.to_string())) }
}

/// The user's security identifier in what `whoami /user /fo csv /nh` prints: `"school\amara","S-1-5-21-…"`.
#[cfg(any(windows, test))]
fn user_of(said: &str) -> Option<String> {
    let user = said.trim().rsplit(',').next()?.trim().trim_matches('"');
    user.starts_with("S-1-").then(|| user.to_owned())
}

/// What `icacls` is told: nothing is inherited from above; this user, the system (S-1-5-18) and administrators
/// (S-1-5-32-544) may do everything, here and below.
#[cfg(any(windows, test))]
fn rights(user: &str) -> Vec<String> {
    let grant = |who: &str| format!("*{who}:(OI)(CI)F");
    ["/inheritance:r".to_owned(), "/grant:r".to_owned(), grant(user), grant("S-1-5-18"), grant("S-1-5-32-544")].into()
}

/// What the names of temporary folders begin with.
const TEMPORARY: &str = "homeroom-for-a-while-";
/// Held by whoever uses a temporary folder.
const IN_USE: &str = ".in-use";

/// A folder outside of the data folder, for a while: gone with this value, and at the next start where the program was
/// killed. Nobody else can open it.
pub struct Temporary {
    path: PathBuf,
    /// The system lets go of it when the process ends, however it ends.
    held: Option<fs::File>,
}

impl Temporary {
    /// A new one in the system's folder for such things.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new() -> io::Result<Self> {
        Self::below(&std::env::temp_dir())
    }

    pub fn below(place: &Path) -> io::Result<Self> {
        let mut name = [0; 16];
        kernel::random(&mut name).map_err(io::Error::other)?;
        let path = place.join(format!("{TEMPORARY}{}", uuid::Uuid::from_bytes(name)));
        let mut builder = fs::DirBuilder::new();
        builder.recursive(false);
        // On Windows the folder for temporary files is the user's own.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path)?;
        let held = fs::File::create(path.join(IN_USE))
            .and_then(|file| file.try_lock().map(|()| file).map_err(io::Error::from));
        Ok(Self { held: Some(held?), path })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        self.held = None;
        remove(&self.path);
    }
}

/// Removes the temporary folders of programs that were killed, or whose viewer still held a file.
pub fn sweep() {
    sweep_in(&std::env::temp_dir());
}

pub fn sweep_in(place: &Path) {
    let Ok(entries) = fs::read_dir(place) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(TEMPORARY)) {
        let path = entry.path();
        // Another user's folder cannot be opened, one in use is held.
        if fs::File::open(path.join(IN_USE)).is_ok_and(|held| held.try_lock().is_ok()) {
            remove(&path);
        }
    }
}

fn remove(folder: &Path) {
    if let Err(error) = fs::remove_dir_all(folder) {
        tracing::warn!(%error, "a temporary folder could not be removed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_folder_goes_with_its_user_and_at_the_next_start_after_a_kill() {
        let place = tempfile::tempdir().unwrap();
        let used = Temporary::below(place.path()).unwrap();
        let done = Temporary::below(place.path()).unwrap();
        fs::write(done.path().join("key.pdf"), b"secret").unwrap();
        let gone = done.path().to_owned();
        drop(done);
        assert!(!gone.exists());

        let mut killed = Temporary::below(place.path()).unwrap();
        fs::write(killed.path().join("key.pdf"), b"secret").unwrap();
        killed.held = None;
        let left = killed.path().to_owned();
        std::mem::forget(killed);
        fs::write(place.path().join("another"), b"not ours").unwrap();
        sweep_in(place.path());
        assert!(!left.exists() && used.path().is_dir() && place.path().join("another").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_of_a_former_homeroom_is_closed_and_nothing_else_is_touched() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let data = root.path().join("data");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let set = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        for folder in ["keys", "backups", "log", "window/storage", "documents", "notes"] {
            fs::create_dir_all(data.join(folder)).unwrap();
        }
        let files = [
            "homeroom.db",
            "homeroom.db-wal",
            "homeroom.db-shm",
            "homeroom.db.lock",
            "keys/master.key",
            "backups/a.db",
            "log/homeroom.log",
            "window/storage/x",
            "documents/card.pdf",
        ];
        for file in files {
            fs::write(data.join(file), b"x").unwrap();
            set(&data.join(file), 0o644);
        }
        let others = root.path().join("others");
        for file in [data.join("notes/mine.txt"), others.clone()] {
            fs::write(&file, b"x").unwrap();
            set(&file, 0o644);
        }
        std::os::unix::fs::symlink(&others, data.join("documents/link")).unwrap();
        set(&data, 0o755);
        close(&data);
        for file in files {
            assert_eq!(mode(&data.join(file)), 0o600, "{file}");
        }
        for folder in ["", "keys", "backups", "log", "window", "window/storage", "documents"] {
            assert_eq!(mode(&data.join(folder)), 0o700, "{folder}");
        }
        assert_eq!((mode(&data.join("notes/mine.txt")), mode(&others)), (0o644, 0o644));
    }

    #[test]
    fn windows_is_told_who_the_owner_is() {
        let said = "\"school\\amara\",\"S-1-5-21-1004336348-1177238915-682003330-512\"\r\n";
        let user = user_of(said).unwrap();
        assert_eq!(user, "S-1-5-21-1004336348-1177238915-682003330-512");
        assert_eq!(user_of("ERROR: something"), None);
        assert_eq!(
            rights(&user)[..3],
            ["/inheritance:r", "/grant:r", "*S-1-5-21-1004336348-1177238915-682003330-512:(OI)(CI)F"]
        );
    }
}
