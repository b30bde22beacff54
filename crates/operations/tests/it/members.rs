//! Who is in which class and takes what: homerooms and groups, movers, late comers, leavers and those who come back, and
//! what it comes to on the card.

use chrono::NaiveDate;
use kernel::{Context, ErrorCode, Save};
use marks::analytics::{AtRisk, StudentPerformance, StudentResults, at_risk, student_performance};
use marks::analytics::{SchoolStatistics, school_statistics};
use marks::gradebook::*;
use marks::reports::{MakeReportCards, OfReportClass, make_report_cards, report_card_readiness};
use school::attendance::{OfRegister, RegistersOfDayInput, register, registers_of_day};
use school::classes::*;
use school::people::{save_student, student};
use school::schools::{OfSchool, SaveSubject, list_sessions, save_subject};
use store::ids::{AcademicSessionId, AssessmentId, ClassId, CourseId, StudentId, SubjectId};

use crate::both;
use crate::graded::cell;
use crate::roster::{new_class, new_student};
use crate::world::{World, date};

/// A term of two homerooms and two sets, each with one course of mathematics, and three tests of twenty in each course: on
/// the 10th of September, October and November.
struct Term {
    term: AcademicSessionId,
    mathematics: SubjectId,
    art: SubjectId,
    homerooms: [ClassId; 2],
    sets: [ClassId; 2],
    /// Mathematics in the sets.
    courses: [CourseId; 2],
    /// Art in the homerooms.
    arts: [CourseId; 2],
}

const TESTS: [&str; 3] = ["2026-09-10", "2026-10-10", "2026-11-10"];

impl Term {
    async fn new(world: &World) -> Self {
        let (office, school) = (&world.administrator, world.school);
        let sessions = list_sessions(office, OfSchool { school }).await.unwrap();
        let (year, term) = (sessions[0].id, sessions[0].terms[0].id);
        let subject = async |title: &str| {
            let input = SaveSubject { school, save: Save::New, title: title.into(), code: None, position: None };
            save_subject(office, input).await.unwrap().id
        };
        let (mathematics, art) = (subject("Mathematics").await, subject("Art").await);
        let class = async |title: &str, kind: ClassKind| {
            let input = SaveClass { kind, ..new_class(school, year, title) };
            save_class(office, input).await.unwrap().class.id
        };
        let homerooms = [class("7A", ClassKind::Homeroom).await, class("7B", ClassKind::Homeroom).await];
        let sets = [class("Maths 1", ClassKind::Group).await, class("Maths 2", ClassKind::Group).await];
        let course = async |class: ClassId, subject: SubjectId| {
            save_course(office, SaveCourse { class, subject, teachers: vec![] }).await.unwrap().course
        };
        let courses = [course(sets[0], mathematics).await, course(sets[1], mathematics).await];
        let arts = [course(homerooms[0], art).await, course(homerooms[1], art).await];
        Self { term, mathematics, art, homerooms, sets, courses, arts }
    }

    /// Adds a student who is in these classes from a day on.
    async fn student(&self, world: &World, number: &str, given: &str, classes: &[ClassId], start: &str) -> StudentId {
        let office = &world.administrator;
        let new = new_student(world.school, number, given, "Example");
        let id = save_student(office, new).await.unwrap().student.id;
        for class in classes {
            let input = EnrolStudents { class: *class, students: vec![id], start: date(start) };
            enrol_students(office, input).await.unwrap();
        }
        id
    }

    /// The three tests of a course.
    async fn tests(&self, office: &Context, course: CourseId) -> [AssessmentId; 3] {
        let category = SaveCategory { save: Save::New, course, title: "Tests".into(), weight: "1".into() };
        let category = save_category(office, category).await.unwrap().category.id;
        let mut made = Vec::new();
        for day in TESTS {
            let input = SaveAssessment {
                due_date: None,
                save: Save::New,
                course,
                term: self.term,
                category,
                title: format!("Test of {day}"),
                maximum: "20".into(),
                date: Some(date(day)),
            };
            made.push(save_assessment(office, input).await.unwrap().assessment.id);
        }
        made.try_into().unwrap()
    }

