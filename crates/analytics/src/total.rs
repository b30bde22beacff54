//! The weighted total of one student: categories of assessments, each with its weight, and the
//! marks that count in them. Everything is exact: whoever shows, compares or prints a total rounds it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::exact::Exact;

/// A category of assessments, such as tests or homework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Category {
    /// Weight in any unit, as only shares of the sum matter; 0 or less counts for nothing.
    pub weight: i64,
}

/// What became of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkState {
    /// A mark was given.
    Marked,
    /// The student need not do this assessment: it never counts.
    Excused,
    /// The student did not hand in: counts as the setting says.
    Missing,
    /// Nobody has typed anything yet: does not count.
    NotEntered,
}

/// One mark of a student, with the assessment's maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedMark {
    /// Index into the categories.
    pub category: usize,
    /// The mark in ten-thousandths of a point; read only where `state` is `Marked`.
    pub value: Option<i64>,
    /// Highest possible mark in ten-thousandths of a point; above 0, else the mark cannot count.
    pub max: i64,
    /// What became of the mark.
    pub state: MarkState,
}

/// What a missing mark counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissingCountsAs {
    /// As no point of the maximum.
    #[default]
    Zero,
    /// Not at all, as if it were excused.
    Nothing,
}

/// The total of one student and what it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// Total in percent of what could be reached; above 100 where marks exceed their maximum.
    pub percent: Exact,
    /// One part for each category, in the order given.
    pub parts: Vec<TotalPart>,
}

/// What one category gives to a total: `percent × effective_weight`, summed over the parts, is
/// the total.
#[derive(Debug, Clone, PartialEq)]
pub struct TotalPart {
    /// Index into the categories.
    pub category: u32,
    /// Share of all weights, 0 to 1.
    pub weight: f64,
    /// Share of the weights of the categories that have counted marks, 0 to 1.
    pub effective_weight: f64,
    /// Sum of the counted marks in percent of the sum of their maxima; none where none counts.
    pub percent: Option<Exact>,
    /// What it gives to the total, in percentage points; none where no mark counts.
    pub gives: Option<Exact>,
    /// The marks that count: indices into the marks given, rising.
    pub counted: Vec<u32>,
}

/// Points reached and points possible of one category, in ten-thousandths.
#[derive(Default, Clone)]
struct Points {
    reached: i128,
    possible: i128,
    counted: Vec<u32>,
}

/// Weighs the categories that have counted marks, their weights renormalised to a sum of 1.
///
/// None where no mark counts in a category with a weight. A mark whose category does not exist,
/// or whose maximum is not above 0, does not count.
#[must_use]
pub fn weighted_total(categories: &[Category], marks: &[CountedMark], missing: MissingCountsAs) -> Option<Total> {
    let points = sum_points(categories.len(), marks, missing);
    let weight = |category: &Category| i128::from(category.weight.max(0));
    let all: i128 = categories.iter().map(weight).sum();
    let counted: i128 = categories
        .iter()
        .zip(&points)
        .filter(|(_, points)| points.possible > 0)
        .map(|(category, _)| weight(category))
        .sum();
    if counted == 0 {
        return None;
    }
    let parts: Vec<TotalPart> = categories
        .iter()
        .zip(points)
        .zip(0..)
        .map(|((category, points), index)| {
            let percent = Exact::percent(points.reached, points.possible);
            TotalPart {
                category: index,
                weight: share(weight(category), all),
                effective_weight: percent.as_ref().map_or(0.0, |_| share(weight(category), counted)),
                gives: percent.as_ref().map(|percent| Exact::weighted([(percent, weight(category))], counted)),
                percent,
                counted: points.counted,
            }
        })
        .collect();
    let weighted = parts.iter().zip(categories).filter_map(|(part, of)| Some((part.percent.as_ref()?, weight(of))));
    let percent = Exact::weighted(weighted, counted);
    Some(Total { percent, parts })
}

