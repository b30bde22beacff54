//! A data folder of its own for each test, and the program run in it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::Write;
use std::ops::AsyncFnOnce;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use kernel::Save;
use kernel::{Context, Device, Folders, Role, SystemClock};
use school::accounts;
use school::accounts::{ChangePassword, FirstAdministrator, RoleAt, SaveUser, SetUp, SignIn};
use school::schools::{NewTerm, SaveSettings, Settings, save_settings};
use serde_json::Value;
use store::{Place, Store, StoreOptions};

/// Held by whoever has a database open in this process; a program is begun while nobody has. Between being forked and
/// begun it holds what this process holds, the lock of a database too.
static OPEN: RwLock<()> = RwLock::new(());

/// The program with its arguments.
pub struct Program(Command);

impl Program {
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    fn begun(&mut self) -> Child {
        let _nobody_has_a_database_open = OPEN.write().unwrap_or_else(PoisonError::into_inner);
        self.0.spawn().unwrap()
    }

    /// Runs it to its end.
    pub fn ended(mut self) -> Output {
        self.begun().wait_with_output().unwrap()
    }

    /// Runs it for so long at most and kills it then; whether it was killed.
    pub fn killed_after(mut self, time: Duration) -> bool {
        let mut child = self.begun();
        std::thread::sleep(time);
        let killed = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        killed
    }
}

/// A data folder of its own.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_string_lossy().into_owned()
    }

    pub fn command(&self, arguments: &[&str]) -> Program {
        let mut command = Command::new(env!("CARGO_BIN_EXE_homeroom"));
        command
            .args(arguments)
            .env("HOMEROOM_DATA", self.data())
            .env("HOMEROOM_VENDOR", vendor())
            // No test touches the key store of this computer.
            .env("HOMEROOM_KEY_STORE", "file")
            .env_remove("HOMEROOM_PASSWORD")
            .env_remove("HOMEROOM_DB")
            .env_remove("HOMEROOM_RECOVERY_KEY")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Program(command)
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).ended()
    }

    /// The program as the administrator.
    pub fn as_administrator(&self, arguments: &[&str]) -> Program {
        self.command(&[arguments, &["--user", "amara"]].concat()).env("HOMEROOM_PASSWORD", PASSWORD)
    }

    /// Another home with a copy of everything.
    pub fn copied(&self) -> Self {
        fn copy(from: &Path, to: &Path) {
            std::fs::create_dir_all(to).unwrap();
            for entry in std::fs::read_dir(from).unwrap() {
                let entry = entry.unwrap();
                let (path, to) = (entry.path(), to.join(entry.file_name()));
                if path.is_dir() { copy(&path, &to) } else { std::fs::copy(&path, &to).map(|_| ()).unwrap() }
            }
        }
        let other = Self::new();
        copy(self.path(), other.path());
        other
    }

    /// Runs it as this user, whose password is the same as everybody's.
    pub fn run_as(&self, user: &str, arguments: &[&str]) -> Output {
        self.command(&[arguments, &["--user", user]].concat()).env("HOMEROOM_PASSWORD", PASSWORD).ended()
    }

    /// Runs it as the administrator, with lines on standard input.
    pub fn run_typing(&self, arguments: &[&str], lines: &[&str]) -> Output {
        let mut program = self.command(&[arguments, &["--user", "amara"]].concat());
        program.0.stdin(Stdio::piped());
        let mut child = program.begun();
        child.stdin.take().unwrap().write_all((lines.join("\n") + "\n").as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// What it prints as JSON as the administrator; it must succeed.
    pub fn done(&self, arguments: &[&str]) -> Value {
        let output = self.run_as("amara", &[arguments, &["--json"]].concat());
        assert_eq!(code(&output), 0, "{arguments:?}: {}{}", text(&output.stderr), text(&output.stdout));
        json(&output)
    }

    /// What it says as the administrator on standard error; it must end with 1.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run_as("amara", arguments);
        assert_eq!(code(&output), 1, "{arguments:?}: {}", text(&output.stdout));
        text(&output.stderr)
    }

    /// Opens the database in this process, with nobody signed in.
    pub fn opened<T>(&self, work: impl AsyncFnOnce(Context) -> T) -> T {
        opened(self.data(), work)
    }

    /// Works on the database in this process, as the administrator.
    pub fn inside<T>(&self, work: impl AsyncFnOnce(&Context) -> T) -> T {
        self.opened(async |context| work(&signed_in(&context, "amara", PASSWORD).await).await)
    }

    /// Makes a user with this role in the school; the password is everybody's.
    pub fn user(&self, username: &str, role: Role) {
        const FIRST: &str = "the first red bicycle";
        self.inside(async |office| {
            let school = Some(office.actor().unwrap().grants[0].0);
            let input = SaveUser {
                save: Save::New,
                username: username.into(),
                given_name: username.into(),
                family_name: "Tester".into(),
                roles: vec![RoleAt { role, school, district: None }],
                staff: None,
                student: None,
                disabled: false,
                password: Some(FIRST.into()),
            };
            accounts::save_user(office, input).await.unwrap();
            let anonymous = Context { actor: None, ..office.clone() };
            let change = ChangePassword { current: FIRST.into(), new: PASSWORD.into() };
            accounts::change_password(&signed_in(&anonymous, username, FIRST).await, change).await.unwrap();
        });
    }

    pub fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    /// Every file below with its bytes; the log and the lock are no data.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    if !path.ends_with("log") {
                        folders.push(path);
                    }
                } else if path.extension().is_none_or(|extension| extension != "lock") {
                    found.insert(path.clone(), std::fs::read(path).unwrap());
                }
            }
        }
        found
    }

    /// Makes the school and its administrator, as the window's first run does.
    pub fn set_up(&self) {
        self.set_up_with(Settings::default());
    }

    pub fn set_up_with(&self, settings: Settings) {
        let day = |text: &str| text.parse().unwrap();
        self.opened(async |context| {
            let input = SetUp {
                school_name: "Riverside School".into(),
                time_zone: "UTC".into(),
                year_title: "Always".into(),
                year_start: day("2025-09-01"),
                year_end: day("2027-07-31"),
                terms: vec![NewTerm { title: "Term".into(), start: day("2025-09-01"), end: day("2027-07-31") }],
                administrator: FirstAdministrator {
                    given_name: "Amara".into(),
                    family_name: "Okafor".into(),
                    username: "amara".into(),
                    password: PASSWORD.into(),
                },
                day_order: None,
                name_order: None,
            };
            let signed_in = accounts::set_up(&context, input).await.unwrap();
            let context = accounts::resume(&context, &signed_in.token.unwrap()).await.unwrap();
            let school = signed_in.whoami.schools[0].id;
            save_settings(&context, SaveSettings { school, version: 0, settings }).await.unwrap();
        });
    }
}

