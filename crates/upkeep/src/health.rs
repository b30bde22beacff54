//! How this installation is doing, for whoever keeps it running: the database and how quickly it answers, the room on the
//! disk, the memory, the backups. The same looks serve the window and `homeroom doctor`.

use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend};
use serde::{Deserialize, Serialize};
use store::{Place, Protection, Store};

use crate::accounts::Nothing;
use crate::{Call, Result, blocking};
use crate::{ClockDoubt, clock_doubt};

/// MiB of free room below which the school's data and a copy of it may not fit.
pub const ROOM_NEEDED: u64 = 200;
/// MiB of free room below which it is time to make some.
pub const ROOM_COMFORTABLE: u64 = 2_048;
/// Days after which a backup is old.
pub const BACKUP_OLD_DAYS: i64 = 7;

/// How this installation is doing.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Health {
    pub version: String,
    pub database: DatabaseHealth,
    /// Where database, log, backups and keys are kept.
    pub data_folder: String,
    /// None where the system does not say.
    pub disk: Option<Room>,
    /// None where the system does not say.
    pub memory: Option<Memory>,
    pub backups: Backups,
    /// Where the clock of this computer is not believed.
    pub clock: Option<ClockDoubt>,
    pub limits: HealthLimits,
}

/// The bounds that the judgements above stand on, so that a screen repeats no number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HealthLimits {
    /// MiB; less is too little.
    #[ts(type = "number")]
    pub room_needed: u64,
    /// MiB; less is worth knowing.
    #[ts(type = "number")]
    pub room_comfortable: u64,
    /// Days after which a backup is old.
    #[ts(type = "number")]
    pub backup_old_days: i64,
}

/// The database and how it answers.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DatabaseHealth {
    pub kind: DatabaseKind,
    /// The file, or the server without any password.
    pub place: String,
    /// How the way to a server is protected; none with a file.
    pub way: Option<DatabaseWay>,
    /// Milliseconds of one question and its answer: the middle one of five.
    pub latency: f64,
    /// Bytes that it takes up.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// How the way to the database's server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DatabaseWay {
    /// It does not leave this computer.
    Local,
    /// Encrypted, and the server has proved its name.
    Verified,
    /// Encrypted; the server's certificate is trusted, its name was not compared.
    IssuerVerified,
    /// Encrypted, but to whoever answered.
    Unverified,
    /// Everybody on the way can read it.
    Readable,
}

impl From<Protection> for DatabaseWay {
    fn from(protection: Protection) -> Self {
        match protection {
            Protection::Local => Self::Local,
            Protection::Verified => Self::Verified,
            Protection::IssuerVerified => Self::IssuerVerified,
            Protection::Unverified => Self::Unverified,
            Protection::Readable => Self::Readable,
        }
    }
}

/// Which of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DatabaseKind {
    File,
    Server,
}

/// Room on the disk of a folder, in MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Room {
    #[ts(type = "number")]
    pub free: u64,
    #[ts(type = "number")]
    pub total: u64,
}

/// Memory in MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Memory {
    /// Of the computer, free for programs.
    #[ts(type = "number")]
    pub free: u64,
    #[ts(type = "number")]
    pub total: u64,
    /// What this program takes, without the parts that draw the window; none where the system does not say.
    #[ts(type = "number | null")]
    pub own: Option<u64>,
}

/// What lies in the folder of backups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Backups {
    pub folder: PathBuf,
    /// When the newest backup was written.
    pub newest: Option<DateTime<Utc>>,
    /// When the newest copy from before an update was written: it is no backup, for nothing that came later is in it.
    pub before_update: Option<DateTime<Utc>>,
}

/// Looks at this installation.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn health(call: &Call, _: Nothing) -> Result<Health> {
    let store = call.store();
    let database = DatabaseHealth {
        kind: match store.place() {
            Place::File(_) => DatabaseKind::File,
            Place::Server(_) => DatabaseKind::Server,
        },
        place: store.place().to_string(),
        way: store.protection().map(DatabaseWay::from),
        latency: latency(store).await?,
        bytes: bytes(store).await?,
    };
    let data = call.services.folders.data.clone();
    let look = move || Ok((room(&data), memory(), backups(&data.join("backups"))));
    let (disk, memory, backups) = blocking(look).await?;
    Ok(Health {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        database,
        data_folder: call.services.folders.data.display().to_string(),
        disk,
        memory,
        backups,
        clock: clock_doubt(&call.services).await?,
        limits: HealthLimits {
            room_needed: ROOM_NEEDED,
            room_comfortable: ROOM_COMFORTABLE,
            backup_old_days: BACKUP_OLD_DAYS,
        },
    })
}

/// Milliseconds that one question takes, the middle one of five.
async fn latency(store: &Store) -> Result<f64> {
    let mut times = Vec::with_capacity(5);
    for _ in 0..5 {
        let begun = Instant::now();
        store.reader().execute_unprepared("SELECT 1").await?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}

/// Bytes that the database takes up, on this computer or on its server.
async fn bytes(store: &Store) -> Result<u64> {
    let sql = match store.backend() {
        DbBackend::Sqlite => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        _ => "SELECT pg_database_size(current_database())",
    };
    let row = store.reader().query_one_raw(store.statement(sql, [])).await?;
    let size: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(size).unwrap_or(0))
}

/// Room on the disk that holds this folder; none where the system does not say.
pub fn room(folder: &Path) -> Option<Room> {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let disks = sysinfo::Disks::new_with_refreshed_list().ok()?;
    let disk = disks
        .iter()
        .filter(|disk| real.starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().as_os_str().len())?;
    Some(Room { free: disk.available_space() >> 20, total: disk.total_space() >> 20 })
}

fn memory() -> Option<Memory> {
    let mut system = sysinfo::System::new().ok()?;
    system.refresh_memory();
    let own = sysinfo::get_current_pid().ok().and_then(|pid| {
        system.refresh_processes(sysinfo::ProcessesToUpdate::Some(&[pid]), true);
        system.process(pid).map(|process| process.memory() >> 20)
    });
    Some(Memory { free: system.available_memory() >> 20, total: system.total_memory() >> 20, own })
}

/// What lies in the folder of backups, by the files' own times.
pub fn backups(folder: &Path) -> Backups {
    let mut found = Backups { folder: folder.to_path_buf(), ..Backups::default() };
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let Some(written) = entry.metadata().ok().filter(|of| of.is_file()).and_then(|of| of.modified().ok()) else {
            continue;
        };
        let written = DateTime::<Utc>::from(written.max(SystemTime::UNIX_EPOCH));
        let newest = match store::is_copy_before_update(&entry.path()) {
            true => &mut found.before_update,
            false => &mut found.newest,
        };
        *newest = (*newest).max(Some(written));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_from_before_an_update_is_no_backup() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(backups(&folder.path().join("none")).newest, None);
        std::fs::write(folder.path().join("homeroom-before-update-20261129T021541000Z.db"), b"copy").unwrap();
        let only_a_copy = backups(folder.path());
        assert!(only_a_copy.newest.is_none() && only_a_copy.before_update.is_some());
        std::fs::write(folder.path().join("homeroom-20261129.db"), b"backup").unwrap();
        assert!(backups(folder.path()).newest.is_some());
    }

    #[test]
    fn the_disk_of_a_folder_has_room() {
        let folder = tempfile::tempdir().unwrap();
        if let Some(room) = room(folder.path()) {
            assert!(room.free <= room.total && room.total > 0, "{room:?}");
        }
        if let Some(memory) = memory() {
            assert!(memory.free <= memory.total && memory.total > 0, "{memory:?}");
        }
    }
}
