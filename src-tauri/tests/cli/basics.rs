//! Usage, help, the doctor, and report cards.

use crate::home::{Home, LIST, PASSWORD, code, json, text, vendor};

#[test]
fn bad_usage_ends_with_2() {
    let home = Home::new();
    let list = home.file("list.csv", LIST);
    home.set_up();
    for arguments in [
        &["no-such-thing"][..],
        &["analyse"],
        &["analyse", &list, "--max", "0"],
        // What is no field is known once it is known which fields the school made.
        &["import", &list, "--map", "Surname=no_such_field", "--user", "amara"],
        // Somebody can sign in, so somebody must.
        &["import", &list],
        &["report-cards", "--class", "5 A", "--out", "cards.pdf"],
    ] {
        let output = home.command(arguments).env("HOMEROOM_PASSWORD", PASSWORD).ended();
        assert_eq!(code(&output), 2, "{arguments:?}: {}", text(&output.stderr));
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn every_subcommand_explains_itself() {
    let home = Home::new();
    let help = text(&home.run(&["--help"]).stdout);
    let explained = |help: &str, parents: &[&str], subcommand: &str| {
        assert!(help.contains(subcommand), "{help}");
        let output = home.run(&[parents, &[subcommand, "--help"]].concat());
        assert_eq!(code(&output), 0);
        let said = text(&output.stdout);
        assert!(said.contains("--json") && said.contains("--db"), "{said}");
        said
    };
    for subcommand in ["analyse", "attendance", "export", "import", "report-cards", "doctor", "demo"] {
        explained(&help, &[], subcommand);
    }
    let help = explained(&help, &[], "faces");
    let of_faces =
        ["enrol", "enrol-all", "renew", "purge", "export", "uses", "recovery-key", "restore-key", "rotate-keys"];
    for subcommand in of_faces {
        assert!(explained(&help, &["faces"], subcommand).contains("--user"), "{subcommand}");
    }
    explained(&help, &["faces"], "evaluate");
}

#[test]
fn the_doctor_says_what_to_do() {
    let home = Home::new();
    home.set_up();
    let output = home.run(&["doctor", "--json"]);
    let found = json(&output);
    assert_eq!(code(&output), i32::from(found["ok"] != true));
    let checks = found["checks"].as_array().unwrap();
    let names: Vec<&str> = checks.iter().map(|check| check["name"].as_str().unwrap()).collect();
    let expected = [
        "disk",
        "database",
        "clock",
        "key of the faces",
        "recovery key",
        "face templates",
        "sealed faces",
        "rows and history",
        "backups",
        "face models",
        "fonts",
        "camera",
        "updates",
    ];
    assert_eq!(names, expected);
    assert!(checks.iter().all(|check| check["state"] == "ok" || check["advice"].is_string()), "{found}");
    assert_eq!(checks[1]["state"], "ok");
}

#[test]
fn report_cards_of_a_class() {
    if !vendor().join("fonts").is_dir() {
        println!("skipped: the fonts are not here");
        return;
    }
    let home = Home::new();
    let list = home.file("list.csv", LIST);
    home.set_up();
    let run = |arguments: &[&str]| home.command(arguments).env("HOMEROOM_PASSWORD", PASSWORD).ended();
    assert_eq!(code(&run(&["import", &list, "--user", "amara"])), 0);
    let out = home.path().join("cards.pdf").to_string_lossy().into_owned();
    let made = run(&["report-cards", "--class", "5 a", "--out", &out, "--user", "amara", "--json"]);
    assert_eq!(code(&made), 0, "{}", text(&made.stderr));
    assert_eq!(json(&made)["students"], 1);
    assert!(std::fs::read(&out).unwrap().starts_with(b"%PDF-"));
    // Letters that nobody can print are left out, and said with the name.
    let odd = home.file("odd.csv", "Admission No;First Name;Surname;DOB;Class\n77;Baal 𐤀;Tyre;14/02/2015;5 A\n");
    assert_eq!(code(&run(&["import", &odd, "--user", "amara"])), 0);
    let made = run(&["report-cards", "--class", "5 A", "--out", &out, "--user", "amara"]);
    let said = text(&made.stdout);
    assert_eq!(code(&made), 0, "{}", text(&made.stderr));
    assert!(said.contains("2 students") && said.contains("Tyre, Baal 𐤀 (77): ") && said.contains("U+10900"), "{said}");
    let missing = run(&["report-cards", "--class", "9Z", "--out", &out, "--user", "amara"]);
    assert_eq!(code(&missing), 1);
    assert!(text(&missing.stderr).contains("5 A"), "{}", text(&missing.stderr));
}
