//! What an office opens all day in a school of 100,000 students, and the plan for its next academic year.

use std::time::Instant;

use chrono::{Days, NaiveDate};
use kernel::Context;
use operations::call;
use serde_json::{Value, json};

use crate::roster::USERS;
use crate::{Outcome, milliseconds, tell, times};

/// How often each is opened, on another student or class each time.
const RUNS: usize = 200;

/// Measures lists, pages and the plan.
pub async fn measured(context: &Context, school: &str, today: NaiveDate) -> Outcome<()> {
    let classes = call(context, "classes.list_classes", json!({ "school": school })).await?;
    let classes = classes.as_array().cloned().unwrap_or_default();
    let id = |n: usize| classes[n * 7 % classes.len()]["id"].clone();
    repeated(context, "a class with its students", "classes.class", |n| json!({ "class": id(n) })).await?;
    let as_of = today - Days::new(30);
    let of_day = |n: usize| json!({ "class": id(n), "asOf": as_of });
    repeated(context, "a class of last month", "classes.class", of_day).await?;
    let page = call(context, "people.list_students", json!({ "school": school, "limit": 500 })).await?;
    let students = page["rows"].as_array().cloned().unwrap_or_default();
    let of = |n: usize| json!({ "student": students[n % students.len()]["id"] });
    repeated(context, "a student's page", "people.student", of).await?;
    let keys = ["m", "mu", "mul", "mull", "muller", "o", "ok", "oko", "5", "54", "543"];
    let typed = |n: usize| json!({ "school": school, "search": keys[n % keys.len()], "status": "active", "limit": 50 });
    repeated(context, "students who attend, as one types", "people.list_students", typed).await?;
    let roster = |_| json!({ "school": school, "asOf": as_of, "limit": 50 });
    repeated(context, "the roster of last month, a page", "people.list_students", roster).await?;
    lists(context, school).await?;
    rollover(context, school, today).await
}

/// The list of students as an office keeps it: many columns, sorted by a click on a head, written out, a field changed.
async fn lists(context: &Context, school: &str) -> Outcome<()> {
    let columns = ["name", "number", "class", "gradeLevel", "birthDate", "status", "guardian", "guardianPhone"];
    let settings = call(context, "lists.list_settings", json!({ "school": school, "list": "students" })).await?;
    let known: Vec<&str> =
        settings["columns"].as_array().into_iter().flatten().filter_map(|column| column["id"].as_str()).collect();
    let columns: Vec<&str> = columns.into_iter().filter(|column| known.contains(column)).collect();
    let of = json!({ "list": "students", "status": "active" });
    for by in ["name", "class"] {
        let shown = |n: usize| {
            json!({
                "school": school, "of": of, "columns": columns, "sort": { "column": by, "order": "ascending" },
                "offset": (n % 5) * 100, "limit": 100
            })
        };
        repeated(context, &format!("a list with columns, by {by}"), "lists.show_list", shown).await?;
    }
    let begun = Instant::now();
    let all = json!({ "school": school, "of": of, "columns": columns, "format": "csv" });
    let made = call(context, "lists.export_list", all).await?;
    tell("the list as CSV", json!({ "rows": made["rows"], "milliseconds": milliseconds(begun) }));
    let begun = Instant::now();
    let chosen = json!({
        "school": school, "of": { "list": "students" }, "search": "54", "field": "gradeLevel", "value": "7"
    });
    let plan = call(context, "lists.plan_change", chosen).await?;
    tell(
        "a field of many, planned",
        json!({ "rows": plan["rows"].as_array().map(Vec::len), "milliseconds": milliseconds(begun) }),
    );
    let begun = Instant::now();
    let rows: Vec<Value> = plan["rows"]
        .as_array()
        .into_iter()
        .flatten()
        .take(1_000)
        .map(|row| json!({ "id": row["id"], "version": row["version"] }))
        .collect();
    let count = rows.len();
    let change = json!({ "school": school, "list": "students", "rows": rows, "field": "gradeLevel", "value": "7" });
    call(context, "lists.change_field", change).await?;
    tell("a field of many, changed", json!({ "rows": count, "milliseconds": milliseconds(begun) }));
    Ok(())
}

async fn repeated(context: &Context, name: &str, operation: &str, input: impl Fn(usize) -> Value) -> Outcome<()> {
    let mut runs = Vec::with_capacity(RUNS);
    for n in 0..RUNS {
        let begun = Instant::now();
        call(context, operation, input(n)).await?;
        runs.push(milliseconds(begun));
    }
    tell(name, json!({ "students": USERS, "milliseconds": times(runs) }));
    Ok(())
}

async fn rollover(context: &Context, school: &str, today: NaiveDate) -> Outcome<()> {
    let years = call(context, "schools.list_sessions", json!({ "school": school })).await?;
    let (from, end) = (years[0]["id"].clone(), years[0]["end"].as_str().unwrap_or_default().parse::<NaiveDate>()?);
    let start = end.max(today) + Days::new(1);
    let next = json!({
        "school": school, "title": "Next year", "start": start, "end": start + Days::new(300),
        "terms": [{ "title": "Term", "start": start, "end": start + Days::new(200) }]
    });
    let to = call(context, "schools.save_year", next).await?["id"].clone();
    let mut runs = Vec::new();
    for _ in 0..5 {
        let begun = Instant::now();
        let input = json!({ "school": school, "from": from, "to": to });
        call(context, "classes.plan_rollover", input).await?;
        runs.push(milliseconds(begun));
    }
    tell("the plan of a rollover", json!({ "students": USERS, "milliseconds": times(runs) }));
    Ok(())
}
