//! Whom a face is compared with: the templates of a class's students, or of a whole school.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entities::{SoftDeleted, face_templates, students};
use store::ids::{SchoolId, StudentId};
use vision::{Gallery, Template};
use words::refusals;

use super::allowed::allowed;
use super::engine::{Engine, vision_error};
use super::vault::Vault;
use crate::people::{NameOrder, Named};
use crate::schools::load_settings;
use crate::{Context, Error, ErrorCode, Result, blocking};

/// Who a face may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub number: String,
    pub name: String,
    /// As the school's lists name people.
    pub list_name: String,
}

/// Templates in the open with the names that go with them; in memory only.
pub struct ClassGallery {
    pub templates: Gallery<StudentId>,
    pub people: HashMap<StudentId, Known>,
    /// Those of them who can be recognised.
    pub enrolled: HashSet<StudentId>,
    /// Those of whom a stored template was changed or moved: it is not used, and costs nobody else anything.
    pub damaged: Vec<StudentId>,
}

impl ClassGallery {
    /// What a person is to know of the damaged templates; none where there are none.
    pub fn problem(&self) -> Option<Error> {
        let names = self.damaged.iter().filter_map(|student| self.people.get(student));
        let names: Vec<String> = names.map(|known| format!("{} ({})", known.name, known.number)).collect();
        (!names.is_empty()).then(|| {
            let message = refusals::faces::damaged(names.join(", "));
            Error::new(ErrorCode::KeyStore, message)
                .help(refusals::faces::delete_and_enrol())
                .details(serde_json::json!({ "students": self.damaged }))
        })
    }
}

/// Templates in the open, by student; in memory only.
#[derive(Default)]
pub(super) struct Open {
    pub of: HashMap<StudentId, Vec<Template>>,
    pub damaged: Vec<StudentId>,
}

/// Opens the templates of these students, or of all students of the school. Those of a former model are left out, and so
/// is everybody without a consent that stands or with an objection.
pub async fn load_gallery(
    context: &Context,
    engine: &Engine,
    school: SchoolId,
    of: Option<Vec<students::Model>>,
) -> Result<ClassGallery> {
    let (open, people) = open_templates(context, engine, school, of).await?;
    let dimension = engine.dimension();
    let enrolled = open.of.keys().copied().collect();
    blocking(move || {
        Ok(ClassGallery { templates: gallery(dimension, &open)?, people, enrolled, damaged: open.damaged })
    })
    .await
}

/// A gallery of open templates.
pub(super) fn gallery(dimension: usize, open: &Open) -> Result<Gallery<StudentId>> {
    let mut templates = Gallery::new(dimension);
    for (student, own) in &open.of {
        templates.add(*student, own).map_err(vision_error)?;
    }
    Ok(templates)
}

/// The templates that may be compared, and the names of everybody asked for.
pub(super) async fn open_templates(
    context: &Context,
    engine: &Engine,
    school: SchoolId,
    of: Option<Vec<students::Model>>,
) -> Result<(Open, HashMap<StudentId, Known>)> {
    let db = context.store().reader();
    let mut query = face_templates::Entity::find()
        .filter(face_templates::Column::SchoolId.eq(school))
        .filter(face_templates::Column::ModelVersion.eq(engine.models.template_version()));
    if let Some(students) = &of {
        query = query.filter(face_templates::Column::StudentId.is_in(students.iter().map(|student| student.id)));
    }
    let mut rows = query.all(db).await?;
    let settings = load_settings(db, school).await?;
    let allowed = allowed(context, db, school, &settings).await?;
    rows.retain(|row| allowed.contains(&row.student_id));
    let students = match of {
        Some(students) => students,
        None => {
            let enrolled = rows.iter().map(|row| row.student_id);
            students::Entity::find()
                .filter(students::Column::SchoolId.eq(school))
                .filter(students::Column::Id.is_in(enrolled))
                .filter(students::Entity::existing())
                .all(db)
                .await?
        }
    };
    let order = settings.name_order;
    let people: HashMap<StudentId, Known> =
        students.into_iter().map(|student| (student.id, known(student, order))).collect();
    rows.retain(|row| people.contains_key(&row.student_id));
    if rows.is_empty() {
        return Ok((Open::default(), people));
    }
    let Some(vault) = Vault::open(context, school).await? else { return Ok((Open::default(), people)) };
    let dimension = engine.dimension();
    blocking(move || {
        let mut open = Open::default();
        for row in &rows {
            match vault.unseal(row, dimension) {
                Ok(template) => open.of.entry(row.student_id).or_default().push(template),
                Err(_) if open.damaged.contains(&row.student_id) => {}
                Err(_) => open.damaged.push(row.student_id),
            }
        }
        if !open.damaged.is_empty() {
            tracing::warn!(students = open.damaged.len(), "stored templates were changed or damaged, and are not used");
        }
        Ok((open, people))
    })
    .await
}

/// A student's number and name.
pub(super) fn known(student: students::Model, order: NameOrder) -> Known {
    let name = student.full_name();
    let list_name = student.list_name(order);
    Known { number: student.number, name, list_name }
}
