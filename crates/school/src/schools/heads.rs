//! What nearly every call wants of a school. The row itself holds the logo, megabytes that only letterheads need.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use store::entities::SoftDeleted;
use store::entities::schools::{Column, Entity};
use store::ids::{DistrictId, SchoolId};
use words::refusals;

use crate::{Error, Result};

/// A school without its logo and addresses.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SchoolHead {
    pub id: SchoolId,
    pub district_id: DistrictId,
    pub name: String,
    pub identifier: Option<String>,
    pub time_zone: String,
    pub version: i32,
}

/// The schools that fulfil a condition, deleted ones too, by name.
pub async fn school_heads(db: &impl ConnectionTrait, which: Condition) -> Result<Vec<SchoolHead>> {
    let columns = [Column::Id, Column::DistrictId, Column::Name, Column::Identifier, Column::TimeZone, Column::Version];
    let found = Entity::find().select_only().columns(columns).filter(which).order_by_asc(Column::Name);
    Ok(found.into_model::<SchoolHead>().all(db).await?)
}

/// A condition for the schools that are there.
pub fn not_deleted() -> Condition {
    Condition::all().add(Entity::existing())
}

/// The time zone of a school, also of a deleted one (UTC where its name is not known).
pub async fn zone_of(db: &impl ConnectionTrait, id: SchoolId) -> Result<chrono_tz::Tz> {
    let found = school_heads(db, Condition::all().add(Column::Id.eq(id))).await?;
    let name = found.into_iter().next().ok_or_else(|| Error::not_found(refusals::gone::school()))?.time_zone;
    Ok(name.parse().unwrap_or(chrono_tz::UTC))
}

/// The school; not found where it is deleted.
pub async fn find_school(db: &impl ConnectionTrait, id: SchoolId) -> Result<SchoolHead> {
    let found = school_heads(db, not_deleted().add(Column::Id.eq(id))).await?;
    found.into_iter().next().ok_or_else(|| Error::not_found(refusals::gone::school()))
}
