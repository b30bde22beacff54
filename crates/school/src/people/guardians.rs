//! The guardians of a student: who they are, where they are reached, and what of the child is theirs.

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{Contact, Contacts, PostalAddress, guardians, guardianships, students};
use store::ids::{GuardianId, GuardianshipId, SchoolId, StudentId};
use words::{Language, refusals};

use super::bulk::{insert_guardians, update_guardian};
use super::contact::{address_after, checked_address, checked_contacts, contacts_after};
use super::student::{SavedStudent, details};
use crate::error::{Invalid, without_apostrophe};
use crate::{Call, Context, Error, Result, Save};

/// A guardian of a student.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuardianRow {
    pub id: GuardianId,
    pub given_name: String,
    pub family_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Where letters go, for whoever works at the school.
    pub address: Option<PostalAddress>,
    /// Further ways to reach the guardian, in the order in which they are tried, for whoever works at the school.
    pub contacts: Vec<Contact>,
    /// What the guardian is to the student, as `mother`.
    pub relationship: String,
    /// Whom the school calls first.
    pub is_primary: bool,
    /// Whether the child may be handed over to the guardian.
    pub may_collect: bool,
    /// Whether the school writes to the guardian about the child.
    pub gets_letters: bool,
    /// The guardian must not reach the child, nor be told anything about it.
    pub no_access: bool,
    /// In which language the school writes to the guardian; none where it is not known.
    pub language: Option<String>,
    pub version: i32,
    /// The version of what the guardian is to the student.
    pub guardianship_version: i32,
}

/// A guardian in [`super::SaveStudent`] and [`SaveGuardianOf`]: new without an identifier; a brother's or sister's guardian
/// is linked by theirs. Address, further contacts and the three words about the child stay as they are where they are left
/// out; a new guardian may collect the child and gets letters.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveGuardian {
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<GuardianId>,
    pub given_name: String,
    pub family_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<PostalAddress>,
    pub contacts: Option<Vec<Contact>>,
    pub relationship: String,
    pub is_primary: bool,
    pub may_collect: Option<bool>,
    pub gets_letters: Option<bool>,
    /// Ends the other two.
    pub no_access: Option<bool>,
    /// In which language the school writes to the guardian: one of the catalogue's.
    pub language: Option<String>,
    /// The version of what the guardian is to the student that the person saw.
    pub guardianship_version: Option<i32>,
}

/// Input of [`save_guardian`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveGuardianOf {
    pub student: StudentId,
    #[serde(flatten)]
    #[ts(flatten)]
    pub guardian: SaveGuardian,
}

#[derive(FromQueryResult)]
struct GuardianFound {
    id: GuardianId,
    given_name: String,
    family_name: String,
    email: Option<String>,
    phone: Option<String>,
    address: Option<PostalAddress>,
    contacts: Option<Contacts>,
    relationship: String,
    is_primary: bool,
    may_collect: bool,
    gets_letters: bool,
    no_access: bool,
    language: Option<String>,
    version: i32,
    guardianship_version: i32,
}

/// The guardians of a student, whom to call first before the others and who has no access last. A student is not told where
/// a guardian lives: it may be kept from the other one, at whose computer they sit.
pub(super) async fn guardians_of(
    context: &Context,
    student: &students::Model,
    of_own: bool,
) -> Result<Vec<GuardianRow>> {
    let sql = "SELECT g.id, g.given_name, g.family_name, g.email, g.phone, g.address, g.contacts, o.relationship, \
        o.is_primary, o.may_collect, o.gets_letters, o.no_access, g.language, g.version, \
        o.version AS guardianship_version \
        FROM guardianships o JOIN guardians g ON g.id = o.guardian_id \
        WHERE o.school_id = $1 AND o.student_id = $2 AND g.deleted_at IS NULL \
        ORDER BY o.no_access, o.is_primary DESC, g.family_name, g.given_name";
    let statement = context.store().statement(sql, [student.school_id.into(), student.id.into()]);
    let found = GuardianFound::find_by_statement(statement).all(context.store().reader()).await?;
    Ok(found
        .into_iter()
        .map(|row| GuardianRow {
            id: row.id,
            given_name: row.given_name,
            family_name: row.family_name,
            email: row.email,
            phone: row.phone,
            address: row.address.filter(|_| !of_own),
            contacts: row.contacts.filter(|_| !of_own).map_or_else(Vec::new, |contacts| contacts.0),
            relationship: row.relationship,
            is_primary: row.is_primary,
            may_collect: row.may_collect,
            gets_letters: row.gets_letters,
            no_access: row.no_access,
            language: row.language,
            version: row.version,
            guardianship_version: row.guardianship_version,
        })
        .collect())
}

