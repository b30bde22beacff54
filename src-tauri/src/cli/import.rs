//! `homeroom import`: a roster from files; before anybody can sign in it may be part of setting up.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use exchange::{
    ColumnMatching, DateOrder, DecidedBy, Format, FullNameOrder, Limits, ListKind, Preview, ReadAs, Set, TableReading,
    TableSource,
};
use kernel::{Calls, Error, ErrorCode};
use school::accounts::Nothing;
use school::accounts::operations::status;
use school::exchange::operations::{import_at_set_up, import_set, preview_import};
use school::exchange::{AcceptRefused, ImportCounts, ImportReport, ImportSet, PreviewImport, bad_file};
use school::schools::operations::list_schools;
use serde_json::{Value, json};
use store::ids::SchoolId;
use store::{Place, fold};
use uuid::Uuid;
use words::cli::import;
use words::{Message, Text};

use super::Common;
use super::output::{Failure, NewFile, Output, progress, table};
use super::person::{Who, close, database_file, here, open, signed_in};
use crate::{own, start};

/// Imports a roster: a OneRoster 1.1 or 1.2 set, a School Data Sync set, or a list (CSV, Excel, OpenDocument) of students,
/// staff, classes, courses, enrolments or guardians, or of marks or attendance of former years.
///
/// Everything is imported in one step, or nothing. Rows that only refer to what is not there are left out and listed; a row
/// that is faulty itself stands in the way of the rest, unless --accept-refused is given. A second import of the same files
/// changes nothing. While nobody can sign in yet the import is part of setting up and makes the schools itself.
#[derive(clap::Args)]
pub struct Import {
    /// A zip, a folder, or one file: .csv, .tsv, .txt, .xlsx, .xls, .ods.
    path: PathBuf,
    /// Shows what would be added, changed, skipped and refused, and writes nothing.
    #[arg(long)]
    dry_run: bool,
    /// The school of a list of students, or into which the only school of a set goes.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    /// What a list is of, where the names of its columns do not tell.
    #[arg(long, value_name = "KIND")]
    kind: Option<Kind>,
    /// Where the user names and one-time passwords of new accounts go, as a CSV. Without it the columns of a list of staff
    /// that ask for accounts are not read.
    #[arg(long, value_name = "FILE.csv")]
    accounts: Option<PathBuf>,
    /// Says what a column of a list holds, as "Adm. no=number"; can be given several times. Fields of students: number,
    /// given, middle, family, family2, fullName, preferred, nativeName, birthDate, sex, class, section, grade, email, phone;
    /// guardianName, guardianGiven, guardianFamily, guardianRelation, guardianPhone, guardianEmail; and of a second and a
    /// third guardian guardian2Name, guardian3Name and so on. Of staff besides names: jobTitle, firstDay, username, role; of
    /// classes: classKind, homeroomTeacher, places, room; of courses: subject, teachers; of enrolments: firstDay, lastDay; of
    /// guardians: primary; of students and staff also the name of a field that the school made. Columns with well-known names
    /// are found without it.
    #[arg(long = "map", value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    /// How dates such as 4/2/2015 are meant, where the file itself leaves it open.
    #[arg(long, value_name = "ORDER")]
    dates: Option<Dates>,
    /// How whole names in one cell are written, where the names themselves do not tell.
    #[arg(long, value_name = "ORDER")]
    names: Option<NameOrder>,
    /// The sheet of a workbook that holds the list.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The encoding of text files, as windows-1252, where it is found out wrongly.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The line of a list that has the names of the columns, where it is found out wrongly.
    #[arg(long, value_name = "LINE")]
    header_line: Option<u32>,
    /// Imports the rest where rows are faulty.
    #[arg(long)]
    accept_refused: bool,
    /// Deletes (so that it can be restored) what came by such files before and is no longer in tables that they hold whole.
    #[arg(long)]
    delete_missing: bool,
    #[command(flatten)]
    who: Who,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    Students,
    Staff,
    /// Homerooms and groups.
    Classes,
    /// Subjects of classes with who teaches them.
    Courses,
    /// Who is in which class.
    Enrolments,
    Guardians,
    /// Results of former years.
    Marks,
    /// Days in the registers of former years.
    Attendance,
}

