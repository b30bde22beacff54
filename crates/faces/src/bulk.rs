//! Enrolling many students at once from photographs named by student number: first a dry run, then for good.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::entities::{SoftDeleted, face_objections, face_templates, students};
use store::ids::{SchoolId, StudentId};
use uuid::Uuid;
use words::{Message, refusals};

use super::allowed::{allowed, need_faces_on};
use super::bulk_source::{Found, Source, by_number, number_of};
use super::engine::{Engine, vision_error};
use super::enrol::{Faults, Good, PHOTOGRAPHS, judge, look_alikes, store_templates};
use super::gallery::{ClassGallery, known, load_gallery};
use super::vault::scrub;
use super::{CheckedStudent, LookAlike, PhotographFault, engine};

use crate::people::NameOrder;
use crate::{Call, Context, Error, ErrorCode, Result, blocking};

/// Input of [`enrol_faces_in_bulk`]: a zip that was handed over. A desk makes one of a folder, or several of a large one.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct EnrolFacesInBulk {
    pub school: SchoolId,
    pub upload: Option<Uuid>,
    /// Photographs beside the zip that could not be read, and why.
    pub unread: Option<Vec<UnreadPhotograph>>,
    /// Photographs that come in another zip: the same picture under two numbers is noticed over all of them.
    pub beside: Option<Vec<PhotographBeside>>,
    /// Whether to enrol; without it everything is looked at and nothing changed.
    pub apply: bool,
}

/// A photograph that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnreadPhotograph {
    pub file: String,
    pub message: Message,
}

/// A photograph that comes elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PhotographBeside {
    pub file: String,
    /// Of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// What came of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkOutcome {
    /// Would be enrolled.
    Ready,
    Enrolled,
    /// No student of the school has this number.
    UnknownNumber,
    NoConsent,
    /// The student's own no stands.
    Objection,
    /// Fewer than three photographs are good.
    PoorPhotographs,
    /// Looks like somebody enrolled, or has the same pictures as another number: a person must look, then enrol the student
    /// alone.
    LookAlike,
    /// Something else went wrong, as told in `message`.
    Failed,
}

/// A photograph that was not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BulkPhotograph {
    /// As in the zip or folder.
    pub file: String,
    pub faults: Vec<PhotographFault>,
}

/// A number and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BulkStudent {
    /// As read from the names of the files.
    pub number: String,
    pub student: Option<CheckedStudent>,
    pub outcome: BulkOutcome,
    /// How many photographs there are, and how many are good.
    pub photographs: u32,
    pub good: u32,
    /// Whether templates from before were, or would be, replaced.
    pub replaces: bool,
    pub refused: Vec<BulkPhotograph>,
    pub look_alikes: Vec<LookAlike>,
    pub message: Option<Message>,
}

/// What came of all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BulkReport {
    pub applied: bool,
    /// By number.
    pub students: Vec<BulkStudent>,
    /// Files that are no photographs by their names.
    pub other_files: u32,
    /// Whether it was stopped before the end; who was enrolled by then stays.
    pub cancelled: bool,
}

/// What is known of the school beforehand.
struct School {
    by_number: HashMap<String, students::Model>,
    allowed: HashSet<StudentId>,
    objected: HashSet<StudentId>,
    enrolled: HashSet<StudentId>,
    keep: bool,
    order: NameOrder,
}

/// Looks at all photographs, and with `apply` enrols each student of whom enough are good. One bad file, or student, does
/// not stop the rest. Cancelled, it ends after the student it is at and reports what it did.
pub(super) async fn enrol_faces_in_bulk(call: &Call, input: EnrolFacesInBulk) -> Result<BulkReport> {
    let access = call.access();
    access.whole_school(input.school)?;
    let school = school(call, input.school).await?;
    let Some(upload) = input.upload else {
        return Err(Error::field("upload", "required", refusals::faces::no_source()));
    };
    let bytes = call.services.upload(upload, call.actor()?.user)?.bytes;
    let (unread, beside) = (input.unread.unwrap_or_default(), input.beside.unwrap_or_default());
    let source = blocking(move || Source::zip(bytes, unread)).await?;
    let engine = engine(call).await?;
    let mut gallery = load_gallery(call, &engine, input.school, None).await?;
    let (mut source, (found, other_files)) = blocking(move || {
        let mut source = source;
        let listed = source.list()?;
        Ok((source, listed))
    })
    .await?;
    let numbers = by_number(found, &school.by_number);
    let total = numbers.len();
    let beside =
        beside.into_iter().map(|photograph| (number_of(&photograph.file, &school.by_number), photograph.sha256));
    let (back, same) = same_pictures(call, source, &numbers, beside.collect()).await?;
    source = back;
    let mut report = BulkReport { applied: input.apply, students: Vec::new(), other_files, cancelled: false };
    for (done, (number, photographs)) in numbers.into_iter().enumerate() {
        if let Err(stopped) = call.job.progress(done, total) {
            if stopped.code != ErrorCode::Cancelled {
                return Err(stopped);
            }
            report.cancelled = true;
            break;
        }
        let (back, files) = read(source, &photographs).await?;
        source = back;
        let one = One { call, engine: &engine, school: &school, same: &same, apply: input.apply };
        match one.student(&mut gallery, number, files).await {
            Ok(student) => report.students.push(student),
            // Whoever was enrolled before stays so, and the report says who.
            Err(_) => {
                report.cancelled = true;
                break;
            }
        }
    }
    if report.students.iter().any(|student| student.outcome == BulkOutcome::Enrolled) {
        call.services.faces_changed(input.school);
        scrub(call).await;
    }
    Ok(report)
}

