//! Who acts, with what: the context that every operation takes.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use store::Store;
use store::ids::{SchoolId, StaffId, StudentId, UserId, UserSessionId};
use uuid::Uuid;
use words::refusals;

use crate::desk::Extensions;
use crate::handed::{File, Handed};
use crate::permission::Rule;
use crate::{Access, Announcer, Desk, Error, ErrorCode, House, Job, Operation, Result, Role, Sums};

/// For so long after the password was given it is not asked for again.
pub const CONFIRMED_FOR: Duration = Duration::minutes(15);

/// Where time comes from.
pub trait Clock: Send + Sync {
    /// The moment, in UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// The computer's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // the place where it comes in
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The folders of this installation.
#[derive(Clone, Debug)]
pub struct Folders {
    /// Everything that the product keeps: database, backups, log, keys.
    pub data: PathBuf,
    /// Where documents that a person saves go, unless chosen otherwise.
    pub documents: PathBuf,
    /// What comes with the product: `models/`, `runtime/`, `fonts/`.
    pub vendor: PathBuf,
    /// Which of those files are taken.
    pub sums: Sums,
}

/// From where somebody acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The computer's name and what runs on it, as shown in the list of sessions.
    pub name: String,
    /// The network address, where the connection has one.
    pub address: Option<String>,
}

/// What an operation made for a person to look at or keep: a document, a table.
#[derive(Clone)]
pub struct Artifact {
    pub file_name: String,
    pub media_type: &'static str,
    pub bytes: Arc<Vec<u8>>,
    pub owner: UserId,
}

/// A file that a person chose, held in memory until an operation took it.
#[derive(Clone)]
pub struct Upload {
    pub file_name: String,
    pub bytes: Arc<Vec<u8>>,
    pub owner: Option<UserId>,
}

impl File for Artifact {
    fn owner(&self) -> Option<UserId> {
        Some(self.owner)
    }
    fn bytes(&self) -> &Arc<Vec<u8>> {
        &self.bytes
    }
}

impl File for Upload {
    fn owner(&self) -> Option<UserId> {
        self.owner
    }
    fn bytes(&self) -> &Arc<Vec<u8>> {
        &self.bytes
    }
}

/// What all operations share.
pub struct Services {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub announcer: Announcer,
    pub folders: Folders,
    pub house: &'static House,
    /// The desk of this program.
    pub desk: Arc<Desk>,
    artifacts: Handed<Artifact>,
    uploads: Handed<Upload>,
    extensions: Extensions,
}

impl Services {
    /// Services on an open store.
    pub fn new(store: Store, clock: Arc<dyn Clock>, folders: Folders, house: &'static House) -> Arc<Self> {
        Arc::new(Self {
            desk: Arc::new(Desk::new(folders.data.clone())),
            store,
            clock,
            announcer: Announcer::default(),
            folders,
            house,
            artifacts: Handed::default(),
            uploads: Handed::default(),
            extensions: Extensions::default(),
        })
    }

    /// Tells whatever compares with them that the faces known in a school are others.
    pub fn faces_changed(&self, school: SchoolId) {
        (self.house.faces_changed)(self, school);
    }

    /// Keeps an artifact for its owner; the identifier to fetch it by.
    pub fn keep_artifact(&self, artifact: Artifact) -> Uuid {
        self.artifacts.keep(artifact, self.clock.now())
    }

    /// An artifact of this owner.
    pub fn artifact(&self, id: Uuid, owner: UserId) -> Result<Artifact> {
        self.artifacts
            .find(id, self.clock.now())
            .filter(|artifact| artifact.owner == owner)
            .ok_or_else(|| Error::not_found(refusals::gone::document()))
    }

    /// The same, which is held no longer: for who hands it on.
    pub fn take_artifact(&self, id: Uuid, owner: UserId) -> Result<Artifact> {
        let artifact = self.artifact(id, owner)?;
        self.artifacts.forget(id);
        Ok(artifact)
    }

    /// Keeps an uploaded file.
    pub fn keep_upload(&self, upload: Upload) -> Uuid {
        self.uploads.keep(upload, self.clock.now())
    }