/// Opens the database of this data folder in this process, with nobody signed in.
pub fn opened<T>(data: PathBuf, work: impl AsyncFnOnce(Context) -> T) -> T {
    let _open = OPEN.read().unwrap_or_else(PoisonError::into_inner);
    let folders =
        Folders { documents: data.join("documents"), vendor: vendor(), sums: kernel::Sums::Any, data: data.clone() };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::open(&Place::File(data.join("homeroom.db")), &StoreOptions::default()).await.unwrap();
        let services = operations::services(store, Arc::new(SystemClock), folders);
        let device = Device { name: "test".into(), address: None };
        let done = work(Context::anonymous(services.clone(), device)).await;
        services.store.clone().close().await.unwrap();
        done
    })
}

pub async fn signed_in(anonymous: &Context, username: &str, password: &str) -> Context {
    let input = SignIn { username: username.into(), password: password.into() };
    let token = accounts::sign_in(anonymous, input).await.unwrap().token.unwrap();
    accounts::resume(anonymous, &token).await.unwrap()
}

pub const PASSWORD: &str = "the blue bicycle";

pub const LIST: &str =
    "Admission No;First Name;Surname;DOB;Class\n101;Neha;Sharma;14/02/2015;5 A\n102;Arun;Sharma;03/04/2013;7 B\n";

pub fn vendor() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("vendor");
    std::env::var_os("HOMEROOM_VENDOR").map_or(beside, PathBuf::from)
}

pub fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", text(&output.stdout), text(&output.stderr)))
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}
