//! `homeroom doctor`: what works on this computer, what does not, and what to do about each.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use documents::Fonts;
use faces::{
    Engine, EnrolledCount, KeyPlace, SealedFaults, anything_enrolled, enrolled_count, key_fingerprint, key_status,
    recovery_printed_at, sealed_faults,
};
use kernel::{Clock, Device, Error, ErrorCode, Services, SystemClock, blocking, clock_doubt};
use serde::Serialize;
use serde_json::json;
use store::{Place, Protection, Store, StoreError, StoreOptions};
use upkeep::{BACKUP_OLD_DAYS, Damage, ROOM_COMFORTABLE, ROOM_NEEDED, Room, damage, room};
use words::{Message, Text};

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

/// One thing that was looked at, in English.
#[derive(Serialize)]
struct Check {
    name: String,
    state: State,
    finding: String,
    /// What to do.
    advice: Option<String>,
}

fn check(name: Message, state: State, finding: &Message, advice: Option<&Message>) -> Check {
    Check { name: name.to_string(), state, finding: finding.to_string(), advice: advice.map(Message::to_string) }
}

fn ok(name: Message, finding: Message) -> Check {
    check(name, State::Ok, &finding, None)
}

fn note(name: Message, finding: Message, advice: Message) -> Check {
    check(name, State::Note, &finding, Some(&advice))
}

fn broken(name: Message, error: &Error) -> Check {
    check(name, State::Broken, &error.message, error.help.as_ref())
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
        let look = move || {
            let models = match Engine::load(&folders) {
                Ok(engine) => {
                    let (name, version) = engine.model();
                    ok(
                        words::cli::doctor::face_models(),
                        words::cli::doctor::models_load(name, version, folders.vendor.display()),
                    )
                }
                Err(error) => {
                    let advice = words::cli::doctor::install_or_name_models();
                    broken(words::cli::doctor::face_models(), &error.help(advice))
                }
            };
            let fonts = match folders.sums.check_folder("fonts", &vendor.join("fonts"), "ttf") {
                Ok(()) => fonts(&vendor.join("fonts"), &data_fonts),
                Err(error) => broken(words::cli::doctor::fonts(), &error),
            };
            Ok([models, fonts, camera()])
        };
        checks.extend(blocking(look).await?);
        checks.push(updates());
        let healthy = checks.iter().all(|check| check.state != State::Broken);
        let output = Output::new(in_words(&checks), &json!({ "ok": healthy, "checks": checks }))?;
        Ok(if healthy { output } else { output.unsuccessful() })
    }
}

fn disk(data: &Path) -> Check {
    if !data.is_dir() {
        let finding = words::cli::doctor::not_there_yet(data.display());
        return note(words::cli::doctor::disk(), finding, words::cli::doctor::made_by_window());
    }
    if let Err(error) = tempfile::Builder::new().prefix("doctor-").tempfile_in(data) {
        let error =
            Error::new(ErrorCode::FileSystem, words::cli::doctor::not_writable(data.display(), error.to_string()));
        return broken(words::cli::doctor::disk(), &error.help(words::cli::doctor::give_right()));
    }
    let Some(Room { free, .. }) = room(data) else {
        return note(
            words::cli::doctor::disk(),
            words::cli::doctor::writable(data.display()),
            words::cli::doctor::room_unknown(),
        );
    };
    let finding = words::cli::doctor::room_free(free, data.display());
    if free < ROOM_NEEDED {
        let error = Error::new(ErrorCode::FileSystem, finding);
        return broken(words::cli::doctor::disk(), &error.help(words::cli::doctor::make_room(ROOM_NEEDED)));
    }
    if free < ROOM_COMFORTABLE {
        note(words::cli::doctor::disk(), finding, words::cli::doctor::make_room_soon())
    } else {
        ok(words::cli::doctor::disk(), finding)
    }
}

