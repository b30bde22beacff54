//! At the door: while the kiosk is on, the window is left by the password only. A request to close it is not heard, and a
//! doorkeeper, this program again without a window, brings it up at the door when it is killed. Each of the two notices the
//! end of the other: the system closes the line between them.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use desk::kiosk_is_kept;
use store::ServerPassword;

use crate::cli::Common;
use crate::start;
use crate::window::lock;

/// Set for a window that a doorkeeper brought up: the other end of its standard input is the doorkeeper's.
const BROUGHT_UP: &str = "HOMEROOM_BROUGHT_UP";
/// The pause before the next try.
const PAUSE: Duration = Duration::from_secs(1);
/// A window that ended sooner could not be opened.
const SOON: Duration = Duration::from_secs(10);
/// So many in a row, and there is nothing to open a window on: whoever signs in to the computer starts Homeroom.
const TRIES: u32 = 60;

/// Whether a doorkeeper brought this window up.
pub fn was_brought_up() -> bool {
    std::env::var_os(BROUGHT_UP).is_some()
}

/// What a window knows of its doorkeeper.
pub struct Door {
    data: PathBuf,
    common: Common,
    /// Whether a doorkeeper brought this window up and still stands there.
    brought_up: AtomicBool,
    /// The line to the doorkeeper that this window called.
    line: Mutex<Option<ChildStdin>>,
    /// The database server's password that was typed at this window: a window that is brought up cannot ask for it.
    password: Mutex<Option<ServerPassword>>,
}

impl Door {
    /// The door of a window on this data folder. Where a doorkeeper brought the window up, it hands over the password of the
    /// database server that was typed.
    pub fn new(data: PathBuf, common: Common) -> Arc<Self> {
        let brought_up = was_brought_up();
        let mut line = BufReader::new(std::io::stdin());
        let typed = if brought_up { heard(&mut line) } else { None };
        let door = Arc::new(Self {
            data,
            common,
            brought_up: AtomicBool::new(brought_up),
            line: Mutex::default(),
            password: Mutex::new(typed),
        });
        if brought_up {
            let of = door.clone();
            std::thread::spawn(move || {
                // It says nothing more; the line ends with it.
                let _ended = line.read_to_end(&mut Vec::new());
                of.brought_up.store(false, Ordering::SeqCst);
                of.look();
            });
        }
        door
    }

    /// Whether the kiosk of this data folder is on.
    pub fn is_closed(&self) -> bool {
        kiosk_is_kept(&self.data)
    }

    /// The database server's password that was typed at the window that was killed.
    pub fn typed(&self) -> Option<ServerPassword> {
        lock(&self.password).clone()
    }

    /// The database server's password is typed at this window.
    pub fn remember(&self, password: Option<ServerPassword>) {
        *lock(&self.password) = password;
    }

    /// Calls a doorkeeper while the kiosk is on, and lets it go afterwards.
    pub fn look(self: &Arc<Self>) {
        let mut line = lock(&self.line);
        if !self.is_closed() {
            *line = None;
            return;
        }
        if line.is_some() || self.brought_up.load(Ordering::SeqCst) {
            return;
        }
        let mut child = match program(&self.common).and_then(|keeper| self.call(keeper)) {
            Ok(child) => child,
            Err(error) => return tracing::error!(%error, "nobody stands by at the door"),
        };
        *line = child.stdin.take();
        let of = self.clone();
        std::thread::spawn(move || {
            let ended = child.wait();
            tracing::info!(?ended, "who stood by at the door has ended");
            lock(&of.line).take();
            std::thread::sleep(PAUSE);
            of.look();
        });
    }

    fn call(&self, mut keeper: Command) -> std::io::Result<Child> {
        keeper.arg("stand-by").env_remove(BROUGHT_UP).stdin(Stdio::piped()).stdout(Stdio::null());
        // What ends this window from its terminal does not end who stands by.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut keeper, 0);
        let mut child = keeper.spawn()?;
        if let (Some(line), Some(typed)) = (&mut child.stdin, self.typed()) {
            line.write_all(typed.reveal().as_bytes())?;
        }
        Ok(child)
    }
}

/// The password that a window hears first from who brought it up; none where none was typed.
fn heard(line: &mut impl BufRead) -> Option<ServerPassword> {
    let mut said = String::new();
    line.read_line(&mut said).ok()?;
    Some(said.trim_end_matches('\n')).filter(|typed| !typed.is_empty()).map(ServerPassword::new)
}

/// This program with what the command line named.
fn program(common: &Common) -> std::io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    if let Some(data) = &common.data {
        command.arg("--data").arg(data);
    }
    if let Some(database) = &common.database {
        command.arg("--db").arg(database);
    }
    Ok(command)
}

/// Stands by until the window is gone, and while the kiosk is on brings one up again and again.
pub fn stand_by(common: &Common) -> ExitCode {
    let Ok(data) = start::data_folder_named() else { return ExitCode::FAILURE };
    // The window says the password and then nothing; the line ends with it.
    let mut typed = Vec::new();
    let _ended = std::io::stdin().read_to_end(&mut typed);
    let mut in_vain = 0;
    while kiosk_is_kept(&data) && in_vain < TRIES {
        let begun = Instant::now();
        if let Err(error) = program(common).and_then(|window| bring_up(window, &typed)) {
            eprintln!("{}", words::cli::shell::kiosk_not_brought_up(&error));
        }
        in_vain = if begun.elapsed() < SOON { in_vain + 1 } else { 0 };
        if kiosk_is_kept(&data) {
            std::thread::sleep(PAUSE);
        }
    }
    ExitCode::SUCCESS
}

/// Opens a window and waits for its end.
fn bring_up(mut window: Command, typed: &[u8]) -> std::io::Result<()> {
    let mut window = window.env(BROUGHT_UP, "yes").stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    // Held until the window has ended: by its end the window would know that nobody stands by any more.
    let line = window.stdin.take();
    if let Some(mut line) = line.as_ref() {
        line.write_all(&[typed, b"\n"].concat())?;
    }
    window.wait()?;
    drop(line);
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// A program that writes what it hears into a file: all of it, or the first line.
    fn listening(by: &str, file: &std::path::Path) -> Command {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("{by} > \"$0\"")).arg(file);
        shell
    }

    #[test]
    fn the_typed_password_goes_by_who_stands_by_to_the_window() {
        let folder = tempfile::tempdir().unwrap();
        let (keeper, window) = (folder.path().join("keeper"), folder.path().join("window"));
        for typed in [Some("nine green bottles"), None] {
            let door = Door::new(folder.path().into(), Common::default());
            door.remember(typed.map(ServerPassword::new));
            let mut child = door.call(listening("cat", &keeper)).unwrap();
            drop(child.stdin.take());
            child.wait().unwrap();
            bring_up(listening("head -n 1", &window), &std::fs::read(&keeper).unwrap()).unwrap();
            let said = std::fs::read(&window).unwrap();
            assert_eq!(heard(&mut said.as_slice()).as_ref().map(ServerPassword::reveal), typed);
        }
    }
}
