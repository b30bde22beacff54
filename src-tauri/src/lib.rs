//! The shell: opens the window or runs one command line, and turns a call into an operation. No rule lives here.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cli;
mod commands;
mod door;
mod log;
mod own;
#[cfg(all(test, unix))]
#[path = "../../crates/store/tests/server/own_server.rs"]
mod own_server;
mod passwords;
mod start;
mod update;
mod window;

use std::process::ExitCode;

use clap::Parser;

/// Runs the program; the exit code is 0 on success, 2 for bad usage, else 1.
pub fn main() -> ExitCode {
    own::make_private();
    // TLS needs one provider for the whole process; a second call would only say that there is one.
    let _already_there = rustls::crypto::ring::default_provider().install_default();
    let arguments = cli::Arguments::parse();
    start::name_data_folder(arguments.common.data.clone());
    match arguments.command {
        None => window::open(arguments.common),
        Some(cli::Command::StandBy) => door::stand_by(&arguments.common),
        Some(command) => cli::run(command, &arguments.common),
    }
}
