//! The window and what it shares with its commands.

use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jobs::{Pace, Runner};
use kernel::{AtDesk, Calls, Error, Job, Services};
use operations::Here;
use store::{Place, ServerPassword};
use tauri::{Emitter, Manager, WebviewUrl, WebviewWindowBuilder, WindowEvent};
use tokio::sync::OnceCell;

use crate::cli::Common;
use crate::door::Door;
use crate::{commands, start, update};

/// For so long the end of the program waits for jobs that are nearly done.
const JOBS_END_WITHIN: Duration = Duration::from_secs(3);

/// The database of this window: opened once, by whoever needs it first.
struct Database {
    /// What `--db` names.
    named: Option<String>,
    here: OnceCell<Arc<Here>>,
    /// The database server's password, typed at this window.
    password: Mutex<Option<ServerPassword>>,
}

impl Database {
    fn place(&self) -> Result<Place, Error> {
        start::place(self.named.as_deref())
    }

    /// Opened at the first call; an error is tried again at the next, so that it can be mended meanwhile.
    async fn open(&self) -> Result<Arc<Here>, Error> {
        let open = || async {
            let password = lock(&self.password).clone();
            let services = start::open(&self.place()?, password).await?;
            Ok(Arc::new(Here::at_window(services, start::device(words::cli::shell::window()))))
        };
        self.here.get_or_try_init(open).await.cloned()
    }
}

/// What the window's commands share.
pub struct Shell {
    database: Arc<Database>,
    pub door: Arc<Door>,
    pub jobs: Mutex<HashMap<String, Job>>,
    /// Who does the jobs that survive the window.
    runner: Mutex<Option<Arc<Runner>>>,
    /// Set once the screen has handed over what was typed last.
    pub may_close: std::sync::atomic::AtomicBool,
}

impl Shell {
    fn new(named: Option<String>, door: Arc<Door>) -> Self {
        let password = Mutex::new(door.typed());
        Self {
            database: Arc::new(Database { named, here: OnceCell::new(), password }),
            door,
            jobs: Mutex::default(),
            runner: Mutex::default(),
            may_close: std::sync::atomic::AtomicBool::new(false),
        }
    }

    /// The way to the operations, which knows who is signed in at this window.
    pub async fn calls(&self) -> Result<Arc<dyn Calls>, Error> {
        Ok(self.database.open().await?)
    }

    /// What runs at this desk, for whoever is signed in at this window.
    pub async fn desk(&self) -> Result<AtDesk, Error> {
        Ok(operations::at_desk(&self.database.open().await?.context().await?))
    }

    /// Where the database is.
    pub fn place(&self) -> Result<Place, Error> {
        self.database.place()
    }

    /// Opens the database with this password of its server; a wrong one is forgotten.
    pub async fn open_with(&self, password: ServerPassword) -> Result<(), Error> {
        *lock(&self.database.password) = Some(password);
        let opened = self.database.open().await;
        if opened.is_err() {
            *lock(&self.database.password) = None;
        }
        self.door.remember(lock(&self.database.password).clone());
        opened.map(|_| ())
    }

    /// Begins to open the database while the window is still being made.
    fn open_ahead(&self) {
        let database = self.database.clone();
        tauri::async_runtime::spawn(async move {
            // The screen asks again and shows what is wrong.
            let _shown_later = database.open().await;
        });
    }
}

/// Locks; a panic elsewhere leaves these values whole.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Opens the window and stays until it is closed.
pub fn open(common: Common) -> ExitCode {
    let (data, guard) = match start::data_folder() {
        Ok(data) => {
            let guard = start::prepare(&data);
            (data, guard)
        }
        Err(error) => {
            eprintln!("homeroom: {error}");
            return ExitCode::FAILURE;
        }
    };
    let shell = Shell::new(common.database.clone(), Door::new(data.clone(), common));
    let mut context: tauri::Context = tauri::generate_context!();
    context.config_mut().identifier = instance(&data, &shell);
    let mut builder = tauri::Builder::default();
    if let Some(updater) = update::plugin(&mut context) {
        builder = builder.plugin(updater);
    }
    let built = builder
        // First of those that do something at the start: a second start on the same data goes no further.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| bring_to_front(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .manage(shell)
        .manage(commands::Cameras::default())
        .manage(commands::Shown::default())
        .invoke_handler(commands::handler())
        .setup(move |app| {
            app.state::<Shell>().open_ahead();
            // Where the kiosk was on when the computer was switched off.
            app.state::<Shell>().door.look();
            let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
                .title("Homeroom")
                .inner_size(1280.0, 800.0)
                .min_inner_size(1024.0, 700.0)
                // What the screen remembers belongs to this school's data, as everything else does.
                .data_directory(data.join("window"))
                .build()?;
            let handle = app.handle().clone();
            window.on_window_event(move |event| keep_what_is_typed(&handle, event));
            tauri::async_runtime::spawn(announce(app.handle().clone()));
            tauri::async_runtime::spawn(exchange_with_others(app.handle().clone()));
            tauri::async_runtime::spawn(do_jobs(app.handle().clone()));
            Ok(())
        })
        .build(context);
    let app = match built {
        Ok(app) => app,
        Err(error) => {
            let error = match begin_again(&error) {
                Some(not_begun) => not_begun.to_string(),
                None => error.to_string(),
            };
            eprintln!("{}", words::cli::shell::no_window(error));
            return ExitCode::FAILURE;
        }
    };
    let code = app.run_return(|app, event| {
        if matches!(event, tauri::RunEvent::Exit) {
            app.state::<commands::Shown>().clear();
            stop_jobs(app);
        }
    });
    drop(guard);
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

/// Set for a start that was begun again.
const BEGUN_AGAIN: &str = "HOMEROOM_BEGUN_AGAIN";

/// A window that ends in the moment in which it is asked to come to the front leaves nobody in front: this start is the first
/// then, and begins again, once. Returns only where that does not concern this failure, or was not possible. (Whoever was
/// brought up by a doorkeeper has heard from it already what is said once, and is brought up again by it.)
#[cfg(unix)]
fn begin_again(error: &tauri::Error) -> Option<std::io::Error> {
    let tauri::Error::PluginInitialization(plugin, _) = error else { return None };
    if plugin != "single-instance" || std::env::var_os(BEGUN_AGAIN).is_some() || crate::door::was_brought_up() {
        return None;
    }
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return Some(error),
    };
    let mut again = std::process::Command::new(program);
    again.args(std::env::args_os().skip(1)).env(BEGUN_AGAIN, "yes");
    Some(std::os::unix::process::CommandExt::exec(&mut again))
}

