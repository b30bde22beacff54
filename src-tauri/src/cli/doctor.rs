//! `homeroom doctor`: what works on this computer, what does not, and what to do about each.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use documents::Fonts;
use faces::{
    Engine, EnrolledCount, KeyPlace, SealedFaults, anything_enrolled, enrolled_count, key_fingerprint, key_status,
    recovery_printed_at, sealed_faults,
};
use kernel::clock_doubt;
use kernel::{Clock, Device, Error, ErrorCode, Services, SystemClock};
use serde::Serialize;
use serde_json::json;
use store::{Place, Protection, Store, StoreError, StoreOptions};
use upkeep::{BACKUP_OLD_DAYS, Damage, ROOM_COMFORTABLE, ROOM_NEEDED, Room, damage, room};

use super::Common;
use super::output::{Failure, Output};
use super::person::{close, server_password};
use crate::{start, update};

/// Looks at database, models, runtime, fonts, camera, disk, key and backups, and says what to do about each.
///
/// Needs no password and changes nothing. The exit code is 1 when something that is needed does not work.
#[derive(clap::Args)]
pub struct Doctor {}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Ok,
    /// Homeroom works without it, but something is worth knowing.
    Note,
    Broken,
}

/// One thing that was looked at.
#[derive(Serialize)]
struct Check {
    name: &'static str,
    state: State,
    finding: String,
    /// What to do.
    advice: Option<String>,
}

fn ok(name: &'static str, finding: impl Into<String>) -> Check {
    Check { name, state: State::Ok, finding: finding.into(), advice: None }
}

fn note(name: &'static str, finding: impl Into<String>, advice: impl Into<String>) -> Check {
    Check { name, state: State::Note, finding: finding.into(), advice: Some(advice.into()) }
}

fn broken(name: &'static str, error: &Error) -> Check {
    Check { name, state: State::Broken, finding: error.message.clone(), advice: error.help.clone() }
}

impl Doctor {
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        let data = start::data_folder_named()?;
        let folders = start::folders(data.clone());
        let vendor = folders.vendor.clone();
        let data_fonts = folders.data.join("fonts");
        let mut checks = vec![disk(&data)];
        let (database, services) = database(common, &data).await;
        checks.push(database);
        if let Some(services) = services {
            checks.extend(way(&services));
            checks.push(clock(&services).await);
            checks.push(key(&services).await);
            checks.push(recovery(&services).await);
            checks.push(templates(&services).await);
            checks.push(sealed(&services).await);
            checks.push(rows(&services).await);
            close(services).await;
        }
        checks.push(backups(&data.join("backups")));
        let looked = tokio::task::spawn_blocking(move || {
            let models = match Engine::load(&folders) {
                Ok(engine) => {
                    let (name, version) = engine.model();
                    ok(
                        "face models",
                        format!("{name} {version} and its runtime load from {}", folders.vendor.display()),
                    )
                }
                Err(error) => {
                    let advice = "Install Homeroom again, or name a folder that holds the models by HOMEROOM_MODELS.";
                    broken("face models", &error.help(advice))
                }
            };
            let fonts = match folders.sums.check_folder("fonts", &vendor.join("fonts"), "ttf") {
                Ok(()) => fonts(&vendor.join("fonts"), &data_fonts),
                Err(error) => broken("fonts", &error),
            };
            [models, fonts, camera()]
        });
        let looked = looked.await.map_err(|_| Error::internal("looking at the models stopped unexpectedly"))?;
        checks.extend(looked);
        checks.push(updates());
        let healthy = checks.iter().all(|check| check.state != State::Broken);
        let output = Output::new(in_words(&checks), &json!({ "ok": healthy, "checks": checks }))?;
        Ok(if healthy { output } else { output.unsuccessful() })
    }
}

