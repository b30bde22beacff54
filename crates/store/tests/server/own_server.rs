//! A PostgreSQL of one test's own: its folder, its port, its certificates. Gone when the test ends.

use std::ffi::OsStr;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// It leads to this computer, but nobody who reads it can know: it is treated as an address elsewhere.
pub const ELSEWHERE: &str = "0.0.0.0";
/// The password of every user.
pub const PASSWORD: &str = "nine green bottles";

pub struct Private {
    folder: tempfile::TempDir,
    programs: PathBuf,
    port: u16,
}

impl Private {
    /// A server that does not run yet, with a database `school` of the user `office`, a user `guest` who may do nothing in
    /// it and one, `stranger`, whom it does not let in. None, said in the output, where PostgreSQL or openssl is missing.
    pub fn make() -> Option<Self> {
        let programs = programs();
        let openssl = Command::new("openssl").arg("version").output().is_ok();
        let (Some(programs), true) = (programs, openssl && cfg!(unix)) else {
            println!("skipped: PostgreSQL's initdb or openssl is not installed here");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("homeroom-server-").tempdir().unwrap();
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let server = Self { folder, programs, port };
        server.certificates();
        if is_root() {
            done(Command::new("chown").arg("-R").arg("postgres").arg(server.folder.path()));
        }
        let data = server.data();
        let options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D"];
        done(server.program("initdb").args(options).arg(&data));
        // From outside with a password only; the test itself prepares it by the socket.
        let rules = format!("local all postgres trust\nhost all all {}/0 scram-sha-256\n", ELSEWHERE);
        std::fs::write(data.join("pg_hba.conf"), rules).unwrap();
        server.start(&["ssl=off"]);
        for user in ["office", "guest", "stranger"] {
            server.sql("postgres", &format!("CREATE ROLE {user} LOGIN PASSWORD '{PASSWORD}'"));
        }
        server.sql("postgres", "CREATE DATABASE school OWNER office");
        server.sql("postgres", "REVOKE CONNECT ON DATABASE school FROM PUBLIC");
        server.sql("postgres", "GRANT CONNECT ON DATABASE school TO guest");
        server.stop();
        Some(server)
    }

    /// An authority with a certificate for [`ELSEWHERE`] and one for another name, and one that the server made for itself.
    fn certificates(&self) {
        let file = |name: &str| self.file(name);
        let key =
            |name: &str| ["-newkey", "rsa:2048", "-nodes", "-keyout"].map(String::from).into_iter().chain([file(name)]);
        let openssl = || {
            let mut command = Command::new("openssl");
            command.current_dir(self.folder.path());
            command
        };
        for (name, subject) in [("authority", "/CN=The school's own"), ("own", "/CN=db.school.example")] {
            let mut made = openssl();
            made.args(["req", "-x509", "-days", "30", "-subj", subject]).args(key(&format!("{name}.key")));
            done(made.args(["-out", &file(&format!("{name}.pem"))]));
        }
        for (name, names) in [("right", "IP:0.0.0.0"), ("other", "DNS:db.school.example")] {
            let (request, extensions) = (file(&format!("{name}.csr")), file(&format!("{name}.ext")));
            std::fs::write(&extensions, format!("basicConstraints=CA:FALSE\nsubjectAltName={names}\n")).unwrap();
            let mut asked = openssl();
            asked.args(["req", "-new", "-subj", "/CN=db"]).args(key(&format!("{name}.key")));
            done(asked.args(["-out", &request]));
            let mut signed = openssl();
            signed.args(["x509", "-req", "-days", "30", "-in", &request, "-extfile", &extensions]);
            signed.args(["-CA", &file("authority.pem"), "-CAkey", &file("authority.key"), "-CAcreateserial"]);
            done(signed.args(["-out", &file(&format!("{name}.pem"))]));
        }
        for key in ["own.key", "right.key", "other.key"] {
            let only_its_owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            std::fs::set_permissions(file(key), only_its_owner).unwrap();
        }
    }

    /// A file of the folder, such as `authority.pem`.
    pub fn file(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Starts it with the certificate of this name: `own`, `right` or `other`.
    pub fn start_with(&self, certificate: &str) {
        let (file, key) = (self.file(&format!("{certificate}.pem")), self.file(&format!("{certificate}.key")));
        self.start(&["ssl=on", &format!("ssl_cert_file={file}"), &format!("ssl_key_file={key}")]);
    }

    /// Starts it with these settings and waits until it answers.
    pub fn start(&self, settings: &[&str]) {
        let mut options = format!("-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=off", self.port, self.file(""));
        settings.iter().for_each(|setting| options.push_str(&format!(" -c {setting}")));
        let log = self.file("server.log");
        done(self.program("pg_ctl").args(["-w", "-s", "-l", &log, "-o", &options, "start", "-D"]).arg(self.data()));
    }

    pub fn stop(&self) {
        done(self.program("pg_ctl").args(["-w", "-s", "-m", "fast", "stop", "-D"]).arg(self.data()));
    }

    fn sql(&self, database: &str, sql: &str) {
        let port = self.port.to_string();
        let folder = self.file("");
        done(
            self.program("psql").args(["-q", "-h", &folder, "-p", &port, "-U", "postgres", "-d", database, "-c", sql]),
        );
    }

    /// The address at a host of a user's database, with more parts.
    pub fn address(&self, host: &str, user: &str, database: &str, parts: &str) -> String {
        format!("postgres://{user}@{host}:{}/{database}{parts}", self.port)
    }

    /// A program of PostgreSQL's, as the user that it wants to run as.
    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir(self.folder.path()).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        let stop = stop.args(["-w", "-s", "-m", "immediate", "stop", "-D"]).arg(self.data());
        // One that does not run is stopped already.
        let _stopped = stop.stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

/// Runs it to its end, which must be good. What it leaves running gets none of this process's pipes.
fn done(command: &mut Command) -> Output {
    let name: &OsStr = command.get_program();
    let name = name.to_owned();
    let errors = tempfile::NamedTempFile::new().unwrap();
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(errors.reopen().unwrap()).output().unwrap();
    let said = std::fs::read_to_string(errors.path()).unwrap();
    assert!(output.status.success(), "{name:?}: {said}");
    output
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// The folder with PostgreSQL's programs: the newest of Debian's, else what `pg_config` names.
fn programs() -> Option<PathBuf> {
    let has_server = |folder: &Path| ["initdb", "pg_ctl", "psql"].iter().all(|name| folder.join(name).is_file());
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = debian.filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let folder = entry.path().join("bin");
        has_server(&folder).then_some((version, folder))
    });
    newest.max().map(|(_, folder)| folder).or_else(|| {
        let named = Command::new("pg_config").arg("--bindir").output().ok()?;
        let folder = PathBuf::from(String::from_utf8(named.stdout).ok()?.trim());
        has_server(&folder).then_some(folder)
    })
}