/// The database, only looked at; what else is looked at in it only where its tables are what this program knows.
async fn database(common: &Common, data: &Path) -> (Check, Option<Arc<Services>>) {
    let name = words::cli::doctor::database();
    let place = match start::place(common.database.as_deref()) {
        Ok(place) => place,
        Err(error) => return (broken(name, &error), None),
    };
    if let Place::File(file) = &place
        && !file.exists()
    {
        let finding = words::cli::doctor::none_yet(file.display());
        return (note(name, finding, words::cli::doctor::set_up_or_import()), None);
    }
    let (store, missing) = match look(&place).await {
        Ok(looked) => looked,
        Err(error) if error.code == ErrorCode::DatabaseInUse => {
            return (note(name, error.message, words::cli::doctor::close_window()), None);
        }
        Err(error) => return (broken(name, &error), None),
    };
    let services = operations::services(store, Arc::new(SystemClock), start::folders(data.to_path_buf()));
    let check = match services.store.check().await {
        Ok(faults) if faults.is_empty() && missing == 0 => {
            ok(name, words::cli::doctor::in_order(place.to_string(), format!("{:?}", services.store.backend())))
        }
        Ok(faults) if faults.is_empty() => note(
            name,
            words::cli::doctor::steps_behind(place.to_string(), missing),
            words::cli::doctor::brought_up_to_date(),
        ),
        Ok(faults) => {
            let more = faults.len().saturating_sub(1);
            let finding = words::cli::doctor::damaged(faults.first().map_or("", String::as_str), more);
            let error = Error::new(ErrorCode::Database, finding);
            broken(name, &error.help(words::cli::doctor::stop_using()))
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
    let name = words::cli::doctor::way_to_server();
    let advice = words::cli::doctor::leave_sslmode();
    Some(match services.store.protection()? {
        Protection::Local => ok(name, words::cli::doctor::stays_here()),
        Protection::Verified => ok(name, words::cli::doctor::verified()),
        Protection::IssuerVerified => note(name, words::cli::doctor::issuer_verified(), advice),
        Protection::Unverified => note(name, words::cli::doctor::unverified(), advice),
        Protection::Readable => note(name, words::cli::doctor::readable(), advice),
    })
}

/// Whether the clock contradicts what the database has seen.
async fn clock(services: &Services) -> Check {
    let name = words::cli::doctor::clock();
    match clock_doubt(services).await {
        Ok(None) => ok(name, words::cli::doctor::says(services.clock.now().format("%Y-%m-%d %H:%M UTC").to_string())),
        Ok(Some(doubt)) => note(
            name,
            words::cli::doctor::clock_behind(doubt.now.date_naive().to_string(), doubt.seen.date_naive().to_string()),
            words::cli::doctor::set_clock(),
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
    let name = words::cli::doctor::key_of_faces();
    let enrolled = match anything_enrolled(services).await {
        Ok(enrolled) => enrolled,
        Err(error) => return broken(name, &error),
    };
    let services = services.clone();
    match blocking(move || Ok(key_status(&services))).await {
        Ok(status) => match (status.place, status.problem) {
            (Some(KeyPlace::System), _) => ok(name, words::cli::doctor::key_in_store()),
            (Some(KeyPlace::File), _) => ok(name, words::cli::doctor::key_in_file()),
            (None, Some(problem)) if enrolled => check(name, State::Broken, &problem, status.help.as_ref()),
            (None, _) => ok(name, words::cli::doctor::no_key_yet()),
        },
        Err(error) => broken(name, &error),
    }
}

/// Whether the key in use is on paper.
async fn recovery(services: &Arc<Services>) -> Check {
    let name = words::cli::doctor::recovery_key();
    let advice = words::cli::doctor::print_recovery();
    let with_key = services.clone();
    let fingerprint = blocking(move || Ok(key_fingerprint(&with_key))).await;
    match fingerprint {
        Ok(Some(fingerprint)) => match recovery_printed_at(services, &fingerprint).await {
            Ok(Some(at)) => ok(name, words::cli::doctor::on_paper(at.date_naive().to_string())),
            Ok(None) => note(name, words::cli::doctor::never_printed(), advice),
            Err(error) => broken(name, &error),
        },
        Ok(None) => ok(name, words::cli::doctor::nothing_to_print()),
        Err(error) => broken(name, &error),
    }
}

/// Whether what is enrolled fits the models.
async fn templates(services: &Arc<Services>) -> Check {
    let name = words::cli::doctor::face_templates();
    let count = match enrolled_count(services, None).await {
        Ok(count) => count,
        Err(error) => return broken(name, &error),
    };
    let EnrolledCount { students, templates, outdated_students, outdated_templates, photographs, .. } = &count;
    let version = count.version.as_deref().map_or_else(|| words::cli::doctor::version_unknown().into(), Text::from);
    let finding = words::cli::doctor::templates(*templates, *students, version, *photographs);
    if *outdated_templates == 0 {
        return ok(name, finding);
    }
    let former = count.outdated_versions.join(", ");
    let finding = words::cli::doctor::templates_outdated(finding, *outdated_templates, *outdated_students, former);
    note(name, finding, words::cli::doctor::renew())
}

/// Whether every sealed row opens.
async fn sealed(services: &Arc<Services>) -> Check {
    let name = words::cli::doctor::sealed_faces();
    let device = Device { name: "doctor".into(), address: None };
    let found = match sealed_faults(services, device).await {
        Ok(found) => found,
        // What is wrong with the key is said above.
        Err(error) => return note(name, error.message, words::cli::doctor::see_key()),
    };
    let SealedFaults { sound, damaged, students, without_key } = &found;
    if damaged + without_key == 0 {
        return ok(name, words::cli::doctor::all_open(*sound));
    }
    let finding =
        words::cli::doctor::sealed_damaged(damaged + without_key, sound + damaged + without_key, first(students));
    let error = Error::new(ErrorCode::KeyStore, finding);
    broken(name, &error.help(words::cli::doctor::delete_and_enrol()))
}

/// Whether rows and history agree.
async fn rows(services: &Arc<Services>) -> Check {
    let name = words::cli::doctor::rows_and_history();
    let found = match damage(services).await {
        Ok(found) => found,
        Err(error) => return broken(name, &error),
    };
    let Damage { findings, proven, unproven } = &found;
    if findings.is_empty() {
        let former = match unproven {
            0 => Text::from(""),
            former => words::cli::doctor::former_rows(*former).into(),
        };
        return ok(name, words::cli::doctor::rows_proven(*proven, former));
    }
    let error = Error::new(ErrorCode::Database, words::cli::doctor::findings(findings.len(), first(findings)));
    let help = words::cli::doctor::changed_outside();
    broken(name, &error.help(help))
}

/// So many are named.
const NAMED: usize = 10;

fn first<T: ToString>(findings: &[T]) -> Text {
    let named = findings.iter().take(NAMED).map(T::to_string).collect::<Vec<_>>().join("; ");
    match findings.len().saturating_sub(NAMED) {
        0 => named.into(),
        more => words::cli::doctor::and_more(named, more).into(),
    }
}

fn backups(folder: &Path) -> Check {
    let found = upkeep::backups(folder);
    let advice = words::cli::doctor::copy_data();
    let now = SystemClock.now();
    let days = |at: DateTime<Utc>| now.signed_duration_since(at).num_days().max(0);
    match (found.newest, found.before_update) {
        (Some(at), _) if days(at) <= BACKUP_OLD_DAYS => {
            ok(words::cli::doctor::backups(), words::cli::doctor::newest_backup(days(at)))
        }
        (Some(at), _) => note(words::cli::doctor::backups(), words::cli::doctor::newest_backup(days(at)), advice),
        (None, Some(at)) => {
            let finding = words::cli::doctor::copy_before_update(days(at));
            note(words::cli::doctor::backups(), finding, advice)
        }
        (None, None) => note(words::cli::doctor::backups(), words::cli::doctor::no_backup(), advice),
    }
}

/// Whether this copy of the program updates itself.
fn updates() -> Check {
    match update::built_in() {
        Some(_) => ok(words::cli::doctor::updates(), words::cli::doctor::updates_asked()),
        None => {
            note(words::cli::doctor::updates(), words::cli::doctor::no_updates(), words::cli::doctor::install_newer())
        }
    }
}

/// The fonts of the installation, and those that were put into the data folder.
fn fonts(folder: &Path, added: &Path) -> Check {
    let fonts = match Fonts::load(folder) {
        Ok(fonts) => fonts.and_from(added.to_owned()),
        Err(error) => {
            let error = Error::new(ErrorCode::FileSystem, error.said());
            return broken(words::cli::doctor::fonts(), &error.help(words::cli::doctor::install_for_fonts()));
        }
    };
    let families = fonts.families();
    let lacking = families.iter().filter(|family| !family.usable).map(|family| match &family.file {
        Some(file) => format!("{} (damaged)", file.display()),
        None => family.name.to_owned(),
    });
    let lacking: Vec<String> = lacking.collect();
    let finding = words::cli::doctor::fonts_ready(folder.display());
    if lacking.is_empty() {
        return ok(words::cli::doctor::fonts(), words::cli::doctor::every_script(finding));
    }
    let advice = words::cli::doctor::letters_left_out(added.display());
    note(words::cli::doctor::fonts(), words::cli::doctor::without_scripts(finding, lacking.join(", ")), advice)
}

fn camera() -> Check {
    let advice = words::cli::doctor::connect_webcam();
    match camera::devices() {
        Ok(devices) if devices.is_empty() => {
            note(words::cli::doctor::camera(), words::cli::doctor::no_webcam(), advice)
        }
        Ok(devices) => {
            let names: Vec<&str> = devices.iter().map(|device| device.name.as_str()).collect();
            ok(words::cli::doctor::camera(), words::cli::doctor::webcams(names.join(", ")))
        }
        Err(error) => note(words::cli::doctor::camera(), words::cli::doctor::webcams_not_listed(error.detail), advice),
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
