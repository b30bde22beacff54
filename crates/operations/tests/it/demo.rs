use kernel::ErrorCode;
use school::demo::{FillDemoSchool, fill_demo_school};
use serde_json::json;

use crate::both;

both!(
    async fn an_empty_database_becomes_a_demo_school_once(world: World) {
        let input = FillDemoSchool { school: world.school, seed: 7 };
        let made = fill_demo_school(&world.administrator, input.clone()).await.unwrap();
        assert_eq!((made.schools, made.classes, made.students), (2, 28, 600));
        assert!(made.marks > 20_000 && made.attendance_marks > 15_000, "{made:?}");
        let list = json!({ "school": world.school, "limit": 10 });
        let page = ::operations::call(&world.administrator, "people.list_students", list).await.unwrap();
        assert_eq!(page["total"], 300);
        let again = fill_demo_school(&world.administrator, input).await.unwrap_err();
        assert_eq!(again.code, ErrorCode::InUse);
    }
);
