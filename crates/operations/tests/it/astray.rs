//! No row names a row of another school or district: the database itself refuses it, and what was there before is told.

use std::collections::{BTreeSet, HashMap};

use kernel::{Context, Role};
use marks::analytics::{StudentPerformance, student_performance};
use school::accounts;
use school::accounts::SignIn;
use school::classes::{ClassKind, ListClasses, list_classes};
use school::people::{ListStudents, list_students};
use sea_orm::{ConnectionTrait, Database, DbBackend, TransactionTrait};
use store::entities::{Scope, TABLES, Table};
use store::{Astray, Place, Store, references_within_schools};
use upkeep::damage;
use uuid::Uuid;

use crate::both;
use crate::roster::{Roster, second_school};
use crate::world::{On, PASSWORD, empty_place, open_services};

/// What names a row without the database holding it to the school, and why.
const FREE: [(&str, &str); 35] = [
    // Who did something may be above schools.
    ("marks", "updated_by"),
    ("report_comments", "updated_by"),
    ("medical_notes", "updated_by"),
    ("behaviour_notes", "written_by"),
    ("pastoral_notes", "written_by"),
    ("registers", "taken_by"),
    ("attendance_marks", "updated_by"),
    ("absence_notices", "entered_by"),
    ("consents", "recorded_by"),
    ("face_objections", "recorded_by"),
    ("face_rejections", "said_by"),
    ("face_uses", "user_id"),
    ("list_views", "user_id"),
    ("audit_entries", "user_id"),
    ("audit_entries", "session_id"),
    // The history names what was, also where it is no more, and one act may touch several schools.
    ("audit_entries", "school_id"),
    ("audit_entries", "undoes"),
    ("audit_entries", "undone_by"),
    ("audit_changes", "school_id"),
    ("audit_changes", "entry_id"),
    ("audit_changes", "student_id"),
    // A transfer is between two schools: each holds its own end of it.
    ("transfers", "to_school_id"),
    ("arrivals", "transfer_id"),
    // What stands above schools.
    ("schools", "district_id"),
    ("user_sessions", "user_id"),
    ("users", "school_id"),
    ("grants", "school_id"),
    ("grants", "district_id"),
    ("search_words", "school_id"),
    // A job of the system is of no school, and who asked may be above schools; a file goes with its job.
    ("jobs", "school_id"),
    ("jobs", "asked_by"),
    ("jobs", "session_id"),
    ("blobs", "school_id"),
    ("blobs", "owner_id"),
    ("blobs", "job_id"),
];

/// References that the database holds to the school of their row.
const HELD: usize = 68;

/// References that stay within a district; a trigger holds them to it.
const WITHIN_DISTRICT: [(&str, &str); 3] = [("users", "staff_id"), ("users", "student_id"), ("grants", "user_id")];

/// All columns of the schema that hold an identifier of another row.
async fn columns_that_name(store: &Store) -> BTreeSet<(String, String)> {
    let sql = match store.backend() {
        DbBackend::Sqlite => {
            "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND c.type = 'BLOB'"
        }
        _ => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
              WHERE table_schema = 'public' AND data_type = 'uuid'"
        }
    };
    let rows = store.reader().query_all_raw(store.statement(sql, [])).await.unwrap();
    let all = rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap()));
    // What a search word and a change are of is named with the kind or table; a writer is no row.
    let no_reference = ["id", "person_id", "row_id", "writer"];
    let bytes =
        ["logo", "token_hash", "nonce", "wrapped", "ciphertext", "previous", "digest", "sha256", "jpeg", "small"];
    all.filter(|(_, column): &(String, String)| {
        !no_reference.contains(&column.as_str()) && !bytes.contains(&column.as_str())
    })
    .collect()
}

/// Columns that a foreign key holds to the school of their row.
async fn held_to_the_school(store: &Store) -> BTreeSet<(String, String)> {
    let sql = match store.backend() {
        DbBackend::Sqlite => {
            "SELECT t.name, f.\"from\" FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table' \
             AND f.seq = 1 AND f.\"to\" = 'id' AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(t.name) s \
             WHERE s.id = f.id AND s.seq = 0 AND s.\"from\" = 'school_id' AND s.\"to\" = 'school_id')"
        }
        _ => {
            "SELECT c.conrelid::regclass::text, a.attname::text FROM pg_constraint c \
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2] \
              JOIN pg_attribute s ON s.attrelid = c.conrelid AND s.attnum = c.conkey[1] AND s.attname = 'school_id' \
              WHERE c.contype = 'f' AND cardinality(c.conkey) = 2 AND c.convalidated"
        }
    };
    let rows = store.reader().query_all_raw(store.statement(sql, [])).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}

