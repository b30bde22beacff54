//! The command line: the same program, one subcommand a file. Exit code 0 only on success, 2 for bad usage, else 1.
//!
//! A subcommand translates: arguments in, operations called, [`Output`] out. No rule lives here.

mod analyse;
mod attendance;
mod demo;
mod doctor;
mod export;
mod faces;
mod faces_evaluate;
mod faces_keep;
mod faces_keys;
mod import;
mod output;
mod person;
mod report_cards;
mod roster;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use output::{Failure, Output};

/// Runs a school from one desktop. Without a subcommand it opens the window.
#[derive(Parser)]
#[command(name = "homeroom", version)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What every subcommand takes.
#[derive(Args, Clone, Debug, Default)]
pub struct Common {
    /// The database: postgres://user@server/database or the path of a file. Default: HOMEROOM_DB, else the local file.
    ///
    /// A server's password comes from PGPASSWORD, a password file (pgpass), the key store or a prompt, never from here.
    #[arg(long = "db", global = true, value_name = "URL")]
    pub database: Option<String>,
    /// The folder of everything that Homeroom keeps. Default: HOMEROOM_DATA, else the system's data folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<std::path::PathBuf>,
    /// Prints JSON on standard output instead of text.
    #[arg(long, global = true)]
    pub json: bool,
}

/// The subcommands.
#[derive(Subcommand)]
pub enum Command {
    Analyse(analyse::Analyse),
    Attendance(attendance::Attendance),
    Demo(demo::Demo),
    Faces(faces::Faces),
    Doctor(doctor::Doctor),
    Export(export::Export),
    Import(import::Import),
    ReportCards(report_cards::ReportCards),
    /// Brings the window up at the door again when it is killed; the window of a kiosk starts it.
    #[command(hide = true)]
    StandBy,
}

/// Runs one subcommand and prints what it has to say.
pub fn run(command: Command, common: &Common) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{}", words::cli::shell::no_threads(&error));
            return ExitCode::FAILURE;
        }
    };
    // Kept to the end, so that the last lines reach the file. The doctor leaves everything as it is.
    let _log = match command {
        Command::Doctor(_) => None,
        _ => crate::start::data_folder().ok().and_then(|data| crate::start::prepare(&data)),
    };
    output::finish(runtime.block_on(dispatch(command, common)), common.json)
}

async fn dispatch(command: Command, common: &Common) -> Result<Output, Failure> {
    match command {
        Command::Analyse(analyse) => analyse.run(),
        Command::Attendance(attendance) => attendance.run(common).await,
        Command::Demo(demo) => demo.run(common).await,
        Command::Faces(faces) => faces.run(common).await,
        Command::Doctor(doctor) => doctor.run(common).await,
        Command::Export(export) => export.run(common).await,
        Command::Import(import) => import.run(common).await,
        Command::ReportCards(cards) => cards.run(common).await,
        Command::StandBy => Err(Failure::Usage(words::cli::shell::stand_by())),
    }
}
