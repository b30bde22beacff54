//! Where the database is: addresses that are none, passwords that nobody may see, and a doctor that changes nothing.

use crate::home::{Home, LIST, Program, code, json, text};

#[test]
fn what_is_no_address_makes_no_file() {
    let home = Home::new();
    let list = home.file("list.csv", LIST);
    let nowhere = home.path().join("nowhere/school.db").to_string_lossy().into_owned();
    let before = home.files();
    for address in [
        "host=127.0.0.1 dbname=school user=u password=secret",
        "me:secret@127.0.0.1/school",
        "mysql://me:secret@127.0.0.1/school",
        "sqlite://school.db?mode=ro",
        "postgres://me:sec#ret@127.0.0.1/school",
        nowhere.as_str(),
    ] {
        let output = home.run(&["import", &list, "--school", "Riverside", "--db", address]);
        let said = text(&output.stderr) + &text(&output.stdout);
        assert_eq!(code(&output), 1, "{address}: {said}");
        assert!(!said.contains("secret") && !said.contains("sec#ret"), "{said}");
        assert!(address != nowhere || said.contains("does not exist"), "{said}");
        assert_eq!(home.files(), before, "{address}");
    }
}

#[test]
fn no_password_is_taken_where_others_can_read_it() {
    let home = Home::new();
    let address = "postgres://me:secret@127.0.0.1:1/school";
    let on_the_line = home.run(&["doctor", "--db", address]);
    let said = text(&on_the_line.stdout) + &text(&on_the_line.stderr);
    assert!(said.contains("PGPASSWORD") && !said.contains("secret"), "{said}");
    // Only its owner can read the environment of a program.
    let in_the_environment = home.command(&["doctor", "--json"]).env("HOMEROOM_DB", address).ended();
    let said = text(&in_the_environment.stdout);
    assert!(!said.contains("secret") && !said.contains("PGPASSWORD"), "{said}");
    assert_eq!(json(&in_the_environment)["checks"][1]["state"], "broken");
}

#[test]
fn the_variable_names_the_database_and_the_argument_wins() {
    let home = Home::new();
    let list = home.file("list.csv", LIST);
    let (one, other) = (home.path().join("one.db"), home.path().join("other.db"));
    let import = ["import", list.as_str(), "--school", "Riverside"];
    let by_variable = home.command(&import).env("HOMEROOM_DB", &one).ended();
    assert_eq!(code(&by_variable), 0, "{}", text(&by_variable.stderr));
    assert!(one.is_file());
    let argument = other.to_string_lossy().into_owned();
    let both = home.command(&[&import[..], &["--db", &argument]].concat()).env("HOMEROOM_DB", &one).ended();
    assert_eq!(code(&both), 0, "{}", text(&both.stderr));
    assert!(other.is_file());
}

#[test]
fn the_doctor_changes_nothing() {
    let home = Home::new();
    let nothing_there = json(&home.run(&["doctor", "--json"]));
    assert_eq!(nothing_there["checks"][1]["state"], "note");
    assert!(!home.data().exists());

    home.set_up();
    // As a database of an older Homeroom: one step is missing.
    home.inside(async |context| {
        use sea_orm::ConnectionTrait;
        let sql = "DELETE FROM applied_migrations WHERE name = (SELECT max(name) FROM applied_migrations)";
        context.services.store.reader().execute_unprepared(sql).await.unwrap();
    });
    let backups = home.data().join("backups");
    std::fs::create_dir_all(&backups).unwrap();
    std::fs::write(backups.join("homeroom-before-update-20261129T021541000Z.db"), b"a copy").unwrap();
    let before = home.files();
    let found = json(&home.run(&["doctor", "--json"]));
    assert_eq!(home.files(), before);
    let checks = found["checks"].as_array().unwrap();
    let of = |name: &str| checks.iter().find(|check| check["name"] == name).unwrap();
    assert!(of("database")["finding"].as_str().unwrap().contains("1 step behind"), "{found}");
    assert_eq!(of("backups")["state"], "note");
    assert!(of("backups")["finding"].as_str().unwrap().starts_with("there is none"), "{found}");
}

#[test]
fn the_doctor_names_what_another_hand_changed() {
    let home = Home::new();
    home.set_up();
    let list = home.file("list.csv", LIST);
    home.done(&["import", &list]);
    let of_rows = || {
        let found = json(&home.run(&["doctor", "--json"]));
        found["checks"].as_array().unwrap().iter().find(|check| check["name"] == "rows and history").unwrap().clone()
    };
    assert_eq!(of_rows()["state"], "ok", "{}", of_rows());
    home.inside(async |context| {
        use sea_orm::ConnectionTrait;
        let sql = "UPDATE students SET given_name = 'Nora' WHERE number = '101'";
        context.services.store.reader().execute_unprepared(sql).await.unwrap();
    });
    assert_eq!(of_rows()["state"], "broken");
    assert!(of_rows()["finding"].as_str().unwrap().contains("of student 101 is not what Homeroom wrote"));
}