fn pairs(list: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    list.iter().map(|(table, column)| ((*table).to_owned(), (*column).to_owned())).collect()
}

both!(
    async fn every_reference_of_the_schema_is_held_to_its_school(world: World) {
        let store = &world.services.store;
        let naming = columns_that_name(store).await;
        let held = held_to_the_school(store).await;
        let of_school: BTreeSet<_> = TABLES
            .iter()
            .filter(|table| table.scope == Scope::School)
            .map(|table| (table.name.to_owned(), "school_id".to_owned()))
            .collect();
        let free = &(&pairs(&FREE) | &pairs(&WITHIN_DISTRICT)) | &of_school;
        let known = &held | &free;
        let open: Vec<_> = naming.difference(&known).collect();
        assert!(open.is_empty(), "held to no school: {open:?}");
        let said: BTreeSet<_> =
            references_within_schools().map(|(table, column, _)| (table.to_owned(), column.to_owned())).collect();
        assert_eq!(held, said, "what the entities' types say is what the database holds");
        assert_eq!(held.len(), HELD);
    }
);

both!(
    async fn every_unique_constraint_begins_with_the_school(world: World) {
        let store = &world.services.store;
        let sql = match store.backend() {
            DbBackend::Sqlite => {
                "SELECT t.name, i.name, c.name FROM sqlite_master t JOIN pragma_index_list(t.name) i \
                 JOIN pragma_index_info(i.name) c WHERE t.type = 'table' AND i.\"unique\" = 1 AND c.seqno = 0"
            }
            _ => {
                "SELECT c.relname::text, i.relname::text, a.attname::text FROM pg_index x \
                  JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid \
                  JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0] \
                  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE x.indisunique AND n.nspname = 'public'"
            }
        };
        let mut other = BTreeSet::new();
        for row in store.reader().query_all_raw(store.statement(sql, [])).await.unwrap() {
            let table: String = row.try_get_by_index(0).unwrap();
            let first: String = row.try_get_by_index(2).unwrap();
            if first != "school_id" && first != "id" {
                other.insert((table, first));
            }
        }
        let by_nature = [
            ("applied_migrations", "name"),
            ("audit_entries", "writer"),
            ("clock_seen", "one"),
            ("jobs", "once_key"),
            ("user_sessions", "token_hash"),
            ("users", "username_folded"),
        ];
        // A rowid of SQLite is no index.
        other.insert(("clock_seen".to_owned(), "one".to_owned()));
        assert_eq!(other, pairs(&by_nature));
    }
);

/// Makes rows by SQL, as another hand would.
struct ByHand<'s> {
    store: &'s Store,
    /// The first row that was made of a table in a school.
    made: HashMap<(Uuid, &'static str), Uuid>,
    /// No two rows hold the same number, so that none is refused for being a second one.
    number: std::cell::Cell<u32>,
}

impl<'s> ByHand<'s> {
    fn uuid(&self, id: Uuid) -> String {
        match self.store.backend() {
            DbBackend::Sqlite => format!("X'{}'", id.simple()),
            _ => format!("'{id}'"),
        }
    }

    async fn columns(&self, table: &str) -> Vec<(String, String, bool)> {
        let sql = match self.store.backend() {
            DbBackend::Sqlite => format!("SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')"),
            _ => format!(
                "SELECT column_name::text, data_type::text, CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END \
                 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}' \
                 ORDER BY ordinal_position"
            ),
        };
        let rows = self.store.reader().query_all_raw(self.store.statement(&sql, [])).await.unwrap();
        let read = |row: &sea_orm::QueryResult| {
            let needed: i32 = row.try_get_by_index(2).unwrap();
            (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap(), needed == 1)
        };
        rows.iter().map(read).collect()
    }

