//! Whom a face is compared with: the templates of a class's students, or of a whole school.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entities::{face_templates, students};
use store::ids::{SchoolId, StudentId};
use vision::{Gallery, Template};

use super::engine::{Engine, blocking, vision_error};
use super::vault::Vault;
use crate::{Context, Result};

/// Who a face may be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known {
    pub number: String,
    pub name: String,
}

/// Templates in the open with the names that go with them; in memory only.
pub(crate) struct ClassGallery {
    pub templates: Gallery<StudentId>,
    pub people: HashMap<StudentId, Known>,
}

/// Opens the templates of these students, or of all students of the school. Those of a former model are left out.
pub(crate) async fn load_gallery(
    context: &Context,
    engine: &Engine,
    school: SchoolId,
    of: Option<Vec<students::Model>>,
) -> Result<ClassGallery> {
    let db = context.store().reader();
    let mut query = face_templates::Entity::find()
        .filter(face_templates::Column::SchoolId.eq(school))
        .filter(face_templates::Column::ModelVersion.eq(engine.models.template_version()));
    if let Some(students) = &of {
        query = query.filter(face_templates::Column::StudentId.is_in(students.iter().map(|student| student.id)));
    }
    let rows = query.all(db).await?;
    let students = match of {
        Some(students) => students,
        None => {
            let enrolled = rows.iter().map(|row| row.student_id);
            students::Entity::find()
                .filter(students::Column::SchoolId.eq(school))
                .filter(students::Column::Id.is_in(enrolled))
                .filter(students::Column::DeletedAt.is_null())
                .all(db)
                .await?
        }
    };
    let people: HashMap<StudentId, Known> = students.into_iter().map(|student| (student.id, known(student))).collect();
    let dimension = engine.dimension();
    let Some(vault) = Vault::open(context, school).await? else {
        return Ok(ClassGallery { templates: Gallery::new(dimension), people });
    };
    blocking(move || {
        let mut of_students: HashMap<StudentId, Vec<Template>> = HashMap::new();
        for row in rows.iter().filter(|row| people.contains_key(&row.student_id)) {
            of_students.entry(row.student_id).or_default().push(vault.unseal(row, dimension)?);
        }
        let mut templates = Gallery::new(dimension);
        for (student, own) in &of_students {
            templates.add(*student, own).map_err(vision_error)?;
        }
        Ok(ClassGallery { templates, people })
    })
    .await
}

/// A student's number and name.
pub(super) fn known(student: students::Model) -> Known {
    let name = format!("{} {}", student.given_name, student.family_name).trim().to_owned();
    Known { number: student.number, name }
}
