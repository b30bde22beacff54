//! The files of OneRoster 1.2 with their columns, and where 1.1 differs.

use crate::roster::{Format, Table};
use crate::sheet::Spec;

const NOTHING: Spec = Spec { file: "", required: &[], optional: &[], unread: &[], dates: &[] };

/// Our own column of classes: the homeroom in which a scheduled class is a course, blank for a group of its own. What other
/// programs leave out, or do not know, is found out from who is in the classes.
pub(crate) const HOMEROOM: &str = "metadata.homeroomSourcedId";

/// In the order in which they are read.
pub(crate) const FILES: &[(Table, Spec)] = &[
    (
        Table::Orgs,
        Spec {
            file: "orgs.csv",
            required: &["sourcedId", "name", "type"],
            optional: &["status", "dateLastModified", "identifier", "parentSourcedId"],
            ..NOTHING
        },
    ),
    (
        Table::Sessions,
        Spec {
            file: "academicSessions.csv",
            required: &["sourcedId", "title", "type", "startDate", "endDate", "schoolYear"],
            optional: &["status", "dateLastModified", "parentSourcedId"],
            dates: &["startDate", "endDate"],
            ..NOTHING
        },
    ),
    (
        Table::Courses,
        Spec {
            file: "courses.csv",
            required: &["sourcedId", "title", "orgSourcedId"],
            optional: &[
                "status",
                "dateLastModified",
                "schoolYearSourcedId",
                "courseCode",
                "grades",
                "subjects",
                "subjectCodes",
            ],
            ..NOTHING
        },
    ),
    (
        Table::Classes,
        Spec {
            file: "classes.csv",
            required: &["sourcedId", "title", "courseSourcedId", "classType", "schoolSourcedId", "termSourcedIds"],
            optional: &["status", "dateLastModified", "grades", "classCode", "location", "subjects", HOMEROOM],
            unread: &["subjectCodes", "periods", "resources"],
            ..NOTHING
        },
    ),
    (
        Table::Users,
        Spec {
            file: "users.csv",
            required: &["sourcedId", "enabledUser", "username", "givenName", "familyName"],
            optional: &[
                "status",
                "dateLastModified",
                "middleName",
                "identifier",
                "email",
                "sms",
                "phone",
                "agentSourcedIds",
                "grades",
                "preferredGivenName",
                "preferredMiddleName",
                "preferredFamilyName",
                "primaryOrgSourcedId",
                "pronouns",
            ],
            unread: &["userIds", "userMasterIdentifier", "resourceSourcedIds"],
            ..NOTHING
        },
    ),
    (
        Table::Roles,
        Spec {
            file: "roles.csv",
            required: &["sourcedId", "userSourcedId", "roleType", "role", "orgSourcedId"],
            optional: &["status", "dateLastModified", "beginDate", "endDate"],
            unread: &["userProfileSourcedId"],
            dates: &["beginDate", "endDate"],
        },
    ),
    (
        Table::Enrolments,
        Spec {
            file: "enrollments.csv",
            required: &["sourcedId", "classSourcedId", "schoolSourcedId", "userSourcedId", "role"],
            optional: &["status", "dateLastModified", "primary", "beginDate", "endDate"],
            dates: &["beginDate", "endDate"],
            ..NOTHING
        },
    ),
    (
        Table::Demographics,
        Spec {
            file: "demographics.csv",
            required: &["sourcedId"],
            optional: &["status", "dateLastModified", "birthDate", "sex"],
            unread: &[
                "americanIndianOrAlaskaNative",
                "asian",
                "blackOrAfricanAmerican",
                "nativeHawaiianOrOtherPacificIslander",
                "white",
                "demographicRaceTwoOrMoreRaces",
                "hispanicOrLatinoEthnicity",
                "countryOfBirthCode",
                "stateOfBirthAbbreviation",
                "cityOfBirth",
                "publicSchoolResidenceStatus",
            ],
            dates: &["birthDate"],
        },
    ),
    (
        Table::Categories,
        Spec {
            file: "categories.csv",
            required: &["sourcedId", "title"],
            optional: &["status", "dateLastModified", "weight"],
            ..NOTHING
        },
    ),
    (
        Table::LineItems,
        Spec {
            file: "lineItems.csv",
            required: &[
                "sourcedId",
                "title",
                "assignDate",
                "dueDate",
                "classSourcedId",
                "categorySourcedId",
                "academicSessionSourcedId",
            ],
            optional: &["status", "dateLastModified", "resultValueMin", "resultValueMax"],
            unread: &["description", "schoolSourcedId"],
            dates: &["assignDate", "dueDate"],
        },
    ),
    (
        Table::Results,
        Spec {
            file: "results.csv",
            required: &["sourcedId", "lineItemSourcedId", "studentSourcedId", "scoreStatus", "scoreDate"],
            optional: &["status", "dateLastModified", "score", "comment"],
            unread: &["textScore", "classSourcedId", "inProgress", "incomplete", "late", "missing"],
            dates: &["scoreDate"],
        },
    ),
];

/// The specification of the same file in 1.1.
pub(crate) trait Spec11 {
    fn for_11(&self) -> Spec;
}

impl Spec11 for Spec {
    fn for_11(&self) -> Spec {
        match self.file {
            "users.csv" => Spec {
                required: &["sourcedId", "enabledUser", "orgSourcedIds", "role", "username", "givenName", "familyName"],
                ..*self
            },
            "lineItems.csv" => Spec {
                required: &[
                    "sourcedId",
                    "title",
                    "assignDate",
                    "dueDate",
                    "classSourcedId",
                    "categorySourcedId",
                    "gradingPeriodSourcedId",
                    "resultValueMin",
                    "resultValueMax",
                ],
                optional: &["status", "dateLastModified"],
                ..*self
            },
            "results.csv" => Spec {
                required: &["sourcedId", "lineItemSourcedId", "studentSourcedId", "scoreStatus", "score", "scoreDate"],
                optional: &["status", "dateLastModified", "comment"],
                ..*self
            },
            _ => *self,
        }
    }
}

/// The column in which a line item names its term or grading period.
pub(crate) fn session_column(format: Format) -> &'static str {
    if format == Format::OneRoster11 { "gradingPeriodSourcedId" } else { "academicSessionSourcedId" }
}

pub(crate) fn file_of(table: Table) -> &'static str {
    FILES.iter().find(|(known, _)| *known == table).map_or("", |(_, spec)| spec.file)
}

pub(crate) const SCORE_STATUSES: &[(&str, &str)] = &[
    ("exempt", "exempt"),
    ("fully graded", "fully graded"),
    ("not submitted", "not submitted"),
    ("partially graded", "partially graded"),
    ("submitted", "submitted"),
];
