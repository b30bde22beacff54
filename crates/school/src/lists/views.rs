//! How people want to see the lists: the columns that somebody chose, and views under a title. A view is the own of whoever
//! made it, or shared with the school by the office; nobody else sees an own one, nor that it is there.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{ListName, SoftDeleted, academic_sessions, classes, list_views, students, subjects};
use store::ids::{AuditEntryId, ListViewId, SchoolId, UserId};
use store::same_version;
use words::refusals;

use super::columns::ColumnInfo;
use super::kinds::shown_by;
use super::show::{MOST_COLUMNS, columns_of};
use super::{ClassFilter, CourseFilter, ListOf, StaffFilter};
use crate::error::Invalid;
use crate::people::{GuardianFilter, StudentFilter};
use crate::permission::rules::OFFICE;
use crate::{Access, Call, Context, Error, ErrorCode, Reach, Result, Save, Sort, Undoable};

/// Names a list of a school.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfList {
    pub school: SchoolId,
    pub list: ListName,
}

/// What a view shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ShownList {
    pub of: ListOf,
    pub search: Option<String>,
    pub sort: Option<Sort>,
    /// Columns in their order; at most 40.
    pub columns: Vec<String>,
}

/// A view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ViewRow {
    pub id: ListViewId,
    pub title: String,
    /// Whether everybody sees it who sees the list.
    pub shared: bool,
    /// Whether the person who asks made it.
    pub mine: bool,
    /// Whether the person who asks may change and delete it.
    pub may_change: bool,
    pub shown: ShownList,
    /// Fields of the filter whose class, year, subject, student or own field is there no longer, as `class`.
    pub gone: Vec<String>,
    pub version: i32,
}

/// How a list can be seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListSettings {
    /// All columns that the list can show.
    pub columns: Vec<ColumnInfo>,
    /// Those that the person chose, in their order; none: the usual ones.
    pub chosen: Option<Vec<String>>,
    /// The own views and the shared ones, by title.
    pub views: Vec<ViewRow>,
    /// Whether the person may share views with the school.
    pub may_share: bool,
}

/// Input of [`choose_columns`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ChooseColumns {
    pub school: SchoolId,
    pub list: ListName,
    /// 1 to 40 columns in their order; the usual ones where left out.
    pub columns: Option<Vec<String>>,
}

/// Input of [`save_view`]: a new view (no identifier) or a changed one.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveView {
    pub school: SchoolId,
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<ListViewId>,
    /// At most 80 characters.
    pub title: String,
    pub shared: bool,
    pub shown: ShownList,
}

/// What [`save_view`] saved.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedView {
    pub view: ViewRow,
    pub undo: Option<AuditEntryId>,
}

/// Input of [`delete_view`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeleteView {
    pub view: ListViewId,
    pub version: i32,
}

/// The most views that somebody keeps of a list.
const MOST_VIEWS: usize = 100;

/// Asks what seeing the list asks.
fn permit_list(context: &Context, school: SchoolId, list: ListName) -> Result<Reach> {
    context.permit(shown_by(list))?.at(school)
}

fn may_share(context: &Context, school: SchoolId) -> Result<bool> {
    let office = Access::by_rule(context.actor()?, OFFICE, context.now());
    Ok(office.is_ok_and(|office| office.whole_school(school).is_ok()))
}

/// A list without any filter.
fn plain(list: ListName) -> ListOf {
    match list {
        ListName::Students => ListOf::Students(StudentFilter::default()),
        ListName::Guardians => ListOf::Guardians(GuardianFilter::default()),
        ListName::Staff => ListOf::Staff(StaffFilter::default()),
        ListName::Classes => ListOf::Classes(ClassFilter::default()),
        ListName::Courses => ListOf::Courses(CourseFilter::default()),
        ListName::Users => ListOf::Users(super::kinds::UserFilter::default()),
    }
}

/// The columns of a list, those that the person chose, and the views that they see.
pub(super) async fn list_settings(call: &Call, input: OfList) -> Result<ListSettings> {
    call.access().at(input.school)?;
    permit_list(call, input.school, input.list)?;
    let db = call.store().reader();
    let user = call.actor()?.user;
    let rows = list_views::Entity::find()
        .filter(list_views::Column::SchoolId.eq(input.school))
        .filter(list_views::Column::List.eq(input.list))
        .filter(list_views::Column::UserId.eq(user).or(list_views::Column::Shared.eq(true)))
        .order_by_asc(list_views::Column::Id)
        .all(db)
        .await?;
    let columns = columns_of(call, input.school, &plain(input.list)).await?;
    let may_share = may_share(call, input.school)?;
    let mut settings = ListSettings { columns, chosen: None, views: Vec::new(), may_share };
    for row in rows {
        let Some(title) = row.title.clone() else {
            settings.chosen = Some(columns_in(&row, &settings.columns));
            continue;
        };
        if let Some(view) = view(db, row, title, &settings.columns, (user, may_share)).await? {
            settings.views.push(view);
        }
    }
    settings.chosen = settings.chosen.filter(|chosen| !chosen.is_empty());
    settings.views.sort_by_cached_key(|view| store::sort_title(&view.title));
    Ok(settings)
}

