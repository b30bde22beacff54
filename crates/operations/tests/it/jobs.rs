//! Work that survives: put in once, done in the name of whoever asked, stopped, tried again, and never done twice.

use std::sync::Arc;
use std::time::Duration as Wait;

use chrono::Duration;
use jobs::{
    JobRow, Kind, Kinds, ListJobs, Load, OfJob, Pace, Runner, cancel_job, drop_job, list_jobs, put_in_daily, retry_job,
};
use kernel::{Context, Error, ErrorCode, Result, Role};
use school::people::{SaveStaff, save_staff};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value as Json, json};
use store::entities::{grants, staff};
use store::ids::JobId;
use store::{JobRowState, NewJob, Store};
use words::refusals;

use crate::both;
use crate::world::{World, device};

/// Kinds for tests: one writes a member of staff, the others go wrong or wait.
pub fn kinds() -> Kinds {
    let kind =
        |name, ends_with_its_write, work| Kind { name, load: Load::Heavy, ends_with_its_write, attempts: 3, work };
    Kinds::new([
        kind("hire", true, |context, input| Box::pin(hire(context, input))),
        kind("unreachable", false, |_, _| {
            Box::pin(async { Err(Error::new(ErrorCode::DatabaseUnreachable, refusals::common::invalid())) })
        }),
        kind("refused", false, |_, _| {
            Box::pin(async { Err(Error::new(ErrorCode::BadFile, refusals::jobs::damaged())) })
        }),
        kind("endless", false, |context, _| Box::pin(endless(context))),
        kind("panic", false, |_, _| Box::pin(async { panic!("on purpose") })),
    ])
}

/// Writes one member of staff; done twice there are two.
async fn hire(context: Context, input: Json) -> Result<Option<Json>> {
    let input: SaveStaff = serde_json::from_value(input)?;
    let saved = save_staff(&context, input).await?;
    Ok(Some(json!({ "staff": saved.staff.id })))
}

/// Runs until it is stopped.
async fn endless(context: Context) -> Result<Option<Json>> {
    for step in 0.. {
        context.job.progress(step, 0)?;
        tokio::task::yield_now().await;
    }
    Ok(None)
}

pub fn a_hire(world: &World, name: &str) -> Json {
    json!({ "school": world.school, "givenName": "Ben", "familyName": name })
}

/// Puts a job in, in the name of this person.
pub async fn put(world: &World, by: &Context, kind: &str, input: Json, once_key: Option<&str>) -> Option<JobId> {
    let tx = world.services.store.begin().await.unwrap();
    let job = new_job(world, by, kind, input, once_key);
    let new = tx.put_job(&job).await.unwrap();
    tx.commit().await.unwrap();
    new.then_some(job.id)
}

pub fn new_job(world: &World, by: &Context, kind: &str, input: Json, once_key: Option<&str>) -> NewJob {
    let actor = by.actor.as_ref();
    NewJob {
        id: JobId::new(),
        school: Some(world.school),
        kind: kind.into(),
        input,
        home: None,
        priority: 0,
        run_after: by.now(),
        attempts: 3,
        once_key: once_key.map(str::to_owned),
        asked_by: actor.map(|actor| actor.user),
        session: actor.map(|actor| actor.session),
        created_at: by.now(),
    }
}

fn runner(world: &World) -> Arc<Runner> {
    Runner::new(world.services.clone(), device("office"), kinds(), Pace::default())
}

async fn staff_named(store: &Store, name: &str) -> u64 {
    staff::Entity::find().filter(staff::Column::FamilyName.eq(name)).count(store.reader()).await.unwrap()
}

async fn listed(world: &World, by: &Context) -> Vec<JobRow> {
    list_jobs(by, ListJobs { school: world.school }).await.unwrap()
}

async fn state(world: &World, id: JobId) -> JobRowState {
    world.services.store.job(id).await.unwrap().unwrap().state
}

/// Waits until somebody has begun the job.
async fn begun(world: &World, id: JobId) {
    while state(world, id).await != JobRowState::Running {
        tokio::task::yield_now().await;
    }
}

