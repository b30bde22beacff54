//! `homeroom import`, and what is no file of its kind.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use school::schools::Settings;

use crate::home::{Home, LIST, PASSWORD, code, json, text, vendor};

/// A zip of one stored file, cut off.
fn truncated_zip() -> Vec<u8> {
    let mut zip = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0".to_vec();
    zip.extend_from_slice(&[0; 12]);
    zip.extend_from_slice(&[9, 0, 0, 0]);
    zip.extend_from_slice(b"users.csvsourcedId,status\n1,");
    zip
}

#[test]
fn bad_input_is_refused_and_changes_nothing() {
    let home = Home::new();
    home.set_up();
    let long_name = format!("id,name\n1,Ann Lee\n2,{}\n", "x".repeat(10_000));
    let inputs = [
        ("truncated.zip", truncated_zip(), "Export or download it again"),
        ("nothing.zip", b"no zip at all".to_vec(), "not a whole zip file"),
        (
            "damaged.csv",
            "id,name\n1,Zoë\n2,André\n".as_bytes().iter().copied().chain(*b"3,Ren\xe9\n").collect(),
            "--encoding",
        ),
        ("cut.xlsx", truncated_zip(), "save it again"),
        ("empty.csv", Vec::new(), "--map COLUMN=FIELD"),
        ("no-number.csv", b"name\nAnn Lee\n".to_vec(), "--map COLUMN=FIELD"),
        ("quote.csv", b"id,name\n1,\"Ann\n2,Bob\n".to_vec(), "opened and not closed"),
        ("long-name.csv", long_name.into_bytes(), "--accept-refused"),
        ("picture.png", b"\x89PNG\r\n\x1a\n".to_vec(), "Choose a OneRoster zip or folder"),
    ];
    for (name, bytes, expected) in &inputs {
        let file = home.file(name, bytes);
        let before = home.files();
        let arguments = ["import", &file, "--user", "amara", "--json"];
        let output = home.command(&arguments).env("HOMEROOM_PASSWORD", PASSWORD).ended();
        assert_eq!(code(&output), 1, "{name}");
        assert!(text(&output.stderr).contains(expected), "{name}: {}", text(&output.stderr));
        let report = json(&output);
        assert_eq!(report["applied"], false, "{name}");
        assert_eq!(students(&home), 0, "{name}");
        let after = home.files();
        // Signing in for the import is recorded; nothing else is touched.
        let others = |files: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<PathBuf> {
            files.keys().filter(|path| before.get(*path) != files.get(*path)).cloned().collect()
        };
        assert!(others(&after).iter().all(|path| path.to_string_lossy().contains("homeroom.db")), "{name}");
    }
}

#[test]
fn a_photograph_that_is_none_is_refused_and_changes_nothing() {
    if !vendor().join("models/manifest.json").is_file() {
        println!("skipped: no face models in {}; run the set-up", vendor().display());
        return;
    }
    let home = Home::new();
    home.set_up_with(Settings { face_recognition: true, ..Settings::default() });
    let missing = home.path().join("missing.jpg").to_string_lossy().into_owned();
    for (file, expected) in [
        (home.file("text.jpg", "a text"), "not a picture that can be read"),
        (home.file("empty.jpg", ""), "the picture file is empty"),
        (home.file("cut.png", b"\x89PNG\r\n\x1a\n\0\0"), "damaged or cut short"),
        (missing, "Check the path of the file"),
    ] {
        let before = home.files();
        let arguments = ["attendance", "check", &file, "--user", "amara"];
        let output = home.command(&arguments).env("HOMEROOM_PASSWORD", PASSWORD).ended();
        assert_eq!(code(&output), 1, "{file}: {}", text(&output.stdout));
        assert!(text(&output.stderr).contains(expected), "{file}: {}", text(&output.stderr));
        let after = home.files();
        let changed = after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes));
        let database = |path: &Path| path.to_string_lossy().contains("homeroom.db");
        assert!(changed.map(|(path, _)| path).all(|path| database(path)), "{file}");
        assert!(before.keys().all(|path| after.contains_key(path) || database(path)), "{file}");
    }
}

fn students(home: &Home) -> usize {
    use sea_orm::EntityTrait;
    home.opened(async |context| {
        store::entities::students::Entity::find().all(context.store().reader()).await.unwrap().len()
    })
}

