//! Figures that sum up one list of marks: centre, spread, quartiles, pass rate, histogram.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a list of marks looks like, in the unit of the marks. Everything but `n` is absent for an
/// empty list.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub struct Statistics {
    /// How many marks there are.
    pub n: u32,
    /// Arithmetic mean.
    pub mean: Option<f64>,
    /// Sample standard deviation (divisor n − 1); absent where n < 2.
    pub sd: Option<f64>,
    /// Middle mark, or the mean of the two in the middle.
    pub median: Option<f64>,
    /// Lowest mark.
    pub min: Option<f64>,
    /// Highest mark.
    pub max: Option<f64>,
    /// First quartile, by linear interpolation (type 7 of Hyndman and Fan, 1996).
    pub q1: Option<f64>,
    /// Third quartile, by linear interpolation (type 7 of Hyndman and Fan, 1996).
    pub q3: Option<f64>,
}

/// Sums up `values`, which are finite and in any order.
///
/// The mean and the deviation are taken in two passes with a correction for rounding (Chan, Golub
/// and LeVeque, 1983), so that marks far from zero lose no digits. Of decimals, as marks and
/// totals are, mean and quartiles are the value nearest to the exact one: a mean of 64.95 is that
/// and not 64.94999999999999, however it is rounded afterwards.
#[must_use]
pub fn describe(values: &[f64]) -> Statistics {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (Some(&min), Some(&max)) = (sorted.first(), sorted.last()) else {
        return Statistics::default();
    };
    let (mean, sd) = mean_and_sd(&sorted);
    Statistics {
        n: count(values.len()),
        mean: Some(mean),
        sd,
        median: Some(quartile(&sorted, 2)),
        min: Some(min),
        max: Some(max),
        q1: Some(quartile(&sorted, 1)),
        q3: Some(quartile(&sorted, 3)),
    }
}

/// Mean and sample standard deviation of `sorted`, which holds at least one value.
pub(crate) fn mean_and_sd(sorted: &[f64]) -> (f64, Option<f64>) {
    let n = sorted.len() as f64;
    let (min, max) = (sorted[0], sorted[sorted.len() - 1]);
    // Equal marks have no spread, whatever rounding would make of it: a z of noise over noise
    // must not come out.
    if min == max {
        return (min, (sorted.len() > 1).then_some(0.0));
    }
    let rough = sorted.iter().sum::<f64>() / n;
    let mean = mean_of_decimals(sorted).unwrap_or_else(|| rough + sorted.iter().map(|x| x - rough).sum::<f64>() / n);
    let (squares, rest) = sorted.iter().fold((0.0, 0.0), |(squares, rest), x| {
        let d = x - mean;
        (squares + d * d, rest + d)
    });
    let variance = (squares - rest * rest / n) / (n - 1.0);
    (mean, Some(variance.sqrt()))
}

/// Ten-thousandths in one: marks and totals have at most four decimals.
const DECIMALS: f64 = 10_000.0;
/// Up to here every whole number has a value of its own.
const WHOLE_NUMBERS: i128 = 1 << 53;

/// `value` in ten-thousandths, where it is a decimal of at most four places.
fn ten_thousandths(value: f64) -> Option<i128> {
    let whole = (value * DECIMALS).round();
    (whole.abs() < WHOLE_NUMBERS as f64 && whole / DECIMALS == value).then_some(whole as i128)
}

/// `sum` ten-thousandths shared out among `n`: one division of whole numbers, which rounds once.
fn shared_out(sum: i128, n: usize) -> Option<f64> {
    let by = i128::try_from(n).ok()?.checked_mul(DECIMALS as i128)?;
    (sum.abs() < WHOLE_NUMBERS && by < WHOLE_NUMBERS).then(|| sum as f64 / by as f64)
}

fn mean_of_decimals(values: &[f64]) -> Option<f64> {
    let sum = values.iter().map(|value| ten_thousandths(*value)).sum::<Option<i128>>()?;
    shared_out(sum, values.len())
}

/// The value below which `quarters` fourths of `sorted` lie, by linear interpolation.
fn quartile(sorted: &[f64], quarters: usize) -> f64 {
    let at = quarters * (sorted.len() - 1);
    let (below, rest) = (at / 4, at % 4);
    let (low, high) = (sorted[below], sorted[(below + 1).min(sorted.len() - 1)]);
    let between = || {
        let (low, high) = (ten_thousandths(low)?, ten_thousandths(high)?);
        shared_out(low * (4 - rest as i128) + high * rest as i128, 4)
    };
    between().unwrap_or_else(|| low + (high - low) * (rest as f64 / 4.0))
}

/// Share of `values` that reach `pass_mark`, 0 to 1; none for an empty list.
#[must_use]
pub fn pass_rate(values: &[f64], pass_mark: f64) -> Option<f64> {
    let passed = values.iter().filter(|&&v| v >= pass_mark).count();
    (!values.is_empty()).then(|| passed as f64 / values.len() as f64)
}

/// How many marks fall between one edge and the next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub struct Histogram {
    /// Limits of the bins, rising; one more than there are bins.
    pub edges: Vec<f64>,
    /// Marks of each bin: from its lower edge up to, and without, its upper edge; the last bin
    /// holds its upper edge too.
    pub counts: Vec<u32>,
}

