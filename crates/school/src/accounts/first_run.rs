//! The first run: a school and its first administrator, in one transaction. There is no default password.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{AcademicSessionKind, SoftDeleted, academic_sessions, districts, grants, schools, users};
use store::fold;
use store::ids::{DistrictId, GrantId, SchoolId, UserId};
use words::refusals;

use super::sign_in::{SignedIn, has_users, signed_in};
use super::{passwords, sessions};
use crate::error::Invalid;
use crate::people::NameOrder;
use crate::schools::{
    DayOrder, NewTerm, Settings, change_settings, check_sessions, check_year_is_near, insert_school_basics, insert_year,
};
use crate::{Call, Error, ErrorCode, Result, Role};

/// The first administrator.
#[derive(Clone, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FirstAdministrator {
    pub given_name: String,
    pub family_name: String,
    pub username: String,
    pub password: String,
}

/// A term with its first and last day.
pub type TermDates = NewTerm;

/// Input of [`set_up`].
#[derive(Clone, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SetUp {
    pub school_name: String,
    /// IANA name, as `Europe/Lisbon`.
    pub time_zone: String,
    pub year_title: String,
    pub year_start: NaiveDate,
    pub year_end: NaiveDate,
    pub terms: Vec<NewTerm>,
    pub administrator: FirstAdministrator,
    /// How the school writes dates.
    pub day_order: Option<DayOrder>,
    /// How its lists name people.
    pub name_order: Option<NameOrder>,
}

/// Makes the school, its academic year and its first administrator, and signs that person in. Schools that an import at
/// set-up made are joined.
/// Refused once anybody can sign in.
pub(super) async fn set_up(call: &Call, input: SetUp) -> Result<SignedIn> {
    if has_users(call.store().reader()).await? {
        return Err(already_set_up());
    }
    let mut invalid = Invalid::default();
    let school_name = invalid.text("schoolName", &input.school_name, 200);
    let year_title = invalid.text("yearTitle", &input.year_title, 100);
    if input.time_zone.parse::<chrono_tz::Tz>().is_err() {
        invalid.push("timeZone", "unknown", refusals::common::unknown_time_zone());
    }
    check_sessions(&mut invalid, input.year_start, input.year_end, &input.terms);
    check_year_is_near(&mut invalid, input.year_start, input.year_end, call.today(&input.time_zone));
    let administrator = &input.administrator;
    let given_name = invalid.text("administrator.givenName", &administrator.given_name, 200);
    let family_name = invalid.text("administrator.familyName", &administrator.family_name, 200);
    let username = super::users::check_username(&mut invalid, "administrator.username", &administrator.username);
    invalid.check()?;
    passwords::check(
        "administrator.password",
        &administrator.password,
        &[&username, &given_name, &family_name, &school_name],
    )?;
    let password_hash = passwords::hash(&administrator.password).await?;

    let ((token, session), _) = call
        .transact(async |tx| {
            tx.alone("set up").await?;
            // Asked again where nobody else can answer otherwise any more.
            if has_users(tx.reader()).await? {
                return Err(already_set_up());
            }
            make_or_join_schools(tx, &input, &school_name, &year_title).await?;
            let user = users::Model {
                id: UserId::new(),
                school_id: None,
                username_folded: fold(&username),
                username,
                given_name,
                family_name,
                password_hash: Some(password_hash),
                must_change_password: false,
                staff_id: None,
                student_id: None,
                disabled_at: None,
                created_at: call.now(),
                language: None,
                version: 1,
            };
            tx.insert::<users::Entity>(user.clone()).await?;
            let grant = grants::Model {
                id: GrantId::new(),
                school_id: None,
                district_id: None,
                user_id: user.id,
                role: Role::SuperAdministrator,
                version: 1,
            };
            tx.insert::<grants::Entity>(grant).await?;
            sessions::open(call, tx, user.id).await
        })
        .await?;
    signed_in(call, &session, token).await
}

fn already_set_up() -> Error {
    Error::new(ErrorCode::AlreadySetUp, refusals::common::already_set_up()).help(refusals::accounts::sign_in_instead())
}

/// Makes the school; where an import at set-up made schools already, gives them what the person said instead.
async fn make_or_join_schools(
    tx: &mut Transaction<'_>,
    input: &SetUp,
    school_name: &str,
    year_title: &str,
) -> Result<()> {
    let known = schools::Entity::find().filter(schools::Entity::existing()).all(tx.reader()).await?;
    let (start, end) = (input.year_start, input.year_end);
    for before in &known {
        // Files do not say in which time zone a school lies. Several schools keep the names of the files.
        let name = if known.len() == 1 { school_name.to_owned() } else { before.name.clone() };
        let after = schools::Model { name, time_zone: input.time_zone.clone(), ..before.clone() };
        tx.update::<schools::Entity>(before, after).await?;
        let overlapping = academic_sessions::Entity::find()
            .filter(academic_sessions::Column::SchoolId.eq(before.id))
            .filter(academic_sessions::Column::Kind.eq(AcademicSessionKind::Year))
            .filter(academic_sessions::Entity::existing())
            .filter(academic_sessions::Column::StartDate.lte(end))
            .filter(academic_sessions::Column::EndDate.gte(start))
            .count(tx.reader())
            .await?;
        if overlapping == 0 {
            insert_year(tx, before.id, year_title, start, end, &input.terms).await?;
        }
        change_settings(tx, before.id, |settings| first_settings(settings, input)).await?;
    }
    if !known.is_empty() {
        return Ok(());
    }
    let district =
        districts::Model { id: DistrictId::new(), name: school_name.to_owned(), source_id: None, version: 1 };
    let district = tx.insert::<districts::Entity>(district).await?;
    let school = schools::Model {
        id: SchoolId::new(),
        district_id: district.id,
        name: school_name.to_owned(),
        identifier: None,
        address: None,
        phone: None,
        email: None,
        time_zone: input.time_zone.clone(),
        logo: None,
        source_id: None,
        deleted_at: None,
        version: 1,
    };
    let school = tx.insert::<schools::Entity>(school).await?;
    insert_school_basics(tx, school.id).await?;
    insert_year(tx, school.id, year_title, start, end, &input.terms).await?;
    change_settings(tx, school.id, |settings| first_settings(settings, input)).await
}

/// What the first run asks; what is not said stays as it is.
fn first_settings(settings: &mut Settings, input: &SetUp) {
    settings.day_order = input.day_order.unwrap_or(settings.day_order);
    settings.name_order = input.name_order.unwrap_or(settings.name_order);
}
