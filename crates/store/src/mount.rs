//! Which file a path really leads to, and whether the disk that holds it is this computer's own: on a folder that other
//! computers share SQLite's locks do not hold, and a database is damaged there sooner or later.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf, Prefix};

use crate::StoreError;

/// The most symbolic links that are followed, as on Linux.
const LINKS: usize = 40;

/// Where a path leads, links followed, also where the file (or its folder) is not there yet.
///
/// # Errors
/// When links lead round in a circle.
pub(crate) fn real_file(file: &Path) -> Result<PathBuf, StoreError> {
    let files = |source| StoreError::Files { path: file.to_path_buf(), source };
    let mut path = std::path::absolute(file).map_err(files)?;
    for _ in 0..LINKS {
        let folder = real_folder(path.parent().unwrap_or(Path::new("/")));
        let named = path.file_name().map_or_else(|| folder.clone(), |name| folder.join(name));
        match std::fs::read_link(&named) {
            // A link that leads nowhere yet is followed too: SQLite would make the file where it points.
            Ok(target) => path = folder.join(target),
            Err(_) => return Ok(named),
        }
    }
    Err(files(std::io::Error::other(words::faults::store::links_in_circle())))
}

/// The folder with its links followed; what is not there yet is kept as it is named.
fn real_folder(folder: &Path) -> PathBuf {
    let mut there = folder;
    let mut missing: Vec<OsString> = Vec::new();
    loop {
        if let Ok(real) = there.canonicalize() {
            return missing.into_iter().rev().fold(real, |path, name| path.join(name));
        }
        match (there.parent(), there.file_name()) {
            (Some(above), Some(name)) => {
                missing.push(name.to_owned());
                there = above;
            }
            _ => return folder.to_path_buf(),
        }
    }
}

/// Refuses a file, given with its links followed, that is on a network folder or has a second name.
pub(crate) fn refuse(named: &Path, real: &Path) -> Result<(), StoreError> {
    refuse_by(named, real, kind)
}

/// `kind` says of which type the file system is that a file is on.
fn refuse_by(named: &Path, real: &Path, kind: impl Fn(&Path) -> Option<String>) -> Result<(), StoreError> {
    if is_unc(named) || is_unc(real) || kind(real).is_some_and(|kind| is_shared(&kind)) {
        return Err(StoreError::NetworkFolder(named.to_path_buf()));
    }
    // SQLite keeps its log beside the name, as we keep the lock: by two names two programs would write at once.
    if names(real).is_some_and(|names| names > 1) {
        return Err(StoreError::TwoNames(named.to_path_buf()));
    }
    Ok(())
}

