//! The key that opens the templates, on the command line: shown, printed, typed again, changed.

use school::schools::Settings;
use serde_json::Value;

use crate::faces::{enrolled, shown};
use crate::home::{Home, PASSWORD, code, text};

fn groups(home: &Home) -> Vec<String> {
    let shown = home.done(&["faces", "recovery-key"]);
    shown["groups"].as_array().unwrap().iter().map(|group| group.as_str().unwrap().to_owned()).collect()
}

/// The finding of the doctor under this name.
fn found(home: &Home, name: &str) -> Value {
    let output = home.run(&["doctor", "--json"]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    found["checks"].as_array().unwrap().iter().find(|check| check["name"] == name).unwrap().clone()
}

/// Types a recovery key; the exit code and what was said.
fn restore(home: &Home, key: &str) -> (i32, String) {
    let output = home.run_typing(&["faces", "restore-key"], &[PASSWORD, key]);
    (code(&output), text(&output.stdout) + &text(&output.stderr))
}

#[test]
fn a_copied_database_is_opened_by_the_paper_only() {
    let Some((home, known)) = enrolled(Settings::default()) else { return };
    let photograph = shown(&known[0]);
    let check = ["attendance", "check", photograph.as_str(), "--class", "5 A"];
    let former = groups(&home).join("-");
    let rotated = home.done(&["faces", "rotate-keys"]);
    assert_eq!([&rotated["schools"], &rotated["templates"]], [1, 3]);
    assert_eq!(home.done(&check)["faces"][0]["student"]["number"], "101");
    assert_eq!(found(&home, "recovery key")["state"], "note", "the new key is on no paper yet");
    let paper = groups(&home);
    assert_eq!((found(&home, "recovery key")["state"].as_str(), paper.len()), (Some("ok"), 14));

    // Another computer gets the database, and nothing else.
    let other = Home::new();
    std::fs::create_dir_all(other.data()).unwrap();
    std::fs::copy(home.data().join("homeroom.db"), other.data().join("homeroom.db")).unwrap();
    let out = shown(&other.path().join("held.zip"));
    let commands: [&[&str]; 5] = [
        &check,
        &["faces", "export", "--student", "101", "--out", &out],
        &["faces", "rotate-keys"],
        &["faces", "recovery-key"],
        &["faces", "enrol-all", &shown(&home.path().join("faces")), "--apply"],
    ];
    for command in commands {
        let said = other.refused(command);
        assert!(said.contains("The key that opens the face templates is not on this computer."), "{said}");
        assert!(said.contains("Type the recovery key from its paper (homeroom faces restore-key)"), "{said}");
    }
    assert!(!other.path().join("held.zip").exists() && !other.data().join("keys/master.key").exists());
    let finding = found(&other, "key of the faces");
    assert_eq!(finding["state"], "broken");
    assert!(finding["advice"].as_str().unwrap().contains("restore-key"), "{finding}");

    // A slip of the pen, the former paper, another key, nothing at all.
    let mut slipped = paper.clone();
    let symbol = if slipped[4].starts_with('0') { "1" } else { "0" };
    slipped[4].replace_range(..1, symbol);
    let mut short = paper.clone();
    short.pop();
    for (typed, expected) in [
        (slipped.join(" "), format!("Group 5 ({}) is not right: compare it with the paper.", slipped[4])),
        (short.join(" "), "The key has 14 groups of 5 characters; these are 13.".to_owned()),
        (former, "This is the key of another database, or from before the keys were changed.".to_owned()),
        (String::new(), "The key has 14 groups of 5 characters".to_owned()),
    ] {
        let (code, said) = restore(&other, &typed);
        assert!(code == 1 && said.contains(&expected), "{said}");
        assert!(!said.contains(&paper[7]), "no other group is shown");
    }
    assert!(other.refused(&check).contains("restore-key"), "nothing was taken");

    let (code, said) = restore(&other, &paper.join("-").to_lowercase());
    assert_eq!((code, said.as_str()), (0, "The key is in keys/master.key of the data folder.\n"));
    assert_eq!(other.done(&check)["faces"][0]["student"]["number"], "101");
    assert_eq!(other.done(&["faces", "export", "--student", "101", "--out", &out])["templates"], 3);
    assert_eq!(found(&other, "key of the faces")["state"], "ok");
    assert_eq!(
        std::fs::read(other.data().join("keys/master.key")).unwrap(),
        std::fs::read(home.data().join("keys/master.key")).unwrap()
    );
    let again = other.command(&["faces", "restore-key", "--user", "amara"]);
    let again = again.env("HOMEROOM_PASSWORD", PASSWORD).env("HOMEROOM_RECOVERY_KEY", paper.concat()).ended();
    assert_eq!(text(&again.stdout), "The key was there already, in keys/master.key of the data folder.\n");
}

#[test]
fn the_recovery_key_is_printed_into_a_new_file() {
    let Some((home, _)) = enrolled(Settings::default()) else { return };
    let out = home.path().join("key.pdf");
    let print = ["faces", "recovery-key", "--out", &shown(&out)];
    std::fs::write(&out, "the paper of the former key").unwrap();
    assert!(home.refused(&print).contains("is there already, and nothing was done"));
    assert_eq!(std::fs::read(&out).unwrap(), b"the paper of the former key");
    assert_eq!(found(&home, "recovery key")["state"], "note", "nothing is on paper");
    std::fs::remove_file(&out).unwrap();
    let printed = home.run_as("amara", &print);
    assert_eq!((code(&printed), text(&printed.stdout)), (0, format!("{}\n", out.display())));
    assert!(std::fs::read(&out).unwrap().starts_with(b"%PDF-"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(found(&home, "recovery key")["state"], "ok");
    // To be written down: two lines of seven groups.
    let shown = text(&home.run_as("amara", &["faces", "recovery-key"]).stdout);
    assert!(shown.lines().count() == 2 && shown.lines().all(|line| line.split('-').count() >= 7), "{shown}");

    // Without the fonts there is no paper, and so none is noted.
    let vendor = tempfile::tempdir().unwrap();
    home.done(&["faces", "rotate-keys"]);
    let elsewhere = home.path().join("other.pdf");
    let print = ["faces", "recovery-key", "--out", elsewhere.to_str().unwrap(), "--user", "amara"];
    let output = home.command(&print).env("HOMEROOM_VENDOR", vendor.path()).env("HOMEROOM_PASSWORD", PASSWORD).ended();
    assert_eq!((code(&output), elsewhere.exists()), (1, false));
    assert!(text(&output.stderr).contains("write the groups down"), "{}", text(&output.stderr));
    assert_eq!(found(&home, "recovery key")["state"], "note");
}

#[test]
fn without_faces_there_is_no_key_to_change_or_restore() {
    let home = Home::new();
    home.set_up_with(Settings { face_recognition: true, ..Settings::default() });
    assert!(home.refused(&["faces", "rotate-keys"]).contains("There is no key yet"));
    let (code, said) = restore(&home, "0000");
    assert!(code == 1 && said.contains("14 groups"), "{said}");
    assert!(!home.data().join("keys/master.key").exists());
}