both!(
    async fn a_job_is_there_when_the_transaction_that_wants_it_is_kept_and_once_by_its_key(world: World) {
        let by = &world.administrator;
        let tx = world.services.store.begin().await.unwrap();
        assert!(tx.put_job(&new_job(&world, by, "hire", json!({}), Some("a key"))).await.unwrap());
        drop(tx);
        assert_eq!(world.services.store.count_jobs().await.unwrap(), []);
        assert!(put(&world, by, "refused", json!({}), Some("a key")).await.is_some());
        assert_eq!(put(&world, by, "refused", json!({}), Some("a key")).await, None);
        // Also when it has ended: what was done today is not done again.
        assert_eq!(runner(&world).run_waiting().await.unwrap(), 1);
        assert_eq!(put(&world, by, "refused", json!({}), Some("a key")).await, None);
    }
);

both!(
    async fn a_job_is_done_in_the_name_of_who_asked(world: World) {
        let office = world.user("office", Role::Operator).await;
        let id = put(&world, &office, "hire", a_hire(&world, "Otieno"), None).await.unwrap();
        assert_eq!(runner(&world).run_waiting().await.unwrap(), 1);
        assert_eq!(staff_named(&world.services.store, "Otieno").await, 1);
        let rows = listed(&world, &office).await;
        assert_eq!((rows[0].id, rows[0].state, rows[0].own), (id, JobRowState::Done, true));
        assert!(rows[0].result.as_ref().unwrap()["staff"].is_string());
        // It stands in the history as that person's act, which can be undone.
        let acts = upkeep::my_changes(&office, serde_json::from_value(json!({})).unwrap()).await.unwrap();
        assert!(serde_json::to_string(&acts).unwrap().contains("people.save_staff"));
    }
);

both!(
    async fn a_withdrawn_permission_ends_the_job_and_given_back_it_is_tried_again(world: World) {
        let office = world.user("office", Role::Operator).await;
        let id = put(&world, &office, "hire", a_hire(&world, "Otieno"), None).await.unwrap();
        let set_role = async |role: Role| {
            let user = office.actor.as_ref().unwrap().user;
            let mut tx = world.services.store.begin().await.unwrap();
            let held = grants::Entity::find().filter(grants::Column::UserId.eq(user));
            let held = held.one(tx.reader()).await.unwrap().unwrap();
            let after = grants::Model { role, ..held.clone() };
            tx.update::<grants::Entity>(&held, after).await.unwrap();
            tx.commit().await.unwrap();
        };
        set_role(Role::Counsellor).await;
        runner(&world).run_waiting().await.unwrap();
        let failed = &listed(&world, &world.administrator).await[0];
        assert_eq!((failed.state, failed.attempt), (JobRowState::Failed, 1));
        assert_eq!(failed.error.as_ref().unwrap()["code"], "forbidden");

        set_role(Role::Operator).await;
        retry_job(&world.administrator, OfJob { job: id }).await.unwrap();
        runner(&world).run_waiting().await.unwrap();
        assert_eq!(state(&world, id).await, JobRowState::Done);
        assert_eq!(staff_named(&world.services.store, "Otieno").await, 1);
    }
);

both!(
    async fn jobs_are_seen_and_ruled_by_who_asked_and_by_who_leads_the_school(world: World) {
        let office = world.user("office", Role::Operator).await;
        let other = world.user("other", Role::Operator).await;
        let principal = world.user("head", Role::Principal).await;
        let id = put(&world, &office, "refused", json!({}), None).await.unwrap();
        let ids = async |by: &Context| listed(&world, by).await.iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(ids(&office).await, [id]);
        assert_eq!(ids(&principal).await, [id]);
        assert_eq!(ids(&other).await, []);
        let job = OfJob { job: id };
        for refused in [
            cancel_job(&other, job).await.unwrap_err(),
            retry_job(&other, job).await.unwrap_err(),
            drop_job(&other, job).await.unwrap_err(),
        ] {
            assert_eq!(refused.code, ErrorCode::Forbidden);
        }
        // What waits is not dropped but stopped; what was stopped is put in again; what is over is dropped.
        assert_eq!(drop_job(&office, job).await.unwrap_err().code, ErrorCode::Stale);
        cancel_job(&office, job).await.unwrap();
        assert_eq!(runner(&world).run_waiting().await.unwrap(), 0);
        retry_job(&principal, job).await.unwrap();
        assert_eq!(runner(&world).run_waiting().await.unwrap(), 1);
        assert_eq!(state(&world, id).await, JobRowState::Failed);
        drop_job(&principal, job).await.unwrap();
        assert_eq!(ids(&office).await, []);
        assert_eq!(cancel_job(&office, job).await.unwrap_err().code, ErrorCode::NotFound);
    }
);

