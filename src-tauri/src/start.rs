//! Finding the folders and opening the services, the same for the window and the command line.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use kernel::{Device, Error, ErrorCode, Folders, Services, Sums, SystemClock};
use store::{Place, ServerPassword, Store, StoreError, StoreOptions};
use words::Message;

use crate::{log, own, passwords};

static NAMED_DATA: OnceLock<Option<PathBuf>> = OnceLock::new();

/// Keeps the folder that the command line names, once.
pub fn name_data_folder(named: Option<PathBuf>) {
    NAMED_DATA.get_or_init(|| named);
}

/// The data folder that a person named, on the command line or by `HOMEROOM_DATA`.
fn named_data_folder() -> Option<PathBuf> {
    let by_argument = NAMED_DATA.get().cloned().flatten();
    by_argument.or_else(|| std::env::var_os("HOMEROOM_DATA").filter(|value| !value.is_empty()).map(PathBuf::from))
}

/// The local file's name in the data folder.
const DATABASE: &str = "homeroom.db";

/// The folder of everything that the product keeps, there or not: the named one, else the system's data folder.
pub fn data_folder_named() -> Result<PathBuf, Error> {
    match named_data_folder() {
        Some(named) => Ok(named),
        None => dirs::data_dir().map(|folder| folder.join("Homeroom")).ok_or_else(|| {
            Error::new(ErrorCode::FileSystem, words::cli::shell::no_data_folder()).help(words::cli::shell::set_data())
        }),
    }
}

/// The same, made where it is not there.
pub fn data_folder() -> Result<PathBuf, Error> {
    let folder = data_folder_named()?;
    std::fs::create_dir_all(&folder).map_err(|error| {
        Error::new(ErrorCode::FileSystem, words::cli::shell::not_made(folder.display(), error.to_string()))
            .help(words::cli::shell::choose_data_folder())
    })?;
    Ok(folder)
}

/// Begins the log in the data folder, closes the folder to everybody else, and removes what a killed program left elsewhere.
/// Keep what it returns as long as the program runs.
pub fn prepare(data: &Path) -> Option<tracing_appender::non_blocking::WorkerGuard> {
    let guard = log::start(data);
    own::close(data);
    own::sweep();
    guard
}

/// Whether the program runs where it was built, beside the sources and what their set-up fetched.
pub fn in_checkout() -> bool {
    let program = std::env::current_exe().unwrap_or_default();
    program.parent().is_some_and(|beside| beside.join("../../xtask").is_dir())
}

/// The files that this program was built with, from the set-up's lists: written by `build.rs`.
const BUILT_WITH: kernel::Listed = include!(concat!(env!("OUT_DIR"), "/sums.rs"));

/// A variable of the environment that is set to something.
fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Where models, runtime and fonts are: `HOMEROOM_VENDOR`, else where this system's installer puts them. Wherever they are,
/// only those are taken that the program was built with.
pub fn vendor_folder() -> PathBuf {
    if let Some(named) = variable("HOMEROOM_VENDOR") {
        return PathBuf::from(named);
    }
    let program = std::env::current_exe().and_then(|program| program.canonicalize()).unwrap_or_default();
    let places = places(program.parent().unwrap_or(Path::new(".")), cfg!(debug_assertions));
    places.iter().find(|place| place.join("fonts").is_dir()).unwrap_or(&places[0]).clone()
}

/// Where the files that come with the program may be, it being in the folder `beside`. `developing` is for a build in the
/// checkout, whose set-up also fetched the demo's photographs: two folders up from an installed program is a place where on
/// some systems anybody may put files.
fn places(beside: &Path, developing: bool) -> Vec<PathBuf> {
    let installed = if cfg!(windows) {
        beside.to_path_buf()
    } else if cfg!(target_os = "macos") {
        beside.join("../Resources")
    } else {
        beside.join("../lib/Homeroom")
    };
    let checkout = developing.then(|| beside.join("../../vendor"));
    checkout.into_iter().chain([installed]).collect()
}

/// Which files are taken: those that the program was built with. Only a build for developers takes others, from a folder
/// that was named for them.
fn sums() -> Sums {
    let named = ["HOMEROOM_VENDOR", "HOMEROOM_MODELS"].iter().any(|name| variable(name).is_some());
    taken(cfg!(debug_assertions), named)
}

/// The same for a build for developers or for everybody, where a folder was named or not.
fn taken(developing: bool, named: bool) -> Sums {
    if developing && named { Sums::Any } else { Sums::These(BUILT_WITH) }
}

/// The folders of this installation, `data` being where everything is kept.
pub fn folders(data: PathBuf) -> Folders {
    let documents = match named_data_folder() {
        // Somebody who names the folder wants everything in it.
        Some(_) => data.join("documents"),
        None => dirs::document_dir().unwrap_or_else(|| data.clone()).join("Homeroom"),
    };
    Folders { documents, vendor: vendor_folder(), sums: sums(), data }
}

