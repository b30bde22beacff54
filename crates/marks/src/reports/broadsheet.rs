//! The broadsheet: all results of a class in a term as one table.

use std::sync::Arc;

use words::Message;
use words::paper::broadsheet;

use super::gather::Gathered;
use super::make::MadeDocument;
use super::readiness::OfReportClass;
use crate::analytics::OfGroup;
use crate::context::Artifact;
use crate::gradebook::load_term;
use crate::schools::safe_name;
use crate::{Call, Result};

/// Makes the broadsheet as a CSV file: students down, subjects across, in percent; UTF-8 with a byte order mark, so that
/// spreadsheets read names in any script.
pub(super) async fn make_broadsheet(call: &Call, input: OfReportClass) -> Result<MadeDocument> {
    let access = call.access();
    let db = call.store().reader();
    let class = access.class(db, input.class).await?;
    let term = load_term(db, class.school_id, input.term).await?;
    let gathered = Gathered::load(call, class, term, OfGroup::Own).await?;
    let file_name = safe_name(&["broadsheet", &gathered.class.title, &gathered.term.title], "csv");
    let artifact = call.services.keep_artifact(Artifact {
        file_name: file_name.clone(),
        media_type: "text/csv",
        bytes: Arc::new(table(&gathered)),
        owner: call.actor()?.user,
    });
    let students = u32::try_from(gathered.results.students.len()).unwrap_or(u32::MAX);
    Ok(MadeDocument { artifact, file_name, pages: 0, students, problems: Vec::new() })
}

fn table(gathered: &Gathered) -> Vec<u8> {
    let results = &gathered.results;
    let figure = |percent: Option<f64>| percent.map(|percent| gathered.grading.text(percent)).unwrap_or_default();
    let language = gathered.grading.settings.language_of_documents();
    let word = |message: Message| message.text(language);
    let mut head = vec![word(broadsheet::number()), word(broadsheet::student())];
    head.extend(results.subjects.iter().map(|subject| subject.title.clone()));
    head.extend([broadsheet::overall(), broadsheet::grade(), broadsheet::rank()].map(word));
    let mut rows = Vec::with_capacity(results.students.len() + 1);
    for (place, student) in results.students.iter().enumerate() {
        let mut row = vec![student.number.clone(), student.list_name.clone()];
        row.extend(results.subjects.iter().map(|subject| figure(subject.totals[place])));
        let overall = results.overall[place];
        row.push(figure(overall));
        row.push(overall.and_then(|percent| gathered.grading.grade(percent)).unwrap_or_default());
        row.push(results.standings[place].map(|standing| standing.rank.to_string()).unwrap_or_default());
        rows.push(row);
    }
    let mut mean = vec![String::new(), word(broadsheet::mean())];
    mean.extend(results.subjects.iter().map(|subject| figure(subject.statistics.mean)));
    mean.extend([figure(results.statistics.mean), String::new(), String::new()]);
    rows.push(mean);
    exchange::write_table(&head, &rows)
}