    async fn mark(&self, office: &Context, course: CourseId, cells: Vec<MarkCell>) {
        let saved = record_marks(office, RecordMarks { course, term: self.term, cells }).await.unwrap();
        assert!(saved.cells.iter().all(|cell| matches!(cell.result, kernel::Outcome::Saved(_))), "{saved:?}");
    }

    async fn performance(&self, who: &Context, student: StudentId) -> StudentResults {
        student_performance(who, StudentPerformance { student, term: self.term, look: None }).await.unwrap()
    }

    /// Numbers of those whose cards a class prints.
    async fn cards(&self, office: &Context, class: ClassId) -> Vec<String> {
        let input = OfReportClass { class, term: self.term };
        let ready = report_card_readiness(office, input).await.unwrap();
        ready.students.into_iter().map(|row| row.student.number).collect()
    }
}

fn subjects(results: &StudentResults) -> Vec<(&str, Option<f64>)> {
    results.subjects.iter().map(|of| (of.subject_title.as_str(), of.total.percent)).collect()
}

both!(
    async fn a_term_of_movers_late_comers_leavers_and_returners(world: World) {
        let office = &world.administrator;
        let term = Term::new(&world).await;
        let [a, b] = term.homerooms;
        let [first, second] = term.sets;
        let begin = "2026-09-01";
        // Nobody moves; moves from set 1 to set 2 and from 7A to 7B on the 1st of November; comes on the 1st of October;
        // leaves on the 31st of October; leaves on the 30th of September and comes back on the 1st of November.
        let stays = term.student(&world, "1", "Stays", &[a, first], begin).await;
        let mover = term.student(&world, "2", "Mover", &[a, first], begin).await;
        let late = term.student(&world, "3", "Late", &[a, second], "2026-10-01").await;
        let leaver = term.student(&world, "4", "Leaver", &[a, first], begin).await;
        let returner = term.student(&world, "5", "Returner", &[b, second], begin).await;
        for (from, to) in [(a, b), (first, second)] {
            let input = MoveStudents { from, to, students: vec![mover], date: date("2026-11-01") };
            move_students(office, input).await.unwrap();
        }
        for class in [a, first] {
            let input = EndEnrolments { class, students: vec![leaver], end: date("2026-10-31") };
            end_enrolments(office, input).await.unwrap();
        }
        for class in [b, second] {
            let input = EndEnrolments { class, students: vec![returner], end: date("2026-09-30") };
            end_enrolments(office, input).await.unwrap();
            let input = EnrolStudents { class, students: vec![returner], start: date("2026-11-01") };
            enrol_students(office, input).await.unwrap();
        }
        let one = term.tests(office, term.courses[0]).await;
        let two = term.tests(office, term.courses[1]).await;
        let marks = |student, tests: [AssessmentId; 3], texts: [&str; 3]| {
            let cells = tests.into_iter().zip(texts).filter(|(_, text)| !text.is_empty());
            cells.map(move |(test, text)| cell(student, test, text)).collect::<Vec<_>>()
        };
        // What stands in a cell outside of the student's days does not count, a missing one neither.
        let in_one = [
            marks(stays, one, ["10", "20", "18"]),
            marks(mover, one, ["16", "12", "m"]),
            marks(leaver, one, ["10", "14", "m"]),
        ];
        term.mark(office, term.courses[0], in_one.concat()).await;
        let in_two = [
            marks(mover, two, ["1", "1", "17"]),
            marks(late, two, ["m", "15", "18"]),
            marks(returner, two, ["20", "m", "10"]),
        ];
        term.mark(office, term.courses[1], in_two.concat()).await;

        // Worked out by hand. Of the mover: in set 1 the tests of September and October, (16 + 12) / 40 = 70 %, weight 2/3;
        // in set 2 that of November, 17 / 20 = 85 %, weight 1/3; (70 · 2 + 85) / 3 = 75 %.
        // student,   set 1 or 2,       counts,             in percent
        // stays      1                 10 20 18 of 60      80
        // mover      1, then 2         above               75
        // late       2 from October    15 18 of 40         82.5
        // leaver     1 until October   10 14 of 40         60
        // returner   2, not in October 20 10 of 40         75
        let table = [(stays, a, 80.0), (mover, a, 75.0), (late, a, 82.5), (leaver, a, 60.0), (returner, b, 75.0)];
        for (student, home, percent) in table {
            let results = term.performance(office, student).await;
            assert_eq!(results.class, Some(home), "{percent}");
            assert_eq!(subjects(&results), [("Mathematics", Some(percent)), ("Art", None)], "{percent}");
            assert_eq!(results.overall, Some(percent));
        }
        // The arithmetic is opened.
        let results = term.performance(office, mover).await;
        let shares = &results.subjects[0].total.shares;
        let told: Vec<_> = shares
            .iter()
            .map(|share| (share.class_title.as_str(), share.percent, (share.weight * 300.0).round()))
            .collect();
        assert_eq!(told, [("Maths 1", Some(70.0), 200.0), ("Maths 2", Some(85.0), 100.0)]);
        let input = ExplainTotal { course: term.courses[1], term: term.term, student: mover };
        assert_eq!(explain_total(office, input).await.unwrap().percent, Some(75.0));
        // Each once, in the course where they are or were last; the mover in set 2.
        assert_eq!(results.subjects[0].class.n, 3);
        assert_eq!(term.performance(office, stays).await.subjects[0].class.n, 2);

        // One card each, by the homeroom of the day, which is before the moves; then after them.
        assert_eq!(term.cards(office, a).await, ["3", "4", "2", "1"]);
        world.clock.move_by(chrono::Duration::days(30));
        let office = &world.administrator_now();
        assert_eq!(term.cards(office, a).await, ["3", "4", "1"]);
        assert_eq!(term.cards(office, b).await, ["2", "5"]);
        for set in term.sets {
            assert_eq!(term.cards(office, set).await, Vec::<String>::new());
            let input = MakeReportCards { class: set, term: term.term, students: None, kind: None };
            assert!(make_report_cards(office, input).await.is_err(), "a card is printed twice");
        }

        // Figures over the school count students: five, and five results in mathematics.
        let input = SchoolStatistics { school: world.school, term: term.term, look: None };
        let school = school_statistics(office, input).await.unwrap();
        assert_eq!(school.statistics.n, 5);
        let of_subject = school.subjects.iter().find(|row| row.title == "Mathematics").unwrap();
        assert_eq!((of_subject.students, of_subject.statistics.n), (5, 5));
        assert_eq!(of_subject.statistics.mean, Some((80.0 + 75.0 + 82.5 + 60.0 + 75.0) / 5.0));
        let input = AtRisk { school: world.school, term: term.term, class: None };
        // Who has left is not looked at.
        assert_eq!(at_risk(office, input).await.unwrap().of, 4);
    }
);

