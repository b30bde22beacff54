//! A school of 100,000 students on each database: import, search as one types, lists, and saving a register.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::{Datelike, NaiveDate};
use kernel::{Context, Device, Folders, SystemClock, Upload};
use operations::call;
use school::accounts;
use school::accounts::{FirstAdministrator, SetUp};
use school::exchange::{AcceptRefused, ImportSet, import_set};
use school::schools::NewTerm;
use serde_json::{Value, json};
use store::{Place, Store, StoreOptions};

use crate::{Outcome, milliseconds, office, tell, times};

pub const USERS: usize = 100_000;
const CLASS_SIZE: usize = 40;

/// Runs them all on one database.
pub async fn run(vendor: &Path, database: &str, place: &Place) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let opened = Instant::now();
    let store = Store::open(place, &StoreOptions::default()).await?;
    tell("open an empty database", json!({ "database": database, "milliseconds": milliseconds(opened) }));
    let folders = Folders {
        data: folder.path().into(),
        documents: folder.path().join("documents"),
        vendor: vendor.into(),
        sums: kernel::Sums::Any,
    };
    let services = operations::services(store, Arc::new(SystemClock), folders);
    let anonymous = Context::anonymous(services, Device { name: "bench".into(), address: None });
    let today = anonymous.today("UTC");
    let signing_in = Instant::now();
    let signed_in = accounts::set_up(&anonymous, set_up(today)).await?;
    tell("set up and sign in", json!({ "milliseconds": milliseconds(signing_in) }));
    let school = signed_in.whoami.schools[0].id;
    let token = signed_in.token.ok_or("no session")?;
    let context = accounts::resume(&anonymous, &token).await?;

    let bytes = Arc::new(students_csv());
    let headers = ["number", "given name", "family name", "class"];
    let file_name = "students.csv".to_owned();
    let upload = context.services.keep_upload(Upload { file_name, bytes, owner: Some(context.actor()?.user) });
    let input = ImportSet {
        uploads: vec![upload],
        school: Some(school),
        into_school: true,
        matching: Some(exchange::suggest_columns(&headers)),
        accept_refused: AcceptRefused::Everything,
        ..ImportSet::default()
    };
    for (name, apply) in [("import, dry run", false), ("import", true), ("import again, nothing new", true)] {
        let begun = Instant::now();
        let report = import_set(&context, ImportSet { apply, ..input.clone() }).await?;
        tell(name, json!({ "users": USERS, "added": report.added, "milliseconds": milliseconds(begun) }));
    }
    search(&context, school.0.to_string().as_str()).await?;
    register(&context, school.0.to_string().as_str(), today).await?;
    office::measured(&context, school.0.to_string().as_str(), today).await?;
    who_acts(&context, &token, today).await
}

/// Who acts is asked at every call: where there are many schools, each with a logo as a telephone makes them.
async fn who_acts(context: &Context, token: &accounts::Token, today: NaiveDate) -> Outcome<()> {
    const SCHOOLS: usize = 200;
    let mut logo = Vec::new();
    let noise = image::RgbImage::from_fn(400, 400, |_, _| image::Rgb(rand::random()));
    noise.write_to(&mut std::io::Cursor::new(&mut logo), image::ImageFormat::Png)?;
    let (bytes, owner) = (Arc::new(logo), context.actor()?.user);
    let years = || json!({ "title": "Term", "start": today, "end": today + chrono::Days::new(200) });
    let first = call(context, "schools.list_schools", json!({})).await?;
    let district = &first[0]["district"];
    for n in 1..SCHOOLS {
        let new = json!({
            "district": district, "name": format!("School {n}"), "identifier": null, "timeZone": "UTC",
            "yearTitle": "Year", "yearStart": today, "yearEnd": today + chrono::Days::new(300), "terms": [years()]
        });
        let made = call(context, "schools.create_school", new).await?;
        let upload = Upload { file_name: "logo.png".into(), bytes: bytes.clone(), owner: Some(owner) };
        let upload = context.services.keep_upload(upload);
        let with_logo = json!({
            "id": made["id"], "version": made["version"], "name": made["name"], "timeZone": "UTC", "logo": upload
        });
        // Only whoever reaches the new school may change it.
        let now = accounts::resume(&Context { actor: None, ..context.clone() }, token).await?;
        call(&now, "schools.save_school", with_logo).await?;
    }
    let mut runs = Vec::new();
    for _ in 0..50 {
        let begun = Instant::now();
        accounts::resume(&Context { actor: None, ..context.clone() }, token).await?;
        runs.push(milliseconds(begun));
    }
    tell("who acts", json!({ "schools": SCHOOLS, "logo bytes": bytes.len(), "milliseconds": times(runs) }));
    Ok(())
}

