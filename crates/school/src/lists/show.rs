//! A list as it is shown: a page of its rows, each with the cells of the columns that were asked for.

use std::cmp::Ordering;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use store::entities::{SoftDeleted, students};
use store::ids::SchoolId;
use store::{fold, sort_title};
use uuid::Uuid;
use words::{Language, refusals};

use super::columns::{Around, Column, ColumnInfo, Listed};
use super::own::{ChosenColumns, narrowed, own_columns, sorted_by};
use super::{ListCell, ListOf};
use crate::paging::page_size;
use crate::people::{name_order, typed_words};
use crate::schools::{OfSchool, school_day};
use crate::{Call, Context, Error, Page, Reach, Result, Sort, SortOrder};

/// Input of [`show_list`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ShowList {
    pub school: SchoolId,
    pub of: ListOf,
    /// What is typed to find rows by.
    pub search: Option<String>,
    /// By a column that the list sorts by; as the list stands where it is left out.
    pub sort: Option<Sort>,
    /// The columns, in their order; at most 40.
    pub columns: Vec<String>,
    pub offset: Option<u64>,
    /// At most 500; 100 where left out.
    pub limit: Option<u64>,
}

impl ShowList {
    /// Whether one of these columns is asked for.
    pub(super) fn shows(&self, columns: &[&str]) -> bool {
        self.columns.iter().any(|column| columns.contains(&column.as_str()))
    }
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListRow {
    pub id: Uuid,
    pub version: i32,
    /// In the order of the columns that were asked for.
    pub cells: Vec<ListCell>,
}

/// The most columns of a list that are shown at once.
pub(super) const MOST_COLUMNS: usize = 40;

/// A page of a list, with the columns that were asked for. It asks what the list's own operation asks.
pub(super) async fn show_list(call: &Call, input: ShowList) -> Result<Page<ListRow>> {
    let (offset, limit) = (input.offset.unwrap_or(0), page_size(input.limit));
    page(call, &input, offset, limit).await
}

/// Does something for the rows of whichever list it is.
macro_rules! of_whichever {
    ($of:expr, $filter:ident, $rows:ident => $does:expr) => {
        match $of {
            $crate::lists::ListOf::Students($filter) => {
                type $rows = $crate::lists::students::Student;
                $does
            }
            $crate::lists::ListOf::Guardians($filter) => {
                type $rows = $crate::people::GuardianListRow;
                $does
            }
            $crate::lists::ListOf::Staff($filter) => {
                type $rows = $crate::people::StaffRow;
                $does
            }
            $crate::lists::ListOf::Classes($filter) => {
                type $rows = $crate::classes::ClassRow;
                $does
            }
            $crate::lists::ListOf::Courses($filter) => {
                type $rows = $crate::classes::CourseListRow;
                $does
            }
            $crate::lists::ListOf::Users($filter) => {
                type $rows = $crate::accounts::UserRow;
                $does
            }
        }
    };
}

/// A page of a list from a row on, of at most 500.
pub(super) async fn page(call: &Call, input: &ShowList, offset: u64, limit: u64) -> Result<Page<ListRow>> {
    call.access().at(input.school)?;
    if input.columns.len() > MOST_COLUMNS {
        return Err(Error::field("columns", "too_many", refusals::lists::too_many_columns(MOST_COLUMNS)));
    }
    of_whichever!(&input.of, filter, Rows => page_of::<Rows>(call, filter, input, offset, limit).await)
}

async fn page_of<R: Listed>(
    call: &Call,
    filter: &R::Filter,
    input: &ShowList,
    offset: u64,
    limit: u64,
) -> Result<Page<ListRow>> {
    let columns = ChosenColumns::<R>::find(call, input).await?;
    let page = R::page(call, filter, input, offset, limit).await?;
    let around = around(call, input).await?;
    let cells = columns.cells(call, &page.rows, &around).await?;
    let rows = page.rows.iter().zip(cells).map(|(row, cells)| {
        let (id, version) = row.seen();
        ListRow { id, version, cells }
    });
    Ok(Page { rows: rows.collect(), total: page.total })
}

/// All columns of a list, with those of the fields of the school's own that whoever asks sees.
pub(super) async fn columns_of(context: &Context, school: SchoolId, of: &ListOf) -> Result<Vec<ColumnInfo>> {
    let mut columns: Vec<ColumnInfo> =
        of_whichever!(of, _filter, Rows => Rows::columns().into_iter().map(|column| column.info).collect());
    columns.extend(own_columns(context, school, of.kind()).await?);
    Ok(columns)
}

async fn around(call: &Call, input: &ShowList) -> Result<Around> {
    let db = call.store().reader();
    let as_of = match &input.of {
        ListOf::Students(filter) => filter.as_of,
        ListOf::Guardians(filter) => filter.as_of,
        ListOf::Staff(filter) => filter.as_of,
        ListOf::Classes(filter) => filter.as_of,
        ListOf::Courses(_) | ListOf::Users(_) => None,
    };
    let day = match as_of {
        Some(day) => day,
        None => school_day(call, db, input.school).await?,
    };
    Ok(Around { day, order: name_order(db, input.school).await? })
}

/// The rows of a list that is here whole: those in whose columns of these names all that is typed is found, narrowed to a field
/// of the school's own, sorted by whichever column is asked for, from a row on.
pub(super) async fn in_memory<R: Listed>(
    call: &Call,
    input: &ShowList,
    rows: Vec<R>,
    searched: &[&str],
    (offset, limit): (u64, u64),
) -> Result<Page<R>> {
    let around = around(call, input).await?;
    let columns = R::columns();
    let column = |id: &str| columns.iter().find(|column| column.info.id == id);
    let looked_at: Vec<&Column<R>> = searched.iter().filter_map(|id| column(id)).collect();
    let typed = typed_words(input.search.as_deref().unwrap_or_default());
    let mut found: Vec<R> = rows
        .into_iter()
        .filter(|row| {
            let texts: Vec<String> = looked_at.iter().map(|column| written((column.cell)(row, &around))).collect();
            let texts = fold(&texts.join(" "));
            typed
                .iter()
                .all(|word| std::iter::once(&word.word).chain(&word.others).any(|spelt| texts.contains(spelt.as_str())))
        })
        .collect();
    let ids: Vec<Uuid> = found.iter().map(|row| row.seen().0).collect();
    if let Some(so) = narrowed(call, input, &ids).await? {
        found.retain(|row| so.contains(&row.seen().0));
    }
    if let Some(Sort { column: by, order }) = &input.sort {
        let ids: Vec<Uuid> = found.iter().map(|row| row.seen().0).collect();
        let usual = column(by).filter(|column| column.info.sortable);
        let key: Box<dyn Fn(&R) -> Key + '_> = match (usual, sorted_by(call, input, by, &ids).await?) {
            (Some(by), _) => Box::new(|row| Key::of((by.cell)(row, &around))),
            (None, Some(cells)) => {
                Box::new(move |row| Key::of(cells.get(&row.seen().0).cloned().unwrap_or(ListCell::Nothing)))
            }
            (None, None) => {
                return Err(Error::field("sort.column", "unknown", refusals::lists::not_sorted_by()));
            }
        };
        let mut keyed: Vec<(Key, R)> = found.into_iter().map(|row| (key(&row), row)).collect();
        keyed.sort_by(|(one, _), (other, _)| match order {
            SortOrder::Ascending => one.cmp(other),
            SortOrder::Descending => other.cmp(one),
        });
        found = keyed.into_iter().map(|(_, row)| row).collect();
    }
    let total = found.len();
    let (offset, limit) = (usize::try_from(offset).unwrap_or(usize::MAX), usize::try_from(limit).unwrap_or(0));
    let rows = found.into_iter().skip(offset).take(limit).collect();
    Ok(Page { rows, total: u64::try_from(total).unwrap_or(0) })
}

