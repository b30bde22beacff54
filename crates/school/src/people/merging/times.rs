//! Times at the school, in classes, away and exempted: where those of two records share a day they become one time.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::{InTheWay, TwoRecords};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::Transaction;
use store::entities::{ClassKind, SoftDeleted, classes, enrolments, exemptions, leaves, stays, students, users};
use store::ids::{ClassId, StudentId};
use words::refusals;

use crate::Result;
use crate::people::full_name;
use crate::people::stays::stays_of;
use crate::schools::load_settings;

/// Where times are that become one, rather than that one of two goes.
pub(super) const TABLES: [&str; 4] = [stays::TABLE, leaves::TABLE, enrolments::TABLE, exemptions::TABLE];

/// A row that says from when to when something was.
trait Time: Clone {
    fn span(&self) -> (NaiveDate, Option<NaiveDate>);
    fn student(&self) -> StudentId;
    /// The same row with other days; how it began is that of `first`, how it ended that of `last`.
    fn with(&self, first: &Self, last: &Self) -> Self;
}

macro_rules! times {
    ($($table:ident { $($began:ident),* ; $($ended:ident),* })*) => {$(
        impl Time for $table::Model {
            fn span(&self) -> (NaiveDate, Option<NaiveDate>) {
                (self.start_date, self.end_date)
            }

            fn student(&self) -> StudentId {
                self.student_id
            }

            fn with(&self, first: &Self, last: &Self) -> Self {
                Self {
                    start_date: first.start_date,
                    end_date: last.end_date,
                    $($began: Clone::clone(&first.$began),)*
                    $($ended: Clone::clone(&last.$ended),)*
                    ..self.clone()
                }
            }
        }
    )*};
}

times! {
    stays { entry_kind, entry_reason; exit_kind, exit_reason }
    leaves { reason; }
    enrolments { ; }
    exemptions { reason; }
}

/// Times of which some share days, as the one time that they become.
pub(super) struct United<T> {
    /// The row that stays.
    pub(super) before: T,
    pub(super) after: T,
    /// The one that ends last, with which the united time ends.
    pub(super) last: T,
    pub(super) gone: Vec<T>,
}

/// Unites what shares a day, and leaves out what shares none. The row of the kept record stays where there is one.
fn united<T: Time>(mut times: Vec<T>, kept: StudentId) -> Vec<United<T>> {
    times.sort_by_key(|time| (time.span().0, time.student() != kept));
    let far = |end: Option<NaiveDate>| end.unwrap_or(NaiveDate::MAX);
    let mut found = Vec::new();
    let mut rest = times.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut last = first.clone();
        let mut together = vec![first.clone()];
        while let Some(next) = rest.next_if(|next| next.span().0 <= far(last.span().1)) {
            if far(next.span().1) > far(last.span().1) {
                last = next.clone();
            }
            together.push(next);
        }
        if together.len() == 1 {
            continue;
        }
        let stays = together.iter().position(|time| time.student() == kept).unwrap_or(0);
        let before = together.swap_remove(stays);
        let after = before.with(&first, &last);
        found.push(United { before, after, last, gone: together });
    }
    found
}

/// The times at the school that two records share, as merging unites them.
pub(super) async fn united_stays(tx: &Transaction<'_>, two: TwoRecords) -> Result<Vec<United<stays::Model>>> {
    let mut of = stays_of(tx.reader(), two.school, &[two.kept, two.other]).await?;
    let both = [two.kept, two.other].into_iter().filter_map(|id| of.remove(&id)).flatten().collect();
    Ok(united(both, two.kept))
}

macro_rules! unite {
    ($tx:expr, $two:expr, $table:ident, $of:expr) => {{
        let rows = $table::Entity::find()
            .filter($table::Column::SchoolId.eq($two.school))
            .filter($table::Column::StudentId.is_in([$two.kept, $two.other]))
            .all($tx.reader())
            .await?;
        let mut of_each: BTreeMap<_, Vec<$table::Model>> = BTreeMap::new();
        for row in rows {
            let of: fn(&$table::Model) -> _ = $of;
            of_each.entry(of(&row)).or_default().push(row);
        }
        let of = of_each.keys().copied().collect::<Vec<_>>();
        for times in of_each.into_values() {
            for United { before, after, gone, .. } in united(times, $two.kept) {
                // What goes first leaves its days to what stays.
                $tx.delete_many::<$table::Entity>(&gone).await?;
                $tx.update::<$table::Entity>(&before, after).await?;
            }
        }
        of
    }};
}