    /// An uploaded file of this owner; of nobody's, one that came in before anybody could sign in.
    pub fn upload(&self, id: Uuid, owner: impl Into<Option<UserId>>) -> Result<Upload> {
        let owner = owner.into();
        self.uploads
            .find(id, self.clock.now())
            .filter(|upload| upload.owner.is_none() || upload.owner == owner)
            .ok_or_else(|| Error::not_found(refusals::gone::file()).help(refusals::common::choose_file_again()))
    }

    /// Holds an uploaded file no longer.
    pub fn forget_upload(&self, id: Uuid) {
        self.uploads.forget(id);
    }

    /// A shared part of a feature (the face engine, open key), made at its first use.
    pub fn extension<T: Send + Sync + 'static>(&self, make: impl FnOnce() -> Result<T>) -> Result<Arc<T>> {
        self.extensions.get(make)
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    pub user: UserId,
    pub session: UserSessionId,
    pub username: String,
    pub name: String,
    pub staff: Option<StaffId>,
    pub student: Option<StudentId>,
    pub must_change_password: bool,
    /// The language that they chose for their screens.
    pub language: Option<String>,
    /// When the password was given last in this session.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Whether the screen is locked.
    pub locked: bool,
    /// Roles by school; a district's role is listed for each of its schools.
    pub grants: Vec<(SchoolId, Role)>,
    /// Roles held anywhere, also where there is no school yet.
    pub roles: Vec<Role>,
}

/// Who acts, from where, with what. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    pub services: Arc<Services>,
    pub device: Device,
    pub actor: Option<Arc<Actor>>,
    pub job: Job,
}

impl Context {
    /// A context in which nobody is signed in.
    pub fn anonymous(services: Arc<Services>, device: Device) -> Self {
        Self { services, device, actor: None, job: Job::default() }
    }

    /// The moment, in UTC.
    pub fn now(&self) -> DateTime<Utc> {
        self.services.clock.now()
    }

    /// The school day that it is now in a time zone (IANA name; UTC where the name is not known).
    pub fn today(&self, time_zone: &str) -> NaiveDate {
        crate::permission::day_at(self.now(), time_zone)
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.services.store
    }

    /// Who is signed in; an error where nobody is.
    pub fn actor(&self) -> Result<&Actor> {
        self.actor.as_deref().ok_or_else(|| {
            Error::new(ErrorCode::SignedOut, refusals::common::signed_out()).help(refusals::common::sign_in_first())
        })
    }

    /// Refuses where the password was not given for [`CONFIRMED_FOR`]: whoever finds a screen at which somebody else is
    /// signed in does not know it.
    pub fn need_password(&self) -> Result<()> {
        let age = self.actor()?.confirmed_at.map(|given| self.now() - given);
        // A moment that lies ahead was written by a clock that was wrong.
        match age.is_some_and(|age| (Duration::zero()..CONFIRMED_FOR).contains(&age)) {
            true => Ok(()),
            false => Err(Error::new(ErrorCode::PasswordNeeded, refusals::common::password_needed())
                .help(refusals::common::type_password())),
        }
    }
}

pub fn locked() -> Error {
    Error::new(ErrorCode::Locked, refusals::common::locked()).help(refusals::common::unlock_first())
}

impl Access {
    /// Reaches nothing.
    pub fn none(now: DateTime<Utc>) -> Self {
        Self { reaches: Vec::new(), staff: None, student: None, now }
    }

    /// What somebody may reach in an operation at a moment, by the roles alone.
    pub fn of(actor: &Actor, operation: &Operation, now: DateTime<Utc>) -> Result<Self> {
        Self::by_rule(actor, operation.rule(), now)
    }

    /// What somebody may reach of what a rule allows.
    pub fn by_rule(actor: &Actor, rule: Rule, now: DateTime<Utc>) -> Result<Self> {
        let reach_of = |role: Role| rule.iter().find(|(named, _)| *named == role).map(|(_, reach)| *reach);
        if !actor.roles.iter().any(|role| reach_of(*role).is_some()) {
            return Err(Error::forbidden());
        }
        let reaches =
            actor.grants.iter().filter_map(|(school, role)| reach_of(*role).map(|reach| (*school, reach))).collect();
        Ok(Self { reaches, staff: actor.staff, student: actor.student, now })
    }
}