impl From<Kind> for ListKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Students => Self::Students,
            Kind::Staff => Self::Staff,
            Kind::Classes => Self::Classes,
            Kind::Courses => Self::Courses,
            Kind::Enrolments => Self::Enrolments,
            Kind::Guardians => Self::Guardians,
            Kind::Marks => Self::Marks,
            Kind::Attendance => Self::Attendance,
        }
    }
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Dates {
    DayFirst,
    MonthFirst,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum NameOrder {
    /// Ann Lee
    GivenFirst,
    /// Lee Ann
    FamilyFirst,
    /// María García López
    GivenFirstTwoFamilyNames,
    /// García López María
    FamilyFirstTwoFamilyNames,
}

impl Import {
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        // The files first: what cannot be read needs no password.
        let asked =
            ReadAs { encoding: self.encoding.clone(), sheet: self.sheet.clone(), header_line: self.header_line };
        let set = match Set::read_as(&self.path, Limits::default(), &asked) {
            Ok(set) => set,
            Err(error) => return unreadable(bad_file(error)),
        };
        match self.report(common, &set, asked).await {
            Ok(report) => told(&report, self.dry_run),
            Err(Failure::Refused(error)) if error.code == ErrorCode::BadFile => unreadable(error),
            Err(failure) => Err(failure),
        }
    }

    async fn report(&self, common: &Common, set: &Set, read_as: ReadAs) -> Result<ImportReport, Failure> {
        let input = ImportSet {
            read_as: Some(read_as),
            name: self.school.clone(),
            into_school: self.school.is_some(),
            kind: self.kind.map(ListKind::from),
            // Of a school that is there already it is found with the fields that the school made.
            matching: None,
            dates: self.dates.map(|dates| match dates {
                Dates::DayFirst => DateOrder::DayFirst,
                Dates::MonthFirst => DateOrder::MonthFirst,
            }),
            names: self.names.map(|names| match names {
                NameOrder::GivenFirst => FullNameOrder::GivenFirst,
                NameOrder::FamilyFirst => FullNameOrder::FamilyFirst,
                NameOrder::GivenFirstTwoFamilyNames => FullNameOrder::GivenFirstTwoFamilyNames,
                NameOrder::FamilyFirstTwoFamilyNames => FullNameOrder::FamilyFirstTwoFamilyNames,
            }),
            accept_refused: if self.accept_refused { AcceptRefused::Everything } else { AcceptRefused::References },
            delete_missing: self.delete_missing,
            apply: !self.dry_run,
            ..ImportSet::default()
        };
        if let Place::File(file) = database_file(common)?
            && !file.exists()
        {
            // A database is only made for an import that goes through.
            let input = ImportSet { matching: self.matching_of(set, None)?, ..input.clone() };
            let report = self.on_nothing(&input).await?;
            if self.dry_run || report.held_back {
                return Ok(report);
            }
        }
        let services = open(common).await?;
        let here = here(&services);
        let outcome = match status.on(&here, Nothing {}).await {
            Err(error) => Err(error.into()),
            Ok(now) if now.needs_setup => {
                let input = ImportSet { matching: self.matching_of(set, None)?, ..input };
                self.set_up(&here, input).await
            }
            Ok(_) => signed_in(&here, &self.who, async |calls| self.bring_in(calls, set, input).await).await,
        };
        close(services).await;
        outcome
    }

    async fn bring_in(&self, calls: &dyn Calls, set: &Set, input: ImportSet) -> Result<ImportReport, Failure> {
        let school = match &self.school {
            Some(name) => Some(find_school(calls, name).await?),
            None => None,
        };
        let input = ImportSet { school, uploads: self.handed_in(calls).await?, ..input };
        let proposed = self.proposed(calls, set, &input).await?;
        let input = ImportSet { matching: self.matching_of(set, proposed)?, ..input };
        // What cannot be written is found out before anything is imported: the passwords are told once.
        let file = self.accounts.as_deref().filter(|_| input.apply).map(NewFile::at).transpose()?;
        let report = import_set.reporting(calls, input, &progress(import::progress())).await.map_err(say_school)?;
        if let Some((file, made)) = file.zip(report.accounts.as_ref()) {
            file.write(&calls.artifact(made.artifact).await?.bytes)?;
        }
        Ok(report)
    }

    async fn set_up(&self, calls: &dyn Calls, input: ImportSet) -> Result<ImportReport, Failure> {
        let input = ImportSet { uploads: self.handed_in(calls).await?, ..input };
        import_at_set_up.reporting(calls, input, &progress(import::progress())).await.map_err(say_school)
    }

    /// What the import would do where there is no database yet.
    async fn on_nothing(&self, input: &ImportSet) -> Result<ImportReport, Failure> {
        let folder = own::Temporary::new().map_err(|error| {
            Error::new(ErrorCode::FileSystem, import::no_temporary_folder(error.to_string()))
                .help(import::make_room_or_name())
        })?;
        let data = folder.path().to_path_buf();
        let services = start::open_in(data.clone(), &Place::File(data.join("homeroom.db")), None).await?;
        let report = self.set_up(&here(&services), ImportSet { apply: false, ..input.clone() }).await;
        close(services).await;
        drop(folder);
        report
    }

    /// Hands the files in, as they lie there.
    async fn handed_in(&self, calls: &dyn Calls) -> Result<Vec<Uuid>, Failure> {
        let mut uploads = Vec::new();
        for (name, bytes) in exchange::files_of(&self.path, Limits::default()).map_err(bad_file)? {
            uploads.push(calls.upload(&name, Arc::new(bytes)).await?);
        }
        Ok(uploads)
    }
}

