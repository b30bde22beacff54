//! Four processes do jobs and are killed one after the other: each effect is there once, and none is lost.
//! `HOMEROOM_JOBS=2000` does it with that many.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration as Wait, Instant};

use chrono::Duration;
use jobs::{Pace, Runner};
use kernel::{Folders, SystemClock};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use store::entities::staff;
use store::{NewJob, Place, Store, StoreError, StoreOptions};

use crate::both;
use crate::jobs::{a_hire, kinds, new_job};
use crate::world::{device, vendor};

const TASK: &str = "HOMEROOM_TEST_JOBS";
const PROCESSES: usize = 4;
/// One process is killed this often.
const KILLED_EVERY: Wait = Wait::from_millis(150);

/// What a worker needs to know.
#[derive(Serialize, Deserialize)]
struct Task {
    place: String,
    folder: std::path::PathBuf,
}

both!(
    async fn every_effect_is_there_once_whoever_is_killed(world: World) {
        let number = std::env::var("HOMEROOM_JOBS").map_or(200, |number| number.parse::<usize>().unwrap());
        let store = world.services.store.clone();
        let tx = store.begin().await.unwrap();
        for job in 0..number {
            let hire = a_hire(&world, &format!("Number {job}"));
            let new = new_job(&world, &world.administrator, "hire", hire, Some(&format!("hire:{job}")));
            tx.put_job(&NewJob { attempts: 1_000, ..new }).await.unwrap();
        }
        tx.commit().await.unwrap();
        let task = Task { place: place_of(&store), folder: world.folder.path().into() };

        let begun = Instant::now();
        let mut workers: Vec<Child> = (0..PROCESSES).map(|_| worker(&task)).collect();
        let mut kills = 0;
        let mut done = 0;
        while done < number {
            // What is waited for is time itself: so often a process dies.
            tokio::time::sleep(KILLED_EVERY).await;
            let victim = kills % PROCESSES;
            workers[victim].kill().unwrap();
            workers[victim].wait().unwrap();
            kills += 1;
            workers[victim] = worker(&task);
            let counted: HashMap<String, i64> = store.count_jobs().await.unwrap().into_iter().collect();
            assert_eq!(counted.get("failed"), None, "after {kills} kills");
            done = usize::try_from(counted.get("done").copied().unwrap_or(0)).unwrap();
        }
        let took = begun.elapsed();
        for mut worker in workers {
            worker.kill().unwrap();
            worker.wait().unwrap();
        }

        let mut effects: HashMap<String, usize> = HashMap::new();
        for row in staff::Entity::find().all(store.reader()).await.unwrap() {
            *effects.entry(row.family_name).or_default() += 1;
        }
        for job in 0..number {
            assert_eq!(effects.get(&format!("Number {job}")), Some(&1), "the effect of job {job}");
        }
        let jobs = store.jobs_of(world.school, None, number as u64).await.unwrap();
        let again = jobs.iter().filter(|job| job.attempt > 1).count();
        println!("{:?}: {number} jobs in {took:.1?}, {kills} processes killed, {again} jobs taken again", world.on);
        assert_eq!(jobs.len(), number);
        assert!(kills >= PROCESSES, "each process was killed: {kills}");
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    }
);

fn place_of(store: &Store) -> String {
    match store.place() {
        Place::File(file) => file.display().to_string(),
        Place::Server(address) => address.clone(),
    }
}

fn worker(task: &Task) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["jobs_killed::do_jobs_until_killed", "--exact", "--nocapture", "--test-threads=1"])
        .env(TASK, serde_json::to_string(task).unwrap())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Not a test of its own: what the killed processes run. Without its task it has nothing to do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn do_jobs_until_killed() {
    let Ok(task) = std::env::var(TASK) else { return };
    let task: Task = serde_json::from_str(&task).unwrap();
    let place = Place::parse(&task.place).unwrap();
    let store = open(&place).await;
    let folders = Folders {
        data: task.folder.clone(),
        documents: task.folder.join("documents"),
        vendor: vendor(),
        sums: kernel::Sums::Any,
    };
    let services = operations::services(store, Arc::new(SystemClock), folders);
    let pace = Pace {
        lease: Duration::milliseconds(400),
        kept_every: Wait::from_millis(100),
        looked_every: Wait::from_millis(50),
    };
    Runner::new(services, device("worker"), kinds(), pace).run().await;
}

/// Opens a database that others have open too. One program holds a file by its lock; here the lock is taken away, so that
/// it is the statements alone on which it depends that nothing is done twice.
async fn open(place: &Place) -> Store {
    loop {
        if let Place::File(file) = place {
            let _not_there = std::fs::remove_file(Path::new(&format!("{}.lock", file.display())));
        }
        match Store::open(place, &StoreOptions::default()).await {
            // Two came at the same moment.
            Err(StoreError::InUse(_)) => {}
            opened => return opened.unwrap(),
        }
    }
}
