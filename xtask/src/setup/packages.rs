//! System packages: installed on Debian and its kin, listed elsewhere.

use super::Need;
use crate::failure::{Failure, Result};
use crate::process::{capture, say, succeeds};
use std::path::Path;
use std::process::Command;

/// What building the application needs.
const BUILD: &[&str] = &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev", "libdbus-1-dev", "libclang-dev"];

/// What the tests need besides: a display, WebDriver, a message bus, a clipboard, a database
/// server, programs that read PDF, and one that makes a network without a way out.
const TESTS: &[&str] = &[
    "xvfb",
    "xauth",
    "xclip",
    "webkit2gtk-driver",
    "dbus",
    "unzip",
    "postgresql",
    "poppler-utils",
    "qpdf",
    "iproute2",
];

const ELSEWHERE: &str = if cfg!(target_os = "macos") {
    "this needs, once: xcode-select --install; brew install python postgresql@17 poppler qpdf \
     (the last three for tests)"
} else if cfg!(windows) {
    "this needs, once: the Microsoft C++ Build Tools, WebView2 (part of Windows 11), LLVM \
     (for libclang), Python 3; for tests also PostgreSQL"
} else {
    "this needs, by Fedora's names: gcc gcc-c++ make pkgconf-pkg-config webkit2gtk4.1-devel \
     dbus-devel clang-devel python3-pip; for tests also xorg-x11-server-Xvfb xclip \
     webkit2gtk-driver dbus-daemon postgresql-server poppler-utils qpdf iproute"
};

/// Installs the packages that are missing, where this can be done; elsewhere prints their names.
/// Going on without them is left to the person: the build says what it does not find.
///
/// # Errors
/// When `apt-get` fails.
pub fn install(need: Need) -> Result<()> {
    if !Path::new("/usr/bin/dpkg-query").exists() {
        say(ELSEWHERE);
        return Ok(());
    }
    let mut wanted = BUILD.to_vec();
    if need >= Need::Tests {
        wanted.extend(TESTS);
    }
    let mut missing = missing(&wanted)?;
    if !succeeds(&mut super::fetch::pip(&["--version"])) {
        missing.push("python3-pip".to_owned());
    }
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let Some(apt_get) = apt_get() else {
        say(&format!(
            "these system packages are missing and only an administrator can install them: \
             sudo apt-get install {list}"
        ));
        return Ok(());
    };
    say(&format!("installing system packages: {list}"));
    quietly(apt_get().arg("update"))?;
    quietly(apt_get().args(["-y", "--no-install-recommends", "install"]).args(&missing))
}

/// Runs apt-get and shows the end of its thousands of lines only when it fails.
fn quietly(apt_get: &mut Command) -> Result<()> {
    let output = capture(apt_get)?;
    if output.status.success() {
        return Ok(());
    }
    let both = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&both);
    let lines: Vec<&str> = text.lines().collect();
    let end = lines[lines.len().saturating_sub(15)..].join("\n       ");
    Err(Failure::new("could not install the system packages", end)
        .todo("mend what apt-get says and give the same command again"))
}

/// Those of `wanted` that dpkg does not have installed.
fn missing(wanted: &[&str]) -> Result<Vec<String>> {
    let output =
        capture(Command::new("dpkg-query").args(["-W", "-f", "${Package} ${db:Status-Status}\\n"]).args(wanted))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let installed: Vec<&str> = text.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    Ok(wanted.iter().filter(|name| !installed.contains(name)).map(|name| (*name).to_owned()).collect())
}

/// How apt-get can be started by this user without a question, or `None`.
fn apt_get() -> Option<impl Fn() -> Command> {
    let root = capture(Command::new("id").arg("-u")).is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if !root && !succeeds(Command::new("sudo").args(["-n", "true"])) {
        return None;
    }
    Some(move || {
        let mut command = if root {
            Command::new("env")
        } else {
            let mut command = Command::new("sudo");
            command.args(["-n", "env"]);
            command
        };
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command.args(["-o", "DPkg::Lock::Timeout=300"]);
        command
    })
}
