//! Report cards as PDF: for one student, some, or a whole class in one file.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use documents::{Fonts, Options, ProblemCode, report_cards};
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, classes};
use store::ids::{AcademicSessionId, ClassId, StudentId};
use uuid::Uuid;
use words::{Message, refusals};

use super::cards::{CardStyle, broken_marks, card};
use super::gather::Gathered;
use crate::analytics::{OfGroup, card_day, class_in};
use crate::context::Artifact;
use crate::gradebook::{StudentLabel, load_term};
use crate::schools::{document_error, fonts, note_first_card, safe_name};
use crate::{Call, Context, Error, ErrorCode, Job, Reach, Result, blocking};

/// What a card holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// Marks, attendance and comments.
    #[default]
    Full,
    /// The same without comments, as during a term.
    MarksOnly,
}

/// Input of [`make_report_cards`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MakeReportCards {
    pub class: ClassId,
    pub term: AcademicSessionId,
    /// Only these students, in the class's order; all of the class where it is left out.
    #[serde(default)]
    #[ts(optional)]
    pub students: Option<Vec<StudentId>>,
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<ReportKind>,
}

/// Input of [`preview_report_card`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewReportCard {
    pub student: StudentId,
    pub term: AcademicSessionId,
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<ReportKind>,
}

/// What is not right with a student's card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardProblemCode {
    BrokenMarks,
    NotInClass,
    NameEmpty,
    NameTooLong,
    NameUndrawable,
    EastAsianFontsMissing,
    NotANumber,
    ImpossibleRank,
    TextUndrawable,
    TextShortened,
    BrokenLogo,
    BrokenChart,
}

impl From<ProblemCode> for CardProblemCode {
    fn from(code: ProblemCode) -> Self {
        match code {
            ProblemCode::NameEmpty => Self::NameEmpty,
            ProblemCode::NameTooLong => Self::NameTooLong,
            ProblemCode::NameUndrawable => Self::NameUndrawable,
            ProblemCode::EastAsianFontsMissing => Self::EastAsianFontsMissing,
            ProblemCode::NotANumber => Self::NotANumber,
            ProblemCode::ImpossibleRank => Self::ImpossibleRank,
            ProblemCode::TextUndrawable => Self::TextUndrawable,
            ProblemCode::TextShortened => Self::TextShortened,
            ProblemCode::BrokenLogo => Self::BrokenLogo,
            ProblemCode::BrokenChart => Self::BrokenChart,
        }
    }
}

/// A problem with one student's card; the others are made all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CardProblem {
    pub student: StudentId,
    pub number: String,
    /// Empty for somebody who is not in the class.
    pub name: String,
    pub code: CardProblemCode,
    /// In English, with what to do.
    pub message: Message,
    /// Whether the student has no card because of it.
    pub left_out: bool,
    /// The letters that are not printed, where that is the problem.
    pub letters: Vec<String>,
}

/// A document to look at, save or print: fetched by its artifact.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MadeDocument {
    pub artifact: Uuid,
    pub file_name: String,
    /// 0 for a table.
    pub pages: u32,
    /// How many students are in it.
    pub students: u32,
    pub problems: Vec<CardProblem>,
}

/// Makes the report cards of a class in one PDF. Reports progress by student and can be cancelled; then nothing is made.
pub(super) async fn make_report_cards(call: &Call, input: MakeReportCards) -> Result<MadeDocument> {
    let access = call.access();
    let db = call.store().reader();
    let class = card_class(call, input.class).await?;
    let term = load_term(db, class.school_id, input.term).await?;
    // Whoever teaches the class prints no card of a child who has left it; the office does.
    let reached_on = match access.at(class.school_id)? {
        Reach::School => None,
        _ => Some(access.today(db, class.school_id).await?),
    };
    let gathered = Gathered::load(call, class, term, OfGroup::Cards).await?;
    let style = style(call, &gathered, input.kind);
    let places: Vec<usize> = (0..gathered.results.students.len())
        .filter(|place| {
            let student = &gathered.results.students[*place];
            let reached = reached_on.zip(student.left_on).is_none_or(|(today, left)| left >= today);
            reached && input.students.as_ref().is_none_or(|wished| wished.contains(&student.id))
        })
        .collect();
    if places.is_empty() {
        return Err(Error::new(ErrorCode::Invalid, refusals::reports::no_cards())
            .help(refusals::reports::choose_class_and_term()));
    }
    let strangers = input.students.iter().flatten().filter(|id| gathered.results.place(**id).is_none());
    let problems = strangers
        .map(|id| CardProblem {
            student: *id,
            number: String::new(),
            name: String::new(),
            code: CardProblemCode::NotInClass,
            message: refusals::common::not_in_class_in_term(),
            left_out: true,
            letters: Vec::new(),
        })
        .collect();
    let file_name = file_name(&gathered, &places);
    let school = gathered.class.school_id;
    let made = print(call, gathered, places, style, problems, file_name).await?;
    note_first_card(call, school).await?;
    Ok(made)
}

/// Makes the report card of one student, as it will print.
pub(super) async fn preview_report_card(call: &Call, input: PreviewReportCard) -> Result<MadeDocument> {
    let access = call.access();
    let db = call.store().reader();
    let student = access.student(db, input.student).await?;
    let term = load_term(db, student.school_id, input.term).await?;
    let nowhere = || {
        Error::new(ErrorCode::NotFound, refusals::reports::in_no_class()).help(refusals::reports::enrol_or_other_term())
    };
    let day = card_day(access.today(db, student.school_id).await?, &term);
    let class = class_in(db, student.school_id, student.id, &term, day).await?.ok_or_else(nowhere)?;
    // A teacher who reaches the student by another class does not see this one's card.
    let class = card_class(call, class.id).await?;
    let gathered = Gathered::load(call, class, term, OfGroup::Cards).await?;
    let place = gathered.results.place(student.id).ok_or_else(nowhere)?;
    let style = style(call, &gathered, input.kind);
    let file_name = file_name(&gathered, &[place]);
    print(call, gathered, vec![place], style, Vec::new(), file_name).await
}

