//! `homeroom export`: a school as a OneRoster set.

use std::path::PathBuf;

use exchange::OneRosterVersion;
use kernel::{Calls, Error, ErrorCode};
use school::accounts::operations::whoami;
use school::accounts::{Nothing, WhoamiSchool};
use school::exchange::operations::export_oneroster;
use school::exchange::{ExportOneRoster, ExportedSet};
use serde_json::json;
use store::fold;
use words::cli::export;

use super::Common;
use super::output::{Failure, Output, progress, table, write_file};
use super::person::{Who, as_person};

/// Writes what a school holds into files for other programs.
#[derive(clap::Args)]
pub struct Export {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    Oneroster(OneRoster),
}

/// Writes the roster and the gradebook of a school as a OneRoster bulk set: a zip of CSV files with their manifest.
///
/// What came in from another program goes out under the same identifiers. A file that is there is replaced.
#[derive(clap::Args)]
struct OneRoster {
    /// The version of OneRoster.
    #[arg(long, value_name = "VERSION", default_value = "1.2")]
    version: Version,
    /// Where the zip goes.
    #[arg(long, value_name = "FILE.zip")]
    out: PathBuf,
    /// The school, where the user has several.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    #[command(flatten)]
    who: Who,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Version {
    #[value(name = "1.1")]
    V11,
    #[value(name = "1.2")]
    V12,
}

impl Export {
    /// Runs it.
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        let Command::Oneroster(asked) = self.command;
        let (set, bytes) = as_person(common, &asked.who, async |calls| asked.make(calls).await).await?;
        write_file(&asked.out, &bytes)?;
        let json = json!({ "file": asked.out, "files": set.files, "leftOut": set.left_out });
        Output::new(asked.in_words(&set), &json)
    }
}

impl OneRoster {
    async fn make(&self, calls: &dyn Calls) -> Result<(ExportedSet, Vec<u8>), Failure> {
        let school = school_named(calls, self.school.as_deref()).await?.id;
        let version = match self.version {
            Version::V11 => OneRosterVersion::V11,
            Version::V12 => OneRosterVersion::V12,
        };
        let input = ExportOneRoster { school, version };
        let set = export_oneroster.reporting(calls, input, &progress(export::progress())).await?;
        let bytes = calls.artifact(set.artifact).await?.bytes.to_vec();
        Ok((set, bytes))
    }

    fn in_words(&self, set: &ExportedSet) -> String {
        let rows: Vec<Vec<String>> =
            set.files.iter().map(|table| vec![table.file.clone(), table.rows.to_string()]).collect();
        let mut text = format!("{}\n\n{}", export::written(self.out.display()), table(&["file", "rows"], &rows));
        for left_out in &set.left_out {
            text.push_str(&format!("\n{}", export::left_out(left_out.clone())));
        }
        text
    }
}

/// The school of this name, or the only one.
async fn school_named(calls: &dyn Calls, name: Option<&str>) -> Result<WhoamiSchool, Failure> {
    let all = whoami.on(calls, Nothing {}).await?.schools;
    let names = all.iter().map(|school| school.name.as_str()).collect::<Vec<_>>().join(", ");
    let mut found: Vec<WhoamiSchool> =
        all.iter().filter(|school| name.is_none_or(|name| fold(&school.name) == fold(name.trim()))).cloned().collect();
    match (found.pop(), found.len()) {
        (Some(only), 0) => Ok(only),
        (Some(_), _) => Err(Failure::Usage(export::several(names))),
        (None, _) => {
            let error = Error::new(ErrorCode::NotFound, export::no_school(name.unwrap_or_default()));
            Err(error.help(words::cli::roster::yours(names)).into())
        }
    }
}
