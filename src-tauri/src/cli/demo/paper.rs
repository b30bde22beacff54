//! The demo's statistics, charts, report cards and attendance table.

use std::path::Path;

use kernel::{Calls, Error};
use serde_json::{Value, json};
use uuid::Uuid;

use super::steps::{Scene, call};
use super::write;

/// Pixels from left to right.
const CHART_WIDTH: u32 = 720;

/// Writes `analytics.json` and `charts/*.svg`; a few figures for the summary.
pub async fn analytics(calls: &dyn Calls, scene: &Scene, out: &Path) -> Result<Value, Error> {
    let look = json!({ "theme": "light", "width": CHART_WIDTH });
    let (class, term) = (&scene.class, &scene.term);
    let mut charts = 0;
    let mut overall =
        call(calls, "analytics.term_statistics", json!({ "class": class, "term": term, "look": look })).await?;
    charts += keep_charts(&mut overall, "class", out)?;
    let mut subjects = Vec::new();
    for (course, title) in &scene.courses {
        let input = json!({ "course": course, "term": term, "look": look });
        let mut results = call(calls, "analytics.subject_statistics", input).await?;
        charts += keep_charts(&mut results, &title.to_lowercase().replace(' ', "-"), out)?;
        subjects.push(json!({ "subject": title, "results": results }));
    }
    let in_school = json!({ "school": scene.school, "term": term, "look": look });
    let mut school = call(calls, "analytics.school_statistics", in_school).await?;
    charts += keep_charts(&mut school, "school", out)?;
    let risk =
        call(calls, "analytics.at_risk", json!({ "school": scene.school, "term": term, "class": class })).await?;
    let all = json!({
        "class": scene.class_title,
        "term": scene.term_title,
        "overall": overall,
        "subjects": subjects,
        "school": school,
        "atRisk": risk,
    });
    write(&out.join("analytics.json"), &serde_json::to_vec_pretty(&all)?)?;
    Ok(json!({
        "n": overall["statistics"]["n"],
        "mean": overall["statistics"]["mean"],
        "sd": overall["statistics"]["sd"],
        "passRate": overall["passRate"],
        "charts": charts,
    }))
}

/// Moves the pictures out of the results into files of their own; how many.
fn keep_charts(results: &mut Value, name: &str, out: &Path) -> Result<usize, Error> {
    let pictures = results.as_object_mut().and_then(|results| results.remove("charts"));
    let pictures = pictures.and_then(|pictures| pictures.as_array().cloned()).unwrap_or_default();
    for picture in &pictures {
        let file = format!("charts/{name}-{}.svg", picture["kind"].as_str().unwrap_or("chart").replace('_', "-"));
        write(&out.join(file), picture["svg"].as_str().unwrap_or_default().as_bytes())?;
    }
    Ok(pictures.len())
}

/// Writes `report-cards.pdf` of the class.
pub async fn report_cards(calls: &dyn Calls, scene: &Scene, out: &Path) -> Result<Value, Error> {
    let made = call(calls, "reports.make_report_cards", json!({ "class": scene.class, "term": scene.term })).await?;
    keep_artifact(calls, &made, &out.join("report-cards.pdf")).await?;
    Ok(json!({ "pages": made["pages"], "students": made["students"], "problems": made["problems"] }))
}

/// Writes `attendance.csv` of the class from the beginning of the term.
pub async fn attendance(calls: &dyn Calls, scene: &Scene, out: &Path) -> Result<Value, Error> {
    let input = json!({ "class": scene.class, "from": scene.term_start, "to": scene.day });
    let made = call(calls, "attendance.attendance_csv", input).await?;
    keep_artifact(calls, &made, &out.join("attendance.csv")).await?;
    let summary =
        call(calls, "attendance.attendance_summary", json!({ "class": scene.class, "term": scene.term })).await?;
    Ok(json!({ "rows": made["rows"], "counts": summary["counts"], "rate": summary["rate"] }))
}

async fn keep_artifact(calls: &dyn Calls, made: &Value, file: &Path) -> Result<(), Error> {
    let id: Uuid = serde_json::from_value(made["artifact"].clone())?;
    write(file, &calls.artifact(id).await?.bytes)
}
