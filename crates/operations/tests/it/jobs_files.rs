//! Jobs that take and make files: they outlive the program, belong to one person, and end.

use std::io::Read;
use std::sync::Arc;

use chrono::Duration;
use jobs::{ListJobs, OfJob, Pace, Runner, artifact, drop_job, list_jobs, put_in_daily};
use kernel::{Context, ErrorCode, Role, Services, Upload};
use marks::reports::{EnqueueReportCards, enqueue_report_cards};
use school::exchange::{ImportInput, enqueue_import};
use sea_orm::{EntityTrait, PaginatorTrait};
use store::entities::students;
use store::ids::JobId;
use store::{JobRow, JobRowState};
use uuid::Uuid;

use crate::both;
use crate::graded::Graded;
use crate::world::{World, device, vendor};

const LIST: &str = "Number,Given name,Family name\nS1,Asha,Rao\nS2,Ben,Otieno\n";

fn upload(by: &Context, bytes: &str) -> Uuid {
    let owner = Some(by.actor.as_ref().unwrap().user);
    let bytes = Arc::new(bytes.as_bytes().to_vec());
    by.services.keep_upload(Upload { file_name: "students.csv".into(), bytes, owner })
}

async fn import(world: &World, by: &Context, uploads: Vec<Uuid>) -> kernel::Result<JobId> {
    let input = ImportInput {
        school: world.school,
        uploads,
        kind: None,
        matching: None,
        dates: None,
        names: None,
        read_as: None,
        into_school: None,
        accept_refused: None,
        delete_missing: None,
        mended: None,
    };
    Ok(enqueue_import(by, input).await?.job)
}

/// The program, begun again on the same database: nothing that was in its memory is there.
fn begun_again(world: &World) -> Arc<Services> {
    operations::services(world.services.store.clone(), world.clock.clone(), world.services.folders.clone())
}

async fn run(services: Arc<Services>) -> usize {
    let runner = Runner::new(services, device("window"), operations::job_kinds(), Pace::default());
    runner.run_waiting().await.unwrap()
}

async fn row(world: &World, id: JobId) -> JobRow {
    world.services.store.job(id).await.unwrap().unwrap()
}

/// How many files lie in the data folder, that of its own name not counted.
fn files(world: &World) -> usize {
    fn below(folder: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        let count = |path: std::path::PathBuf| if path.is_dir() { below(&path) } else { 1 };
        entries.map(|entry| entry.unwrap().path()).filter(|path| !path.ends_with("home")).map(count).sum()
    }
    below(&world.folder.path().join("files"))
}

both!(
    async fn an_import_goes_on_when_the_program_begins_again(world: World) {
        let office = world.user("office", Role::Operator).await;
        let id = import(&world, &office, vec![upload(&office, LIST)]).await.unwrap();
        assert_eq!(files(&world), 1);
        assert_eq!(run(begun_again(&world)).await, 1);
        let row = row(&world, id).await;
        assert_eq!(row.state, JobRowState::Done, "{:?}", row.error);
        let result = row.result.unwrap();
        assert_eq!((&result["applied"], &result["added"]["students"]), (&true.into(), &2.into()));
        assert_eq!(students::Entity::find().count(world.services.store.reader()).await.unwrap(), 2);
        // The list is not kept any longer than it is needed.
        assert_eq!(files(&world), 0);
    }
);

both!(
    async fn an_import_takes_no_file_of_another_person_and_needs_the_role_also_when_it_runs(world: World) {
        let office = world.user("office", Role::Operator).await;
        let other = world.user("other", Role::Operator).await;
        let refused = import(&world, &office, vec![upload(&other, LIST)]).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotFound);
        let teacher = world.user("teacher", Role::Teacher).await;
        let refused = import(&world, &teacher, vec![upload(&teacher, LIST)]).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        assert_eq!(files(&world), 0);
    }
);

