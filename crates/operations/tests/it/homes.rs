//! A OneRoster school with a homeroom and scheduled classes: the scheduled classes are courses of the homeroom.

use kernel::Context;
use marks::analytics::{SchoolStatistics, StudentPerformance, TermStatistics};
use marks::analytics::{school_statistics, student_performance, term_statistics};
use marks::gradebook::*;
use marks::reports::{MakeReportCards, make_report_cards};
use school::accounts::{Nothing, whoami};
use school::attendance::{RegistersOfDayInput, registers_of_day};
use school::classes::*;
use school::exchange::{AcceptRefused, ImportReport, ImportSet};
use store::ids::{AcademicSessionId, SchoolId, StudentId};

use crate::both;
use crate::graded::cell;
use crate::sets::Set;
use crate::world::{World, date};

pub const SUBJECTS: [&str; 5] = ["Mathematics", "English", "Science", "History", "Art"];

/// A set of version 1.2 of twelve students, one homeroom and five scheduled classes; `takes` says who takes which, by their
/// places. `more` are further rows of the enrolments.
fn set(mode: &str, takes: impl Fn(usize, usize) -> bool, more: &str) -> Set {
    let manifest = format!(
        "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.orgs,{mode}\nfile.academicSessions,{mode}\n\
         file.courses,{mode}\nfile.classes,{mode}\nfile.users,{mode}\nfile.roles,{mode}\nfile.enrollments,{mode}\n"
    );
    let stamp = if mode == "delta" { "active,2026-10-14T00:00:00.000Z" } else { "," };
    let orgs = format!(
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,{stamp},Lakeside,school,,\n"
    );
    let sessions = format!(
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n\
         y1,{stamp},2026/27,schoolYear,2026-09-01,2027-07-16,,2027\nt1,{stamp},Autumn,term,2026-09-01,2026-12-19,y1,2027\n"
    );
    let mut courses = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\n".to_owned();
    let mut classes = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n".to_owned();
    courses.push_str(&format!("k0,{stamp},y1,Homeroom,,,o1,,\n"));
    classes.push_str(&format!("h1,{stamp},7A,07,k0,,homeroom,,o1,y1,,,\n"));
    for (n, subject) in SUBJECTS.iter().enumerate() {
        courses.push_str(&format!("k{},{stamp},y1,{subject},,,o1,,\n", n + 1));
        classes.push_str(&format!("c{},{stamp},{subject} 7A,07,k{},,scheduled,,o1,t1,,,\n", n + 1, n + 1));
    }
    let mut users = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n".to_owned();
    let mut roles = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n".to_owned();
    let mut enrolled = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n".to_owned();
    for student in 0..12 {
        let number = 100 + student;
        users.push_str(&format!(
            "s{student},{stamp},true,u{student},,Child,Number{student:02},,{number},,,,,07,,,,,,,o1,\n"
        ));
        roles.push_str(&format!("r{student},{stamp},s{student},primary,student,,,o1,\n"));
        enrolled.push_str(&format!("eh{student},{stamp},h1,o1,s{student},student,,,\n"));
        for course in (0..5).filter(|course| takes(student, *course)) {
            enrolled.push_str(&format!("e{course}x{student},{stamp},c{},o1,s{student},student,,,\n", course + 1));
        }
    }
    enrolled.push_str(more);
    Set::of(&[
        ("manifest.csv", manifest),
        ("orgs.csv", orgs),
        ("academicSessions.csv", sessions),
        ("courses.csv", courses),
        ("classes.csv", classes),
        ("users.csv", users),
        ("roles.csv", roles),
        ("enrollments.csv", enrolled),
    ])
}

/// The same as a bulk set with somebody who teaches, `t1` with the role `rt`.
pub fn taught_set(takes: impl Fn(usize, usize) -> bool, more: &str) -> Set {
    let mut set = set("bulk", takes, more);
    set.edit("users.csv", |text| format!("{text}t1,,,true,tea,,Tea,Cher{}\n", ",".repeat(15)));
    set.edit("roles.csv", |text| format!("{text}rt,,,t1,primary,teacher,,,o1,\n"));
    set
}

