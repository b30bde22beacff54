//! The real window under a display of its own: a virtual screen, a private message bus and
//! tauri-driver, for a script that drives the window through WebDriver.

use crate::failure::{Failure, Result};
use crate::place::{ui, vendor};
use crate::process::{Ending, Service, accepts, bound, free_port};
use crate::setup::tauri_driver;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The private bus's settings. It knows no services, so nothing of the desktop (a key ring that
/// would ask for its password, say) is started in a test.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// A stage on which windows can be opened by WebDriver. Dropped: everything on it ends.
pub struct Stage {
    display: String,
    bus: String,
    /// The drivers' ports: each holds one window at a time.
    ports: [u16; 2],
    // Order matters: the drivers end before what their windows run on, the folder last.
    _drivers: [Service; 2],
    _bus: Service,
    _screen: Service,
    folder: TempDir,
}

impl Stage {
    /// Sets the stage with a screen of the given size in pixels. Windows run `program`.
    ///
    /// # Errors
    /// When one of Xvfb, dbus-daemon, tauri-driver and WebKitWebDriver is missing or does not start.
    pub fn set(width: u32, height: u32) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("homeroom-window-")
            .tempdir()
            .map_err(|error| Failure::new("could not make a temporary folder", error))?;
        let (screen, display) = start_screen(width, height)?;
        let (bus_service, bus) = start_bus(folder.path())?;
        let (driver, port) = start_driver(&display, &bus, folder.path())?;
        let (beside, second) = start_driver(&display, &bus, folder.path())?;
        let (ports, _drivers) = ([port, second], [driver, beside]);
        Ok(Stage { display, bus, ports, _drivers, _bus: bus_service, _screen: screen, folder })
    }

    /// A Node command in `ui/` that finds the stage and the program by its environment:
    /// `WEBDRIVER_URL`, `WEBDRIVER_URL_BESIDE` for a second window at the same time, `HOMEROOM_BIN`, `HOMEROOM_VENDOR`, the display, and `HOMEROOM_DEMO`, where
    /// the demo school is made once for all of them.
    pub fn node(&self, program: &Path) -> Command {
        let mut command = Command::new("node");
        command
            .current_dir(ui())
            .env("WEBDRIVER_URL", format!("http://127.0.0.1:{}/", self.ports[0]))
            .env("WEBDRIVER_URL_BESIDE", format!("http://127.0.0.1:{}/", self.ports[1]))
            .env("HOMEROOM_BIN", program)
            .env("HOMEROOM_DEMO", self.folder.path().join("demo"));
        environment(&mut command, &self.display, &self.bus, self.folder.path());
        command
    }
}

/// What the driver, the windows and the script share. Caches and settings go to the stage's own
/// folder, so that no run sees another's.
fn environment(command: &mut Command, display: &str, bus: &str, folder: &Path) {
    command
        .env("DISPLAY", display)
        .env("GDK_BACKEND", "x11")
        .env("NO_AT_BRIDGE", "1")
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env("HOMEROOM_VENDOR", vendor())
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env_remove("WAYLAND_DISPLAY");
}

/// Xvfb on a display number that it chooses itself.
fn start_screen(width: u32, height: u32) -> Result<(Service, String)> {
    let mut command = bound("Xvfb", Ending::Term, None);
    command
        .args(["-displayfd", "1", "-screen", "0"])
        .arg(format!("{width}x{height}x24"))
        .args(["-nolisten", "tcp", "-noreset"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut screen = Service::start("Xvfb", &mut command, Ending::Term)?;
    let number = screen.first_line()?;
    Ok((screen, format!(":{number}")))
}

fn start_bus(folder: &Path) -> Result<(Service, String)> {
    let settings = folder.join("bus.conf");
    fs::write(&settings, BUS.replace("FOLDER", &folder.display().to_string()))
        .map_err(|error| Failure::new(format!("could not write {}", settings.display()), error))?;
    let mut command = bound("dbus-daemon", Ending::Term, None);
    command.arg("--config-file").arg(&settings).args(["--nofork", "--print-address"]).stdout(Stdio::piped());
    let mut bus = Service::start("dbus-daemon", &mut command, Ending::Term)?;
    let address = bus.first_line()?;
    Ok((bus, address))
}

fn start_driver(display: &str, bus: &str, folder: &Path) -> Result<(Service, u16)> {
    let port = free_port()?;
    let native = free_port()?;
    let mut command = bound(tauri_driver(), Ending::Term, None);
    command.args(["--port", &port.to_string()]).args(["--native-port", &native.to_string()]);
    environment(&mut command, display, bus, folder);
    let mut driver = Service::start("tauri-driver", &mut command, Ending::Term)?;
    driver.wait_until(|| accepts(port) && accepts(native))?;
    Ok((driver, port))
}