fn disk(data: &Path) -> Check {
    if !data.is_dir() {
        let finding = format!("{} is not there yet", data.display());
        return note("disk", finding, "It is made when the window is opened, or by an import.");
    }
    if let Err(error) = tempfile::Builder::new().prefix("doctor-").tempfile_in(data) {
        let error = Error::new(ErrorCode::FileSystem, format!("{} cannot be written to: {error}", data.display()));
        return broken(
            "disk",
            &error.help("Give yourself the right to write there, or name another folder by --data."),
        );
    }
    let Some(Room { free, .. }) = room(data) else {
        return note(
            "disk",
            format!("{} can be written to", data.display()),
            "The system does not say how much room is left: look yourself.",
        );
    };
    let finding = format!("{free} MiB free for {}", data.display());
    if free < ROOM_NEEDED {
        let error = Error::new(ErrorCode::FileSystem, finding);
        return broken("disk", &error.help(format!("Make room: at least {ROOM_NEEDED} MiB are needed.")));
    }
    if free < ROOM_COMFORTABLE { note("disk", finding, "Make room soon.") } else { ok("disk", finding) }
}

/// The database, only looked at; what else is looked at in it only where its tables are what this program knows.
async fn database(common: &Common, data: &Path) -> (Check, Option<Arc<Services>>) {
    let name = "database";
    let place = match start::place(common.database.as_deref()) {
        Ok(place) => place,
        Err(error) => return (broken(name, &error), None),
    };
    if let Place::File(file) = &place
        && !file.exists()
    {
        let finding = format!("there is none yet at {}", file.display());
        return (note(name, finding, "Open the window to set your school up, or import a roster."), None);
    }
    let (store, missing) = match look(&place).await {
        Ok(looked) => looked,
        Err(error) if error.code == ErrorCode::DatabaseInUse => {
            return (note(name, error.message, "Close the window of Homeroom to have it checked."), None);
        }
        Err(error) => return (broken(name, &error), None),
    };
    let services = operations::services(store, Arc::new(SystemClock), start::folders(data.to_path_buf()));
    let check = match services.store.check().await {
        Ok(faults) if faults.is_empty() && missing == 0 => {
            ok(name, format!("{place} ({:?}) is in order", services.store.backend()))
        }
        Ok(faults) if faults.is_empty() => note(
            name,
            format!("{place} is in order; its tables are {missing} steps behind this Homeroom"),
            "It is brought up to date when Homeroom opens it the next time; a local file is copied first.",
        ),
        Ok(faults) => {
            let more = faults.len().saturating_sub(1);
            let finding = format!("damaged: {} (and {more} more)", faults.first().map_or("", String::as_str));
            let error = Error::new(ErrorCode::Database, finding);
            broken(name, &error.help("Stop using it. Copy the data folder, then restore the newest backup."))
        }
        Err(error) => broken(name, &error.into()),
    };
    if missing == 0 {
        return (check, Some(services));
    }
    close(services).await;
    (check, None)
}

/// How the way to the database's server is protected; none with a file.
fn way(services: &Services) -> Option<Check> {
    let name = "way to the server";
    let advice = "Leave sslmode out of the address, or write sslmode=verify-full; name the issuer's certificate by \
                  sslrootcert= where this computer does not trust it.";
    Some(match services.store.protection()? {
        Protection::Local => ok(name, "does not leave this computer"),
        Protection::Verified => ok(name, "encrypted, and the server has proved its name"),
        Protection::IssuerVerified => {
            note(name, "encrypted; the server's certificate is trusted, its name was not compared", advice)
        }
        Protection::Unverified => {
            note(name, "encrypted, server not verified: somebody on the way could answer in its place", advice)
        }
        Protection::Readable => note(name, "not encrypted: whoever is on the way can read everything", advice),
    })
}

/// Whether the clock contradicts what the database has seen.
async fn clock(services: &Services) -> Check {
    let name = "clock";
    match clock_doubt(services).await {
        Ok(None) => ok(name, format!("says {}", services.clock.now().format("%Y-%m-%d %H:%M UTC"))),
        Ok(Some(doubt)) => note(
            name,
            format!(
                "says {}, but the database was last used on {}: nothing is deleted because its time has come",
                doubt.now.format("%Y-%m-%d"),
                doubt.seen.format("%Y-%m-%d")
            ),
            "Set the clock right. If it is right, say so in the window, on the page Today.",
        ),
        Err(error) => broken(name, &error),
    }
}

