//! A roster goes round: what came in is exported as OneRoster 1.1 and 1.2, imported into an empty database and exported
//! again, and both sets have the same rows. A set that is spoilt in one place is taken in or refused, never half.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::sync::Arc;

use exchange::OneRosterVersion;
use kernel::{Context, ErrorCode, Upload};
use school::accounts;
use school::accounts::{Nothing, SetUp, whoami};
use school::classes::{MoveStudents, move_students};
use school::demo::{FillDemoSchool, fill_demo_school};
use school::exchange::{AcceptRefused, ExportOneRoster, ImportReport, ImportSet, export_oneroster};
use school::people::{OfStudent, SaveStudent, StudentIds, delete_students, save_student, student};
use sea_orm::{ConnectionTrait, EntityTrait};
use store::entities::schools;
use store::ids::SchoolId;

use crate::both;
use crate::exchange::real;
use crate::graded::{Graded, cell, seen};
use crate::homes::SUBJECTS;
use crate::roster::{guardian, new_student};
use crate::sets::Set;
use crate::world::{On, PASSWORD, World, date, empty_place, open_services, set_up};

/// The rows of each file of a set; the header is one of them.
pub type Tables = BTreeMap<String, BTreeSet<String>>;

pub const VERSIONS: [OneRosterVersion; 2] = [OneRosterVersion::V11, OneRosterVersion::V12];

/// Declares the same test for both databases, which are still without anybody.
macro_rules! on_both {
    (async fn $name:ident($on:ident : On) $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            async fn body($on: On) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                body(On::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                body(On::Postgres).await;
            }
        }
    };
}

/// A database into which a set came as the first thing, with an administrator.
struct Home {
    office: Context,
    report: ImportReport,
    _folder: tempfile::TempDir,
}

/// Imports a set into an empty database; none where the server is not there.
async fn home_of(on: On, set: &Set) -> Option<Home> {
    let folder = tempfile::tempdir().unwrap();
    let (_, anonymous) = open_services(&empty_place(on, folder.path()).await?, folder.path()).await;
    let everything = ImportSet { accept_refused: AcceptRefused::Everything, apply: true, ..Default::default() };
    let report = set.import_at_set_up(&anonymous, everything).await.unwrap();
    assert!(report.applied);
    // Whoever sets up names the only school; it is called as in the files.
    let schools = schools::Entity::find().all(anonymous.store().reader()).await.unwrap();
    let named = if let [only] = &schools[..] { only.name.clone() } else { set_up().school_name };
    let signed_in = accounts::set_up(&anonymous, SetUp { school_name: named, ..set_up() }).await.unwrap();
    let office = accounts::resume(&anonymous, &signed_in.token.unwrap()).await.unwrap();
    Some(Home { office, report, _folder: folder })
}

async fn schools_of(office: &Context) -> Vec<SchoolId> {
    whoami(office, Nothing {}).await.unwrap().schools.iter().map(|school| school.id).collect()
}

async fn exported(office: &Context, school: SchoolId, version: OneRosterVersion) -> Vec<u8> {
    let made = export_oneroster(office, ExportOneRoster { school, version, since: None }).await.unwrap();
    let owner = office.actor().unwrap().user;
    office.services.artifact(made.artifact, owner).unwrap().bytes.to_vec()
}

/// The files of a zip.
fn unpacked(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        files.insert(file.name().unwrap().into_owned(), text);
    }
    files
}

pub fn tables(bytes: &[u8]) -> Tables {
    let rows = |text: String| {
        assert!(text.ends_with("\r\n") && !text.starts_with('\u{feff}'));
        let lines: Vec<&str> = text.split_terminator("\r\n").collect();
        assert!(lines.len() > 1, "a file without rows: {lines:?}");
        lines.into_iter().map(str::to_owned).collect()
    };
    unpacked(bytes).into_iter().map(|(name, text)| (name, rows(text))).collect()
}

