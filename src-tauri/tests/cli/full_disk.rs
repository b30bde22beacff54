//! A disk that fills up in the middle of an act: the act is whole or not there, the person is told why, and the database is
//! whole. The disk is a small file system in memory that only the program sees.

use std::path::Path;
use std::process::Command;

use school::schools::Settings;
use sea_orm::{EntityTrait, PaginatorTrait};
use store::entities::{face_templates, students};

use crate::faces::{photographs, school};
use crate::home::{Home, LIST, PASSWORD, code, text, vendor};

/// Room beside what is there already, in KiB.
const ROOM: [u64; 5] = [8, 72, 256, 1_024, 32_768];
const NEW: usize = 2_500;

/// What has become of the act.
#[derive(Debug, PartialEq)]
struct Outcome {
    code: i32,
    error: String,
    students: usize,
    templates: usize,
    faults: Vec<String>,
}

/// Whether this system lets a test mount a file system that nobody else sees.
fn may_mount() -> bool {
    let tried = Command::new("unshare").args(["-rm", "sh", "-c", "mount -t tmpfs none /mnt"]).output();
    let may = tried.is_ok_and(|tried| tried.status.success());
    if !may {
        println!("skipped: no file system can be mounted here");
    }
    may
}

fn kibibytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let size = |entry: std::fs::DirEntry| match entry.metadata().unwrap() {
        of if of.is_dir() => kibibytes(&entry.path()),
        of => of.len().div_ceil(4096) * 4,
    };
    4 + entries.map(size).sum::<u64>()
}

/// Copies the data onto a disk that has so much room left, does it there, and looks at what is left.
fn on_a_disk_with(home: &Home, room: u64, arguments: &[&str]) -> Outcome {
    const SCRIPT: &str = "mount -t tmpfs -o size=\"$SIZE\"k none \"$DISK\" && cp -a \"$FROM/.\" \"$DISK/\" || exit 99\n\
                          HOMEROOM_DATA=\"$DISK\" \"$@\"\n\
                          code=$?\ncp -a \"$DISK/.\" \"$TO/data/\" && exit $code";
    let (disk, after) = (tempfile::tempdir().unwrap(), Home::new());
    std::fs::create_dir(after.data()).unwrap();
    let output = Command::new("unshare")
        .args(["-rm", "sh", "-c", SCRIPT, "sh", env!("CARGO_BIN_EXE_homeroom")])
        .args(arguments)
        .args(["--user", "amara"])
        .env("SIZE", (kibibytes(&home.data()) + room).to_string())
        .env("DISK", disk.path())
        .env("FROM", home.data())
        .env("TO", after.path())
        .env("HOMEROOM_VENDOR", vendor())
        .env("HOMEROOM_KEY_STORE", "file")
        .env("HOMEROOM_PASSWORD", PASSWORD)
        .env_remove("HOMEROOM_DB")
        .output()
        .unwrap();
    let (students, templates, faults) = after.opened(async |context| {
        let store = context.store();
        let students = students::Entity::find().count(store.reader()).await.unwrap() as usize;
        let templates = face_templates::Entity::find().count(store.reader()).await.unwrap() as usize;
        (students, templates, store.check().await.unwrap())
    });
    Outcome { code: code(&output), error: text(&output.stderr), students, templates, faults }
}

#[test]
fn an_import_onto_a_full_disk_is_whole_or_not_there() {
    if !may_mount() {
        return;
    }
    let home = Home::new();
    home.set_up();
    let list = home.file("first.csv", LIST);
    home.done(&["import", &list]);
    let rows: String = (0..NEW).map(|n| format!("n{n};Given{n};Family{n};14/02/2015;Class {}\n", n / 30)).collect();
    let many = home.file("many.csv", format!("Admission No;First Name;Surname;DOB;Class\n{rows}"));
    let (mut done, mut refused) = (0, 0);
    for room in ROOM {
        let found = on_a_disk_with(&home, room, &["import", &many]);
        assert_eq!(found.faults, Vec::<String>::new(), "{room} KiB");
        if found.code == 0 {
            assert_eq!(found.students, 2 + NEW, "{room} KiB");
            done += 1;
        } else {
            assert_eq!(found.students, 2, "{room} KiB: {}", found.error);
            assert!(
                found.error.contains("disk is full") && found.error.contains("Make room"),
                "{room} KiB: {}",
                found.error
            );
            refused += 1;
        }
    }
    assert!(done >= 1 && refused >= 3, "{done} done, {refused} refused");
}

#[test]
fn an_enrolment_onto_a_full_disk_is_whole_or_not_there() {
    let Some(known) = photographs().filter(|_| may_mount()) else { return };
    let home = school(Settings { face_keep_photographs: true, ..Settings::default() });
    let files: Vec<String> = known.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let enrol = ["faces", "enrol", "--student", "101"];
    let arguments: Vec<&str> = enrol.into_iter().chain(files.iter().map(String::as_str)).collect();
    let is_done = |room: u64| {
        let found = on_a_disk_with(&home, room, &arguments);
        assert_eq!(found.faults, Vec::<String>::new(), "{room} KiB");
        if found.code == 0 {
            assert_eq!(found.templates, 3, "{room} KiB");
        } else {
            assert_eq!(found.templates, 0, "{room} KiB: {}", found.error);
            assert!(found.error.contains("disk is full"), "{room} KiB: {}", found.error);
        }
        found.code == 0
    };
    let (done, refused): (Vec<u64>, Vec<u64>) = ROOM.into_iter().partition(|room| is_done(*room));
    let (Some(mut enough), Some(mut too_little)) = (done.into_iter().min(), refused.into_iter().max()) else {
        panic!("one size must do and one must not");
    };
    // Up to where the room is just enough: what is tidied up after the commit finds none there.
    while enough.saturating_sub(too_little) > 8 {
        let room = too_little.midpoint(enough);
        if is_done(room) {
            enough = room;
        } else {
            too_little = room;
        }
    }
}