/// A class whose students' cards may be printed. Who teaches a group sees no other subject of its students, and prints none.
async fn card_class(call: &Call, id: ClassId) -> Result<classes::Model> {
    let class = call.access().class(call.store().reader(), id).await?;
    if class.kind == ClassKind::Group {
        call.access().whole_school(class.school_id)?;
    }
    Ok(class)
}

fn style(context: &Context, gathered: &Gathered, kind: Option<ReportKind>) -> CardStyle {
    let today = context.today(&gathered.school.time_zone);
    CardStyle::of(&gathered.grading.settings, kind.unwrap_or_default(), today)
}

/// Draws the cards off the main threads and keeps the PDF for the person.
async fn print(
    context: &Context,
    gathered: Gathered,
    places: Vec<usize>,
    style: CardStyle,
    mut problems: Vec<CardProblem>,
    file_name: String,
) -> Result<MadeDocument> {
    let fonts = fonts(context)?;
    let job = context.job.clone();
    let created = context.now().timestamp();
    let owner = context.actor()?.user;
    let (outcome, found) = blocking(move || draw(&gathered, &places, &style, &fonts, created, &job)).await?;
    problems.extend(found);
    if outcome.cards == 0 {
        return Err(Error::new(ErrorCode::Invalid, refusals::reports::no_card_made())
            .help(refusals::reports::mend_students())
            .details(serde_json::to_value(&problems)?));
    }
    let artifact = context.services.keep_artifact(Artifact {
        file_name: file_name.clone(),
        media_type: "application/pdf",
        bytes: Arc::new(outcome.pdf),
        owner,
    });
    Ok(MadeDocument {
        artifact,
        file_name,
        pages: u32::try_from(outcome.pages).unwrap_or(u32::MAX),
        students: u32::try_from(outcome.cards).unwrap_or(u32::MAX),
        problems,
    })
}

fn draw(
    gathered: &Gathered,
    places: &[usize],
    style: &CardStyle,
    fonts: &Fonts,
    created: i64,
    job: &Job,
) -> Result<(documents::Outcome, Vec<CardProblem>)> {
    job.progress(0, places.len())?;
    let mut problems = Vec::new();
    let mut cards = Vec::with_capacity(places.len());
    for place in places {
        match broken_marks(gathered, *place) {
            Some(problem) => problems.push(problem),
            None => cards.push(card(gathered, *place, style)),
        }
    }
    let options = Options { title: String::new(), created: Some(created) };
    let total = places.len();
    let left_out = problems.len();
    let outcome = report_cards(&cards, fonts, &options, &mut |done, _| match job.progress(left_out + done, total) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    });
    let outcome = outcome.map_err(document_error)?;
    problems.extend(of_students(gathered, &outcome.problems));
    Ok((outcome, problems))
}

/// Problems of a document as problems of the students that it names by number.
fn of_students(gathered: &Gathered, problems: &[documents::Problem]) -> Vec<CardProblem> {
    let by_number: HashMap<&str, &StudentLabel> =
        gathered.results.students.iter().map(|student| (student.number.as_str(), student)).collect();
    let problem = |problem: &documents::Problem| {
        let student = by_number.get(problem.student.as_str())?;
        Some(CardProblem {
            student: student.id,
            number: student.number.clone(),
            name: student.list_name.clone(),
            code: problem.code.into(),
            message: problem.message.clone(),
            left_out: problem.left_out,
            letters: problem.letters.iter().map(char::to_string).collect(),
        })
    };
    problems.iter().filter_map(problem).collect()
}

/// What would be wrong with each card of the class, by the very checks that stand before printing.
pub(super) async fn foretold(context: &Context, gathered: Arc<Gathered>) -> Result<Vec<CardProblem>> {
    // Without fonts nothing is printed, which making the cards says; what is missing is shown still.
    let fonts = fonts(context).ok();
    let style = style(context, &gathered, None);
    let look = move || {
        let places = 0..gathered.results.students.len();
        let mut problems: Vec<CardProblem> =
            places.clone().filter_map(|place| broken_marks(&gathered, place)).collect();
        if let Some(fonts) = fonts {
            let cards: Vec<_> = places.map(|place| card(&gathered, place, &style)).collect();
            problems.extend(of_students(&gathered, &documents::foretell(&cards, &fonts)));
        }
        Ok(problems)
    };
    blocking(look).await
}

fn file_name(gathered: &Gathered, places: &[usize]) -> String {
    let class = &gathered.class.title;
    let term = &gathered.term.title;
    match places {
        [one] => {
            let student = &gathered.results.students[*one];
            safe_name(&["report-card", &student.number, &student.name, term], "pdf")
        }
        _ => safe_name(&["report-cards", class, term], "pdf"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_keep_every_letter() {
        assert_eq!(
            safe_name(&["report-card", "7B/2", "श्री द्विवेदी", "Autumn: 1"], "pdf"),
            "report-card 7B-2 श्री-द्विवेदी Autumn-1.pdf"
        );
        assert_eq!(safe_name(&["a\u{202E}b", "..", "张伟。"], "csv"), "a-b 张伟。.csv");
    }
}
