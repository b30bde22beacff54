//! A small school to test on, in a database of its own.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kernel::Save;
use kernel::{Clock, Context, Device, Folders, Role, Services};
use school::accounts;
use school::accounts::{FirstAdministrator, RoleAt, SaveUser, SetUp, SignIn, Token};
use school::schools::NewTerm;
use sea_orm::{ConnectionTrait, Database};
use store::ids::{SchoolId, StaffId, StudentId};
use store::{Place, Store, StoreOptions};
use tokio::sync::OnceCell;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// Declares the same test for both databases: `both!(async fn name(world: World) { … })`.
#[macro_export]
macro_rules! both {
    ($(#[$attribute:meta])* async fn $name:ident($world:ident : World) $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            async fn body($world: $crate::world::World) $body

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                if let Some(world) = $crate::world::World::open($crate::world::On::Sqlite).await {
                    body(world).await;
                }
            }

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(world) = $crate::world::World::open($crate::world::On::Postgres).await {
                    body(world).await;
                }
            }
        }
    };
}

/// A clock that stands still until it is moved.
pub struct StillClock(Mutex<DateTime<Utc>>);

impl StillClock {
    pub fn move_by(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for StillClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// A set-up school with one super administrator who is signed in.
pub struct World {
    pub services: Arc<Services>,
    pub clock: Arc<StillClock>,
    pub school: SchoolId,
    pub administrator: Context,
    pub folder: tempfile::TempDir,
    pub on: On,
}

pub const PASSWORD: &str = "the blue bicycle";

static NUMBER: AtomicU32 = AtomicU32::new(0);

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Where an empty database of its own may be; none where the server is not there (said in the output).
pub async fn empty_place(on: On, folder: &std::path::Path) -> Option<Place> {
    place(on, folder, None).await
}

/// Where a database of its own is: on a server a copy of `template`, or an empty one without.
async fn place(on: On, folder: &std::path::Path, template: Option<&str>) -> Option<Place> {
    Some(match on {
        On::Sqlite => Place::File(folder.join("homeroom.db")),
        On::Postgres => {
            let Ok(server) = std::env::var("HOMEROOM_TEST_POSTGRES") else {
                println!("skipped: HOMEROOM_TEST_POSTGRES names no server (cargo xtask test starts one)");
                return None;
            };
            let name = format!("t{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
            let copied = template.map(|template| format!(" TEMPLATE {template}")).unwrap_or_default();
            let admin = Database::connect(&server).await.unwrap();
            admin.execute_unprepared(&format!("CREATE DATABASE {name}{copied}")).await.unwrap();
            admin.close().await.unwrap();
            Place::Server(format!("{}/{name}", server.rsplit_once('/').unwrap().0))
        }
    })
}

/// Opens an empty store of its own; none where the database is not there.
pub async fn empty_store(on: On, folder: &std::path::Path) -> Option<Store> {
    Some(Store::open(&empty_place(on, folder).await?, &StoreOptions::default()).await.unwrap())
}

/// Services on a database that is there already, with nobody signed in.
pub async fn open_services(place: &Place, folder: &std::path::Path) -> (Arc<Services>, Context) {
    let (services, _) = services_at(place, folder).await;
    (services.clone(), Context::anonymous(services, device("crash")))
}

async fn services_at(place: &Place, folder: &std::path::Path) -> (Arc<Services>, Arc<StillClock>) {
    let store = Store::open(place, &StoreOptions::default()).await.unwrap();
    let clock = Arc::new(StillClock(Mutex::new("2026-10-14T08:00:00Z".parse().unwrap())));
    let folders =
        Folders { data: folder.into(), documents: folder.join("documents"), vendor: vendor(), sums: kernel::Sums::Any };
    (::operations::services(store, clock.clone(), folders), clock)
}

/// Where the product's models and fonts are, if they are there.
pub fn vendor() -> std::path::PathBuf {
    match std::env::var_os("HOMEROOM_VENDOR") {
        Some(folder) => folder.into(),
        None => std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vendor"),
    }
}

/// A school that was set up: made once, since every world begins with a copy of it and making one takes longer than most
/// tests do.
struct Template {
    /// Everything in the data folder, by its path.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// The name of its database, on a server.
    database: Option<String>,
    token: Token,
    school: SchoolId,
}

static TEMPLATES: [OnceCell<Option<Template>>; 2] = [OnceCell::const_new(), OnceCell::const_new()];

impl Template {
    async fn of(on: On) -> Option<&'static Self> {
        TEMPLATES[usize::from(on == On::Postgres)].get_or_init(|| Self::make(on)).await.as_ref()
    }

    async fn make(on: On) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let place = empty_place(on, folder.path()).await?;
        let database = match &place {
            Place::Server(url) => url.rsplit_once('/').map(|(_, name)| name.to_owned()),
            Place::File(_) => None,
        };
        let (services, anonymous) = open_services(&place, folder.path()).await;
        let signed_in = accounts::set_up(&anonymous, set_up()).await.unwrap();
        let (token, school) = (signed_in.token.unwrap(), signed_in.whoami.schools[0].id);
        services.store.clone().close().await.unwrap();
        let mut files = Vec::new();
        let mut folders = vec![folder.path().to_owned()];
        while let Some(next) = folders.pop() {
            for entry in std::fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = std::fs::read(&path).unwrap();
                    files.push((path.strip_prefix(folder.path()).unwrap().to_owned(), bytes));
                }
            }
        }
        Some(Self { files, database, token, school })
    }
}

