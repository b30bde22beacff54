//! A private PostgreSQL for one run of the tests: its own folder, its own port on loopback,
//! gone when the run ends. Another server on the machine is never touched.

use crate::failure::{Failure, Result};
use crate::process::{Ending, Service, bound, capture, free_port, succeeds};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The running server. Dropped: stopped at once, its folder removed.
pub struct Postgres {
    url: String,
    // Order matters: the server stops before its folder goes.
    _server: Service,
    _folder: TempDir,
}

impl Postgres {
    /// `postgres://postgres@127.0.0.1:PORT/postgres`; that user may create databases.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Starts a server with an empty cluster (UTF-8, C locale). It does not sync to disk: what it
    /// holds is worth one run.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start.
    pub fn start() -> Result<Self> {
        let programs = programs().ok_or_else(|| {
            Failure::new("could not start the private PostgreSQL for the tests", "initdb was not found")
                .todo("install PostgreSQL 15 or newer (Debian: apt-get install postgresql) and try again")
        })?;
        let failed =
            |error: &dyn std::fmt::Display| Failure::new("could not start the private PostgreSQL for the tests", error);
        let folder = tempfile::Builder::new().prefix("homeroom-postgres-").tempdir().map_err(|error| failed(&error))?;
        // PostgreSQL refuses to run as root.
        let user = is_root().then_some("postgres");
        if let Some(user) = user {
            let given = capture(Command::new("chown").arg(user).arg(folder.path()))?;
            if !given.status.success() {
                return Err(failed(&String::from_utf8_lossy(&given.stderr)));
            }
        }
        let data = folder.path().join("data");
        let mut initdb = bound(programs.join("initdb"), Ending::Term, user);
        initdb
            .current_dir(folder.path())
            .arg("-D")
            .arg(&data)
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8"])
            .args(["--locale=C", "--no-sync"]);
        let made = capture(&mut initdb)?;
        if !made.status.success() {
            return Err(failed(&String::from_utf8_lossy(&made.stderr)));
        }

        let port = free_port()?;
        let log_path = folder.path().join("server.log");
        let log = std::fs::File::create(&log_path).map_err(|error| failed(&error))?;
        let mut command = bound(programs.join("postgres"), Ending::Quit, user);
        command
            .current_dir(folder.path())
            .arg("-D")
            .arg(&data)
            .arg("-p")
            .arg(port.to_string())
            .arg("-k")
            .arg(folder.path())
            .stdout(Stdio::null())
            .stderr(log);
        for setting in [
            "listen_addresses=127.0.0.1",
            "max_connections=400",
            "fsync=off",
            "full_page_writes=off",
            "synchronous_commit=off",
        ] {
            command.arg("-c").arg(setting);
        }
        let mut server = Service::start("PostgreSQL", &mut command, Ending::Quit)?;
        let ready = server.wait_until(|| {
            succeeds(
                Command::new(programs.join("pg_isready")).args(["-q", "-h", "127.0.0.1", "-p"]).arg(port.to_string()),
            )
        });
        if let Err(failure) = ready {
            let log = std::fs::read_to_string(&log_path).unwrap_or_default();
            return Err(failed(&format!("{failure}\n{log}")));
        }
        Ok(Postgres { url: format!("postgres://postgres@127.0.0.1:{port}/postgres"), _server: server, _folder: folder })
    }
}

fn is_root() -> bool {
    cfg!(unix) && capture(Command::new("id").arg("-u")).is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// The folder with PostgreSQL's programs: the newest of Debian's, else what `pg_config` names.
fn programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            let programs = entry.path().join("bin");
            has_server(&programs).then_some((version, programs))
        })
        .max()
        .map(|(_, programs)| programs);
    debian.or_else(|| {
        let named = capture(Command::new("pg_config").arg("--bindir")).ok()?;
        let programs = PathBuf::from(String::from_utf8(named.stdout).ok()?.trim());
        has_server(&programs).then_some(programs)
    })
}

fn has_server(programs: &Path) -> bool {
    let suffix = std::env::consts::EXE_SUFFIX;
    ["initdb", "postgres", "pg_isready"].iter().all(|name| programs.join(format!("{name}{suffix}")).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::accepts;

    #[test]
    fn the_server_answers_and_is_gone_after_the_run() {
        if programs().is_none() {
            println!("skipped: PostgreSQL is not installed");
            return;
        }
        let server = Postgres::start().unwrap();
        let port: u16 = server
            .url()
            .trim_start_matches("postgres://postgres@127.0.0.1:")
            .trim_end_matches("/postgres")
            .parse()
            .unwrap();
        let folder = server._folder.path().to_owned();
        assert!(accepts(port));
        drop(server);
        assert!(!accepts(port));
        assert!(!folder.exists());
    }
}