async fn import(office: &Context, set: &Set) -> ImportReport {
    let options = ImportSet { accept_refused: AcceptRefused::Nothing, apply: true, ..Default::default() };
    let report = set.import(office, options).await.unwrap();
    assert!(report.applied, "{report:?}");
    report
}

/// The school into which the set goes, the only one, its first term, and whoever may do everything there.
async fn the_school(world: &World) -> (Context, SchoolId, AcademicSessionId) {
    let schools = whoami(&world.administrator, Nothing {}).await.unwrap().schools;
    (world.administrator.clone(), schools[0].id, schools[0].terms[0].id)
}

async fn courses_of(office: &Context, school: SchoolId) -> Vec<CourseListRow> {
    let input = ListCourses {
        school,
        year: None,
        subject: None,
        taught: None,
        student: None,
        search: None,
        deleted: None,
        offset: None,
        limit: None,
    };
    let mut rows = list_courses(office, input).await.unwrap().rows;
    let place = |row: &CourseListRow| SUBJECTS.iter().position(|subject| *subject == row.subject_title);
    rows.sort_by_key(|row| place(row));
    rows
}

async fn classes_of(office: &Context, school: SchoolId) -> Vec<(String, ClassKind, i64)> {
    let input = ListClasses { as_of: None, school, year: None, kind: None, deleted: None };
    let rows = list_classes(office, input).await.unwrap();
    rows.into_iter().map(|row| (row.title, row.kind, row.students)).collect()
}

both!(
    async fn a_homeroom_and_five_scheduled_classes_are_one_class_with_five_courses(world: World) {
        import(&world.administrator, &set("bulk", |_, _| true, "")).await;
        let (office, school, term) = &the_school(&world).await;
        assert_eq!(classes_of(office, *school).await, [("7A".to_owned(), ClassKind::Homeroom, 12)]);
        let courses = courses_of(office, *school).await;
        let told: Vec<_> = courses.iter().map(|row| (row.subject_title.as_str(), row.students)).collect();
        assert_eq!(told, SUBJECTS.map(|subject| (subject, 12)));
        let details = class(office, OfClass { class: courses[0].class, as_of: None }).await.unwrap();
        let students: Vec<StudentId> = details.students.iter().map(|row| row.student).collect();
        for row in &courses {
            let input =
                SaveCategory { save: kernel::Save::New, course: row.id, title: "Tests".into(), weight: "1".into() };
            let category = save_category(office, input).await.unwrap().category.id;
            let input = SaveAssessment {
                due_date: None,
                save: kernel::Save::New,
                course: row.id,
                term: *term,
                category,
                title: "Test".into(),
                maximum: "20".into(),
                date: Some(date("2026-10-01")),
            };
            let test = save_assessment(office, input).await.unwrap().assessment.id;
            let cells = students.iter().enumerate().map(|(n, id)| cell(*id, test, &(n + 8).to_string())).collect();
            record_marks(office, RecordMarks { course: row.id, term: *term, cells }).await.unwrap();
        }
        // Every figure counts the twelve, and each has one card of five subjects.
        let input = SchoolStatistics { school: *school, term: *term, look: None };
        let figures = school_statistics(office, input).await.unwrap();
        assert_eq!(figures.statistics.n, 12);
        assert_eq!(
            figures.subjects.iter().map(|row| (row.students, row.statistics.n)).collect::<Vec<_>>(),
            [(12, 12); 5]
        );
        assert_eq!(figures.classes.iter().map(|row| row.statistics.n).collect::<Vec<_>>(), [12]);
        let input = TermStatistics { class: details.id, term: *term, look: None };
        assert_eq!(term_statistics(office, input).await.unwrap().columns.len(), 5);
        for student in &students {
            let input = StudentPerformance { student: *student, term: *term, look: None };
            let results = student_performance(office, input).await.unwrap();
            assert_eq!((results.subjects.len(), results.class_statistics.n), (5, 12));
            assert!(results.subjects.iter().all(|of| of.class.n == 12 && of.total.percent.is_some()));
        }
        let input = MakeReportCards { class: details.id, term: *term, students: None, kind: None };
        assert_eq!(make_report_cards(office, input).await.unwrap().students, 12);
        let input = RegistersOfDayInput { school: *school, date: None, lesson: None };
        assert_eq!(registers_of_day(office, input).await.unwrap().classes.len(), 1);
        // The same set again changes nothing.
        let again = import(office, &set("bulk", |_, _| true, "")).await;
        assert_eq!((again.added.total(), again.changed.total(), again.deleted.total()), (0, 0, 0), "{again:?}");
    }
);

