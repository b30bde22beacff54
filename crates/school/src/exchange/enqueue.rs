//! A large import as a job: the files are laid down beside the database, and the import goes on without its screen.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use store::ids::AuditEntryId;
use words::refusals;

use super::import::makes_accounts;
use super::{ImportCounts, ImportInput, ImportReport};
use crate::context::Upload;
use crate::{Call, Context, Error, Result};
use jobs::files::{self, FileKind, NewFile};
use jobs::{Enqueued, Kind, Load, Wish, put_in_now};

/// What an import came to that went on as a job. What it changed stands in the history.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportOutcome {
    pub applied: bool,
    /// Refused rows that were not accepted stood in the way: nothing was imported.
    pub held_back: bool,
    pub added: ImportCounts,
    pub changed: ImportCounts,
    pub skipped: ImportCounts,
    pub deleted: ImportCounts,
    /// Rows that were left out.
    pub refused: u32,
    pub undo: Option<AuditEntryId>,
}

impl From<ImportReport> for ImportOutcome {
    fn from(report: ImportReport) -> Self {
        Self {
            applied: report.applied,
            held_back: report.held_back,
            added: report.added,
            changed: report.changed,
            skipped: report.skipped,
            deleted: report.deleted,
            refused: u32::try_from(report.refused.len()).unwrap_or(u32::MAX),
            undo: report.undo,
        }
    }
}

/// Lays the files down and puts the import in.
pub(super) async fn enqueue_import(call: &Call, input: ImportInput) -> Result<Enqueued> {
    call.access().whole_school(input.school)?;
    let owner = call.actor()?.user;
    if makes_accounts(call, &input).await? {
        return Err(Error::field("uploads", "accounts", refusals::exchange::accounts_now()));
    }
    let mut kept = Vec::new();
    for id in &input.uploads {
        let Upload { file_name, bytes, .. } = call.services.upload(*id, owner)?;
        let media_type = "application/octet-stream";
        let file = NewFile { school: input.school, kind: FileKind::Upload, name: file_name, media_type, bytes };
        kept.push(files::lay_down(call, file).await?);
    }
    let school = input.school;
    let input = ImportInput { uploads: kept.iter().map(|file| file.id.0).collect(), ..input };
    let wish = Wish { school: Some(school), home: Some(files::home(&call.services)?), ..Wish::default() };
    let enqueued = put_in_now(call, &import_kind(), serde_json::to_value(&input)?, wish, &kept).await;
    if enqueued.is_err() {
        files::discard(&call.services, &kept).await?;
    }
    enqueued
}

/// An import: its one transaction also ends it, so that it is done once.
pub fn import_kind() -> Kind {
    Kind {
        name: "import",
        load: Load::Heavy,
        ends_with_its_write: true,
        attempts: 5,
        work: |context, input| {
            Box::pin(async move {
                let outcome = import(&context, serde_json::from_value(input)?).await?;
                Ok(Some(serde_json::to_value(outcome)?))
            })
        },
    }
}

async fn import(context: &Context, input: ImportInput) -> Result<ImportOutcome> {
    let owner = context.actor()?.user;
    let mut kept = Vec::new();
    let mut uploads = Vec::new();
    for id in &input.uploads {
        let (row, bytes) = files::open(&context.services, *id, owner).await?;
        let upload = Upload { file_name: row.name.clone(), bytes: Arc::new(bytes), owner: Some(owner) };
        uploads.push(context.services.keep_upload(upload));
        kept.push(row);
    }
    let imported = super::import_apply(context, ImportInput { uploads: uploads.clone(), ..input }).await;
    for upload in uploads {
        context.services.forget_upload(upload);
    }
    let outcome = imported?.into();
    files::discard(&context.services, &kept).await?;
    Ok(outcome)
}
