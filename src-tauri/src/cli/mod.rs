//! The command line: the same program, one subcommand a task. Exit code 0 only on success, 2 for bad usage.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Runs a school from one desktop. Without a subcommand it opens the window.
#[derive(Parser)]
#[command(name = "homeroom", version)]
pub struct Arguments {
    /// The database: postgres://… or the path of a file. Default: the local file.
    #[arg(long = "db", global = true, value_name = "URL")]
    pub database: Option<String>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands.
#[derive(Subcommand)]
pub enum Command {}

/// Runs one subcommand.
pub fn run(command: Command, _database: &Option<String>) -> ExitCode {
    match command {}
}
