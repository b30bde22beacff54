//! Generates what Tauri needs at compile time: the commands that a window may be allowed, and the capability files.

/// Every command of the shell; a capability file must name it before a window may call it.
const COMMANDS: &[&str] = &[
    "database_password",
    "call",
    "cancel_job",
    "upload",
    "artifact",
    "save_artifact",
    "open_artifact",
    "ready_to_close",
    "open_notices",
    "choose_folder",
    "watch_camera",
    "watch_session",
    "frame_shown",
    "leave_camera",
    "stop_camera",
    "can_update",
    "look_for_update",
];

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    // The screens are built into the program: a new build of theirs makes a new program.
    println!("cargo:rerun-if-changed=ui/dist");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        eprintln!("{error:#}");
        std::process::exit(1);
    }
}
