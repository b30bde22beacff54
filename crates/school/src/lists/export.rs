//! A list as it is shown, all of it, as a table to save or on paper.

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono_tz::Tz;
use documents::{ClassList, ListAlign, ListColumn, Options, class_list};
use exchange::{Cell, TableFormat};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use store::entities::{FieldKind, ListName, academic_sessions, classes, students, subjects};
use words::paper::card;
use words::paper::lists::{filters, titles, yes_no};
use words::{Language, Message, refusals};

use super::classes::kind;
use super::columns::ColumnInfo;
use super::own::listed;
use super::show::{columns_of, page};
use super::students::status;
use super::{ListCell, ListOf, ListRow, ShowList};
use crate::exchange::{Exported, keep_cells};
use crate::paging::LARGEST_PAGE;
use crate::people::{GuardianFilter, Named, StudentFilter};
use crate::schools::{Settings, document_error, find_school, fonts, safe_name, school_day, settings_or_usual};
use crate::{Artifact, Call, Error, Result, blocking};

/// What a list is made into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListFormat {
    Csv,
    Xlsx,
    /// A4, upright.
    Portrait,
    /// A4, on its side.
    Landscape,
}

/// Input of [`export_list`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ExportList {
    /// As the screen asks for it; all rows are taken, whatever page it names.
    #[serde(flatten)]
    #[ts(flatten)]
    pub shown: ShowList,
    pub format: ListFormat,
    /// What stands over it on paper; the list's own name where it is left out.
    pub title: Option<String>,
}

/// The most rows of a list that is printed: some 250 pages.
const MOST_PRINTED: u64 = 10_000;

/// The whole list with its filter, order and columns, as a table or a PDF, in the language of the school's documents.
pub(super) async fn export_list(call: &Call, input: ExportList) -> Result<Exported> {
    let ExportList { shown, format, title } = input;
    call.access().at(shown.school)?;
    let known = columns_of(call, shown.school, &shown.of).await?;
    let heads: Vec<ColumnInfo> =
        shown.columns.iter().filter_map(|id| known.iter().find(|column| column.id == *id).cloned()).collect();
    if heads.is_empty() {
        return Err(Error::field("columns", "required", refusals::lists::no_column()));
    }
    let printed = matches!(format, ListFormat::Portrait | ListFormat::Landscape);
    let rows = all_rows(call, &shown, printed.then_some(MOST_PRINTED)).await?;
    let db = call.store().reader();
    let school = find_school(db, shown.school).await?;
    let settings = settings_or_usual(db, shown.school).await?;
    let writing = Writing {
        language: settings.language_of_documents(),
        zone: school.time_zone.parse().unwrap_or(chrono_tz::UTC),
        settings,
    };
    let today = school_day(call, db, shown.school).await?;
    let own = titles_of(shown.of.kind()).text(writing.language);
    let title = title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty()).unwrap_or(own);
    let name = safe_name(&[&title, &today.to_string()], "");
    let name = name.trim_end_matches('.');
    let table = match format {
        ListFormat::Csv => TableFormat::Csv,
        ListFormat::Xlsx => TableFormat::Xlsx,
        ListFormat::Portrait | ListFormat::Landscape => {
            let mut about: Vec<String> =
                said(call, &shown).await?.into_iter().map(|message| message.text(writing.language)).collect();
            about.push(writing.settings.day_order.write_long(today, writing.language));
            let list = writing.paper(&school.name, title, about.join(" · "), &heads, &rows, format);
            return print_list(call, list, format!("{name}.pdf"), rows.len()).await;
        }
    };
    let headers = heads.iter().map(|column| column.head.text(writing.language)).collect();
    let cells = rows.into_iter().map(|row| row.cells.into_iter().map(|cell| writing.cell(cell)).collect());
    keep_cells(call, Some(table), name, headers, cells.collect()).await
}

/// Reads a list to its end, page by page.
async fn all_rows(call: &Call, shown: &ShowList, most: Option<u64>) -> Result<Vec<ListRow>> {
    let mut rows: Vec<ListRow> = Vec::new();
    loop {
        let read = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let found = page(call, shown, read, LARGEST_PAGE).await?;
        if let Some(most) = most.filter(|most| found.total > *most) {
            return Err(Error::field("format", "too_long", refusals::lists::too_long_to_print(most)));
        }
        let (last, total) = (found.rows.is_empty(), usize::try_from(found.total).unwrap_or(usize::MAX));
        rows.extend(found.rows);
        call.job.progress(rows.len(), total)?;
        if last || rows.len() >= total {
            return Ok(rows);
        }
    }
}

