//! The columns of the list of students.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, Value};
use store::entities::{ClassKind, students};
use store::ids::StudentId;
use uuid::Uuid;
use words::Message;
use words::paper::lists::{columns, status};

use super::columns::{Column, Listed};
use super::{ListCell, ShowList};
use crate::people::bulk::placeholders;
use crate::people::{
    ListStudents, NameOrder, Named, StudentFilter, StudentRow, StudentStatus, list_students, stays, whom_to_call,
};
use crate::schools::age;
use crate::{Call, Context, Page, Result};

/// A student with what the list's further columns need.
pub(super) struct Student {
    row: StudentRow,
    more: students::Model,
    first_day: Option<NaiveDate>,
    guardian: Option<ToCall>,
}

#[derive(FromQueryResult)]
struct ToCall {
    student_id: StudentId,
    name: String,
    phone: Option<String>,
}

impl Student {
    fn classes(&self, kind: ClassKind) -> String {
        let titles = self.row.classes.iter().filter(|class| class.kind == kind).map(|class| class.title.as_str());
        titles.collect::<Vec<_>>().join(", ")
    }

    /// As lists name a student who is called otherwise: `Okonkwo, Mina (Mimi)`.
    fn name(&self, order: NameOrder) -> String {
        let name = self.more.list_name(order);
        match self.more.preferred_name.as_deref() {
            Some(called) if !called.is_empty() && called != self.more.given_name => format!("{name} ({called})"),
            _ => name,
        }
    }
}

/// What a student is, in words.
pub(super) fn status(status: StudentStatus) -> Message {
    match status {
        StudentStatus::Active => status::active(),
        StudentStatus::Expected => status::expected(),
        StudentStatus::OnLeave => status::on_leave(),
        StudentStatus::Withdrawn => status::withdrawn(),
        StudentStatus::Graduated => status::graduated(),
        StudentStatus::Transferred => status::transferred(),
    }
}