/// Makes or changes one guardian of a student.
pub(super) async fn save_guardian(call: &Call, input: SaveGuardianOf) -> Result<SavedStudent> {
    let access = call.access();
    let student = access.student(call.store().reader(), input.student).await?;
    access.whole_school(student.school_id)?;
    let mut invalid = Invalid::default();
    check_guardian(&mut invalid, &input.guardian);
    invalid.check()?;
    let (student, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(student.school_id).await?;
            let student = access.student(tx.reader(), student.id).await?;
            let held = held_by(tx, &student).await?;
            let one = tie(tx, &student, &held, &input.guardian).await?;
            if input.guardian.is_primary {
                for other in held.iter().filter(|other| other.guardian_id != one && other.is_primary) {
                    let after = guardianships::Model { is_primary: false, ..other.clone() };
                    tx.update::<guardianships::Entity>(other, after).await?;
                }
            }
            Ok(student)
        })
        .await?;
    Ok(SavedStudent { student: details(call, student).await?, undo })
}

/// What is wrong with a guardian that is to be saved.
pub(super) fn check_guardian(invalid: &mut Invalid, guardian: &SaveGuardian) {
    invalid.text("givenName", &guardian.given_name, 200);
    invalid.text("familyName", &guardian.family_name, 200);
    invalid.email("email", guardian.email.as_deref());
    invalid.phone("phone", guardian.phone.as_deref());
    invalid.text("relationship", &guardian.relationship, 50);
    if let Some(address) = &guardian.address {
        checked_address(invalid, address);
    }
    if let Some(contacts) = &guardian.contacts {
        checked_contacts(invalid, contacts);
    }
    if guardian.language.as_deref().is_some_and(|tag| Language::find(tag).is_none()) {
        invalid.push("language", "unknown", refusals::common::unknown_language());
    }
    if guardian.no_access == Some(true) {
        for (field, said) in [("mayCollect", guardian.may_collect), ("getsLetters", guardian.gets_letters)] {
            if said == Some(true) {
                invalid.push(field, "no_access", refusals::people::has_no_access());
            }
        }
    }
}

async fn held_by(tx: &Transaction<'_>, student: &students::Model) -> Result<Vec<guardianships::Model>> {
    Ok(guardianships::Entity::find()
        .filter(guardianships::Column::SchoolId.eq(student.school_id))
        .filter(guardianships::Column::StudentId.eq(student.id))
        .all(tx.reader())
        .await?)
}

/// Makes these the guardians of the student, and nobody else.
pub(super) async fn save_guardians(
    context: &Context,
    tx: &mut Transaction<'_>,
    student: &students::Model,
    list: &[SaveGuardian],
) -> Result<()> {
    let held = held_by(tx, student).await?;
    for gone in held.iter().filter(|held| !list.iter().any(|kept| kept.save.id() == Some(held.guardian_id))) {
        tx.delete::<guardianships::Entity>(gone).await?;
        delete_guardian_without_students(context, tx, gone.guardian_id).await?;
    }
    for input in list {
        tie(tx, student, &held, input).await?;
    }
    Ok(())
}