async fn school(context: &Context, school: SchoolId) -> Result<School> {
    let db = context.store().reader();
    let settings = need_faces_on(db, school).await?;
    let students = students::Entity::find()
        .filter(students::Column::SchoolId.eq(school))
        .filter(students::Entity::existing())
        .all(db)
        .await?;
    let objected = face_objections::Entity::find()
        .select_only()
        .column(face_objections::Column::StudentId)
        .filter(face_objections::Column::SchoolId.eq(school))
        .filter(face_objections::Column::WithdrawnAt.is_null())
        .into_tuple::<StudentId>()
        .all(db)
        .await?;
    Ok(School {
        allowed: allowed(context, db, school, &settings).await?,
        objected: objected.into_iter().collect(),
        enrolled: enrolled(db, school).await?,
        by_number: students.into_iter().map(|student| (student.number.clone(), student)).collect(),
        keep: settings.face_keep_photographs,
        order: settings.name_order,
    })
}

async fn enrolled(db: &impl ConnectionTrait, school: SchoolId) -> Result<HashSet<StudentId>> {
    let rows = face_templates::Entity::find()
        .select_only()
        .column(face_templates::Column::StudentId)
        .distinct()
        .filter(face_templates::Column::SchoolId.eq(school));
    Ok(rows.into_tuple::<StudentId>().all(db).await?.into_iter().collect())
}

/// A photograph's name, and its bytes or why it cannot be read.
type ReadFile = (String, std::result::Result<Arc<Vec<u8>>, Message>);

/// Reads the first photographs of a student; more than five are not needed.
async fn read(mut source: Source, photographs: &[Found]) -> Result<(Source, Vec<ReadFile>)> {
    let photographs = photographs.to_vec();
    blocking(move || {
        let files = photographs
            .iter()
            .enumerate()
            .map(|(n, found)| {
                let bytes = if n < *PHOTOGRAPHS.end() {
                    source.read(found).map(Arc::new)
                } else {
                    Err(refusals::faces::not_needed())
                };
                (found.name.clone(), bytes)
            })
            .collect();
        Ok((source, files))
    })
    .await
}

/// The SHA-256 of bytes, in hexadecimal digits.
pub fn sha256_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The numbers that have the same pictures as each number, as many as an enrolment needs: one of them has photographs of
/// somebody else, and no program can tell which.
type SamePictures = HashMap<String, BTreeSet<String>>;

async fn same_pictures(
    context: &Context,
    mut source: Source,
    numbers: &BTreeMap<String, Vec<Found>>,
    beside: Vec<(String, String)>,
) -> Result<(Source, SamePictures)> {
    let mut of_picture: HashMap<String, BTreeSet<&String>> = HashMap::new();
    for (number, sha256) in &beside {
        of_picture.entry(sha256.clone()).or_default().insert(number);
    }
    for (number, photographs) in numbers {
        // Cancelled: the walk over the students ends before its first.
        if context.job.progress(0, numbers.len()).is_err() {
            break;
        }
        let (back, files) = read(source, photographs).await?;
        source = back;
        for bytes in files.into_iter().filter_map(|(_, bytes)| bytes.ok()) {
            of_picture.entry(sha256_of(&bytes)).or_default().insert(number);
        }
    }
    let mut shared: HashMap<(&String, &String), usize> = HashMap::new();
    for numbers in of_picture.values() {
        for number in numbers {
            for other in numbers.iter().filter(|other| *other != number) {
                *shared.entry((*number, *other)).or_default() += 1;
            }
        }
    }
    let mut same = SamePictures::new();
    for ((number, other), _) in shared.into_iter().filter(|(_, count)| *count >= *PHOTOGRAPHS.start()) {
        same.entry(number.clone()).or_default().insert(other.clone());
    }
    Ok((source, same))
}

