//! One and the same work, by the way of this program and by one over a socket: a sign-in, a roster change, an import from an
//! uploaded file, a report card, a job that reports and is stopped, and what others change.

pub mod socket;

use std::sync::{Arc, Mutex};

use kernel::{Calls, ErrorCode, Job};
use marks::reports::operations::make_report_cards;
use marks::reports::{MadeDocument, MakeReportCards};
use operations::Here;
use school::accounts::operations::{sign_in, sign_out, whoami};
use school::accounts::{Nothing, SignIn};
use school::exchange::ImportInput;
use school::exchange::operations::{import_apply, import_dry_run};
use school::people::operations::{save_staff, search_people};
use school::people::{SearchPeople, save_staff as save_staff_here};
use serde_json::json;
use socket::{Socket, serve};

use crate::both;
use crate::graded::Graded;
use crate::roster::new_staff;
use crate::world::{PASSWORD, World, device, vendor};

fn amara(password: &str) -> SignIn {
    SignIn { username: "amara".into(), password: password.into() }
}

async fn refused(calls: &dyn Calls) -> ErrorCode {
    whoami.on(calls, Nothing {}).await.unwrap_err().code
}

async fn signs_in(calls: &dyn Calls, world: &World) {
    assert_eq!(refused(calls).await, ErrorCode::SignedOut);
    assert_eq!(calls.permitted("people.save_staff").await.unwrap_err().code, ErrorCode::SignedOut);
    assert_eq!(sign_in.on(calls, amara("a guess")).await.unwrap_err().code, ErrorCode::WrongPassword);
    let signed_in = sign_in.on(calls, amara(PASSWORD)).await.unwrap();
    assert_eq!(signed_in.whoami.schools[0].id, world.school);
    assert_eq!(whoami.on(calls, Nothing {}).await.unwrap(), signed_in.whoami);
    calls.permitted("people.save_staff").await.unwrap();
}

/// A change is made, and refused with what is wrong by field, code and row.
async fn changes_the_roster(calls: &dyn Calls, world: &World) {
    let wrong = save_staff.on(calls, new_staff(world.school, " ", "Haddad")).await.unwrap_err();
    assert_eq!((wrong.code, wrong.fields[0].field.as_str()), (ErrorCode::Invalid, "givenName"));
    save_staff.on(calls, new_staff(world.school, "Dina", "Haddad")).await.unwrap();
    let search = SearchPeople { school: world.school, text: "Dina".into(), kind: None };
    assert_eq!(search_people.on(calls, search).await.unwrap().len(), 1);
}

/// A file goes in, and the job that reads it tells how far it is and stops where it is asked to.
async fn imports_a_file(calls: &dyn Calls, world: &World) {
    let list = b"id,name\n9001,Nia Wanjiru\n9002,Ade Bello\n".to_vec();
    let upload = calls.upload("list.csv", Arc::new(list)).await.unwrap();
    let input = || -> ImportInput {
        serde_json::from_value(json!({
            "school": world.school, "uploads": [upload],
            "matching": { "fullName": "name", "number": "id" },
        }))
        .unwrap()
    };
    let steps = Arc::new(Mutex::new(Vec::new()));
    let heard = steps.clone();
    let job = Job::new(move |done, total| heard.lock().unwrap().push((done, total)));
    let dry = import_dry_run.reporting(calls, input(), &job).await.unwrap();
    assert_eq!((dry.applied, dry.added.students), (false, 2));
    assert!(!steps.lock().unwrap().is_empty());

    // Somebody else imports: this one waits for it, and is stopped meanwhile.
    let other = world.services.store.begin().await.unwrap();
    other.alone("import").await.unwrap();
    let job = Job::default();
    job.cancel();
    let (stopped, ()) = tokio::join!(import_apply.reporting(calls, input(), &job), async {
        // What was asked before has arrived when this is answered.
        calls.permitted("exchange.import_apply").await.unwrap();
        drop(other);
    });
    assert_eq!(stopped.unwrap_err().code, ErrorCode::Cancelled);
    let done = import_apply.on(calls, input()).await.unwrap();
    assert_eq!((done.applied, done.added.students), (true, 2));
}

/// A document comes out.
async fn makes_a_report_card(calls: &dyn Calls, graded: &Graded) {
    if !vendor().join("fonts").is_dir() {
        println!("skipped: the fonts are not there (cargo xtask test fetches them)");
        return;
    }
    let input = MakeReportCards { class: graded.roster.class_a, term: graded.autumn, students: None, kind: None };
    let MadeDocument { artifact, pages, .. } = make_report_cards.on(calls, input).await.unwrap();
    let document = calls.artifact(artifact).await.unwrap();
    assert_eq!((document.media_type.as_str(), pages), ("application/pdf", 3));
    assert!(document.bytes.starts_with(b"%PDF-") && document.bytes.ends_with(b"%%EOF"), "{}", document.file_name);
}

/// What somebody else changes is heard.
async fn hears_of_others(calls: &dyn Calls, world: &World) {
    let mut announced = calls.announcements();
    save_staff_here(&world.administrator, new_staff(world.school, "Chi", "Eze")).await.unwrap();
    let heard = announced.recv().await.unwrap();
    assert!(heard.subjects.contains("staff"), "{heard:?}");
}

async fn signs_out(calls: &dyn Calls) {
    sign_out.on(calls, Nothing {}).await.unwrap();
    assert_eq!(refused(calls).await, ErrorCode::SignedOut);
}

async fn works(calls: &dyn Calls, world: &World, graded: &Graded) {
    signs_in(calls, world).await;
    changes_the_roster(calls, world).await;
    imports_a_file(calls, world).await;
    makes_a_report_card(calls, graded).await;
    hears_of_others(calls, world).await;
    signs_out(calls).await;
}

both!(
    async fn in_this_program(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        works(&Here::new(world.services.clone(), device("window")), &world, &graded).await;
    }
);

both!(
    async fn over_a_socket(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let address = serve(world.services.clone()).await;
        works(&Socket::connect(address).await, &world, &graded).await;
        // Who signs in by one connection is nobody by another.
        let (one, other) = (Socket::connect(address).await, Socket::connect(address).await);
        sign_in.on(&one, amara(PASSWORD)).await.unwrap();
        assert_eq!(refused(&other).await, ErrorCode::SignedOut);
    }
);