/// The cells of a column, one a row.
pub fn column(tables: &Tables, bytes: &[u8], file: &str, name: &str) -> Vec<String> {
    assert!(tables.contains_key(file), "{file}");
    let text = unpacked(bytes).remove(file).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader.headers().unwrap().iter().position(|header| header == name).unwrap();
    reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
}

/// Imports a set, of which no row may be refused where it is `whole`, sends each school round in both versions, and gives the
/// sets that went out first.
pub async fn goes_round(on: On, set: &Set, whole: bool) -> Vec<(OneRosterVersion, Vec<u8>)> {
    let Some(first) = home_of(on, set).await else { return Vec::new() };
    assert!(!whole || first.report.refused.is_empty(), "{:?}", first.report.refused);
    let mut out = Vec::new();
    for school in schools_of(&first.office).await {
        for version in VERSIONS {
            out.push((version, school_goes_round(on, &first.office, school, version).await));
        }
    }
    out
}

/// Exports a school, imports it into an empty database and exports it again: the same rows. Gives the set.
async fn school_goes_round(on: On, office: &Context, school: SchoolId, version: OneRosterVersion) -> Vec<u8> {
    let went = exported(office, school, version).await;
    let again = home_of(on, &Set::zip("set.zip", &went)).await.unwrap();
    assert_eq!(again.report.refused, [], "{version:?}");
    let [only] = schools_of(&again.office).await[..] else { panic!("one school went out") };
    let came = exported(&again.office, only, version).await;
    let (before, after) = (tables(&went), tables(&came));
    let none = BTreeSet::new();
    for (file, rows) in &before {
        let other = after.get(file).unwrap_or(&none);
        let (gone, new): (Vec<_>, Vec<_>) = (rows.difference(other).collect(), other.difference(rows).collect());
        assert!(gone.is_empty() && new.is_empty(), "{version:?} {file}\ngone: {gone:#?}\nnew: {new:#?}");
    }
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{version:?}");
    went
}

/// What changed since a set, as a set.
async fn changes(world: &World, version: OneRosterVersion, since: &[u8]) -> kernel::Result<Vec<u8>> {
    let office = &world.administrator;
    let owner = office.actor().unwrap().user;
    let former = Upload { file_name: "former.zip".into(), bytes: Arc::new(since.to_vec()), owner: Some(owner) };
    let since = Some(office.services.keep_upload(former));
    let made = export_oneroster(office, ExportOneRoster { school: world.school, version, since }).await?;
    Ok(office.services.artifact(made.artifact, owner).unwrap().bytes.to_vec())
}