both!(
    async fn who_is_not_in_a_scheduled_class_is_exempted_from_the_course(world: World) {
        // The first three do not take art.
        let some = |student: usize, course: usize| course != 4 || student >= 3;
        import(&world.administrator, &set("bulk", some, "")).await;
        let (office, school, _) = &the_school(&world).await;
        let art = courses_of(office, *school).await.pop().unwrap();
        assert_eq!((art.subject_title.as_str(), art.students, art.class_title.as_str()), ("Art", 9, "7A"));
        let page = course(office, OfCourse { course: art.id }).await.unwrap();
        assert_eq!(page.members.iter().filter(|member| !member.takes).count(), 3);
        // One of them takes it by the next set, another by a delta, which tells of nobody else.
        let report = import(office, &set("bulk", |student, course| some(student, course) || student == 0, "")).await;
        assert_eq!((report.changed.total(), report.deleted.total(), report.added.total()), (0, 1, 0), "{report:?}");
        assert_eq!(courses_of(office, *school).await[4].students, 10);
        let row = "e4x1,active,2026-10-14T00:00:00.000Z,c5,o1,s1,student,,,\n";
        import(office, &set("delta", |_, _| false, row)).await;
        assert_eq!(courses_of(office, *school).await[4].students, 11);
        // And who is taken out of it is exempted from tomorrow on.
        let row = "e4x5,tobedeleted,2026-10-14T00:00:00.000Z,c5,o1,s5,student,,,\n";
        import(office, &set("delta", |_, _| false, row)).await;
        world.clock.move_by(chrono::Duration::days(1));
        assert_eq!(courses_of(office, *school).await[4].students, 10);
        assert_eq!(classes_of(office, *school).await.len(), 1);
    }
);

both!(
    async fn a_class_of_more_than_one_homeroom_is_a_group(world: World) {
        // Somebody who is in no homeroom takes art: nobody's homeroom houses it.
        let more = "e4x99,,,c5,o1,s11,student,,,\n".replace("e4x99", "e4x12");
        let without = |student: usize, course: usize| course != 4 || student < 11;
        let mut set = set("bulk", without, &more);
        set.edit("enrollments.csv", |text| text.replace("eh11,,,h1,o1,s11,student,,,\n", ""));
        import(&world.administrator, &set).await;
        let (office, school, _) = &the_school(&world).await;
        let mut classes = classes_of(office, *school).await;
        classes.sort();
        // The eleven are in the homeroom; the other four subjects are taken by the twelfth too, so that all are groups.
        let groups = classes.iter().filter(|(_, kind, students)| *kind == ClassKind::Group && *students == 12).count();
        assert_eq!((classes.len(), groups), (6, 5), "{classes:?}");
    }
);

both!(
    async fn nobody_is_imported_into_two_homerooms(world: World) {
        let mut twice = set("bulk", |_, _| true, "eh99,,,h2,o1,s3,student,,,\n");
        twice.edit("classes.csv", |text| format!("{text}h2,,,7B,07,k0,,homeroom,,o1,y1,,,\n"));
        let options = ImportSet { accept_refused: AcceptRefused::Nothing, apply: true, ..Default::default() };
        let report = twice.import(&world.administrator, options).await.unwrap();
        assert!(!report.applied);
        let refused: Vec<_> =
            report.refused.iter().map(|row| (row.file.as_str(), row.line, row.column.as_str())).collect();
        assert_eq!(refused, [("enrollments.csv", 74, "classSourcedId")]);
    }
);
