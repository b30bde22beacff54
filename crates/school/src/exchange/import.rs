//! Importing a roster: first a dry run that shows what would happen, then all of it or nothing.

use std::sync::Arc;

use chrono::NaiveDate;
use exchange::{
    ColumnMatching, DateOrder, ExchangeError, Format, FullNameOrder, Limits, ListKind, ListRows, OwnField, Parsed,
    ReadAs, RefusalKind, RowCells, Set, TableReading,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{districts, schools};
use store::ids::SchoolId;
use uuid::Uuid;
use words::{Language, refusals};

use super::book::{Beside, Book};
use super::lists::{NewAccounts, hand_out};
use super::own_fields::{StoredFields, check_matching, importable};
use super::plan::{Frame, plan};
use super::refused::{SHOWN, tables};
use super::report::{ImportReport, Remarks, SHOWN as MOST_CHANGES, Tally};
use super::sets::{ImportSet, refuse_once_set_up};
use super::targets::{Allowed, Targets, find};
use crate::schools::settings_or_usual;
use crate::{Call, Context, Error, ErrorCode, Result, Role, blocking};

/// Input of [`import_dry_run`] and [`import_apply`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ImportInput {
    /// The school that the person works in: a plain list is its students.
    pub school: SchoolId,
    /// A zip, one table, or all the files of a set.
    pub uploads: Vec<Uuid>,
    /// What a plain list is of, where the person says it; else its headers do.
    #[serde(default)]
    pub kind: Option<ListKind>,
    /// Which column of a plain table holds what.
    pub matching: Option<ColumnMatching>,
    /// How dates such as 4/2/2000 are meant.
    pub dates: Option<DateOrder>,
    /// How whole names in one cell are written, where the names themselves do not tell.
    pub names: Option<FullNameOrder>,
    /// What the person says of the files, where it was found out wrongly or not at all.
    pub read_as: Option<ReadAs>,
    /// The only school of the files is this one, whatever it is called there.
    pub into_school: Option<bool>,
    /// Import the rest where rows are refused.
    pub accept_refused: Option<bool>,
    /// Delete (softly) what came by such files before and is no longer in them.
    pub delete_missing: Option<bool>,
    /// Rows that the person mended, each in the place of the one on its line.
    pub mended: Option<Vec<RowCells>>,
}

/// Which refused rows do not stand in the way of the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AcceptRefused {
    /// None: nothing is imported as long as a row is refused.
    #[default]
    Nothing,
    /// Rows that are in order and only refer to what is not there.
    References,
    /// All.
    Everything,
}

/// Shows what an import would do; nothing is written.
pub(super) async fn import_dry_run(call: &Call, input: ImportInput) -> Result<ImportReport> {
    call.access().whole_school(input.school)?;
    chosen(call, input, false).await
}

/// Imports the files in one step, or nothing at all.
pub(super) async fn import_apply(call: &Call, input: ImportInput) -> Result<ImportReport> {
    call.access().whole_school(input.school)?;
    chosen(call, input, true).await
}

async fn chosen(call: &Call, input: ImportInput, apply: bool) -> Result<ImportReport> {
    let (set, how) = set_and_how(call, input).await?;
    permitted(call, set, ImportSet { apply, ..how }).await
}

/// The files that the person chose, with the rows that they mended, and how they are imported.
pub(super) async fn set_and_how(context: &Context, input: ImportInput) -> Result<(Set, ImportSet)> {
    let mut set = set_of(context, &input.uploads, input.read_as.as_ref()).await?;
    if !set.mend(input.mended.as_deref().unwrap_or_default()) {
        return Err(Error::field("mended", "unknown", refusals::exchange::no_such_row()));
    }
    let how = ImportSet {
        school: Some(input.school),
        into_school: input.into_school.unwrap_or(false),
        kind: input.kind,
        matching: input.matching,
        dates: input.dates,
        names: input.names,
        accept_refused: if input.accept_refused == Some(true) {
            AcceptRefused::Everything
        } else {
            AcceptRefused::Nothing
        },
        delete_missing: input.delete_missing.unwrap_or(false),
        ..ImportSet::default()
    };
    Ok((set, how))
}

/// The files that the person chose, opened.
pub(super) async fn set_of(context: &Context, uploads: &[Uuid], said: Option<&ReadAs>) -> Result<Set> {
    if uploads.is_empty() {
        return Err(Error::field("uploads", "required", refusals::exchange::no_file()));
    }
    let owner = context.actor.as_ref().map(|actor| actor.user);
    let files: Vec<_> = uploads.iter().map(|id| context.services.upload(*id, owner)).collect::<Result<_>>()?;
    let said = said.cloned().unwrap_or_default();
    blocking(move || {
        let named = files.iter().map(|file| (file.file_name.as_str(), file.bytes.as_slice()));
        Set::from_files_as(named, Limits::default(), &said).map_err(bad_file)
    })
    .await
}