both!(
    async fn what_changed_since_brings_another_school_up_to_date(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let office = &world.administrator;
        let [jose, aarav, mohammed] = graded.students();
        let version = OneRosterVersion::V12;
        let went = exported(office, world.school, version).await;
        let other = home_of(world.on, &Set::zip("set.zip", &went)).await.unwrap();
        let nothing = changes(&world, version, &went).await.unwrap();
        assert_eq!(unpacked(&nothing).keys().collect::<Vec<_>>(), ["manifest.csv"], "nothing changed");

        // A newcomer, a mover, one who is deleted, one who takes another name, a mark.
        let newcomer = SaveStudent {
            guardians: Some(vec![guardian("Wanjiku", "Kamau", "0722 1")]),
            class: Some(graded.roster.class_b),
            class_start: Some(date("2026-10-12")),
            ..new_student(world.school, "3001", "Kip", "Kamau")
        };
        save_student(office, newcomer).await.unwrap();
        let moved = MoveStudents {
            from: graded.roster.class_a,
            to: graded.roster.class_b,
            students: vec![aarav],
            date: date("2026-10-12"),
        };
        move_students(office, moved).await.unwrap();
        let deleted = StudentIds { school: world.school, students: vec![mohammed] };
        delete_students(office, deleted).await.unwrap();
        let shown = student(office, OfStudent { student: jose }).await.unwrap();
        let renamed = SaveStudent {
            save: kernel::Save::Change { id: jose, version: shown.version },
            ..new_student(world.school, "1001", "José María", "Muñoz")
        };
        save_student(office, renamed).await.unwrap();
        graded.record(&graded.ben, vec![seen(cell(jose, graded.essay, "10"), 1)]).await;

        let delta = changes(&world, version, &went).await.unwrap();
        let files = unpacked(&delta);
        assert!(files["manifest.csv"].contains("file.users,delta\r\n"));
        assert!(files["manifest.csv"].contains("file.orgs,absent\r\n"));
        let gone = files["users.csv"].lines().find(|line| line.contains("Mohammed")).unwrap();
        assert!(gone.contains(",tobedeleted,2026-10-14T08:00:00Z,"), "{gone}");
        assert_eq!(files["users.csv"].lines().count(), 1 + 4, "{}", files["users.csv"]);
        let apply = ImportSet { accept_refused: AcceptRefused::Nothing, apply: true, ..Default::default() };
        let report = Set::zip("delta.zip", &delta).import(&other.office, apply).await.unwrap();
        assert!(report.applied, "{:?}", report.refused);
        let [there] = schools_of(&other.office).await[..] else { panic!("one school went out") };
        let (ours, theirs) =
            (exported(office, world.school, version).await, exported(&other.office, there, version).await);
        assert_eq!(tables(&theirs), tables(&ours));

        let hillside = crate::roster::second_school(&world).await;
        let both = world.resume(&world.sign_in("office", "amara", PASSWORD).await.unwrap()).await;
        for (former, version, code) in [
            (&went, OneRosterVersion::V11, "other_version"),
            (&delta, version, "not_whole"),
            (&exported(&both, hillside, version).await, version, "other_school"),
        ] {
            assert_eq!(changes(&world, version, former).await.unwrap_err().fields[0].code, code);
        }
    }
);

on_both!(
    async fn real_sets_go_round(on: On) {
        for name in ["oneroster-1.1-bulk-minimal.zip", "oneroster-1.2-delta.zip", "sds-v1-100-users", "sds-v2.1"] {
            if let Some(set) = real(name) {
                goes_round(on, &set, false).await;
            }
        }
    }
);

/// As the sets of the program that the samples come from: a homeroom and a scheduled class without courses.csv, a grading
/// period, a parent without a role of its own but here.
fn eleven() -> Set {
    Set::of(&[
        (
            "manifest.csv",
            "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.academicSessions,bulk\nfile.categories,absent\n\
             file.classes,bulk\nfile.courses,absent\nfile.enrollments,bulk\nfile.orgs,bulk\nfile.users,bulk\n",
        ),
        (
            "orgs.csv",
            "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\norg,,,Hill House,school,H-1,\n",
        ),
        (
            "academicSessions.csv",
            "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n\
             q2,,,2nd Quarter,gradingPeriod,2026-10-02,2026-12-24,,2027\nt1,,,Autumn,term,2026-09-01,2026-12-24,,2027\n\
             s1,,,Half year,semester,2026-09-01,2026-12-24,,2027\ny1,,,2026/27,schoolYear,2026-09-01,2027-07-01,,2027\n",
        ),
        (
            "classes.csv",
            "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n\
             c1,,,Physics,09,crs-1,,scheduled,,org,t1,,,\nh1,,,9 B,09,crs-2,,homeroom,Room 4,org,\"t1,q2\",,,\n\
             c2,,,\"Choir, small\",,crs-3,,Scheduled,Hall,org,t1,,,\n",
        ),
        (
            "users.csv",
            "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n\
             t,,,TRUE,org,teacher,john,,John,Doe,,,john@example.org,,,,,secret\n\
             s1,,,TRUE,org,student,mary,,Mary,Jones,Ann,1001,,,+44 20 7946 0018,\"p1,t\",09,secret\n\
             s2,,,TRUE,org,student,anna,,Anna,Brown,,,,,,p1,09,\np1,,,TRUE,org,parent,tom,,Thomas,Jones,,,,0123,,,,\n\
             a,,,TRUE,org,administrator,ada,,Ada,King,,77,,,,,,\nx,,,true,org,aide,eve,,Eve,\"O'Hara, jun.\",,,,,,,,\n",
        ),
        (
            "enrollments.csv",
            "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n\
             e1,,,c1,org,t,teacher,,,\ne2,,,c1,org,s1,student,,,\ne3,,,h1,org,t,teacher,true,,\ne4,,,h1,org,s1,student,,,\n\
             e5,,,h1,org,s2,student,,2026-09-01,2026-10-01\ne6,,,c2,org,s2,student,,2026-09-08,\ne7,,,c2,org,x,teacher,,,\n",
        ),
    ])
}

