//! The report cards of many classes as a job: one PDF a class, several in one zip, kept for whoever asked.

use std::collections::HashSet;
use std::io::{Cursor, Write};
use std::sync::Arc;

use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, classes};
use store::ids::{AcademicSessionId, ClassId, SchoolId};
use uuid::Uuid;
use words::refusals;

use super::{MakeReportCards, ReportKind};
use crate::context::Artifact;
use crate::gradebook::load_term;
use crate::schools::safe_name;
use crate::{Call, Context, Error, ErrorCode, Result, blocking};
use jobs::files::{self, FileKind, NewFile};
use jobs::{Enqueued, Kind, Load, Wish, is_transient, put_in_now};

/// So many classes in one batch.
const MOST: usize = 500;

/// Input of [`enqueue_report_cards`](super::enqueue_report_cards).
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct EnqueueReportCards {
    pub term: AcademicSessionId,
    /// Classes of one school, in the order in which they are made.
    pub classes: Vec<ClassId>,
    pub kind: Option<ReportKind>,
}

/// What a batch of report cards came to.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CardsOfClasses {
    pub artifact: Uuid,
    pub file_name: String,
    pub pages: u32,
    pub students: u32,
    /// Each class, in the order that was asked for.
    pub classes: Vec<CardsOfClass>,
}

/// What came of one class.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CardsOfClass {
    pub class: ClassId,
    /// The file in the zip; none where no card could be made.
    pub file_name: Option<String>,
    pub students: u32,
    /// Students whose card has something wrong, or was left out.
    pub problems: u32,
    pub error: Option<Error>,
}

/// Puts the cards of these classes in, for who may make each of them.
pub(super) async fn enqueue_report_cards(call: &Call, input: EnqueueReportCards) -> Result<Enqueued> {
    let school = school_of(call, &input).await?;
    let wish = Wish { school: Some(school), home: Some(files::home(&call.services)?), ..Wish::default() };
    put_in_now(call, &report_cards_kind(), serde_json::to_value(&input)?, wish, &[]).await
}

async fn school_of(call: &Call, input: &EnqueueReportCards) -> Result<SchoolId> {
    if input.classes.len() > MOST {
        return Err(Error::field("classes", "too_many", refusals::reports::most_classes(MOST)));
    }
    let db = call.store().reader();
    let mut school = None;
    for class in &input.classes {
        let class = call.access().class(db, *class).await?;
        if *school.get_or_insert(class.school_id) != class.school_id {
            return Err(Error::field("classes", "other_school", refusals::reports::one_school()));
        }
    }
    let school = school.ok_or_else(|| Error::field("classes", "required", refusals::reports::choose_class()))?;
    load_term(db, school, input.term).await?;
    Ok(school)
}

/// Report cards change nothing: made again they are the same. What is kept of them and the job's end are one transaction.
pub fn report_cards_kind() -> Kind {
    Kind {
        name: "report_cards",
        load: Load::Heavy,
        ends_with_its_write: false,
        attempts: 5,
        work: |context, input| {
            Box::pin(async move {
                make(&context, serde_json::from_value(input)?).await?;
                Ok(None)
            })
        },
    }
}

async fn make(context: &Context, input: EnqueueReportCards) -> Result<()> {
    let mut batch = Batch::default();
    let part = Context { job: context.job.part(), ..context.clone() };
    for (place, class) in input.classes.iter().enumerate() {
        context.job.progress(place, input.classes.len())?;
        batch.add(&part, *class, &input).await?;
    }
    let call = Call::open(context, &super::operations::enqueue_report_cards)?;
    let school = school_of(&call, &input).await?;
    let term = load_term(context.store().reader(), school, input.term).await?;
    let Batch { files: made, mut outcome } = batch;
    if made.is_empty() {
        let first = outcome.classes.into_iter().find_map(|class| class.error);
        return Err(first.unwrap_or_else(|| Error::internal("No report card was made.")));
    }
    let (name, media_type, bytes) = packed(made, safe_name(&["report-cards", &term.title], "zip")).await?;
    let file = NewFile { school, kind: FileKind::Document, name: name.clone(), media_type, bytes };
    let kept = files::lay_down(context, file).await?;
    outcome.artifact = kept.id.0;
    outcome.file_name = name;
    let tx = context.store().begin().await?;
    files::note(&tx, std::slice::from_ref(&kept), context.job.id()).await?;
    context.job.end_with(&tx, serde_json::to_value(&outcome)?, context.now()).await?;
    tx.commit().await?;
    context.job.after_commit();
    Ok(())
}