both!(
    async fn nobody_is_in_two_homerooms(world: World) {
        let office = &world.administrator;
        let term = Term::new(&world).await;
        let [a, b] = term.homerooms;
        let ann = term.student(&world, "1", "Ann", &[a, term.sets[0], term.sets[1]], "2026-09-01").await;
        let code = |error: kernel::Error| error.fields[0].code.clone();
        let into_b = EnrolStudents { class: b, students: vec![ann], start: date("2026-10-01") };
        let refused = enrol_students(office, into_b.clone()).await.unwrap_err();
        assert!(refused.message.to_string().contains("7A"), "{refused:?}");
        assert_eq!(code(refused), "two_homerooms");
        // Moved she is in one after the other; the former time cannot be made longer again, nor the move half undone.
        let moved = MoveStudents { from: a, to: b, students: vec![ann], date: date("2026-10-05") };
        move_students(office, moved).await.unwrap();
        let times = student(office, school::people::OfStudent { student: ann }).await.unwrap().enrolments;
        let in_a = times.iter().find(|time| time.class == a).unwrap();
        let correct = |end: Option<&str>| CorrectEnrolment {
            enrolment: in_a.id,
            version: in_a.version,
            start: date("2026-09-01"),
            end: end.map(date),
            even_if_recorded: None,
        };
        for end in [None, Some("2026-10-05")] {
            assert_eq!(code(correct_enrolment(office, correct(end)).await.unwrap_err()), "two_homerooms");
        }
        correct_enrolment(office, correct(Some("2026-10-02"))).await.unwrap();
        // From a homeroom nobody moves into a group, and a group whose students have a homeroom becomes none.
        let moved = MoveStudents { from: b, to: term.sets[0], students: vec![ann], date: date("2026-10-12") };
        assert_eq!(code(move_students(office, moved).await.unwrap_err()), "other_kind");
        let of_set = class(office, OfClass { class: term.sets[0], as_of: None }).await.unwrap();
        let save = Save::Change { id: of_set.id, version: of_set.version };
        let input = SaveClass { save, ..new_class(world.school, of_set.year, "Maths 1") };
        assert_eq!(code(save_class(office, input).await.unwrap_err()), "two_homerooms");
        // A homeroom that was deleted does not come back with students who have another one.
        let ids = |class| ClassIds { school: world.school, classes: vec![class] };
        delete_classes(office, ids(b)).await.unwrap();
        let back = EnrolStudents { class: a, students: vec![ann], start: date("2026-10-05") };
        enrol_students(office, back).await.unwrap();
        assert_eq!(code(restore_classes(office, ids(b)).await.unwrap_err()), "two_homerooms");
    }
);

