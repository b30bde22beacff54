//! The table of all operations: name, input, output, and who may. The shell calls through it, the bindings of the user
//! interface are generated from it, and the permission test walks it; an operation that is not here cannot be called.

use std::path::Path;

use futures_util::future::BoxFuture;
use serde_json::Value;
use ts_rs::{Config, ExportError, TS, TypeVisitor};

use crate::permission::{Rule, rules};
use crate::{Context, Error, Result};

/// One line of the generated bindings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub operation: Operation,
    pub input: String,
    pub output: String,
}

macro_rules! operations {
    ($($(#[doc = $doc:literal])* $feature:ident :: $name:ident ( $input:ty ) -> $output:ty , $rule:expr ;)*) => {
        /// Every operation by its name, as it is audited and called.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(non_camel_case_types)] // a variant is the operation's function, letter for letter
        pub enum Operation { $($(#[doc = $doc])* $name,)* }

        impl Operation {
            /// All operations, in the order of the table.
            pub const ALL: &'static [Operation] = &[$(Operation::$name,)*];

            /// The operation's name.
            pub fn name(self) -> &'static str {
                match self { $(Operation::$name => stringify!($name),)* }
            }

            /// The feature that it belongs to.
            pub fn feature(self) -> &'static str {
                match self { $(Operation::$name => stringify!($feature),)* }
            }

            /// Who may do it.
            pub fn rule(self) -> Rule {
                match self { $(Operation::$name => $rule,)* }
            }
        }

        /// The work of an operation. Each is a future of its own on the heap: all of them in the body of one would be
        /// too large for a thread's stack, and slow to compile.
        fn dispatch(context: &Context, operation: Operation, input: Value) -> BoxFuture<'_, Result<Value>> {
            match operation {
                $(Operation::$name => Box::pin(async move {
                    let input: $input = serde_json::from_value(input)?;
                    let output: $output = crate::$feature::$name(context, input).await?;
                    Ok(serde_json::to_value(output)?)
                }),)*
            }
        }

        /// Writes the types of all inputs and outputs into the folder and returns the bindings' lines.
        pub fn export_types(folder: &Path) -> Result<Vec<Binding>, ExportError> {
            let config = Config::new().with_out_dir(folder).with_large_int("number");
            crate::Error::export_all(&config)?;
            crate::Announcement::export_all(&config)?;
            crate::JobUpdate::export_all(&config)?;
            let mut bindings = Vec::new();
            $(
                export::<$input>(&config)?;
                export::<$output>(&config)?;
                bindings.push(Binding {
                    operation: Operation::$name,
                    input: <$input as TS>::name(&config),
                    output: <$output as TS>::name(&config),
                });
            )*
            Ok(bindings)
        }
    };
}

/// Exports a type; of a list, an option or nothing at all: what it is made of.
fn export<T: TS + ?Sized + 'static>(config: &Config) -> Result<(), ExportError> {
    struct Parts<'c>(&'c Config, Result<(), ExportError>);
    impl TypeVisitor for Parts<'_> {
        fn visit<T: TS + ?Sized + 'static>(&mut self) {
            if self.1.is_ok() {
                self.1 = export::<T>(self.0);
            }
        }
    }
    if T::output_path().is_some() {
        return T::export_all(config);
    }
    let mut parts = Parts(config, Ok(()));
    T::visit_generics(&mut parts);
    parts.1
}

/// Nobody needs to be signed in; the operation itself says what it allows.
const ANYONE: Rule = &[];