/// Where the database is: what `--db` names, else `HOMEROOM_DB`, else the local file.
///
/// # Errors
/// When the address is none, or `--db` holds a password: whoever may list the programs of this computer would read it.
pub fn place(named: Option<&str>) -> Result<Place, Error> {
    let by_variable = || std::env::var("HOMEROOM_DB").ok().filter(|address| !address.trim().is_empty());
    let Some(address) = named.map(str::to_owned).or_else(by_variable) else {
        return Ok(Place::File(data_folder_named()?.join(DATABASE)));
    };
    let place = Place::parse(&address)?;
    if named.is_some() && place.holds_password() {
        return Err(Error::new(ErrorCode::BadDatabaseAddress, words::cli::shell::password_in_address())
            .help(words::cli::shell::leave_password_out()));
    }
    if let Place::File(file) = &place
        && let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
    {
        return Err(Error::new(ErrorCode::FileSystem, words::cli::shell::folder_missing(folder.display()))
            .help(words::cli::shell::look_for_letter()));
    }
    Ok(place)
}

/// Opens the services at a place, everything else being kept in the data folder. `password` is a server's, where
/// neither its address nor the environment has it.
pub async fn open(place: &Place, password: Option<ServerPassword>) -> Result<Arc<Services>, Error> {
    open_in(data_folder()?, place, password).await
}

/// The same with the data folder given.
pub async fn open_in(data: PathBuf, place: &Place, password: Option<ServerPassword>) -> Result<Arc<Services>, Error> {
    open_with(data, place, password, passwords::kept(place)).await
}

/// The same; `kept` is asked for the password that is kept for the place where one is wanted.
async fn open_with(
    data: PathBuf,
    place: &Place,
    password: Option<ServerPassword>,
    kept: impl Future<Output = Option<ServerPassword>>,
) -> Result<Arc<Services>, Error> {
    let options = |password| StoreOptions { backups: Some(data.join("backups")), password };
    let store = match Store::open(place, &options(password.clone())).await {
        Err(StoreError::Password) if password.is_none() => {
            let Some(kept) = kept.await else { return Err(StoreError::Password.into()) };
            Store::open(place, &options(Some(kept))).await?
        }
        opened => opened?,
    };
    tracing::info!(backend = ?store.backend(), "database open");
    Ok(operations::services(store, Arc::new(SystemClock), folders(data)))
}

/// This computer, as the list of sessions shows it.
pub fn device(what: Message) -> Device {
    Device { name: format!("{} ({what})", gethostname::gethostname().to_string_lossy()), address: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installed_program_looks_nowhere_but_in_its_own_folder() {
        let places_of = |developing| places(Path::new("/opt/homeroom/bin"), developing);
        let installed = places_of(false);
        assert_eq!(installed.len(), 1);
        assert!(!installed[0].ends_with("vendor"), "{installed:?}");
        assert_eq!(places_of(true), [Path::new("/opt/homeroom/bin/../../vendor"), &installed[0]]);
    }

    #[test]
    fn other_files_are_taken_by_a_build_for_developers_only_where_they_are_named() {
        assert_eq!(taken(true, true), Sums::Any);
        for (developing, named) in [(true, false), (false, true), (false, false)] {
            assert_eq!(taken(developing, named), Sums::These(BUILT_WITH), "{developing} {named}");
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_password_that_was_kept_opens_the_database() {
        use crate::own_server::{PASSWORD, Private};
        let Some(server) = Private::make() else { return };
        server.start_with("right");
        let data = tempfile::tempdir().unwrap();
        let place = Place::parse(&server.address("127.0.0.1", "office", "school", "?sslmode=disable")).unwrap();
        let open = async |typed: Option<&str>, kept: Option<&str>| {
            let of = |password: Option<&str>| password.map(ServerPassword::new);
            let opened = open_with(data.path().into(), &place, of(typed), async { of(kept) }).await;
            let services = opened.map_err(|error| error.code)?;
            services.store.clone().close().await.map_err(|error| Error::from(error).code)
        };
        let refused = open(None, None).await.unwrap_err();
        open(None, Some(PASSWORD)).await.unwrap();
        assert_eq!(open(None, Some("of last year")).await, Err(refused));
        // What is typed is what is tried.
        open(Some(PASSWORD), Some("of last year")).await.unwrap();
        assert_eq!(open(Some("a slip"), Some(PASSWORD)).await, Err(refused));
    }

    #[test]
    fn the_lists_of_the_set_up_are_built_in() {
        let vendor = Path::new(env!("CARGO_MANIFEST_DIR")).join("vendor");
        if !vendor.join("models.sums").is_file() {
            println!("skipped: no set-up in {}", vendor.display());
            return;
        }
        let sums = Sums::These(BUILT_WITH);
        for (part, file) in
            [("models", "manifest.json"), ("models", "detector.onnx"), ("fonts", "NotoSans-Regular.ttf")]
        {
            sums.check(part, &vendor.join(part).join(file)).unwrap();
        }
        assert!(BUILT_WITH.iter().any(|(name, _)| name.starts_with("runtime/")));
    }
}
