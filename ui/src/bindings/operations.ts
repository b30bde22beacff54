// Generated from the table of operations. Do not edit.
import { operation } from "../bridge";
import type { AbsenceNotice } from "./AbsenceNotice";
import type { AbsentStudent } from "./AbsentStudent";
import type { AbsentToday } from "./AbsentToday";
import type { AcceptTransfers } from "./AcceptTransfers";
import type { AddCamera } from "./AddCamera";
import type { AddPhotographs } from "./AddPhotographs";
import type { AlikeGuardians } from "./AlikeGuardians";
import type { AlikeStudent } from "./AlikeStudent";
import type { AlikeStudents } from "./AlikeStudents";
import type { Arrived } from "./Arrived";
import type { AssessmentId } from "./AssessmentId";
import type { AssessmentStatistics } from "./AssessmentStatistics";
import type { AtRisk } from "./AtRisk";
import type { AttendanceCodeRow } from "./AttendanceCodeRow";
import type { AttendanceCsv } from "./AttendanceCsv";
import type { AttendanceFile } from "./AttendanceFile";
import type { AttendanceHistory } from "./AttendanceHistory";
import type { AttendanceSummary } from "./AttendanceSummary";
import type { BehaviourNote } from "./BehaviourNote";
import type { BulkReport } from "./BulkReport";
import type { Calendar } from "./Calendar";
import type { CalendarOf } from "./CalendarOf";
import type { CameraDevice } from "./CameraDevice";
import type { CameraSize } from "./CameraSize";
import type { CapturedFrame } from "./CapturedFrame";
import type { CategoryId } from "./CategoryId";
import type { ChangeDetails } from "./ChangeDetails";
import type { ChangeEntry } from "./ChangeEntry";
import type { ChangeField } from "./ChangeField";
import type { ChangeLeave } from "./ChangeLeave";
import type { ChangeMaker } from "./ChangeMaker";
import type { ChangePassword } from "./ChangePassword";
import type { ChangedCourse } from "./ChangedCourse";
import type { ChangedRow } from "./ChangedRow";
import type { CheckPhotograph } from "./CheckPhotograph";
import type { CheckedPhotograph } from "./CheckedPhotograph";
import type { ChooseColumns } from "./ChooseColumns";
import type { ClassDetails } from "./ClassDetails";
import type { ClassIds } from "./ClassIds";
import type { ClassPortraits } from "./ClassPortraits";
import type { ClassRow } from "./ClassRow";
import type { ConfirmProposals } from "./ConfirmProposals";
import type { ConsentState } from "./ConsentState";
import type { CopiedClasses } from "./CopiedClasses";
import type { CopyClasses } from "./CopyClasses";
import type { CorrectEnrolment } from "./CorrectEnrolment";
import type { CorrectProposal } from "./CorrectProposal";
import type { CorrectStay } from "./CorrectStay";
import type { CourseDetails } from "./CourseDetails";
import type { CourseForMarks } from "./CourseForMarks";
import type { CourseGrid } from "./CourseGrid";
import type { CourseIds } from "./CourseIds";
import type { CourseListRow } from "./CourseListRow";
import type { CourseToJoin } from "./CourseToJoin";
import type { CoursesForMarks } from "./CoursesForMarks";
import type { CoursesToJoin } from "./CoursesToJoin";
import type { CreateSchool } from "./CreateSchool";
import type { CustomField } from "./CustomField";
import type { DecideRolloverClass } from "./DecideRolloverClass";
import type { DecideRolloverStudents } from "./DecideRolloverStudents";
import type { DeclineTransfers } from "./DeclineTransfers";
import type { DeleteAbsence } from "./DeleteAbsence";
import type { DeleteAcademicSession } from "./DeleteAcademicSession";
import type { DeleteBehaviourNote } from "./DeleteBehaviourNote";
import type { DeleteCalendarEntry } from "./DeleteCalendarEntry";
import type { DeleteMedicalNote } from "./DeleteMedicalNote";
import type { DeletePastoralNote } from "./DeletePastoralNote";
import type { DeleteSubject } from "./DeleteSubject";
import type { DeleteVersion } from "./DeleteVersion";
import type { DeleteView } from "./DeleteView";
import type { DeletedFaces } from "./DeletedFaces";
import type { DeletedSession } from "./DeletedSession";
import type { DeletedSubject } from "./DeletedSubject";
import type { DemoSchool } from "./DemoSchool";
import type { DescribeCourse } from "./DescribeCourse";
import type { EarlierSchool } from "./EarlierSchool";
import type { EndEmployment } from "./EndEmployment";
import type { EndEnrolments } from "./EndEnrolments";
import type { EndExemptions } from "./EndExemptions";
import type { EnqueueReportCards } from "./EnqueueReportCards";
import type { Enqueued } from "./Enqueued";
import type { EnrolFaces } from "./EnrolFaces";
import type { EnrolFacesInBulk } from "./EnrolFacesInBulk";
import type { EnrolFolder } from "./EnrolFolder";
import type { EnrolStudents } from "./EnrolStudents";
import type { EnrolledFaces } from "./EnrolledFaces";
import type { EvidencePicture } from "./EvidencePicture";
import type { ExemptStudents } from "./ExemptStudents";
import type { ExplainTotal } from "./ExplainTotal";
import type { ExplainedTotal } from "./ExplainedTotal";
import type { ExportList } from "./ExportList";
import type { ExportMarks } from "./ExportMarks";
import type { ExportOneRoster } from "./ExportOneRoster";
import type { ExportStudents } from "./ExportStudents";
import type { Exported } from "./Exported";
import type { ExportedFaces } from "./ExportedFaces";
import type { ExportedSet } from "./ExportedSet";
import type { FaceState } from "./FaceState";
import type { FaceStatus } from "./FaceStatus";
import type { FaceUse } from "./FaceUse";
import type { FaceUses } from "./FaceUses";
import type { FieldIds } from "./FieldIds";
import type { FieldPlan } from "./FieldPlan";
import type { FieldValue } from "./FieldValue";
import type { FillDemoSchool } from "./FillDemoSchool";
import type { FilterValues } from "./FilterValues";
import type { FollowLiveSession } from "./FollowLiveSession";
import type { Followed } from "./Followed";
import type { GivePassword } from "./GivePassword";
import type { GradePlaces } from "./GradePlaces";
import type { GradeScaleRow } from "./GradeScaleRow";
import type { GrantLeave } from "./GrantLeave";
import type { GroupResults } from "./GroupResults";
import type { GuardianDetails } from "./GuardianDetails";
import type { GuardianListRow } from "./GuardianListRow";
import type { GuardianRecord } from "./GuardianRecord";
import type { Health } from "./Health";
import type { HereNow } from "./HereNow";
import type { History } from "./History";
import type { HistoryEntry } from "./HistoryEntry";
import type { HistoryRow } from "./HistoryRow";
import type { ImportInput } from "./ImportInput";
import type { ImportPreview } from "./ImportPreview";
import type { ImportReport } from "./ImportReport";
import type { ImportSet } from "./ImportSet";
import type { JobRow } from "./JobRow";
import type { JoinCourse } from "./JoinCourse";
import type { LeaveKiosk } from "./LeaveKiosk";
import type { ListClasses } from "./ListClasses";
import type { ListCourses } from "./ListCourses";
import type { ListFields } from "./ListFields";
import type { ListGuardians } from "./ListGuardians";
import type { ListJobs } from "./ListJobs";
import type { ListRow } from "./ListRow";
import type { ListSettings } from "./ListSettings";
import type { ListStaff } from "./ListStaff";
import type { ListStudents } from "./ListStudents";
import type { ListUsers } from "./ListUsers";
import type { LivePicture } from "./LivePicture";
import type { LiveState } from "./LiveState";
import type { LookAlikePair } from "./LookAlikePair";
import type { MadeAccount } from "./MadeAccount";
import type { MadeDocument } from "./MadeDocument";
import type { MakeBroadsheet } from "./MakeBroadsheet";
import type { MakeReportCards } from "./MakeReportCards";
import type { MakeStaffAccount } from "./MakeStaffAccount";
import type { ManyChanged } from "./ManyChanged";
import type { MarkSheet } from "./MarkSheet";
import type { MedicalNote } from "./MedicalNote";
import type { MergeGuardians } from "./MergeGuardians";
import type { MergePlan } from "./MergePlan";
import type { MergeStudents } from "./MergeStudents";
import type { MoveStudents } from "./MoveStudents";
import type { MyActs } from "./MyActs";
import type { MyChanges } from "./MyChanges";
import type { NextNumber } from "./NextNumber";
import type { Nothing } from "./Nothing";
import type { OfCamera } from "./OfCamera";
import type { OfClass } from "./OfClass";
import type { OfClassTerm } from "./OfClassTerm";
import type { OfCourse } from "./OfCourse";
import type { OfCourseGrid } from "./OfCourseGrid";
import type { OfCourseTerm } from "./OfCourseTerm";
import type { OfDevice } from "./OfDevice";
import type { OfEvidence } from "./OfEvidence";
import type { OfFaces } from "./OfFaces";
import type { OfGradePlaces } from "./OfGradePlaces";
import type { OfGuardian } from "./OfGuardian";
import type { OfJob } from "./OfJob";
import type { OfList } from "./OfList";
import type { OfLiveSession } from "./OfLiveSession";
import type { OfPortrait } from "./OfPortrait";
import type { OfRegister } from "./OfRegister";
import type { OfReportClass } from "./OfReportClass";
import type { OfSchool } from "./OfSchool";
import type { OfStaff } from "./OfStaff";
import type { OfStaffAccount } from "./OfStaffAccount";
import type { OfStudent } from "./OfStudent";
import type { OfUnknownFace } from "./OfUnknownFace";
import type { OfUser } from "./OfUser";
import type { OfValues } from "./OfValues";
import type { OftenAbsent } from "./OftenAbsent";
import type { OftenAbsentStudents } from "./OftenAbsentStudents";
import type { OpenCamera } from "./OpenCamera";
import type { OpenDoor } from "./OpenDoor";
import type { OpenEnrolment } from "./OpenEnrolment";
import type { OpenRegister } from "./OpenRegister";
import type { OpenedCamera } from "./OpenedCamera";
import type { OpenedDoor } from "./OpenedDoor";
import type { OtherSchool } from "./OtherSchool";
import type { Page } from "./Page";
import type { PastoralNote } from "./PastoralNote";
import type { PersonHit } from "./PersonHit";
import type { PlanChange } from "./PlanChange";
import type { PlanMerge } from "./PlanMerge";
import type { Portrait } from "./Portrait";
import type { PreviewImport } from "./PreviewImport";
import type { PreviewReportCard } from "./PreviewReportCard";
import type { PrintHereNow } from "./PrintHereNow";
import type { PurgedFaces } from "./PurgedFaces";
import type { PushFrame } from "./PushFrame";
import type { ReEnrolStudents } from "./ReEnrolStudents";
import type { ReadRollover } from "./ReadRollover";
import type { RecentChanges } from "./RecentChanges";
import type { RecordAttendance } from "./RecordAttendance";
import type { RecordConsent } from "./RecordConsent";
import type { RecordConsents } from "./RecordConsents";
import type { RecordMarks } from "./RecordMarks";
import type { RecordedAttendance } from "./RecordedAttendance";
import type { RecordedConsents } from "./RecordedConsents";
import type { RecordedMarks } from "./RecordedMarks";
import type { RecoveryKey } from "./RecoveryKey";
import type { ReenrolledFaces } from "./ReenrolledFaces";
import type { Register } from "./Register";
import type { RegistersOfDay } from "./RegistersOfDay";
import type { RegistersOfDayInput } from "./RegistersOfDayInput";
import type { ReorderAssessments } from "./ReorderAssessments";
import type { ReorderCategories } from "./ReorderCategories";
import type { ReorderFields } from "./ReorderFields";
import type { ReportCardReadiness } from "./ReportCardReadiness";
import type { ReportComments } from "./ReportComments";
import type { RestoreFaceKey } from "./RestoreFaceKey";
import type { RestoredKey } from "./RestoredKey";
import type { ResumeEmployment } from "./ResumeEmployment";
import type { RevokeUserSession } from "./RevokeUserSession";
import type { RollOver } from "./RollOver";
import type { RolledOver } from "./RolledOver";
import type { RolloverFromFile } from "./RolloverFromFile";
import type { RolloverPlan } from "./RolloverPlan";
import type { RolloverStudent } from "./RolloverStudent";
import type { RolloverStudents } from "./RolloverStudents";
import type { RotatedKeys } from "./RotatedKeys";
import type { RunningCamera } from "./RunningCamera";
import type { SaveAbsence } from "./SaveAbsence";
import type { SaveAssessment } from "./SaveAssessment";
import type { SaveAttendanceCode } from "./SaveAttendanceCode";
import type { SaveBehaviourNote } from "./SaveBehaviourNote";
import type { SaveCalendarEntry } from "./SaveCalendarEntry";
import type { SaveCategory } from "./SaveCategory";
import type { SaveClass } from "./SaveClass";
import type { SaveComments } from "./SaveComments";
import type { SaveCourse } from "./SaveCourse";
import type { SaveCourseGrid } from "./SaveCourseGrid";
import type { SaveCourses } from "./SaveCourses";
import type { SaveField } from "./SaveField";
import type { SaveFieldValues } from "./SaveFieldValues";
import type { SaveGradePlaces } from "./SaveGradePlaces";
import type { SaveGradeScale } from "./SaveGradeScale";
import type { SaveGuardianOf } from "./SaveGuardianOf";
import type { SaveMedicalNote } from "./SaveMedicalNote";
import type { SavePastoralNote } from "./SavePastoralNote";
import type { SavePortrait } from "./SavePortrait";
import type { SaveRefused } from "./SaveRefused";
import type { SaveSchool } from "./SaveSchool";
import type { SaveSettings } from "./SaveSettings";
import type { SaveStaff } from "./SaveStaff";
import type { SaveStudent } from "./SaveStudent";
import type { SaveSubject } from "./SaveSubject";
import type { SaveUser } from "./SaveUser";
import type { SaveView } from "./SaveView";
import type { SaveYear } from "./SaveYear";
import type { SavedAbsence } from "./SavedAbsence";
import type { SavedAssessment } from "./SavedAssessment";
import type { SavedCalendarEntry } from "./SavedCalendarEntry";
import type { SavedCategory } from "./SavedCategory";
import type { SavedClass } from "./SavedClass";
import type { SavedComments } from "./SavedComments";
import type { SavedCourse } from "./SavedCourse";
import type { SavedCourseGrid } from "./SavedCourseGrid";
import type { SavedCourses } from "./SavedCourses";
import type { SavedField } from "./SavedField";
import type { SavedGradePlaces } from "./SavedGradePlaces";
import type { SavedStudent } from "./SavedStudent";
import type { SavedView } from "./SavedView";
import type { SchoolDetails } from "./SchoolDetails";
import type { SchoolResults } from "./SchoolResults";
import type { SchoolRow } from "./SchoolRow";
import type { SchoolSettings } from "./SchoolSettings";
import type { SchoolStatistics } from "./SchoolStatistics";
import type { SearchPeople } from "./SearchPeople";
import type { SetLanguage } from "./SetLanguage";
import type { SetPassword } from "./SetPassword";
import type { SetUp } from "./SetUp";
import type { ShowList } from "./ShowList";
import type { SignIn } from "./SignIn";
import type { SignedIn } from "./SignedIn";
import type { SmallPortrait } from "./SmallPortrait";
import type { StaffAccount } from "./StaffAccount";
import type { StaffDetails } from "./StaffDetails";
import type { StaffIds } from "./StaffIds";
import type { StaffRow } from "./StaffRow";
import type { StandingConsent } from "./StandingConsent";
import type { StartAttendanceSession } from "./StartAttendanceSession";
import type { StartEnrolmentSession } from "./StartEnrolmentSession";
import type { StartKiosk } from "./StartKiosk";
import type { StartPhotographSession } from "./StartPhotographSession";
import type { Status } from "./Status";
import type { StudentDetails } from "./StudentDetails";
import type { StudentIds } from "./StudentIds";
import type { StudentPerformance } from "./StudentPerformance";
import type { StudentResults } from "./StudentResults";
import type { StudentRow } from "./StudentRow";
import type { StudentsAtRisk } from "./StudentsAtRisk";
import type { SubjectRow } from "./SubjectRow";
import type { SubjectStatistics } from "./SubjectStatistics";
import type { SummaryOf } from "./SummaryOf";
import type { TakeBackConsents } from "./TakeBackConsents";
import type { TakeRegister } from "./TakeRegister";
import type { TellCamera } from "./TellCamera";
import type { TermStatistics } from "./TermStatistics";
import type { Today } from "./Today";
import type { TransferStudents } from "./TransferStudents";
import type { Transfers } from "./Transfers";
import type { Undo } from "./Undo";
import type { Undoable } from "./Undoable";
import type { Undone } from "./Undone";
import type { UnknownPicture } from "./UnknownPicture";
import type { UnknownUploads } from "./UnknownUploads";
import type { UserRow } from "./UserRow";
import type { UserSessionRow } from "./UserSessionRow";
import type { Whoami } from "./Whoami";
import type { WithdrawStudents } from "./WithdrawStudents";
import type { YearRow } from "./YearRow";

