//! Lists as they are shown, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::exchange::Exported;
use crate::permission::rules::STAFF;
use crate::{Page, Undoable, schools};

kernel::operations! { lists;
    /// A list as it is shown, a page at a time: its rows with the columns that are asked for.
    show::show_list(ShowList) -> Page<ListRow>,
        who: STAFF, does: Read,
        shows: [
            academic_sessions, classes, courses, custom_fields, districts, enrolments, exemptions, field_values, grants,
            guardians, guardianships, leaves, merges, schools, settings, staff, stays, students, subjects, teachings,
            users,
        ],
        runs: AtData, path: POST "/schools/{school}/lists/rows";

    /// A list as it is shown, all of it, as CSV, a workbook or a PDF.
    export::export_list(ExportList) -> Exported,
        who: STAFF, does: Read,
        shows: [
            academic_sessions, classes, courses, custom_fields, districts, enrolments, exemptions, field_values, grants,
            guardians, guardianships, leaves, merges, schools, settings, staff, stays, students, subjects, teachings,
            users,
        ],
        runs: AtData, path: POST "/schools/{school}/lists/table";

    /// The columns of a list, those that the person chose, and the views that they see.
    views::list_settings(OfList) -> ListSettings,
        who: STAFF, does: Read,
        shows: [academic_sessions, classes, custom_fields, list_views, students, subjects],
        runs: AtData, path: GET "/schools/{school}/lists/{list}/settings";

    /// Keeps the columns of a list that the person wants to see.
    views::choose_columns(ChooseColumns) -> Undoable,
        who: STAFF, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/lists/{list}/columns";

    /// Keeps a view of a list: its filter, order and columns under a title.
    views::save_view(SaveView) -> SavedView,
        who: STAFF, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/lists/views";

    /// Takes a view of a list away.
    views::delete_view(DeleteView) -> Undoable,
        who: STAFF, does: Write, shows: [], runs: AtData, path: DELETE "/list-views/{view}";

    /// What is written of students' grade levels and sex.
    show::student_values(schools::OfSchool) -> FilterValues,
        who: STAFF, does: Read, shows: [students],
        runs: AtData, path: GET "/schools/{school}/students/values";

    /// What changing a field of many rows would do.
    change::plan_change(PlanChange) -> FieldPlan,
        who: STAFF, does: Read,
        shows: [
            academic_sessions, classes, courses, custom_fields, districts, enrolments, exemptions, field_values, grants,
            guardians, guardianships, leaves, merges, schools, settings, staff, stays, students, subjects, teachings,
            users,
        ],
        runs: AtData, path: POST "/schools/{school}/lists/changes/plan";

    /// Changes a field of many rows.
    change::change_field(ChangeField) -> ManyChanged,
        who: STAFF, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/lists/changes";
}
