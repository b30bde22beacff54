//! Work that survives, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::rules::SIGNED_IN;

kernel::operations! { jobs;
    /// The jobs that one asked for; for who leads the school all that wait, run or failed.
    list::list_jobs(ListJobs) -> Vec<JobRow>,
        who: SIGNED_IN, does: Read, shows: [jobs], runs: AtData, path: GET "/schools/{school}/jobs";

    /// Stops a job, one's own or one of the school that one leads; nothing that it has not finished is kept.
    list::cancel_job(OfJob) -> (),
        who: SIGNED_IN, does: Write, shows: [], runs: AtData, path: POST "/jobs/{job}/cancel";

    /// Puts a job that failed or was stopped in again, one's own or one of the school that one leads.
    list::retry_job(OfJob) -> (),
        who: SIGNED_IN, does: Write, shows: [], runs: AtData, path: POST "/jobs/{job}/retry";

    /// Takes a job that is over off the list, one's own or one of the school that one leads.
    list::drop_job(OfJob) -> (),
        who: SIGNED_IN, does: Write, shows: [], runs: AtData, path: DELETE "/jobs/{job}";
}