/// Opens for looking, with the server's password that is kept or typed where one is wanted.
async fn look(place: &Place) -> Result<(Store, usize), Error> {
    let looked = Store::look(place, &StoreOptions::default()).await;
    if !matches!(looked, Err(StoreError::Password)) {
        return Ok(looked?);
    }
    let options = StoreOptions { password: server_password(place).await?, ..StoreOptions::default() };
    Ok(Store::look(place, &options).await?)
}

async fn key(services: &Arc<Services>) -> Check {
    let name = "key of the faces";
    let enrolled = match anything_enrolled(services).await {
        Ok(enrolled) => enrolled,
        Err(error) => return broken(name, &error),
    };
    let services = services.clone();
    match tokio::task::spawn_blocking(move || key_status(&services)).await {
        Ok(status) => match (status.place, status.problem) {
            (Some(KeyPlace::System), _) => ok(name, "rests in the system's key store"),
            (Some(KeyPlace::File), _) => ok(name, "rests in keys/master.key of the data folder: keep a copy elsewhere"),
            (None, Some(problem)) if enrolled => {
                let error = Error::new(ErrorCode::KeyStore, problem);
                broken(name, &error.help(status.help.unwrap_or_default()))
            }
            (None, _) => ok(name, "none yet; it is made with the first enrolled face"),
        },
        Err(_) => broken(name, &Error::internal("looking for the key stopped unexpectedly")),
    }
}

/// Whether the key in use is on paper.
async fn recovery(services: &Arc<Services>) -> Check {
    let name = "recovery key";
    let advice = "Print it under Faces, or with “homeroom faces recovery-key”, and lock it away: without it faces must be \
                  enrolled again when this computer is lost.";
    let with_key = services.clone();
    let fingerprint = tokio::task::spawn_blocking(move || key_fingerprint(&with_key)).await;
    match fingerprint {
        Ok(Some(fingerprint)) => match recovery_printed_at(services, &fingerprint).await {
            Ok(Some(at)) => ok(name, format!("on paper since {}", at.format("%Y-%m-%d"))),
            Ok(None) => note(name, "the key in use was never printed", advice),
            Err(error) => broken(name, &error),
        },
        Ok(None) => ok(name, "there is no key to print yet"),
        Err(_) => broken(name, &Error::internal("looking for the key stopped unexpectedly")),
    }
}

/// Whether what is enrolled fits the models.
async fn templates(services: &Arc<Services>) -> Check {
    let name = "face templates";
    let count = match enrolled_count(services, None).await {
        Ok(count) => count,
        Err(error) => return broken(name, &error),
    };
    let EnrolledCount { students, templates, outdated_students, outdated_templates, photographs, .. } = &count;
    let version = count.version.as_deref().unwrap_or("unknown: there are no models");
    let finding = format!("{templates} of {students} students, version {version}; {photographs} kept photographs");
    if *outdated_templates == 0 {
        return ok(name, finding);
    }
    let former = count.outdated_versions.join(", ");
    let finding =
        format!("{finding}; {outdated_templates} of {outdated_students} students are of a former model ({former})");
    note(name, finding, "Make them again from kept photographs with “homeroom faces renew”; enrol the others again.")
}

/// Whether every sealed row opens.
async fn sealed(services: &Arc<Services>) -> Check {
    let name = "sealed faces";
    let device = Device { name: "doctor".into(), address: None };
    let found = match sealed_faults(services, device).await {
        Ok(found) => found,
        // What is wrong with the key is said above.
        Err(error) => return note(name, error.message, "See the key of the faces above."),
    };
    let SealedFaults { sound, damaged, students, without_key } = &found;
    if damaged + without_key == 0 {
        return ok(name, format!("all {sound} open"));
    }
    let finding = format!(
        "{} of {} were changed, moved or damaged, and are not used: students {}",
        damaged + without_key,
        sound + damaged + without_key,
        first(students)
    );
    let error = Error::new(ErrorCode::KeyStore, finding);
    broken(name, &error.help("Delete these students' faces and enrol them again; everybody else is recognised."))
}