fn twelve_delta() -> Set {
    let stamp = "active,2026-10-02T00:00:00.000Z";
    Set::of(&[
        (
            "manifest.csv",
            "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.academicSessions,delta\nfile.classes,delta\n\
             file.courses,delta\nfile.demographics,delta\nfile.enrollments,delta\nfile.orgs,delta\nfile.roles,delta\nfile.users,delta\n"
                .to_owned(),
        ),
        (
            "orgs.csv",
            format!(
                "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\nO,{stamp},Gotham High,school,,\n\
                 D,{stamp},Gotham,district,,\n"
            ),
        ),
        (
            "academicSessions.csv",
            format!(
                "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n\
                 A,{stamp},Semester 1,semester,2026-09-04,2027-01-26,,2026\n"
            ),
        ),
        (
            "courses.csv",
            format!(
                "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\n\
                 K,{stamp},,Biology,BIO,,O,,\nL,{stamp},,Biology,BIO2,,O,,\n"
            ),
        ),
        (
            "classes.csv",
            format!(
                "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n\
                 C,{stamp},Detection,,K,,scheduled,,O,A,,,\nE,{stamp},Detection,,L,,scheduled,,O,A,,,\n"
            ),
        ),
        (
            "users.csv",
            format!(
                "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n\
                 U,{stamp},TRUE,bruce,,Bruce,Wayne,,,bruce@example.org,,,\"G,H\",10,secret,,Bru,,,,\n\
                 V,{stamp},true,dick,,Dick,Grayson,,900,,,,,10,,,,,,,\nG,{stamp},true,alfred,,Alfred,Pennyworth,,,,,,,,,,,,,,\n\
                 H,{stamp},true,kate,,Kate,Kane,,,,,555-1,,,,,,,,,\nT,{stamp},true,jim,,Jim,Gordon,,11,,,,,,,,,,,,\n"
            ),
        ),
        (
            "roles.csv",
            format!(
                "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n\
                 R1,{stamp},U,primary,student,,,O,\nR2,{stamp},V,primary,student,2025-09-01,2026-10-01,O,\n\
                 R3,{stamp},G,primary,guardian,,,O,\nR4,{stamp},H,primary,relative,,,O,\nR5,{stamp},T,primary,counselor,,,O,\n\
                 R6,{stamp},T,secondary,teacher,,,O,\n"
            ),
        ),
        (
            "demographics.csv",
            format!(
                "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus\n\
                 U,{stamp},2010-04-17,male,,,,,,,,,,,\n"
            ),
        ),
        (
            "enrollments.csv",
            format!(
                "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n\
                 E1,{stamp},C,O,U,student,,,\nE2,{stamp},C,O,V,student,,2026-09-04,2026-10-01\nE3,{stamp},C,O,T,teacher,,,\n\
                 E4,{stamp},E,O,U,student,,,\n"
            ),
        ),
    ])
}

