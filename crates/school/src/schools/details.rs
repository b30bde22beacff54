//! The school itself: name, address, time zone, logo; and new schools of a district.

use std::sync::Arc;

use chrono::NaiveDate;
use documents::PictureFault;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{SoftDeleted, districts, schools};
use store::ids::{DistrictId, SchoolId};
use uuid::Uuid;
use words::refusals;

use super::heads::{not_deleted, school_heads};
use super::{NewTerm, check_sessions, check_year_is_near, insert_school_basics, insert_year};
use crate::accounts::Nothing;
use crate::context::Artifact;
use crate::error::Invalid;
use crate::{Access, Call, Context, Error, ErrorCode, Result, Role, blocking};

/// Names a school.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfSchool {
    pub school: SchoolId,
}

/// A school, as listed.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SchoolRow {
    pub id: SchoolId,
    pub district: DistrictId,
    pub name: String,
    pub identifier: Option<String>,
    pub time_zone: String,
    /// Students who are not deleted.
    pub students: i64,
    /// Classes of all years that are not deleted.
    pub classes: i64,
    pub staff: i64,
    pub version: i32,
}

/// A school with everything that its head on paper shows.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SchoolDetails {
    pub id: SchoolId,
    pub district: DistrictId,
    pub district_name: String,
    pub name: String,
    pub identifier: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub time_zone: String,
    /// The artifact that holds the logo as PNG.
    pub logo: Option<Uuid>,
    pub version: i32,
}

/// Input of [`save_school`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveSchool {
    pub id: SchoolId,
    pub version: i32,
    pub name: String,
    pub identifier: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// IANA name, as `Europe/Lisbon`.
    pub time_zone: String,
    /// A new logo: the upload that holds a PNG or JPEG picture. Left out: the logo stays.
    pub logo: Option<Uuid>,
    /// Takes the logo away.
    pub remove_logo: Option<bool>,
}

/// Input of [`create_school`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct CreateSchool {
    pub district: DistrictId,
    pub name: String,
    pub identifier: Option<String>,
    pub time_zone: String,
    pub year_title: String,
    pub year_start: NaiveDate,
    pub year_end: NaiveDate,
    pub terms: Vec<NewTerm>,
}

/// The schools that the person may see, by name.
pub(super) async fn list_schools(call: &Call, _: Nothing) -> Result<Vec<SchoolRow>> {
    let access = call.access();
    let db = call.store().reader();
    let found = school_heads(db, not_deleted().add(schools::Column::Id.is_in(access.schools()))).await?;
    let mut rows = Vec::with_capacity(found.len());
    for school in found {
        let counts = counts(call, school.id).await?;
        rows.push(SchoolRow {
            id: school.id,
            district: school.district_id,
            name: school.name,
            identifier: school.identifier,
            time_zone: school.time_zone,
            students: counts.students,
            classes: counts.classes,
            staff: counts.staff,
            version: school.version,
        });
    }
    Ok(rows)
}

#[derive(FromQueryResult)]
struct Counts {
    students: i64,
    classes: i64,
    staff: i64,
}

async fn counts(context: &Context, school: SchoolId) -> Result<Counts> {
    let sql = "SELECT \
        (SELECT count(*) FROM students WHERE school_id = $1 AND deleted_at IS NULL) AS students, \
        (SELECT count(*) FROM classes WHERE school_id = $1 AND deleted_at IS NULL) AS classes, \
        (SELECT count(*) FROM staff WHERE school_id = $1 AND deleted_at IS NULL) AS staff";
    let statement = context.store().statement(sql, [school.into()]);
    let counts = Counts::find_by_statement(statement).one(context.store().reader()).await?;
    counts.ok_or_else(|| Error::not_found(refusals::gone::school()))
}

/// One school.
pub(super) async fn school_details(call: &Call, input: OfSchool) -> Result<SchoolDetails> {
    let access = call.access();
    access.at(input.school)?;
    let school = with_logo(call.store().reader(), input.school).await?;
    details(call, school).await
}

/// The school's whole row; not found where it is deleted.
async fn with_logo(db: &impl ConnectionTrait, id: SchoolId) -> Result<schools::Model> {
    let found = schools::Entity::find_by_id(id).filter(schools::Entity::existing()).one(db).await?;
    found.ok_or_else(|| Error::not_found(refusals::gone::school()))
}

async fn details(context: &Context, school: schools::Model) -> Result<SchoolDetails> {
    let db = context.store().reader();
    let district = districts::Entity::find_by_id(school.district_id).one(db).await?;
    let owner = context.actor()?.user;
    let logo = school.logo.map(|bytes| {
        let artifact =
            Artifact { file_name: "logo.png".to_owned(), media_type: "image/png", bytes: Arc::new(bytes), owner };
        context.services.keep_artifact(artifact)
    });
    Ok(SchoolDetails {
        id: school.id,
        district: school.district_id,
        district_name: district.map(|district| district.name).unwrap_or_default(),
        name: school.name,
        identifier: school.identifier,
        address: school.address,
        phone: school.phone,
        email: school.email,
        time_zone: school.time_zone,
        logo,
        version: school.version,
    })
}

