//! How a school grades: its scale, what passes, what a missing mark counts as, how totals are rounded.

use ::analytics::{Band, Exact, GradeScale, MissingCountsAs, Rounding, describe};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::grade_scales;
use store::ids::SchoolId;
use words::refusals;

use crate::schools::{GradeBand, MissingMarks, Settings, load_settings};
use crate::{Error, ErrorCode, Result};

/// By how many percentage points a result must fall from one term to the next to put a student at risk.
const FALL_AT_RISK: f64 = 10.0;

/// Below which attendance rate, in percent, a student is at risk: the usual line of chronic absence is missing a tenth
/// of the days.
const ATTENDANCE_AT_RISK: f64 = 90.0;

/// The rules that results are worked out by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GradingRules {
    /// From which percentage a total passes, 0 to 100.
    pub pass_percent: f64,
    /// What a missing mark counts as.
    pub missing_counts_as: MissingCountsAs,
    /// To how many decimals totals are rounded, a half up; grade, pass, rank and print go by the rounded total.
    pub total_decimals: u8,
    /// From how many results on a student sees the mean of the class and the own rank.
    pub class_figures_from: u32,
    /// By how many percentage points a result must fall from one term to the next to put a student at risk.
    pub fall_percent: f64,
    /// Below which attendance rate, in percent, a student is at risk.
    pub attendance_percent: f64,
}

/// The rules and the scale that a school's results are worked out by.
#[derive(Clone, Debug)]
pub struct Grading {
    pub rules: GradingRules,
    /// None where the school has no scale: results then have no grade.
    pub scale: Option<GradeScale>,
    pub settings: Settings,
}

impl Grading {
    /// The school's rule: every exact percentage goes through here once, before it is compared, shown or printed.
    pub fn rounding(&self) -> Rounding {
        Rounding::to(self.rules.total_decimals)
    }

    /// A mark in percent of its maximum (both in ten-thousandths), rounded by the school's rule; none where the maximum
    /// is not above 0.
    pub fn percent_of(&self, value: i64, maximum: i64) -> Option<f64> {
        Exact::percent(value.into(), maximum.into()).map(|exact| self.rounding().round(&exact))
    }

    /// A percentage as it is printed, with a decimal point and without the sign.
    pub fn text(&self, percent: f64) -> String {
        self.rounding().text(percent)
    }

    /// A mean of percentages as it is shown, so that what is worked out from it fits what stands beside it.
    pub fn rounded_mean(&self, percents: &[Option<f64>]) -> Option<f64> {
        let given: Vec<f64> = percents.iter().flatten().copied().collect();
        describe(&given).mean.map(|mean| self.rounding().round_written(mean))
    }

    /// The grade of a rounded percentage.
    pub fn grade(&self, percent: f64) -> Option<String> {
        self.scale.as_ref()?.grade(percent).map(str::to_owned)
    }

    /// Whether a rounded percentage passes.
    pub fn passes(&self, percent: f64) -> bool {
        percent >= self.rules.pass_percent
    }

    /// Whether a student may see figures of so many results, the own one among them. Of a few, whoever knows the own one
    /// works out the others.
    pub fn class_is_shown(&self, results: u32) -> bool {
        results >= self.rules.class_figures_from
    }

    /// The share of rounded percentages that pass, 0 to 1; none for an empty list.
    pub fn pass_rate(&self, percents: &[f64]) -> Option<f64> {
        ::analytics::pass_rate(percents, self.rules.pass_percent)
    }

    /// The rules that follow from a school's settings.
    fn of(scale: Option<GradeScale>, settings: Settings) -> Self {
        let rules = GradingRules {
            pass_percent: settings.pass_percent,
            missing_counts_as: match settings.missing_marks {
                MissingMarks::Zero => MissingCountsAs::Zero,
                MissingMarks::Nothing => MissingCountsAs::Nothing,
            },
            total_decimals: settings.total_decimals,
            class_figures_from: settings.class_figures_from,
            fall_percent: FALL_AT_RISK,
            attendance_percent: ATTENDANCE_AT_RISK,
        };
        Self { rules, scale, settings }
    }

    /// The grading of a school that has set nothing.
    #[cfg(test)]
    pub fn default_rules() -> Self {
        Self::of(None, Settings::default())
    }

    /// Loads both; a scale that makes no sense is an error that says where to mend it.
    pub async fn load(db: &impl ConnectionTrait, school: SchoolId) -> Result<Self> {
        let broken = || {
            Error::new(ErrorCode::Invalid, refusals::gradebook::scale_unreadable())
                .help(refusals::gradebook::set_scale_again())
        };
        let scale = grade_scales::Entity::find()
            .filter(grade_scales::Column::SchoolId.eq(school))
            .order_by_asc(grade_scales::Column::Id)
            .one(db)
            .await?;
        let scale = match scale {
            None => None,
            Some(row) => {
                let bands: Vec<GradeBand> = serde_json::from_value(row.bands).map_err(|_| broken())?;
                let bands = bands.into_iter().map(|b| Band { label: b.label, lower: b.from_percent }).collect();
                Some(GradeScale::new(bands).map_err(|_| broken())?)
            }
        };
        let settings = load_settings(db, school).await?;
        Ok(Self::of(scale, settings))
    }
}