/// How much a total counts beside the totals of other courses in the same subject, of somebody who moved between them: the
/// sum of the weights of the categories with counted marks, each times the share of its assessments that were given in the
/// student's days. `given` has for each category how many those are, and how many all are. The result in the subject is
/// [`Exact::weighted_mean`] of the totals by these weights.
#[must_use]
pub fn weight_of_total(total: &Total, categories: &[Category], given: &[(usize, usize)]) -> Exact {
    let parts = total.parts.iter().filter(|part| part.percent.is_some());
    let weights = parts.filter_map(|part| {
        let place = part.category as usize;
        let (days, all) = given.get(place)?;
        Exact::share(i128::from(categories.get(place)?.weight.max(0)), *days as i128, *all as i128)
    });
    Exact::sum(weights)
}

fn sum_points(categories: usize, marks: &[CountedMark], missing: MissingCountsAs) -> Vec<Points> {
    let mut points = vec![Points::default(); categories];
    for (mark, index) in marks.iter().zip(0..) {
        let value = match (mark.state, missing) {
            (MarkState::Marked, _) => mark.value,
            (MarkState::Missing, MissingCountsAs::Zero) => Some(0),
            _ => None,
        };
        if let (Some(value), Some(points), true) = (value, points.get_mut(mark.category), mark.max > 0) {
            points.reached += i128::from(value);
            points.possible += i128::from(mark.max);
            points.counted.push(index);
        }
    }
    points
}