/// Changes a school's name, address, time zone or logo.
pub(super) async fn save_school(call: &Call, input: SaveSchool) -> Result<SchoolDetails> {
    let access = call.access();
    access.whole_school(input.id)?;
    let before = with_logo(call.store().reader(), input.id).await?;
    let mut invalid = Invalid::default();
    let mut after = schools::Model {
        name: invalid.text("name", &input.name, 200),
        identifier: invalid.optional("identifier", input.identifier.as_deref(), 100),
        address: invalid.optional("address", input.address.as_deref(), 500),
        phone: invalid.phone("phone", input.phone.as_deref()),
        email: invalid.email("email", input.email.as_deref()),
        time_zone: check_time_zone(&mut invalid, &input.time_zone),
        ..before.clone()
    };
    invalid.check()?;
    if input.remove_logo == Some(true) {
        after.logo = None;
    }
    if let Some(upload) = input.logo {
        let upload = call.services.upload(upload, call.actor()?.user)?;
        after.logo = Some(blocking(move || read_logo(&upload.bytes)).await?);
    }
    let before = schools::Model { version: input.version, ..before };
    let (school, _) = call.transact(async |tx| Ok(tx.update::<schools::Entity>(&before, after).await?)).await?;
    details(call, school).await
}

fn check_time_zone(invalid: &mut Invalid, name: &str) -> String {
    if name.parse::<chrono_tz::Tz>().is_err() {
        invalid.push("timeZone", "unknown", refusals::common::unknown_time_zone());
    }
    name.to_owned()
}

/// Reads a picture and makes it a PNG of a size that fits a page's head.
fn read_logo(bytes: &[u8]) -> Result<Vec<u8>> {
    documents::logo(bytes).map_err(|fault| {
        let (message, help) = match fault {
            PictureFault::NotAPicture => (refusals::schools::logo_not_a_picture(), refusals::schools::save_logo()),
            PictureFault::Damaged => (refusals::schools::logo_damaged(), refusals::schools::save_logo_as_png()),
            PictureFault::TooLarge => {
                (refusals::schools::logo_too_large(documents::LARGEST_PICTURE >> 20), refusals::schools::save_smaller())
            }
            PictureFault::TooSmall => {
                (refusals::schools::logo_too_small(documents::SMALLEST_LOGO), refusals::schools::larger_logo())
            }
            PictureFault::Blank => (refusals::schools::logo_blank(), refusals::schools::dark_logo()),
        };
        Error::new(ErrorCode::BadFile, message).help(help)
    })
}

/// Makes a further school in a district, with a year, attendance codes and a grade scale.
pub(super) async fn create_school(call: &Call, input: CreateSchool) -> Result<SchoolDetails> {
    let access = call.access();
    let db = call.store().reader();
    let district = districts::Entity::find_by_id(input.district).one(db).await?;
    let district = district.ok_or_else(|| Error::not_found(refusals::gone::district()))?;
    permit_creating(call, access, district.id).await?;
    let mut invalid = Invalid::default();
    let name = invalid.text("name", &input.name, 200);
    let identifier = invalid.optional("identifier", input.identifier.as_deref(), 100);
    let year_title = invalid.text("yearTitle", &input.year_title, 100);
    let time_zone = check_time_zone(&mut invalid, &input.time_zone);
    check_sessions(&mut invalid, input.year_start, input.year_end, &input.terms);
    check_year_is_near(&mut invalid, input.year_start, input.year_end, call.today(&time_zone));
    invalid.check()?;
    let (school, _) = call
        .transact(async |tx| {
            let school = schools::Model {
                id: SchoolId::new(),
                district_id: district.id,
                name,
                identifier,
                address: None,
                phone: None,
                email: None,
                time_zone,
                logo: None,
                source_id: None,
                deleted_at: None,
                version: 1,
            };
            let school = tx.insert::<schools::Entity>(school).await?;
            insert_school_basics(tx, school.id).await?;
            insert_year(tx, school.id, &year_title, input.year_start, input.year_end, &input.terms).await?;
            Ok(school)
        })
        .await?;
    details(call, school).await
}

/// A school is made by who reaches a school of the district, or runs the system.
pub async fn permit_creating(context: &Context, access: &Access, district: DistrictId) -> Result<()> {
    if context.actor()?.roles.contains(&Role::SuperAdministrator) {
        return Ok(());
    }
    let of_district = Condition::all().add(schools::Column::DistrictId.eq(district));
    let schools = school_heads(context.store().reader(), of_district).await?;
    if schools.into_iter().any(|school| access.at(school.id).is_ok()) { Ok(()) } else { Err(Error::forbidden()) }
}