/// Makes a table into a PDF.
pub async fn print_list(call: &Call, list: ClassList, file_name: String, rows: usize) -> Result<Exported> {
    let (fonts, owner) = (fonts(call)?, call.actor()?.user);
    let options = Options { title: String::new(), created: Some(call.now().timestamp()) };
    let job = call.job.clone();
    let made = blocking(move || {
        let progress = &mut |done, total| match job.progress(done, total) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        };
        class_list(&list, &fonts, &options, progress).map_err(document_error)
    })
    .await?;
    let (media_type, bytes) = ("application/pdf", Arc::new(made.pdf));
    let artifact = Artifact { file_name: file_name.clone(), media_type, bytes, owner };
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    Ok(Exported { artifact: call.services.keep_artifact(artifact), file_name, rows })
}

/// How the school writes.
struct Writing {
    language: Language,
    settings: Settings,
    zone: Tz,
}

impl Writing {
    fn cell(&self, cell: ListCell) -> Cell {
        match cell {
            ListCell::Nothing => Cell::Blank,
            ListCell::Text(text) => Cell::Text(text),
            ListCell::Number(number) => Cell::Number(number.to_string()),
            ListCell::Decimal(number) => Cell::Number(number),
            ListCell::Day(day) => Cell::Date(day),
            ListCell::Moment(moment) => {
                Cell::Text(moment.with_timezone(&self.zone).format("%Y-%m-%d %H:%M").to_string())
            }
            ListCell::Said(message) => Cell::Text(message.text(self.language)),
        }
    }

    fn on_paper(&self, cell: &ListCell) -> String {
        match cell {
            ListCell::Nothing => String::new(),
            ListCell::Text(text) => text.clone(),
            ListCell::Number(number) => self.language.whole(*number),
            ListCell::Decimal(number) => number.replacen('.', self.language.decimal_mark(), 1),
            ListCell::Day(day) => self.settings.day_order.write_long(*day, self.language),
            ListCell::Moment(moment) => {
                let here = moment.with_timezone(&self.zone);
                let day = self.settings.day_order.write_long(here.date_naive(), self.language);
                format!("{day}, {}", here.format("%H:%M"))
            }
            ListCell::Said(message) => message.text(self.language),
        }
    }

    fn paper(
        &self,
        school: &str,
        title: String,
        subtitle: String,
        heads: &[ColumnInfo],
        rows: &[ListRow],
        format: ListFormat,
    ) -> ClassList {
        let column = |head: &ColumnInfo| ListColumn {
            title: head.head.text(self.language),
            align: if head.numeric { ListAlign::Number } else { ListAlign::Start },
            // What a column needs on a screen, and a part of what it takes where there is room.
            share: head.narrowest + head.share,
        };
        ClassList {
            school: school.to_owned(),
            title,
            subtitle,
            columns: heads.iter().map(column).collect(),
            rows: rows.iter().map(|row| row.cells.iter().map(|cell| self.on_paper(cell)).collect()).collect(),
            page_label: card::page("{page}", "{pages}").text(self.language),
            language: self.language.code().to_owned(),
            rtl: self.language.is_right_to_left(),
            landscape: format == ListFormat::Landscape,
        }
    }
}

fn titles_of(list: ListName) -> Message {
    match list {
        ListName::Students => titles::students(),
        ListName::Guardians => titles::guardians(),
        ListName::Staff => titles::staff(),
        ListName::Classes => titles::classes(),
        ListName::Courses => titles::courses(),
        ListName::Users => titles::users(),
    }
}