/** The names of the operations: who may do which, and what was done. */
export type OperationName =
  | "accounts.status"
  | "accounts.set_up"
  | "accounts.sign_in"
  | "accounts.sign_out"
  | "accounts.whoami"
  | "accounts.change_password"
  | "accounts.set_language"
  | "accounts.lock_screen"
  | "accounts.unlock"
  | "accounts.confirm_password"
  | "accounts.my_sessions"
  | "accounts.revoke_session"
  | "accounts.list_users"
  | "accounts.save_user"
  | "accounts.staff_account"
  | "accounts.make_staff_account"
  | "accounts.set_password"
  | "accounts.user_sessions"
  | "accounts.revoke_user_session"
  | "demo.fill_demo_school"
  | "schools.list_schools"
  | "schools.school_details"
  | "schools.save_school"
  | "schools.create_school"
  | "schools.list_sessions"
  | "schools.save_year"
  | "schools.delete_session"
  | "schools.deleted_sessions"
  | "schools.restore_session"
  | "schools.calendar"
  | "schools.calendar_file"
  | "schools.save_calendar_entry"
  | "schools.delete_calendar_entry"
  | "schools.settings"
  | "schools.save_settings"
  | "schools.list_subjects"
  | "schools.save_subject"
  | "schools.delete_subject"
  | "schools.deleted_subjects"
  | "schools.restore_subject"
  | "schools.grade_scale"
  | "schools.save_grade_scale"
  | "schools.list_attendance_codes"
  | "schools.save_attendance_code"
  | "people.list_students"
  | "people.student"
  | "people.save_student"
  | "people.save_guardian"
  | "people.list_guardians"
  | "people.guardian"
  | "people.alike_students"
  | "people.plan_merge"
  | "people.merge_students"
  | "people.alike_guardians"
  | "people.same_guardians"
  | "people.merge_guardians"
  | "people.next_student_number"
  | "people.delete_students"
  | "people.restore_students"
  | "people.withdraw_students"
  | "people.re_enrol_students"
  | "people.grant_leave"
  | "people.change_leave"
  | "people.correct_stay"
  | "people.list_medical_notes"
  | "people.save_medical_note"
  | "people.delete_medical_note"
  | "people.list_behaviour_notes"
  | "people.save_behaviour_note"
  | "people.delete_behaviour_note"
  | "people.list_pastoral_notes"
  | "people.save_pastoral_note"
  | "people.delete_pastoral_note"
  | "people.schools_to_transfer_to"
  | "people.transfers"
  | "people.transfer_students"
  | "people.accept_transfers"
  | "people.decline_transfers"
  | "people.portrait"
  | "people.class_portraits"
  | "people.save_portrait"
  | "people.list_fields"
  | "people.save_field"
  | "people.reorder_fields"
  | "people.retire_field"
  | "people.restore_field"
  | "people.field_values"
  | "people.save_field_values"
  | "people.search_people"
  | "people.list_staff"
  | "people.staff_member"
  | "people.save_staff"
  | "people.delete_staff"
  | "people.restore_staff"
  | "people.end_employment"
  | "people.resume_employment"
  | "classes.list_classes"
  | "classes.class"
  | "classes.save_class"
  | "classes.delete_classes"
  | "classes.restore_classes"
  | "classes.plan_copied_classes"
  | "classes.copy_classes"
  | "classes.grade_places"
  | "classes.save_grade_places"
  | "classes.save_course"
  | "classes.save_courses"
  | "classes.course_grid"
  | "classes.save_course_grid"
  | "classes.delete_course"
  | "classes.list_courses"
  | "classes.course"
  | "classes.describe_course"
  | "classes.restore_courses"
  | "classes.exempt_students"
  | "classes.end_exemptions"
  | "classes.courses_to_join"
  | "classes.join_course"
  | "classes.enrol_students"
  | "classes.end_enrolments"
  | "classes.correct_enrolment"
  | "classes.move_students"
  | "classes.plan_rollover"
  | "classes.rollover_students"
  | "classes.decide_rollover_class"
  | "classes.decide_rollover_students"
  | "classes.rollover_from_file"
  | "classes.roll_over"
  | "lists.show_list"
  | "lists.export_list"
  | "lists.list_settings"
  | "lists.choose_columns"
  | "lists.save_view"
  | "lists.delete_view"
  | "lists.student_values"
  | "lists.plan_change"
  | "lists.change_field"
  | "upkeep.undo"
  | "upkeep.my_changes"
  | "upkeep.history"
  | "upkeep.recent_changes"
  | "upkeep.change_details"
  | "upkeep.change_makers"
  | "upkeep.health"
  | "upkeep.confirm_clock"
  | "upkeep.today"
  | "gradebook.courses_for_marks"
  | "gradebook.mark_sheet"
  | "gradebook.record_marks"
  | "gradebook.save_category"
  | "gradebook.delete_category"
  | "gradebook.reorder_categories"
  | "gradebook.save_assessment"
  | "gradebook.delete_assessment"
  | "gradebook.reorder_assessments"
  | "gradebook.explain_total"
  | "gradebook.report_comments"
  | "gradebook.save_comments"
  | "gradebook.export_marks"
  | "analytics.assessment_statistics"
  | "analytics.subject_statistics"
  | "analytics.term_statistics"
  | "analytics.school_statistics"
  | "analytics.student_performance"
  | "analytics.earlier_schools"
  | "analytics.at_risk"
  | "reports.report_card_readiness"
  | "reports.make_report_cards"
  | "reports.enqueue_report_cards"
  | "reports.preview_report_card"
  | "reports.make_broadsheet"
  | "attendance.register"
  | "attendance.record_attendance"
  | "attendance.mark_all_present"
  | "attendance.take_register"
  | "attendance.registers_of_day"
  | "attendance.absent_today"
  | "attendance.list_absences"
  | "attendance.save_absence"
  | "attendance.delete_absence"
  | "attendance.attendance_history"
  | "attendance.here_now"
  | "attendance.print_here_now"
  | "attendance.often_absent"
  | "attendance.attendance_summary"
  | "attendance.attendance_csv"
  | "desk.open_register"
  | "desk.open_enrolment"
  | "desk.open_camera"
  | "desk.close_camera"
  | "desk.close_session"
  | "desk.push_frame"
  | "desk.tell_camera"
  | "desk.live_picture"
  | "desk.live_session"
  | "desk.follow_session"
  | "desk.confirm_proposals"
  | "desk.correct_proposal"
  | "desk.capture_frame"
  | "desk.camera_health"
  | "desk.start_photograph_session"
  | "desk.add_photographs"
  | "desk.unknown_faces"
  | "desk.take_unknown_face"
  | "desk.open_door"
  | "desk.running_kiosk"
  | "desk.close_door"
  | "desk.list_cameras"
  | "desk.camera_sizes"
  | "desk.start_attendance_session"
  | "desk.start_enrolment_session"
  | "desk.add_camera"
  | "desk.remove_camera"
  | "desk.stop_live_session"
  | "desk.enrol_folder"
  | "desk.start_kiosk"
  | "desk.leave_kiosk"
  | "faces.attendance_evidence"
  | "faces.face_status"
  | "faces.consent_state"
  | "faces.record_consent"
  | "faces.record_consents"
  | "faces.take_back_consents"
  | "faces.withdraw_consent"
  | "faces.record_objection"
  | "faces.withdraw_objection"
  | "faces.enrol_faces"
  | "faces.enrol_faces_in_bulk"
  | "faces.reenrol_faces"
  | "faces.delete_faces"
  | "faces.check_photograph"
  | "faces.look_alikes"
  | "faces.face_uses"
  | "faces.export_held_faces"
  | "faces.purge_faces"
  | "faces.show_recovery_key"
  | "faces.restore_face_key"
  | "faces.rotate_face_keys"
  | "exchange.preview_import"
  | "exchange.import_dry_run"
  | "exchange.save_refused"
  | "exchange.import_apply"
  | "exchange.import_set"
  | "exchange.import_at_set_up"
  | "exchange.enqueue_import"
  | "exchange.export_students"
  | "exchange.export_oneroster"
  | "jobs.list_jobs"
  | "jobs.cancel_job"
  | "jobs.retry_job"
  | "jobs.drop_job";

