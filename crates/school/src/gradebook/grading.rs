//! How a school grades: its scale, what passes, what a missing mark counts as.

use ::analytics::{Band, GradeScale, MissingCountsAs};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{grade_scales, settings};
use store::ids::SchoolId;

use crate::{Error, ErrorCode, Result};

/// The name of the setting that holds a [`GradingRules`].
pub const GRADING_SETTING: &str = "grading";

/// What a school may set about its grading; what it has not set is as in [`GradingRules::default`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase", default)]
pub struct GradingRules {
    /// From which percentage a total passes, 0 to 100.
    pub pass_percent: f64,
    /// What a missing mark counts as.
    pub missing_counts_as: MissingCountsAs,
    /// By how many percentage points a result must fall from one term to the next to put a student at risk.
    pub fall_percent: f64,
    /// Below which attendance rate, in percent, a student is at risk.
    pub attendance_percent: f64,
}

impl Default for GradingRules {
    fn default() -> Self {
        Self {
            pass_percent: 50.0,
            missing_counts_as: MissingCountsAs::Zero,
            fall_percent: 10.0,
            attendance_percent: 85.0,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StoredBand {
    label: String,
    #[serde(alias = "from_percent")]
    from_percent: f64,
}

/// The rules and the scale that a school's results are worked out by.
#[derive(Clone, Debug)]
pub(crate) struct Grading {
    pub rules: GradingRules,
    /// None where the school has no scale: results then have no grade.
    pub scale: Option<GradeScale>,
}

impl Grading {
    /// The grade of a percentage.
    pub fn grade(&self, percent: f64) -> Option<String> {
        self.scale.as_ref()?.grade(percent).map(str::to_owned)
    }

    /// Loads both; a scale or setting that makes no sense is an error that says where to mend it.
    pub async fn load(db: &impl ConnectionTrait, school: SchoolId) -> Result<Self> {
        let broken = || {
            Error::new(ErrorCode::Invalid, "The school's grading cannot be read.")
                .help("Set the grade scale and the pass mark again in the settings.")
        };
        let scale = grade_scales::Entity::find()
            .filter(grade_scales::Column::SchoolId.eq(school))
            .order_by_asc(grade_scales::Column::Id)
            .one(db)
            .await?;
        let scale = match scale {
            None => None,
            Some(row) => {
                let bands: Vec<StoredBand> = serde_json::from_value(row.bands).map_err(|_| broken())?;
                let bands = bands.into_iter().map(|b| Band { label: b.label, lower: b.from_percent }).collect();
                Some(GradeScale::new(bands).map_err(|_| broken())?)
            }
        };
        let rules = settings::Entity::find()
            .filter(settings::Column::SchoolId.eq(school))
            .filter(settings::Column::Name.eq(GRADING_SETTING))
            .one(db)
            .await?;
        let rules = match rules {
            None => GradingRules::default(),
            Some(row) => serde_json::from_value(row.value).map_err(|_| broken())?,
        };
        Ok(Self { rules, scale })
    }
}
