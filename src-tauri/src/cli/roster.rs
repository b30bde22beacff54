//! Finding what a command names: a school, a class, a student, a photograph.

use std::path::Path;
use std::sync::Arc;

use kernel::{Calls, Error, ErrorCode};
use school::accounts::operations::whoami;
use school::accounts::{Nothing, WhoamiSchool};
use school::classes::ListClasses;
use school::classes::operations::list_classes;
use school::people::ListStudents;
use school::people::operations::list_students;
use school::schools::OfSchool;
use school::schools::operations::settings;
use store::fold;
use store::ids::{ClassId, SchoolId, StudentId};
use uuid::Uuid;
use words::Message;

use super::output::Failure;

/// The schools in which faces can be recognised by this person: the one that is named, else all of them.
async fn schools(calls: &dyn Calls, name: Option<&str>) -> Result<Vec<WhoamiSchool>, Failure> {
    let mut schools = whoami.on(calls, Nothing {}).await?.schools;
    if let Some(name) = name {
        let names = schools.iter().map(|school| school.name.as_str()).collect::<Vec<_>>().join(", ");
        schools.retain(|school| fold(&school.name) == fold(name));
        if schools.is_empty() {
            return Err(nothing(words::cli::roster::no_school(name), words::cli::roster::yours(names)));
        }
    }
    let mut on = Vec::new();
    for school in &schools {
        if settings.on(calls, OfSchool { school: school.id }).await?.settings.face_recognition {
            on.push(school.clone());
        }
    }
    // Where none has it on, the operation says so.
    Ok(if on.is_empty() { schools } else { on })
}

/// The only one of what was found in some schools.
fn only<T>(found: Vec<T>, what: Message, help: Message) -> Result<T, Failure> {
    let several = found.len();
    let mut found = found.into_iter();
    match (found.next(), several) {
        (Some(one), 1) => Ok(one),
        (Some(_), _) => Err(Failure::Usage(words::cli::roster::several(several, what))),
        (None, _) => Err(nothing(words::cli::roster::no_such(what), help)),
    }
}

/// The only school that can be meant.
pub async fn school_named(calls: &dyn Calls, name: Option<&str>) -> Result<SchoolId, Failure> {
    let found = schools(calls, name).await?.into_iter().map(|school| school.id).collect();
    only(found, words::cli::roster::face_recognition(), words::cli::roster::ask_for_role())
}

/// The class of this title in the present academic year.
pub async fn class_titled(calls: &dyn Calls, school: Option<&str>, title: &str) -> Result<ClassId, Failure> {
    let (mut found, mut titles) = (Vec::new(), Vec::new());
    for school in schools(calls, school).await? {
        let input = ListClasses { as_of: None, school: school.id, year: None, kind: None, deleted: None };
        for class in list_classes.on(calls, input).await? {
            if fold(&class.title) == fold(title) {
                found.push(class.id);
            }
            titles.push(class.title);
        }
    }
    only(found, words::cli::roster::class_this_year(title), words::cli::roster::classes(titles.join(", ")))
}

/// The student of this number, and the school.
pub async fn student_by_number(
    calls: &dyn Calls,
    school: Option<&str>,
    number: &str,
) -> Result<(StudentId, SchoolId), Failure> {
    let mut found = Vec::new();
    for school in schools(calls, school).await? {
        let list = ListStudents { search: Some(number.to_owned()), limit: Some(500), ..ListStudents::of(school.id) };
        let rows = list_students.on(calls, list).await?.rows;
        found.extend(rows.into_iter().filter(|student| student.number == number).map(|row| (row.id, school.id)));
    }
    only(found, words::cli::roster::student(number), words::cli::roster::look_up_number())
}

fn nothing(message: Message, help: Message) -> Failure {
    Error::new(ErrorCode::NotFound, message).help(help).into()
}

/// Larger files are no photographs, in bytes; as in a zip of many.
const LARGEST_PHOTOGRAPH: u64 = 32 << 20;

/// Hands a photograph over, as the window does.
pub async fn read_photograph(calls: &dyn Calls, file: &Path) -> Result<Uuid, Error> {
    hand_in(calls, file, LARGEST_PHOTOGRAPH).await
}

/// Hands a file of at most so many bytes over, as the window does.
pub async fn hand_in(calls: &dyn Calls, file: &Path, largest: u64) -> Result<Uuid, Error> {
    let bytes = files::read(file, largest).map_err(|error| {
        Error::new(ErrorCode::FileSystem, words::cli::roster::unreadable(file.display(), error.to_string()))
            .help(words::cli::roster::check_path())
    })?;
    let file_name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    calls.upload(&file_name, Arc::new(bytes)).await
}
