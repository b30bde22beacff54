//! Subjects as OneRoster courses, homerooms as classes of that type, and our courses as scheduled classes.
//!
//! A group with one course is one scheduled class, a group without any too; of a group with several each course is one.

use std::collections::{HashMap, HashSet};

use exchange::{Class, ClassKind, Course, Home, Status, same_key};
use store::entities::{ClassKind as Kind, classes, courses, subjects};
use store::fold;
use store::ids::{AcademicSessionId, ClassId, CourseId, SubjectId};

use super::super::kept_ids::OfId;
use super::sessions::Years;
use super::{Going, fit, grades, nowhere, own_or, required};

/// The longest title of the binding that we write, in characters.
const LONGEST_TITLE: usize = 200;

/// What the set calls a class or course of ours.
pub(super) struct Classes<'b> {
    pub homerooms: Vec<(&'b classes::Model, String)>,
    /// Scheduled classes, each with its class, and its course where it has one.
    pub scheduled: Vec<Scheduled<'b>>,
    pub course_id: HashMap<CourseId, String>,
}

/// A scheduled class.
pub(super) struct Scheduled<'b> {
    pub id: String,
    pub class: &'b classes::Model,
    pub course: Option<&'b courses::Model>,
    /// The members of the class are those of the course, under the same identifiers.
    pub is_class: bool,
}

