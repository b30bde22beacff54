//! Errors as they reach a person: a code and messages of the catalogue with their values, never only a sentence.

use serde::{Deserialize, Serialize};
use store::StoreError;
use words::{Message, Text, refusals};

/// The result of an operation.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, as a stable word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Nobody is signed in.
    SignedOut,
    /// The session ended: idle too long, too old, or revoked.
    SessionExpired,
    /// The person's roles do not allow this, or not here.
    Forbidden,
    /// User name or password are wrong.
    WrongPassword,
    /// The account is disabled, or the person has left; `details.reason` is `disabled` or `left`.
    AccountEnded,
    /// It would end the own access.
    OwnAccess,
    /// The register is of a day without school; `details.why` is `weekday` or `no_term`. Asked for on purpose it is taken.
    NoSchoolDay,
    /// Too many wrong passwords from here: wait.
    SlowDown,
    /// The password of whoever is signed in is asked for once more before this is done.
    PasswordNeeded,
    /// The screen is locked: nothing is done before the password is given.
    Locked,
    /// The password is not good enough.
    WeakPassword,
    /// The school has been set up already.
    AlreadySetUp,
    /// The school has not been set up yet.
    NotSetUp,
    /// The input is not valid; `fields` says where.
    Invalid,
    /// It does not exist (any more).
    NotFound,
    /// There is one already.
    Duplicate,
    /// Somebody else changed it in the meantime; `details` holds what it is now.
    Stale,
    /// It cannot be undone (any more).
    CannotUndo,
    /// It is still used elsewhere.
    InUse,
    /// A file cannot be read as what it should be.
    BadFile,
    /// The job was cancelled.
    Cancelled,
    /// What is stored as the settings of the school cannot be read.
    SettingsUnreadable,
    /// The school has not turned face recognition on.
    FacesOff,
    /// There is no consent for this.
    NoConsent,
    /// The photographs are not good enough; `fields` says why.
    PoorPhotograph,
    /// The face models or their runtime are not there.
    NoModels,
    /// The camera cannot be used.
    Camera,
    /// The key store refused or holds no key.
    KeyStore,
    DatabaseInUse,
    NetworkFolder,
    /// The file has a second name by a hard link.
    TwoNames,
    NotADatabase,
    /// The database's file was removed or moved while it was open.
    DatabaseGone,
    NewerDatabase,
    BadDatabaseAddress,
    DatabaseUnreachable,
    /// The server's name is not known.
    DatabaseServerUnknown,
    /// The server refuses the user name or the password.
    DatabasePassword,
    /// The server does not let this user in, or not do what is needed.
    DatabaseRights,
    /// The server has no such database.
    DatabaseMissing,
    /// No encrypted connection came about.
    DatabaseEncryption,
    FileSystem,
    /// The clock of this computer contradicts what the database has seen.
    Clock,
    /// There is no room on the disk; nothing of what was begun is kept.
    DiskFull,
    /// It could not be learned whether there is a newer version of the program.
    UpdateUnknown,
    Database,
    /// A fault of ours.
    Internal,
}

/// What is wrong with one field of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(from = "WrittenFieldError", into = "WrittenFieldError")]
#[ts(as = "WrittenFieldError")]
pub struct FieldError {
    /// The field's name as in the input, `a.b` and `list.3.a` for nested ones.
    pub field: String,
    /// A stable word for what is wrong.
    pub code: String,
    /// The same in words, with what is expected.
    pub message: Message,
}

/// An error of an operation.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[error("{message}")]
#[serde(from = "WrittenError", into = "WrittenError")]
#[ts(as = "WrittenError")]
pub struct Error {
    pub code: ErrorCode,
    pub message: Message,
    pub fields: Vec<FieldError>,
    /// What the person can do next.
    pub help: Option<Message>,
    /// More for this code: the current row when stale, seconds to wait when slowed down.
    pub details: Option<serde_json::Value>,
}

impl Error {
    /// An error with what is said of it.
    pub fn new(code: ErrorCode, message: Message) -> Self {
        Self { code, message, fields: Vec::new(), help: None, details: None }
    }

    /// The same with what to do next.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// The same with details for the code.
    #[must_use]
    pub fn details(mut self, details: serde_json::Value) -> Self {
        self.details = Some(details);
        self
    }

    /// The person's roles do not allow this.
    pub fn forbidden() -> Self {
        Self::new(ErrorCode::Forbidden, refusals::common::forbidden()).help(refusals::common::ask_administrator())
    }