#[test]
fn the_doctor_names_a_clock_that_contradicts_the_database() {
    let home = Home::new();
    home.set_up();
    let of_clock = || {
        let found = json(&home.run(&["doctor", "--json"]));
        found["checks"].as_array().unwrap().iter().find(|check| check["name"] == "clock").unwrap().clone()
    };
    assert_eq!(of_clock()["state"], "ok", "{}", of_clock());
    home.inside(async |context| {
        use sea_orm::ConnectionTrait;
        let seen: chrono::DateTime<chrono::Utc> = "2020-05-06T08:00:00Z".parse().unwrap();
        let sql = "INSERT INTO clock_seen (one, seen_at) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET seen_at = $1";
        let store = context.store();
        store.reader().execute_raw(store.statement(sql, [seen.into()])).await.unwrap();
    });
    #[allow(clippy::disallowed_methods)] // the program that is tested runs by the same clock
    let day = || chrono::Utc::now().format("%Y-%m-%d").to_string();
    let before = day();
    let found = of_clock();
    let says = |day: String| format!("says {day}, but the database was last used on 2020-05-06");
    let finding = found["finding"].as_str().unwrap();
    assert_eq!(found["state"], "note", "{found}");
    // Midnight may have come meanwhile.
    assert!([before, day()].map(says).iter().any(|says| finding.starts_with(says)), "{found}");
}

/// What the doctor says of a server's database, and how its way is protected.
fn said_of(home: &Home, address: &str, password: &str, trusts: Option<&str>) -> (String, Option<String>) {
    let mut doctor = home.command(&["doctor", "--json"]).env("HOMEROOM_DB", address).env("PGPASSWORD", password);
    if let Some(file) = trusts {
        doctor = doctor.env("SSL_CERT_FILE", file);
    }
    findings(doctor)
}

fn findings(doctor: Program) -> (String, Option<String>) {
    let found = json(&doctor.ended());
    let finding = |name: &str| {
        let checks = found["checks"].as_array().unwrap();
        checks.iter().find(|check| check["name"] == name).map(|check| check["finding"].as_str().unwrap().to_owned())
    };
    (finding("database").unwrap(), finding("way to the server"))
}

#[cfg(unix)]
#[test]
fn the_doctor_tells_apart_what_a_server_refuses() {
    use crate::own_server::{ELSEWHERE, PASSWORD, Private};
    let Some(server) = Private::make() else { return };
    let home = Home::new();
    let authority = server.file("authority.pem");
    let at = |user: &str, database: &str, parts: &str| server.address(ELSEWHERE, user, database, parts);
    let school = at("office", "school", "");
    let trusting = |address: &str, password: &str| said_of(&home, address, password, Some(&authority));

    server.start_with("right");
    let list = home.file("list.csv", LIST);
    let import = home.command(&["import", &list, "--school", "Riverside"]).env("HOMEROOM_DB", &school);
    let made = import.env("PGPASSWORD", PASSWORD).env("SSL_CERT_FILE", &authority).ended();
    assert_eq!(code(&made), 0, "{}", text(&made.stderr));
    let (database, way) = trusting(&school, PASSWORD);
    assert!(database.contains("is in order"), "{database}");
    assert_eq!(way.unwrap(), "encrypted, and the server has proved its name");
    // The environment weakens nothing.
    let doctor = home.command(&["doctor", "--json"]).env("HOMEROOM_DB", &school).env("PGPASSWORD", PASSWORD);
    let (database, way) = findings(doctor.env("SSL_CERT_FILE", &authority).env("PGSSLMODE", "disable"));
    assert!(database.contains("is in order"), "{database}");
    assert_eq!(way.unwrap(), "encrypted, and the server has proved its name");
    let (_, way) = said_of(&home, &at("office", "school", "?sslmode=require"), PASSWORD, None);
    assert!(way.unwrap().starts_with("encrypted, server not verified"));
    let (_, way) = said_of(&home, &at("office", "school", "?sslmode=disable"), PASSWORD, None);
    assert!(way.unwrap().starts_with("not encrypted"));

    let mut said = vec![
        trusting(&school, "not it").0,
        trusting(&at("office", "schol", ""), PASSWORD).0,
        trusting(&at("stranger", "school", ""), PASSWORD).0,
        said_of(&home, &school, PASSWORD, None).0,
    ];
    server.stop();
    said.push(trusting(&school, PASSWORD).0);
    let expected = [
        "refuses this user name or password",
        "has no database of this name",
        "does not allow this user",
        "is of an issuer that this computer does not trust",
        "cannot be reached",
    ];
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.contains(expected) && !said.contains(PASSWORD), "{said}");
    }
}
