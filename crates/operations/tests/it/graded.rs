//! What the tests of gradebook, analytics and reports start from: mathematics of 7A with two categories, three
//! assessments and a first set of marks.

use kernel::Save;
use kernel::{Context, Role};
use marks::gradebook::*;
use school::accounts::{Nothing, whoami};
use store::ids::{AcademicSessionId, AssessmentId, CategoryId, StudentId};

use crate::roster::Roster;
use crate::world::World;

/// A course with columns.
pub struct Graded {
    pub roster: Roster,
    pub autumn: AcademicSessionId,
    pub spring: AcademicSessionId,
    pub tests: CategoryId,
    /// In tests, maximum 20.
    pub test_1: AssessmentId,
    /// In tests, maximum 20.
    pub test_2: AssessmentId,
    /// In homework, maximum 10.
    pub essay: AssessmentId,
    pub ben: Context,
}

impl Graded {
    pub async fn new(world: &World) -> Self {
        let roster = Roster::new(world).await;
        let ben = roster.teacher(world).await;
        let terms = whoami(&world.administrator, Nothing {}).await.unwrap().schools[0].terms.clone();
        let tests = category(&ben, &roster, "Tests", "3").await;
        let homework = category(&ben, &roster, "Homework", "1").await;
        let autumn = terms[0].id;
        let test_1 = assessment(&ben, &roster, autumn, tests, "Test 1", "20").await;
        let test_2 = assessment(&ben, &roster, autumn, tests, "Test 2", "20").await;
        let essay = assessment(&ben, &roster, autumn, homework, "Essay", "10").await;
        Self { autumn, spring: terms[1].id, tests, test_1, test_2, essay, ben, roster }
    }

    pub fn of_course(&self) -> OfCourseTerm {
        OfCourseTerm { course: self.roster.course, term: self.autumn }
    }

    /// José, Aarav, Mohammed.
    pub fn students(&self) -> [StudentId; 3] {
        [self.roster.in_a[0], self.roster.in_a[1], self.roster.in_a[2]]
    }

    /// Saves cells as one person.
    pub async fn record(&self, who: &Context, cells: Vec<MarkCell>) -> RecordedMarks {
        let input = RecordMarks { course: self.roster.course, term: self.autumn, cells };
        record_marks(who, input).await.unwrap()
    }

    /// José 15, 12.5 and 9; Aarav 8 and missing; Mohammed excused, 20 and 10.
    pub async fn first_marks(&self) -> RecordedMarks {
        let [jose, aarav, mohammed] = self.students();
        let cells = vec![
            cell(jose, self.test_1, "15"),
            cell(jose, self.test_2, "12,5"),
            cell(jose, self.essay, "9"),
            cell(aarav, self.test_1, "8"),
            cell(aarav, self.test_2, "m"),
            cell(mohammed, self.test_1, "ex"),
            cell(mohammed, self.test_2, "20"),
            cell(mohammed, self.essay, "10"),
        ];
        self.record(&self.ben, cells).await
    }

    /// Chloë, who teaches nothing to 7A.
    pub async fn chloe(&self, world: &World) -> Context {
        world.user_for("chloe", Role::Teacher, world.school, Some(self.roster.chloe), None).await
    }
}

/// A cell of which nothing was seen before.
pub fn cell(student: StudentId, assessment: AssessmentId, text: &str) -> MarkCell {
    MarkCell { student, assessment, text: text.into(), seen_version: None }
}

/// A cell whose version was seen.
pub fn seen(cell: MarkCell, version: i32) -> MarkCell {
    MarkCell { seen_version: Some(version), ..cell }
}

async fn category(who: &Context, roster: &Roster, title: &str, weight: &str) -> CategoryId {
    let input = SaveCategory { save: Save::New, course: roster.course, title: title.into(), weight: weight.into() };
    save_category(who, input).await.unwrap().category.id
}

pub async fn assessment(
    who: &Context,
    roster: &Roster,
    term: AcademicSessionId,
    category: CategoryId,
    title: &str,
    maximum: &str,
) -> AssessmentId {
    let input = SaveAssessment {
        due_date: None,
        save: Save::New,
        course: roster.course,
        term,
        category,
        title: title.into(),
        maximum: maximum.into(),
        date: None,
    };
    save_assessment(who, input).await.unwrap().assessment.id
}
