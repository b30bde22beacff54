//! The real program on the command line: what it prints, its exit codes, and that bad input changes nothing.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use school::accounts::{self, FirstAdministrator, SetUp};
use school::schools::{NewTerm, SaveSettings, Settings, save_settings};
use school::{Context, Device, Folders, Services, SystemClock};
use serde_json::Value;
use store::{Place, Store, StoreOptions};

/// A data folder of its own.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_string_lossy().into_owned()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_homeroom"));
        command
            .args(arguments)
            .env("HOMEROOM_DATA", self.path().join("data"))
            .env("HOMEROOM_VENDOR", vendor())
            .env_remove("HOMEROOM_PASSWORD")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Every file below with its bytes; the log and the lock are no data.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    if !path.ends_with("log") {
                        folders.push(path);
                    }
                } else if path.extension().is_none_or(|extension| extension != "lock") {
                    found.insert(path.clone(), std::fs::read(path).unwrap());
                }
            }
        }
        found
    }

    /// Makes the school and its administrator, as the window's first run does.
    fn set_up(&self) {
        self.set_up_with(Settings::default());
    }

    fn set_up_with(&self, settings: Settings) {
        let data = self.path().join("data");
        let folders = Folders { documents: data.join("documents"), vendor: vendor(), data: data.clone() };
        let day = |text: &str| text.parse().unwrap();
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let store = Store::open(&Place::File(data.join("homeroom.db")), &StoreOptions::default()).await.unwrap();
            let services = Services::new(store, Arc::new(SystemClock), folders);
            let context = Context::anonymous(services.clone(), Device { name: "test".into(), address: None });
            let input = SetUp {
                school_name: "Riverside School".into(),
                time_zone: "UTC".into(),
                year_title: "Always".into(),
                year_start: day("2025-09-01"),
                year_end: day("2027-07-31"),
                terms: vec![NewTerm { title: "Term".into(), start: day("2025-09-01"), end: day("2027-07-31") }],
                administrator: FirstAdministrator {
                    given_name: "Amara".into(),
                    family_name: "Okafor".into(),
                    username: "amara".into(),
                    password: PASSWORD.into(),
                },
            };
            let signed_in = accounts::set_up(&context, input).await.unwrap();
            let context = accounts::resume(&context, &signed_in.token.unwrap()).await.unwrap();
            let school = signed_in.whoami.schools[0].id;
            save_settings(&context, SaveSettings { school, version: 0, settings }).await.unwrap();
            services.store.clone().close().await.unwrap();
        });
    }
}

const PASSWORD: &str = "the blue bicycle";
const LIST: &str =
    "Admission No;First Name;Surname;DOB;Class\n101;Neha;Sharma;14/02/2015;5 A\n102;Arun;Sharma;03/04/2013;7 B\n";

fn vendor() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("vendor");
    std::env::var_os("HOMEROOM_VENDOR").map_or(beside, PathBuf::from)
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", text(&output.stdout), text(&output.stderr)))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

#[test]
fn analyse_equals_pandas() {
    let golden: Value = serde_json::from_str(include_str!("../../crates/analytics/tests/student_mat.json")).unwrap();
    let marks = |column: &str| golden[column]["values"].as_array().unwrap().clone();
    let mut csv = String::from("G1,G2,G3,school\n");
    for ((g1, g2), g3) in marks("G1").iter().zip(marks("G2")).zip(marks("G3")) {
        csv.push_str(&format!("{g1},{g2},{g3},GP\n"));
    }
    let home = Home::new();
    let mut files = vec![home.file("marks.csv", csv)];
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/grades/student-mat.csv");
    if original.exists() {
        files.push(original.to_string_lossy().into_owned());
    } else {
        println!("skipped the original file: {} is not here", original.display());
    }
    for file in files {
        let output = home.run(&["analyse", &file, "--max", "100", "--json"]);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        let printed = json(&output);
        for column in ["G1", "G2", "G3"] {
            let (got, want) = (&printed["columns"][column], &golden[column]);
            for figure in ["n", "mean", "sd", "median", "min", "max", "q1", "q3"] {
                close(&got[figure], &want[figure], figure);
            }
            let rows = got["rows"].as_array().unwrap();
            assert_eq!(rows.len(), 395);
            for (row, mark) in rows.iter().zip(marks(column)) {
                let place = &want["z_rank_percentile_by_value"][mark.to_string()];
                close(&row["value"], &mark, "value");
                close(&row["z"], &place[0], "z");
                assert_eq!(row["rank"], place[1]);
                close(&row["percentile"], &place[2], "percentile");
            }
        }
    }
}

fn close(got: &Value, want: &Value, what: &str) {
    let (got, want) = (got.as_f64().unwrap(), want.as_f64().unwrap());
    assert!((got - want).abs() <= 1e-9 * want.abs().max(1.0), "{what}: {got} is not {want}");
}

