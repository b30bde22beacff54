//! Photographs of students and staff.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use kernel::context::Upload;
use kernel::{Context, ErrorCode, Role};
use school::people::*;
use sea_orm::{EntityTrait, PaginatorTrait};
use store::entities::{audit_changes, pictures};
use upkeep::{ChangeDetails, Undo, change_details, undo};
use uuid::Uuid;

use crate::both;
use crate::roster::{Roster, second_school};

fn file(width: u32, height: u32, red: u8, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = RgbImage::from_pixel(width, height, Rgb([red, 90, 60]));
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn handed(who: &Context, bytes: Vec<u8>) -> Uuid {
    let owner = Some(who.actor.as_ref().unwrap().user);
    who.services.keep_upload(Upload { file_name: "me.jpg".into(), bytes: std::sync::Arc::new(bytes), owner })
}

async fn set(who: &Context, of: PortraitOf, version: Option<i32>, bytes: Vec<u8>) -> kernel::Result<kernel::Undoable> {
    let picture = Some(handed(who, bytes));
    save_portrait(who, SavePortrait { of, version, picture }).await
}

async fn shown(who: &Context, of: PortraitOf) -> kernel::Result<Option<Portrait>> {
    portrait(who, OfPortrait { of }).await
}

/// The picture as anybody sees it: width, height, and its red.
fn seen(portrait: &Portrait) -> (u32, u32, u8) {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(&portrait.jpeg).unwrap();
    assert_eq!(image::guess_format(&bytes).unwrap(), ImageFormat::Jpeg);
    let picture = image::load_from_memory(&bytes).unwrap().to_rgb8();
    (picture.width(), picture.height(), picture.get_pixel(5, 5).0[0])
}

fn near(found: (u32, u32, u8), expected: (u32, u32, u8)) -> bool {
    (found.0, found.1) == (expected.0, expected.1) && found.2.abs_diff(expected.2) < 8
}

both!(
    async fn a_photograph_is_set_replaced_taken_away_and_comes_back(world: World) {
        let roster = Roster::new(&world).await;
        let office = world.user("office", Role::Operator).await;
        let of = PortraitOf::Student(roster.in_a[0]);
        assert_eq!(shown(&office, of).await.unwrap(), None);
        let first = set(&office, of, None, file(1_000, 2_000, 200, ImageFormat::Png)).await.unwrap();
        let now = shown(&office, of).await.unwrap().unwrap();
        assert!(near(seen(&now), (240, 480, 200)), "{:?}", seen(&now));
        let second = set(&office, of, Some(now.version), file(90, 60, 20, ImageFormat::WebP)).await.unwrap();
        let now = shown(&office, of).await.unwrap().unwrap();
        assert!(near(seen(&now), (90, 60, 20)));
        // Who saw the first one replaces nothing, nor does who saw none.
        for version in [None, Some(1)] {
            let late = set(&office, of, version, file(60, 60, 1, ImageFormat::Jpeg)).await.unwrap_err();
            assert_eq!(late.code, ErrorCode::Stale);
            let late = save_portrait(&office, SavePortrait { of, version, picture: None }).await.unwrap_err();
            assert_eq!(late.code, ErrorCode::Stale);
        }
        undo(&office, Undo { entry: second.undo.unwrap() }).await.unwrap();
        let now = shown(&office, of).await.unwrap().unwrap();
        assert!(near(seen(&now), (240, 480, 200)));
        let gone = SavePortrait { of, version: Some(now.version), picture: None };
        let gone = save_portrait(&office, gone).await.unwrap();
        assert_eq!(shown(&office, of).await.unwrap(), None);
        let again = undo(&office, Undo { entry: gone.undo.unwrap() }).await.unwrap();
        assert!(near(seen(&shown(&office, of).await.unwrap().unwrap()), (240, 480, 200)));
        undo(&office, Undo { entry: again.undo.unwrap() }).await.unwrap();
        assert_eq!(shown(&office, of).await.unwrap(), None);
        let none = save_portrait(&office, SavePortrait { of, version: None, picture: None }).await.unwrap_err();
        assert_eq!(none.code, ErrorCode::NotFound);
        // In the history there is that it was, and nothing of it.
        let details = ChangeDetails { entry: first.undo.unwrap(), offset: None, limit: None };
        let rows = change_details(&world.administrator, details).await.unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.name.as_deref()).collect::<Vec<_>>(), [Some("José Muñoz")]);
        let changes = audit_changes::Entity::find().all(world.services.store.reader()).await.unwrap();
        let longest = changes.iter().map(|change| format!("{:?}{:?}", change.before, change.after).len()).max();
        assert!(longest < Some(2_000), "{longest:?}");
        assert!(upkeep::damage(&world.services).await.unwrap().findings.is_empty());
    }
);

/// A PNG that says it is of so many pixels and holds next to nothing.
fn bomb(side: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = b"IHDR".to_vec();
    head.extend(side.to_be_bytes());
    head.extend(side.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    png.extend(13_u32.to_be_bytes());
    png.extend(&head);
    png.extend(crc(&head).to_be_bytes());
    png
}

fn crc(bytes: &[u8]) -> u32 {
    let step =
        |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)));
    !bytes.iter().fold(u32::MAX, step)
}