/// The columns that a row holds and that the list still has.
fn columns_in(row: &list_views::Model, known: &[ColumnInfo]) -> Vec<String> {
    let held: Vec<String> =
        row.shown.get("columns").and_then(|held| serde_json::from_value(held.clone()).ok()).unwrap_or_default();
    held.into_iter().filter(|id| known.iter().any(|column| column.id == *id)).collect()
}

/// A view as it is shown; none where what is stored is of another time and cannot be read.
async fn view(
    db: &impl ConnectionTrait,
    row: list_views::Model,
    title: String,
    known: &[ColumnInfo],
    (user, may_share): (UserId, bool),
) -> Result<Option<ViewRow>> {
    let columns = columns_in(&row, known);
    let Ok(mut shown) = serde_json::from_value::<ShownList>(row.shown) else { return Ok(None) };
    // What somebody does not see they are not told of: neither by which field the list is sorted nor to what it is narrowed.
    shown.sort = shown.sort.filter(|sort| known.iter().any(|column| column.sortable && column.id == sort.column));
    let mut gone = gone(db, row.school_id, &shown.of).await?;
    if let Some((field, _)) = shown.of.own()
        && !known.iter().any(|column| column.sortable && column.own.as_ref().is_some_and(|own| own.field == field))
    {
        shown.of.without_own();
        gone.push("ownField".to_owned());
    }
    let mine = row.user_id == user;
    Ok(Some(ViewRow {
        id: row.id,
        title,
        shared: row.shared,
        mine,
        may_change: mine || (row.shared && may_share),
        gone,
        shown: ShownList { columns, ..shown },
        version: row.version,
    }))
}

/// The fields of a filter that name what is there no longer.
async fn gone(db: &impl ConnectionTrait, school: SchoolId, of: &ListOf) -> Result<Vec<String>> {
    macro_rules! there {
        ($table:ident, $id:expr) => {
            $table::Entity::find_by_id($id)
                .filter($table::Column::SchoolId.eq(school))
                .filter($table::Entity::existing())
                .one(db)
                .await?
                .is_some()
        };
    }
    let mut gone = Vec::new();
    let mut lacks = |field: &str, there: bool| {
        if !there {
            gone.push(field.to_owned());
        }
    };
    let year = match of {
        ListOf::Students(filter) => {
            if let Some(class) = filter.class {
                lacks("class", there!(classes, class));
            }
            None
        }
        ListOf::Guardians(filter) => {
            if let Some(class) = filter.class {
                lacks("class", there!(classes, class));
            }
            None
        }
        ListOf::Courses(filter) => {
            if let Some(subject) = filter.subject {
                lacks("subject", there!(subjects, subject));
            }
            if let Some(student) = filter.student {
                lacks("student", there!(students, student));
            }
            filter.year
        }
        ListOf::Classes(filter) => filter.year,
        ListOf::Staff(_) | ListOf::Users(_) => None,
    };
    if let Some(year) = year {
        lacks("year", there!(academic_sessions, year));
    }
    Ok(gone)
}

async fn check_columns(context: &Context, school: SchoolId, list: &ListOf, columns: &[String]) -> Result<()> {
    let known = columns_of(context, school, list).await?;
    let mut invalid = Invalid::default();
    if columns.is_empty() {
        invalid.push("columns", "required", refusals::lists::no_column());
    }
    if columns.len() > MOST_COLUMNS {
        invalid.push("columns", "too_many", refusals::lists::too_many_columns(MOST_COLUMNS));
    }
    let twice = (1..columns.len()).any(|at| columns[..at].contains(&columns[at]));
    if twice || columns.iter().any(|id| !known.iter().any(|column| column.id == *id)) {
        invalid.push("columns", "unknown", refusals::lists::unknown_column());
    }
    invalid.check()
}