#[test]
fn bad_usage_ends_with_2() {
    let home = Home::new();
    let list = home.file("list.csv", LIST);
    home.set_up();
    for arguments in [
        &["no-such-thing"][..],
        &["analyse"],
        &["analyse", &list, "--max", "0"],
        &["import", &list, "--map", "Surname=no_such_field", "--user", "amara"],
        // Somebody can sign in, so somebody must.
        &["import", &list],
        &["report-cards", "--class", "5 A", "--out", "cards.pdf"],
    ] {
        let output = home.run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", text(&output.stderr));
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn every_subcommand_explains_itself() {
    let home = Home::new();
    let help = text(&home.run(&["--help"]).stdout);
    for subcommand in ["analyse", "import", "report-cards", "doctor", "demo"] {
        assert!(help.contains(subcommand), "{help}");
        let output = home.run(&[subcommand, "--help"]);
        assert_eq!(code(&output), 0);
        assert!(text(&output.stdout).contains("--json") && text(&output.stdout).contains("--db"));
    }
}

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
        ("latin1.csv", b"id,name\n1,Andr\xe9 M\xfcller\n".to_vec(), "CSV UTF-8"),
        ("utf16.csv", b"\xff\xfei\0d\0".to_vec(), "CSV UTF-8"),
        ("empty.csv", Vec::new(), "--map COLUMN=FIELD"),
        ("no-number.csv", b"name\nAnn Lee\n".to_vec(), "--map COLUMN=FIELD"),
        ("quote.csv", b"id,name\n1,\"Ann\n2,Bob\n".to_vec(), "--accept-refused"),
        ("long-name.csv", long_name.into_bytes(), "--accept-refused"),
        ("picture.png", b"\x89PNG\r\n\x1a\n".to_vec(), "Choose a OneRoster zip or folder"),
    ];
    for (name, bytes, expected) in &inputs {
        let file = home.file(name, bytes);
        let before = home.files();
        let arguments = ["import", &file, "--user", "amara", "--json"];
        let output = home.command(&arguments).env("HOMEROOM_PASSWORD", PASSWORD).output().unwrap();
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
        (missing, "Check the path of the photograph"),
    ] {
        let before = home.files();
        let arguments = ["attendance", "check", &file, "--user", "amara"];
        let output = home.command(&arguments).env("HOMEROOM_PASSWORD", PASSWORD).output().unwrap();
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
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let place = Place::File(home.path().join("data/homeroom.db"));
        let store = Store::open(&place, &StoreOptions::default()).await.unwrap();
        let count = store::entities::students::Entity::find().all(store.reader()).await.unwrap().len();
        store.close().await.unwrap();
        count
    })
}

#[test]
fn bad_input_without_a_database_makes_none() {
    let home = Home::new();
    let latin1 = home.file("latin1.csv", b"id,name\n1,Andr\xe9\n");
    let long_name = home.file("long.csv", format!("id,name\n1,{}\n", "x".repeat(10_000)));
    let text_file = home.file("notes.db", "Dear diary, this is no database.");
    let marks = home.file("marks.csv", "G1\n12\n1e999\n");
    let list = home.file("list.csv", LIST);
    let before = home.files();
    for (arguments, expected) in [
        (vec!["import", &latin1, "--school", "Riverside"], "CSV UTF-8"),
        (vec!["import", &long_name, "--school", "Riverside"], "--accept-refused"),
        (vec!["import", &list], "--school"),
        (vec!["import", "there-is-no-such.csv"], "Check that the file is there"),
        (vec!["import", &list, "--school", "Riverside", "--db", &text_file], "This one was not touched"),
        (vec!["doctor", "--db", &text_file], ""),
        (vec!["report-cards", "--class", "7B", "--out", "cards.pdf", "--user", "amara"], "no Homeroom database"),
        (vec!["analyse", &marks], "1e999"),
        (vec!["analyse", &latin1], "CSV UTF-8"),
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
    let refused = home.command(&["import", &list, "--user", "amara"]).env("HOMEROOM_PASSWORD", "wrong one").output();
    assert_eq!(code(&refused.unwrap()), 1);
    let signed_in = home.command(&["import", &list, "--user", "amara"]).env("HOMEROOM_PASSWORD", PASSWORD).output();
    let signed_in = signed_in.unwrap();
    assert_eq!(code(&signed_in), 0, "{}", text(&signed_in.stderr));

    // The password on standard input, and a column that the person names.
    let other = home.file("other.csv", "Kennung,name\n103,Zoë Müller\n");
    let mut child = home
        .command(&["import", &other, "--map", "Kennung=number", "--user", "amara", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{PASSWORD}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(json(&output)["added"]["students"], 1);
    assert_eq!(students(&home), 3);
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
    let run = |arguments: &[&str]| home.command(arguments).env("HOMEROOM_PASSWORD", PASSWORD).output().unwrap();
    assert_eq!(code(&run(&["import", &list, "--user", "amara"])), 0);
    let out = home.path().join("cards.pdf").to_string_lossy().into_owned();
    let made = run(&["report-cards", "--class", "5 a", "--out", &out, "--user", "amara", "--json"]);
    assert_eq!(code(&made), 0, "{}", text(&made.stderr));
    assert_eq!(json(&made)["students"], 1);
    assert!(std::fs::read(&out).unwrap().starts_with(b"%PDF-"));
    let missing = run(&["report-cards", "--class", "9Z", "--out", &out, "--user", "amara"]);
    assert_eq!(code(&missing), 1);
    assert!(text(&missing.stderr).contains("5 A"), "{}", text(&missing.stderr));
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
        "key of the faces",
        "recovery key",
        "face templates",
        "backups",
        "face models",
        "fonts",
        "camera",
    ];
    assert_eq!(names, expected);
    assert!(checks.iter().all(|check| check["state"] == "ok" || check["advice"].is_string()), "{found}");
    assert_eq!(checks[1]["state"], "ok");
}
