//! Calling an operation, with progress where it is a job.

use kernel::{Calls, Error, ErrorCode, Job, JobState, JobUpdate};
use serde_json::Value;
use tauri::{AppHandle, Emitter, Manager, State};

use crate::window::{Shell, lock};

/// Calls an operation by name. With `job` its progress is told by the event `job`, and `cancel_job` stops it.
#[tauri::command]
pub async fn call(
    app: AppHandle,
    shell: State<'_, Shell>,
    operation: String,
    input: Value,
    job: Option<String>,
) -> Result<Value, Error> {
    let outcome = do_call(&app, &shell, operation, input, job).await;
    // By it the kiosk may have begun or ended.
    shell.door.look();
    outcome
}

async fn do_call(
    app: &AppHandle,
    shell: &Shell,
    operation: String,
    input: Value,
    job: Option<String>,
) -> Result<Value, Error> {
    let calls = shell.calls().await?;
    match job {
        None => calls.call(&operation, input, &Job::default()).await,
        // What is refused before it begins is no job that failed.
        Some(id) => {
            calls.permitted(&operation).await?;
            run_job(app, shell, &*calls, id, operation, input).await
        }
    }
}

async fn run_job(
    app: &AppHandle,
    shell: &Shell,
    calls: &dyn Calls,
    id: String,
    operation: String,
    input: Value,
) -> Result<Value, Error> {
    let update = |done, total, state| JobUpdate { id: id.clone(), operation: operation.clone(), done, total, state };
    let tell = |update: JobUpdate| {
        if let Err(error) = app.emit("job", update) {
            tracing::error!(%error, "progress did not reach the window");
        }
    };
    let handle = app.clone();
    let (job_id, job_operation) = (id.clone(), operation.clone());
    let job = Job::new(move |done, total| {
        let update =
            JobUpdate { id: job_id.clone(), operation: job_operation.clone(), done, total, state: JobState::Running };
        if let Err(error) = handle.emit("job", update) {
            tracing::error!(%error, "progress did not reach the window");
        }
    });
    tell(update(0, 0, JobState::Running));
    lock(&shell.jobs).insert(id.clone(), job.clone());
    let result = calls.call(&operation, input, &job).await;
    lock(&shell.jobs).remove(&id);
    tell(update(
        0,
        0,
        match &result {
            Ok(_) => JobState::Done,
            Err(error) if error.code == ErrorCode::Cancelled => JobState::Cancelled,
            Err(_) => JobState::Failed,
        },
    ));
    result
}

/// Asks a running job to stop; one that has ended is no error.
#[tauri::command]
pub fn cancel_job(shell: State<'_, Shell>, id: String) {
    if let Some(job) = lock(&shell.jobs).get(&id) {
        job.cancel();
    }
}

/// The screen has handed over what was typed last: the window may close now, unless it is at the door.
#[tauri::command]
pub fn ready_to_close(app: AppHandle, shell: State<'_, Shell>) {
    if shell.door.is_closed() {
        return;
    }
    shell.may_close.store(true, std::sync::atomic::Ordering::SeqCst);
    for window in app.webview_windows().into_values() {
        if let Err(error) = window.close() {
            tracing::error!(%error, "the window did not close");
        }
    }
}