/** Whether the school is set up and who is signed in. */
export const status = operation<Nothing, Status>("accounts.status", []);
/** First run: makes the school and its first administrator. */
export const setUp = operation<SetUp, SignedIn>("accounts.set_up", []);
/** Signs somebody in by name and password. */
export const signIn = operation<SignIn, SignedIn>("accounts.sign_in", []);
/** Ends this sign-in. */
export const signOut = operation<Nothing, null>("accounts.sign_out", []);
/** Who is signed in, and what they may see and do. */
export const whoami = operation<Nothing, Whoami>("accounts.whoami", ["academic_sessions", "districts", "grants", "schools", "settings", "users"]);
/** Changes one's own password. */
export const changePassword = operation<ChangePassword, null>("accounts.change_password", []);
/** Chooses the language of one's own screens. */
export const setLanguage = operation<SetLanguage, null>("accounts.set_language", []);
/** Locks this sign-in's screen: nothing is done in its name before the password is given. */
export const lockScreen = operation<Nothing, null>("accounts.lock_screen", []);
/** Unlocks this sign-in's screen with the password. */
export const unlock = operation<GivePassword, null>("accounts.unlock", []);
/** Gives the password once more, for what asks for it. */
export const confirmPassword = operation<GivePassword, null>("accounts.confirm_password", []);
/** The sign-ins of oneself that have not ended. */
export const mySessions = operation<Nothing, Array<UserSessionRow>>("accounts.my_sessions", ["user_sessions"]);
/** Ends a sign-in of one's own. */
export const revokeSession = operation<RevokeUserSession, null>("accounts.revoke_session", []);
/** The users of a school with their roles. */
export const listUsers = operation<ListUsers, Array<UserRow>>("accounts.list_users", ["grants", "schools", "staff", "students", "user_sessions", "users"]);
/** Makes a user, or changes one. */
export const saveUser = operation<SaveUser, UserRow>("accounts.save_user", []);
/** The account of a member of staff, or what would be proposed for one. */
export const staffAccount = operation<OfStaffAccount, StaffAccount>("accounts.staff_account", ["staff", "users"]);
/** Makes an account for a member of staff, with a password that is shown once. */
export const makeStaffAccount = operation<MakeStaffAccount, MadeAccount>("accounts.make_staff_account", []);
/** Sets the password of somebody else. */
export const setPassword = operation<SetPassword, null>("accounts.set_password", []);
/** The sign-ins of a user that have not ended. */
export const userSessions = operation<OfUser, Array<UserSessionRow>>("accounts.user_sessions", ["grants", "user_sessions", "users"]);
/** Ends a sign-in of a user. */
export const revokeUserSession = operation<RevokeUserSession, null>("accounts.revoke_user_session", []);
/** Fills an empty database with a school to try things on. */
export const fillDemoSchool = operation<FillDemoSchool, DemoSchool>("demo.fill_demo_school", []);
/** The schools within reach. */
export const listSchools = operation<Nothing, Array<SchoolRow>>("schools.list_schools", ["classes", "schools", "staff", "students"]);
/** A school with its address and logo. */
export const schoolDetails = operation<OfSchool, SchoolDetails>("schools.school_details", ["districts", "schools"]);
/** Changes a school's name, address or logo. */
export const saveSchool = operation<SaveSchool, SchoolDetails>("schools.save_school", []);
/** Makes another school in a district. */
export const createSchool = operation<CreateSchool, SchoolDetails>("schools.create_school", []);
/** The academic years of a school with their terms. */
export const listSessions = operation<OfSchool, Array<YearRow>>("schools.list_sessions", ["academic_sessions", "schools"]);
/** Makes an academic year with its terms, or changes one. */
export const saveYear = operation<SaveYear, YearRow>("schools.save_year", []);
/** Deletes an academic year or a term that nothing stands on. */
export const deleteSession = operation<DeleteAcademicSession, Undoable>("schools.delete_session", []);
/** Deleted years and terms. */
export const deletedSessions = operation<OfSchool, Array<DeletedSession>>("schools.deleted_sessions", ["academic_sessions"]);
/** Brings a deleted year or term back. */
export const restoreSession = operation<DeleteAcademicSession, Undoable>("schools.restore_session", []);
/** The calendar of a school between two days. */
export const calendar = operation<CalendarOf, Calendar>("schools.calendar", ["academic_sessions", "calendar_entries", "classes", "schools", "settings"]);
/** The calendar as an iCalendar file. */
export const calendarFile = operation<CalendarOf, Exported>("schools.calendar_file", ["academic_sessions", "calendar_entries", "classes", "schools", "settings"]);
/** Puts an entry into the calendar, or changes one. */
export const saveCalendarEntry = operation<SaveCalendarEntry, SavedCalendarEntry>("schools.save_calendar_entry", []);
/** Takes an entry out of the calendar. */
export const deleteCalendarEntry = operation<DeleteCalendarEntry, Undoable>("schools.delete_calendar_entry", []);
/** The settings of a school. */
export const settings = operation<OfSchool, SchoolSettings>("schools.settings", ["settings"]);
/** Changes the settings of a school. */
export const saveSettings = operation<SaveSettings, SchoolSettings>("schools.save_settings", []);
/** The subjects of a school. */
export const listSubjects = operation<OfSchool, Array<SubjectRow>>("schools.list_subjects", ["courses", "subjects"]);
/** Makes a subject, or changes one. */
export const saveSubject = operation<SaveSubject, SubjectRow>("schools.save_subject", []);
/** Deletes a subject that is not taught. */
export const deleteSubject = operation<DeleteSubject, Undoable>("schools.delete_subject", []);
/** Deleted subjects. */
export const deletedSubjects = operation<OfSchool, Array<DeletedSubject>>("schools.deleted_subjects", ["subjects"]);
/** Brings a deleted subject back. */
export const restoreSubject = operation<DeleteSubject, Undoable>("schools.restore_subject", []);
/** The grade scale of a school. */
export const gradeScale = operation<OfSchool, GradeScaleRow>("schools.grade_scale", ["grade_scales"]);
/** Changes the grade scale of a school. */
export const saveGradeScale = operation<SaveGradeScale, GradeScaleRow>("schools.save_grade_scale", []);
/** The attendance codes of a school. */
export const listAttendanceCodes = operation<OfSchool, Array<AttendanceCodeRow>>("schools.list_attendance_codes", ["attendance_codes"]);
/** Makes an attendance code, or changes one. */
export const saveAttendanceCode = operation<SaveAttendanceCode, Array<AttendanceCodeRow>>("schools.save_attendance_code", []);
/** Students of a school, a page at a time. */
export const listStudents = operation<ListStudents, Page<StudentRow>>("people.list_students", ["academic_sessions", "classes", "courses", "custom_fields", "enrolments", "field_values", "guardians", "guardianships", "leaves", "merges", "schools", "settings", "stays", "students", "teachings"]);
/** A student with guardians and classes. */
export const student = operation<OfStudent, StudentDetails>("people.student", ["academic_sessions", "arrivals", "attendance_codes", "attendance_marks", "calendar_entries", "classes", "courses", "enrolments", "guardians", "guardianships", "leaves", "medical_notes", "merges", "registers", "schools", "settings", "stays", "students", "teachings", "transfers"]);
/** Makes a student with guardians, or changes one. */
export const saveStudent = operation<SaveStudent, SavedStudent>("people.save_student", []);
/** Makes a guardian of a student, or changes one. */
export const saveGuardian = operation<SaveGuardianOf, SavedStudent>("people.save_guardian", []);
/** Guardians of a school with their children, a page at a time. */
export const listGuardians = operation<ListGuardians, Page<GuardianListRow>>("people.list_guardians", ["academic_sessions", "classes", "courses", "custom_fields", "enrolments", "field_values", "guardians", "guardianships", "leaves", "schools", "settings", "stays", "students", "teachings"]);
/** A guardian with the children. */
export const guardian = operation<OfGuardian, GuardianDetails>("people.guardian", ["academic_sessions", "classes", "courses", "enrolments", "guardians", "guardianships", "leaves", "schools", "settings", "students", "teachings"]);
/** Students who may be the same person. */
export const alikeStudents = operation<AlikeStudents, Array<AlikeStudent>>("people.alike_students", ["academic_sessions", "classes", "enrolments", "leaves", "merges", "schools", "students"]);
/** What it would do to make one record of two that are of the same student. */
export const planMerge = operation<PlanMerge, MergePlan>("people.plan_merge", ["academic_sessions", "assessments", "attendance_codes", "attendance_marks", "classes", "consents", "courses", "enrolments", "evidence_frames", "exemptions", "face_objections", "face_photographs", "face_rejections", "face_templates", "face_uses", "behaviour_notes", "guardianships", "leaves", "marks", "medical_notes", "merges", "pastoral_notes", "report_comments", "rollover_decisions", "roster_ids", "schools", "settings", "stays", "students", "subjects", "users"]);
/** Makes one record of two that are of the same student. */
export const mergeStudents = operation<MergeStudents, Undoable>("people.merge_students", []);
/** Guardians who may be the one that is typed. */
export const alikeGuardians = operation<AlikeGuardians, Array<GuardianRecord>>("people.alike_guardians", ["guardians", "guardianships", "students"]);
/** Guardians who are there more than once. */
export const sameGuardians = operation<OfSchool, Array<Array<GuardianRecord>>>("people.same_guardians", ["guardians", "guardianships", "students"]);
/** Makes one guardian of several that are the same person. */
export const mergeGuardians = operation<MergeGuardians, Undoable>("people.merge_guardians", []);
/** The student number that would be given next. */
export const nextStudentNumber = operation<OfSchool, NextNumber>("people.next_student_number", ["students"]);
/** Deletes students; they can be restored. */
export const deleteStudents = operation<StudentIds, Undoable>("people.delete_students", []);
/** Brings deleted students back. */
export const restoreStudents = operation<StudentIds, Undoable>("people.restore_students", []);
/** Ends the time of students at the school: withdrawn or graduated. */
export const withdrawStudents = operation<WithdrawStudents, Undoable>("people.withdraw_students", []);
/** Lets students who have left come back. */
export const reEnrolStudents = operation<ReEnrolStudents, Undoable>("people.re_enrol_students", []);
/** Lets students be away for a time. */
export const grantLeave = operation<GrantLeave, Undoable>("people.grant_leave", []);
/** Sets the days of a leave. */
export const changeLeave = operation<ChangeLeave, Undoable>("people.change_leave", []);
/** Corrects the days of a time at the school. */
export const correctStay = operation<CorrectStay, Undoable>("people.correct_stay", []);
/** What is to be known of a student's health. */
export const listMedicalNotes = operation<OfStudent, Array<MedicalNote>>("people.list_medical_notes", ["academic_sessions", "classes", "courses", "enrolments", "medical_notes", "schools", "students", "teachings", "users"]);
/** Writes what is to be known of a student's health, or changes it. */
export const saveMedicalNote = operation<SaveMedicalNote, Undoable>("people.save_medical_note", []);
/** Deletes a note on a student's health. */
export const deleteMedicalNote = operation<DeleteMedicalNote, Undoable>("people.delete_medical_note", []);
/** How a student behaved, as the staff noted it. */
export const listBehaviourNotes = operation<OfStudent, Array<BehaviourNote>>("people.list_behaviour_notes", ["academic_sessions", "behaviour_notes", "classes", "courses", "enrolments", "schools", "students", "teachings", "users"]);
/** Notes how a student behaved, or changes such a note. */
export const saveBehaviourNote = operation<SaveBehaviourNote, Undoable>("people.save_behaviour_note", []);
/** Deletes a note on how a student behaved. */
export const deleteBehaviourNote = operation<DeleteBehaviourNote, Undoable>("people.delete_behaviour_note", []);
/** What was noted of a student in confidence; of others than leaders and counsellors only what they wrote themselves. */
export const listPastoralNotes = operation<OfStudent, Array<PastoralNote>>("people.list_pastoral_notes", ["academic_sessions", "classes", "courses", "enrolments", "pastoral_notes", "schools", "students", "teachings", "users"]);
/** Notes something of a student in confidence, or changes such a note. */
export const savePastoralNote = operation<SavePastoralNote, Undoable>("people.save_pastoral_note", []);
/** Deletes a note that was made in confidence. */
export const deletePastoralNote = operation<DeletePastoralNote, Undoable>("people.delete_pastoral_note", []);
/** The other schools of the district, to which students can go. */
export const schoolsToTransferTo = operation<OfSchool, Array<OtherSchool>>("people.schools_to_transfer_to", ["schools"]);
/** Students whom other schools of the district send here, and those sent there who are not taken yet. */
export const transfers = operation<OfSchool, Transfers>("people.transfers", ["arrivals", "schools", "stays", "students", "transfers"]);
/** Lets students go to another school of the district. */
export const transferStudents = operation<TransferStudents, Undoable>("people.transfer_students", []);
/** Takes students whom other schools of the district send. */
export const acceptTransfers = operation<AcceptTransfers, Arrived>("people.accept_transfers", []);
/** Says no to students whom other schools of the district send. */
export const declineTransfers = operation<DeclineTransfers, Undoable>("people.decline_transfers", []);
/** The photograph of a student or a member of staff. */
export const portrait = operation<OfPortrait, Portrait | null>("people.portrait", ["academic_sessions", "classes", "courses", "enrolments", "portraits", "schools", "staff", "students", "teachings"]);
/** The photographs of those who are in a class, small. */
export const classPortraits = operation<ClassPortraits, Array<SmallPortrait>>("people.class_portraits", ["academic_sessions", "classes", "courses", "enrolments", "pictures", "portraits", "schools", "students", "teachings"]);
/** Sets, replaces or takes away a photograph. */
export const savePortrait = operation<SavePortrait, Undoable>("people.save_portrait", []);
/** The fields that a school made, with those out of use. */
export const listFields = operation<ListFields, Array<CustomField>>("people.list_fields", ["custom_fields", "field_values"]);
/** Makes a field of the school's own, or changes one. */
export const saveField = operation<SaveField, SavedField>("people.save_field", []);
/** Puts the fields of the school's own in another order. */
export const reorderFields = operation<ReorderFields, Undoable>("people.reorder_fields", []);
/** Takes a field of the school's own out of use; what it holds is kept. */
export const retireField = operation<FieldIds, Undoable>("people.retire_field", []);
/** Takes a field of the school's own into use again. */
export const restoreField = operation<FieldIds, Undoable>("people.restore_field", []);
/** What the school's own fields hold of a person or class, as far as whoever asks is meant to see it. */
export const fieldValues = operation<OfValues, Array<FieldValue>>("people.field_values", ["academic_sessions", "classes", "courses", "custom_fields", "enrolments", "field_values", "guardians", "guardianships", "schools", "staff", "students", "teachings"]);
/** Says what fields of the school's own hold of a person or class. */
export const saveFieldValues = operation<SaveFieldValues, Undoable>("people.save_field_values", []);
/** Students and staff found by what is typed. */
export const searchPeople = operation<SearchPeople, Array<PersonHit>>("people.search_people", ["academic_sessions", "classes", "courses", "enrolments", "guardians", "guardianships", "schools", "staff", "students", "teachings"]);
/** Staff of a school, a page at a time. */
export const listStaff = operation<ListStaff, Page<StaffRow>>("people.list_staff", ["academic_sessions", "classes", "courses", "custom_fields", "field_values", "schools", "settings", "staff", "teachings", "users"]);
/** A member of staff with what they teach. */
export const staffMember = operation<OfStaff, StaffDetails>("people.staff_member", ["academic_sessions", "classes", "courses", "schools", "staff", "subjects", "teachings", "users"]);
/** Makes a member of staff, or changes one. */
export const saveStaff = operation<SaveStaff, StaffDetails>("people.save_staff", []);
/** Deletes members of staff; they can be restored. */
export const deleteStaff = operation<StaffIds, Undoable>("people.delete_staff", []);
/** Brings deleted members of staff back. */
export const restoreStaff = operation<StaffIds, Undoable>("people.restore_staff", []);
/** Lets a member of staff leave, with what they teach handed over. */
export const endEmployment = operation<EndEmployment, Undoable>("people.end_employment", []);
/** Lets a member of staff who has left work at the school again. */
export const resumeEmployment = operation<ResumeEmployment, Undoable>("people.resume_employment", []);
/** The classes of a school in an academic year. */
export const listClasses = operation<ListClasses, Array<ClassRow>>("classes.list_classes", ["academic_sessions", "classes", "courses", "enrolments", "schools", "settings", "staff", "students", "teachings"]);
/** A class with its students, courses and teachers. */
export const class_ = operation<OfClass, ClassDetails>("classes.class", ["academic_sessions", "classes", "courses", "enrolments", "exemptions", "schools", "settings", "staff", "students", "subjects", "teachings"]);
/** Makes a class, or changes one. */
export const saveClass = operation<SaveClass, SavedClass>("classes.save_class", []);
/** Deletes classes; they can be restored. */
export const deleteClasses = operation<ClassIds, Undoable>("classes.delete_classes", []);
/** Brings deleted classes back. */
export const restoreClasses = operation<ClassIds, Undoable>("classes.restore_classes", []);
/** What copying the classes of a year into another one would make. */
export const planCopiedClasses = operation<CopyClasses, CopiedClasses>("classes.plan_copied_classes", ["academic_sessions", "classes", "courses", "grade_places", "schools", "staff", "subjects", "teachings"]);
/** Copies the classes of a year with their courses and teachers into another one, without the students. */
export const copyClasses = operation<CopyClasses, CopiedClasses>("classes.copy_classes", []);
/** The grade levels of an academic year with their places, and how many of them are taken. */
export const gradePlaces = operation<OfGradePlaces, Array<GradePlaces>>("classes.grade_places", ["academic_sessions", "classes", "enrolments", "grade_places", "schools", "students"]);
/** Says how many places grade levels of an academic year have. */
export const saveGradePlaces = operation<SaveGradePlaces, SavedGradePlaces>("classes.save_grade_places", []);
/** Makes a course of a subject in a class, or changes who teaches it. */
export const saveCourse = operation<SaveCourse, SavedCourse>("classes.save_course", []);
/** Several subjects with their teachers, also for several classes, in one act. */
export const saveCourses = operation<SaveCourses, SavedCourses>("classes.save_courses", []);
/** The courses of a year as a grid: classes down, subjects across, teachers in the cells. */
export const courseGrid = operation<OfCourseGrid, CourseGrid>("classes.course_grid", ["academic_sessions", "assessments", "classes", "courses", "schools", "settings", "staff", "subjects", "teachings"]);
/** Saves cells of the grid of courses in one act, each with what became of it. */
export const saveCourseGrid = operation<SaveCourseGrid, SavedCourseGrid>("classes.save_course_grid", []);
/** Deletes a course. */
export const deleteCourse = operation<OfCourse, Undoable>("classes.delete_course", []);
/** The courses of a year, by subject and class; of a student the own ones. */
export const listCourses = operation<ListCourses, Page<CourseListRow>>("classes.list_courses", ["academic_sessions", "classes", "courses", "enrolments", "exemptions", "schools", "settings", "staff", "students", "subjects", "teachings"]);
/** A course with who takes and who teaches it. */
export const course = operation<OfCourse, CourseDetails>("classes.course", ["academic_sessions", "classes", "courses", "enrolments", "exemptions", "schools", "settings", "staff", "students", "subjects", "teachings"]);
/** Sets what the page of a course says of it. */
export const describeCourse = operation<DescribeCourse, ChangedCourse>("classes.describe_course", []);
/** Brings deleted courses back. */
export const restoreCourses = operation<CourseIds, Undoable>("classes.restore_courses", []);
/** Exempts students of a class from one of its courses. */
export const exemptStudents = operation<ExemptStudents, Undoable>("classes.exempt_students", []);
/** Lets exempted students take the course again. */
export const endExemptions = operation<EndExemptions, Undoable>("classes.end_exemptions", []);
/** The courses of a subject with their free places, for one student. */
export const coursesToJoin = operation<CoursesToJoin, Array<CourseToJoin>>("classes.courses_to_join", ["academic_sessions", "classes", "courses", "enrolments", "exemptions", "schools", "settings", "staff", "students", "subjects", "teachings"]);
/** Puts a student into a course. */
export const joinCourse = operation<JoinCourse, ChangedCourse>("classes.join_course", []);
/** Enrols students in a class from a day on. */
export const enrolStudents = operation<EnrolStudents, Undoable>("classes.enrol_students", []);
/** Ends the enrolment of students in a class. */
export const endEnrolments = operation<EndEnrolments, Undoable>("classes.end_enrolments", []);
/** Corrects the days of an enrolment. */
export const correctEnrolment = operation<CorrectEnrolment, Undoable>("classes.correct_enrolment", []);
/** Moves students from one class to another on a day. */
export const moveStudents = operation<MoveStudents, Undoable>("classes.move_students", []);
/** What a rollover into the next academic year would do, homeroom by homeroom. */
export const planRollover = operation<RollOver, RolloverPlan>("classes.plan_rollover", ["academic_sessions", "classes", "courses", "enrolments", "grade_places", "rollover_decisions", "schools", "settings", "staff", "students", "subjects", "teachings"]);
/** What a rollover would do with the students, a page at a time. */
export const rolloverStudents = operation<RolloverStudents, Page<RolloverStudent>>("classes.rollover_students", ["academic_sessions", "classes", "courses", "enrolments", "grade_places", "rollover_decisions", "schools", "settings", "staff", "students", "subjects", "teachings"]);
/** Decides what becomes of a homeroom. */
export const decideRolloverClass = operation<DecideRolloverClass, Undoable>("classes.decide_rollover_class", []);
/** Decides what becomes of students. */
export const decideRolloverStudents = operation<DecideRolloverStudents, Undoable>("classes.decide_rollover_students", []);
/** Takes a list of next year's classes as decisions. */
export const rolloverFromFile = operation<ReadRollover, RolloverFromFile>("classes.rollover_from_file", []);
/** Puts everybody where the plan says. */
export const rollOver = operation<RollOver, RolledOver>("classes.roll_over", []);
/** A list as it is shown, a page at a time: its rows with the columns that are asked for. */
export const showList = operation<ShowList, Page<ListRow>>("lists.show_list", ["academic_sessions", "classes", "courses", "custom_fields", "districts", "enrolments", "exemptions", "field_values", "grants", "guardians", "guardianships", "leaves", "merges", "schools", "settings", "staff", "stays", "students", "subjects", "teachings", "users"]);
/** A list as it is shown, all of it, as CSV, a workbook or a PDF. */
export const exportList = operation<ExportList, Exported>("lists.export_list", ["academic_sessions", "classes", "courses", "custom_fields", "districts", "enrolments", "exemptions", "field_values", "grants", "guardians", "guardianships", "leaves", "merges", "schools", "settings", "staff", "stays", "students", "subjects", "teachings", "users"]);
/** The columns of a list, those that the person chose, and the views that they see. */
export const listSettings = operation<OfList, ListSettings>("lists.list_settings", ["academic_sessions", "classes", "custom_fields", "list_views", "students", "subjects"]);
/** Keeps the columns of a list that the person wants to see. */
export const chooseColumns = operation<ChooseColumns, Undoable>("lists.choose_columns", []);
/** Keeps a view of a list: its filter, order and columns under a title. */
export const saveView = operation<SaveView, SavedView>("lists.save_view", []);
/** Takes a view of a list away. */
export const deleteView = operation<DeleteView, Undoable>("lists.delete_view", []);
/** What is written of students' grade levels and sex. */
export const studentValues = operation<OfSchool, FilterValues>("lists.student_values", ["students"]);
/** What changing a field of many rows would do. */
export const planChange = operation<PlanChange, FieldPlan>("lists.plan_change", ["academic_sessions", "classes", "courses", "custom_fields", "districts", "enrolments", "exemptions", "field_values", "grants", "guardians", "guardianships", "leaves", "merges", "schools", "settings", "staff", "stays", "students", "subjects", "teachings", "users"]);
/** Changes a field of many rows. */
export const changeField = operation<ChangeField, ManyChanged>("lists.change_field", []);
/** Takes an operation back; besides this rule, that of the operation itself decides. */
export const undo = operation<Undo, Undone>("upkeep.undo", []);
/** What this sign-in did, and whether each can be undone. */
export const myChanges = operation<MyChanges, MyActs>("upkeep.my_changes", ["audit_entries", "users"]);
/** What became of a row, newest first. */
export const history = operation<History, Array<HistoryEntry>>("upkeep.history", ["academic_sessions", "audit_entries", "classes", "courses", "enrolments", "exemptions", "schools", "students", "teachings", "users"]);
/** What was changed in a school, a page at a time. */
export const recentChanges = operation<RecentChanges, Page<ChangeEntry>>("upkeep.recent_changes", ["absence_notices", "arrivals", "assessments", "attendance_codes", "attendance_marks", "audit_entries", "behaviour_notes", "calendar_entries", "categories", "classes", "courses", "custom_fields", "enrolments", "evidence_frames", "exemptions", "face_rejections", "face_uses", "field_values", "grade_places", "grants", "guardianships", "leaves", "list_views", "marks", "medical_notes", "merges", "pastoral_notes", "portraits", "registers", "report_comments", "rollover_decisions", "roster_ids", "schools", "staff", "stays", "students", "subjects", "teachings", "transfers", "user_sessions", "users"]);
/** One act opened: its rows with their fields before and after. */
export const changeDetails = operation<ChangeDetails, Page<ChangedRow>>("upkeep.change_details", ["assessments", "audit_entries", "classes", "courses", "marks", "merges", "students", "subjects"]);
/** Who changed something in a school. */
export const changeMakers = operation<OfSchool, Array<ChangeMaker>>("upkeep.change_makers", ["audit_entries", "users"]);
/** How the database, its copies and the computer that holds it are. */
export const health = operation<Nothing, Health>("upkeep.health", []);
/** Says that the clock of this computer is right although it contradicts what the database has seen. */
export const confirmClock = operation<Nothing, null>("upkeep.confirm_clock", []);
/** What is to be done today, for whoever asks. */
export const today = operation<OfSchool, Today>("upkeep.today", ["academic_sessions", "assessments", "attendance_codes", "attendance_marks", "audit_entries", "calendar_entries", "classes", "courses", "enrolments", "exemptions", "grade_scales", "guardians", "guardianships", "marks", "registers", "report_comments", "schools", "settings", "staff", "students", "subjects", "teachings", "users"]);
/** The courses that one may grade. */
export const coursesForMarks = operation<CoursesForMarks, Array<CourseForMarks>>("gradebook.courses_for_marks", ["academic_sessions", "assessments", "classes", "courses", "enrolments", "exemptions", "marks", "schools", "settings", "staff", "students", "subjects", "teachings"]);
/** The mark sheet of a course in a term. */
export const markSheet = operation<OfCourseTerm, MarkSheet>("gradebook.mark_sheet", ["academic_sessions", "assessments", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "schools", "settings", "students", "subjects", "teachings"]);
/** Records marks, a cell at a time; each answers for itself. */
export const recordMarks = operation<RecordMarks, RecordedMarks>("gradebook.record_marks", []);
/** Makes a category of assessments, or changes one. */
export const saveCategory = operation<SaveCategory, SavedCategory>("gradebook.save_category", []);
/** Deletes a category that has no assessments. */
export const deleteCategory = operation<DeleteVersion<CategoryId>, Undoable>("gradebook.delete_category", []);
/** Puts the categories of a course in another order. */
export const reorderCategories = operation<ReorderCategories, Undoable>("gradebook.reorder_categories", []);
/** Makes an assessment, or changes one. */
export const saveAssessment = operation<SaveAssessment, SavedAssessment>("gradebook.save_assessment", []);
/** Deletes an assessment with its marks. */
export const deleteAssessment = operation<DeleteVersion<AssessmentId>, Undoable>("gradebook.delete_assessment", []);
/** Puts the assessments of a course in another order. */
export const reorderAssessments = operation<ReorderAssessments, Undoable>("gradebook.reorder_assessments", []);
/** What a student's total is made of. */
export const explainTotal = operation<ExplainTotal, ExplainedTotal>("gradebook.explain_total", ["academic_sessions", "assessments", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "schools", "settings", "students", "subjects", "teachings"]);
/** The comments on the report cards of a class. */
export const reportComments = operation<OfClassTerm, ReportComments>("gradebook.report_comments", ["academic_sessions", "classes", "courses", "enrolments", "exemptions", "report_comments", "schools", "settings", "students", "subjects", "teachings"]);
/** Writes comments on report cards; each answers for itself. */
export const saveComments = operation<SaveComments, SavedComments>("gradebook.save_comments", []);
/** The mark sheet of a course in a term as CSV. */
export const exportMarks = operation<ExportMarks, Exported>("gradebook.export_marks", ["academic_sessions", "assessments", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "schools", "settings", "students", "subjects", "teachings"]);
/** How a class did in one assessment. */
export const assessmentStatistics = operation<AssessmentStatistics, GroupResults>("analytics.assessment_statistics", ["academic_sessions", "assessments", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "schools", "settings", "students", "subjects", "teachings"]);
/** How a class did in a subject in a term. */
export const subjectStatistics = operation<SubjectStatistics, GroupResults>("analytics.subject_statistics", ["academic_sessions", "assessments", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "schools", "settings", "students", "subjects", "teachings"]);
/** How a class did in a term over all subjects. */
export const termStatistics = operation<TermStatistics, GroupResults>("analytics.term_statistics", ["academic_sessions", "assessments", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "schools", "settings", "students", "subjects", "teachings"]);
/** How the classes of a school did in a term. */
export const schoolStatistics = operation<SchoolStatistics, SchoolResults>("analytics.school_statistics", ["academic_sessions", "assessments", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "schools", "settings", "students", "subjects", "teachings"]);
/** How a student did in a term and over the year. */
export const studentPerformance = operation<StudentPerformance, StudentResults>("analytics.student_performance", ["academic_sessions", "assessments", "attendance_codes", "attendance_marks", "calendar_entries", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "registers", "schools", "settings", "students", "subjects", "teachings"]);
/** What a student achieved at the schools of the district from which the student came. */
export const earlierSchools = operation<OfStudent, Array<EarlierSchool>>("analytics.earlier_schools", ["academic_sessions", "arrivals", "assessments", "attendance_codes", "attendance_marks", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "schools", "settings", "stays", "students", "subjects", "teachings", "transfers"]);
/** The students who need somebody's attention, and why. */
export const atRisk = operation<AtRisk, StudentsAtRisk>("analytics.at_risk", ["academic_sessions", "assessments", "attendance_codes", "attendance_marks", "calendar_entries", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "registers", "schools", "settings", "students", "subjects", "teachings"]);
/** What is still missing for the report cards of a class. */
export const reportCardReadiness = operation<OfReportClass, ReportCardReadiness>("reports.report_card_readiness", ["academic_sessions", "assessments", "attendance_codes", "attendance_marks", "calendar_entries", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "registers", "report_comments", "schools", "settings", "staff", "students", "subjects", "teachings"]);
/** Report cards of a class, or of some of its students, in one PDF. */
export const makeReportCards = operation<MakeReportCards, MadeDocument>("reports.make_report_cards", []);
/** Report cards of several classes as a job, which goes on when the program ends and begins again. */
export const enqueueReportCards = operation<EnqueueReportCards, Enqueued>("reports.enqueue_report_cards", []);
/** The report card of one student as it would be now. */
export const previewReportCard = operation<PreviewReportCard, MadeDocument>("reports.preview_report_card", ["academic_sessions", "assessments", "attendance_codes", "attendance_marks", "calendar_entries", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "registers", "report_comments", "schools", "settings", "staff", "students", "subjects", "teachings"]);
/** The table of all results of a class as CSV. */
export const makeBroadsheet = operation<MakeBroadsheet, MadeDocument>("reports.make_broadsheet", ["academic_sessions", "assessments", "attendance_codes", "attendance_marks", "calendar_entries", "categories", "classes", "courses", "enrolments", "exemptions", "grade_scales", "marks", "registers", "report_comments", "schools", "settings", "staff", "students", "subjects", "teachings"]);
/** The register of a class on a day or in a lesson. */
export const register = operation<OfRegister, Register>("attendance.register", ["absence_notices", "academic_sessions", "attendance_codes", "attendance_marks", "calendar_entries", "classes", "courses", "enrolments", "leaves", "medical_notes", "registers", "schools", "settings", "students", "teachings", "users"]);
/** Records attendance in a register; each student answers for themself. */
export const recordAttendance = operation<RecordAttendance, RecordedAttendance>("attendance.record_attendance", []);
/** Marks everybody present who has no mark yet. */
export const markAllPresent = operation<OfRegister, RecordedAttendance>("attendance.mark_all_present", []);
/** Says that a register is taken. */
export const takeRegister = operation<TakeRegister, RecordedAttendance>("attendance.take_register", []);
/** The registers of a school on a day: taken, begun, missing. */
export const registersOfDay = operation<RegistersOfDayInput, RegistersOfDay>("attendance.registers_of_day", ["academic_sessions", "attendance_codes", "attendance_marks", "calendar_entries", "classes", "courses", "enrolments", "leaves", "registers", "schools", "settings", "students", "teachings"]);
/** Who is absent on a day, and whom to call. */
export const absentToday = operation<AbsentToday, Array<AbsentStudent>>("attendance.absent_today", ["absence_notices", "academic_sessions", "attendance_codes", "attendance_marks", "calendar_entries", "classes", "courses", "enrolments", "guardians", "guardianships", "schools", "settings", "students", "teachings"]);
/** The absences of a student that are known ahead. */
export const listAbsences = operation<OfStudent, Array<AbsenceNotice>>("attendance.list_absences", ["absence_notices", "academic_sessions", "attendance_codes", "classes", "courses", "enrolments", "schools", "students", "teachings", "users"]);
/** Enters an absence that is known ahead, or changes one. */
export const saveAbsence = operation<SaveAbsence, SavedAbsence>("attendance.save_absence", []);
/** Takes an absence back that was known ahead. */
export const deleteAbsence = operation<DeleteAbsence, Undoable>("attendance.delete_absence", []);
/** The attendance of a student, day by day. */
export const attendanceHistory = operation<AttendanceHistory, Page<HistoryRow>>("attendance.attendance_history", ["academic_sessions", "attendance_codes", "attendance_marks", "audit_entries", "classes", "courses", "enrolments", "registers", "schools", "students", "teachings", "users"]);
/** Who is on site now, as far as the registers of the day say. */
export const hereNow = operation<OfSchool, HereNow>("attendance.here_now", ["absence_notices", "academic_sessions", "attendance_codes", "attendance_marks", "classes", "courses", "enrolments", "leaves", "schools", "settings", "staff", "stays", "students", "teachings"]);
/** Those who are looked for when the house is left, on paper. */
export const printHereNow = operation<PrintHereNow, Exported>("attendance.print_here_now", ["absence_notices", "academic_sessions", "attendance_codes", "attendance_marks", "classes", "courses", "enrolments", "leaves", "schools", "settings", "staff", "stays", "students", "teachings"]);
/** Who was often away over the whole school: so many days, so many in a row, or more than a share of the days. */
export const oftenAbsent = operation<OftenAbsent, OftenAbsentStudents>("attendance.often_absent", ["academic_sessions", "attendance_codes", "attendance_marks", "calendar_entries", "classes", "courses", "registers", "schools", "settings", "students", "teachings"]);
/** The attendance of a class or a student added up. */
export const attendanceSummary = operation<SummaryOf, AttendanceSummary>("attendance.attendance_summary", ["academic_sessions", "attendance_codes", "attendance_marks", "calendar_entries", "classes", "courses", "enrolments", "registers", "schools", "settings", "students", "teachings"]);
/** The attendance of a class between two days as CSV. */
export const attendanceCsv = operation<AttendanceCsv, AttendanceFile>("attendance.attendance_csv", ["academic_sessions", "attendance_codes", "attendance_marks", "classes", "courses", "schools", "settings", "students", "teachings"]);
/** Begins to look at a class; nothing is written before somebody confirms it. */
export const openRegister = operation<OpenRegister, LiveState>("desk.open_register", []);
/** Begins to look at a student who is to be enrolled. */
export const openEnrolment = operation<OpenEnrolment, LiveState>("desk.open_enrolment", []);
/** Makes room for another camera in a live session. */
export const openCamera = operation<OpenCamera, OpenedCamera>("desk.open_camera", []);
/** Takes a camera out of a live session. */
export const closeCamera = operation<OfCamera, LiveState>("desk.close_camera", []);
/** Ends a live session. */
export const closeSession = operation<OfLiveSession, null>("desk.close_session", []);
/** Takes the newest picture of a camera, to be looked at. */
export const pushFrame = operation<PushFrame, null>("desk.push_frame", []);
/** Takes what a camera does that gives no picture. */
export const tellCamera = operation<TellCamera, null>("desk.tell_camera", []);
/** The newest picture that came, as a photograph. */
export const livePicture = operation<OfCamera, LivePicture>("desk.live_picture", []);
/** How a live session stands. */
export const liveSession = operation<OfLiveSession, LiveState>("desk.live_session", []);
/** How a live session stands once that is another than was seen. */
export const followSession = operation<FollowLiveSession, Followed>("desk.follow_session", []);
/** Writes what a live session proposes into the register. */
export const confirmProposals = operation<ConfirmProposals, RecordedAttendance>("desk.confirm_proposals", []);
/** Says who a face really is. */
export const correctProposal = operation<CorrectProposal, RecordedAttendance>("desk.correct_proposal", []);
/** Takes the picture that a camera shows now. */
export const captureFrame = operation<OfLiveSession, CapturedFrame>("desk.capture_frame", []);
/** How the cameras that run are. */
export const cameraHealth = operation<OfSchool, Array<RunningCamera>>("desk.camera_health", []);
/** Photographs of a class do the same as a camera. */
export const startPhotographSession = operation<StartPhotographSession, LiveState>("desk.start_photograph_session", []);
/** Adds photographs to a live session. */
export const addPhotographs = operation<AddPhotographs, LiveState>("desk.add_photographs", []);
/** The faces in a live session that belong to nobody who is known. */
export const unknownFaces = operation<OfLiveSession, Array<UnknownPicture>>("desk.unknown_faces", []);
/** Takes the pictures of an unknown face for an enrolment. */
export const takeUnknownFace = operation<OfUnknownFace, UnknownUploads>("desk.take_unknown_face", []);
/** Begins to mark by itself who comes to the door; the sign-in can do nothing else until it is left. */
export const openDoor = operation<OpenDoor, OpenedDoor>("desk.open_door", []);
/** The kiosk that this sign-in holds. */
export const runningKiosk = operation<Nothing, LiveState | null>("desk.running_kiosk", []);
/** Ends the kiosk with the password of who opened it. */
export const closeDoor = operation<LeaveKiosk, null>("desk.close_door", []);
/** The cameras of this computer. */
export const listCameras = operation<Nothing, Array<CameraDevice>>("desk.list_cameras", []);
/** The sizes of picture that a camera of this computer can give. */
export const cameraSizes = operation<OfDevice, Array<CameraSize>>("desk.camera_sizes", []);
/** Opens a camera on a class; nothing is written before somebody confirms it. */
export const startAttendanceSession = operation<StartAttendanceSession, LiveState>("desk.start_attendance_session", []);
/** Opens a camera on a student who is to be enrolled. */
export const startEnrolmentSession = operation<StartEnrolmentSession, LiveState>("desk.start_enrolment_session", []);
/** Opens another camera in a live session. */
export const addCamera = operation<AddCamera, LiveState>("desk.add_camera", []);
/** Closes a camera of a live session. */
export const removeCamera = operation<OfCamera, LiveState>("desk.remove_camera", []);
/** Ends a live session. */
export const stopLiveSession = operation<OfLiveSession, null>("desk.stop_live_session", []);
/** Enrols many students from a folder of photographs named by number. */
export const enrolFolder = operation<EnrolFolder, BulkReport>("desk.enrol_folder", []);
/** Opens the kiosk at the door, which marks by itself; the sign-in can do nothing else until it is left. */
export const startKiosk = operation<StartKiosk, LiveState>("desk.start_kiosk", []);
/** Leaves the kiosk with the password of who started it. */
export const leaveKiosk = operation<LeaveKiosk, null>("desk.leave_kiosk", []);
/** The faces by which cameras marked a student, where the school keeps them for some days. */
export const attendanceEvidence = operation<OfEvidence, Array<EvidencePicture>>("faces.attendance_evidence", ["academic_sessions", "classes", "courses", "enrolments", "evidence_frames", "schools", "settings", "students", "teachings"]);
/** Whether faces are in use in a school, and what they stand on. */
export const faceStatus = operation<OfSchool, FaceStatus>("faces.face_status", ["face_photographs", "face_templates", "settings", "students"]);
/** Consent and enrolment of students, a page at a time. */
export const consentState = operation<ConsentState, Page<FaceState>>("faces.consent_state", ["academic_sessions", "classes", "consents", "courses", "enrolments", "evidence_frames", "face_objections", "face_photographs", "face_templates", "guardians", "guardianships", "schools", "settings", "students", "teachings"]);
/** Records a consent. */
export const recordConsent = operation<RecordConsent, StandingConsent>("faces.record_consent", []);
/** The consents of many signed letters in one act that can be taken back. */
export const recordConsents = operation<RecordConsents, RecordedConsents>("faces.record_consents", []);
/** Takes consents back that were recorded by mistake. */
export const takeBackConsents = operation<TakeBackConsents, PurgedFaces>("faces.take_back_consents", []);
/** Ends the consent and deletes the templates at once. */
export const withdrawConsent = operation<OfFaces, DeletedFaces>("faces.withdraw_consent", []);
/** The student's own no, which overrides every consent; everything that is held goes at once. */
export const recordObjection = operation<OfFaces, DeletedFaces>("faces.record_objection", []);
/** The student takes the no back. */
export const withdrawObjection = operation<OfFaces, null>("faces.withdraw_objection", []);
/** Enrols a student from photographs. */
export const enrolFaces = operation<EnrolFaces, EnrolledFaces>("faces.enrol_faces", []);
/** Enrols many students from a zip of photographs named by number. */
export const enrolFacesInBulk = operation<EnrolFacesInBulk, BulkReport>("faces.enrol_faces_in_bulk", []);
/** Makes templates of a former model again from kept photographs. */
export const reenrolFaces = operation<OfSchool, ReenrolledFaces>("faces.reenrol_faces", []);
/** Deletes what is held of a student's face. */
export const deleteFaces = operation<OfFaces, DeletedFaces>("faces.delete_faces", []);
/** Who is on a photograph. */
export const checkPhotograph = operation<CheckPhotograph, CheckedPhotograph>("faces.check_photograph", []);
/** Enrolled students who look alike. */
export const lookAlikes = operation<OfSchool, Array<LookAlikePair>>("faces.look_alikes", ["classes", "consents", "enrolments", "evidence_frames", "face_objections", "face_photographs", "face_templates", "guardians", "guardianships", "settings", "students"]);
/** When faces were used, what for and by whom. */
export const faceUses = operation<FaceUses, Page<FaceUse>>("faces.face_uses", ["classes", "face_uses", "students", "users"]);
/** Everything that is held of a student's face, in one file. */
export const exportHeldFaces = operation<OfFaces, ExportedFaces>("faces.export_held_faces", []);
/** Deletes what is due now instead of by itself. */
export const purgeFaces = operation<Nothing, PurgedFaces>("faces.purge_faces", []);
/** The key by which faces can be opened on another computer. */
export const showRecoveryKey = operation<OfSchool, RecoveryKey>("faces.show_recovery_key", []);
/** Opens the faces on this computer with the recovery key. */
export const restoreFaceKey = operation<RestoreFaceKey, RestoredKey>("faces.restore_face_key", []);
/** A new master key and new data keys; everything is sealed again. */
export const rotateFaceKeys = operation<Nothing, RotatedKeys>("faces.rotate_face_keys", []);
/** What a file to import holds, and how it would be read. */
export const previewImport = operation<PreviewImport, ImportPreview>("exchange.preview_import", []);
/** What an import would add, change, skip and refuse. */
export const importDryRun = operation<ImportInput, ImportReport>("exchange.import_dry_run", []);
/** The rows that an import would refuse, as a table to mend. */
export const saveRefused = operation<SaveRefused, Exported>("exchange.save_refused", []);
/** Imports a roster. */
export const importApply = operation<ImportInput, ImportReport>("exchange.import_apply", []);
/** Imports a set that brings its schools, or shows what that would do. */
export const importSet = operation<ImportSet, ImportReport>("exchange.import_set", []);
/** The same before anybody can sign in, as a part of setting up. */
export const importAtSetUp = operation<ImportSet, ImportReport>("exchange.import_at_set_up", []);
/** Imports a roster as a job, which goes on when the program ends and begins again. */
export const enqueueImport = operation<ImportInput, Enqueued>("exchange.enqueue_import", []);
/** The students of a school or class as a table, CSV or a workbook. */
export const exportStudents = operation<ExportStudents, Exported>("exchange.export_students", ["academic_sessions", "classes", "enrolments", "guardians", "guardianships", "schools", "settings", "students"]);
/** The school as a OneRoster set of version 1.1 or 1.2, its roster and its gradebook: whole, or what changed. */
export const exportOneroster = operation<ExportOneRoster, ExportedSet>("exchange.export_oneroster", ["academic_sessions", "assessments", "categories", "classes", "courses", "districts", "enrolments", "exemptions", "guardians", "guardianships", "marks", "roster_ids", "schools", "staff", "stays", "students", "subjects", "teachings"]);
/** The jobs that one asked for; for who leads the school all that wait, run or failed. */
export const listJobs = operation<ListJobs, Array<JobRow>>("jobs.list_jobs", ["jobs"]);
/** Stops a job, one's own or one of the school that one leads; nothing that it has not finished is kept. */
export const cancelJob = operation<OfJob, null>("jobs.cancel_job", []);
/** Puts a job that failed or was stopped in again, one's own or one of the school that one leads. */
export const retryJob = operation<OfJob, null>("jobs.retry_job", []);
/** Takes a job that is over off the list, one's own or one of the school that one leads. */
export const dropJob = operation<OfJob, null>("jobs.drop_job", []);
