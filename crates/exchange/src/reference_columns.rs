//! What the columns of references are called in the files of each format.

use crate::roster::Format;

/// The names that the references have in the files of a format.
pub(crate) struct Names {
    pub(crate) parent: &'static str,
    pub(crate) school: &'static str,
    pub(crate) class_school: &'static str,
    pub(crate) org: &'static str,
    pub(crate) role_org: &'static str,
    pub(crate) course: &'static str,
    pub(crate) terms: &'static str,
    pub(crate) class: &'static str,
    pub(crate) user: &'static str,
    pub(crate) agents: &'static str,
}

impl Names {
    pub(crate) fn of(format: Format) -> Self {
        let oneroster = Self {
            parent: "parentSourcedId",
            school: "schoolSourcedId",
            class_school: "schoolSourcedId",
            org: "orgSourcedId",
            role_org: "orgSourcedId",
            course: "courseSourcedId",
            terms: "termSourcedIds",
            class: "classSourcedId",
            user: "userSourcedId",
            agents: "agentSourcedIds",
        };
        match format {
            Format::OneRoster11 => Self { role_org: "orgSourcedIds", ..oneroster },
            Format::OneRoster12 | Format::Plain => oneroster,
            Format::SdsV21 => Self {
                class_school: "orgSourcedId",
                terms: "sessionSourcedIds",
                agents: "relationshipUserSourcedId",
                ..oneroster
            },
            Format::SdsV1 => Self {
                school: "School SIS ID",
                class_school: "School SIS ID",
                org: "School SIS ID",
                role_org: "School SIS ID",
                course: "Course SIS ID",
                terms: "Term SIS ID",
                class: "Section SIS ID",
                user: "SIS ID",
                agents: "Email",
                ..oneroster
            },
        }
    }
}