operations! {
    /// Whether the school is set up and who is signed in.
    accounts::status(accounts::Nothing) -> accounts::Status, ANYONE;
    /// First run: makes the school and its first administrator.
    accounts::set_up(accounts::SetUp) -> accounts::SignedIn, ANYONE;
    accounts::sign_in(accounts::SignIn) -> accounts::SignedIn, ANYONE;
    accounts::sign_out(accounts::Nothing) -> (), rules::SIGNED_IN;
    accounts::whoami(accounts::Nothing) -> accounts::Whoami, rules::SIGNED_IN;
    accounts::change_password(accounts::ChangePassword) -> (), rules::SIGNED_IN;
    /// Locks this sign-in's screen: nothing is done in its name before the password is given.
    accounts::lock_screen(accounts::Nothing) -> (), rules::SIGNED_IN;
    accounts::unlock(accounts::GivePassword) -> (), rules::SIGNED_IN;
    /// Gives the password once more, for what asks for it.
    accounts::confirm_password(accounts::GivePassword) -> (), rules::SIGNED_IN;
    accounts::my_sessions(accounts::Nothing) -> Vec<accounts::SessionRow>, rules::SIGNED_IN;
    accounts::revoke_session(accounts::RevokeSession) -> (), rules::SIGNED_IN;
    accounts::list_users(accounts::ListUsers) -> Vec<accounts::UserRow>, rules::LEADERS;
    accounts::save_user(accounts::SaveUser) -> accounts::UserRow, rules::LEADERS;
    /// The account of a member of staff, or what would be proposed for one.
    accounts::staff_account(accounts::OfStaffAccount) -> accounts::StaffAccount, rules::LEADERS;
    /// Makes an account for a member of staff, with a password that is shown once.
    accounts::make_staff_account(accounts::MakeStaffAccount) -> accounts::MadeAccount, rules::LEADERS;
    accounts::set_password(accounts::SetPassword) -> (), rules::LEADERS;
    accounts::user_sessions(accounts::OfUser) -> Vec<accounts::SessionRow>, rules::LEADERS;
    accounts::revoke_user_session(accounts::RevokeSession) -> (), rules::LEADERS;
    /// Fills an empty database with a school to try things on.
    demo::fill_demo_school(demo::FillDemoSchool) -> demo::DemoSchool, rules::ADMINISTRATORS;
    /// The schools within reach.
    schools::list_schools(accounts::Nothing) -> Vec<schools::SchoolRow>, rules::STAFF;
    schools::school_details(schools::OfSchool) -> schools::SchoolDetails, rules::STAFF;
    schools::save_school(schools::SaveSchool) -> schools::SchoolDetails, rules::LEADERS;
    schools::create_school(schools::CreateSchool) -> schools::SchoolDetails, rules::ADMINISTRATORS;
    schools::list_sessions(schools::OfSchool) -> Vec<schools::YearRow>, rules::SIGNED_IN;
    schools::save_year(schools::SaveYear) -> schools::YearRow, rules::LEADERS;
    schools::delete_session(schools::DeleteSession) -> upkeep::Undoable, rules::LEADERS;
    schools::settings(schools::OfSchool) -> schools::SchoolSettings, rules::STAFF;
    schools::save_settings(schools::SaveSettings) -> schools::SchoolSettings, rules::LEADERS;
    schools::list_subjects(schools::OfSchool) -> Vec<schools::SubjectRow>, rules::STAFF;
    schools::save_subject(schools::SaveSubject) -> schools::SubjectRow, rules::OFFICE;
    schools::delete_subject(schools::DeleteSubject) -> upkeep::Undoable, rules::OFFICE;
    schools::grade_scale(schools::OfSchool) -> schools::GradeScaleRow, rules::SIGNED_IN;
    schools::save_grade_scale(schools::SaveGradeScale) -> schools::GradeScaleRow, rules::LEADERS;
    schools::list_attendance_codes(schools::OfSchool) -> Vec<schools::AttendanceCodeRow>, rules::SIGNED_IN;
    schools::save_attendance_code(schools::SaveAttendanceCode) -> Vec<schools::AttendanceCodeRow>, rules::LEADERS;
    people::list_students(people::ListStudents) -> crate::Page<people::StudentRow>, rules::STAFF;
    people::student(people::OfStudent) -> people::StudentDetails, rules::SIGNED_IN;
    people::save_student(people::SaveStudent) -> people::SavedStudent, rules::OFFICE;
    people::alike_students(people::AlikeStudents) -> Vec<people::AlikeStudent>, rules::OFFICE;
    people::next_student_number(schools::OfSchool) -> people::NextNumber, rules::OFFICE;
    people::delete_students(people::StudentIds) -> upkeep::Undoable, rules::OFFICE;
    people::restore_students(people::StudentIds) -> upkeep::Undoable, rules::OFFICE;
    people::search_people(people::SearchPeople) -> Vec<people::PersonHit>, rules::STAFF;
    people::list_staff(people::ListStaff) -> crate::Page<people::StaffRow>, rules::STAFF;
    people::staff_member(people::OfStaff) -> people::StaffDetails, rules::STAFF;
    people::save_staff(people::SaveStaff) -> people::StaffDetails, rules::OFFICE;
    people::delete_staff(people::StaffIds) -> upkeep::Undoable, rules::OFFICE;
    people::restore_staff(people::StaffIds) -> upkeep::Undoable, rules::OFFICE;
    classes::list_classes(classes::ListClasses) -> Vec<classes::ClassRow>, rules::STAFF;
    classes::class(classes::OfClass) -> classes::ClassDetails, rules::STAFF;
    classes::save_class(classes::SaveClass) -> classes::SavedClass, rules::OFFICE;
    classes::delete_classes(classes::ClassIds) -> upkeep::Undoable, rules::OFFICE;
    classes::restore_classes(classes::ClassIds) -> upkeep::Undoable, rules::OFFICE;
    classes::save_course(classes::SaveCourse) -> classes::SavedCourse, rules::OFFICE;
    /// Several subjects with their teachers, also for several classes, in one act.
    classes::save_courses(classes::SaveCourses) -> classes::SavedCourses, rules::OFFICE;
    classes::delete_course(classes::OfCourse) -> upkeep::Undoable, rules::OFFICE;
    classes::enrol_students(classes::EnrolStudents) -> upkeep::Undoable, rules::OFFICE;
    classes::end_enrolments(classes::EndEnrolments) -> upkeep::Undoable, rules::OFFICE;
    classes::move_students(classes::MoveStudents) -> upkeep::Undoable, rules::OFFICE;
    /// Takes an operation back; besides this rule, that of the operation itself decides.
    upkeep::undo(upkeep::Undo) -> upkeep::Undone, rules::STAFF;
    /// What this sign-in did, and whether each can be undone.
    upkeep::my_changes(upkeep::MyChanges) -> upkeep::MyActs, rules::STAFF;
    upkeep::history(upkeep::History) -> Vec<upkeep::HistoryEntry>, rules::STAFF;
    upkeep::recent_changes(upkeep::RecentChanges) -> crate::Page<upkeep::ChangeEntry>, rules::OFFICE;
    /// One act opened: its rows with their fields before and after.
    upkeep::change_details(upkeep::ChangeDetails) -> crate::Page<upkeep::ChangedRow>, rules::OFFICE;
    upkeep::change_makers(schools::OfSchool) -> Vec<upkeep::ChangeMaker>, rules::OFFICE;
    upkeep::health(accounts::Nothing) -> upkeep::Health, rules::LEADERS;
    /// Says that the clock of this computer is right although it contradicts what the database has seen.
    upkeep::confirm_clock(accounts::Nothing) -> (), rules::LEADERS;
    upkeep::today(schools::OfSchool) -> upkeep::Today, rules::STAFF;

    /// The courses that one may grade.
    gradebook::courses_for_marks(gradebook::CoursesForMarks) -> Vec<gradebook::CourseForMarks>, rules::GRADERS;
    gradebook::mark_sheet(gradebook::OfCourseTerm) -> gradebook::MarkSheet, rules::GRADERS;
    gradebook::record_marks(gradebook::RecordMarks) -> gradebook::RecordedMarks, rules::GRADERS;
    gradebook::save_category(gradebook::SaveCategory) -> gradebook::SavedCategory, rules::GRADERS;
    gradebook::delete_category(gradebook::DeleteVersion<CategoryId>) -> upkeep::Undoable, rules::GRADERS;
    gradebook::reorder_categories(gradebook::ReorderCategories) -> upkeep::Undoable, rules::GRADERS;
    gradebook::save_assessment(gradebook::SaveAssessment) -> gradebook::SavedAssessment, rules::GRADERS;
    gradebook::delete_assessment(gradebook::DeleteVersion<AssessmentId>) -> upkeep::Undoable, rules::GRADERS;
    gradebook::reorder_assessments(gradebook::ReorderAssessments) -> upkeep::Undoable, rules::GRADERS;
    /// What a student's total is made of.
    gradebook::explain_total(gradebook::ExplainTotal) -> gradebook::ExplainedTotal, rules::RESULTS;
    gradebook::report_comments(gradebook::OfClassTerm) -> gradebook::ReportComments, rules::GRADERS;
    gradebook::save_comments(gradebook::SaveComments) -> gradebook::SavedComments, rules::GRADERS;

    /// How a class did in one assessment.
    analytics::assessment_statistics(analytics::AssessmentStatistics) -> analytics::GroupResults, rules::CLASS_RESULTS;
    /// How a class did in a subject in a term.
    analytics::subject_statistics(analytics::SubjectStatistics) -> analytics::GroupResults, rules::CLASS_RESULTS;
    /// How a class did in a term over all subjects.
    analytics::term_statistics(analytics::TermStatistics) -> analytics::GroupResults, rules::CLASS_RESULTS;
    analytics::school_statistics(analytics::SchoolStatistics) -> analytics::SchoolResults, rules::CLASS_RESULTS;
    analytics::student_performance(analytics::StudentPerformance) -> analytics::StudentResults, rules::RESULTS;
    analytics::at_risk(analytics::AtRisk) -> analytics::StudentsAtRisk, rules::CLASS_RESULTS;

    /// What is still missing for the report cards of a class.
    reports::report_card_readiness(reports::OfReportClass) -> reports::ReportCardReadiness, rules::GRADERS;
    /// Report cards of a class, or of some of its students, in one PDF.
    reports::make_report_cards(reports::MakeReportCards) -> reports::MadeDocument, rules::GRADERS;
    reports::preview_report_card(reports::PreviewReportCard) -> reports::MadeDocument, rules::GRADERS;
    /// The table of all results of a class as CSV.
    reports::make_broadsheet(reports::OfReportClass) -> reports::MadeDocument, rules::GRADERS;

    attendance::register(attendance::OfRegister) -> attendance::Register, rules::REGISTER;
    attendance::record_attendance(attendance::RecordAttendance) -> attendance::RecordedAttendance, rules::REGISTER;
    attendance::mark_all_present(attendance::OfRegister) -> attendance::RecordedAttendance, rules::REGISTER;
    attendance::take_register(attendance::TakeRegister) -> attendance::RecordedAttendance, rules::REGISTER;
    attendance::registers_of_day(attendance::RegistersOfDayInput) -> attendance::RegistersOfDay, rules::REGISTER;
    attendance::absent_today(attendance::AbsentToday) -> Vec<attendance::AbsentStudent>, rules::STAFF;
    attendance::attendance_history(attendance::AttendanceHistory) -> crate::Page<attendance::HistoryRow>, rules::SIGNED_IN;
    attendance::attendance_summary(attendance::SummaryOf) -> attendance::AttendanceSummary, rules::SIGNED_IN;
    attendance::attendance_csv(attendance::AttendanceCsv) -> attendance::AttendanceFile, rules::REGISTER;
    attendance::list_cameras(accounts::Nothing) -> Vec<attendance::CameraDevice>, rules::REGISTER;
    /// Opens a camera on a class; nothing is written before somebody confirms it.
    attendance::start_attendance_session(attendance::StartAttendanceSession) -> attendance::LiveState, rules::REGISTER;
    attendance::start_enrolment_session(attendance::StartEnrolmentSession) -> attendance::LiveState, rules::OFFICE;
    attendance::live_session(attendance::OfSession) -> attendance::LiveState, rules::REGISTER;
    attendance::stop_live_session(attendance::OfSession) -> (), rules::REGISTER;
    attendance::confirm_proposals(attendance::ConfirmProposals) -> attendance::RecordedAttendance, rules::REGISTER;
    attendance::correct_proposal(attendance::CorrectProposal) -> attendance::RecordedAttendance, rules::REGISTER;
    attendance::capture_frame(attendance::OfSession) -> attendance::CapturedFrame, rules::OFFICE;
    attendance::add_camera(attendance::AddCamera) -> attendance::LiveState, rules::REGISTER;
    attendance::remove_camera(attendance::OfCamera) -> attendance::LiveState, rules::REGISTER;
    /// The sizes of picture that a camera of this computer can give.
    attendance::camera_sizes(attendance::OfDevice) -> Vec<attendance::CameraSize>, rules::REGISTER;
    attendance::camera_health(schools::OfSchool) -> Vec<attendance::RunningCamera>, rules::REGISTER;
    /// Photographs of a class do the same as a camera.
    attendance::start_photograph_session(attendance::StartPhotographSession) -> attendance::LiveState, rules::REGISTER;
    attendance::add_photographs(attendance::AddPhotographs) -> attendance::LiveState, rules::REGISTER;
    attendance::unknown_faces(attendance::OfSession) -> Vec<attendance::UnknownPicture>, rules::OFFICE;
    attendance::take_unknown_face(attendance::OfUnknownFace) -> attendance::UnknownUploads, rules::OFFICE;
    /// The faces by which cameras marked a student, where the school keeps them for some days.
    faces::attendance_evidence(faces::OfEvidence) -> Vec<faces::EvidencePicture>, rules::REGISTER;
    /// Opens the kiosk at the door, which marks by itself; the sign-in can do nothing else until it is left.
    attendance::start_kiosk(attendance::StartKiosk) -> attendance::LiveState, rules::OFFICE;
    attendance::running_kiosk(accounts::Nothing) -> Option<attendance::LiveState>, rules::OFFICE;
    attendance::leave_kiosk(attendance::LeaveKiosk) -> (), rules::OFFICE;

    faces::face_status(schools::OfSchool) -> faces::FaceStatus, rules::REGISTER;
    faces::consent_state(faces::ConsentState) -> crate::Page<faces::FaceState>, rules::REGISTER;
    faces::record_consent(faces::RecordConsent) -> faces::StandingConsent, rules::OFFICE;
    /// The consents of many signed letters in one act that can be taken back.
    faces::record_consents(faces::RecordConsents) -> faces::RecordedConsents, rules::OFFICE;
    faces::take_back_consents(faces::TakeBackConsents) -> faces::PurgedFaces, rules::OFFICE;
    /// Ends the consent and deletes the templates at once.
    faces::withdraw_consent(faces::OfFaces) -> faces::DeletedFaces, rules::OFFICE;
    /// The student's own no, which overrides every consent; everything that is held goes at once.
    faces::record_objection(faces::OfFaces) -> faces::DeletedFaces, rules::REGISTER;
    faces::withdraw_objection(faces::OfFaces) -> (), rules::OFFICE;
    faces::enrol_faces(faces::EnrolFaces) -> faces::EnrolledFaces, rules::OFFICE;
    /// Enrols many students from a zip or folder of photographs named by number.
    faces::enrol_faces_in_bulk(faces::EnrolFacesInBulk) -> faces::BulkReport, rules::OFFICE;
    /// Makes templates of a former model again from kept photographs.
    faces::reenrol_faces(schools::OfSchool) -> faces::ReenrolledFaces, rules::OFFICE;
    faces::delete_faces(faces::OfFaces) -> faces::DeletedFaces, rules::OFFICE;
    faces::check_photograph(faces::CheckPhotograph) -> faces::CheckedPhotograph, rules::REGISTER;
    /// Enrolled students who look alike.
    faces::look_alikes(schools::OfSchool) -> Vec<faces::LookAlikePair>, rules::OFFICE;
    /// When faces were used, what for and by whom.
    faces::face_uses(faces::FaceUses) -> crate::Page<faces::FaceUse>, rules::OFFICE;
    /// Everything that is held of a student's face, in one file.
    faces::export_held_faces(faces::OfFaces) -> faces::ExportedFaces, rules::OFFICE;
    /// Deletes what is due now instead of by itself.
    faces::purge_faces(accounts::Nothing) -> faces::PurgedFaces, rules::LEADERS;
    faces::show_recovery_key(schools::OfSchool) -> faces::RecoveryKey, rules::ADMINISTRATORS;
    faces::restore_face_key(faces::RestoreFaceKey) -> faces::RestoredKey, rules::ADMINISTRATORS;
    /// A new master key and new data keys; everything is sealed again.
    faces::rotate_face_keys(accounts::Nothing) -> faces::RotatedKeys, rules::ADMINISTRATORS;

    exchange::preview_import(exchange::PreviewImport) -> exchange::ImportPreview, rules::OFFICE;
    /// What an import would add, change, skip and refuse.
    exchange::import_dry_run(exchange::ImportInput) -> exchange::ImportReport, rules::OFFICE;
    exchange::save_refused(exchange::ImportInput) -> exchange::Exported, rules::OFFICE;
    exchange::import_apply(exchange::ImportInput) -> exchange::ImportReport, rules::OFFICE;
    exchange::export_students(exchange::ExportStudents) -> exchange::Exported, rules::STAFF;
    exchange::export_marks(exchange::ExportMarks) -> exchange::Exported, rules::GRADERS;
}

