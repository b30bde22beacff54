//! Where one mark stands among the others of its list.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::summary::{count, mean_and_sd};

/// The place of one mark among all that were given.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub struct Standing {
    /// (x − mean) / sample standard deviation; none where n < 2 or all marks are equal.
    pub z: Option<f64>,
    /// Competition rank ("1 2 2 4"): 1 is the highest mark, equal marks share the better rank.
    pub rank: u32,
    /// Percentile rank, above 0 and below 100: 100 × (share below + half the share equal, the
    /// mark itself among the equal).
    pub percentile: f64,
}

/// Places every given mark; an absent mark keeps its place in the list, has no standing and does
/// not count for the others. Marks are finite.
#[must_use]
pub fn standings(values: &[Option<f64>]) -> Vec<Option<Standing>> {
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    if sorted.is_empty() {
        return vec![None; values.len()];
    }
    sorted.sort_by(f64::total_cmp);
    let (mean, sd) = mean_and_sd(&sorted);
    let sd = sd.filter(|&sd| sd > 0.0);
    let place = |x: f64| {
        let below = sorted.partition_point(|v| *v < x);
        let up_to = sorted.partition_point(|v| *v <= x);
        let above = sorted.len() - up_to;
        let share = (below as f64 + (up_to - below) as f64 / 2.0) / sorted.len() as f64;
        Standing { z: sd.map(|sd| (x - mean) / sd), rank: count(above).saturating_add(1), percentile: 100.0 * share }
    };
    values.iter().map(|value| value.map(place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_marks_share_the_better_rank() {
        let places = standings(&[Some(10.0), None, Some(15.0), Some(15.0), Some(18.0)]);
        let ranks: Vec<_> = places.iter().map(|p| p.map(|p| p.rank)).collect();
        assert_eq!(ranks, [Some(4), None, Some(2), Some(2), Some(1)]);
        let percentiles: Vec<_> = places.iter().flatten().map(|p| p.percentile).collect();
        assert_eq!(percentiles, [12.5, 50.0, 50.0, 87.5]);
    }

    #[test]
    fn no_z_without_spread() {
        assert_eq!(standings(&[Some(3.0)])[0].unwrap().z, None);
        assert!(standings(&[Some(0.1); 9]).iter().all(|p| p.unwrap().z.is_none()));
        assert_eq!(standings(&[None, None]), [None, None]);
        assert!(standings(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn z_has_mean_zero_and_spread_one(values in prop::collection::vec(0u16..2000, 2..80)) {
            let marks: Vec<_> = values.iter().map(|&v| Some(f64::from(v) / 100.0)).collect();
            let z: Vec<f64> = standings(&marks).iter().filter_map(|p| p.unwrap().z).collect();
            if !z.is_empty() {
                let s = crate::describe(&z);
                prop_assert!(s.mean.unwrap().abs() < 1e-9);
                prop_assert!((s.sd.unwrap() - 1.0).abs() < 1e-9);
            }
        }

        #[test]
        fn order_of_rank_is_order_of_marks(values in prop::collection::vec(0u8..20, 1..40)) {
            let marks: Vec<_> = values.iter().map(|&v| Some(f64::from(v))).collect();
            let places = standings(&marks);
            for (a, pa) in values.iter().zip(&places) {
                for (b, pb) in values.iter().zip(&places) {
                    let (pa, pb) = (pa.unwrap(), pb.unwrap());
                    prop_assert_eq!(a.cmp(b), pb.rank.cmp(&pa.rank));
                    prop_assert_eq!(a > b, pa.percentile > pb.percentile);
                }
            }
        }
    }
}