both!(
    async fn an_enrolment_is_corrected_and_what_falls_outside_is_told(world: World) {
        let office = &world.administrator;
        let term = Term::new(&world).await;
        let ann = term.student(&world, "1", "Ann", &[term.homerooms[0], term.sets[0]], "2026-09-01").await;
        let tests = term.tests(office, term.courses[0]).await;
        term.mark(office, term.courses[0], vec![cell(ann, tests[0], "10"), cell(ann, tests[1], "20")]).await;
        let times = student(office, school::people::OfStudent { student: ann }).await.unwrap().enrolments;
        let in_set = times.iter().find(|time| time.class == term.sets[0]).unwrap();
        assert_eq!(in_set.kind, ClassKind::Group);
        let input = CorrectEnrolment {
            enrolment: in_set.id,
            version: in_set.version,
            start: date("2026-10-01"),
            end: None,
            even_if_recorded: None,
        };
        let refused = correct_enrolment(office, input.clone()).await.unwrap_err();
        assert_eq!(refused.fields[0].code, "recorded_outside");
        assert_eq!(refused.details, Some(serde_json::json!({ "marks": 1, "attendance": 0 })));
        assert_eq!(subjects(&term.performance(office, ann).await)[0], ("Mathematics", Some(75.0)));
        let meant = CorrectEnrolment { even_if_recorded: Some(true), ..input };
        correct_enrolment(office, meant.clone()).await.unwrap();
        assert_eq!(subjects(&term.performance(office, ann).await)[0], ("Mathematics", Some(100.0)));
        // What was seen is what is changed; and the mark is there still when the day is earlier again.
        let stale = CorrectEnrolment { start: date("2026-09-15"), ..meant.clone() };
        assert_eq!(correct_enrolment(office, stale).await.unwrap_err().code, ErrorCode::Stale);
        let earlier = CorrectEnrolment { version: in_set.version + 1, start: date("2026-09-01"), ..meant };
        correct_enrolment(office, earlier).await.unwrap();
        assert_eq!(subjects(&term.performance(office, ann).await)[0], ("Mathematics", Some(75.0)));
    }
);