use store::ids::{AssessmentId, CategoryId};

use crate::accounts;
use crate::analytics;
use crate::attendance;
use crate::classes;
use crate::demo;
use crate::exchange;
use crate::faces;
use crate::gradebook;
use crate::people;
use crate::reports;
use crate::schools;
use crate::upkeep;

impl Operation {
    /// Finds an operation by its name.
    pub fn parse(name: &str) -> Option<Operation> {
        Operation::ALL.iter().copied().find(|operation| operation.name() == name)
    }

    /// Whether a sign-in may do it while it runs the kiosk at the door, where anybody may touch the screen.
    pub fn allowed_at_kiosk(self) -> bool {
        matches!(self, Operation::whoami | Operation::live_session | Operation::running_kiosk | Operation::leave_kiosk)
    }

    /// Whether somebody who must first choose a password may do it.
    pub fn allowed_before_password_change(self) -> bool {
        use Operation::*;
        matches!(self, whoami | change_password | sign_out | lock_screen | unlock | confirm_password)
    }

    /// Whether it may be done while the screen is locked.
    pub fn allowed_while_locked(self) -> bool {
        matches!(self, Operation::unlock | Operation::sign_out)
    }

    /// Whether it asks for the password again where that was not given lately: who may do what, and the keys. Changing
    /// one's own password asks for it always.
    pub fn asks_for_password(self) -> bool {
        use Operation::*;
        matches!(
            self,
            save_user | make_staff_account | set_password | show_recovery_key | restore_face_key | rotate_face_keys
        )
    }
}

