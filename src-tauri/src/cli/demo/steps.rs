//! The demo's class and term, and calls of operations by name as the window makes them.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use kernel::{Calls, Error, Job};
use school::accounts::Nothing;
use school::accounts::operations::whoami;
use serde_json::{Value, json};
use store::ids::SchoolId;

/// Calls an operation.
pub async fn call(calls: &dyn Calls, operation: &str, input: Value) -> Result<Value, Error> {
    calls.call(operation, input, &Job::default()).await
}

/// What the demo shows: one class in one term, and the newest school day.
pub struct Scene {
    pub school: SchoolId,
    pub school_name: String,
    pub class: Value,
    pub class_title: String,
    pub term: Value,
    pub term_title: String,
    pub term_start: NaiveDate,
    pub day: NaiveDate,
    /// Identifier, number and name of the class's students.
    pub students: Vec<(Value, String, String)>,
    /// Identifier and subject of the class's courses.
    pub courses: Vec<(Value, String)>,
}

const CLASS: &str = "7B";

/// Finds class 7B and the present term.
pub async fn scene(calls: &dyn Calls, school: SchoolId) -> Result<Scene, Error> {
    let me = whoami.on(calls, Nothing {}).await?;
    let missing = |what: &str| Error::internal(format!("the demo school has no {what}"));
    let here = me.schools.into_iter().find(|at| at.id == school).ok_or_else(|| missing("school"))?;
    let term =
        here.terms.iter().find(|term| Some(term.id) == here.current_term).ok_or_else(|| missing("term"))?.clone();
    let classes = call(calls, "classes.list_classes", json!({ "school": school, "year": term.year_id })).await?;
    let classes = classes.as_array().cloned().unwrap_or_default();
    let class = classes.into_iter().find(|class| class["title"] == CLASS).ok_or_else(|| missing("class"))?;
    let details = call(calls, "classes.class", json!({ "class": class["id"] })).await?;
    let list = |name: &str| details[name].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let students = list("students")
        .iter()
        .map(|student| {
            let name = format!("{} {}", text(&student["givenName"]), text(&student["familyName"]));
            (student["student"].clone(), text(&student["number"]), name)
        })
        .collect();
    let courses = list("courses").iter().map(|course| (course["id"].clone(), text(&course["subjectTitle"]))).collect();
    let day = last_weekday(here.today.min(term.end_date));
    Ok(Scene {
        school,
        school_name: here.name,
        class: class["id"].clone(),
        class_title: CLASS.to_owned(),
        term: json!(term.id),
        term_title: term.title,
        term_start: term.start_date,
        day,
        students,
        courses,
    })
}

fn last_weekday(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day - Days::new(1),
        Weekday::Sun => day - Days::new(2),
        _ => day,
    }
}

/// Searches as one types, by the beginning of a name and without its accents.
pub async fn search(calls: &dyn Calls, scene: &Scene) -> Result<Value, Error> {
    let found = call(calls, "people.search_people", json!({ "school": scene.school, "text": "mul" })).await?;
    Ok(json!({ "text": "mul", "found": found.as_array().map_or(0, Vec::len) }))
}
