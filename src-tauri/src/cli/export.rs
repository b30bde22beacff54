//! `homeroom export`: a school as a OneRoster set, students and marks as tables.

use std::path::{Path, PathBuf};

use exchange::{Limits, OneRosterVersion, TableFormat};
use kernel::{Calls, Error, ErrorCode};
use marks::gradebook::operations::{courses_for_marks, export_marks};
use marks::gradebook::{CoursesForMarks, ExportMarks};
use school::accounts::operations::whoami;
use school::accounts::{Nothing, WhoamiSchool};
use school::classes::ListClasses;
use school::classes::operations::list_classes;
use school::exchange::operations::{export_oneroster, export_students};
use school::exchange::{ExportOneRoster, ExportStudents, Exported, ExportedSet};
use serde_json::json;
use store::fold;
use store::ids::{AcademicSessionId, ClassId};
use words::cli::export;

use super::Common;
use super::output::{Failure, Output, progress, table, write_file};
use super::person::{Who, as_person};
use super::roster::hand_in;

/// Writes what a school holds into files for other programs.
#[derive(clap::Args)]
pub struct Export {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    Oneroster(OneRoster),
    Students(Students),
    Marks(Marks),
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
    /// Only what changed since this whole set, which went out earlier: a delta set.
    #[arg(long, value_name = "FILE.zip")]
    since: Option<PathBuf>,
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

/// Where a table goes, and as what.
#[derive(clap::Args)]
struct To {
    /// Where the table goes; a file that is there is replaced.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// What it is written as. Default: by the ending of the file's name, else CSV.
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// The school, where the user has several.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    #[command(flatten)]
    who: Who,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Text that every spreadsheet opens.
    Csv,
    /// A workbook of Excel.
    Xlsx,
}

/// Writes the students of a school or of one class with their guardians as a table, which can be imported again.
#[derive(clap::Args)]
struct Students {
    /// Only of this class of the present year.
    #[arg(long, value_name = "NAME")]
    class: Option<String>,
    #[command(flatten)]
    to: To,
}

/// Writes the mark sheet of a course as a table: students down, assessments across, with total and grade.
#[derive(clap::Args)]
struct Marks {
    /// The class.
    #[arg(long, value_name = "NAME")]
    class: String,
    /// The subject.
    #[arg(long, value_name = "TITLE")]
    subject: String,
    /// The term's title. Default: the present term.
    #[arg(long, value_name = "TITLE")]
    term: Option<String>,
    #[command(flatten)]
    to: To,
}

impl Export {
    /// Runs it.
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        match self.command {
            Command::Oneroster(asked) => {
                let (set, bytes) = as_person(common, &asked.who, async |calls| asked.make(calls).await).await?;
                write_file(&asked.out, &bytes)?;
                let json = json!({ "file": asked.out, "files": set.files, "leftOut": set.left_out });
                Output::new(asked.in_words(&set), &json)
            }
            Command::Students(asked) => {
                let made = as_person(common, &asked.to.who, async |calls| asked.make(calls).await).await?;
                asked.to.write(&made)
            }
            Command::Marks(asked) => {
                let made = as_person(common, &asked.to.who, async |calls| asked.make(calls).await).await?;
                asked.to.write(&made)
            }
        }
    }
}

impl OneRoster {
    async fn make(&self, calls: &dyn Calls) -> Result<(ExportedSet, Vec<u8>), Failure> {
        let school = school_named(calls, self.school.as_deref()).await?.id;
        let version = match self.version {
            Version::V11 => OneRosterVersion::V11,
            Version::V12 => OneRosterVersion::V12,
        };
        let since = match &self.since {
            Some(file) => Some(hand_in(calls, file, Limits::default().file).await?),
            None => None,
        };
        let input = ExportOneRoster { school, version, since };
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

impl To {
    fn format(&self) -> TableFormat {
        let named = |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        match self.format {
            Some(Format::Xlsx) => TableFormat::Xlsx,
            None if named(&self.out) => TableFormat::Xlsx,
            Some(Format::Csv) | None => TableFormat::Csv,
        }
    }

    fn write(&self, (made, bytes): &(Exported, Vec<u8>)) -> Result<Output, Failure> {
        write_file(&self.out, bytes)?;
        let json = json!({ "file": self.out, "rows": made.rows });
        Output::new(export::rows(self.out.display(), made.rows).to_string(), &json)
    }
}

impl Students {
    async fn make(&self, calls: &dyn Calls) -> Result<(Exported, Vec<u8>), Failure> {
        let school = school_named(calls, self.to.school.as_deref()).await?;
        let class = match &self.class {
            Some(title) => Some(class_titled(calls, &school, title).await?),
            None => None,
        };
        let input = ExportStudents { school: school.id, class, format: Some(self.to.format()) };
        with_bytes(calls, export_students.on(calls, input).await?).await
    }
}

impl Marks {
    async fn make(&self, calls: &dyn Calls) -> Result<(Exported, Vec<u8>), Failure> {
        let school = school_named(calls, self.to.school.as_deref()).await?;
        let term = self.term_of(&school)?;
        let input = CoursesForMarks { school: school.id, term, handed_over: None };
        let courses = courses_for_marks.on(calls, input).await?;
        let found = courses.iter().find(|course| {
            fold(&course.class_title) == fold(&self.class) && fold(&course.subject_title) == fold(&self.subject)
        });
        let Some(found) = found else {
            let all = courses.iter().map(|course| format!("{} {}", course.class_title, course.subject_title));
            let all = all.collect::<Vec<_>>().join(", ");
            let error = Error::new(ErrorCode::NotFound, export::no_course(&self.subject, &self.class));
            return Err(error.help(export::courses(all)).into());
        };
        let input = ExportMarks { course: found.course, term, format: Some(self.to.format()) };
        with_bytes(calls, export_marks.on(calls, input).await?).await
    }

    fn term_of(&self, school: &WhoamiSchool) -> Result<AcademicSessionId, Failure> {
        let term = match &self.term {
            Some(title) => school.terms.iter().rfind(|term| fold(&term.title) == fold(title)).map(|term| term.id),
            None => school.current_term,
        };
        term.ok_or_else(|| {
            let titles: Vec<String> =
                school.terms.iter().map(|term| format!("{} ({})", term.title, term.year_title)).collect();
            let error = Error::new(ErrorCode::NotFound, words::cli::report_cards::no_term(&school.name));
            error.help(words::cli::report_cards::its_terms(titles.join(", "))).into()
        })
    }
}

async fn with_bytes(calls: &dyn Calls, made: Exported) -> Result<(Exported, Vec<u8>), Failure> {
    let bytes = calls.artifact(made.artifact).await?.bytes.to_vec();
    Ok((made, bytes))
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

/// The class of this title in the present academic year.
async fn class_titled(calls: &dyn Calls, school: &WhoamiSchool, title: &str) -> Result<ClassId, Failure> {
    let input = ListClasses { school: school.id, year: None, kind: None, deleted: None, as_of: None };
    let all = list_classes.on(calls, input).await?;
    match all.iter().find(|class| fold(&class.title) == fold(title)) {
        Some(class) => Ok(class.id),
        None => {
            let titles = all.iter().map(|class| class.title.as_str()).collect::<Vec<_>>().join(", ");
            let error = Error::new(ErrorCode::NotFound, words::cli::report_cards::no_class(title));
            Err(error.help(words::cli::report_cards::your_classes(titles)).into())
        }
    }
}