/// What a list is narrowed by, in words; the rows that it names have been read by the list itself.
async fn said(call: &Call, shown: &ShowList) -> Result<Vec<Message>> {
    let db = call.store().reader();
    let settings = settings_or_usual(db, shown.school).await?;
    let language = settings.language_of_documents();
    let day = |day: chrono::NaiveDate| settings.day_order.write_long(day, language);
    let mut said = Vec::new();
    let (mut as_of, mut year, mut deleted) = (None, None, None);
    match &shown.of {
        ListOf::Students(filter) => {
            if let Some(class) = filter.class
                && let Some(class) = classes::Entity::find_by_id(class).one(db).await?
            {
                said.push(filters::class(class.title));
            }
            said.extend(of_students(filter, day));
            (as_of, deleted) = (filter.as_of, filter.deleted);
        }
        ListOf::Guardians(filter) => {
            if let Some(class) = filter.class
                && let Some(class) = classes::Entity::find_by_id(class).one(db).await?
            {
                said.push(filters::class(class.title));
            }
            said.extend(of_guardians(filter));
            as_of = filter.as_of;
        }
        ListOf::Staff(filter) => {
            if filter.left == Some(true) {
                said.push(filters::left());
            }
            (as_of, deleted) = (filter.as_of, filter.deleted);
        }
        ListOf::Classes(filter) => {
            said.extend(filter.kind.map(kind));
            (as_of, year, deleted) = (filter.as_of, filter.year, filter.deleted);
        }
        ListOf::Courses(filter) => {
            if let Some(subject) = filter.subject
                && let Some(subject) = subjects::Entity::find_by_id(subject).one(db).await?
            {
                said.push(filters::subject(subject.title));
            }
            if let Some(student) = filter.student
                && let Some(student) = students::Entity::find_by_id(student).one(db).await?
            {
                said.push(filters::student(student.full_name()));
            }
            if filter.taught == Some(true) {
                said.push(filters::taught());
            }
            (year, deleted) = (filter.year, filter.deleted);
        }
        ListOf::Users(_) => {}
    }
    said.extend(own_field(call, shown, language).await?);
    if let Some(year) = year
        && let Some(year) = academic_sessions::Entity::find_by_id(year).one(db).await?
    {
        said.push(filters::year(year.title));
    }
    if deleted == Some(true) {
        said.push(filters::deleted());
    }
    said.extend(as_of.map(|on| filters::as_of(day(on))));
    if let Some(text) = shown.search.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        said.push(filters::search(text));
    }
    Ok(said)
}

fn of_students(filter: &StudentFilter, day: impl Fn(chrono::NaiveDate) -> String) -> Vec<Message> {
    let mut said = Vec::new();
    said.extend(filter.status.map(status));
    said.extend(filter.grade_level.as_deref().map(filters::grade_level));
    said.extend(filter.sex.as_deref().map(filters::sex));
    if filter.without_guardian == Some(true) {
        said.push(filters::without_guardian());
    }
    if filter.without_class == Some(true) {
        said.push(filters::without_class());
    }
    said.extend(filter.born_from.map(|from| filters::born_from(day(from))));
    said.extend(filter.born_to.map(|to| filters::born_to(day(to))));
    said.extend(filter.joined_from.map(|from| filters::joined_from(day(from))));
    said.extend(filter.joined_to.map(|to| filters::joined_to(day(to))));
    said.extend(filter.leaving_from.map(|from| filters::leaving_from(day(from))));
    said.extend(filter.leaving_to.map(|to| filters::leaving_to(day(to))));
    said
}

fn of_guardians(filter: &GuardianFilter) -> Vec<Message> {
    let said = [
        (filter.left, filters::children_left()),
        (filter.no_access, filters::no_access()),
        (filter.may_collect, filters::may_collect()),
        (filter.gets_letters, filters::gets_letters()),
        (filter.without_phone, filters::without_phone()),
        (filter.without_email, filters::without_email()),
    ];
    said.into_iter().filter(|(on, _)| *on == Some(true)).map(|(_, message)| message).collect()
}

/// What a list is narrowed to by a field of the school's own; the list itself has refused whoever does not see it.
async fn own_field(call: &Call, shown: &ShowList, language: Language) -> Result<Option<Message>> {
    let Some((id, value)) = shown.of.own() else { return Ok(None) };
    let Some(listed) = listed(call, shown.school, shown.of.kind()).await? else { return Ok(None) };
    Ok(listed.find(id).map(|field| match value {
        None => filters::own_field_empty(&field.row.title),
        Some(value) if field.row.kind == FieldKind::YesNo => {
            let said = if value == "yes" { yes_no::yes() } else { yes_no::no() };
            filters::own_field(&field.row.title, said.text(language))
        }
        Some(value) => filters::own_field(&field.row.title, value),
    }))
}