/// Saves a guardian and what they are to the student.
async fn tie(
    tx: &mut Transaction<'_>,
    student: &students::Model,
    held: &[guardianships::Model],
    input: &SaveGuardian,
) -> Result<GuardianId> {
    let guardian = save_row(tx, student.school_id, input).await?;
    let before = held.iter().find(|held| held.guardian_id == guardian);
    let no_access = input.no_access.unwrap_or(before.is_some_and(|before| before.no_access));
    let or_before =
        |said: Option<bool>, of: fn(&guardianships::Model) -> bool| !no_access && said.unwrap_or(before.is_none_or(of));
    let after = guardianships::Model {
        id: before.map_or_else(GuardianshipId::new, |before| before.id),
        school_id: student.school_id,
        student_id: student.id,
        guardian_id: guardian,
        relationship: input.relationship.trim().to_owned(),
        is_primary: input.is_primary,
        may_collect: or_before(input.may_collect, |before| before.may_collect),
        gets_letters: or_before(input.gets_letters, |before| before.gets_letters),
        no_access,
        version: 1,
    };
    match before {
        Some(before) => {
            let seen = input.guardianship_version.unwrap_or(before.version);
            let before = guardianships::Model { version: seen, ..before.clone() };
            tx.update::<guardianships::Entity>(&before, after).await?;
        }
        None => {
            tx.insert::<guardianships::Entity>(after).await?;
        }
    }
    Ok(guardian)
}

async fn save_row(tx: &mut Transaction<'_>, school: SchoolId, input: &SaveGuardian) -> Result<GuardianId> {
    let trimmed =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let before = match input.save.id() {
        Some(id) => {
            let found = guardians::Entity::find_by_id(id).filter(guardians::Column::SchoolId.eq(school));
            let found = found.one(tx.reader()).await?;
            Some(found.ok_or_else(|| Error::not_found(refusals::gone::guardian()))?)
        }
        None => None,
    };
    let mut checked = Invalid::default();
    let known = before.as_ref();
    let row = guardians::Model {
        id: known.map_or_else(GuardianId::new, |before| before.id),
        school_id: school,
        given_name: input.given_name.trim().to_owned(),
        family_name: input.family_name.trim().to_owned(),
        email: trimmed(&input.email),
        phone: trimmed(&input.phone.as_deref().map(|phone| without_apostrophe(phone).to_owned())),
        address: address_after(&mut checked, input.address.as_ref(), known.and_then(|before| before.address.as_ref())),
        contacts: contacts_after(
            &mut checked,
            input.contacts.as_deref(),
            known.and_then(|before| before.contacts.as_ref()),
        ),
        source_id: known.and_then(|before| before.source_id.clone()),
        sort_name: String::new(),
        sort_given: String::new(),
        deleted_at: None,
        language: input.language.as_deref().and_then(Language::find).map(|language| language.code().to_owned()),
        version: 1,
    };
    checked.check()?;
    match before {
        None => {
            let id = row.id;
            insert_guardians(tx, school, vec![row]).await?;
            Ok(id)
        }
        Some(before) => {
            let before = guardians::Model { version: input.save.seen().unwrap_or(before.version), ..before };
            Ok(update_guardian(tx, &before, row).await?.id)
        }
    }
}

async fn delete_guardian_without_students(
    context: &Context,
    tx: &mut Transaction<'_>,
    guardian: GuardianId,
) -> Result<()> {
    let others =
        guardianships::Entity::find().filter(guardianships::Column::GuardianId.eq(guardian)).count(tx.reader()).await?;
    if others > 0 {
        return Ok(());
    }
    let Some(before) = guardians::Entity::find_by_id(guardian).one(tx.reader()).await? else { return Ok(()) };
    let after = guardians::Model { deleted_at: Some(context.now()), ..before.clone() };
    update_guardian(tx, &before, after).await?;
    Ok(())
}