impl World {
    pub async fn open(on: On) -> Option<Self> {
        let template = Template::of(on).await?;
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in &template.files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let place = place(on, folder.path(), template.database.as_deref()).await?;
        let (services, clock) = services_at(&place, folder.path()).await;
        let anonymous = Context::anonymous(services.clone(), device("office"));
        let administrator = accounts::resume(&anonymous, &template.token).await.unwrap();
        Some(Self { services, clock, school: template.school, administrator, folder, on })
    }

    /// The moment at which the clock stands.
    pub fn clock_now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The administrator, who has just given the password.
    pub fn administrator_now(&self) -> Context {
        let actor = &**self.administrator.actor.as_ref().unwrap();
        let actor = kernel::Actor { confirmed_at: Some(self.administrator.now()), ..actor.clone() };
        Context { actor: Some(Arc::new(actor)), ..self.administrator.clone() }
    }

    /// Nobody signed in, at a device.
    pub fn anonymous(&self, device_name: &str) -> Context {
        Context::anonymous(self.services.clone(), device(device_name))
    }

    /// Makes a user with a role in the school and signs in.
    pub async fn user(&self, username: &str, role: Role) -> Context {
        self.user_for(username, role, self.school, None, None).await
    }

    /// Makes a user who is a member of staff or a student, and signs in.
    pub async fn user_for(
        &self,
        username: &str,
        role: Role,
        school: SchoolId,
        staff: Option<StaffId>,
        student: Option<StudentId>,
    ) -> Context {
        let at = match role {
            Role::SuperAdministrator => RoleAt { role, school: None, district: None },
            _ => RoleAt { role, school: Some(school), district: None },
        };
        let input = SaveUser {
            save: Save::New,
            username: username.into(),
            given_name: username.into(),
            family_name: "Tester".into(),
            roles: vec![at],
            staff,
            student,
            disabled: false,
            password: Some(PASSWORD.into()),
        };
        accounts::save_user(&self.administrator_now(), input).await.unwrap();
        let context = self.resume(&self.sign_in("office", username, PASSWORD).await.unwrap()).await;
        let change = accounts::ChangePassword { current: PASSWORD.into(), new: format!("{PASSWORD} too") };
        accounts::change_password(&context, change).await.unwrap();
        let actor = kernel::Actor { must_change_password: false, ..(**context.actor.as_ref().unwrap()).clone() };
        Context { actor: Some(Arc::new(actor)), ..context }
    }

    pub async fn sign_in(&self, device_name: &str, username: &str, password: &str) -> kernel::Result<Token> {
        let input = SignIn { username: username.into(), password: password.into() };
        accounts::sign_in(&self.anonymous(device_name), input).await.map(|signed_in| signed_in.token.unwrap())
    }

    pub async fn resume(&self, token: &Token) -> Context {
        accounts::resume(&self.anonymous("office"), token).await.unwrap()
    }
}

pub fn device(name: &str) -> Device {
    Device { name: name.into(), address: None }
}

pub fn set_up() -> SetUp {
    let term = |title: &str, start, end| NewTerm { title: title.into(), start: date(start), end: date(end) };
    SetUp {
        school_name: "Riverside School".into(),
        time_zone: "Africa/Nairobi".into(),
        year_title: "2026/27".into(),
        year_start: date("2026-09-01"),
        year_end: date("2027-07-15"),
        terms: vec![
            term("Autumn", "2026-09-01", "2026-12-18"),
            term("Spring", "2027-01-06", "2027-03-26"),
            term("Summer", "2027-04-12", "2027-07-15"),
        ],
        administrator: FirstAdministrator {
            given_name: "Amara".into(),
            family_name: "Okafor".into(),
            username: "amara".into(),
            password: PASSWORD.into(),
        },
        day_order: None,
        name_order: None,
    }
}