impl<'b> Going<'b> {
    pub(super) fn classes(&mut self, years: &Years) -> Classes<'b> {
        let book = self.book;
        let mut found = Classes { homerooms: Vec::new(), scheduled: Vec::new(), course_id: HashMap::new() };
        let mut all: Vec<&classes::Model> =
            book.classes.iter().map(|(_, row)| row).filter(|row| row.deleted_at.is_none()).collect();
        all.retain(|class| years.id_of.contains_key(&class.year_id));
        all.sort_by(|a, b| (a.year_id, &a.sort_title, a.id).cmp(&(b.year_id, &b.sort_title, b.id)));
        let mut of_class: HashMap<ClassId, Vec<&courses::Model>> = HashMap::new();
        for (_, row) in book.courses.iter().filter(|(_, row)| row.deleted_at.is_none()) {
            of_class.entry(row.class_id).or_default().push(row);
        }
        let subjects: HashMap<SubjectId, &subjects::Model> =
            book.subjects.iter().map(|(_, row)| (row.id, row)).collect();
        for class in all {
            let mut courses = of_class.remove(&class.id).unwrap_or_default();
            courses.sort_by_key(|course| (subjects.get(&course.subject_id).map(|subject| subject.position), course.id));
            if class.kind == Kind::Homeroom {
                let id = own_or(class.source_id.as_ref(), class.id);
                found.scheduled.extend(courses.into_iter().map(|course| housed(class, &id, course)));
                found.homerooms.push((class, id));
            } else {
                found.scheduled.extend(of_group(class, &courses));
            }
        }
        found.course_id = found.scheduled.iter().filter_map(|row| Some((row.course?.id, row.id.clone()))).collect();
        self.courses(&found, &subjects);
        self.rows(&found, &subjects, years);
        found
    }

    /// Subjects, and what else classes name as their course.
    fn courses(&mut self, found: &Classes<'_>, subjects: &HashMap<SubjectId, &subjects::Model>) {
        let mut all: Vec<&subjects::Model> = subjects.values().copied().collect();
        let used: HashSet<SubjectId> = found.scheduled.iter().filter_map(|row| Some(row.course?.subject_id)).collect();
        all.retain(|subject| subject.deleted_at.is_none() || used.contains(&subject.id));
        all.sort_by_key(|subject| (subject.position, subject.id));
        let mut seen = HashSet::new();
        for subject in all {
            let id = own_or(subject.source_id.as_ref(), subject.id);
            self.course(&mut seen, id, &subject.title, subject.code.as_ref());
        }
        for row in &found.scheduled {
            let subject = row.course.and_then(|course| subjects.get(&course.subject_id));
            let (title, code) = match subject {
                Some(subject) => (&subject.title, subject.code.as_ref()),
                None => (&row.class.title, None),
            };
            self.course(&mut seen, self.named_course(row, subjects), title, code);
        }
        for (class, _) in &found.homerooms {
            self.course(&mut seen, self.course_of_homeroom(class), "Homeroom", None);
        }
    }

    fn course(&mut self, seen: &mut HashSet<String>, id: String, title: &str, code: Option<&String>) {
        if !seen.insert(id.clone()) {
            return;
        }
        self.roster.courses.push(Course {
            source_id: id,
            status: Status::Active,
            title: required(title),
            code: code.cloned().unwrap_or_default(),
            org: Some(self.school.clone()),
            school_year: None,
            grades: Vec::new(),
            subjects: Vec::new(),
            subject_codes: Vec::new(),
            at: nowhere(),
        });
    }

    /// The OneRoster course of a scheduled class: the one by which it came, its subject, or of a group without a subject one of
    /// its own, since the binding wants one.
    fn named_course(&self, row: &Scheduled<'_>, subjects: &HashMap<SubjectId, &subjects::Model>) -> String {
        let Some(course) = row.course else {
            let of_title = |subject: &&&subjects::Model| {
                subject.deleted_at.is_none() && fold(&subject.title) == fold(&row.class.title)
            };
            let known = subjects.values().filter(of_title).min_by_key(|subject| subject.id);
            return known.map_or_else(|| row.id.clone(), |subject| own_or(subject.source_id.as_ref(), subject.id));
        };
        let of_subject = || {
            let source = subjects.get(&course.subject_id).and_then(|subject| subject.source_id.as_ref());
            own_or(source, course.subject_id)
        };
        self.kept_id(OfId::course_of(course.id)).unwrap_or_else(of_subject)
    }

    fn course_of_homeroom(&self, class: &classes::Model) -> String {
        let kept = self.kept_id(OfId::course_of_homeroom(class.id));
        kept.unwrap_or_else(|| fit(format!("{}|homeroom", self.school)))
    }

    fn rows(&mut self, found: &Classes<'_>, subjects: &HashMap<SubjectId, &subjects::Model>, years: &Years) {
        let title_of = |row: &Scheduled<'_>| match row.course.and_then(|course| subjects.get(&course.subject_id)) {
            Some(subject) if !row.is_class => format!("{} {}", subject.title, row.class.title),
            _ => row.class.title.clone(),
        };
        let titles: Vec<String> = found.scheduled.iter().map(title_of).collect();
        let mut called: HashMap<(AcademicSessionId, String), u32> = HashMap::new();
        let homerooms = found.homerooms.iter().map(|(class, _)| (class.year_id, class.title.as_str()));
        let scheduled = found.scheduled.iter().zip(&titles).map(|(row, title)| (row.class.year_id, title.as_str()));
        for (year, title) in homerooms.chain(scheduled) {
            *called.entry((year, same_key(title))).or_default() += 1;
        }
        let home_of: HashMap<ClassId, &String> = found.homerooms.iter().map(|(class, id)| (class.id, id)).collect();
        for (class, id) in &found.homerooms {
            let (kind, course) = (ClassKind::Homeroom, self.course_of_homeroom(class));
            let row = self.row(class, (id, &class.title), kind, course, Home::Unsaid, years);
            self.roster.classes.push(row);
        }
        for (row, mut title) in found.scheduled.iter().zip(titles) {
            // Where two are called the same, the one that is called after its subject says which it is.
            if !row.is_class && called.get(&(row.class.year_id, same_key(&title))).is_some_and(|count| *count > 1) {
                title = format!("{title} ({})", row.id);
            }
            let home = home_of.get(&row.class.id).map_or(Home::Own, |id| Home::Class((*id).clone()));
            let course = self.named_course(row, subjects);
            let class = self.row(row.class, (&row.id, &title), ClassKind::Scheduled, course, home, years);
            self.roster.classes.push(class);
        }
    }

    fn row(
        &self,
        class: &classes::Model,
        (id, title): (&str, &str),
        kind: ClassKind,
        course: String,
        home: Home,
        years: &Years,
    ) -> Class {
        Class {
            source_id: id.to_owned(),
            status: Status::Active,
            title: required(&title.chars().take(LONGEST_TITLE).collect::<String>()),
            code: String::new(),
            kind,
            course: Some(course),
            school: Some(self.school.clone()),
            terms: years.terms_of.get(&class.year_id).cloned().unwrap_or_default(),
            grades: grades(class.grade_level.as_ref()),
            subjects: Vec::new(),
            location: class.room.clone().unwrap_or_default(),
            home,
            at: nowhere(),
        }
    }
}

/// A course of a homeroom. One that came in together with its class, under the same identifier, gets one of its own.
fn housed<'b>(class: &'b classes::Model, home: &str, course: &'b courses::Model) -> Scheduled<'b> {
    let id = own_or(course.source_id.as_ref(), course.id);
    let id = if id == home { fit(format!("{id}|{}", course.id)) } else { id };
    Scheduled { id, class, course: Some(course), is_class: false }
}

fn of_group<'b>(class: &'b classes::Model, courses: &[&'b courses::Model]) -> Vec<Scheduled<'b>> {
    match courses {
        [] => vec![Scheduled { id: own_or(class.source_id.as_ref(), class.id), class, course: None, is_class: true }],
        [only] => {
            let id = own_or(only.source_id.as_ref().or(class.source_id.as_ref()), only.id);
            vec![Scheduled { id, class, course: Some(only), is_class: true }]
        }
        several => several
            .iter()
            .map(|course| {
                let id = own_or(course.source_id.as_ref(), course.id);
                Scheduled { id, class, course: Some(course), is_class: false }
            })
            .collect(),
    }
}
