//! Finding the folders and opening the services, the same for the window and the command line.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use school::{Device, Error, ErrorCode, Folders, Services, SystemClock};
use store::{Place, Store, StoreOptions};

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

/// The folder of everything that the product keeps: the named one, else the system's data folder.
pub fn data_folder() -> Result<PathBuf, Error> {
    let folder = match named_data_folder() {
        Some(named) => named,
        None => dirs::data_dir().map(|folder| folder.join("Homeroom")).ok_or_else(|| {
            Error::new(ErrorCode::FileSystem, "This computer names no folder for data.")
                .help("Set HOMEROOM_DATA to a folder of your own.")
        })?,
    };
    std::fs::create_dir_all(&folder).map_err(|error| {
        Error::new(ErrorCode::FileSystem, format!("{} cannot be made: {error}", folder.display()))
            .help("Choose a folder that you may write to, by HOMEROOM_DATA.")
    })?;
    Ok(folder)
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

/// Opens the services on the database that `--db` names, or on the local file.
pub async fn open(database: Option<&str>) -> Result<Arc<Services>, Error> {
    open_in(data_folder()?, database).await
}

/// The same with the data folder given.
pub async fn open_in(data: PathBuf, database: Option<&str>) -> Result<Arc<Services>, Error> {
    let place = match database {
        Some(address) => Place::parse(address)?,
        None => Place::File(data.join("homeroom.db")),
    };
    let options = StoreOptions { backups: Some(data.join("backups")) };
    let store = Store::open(&place, &options).await?;
    tracing::info!(backend = ?store.backend(), "database open");
    Ok(Services::new(store, Arc::new(SystemClock), folders(data)))
}

/// This computer, as the list of sessions shows it.
pub fn device(what: &str) -> Device {
    Device { name: format!("{} ({what})", gethostname::gethostname().to_string_lossy()), address: None }
}