both!(
    async fn what_is_no_photograph_is_refused_and_nothing_is_kept(world: World) {
        let roster = Roster::new(&world).await;
        let of = PortraitOf::Staff(roster.ben);
        let office = &world.administrator;
        let whole = file(200, 200, 9, ImageFormat::Jpeg);
        for bad in [
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            b"%PDF-1.7".to_vec(),
            Vec::new(),
            bomb(60_000),
            bomb(15_000),
            vec![0; 26 << 20],
            file(200, 20, 9, ImageFormat::Png),
            file(200, 200, 9, ImageFormat::Png)[..60].to_vec(),
        ] {
            let refused = set(office, of, None, bad).await.unwrap_err();
            assert_eq!((refused.code, refused.help.is_some()), (ErrorCode::BadFile, true));
        }
        let unknown = save_portrait(office, SavePortrait { of, version: None, picture: Some(Uuid::now_v7()) }).await;
        assert_eq!(unknown.unwrap_err().code, ErrorCode::NotFound);
        // What somebody else handed in is theirs.
        let other = world.user("other", Role::Operator).await;
        let theirs = Some(handed(&other, whole.clone()));
        let taken = save_portrait(office, SavePortrait { of, version: None, picture: theirs }).await;
        assert_eq!(taken.unwrap_err().code, ErrorCode::NotFound);
        assert_eq!(pictures::Entity::find().count(world.services.store.reader()).await.unwrap(), 0);
        assert_eq!(shown(office, of).await.unwrap(), None);
        // What the camera wrote beside the pixels is not kept.
        let secret = b"GPS 38.7 N 9.1 W";
        let length = u16::try_from(secret.len() + 2).unwrap().to_be_bytes();
        let told = [&whole[..2], &[0xFF, 0xFE], &length, secret, &whole[2..]].concat();
        set(office, of, None, told).await.unwrap();
        let kept = pictures::Entity::find().one(world.services.store.reader()).await.unwrap().unwrap();
        for bytes in [kept.jpeg, kept.small] {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret));
        }
    }
);

both!(
    async fn a_photograph_is_seen_by_who_reaches_the_person(world: World) {
        let roster = Roster::new(&world).await;
        let (office, school) = (&world.administrator, world.school);
        let picture = || file(100, 100, 9, ImageFormat::Jpeg);
        let (jose, lukasz) = (PortraitOf::Student(roster.in_a[0]), PortraitOf::Student(roster.in_b[0]));
        for of in [jose, lukasz, PortraitOf::Staff(roster.chloe), PortraitOf::Staff(roster.ben)] {
            set(office, of, None, picture()).await.unwrap();
        }
        let teacher = roster.teacher(&world).await;
        let pupil = world.user_for("pupil", Role::Student, school, None, Some(roster.in_a[0])).await;
        let other = second_school(&world).await;
        let stranger = world.user_for("stranger", Role::Principal, other, None, None).await;
        let code = async |who: &Context, of| shown(who, of).await.map(|found| found.is_some()).map_err(|e| e.code);
        assert_eq!(code(&teacher, jose).await, Ok(true));
        assert_eq!(code(&teacher, PortraitOf::Staff(roster.ben)).await, Ok(true));
        assert_eq!(code(&pupil, jose).await, Ok(true));
        for (who, of) in [
            (&teacher, lukasz),
            (&teacher, PortraitOf::Staff(roster.chloe)),
            (&pupil, lukasz),
            (&pupil, PortraitOf::Staff(roster.ben)),
            (&stranger, jose),
            (&stranger, PortraitOf::Staff(roster.ben)),
        ] {
            assert_eq!(code(who, of).await, Err(ErrorCode::Forbidden));
        }
        for who in [&teacher, &pupil, &stranger] {
            assert_eq!(set(who, jose, Some(1), picture()).await.unwrap_err().code, ErrorCode::Forbidden);
        }
        let small = class_portraits(&teacher, ClassPortraits { class: roster.class_a }).await.unwrap();
        assert_eq!(small.iter().map(|one| one.student).collect::<Vec<_>>(), [roster.in_a[0]]);
        let refused = class_portraits(&teacher, ClassPortraits { class: roster.class_b }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        let refused = class_portraits(&pupil, ClassPortraits { class: roster.class_a }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        // Of whom is deleted the photograph stays as it is.
        delete_students(office, StudentIds { school, students: vec![roster.in_a[0]] }).await.unwrap();
        delete_staff(office, StaffIds { school, staff: vec![roster.chloe] }).await.unwrap();
        for of in [jose, PortraitOf::Staff(roster.chloe)] {
            assert_eq!(set(office, of, Some(1), picture()).await.unwrap_err().code, ErrorCode::NotFound);
        }
        assert_eq!(code(&teacher, jose).await, Err(ErrorCode::Forbidden));
        assert_eq!(code(office, jose).await, Ok(true));
        assert!(class_portraits(&teacher, ClassPortraits { class: roster.class_a }).await.unwrap().is_empty());
    }
);