impl Import {
    /// What the school proposes for the columns of a list: it knows the fields that it made. None for a set, and where the
    /// school is not said and there are several.
    async fn proposed(&self, calls: &dyn Calls, set: &Set, input: &ImportSet) -> Result<Option<Preview>, Failure> {
        if set.format() != Format::Plain {
            return Ok(None);
        }
        let school = match input.school {
            Some(school) => school,
            None => match list_schools.on(calls, Nothing {}).await?.as_slice() {
                [only] => only.id,
                _ => return Ok(None),
            },
        };
        let (uploads, read_as, kind) = (input.uploads.clone(), input.read_as.clone(), input.kind);
        let asked = PreviewImport { school, uploads, read_as, kind };
        Ok(preview_import.on(calls, asked).await?.table)
    }

    /// The matching; without a file for their passwords no accounts are asked for.
    fn matching_of(&self, set: &Set, proposed: Option<Preview>) -> Result<Option<ColumnMatching>, Failure> {
        let matching = matching(set, self.kind.map(ListKind::from), proposed, &self.map)?;
        Ok(matching.map(|matching| match self.accounts {
            Some(_) => matching,
            None => ColumnMatching { username: None, role: None, ..matching },
        }))
    }
}

/// The suggested matching with what the person said of single columns; none for a set that needs none.
fn matching(
    set: &Set,
    kind: Option<ListKind>,
    proposed: Option<Preview>,
    said: &[String],
) -> Result<Option<ColumnMatching>, Failure> {
    if set.format() != Format::Plain {
        return match said {
            [] => Ok(None),
            _ => Err(Failure::Usage(import::map_for_list())),
        };
    }
    let proposed = match proposed {
        Some(proposed) => proposed,
        None => exchange::preview_as(set, 0, kind, &[]).map_err(bad_file)?,
    };
    let Preview { kind, mut suggested, own, .. } = proposed;
    let mut of_school = std::mem::take(&mut suggested.own);
    let mut fields = serde_json::to_value(suggested).map_err(Error::from)?;
    for pair in said {
        let usage = |what: Message| Failure::Usage(import::map(pair, what));
        let (column, field) = pair.rsplit_once('=').ok_or_else(|| usage(import::map_form()))?;
        let (column, field) = (column.trim(), field.trim());
        // One column holds one thing.
        of_school.retain(|_, header| header != column);
        let others = fields.as_object_mut().into_iter().flatten();
        for (_, other) in others {
            match other {
                Value::Array(columns) => columns.retain(|other| other != column),
                other if *other == column => *other = Value::Null,
                _ => {}
            }
        }
        let slot = fields.get_mut(field).filter(|_| field != "own");
        let titled = own.iter().find(|own| fold(&own.title) == fold(field));
        match (slot, titled) {
            (Some(Value::Array(columns)), _) => columns.push(json!(column)),
            (Some(slot), _) => *slot = json!(column),
            (None, Some(titled)) => drop(of_school.insert(titled.id.clone(), column.to_owned())),
            (None, None) => return Err(usage(import::map_no_field(field))),
        }
    }
    let matching: ColumnMatching = serde_json::from_value(fields).map_err(Error::from)?;
    let matching = ColumnMatching { own: of_school, ..matching };
    Ok(Some(exchange::settled(set, kind, matching).map_err(bad_file)?))
}

