//! What Homeroom keeps is for its owner only, also where a former Homeroom left it open, and nothing is left elsewhere.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use school::schools::Settings;

use crate::faces::enrolled;
use crate::home::{Home, LIST, PASSWORD, code, text};

/// A path and everything below, but for links.
fn below(path: &Path) -> Vec<PathBuf> {
    let mut found = vec![path.to_owned()];
    if path.is_dir() {
        found.extend(fs::read_dir(path).unwrap().flatten().flat_map(|entry| below(&entry.path())));
    }
    found
}

fn open_to_others(data: &Path) -> Vec<(PathBuf, u32)> {
    let mode = |path: PathBuf| {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        (path, mode)
    };
    below(data).into_iter().map(mode).filter(|(_, mode)| mode & 0o077 != 0).collect()
}

#[test]
fn nobody_else_can_open_what_is_kept() {
    let home = Home::new();
    let list = home.file("list.csv", LIST);
    home.set_up();
    fs::remove_dir_all(home.data().join("log")).ok();
    let import = ["import", list.as_str()];
    assert_eq!(code(&home.run_as("amara", &import)), 0);
    assert!(home.data().join("log").is_dir());
    // `set_up` worked in this process, which has not taken anything from others.
    for path in below(&home.data()) {
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
    assert!(open_to_others(&home.data()).len() > 4);
    assert_eq!(code(&home.run_as("amara", &import)), 0);
    assert_eq!(open_to_others(&home.data()), []);
}

#[test]
fn what_is_made_is_closed_from_the_first_moment() {
    let home = Home::new();
    let list = home.file("list.csv", LIST);
    let made = home.run(&["import", &list, "--school", "Riverside"]);
    assert_eq!(code(&made), 0, "{}", text(&made.stderr));
    assert_eq!(open_to_others(&home.data()), []);
}

#[test]
fn what_a_killed_program_left_for_a_while_is_gone_after_the_next_start() {
    let home = Home::new();
    let list = home.file("list.csv", LIST);
    let temporary = home.path().join("temporary");
    let left = temporary.join("homeroom-for-a-while-killed");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join(".in-use"), b"").unwrap();
    fs::write(left.join("homeroom.db"), b"names of children").unwrap();
    let import = ["import", list.as_str(), "--school", "Riverside", "--dry-run"];
    let output = home.command(&import).env("TMPDIR", &temporary).env("HOMEROOM_PASSWORD", PASSWORD).ended();
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    assert_eq!(below(&temporary), [temporary]);
}

#[test]
fn what_is_made_by_the_way_is_closed_too() {
    let Some((home, _)) = enrolled(Settings::default()) else { return };
    home.done(&["faces", "rotate-keys"]);
    // Nothing gives it rights of its own: it has those of everything that is made.
    assert!(home.data().join("keys/rotation.lock").is_file());
    assert_eq!(open_to_others(&home.data()), []);
}