/// Counts `values` in `bins` bins of equal width.
///
/// The bins run from 0 to `max`, and stretch to the lowest and highest value where these lie
/// outside (a penalty below zero, a bonus above the maximum), so that every value is counted.
/// No bins come out where `bins` is 0, where `max` is not finite, or where there is no width.
#[must_use]
pub fn histogram(values: &[f64], max: f64, bins: u32) -> Histogram {
    let low = values.iter().copied().fold(0.0, f64::min);
    let high = values.iter().copied().fold(max, f64::max);
    let width = (high - low) / f64::from(bins);
    if bins == 0 || !max.is_finite() || !width.is_finite() || width <= 0.0 {
        return Histogram { edges: Vec::new(), counts: Vec::new() };
    }
    // From 0 on, one division an edge: the third of ten bins up to 7 begins at 1.4 and not beside it.
    let mut edges: Vec<f64> = (0..bins).map(|i| low + f64::from(i) * (high - low) / f64::from(bins)).collect();
    edges.push(high);
    let mut counts = vec![0; bins as usize];
    for value in values {
        // The edges themselves decide, not a division: a mark on an edge then lies in the bin
        // that the picture shows it in.
        let bin = edges.partition_point(|edge| edge <= value);
        counts[bin.saturating_sub(1).min(bins as usize - 1)] += 1;
    }
    Histogram { edges, counts }
}

/// A number of marks as it is kept in results. No list that fits in memory is longer.
pub(crate) fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_to_sum_up() {
        assert_eq!(describe(&[]), Statistics::default());
        assert_eq!(pass_rate(&[], 10.0), None);
    }

    #[test]
    fn one_mark_has_no_spread() {
        let one = describe(&[7.5]);
        assert_eq!((one.n, one.mean, one.sd), (1, Some(7.5), None));
        assert_eq!((one.q1, one.median, one.q3), (Some(7.5), Some(7.5), Some(7.5)));
    }

    #[test]
    fn quartiles_are_interpolated() {
        let s = describe(&[4.0, 1.0, 3.0, 2.0]);
        assert_eq!((s.q1, s.median, s.q3), (Some(1.75), Some(2.5), Some(3.25)));
        assert!((s.sd.unwrap() - 1.290_994_448_735_805_6).abs() < 1e-15);
    }

    #[test]
    fn equal_marks_have_no_noise() {
        assert_eq!(describe(&[0.1; 7]).sd, Some(0.0));
        assert_eq!(describe(&[0.1; 7]).mean, Some(0.1));
    }

    #[test]
    fn decimals_have_a_decimal_mean() {
        // A sum of binary fractions would end beside it.
        assert_eq!(describe(&[64.9, 64.8, 65.1, 65.0]).mean, Some(64.95));
        assert_eq!(describe(&[0.1, 0.2, 0.3]).mean, Some(0.2));
        let s = describe(&[64.9, 65.0, 65.1]);
        assert_eq!((s.q1, s.median, s.q3), (Some(64.95), Some(65.0), Some(65.05)));
        // No decimals of four places: the sums of two passes.
        assert_eq!(describe(&[1.0 / 3.0, 2.0 / 3.0]).mean, Some(0.5));
    }

    #[test]
    fn a_mark_on_an_edge_lies_above_it() {
        let marks: Vec<f64> = (0..10).map(|i| f64::from(i) / 10.0).collect();
        assert_eq!(histogram(&marks, 1.0, 10).counts, [1; 10]);
        let marks: Vec<f64> = (0..10).map(|i| f64::from(7 * i) / 10.0).collect();
        assert_eq!(histogram(&marks, 7.0, 10).counts, [1; 10]);
    }

    #[test]
    fn far_from_zero_keeps_its_digits() {
        let s = describe(&[1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0]);
        assert_eq!(s.mean, Some(1e9 + 10.0));
        assert!((s.sd.unwrap() - 30f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn the_last_bin_is_closed() {
        let h = histogram(&[0.0, 4.9, 5.0, 9.99, 20.0], 20.0, 4);
        assert_eq!(h.edges, [0.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!(h.counts, [2, 2, 0, 1]);
    }

    #[test]
    fn no_width_no_bins() {
        assert!(histogram(&[1.0], 20.0, 0).counts.is_empty());
        assert!(histogram(&[], 0.0, 5).counts.is_empty());
        assert!(histogram(&[1.0], f64::NAN, 5).counts.is_empty());
        assert!(histogram(&[1.0], f64::INFINITY, 5).counts.is_empty());
    }

    #[test]
    fn the_pass_mark_itself_passes() {
        assert_eq!(pass_rate(&[9.5, 10.0, 15.0, 3.0], 10.0), Some(0.5));
    }

    proptest! {
        #[test]
        fn every_mark_is_counted_once(
            values in prop::collection::vec(-50.0..150.0f64, 0..60), bins in 1u32..40,
        ) {
            let h = histogram(&values, 100.0, bins);
            prop_assert_eq!(h.counts.iter().sum::<u32>() as usize, values.len());
            prop_assert_eq!(h.edges.len(), h.counts.len() + 1);
        }

        #[test]
        fn figures_stand_in_order(values in prop::collection::vec(-1e6..1e6f64, 2..60)) {
            let s = describe(&values);
            let rising = [s.min, s.q1, s.median, s.q3, s.max].map(Option::unwrap);
            prop_assert!(rising.is_sorted());
            prop_assert!(s.sd.unwrap() >= 0.0);
            prop_assert!(s.min <= s.mean && s.mean <= s.max);
        }
    }
}
