//! What was deleted of faces stays deleted: in the copies that Homeroom makes, and where an older copy of the database is put
//! back. For that a file beside the database remembers the deleted rows by their identifiers alone.

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entities::{evidence_frames, face_photographs, face_templates};
use store::ids::SchoolId;
use store::{Change, ChangeKind, Transaction};
use uuid::Uuid;

use super::vault::Gone;
use crate::{Context, Operation, Result, blocking};

/// Beside the database; a line for each row.
const FILE: &str = "erased-faces.txt";
/// A larger file is none of ours, in bytes: a million rows fit.
const LARGEST_FILE: u64 = 64 << 20;
/// Identifiers that one statement asks for.
const ROWS_AT_ONCE: usize = 500;

/// Remembers what a transaction deleted. It comes after the commit, so a failure is told and no more.
pub async fn remember_erased(context: &Context, operation: &Operation, changes: &[Change]) {
    // Evidence whose days are over goes again by itself.
    let over = *operation == *super::operations::purge_faces;
    let table =
        |name: &str| ["face_templates", "face_photographs"].contains(&name) || (name == "evidence_frames" && !over);
    let gone = changes.iter().filter(|change| change.kind == ChangeKind::Delete && table(change.table));
    let lines: String = gone.map(|change| format!("{}\n", change.row)).collect();
    if lines.is_empty() {
        return;
    }
    let file = context.services.folders.data.join(FILE);
    let written = blocking(move || Ok(append(&file, &lines))).await;
    if !matches!(written, Ok(Ok(()))) {
        tracing::warn!("what was deleted could not be remembered beside the database");
    }
}

fn append(file: &Path, lines: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(lines.as_bytes())?;
    file.sync_data()
}

/// The rows that were deleted for good. A line that a full disk cut off is passed over.
pub(super) async fn erased(context: &Context) -> HashSet<Uuid> {
    let file: PathBuf = context.services.folders.data.join(FILE);
    match blocking(move || Ok(files::read(&file, LARGEST_FILE))).await {
        Ok(Ok(bytes)) => String::from_utf8_lossy(&bytes).lines().filter_map(|line| line.parse().ok()).collect(),
        Ok(Err(error)) if error.kind() == io::ErrorKind::NotFound => HashSet::new(),
        _ => {
            tracing::warn!("what was deleted is not remembered: its file cannot be read");
            HashSet::new()
        }
    }
}

/// Deletes what came back with an older copy of the database.
pub(super) async fn delete_again(tx: &mut Transaction<'_>, school: SchoolId, erased: &HashSet<Uuid>) -> Result<Gone> {
    macro_rules! again {
        ($module:ident) => {{
            use sea_orm::QuerySelect;
            let there: Vec<Uuid> = $module::Entity::find()
                .select_only()
                .column($module::Column::Id)
                .filter($module::Column::SchoolId.eq(school))
                .into_tuple()
                .all(tx.reader())
                .await?;
            let back: Vec<Uuid> = there.into_iter().filter(|id| erased.contains(id)).collect();
            for some in back.chunks(ROWS_AT_ONCE) {
                let found = $module::Entity::find().filter($module::Column::Id.is_in(some.iter().copied()));
                let rows = found.all(tx.reader()).await?;
                tx.delete_many::<$module::Entity>(&rows).await?;
            }
            back.len() as u32
        }};
    }
    if erased.is_empty() {
        return Ok(Gone::default());
    }
    Ok(Gone {
        templates: again!(face_templates),
        photographs: again!(face_photographs),
        evidence: again!(evidence_frames),
    })
}