#[test]
fn bad_input_without_a_database_makes_none() {
    let home = Home::new();
    let damaged = home.file("damaged.csv", b"id,name\n1,Zo\xC3\xAB\n2,Andr\xe9\n");
    let long_name = home.file("long.csv", format!("id,name\n1,{}\n", "x".repeat(10_000)));
    let text_file = home.file("notes.db", "Dear diary, this is no database.");
    let marks = home.file("marks.csv", "G1\n12\n1e999\n");
    let list = home.file("list.csv", LIST);
    let before = home.files();
    for (arguments, expected) in [
        (vec!["import", &damaged, "--school", "Riverside"], "CSV UTF-8"),
        (vec!["import", &long_name, "--school", "Riverside"], "--accept-refused"),
        (vec!["import", &list], "--school"),
        (vec!["import", "there-is-no-such.csv"], "Check that the file is there"),
        (vec!["import", &list, "--school", "Riverside", "--db", &text_file], "This one was not touched"),
        (vec!["doctor", "--db", &text_file], ""),
        (vec!["report-cards", "--class", "7B", "--out", "cards.pdf", "--user", "amara"], "no Homeroom database"),
        (vec!["analyse", &marks], "1e999"),
        (vec!["analyse", &damaged], "CSV UTF-8"),
    ] {
        let output = home.run(&arguments);
        assert_eq!(code(&output), 1, "{arguments:?}: {}", text(&output.stdout));
        assert!(text(&output.stderr).contains(expected), "{arguments:?}: {}", text(&output.stderr));
        assert_eq!(before, home.files(), "{arguments:?}");
    }
}

#[test]
fn an_import_may_be_part_of_setting_up() {
    let home = Home::new();
    let list = home.file("list.csv", LIST);
    let shown = home.run(&["import", &list, "--school", "Riverside School", "--dry-run", "--json"]);
    assert_eq!((code(&shown), json(&shown)["added"]["students"].as_u64()), (0, Some(2)));
    assert!(!home.path().join("data/homeroom.db").exists(), "a dry run makes no database");

    let first = home.run(&["import", &list, "--school", "Riverside School", "--json"]);
    assert_eq!(code(&first), 0, "{}", text(&first.stderr));
    let report = json(&first);
    assert_eq!((&report["applied"], &report["added"]["students"]), (&true.into(), &2.into()));
    let again = json(&home.run(&["import", &list, "--json"]));
    assert_eq!((&again["added"]["students"], &again["skipped"]["students"]), (&0.into(), &2.into()));

    home.set_up();
    let refused = home.command(&["import", &list, "--user", "amara"]).env("HOMEROOM_PASSWORD", "wrong one").ended();
    assert_eq!(code(&refused), 1);
    let signed_in = home.command(&["import", &list, "--user", "amara"]).env("HOMEROOM_PASSWORD", PASSWORD).ended();
    assert_eq!(code(&signed_in), 0, "{}", text(&signed_in.stderr));

    // The password on standard input, and a column that the person names.
    let other = home.file("other.csv", "Kennung,name\n103,Zoë Müller\n");
    let output = home.run_typing(&["import", &other, "--map", "Kennung=number", "--json"], &[PASSWORD]);
    assert_eq!(json(&output)["added"]["students"], 1);
    assert_eq!(students(&home), 3);
}

#[test]
fn how_a_list_was_read_is_said() {
    let home = Home::new();
    let latin1 = b"Class list 7B\n\nStudent No;First name;Last name;Date of birth\n1001;Zo\xEB;M\xFCller;25/11/2012\n1002;Ann;Lee;4/3/2012\n";
    let page = "<table><tr><th>Student No<th>Full name<tr><td>1001<td>Mar\u{ed}a Garc\u{ed}a L\u{f3}pez</table>";
    for (file, expected) in [
        (
            home.file("list.csv", latin1),
            &[
                "encoding windows-1252 by its letters: Zo\u{eb}, M\u{fc}ller",
                "names of the columns on line 3",
                "Date of birth: day first, as its cells show, 25/11/2012 is 2012-11-25",
            ][..],
        ),
        (
            home.file("list.xls", page),
            &["table 1", "Mar\u{ed}a Garc\u{ed}a L\u{f3}pez is Mar\u{ed}a Garc\u{ed}a | L\u{f3}pez"],
        ),
    ] {
        let output = home.run(&["import", &file, "--school", "Riverside", "--dry-run"]);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        for part in expected {
            assert!(text(&output.stdout).contains(part), "{part}: {}", text(&output.stdout));
        }
    }
}