    /// The file system refused: the disk is full, or whatever else it says, with what to do about that.
    pub fn of_files(what: impl Into<Text>, error: &std::io::Error, help: Message) -> Self {
        if store::is_full_disk(error) {
            return Self::new(ErrorCode::DiskFull, refusals::common::disk_full(what)).help(store::full_disk());
        }
        Self::new(ErrorCode::FileSystem, refusals::common::of_files(what, error)).help(help)
    }

    /// It does not exist; one of [`refusals::gone`] says what.
    pub fn not_found(what: Message) -> Self {
        Self::new(ErrorCode::NotFound, what)
    }

    /// One field is wrong.
    pub fn field(field: &str, code: &str, message: Message) -> Self {
        Invalid::default().add(field, code, message).into_error()
    }

    /// A fault of ours. What it was is told to the log and to support in English, without personal data: no sentence for
    /// people.
    pub fn internal(what: impl Into<String>) -> Self {
        Self::new(ErrorCode::Internal, refusals::common::fault(what.into())).help(refusals::common::try_again())
    }
}

/// Gathers what is wrong with an input, so that all of it is shown at once.
#[derive(Default, Debug)]
pub struct Invalid(Vec<FieldError>);

impl Invalid {
    /// Adds a field's error.
    #[must_use]
    pub fn add(mut self, field: &str, code: &str, message: Message) -> Self {
        self.push(field, code, message);
        self
    }

    /// Adds a field's error in place.
    pub fn push(&mut self, field: &str, code: &str, message: Message) {
        self.0.push(FieldError { field: field.into(), code: code.into(), message });
    }

    /// Checks a text: trimmed, not empty, at most `longest` characters, no control characters. Returns it trimmed.
    pub fn text(&mut self, field: &str, value: &str, longest: usize) -> String {
        let value = value.trim();
        if value.is_empty() {
            self.push(field, "required", refusals::common::required());
        }
        self.optional(field, Some(value), longest).unwrap_or_default()
    }

    /// Checks a text that may be left out; blank counts as left out.
    pub fn optional(&mut self, field: &str, value: Option<&str>, longest: usize) -> Option<String> {
        let value = value.map(str::trim).filter(|value| !value.is_empty())?;
        if value.chars().count() > longest {
            self.push(field, "too_long", refusals::common::too_long(longest));
        }
        if value.chars().any(|c| c.is_control() && c != '\n') {
            self.push(field, "control_characters", refusals::common::control_characters());
        }
        Some(value.to_owned())
    }

    /// Checks a telephone number that may be left out: at most 50 characters. The apostrophe that spreadsheets put before a
    /// number that begins with a plus sign is none of it.
    pub fn phone(&mut self, field: &str, value: Option<&str>) -> Option<String> {
        self.optional(field, value.map(without_apostrophe), 50)
    }

    /// Checks an e-mail address that may be left out: one `@` with something on both sides, no spaces.
    pub fn email(&mut self, field: &str, value: Option<&str>) -> Option<String> {
        let value = self.optional(field, value, 254)?;
        let parts: Vec<&str> = value.split('@').collect();
        if parts.len() != 2 || parts.iter().any(|part| part.is_empty()) || value.contains(char::is_whitespace) {
            self.push(field, "not_an_address", refusals::common::not_an_address());
        }
        Some(value)
    }

    /// Takes in what was found wrong with a part of the input.
    pub fn take_in(&mut self, part: &str, found: Invalid) {
        self.0
            .extend(found.0.into_iter().map(|error| FieldError { field: format!("{part}.{}", error.field), ..error }));
    }

    /// Fails when anything was found.
    pub fn check(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(self.into_error()) }
    }

    /// The error with all fields.
    pub fn into_error(self) -> Error {
        let message = match self.0.first() {
            Some(first) => refusals::common::first_field(&first.field, first.message.clone()),
            None => refusals::common::invalid(),
        };
        Error { fields: self.0, ..Error::new(ErrorCode::Invalid, message) }
    }
}