both!(
    async fn who_is_exempted_takes_no_part_in_the_course(world: World) {
        let office = &world.administrator;
        let term = Term::new(&world).await;
        let a = term.homerooms[0];
        let ann = term.student(&world, "1", "Ann", &[a], "2026-09-01").await;
        let bob = term.student(&world, "2", "Bob", &[a], "2026-09-01").await;
        let art = term.arts[0];
        let tests = term.tests(office, art).await;
        term.mark(office, art, vec![cell(ann, tests[0], "10"), cell(bob, tests[0], "20")]).await;
        let exempt = |start: &str| ExemptStudents {
            course: art,
            students: vec![bob],
            start: date(start),
            end: None,
            reason: Some("Plays in the orchestra".into()),
        };
        exempt_students(office, exempt("2026-10-01")).await.unwrap();
        // Until then he took it.
        assert_eq!(subjects(&term.performance(office, bob).await), [("Art", Some(100.0))]);
        let sheet = async || mark_sheet(office, OfCourseTerm { course: art, term: term.term }).await.unwrap();
        let outside: Vec<_> = sheet().await.outside.into_iter().map(|cell| (cell.student, cell.assessment)).collect();
        assert_eq!(outside, [(bob, tests[1]), (bob, tests[2])]);
        let of_class = class(office, OfClass { class: a, as_of: None }).await.unwrap();
        assert_eq!(of_class.courses[0].exempted, 1);
        let again = EndExemptions { course: art, students: vec![bob], from: date("2026-09-01") };
        end_exemptions(office, again.clone()).await.unwrap();
        assert_eq!(end_exemptions(office, again.clone()).await.unwrap_err().fields[0].code, "not_exempted");
        // From the first day on: he has no such subject, and the marks are kept.
        let undo = exempt_students(office, exempt("2026-09-01")).await.unwrap().undo.unwrap();
        assert_eq!(subjects(&term.performance(office, bob).await), []);
        assert_eq!(sheet().await.students.len(), 1);
        let page = course(office, OfCourse { course: art }).await.unwrap();
        let members: Vec<_> = page.members.iter().map(|of| (of.given_name.as_str(), of.takes)).collect();
        assert_eq!(members, [("Ann", true), ("Bob", false)]);
        assert_eq!(page.members[1].exemptions[0].reason.as_deref(), Some("Plays in the orchestra"));
        upkeep::undo(office, upkeep::Undo { entry: undo }).await.unwrap();
        assert_eq!(subjects(&term.performance(office, bob).await), [("Art", Some(100.0))]);
    }
);

both!(
    async fn a_student_is_put_into_a_subject_in_one_step(world: World) {
        let office = &world.administrator;
        let term = Term::new(&world).await;
        let [one, two] = term.sets;
        let ann = term.student(&world, "1", "Ann", &[term.homerooms[0], one], "2026-09-01").await;
        let bob = term.student(&world, "2", "Bob", &[term.homerooms[0], two], "2026-09-01").await;
        let of_set = class(office, OfClass { class: two, as_of: None }).await.unwrap();
        let save = Save::Change { id: two, version: of_set.version };
        let input = SaveClass {
            save,
            kind: ClassKind::Group,
            places: Some(1),
            ..new_class(world.school, of_set.year, "Maths 2")
        };
        save_class(office, input).await.unwrap();
        let to_join = |student, subject| CoursesToJoin { student, subject, year: of_set.year };
        let offered = courses_to_join(office, to_join(ann, term.mathematics)).await.unwrap();
        let told: Vec<_> =
            offered.iter().map(|of| (of.class_title.as_str(), of.students, of.places, of.takes, of.open)).collect();
        assert_eq!(told, [("Maths 1", 1, None, true, false), ("Maths 2", 1, Some(1), false, true)]);
        let join = |even_if_full| JoinCourse {
            student: ann,
            course: term.courses[1],
            start: date("2026-10-12"),
            instead_of: Some(term.courses[0]),
            even_if_full,
        };
        assert_eq!(join_course(office, join(None)).await.unwrap_err().fields[0].code, "full");
        let saved = join_course(office, join(Some(true))).await.unwrap();
        assert_eq!(saved.course.members.iter().map(|of| of.student).collect::<Vec<_>>(), [ann, bob]);
        let times = student(office, school::people::OfStudent { student: ann }).await.unwrap().enrolments;
        let days = |class| times.iter().find(|time| time.class == class).map(|time| (time.start, time.end)).unwrap();
        assert_eq!(days(one), (date("2026-09-01"), Some(date("2026-10-11"))));
        assert_eq!(days(two), (date("2026-10-12"), None));
        // A course of the homeroom is taken again by ending the exemption; one of another homeroom is not open.
        let art = courses_to_join(office, to_join(ann, term.art)).await.unwrap();
        let told: Vec<_> = art.iter().map(|of| (of.class_title.as_str(), of.takes, of.open)).collect();
        assert_eq!(told, [("7A", true, false), ("7B", false, false)]);
        let input = JoinCourse { course: term.arts[1], instead_of: None, ..join(None) };
        assert_eq!(join_course(office, input).await.unwrap_err().fields[0].code, "other_homeroom");
    }
);

