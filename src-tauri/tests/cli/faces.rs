//! `homeroom faces` for many students and for what is held of them: `enrol-all`, `renew`, `purge`, `export` and `uses`,
//! with real photographs.

use std::io::Read;
use std::path::{Path, PathBuf};

use faces::{OfFaces, RecordConsent, record_consent, record_objection};
use kernel::{Context, Role};
use school::people::{ListStudents, list_students};
use school::schools::Settings;
use sea_orm::{ConnectionTrait, Value as Bound};
use serde_json::Value;
use store::ids::StudentId;

use crate::home::{Home, PASSWORD, code, json, text, vendor};

const LIST: &str = "Admission No;First Name;Surname;DOB;Class\n\
                    101;Neha;Sharma;14/02/2015;5 A\n\
                    102;Arun;Sharma;03/04/2013;7 B\n\
                    103;Joy;Otieno;03/04/2013;7 B\n\
                    104;Lea;Roth;03/04/2013;7 B\n\
                    105;Tom;Roth;03/04/2013;7 B\n";

/// Photographs of one person; none where models or photographs are missing (said in the output).
pub fn photographs() -> Option<Vec<PathBuf>> {
    let known: Vec<PathBuf> =
        ["obama.jpg", "obama2.jpg", "obama3.jpg"].map(|name| vendor().join("photos").join(name)).into();
    let others = [stranger(), vendor().join("models/manifest.json"), vendor().join("fonts")];
    if let Some(missing) = known.iter().chain(&others).find(|path| !path.exists()) {
        println!("skipped: {} is not there; run the set-up", missing.display());
        return None;
    }
    Some(known)
}

fn stranger() -> PathBuf {
    vendor().join("photos/biden.jpg")
}

/// A school that recognises faces. All but 104 have a consent; 105 does not want it all the same.
pub fn school(settings: Settings) -> Home {
    let home = Home::new();
    home.set_up_with(Settings { face_recognition: true, ..settings });
    let list = home.file("list.csv", LIST);
    home.done(&["import", &list]);
    home.inside(async |office| {
        for number in ["101", "102", "103", "105"] {
            consent(office, student(office, number).await).await;
        }
        record_objection(office, OfFaces { student: student(office, "105").await }).await.unwrap();
    });
    home
}

async fn student(office: &Context, number: &str) -> StudentId {
    let school = office.actor().unwrap().grants[0].0;
    let all = ListStudents { search: Some(number.into()), ..ListStudents::of(school) };
    list_students(office, all).await.unwrap().rows.remove(0).id
}

async fn consent(office: &Context, student: StudentId) {
    let consent = RecordConsent {
        student,
        guardian: None,
        own: None,
        given_by: Some("Lucía Muñoz".into()),
        relationship: Some("mother".into()),
        wording_version: Settings::default().face_policy_version,
    };
    record_consent(office, consent).await.unwrap();
}

/// Copies photographs into a folder, under these names.
pub fn put(folder: &Path, names: &[&str], photographs: &[PathBuf]) {
    for (name, photograph) in names.iter().zip(photographs) {
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::copy(photograph, file).unwrap();
    }
}

/// A school in which 101 is enrolled, and the photographs of 101.
pub fn enrolled(settings: Settings) -> Option<(Home, Vec<PathBuf>)> {
    let known = photographs()?;
    let home = school(settings);
    let folder = home.path().join("faces");
    put(&folder, &["101/1.jpg", "101/2.jpg", "101/3.jpg"], &known);
    home.done(&["faces", "enrol-all", &shown(&folder), "--apply"]);
    Some((home, known))
}

pub fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Runs a statement on the database.
fn execute(home: &Home, sql: &str, values: Vec<Bound>) {
    home.inside(async |office| {
        let store = office.store();
        store.reader().execute_raw(store.statement(sql, values)).await.unwrap();
    });
}

pub fn count(home: &Home, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM {table}");
    home.inside(async |office| {
        let store = office.store();
        let row = store.reader().query_one_raw(store.statement(&sql, [])).await.unwrap();
        row.unwrap().try_get_by_index(0).unwrap()
    })
}

fn outcomes(report: &Value) -> Vec<(&str, &str)> {
    let students = report["students"].as_array().unwrap();
    students.iter().map(|of| (of["number"].as_str().unwrap(), of["outcome"].as_str().unwrap())).collect()
}