impl Listed for Student {
    type Filter = StudentFilter;

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::<Self>::new("name", columns::name(), |s, around| ListCell::Text(s.name(around.order)))
                .usual()
                .sortable()
                .wide(10.0, 3.0),
            Column::<Self>::new("native", columns::native(), |s, _| ListCell::text(s.more.native_name.clone()))
                .lesser(2)
                .usual()
                .wide(6.0, 2.0),
            Column::<Self>::new("number", columns::number(), |s, _| ListCell::Text(s.more.number.clone()))
                .usual()
                .sortable()
                .wide(5.0, 1.0),
            Column::<Self>::new("class", columns::class(), |s, _| ListCell::text(s.classes(ClassKind::Homeroom)))
                .usual()
                .sortable()
                .wide(4.0, 1.0),
            Column::<Self>::new("groups", columns::groups(), |s, _| ListCell::text(s.classes(ClassKind::Group)))
                .wide(8.0, 2.0),
            Column::<Self>::new("status", columns::status(), |s, _| ListCell::Said(status(s.row.status)))
                .lesser(1)
                .usual()
                .sortable()
                .wide(7.0, 1.0),
            Column::<Self>::new("gradeLevel", columns::grade_level(), |s, _| {
                ListCell::text(s.more.grade_level.clone())
            })
            .sortable()
            .wide(6.0, 1.0),
            Column::<Self>::new("givenName", columns::given_name(), |s, _| ListCell::Text(s.more.given_name.clone()))
                .wide(7.0, 2.0),
            Column::<Self>::new("middleName", columns::middle_name(), |s, _| {
                ListCell::text(s.more.middle_name.clone())
            })
            .wide(7.0, 1.0),
            Column::<Self>::new("familyName", columns::family_name(), |s, _| {
                ListCell::Text(s.more.family_name.clone())
            })
            .wide(7.0, 2.0),
            Column::<Self>::new("preferredName", columns::preferred_name(), |s, _| {
                ListCell::text(s.more.preferred_name.clone())
            })
            .wide(7.0, 1.0),
            Column::<Self>::new("sex", columns::sex(), |s, _| ListCell::text(s.more.sex.clone()))
                .sortable()
                .wide(5.0, 1.0),
            Column::<Self>::new("birthDate", columns::birth_date(), |s, _| ListCell::day(s.more.birth_date))
                .sortable()
                .wide(7.0, 1.0),
            Column::<Self>::new("age", columns::age(), |s, around| {
                ListCell::number(s.more.birth_date.map(|born| i64::from(age(born, around.day))))
            })
            .numeric()
            .wide(4.0, 1.0),
            Column::<Self>::new("firstDay", columns::first_day(), |s, _| ListCell::day(s.first_day)).wide(7.0, 1.0),
            Column::<Self>::new("lastDay", columns::last_day(), |s, _| ListCell::day(s.more.last_day))
                .sortable()
                .wide(7.0, 1.0),
            Column::<Self>::new("email", columns::email(), |s, _| ListCell::text(s.more.email.clone())).wide(10.0, 2.0),
            Column::<Self>::new("phone", columns::phone(), |s, _| ListCell::text(s.more.phone.clone())).wide(9.0, 1.0),
            Column::<Self>::new("guardian", columns::guardian(), |s, _| {
                ListCell::text(s.guardian.as_ref().map(|guardian| guardian.name.clone()))
            })
            .wide(9.0, 2.0),
            Column::<Self>::new("guardianPhone", columns::guardian_phone(), |s, _| {
                ListCell::text(s.guardian.as_ref().and_then(|guardian| guardian.phone.clone()))
            })
            .wide(9.0, 1.0),
        ]
    }

    fn seen(&self) -> (Uuid, i32) {
        (self.row.id.0, self.row.version)
    }

    async fn page(
        call: &Call,
        filter: &StudentFilter,
        input: &ShowList,
        offset: u64,
        limit: u64,
    ) -> Result<Page<Self>> {
        let list = ListStudents {
            school: input.school,
            search: input.search.clone(),
            filter: filter.clone(),
            sort: input.sort.clone(),
            offset: Some(offset),
            limit: Some(limit),
        };
        let page = list_students(call, list).await?;
        let ids: Vec<StudentId> = page.rows.iter().map(|row| row.id).collect();
        let found = students::Entity::find()
            .filter(students::Column::SchoolId.eq(input.school))
            .filter(students::Column::Id.is_in(ids.iter().copied()))
            .all(call.store().reader())
            .await?;
        let mut more: HashMap<StudentId, students::Model> = found.into_iter().map(|row| (row.id, row)).collect();
        let mut stays = match input.shows(&["firstDay"]) {
            true => stays::stays_of(call.store().reader(), input.school, &ids).await?,
            false => HashMap::new(),
        };
        let mut guardians = match input.shows(&["guardian", "guardianPhone"]) {
            true => to_call(call, input, &ids).await?,
            false => HashMap::new(),
        };
        let rows = page.rows.into_iter().filter_map(|row| {
            let times = stays.remove(&row.id);
            Some(Self {
                more: more.remove(&row.id)?,
                first_day: times.and_then(|times| times.last().map(|stay| stay.start_date)),
                guardian: guardians.remove(&row.id),
                row,
            })
        });
        Ok(Page { rows: rows.collect(), total: page.total })
    }
}

/// Whom the school calls about each of these students.
async fn to_call(context: &Context, input: &ShowList, ids: &[StudentId]) -> Result<HashMap<StudentId, ToCall>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = whom_to_call(&placeholders(2, ids.len()));
    let values = std::iter::once(Value::from(input.school)).chain(ids.iter().map(|id| Value::from(*id)));
    let found = ToCall::find_by_statement(context.store().statement(&sql, values));
    let found = found.all(context.store().reader()).await?;
    Ok(found.into_iter().map(|guardian| (guardian.student_id, guardian)).collect())
}