/// Whether rows and history agree.
async fn rows(services: &Arc<Services>) -> Check {
    let name = "rows and history";
    let found = match damage(services).await {
        Ok(found) => found,
        Err(error) => return broken(name, &error),
    };
    let Damage { findings, proven, unproven } = &found;
    if findings.is_empty() {
        let former = match unproven {
            0 => String::new(),
            former => format!("; {former} were last written by a former version and can only be read"),
        };
        return ok(name, format!("{proven} rows are what Homeroom wrote{former}"));
    }
    let error = Error::new(ErrorCode::Database, format!("{} findings: {}", findings.len(), first(findings)));
    let help = "Somebody changed the data outside of Homeroom, or the disk is failing. Copy the data folder, and compare \
                with the newest backup before you go on.";
    broken(name, &error.help(help))
}

/// So many are named.
const NAMED: usize = 10;

fn first(findings: &[String]) -> String {
    let named = findings.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    match findings.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named}; and {more} more"),
    }
}

fn backups(folder: &Path) -> Check {
    let found = upkeep::backups(folder);
    let advice = "Close Homeroom and copy its data folder to another disk.";
    let now = SystemClock.now();
    let days = |at: DateTime<Utc>| now.signed_duration_since(at).num_days().max(0);
    match (found.newest, found.before_update) {
        (Some(at), _) if days(at) <= BACKUP_OLD_DAYS => ok("backups", format!("the newest is {} days old", days(at))),
        (Some(at), _) => note("backups", format!("the newest is {} days old", days(at)), advice),
        (None, Some(at)) => {
            let finding = format!(
                "there is none; the copy from before an update, {} days ago, holds nothing that came after it",
                days(at)
            );
            note("backups", finding, advice)
        }
        (None, None) => note("backups", "there is none", advice),
    }
}

/// Whether this copy of the program updates itself.
fn updates() -> Check {
    match update::built_in() {
        Some(_) => ok("updates", "this copy looks for a newer version when asked to, on the page About"),
        None => note(
            "updates",
            "this copy does not update itself: it was built without a key and an address to update from",
            "Install a newer version over it; the data stays.",
        ),
    }
}

/// The fonts of the installation, and those that were put into the data folder.
fn fonts(folder: &Path, added: &Path) -> Check {
    let fonts = match Fonts::load(folder) {
        Ok(fonts) => fonts.and_from(added.to_owned()),
        Err(error) => {
            let error = Error::new(ErrorCode::FileSystem, error.to_string());
            return broken("fonts", &error.help("Install Homeroom again; without its fonts nothing can be printed."));
        }
    };
    let families = fonts.families();
    let lacking = families.iter().filter(|family| !family.usable).map(|family| match &family.file {
        Some(file) => format!("{} (damaged)", file.display()),
        None => family.name.to_owned(),
    });
    let lacking: Vec<String> = lacking.collect();
    let finding = format!("report cards can be printed with the fonts in {}", folder.display());
    if lacking.is_empty() {
        return ok("fonts", format!("{finding}, in every script"));
    }
    let advice = format!("Letters of these are left out of print. Put their files into {}.", added.display());
    note("fonts", format!("{finding}, but without {}", lacking.join(", ")), advice)
}

fn camera() -> Check {
    let advice = "Connect a webcam, or use a network camera or photographs. Attendance by hand works without.";
    match camera::devices() {
        Ok(devices) if devices.is_empty() => note("camera", "no webcam is connected", advice),
        Ok(devices) => {
            let names: Vec<&str> = devices.iter().map(|device| device.name.as_str()).collect();
            ok("camera", names.join(", "))
        }
        Err(error) => note("camera", format!("the system does not list its webcams: {}", error.detail), advice),
    }
}

fn in_words(checks: &[Check]) -> String {
    let mut text = String::new();
    for check in checks {
        let sign = match check.state {
            State::Ok => "ok    ",
            State::Note => "note  ",
            State::Broken => "BROKEN",
        };
        text.push_str(&format!("{sign}  {}: {}\n", check.name, check.finding));
        if let Some(advice) = &check.advice {
            text.push_str(&format!("        → {advice}\n"));
        }
    }
    text
}