both!(
    async fn the_day_belongs_to_the_homeroom(world: World) {
        let office = &world.administrator;
        let term = Term::new(&world).await;
        term.student(&world, "1", "Ann", &[term.homerooms[0], term.sets[0]], "2026-09-01").await;
        let day: NaiveDate = date("2026-10-14");
        let of = |class, lesson| OfRegister { class, date: day, lesson, even_if_no_school: None };
        assert_eq!(register(office, of(term.homerooms[0], 0)).await.unwrap().students.len(), 1);
        assert_eq!(register(office, of(term.sets[0], 0)).await.unwrap_err().fields[0].code, "group");
        assert_eq!(register(office, of(term.sets[0], 3)).await.unwrap().students.len(), 1);
        let listed = async |lesson| {
            let input = RegistersOfDayInput { school: world.school, date: Some(day), lesson };
            let rows = registers_of_day(office, input).await.unwrap().classes;
            rows.into_iter().map(|row| row.class_title).collect::<Vec<_>>()
        };
        assert_eq!(listed(None).await, ["7A", "7B"]);
        assert_eq!(listed(Some(3)).await, ["7A", "7B", "Maths 1", "Maths 2"]);
    }
);

both!(
    async fn courses_have_a_list(world: World) {
        let office = &world.administrator;
        let term = Term::new(&world).await;
        let ann = term.student(&world, "1", "Ann", &[term.homerooms[0], term.sets[0]], "2026-09-01").await;
        let all = ListCourses {
            school: world.school,
            year: None,
            subject: None,
            taught: None,
            student: None,
            search: None,
            deleted: None,
            offset: None,
            limit: None,
        };
        let titles = async |input: ListCourses| {
            let page = list_courses(office, input).await.unwrap();
            assert_eq!(page.total, page.rows.len() as u64);
            let told = |row: CourseListRow| format!("{} {} {}", row.subject_title, row.class_title, row.students);
            page.rows.into_iter().map(told).collect::<Vec<_>>()
        };
        let everything = ["Mathematics Maths 1 1", "Mathematics Maths 2 0", "Art 7A 1", "Art 7B 0"];
        assert_eq!(titles(all.clone()).await, everything);
        assert_eq!(titles(ListCourses { student: Some(ann), ..all.clone() }).await, [everything[0], everything[2]]);
        assert_eq!(titles(ListCourses { search: Some("art b".into()), ..all.clone() }).await, [everything[3]]);
        assert_eq!(titles(ListCourses { search: Some("%".into()), ..all.clone() }).await, Vec::<String>::new());
        assert_eq!(titles(ListCourses { search: Some("MATHÉMATICS １".into()), ..all.clone() }).await, everything[..1]);
        assert_eq!(titles(ListCourses { subject: Some(term.mathematics), ..all.clone() }).await, everything[..2]);
        assert_eq!(
            list_courses(office, ListCourses { offset: Some(3), limit: Some(1), ..all.clone() })
                .await
                .unwrap()
                .rows
                .len(),
            1
        );
        delete_course(office, OfCourse { course: term.arts[1] }).await.unwrap();
        assert_eq!(titles(ListCourses { deleted: Some(true), ..all.clone() }).await, [everything[3]]);
        let back = CourseIds { school: world.school, courses: vec![term.arts[1]] };
        restore_courses(office, back).await.unwrap();
        assert_eq!(titles(all).await, everything);
        // What its page says of it is written by whoever teaches it.
        let page = course(office, OfCourse { course: term.arts[0] }).await.unwrap();
        let text =
            |text: &str| DescribeCourse { course: page.id, version: page.version, description: Some(text.into()) };
        let saved = describe_course(office, text(" Bring an apron. ")).await.unwrap().course;
        assert_eq!((saved.description.as_deref(), saved.version), (Some("Bring an apron."), page.version + 1));
        // The same again changes nothing, something else than was seen is refused.
        assert_eq!(describe_course(office, text("Bring an apron.")).await.unwrap().course.version, page.version + 1);
        assert_eq!(describe_course(office, text("Bring none.")).await.unwrap_err().code, ErrorCode::Stale);
    }
);