/// The operation of this name, where whoever is signed in may do it at all: permission comes before the input is even
/// read; the operation itself asks again, with the scope.
pub fn permitted(context: &Context, name: &str) -> Result<Operation> {
    let operation = Operation::parse(name).ok_or_else(|| Error::not_found("operation"))?;
    if !operation.rule().is_empty() {
        context.permit(operation)?;
    }
    Ok(operation)
}

/// Calls an operation by name with a JSON input, as the shell does.
pub async fn call(context: &Context, name: &str, input: Value) -> Result<Value> {
    let operation = permitted(context, name)?;
    let result = dispatch(context, operation, input).await;
    if let Err(error) = &result {
        tracing::warn!(operation = name, code = ?error.code, "refused");
    }
    result
}

/// The text of `operations.ts`: one typed function per operation.
pub fn bindings_text(bindings: &[Binding]) -> String {
    let mut text =
        String::from("// Generated from the table of operations. Do not edit.\nimport { call } from \"../bridge\";\n");
    let mut names: Vec<String> =
        bindings.iter().flat_map(|b| [type_words(&b.input), type_words(&b.output)]).flatten().collect();
    names.sort();
    names.dedup();
    for name in names {
        text.push_str(&format!("import type {{ {name} }} from \"./{name}\";\n"));
    }
    text.push('\n');
    for binding in bindings {
        let name = binding.operation.name();
        // An operation may be called what TypeScript keeps for itself: `class` becomes `class_`.
        let mut function = camel(name);
        if RESERVED.contains(&function.as_str()) {
            function.push('_');
        }
        let (input, output) = (&binding.input, if binding.output == "null" { "null" } else { &binding.output });
        text.push_str(&format!(
            "export const {function} = (input: {input}, job?: string): Promise<{output}> => call(\"{name}\", input, job);\n"
        ));
    }
    text
}

/// Words of TypeScript that name an operation too, or may one day.
const RESERVED: [&str; 6] = ["class", "delete", "export", "import", "new", "default"];

/// The exported types that a type's text mentions.
fn type_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.starts_with(char::is_uppercase) && *word != "Array" && *word != "Record")
        .map(str::to_owned)
        .collect()
}

fn camel(name: &str) -> String {
    let mut upper = false;
    let mut result = String::new();
    for c in name.chars() {
        if c == '_' {
            upper = true;
        } else if upper {
            result.extend(c.to_uppercase());
            upper = false;
        } else {
            result.push(c);
        }
    }
    result
}