#[test]
fn advice_is_given_only_where_it_is_taken() {
    let home = Home::new();
    let manifest = "propertyName,value\noneroster.version,1.1\nfile.users,bulk\n";
    let users = "sourcedId,status,dateLastModified,orgSourcedIds,role,username,givenName,familyName\nu1,,,o1,student,ann,Ann,Lee\n";
    std::fs::create_dir(home.path().join("set")).unwrap();
    home.file("set/manifest.csv", manifest);
    home.file("set/users.csv", users);
    let set = home.path().join("set").to_string_lossy().into_owned();
    let output = home.run(&["import", &set, "--dry-run"]);
    let said = text(&output.stderr);
    assert_eq!(code(&output), 1, "{said}");
    assert!(said.contains("enabledUser") && !said.contains("--map") && !said.contains("demographics"), "{said}");

    let phones = home.file("phones.csv", "Number,Name,Phone,Phone\n1,Ann Lee,5,6\n");
    let output = home.run(&["import", &phones, "--school", "Riverside"]);
    assert_eq!(code(&output), 1);
    assert!(
        text(&output.stderr).contains("--map") && text(&output.stderr).contains("Phone (1)"),
        "{}",
        text(&output.stderr)
    );
    let births = home.file("births.csv", "Number,Name,DOB\n1,Ann Lee,4/3/2012\n");
    let output = home.run(&["import", &births, "--school", "Riverside"]);
    assert_eq!(code(&output), 1);
    assert!(text(&output.stderr).contains("--dates day-first"), "{}", text(&output.stderr));
    let output = home.run(&["import", &births, "--school", "Riverside", "--dates", "day-first", "--dry-run"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let output = home.run(&["import", &phones, "--school", "Riverside", "--map", "Phone (2)=phone", "--dry-run"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
}

#[test]
fn lists_of_other_kinds_come_in_and_passwords_go_into_a_file_of_their_own() {
    let home = Home::new();
    home.set_up();
    let staff = "Staff number,Name,Username,Role\nS1,Ben Otieno,ben,teacher\n";
    let list = home.file("staff.csv", staff);
    let import = |arguments: &[&str]| {
        let output = home.command(arguments).env("HOMEROOM_PASSWORD", PASSWORD).ended();
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        json(&output)
    };
    // Without a file for their passwords no accounts are made.
    let report = import(&["import", &list, "--user", "amara", "--json"]);
    assert_eq!((&report["added"]["staff"], &report["added"]["accounts"]), (&1.into(), &0.into()));
    let out = home.path().join("passwords.csv").to_string_lossy().into_owned();
    let report = import(&["import", &list, "--accounts", &out, "--user", "amara", "--json"]);
    assert_eq!((&report["added"]["staff"], &report["added"]["accounts"]), (&0.into(), &1.into()));
    let told = std::fs::read_to_string(&out).unwrap();
    assert!(told.contains("S1,Ben Otieno,ben,"), "{told}");
    // What is there already is not replaced.
    let again = home.command(&["import", &list, "--accounts", &out, "--user", "amara"]);
    assert_eq!(code(&again.env("HOMEROOM_PASSWORD", PASSWORD).ended()), 1);

    let odd = home.file("odd.csv", "Klasse,Was,Wer\n7A,Art,Otieno\n");
    let classes = home.file("classes.csv", "Class,Class teacher,Room\n7A,S1,12\n");
    assert_eq!(import(&["import", &classes, "--user", "amara", "--json"])["added"]["classes"], 1);
    let courses = ["import", &odd, "--kind", "courses", "--map", "Was=subject", "--map", "Wer=teachers"];
    let report = import(&[&courses[..], &["--user", "amara", "--json"]].concat());
    assert_eq!((&report["added"]["courses"], &report["added"]["teachings"]), (&1.into(), &1.into()), "{report}");
}

#[test]
fn a_column_of_a_field_of_the_school_is_taken_by_its_name_or_as_somebody_says() {
    use school::people::{OfValues, OwnerOfValue, SaveField, field_values, save_field};
    use store::entities::{FieldAbout, FieldKind};
    let home = Home::new();
    home.set_up();
    home.inside(async |office| {
        for (title, kind) in [("Bus stop", FieldKind::Text), ("Swims", FieldKind::YesNo)] {
            let field = SaveField {
                school: office.actor().unwrap().grants[0].0,
                save: kernel::Save::New,
                about: FieldAbout::Student,
                title: title.into(),
                kind,
                choices: Vec::new(),
                help: None,
                seen_by: Vec::new(),
                changed_by: Vec::new(),
            };
            save_field(office, field).await.unwrap();
        }
    });
    let list = home.file("list.csv", "Number,Name,Bus Stop,Can swim\n1,Ann Lee,Mill Lane,ja\n2,Bob Ray,Rye,no\n");
    let imported = home.done(&["import", &list, "--map", "Can swim=swims"]);
    assert_eq!(imported["added"]["students"], 2, "{imported}");
    let again = home.done(&["import", &list, "--map", "Can swim=swims"]);
    assert_eq!((&again["skipped"]["students"], &again["undo"]), (&2.into(), &serde_json::Value::Null), "{again}");
    let told = home.inside(async |office| {
        use sea_orm::EntityTrait;
        let students = store::entities::students::Entity::find().all(office.store().reader()).await.unwrap();
        let ann = students.iter().find(|student| student.number == "1").unwrap().id;
        let found = field_values(office, OfValues { of: OwnerOfValue::Student(ann) }).await.unwrap();
        found.into_iter().map(|field| field.value.unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(told, ["Mill Lane", "yes"]);
    let wrong = home.file("wrong.csv", "Number,Name,Swims\n1,Ann Lee,perhaps\n");
    let output = home.run_as("amara", &["import", &wrong]);
    let said = text(&output.stdout);
    assert!(code(&output) == 1 && said.contains("perhaps") && said.contains("Swims"), "{said}");
}

#[test]
fn marks_and_attendance_of_former_years_come_in_from_lists() {
    let home = Home::new();
    home.set_up();
    let import = |arguments: &[&str]| {
        let command = home.command(&[arguments, &["--user", "amara", "--json"]].concat());
        let output = command.env("HOMEROOM_PASSWORD", PASSWORD).ended();
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        json(&output)
    };
    let students = home.file("students.csv", "No,Name\n1001,Ann Lee\n1002,Bob Ray\n");
    import(&["import", &students]);
    let odd = "Who,Jahr,From,Until,Group,What,Got\n1001,2024/25,2024-09-02,2025-07-11,5A,Art,85\n1002,2024/25,2024-09-02,2025-07-11,5A,Art,ex\n";
    let odd = home.file("results.csv", odd);
    let how = ["--kind", "marks", "--map", "Who=number", "--map", "Jahr=year", "--map", "From=yearStart"];
    let rest = ["--map", "Until=yearEnd", "--map", "Group=class", "--map", "What=subject", "--map", "Got=mark"];
    let all = [&["import", &odd][..], &how, &rest].concat();
    let report = import(&[&all[..], &["--dry-run"]].concat());
    assert_eq!((&report["applied"], &report["added"]["marks"]), (&false.into(), &2.into()), "{report}");
    let report = import(&all);
    assert_eq!((&report["applied"], &report["added"]["sessions"]), (&true.into(), &2.into()), "{report}");
    let again = import(&all);
    assert_eq!(
        (&again["added"]["marks"], &again["changed"]["marks"], &again["skipped"]["marks"]),
        (&0.into(), &0.into(), &2.into())
    );

    let days = home.file("days.csv", "No,Date,Attendance\n1001,2024-09-03,Absent\n1002,2024-09-03,P\n");
    let report = import(&["import", &days, "--kind", "attendance"]);
    assert_eq!(report["added"]["attendance"], 2, "{report}");
    let faulty = home.file("faulty.csv", "No,Date,Attendance\n1001,2023-09-03,Absent\n");
    let report = import(&["import", &faulty, "--kind", "attendance"]);
    assert_eq!((&report["added"]["attendance"], &report["refused"][0]["line"]), (&0.into(), &2.into()), "{report}");
}