fn sds_1() -> Set {
    Set::of(&[
        (
            "School.csv",
            "SIS ID,Name,School Number\n10001,Contoso High School,10001\n10002,Fabrikam High School,10002\n",
        ),
        (
            "Section.csv",
            "SIS ID,School SIS ID,Section Name,Section Number,Term SIS ID,Term Name,Term StartDate,Term EndDate,Course SIS ID,Course Name,Course Number,Status\n\
             11001,10001,Math - Algebra 1,11001,12000,SY2627,7/1/2026,6/30/2027,11001,Math 101,101,Active\n\
             11002,10001,Math - Algebra 2,11002,12000,SY2627,7/1/2026,6/30/2027,11002,Math 102,102,Active\n\
             11003,10002,Art,11003,12000,SY2627,7/1/2026,6/30/2027,11003,Art 1,1,Active\n",
        ),
        (
            "Student.csv",
            "SIS ID,School SIS ID,First Name,Last Name,Username,Password,Student Number,Middle Name,Grade,Status,Birthdate\n\
             13001,10001,Ora,Klein,OKlein,P,13001,Christopher,9,Active,4/2/2010\n13002,10001,Beulah,McMillan,BM,P,13002,Lynn,10,Active,11/12/2009\n\
             13003,10002,Mo,Day,MD,P,13003,,10,Inactive,12/13/2009\n13004,10002,Ida,Fox,IF,P,13004,,10,Active,1/30/2010\n",
        ),
        (
            "Teacher.csv",
            "SIS ID,School SIS ID,First Name,Last Name,Username,Password,Teacher Number,Status\n14001,10001,Craig,Beane,CB,P,101,Active\n14002,10002,Daisy,Todd,DT,P,102,Active\n",
        ),
        ("StudentEnrollment.csv", "Section SIS ID,SIS ID\n11001,13001\n11001,13002\n11002,13001\n11003,13004\n"),
        ("TeacherRoster.csv", "Section SIS ID,SIS ID\n11001,14001\n11002,14001\n11003,14002\n"),
    ])
}

fn sds_21() -> Set {
    Set::of(&[
        (
            "orgs.csv",
            "sourcedId,name,type,parentSourcedId\n1,College,college,\n2,Department,department,1\n3,School,school,4\n4,Ministry,ministryOfEducation,\n",
        ),
        (
            "academicSessions.csv",
            "sourcedId,title,type,schoolYear,startDate,endDate\nSY,2026 School Year,schoolYear,2026,2026-08-24,2027-06-11\n\
             FS,Fall Semester,semester,2026,2026-09-01,2026-12-01\n",
        ),
        (
            "courses.csv",
            "sourcedId,orgSourcedId,title,code,schoolYearSourcedId,subject,grade\nC1,1,Computing,CS101,SY,10,PS1\nB1,3,Biology,B10,SY,14,10\n",
        ),
        (
            "classes.csv",
            "sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId\n61,1,Computing 1,FS,C1\n62,3,Biology 10,SY,B1\n",
        ),
        (
            "users.csv",
            "sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms\n71,j@x.org,Jack,Craig,P,j@x.org,,,\n\
             72,jean@x.org,Jean,Craig,P,,jean@x.org,+11234567890,+11234567890\n76,jj@x.org,Jason,Jonzer,P,jj@x.org,,,\n\
             77,k@x.org,Kristen,Fein,P,k@x.org,,,\n78,m@x.org,Mary,Smith,P,m@x.org,,,\n",
        ),
        (
            "roles.csv",
            "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate\n71,3,student,SY,10,TRUE,2026-08-24,2027-06-11\n\
             76,2,professor,FS,ps1,TRUE,2026-09-01,2026-12-01\n77,4,teacher,SY,10,TRUE,2026-08-24,2027-06-11\n\
             77,3,teacher,SY,10,FALSE,2026-08-24,2027-06-11\n78,1,student,FS,ps1,TRUE,2026-09-01,2026-12-01\n",
        ),
        (
            "enrollments.csv",
            "classSourcedId,userSourcedId,role\n61,78,student\n61,76,professor\n62,71,student\n62,77,teacher\n",
        ),
        ("relationships.csv", "userSourcedId,relationshipUserSourcedId,relationshipRole\n71,72,guardian\n"),
        ("demographics.csv", "userSourcedId,sex,birthDate\n71,male,2010-07-02\n78,male,2009-06-06\n"),
    ])
}