async fn find_school(calls: &dyn Calls, name: &str) -> Result<SchoolId, Failure> {
    let schools = list_schools.on(calls, Nothing {}).await?;
    if let Some(school) = schools.iter().find(|school| fold(&school.name) == fold(name.trim())) {
        return Ok(school.id);
    }
    let names: Vec<&str> = schools.iter().map(|school| school.name.as_str()).collect();
    let error = Error::new(ErrorCode::NotFound, import::no_school(name));
    Err(error.help(import::your_schools(names.join(", "))).into())
}

/// The command line says how to name a school.
fn say_school(error: Error) -> Failure {
    if error.fields.iter().any(|field| field.field == "school") {
        return error.help(import::name_school()).into();
    }
    error.into()
}

/// Files that cannot be read at all, in the form of a report.
fn unreadable(error: Error) -> Result<Output, Failure> {
    let refused = error.details.as_ref().and_then(|details| details.get("refused")).cloned().unwrap_or(json!([]));
    let nothing = ImportCounts::default();
    let report = json!({
        "applied": false, "added": nothing, "changed": nothing, "skipped": nothing, "deleted": nothing,
        "refused": refused, "error": error,
    });
    // Advice only where it is taken: a set has its own columns, and its files are mended where they came from.
    let hint = match error.details.as_ref().and_then(|details| details["code"].as_str()) {
        Some("exchange.columns") => Text::from(import::say_columns()),
        Some("exchange.sheets" | "exchange.no_sheet") => import::say_sheet().into(),
        Some("exchange.encoding" | "exchange.unknown_encoding") => import::say_encoding().into(),
        _ => "".into(),
    };
    Ok(Output::new("", &report)?.because(import::nothing_imported(error.message, hint)))
}

fn told(report: &ImportReport, dry_run: bool) -> Result<Output, Failure> {
    let output = Output::new(in_words(report, dry_run), report)?;
    if !report.held_back {
        return Ok(output);
    }
    let dates = report.readings.iter().flat_map(|reading| &reading.dates);
    let open = dates.into_iter().any(|column| column.order.is_none() && column.read.is_empty());
    let hint = if open { Text::from(import::say_dates()) } else { "".into() };
    Ok(output.because(import::faulty_rows(hint)))
}

