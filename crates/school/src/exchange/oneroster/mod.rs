//! A school out as a OneRoster bulk set: its roster and its gradebook, under the identifiers by which they came in, else ours.

mod classes;
mod enrolments;
mod marks;
mod people;
mod sessions;

use std::collections::{BTreeMap, HashSet};

use chrono::{NaiveDate, SecondsFormat};
use exchange::{Format, NoFormer, OneRosterVersion, Org, OrgKind, Place, Roster, Status};
use sea_orm::{EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{SoftDeleted, districts, schools};
use store::ids::SchoolId;
use uuid::Uuid;
use words::Message;
use words::faults::exchange::left_out;
use words::refusals;

use super::book::{Beside, Book};
use super::export::{keep_table, zipped};
use super::import::set_of;
use super::rows::whole_set;
use crate::{Call, Error, Result, blocking};

/// Input of [`export_oneroster`].
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ExportOneRoster {
    pub school: SchoolId,
    pub version: OneRosterVersion,
    /// A whole set of the same version that went out earlier, as an upload: only what changed since goes out, as a delta.
    #[serde(default)]
    pub since: Option<Uuid>,
}

/// One file of a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportedTable {
    pub file: String,
    /// Rows below the header.
    pub rows: u32,
}

/// A set that can be saved or opened.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportedSet {
    /// To fetch, save or open it by: a zip.
    pub artifact: Uuid,
    pub file_name: String,
    pub files: Vec<ExportedTable>,
    /// What the school holds and the set does not, with how much of it there is.
    pub left_out: Vec<Message>,
}

/// The whole school as a OneRoster bulk set, or what changed since an earlier one.
pub(super) async fn export_oneroster(call: &Call, input: ExportOneRoster) -> Result<ExportedSet> {
    call.access().whole_school(input.school)?;
    let db = call.store().reader();
    call.job.progress(0, 4)?;
    let found = schools::Entity::find_by_id(input.school).filter(schools::Entity::existing()).one(db).await?;
    let school = found.ok_or_else(|| Error::not_found(refusals::gone::school()))?;
    let district = districts::Entity::find_by_id(school.district_id).one(db).await?;
    let today = call.today(&school.time_zone);
    let book = Book::load(db, input.school, Beside { graded: true, days: None }).await?;
    call.job.progress(1, 4)?;
    let former = match input.since {
        Some(upload) => Some(set_of(call, &[upload], None).await?),
        None => None,
    };
    let what = if former.is_some() { " changes" } else { "" };
    let name = format!("oneroster {}{what} {today}.zip", input.version.name());
    let at = call.now().to_rfc3339_opts(SecondsFormat::Secs, true);
    let (bytes, files, left_out) = blocking(move || {
        let (roster, left_out) = roster_of(&book, &school, district.as_ref(), input.version, today);
        let files = match former {
            None => exchange::write_oneroster(&roster, input.version),
            Some(former) => exchange::write_changes(&roster, input.version, &former, &at)
                .map_err(|why| not_comparable(why, input))?,
        };
        let rows = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count().saturating_sub(1);
        let tables = files.iter().map(|(file, bytes)| ExportedTable {
            file: file.clone(),
            rows: u32::try_from(rows(bytes)).unwrap_or(u32::MAX),
        });
        let tables = tables.collect::<Vec<_>>();
        Ok((zipped(files)?, tables, left_out))
    })
    .await?;
    call.job.progress(4, 4)?;
    let all = files.iter().map(|table| table.rows as usize).sum();
    let kept = keep_table(call, name, bytes, all)?;
    Ok(ExportedSet { artifact: kept.artifact, file_name: kept.file_name, files, left_out })
}

fn not_comparable(why: NoFormer, input: ExportOneRoster) -> Error {
    let (code, message) = match why {
        NoFormer::OtherVersion => ("other_version", refusals::exchange::former_other_version(input.version.name())),
        NoFormer::NotWhole => ("not_whole", refusals::exchange::former_not_whole()),
        NoFormer::OtherSchool => ("other_school", refusals::exchange::former_other_school()),
    };
    Error::field("since", code, message)
}

