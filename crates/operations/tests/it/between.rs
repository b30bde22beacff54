//! Two programs at one PostgreSQL server: what one changes, the other hears within a second.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use kernel::{Announcement, Services, exchange_announcements};
use school::attendance::{OfRegister, mark_all_present};
use school::people::save_staff;
use sea_orm::ConnectionTrait;
use store::{Store, StoreOptions};
use tokio::sync::broadcast::Receiver;

use crate::graded::{Graded, cell};
use crate::roster::new_staff;
use crate::world::{On, World, date};

/// What a person waits at most.
const SECOND: Duration = Duration::from_secs(1);

/// Another program at the same database.
async fn another(world: &World) -> Arc<Services> {
    let store = Store::open(world.services.store.place(), &StoreOptions::default()).await.unwrap();
    operations::services(store, world.clock.clone(), world.services.folders.clone())
}

/// The announcement of this subject.
async fn heard(announced: &mut Receiver<Announcement>, subject: &str) -> Announcement {
    let wait = async {
        loop {
            let announcement = announced.recv().await.unwrap();
            if announcement.subjects.contains(subject) {
                return announcement;
            }
        }
    };
    tokio::time::timeout(SECOND, wait).await.unwrap_or_else(|_| panic!("{subject} was not heard within a second"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_a_register_and_a_roster_change_are_heard_by_the_other_program() {
    let Some(world) = World::open(On::Postgres).await else { return };
    let graded = Graded::new(&world).await;
    let other = another(&world).await;
    let _here = exchange_announcements(&world.services).await.unwrap().unwrap();
    let _there = exchange_announcements(&other).await.unwrap().unwrap();
    let mut announced = other.announcer.listen();

    graded.record(&graded.ben, vec![cell(graded.students()[0], graded.test_1, "15")]).await;
    let mark = heard(&mut announced, "marks").await;
    assert!(mark.subjects.iter().any(|subject| subject.starts_with("marks:")));
    assert_eq!(mark.schools, Some(BTreeSet::from([world.school])));

    let register =
        OfRegister { class: graded.roster.class_a, date: date("2026-10-14"), lesson: 0, even_if_no_school: None };
    mark_all_present(&graded.ben, register).await.unwrap();
    heard(&mut announced, "attendance_marks").await;

    save_staff(&world.administrator, new_staff(world.school, "Dina", "Haddad")).await.unwrap();
    heard(&mut announced, "staff").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_does_not_hear_itself_and_passes_nothing_on() {
    let Some(world) = World::open(On::Postgres).await else { return };
    let other = another(&world).await;
    let _here = exchange_announcements(&world.services).await.unwrap().unwrap();
    let _there = exchange_announcements(&other).await.unwrap().unwrap();
    let (mut here, mut there) = (world.services.announcer.listen(), other.announcer.listen());
    for name in ["First", "Second"] {
        save_staff(&world.administrator, new_staff(world.school, "Dina", name)).await.unwrap();
        heard(&mut there, "staff").await;
    }
    // By now an echo of the first would have come back.
    let mut own = 0;
    while let Ok(announcement) = here.try_recv() {
        own += usize::from(announcement.subjects.contains("staff"));
    }
    assert_eq!(own, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_lost_connection_everything_is_asked_again_and_the_next_change_is_heard() {
    let Some(world) = World::open(On::Postgres).await else { return };
    let other = another(&world).await;
    let _here = exchange_announcements(&world.services).await.unwrap().unwrap();
    let _there = exchange_announcements(&other).await.unwrap().unwrap();
    let mut there = other.announcer.listen();
    let lose = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let lost = world.services.store.reader().query_all_raw(world.services.store.statement(lose, [])).await.unwrap();
    assert_eq!(lost.len(), 2);
    heard(&mut there, "*").await;
    save_staff(&world.administrator, new_staff(world.school, "Dina", "Haddad")).await.unwrap();
    heard(&mut there, "staff").await;
}