#[test]
fn a_folder_is_enrolled_after_it_was_looked_at() {
    let Some(known) = photographs() else { return };
    let home = school(Settings::default());
    let folder = home.path().join("faces");
    put(&folder, &["101/1.jpg", "101/2.jpg", "101/3.jpg"], &known);
    // The same person in other files: of the very same files nobody could say whose they are.
    let again = ["102_1.jpg", "102_2.jpg", "102_3.jpg"];
    put(&folder, &again, &known);
    for name in again {
        let mut picture = std::fs::read(folder.join(name)).unwrap();
        picture.push(0);
        std::fs::write(folder.join(name), picture).unwrap();
    }
    put(&folder, &["103/1.jpg", "104.jpg", "105.jpg", "999/1.jpg"], &vec![stranger(); 4]);
    std::fs::write(folder.join("103/2.jpg"), "this is no picture").unwrap();
    std::fs::write(folder.join("notes.txt"), "notes").unwrap();
    let expected = |first| {
        [
            ("101", first),
            ("102", "look_alike"),
            ("103", "poor_photographs"),
            ("104", "no_consent"),
            ("105", "objection"),
            ("999", "unknown_number"),
        ]
    };
    let run = |more: &[&str]| home.run_as("amara", &[&["faces", "enrol-all", &shown(&folder)], more].concat());
    let looked = run(&["--json"]);
    assert_eq!(outcomes(&json(&looked)), expected("ready"));
    assert_eq!((code(&looked), count(&home, "face_templates")), (1, 0));
    assert!(text(&looked.stderr).contains("3 numbers need a look"), "{}", text(&looked.stderr));
    assert_eq!(json(&looked)["otherFiles"], 1);
    let said = text(&run(&[]).stdout);
    for line in [
        "101  Sharma, Neha  3/3   can be enrolled",
        "not used: 103/2.jpg: ",
        "102 looks like 101",
        "Files of other kinds: 1.",
        "--apply",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }

    let applied = run(&["--apply", "--json"]);
    assert_eq!(outcomes(&json(&applied)), expected("enrolled"));
    assert_eq!((code(&applied), count(&home, "face_templates")), (1, 3));
    let checked = home.done(&["attendance", "check", &shown(&known[0]), "--class", "5 a"]);
    assert_eq!(checked["faces"][0]["student"]["number"], "101");

    // Whoever has not agreed is left out, and that is no failure.
    let quiet = home.path().join("quiet");
    put(&quiet, &["104.jpg", "105.jpg"], &known);
    let report = home.done(&["faces", "enrol-all", &shown(&quiet), "--apply"]);
    assert_eq!(outcomes(&report), [("104", "no_consent"), ("105", "objection")]);
}