on_both!(
    async fn made_sets_of_all_four_kinds_go_round(on: On) {
        for (set, schools) in [(eleven(), 1), (twelve_delta(), 1), (sds_1(), 2), (sds_21(), 2)] {
            let went = goes_round(on, &set, true).await;
            assert!(went.is_empty() || went.len() == 2 * schools);
        }
    }
);

on_both!(
    async fn a_homeroom_and_its_scheduled_classes_keep_every_identifier(on: On) {
        // Who does not take art, and who takes it for a time; who teaches.
        let more = "et1,,,c1,o1,t1,teacher,,,\neh,,,h1,o1,t1,teacher,true,,\n";
        let set = crate::homes::taught_set(|student, course| course < 4 || student % 2 == 0, more);
        let went = goes_round(on, &set, true).await;
        for (version, bytes) in went {
            let tables = tables(&bytes);
            let ids = |file: &str| column(&tables, &bytes, file, "sourcedId").into_iter().collect::<BTreeSet<_>>();
            let all = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
            assert_eq!(ids("classes.csv"), all(&["h1", "c1", "c2", "c3", "c4", "c5"]));
            assert_eq!(ids("courses.csv"), all(&["k0", "k1", "k2", "k3", "k4", "k5"]));
            assert_eq!(ids("academicSessions.csv"), all(&["y1", "t1"]));
            let (students, courses) = (0..12, 0..SUBJECTS.len());
            let mut enrolled: BTreeSet<String> = students.clone().map(|student| format!("eh{student}")).collect();
            enrolled.extend(["et1".to_owned(), "eh".to_owned()]);
            for student in students.clone() {
                let taken = courses.clone().filter(|course| *course < 4 || student % 2 == 0);
                enrolled.extend(taken.map(|course| format!("e{course}x{student}")));
            }
            assert_eq!(ids("enrollments.csv"), enrolled);
            let mut users: BTreeSet<String> = students.clone().map(|student| format!("s{student}")).collect();
            users.insert("t1".to_owned());
            assert_eq!(ids("users.csv"), users);
            assert!(ids("orgs.csv").contains("o1"));
            if version == OneRosterVersion::V12 {
                let mut roles: BTreeSet<String> = students.map(|student| format!("r{student}")).collect();
                roles.insert("rt".to_owned());
                assert_eq!(ids("roles.csv"), roles);
            } else {
                assert!(!tables.contains_key("roles.csv"));
            }
            let kinds = column(&tables, &bytes, "classes.csv", "classType");
            assert_eq!(kinds.iter().filter(|kind| *kind == "homeroom").count(), 1);
            // Our last day is a day of it, theirs is the day after.
            let ends = column(&tables, &bytes, "academicSessions.csv", "endDate").into_iter().collect::<BTreeSet<_>>();
            assert_eq!(ends, all(&["2027-07-16", "2026-12-19"]));
        }
    }
);

both!(
    async fn a_school_that_was_never_on_the_other_side_goes_round(world: World) {
        let input = FillDemoSchool { school: world.school, seed: 7 };
        fill_demo_school(&world.administrator, input).await.unwrap();
        for version in VERSIONS {
            let bytes = school_goes_round(world.on, &world.administrator, world.school, version).await;
            let tables = tables(&bytes);
            let counts = |file: &str| tables[file].len() - 1;
            assert!(counts("users.csv") > 300 && counts("results.csv") > 8_000, "{version:?}");
        }
    }
);

