//! Rows as the audit trail needs them: as they are, or as they were when they were deleted; and what people call them.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value as Json;
use store::ChangeKind;
use store::entities::audit_changes;
use uuid::Uuid;

use super::tables::id;
use crate::people::full_name;
use crate::{Context, Result};

/// Rows by table and identifier, each read once.
pub(super) struct Rows<'c> {
    context: &'c Context,
    read: HashMap<(String, Uuid), Option<Json>>,
}

impl<'c> Rows<'c> {
    pub fn new(context: &'c Context) -> Self {
        Self { context, read: HashMap::new() }
    }

    pub fn db(&self) -> &'c DatabaseConnection {
        self.context.store().reader()
    }

    /// The row, deleted or not; none where it never was.
    pub async fn get(&mut self, table: &str, id: Uuid) -> Result<Option<Json>> {
        let key = (table.to_owned(), id);
        if let Some(known) = self.read.get(&key) {
            return Ok(known.clone());
        }
        let row = match store::read_rows(self.db(), table, &[id]).await?.remove(&id) {
            Some(row) => Some(row),
            None => self.deleted(table, id).await?,
        };
        self.read.insert(key, row.clone());
        Ok(row)
    }

    async fn deleted(&self, table: &str, id: Uuid) -> Result<Option<Json>> {
        let change = audit_changes::Entity::find()
            .filter(audit_changes::Column::RowId.eq(id))
            .filter(audit_changes::Column::TableName.eq(table))
            .filter(audit_changes::Column::Kind.eq(ChangeKind::Delete))
            .order_by_desc(audit_changes::Column::Id)
            .one(self.db())
            .await?;
        Ok(change.and_then(|change| change.before))
    }

    /// What people call the row: a person's full name, a title; none where it has no name of its own.
    pub async fn name(&mut self, table: &str, id: Uuid) -> Result<Option<String>> {
        let Some(row) = self.get(table, id).await? else { return Ok(None) };
        Ok(match table {
            "students" | "guardians" | "staff" | "users" => {
                Some(full_name(text(&row, "given_name"), text(&row, "family_name")))
            }
            "courses" => {
                let subject = self.named_by(&row, "subject_id", "subjects").await?.unwrap_or_default();
                let class = self.named_by(&row, "class_id", "classes").await?.unwrap_or_default();
                Some(format!("{subject} {class}").trim().to_owned())
            }
            "guardianships" => self.named_by(&row, "guardian_id", "guardians").await?,
            "merges" if !row["guardian_id"].is_null() => self.named_by(&row, "into_guardian_id", "guardians").await?,
            "merges" => self.named_by(&row, "into_student_id", "students").await?,
            "portraits" if row["staff_id"].is_string() => self.named_by(&row, "staff_id", "staff").await?,
            "field_values" => self.owner_of(&row).await?,
            "teachings" => self.named_by(&row, "staff_id", "staff").await?,
            "grants" => self.named_by(&row, "user_id", "users").await?,
            "districts" | "schools" => Some(text(&row, "name").to_owned()),
            "grade_places" => Some(text(&row, "grade_level").to_owned()),
            "registers" | "settings" => None,
            _ if row.get("student_id").is_some() => self.named_by(&row, "student_id", "students").await?,
            _ => Some(text(&row, "title").to_owned()).filter(|title| !title.is_empty()),
        })
    }

    /// Where the row belongs, as people say it: a class, a course, an assessment of a course.
    pub async fn place(&mut self, table: &str, id: Uuid) -> Result<Option<String>> {
        let Some(row) = self.get(table, id).await? else { return Ok(None) };
        match table {
            "enrolments" | "registers" | "attendance_marks" | "face_rejections" => {
                self.named_by(&row, "class_id", "classes").await
            }
            "marks" => {
                let assessment = id_in(&row, "assessment_id");
                let Some(assessment) = assessment else { return Ok(None) };
                let title = self.name("assessments", assessment).await?.unwrap_or_default();
                let course = Box::pin(self.place("assessments", assessment)).await?.unwrap_or_default();
                Ok(Some(format!("{title}, {course}")))
            }
            "assessments" | "categories" | "teachings" | "report_comments" | "exemptions" => {
                self.named_by(&row, "course_id", "courses").await
            }
            "guardianships" => self.named_by(&row, "student_id", "students").await,
            "field_values" => self.named_by(&row, "field_id", "custom_fields").await,
            _ => Ok(None),
        }
    }

    /// Whose value a row is.
    async fn owner_of(&mut self, row: &Json) -> Result<Option<String>> {
        let owners =
            [("student_id", "students"), ("guardian_id", "guardians"), ("staff_id", "staff"), ("class_id", "classes")];
        match owners.into_iter().find(|(field, _)| row[field].is_string()) {
            Some((field, table)) => self.named_by(row, field, table).await,
            None => Ok(None),
        }
    }

    /// What people call the row that this field names.
    pub async fn named_by(&mut self, row: &Json, field: &str, table: &str) -> Result<Option<String>> {
        match id_in(row, field) {
            Some(id) => Box::pin(self.name(table, id)).await,
            None => Ok(None),
        }
    }
}

fn id_in(row: &Json, field: &str) -> Option<Uuid> {
    id(row, field).ok()
}

pub(super) fn text<'r>(row: &'r Json, field: &str) -> &'r str {
    row.get(field).and_then(Json::as_str).unwrap_or_default()
}