/// A school's rows as the set has them, and what is not among them.
fn roster_of(
    book: &Book,
    school: &schools::Model,
    district: Option<&districts::Model>,
    version: OneRosterVersion,
    today: NaiveDate,
) -> (Roster, Vec<Message>) {
    let format = match version {
        OneRosterVersion::V11 => Format::OneRoster11,
        OneRosterVersion::V12 => Format::OneRoster12,
    };
    let mut going = Going {
        book,
        version,
        today,
        time_zone: &school.time_zone,
        school: own_or(school.source_id.as_ref(), school.id),
        roster: Roster::new(format),
        left_out: BTreeMap::new(),
    };
    going.orgs(school, district);
    let years = going.sessions();
    let people = going.people();
    let classes = going.classes(&years);
    going.enrolments(&classes, &people);
    going.gradebook(&classes, &people, &years);
    going.once_each();
    (going.roster, said(&going.left_out))
}

/// What goes out of one school.
struct Going<'b> {
    book: &'b Book,
    version: OneRosterVersion,
    today: NaiveDate,
    time_zone: &'b str,
    /// As the set calls the school.
    school: String,
    roster: Roster,
    left_out: BTreeMap<Left, usize>,
}

/// What a set has no place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Left {
    /// Students who have left: version 1.1 cannot say since when.
    Students,
    /// Academic years in which there is no class.
    Years,
    /// Categories of a gradebook without an assessment.
    Categories,
}

fn said(left_out: &BTreeMap<Left, usize>) -> Vec<Message> {
    let message = |(what, count): (&Left, &usize)| match what {
        Left::Students => left_out::students(*count),
        Left::Years => left_out::years(*count),
        Left::Categories => left_out::categories(*count),
    };
    left_out.iter().filter(|(_, count)| **count > 0).map(message).collect()
}

impl Going<'_> {
    fn orgs(&mut self, school: &schools::Model, district: Option<&districts::Model>) {
        let above = district.map(|district| own_or(district.source_id.as_ref(), district.id));
        if let (Some(district), Some(id)) = (district, &above) {
            self.roster.orgs.push(org(id, &district.name, OrgKind::District, String::new(), None));
        }
        let identifier = school.identifier.clone().unwrap_or_default();
        self.roster.orgs.push(org(&self.school, &school.name, OrgKind::School, identifier, above));
    }

    /// An identifier stands once in a file; where two rows have the same the later one gets a mark of its own.
    fn once_each(&mut self) {
        let roster = &mut self.roster;
        once(roster.courses.iter_mut().map(|row| &mut row.source_id));
        once(roster.classes.iter_mut().map(|row| &mut row.source_id));
        once(roster.roles.iter_mut().map(|row| &mut row.source_id));
        once(roster.enrolments.iter_mut().map(|row| &mut row.source_id));
        once(roster.line_items.iter_mut().map(|row| &mut row.source_id));
        once(roster.results.iter_mut().map(|row| &mut row.source_id));
    }
}

fn once<'r>(ids: impl Iterator<Item = &'r mut String>) {
    let mut seen = HashSet::new();
    for id in ids {
        let mut number = 2;
        let first = id.clone();
        while !seen.insert(id.clone()) {
            *id = fit(format!("{first}~{number}"));
            number += 1;
        }
    }
}

fn org(id: &str, name: &str, kind: OrgKind, identifier: String, parent: Option<String>) -> Org {
    Org {
        source_id: id.to_owned(),
        status: Status::Active,
        name: name.to_owned(),
        kind,
        identifier,
        parent,
        teaches: kind == OrgKind::School,
        at: nowhere(),
    }
}

/// What the other side called it, else our own identifier.
fn own_or(source: Option<&String>, id: impl Into<Uuid>) -> String {
    source.cloned().map_or_else(|| id.into().to_string(), fit)
}

/// The longest identifier of the binding, in characters.
const LONGEST_ID: usize = 255;

/// An identifier within its longest length: the end of one that is longer gives way to a mark of the whole.
fn fit(id: String) -> String {
    if id.chars().count() <= LONGEST_ID {
        return id;
    }
    // FNV-1a: the same mark in every version of the program.
    let hash = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let start: String = id.chars().take(LONGEST_ID - 17).collect();
    format!("{start}~{hash:016x}")
}

/// Days of ours are all among it; the set names the first one that is not.
fn day_after(last: NaiveDate) -> NaiveDate {
    last.succ_opt().unwrap_or(last)
}

/// Rows that go out come from no file.
fn nowhere() -> Place {
    whole_set()
}

/// A required cell; OneRoster has no person without a given or family name, and no title that is blank.
fn required(text: &str) -> String {
    if text.trim().is_empty() { "-".to_owned() } else { text.to_owned() }
}

/// Grade levels as they are listed in one text.
fn grades(text: Option<&String>) -> Vec<String> {
    let all = text.map_or("", String::as_str).split(',').map(str::trim);
    all.filter(|grade| !grade.is_empty()).map(str::to_owned).collect()
}
