//! Percentages as exact fractions, and the one rounding that makes of them what is compared, shown and printed.

use num_bigint::BigInt;
use num_rational::BigRational;

/// An exact percentage, or any other exact number: no sum and no division of it rounds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(BigRational);

impl Exact {
    /// `part` of `whole`, in percent; none where `whole` is not above 0.
    #[must_use]
    pub fn percent(part: i128, whole: i128) -> Option<Self> {
        (whole > 0).then(|| Self(BigRational::new(BigInt::from(part) * 100, whole.into())))
    }

    /// The decimal that `value` is written as: 64.95, and not the binary fraction beside it that the machine holds.
    /// None for what is no number.
    #[must_use]
    pub fn written(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        // The shortest decimal that reads back as the same value, never with an exponent.
        let text = value.to_string();
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let digits: BigInt = format!("{whole}{decimals}").parse().ok()?;
        Some(Self(BigRational::new(digits, ten_to(decimals.len()))))
    }

    /// The mean of values that each count so many times; none where nothing counts.
    #[must_use]
    pub fn mean<'a>(values: impl IntoIterator<Item = (&'a Self, u64)>) -> Option<Self> {
        let mut sum = BigRational::from_integer(0.into());
        let mut count = BigInt::from(0);
        for (value, times) in values {
            sum += &value.0 * BigInt::from(times);
            count += times;
        }
        (count > 0.into()).then(|| Self(sum / count))
    }

    /// `part` times so many of `whole`; none where `whole` is not above 0.
    #[must_use]
    pub fn share(part: i128, many: i128, whole: i128) -> Option<Self> {
        (whole > 0).then(|| Self(BigRational::new(BigInt::from(part) * BigInt::from(many), whole.into())))
    }

    /// The number 1.
    #[must_use]
    pub fn one() -> Self {
        Self(BigRational::from_integer(1.into()))
    }

    /// The sum; 0 of nothing.
    #[must_use]
    pub fn sum(values: impl IntoIterator<Item = Self>) -> Self {
        Self(values.into_iter().map(|value| value.0).sum())
    }

    /// The mean of values, each with its weight; none where no weight is above 0.
    #[must_use]
    pub fn weighted_mean<'a>(values: impl IntoIterator<Item = (&'a Self, &'a Self)>) -> Option<Self> {
        let zero = || BigRational::from_integer(0.into());
        let (mut sum, mut weights) = (zero(), zero());
        for (value, weight) in values {
            sum += &value.0 * &weight.0;
            weights += &weight.0;
        }
        (weights > zero()).then(|| Self(sum / weights))
    }

    /// The sum of `part / whole` of each value; `whole` is above 0.
    pub(crate) fn weighted<'a>(values: impl IntoIterator<Item = (&'a Self, i128)>, whole: i128) -> Self {
        let sum: BigRational = values.into_iter().map(|(value, weight)| &value.0 * BigInt::from(weight)).sum();
        Self(sum / BigInt::from(whole))
    }

    /// The nearest value that the machine can hold.
    #[must_use]
    pub fn nearest(&self) -> f64 {
        use num_traits::ToPrimitive;
        self.0.to_f64().unwrap_or(f64::NAN)
    }
}

fn ten_to(places: usize) -> BigInt {
    BigInt::from(10).pow(u32::try_from(places).unwrap_or(u32::MAX))
}

/// How a school rounds its totals: to so many decimals, a half always up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    decimals: u8,
}

impl Rounding {
    /// To so many places.
    #[must_use]
    pub fn to(decimals: u8) -> Self {
        Self { decimals }
    }

    /// How many decimals are left.
    #[must_use]
    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// Rounds. Equal decimals come out as the same value, so that what is equal on paper is equal in every comparison
    /// and reaches a bound that is written the same.
    #[must_use]
    pub fn round(self, exact: &Exact) -> f64 {
        let unit = ten_to(self.decimals.into());
        let half_up = (&exact.0 * &unit + BigRational::new(1.into(), 2.into())).floor();
        // A whole number divided by a power of ten is the value that the decimal itself is read as.
        Exact(half_up).nearest() / 10_f64.powi(self.decimals.into())
    }

    /// Rounds the decimal that `value` is written as; what is no number stays what it is.
    #[must_use]
    pub fn round_written(self, value: f64) -> f64 {
        Exact::written(value).map_or(value, |exact| self.round(&exact))
    }

    /// As it is printed: rounded, with all its decimals and a point.
    #[must_use]
    pub fn text(self, value: f64) -> String {
        format!("{:.*}", self.decimals.into(), self.round_written(value))
    }
}

/// `a` − `b` as the decimals that they are written as: 75.1 − 65.1 is 10.
#[must_use]
pub fn difference(a: f64, b: f64) -> f64 {
    match (Exact::written(a), Exact::written(b)) {
        (Some(a), Some(b)) => Exact(a.0 - b.0).nearest(),
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn percent(part: i128, whole: i128) -> Exact {
        Exact::percent(part, whole).unwrap()
    }

    #[test]
    fn a_half_goes_up() {
        let to = |decimals, part, whole| Rounding::to(decimals).round(&percent(part, whole));
        assert_eq!(to(1, 8_496, 10_000), 85.0);
        assert_eq!(to(1, 8_495, 10_000), 85.0);
        assert_eq!(to(1, 84_949, 100_000), 84.9);
        assert_eq!(to(0, 645, 1_000), 65.0);
        assert_eq!(to(2, 2, 3), 66.67);
        assert_eq!(to(1, 6_425, 10_000), 64.3);
    }

    #[test]
    fn what_is_written_is_meant() {
        // The machine holds 1.005 and 64.95 as a little less, 64.25 exactly: all three are halves on paper.
        for (value, decimals, text) in [(1.005, 2, "1.01"), (64.95, 1, "65.0"), (64.25, 1, "64.3"), (7.0, 0, "7")] {
            assert_eq!(Rounding::to(decimals).text(value), text);
        }
        assert_eq!(difference(75.1, 65.1), 10.0);
        assert_eq!(Exact::written(f64::NAN), None);
        assert_eq!(Exact::written(1e300).map(|exact| exact.nearest()), Some(1e300));
    }

    #[test]
    fn nothing_has_no_mean() {
        assert_eq!(Exact::mean([]), None);
        assert_eq!(Exact::mean([(&percent(1, 2), 0)]), None);
        assert_eq!(Exact::mean([(&percent(1, 2), 1), (&percent(1, 1), 3)]), Some(percent(7, 8)));
        assert_eq!(Exact::percent(1, 0), None);
    }

    proptest! {
        #[test]
        fn rounding_is_never_further_than_half_a_unit(part in 0_i128..10_000_000, whole in 1_i128..10_000_000, decimals in 0_u8..=4) {
            let exact = percent(part, whole);
            let rounded = Rounding::to(decimals).round(&exact);
            prop_assert_eq!(Rounding::to(decimals).round_written(rounded), rounded);
            let unit = 10_i128.pow(decimals.into());
            let units = (rounded * unit as f64).round() as i128;
            // |exact − rounded| ≤ half a unit, and a half went up: −½ < rounded − exact ≤ ½, in units.
            let twice = 2 * (units * whole - 100 * part * unit);
            prop_assert!(-whole < twice && twice <= whole, "{part} of {whole} became {rounded}");
        }

        #[test]
        fn what_is_written_reads_back(value in proptest::num::f64::NORMAL) {
            prop_assert_eq!(Exact::written(value).unwrap().nearest(), value);
        }
    }
}