both!(
    async fn what_may_pass_is_tried_again_later_and_what_stays_wrong_is_not(world: World) {
        let by = &world.administrator;
        let passing = put(&world, by, "unreachable", json!({}), None).await.unwrap();
        let staying = put(&world, by, "refused", json!({}), None).await.unwrap();
        let falling = put(&world, by, "panic", json!({}), None).await.unwrap();
        assert_eq!(runner(&world).run_waiting().await.unwrap(), 3);
        assert_eq!(state(&world, staying).await, JobRowState::Failed);
        assert_eq!(state(&world, falling).await, JobRowState::Failed);
        let row = world.services.store.job(passing).await.unwrap().unwrap();
        assert_eq!(row.state, JobRowState::Waiting);
        let wait = (row.run_after - by.now()).num_seconds();
        assert!((16..=24).contains(&wait), "{wait} seconds");
        // Not before its time has come, and not more often than said.
        assert_eq!(runner(&world).run_waiting().await.unwrap(), 0);
        for _ in 0..2 {
            world.clock.move_by(Duration::minutes(5));
            assert_eq!(runner(&world).run_waiting().await.unwrap(), 1);
        }
        let row = world.services.store.job(passing).await.unwrap().unwrap();
        assert_eq!((row.state, row.attempt), (JobRowState::Failed, 3));
    }
);

both!(
    async fn a_running_job_is_stopped_and_shows_how_far_it_is(world: World) {
        let id = put(&world, &world.administrator, "endless", json!({}), None).await.unwrap();
        let runner = runner(&world);
        let running = tokio::spawn(async move { runner.run_waiting().await });
        begun(&world, id).await;
        while listed(&world, &world.administrator).await[0].done == 0 {
            tokio::task::yield_now().await;
        }
        cancel_job(&world.administrator, OfJob { job: id }).await.unwrap();
        running.await.unwrap().unwrap();
        assert_eq!(state(&world, id).await, JobRowState::Cancelled);
    }
);