/// A telephone number as people read it.
pub fn without_apostrophe(phone: &str) -> &str {
    phone.trim().trim_start_matches(['\'', '\u{2019}'])
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::InUse(_) => ErrorCode::DatabaseInUse,
            StoreError::NetworkFolder(_) => ErrorCode::NetworkFolder,
            StoreError::TwoNames(_) => ErrorCode::TwoNames,
            StoreError::Gone(_) => ErrorCode::DatabaseGone,
            StoreError::NotADatabase(_) => ErrorCode::NotADatabase,
            StoreError::Newer(_) => ErrorCode::NewerDatabase,
            StoreError::BadAddress(_) => ErrorCode::BadDatabaseAddress,
            StoreError::Unreachable(_) | StoreError::ServerFull => ErrorCode::DatabaseUnreachable,
            StoreError::UnknownServer(_) => ErrorCode::DatabaseServerUnknown,
            StoreError::Password => ErrorCode::DatabasePassword,
            StoreError::NotLetIn | StoreError::NoRights => ErrorCode::DatabaseRights,
            StoreError::NoDatabase => ErrorCode::DatabaseMissing,
            StoreError::Encryption(_) => ErrorCode::DatabaseEncryption,
            StoreError::Stale { .. } => ErrorCode::Stale,
            StoreError::NotFound(_) => ErrorCode::NotFound,
            StoreError::Duplicate(_) => ErrorCode::Duplicate,
            StoreError::Full => ErrorCode::DiskFull,
            StoreError::Files { source, .. } if store::is_full_disk(source) => ErrorCode::DiskFull,
            StoreError::Files { .. } => ErrorCode::FileSystem,
            StoreError::Database(_) | StoreError::UnknownValue(_) | StoreError::Json(_) => ErrorCode::Database,
        };
        if code == ErrorCode::Database {
            // The database's own words may quote a row: they go to the log without its values, never to a person.
            tracing::error!(kind = ?std::mem::discriminant(&error), "database refused a statement");
        }
        let details = match &error {
            StoreError::Stale { current: Some(current), .. } => Some((**current).clone()),
            _ => None,
        };
        let message = match &error {
            StoreError::Duplicate(_) => refusals::common::duplicate(),
            StoreError::Stale { .. } => refusals::common::stale(),
            other => other.said(),
        };
        let help = error.help();
        Error { details, help, ..Error::new(code, message) }
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        StoreError::from(error).into()
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        // serde's sentence names the field and what was expected, not the value of a text.
        Error::new(ErrorCode::Invalid, refusals::common::bad_form(error.to_string()))
    }
}

/// An error as it travels: each text in English for whoever reads it without the catalogue, and as a message for whoever
/// has it.
#[derive(Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Error")]
#[ts(rename = "Error")]
pub struct WrittenError {
    code: ErrorCode,
    message: String,
    said: Message,
    fields: Vec<WrittenFieldError>,
    /// What the person can do next.
    help: Option<String>,
    advice: Option<Message>,
    /// More for this code: the current row when stale, seconds to wait when slowed down.
    #[ts(type = "unknown")]
    details: Option<serde_json::Value>,
}

/// What is wrong with one field of the input.
#[derive(Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[schemars(rename = "FieldError")]
#[ts(rename = "FieldError")]
pub struct WrittenFieldError {
    /// The field's name as in the input, `a.b` and `list.3.a` for nested ones.
    field: String,
    /// A stable word for what is wrong.
    code: String,
    message: String,
    said: Message,
}

impl From<Error> for WrittenError {
    fn from(error: Error) -> Self {
        let Error { code, message, fields, help, details } = error;
        Self {
            code,
            message: message.to_string(),
            said: message,
            fields: fields.into_iter().map(WrittenFieldError::from).collect(),
            help: help.as_ref().map(Message::to_string),
            advice: help,
            details,
        }
    }
}

impl From<WrittenError> for Error {
    fn from(written: WrittenError) -> Self {
        let WrittenError { code, said, fields, advice, details, .. } = written;
        Self { code, message: said, fields: fields.into_iter().map(FieldError::from).collect(), help: advice, details }
    }
}

impl From<FieldError> for WrittenFieldError {
    fn from(error: FieldError) -> Self {
        let FieldError { field, code, message } = error;
        Self { field, code, message: message.to_string(), said: message }
    }
}

impl From<WrittenFieldError> for FieldError {
    fn from(written: WrittenFieldError) -> Self {
        let WrittenFieldError { field, code, said, .. } = written;
        Self { field, code, message: said }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind};

    use super::*;

    #[test]
    fn what_does_not_fit_is_said_to_be_a_full_disk_and_nothing_else_is() {
        let of = |kind: ErrorKind| {
            Error::of_files("The key cannot be kept", &io::Error::from(kind), refusals::faces::write_to_data())
        };
        let full = of(ErrorKind::StorageFull);
        assert_eq!((full.code, full.help), (ErrorCode::DiskFull, Some(store::full_disk())));
        assert_eq!(full.message, "The key cannot be kept: the disk is full.");
        let refused = of(ErrorKind::PermissionDenied);
        assert_eq!((refused.code, refused.help), (ErrorCode::FileSystem, Some(refusals::faces::write_to_data())));
    }
}
