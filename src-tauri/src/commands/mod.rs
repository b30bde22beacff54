//! The commands that the window may call: one for all operations, and those that move bytes or touch the system.

mod calls;
mod camera;
mod files;
mod server;
mod shown;

use tauri::Wry;
use tauri::ipc::Invoke;

pub use camera::Cameras;
pub use shown::Shown;

/// All commands; `build.rs` and `capabilities/` name the same ones.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        server::database_password,
        calls::call,
        calls::cancel_job,
        calls::ready_to_close,
        files::upload,
        files::artifact,
        files::save_artifact,
        files::open_artifact,
        files::open_notices,
        files::choose_folder,
        camera::watch_camera,
        camera::watch_session,
        camera::frame_shown,
        camera::leave_camera,
        camera::stop_camera,
        crate::update::can_update,
        crate::update::look_for_update,
    ]
}