    /// An `INSERT` of a new row of the school, whose references name rows of the school; but for one column, which names a
    /// row of `other`.
    async fn insert(&self, table: &'static Table, school: Uuid, id: Uuid, foreign: Option<(&str, Uuid)>) -> String {
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for (column, kind, needed) in self.columns(table.name).await {
            let named = table.references().find(|(of, _)| *of == column).map(|(_, named)| named);
            let value = match (column.as_str(), named) {
                ("id", _) => self.uuid(id),
                ("school_id" | "to_school_id", _) => self.uuid(school),
                // Nothing that is held once for each of them stands in the way of what is tried.
                (_, Some(_)) if !needed && foreign.is_some_and(|(of, _)| of != column) => continue,
                (_, Some(named)) => {
                    let of = foreign.filter(|(of, _)| *of == column).map_or(school, |(_, other)| other);
                    match self.made.iter().find(|((at, table), _)| *at == of && *table == named) {
                        Some((_, row)) => self.uuid(*row),
                        None if needed => panic!("{}.{column} needs a row of {named}", table.name),
                        None => continue,
                    }
                }
                _ if !needed => continue,
                _ => match kind.to_lowercase().as_str() {
                    "text" | "date_text" | "date" | "timestamp_with_timezone_text" | "timestamp with time zone" => {
                        "'2026-10-15T00:00:00Z'".to_owned()
                    }
                    "json_text" | "jsonb" => "'{}'".to_owned(),
                    "blob" if column.ends_with("_id") => self.uuid(Uuid::now_v7()),
                    "blob" => "X'00'".to_owned(),
                    "bytea" => "'\\x00'".to_owned(),
                    "boolean" => "FALSE".to_owned(),
                    "uuid" => self.uuid(Uuid::now_v7()),
                    _ => {
                        self.number.set(self.number.get() + 1);
                        self.number.get().to_string()
                    }
                },
            };
            names.push(column);
            values.push(value);
        }
        format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), values.join(", "))
    }
}

async fn refused_for_a_reference(store: &Store, sql: &str) -> bool {
    let tried = store.reader().begin().await.unwrap();
    let refused = tried.execute_unprepared(sql).await.map(drop);
    tried.rollback().await.unwrap();
    refused.is_err_and(|error| error.to_string().to_lowercase().contains("foreign key"))
}

both!(
    async fn a_row_of_another_school_is_refused_by_the_database(world: World) {
        let store = &world.services.store;
        let other = second_school(&world).await;
        // What belongs to somebody belongs to a user, who may be above schools.
        let user = world.administrator.actor.as_ref().unwrap().user.0;
        let made = HashMap::from([other.0, world.school.0].map(|school| ((school, "users"), user)));
        let mut by_hand = ByHand { store, made, number: Default::default() };
        for table in TABLES.iter().filter(|table| table.scope == Scope::School) {
            for school in [other.0, world.school.0] {
                let id = Uuid::now_v7();
                let insert = by_hand.insert(table, school, id, None).await;
                store.reader().execute_unprepared(&insert).await.unwrap_or_else(|error| panic!("{insert}: {error}"));
                by_hand.made.insert((school, table.name), id);
            }
        }
        let mut tried = 0;
        for (table, column, named) in references_within_schools() {
            let said = Table::named(table).unwrap();
            let foreign = by_hand.made[&(other.0, named)];
            let insert = by_hand.insert(said, world.school.0, Uuid::now_v7(), Some((column, other.0))).await;
            assert!(refused_for_a_reference(store, &insert).await, "{insert}");
            let (own, foreign) = (by_hand.made[&(world.school.0, table)], by_hand.uuid(foreign));
            let update = format!("UPDATE {table} SET {column} = {foreign} WHERE id = {}", by_hand.uuid(own));
            assert!(refused_for_a_reference(store, &update).await, "{update}");
            // Nor does the row go to the other school by itself.
            let update =
                format!("UPDATE {table} SET school_id = {} WHERE id = {}", by_hand.uuid(other.0), by_hand.uuid(own));
            assert!(table == "academic_sessions" || refused_for_a_reference(store, &update).await, "{update}");
            tried += 1;
        }
        assert_eq!(tried, HELD);
    }
);