/// `\\server\share` of Windows; a drive letter of a share becomes one when its links are followed.
fn is_unc(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let unc = |prefix| matches!(prefix, Prefix::UNC(..) | Prefix::VerbatimUNC(..));
    matches!(path.components().next(), Some(Component::Prefix(prefix)) if unc(prefix.kind()))
        || (text.starts_with(r"\\") && !text.starts_with(r"\\?\") && !text.starts_with(r"\\.\"))
        || text.starts_with(r"\\?\UNC\")
}

/// File systems on this computer's own disks that reach it by way of FUSE; all others of FUSE may be anything.
const OWN_BY_FUSE: [&str; 15] = [
    "fuseblk",
    "fuse.ntfs-3g",
    "fuse.ntfs",
    "fuse.exfat",
    "fuse.ext2",
    "fuse.ext4",
    "fuse.fuse-ext2",
    "fuse.fuse2fs",
    "fuse.zfs",
    "fuse.apfs",
    "fuse.gocryptfs",
    "fuse.encfs",
    "fuse.cryfs",
    "fuse.securefs",
    "fuse.fuse-overlayfs",
];

/// File systems that other computers (or a virtual machine's host) write to as well.
const SHARED: [&str; 46] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "afpfs",
    "webdav",
    "davfs",
    "davfs2",
    "ftp",
    "ncp",
    "ncpfs",
    "novelfs",
    "afs",
    "auristorfs",
    "coda",
    "9p",
    "v9fs",
    "virtiofs",
    "vboxsf",
    "vmhgfs",
    "hgfs",
    "prl_fs",
    "ceph",
    "cephfs",
    "glusterfs",
    "lustre",
    "gpfs",
    "mmfs",
    "beegfs",
    "beegfs_nodev",
    "fhgfs",
    "orangefs",
    "pvfs2",
    "panfs",
    "wekafs",
    "moosefs",
    "ocfs2",
    "gfs",
    "gfs2",
    "cvfs",
    "snfs",
    "acfs",
    "macfuse",
];

/// Whether a file system of this type is one that others share. A type of which nothing is known is not, but for FUSE.
fn is_shared(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    let by_fuse = kind.starts_with("fuse") || kind.starts_with("osxfuse");
    SHARED.contains(&kind.as_str()) || (by_fuse && !OWN_BY_FUSE.contains(&kind.as_str()))
}

/// What is there of a path: itself, or the nearest folder above it.
fn there(path: &Path) -> Option<&Path> {
    path.ancestors().find(|path| path.symlink_metadata().is_ok())
}

/// The type of the file system that a file is on or would be on; none where the system does not say.
#[cfg(target_os = "linux")]
fn kind(real: &Path) -> Option<String> {
    use rustix::fs::{AtFlags, CWD, StatxFlags, statx};
    let mounts = std::fs::read("/proc/self/mountinfo").ok()?;
    let there = there(real)?;
    let looked = statx(CWD, there, AtFlags::empty(), StatxFlags::MNT_ID).ok();
    // Older kernels (before 5.8) do not say by which mount a file is reached.
    let id = looked
        .filter(|of| StatxFlags::from_bits_retain(of.stx_mask).contains(StatxFlags::MNT_ID))
        .map(|of| of.stx_mnt_id);
    kind_in(&String::from_utf8_lossy(&mounts), id, there)
}

#[cfg(target_vendor = "apple")]
fn kind(real: &Path) -> Option<String> {
    /// `MNT_LOCAL` of `sys/mount.h`: the file system is on a disk of this computer.
    const LOCAL: u32 = 0x1000;
    let found = rustix::fs::statfs(there(real)?).ok()?;
    if found.f_flags & LOCAL == 0 {
        return Some("nfs".to_owned());
    }
    let bytes = found.f_fstypename.iter().map_while(|letter| u8::try_from(*letter).ok().filter(|letter| *letter != 0));
    Some(String::from_utf8_lossy(&bytes.collect::<Vec<u8>>()).into_owned())
}

/// On Windows a share has a path of its own form.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn kind(_real: &Path) -> Option<String> {
    None
}

/// The type of a mount in the text of `/proc/self/mountinfo`: of the one with this number, else of the innermost one that
/// holds the path, the latest of several at one place.
#[cfg(any(target_os = "linux", test))]
fn kind_in(mounts: &str, id: Option<u64>, path: &Path) -> Option<String> {
    let mounts = mounts.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let mut words = before.split(' ');
        let id: u64 = words.next()?.parse().ok()?;
        let place = PathBuf::from(unescaped(words.nth(3)?));
        Some((id, place, after.split(' ').next()?))
    });
    let mounts: Vec<(u64, PathBuf, &str)> = mounts.collect();
    let by_number = mounts.iter().find(|(number, ..)| Some(*number) == id);
    let by_place = || {
        let holds = mounts.iter().filter(|(_, place, _)| path.starts_with(place));
        holds.max_by_key(|(_, place, _)| place.components().count())
    };
    by_number.or_else(by_place).map(|(.., kind)| (*kind).to_owned())
}

