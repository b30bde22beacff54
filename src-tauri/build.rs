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

/// The parts that come with the program; set-up lists their files beside them.
const PARTS: [&str; 3] = ["runtime", "models", "fonts"];

/// Builds the sums of those files in, by which the program knows them again. Without a set-up it knows none and loads none.
fn write_sums() -> std::io::Result<()> {
    let mut listed = String::from("&[\n");
    for part in PARTS {
        let list = format!("vendor/{part}.sums");
        println!("cargo:rerun-if-changed={list}");
        for (sum, name) in
            std::fs::read_to_string(list).unwrap_or_default().lines().filter_map(|line| line.split_once("  "))
        {
            listed += &format!("    ({:?}, {sum:?}),\n", format!("{part}/{name}"));
        }
    }
    let out = std::env::var_os("OUT_DIR").ok_or(std::io::ErrorKind::NotFound)?;
    std::fs::write(std::path::Path::new(&out).join("sums.rs"), listed + "]")
}

fn main() {
    if let Err(error) = write_sums() {
        eprintln!("the sums of what comes with the program cannot be written: {error}");
        std::process::exit(1);
    }
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