#[cfg(not(unix))]
fn begin_again(_: &tauri::Error) -> Option<std::io::Error> {
    None
}

/// What tells a start on the same data from one on other data, which is a window of its own.
fn instance(data: &Path, shell: &Shell) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    data.canonicalize().unwrap_or_else(|_| data.to_path_buf()).hash(&mut hasher);
    shell.place().map(|place| place.to_string()).unwrap_or_default().hash(&mut hasher);
    format!("app.homeroom.desktop.d{:016x}", hasher.finish())
}

fn bring_to_front(app: &tauri::AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window was not brought to the front");
    }
}

/// A window that is being closed first lets the screen save what was typed; the screen answers with `ready_to_close`. At
/// the door it does not close: behind it is the office's desktop.
fn keep_what_is_typed(app: &tauri::AppHandle, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    let shell = app.state::<Shell>();
    if shell.door.is_closed() {
        api.prevent_close();
    } else if !shell.may_close.load(std::sync::atomic::Ordering::SeqCst) {
        api.prevent_close();
        if let Err(error) = app.emit("closing", ()) {
            tracing::error!(%error, "the screen could not be told that the window closes");
        }
    }
}

/// What runs beside the calls, once the database could be opened.
async fn opened(app: &tauri::AppHandle) -> Arc<Services> {
    loop {
        match app.state::<Shell>().database.open().await {
            Ok(here) => return here.services().clone(),
            // The screen shows the error and its calls try again.
            Err(_) => tokio::time::sleep(Duration::from_secs(2)).await,
        }
    }
}

/// Does the jobs of the database, those that are due daily among them, as long as the program runs. On a file it is the only
/// program there; on a server every window does some of them.
async fn do_jobs(app: tauri::AppHandle) {
    let services = opened(&app).await;
    let runner =
        Runner::new(services, start::device(words::cli::shell::window()), operations::job_kinds(), Pace::default());
    *lock(&app.state::<Shell>().runner) = Some(runner.clone());
    runner.run().await;
}

/// Gives jobs that do not end soon back, so that they begin again with the next start.
fn stop_jobs(app: &tauri::AppHandle) {
    let runner = lock(&app.state::<Shell>().runner).take();
    if let Some(runner) = runner {
        tauri::async_runtime::block_on(runner.stop(JOBS_END_WITHIN));
    }
}

/// Exchanges announcements with the other programs at a database server, as long as the program runs.
async fn exchange_with_others(app: tauri::AppHandle) {
    let services = opened(&app).await;
    loop {
        match kernel::exchange_announcements(&services).await {
            // It goes on by itself, also after a lost connection.
            Ok(Some(_between)) => std::future::pending().await,
            Ok(None) => return,
            Err(error) => {
                tracing::warn!(code = ?error.code, "what other programs announce is not heard yet");
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        }
    }
}

/// Passes every announcement on to the windows.
async fn announce(app: tauri::AppHandle) {
    let mut announcements = loop {
        match app.state::<Shell>().calls().await {
            Ok(calls) => break calls.announcements(),
            // As above.
            Err(_) => tokio::time::sleep(Duration::from_secs(2)).await,
        }
    };
    loop {
        match announcements.recv().await {
            Ok(announcement) => {
                if let Err(error) = app.emit("changed", announcement) {
                    tracing::error!(%error, "an announcement did not reach the window");
                }
            }
            Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {
                let everything = serde_json::json!({ "subjects": ["*"] });
                if let Err(error) = app.emit("changed", everything) {
                    tracing::error!(%error, "an announcement did not reach the window");
                }
            }
            Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
        }
    }
}
