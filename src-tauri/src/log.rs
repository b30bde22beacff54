//! The log: one JSON line an event, a file a day, two weeks kept, in the data folder. Operations write codes and counts;
//! names, marks, passwords, tokens and templates are never handed to it.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Starts the log in `data/log`; keep the guard as long as the program runs. None where the folder refuses.
pub fn start(data: &Path) -> Option<WorkerGuard> {
    let folder = data.join("log");
    if let Err(error) = std::fs::create_dir_all(&folder) {
        eprintln!("{}", words::cli::shell::no_log(&error));
        return None;
    }
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("homeroom")
        .filename_suffix("log")
        .max_log_files(14)
        .build(&folder);
    let appender = match appender {
        Ok(appender) => appender,
        Err(error) => {
            eprintln!("{}", words::cli::shell::no_log(error.to_string()));
            return None;
        }
    };
    let (writer, guard) = tracing_appender::non_blocking(appender);
    // Libraries may quote what they were given, so only warnings of theirs and nothing of the database driver's.
    let filter = EnvFilter::new(
        "warn,sqlx=off,sea_orm=off,homeroom_app=info,kernel=info,jobs=info,school=info,marks=info,faces=info,live=info,desk=info,upkeep=info,\
         operations=info,store=info,camera=info,vision=info",
    );
    let subscriber = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(writer).finish();
    match tracing::subscriber::set_global_default(subscriber) {
        Ok(()) => Some(guard),
        Err(error) => {
            eprintln!("{}", words::cli::shell::no_log(error.to_string()));
            None
        }
    }
}
