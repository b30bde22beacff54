//! The `homeroom` program: no argument opens the window, a subcommand does one thing and ends.
#![cfg_attr(all(not(debug_assertions), windows), windows_subsystem = "windows")]
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    homeroom_app::main()
}
