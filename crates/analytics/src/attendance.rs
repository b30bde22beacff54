//! Attendance of a term in one figure.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How often a student, or a class, was marked with each code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub struct AttendanceCounts {
    /// There from the beginning.
    pub present: u32,
    /// There, but late.
    pub late: u32,
    /// Not there, without leave.
    pub absent: u32,
    /// Not there, with leave.
    pub excused: u32,
}

impl AttendanceCounts {
    /// All registers taken, excused ones too.
    #[must_use]
    pub fn total(&self) -> u64 {
        [self.present, self.late, self.absent, self.excused].into_iter().map(u64::from).sum()
    }
}

/// Percentage of registers at which the student was there, late or not, 0 to 100; an excused
/// absence is an absence. None where no register was taken.
#[must_use]
pub fn attendance_rate(counts: &AttendanceCounts) -> Option<f64> {
    let there = u64::from(counts.present) + u64::from(counts.late);
    (counts.total() > 0).then(|| 100.0 * there as f64 / counts.total() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_is_there_and_excused_is_not() {
        let counts = AttendanceCounts { present: 15, late: 1, absent: 3, excused: 1 };
        assert_eq!(attendance_rate(&counts), Some(80.0));
        assert_eq!(attendance_rate(&AttendanceCounts::default()), None);
    }
}
