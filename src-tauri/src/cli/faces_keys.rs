//! `homeroom faces recovery-key`, `restore-key` and `rotate-keys`: the key that opens the face templates.

use std::io::{self, BufRead, IsTerminal, Read};
use std::path::{Path, PathBuf};

use documents::Fonts;
use faces::operations::{restore_face_key, rotate_face_keys, show_recovery_key};
use faces::{KeyPlace, RestoreFaceKey};
use kernel::{Error, ErrorCode};
use school::accounts::Nothing;
use school::schools::OfSchool;
use serde_json::json;
use words::cli::faces_keys;

use super::Common;
use super::output::{Failure, NewFile, Output, progress};
use super::person::{Who, as_person};
use super::roster::school_named;
use crate::start;

/// The longest recovery key that is read from standard input, in bytes.
const LONGEST_KEY: u64 = 4 << 10;

/// Shows the recovery key of the face templates, or writes it as a PDF to print.
///
/// Whoever has it and a copy of the database can open the templates: lock it away, apart from the backups.
#[derive(clap::Args)]
pub struct RecoveryKey {
    /// The school, where the user has several.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    /// Writes a PDF instead of showing the key; a file that is there is not replaced, it may open older copies.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    who: Who,
}

impl RecoveryKey {
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        let groups = as_person(common, &self.who, async |calls| {
            let school = school_named(calls, self.school.as_deref()).await?;
            // Before it is noted that the key is on paper.
            let file = self.out.as_deref().map(place_for_pdf).transpose()?;
            let shown = show_recovery_key.on(calls, OfSchool { school }).await?;
            if let Some(file) = file {
                let document = shown.document.ok_or_else(no_fonts)?;
                file.write(&calls.artifact(document).await?.bytes)?;
            }
            Ok(shown.groups)
        })
        .await?;
        match self.out {
            Some(out) => Output::new(format!("{}\n", out.display()), &json!({ "file": out })),
            None => {
                let lines: Vec<String> = groups.chunks(7).map(|line| line.join("-")).collect();
                Output::new(format!("{}\n", lines.join("-\n")), &json!({ "groups": groups }))
            }
        }
    }
}

fn place_for_pdf(out: &Path) -> Result<NewFile, Error> {
    Fonts::load(&start::vendor_folder().join("fonts")).map_err(|_| no_fonts())?;
    NewFile::at(out)
}

fn no_fonts() -> Error {
    Error::new(ErrorCode::FileSystem, faces_keys::fonts_unreadable()).help(faces_keys::leave_out())
}

/// Types the recovery key on a computer that has lost the key, or never had it.
///
/// The key comes from HOMEROOM_RECOVERY_KEY, from standard input (after the password) or from a prompt.
#[derive(clap::Args)]
pub struct RestoreKey {
    /// The school, where the user has several.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    #[command(flatten)]
    who: Who,
}

impl RestoreKey {
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        let restored = as_person(common, &self.who, async |calls| {
            let school = school_named(calls, self.school.as_deref()).await?;
            Ok(restore_face_key.on(calls, RestoreFaceKey { school, key: typed_key()? }).await?)
        })
        .await?;
        let place = match restored.place {
            KeyPlace::System => faces_keys::key_store(),
            KeyPlace::File => faces_keys::key_file(),
        };
        let said = if restored.already { faces_keys::key_was_there(place) } else { faces_keys::key_is_in(place) };
        Output::new(format!("{said}\n"), &restored)
    }
}

fn typed_key() -> Result<String, Failure> {
    if let Some(given) = std::env::var_os("HOMEROOM_RECOVERY_KEY") {
        return given.into_string().map_err(|_| Failure::Usage(words::cli::person::not_utf8("HOMEROOM_RECOVERY_KEY")));
    }
    let unreadable =
        |error: io::Error| Error::new(ErrorCode::FileSystem, faces_keys::key_unreadable(error.to_string()));
    if io::stdin().is_terminal() {
        return Ok(rpassword::prompt_password(faces_keys::type_key().to_string()).map_err(unreadable)?);
    }
    let mut line = String::new();
    io::stdin().lock().take(LONGEST_KEY).read_line(&mut line).map_err(unreadable)?;
    Ok(line)
}

/// Changes the keys of the face templates: everything is sealed again, and the former keys open nothing any more.
///
/// Print a new recovery key afterwards. Copies of the database from before are still opened by the former key.
#[derive(clap::Args)]
pub struct RotateKeys {
    #[command(flatten)]
    who: Who,
}

impl RotateKeys {
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        let rotated = as_person(common, &self.who, async |calls| {
            Ok(rotate_face_keys.reporting(calls, Nothing {}, &progress(faces_keys::sealing())).await?)
        })
        .await?;
        let said = faces_keys::sealed_again(rotated.templates, rotated.photographs, rotated.evidence);
        Output::new(format!("{said}\n"), &rotated)
    }
}