#[test]
fn a_zip_is_enrolled_and_what_is_none_is_refused() {
    let Some(known) = photographs() else { return };
    let home = school(Settings::default());
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (n, photograph) in known.iter().enumerate() {
        zip.start_file(format!("class/101_{n}.jpg"), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, &std::fs::read(photograph).unwrap()).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let cut = home.file("cut.zip", &zip[..zip.len() - 30]);
    std::fs::create_dir(home.path().join("empty")).unwrap();
    let place = |name: &str| shown(&home.path().join(name));
    for (from, expected) in [
        (place("missing"), "cannot be read"),
        (place("list.csv"), "This is no zip file that can be read"),
        (cut, "This is no zip file that can be read"),
        (place("empty"), "holds no photographs"),
    ] {
        let said = home.refused(&["faces", "enrol-all", &from, "--apply"]);
        assert!(said.contains(expected), "{from}: {said}");
        assert!(said.contains("12345/1.jpg") || from.ends_with("empty"), "{said}");
    }
    let whole = home.file("whole.zip", &zip);
    let report = home.done(&["faces", "enrol-all", &whole, "--apply"]);
    assert_eq!((outcomes(&report), count(&home, "face_templates")), (vec![("101", "enrolled")], 3));
}

#[test]
fn templates_of_a_former_model_are_made_again() {
    let Some((home, known)) = enrolled(Settings { face_keep_photographs: true, ..Settings::default() }) else { return };
    let renew = || home.run_as("amara", &["faces", "renew"]);
    assert_eq!(text(&renew().stdout), "All templates are of the present model.\n");
    // Photographs that somebody enrolled has are enrolled for another only when a person says so.
    let files: Vec<String> = known.iter().map(|file| shown(file)).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let twin = [&["faces", "enrol", "--student", "102"], &files[..]].concat();
    assert!(home.refused(&twin).contains("101"));
    let twin = home.done(&[&twin[..], &["--although-alike"]].concat());
    assert_eq!((&twin["templates"], &twin["lookAlikes"][0]["number"]), (&3.into(), &"101".into()));

    let without = "DELETE FROM face_photographs WHERE student_id = (SELECT id FROM students WHERE number = '102')";
    execute(&home, without, vec![]);
    execute(&home, "UPDATE face_templates SET model_version = 'former'", vec![]);
    let unknown = home.done(&["attendance", "check", files[0]]);
    assert_eq!((&unknown["comparedWith"], &unknown["faces"][0]["student"]), (&0.into(), &Value::Null));
    let renewed = renew();
    assert_eq!(text(&renewed.stdout), "Templates made again: 3, students: 1.\nenrol again: 102 Sharma, Arun\n");
    assert_eq!(code(&renewed), 1);
    assert_eq!(home.done(&["attendance", "check", files[0]])["faces"][0]["student"]["number"], "101");
    assert_eq!(code(&renew()), 1, "still to be enrolled again");
}

#[test]
fn what_is_due_is_purged() {
    let Some((home, _)) = enrolled(Settings { face_keep_photographs: true, ..Settings::default() }) else { return };
    let purge = || home.done(&["faces", "purge"]);
    assert_eq!((purge()["students"].as_u64(), count(&home, "face_templates")), (Some(0), 3));
    let long_ago: chrono::DateTime<chrono::Utc> = "2020-01-01T00:00:00Z".parse().unwrap();
    execute(&home, "UPDATE consents SET given_at = $1", vec![long_ago.into()]);
    let gone = purge();
    assert_eq!([&gone["students"], &gone["templates"], &gone["photographs"]], [1, 3, 3]);
    assert_eq!((count(&home, "face_templates"), count(&home, "data_keys")), (0, 0));
}

#[test]
fn what_is_held_is_handed_out_into_a_new_file() {
    let Some((home, _)) = enrolled(Settings { face_keep_photographs: true, ..Settings::default() }) else { return };
    let out = home.path().join("held.zip");
    let export = ["faces", "export", "--student", "101", "--out", &shown(&out)];
    let exported = home.done(&export);
    assert_eq!([&exported["templates"], &exported["photographs"], &exported["evidence"]], [3, 3, 0]);
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&out).unwrap()).unwrap();
    assert_eq!(zip.len(), 4);
    let mut about = String::new();
    zip.by_name("held.json").unwrap().read_to_string(&mut about).unwrap();
    let about: Value = serde_json::from_str(&about).unwrap();
    assert_eq!(about["templates"][0]["numbers"].as_array().unwrap().len(), 128);
    assert_eq!((&about["student"]["number"], &about["consents"][0]["givenBy"]), (&"101".into(), &"Lucía Muñoz".into()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    }

    // Nothing is replaced; nothing is handed out, and none of it written down, where the file cannot be.
    std::fs::write(&out, "mine").unwrap();
    let uses = count(&home, "face_uses");
    let no_folder = shown(&home.path().join("no/such/held.zip"));
    let elsewhere = shown(&home.path().join("new.zip"));
    for (student, out, expected) in [
        ("101", export[5], "is there already"),
        ("101", no_folder.as_str(), "cannot be written"),
        ("999", elsewhere.as_str(), "There is no student 999"),
    ] {
        let said = home.refused(&["faces", "export", "--student", student, "--out", out]);
        assert!(said.contains(expected), "{said}");
    }
    assert_eq!((std::fs::read_to_string(&out).unwrap(), count(&home, "face_uses")), ("mine".to_owned(), uses));
    let left = std::fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(left.into_iter().all(|name| !name.ends_with(".part") && name != "new.zip"));

    // Of somebody of whom nothing is held there is the consent, at least.
    let nothing = home.done(&["faces", "export", "--student", "103", "--out", &elsewhere]);
    assert_eq!(nothing["templates"], 0);
}

