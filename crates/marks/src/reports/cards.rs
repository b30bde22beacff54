//! From a class's results to the values that are printed on report cards.

use ::analytics::{Standing, Statistics};
use chrono::NaiveDate;
use documents::{AttendanceCounts, CardLabels, Comment, Overall, ReportCard, SchoolHead, StudentHead, SubjectLine};
use store::ids::StudentId;
use words::{Language, refusals};

use super::gather::Gathered;
use super::make::{CardProblem, CardProblemCode, ReportKind};
use crate::analytics::{SubjectResults, Taken, subject_chart};
use crate::gradebook::{CommentKind, Grading};
use crate::schools::Settings;

/// How the cards are to look: as the school's settings say.
pub(super) struct CardStyle {
    pub kind: ReportKind,
    pub language: Language,
    pub labels: CardLabels,
    pub date: NaiveDate,
}

impl CardStyle {
    /// In the language of the school's documents, with the school's own title where it has one.
    pub fn of(settings: &Settings, kind: ReportKind, date: NaiveDate) -> Self {
        let language = settings.language_of_documents();
        let mut labels = CardLabels::of(language);
        if !settings.report_title.is_empty() {
            labels.title.clone_from(&settings.report_title);
        }
        Self { kind, language, labels, date }
    }
}

/// What is wrong with a student's stored marks; such a card would print numbers that nobody typed.
pub(super) fn broken_marks(gathered: &Gathered, place: usize) -> Option<CardProblem> {
    let student = &gathered.results.students[place];
    let courses = gathered.results.taken(place).flat_map(|(_, courses)| courses);
    let broken: usize = courses.map(|(course, _)| course.book.broken_marks(student.id)).sum();
    (broken > 0).then(|| CardProblem {
        student: student.id,
        number: student.number.clone(),
        name: student.list_name.clone(),
        letters: Vec::new(),
        code: CardProblemCode::BrokenMarks,
        message: refusals::reports::broken_marks(broken),
        left_out: true,
    })
}

/// The card of the student at this place.
pub(super) fn card(gathered: &Gathered, place: usize, style: &CardStyle) -> ReportCard {
    let results = &gathered.results;
    let settings = &gathered.grading.settings;
    let student = &results.students[place];
    let labels = &style.labels;
    let with_comments = style.kind == ReportKind::Full;
    let attendance = gathered.attendance.get(&student.id).filter(|_| settings.report_show_attendance);
    let comment = |kind, author: &str| {
        gathered
            .comment(student.id, kind, None)
            .filter(|_| with_comments)
            .map(|text| Comment { author: author.to_owned(), text: text.to_owned() })
    };
    ReportCard {
        school: SchoolHead {
            name: gathered.school.name.clone(),
            address: gathered.school.address.clone().unwrap_or_default(),
            phone: gathered.school.phone.clone().unwrap_or_default(),
            logo: gathered.school.logo.clone(),
        },
        student: StudentHead {
            name: student.name.clone(),
            name_native: student.native_name.clone(),
            number: student.number.clone(),
            class: gathered.class.title.clone(),
            birth_date: gathered.birth_dates.get(&student.id).map(|date| printed_date(gathered, style, *date)),
        },
        term: gathered.term.title.clone(),
        year: gathered.year_title.clone(),
        subjects: results
            .taken(place)
            .map(|(subject, courses)| subject_line(gathered, subject, courses, place, style, with_comments))
            .collect(),
        overall: results.overall[place].map(|percent| Overall {
            percent: Some(percent),
            text: printed_percent(percent, gathered, labels),
            grade: gathered.grading.grade(percent),
            class_mean: printed_mean(&results.statistics, &gathered.grading),
            rank: printed_rank(results.standings[place], &results.statistics, &gathered.grading),
            of: results.statistics.n,
        }),
        chart: settings.report_show_chart.then(|| {
            subject_chart(labels.chart.clone(), results, place, |results| gathered.grading.class_is_shown(results))
        }),
        attendance: attendance.map(|counts| AttendanceCounts {
            days: u32::try_from(counts.total()).unwrap_or(u32::MAX),
            present: counts.present,
            absent: counts.absent,
            late: counts.late,
            excused: counts.excused,
        }),
        class_teacher: comment(CommentKind::ClassTeacher, &gathered.class_teacher),
        principal: comment(CommentKind::Principal, ""),
        signatures: settings.signatures(),
        labels: labels.clone(),
        decimals: gathered.grading.rounding().decimals(),
        date: printed_date(gathered, style, style.date),
        rtl: style.language.is_right_to_left(),
    }
}