/// Keeps the columns of a list that the person wants to see, or takes the choice away.
pub(super) async fn choose_columns(call: &Call, input: ChooseColumns) -> Result<Undoable> {
    call.access().at(input.school)?;
    permit_list(call, input.school, input.list)?;
    if let Some(columns) = &input.columns {
        check_columns(call, input.school, &plain(input.list), columns).await?;
    }
    let user = call.actor()?.user;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let before = list_views::Entity::find()
                .filter(list_views::Column::SchoolId.eq(input.school))
                .filter(list_views::Column::UserId.eq(user))
                .filter(list_views::Column::List.eq(input.list))
                .filter(list_views::Column::Title.is_null())
                .one(tx.reader())
                .await?;
            let shown = input.columns.as_ref().map(|columns| serde_json::json!({ "columns": columns }));
            match (before, shown) {
                (Some(before), Some(shown)) => {
                    let after = list_views::Model { shown, ..before.clone() };
                    tx.update::<list_views::Entity>(&before, after).await?;
                }
                (Some(before), None) => tx.delete::<list_views::Entity>(&before).await?,
                (None, Some(shown)) => {
                    let row = list_views::Model {
                        id: ListViewId::new(),
                        school_id: input.school,
                        user_id: user,
                        list: input.list,
                        title: None,
                        shared: false,
                        shown,
                        version: 1,
                    };
                    tx.insert::<list_views::Entity>(row).await?;
                }
                (None, None) => {}
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// A view that the person may change: their own, or for the office one of the school. Of another one they know nothing.
async fn changeable(call: &Call, id: ListViewId) -> Result<list_views::Model> {
    let lost = || Error::not_found(refusals::gone::view());
    let row = list_views::Entity::find_by_id(id).one(call.store().reader()).await?.ok_or_else(lost)?;
    call.access().at(row.school_id)?;
    let mine = row.user_id == call.actor()?.user;
    if row.title.is_none() || !(mine || row.shared) {
        return Err(lost());
    }
    permit_list(call, row.school_id, row.list)?;
    if mine || may_share(call, row.school_id)? { Ok(row) } else { Err(Error::forbidden()) }
}

/// Keeps a view, new or changed.
pub(super) async fn save_view(call: &Call, input: SaveView) -> Result<SavedView> {
    call.access().at(input.school)?;
    let list = input.shown.of.kind();
    permit_list(call, input.school, list)?;
    let user = call.actor()?.user;
    let before = match input.save.id() {
        Some(id) => Some(changeable(call, id).await?),
        None => None,
    };
    if before.as_ref().is_some_and(|before| before.school_id != input.school || before.list != list) {
        return Err(Error::forbidden());
    }
    let shares = may_share(call, input.school)?;
    if input.shared && !shares {
        return Err(Error::field("shared", "forbidden", refusals::lists::office_shares()));
    }
    let mut invalid = Invalid::default();
    let title = invalid.text("title", &input.title, 80);
    invalid.check()?;
    check_columns(call, input.school, &input.shown.of, &input.shown.columns).await?;
    let shown = serde_json::to_value(&input.shown)?;
    let (saved, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            title_is_free(tx.reader(), (user, list, input.school), input.save.id(), &title, input.shared).await?;
            let row = list_views::Model {
                id: before.as_ref().map_or_else(ListViewId::new, |before| before.id),
                school_id: input.school,
                user_id: before.as_ref().map_or(user, |before| before.user_id),
                list,
                title: Some(title),
                shared: input.shared,
                shown,
                version: 1,
            };
            Ok(match before {
                None => tx.insert::<list_views::Entity>(row).await?,
                Some(before) => {
                    let before = list_views::Model { version: input.save.seen().unwrap_or(before.version), ..before };
                    tx.update::<list_views::Entity>(&before, row).await?
                }
            })
        })
        .await?;
    let title = saved.title.clone().unwrap_or_default();
    let known = columns_of(call, input.school, &input.shown.of).await?;
    let view = view(call.store().reader(), saved, title, &known, (user, shares)).await?;
    Ok(SavedView { view: view.ok_or_else(|| Error::not_found(refusals::gone::view()))?, undo })
}

/// Refuses a title that another view has which the person sees, or which all see; and more views than somebody finds
/// anything in.
async fn title_is_free(
    db: &impl ConnectionTrait,
    (user, list, school): (UserId, ListName, SchoolId),
    own: Option<ListViewId>,
    title: &str,
    shared: bool,
) -> Result<()> {
    let seen = list_views::Entity::find()
        .filter(list_views::Column::SchoolId.eq(school))
        .filter(list_views::Column::List.eq(list))
        .filter(list_views::Column::Title.is_not_null())
        .filter(list_views::Column::Shared.eq(true).or(list_views::Column::UserId.eq(user)))
        .all(db)
        .await?;
    let key = exchange::same_key(title);
    let others = || seen.iter().filter(|view| Some(view.id) != own && view.shared == shared);
    if others().any(|view| view.title.as_deref().map(exchange::same_key).as_ref() == Some(&key)) {
        let taken = Error::field("title", "taken", refusals::lists::title_taken());
        return Err(Error { code: ErrorCode::Duplicate, ..taken });
    }
    if own.is_none() && others().count() >= MOST_VIEWS {
        return Err(Error::field("title", "too_many", refusals::lists::too_many_views(MOST_VIEWS)));
    }
    Ok(())
}

/// Takes a view away; it can be brought back by undoing that.
pub(super) async fn delete_view(call: &Call, input: DeleteView) -> Result<Undoable> {
    let row = changeable(call, input.view).await?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(row.school_id).await?;
            // Read again where nobody else can write to it any more.
            let current = list_views::Entity::find_by_id(row.id).one(tx.reader()).await?;
            let current = current.ok_or_else(|| Error::not_found(refusals::gone::view()))?;
            same_version::<list_views::Entity>(&current, input.version)?;
            Ok(tx.delete::<list_views::Entity>(&current).await?)
        })
        .await?;
    Ok(Undoable { undo })
}