#[test]
fn uses_are_listed() {
    let Some((home, known)) = enrolled(Settings::default()) else { return };
    home.done(&["attendance", "check", &shown(&known[0]), "--class", "5 A"]);
    home.done(&["attendance", "check", &shown(&known[0]), "--class", "7 B"]);
    let purposes = |more: &[&str]| -> Vec<String> {
        let page = home.done(&[&["faces", "uses"], more].concat());
        page["rows"].as_array().unwrap().iter().map(|of| of["purpose"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(purposes(&[]), ["photograph", "photograph", "enrolment"]);
    assert_eq!(purposes(&["--student", "101"]), ["photograph", "enrolment"]);
    let said = text(&home.run_as("amara", &["faces", "uses", "--most", "1"]).stdout);
    assert!(
        said.contains("7 B") && said.contains("Amara Okafor") && said.contains("2 older ones are not shown"),
        "{said}"
    );
    for most in ["0", "501"] {
        assert_eq!(code(&home.run_as("amara", &["faces", "uses", "--most", most])), 2);
    }
    assert!(home.refused(&["faces", "uses", "--student", "999"]).contains("There is no student 999"));
}

#[test]
fn who_may_not_is_refused_and_nothing_changes() {
    let Some((home, _)) = enrolled(Settings::default()) else { return };
    home.user("ben", Role::Teacher);
    home.user("door", Role::Operator);
    let out = shown(&home.path().join("out"));
    let folder = shown(&home.path().join("faces"));
    let by_office: [&[&str]; 4] = [
        &["faces", "enrol-all", &folder, "--apply"],
        &["faces", "renew"],
        &["faces", "export", "--student", "101", "--out", &out],
        &["faces", "uses"],
    ];
    let by_leaders: [&[&str]; 4] = [
        &["faces", "purge"],
        &["faces", "recovery-key", "--out", &out],
        &["faces", "restore-key"],
        &["faces", "rotate-keys"],
    ];
    let key = std::fs::read(home.data().join("keys/master.key")).unwrap();
    for (user, commands) in [("ben", [by_office, by_leaders].concat()), ("door", by_leaders.to_vec())] {
        for command in commands {
            let output = home.run_as(user, command);
            assert_eq!(code(&output), 1, "{user} {command:?}: {}", text(&output.stdout));
            let said = text(&output.stderr);
            let expected = if user == "ben" && command[1] == "export" {
                "no student 101"
            } else {
                "Your role does not allow this."
            };
            assert!(said.contains(expected), "{user} {command:?}: {said}");
        }
    }
    // Nobody named: the program cannot know who it is; a wrong password is no password.
    for command in [by_office, by_leaders].concat() {
        assert_eq!(code(&home.run(command)), 2, "{command:?}");
        let wrong = home.command(&[command, &["--user", "amara"]].concat()).env("HOMEROOM_PASSWORD", "guess").ended();
        // Later ones may be slowed down.
        let said = text(&wrong.stderr);
        let expected = ["User name or password are wrong.", "Too many wrong passwords."];
        assert!(expected.iter().any(|expected| said.contains(expected)), "{command:?}: {said}");
        assert_eq!((code(&wrong), text(&wrong.stdout).as_str()), (1, ""), "{command:?}");
    }
    assert!(!home.path().join("out").exists());
    assert_eq!(std::fs::read(home.data().join("keys/master.key")).unwrap(), key);
    // A database that is not there is not made.
    for command in [by_office, by_leaders].concat() {
        let nowhere = Home::new();
        let output =
            nowhere.command(&[command, &["--user", "amara"]].concat()).env("HOMEROOM_PASSWORD", PASSWORD).ended();
        assert!(text(&output.stderr).contains("no Homeroom database"), "{command:?}");
        assert!(!nowhere.data().join("homeroom.db").exists() && !nowhere.data().join("keys").exists());
    }
}

#[test]
fn the_doctor_names_whose_faces_do_not_open() {
    let Some((home, known)) = enrolled(Settings::default()) else { return };
    let files: Vec<String> = known.iter().map(|file| shown(file)).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    home.done(&[&["faces", "enrol", "--student", "102"], &files[..], &["--although-alike"]].concat());
    let of_faces = || {
        let output = home.run(&["doctor", "--json"]);
        let found = json(&output);
        let check = found["checks"].as_array().unwrap().iter().find(|check| check["name"] == "sealed faces").unwrap();
        (check["state"].clone(), check["finding"].as_str().unwrap().to_owned(), code(&output))
    };
    assert_eq!(of_faces(), ("ok".into(), "all 6 open".to_owned(), 0));
    // The two are each other now.
    let swap = "UPDATE face_templates SET student_id = (SELECT id FROM students WHERE number = \
                CASE (SELECT number FROM students WHERE id = student_id) WHEN '101' THEN '102' ELSE '101' END)";
    execute(&home, swap, vec![]);
    let finding = "6 of 6 were changed, moved or damaged, and are not used: students 101; 102";
    assert_eq!(of_faces(), ("broken".into(), finding.to_owned(), 1));
    let unknown = home.done(&["attendance", "check", files[0]]);
    assert_eq!(unknown["faces"][0]["student"], Value::Null);
}

#[cfg(unix)]
#[test]
fn what_is_too_large_or_no_file_is_no_photograph() {
    let home = school(Settings::default());
    let large = home.path().join("large.jpg");
    // Nothing is written: a file with a hole of this size.
    std::fs::File::create(&large).unwrap().set_len((32 << 20) + 1).unwrap();
    let said = home.refused(&["attendance", "check", &shown(&large)]);
    assert!(said.contains("it is larger than 32 MiB"), "{said}");
    let said = home.refused(&["attendance", "check", "/dev/zero"]);
    assert!(said.contains("it is no file, but a folder, a device, a pipe or a stream"), "{said}");
}