fn share(part: i128, whole: i128) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(category: usize, value: i64, max: i64) -> CountedMark {
        CountedMark { category, value: Some(value * 10_000), max: max * 10_000, state: MarkState::Marked }
    }

    fn without(category: usize, max: i64, state: MarkState) -> CountedMark {
        CountedMark { value: None, state, ..mark(category, 0, max) }
    }

    const HALF_THIRD_SIXTH: [Category; 3] = [Category { weight: 3 }, Category { weight: 2 }, Category { weight: 1 }];

    #[test]
    fn weights_are_shared_out_anew() {
        let marks = [mark(0, 8, 10), mark(0, 20, 40), mark(2, 9, 10)];
        let total = weighted_total(&HALF_THIRD_SIXTH, &marks, MissingCountsAs::Zero).unwrap();
        // 28 of 50 points weigh 3 of 4, 9 of 10 points weigh 1 of 4.
        assert_eq!(Some(&total.percent), Exact::written(64.5).as_ref());
        assert_eq!(total.parts[0].gives, Exact::written(42.0));
        assert_eq!(total.parts[0].counted, [0, 1]);
        assert_eq!(total.parts[0].weight, 0.5);
        assert_eq!(total.parts[0].effective_weight, 0.75);
        assert_eq!(total.parts[1].percent, None);
        assert_eq!(total.parts[1].effective_weight, 0.0);
    }

    #[test]
    fn missing_counts_as_the_setting_says() {
        let marks = [mark(0, 8, 10), without(0, 10, MarkState::Missing)];
        let percent = |missing| weighted_total(&HALF_THIRD_SIXTH, &marks, missing).unwrap().percent.nearest();
        assert_eq!(percent(MissingCountsAs::Zero), 40.0);
        assert_eq!(percent(MissingCountsAs::Nothing), 80.0);
    }

    #[test]
    fn excused_and_empty_never_count() {
        let marks = [without(0, 10, MarkState::Excused), without(1, 10, MarkState::NotEntered)];
        for missing in [MissingCountsAs::Zero, MissingCountsAs::Nothing] {
            assert_eq!(weighted_total(&HALF_THIRD_SIXTH, &marks, missing), None);
        }
    }

    #[test]
    fn who_moved_has_one_result_of_both_courses() {
        // Weights 3, 2 and 1. Before: 8 of 10 in the first category, in the days of which 1 of 2 assessments lay, and 6 of 10
        // in the second with all of its 1. Afterwards: 5 of 10 in the first with 1 of 4.
        let before =
            weighted_total(&HALF_THIRD_SIXTH, &[mark(0, 8, 10), mark(1, 6, 10)], MissingCountsAs::Zero).unwrap();
        let after = weighted_total(&HALF_THIRD_SIXTH, &[mark(0, 5, 10)], MissingCountsAs::Zero).unwrap();
        let weight_before = weight_of_total(&before, &HALF_THIRD_SIXTH, &[(1, 2), (1, 1), (0, 3)]);
        let weight_after = weight_of_total(&after, &HALF_THIRD_SIXTH, &[(1, 4), (0, 1), (0, 3)]);
        // 3 / 2 + 2 and 3 / 4; (80 × 3 + 60 × 2) / 5 = 72 and 50.
        assert_eq!((weight_before.nearest(), weight_after.nearest()), (3.5, 0.75));
        assert_eq!((before.percent.nearest(), after.percent.nearest()), (72.0, 50.0));
        let result = Exact::weighted_mean([(&before.percent, &weight_before), (&after.percent, &weight_after)]);
        // (72 × 3.5 + 50 × 0.75) / 4.25 = 289.5 / 4.25
        assert_eq!(result, Exact::share(2_895, 100, 4_250));
        assert_eq!(Exact::weighted_mean([(&before.percent, &Exact::sum([]))]), None);
    }

    #[test]
    fn what_cannot_count_does_not() {
        let marks = [mark(9, 5, 10), mark(0, 5, 0), mark(1, 5, 10)];
        let total = weighted_total(&HALF_THIRD_SIXTH, &marks, MissingCountsAs::Zero).unwrap();
        assert_eq!(total.percent.nearest(), 50.0);
        let unweighted = [Category { weight: 0 }, Category { weight: -5 }];
        assert_eq!(weighted_total(&unweighted, &marks, MissingCountsAs::Zero), None);
    }

    #[test]
    fn equal_totals_are_equal() {
        let marks = |of: [i64; 3]| [mark(0, of[0], 20), mark(1, of[1], 20), mark(2, of[2], 20)];
        let total = |of| weighted_total(&HALF_THIRD_SIXTH, &marks(of), MissingCountsAs::Zero).unwrap().percent;
        // (13 × 3 + 19 × 2 + 1) / 6 = (6 × 3 + 20 × 2 + 20) / 6 = 13 of 20.
        assert_eq!(total([13, 19, 1]), total([6, 20, 20]));
        assert_eq!(total([13, 19, 1]).nearest(), 65.0);
    }

    fn any_mark() -> impl Strategy<Value = CountedMark> {
        let state = prop_oneof![
            Just(MarkState::Marked),
            Just(MarkState::Excused),
            Just(MarkState::Missing),
            Just(MarkState::NotEntered),
        ];
        (0usize..4, 0i64..=200_000, state).prop_map(|(category, value, state)| CountedMark {
            category,
            value: (state == MarkState::Marked).then_some(value),
            max: 200_000,
            state,
        })
    }

    proptest! {
        #[test]
        fn a_total_is_the_sum_of_its_parts(
            weights in prop::array::uniform4(0i64..100),
            marks in prop::collection::vec(any_mark(), 0..30),
        ) {
            let categories = weights.map(|weight| Category { weight });
            let Some(total) = weighted_total(&categories, &marks, MissingCountsAs::Zero) else {
                return Ok(());
            };
            let shares: f64 = total.parts.iter().map(|p| p.effective_weight).sum();
            prop_assert!((shares - 1.0).abs() < 1e-12);
            let weighty = total.parts.iter().filter(|p| p.effective_weight > 0.0);
            let percents: Vec<&Exact> = weighty.filter_map(|p| p.percent.as_ref()).collect();
            prop_assert!(**percents.iter().min().unwrap() <= total.percent);
            prop_assert!(total.percent <= **percents.iter().max().unwrap());
            let gives: f64 = total.parts.iter().filter_map(|p| p.gives.as_ref()).map(Exact::nearest).sum();
            prop_assert!((gives - total.percent.nearest()).abs() < 1e-9);
            for part in &total.parts {
                for &index in &part.counted {
                    let mark = marks[index as usize];
                    prop_assert_eq!(mark.category, part.category as usize);
                    prop_assert!(matches!(mark.state, MarkState::Marked | MarkState::Missing));
                }
            }
        }
    }
}