/// Unites the times of both records; those that share no day stay as they are. Returns the classes.
pub(super) async fn unite(tx: &mut Transaction<'_>, two: TwoRecords) -> Result<Vec<ClassId>> {
    unite!(tx, two, stays, |_| ());
    unite!(tx, two, leaves, |_| ());
    unite!(tx, two, exemptions, |row| row.course_id);
    Ok(unite!(tx, two, enrolments, |row| row.class_id))
}

/// Two homerooms on one day, and a sign-in that would be of nobody.
pub(super) async fn in_the_way(
    tx: &Transaction<'_>,
    kept: &students::Model,
    other: &students::Model,
) -> Result<Vec<InTheWay>> {
    let mut found = Vec::new();
    if let Some((day, own, others)) = two_homerooms(tx, kept, other).await? {
        let order = load_settings(tx.reader(), kept.school_id).await?.day_order;
        found.push(InTheWay {
            message: refusals::people::merge_two_homerooms(order.write(day), own, others),
            help: refusals::people::correct_one_class_first(),
        });
    }
    let account = users::Entity::find().filter(users::Column::StudentId.eq(other.id)).one(tx.reader()).await?;
    if let Some(account) = account {
        let own = users::Entity::find().filter(users::Column::StudentId.eq(kept.id)).one(tx.reader()).await?;
        found.push(InTheWay {
            message: refusals::people::other_record_signs_in(
                full_name(&account.given_name, &account.family_name),
                account.username,
            ),
            help: match own {
                Some(_) => refusals::people::take_student_off_account(),
                None => refusals::people::keep_record_that_signs_in(),
            },
        });
    }
    Ok(found)
}

/// The first day on which the records are in two homerooms, and these.
async fn two_homerooms(
    tx: &Transaction<'_>,
    kept: &students::Model,
    other: &students::Model,
) -> Result<Option<(NaiveDate, String, String)>> {
    let times = enrolments::Entity::find()
        .filter(enrolments::Column::SchoolId.eq(kept.school_id))
        .filter(enrolments::Column::StudentId.is_in([kept.id, other.id]))
        .all(tx.reader())
        .await?;
    let homerooms = classes::Entity::find()
        .filter(classes::Column::Id.is_in(times.iter().map(|time| time.class_id)))
        .filter(classes::Column::Kind.eq(ClassKind::Homeroom))
        .filter(classes::Entity::existing())
        .all(tx.reader())
        .await?;
    let homeroom = |time: &enrolments::Model| homerooms.iter().find(|class| class.id == time.class_id);
    let mut days = Vec::new();
    for own in times.iter().filter(|time| time.student_id == kept.id) {
        for theirs in times.iter().filter(|time| time.student_id == other.id) {
            let (Some(one), Some(two)) = (homeroom(own), homeroom(theirs)) else { continue };
            let meet = own.end_date.is_none_or(|end| end >= theirs.start_date)
                && theirs.end_date.is_none_or(|end| end >= own.start_date);
            // A time without an end goes on until the year of its class is over.
            if one.id != two.id && one.year_id == two.year_id && meet {
                days.push((own.start_date.max(theirs.start_date), one.title.clone(), two.title.clone()));
            }
        }
    }
    Ok(days.into_iter().min())
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::ids::{LeaveId, SchoolId};

    const KEPT: StudentId = StudentId(uuid::Uuid::from_u128(1));
    const OTHER: StudentId = StudentId(uuid::Uuid::from_u128(2));

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn time(student_id: StudentId, start: u32, end: Option<u32>) -> leaves::Model {
        let (school_id, reason) = (SchoolId(uuid::Uuid::nil()), None);
        let (start_date, end_date) = (day(start), end.map(day));
        leaves::Model { id: LeaveId::new(), school_id, student_id, start_date, end_date, reason, version: 1 }
    }

    #[test]
    fn times_that_share_a_day_are_one_and_the_others_stay() {
        let times = vec![
            time(OTHER, 1, Some(3)),
            time(KEPT, 3, Some(5)),
            time(OTHER, 5, Some(9)),
            time(OTHER, 10, Some(12)),
            time(KEPT, 20, None),
            time(OTHER, 25, Some(26)),
        ];
        let all = united(times, KEPT);
        let spans: Vec<_> = all.iter().map(|of| (of.before.student_id, of.after.span(), of.last.span().0)).collect();
        assert_eq!(spans, [(KEPT, (day(1), Some(day(9))), day(5)), (KEPT, (day(20), None), day(20))]);
        let gone: Vec<_> = all.iter().flat_map(|of| &of.gone).collect();
        assert_eq!(gone.len(), 3);
        assert!(gone.iter().all(|row| row.student_id == OTHER));
    }
}
