//! Files in and out, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::permission::rules::{ANYONE, OFFICE, STAFF};
use jobs::Enqueued;

kernel::operations! { exchange;
    /// What a file to import holds, and how it would be read.
    preview::preview_import(PreviewImport) -> ImportPreview,
        who: OFFICE, does: Read, shows: [], runs: AtData, path: POST "/schools/{school}/imports/preview";

    /// What an import would add, change, skip and refuse.
    import::import_dry_run(ImportInput) -> ImportReport,
        who: OFFICE, does: Read, shows: [], runs: AtData, path: POST "/schools/{school}/imports/dry-run";

    /// The rows that an import would refuse, as a table to mend.
    refused::save_refused(SaveRefused) -> Exported,
        who: OFFICE, does: Read, shows: [], runs: AtData, path: POST "/schools/{school}/imports/refused";

    /// Imports a roster.
    import::import_apply(ImportInput) -> ImportReport,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/imports";

    /// Imports a set that brings its schools, or shows what that would do.
    sets::import_set(ImportSet) -> ImportReport,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/imports";

    /// The same before anybody can sign in, as a part of setting up.
    sets::import_at_set_up(ImportSet) -> ImportReport,
        who: ANYONE, does: Write, shows: [], runs: AtData, path: none;

    /// Imports a roster as a job, which goes on when the program ends and begins again.
    enqueue::enqueue_import(ImportInput) -> Enqueued,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/imports/jobs";

    /// The students of a school or class as a table, CSV or a workbook.
    export::export_students(ExportStudents) -> Exported,
        who: STAFF, does: Read,
        shows: [academic_sessions, classes, enrolments, guardians, guardianships, schools, settings, students],
        runs: AtData, path: POST "/schools/{school}/students/table";

    /// The school as a OneRoster set of version 1.1 or 1.2, its roster and its gradebook: whole, or what changed.
    oneroster::export_oneroster(ExportOneRoster) -> ExportedSet,
        who: OFFICE, does: Read,
        shows: [
            academic_sessions, assessments, categories, classes, courses, districts, enrolments, exemptions, guardians,
            guardianships, marks, roster_ids, schools, staff, stays, students, subjects, teachings,
        ],
        runs: AtData, path: POST "/schools/{school}/exports/oneroster";
}
