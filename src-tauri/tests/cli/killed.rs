//! The program killed in the middle of what it does: the whole of it is there afterwards or nothing, the database is
//! sound, and doing it again brings it to its end.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use operations::call;
use school::schools::Settings;
use serde_json::{Value, json};

use crate::faces::{count, enrolled, photographs, put, school, shown};
use crate::home::{Home, code, json as printed, opened, signed_in, text};

/// How many times each act is killed, at moments that lie evenly over the time it takes: `HOMEROOM_KILLS`.
fn kills() -> u32 {
    std::env::var("HOMEROOM_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(2)
}

/// Kills the command on copies of the home at moments of its whole run, and lets the copy be looked at each time.
fn killed(home: &Home, arguments: impl Fn(&Home) -> Vec<String>, check: impl Fn(&Home)) {
    let run = |home: &Home| {
        let owned = arguments(home);
        home.as_administrator(&owned.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let whole = home.copied();
    let begun = Instant::now();
    let ended = run(&whole).ended();
    let time = begun.elapsed();
    assert_eq!(code(&ended), 0, "{}", text(&ended.stderr));
    let mut in_the_middle = 0;
    for kill in 1..=kills() {
        let home = home.copied();
        in_the_middle += u32::from(run(&home).killed_after(time * kill / (kills() + 1)));
        sound(&home);
        check(&home);
        let again = run(&home).ended();
        assert_eq!(code(&again), 0, "{}", text(&again.stderr));
        sound(&home);
    }
    println!("killed {} times, {in_the_middle} in the middle", kills());
    assert!(in_the_middle > 0, "it was over before each kill");
}

/// The doctor finds nothing broken.
fn sound(home: &Home) {
    let found = printed(&home.run(&["doctor", "--json"]));
    for check in found["checks"].as_array().unwrap() {
        // A test's computer has no camera.
        assert!(check["state"] != "broken" || check["name"] == "camera", "{check}");
    }
}

#[test]
fn an_import_is_there_or_not() {
    const STUDENTS: i64 = 1200;
    let home = Home::new();
    home.set_up();
    let rows: String = (0..STUDENTS).map(|n| format!("{n};Given {n};Family {n};{}A\n", n / 30)).collect();
    home.file("list.csv", format!("Admission No;First Name;Surname;Class\n{rows}"));
    let import = |home: &Home| vec!["import".to_owned(), shown(&home.path().join("list.csv"))];
    killed(&home, import, |home| {
        let (students, enrolments) = (count(home, "students"), count(home, "enrolments"));
        assert!([(0, 0), (STUDENTS, STUDENTS)].contains(&(students, enrolments)), "{students}, {enrolments}");
    });
}

#[test]
fn a_student_is_enrolled_with_every_photograph_or_not() {
    let Some(known) = photographs() else { return };
    let home = school(Settings::default());
    put(&home.path().join("faces"), &["101/1.jpg", "101/2.jpg", "101/3.jpg"], &known);
    let enrol =
        |home: &Home| ["faces", "enrol-all", &shown(&home.path().join("faces")), "--apply"].map(str::to_owned).into();
    killed(&home, enrol, |home| {
        let templates = count(home, "face_templates");
        assert!([0, 3].contains(&templates), "{templates} templates");
    });
}

#[test]
fn after_new_keys_every_face_opens() {
    let Some((home, known)) = enrolled(Settings::default()) else { return };
    let photograph = shown(&known[0]);
    let recognised = |home: &Home| {
        let check = home.done(&["attendance", "check", photograph.as_str(), "--class", "5 A"]);
        assert_eq!(check["faces"][0]["student"]["number"], "101");
    };
    killed(&home, |_| ["faces", "rotate-keys"].map(str::to_owned).into(), recognised);
}

#[test]
fn cards_that_were_there_stay_until_the_new_ones_are_whole() {
    if photographs().is_none() {
        return;
    }
    let home = Home::new();
    home.set_up();
    let rows: String = (0..40).map(|n| format!("{n};Given {n};Family {n};5 A\n")).collect();
    let list = home.file("list.csv", format!("Admission No;First Name;Surname;Class\n{rows}"));
    home.done(&["import", &list]);
    const FORMER: &[u8] = b"the cards of last week";
    home.file("cards.pdf", FORMER);
    let print = |home: &Home| {
        ["report-cards", "--class", "5 A", "--out", &shown(&home.path().join("cards.pdf"))].map(str::to_owned).into()
    };
    killed(&home, print, |home| {
        let cards = std::fs::read(home.path().join("cards.pdf")).unwrap();
        let whole = cards.starts_with(b"%PDF-") && cards.trim_ascii_end().ends_with(b"%%EOF");
        assert!(cards == FORMER || whole, "{} bytes", cards.len());
    });
}

/// Set for the process that writes marks until it is killed: where its data is, and the password.
const WRITER: &str = "HOMEROOM_TEST_MARKS";

/// Every mark that was said to be saved is there after a kill. The test runs itself as the one who writes them.
#[test]
fn a_mark_that_was_saved_stays() {
    if let Ok(password) = std::env::var(WRITER) {
        return write_marks(&password);
    }
    if photographs().is_none() {
        return;
    }
    let home = Home::new();
    let made = home.run(&["demo", "--out", &shown(&home.data())]);
    assert_eq!(code(&made), 0, "{}", text(&made.stderr));
    let summary: Value = serde_json::from_slice(&std::fs::read(home.data().join("summary.json")).unwrap()).unwrap();
    let password = summary["password"].as_str().unwrap();
    for kill in 0..kills() {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["killed::a_mark_that_was_saved_stays", "--exact", "--nocapture"])
            .env(WRITER, password)
            .env("HOMEROOM_DATA", home.data())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        // Every time after another number of marks, and at another moment of the next one.
        let marks = lines.by_ref().map(|line| line.unwrap()).filter(|line| line.starts_with('{'));
        let seen = marks.take(2 + kill as usize % 5).last().unwrap();
        std::thread::sleep(Duration::from_micros(u64::from(kill) * 700 % 20_000));
        writer.kill().unwrap();
        let saved = lines.map_while(Result::ok).filter(|line| line.starts_with('{')).last().unwrap_or(seen);
        writer.wait().unwrap();
        sound(&home);
        let saved: Value = serde_json::from_str(&saved).unwrap();
        let held = home.opened(async |context| {
            let office = signed_in(&context, "demo", password).await;
            call(&office, "gradebook.mark_sheet", saved["of"].clone()).await.unwrap()
        });
        let marks = held["marks"].as_array().unwrap();
        let mark =
            marks.iter().find(|mark| mark["student"] == saved["student"] && mark["assessment"] == saved["assessment"]);
        let number = |text: &Value| text.as_str().unwrap().parse::<u32>().unwrap();
        // The next one may have been saved too, and not said any more.
        let ahead = number(&mark.unwrap()["text"]) + 10 - number(&saved["text"]);
        assert!([0, 1].contains(&(ahead % 10)), "{saved} was said, {mark:?} is kept");
    }
}

/// Writes 0 to 9 into one cell for ever, and says after each that it is saved.
fn write_marks(password: &str) {
    opened(std::env::var_os("HOMEROOM_DATA").unwrap().into(), async |context| {
        let office = signed_in(&context, "demo", password).await;
        let school = office.actor().unwrap().grants[0].0;
        let whoami = call(&office, "accounts.whoami", json!({})).await.unwrap();
        let term = whoami["schools"][0]["currentTerm"].clone();
        let courses =
            call(&office, "gradebook.courses_for_marks", json!({ "school": school, "term": term })).await.unwrap();
        let of = json!({ "course": courses[0]["course"], "term": term });
        let sheet = call(&office, "gradebook.mark_sheet", of.clone()).await.unwrap();
        let (student, assessment) = (&sheet["students"][0]["id"], &sheet["assessments"][0]["id"]);
        let held = sheet["marks"]
            .as_array()
            .unwrap()
            .iter()
            .find(|mark| &mark["student"] == student && &mark["assessment"] == assessment);
        let mut version = held.map_or(Value::Null, |mark| mark["version"].clone());
        for number in (0..10).cycle() {
            let text = number.to_string();
            let cell = json!({ "student": student, "assessment": assessment, "text": text, "seenVersion": version });
            let input = json!({ "course": of["course"], "term": of["term"], "cells": [cell] });
            let saved = call(&office, "gradebook.record_marks", input).await.unwrap();
            let result = &saved["cells"][0]["result"];
            assert_eq!(result["outcome"], "saved", "{saved}");
            version = result["version"].clone();
            println!("{}", json!({ "of": of, "student": student, "assessment": assessment, "text": text }));
        }
    });
}