/// What is made so far.
struct Batch {
    files: Vec<(String, Arc<Vec<u8>>)>,
    outcome: CardsOfClasses,
}

impl Default for Batch {
    fn default() -> Self {
        let outcome = CardsOfClasses {
            artifact: Uuid::nil(),
            file_name: String::new(),
            pages: 0,
            students: 0,
            classes: Vec::new(),
        };
        Self { files: Vec::new(), outcome }
    }
}

impl Batch {
    /// Makes the cards of one class. What is wrong with it keeps no other waiting.
    async fn add(&mut self, context: &Context, class: ClassId, input: &EnqueueReportCards) -> Result<()> {
        let of_class = MakeReportCards { class, term: input.term, students: None, kind: input.kind };
        let nothing = CardsOfClass { class, file_name: None, students: 0, problems: 0, error: None };
        let made = match super::make_report_cards(context, of_class).await {
            Ok(made) => made,
            Err(error) if error.code == ErrorCode::Cancelled || is_transient(error.code) => return Err(error),
            Err(error) => {
                // The cards of a group's students are printed by their homerooms.
                if error.code == ErrorCode::Invalid && is_group(context, class).await? {
                    return Ok(());
                }
                self.outcome.classes.push(CardsOfClass { error: Some(error), ..nothing });
                return Ok(());
            }
        };
        let Artifact { bytes, .. } = context.services.take_artifact(made.artifact, context.actor()?.user)?;
        self.outcome.pages += made.pages;
        self.outcome.students += made.students;
        let name = self.free_name(&made.file_name);
        self.outcome.classes.push(CardsOfClass {
            file_name: Some(name.clone()),
            students: made.students,
            problems: u32::try_from(made.problems.len()).unwrap_or(u32::MAX),
            ..nothing
        });
        self.files.push((name, bytes));
        Ok(())
    }

    /// The file's name, with a number where two classes are called the same.
    fn free_name(&self, name: &str) -> String {
        let taken: HashSet<&str> = self.files.iter().map(|(name, _)| name.as_str()).collect();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "pdf"));
        let numbered = |number: usize| format!("{stem} ({number}).{ending}");
        let names = std::iter::once(name.to_owned()).chain((2..=taken.len() + 2).map(numbered));
        names.into_iter().find(|name| !taken.contains(name.as_str())).unwrap_or_else(|| name.to_owned())
    }
}

async fn is_group(context: &Context, class: ClassId) -> Result<bool> {
    let class = classes::Entity::find_by_id(class).one(context.store().reader()).await?;
    Ok(class.is_some_and(|class| class.kind == ClassKind::Group))
}

/// One PDF as it is; several in a zip.
async fn packed(
    mut files: Vec<(String, Arc<Vec<u8>>)>,
    zip_name: String,
) -> Result<(String, &'static str, Arc<Vec<u8>>)> {
    if let [_] = files.as_slice()
        && let Some((name, bytes)) = files.pop()
    {
        return Ok((name, "application/pdf", bytes));
    }
    let broken = |_| Error::internal("The report cards could not be packed.");
    let zip = blocking(move || zipped(&files).map_err(broken)).await?;
    Ok((zip_name, "application/zip", Arc::new(zip)))
}

/// The PDFs are compressed already.
fn zipped(files: &[(String, Arc<Vec<u8>>)]) -> zip::result::ZipResult<Vec<u8>> {
    use zip::write::SimpleFileOptions;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let as_they_are = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), as_they_are)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
