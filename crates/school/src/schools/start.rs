//! What every new school starts with: attendance codes and a grade scale, both of which it can change.

use serde_json::json;
use store::Transaction;
use store::entities::{AttendanceMeaning, attendance_codes, grade_scales};
use store::ids::{AttendanceCodeId, GradeScaleId, SchoolId};

use crate::Result;

/// Code, title, meaning.
const CODES: [(&str, &str, AttendanceMeaning); 4] = [
    ("P", "Present", AttendanceMeaning::Present),
    ("A", "Absent", AttendanceMeaning::Absent),
    ("L", "Late", AttendanceMeaning::Late),
    ("E", "Excused", AttendanceMeaning::Excused),
];

/// Inserts the attendance codes P, A, L, E and a grade scale from A to F.
pub async fn insert_school_basics(tx: &mut Transaction<'_>, school: SchoolId) -> Result<()> {
    for (position, (code, title, meaning)) in (0..).zip(CODES) {
        let row = attendance_codes::Model {
            id: AttendanceCodeId::new(),
            school_id: school,
            code: code.to_owned(),
            title: title.to_owned(),
            meaning,
            position,
            deleted_at: None,
            version: 1,
        };
        tx.insert::<attendance_codes::Entity>(row).await?;
    }
    let bands = json!([
        { "label": "A", "fromPercent": 85.0 },
        { "label": "B", "fromPercent": 70.0 },
        { "label": "C", "fromPercent": 55.0 },
        { "label": "D", "fromPercent": 40.0 },
        { "label": "F", "fromPercent": 0.0 },
    ]);
    let scale = grade_scales::Model {
        id: GradeScaleId::new(),
        school_id: school,
        title: "A to F".to_owned(),
        bands,
        version: 1,
    };
    tx.insert::<grade_scales::Entity>(scale).await?;
    Ok(())
}
