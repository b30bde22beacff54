//! Transfers of two records that become one: what one of them was sent with goes on to be said of the time that is left.

use chrono::NaiveDate;
use kernel::{InTheWay, TwoRecords};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::Transaction;
use store::entities::{StayExit, arrivals, schools, stays, transfers};
use store::ids::StayId;
use words::refusals;

use super::times::{United, united_stays};
use crate::Result;
use crate::people::transfers::{Offered, TransferState, offered};
use crate::schools::load_settings;

/// The transfers that stand on times which become one, each with whether the united time ends as it says.
async fn of_united(tx: &Transaction<'_>, time: &United<stays::Model>) -> Result<Vec<(Offered, bool)>> {
    let ids: Vec<StayId> = time.gone.iter().map(|row| row.id).chain([time.before.id]).collect();
    let rows = transfers::Entity::find()
        .filter(transfers::Column::SchoolId.eq(time.before.school_id))
        .filter(transfers::Column::StayId.is_in(ids))
        .all(tx.reader())
        .await?;
    let ends = |of: &Offered| {
        of.last_day == time.last.end_date.unwrap_or(NaiveDate::MAX)
            && time.last.exit_kind == Some(StayExit::Transferred)
    };
    let found = offered(tx.reader(), rows).await?;
    Ok(found
        .into_iter()
        .map(|of| {
            let ends = ends(&of);
            (of, ends)
        })
        .collect())
}

/// One record that went to another school while the other one stayed.
pub(super) async fn in_the_way(tx: &Transaction<'_>, two: TwoRecords) -> Result<Vec<InTheWay>> {
    let mut found = Vec::new();
    for time in united_stays(tx, two).await? {
        for (of, ends) in of_united(tx, &time).await? {
            if ends || of.state == TransferState::TakenBack {
                continue;
            }
            let order = load_settings(tx.reader(), two.school).await?.day_order;
            let to = schools::Entity::find_by_id(of.transfer.to_school_id).one(tx.reader()).await?;
            found.push(InTheWay {
                message: refusals::people::merge_went_elsewhere(
                    order.write(of.last_day),
                    to.map(|row| row.name).unwrap_or_default(),
                ),
                help: refusals::people::correct_one_stay_first(),
            });
        }
    }
    Ok(found)
}

/// Has transfers and arrivals name the time that stays. Of several offers that nobody has accepted one is left.
pub(super) async fn follow(tx: &mut Transaction<'_>, two: TwoRecords) -> Result<()> {
    for time in united_stays(tx, two).await? {
        let mut open = false;
        for (of, ends) in of_united(tx, &time).await? {
            let accepted = of.state == TransferState::Accepted;
            if !accepted && (open || !ends) {
                tx.delete::<transfers::Entity>(&of.transfer).await?;
                continue;
            }
            open |= !accepted;
            let after = transfers::Model { stay_id: time.before.id, ..of.transfer.clone() };
            tx.update::<transfers::Entity>(&of.transfer, after).await?;
        }
        let came = arrivals::Entity::find()
            .filter(arrivals::Column::SchoolId.eq(two.school))
            .filter(arrivals::Column::StayId.is_in(time.gone.iter().map(|row| row.id)));
        for row in came.all(tx.reader()).await? {
            let after = arrivals::Model { stay_id: Some(time.before.id), ..row.clone() };
            tx.update::<arrivals::Entity>(&row, after).await?;
        }
    }
    Ok(())
}