/// What is needed to enrol one student of many.
struct One<'a> {
    call: &'a Call,
    engine: &'a Arc<Engine>,
    school: &'a School,
    same: &'a SamePictures,
    apply: bool,
}

impl One<'_> {
    async fn student(&self, gallery: &mut ClassGallery, number: String, files: Vec<ReadFile>) -> Result<BulkStudent> {
        let mut result = BulkStudent {
            student: None,
            outcome: BulkOutcome::UnknownNumber,
            photographs: files.len() as u32,
            good: 0,
            replaces: false,
            refused: Vec::new(),
            look_alikes: Vec::new(),
            message: None,
            number,
        };
        let Some(student) = self.school.by_number.get(&result.number) else { return Ok(result) };
        let shown = known(student.clone(), self.school.order);
        result.student = Some(CheckedStudent { id: student.id, number: shown.number, name: shown.list_name });
        result.replaces = self.school.enrolled.contains(&student.id);
        if self.school.objected.contains(&student.id) {
            result.outcome = BulkOutcome::Objection;
        } else if !self.school.allowed.contains(&student.id) {
            result.outcome = BulkOutcome::NoConsent;
        } else if let Some(others) = self.same.get(&result.number) {
            result.outcome = BulkOutcome::LookAlike;
            result.look_alikes = others.iter().map(|number| self.same_picture(number)).collect();
        } else if let Err(error) = self.enrol(gallery, student, files, &mut result).await {
            if error.code == ErrorCode::Cancelled {
                return Err(error);
            }
            (result.outcome, result.message) = (BulkOutcome::Failed, Some(error.message));
        }
        Ok(result)
    }

    /// Whose number has the same picture; the number alone where it is nobody's.
    fn same_picture(&self, number: &str) -> LookAlike {
        let student = self.school.by_number.get(number);
        let id = student.map_or(StudentId(Uuid::nil()), |student| student.id);
        let name = student.map(|student| known(student.clone(), self.school.order).list_name).unwrap_or_default();
        LookAlike { student: id, number: number.to_owned(), name, score: 1.0 }
    }

    async fn enrol(
        &self,
        gallery: &mut ClassGallery,
        student: &students::Model,
        files: Vec<ReadFile>,
        result: &mut BulkStudent,
    ) -> Result<()> {
        let (mut names, mut photographs) = (Vec::new(), Vec::new());
        for (file, bytes) in files {
            match bytes {
                Ok(bytes) => {
                    names.push(file);
                    photographs.push(bytes);
                }
                Err(message) => {
                    let fault = PhotographFault { code: "not_read".to_owned(), message };
                    result.refused.push(BulkPhotograph { file, faults: vec![fault] });
                }
            }
        }
        let (good, faults) = judge(self.call, self.engine, photographs, self.school.keep, false).await?;
        self.refuse(names, faults, result);
        result.good = good.len() as u32;
        if good.len() < *PHOTOGRAPHS.start() {
            result.outcome = BulkOutcome::PoorPhotographs;
            return Ok(());
        }
        result.look_alikes = look_alikes(self.engine, gallery, student.id, &good)?;
        if !result.look_alikes.is_empty() {
            result.outcome = BulkOutcome::LookAlike;
            return Ok(());
        }
        result.outcome = BulkOutcome::Ready;
        // First, so that nothing can fail once the student is enrolled.
        remember(gallery, student, self.school.order, &good)?;
        if self.apply {
            let compared = gallery.templates.len();
            store_templates(self.call, self.engine, student, &good, compared).await?;
            result.outcome = BulkOutcome::Enrolled;
        }
        Ok(())
    }

    fn refuse(&self, names: Vec<String>, faults: Faults, result: &mut BulkStudent) {
        for (index, faults) in faults {
            if let Some(file) = names.get(index) {
                result.refused.push(BulkPhotograph { file: file.clone(), faults });
            }
        }
        result.refused.sort_by(|a, b| a.file.cmp(&b.file));
    }
}

/// Those who follow are compared with this student too, also in a dry run.
fn remember(gallery: &mut ClassGallery, student: &students::Model, order: NameOrder, good: &[Good]) -> Result<()> {
    let own: Vec<vision::Template> = good.iter().map(|photograph| photograph.template.clone()).collect();
    gallery.templates.add(student.id, &own).map_err(vision_error)?;
    gallery.people.insert(student.id, known(student.clone(), order));
    gallery.enrolled.insert(student.id);
    Ok(())
}