both!(
    async fn nobody_reaches_into_another_district(world: World) {
        let roster = Roster::new(&world).await;
        let teacher = roster.teacher(&world).await.actor.unwrap().user.0;
        let pupil = world.user_for("pupil", Role::Student, world.school, None, Some(roster.in_a[0])).await;
        let pupil = pupil.actor.unwrap().user.0;
        let store = &world.services.store;
        let by_hand = ByHand { store, made: HashMap::new(), number: Default::default() };
        let (district, school) = (Uuid::now_v7(), Uuid::now_v7());
        let make = |sql: String| async move { store.reader().execute_unprepared(&sql).await.unwrap() };
        make(format!("INSERT INTO districts (id, name, version) VALUES ({}, 'Far', 1)", by_hand.uuid(district))).await;
        make(format!(
            "INSERT INTO schools (id, district_id, name, time_zone, version) VALUES ({}, {}, 'Far', 'UTC', 1)",
            by_hand.uuid(school),
            by_hand.uuid(district)
        ))
        .await;
        let refused = async |sql: String| {
            let error = store.reader().execute_unprepared(&sql).await.expect_err(&sql).to_string();
            assert!(error.contains("another district"), "{error}");
        };
        for user in [teacher, pupil] {
            // Who is a member of staff or a student here is no user of a school there.
            refused(format!("UPDATE users SET school_id = {} WHERE id = {}", by_hand.uuid(school), by_hand.uuid(user)))
                .await;
        }
        for at in ["school_id", "district_id"] {
            let place = if at == "school_id" { school } else { district };
            refused(format!(
                "INSERT INTO grants (id, {at}, user_id, role, version) VALUES ({}, {}, {}, 'teacher', 1)",
                by_hand.uuid(Uuid::now_v7()),
                by_hand.uuid(place),
                by_hand.uuid(teacher)
            ))
            .await;
        }
        assert_eq!(store.stray_rows().await.unwrap(), []);
    }
);

/// A database as a former Homeroom left it (the schema before rows were held to their school): people who moved, are in
/// two classes or were deleted, a class that was taken out, acts that were undone, faces, a second school.
async fn former_database(on: On, folder: &std::path::Path) -> Option<Place> {
    let place = empty_place(on, folder).await?;
    match &place {
        Place::File(file) => std::fs::write(file, include_bytes!("former/former.db")).unwrap(),
        Place::Server(address) => {
            let server = Database::connect(address.as_str()).await.unwrap();
            server.execute_unprepared(include_str!("former/former.sql")).await.unwrap();
            server.close().await.unwrap();
        }
    }
    Some(place)
}

async fn by_another_hand(place: &Place, sql: &str) {
    let address = match place {
        Place::File(file) => format!("sqlite://{}", file.display()),
        Place::Server(address) => address.clone(),
    };
    let connection = Database::connect(address).await.unwrap();
    assert!(connection.execute_unprepared(sql).await.unwrap().rows_affected() > 0, "{sql}");
    connection.close().await.unwrap();
}

async fn a_former_database_opens(on: On) {
    let folder = tempfile::tempdir().unwrap();
    let Some(place) = former_database(on, folder.path()).await else { return };
    let (services, _) = open_services(&place, folder.path()).await;
    let found = damage(&services).await.unwrap();
    // The times at the school that the step made are in no history.
    assert_eq!((found.findings.as_slice(), found.unproven), (&[][..], 5));
    assert!(found.proven > 80, "{}", found.proven);
    let counted = async |sql: &str| -> i64 {
        let row = services.store.reader().query_one_raw(services.store.statement(sql, [])).await.unwrap();
        row.unwrap().try_get_by_index(0).unwrap()
    };
    for (table, rows) in [("students", 5), ("enrolments", 6), ("marks", 8), ("face_templates", 6), ("schools", 2)] {
        assert_eq!(counted(&format!("SELECT count(*) FROM {table}")).await, rows, "{table}");
    }
    assert_eq!(counted("SELECT count(*) FROM students WHERE deleted_at IS NOT NULL").await, 1);
    let times = "SELECT count(*) FROM students s JOIN stays y ON y.school_id = s.school_id AND y.student_id = s.id \
        AND y.end_date IS NULL AND y.exit_kind IS NULL AND s.last_day IS NULL \
        WHERE y.start_date <= (SELECT coalesce(min(e.start_date), y.start_date) FROM enrolments e WHERE e.student_id = s.id)";
    let sorted = "SELECT count(*) FROM guardians WHERE sort_name > ' ' AND sort_given > ' '";
    let guardians = counted("SELECT count(*) FROM guardians").await;
    assert!(guardians > 0 && counted(sorted).await == guardians, "all of them have their keys");
    assert_eq!((counted("SELECT count(*) FROM stays").await, counted(times).await), (5, 5), "all of them are there");
    assert_eq!(held_to_the_school(&services.store).await.len(), HELD);
    assert_eq!(services.store.check().await.unwrap(), Vec::<String>::new());
}