/// Every beginning that somebody would type on the way to a name.
async fn search(context: &Context, school: &str) -> Outcome<()> {
    for (name, texts) in [
        ("search by name", vec!["m", "mu", "mul", "mull", "muller", "muller a", "muller an"]),
        ("search by number", vec!["5", "54", "543", "5432", "54321"]),
        ("search by another spelling", vec!["mueller", "anmuller", "mullerr", "mlller", "muller anna"]),
        ("search by birthday", vec!["14.5.2014", "2014-05-14"]),
        ("search, nothing found", vec!["xyzzy", "xyzzyxyzzy", "somebody else"]),
    ] {
        let mut runs = Vec::new();
        for _ in 0..5 {
            for text in &texts {
                let begun = Instant::now();
                call(context, "people.search_people", json!({ "school": school, "text": text })).await?;
                runs.push(milliseconds(begun));
            }
        }
        tell(name, json!({ "students": USERS, "milliseconds": times(runs) }));
    }
    for (name, offset) in [("first page of students", 0), ("a page in the middle", USERS / 2)] {
        let mut runs = Vec::new();
        for _ in 0..5 {
            let begun = Instant::now();
            call(context, "people.list_students", json!({ "school": school, "offset": offset, "limit": 100 })).await?;
            runs.push(milliseconds(begun));
        }
        tell(name, json!({ "students": USERS, "milliseconds": times(runs) }));
    }
    Ok(())
}

/// The register of a class of forty, all in one transaction, present and absent in turn.
async fn register(context: &Context, school: &str, today: NaiveDate) -> Outcome<()> {
    let day = (0..7).map(|back| today - chrono::Days::new(back)).find(|day| day.weekday().num_days_from_monday() < 5);
    let day = day.ok_or("no weekday in a week")?;
    let classes = call(context, "classes.list_classes", json!({ "school": school })).await?;
    let class = classes[0]["id"].clone();
    let open = json!({ "class": class, "date": day, "lesson": 0 });
    let mut runs = Vec::new();
    for round in 0..10 {
        let register = call(context, "attendance.register", open.clone()).await?;
        let code = register["codes"][round % 2]["id"].clone();
        let students = register["students"].as_array().cloned().unwrap_or_default();
        let marks: Vec<Value> = students
            .iter()
            .map(|row| json!({ "student": row["student"], "code": code, "seenVersion": row["mark"]["version"] }))
            .collect();
        let input = json!({ "class": class, "date": day, "lesson": 0, "marks": marks });
        let begun = Instant::now();
        call(context, "attendance.record_attendance", input).await?;
        runs.push(milliseconds(begun));
        if round == 0 {
            tell("the register's first saving", json!({ "students": students.len(), "milliseconds": runs[0] }));
        }
    }
    tell("save the register", json!({ "students": CLASS_SIZE, "milliseconds": times(runs) }));
    Ok(())
}

fn students_csv() -> Vec<u8> {
    const GIVEN: [&str; 10] = ["Anna", "Bruno", "Chloë", "David", "Elif", "आरव", "محمد", "Grace", "Hugo", "Inês"];
    const FAMILY: [&str; 12] = [
        "Müller",
        "Almeida",
        "Okonkwo",
        "Nguyễn",
        "Sharma",
        "Kowalczyk",
        "Haddad",
        "O'Connor",
        "García",
        "Łukasiewicz",
        "शर्मा",
        "عبد الله",
    ];
    let mut text = String::from("number,given name,family name,class\n");
    for n in 0..USERS {
        let (given, family) = (GIVEN[n % GIVEN.len()], FAMILY[(n / 7) % FAMILY.len()]);
        // Writing to a String does not fail.
        let _infallible = writeln!(text, "{n},{given},{family} {},C{}", n % 977, n / CLASS_SIZE);
    }
    text.into_bytes()
}

fn set_up(today: NaiveDate) -> SetUp {
    let year = if today.month() >= 9 { today.year() } else { today.year() - 1 };
    let start = NaiveDate::from_ymd_opt(year, 9, 1).unwrap_or(today);
    let end = NaiveDate::from_ymd_opt(year + 1, 8, 31).unwrap_or(today);
    SetUp {
        school_name: "A large school".into(),
        time_zone: "UTC".into(),
        year_title: "Year".into(),
        year_start: start,
        year_end: end,
        terms: vec![NewTerm { title: "Term".into(), start, end }],
        administrator: FirstAdministrator {
            given_name: "Bench".into(),
            family_name: "Mark".into(),
            username: "bench".into(),
            password: "the blue bicycle".into(),
        },
        day_order: None,
        name_order: None,
    }
}
