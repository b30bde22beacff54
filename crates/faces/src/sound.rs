//! Whether everything that is sealed opens: looked at by `homeroom doctor`, row by row, so that a damaged one is named.

use std::sync::Arc;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entities::{data_keys, evidence_frames, face_photographs, face_templates, students};
use store::ids::StudentId;

use super::keys::master_key;
use super::vault::{Vault, keys};
use crate::{Context, Device, Result, Services};

/// What is sealed, and what of it does not open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SealedFaults {
    /// Sealed templates, photographs and frames of evidence that open.
    pub sound: u32,
    pub damaged: u32,
    /// Whose they are, by number; each once.
    pub students: Vec<String>,
    /// Rows of which there is no key any more.
    pub without_key: u32,
}

/// Opens every sealed row, one after the other, and forgets it at once.
///
/// # Errors
/// Where there is no master key, or the database refuses.
pub async fn sealed_faults(services: &Arc<Services>, device: Device) -> Result<SealedFaults> {
    let context = Context::anonymous(services.clone(), device);
    let db = context.store().reader();
    let rows = data_keys::Entity::find().all(db).await?;
    let mut found = SealedFaults::default();
    let mut whose: Vec<Option<StudentId>> = Vec::new();
    let mut schools = Vec::new();
    if !rows.is_empty() {
        let master = keys(&context, |services| master_key(services, false)).await?;
        for row in rows {
            let vault = Vault::unwrap(&master, &row)?;
            schools.push(row.school_id);
            macro_rules! look {
                ($module:ident, $opens:expr, $student:expr) => {
                    let sealed = $module::Entity::find().filter($module::Column::SchoolId.eq(row.school_id));
                    for row in sealed.all(db).await? {
                        if $opens(&row) {
                            found.sound += 1;
                        } else {
                            found.damaged += 1;
                            whose.push($student(&row));
                        }
                    }
                };
            }
            look!(face_templates, |row| vault.template_bytes(row).is_ok(), |row: &face_templates::Model| Some(
                row.student_id
            ));
            look!(face_photographs, |row| vault.unseal_photograph(row).is_ok(), |row: &face_photographs::Model| Some(
                row.student_id
            ));
            look!(evidence_frames, |row| vault.unseal_evidence(row).is_ok(), |row: &evidence_frames::Model| row
                .student_id);
        }
    }
    let keyless = face_templates::Entity::find().filter(face_templates::Column::SchoolId.is_not_in(schools));
    found.without_key = keyless.all(db).await?.len() as u32;
    let whose: Vec<StudentId> = whose.into_iter().flatten().collect();
    let named = students::Entity::find().filter(students::Column::Id.is_in(whose)).all(db).await?;
    found.students = named.into_iter().map(|student| student.number).collect();
    found.students.sort();
    Ok(found)
}
