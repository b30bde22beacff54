//! Cosines of many templates with many others, a block at a time: nothing of the size of all pairs is
//! ever allocated.

use std::num::NonZeroUsize;
use std::ops::Range;

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};

/// Templates compared in one go: with 128 numbers each, they and the result stay in the second cache.
pub(crate) const BLOCK: usize = 512;
/// From so many others on, a matrix product is quicker than dot products one by one.
const WORTH_A_MATRIX: usize = 4;
/// Multiplications below which a second thread costs more than it brings.
const WORTH_A_THREAD: usize = 2_000_000;

/// Dot product in eight independent sums, which the compiler turns into vector instructions.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (left, left_rest) = a.as_chunks::<8>();
    let (right, right_rest) = b.as_chunks::<8>();
    let mut sums = [0f32; 8];
    for (x, y) in left.iter().zip(right) {
        for n in 0..8 {
            sums[n] += x[n] * y[n];
        }
    }
    let rest: f32 = left_rest.iter().zip(right_rest).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f32>() + rest
}

/// Writes the products of each row of `rows` with each of `others` into `out`: a row of `out` for each row.
/// All hold vectors of `dimension` numbers, one after the other.
pub(crate) fn products(rows: &[f32], others: &[f32], dimension: usize, out: &mut Vec<f32>) {
    let (left, right) = (rows.len() / dimension, others.len() / dimension);
    out.resize(left * right, 0.0);
    if right < WORTH_A_MATRIX {
        for (row, out) in rows.chunks_exact(dimension).zip(out.chunks_exact_mut(right.max(1))) {
            out.iter_mut().zip(others.chunks_exact(dimension)).for_each(|(out, other)| *out = dot(row, other));
        }
        return;
    }
    let views = (
        ArrayView2::from_shape((left, dimension), rows),
        ArrayView2::from_shape((right, dimension), others),
        ArrayViewMut2::from_shape((left, right), out.as_mut_slice()),
    );
    // Shapes that were counted out above always fit.
    if let (Ok(rows), Ok(others), Ok(mut out)) = views {
        general_mat_mul(1.0, &rows, &others.t(), 0.0, &mut out);
    }
}

/// Cuts `0..count` into as many ranges as threads are worth their start for `work` multiplications, runs
/// `part` on each, and returns the results in order.
pub(crate) fn in_parts<T: Send>(count: usize, work: usize, part: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get).min(4);
    let parts = cores.min(work / WORTH_A_THREAD).min(count).max(1);
    let range = |n: usize| count * n / parts..count * (n + 1) / parts;
    if parts == 1 {
        return vec![part(0..count)];
    }
    std::thread::scope(|scope| {
        let part = &part;
        let others: Vec<_> = (1..parts).map(|n| scope.spawn(move || part(range(n)))).collect();
        let mut results = vec![part(range(0))];
        for other in others {
            match other.join() {
                Ok(result) => results.push(result),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    })
}

/// The two highest of some cosines, seen one after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TwoBest {
    best: f32,
    next: f32,
}

impl TwoBest {
    pub(crate) const NONE: Self = Self { best: f32::MIN, next: f32::MIN };

    pub(crate) fn see(&mut self, cosine: f32) {
        self.next = self.next.max(self.best.min(cosine));
        self.best = self.best.max(cosine);
    }

    /// Their mean, or the only one. One bad photograph neither lowers it (as with a mean of all) nor lets
    /// a stranger in by itself (as with the best alone).
    pub(crate) fn mean(self) -> f32 {
        if self.next == f32::MIN { self.best } else { (self.best + self.next) / 2.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn products_are_dot_products_in_every_company(
            values in proptest::collection::vec(-1f32..1.0, 128 * 9)
        ) {
            let (rows, others) = values.split_at(128 * 5);
            let (mut all, mut one) = (Vec::new(), Vec::new());
            products(rows, others, 128, &mut all);
            for (n, row) in rows.chunks_exact(128).enumerate() {
                products(row, others, 128, &mut one);
                prop_assert_eq!(one.len(), 4);
                prop_assert!(one.iter().zip(&all[n * 4..]).all(|(a, b)| (a - b).abs() < 1e-4));
                for (m, other) in others.chunks_exact(128).enumerate() {
                    prop_assert!((dot(row, other) - one[m]).abs() < 1e-4);
                }
            }
        }

        #[test]
        fn dot_is_the_sum_of_products(pairs in proptest::collection::vec((-1f32..1.0, -1f32..1.0), 0..300)) {
            let (a, b): (Vec<f32>, Vec<f32>) = pairs.iter().copied().unzip();
            let exact: f64 = pairs.iter().map(|(x, y)| f64::from(*x) * f64::from(*y)).sum();
            prop_assert!((f64::from(dot(&a, &b)) - exact).abs() < 1e-3);
        }

        #[test]
        fn parts_cover_everything_in_order(count in 0usize..5000, work in 0usize..100_000_000) {
            let parts = in_parts(count, work, |range| range.collect::<Vec<_>>());
            prop_assert_eq!(parts.concat(), (0..count).collect::<Vec<_>>());
        }

        #[test]
        fn the_mean_of_the_two_best(mut cosines in proptest::collection::vec(-1f32..1.0, 1..9)) {
            let mut two = TwoBest::NONE;
            cosines.iter().for_each(|c| two.see(*c));
            cosines.sort_by(|a, b| b.total_cmp(a));
            let wanted = cosines[..cosines.len().min(2)].iter().sum::<f32>() / cosines.len().min(2) as f32;
            prop_assert!((two.mean() - wanted).abs() < 1e-6);
        }
    }
}