/// A cell as text to look into and to sort by.
fn written(cell: ListCell) -> String {
    match cell {
        ListCell::Nothing => String::new(),
        ListCell::Text(text) | ListCell::Decimal(text) => text,
        ListCell::Number(number) => number.to_string(),
        ListCell::Day(day) => day.to_string(),
        ListCell::Moment(moment) => moment.to_rfc3339(),
        ListCell::Said(message) => message.text(Language::ENGLISH),
    }
}

/// By which a cell is sorted: what is empty first, numbers as numbers, texts as people count.
#[derive(PartialEq, Eq)]
enum Key {
    Nothing,
    /// In millionths.
    Number(i128),
    Text(String),
}

/// Digits behind the point of what a list sorts by.
const MILLIONTHS: usize = 6;

/// An exact decimal in millionths, as far as it has them.
fn millionths(decimal: &str) -> Option<i128> {
    let (whole, part) = decimal.split_once('.').unwrap_or((decimal, ""));
    let part: String = part.chars().chain(std::iter::repeat('0')).take(MILLIONTHS).collect();
    format!("{whole}{part}").parse().ok()
}

impl Key {
    fn of(cell: ListCell) -> Self {
        match cell {
            ListCell::Nothing => Self::Nothing,
            ListCell::Number(number) => Self::Number(i128::from(number) * 1_000_000),
            ListCell::Decimal(number) => millionths(&number).map_or(Self::Nothing, Self::Number),
            other => Self::Text(sort_title(&written(other))),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Number(_) => 1,
            Self::Text(_) => 2,
        }
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (one, other) => one.rank().cmp(&other.rank()),
        }
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What the list of students may be narrowed to, besides what every school has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilterValues {
    /// The grade levels that students have, as people count.
    pub grade_levels: Vec<String>,
    /// What is written of students' sex.
    pub sexes: Vec<String>,
}

/// What is written of students' grade levels and sex, so that a filter and a form offer it.
pub(super) async fn student_values(call: &Call, input: OfSchool) -> Result<FilterValues> {
    if call.access().at(input.school)? == Reach::Own {
        return Err(Error::forbidden());
    }
    let mut grade_levels = values(call, input.school, students::Column::GradeLevel).await?;
    grade_levels.sort_by_cached_key(|level| sort_title(level));
    Ok(FilterValues { grade_levels, sexes: values(call, input.school, students::Column::Sex).await? })
}

async fn values(call: &Call, school: SchoolId, column: students::Column) -> Result<Vec<String>> {
    let found: Vec<Option<String>> = students::Entity::find()
        .select_only()
        .column(column)
        .distinct()
        .filter(students::Column::SchoolId.eq(school))
        .filter(students::Entity::existing())
        .filter(column.is_not_null())
        .order_by_asc(column)
        .limit(200)
        .into_tuple()
        .all(call.store().reader())
        .await?;
    Ok(found.into_iter().flatten().collect())
}
