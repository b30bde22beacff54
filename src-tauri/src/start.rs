//! Finding the folders and opening the services, the same for the window and the command line.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use school::{Device, Error, ErrorCode, Folders, Services, SystemClock};
use store::{Place, ServerPassword, Store, StoreError, StoreOptions};

use crate::passwords;

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
            Error::new(ErrorCode::FileSystem, "This computer names no folder for data.")
                .help("Set HOMEROOM_DATA to a folder of your own.")
        }),
    }
}

/// The same, made where it is not there.
pub fn data_folder() -> Result<PathBuf, Error> {
    let folder = data_folder_named()?;
    std::fs::create_dir_all(&folder).map_err(|error| {
        Error::new(ErrorCode::FileSystem, format!("{} cannot be made: {error}", folder.display()))
            .help("Choose a folder that you may write to, by HOMEROOM_DATA.")
    })?;
    Ok(folder)
}

/// Whether the program runs where it was built, beside the sources and what their set-up fetched.
pub fn in_checkout() -> bool {
    let program = std::env::current_exe().unwrap_or_default();
    program.parent().is_some_and(|beside| beside.join("../../xtask").is_dir())
}

/// Where models, runtime and fonts are: `HOMEROOM_VENDOR`, else beside the program, else where the bundle puts them.
pub fn vendor_folder() -> PathBuf {
    if let Some(named) = std::env::var_os("HOMEROOM_VENDOR").filter(|value| !value.is_empty()) {
        return PathBuf::from(named);
    }
    let program = std::env::current_exe().unwrap_or_default();
    let beside = program.parent().unwrap_or(Path::new("."));
    let places = [
        // A build in the checkout, whose set-up also fetched the demo's photographs.
        beside.join("../../vendor"),
        beside.to_path_buf(),
        beside.join("vendor"),
        beside.join("../lib/Homeroom"),
        beside.join("../lib/homeroom"),
        beside.join("../Resources"),
    ];
    places.iter().find(|place| place.join("fonts").is_dir()).unwrap_or(&places[2]).clone()
}

/// The folders of this installation, `data` being where everything is kept.
pub fn folders(data: PathBuf) -> Folders {
    let documents = match named_data_folder() {
        // Somebody who names the folder wants everything in it.
        Some(_) => data.join("documents"),
        None => dirs::document_dir().unwrap_or_else(|| data.clone()).join("Homeroom"),
    };
    Folders { documents, vendor: vendor_folder(), data }
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
        return Err(Error::new(
            ErrorCode::BadDatabaseAddress,
            "This database address holds a password, which everybody on this computer could see in the list of programs.",
        )
        .help("Leave it out of --db and give it by PGPASSWORD, a password file (pgpass) or when asked; or set HOMEROOM_DB to the whole address."));
    }
    if let Place::File(file) = &place
        && let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
    {
        return Err(Error::new(ErrorCode::FileSystem, format!("The folder {} does not exist.", folder.display()))
            .help("Look for a letter that is wrong in the database's path, or make the folder first."));
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
    let options = |password| StoreOptions { backups: Some(data.join("backups")), password };
    let store = match Store::open(place, &options(password.clone())).await {
        Err(StoreError::Password) if password.is_none() => {
            let Some(kept) = passwords::kept(place).await else { return Err(StoreError::Password.into()) };
            Store::open(place, &options(Some(kept))).await?
        }
        opened => opened?,
    };
    tracing::info!(backend = ?store.backend(), "database open");
    Ok(Services::new(store, Arc::new(SystemClock), folders(data)))
}

/// This computer, as the list of sessions shows it.
pub fn device(what: &str) -> Device {
    Device { name: format!("{} ({what})", gethostname::gethostname().to_string_lossy()), address: None }
}
