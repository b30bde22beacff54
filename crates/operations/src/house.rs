//! How the features are put together: what each wants done in another's transaction or because of another's act.

use std::sync::Arc;

use jobs::{Daily, Kinds};
use kernel::{Clock, Folders, House, Services};
use store::Store;

/// The house of this program.
pub(crate) static HOUSE: House = House {
    operations: crate::all,
    former_names: crate::former_names::FORMER_NAMES,
    // Whatever ended somebody, by whichever operation: access ends with it.
    in_transaction: &[|context, tx| Box::pin(school::accounts::end_with_people(context, tx))],
    after_commit: &[|context, operation, changes| Box::pin(faces::remember_erased(context, operation, changes))],
    merging: &[marks::gradebook::before_merging, faces::before_merging],
    acting: |context, user, session| Box::pin(school::accounts::acting(context, user, session)),
    holds: live::kiosk_holds,
    stop_for: live::stop_sessions_of,
    faces_changed: live::people_changed,
    keeps_less: |context, school| {
        Box::pin(async move { faces::purge_schools(context, vec![school]).await.map(|_| ()) })
    },
};

/// All work that survives the program, and what of it is due daily.
pub fn job_kinds() -> Kinds {
    let of_features = [faces::purge_kind(), school::exchange::import_kind(), marks::reports::report_cards_kind()];
    let daily: [Daily; 2] = [jobs::own_daily, faces::put_in_purges];
    Kinds::new(jobs::own_kinds().into_iter().chain(of_features)).with_daily(daily)
}

/// Services on an open store, with all operations.
pub fn services(store: Store, clock: Arc<dyn Clock>, folders: Folders) -> Arc<Services> {
    Services::new(store, clock, folders, &HOUSE)
}
