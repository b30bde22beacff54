//! Programs that a task starts: to their end, or as a service that ends with the task.

use crate::failure::{Failure, Result};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Says in one line what is being done. On standard error, so that the program's own output
/// stays clean.
pub fn say(line: &str) {
    eprintln!("» {line}");
}

/// The cargo that runs this task.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::place::root());
    command
}

/// npm, in the folder of the window's code.
pub fn npm() -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(crate::place::ui()).env("npm_config_update_notifier", "false");
    command
}

/// Runs a program to its end with its output shown.
///
/// # Errors
/// When it cannot be started or ends with a code that is not 0.
pub fn complete(command: &mut Command) -> Result<()> {
    let line = shown(command);
    let status = command.stdin(Stdio::null()).status().map_err(|error| could_not_start(&line, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{line}` failed"), status))
}

/// Runs a program to its end and keeps its output.
///
/// # Errors
/// When it cannot be started; a code that is not 0 is the caller's to judge.
pub fn capture(command: &mut Command) -> Result<Output> {
    let line = shown(command);
    command.stdin(Stdio::null()).output().map_err(|error| could_not_start(&line, &error))
}

/// Whether a program can be started and ends with 0; its output is dropped.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs a program to its end, passing each line of its standard output on and to `see`.
pub fn watch(command: &mut Command, mut see: impl FnMut(&str)) -> Result<()> {
    let line = shown(command);
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(|error| could_not_start(&line, &error))?;
    if let Some(output) = child.stdout.take() {
        let mut reader = BufReader::new(output);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|n| n > 0) {
            let text = String::from_utf8_lossy(&bytes);
            print!("{text}");
            see(text.trim_end());
            bytes.clear();
        }
    }
    let status = child.wait().map_err(|error| Failure::new(format!("`{line}` failed"), error))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{line}` failed"), status))
}

fn could_not_start(line: &str, error: &std::io::Error) -> Failure {
    Failure::new(format!("could not start `{line}`"), error)
}

/// The command as a person would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or_default().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|a| a.to_string_lossy().into_owned()));
    words.join(" ")
}

/// How a service is asked to end.
#[derive(Clone, Copy)]
pub enum Ending {
    /// SIGTERM: put things away, then end.
    Term,
    /// SIGQUIT: PostgreSQL's immediate shutdown.
    Quit,
}

impl Ending {
    fn signal(self) -> &'static str {
        match self {
            Ending::Term => "TERM",
            Ending::Quit => "QUIT",
        }
    }
}

/// A running program that is ended when this value is dropped and, on Linux, also when the task
/// itself is killed.
pub struct Service {
    name: &'static str,
    child: Child,
    ending: Ending,
}

/// A command that ends when the task's process does. `user` is the one that it runs as, where the
/// task itself runs as root. Needs util-linux's setpriv; elsewhere the plain command.
pub fn bound(program: impl AsRef<OsStr>, ending: Ending, user: Option<&str>) -> Command {
    if !cfg!(target_os = "linux") {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", ending.signal()]);
    if let Some(user) = user {
        command.args(["--reuid", user, "--regid", user, "--init-groups"]);
    }
    command.arg("--").arg(program);
    command
}

impl Service {
    /// Starts a command made by [`bound`].
    pub fn start(name: &'static str, command: &mut Command, ending: Ending) -> Result<Self> {
        let line = shown(command);
        let child = command.stdin(Stdio::null()).spawn().map_err(|error| could_not_start(&line, &error))?;
        Ok(Service { name, child, ending })
    }

    /// The first line that the service writes, for a command whose standard output is a pipe.
    pub fn first_line(&mut self) -> Result<String> {
        let mut line = String::new();
        if let Some(output) = self.child.stdout.take() {
            BufReader::new(output)
                .read_line(&mut line)
                .map_err(|error| Failure::new(format!("{} did not start", self.name), error))?;
        }
        let line = line.trim().to_owned();
        if line.is_empty() {
            return Err(Failure::new(
                format!("{} did not start", self.name),
                "it ended without a word; its messages, if any, are above",
            ));
        }
        Ok(line)
    }

    /// Waits until `ready` holds.
    ///
    /// # Errors
    /// When the service ends before, or after 60 seconds.
    pub fn wait_until(&mut self, mut ready: impl FnMut() -> bool) -> Result<()> {
        let start = Instant::now();
        while !ready() {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(Failure::new(
                    format!("{} did not start", self.name),
                    format!("it ended with {status}; its messages, if any, are above"),
                ));
            }
            if start.elapsed() > Duration::from_secs(60) {
                return Err(Failure::new(format!("{} did not start", self.name), "no answer within 60 seconds"));
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        Ok(())
    }

    fn signal(&self, signal: &str) {
        // A signal by the shell's own `kill`: std has none but SIGKILL.
        succeeds(Command::new("sh").arg("-c").arg(format!("kill -{signal} {}", self.child.id())));
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if cfg!(unix) {
            self.signal(self.ending.signal());
            let start = Instant::now();
            while start.elapsed() < Duration::from_secs(10) {
                if !matches!(self.child.try_wait(), Ok(None)) {
                    return;
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        // It did not listen, or the system has no signals; nothing more can be done if this fails.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port on loopback that is free now.
pub fn free_port() -> Result<u16> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| Failure::new("could not find a free port", error))
}

/// Whether something accepts connections on a loopback port.
pub fn accepts(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}
