//! People: students with their guardians, staff, and the search that finds them as one types.

mod arrivals;
pub mod bulk;
mod contact;
mod employment;
mod fields;
mod filter;
mod guardian_list;
mod guardians;
mod hints;
mod hits;
mod leaving;
mod merging;
mod names;
mod notes;
mod place;
mod portraits;
mod search;
mod siblings;
mod spelling;
mod staff;
pub(crate) mod stays;
mod student;
mod students;
mod table;
mod transfers;
mod typed_dates;
mod words;

pub use arrivals::{AcceptTransfers, Arrived, DeclineTransfers, records_before};
pub(crate) use contact::address_line;
pub use employment::{CourseGoesTo, EndEmployment, HomeroomGoesTo, ResumeEmployment};
pub use fields::{
    CustomField, FieldIds, FieldValue, ListFields, OfValues, OwnerOfValue, ReorderFields, SaveField, SaveFieldValue,
    SaveFieldValues, SavedField, permit_value, permit_values,
};
pub(crate) use fields::{
    Extent, ListedField, ListedFields, checked_value, column_of, field_in, new_value, of_owners, owner_id, put_value,
};
pub use filter::StudentFilter;
pub use guardian_list::{GuardianChild, GuardianDetails, GuardianFilter, GuardianListRow, ListGuardians, OfGuardian};
pub use guardians::{GuardianRow, SaveGuardian, SaveGuardianOf};
pub use hints::{AlikeStudent, AlikeStudents, NextNumber};
pub use hits::PersonHit;
pub(crate) use leaving::chosen as chosen_students;
pub use leaving::leave_at_the_end;
pub use leaving::{ChangeLeave, CorrectStay, GrantLeave, ReEnrolStudents, WithdrawStudents};
pub use merging::{
    AlikeGuardians, GuardianField, GuardianOf, GuardianRecord, Held, Holding, MergeChoice, MergeField, MergeGuardians,
    MergePlan, MergeRecord, MergeStudents, MergedGuardian, PlanMerge, StudentField, TakenField,
};
pub use names::NameOrder;
pub use names::{Named, full_name, name_order, user_names, whom_to_call};
pub use notes::{
    BehaviourNote, DeleteBehaviourNote, DeleteMedicalNote, DeletePastoralNote, MedicalNote, PastoralNote,
    SaveBehaviourNote, SaveMedicalNote, SavePastoralNote, may_change_note, with_medical_note,
};
pub use place::{LeaveRow, StayRow};
pub use portraits::{ClassPortraits, OfPortrait, Portrait, PortraitOf, SavePortrait, SmallPortrait};
pub use search::SearchPeople;
pub use siblings::Sibling;
pub use staff::LONGEST_JOB_TITLE;
pub use staff::{ListStaff, OfStaff, SaveStaff, StaffDetails, StaffIds, StaffRow, TaughtCourse};
pub use student::{AttendanceCount, EnrolmentRow, OfStudent, SaveStudent, SavedStudent, StudentDetails};
pub use student::{LONGEST_GRADE_LEVEL, LONGEST_SEX};
pub use students::{ClassRef, ListStudents, StudentIds, StudentRow, StudentStatus};
pub use table::*;
pub use transfers::{OtherSchool, TransferRow, TransferState, TransferStudents, Transfers};
pub use words::PersonKind;
pub use words::{Indexed, has_word, reindex, typed_words};