/// Rows of all tables that an import may touch.
async fn rows(office: &Context) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in
        ["students", "staff", "guardians", "classes", "courses", "enrolments", "roster_ids", "marks", "audit_changes"]
    {
        let statement = office.store().statement(&format!("SELECT count(*) FROM {table}"), []);
        let row = office.store().reader().query_one_raw(statement).await;
        counts.push(row.unwrap().unwrap().try_get_by_index(0).unwrap());
    }
    counts
}

/// The set with one place of it spoilt: a byte, the name of a column, a cell of the first row.
fn spoilt(files: &BTreeMap<String, String>) -> Vec<(String, Set)> {
    let with = |name: &str, bytes: Vec<u8>| {
        let other = files.iter().filter(|(known, _)| *known != name);
        let other = other.map(|(name, text)| (name.clone(), text.clone().into_bytes()));
        Set::bytes(other.chain([(name.to_owned(), bytes)]))
    };
    let mut all = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| *name != "manifest.csv") {
        let lines: Vec<&str> = text.split_terminator("\r\n").collect();
        let mut bytes = text.clone().into_bytes();
        let middle = bytes.len() - 4;
        bytes[middle] = 0xFF;
        all.push((format!("{name}: a byte"), with(name, bytes)));
        let mut quote = text.clone().into_bytes();
        quote.insert(lines[0].len() + 2, b'"');
        all.push((format!("{name}: a quotation mark"), with(name, quote)));
        let headers: Vec<&str> = lines[0].split(',').collect();
        for at in 0..headers.len() {
            let mut wrong = headers.clone();
            wrong[at] = "sourceldl";
            let line = wrong.join(",");
            let text = [&[line.as_str()][..], &lines[1..]].concat().join("\r\n");
            all.push((format!("{name}: the header {}", headers[at]), with(name, text.into_bytes())));
            let cells: Vec<&str> = lines[1].split(',').collect();
            if cells.len() == headers.len() {
                let mut cells = cells;
                cells[at] = "§";
                let row = cells.join(",");
                let text = [&[lines[0], row.as_str()][..], &lines[2..]].concat().join("\r\n");
                all.push((format!("{name}: the cell {}", headers[at]), with(name, text.into_bytes())));
            }
        }
    }
    all
}

on_both!(
    async fn a_set_that_is_spoilt_in_one_place_is_taken_in_or_refused_never_half(on: On) {
        let Some(home) = home_of(on, &crate::graded_set::graded_set()).await else { return };
        let [school] = schools_of(&home.office).await[..] else { panic!("one school") };
        let bytes = exported(&home.office, school, OneRosterVersion::V12).await;
        let before = rows(&home.office).await;
        let (mut taken, mut refused) = (0, 0);
        for (what, set) in spoilt(&unpacked(&bytes)) {
            let shown = ImportSet { accept_refused: AcceptRefused::Nothing, ..Default::default() };
            match set.import(&home.office, shown.clone()).await {
                Err(error) => {
                    assert_eq!(error.code, ErrorCode::BadFile, "{what}: {error:?}");
                    let rows = error.details.unwrap()["refused"].as_array().unwrap().clone();
                    assert!(!rows.is_empty(), "{what}");
                    for row in rows {
                        assert!(row["file"] != "" && row["line"] != 0, "{what}: {row}");
                    }
                    refused += 1;
                }
                Ok(report) if report.refused.is_empty() => taken += 1,
                Ok(report) => {
                    assert!(report.held_back, "{what}");
                    for row in &report.refused {
                        assert!(!row.file.is_empty() && row.line > 0, "{what}: {row:?}");
                        assert!(!row.column.is_empty() || row.said.is_some(), "{what}: {row:?}");
                    }
                    let apply = ImportSet { apply: true, ..shown };
                    assert!(!set.import(&home.office, apply).await.unwrap().applied, "{what}");
                    refused += 1;
                }
            }
        }
        assert_eq!(rows(&home.office).await, before);
        assert!(taken > 60 && refused > 60, "{taken} taken in, {refused} refused");
    }
);