/// What cards said before classes were homerooms or groups, they say afterwards: of José, who was put into 7B besides 7A
/// (tests 27.5 of 40 weigh 3, the essay 9 of 10 weighs 1), and of Aarav, who moved there (8 of 20, and one missing that
/// counts as nothing).
async fn a_former_database_keeps_every_total(on: On) {
    let folder = tempfile::tempdir().unwrap();
    let Some(place) = former_database(on, folder.path()).await else { return };
    let (_, anonymous) = open_services(&place, folder.path()).await;
    let sign_in = SignIn { username: "amara".into(), password: PASSWORD.into() };
    let signed_in = accounts::sign_in(&anonymous, sign_in).await.unwrap();
    let office = accounts::resume(&anonymous, &signed_in.token.unwrap()).await.unwrap();
    let school = signed_in.whoami.schools.iter().find(|school| school.terms.len() == 3).unwrap();
    let (school, term) = (school.id, school.terms[0].id);
    let input = ListClasses { as_of: None, school, year: None, kind: None, deleted: None };
    let classes = list_classes(&office, input).await.unwrap();
    let kinds: Vec<_> = classes.iter().map(|class| (class.title.as_str(), class.kind)).collect();
    assert_eq!(kinds, [("7A", ClassKind::Homeroom), ("7B", ClassKind::Homeroom)]);
    let everybody = all_students(&office, school).await;
    let mut totals = Vec::new();
    for (number, student) in everybody {
        let results = student_performance(&office, StudentPerformance { student, term, look: None }).await.unwrap();
        let subjects: Vec<_> = results.subjects.iter().map(|of| (of.subject_title.clone(), of.total.percent)).collect();
        totals.push((number, results.class_title.unwrap(), subjects));
    }
    let mathematics = |percent| vec![("Mathematics".to_owned(), Some(percent))];
    let of = |number: &str, subjects| (number.to_owned(), "7B".to_owned(), subjects);
    assert_eq!(totals, [of("1001", mathematics(74.1)), of("1002", mathematics(40.0)), of("2001", vec![])]);
}

async fn all_students(office: &Context, school: store::ids::SchoolId) -> Vec<(String, store::ids::StudentId)> {
    let sort = Some(kernel::Sort { column: "number".into(), order: kernel::SortOrder::Ascending });
    let input = ListStudents { sort, ..ListStudents::of(school) };
    let rows = list_students(office, input).await.unwrap().rows;
    rows.into_iter().map(|row| (row.number, row.id)).collect()
}

#[tokio::test]
async fn a_former_database_keeps_every_total_on_sqlite() {
    a_former_database_keeps_every_total(On::Sqlite).await;
}

#[tokio::test]
async fn a_former_database_keeps_every_total_on_postgres() {
    a_former_database_keeps_every_total(On::Postgres).await;
}

#[tokio::test]
async fn a_former_database_opens_whole_on_sqlite() {
    a_former_database_opens(On::Sqlite).await;
}

#[tokio::test]
async fn a_former_database_opens_whole_on_postgres() {
    a_former_database_opens(On::Postgres).await;
}

/// A mark of a student here is said to be of the student of the other school.
const CROSSES: &str = "UPDATE marks SET student_id = (SELECT s.id FROM students s WHERE s.school_id <> marks.school_id) \
    WHERE id = (SELECT id FROM marks ORDER BY id LIMIT 1)";

async fn a_former_database_in_which_a_row_crosses_opens(on: On) {
    let folder = tempfile::tempdir().unwrap();
    let Some(place) = former_database(on, folder.path()).await else { return };
    by_another_hand(&place, CROSSES).await;
    let (services, _) = open_services(&place, folder.path()).await;
    let stray = services.store.stray_rows().await.unwrap();
    assert_eq!(stray.len(), 1, "{stray:?}");
    assert_eq!(
        (stray[0].table.as_str(), stray[0].names.as_str(), stray[0].astray),
        ("marks", "students", Astray::OtherSchool)
    );
    let found = damage(&services).await.unwrap().findings;
    let told = format!("marks {} belongs to one of students of another school", stray[0].row.unwrap());
    assert!(found.iter().any(|said| *said == *told), "{found:?}");
    // It stays as it is; no other one comes to it.
    let more = services.store.reader().execute_unprepared(&CROSSES.replace("ORDER BY id", "ORDER BY id DESC")).await;
    assert!(more.unwrap_err().to_string().to_lowercase().contains("foreign key"));
}

#[tokio::test]
async fn a_former_database_in_which_a_row_crosses_opens_on_sqlite() {
    a_former_database_in_which_a_row_crosses_opens(On::Sqlite).await;
}

#[tokio::test]
async fn a_former_database_in_which_a_row_crosses_opens_on_postgres() {
    a_former_database_in_which_a_row_crosses_opens(On::Postgres).await;
}