/// A list of students with their classes, as somebody chose it.
///
/// # Errors
/// What cannot be read at all, and the first row that is in no order.
pub async fn list_of_classes(context: &Context, uploads: &[Uuid]) -> Result<Parsed> {
    let set = set_of(context, uploads, None).await?;
    let how = ImportSet { kind: Some(ListKind::Students), ..ImportSet::default() };
    let parsed = blocking(move || parse(&set, &how, Vec::new())).await?;
    match parsed.refused.is_empty() {
        true => Ok(parsed),
        false => Err(Error::new(ErrorCode::BadFile, refusals::exchange::rows_refused(parsed.refused.len()))
            .details(serde_json::json!({ "refused": parsed.refused }))),
    }
}

/// Imports a set into the schools within reach, or with `apply` false shows what that would do.
pub(super) async fn permitted(call: &Call, set: Set, how: ImportSet) -> Result<ImportReport> {
    let access = call.access();
    let schools: Vec<SchoolId> =
        access.schools().into_iter().filter(|school| access.whole_school(*school).is_ok()).collect();
    let school = how.school.or(match schools.as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    if let Some(school) = school {
        access.whole_school(school)?;
    }
    let roles = &call.actor()?.roles;
    let allowed = Allowed {
        may_create: roles.contains(&Role::SuperAdministrator) || roles.contains(&Role::DistrictAdministrator),
        schools,
        chosen: school,
        into_chosen: how.into_school,
        name: None,
    };
    run(call, set, how, allowed).await
}

/// Imports a set into the schools that are allowed. Setting up, where nobody acts, is over as soon as somebody can sign in.
pub(super) async fn run(call: &Call, set: Set, how: ImportSet, allowed: Allowed) -> Result<ImportReport> {
    if set.format() == Format::Plain && allowed.chosen.is_none() && allowed.name.is_none() {
        return Err(Error::field("school", "required", refusals::exchange::which_school()));
    }
    let today = today(call, &allowed).await?;
    let set = Arc::new(set);
    let (read, said) = (set.clone(), how.clone());
    let own = match set.format() {
        Format::Plain => importable(call, allowed.chosen).await?,
        _ => Vec::new(),
    };
    check_matching(how.matching.as_ref(), &own)?;
    let parsed = Arc::new(blocking(move || parse(&read, &said, own)).await?);
    let language = match allowed.chosen {
        Some(school) => settings_or_usual(call.store().reader(), school).await?.language_of_documents(),
        None => Language::ENGLISH,
    };
    let frame = Frame { now: call.now(), today, language, delete_missing: how.delete_missing };
    let accept = how.accept_refused;
    if !how.apply {
        let draft = Draft::make(call, call.store().reader(), &parsed, &allowed, frame).await?;
        let report = draft.report.hold_back(accept);
        let refused_rows = tables(&set, &report.refused, SHOWN);
        return Ok(ImportReport { refused_rows, ..report });
    }
    let ((report, secrets), undo) = call
        .transact(async |tx| {
            tx.alone("import").await?;
            if call.actor.is_none() {
                tx.alone("set up").await?;
                refuse_once_set_up(tx.reader()).await?;
            }
            for school in &allowed.schools {
                tx.alone_in_school(*school).await?;
            }
            // Compared inside the transaction: what is written follows from what is there at that moment.
            let Draft { targets, books, accounts, report } =
                Draft::make(call, tx.reader(), &parsed, &allowed, frame).await?;
            let report = report.hold_back(accept);
            let mut secrets = Vec::new();
            if !report.held_back {
                write(call, tx, targets, books).await?;
                if let Some((school, accounts)) = accounts {
                    secrets = accounts.write(call, tx, school).await?;
                }
            }
            Ok((report, secrets))
        })
        .await?;
    let accounts = hand_out(call, &secrets)?;
    Ok(ImportReport { applied: !report.held_back, accounts, undo, ..report })
}

/// What an import comes to.
struct Draft {
    targets: Targets,
    books: Vec<Book>,
    /// What a list of staff asks for at its school.
    accounts: Option<(SchoolId, NewAccounts)>,
    report: ImportReport,
}

impl Draft {
    async fn make(
        context: &Context,
        db: &impl ConnectionTrait,
        parsed: &Arc<Parsed>,
        allowed: &Allowed,
        frame: Frame,
    ) -> Result<Self> {
        let mut remarks = Remarks::new(parsed.refused.clone(), parsed.notes.clone());
        let targets = find(db, &parsed.roster, allowed, &mut remarks).await?;
        let beside = Beside::of(parsed);
        let mut books = Vec::new();
        for school in &targets.stored {
            let mut book = Book::load(db, *school, beside).await?;
            book.follow_merges(db).await?;
            books.push(book);
        }
        let mut own = StoredFields::default();
        if let Some(book) = books.iter_mut().find(|book| Some(book.id) == targets.chosen) {
            own = StoredFields::load(db, book.id, &parsed.own).await?;
            book.values = own.take_values();
        }
        let new = targets.schools.list.iter().filter(|kept| kept.stored.is_none());
        books.extend(new.map(|kept| Book::new_school(kept.now.id)));
        context.job.progress(0, 0)?;
        let roster = parsed.clone();
        let (targets, books, mut remarks) = blocking(move || {
            let (books, remarks) = plan((&roster, &own), &targets, books, remarks, frame);
            Ok((targets, books, remarks))
        })
        .await?;
        let mut tally = Tally::default();
        tally.add("schools", &targets.schools, |counts| &mut counts.schools, |school| school.name.clone());
        for book in &books {
            book.tally(&mut tally);
        }
        let mut accounts = None;
        if let Some((list, book)) = parsed.list.as_ref().zip(books.iter().find(|book| !book.accounts.is_empty())) {
            let line = parsed.readings.first().map_or(1, |reading| reading.header_line);
            let new = NewAccounts::find(context, db, book, list, line, &mut remarks).await?;
            (tally.added.accounts, tally.skipped.accounts) = (new.count(), new.same);
            accounts = Some((book.id, new));
        }
        let report = ImportReport::of(parsed.roster.format, parsed.readings.clone(), tally, remarks);
        Ok(Self { targets, books, accounts, report })
    }
}

async fn write(context: &Context, tx: &mut Transaction<'_>, targets: Targets, books: Vec<Book>) -> Result<()> {
    if let Some(district) = targets.district {
        tx.insert::<districts::Entity>(district).await?;
    }
    let split = targets.schools.split();
    for (before, after) in split.changed {
        tx.update::<schools::Entity>(&before, after).await?;
    }
    for book in books {
        let school = split.new.iter().find(|school| school.id == book.id).cloned();
        book.write(context, tx, school).await?;
    }
    Ok(())
}

fn parse(set: &Set, how: &ImportSet, own: Vec<OwnField>) -> Result<Parsed> {
    let said = exchange::Options { dates: how.dates, names: how.names, own };
    if set.format() != Format::Plain {
        return exchange::parse(set, &said).map_err(bad_file);
    }
    let preview = exchange::preview_as(set, 0, how.kind, &said.own).map_err(bad_file)?;
    let matching = match &how.matching {
        Some(matching) => matching.clone(),
        None => exchange::settled(set, preview.kind, preview.suggested).map_err(bad_file)?,
    };
    exchange::parse_list(set, preview.kind, &matching, &said).map_err(bad_file)
}

/// Whether an import would make accounts, whose passwords are handed out at once.
pub(super) async fn makes_accounts(context: &Context, input: &ImportInput) -> Result<bool> {
    if input.kind.is_some_and(|kind| kind != ListKind::Staff) {
        return Ok(false);
    }
    let (set, how) = set_and_how(context, input.clone()).await?;
    if set.format() != Format::Plain {
        return Ok(false);
    }
    let list = blocking(move || Ok(parse(&set, &how, Vec::new())?.list)).await?;
    let Some(ListRows::Staff(rows)) = list.map(|list| list.rows) else { return Ok(false) };
    Ok(rows.iter().any(|row| !row.username.is_empty() || row.role.is_some()))
}

/// The school day of the school that the person works in.
async fn today(context: &Context, allowed: &Allowed) -> Result<NaiveDate> {
    let school = allowed.chosen.or(allowed.schools.first().copied());
    match school {
        Some(school) => crate::schools::school_day(context, context.store().reader(), school).await,
        None => Ok(context.today("UTC")),
    }
}

/// A set that cannot be read at all, with the lines that are to blame.
pub fn bad_file(error: ExchangeError) -> Error {
    let details = serde_json::json!({ "code": error.code(), "refused": error.refusals() });
    Error::new(ErrorCode::BadFile, error.said()).details(details)
}

impl ImportReport {
    fn of(format: Format, readings: Vec<TableReading>, tally: Tally, remarks: Remarks) -> Self {
        let (refused, notes, besides) = remarks.finish();
        let Tally { added, changed, skipped, deleted, mut changes } = tally;
        changes.extend(besides);
        changes.truncate(MOST_CHANGES);
        Self {
            applied: false,
            held_back: false,
            format,
            readings,
            added,
            changed,
            skipped,
            deleted,
            refused,
            refused_rows: Vec::new(),
            notes,
            changes,
            accounts: None,
            undo: None,
        }
    }

    fn hold_back(self, accept: AcceptRefused) -> Self {
        let accepted = match accept {
            AcceptRefused::Everything => true,
            AcceptRefused::References => self.refused.iter().all(|row| row.kind == RefusalKind::Reference),
            AcceptRefused::Nothing => self.refused.is_empty(),
        };
        Self { held_back: !accepted, ..self }
    }
}