fn in_words(report: &ImportReport, dry_run: bool) -> String {
    let counts = [&report.added, &report.changed, &report.skipped, &report.deleted].map(|counts| json!(counts));
    let kinds = counts[0].as_object().into_iter().flat_map(|kinds| kinds.keys());
    let number = |counts: &Value, kind: &str| counts.get(kind).and_then(Value::as_u64).unwrap_or(0);
    let rows: Vec<Vec<String>> = kinds
        .filter(|kind| counts.iter().any(|counts| number(counts, kind) > 0))
        .map(|kind| {
            let numbers = counts.iter().map(|counts| number(counts, kind).to_string());
            std::iter::once(kind.clone()).chain(numbers).collect()
        })
        .collect();
    let mut text = String::new();
    if dry_run {
        text.push_str(&format!("{}\n\n", import::would_happen()));
    }
    for reading in &report.readings {
        text.push_str(&how_read(reading));
    }
    text.push_str(&table(&["", "added", "changed", "skipped", "deleted"], &rows));
    for change in &report.changes {
        text.push_str(&format!(
            "\n{}",
            import::change(&change.kind, at(&change.file), change.line.to_string(), &change.name)
        ));
        for field in &change.fields {
            text.push_str(&format!("\n  {}: {} → {}", field.field, field.before, field.after));
        }
    }
    for note in &report.notes {
        let line = if note.line > 0 { import::line(note.line.to_string()).to_string() } else { String::new() };
        let column = if note.column.is_empty() { String::new() } else { format!(", {}", note.column) };
        let rows = if note.rows > 1 { import::rows(note.rows.to_string()).to_string() } else { String::new() };
        let note = import::note(at(&note.file), line, column, note.there(), note.taken.clone(), rows);
        text.push_str(&format!("\n{note}"));
    }
    for refusal in &report.refused {
        let refused = import::refused(at(&refusal.file), refusal.line.to_string(), refusal.reason());
        text.push_str(&format!("\n{refused}"));
    }
    text
}

/// What was found out about a file; nothing where it is as a file should be.
fn how_read(reading: &TableReading) -> String {
    let mut said: Vec<Message> = Vec::new();
    if let Some(sheet) = &reading.sheet {
        let kind = reading.source;
        let others = if sheet.others.is_empty() {
            String::new()
        } else {
            import::not_others(sheet.others.join(", ")).to_string()
        };
        said.push(match kind {
            TableSource::Page => import::table(&sheet.name, others),
            _ => import::sheet(&sheet.name, others),
        });
    }
    if let Some(encoding) = reading.encoding.as_ref().filter(|encoding| encoding.name != "UTF-8") {
        let samples =
            if encoding.samples.is_empty() { String::new() } else { format!(": {}", encoding.samples.join(", ")) };
        said.push(match encoding.guessed {
            true => import::encoding_guessed(encoding.name.as_str(), samples),
            false => import::encoding(encoding.name.as_str(), samples),
        });
    }
    if reading.header_line > 1 {
        said.push(import::header_line(reading.header_line));
    }
    for dates in &reading.dates {
        let by = match dates.decided_by {
            DecidedBy::Cells => Text::from(import::by_cells()),
            DecidedBy::Header => import::by_header().into(),
            DecidedBy::Said => import::by_saying().into(),
            DecidedBy::Nothing => "".into(),
        };
        let order = match dates.order {
            Some(DateOrder::DayFirst) => Text::from(import::day_first(by)),
            Some(DateOrder::MonthFirst) => import::month_first(by).into(),
            None => "".into(),
        };
        let read = match dates.read.as_str() {
            "" => Text::from(import::dates_refused()),
            read => read.into(),
        };
        said.push(import::dates(&dates.column, order, &dates.written, read));
    }
    if let Some(names) = &reading.names {
        let each = names.examples.iter().map(|name| import::whole_name(&name.written, &name.given, &name.family));
        said.push(import::whole_names(each.map(|said| said.to_string()).collect::<Vec<_>>().join("; ")));
    }
    if said.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = said.iter().map(Message::to_string).collect();
    format!("{}\n  {}\n\n", import::read_with(at(&reading.file)), lines.join("\n  "))
}

fn at(file: &str) -> String {
    let name = Path::new(file).file_name().and_then(|name| name.to_str());
    name.map_or_else(|| import::files().to_string(), str::to_owned)
}
