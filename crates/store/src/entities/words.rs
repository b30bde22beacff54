//! Words that a column holds one of. A word in the database that is none of them is an error that says so.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Names;

/// Declares an enum that is stored, and written as JSON, as one of a few words.
macro_rules! words {
    ($($(#[$attribute:meta])* $name:ident { $($(#[$of_variant:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema, EnumIter, DeriveActiveEnum)]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name { $(
            $(#[$of_variant])*
            #[sea_orm(string_value = $word)]
            #[serde(rename = $word)]
            $variant,
        )* }

        impl $name {
            /// All of them, in their order.
            pub const ALL: [Self; [$($word),*].len()] = [$(Self::$variant),*];

            /// As it is stored.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// Reads what is stored; none for any other word.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|word| word.name() == name)
            }
        }

        impl Names for $name {}
    )*};
}

words! {
    /// What a user is to a school.
    Role {
        SuperAdministrator = "super_administrator",
        DistrictAdministrator = "district_administrator",
        Principal = "principal",
        Teacher = "teacher",
        Operator = "operator",
        Counsellor = "counsellor",
        Student = "student",
    }

    /// What somebody is to the school.
    PersonKind {
        Student = "student",
        Guardian = "guardian",
        Staff = "staff",
    }

    /// Where a student stands with the school on a day.
    #[derive(Default)]
    StudentStatus {
        /// Attends the school.
        #[default]
        Active = "active",
        /// Left before the end.
        Withdrawn = "withdrawn",
        /// Left at the end.
        Graduated = "graduated",
        /// Left for another school of the district.
        Transferred = "transferred",
        /// Comes on a day that lies ahead; never stored, as it passes by itself.
        Expected = "expected",
        /// Of the school and not there for a time; never stored, as it passes by itself.
        OnLeave = "on_leave",
    }

    /// How a time at the school began (Ed-Fi `EntryType`).
    StayEntry {
        /// The first time.
        Enrolled = "enrolled",
        /// Came back after having left.
        ReEnrolled = "re_enrolled",
        /// Came from another school of the district.
        Transferred = "transferred",
    }

    /// How a time at the school ended (Ed-Fi `ExitWithdrawType`).
    StayExit {
        /// Left before the end.
        Withdrawn = "withdrawn",
        /// Left at the end.
        Graduated = "graduated",
        /// Went to another school of the district.
        Transferred = "transferred",
    }

    /// What an entry of the calendar says of its days.
    CalendarKind {
        /// No school, known ahead: holidays, a public holiday, a day of training.
        Holiday = "holiday",
        /// No school, as it turned out: snow, a strike, an election.
        Closure = "closure",
        /// School on a day that would have none.
        Extra = "extra",
    }

    /// What a class is.
    #[derive(Default)]
    ClassKind {
        /// Students who belong together, each to one at a time (form, tutor group; OneRoster `homeroom`).
        #[default]
        Homeroom = "homeroom",
        /// A set, an option, a club: of any homerooms and grade levels (OneRoster `scheduled`).
        Group = "group",
    }

    /// What becomes of a student when an academic year is over.
    RolloverOutcome {
        /// Goes into a homeroom of the new year.
        Moves = "moves",
        /// Stays in the same grade level.
        Repeats = "repeats",
        /// Leaves the school before the end.
        Leaves = "leaves",
        /// Leaves the school at the end.
        Graduates = "graduates",
    }

    /// What an academic session is.
    AcademicSessionKind {
        Year = "year",
        Term = "term",
        /// A part of a term, by which a roster sorts marks; nothing here is counted by it.
        GradingPeriod = "grading_period",
    }

    /// Of whom or what a school's own field tells.
    FieldAbout {
        Student = "student",
        Guardian = "guardian",
        Staff = "staff",
        Class = "class",
    }

    /// What a school's own field holds.
    FieldKind {
        Text = "text",
        Number = "number",
        Date = "date",
        Choice = "choice",
        YesNo = "yes_no",
    }

    /// By what somebody is reached.
    ContactKind {
        Phone = "phone",
        Email = "email",
    }

    /// Where or when somebody is reached by it.
    ContactLabel {
        Home = "home",
        Work = "work",
        Mobile = "mobile",
        Emergency = "emergency",
        Other = "other",
    }

    /// What a roster's identifier is of.
    RosterIdKind {
        /// What OneRoster calls a course: the subject of a class.
        Course = "course",
        Enrolment = "enrolment",
        Role = "role",
    }

    /// What a roster says of a score that the state of a mark does not.
    ScoreStatus {
        /// Handed in and not graded yet.
        Submitted = "submitted",
        PartiallyGraded = "partially_graded",
    }

    /// What a cell of the gradebook holds.
    MarkKept {
        /// A value.
        Marked = "marked",
        Excused = "excused",
        Missing = "missing",
        /// Nothing any more.
        NotEntered = "not_entered",
    }

    /// Whose comment it is.
    CommentKind {
        /// Of a course's teacher, beside the subject.
        Course = "course",
        ClassTeacher = "class_teacher",
        Principal = "principal",
    }

    /// A list that people look at, choose the columns of and keep views of.
    ListName {
        Students = "students",
        Guardians = "guardians",
        Staff = "staff",
        Classes = "classes",
        Courses = "courses",
        Users = "users",
    }

    /// What a code says about the student.
    AttendanceMeaning {
        Present = "present",
        Late = "late",
        Absent = "absent",
        Excused = "excused",
    }

    /// Who or what wrote a cell.
    #[derive(Default)]
    MarkSource {
        /// A person's own word: nothing but another person's changes it.
        #[default]
        Hand = "hand",
        /// Recognised by a camera and confirmed.
        Camera = "camera",
        /// Recognised on a photograph and confirmed.
        Photograph = "photograph",
        /// Recognised by the kiosk at the door, which writes by itself.
        Kiosk = "kiosk",
        /// Came with a file.
        Import = "import",
        /// Was known ahead.
        Notice = "notice",
    }

    /// What faces were used for.
    FacePurpose {
        /// A camera looked at a class.
        Session = "session",
        /// A camera at the door.
        Kiosk = "kiosk",
        /// A photograph was compared.
        Photograph = "photograph",
        /// Templates were made from photographs.
        Enrolment = "enrolment",
        /// Templates were made again from kept photographs.
        ReEnrolment = "re_enrolment",
        /// A kept camera picture was looked at.
        Evidence = "evidence",
        /// What is held was handed out.
        Export = "export",
        /// Enrolled students were compared with one another.
        LookAlikes = "look_alikes",
    }

    /// What a school's key seals.
    KeyPurpose {
        FaceTemplates = "face templates",
    }

    /// What happened to a row.
    ChangeKind {
        /// The row is new.
        Insert = "insert",
        /// Fields changed.
        Update = "update",
        /// The row is gone.
        Delete = "delete",
    }
}
