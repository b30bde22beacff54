//! What an operation shows is what it reads: every table that a reading operation asks for stands in its line of the table,
//! or a change of it would not reach the screens. A program of its own, since it listens to all statements of the process.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use kernel::operation::Does;
use sea_orm::ConnectionTrait;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[allow(dead_code)] // it serves the other tests too
#[path = "it/samples.rs"]
mod samples;
#[allow(dead_code)]
#[path = "it/scene.rs"]
mod scene;
#[allow(dead_code, unused_macros)]
#[path = "it/world.rs"]
mod world;

use scene::{Scene, Whose, real};
use world::{On, World};

/// Hears the statements of the database driver.
struct Statements(Arc<Mutex<Vec<String>>>);

struct Statement(Option<String>, Option<String>);

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "db.statement" => self.0 = Some(value.to_owned()),
            "summary" => self.1 = Some(value.to_owned()),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("sqlx::query")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut statement = Statement(None, None);
        event.record(&mut statement);
        let Statement(whole, summary) = statement;
        // A short statement stands in the summary alone.
        let text = whole.filter(|text| !text.trim().is_empty()).or(summary).unwrap_or_default();
        self.0.lock().unwrap().push(text);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The tables that a statement reads.
fn read<'t>(statement: &str, tables: &'t BTreeSet<String>) -> BTreeSet<&'t str> {
    let lower = statement.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let pairs = words.iter().zip(words.iter().skip(1));
    let found: BTreeSet<&str> =
        pairs.filter(|(word, _)| matches!(**word, "from" | "join")).map(|(_, of)| *of).collect();
    tables.iter().map(String::as_str).filter(|table| found.contains(table)).collect()
}

async fn tables(world: &World) -> BTreeSet<String> {
    let store = &world.services.store;
    let sql = store.statement("SELECT name FROM sqlite_master WHERE type = 'table'", []);
    let rows = store.reader().query_all_raw(sql).await.unwrap();
    rows.into_iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// What no screen shows by itself: the time that was seen, tries of passwords, keys, and what is written with the rows that
/// are shown (the words by which people are found, the fields of an entry of the history).
const NEVER_SHOWN: [&str; 5] = ["clock_seen", "sign_in_attempts", "data_keys", "search_words", "audit_changes"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_that_is_read_is_shown() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    tracing::subscriber::set_global_default(Statements(heard.clone())).unwrap();
    let world = World::open(On::Sqlite).await.unwrap();
    let scene = Scene::set(&world).await;
    let tables = tables(&world).await;
    let mut missing: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let (mut asked, mut statements) = (0, 0);
    for operation in operations::all().iter().filter(|one| one.does() == Does::Read && !one.rule().is_empty()) {
        for (_, person) in &scene.people {
            let (input, _) = real(&world, operation, scene.of(Whose::Own), None);
            heard.lock().unwrap().clear();
            if operations::call(person, operation.name(), input).await.is_ok() {
                asked += 1;
            }
            for statement in heard.lock().unwrap().iter() {
                statements += 1;
                for table in read(statement, &tables) {
                    if !operation.shows().contains(&table) && !NEVER_SHOWN.contains(&table) {
                        missing.entry(operation.name()).or_default().insert(table);
                    }
                }
            }
        }
    }
    assert!(asked > 100 && statements > 1_000, "{asked} answers, {statements} statements: nothing was heard");
    assert!(missing.is_empty(), "not in `shows`: {missing:#?}");
}