fn subject_line(
    gathered: &Gathered,
    subject: &SubjectResults,
    courses: &[Taken],
    place: usize,
    style: &CardStyle,
    with_comments: bool,
) -> SubjectLine {
    let student: StudentId = gathered.results.students[place].id;
    let percent = subject.totals[place];
    let comment = gathered.subject_comment(student, courses).filter(|_| with_comments);
    let teachers = courses.last().and_then(|(course, _)| gathered.teachers.get(&course.book.course.id));
    let of_course = subject.of_course(place);
    SubjectLine {
        subject: subject.title.clone(),
        teacher: teachers.cloned().unwrap_or_default(),
        percent,
        text: percent.map_or_else(|| "–".to_owned(), |percent| printed_percent(percent, gathered, &style.labels)),
        grade: percent.and_then(|percent| gathered.grading.grade(percent)),
        class_mean: printed_mean(&of_course, &gathered.grading),
        rank: printed_rank(subject.standing(place), &of_course, &gathered.grading),
        of: of_course.n,
        comment: comment.map(str::to_owned),
    }
}

/// The rank, where cards show it and enough results stand behind it.
fn printed_rank(standing: Option<Standing>, of: &Statistics, grading: &Grading) -> Option<u32> {
    let shown = grading.settings.report_show_rank && grading.class_is_shown(of.n);
    standing.filter(|_| shown).map(|standing| standing.rank)
}

/// A percentage as the school rounds it, in the card's own decimal mark.
fn printed_percent(percent: f64, gathered: &Gathered, labels: &CardLabels) -> String {
    gathered.grading.text(percent).replace('.', &labels.decimal_mark) + " %"
}

/// The mean of a class as the school rounds it, where cards show it and enough results stand behind it.
fn printed_mean(statistics: &Statistics, grading: &Grading) -> Option<f64> {
    let shown = grading.settings.report_show_class_mean && grading.class_is_shown(statistics.n);
    statistics.mean.filter(|_| shown).map(|mean| grading.rounding().round_written(mean))
}

/// A date in the card's language, in the school's order.
fn printed_date(gathered: &Gathered, style: &CardStyle, date: NaiveDate) -> String {
    gathered.grading.settings.day_order.write_long(date, style.language)
}

#[cfg(test)]
mod tests {
    use ::analytics::{describe, standings};

    use super::*;

    #[test]
    fn a_card_tells_of_the_class_from_five_results_on() {
        let mut grading = Grading::default_rules();
        let printed = |grading: &Grading, values: &[f64]| {
            let given: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
            let of = describe(values);
            (printed_mean(&of, grading), printed_rank(standings(&given)[0], &of, grading))
        };
        assert_eq!(printed(&grading, &[90.0, 50.0]), (None, None), "the mean of two gives the other away");
        assert_eq!(printed(&grading, &[90.0, 50.0, 60.0, 70.0]), (None, None));
        assert_eq!(printed(&grading, &[90.0, 50.0, 60.0, 70.0, 80.0]), (Some(70.0), Some(1)));
        // The school may choose otherwise, and may show less.
        grading.rules.class_figures_from = 1;
        assert_eq!(printed(&grading, &[90.0, 50.0]), (Some(70.0), Some(1)));
        grading.settings.report_show_class_mean = false;
        grading.settings.report_show_rank = false;
        assert_eq!(printed(&grading, &[90.0, 50.0]), (None, None));
    }
}
