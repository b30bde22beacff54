//! The columns of the list of staff.

use uuid::Uuid;
use words::paper::lists::columns;

use super::columns::{Column, Listed};
use super::{ListCell, ShowList, StaffFilter};
use crate::people::{ListStaff, StaffRow, list_staff};
use crate::{Call, Page, Result};

impl Listed for StaffRow {
    type Filter = StaffFilter;

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::<Self>::new("name", columns::name(), |s, around| {
                ListCell::Text(around.order.list_name(&s.given_name, &s.family_name))
            })
            .usual()
            .sortable()
            .wide(10.0, 3.0),
            Column::<Self>::new("jobTitle", columns::job_title(), |s, _| ListCell::text(s.job_title.clone()))
                .usual()
                .sortable()
                .wide(10.0, 2.0),
            Column::<Self>::new("number", columns::number(), |s, _| ListCell::text(s.number.clone()))
                .lesser(1)
                .usual()
                .sortable()
                .wide(6.0, 1.0),
            Column::<Self>::new("phone", columns::phone(), |s, _| ListCell::text(s.phone.clone()))
                .lesser(3)
                .usual()
                .wide(8.0, 1.0),
            Column::<Self>::new("username", columns::username(), |s, _| ListCell::text(s.username.clone()))
                .lesser(4)
                .usual()
                .wide(7.0, 1.0),
            Column::<Self>::new("courses", columns::courses(), |s, _| ListCell::Number(s.courses))
                .lesser(2)
                .usual()
                .numeric()
                .wide(5.0, 1.0),
            Column::<Self>::new("native", columns::native(), |s, _| ListCell::text(s.native_name.clone()))
                .wide(6.0, 2.0),
            Column::<Self>::new("givenName", columns::given_name(), |s, _| ListCell::Text(s.given_name.clone()))
                .wide(7.0, 2.0),
            Column::<Self>::new("familyName", columns::family_name(), |s, _| ListCell::Text(s.family_name.clone()))
                .wide(7.0, 2.0),
            Column::<Self>::new("email", columns::email(), |s, _| ListCell::text(s.email.clone())).wide(10.0, 2.0),
            Column::<Self>::new("firstDay", columns::works_since(), |s, _| ListCell::day(s.first_day)).wide(7.0, 1.0),
            Column::<Self>::new("lastDay", columns::works_until(), |s, _| ListCell::day(s.last_day)).wide(7.0, 1.0),
        ]
    }

    fn seen(&self) -> (Uuid, i32) {
        (self.id.0, self.version)
    }

    async fn page(call: &Call, filter: &StaffFilter, input: &ShowList, offset: u64, limit: u64) -> Result<Page<Self>> {
        let list = ListStaff {
            school: input.school,
            search: input.search.clone(),
            deleted: filter.deleted,
            left: filter.left,
            as_of: filter.as_of,
            own_field: filter.own_field,
            own_value: filter.own_value.clone(),
            sort: input.sort.clone(),
            offset: Some(offset),
            limit: Some(limit),
        };
        list_staff(call, list).await
    }
}
