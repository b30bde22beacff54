//! The same figures for many classes at once, by Polars: a whole district in one pass.

use polars::prelude::*;

use crate::summary::Statistics;

/// Why Polars could not work out the figures.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// The two lists do not belong together.
    #[error("{groups} groups, {values} marks")]
    Length {
        /// Groups given.
        groups: usize,
        /// Marks given.
        values: usize,
    },
    /// Polars failed, as when memory runs out.
    #[error("polars: {0}")]
    Polars(#[from] PolarsError),
}

/// Figures of one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupStatistics {
    /// The group, as it was given.
    pub group: u32,
    /// Its figures.
    pub statistics: Statistics,
}

/// Figures of all groups, and the place of each mark within its group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClassStatistics {
    /// One entry a group, groups rising.
    pub groups: Vec<GroupStatistics>,
    /// As [`crate::Standing::z`], in the order of the marks given.
    pub z: Vec<Option<f64>>,
    /// As [`crate::Standing::rank`], in the order of the marks given.
    pub rank: Vec<u32>,
    /// As [`crate::Standing::percentile`], in the order of the marks given.
    pub percentile: Vec<f64>,
}

/// Sums up the finite marks `values` by `groups` (such as one number a class), mark by mark the
/// same figures as [`crate::describe`] and [`crate::standings`] give for each group alone.
///
/// # Errors
/// Where the lists differ in length, or Polars fails.
pub fn class_statistics(groups: &[u32], values: &[f64]) -> Result<ClassStatistics, BulkError> {
    if groups.len() != values.len() {
        return Err(BulkError::Length { groups: groups.len(), values: values.len() });
    }
    let marks =
        DataFrame::new(values.len(), vec![Column::new("group".into(), groups), Column::new("value".into(), values)])?
            .lazy();
    let summary = summary_by_group(marks.clone()).collect()?;
    let places = places_in_group(marks)?.collect()?;
    Ok(ClassStatistics {
        groups: group_rows(&summary)?,
        z: places.column("z")?.f64()?.to_vec(),
        rank: places.column("rank")?.u32()?.iter().flatten().collect(),
        percentile: places.column("percentile")?.f64()?.iter().flatten().collect(),
    })
}

/// Mean and deviation of equal marks are taken from the marks, as in [`crate::describe`]: they
/// have no spread, whatever rounding makes of it.
fn all_equal() -> Expr {
    col("value").min().eq(col("value").max())
}

fn mean() -> Expr {
    when(all_equal()).then(col("value").min()).otherwise(col("value").mean())
}

fn summary_by_group(marks: LazyFrame) -> LazyFrame {
    let quartile = |p: f64| col("value").quantile(lit(p), QuantileMethod::Linear);
    marks
        .group_by([col("group")])
        .agg([
            len().alias("n"),
            mean().alias("mean"),
            when(all_equal().and(len().gt(lit(1)))).then(lit(0.0)).otherwise(col("value").std(1)).alias("sd"),
            col("value").min().alias("min"),
            quartile(0.25).alias("q1"),
            quartile(0.5).alias("median"),
            quartile(0.75).alias("q3"),
            col("value").max().alias("max"),
        ])
        .sort(["group"], SortMultipleOptions::default())
}

fn places_in_group(marks: LazyFrame) -> PolarsResult<LazyFrame> {
    let rank = |method, descending| col("value").rank(RankOptions { method, descending }, None);
    // Rising ranks that average over equal marks are share below + (share equal + 1) / 2, in
    // numbers of marks: half a mark less is the percentile rank.
    let percentile = lit(100.0) * (rank(RankMethod::Average, false) - lit(0.5)) / len().cast(DataType::Float64);
    let z = when(all_equal()).then(lit(NULL)).otherwise((col("value") - col("value").mean()) / col("value").std(1));
    let within = |expr: Expr, name: &str| Ok::<_, PolarsError>(expr.over([col("group")])?.alias(name));
    let rank = rank(RankMethod::Min, true).cast(DataType::UInt32);
    Ok(marks.select([within(z, "z")?, within(rank, "rank")?, within(percentile, "percentile")?]))
}

fn group_rows(summary: &DataFrame) -> Result<Vec<GroupStatistics>, BulkError> {
    let figure = |name: &str| summary.column(name).and_then(|column| column.f64().cloned());
    let groups = summary.column("group")?.u32()?;
    let n = summary.column("n")?.cast(&DataType::UInt32)?;
    let n = n.u32()?;
    let (mean, sd, median) = (figure("mean")?, figure("sd")?, figure("median")?);
    let (min, max) = (figure("min")?, figure("max")?);
    let (q1, q3) = (figure("q1")?, figure("q3")?);
    let row = |(i, group): (usize, Option<u32>)| {
        Some(GroupStatistics {
            group: group?,
            statistics: Statistics {
                n: n.get(i)?,
                mean: mean.get(i),
                sd: sd.get(i),
                median: median.get(i),
                min: min.get(i),
                max: max.get(i),
                q1: q1.get(i),
                q3: q3.get(i),
            },
        })
    };
    Ok(groups.iter().enumerate().filter_map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{describe, standings};
    use proptest::prelude::*;

    fn close(a: Option<f64>, b: Option<f64>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9,
            (None, None) => true,
            _ => false,
        }
    }

    fn agrees_with_one_by_one(marks: &[(u32, f64)]) {
        let (groups, values): (Vec<u32>, Vec<f64>) = marks.iter().copied().unzip();
        let bulk = class_statistics(&groups, &values).unwrap();
        let mut seen: Vec<u32> = groups.clone();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(bulk.groups.iter().map(|g| g.group).collect::<Vec<_>>(), seen);
        for group in &bulk.groups {
            let of_group = |i: &usize| groups[*i] == group.group;
            let rows: Vec<usize> = (0..values.len()).filter(of_group).collect();
            let own: Vec<f64> = rows.iter().map(|&i| values[i]).collect();
            let (got, want) = (group.statistics, describe(&own));
            assert_eq!(got.n, want.n);
            for (got, want) in [
                (got.mean, want.mean),
                (got.sd, want.sd),
                (got.median, want.median),
                (got.min, want.min),
                (got.max, want.max),
                (got.q1, want.q1),
                (got.q3, want.q3),
            ] {
                assert!(close(got, want), "{got:?} is not {want:?} in {own:?}");
            }
            let places = standings(&own.iter().copied().map(Some).collect::<Vec<_>>());
            for (&i, place) in rows.iter().zip(places) {
                let place = place.unwrap();
                assert!(close(bulk.z[i], place.z), "{:?} {:?}", bulk.z[i], place.z);
                assert_eq!(bulk.rank[i], place.rank);
                assert!(close(Some(bulk.percentile[i]), Some(place.percentile)));
            }
        }
    }

    #[test]
    fn nothing_one_and_equal() {
        agrees_with_one_by_one(&[]);
        agrees_with_one_by_one(&[(4, 12.5)]);
        agrees_with_one_by_one(&[(1, 0.1), (1, 0.1), (1, 0.1), (0, 3.0), (0, 4.0), (9, 1.0)]);
    }

    #[test]
    fn lists_of_different_length_are_refused() {
        let refused = class_statistics(&[1, 2], &[3.0]);
        assert!(matches!(refused, Err(BulkError::Length { groups: 2, values: 1 })));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn bulk_is_one_by_one(
            marks in prop::collection::vec((0u32..6, (0i32..4000).prop_map(|v| f64::from(v) / 200.0)), 0..80),
        ) {
            agrees_with_one_by_one(&marks);
        }
    }
}
