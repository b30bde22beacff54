//! No row names a row of another school: what names a row of the school names it together with the school, and so do the
//! unique constraints. Nor does a user, or a role of one, reach into another district. Rows that do so already stay as they
//! are; `homeroom doctor` names them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261129_e00010_own_school"
    }
}

/// Tables whose rows others name.
const NAMED: [&str; 10] = [
    "academic_sessions",
    "assessments",
    "attendance_codes",
    "categories",
    "classes",
    "courses",
    "guardians",
    "staff",
    "students",
    "subjects",
];

/// Unique constraints that did not begin with the school.
const UNIQUE: [(&str, &[&str]); 7] = [
    ("guardianships", &["student_id", "guardian_id"]),
    ("courses", &["class_id", "subject_id"]),
    ("teachings", &["course_id", "staff_id"]),
    ("enrolments", &["class_id", "student_id", "start_date"]),
    ("marks", &["assessment_id", "student_id"]),
    ("registers", &["class_id", "date", "lesson"]),
    ("attendance_marks", &["student_id", "date", "lesson"]),
];

/// Indexes that the new unique constraints make needless.
const NEEDLESS: [&str; 2] = ["guardianships_by_student", "courses_by_class"];

/// Which column of which table names a row of which other table of the school.
const REFERENCES: [(&str, &str, &str); 34] = [
    ("academic_sessions", "parent_id", "academic_sessions"),
    ("guardianships", "student_id", "students"),
    ("guardianships", "guardian_id", "guardians"),
    ("classes", "year_id", "academic_sessions"),
    ("classes", "homeroom_staff_id", "staff"),
    ("courses", "class_id", "classes"),
    ("courses", "subject_id", "subjects"),
    ("teachings", "course_id", "courses"),
    ("teachings", "staff_id", "staff"),
    ("enrolments", "class_id", "classes"),
    ("enrolments", "student_id", "students"),
    ("categories", "course_id", "courses"),
    ("assessments", "course_id", "courses"),
    ("assessments", "category_id", "categories"),
    ("assessments", "term_id", "academic_sessions"),
    ("marks", "assessment_id", "assessments"),
    ("marks", "student_id", "students"),
    ("report_comments", "student_id", "students"),
    ("report_comments", "term_id", "academic_sessions"),
    ("report_comments", "course_id", "courses"),
    ("registers", "class_id", "classes"),
    ("attendance_marks", "class_id", "classes"),
    ("attendance_marks", "student_id", "students"),
    ("attendance_marks", "code_id", "attendance_codes"),
    ("consents", "student_id", "students"),
    ("face_templates", "student_id", "students"),
    ("face_objections", "student_id", "students"),
    ("face_photographs", "student_id", "students"),
    ("evidence_frames", "class_id", "classes"),
    ("evidence_frames", "student_id", "students"),
    ("face_uses", "class_id", "classes"),
    ("face_uses", "student_id", "students"),
    ("face_rejections", "class_id", "classes"),
    ("face_rejections", "student_id", "students"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_connection().get_database_backend() == DbBackend::Sqlite {
            // SQLite changes no constraint of a table that is there: each is made anew.
            crate::dialect::run(manager, include_str!("m20261129_e00010_own_school.sql")).await?;
            return own_district_of_sqlite(manager).await;
        }
        let connection = manager.get_connection();
        for table in NAMED {
            connection.execute_unprepared(&format!("ALTER TABLE {table} ADD UNIQUE (school_id, id)")).await?;
        }
        for (table, columns) in UNIQUE {
            let (former, columns) = (columns.join("_"), columns.join(", "));
            let anew =
                format!("ALTER TABLE {table} DROP CONSTRAINT {table}_{former}_key, ADD UNIQUE (school_id, {columns})");
            connection.execute_unprepared(&anew).await?;
        }
        for index in NEEDLESS {
            connection.execute_unprepared(&format!("DROP INDEX {index}")).await?;
        }
        for (table, column, named) in REFERENCES {
            let crosses = format!(
                "SELECT 1 FROM {table} x LEFT JOIN {named} p ON p.id = x.{column} AND p.school_id = x.school_id \
                 WHERE x.{column} IS NOT NULL AND p.id IS NULL LIMIT 1"
            );
            let crosses = connection.query_one_raw(Statement::from_string(DbBackend::Postgres, crosses)).await?;
            // What crosses already stays, and is asked for of new rows alone.
            let of_new_rows = if crosses.is_some() { " NOT VALID" } else { "" };
            let anew = format!(
                "ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_fkey, ADD CONSTRAINT {table}_{column}_fkey \
                 FOREIGN KEY (school_id, {column}) REFERENCES {named} (school_id, id){of_new_rows}"
            );
            connection.execute_unprepared(&anew).await?;
        }
        own_district_of_postgres(manager).await
    }
}

/// Which column of which table must stay within the district of the row, and the district that it names.
const OF_DISTRICT: [(&str, &str, &str); 3] = [
    (
        "users",
        "staff_id",
        "SELECT s.district_id FROM staff p JOIN schools s ON s.id = p.school_id WHERE p.id = NEW.staff_id",
    ),
    (
        "users",
        "student_id",
        "SELECT s.district_id FROM students p JOIN schools s ON s.id = p.school_id WHERE p.id = NEW.student_id",
    ),
    (
        "grants",
        "user_id",
        "SELECT s.district_id FROM users p JOIN schools s ON s.id = p.school_id WHERE p.id = NEW.user_id",
    ),
];

/// The district of a new row; none where it stands above districts.
fn own_district(table: &str) -> &'static str {
    match table {
        "grants" => "coalesce(NEW.district_id, (SELECT s.district_id FROM schools s WHERE s.id = NEW.school_id))",
        _ => "(SELECT s.district_id FROM schools s WHERE s.id = NEW.school_id)",
    }
}

async fn own_district_of_sqlite(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, column, named) in OF_DISTRICT {
        let own = own_district(table);
        for when in ["INSERT", "UPDATE"] {
            let name = format!("{table}_{column}_own_district_{}", when.to_lowercase());
            let trigger = format!(
                "CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN ({named}) <> {own} \
                 BEGIN SELECT RAISE(ABORT, '{table}.{column} names a row of another district'); END"
            );
            manager.get_connection().execute_unprepared(&trigger).await?;
        }
    }
    Ok(())
}

async fn own_district_of_postgres(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, column, named) in OF_DISTRICT {
        let (own, name) = (own_district(table), format!("{table}_{column}_own_district"));
        let function = format!(
            "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF ({named}) <> {own} THEN \
             RAISE EXCEPTION '{table}.{column} names a row of another district' USING ERRCODE = 'foreign_key_violation'; \
             END IF; RETURN NEW; END $$"
        );
        manager.get_connection().execute_unprepared(&function).await?;
        let trigger =
            format!("CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()");
        manager.get_connection().execute_unprepared(&trigger).await?;
    }
    Ok(())
}
