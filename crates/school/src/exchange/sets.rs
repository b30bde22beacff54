//! Sets that bring their schools with them, as the command line hands them in: into whatever the person reaches, or before
//! anybody can sign in, as a part of setting up.

use exchange::{ColumnMatching, DateOrder, FullNameOrder, ListKind, ReadAs};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use store::ids::SchoolId;
use uuid::Uuid;
use words::refusals;

use super::ImportReport;
use super::import::{AcceptRefused, permitted, run, set_of};
use super::targets::Allowed;
use crate::accounts::has_users;
use crate::schools::{not_deleted, school_heads};
use crate::{Call, Error, ErrorCode, Result};

/// The longest name of a school, in characters.
const LONGEST_NAME: usize = 200;

/// Input of [`import_set`] and [`import_at_set_up`].
#[derive(Clone, Debug, Default, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields = nullable)]
pub struct ImportSet {
    /// A zip, one table, or all the files of a set.
    pub uploads: Vec<Uuid>,
    /// What the person says of the files, where it was found out wrongly or not at all.
    pub read_as: Option<ReadAs>,
    /// The school of a plain list; none: the only school within reach, if there is only one.
    pub school: Option<SchoolId>,
    /// At set-up: what the school of a plain list, or the only one of a set, is called.
    pub name: Option<String>,
    /// The only school of the files is this one, whatever it is called there.
    pub into_school: bool,
    /// What a plain list is of, where the person says it; else its headers do.
    pub kind: Option<ListKind>,
    /// Which column of a plain table holds what.
    pub matching: Option<ColumnMatching>,
    /// How dates such as 4/2/2000 are meant.
    pub dates: Option<DateOrder>,
    /// How whole names in one cell are written, where the names themselves do not tell.
    pub names: Option<FullNameOrder>,
    /// Which refused rows do not stand in the way of the rest.
    pub accept_refused: AcceptRefused,
    /// Delete (softly) what came by such files before and is no longer in them.
    pub delete_missing: bool,
    /// Write; else only show what it would do.
    pub apply: bool,
}

/// Imports a set into the schools within reach; who administers a district makes those that are not there yet.
pub(super) async fn import_set(call: &Call, input: ImportSet) -> Result<ImportReport> {
    let set = set_of(call, &input.uploads, input.read_as.as_ref()).await?;
    permitted(call, set, input).await
}

/// Imports a set before anybody can sign in: it makes the schools, and the first run then only adds the administrator.
///
/// # Errors
/// `SignedOut` as soon as somebody can sign in.
pub(super) async fn import_at_set_up(call: &Call, input: ImportSet) -> Result<ImportReport> {
    let db = call.store().reader();
    refuse_once_set_up(db).await?;
    let set = set_of(call, &input.uploads, input.read_as.as_ref()).await?;
    let known: Vec<SchoolId> = school_heads(db, not_deleted()).await?.into_iter().map(|school| school.id).collect();
    let only = if let [only] = known.as_slice() { Some(*only) } else { None };
    let name = input.name.as_deref().map(|name| name.trim().chars().take(LONGEST_NAME).collect::<String>());
    let name = name.filter(|name| !name.is_empty());
    let allowed = Allowed {
        schools: known,
        may_create: true,
        chosen: only.filter(|_| name.is_none()),
        into_chosen: input.into_school || name.is_some(),
        name,
    };
    run(call, set, input, allowed).await
}

/// Refuses what belongs to setting up once that is over.
///
/// # Errors
/// `SignedOut`.
pub async fn refuse_once_set_up(db: &impl ConnectionTrait) -> Result<()> {
    if has_users(db).await? {
        return Err(Error::new(ErrorCode::SignedOut, refusals::common::already_set_up())
            .help(refusals::exchange::sign_in_to_import()));
    }
    Ok(())
}