/// A space, a tabulator, the end of a line and a backslash are written there as `\` and three octal digits.
#[cfg(any(target_os = "linux", test))]
fn unescaped(place: &str) -> OsString {
    let mut text = place.to_owned();
    for (written, meant) in [(r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", r"\")] {
        text = text.replace(written, meant);
    }
    text.into()
}

/// By how many names a file is in the file system; none where it is not there.
#[cfg(unix)]
fn names(real: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    real.metadata().ok().map(|of| of.nlink())
}

#[cfg(windows)]
fn names(real: &Path) -> Option<u64> {
    let open = winapi_util::Handle::from_path_any(real).ok()?;
    winapi_util::file::information(&open).ok().map(|of| of.number_of_links())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a computer with these file systems, each at a place of its own.
    fn mounts(kinds: &[(&str, &str)]) -> String {
        let mut text = "22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw\n".to_owned();
        for (number, (place, kind)) in kinds.iter().enumerate() {
            text += &format!(
                "{} 22 0:{number} / {place} rw,relatime shared:{number} master:7 - {kind} source rw,vers=4.2\n",
                100 + number
            );
        }
        text
    }

    #[test]
    fn every_file_system_that_others_share_is_refused_and_an_own_disk_is_not() {
        let shared = [
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "fuse.sshfs",
            "fuse.gvfsd-fuse",
            "fuse.gvfs-fuse-daemon",
            "fuse",
            "davfs",
            "fuse.davfs2",
            "ceph",
            "fuse.ceph-fuse",
            "glusterfs",
            "fuse.glusterfs",
            "vboxsf",
            "fuse.vmhgfs-fuse",
            "virtiofs",
            "9p",
            "afs",
            "ncpfs",
            "fuse.rclone",
            "fuse.s3fs",
            "fuse.something-new",
            "lustre",
            "ocfs2",
            "afpfs",
            "webdav",
        ];
        for kind in shared {
            let text = mounts(&[("/mnt/share", kind)]);
            let found = kind_in(&text, None, Path::new("/mnt/share/school/homeroom.db")).unwrap();
            assert!(is_shared(&found), "{kind}");
        }
        for kind in [
            "ext4",
            "xfs",
            "btrfs",
            "zfs",
            "tmpfs",
            "overlay",
            "apfs",
            "ntfs3",
            "vfat",
            "exfat",
            "fuseblk",
            "fuse.gocryptfs",
        ] {
            let text = mounts(&[("/home", kind)]);
            assert!(!is_shared(&kind_in(&text, None, Path::new("/home/me/homeroom.db")).unwrap()), "{kind}");
        }
    }

    #[test]
    fn the_innermost_and_latest_mount_counts_and_its_number_before_all() {
        let text =
            mounts(&[("/srv", "nfs4"), ("/srv/local", "ext4"), (r"/srv/with\040space", "cifs"), ("/srv/local", "xfs")]);
        let of = |path: &str| kind_in(&text, None, Path::new(path)).unwrap();
        assert_eq!(of("/srv/a.db"), "nfs4");
        assert_eq!(of("/srv/local/a.db"), "xfs");
        assert_eq!(of("/srv/with space/a.db"), "cifs");
        assert_eq!(of("/srvnot/a.db"), "ext4");
        assert_eq!(kind_in(&text, Some(100), Path::new("/srv/local/a.db")).unwrap(), "nfs4");
        assert_eq!(kind_in("not a line\n", None, Path::new("/a.db")), None);
    }

    #[test]
    fn a_file_is_refused_by_the_type_of_its_own_mount() {
        let text = mounts(&[("/srv", "nfs4"), ("/srv/local", "ext4"), ("/run/user/1000/gvfs", "fuse.gvfsd-fuse")]);
        let named = Path::new("/home/me/link.db");
        let of = |real: &str| refuse_by(named, Path::new(real), |real| kind_in(&text, None, real));
        for real in ["/srv/school.db", "/run/user/1000/gvfs/share/school.db"] {
            let refused = of(real).unwrap_err();
            assert!(matches!(&refused, StoreError::NetworkFolder(path) if path == named), "{refused:?}");
        }
        for real in ["/srv/local/school.db", "/home/me/school.db"] {
            of(real).unwrap();
        }
        // Where the system does not say, nothing is refused.
        refuse_by(named, Path::new("/srv/school.db"), |_| None).unwrap();
    }

    #[test]
    fn a_share_of_windows_is_refused_by_its_path() {
        for path in [r"\\server\share\school.db", r"\\?\UNC\server\share\school.db", r"\\wsl$\Debian\school.db"] {
            let refused = refuse(Path::new(path), Path::new(path)).unwrap_err();
            assert_eq!(refused.code(), "network_folder", "{path}");
        }
        for path in [r"C:\School\school.db", r"\\?\C:\School\school.db"] {
            assert!(!is_unc(Path::new(path)), "{path}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_system_is_asked_for_the_mount_of_what_is_there() {
        for (path, wanted) in [("/proc/self/status", "proc"), ("/sys/not-there/school/homeroom.db", "sysfs")] {
            assert_eq!(kind(Path::new(path)).as_deref(), Some(wanted), "{path}");
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn no_second_name_leads_past_the_lock() {
        use crate::{Place, Store, StoreOptions};
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let open = async |name: &str| {
            Store::open(&Place::File(path(name)), &StoreOptions::default()).await.map_err(|error| error.code())
        };
        // Also where the link was there before the database.
        std::os::unix::fs::symlink(path("school.db"), path("link.db")).unwrap();
        let first = open("link.db").await.unwrap();
        assert!(path("school.db").is_file() && path("school.db.lock").is_file() && !path("link.db.lock").exists());
        assert_eq!(open("school.db").await.err(), Some("database_in_use"));
        first.close().await.unwrap();
        let first = open("school.db").await.unwrap();
        assert_eq!(open("link.db").await.err(), Some("database_in_use"));

        std::fs::hard_link(path("school.db"), path("second.db")).unwrap();
        assert_eq!(open("second.db").await.err(), Some("two_names"));
        let looked = Store::look(&Place::File(path("second.db")), &StoreOptions::default()).await;
        assert_eq!(looked.err().map(|error| error.code()), Some("two_names"));
        first.close().await.unwrap();
        assert_eq!(open("school.db").await.err(), Some("two_names"));
        std::fs::remove_file(path("second.db")).unwrap();
        assert!(open("school.db").await.is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_also_to_what_is_not_there_yet() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("share")).unwrap();
        symlink(root.join("share"), root.join("folder")).unwrap();
        symlink("share/school.db", root.join("file.db")).unwrap();
        symlink("file.db", root.join("again.db")).unwrap();
        let wanted = root.join("share/school.db");
        for name in ["folder/school.db", "file.db", "again.db", "share/../folder/school.db"] {
            assert_eq!(real_file(&root.join(name)).unwrap(), wanted, "{name}");
        }
        assert_eq!(real_file(&root.join("folder/new/a.db")).unwrap(), root.join("share/new/a.db"));
        symlink("round.db", root.join("round.db")).unwrap();
        assert!(real_file(&root.join("round.db")).is_err());
    }
}