both!(
    async fn a_list_that_was_changed_on_the_disk_is_not_imported(world: World) {
        let office = world.user("office", Role::Operator).await;
        let id = import(&world, &office, vec![upload(&office, LIST)]).await.unwrap();
        let folder = world.folder.path().join("files").join(world.school.to_string()).join("upload");
        let path = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
        std::fs::write(&path, LIST.replace("Asha", "Eve\u{20}")).unwrap();
        assert_eq!(run(world.services.clone()).await, 1);
        let row = row(&world, id).await;
        assert_eq!((row.state, &row.error.unwrap()["code"]), (JobRowState::Failed, &"bad_file".into()));
        assert_eq!(students::Entity::find().count(world.services.store.reader()).await.unwrap(), 0);
        // Off the list, and its file with it.
        drop_job(&office, OfJob { job: id }).await.unwrap();
        assert_eq!(files(&world), 0);
    }
);

both!(
    async fn the_cards_of_a_school_are_made_once_and_kept_for_who_asked(world: World) {
        if !vendor().join("fonts").is_dir() {
            println!("skipped: the fonts are not there (cargo xtask test fetches them)");
            return;
        }
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let input = EnqueueReportCards {
            term: graded.autumn,
            classes: vec![graded.roster.class_a, graded.roster.class_b, graded.roster.class_a],
            kind: None,
        };
        let principal = world.user("head", Role::Principal).await;
        // Who does not reach a class makes no card of it, in a batch no more than by itself.
        let refused = enqueue_report_cards(&graded.ben, input.clone()).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        let job = enqueue_report_cards(&principal, input).await.unwrap().job;
        assert_eq!(run(begun_again(&world)).await, 1);

        let row = row(&world, job).await;
        assert_eq!(row.state, JobRowState::Done, "{:?}", row.error);
        let result = row.result.unwrap();
        let made: Vec<&str> = (0..3).filter_map(|class| result["classes"][class]["fileName"].as_str()).collect();
        assert!(made.len() >= 2, "{result}");
        let document: Uuid = result["artifact"].as_str().unwrap().parse().unwrap();
        let kept = artifact(&principal, document).await.unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(kept.bytes.as_slice())).unwrap();
        let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names, made);
        let mut pdf = Vec::new();
        zip.by_index(0).unwrap().read_to_end(&mut pdf).unwrap();
        assert!(pdf.starts_with(b"%PDF"));

        // Another person's document is none, and what came of another one's job is not shown.
        assert_eq!(artifact(&world.administrator, document).await.err().unwrap().code, ErrorCode::NotFound);
        let office = world.user("office", Role::Operator).await;
        assert_eq!(artifact(&office, document).await.err().unwrap().code, ErrorCode::NotFound);
        let of_head = list_jobs(&principal, ListJobs { school: world.school }).await.unwrap();
        assert_eq!(of_head[0].document.as_ref().unwrap().artifact, document);

        // After a month it is gone, from the disk too.
        assert_eq!(files(&world), 1);
        world.clock.move_by(Duration::days(31));
        assert_eq!(artifact(&principal, document).await.err().unwrap().code, ErrorCode::NotFound);
        put_in_daily(&world.services, &device("window"), &operations::job_kinds(), false).await.unwrap();
        run(world.services.clone()).await;
        assert_eq!(files(&world), 0);
        // So is what is known of the job, once its file is.
        world.clock.move_by(Duration::days(1));
        put_in_daily(&world.services, &device("window"), &operations::job_kinds(), false).await.unwrap();
        run(world.services.clone()).await;
        assert!(world.services.store.job(job).await.unwrap().is_none());
    }
);

both!(
    async fn nobody_keeps_more_than_the_limit(world: World) {
        let office = world.user("office", Role::Operator).await;
        let owner = office.actor.as_ref().unwrap().user;
        let id = import(&world, &office, vec![upload(&office, LIST)]).await.unwrap();
        // As if that list had almost two gigabytes.
        let sql = "UPDATE blobs SET size = $1 WHERE owner_id = $2";
        let tx = world.services.store.begin().await.unwrap();
        let values = [((2_i64 << 30) - 10).into(), owner.into()];
        sea_orm::ConnectionTrait::execute_raw(tx.unaudited(), tx.statement(sql, values)).await.unwrap();
        tx.commit().await.unwrap();
        let refused = import(&world, &office, vec![upload(&office, LIST)]).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Invalid);
        assert_eq!(files(&world), 1, "what was laid down is taken away again");
        assert_eq!(row(&world, id).await.state, JobRowState::Waiting);
        // Another person may.
        let other = world.user("other", Role::Operator).await;
        import(&world, &other, vec![upload(&other, LIST)]).await.unwrap();
    }
);