both!(
    async fn whoever_lost_the_job_writes_nothing(world: World) {
        let store = &world.services.store;
        let id = put(&world, &world.administrator, "hire", a_hire(&world, "Otieno"), None).await.unwrap();
        let claim = async |worker: &str| {
            let now = world.clock_now();
            store.claim_job(worker, &["hire"], "", now, now + Duration::minutes(1)).await.unwrap()
        };
        let first = claim("first").await.unwrap().claim;
        assert_eq!(claim("second").await.map(|claimed| claimed.claim), None);
        world.clock.move_by(Duration::seconds(61));
        let second = claim("second").await.unwrap().claim;
        assert_eq!((second.job, second.attempt), (id, 2));
        let now = world.clock_now();
        let tx = store.begin().await.unwrap();
        assert!(!tx.end_job(&first, None, now).await.unwrap());
        drop(tx);
        assert!(!store.keep_job(&first, (1, 2), now).await.unwrap());
        assert!(!store.fail_job(&first, json!({}), now).await.unwrap());
        let tx = store.begin().await.unwrap();
        assert!(tx.end_job(&second, None, now).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(state(&world, id).await, JobRowState::Done);
    }
);

both!(
    async fn a_job_that_takes_the_program_with_it_each_time_fails_in_the_end(world: World) {
        let store = &world.services.store;
        let id = put(&world, &world.administrator, "endless", json!({}), None).await.unwrap();
        for _ in 0..3 {
            let now = world.clock_now();
            store.claim_job("lost", &["endless"], "", now, now + Duration::minutes(1)).await.unwrap().unwrap();
            world.clock.move_by(Duration::minutes(2));
        }
        assert_eq!(runner(&world).run_waiting().await.unwrap(), 0);
        assert_eq!(state(&world, id).await, JobRowState::Failed);
    }
);

both!(
    async fn at_the_end_of_the_program_what_runs_is_given_back(world: World) {
        let id = put(&world, &world.administrator, "endless", json!({}), None).await.unwrap();
        let runner = runner(&world);
        let running = tokio::spawn(runner.clone().run());
        begun(&world, id).await;
        runner.stop(Wait::ZERO).await;
        running.await.unwrap();
        let row = world.services.store.job(id).await.unwrap().unwrap();
        assert_eq!((row.state, row.attempt), (JobRowState::Waiting, 0));
    }
);

both!(
    async fn a_job_with_files_is_left_to_the_programs_of_its_folder(world: World) {
        let store = &world.services.store;
        let job = NewJob {
            home: Some("/another/computer".into()),
            ..new_job(&world, &world.administrator, "refused", json!({}), None)
        };
        let tx = store.begin().await.unwrap();
        tx.put_job(&job).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(runner(&world).run_waiting().await.unwrap(), 0);
        let now = world.clock_now();
        assert!(store.claim_job("there", &["refused"], "/another/computer", now, now).await.unwrap().is_some());
    }
);

both!(
    async fn the_daily_deletion_of_faces_is_put_in_once_a_day_by_whoever_comes_first(world: World) {
        let office = device("office");
        let of_the_house =
            || Runner::new(world.services.clone(), device("office"), operations::job_kinds(), Pace::default());
        put_in_daily(&world.services, &office, &operations::job_kinds(), true).await.unwrap();
        put_in_daily(&world.services, &device("another window"), &operations::job_kinds(), false).await.unwrap();
        // The deletion in the one school; the rows and the files of jobs that were over long ago.
        assert_eq!(of_the_house().run_waiting().await.unwrap(), 3);
        put_in_daily(&world.services, &office, &operations::job_kinds(), false).await.unwrap();
        assert_eq!(of_the_house().run_waiting().await.unwrap(), 0);
        // A program that begins looks again: the database may be a copy that was put back.
        put_in_daily(&world.services, &office, &operations::job_kinds(), true).await.unwrap();
        assert_eq!(of_the_house().run_waiting().await.unwrap(), 1);
        world.clock.move_by(Duration::days(1));
        put_in_daily(&world.services, &office, &operations::job_kinds(), false).await.unwrap();
        assert_eq!(of_the_house().run_waiting().await.unwrap(), 3);
        assert_eq!(world.services.store.count_jobs().await.unwrap(), [("done".to_owned(), 6)]);
        // After a month the rows go.
        world.clock.move_by(Duration::days(31));
        put_in_daily(&world.services, &office, &operations::job_kinds(), false).await.unwrap();
        of_the_house().run_waiting().await.unwrap();
        assert_eq!(world.services.store.count_jobs().await.unwrap(), [("done".to_owned(), 3)]);
    }
);

both!(
    async fn a_clock_that_is_not_believed_puts_the_daily_deletion_off(world: World) {
        let of_the_house =
            || Runner::new(world.services.clone(), device("office"), operations::job_kinds(), Pace::default());
        put_in_daily(&world.services, &device("office"), &operations::job_kinds(), true).await.unwrap();
        of_the_house().run_waiting().await.unwrap();
        world.clock.move_by(Duration::days(400));
        put_in_daily(&world.services, &device("office"), &operations::job_kinds(), false).await.unwrap();
        of_the_house().run_waiting().await.unwrap();
        let rows = listed(&world, &world.administrator).await;
        assert_eq!((rows[0].state, rows[0].kind.as_str()), (JobRowState::Waiting, "purge_faces"));
        assert_eq!(rows[0].error.as_ref().unwrap()["code"], "clock");
    }
);
