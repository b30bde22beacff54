//! How a camera of a session is doing, in figures: pictures a second, time of each stage, pictures left out.

use serde::{Deserialize, Serialize};
use vision::StageTimes;

/// How much the newest value counts in a moving mean.
const WEIGHT: f64 = 0.1;

/// Figures of one camera since it was added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CameraHealth {
    /// Width and height of its pictures in pixels; 0 before the first.
    pub width: u32,
    pub height: u32,
    /// Pictures a second that the camera gives (moving mean).
    pub frames_per_second: f64,
    /// Pictures a second that are looked at (moving mean).
    pub looked_per_second: f64,
    /// Pictures that came.
    #[ts(type = "number")]
    pub frames: u64,
    /// Of these: not decoded, because newer ones came in the meantime.
    #[ts(type = "number")]
    pub dropped_before_decoding: u64,
    /// Decoded, and not looked at, because newer ones came in the meantime.
    #[ts(type = "number")]
    pub dropped_before_looking: u64,
    /// No pictures, or damaged.
    #[ts(type = "number")]
    pub broken: u64,
    /// Milliseconds of each stage (moving mean).
    #[ts(type = "Record<string, number>")]
    #[schemars(with = "std::collections::BTreeMap<String, f64>")]
    pub milliseconds: StageTimes,
}

/// Gathers the figures of one camera.
#[derive(Debug, Default)]
pub(super) struct Gauge {
    shown: CameraHealth,
    /// Sequence numbers and times (seconds on the camera's clock) of the newest decoded and the newest looked at.
    decoded: Option<(u64, f64)>,
    looked: Option<(u64, f64)>,
    decoded_count: u64,
    looked_count: u64,
}

impl Gauge {
    /// The figures as they stand.
    pub fn shown(&self) -> CameraHealth {
        self.shown.clone()
    }

    /// A picture came, and was decoded in so many milliseconds, or could not be.
    pub fn decoded(&mut self, sequence: u64, seconds: f64, size: Option<(u32, u32)>, milliseconds: f64) {
        self.decoded_count += 1;
        self.shown.frames = sequence + 1;
        self.shown.dropped_before_decoding = self.shown.frames.saturating_sub(self.decoded_count);
        match size {
            Some((width, height)) => (self.shown.width, self.shown.height) = (width, height),
            None => self.shown.broken += 1,
        }
        mean(&mut self.shown.milliseconds.decode, milliseconds, self.decoded_count);
        rate(&mut self.shown.frames_per_second, &mut self.decoded, sequence, seconds, true);
    }

    /// A picture was looked at.
    pub fn looked(&mut self, sequence: u64, seconds: f64, times: &StageTimes) {
        self.looked_count += 1;
        let whole = self.decoded_count - self.shown.broken;
        self.shown.dropped_before_looking = whole.saturating_sub(self.looked_count);
        let of = &mut self.shown.milliseconds;
        mean(&mut of.find, times.find, self.looked_count);
        // Not every picture has a face that wants embedding: these stages have a mean over those that had.
        for (kept, new) in [
            (&mut of.align, times.align),
            (&mut of.live, times.live),
            (&mut of.embed, times.embed),
            (&mut of.matching, times.matching),
        ] {
            if new > 0.0 {
                let count = if *kept == 0.0 { 1 } else { u64::MAX };
                mean(kept, new, count);
            }
        }
        rate(&mut self.shown.looked_per_second, &mut self.looked, sequence, seconds, false);
    }
}

/// Moves a mean towards the newest value; the first value is the mean.
fn mean(kept: &mut f64, new: f64, count: u64) {
    *kept = if count <= 1 { new } else { *kept + WEIGHT * (new - *kept) };
}

/// Moves a rate towards what the newest interval says: pictures that came (`all`), or only those that were seen here.
fn rate(kept: &mut f64, last: &mut Option<(u64, f64)>, sequence: u64, seconds: f64, all: bool) {
    if let Some((before, at)) = *last
        && seconds > at
    {
        let pictures = if all { sequence.saturating_sub(before) as f64 } else { 1.0 };
        let now = pictures / (seconds - at);
        *kept = if *kept == 0.0 { now } else { *kept + WEIGHT * (now - *kept) };
    }
    *last = Some((sequence, seconds));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_losses_are_counted_at_each_step() {
        let mut gauge = Gauge::default();
        // Thirty pictures a second come, every second is decoded, every fourth is looked at.
        for n in 0..60_u64 {
            if n.is_multiple_of(2) {
                gauge.decoded(n, n as f64 / 30.0, Some((640, 480)), 4.0);
            }
            if n.is_multiple_of(4) {
                let times = StageTimes { find: 10.0, embed: if n == 8 { 20.0 } else { 0.0 }, ..StageTimes::default() };
                gauge.looked(n, n as f64 / 30.0, &times);
            }
        }
        gauge.decoded(60, 2.0, None, 4.0);
        let shown = gauge.shown();
        assert_eq!((shown.width, shown.height, shown.frames, shown.broken), (640, 480, 61, 1));
        // The newest decoded one still waits.
        assert_eq!((shown.dropped_before_decoding, shown.dropped_before_looking), (30, 14));
        assert!((shown.frames_per_second - 30.0).abs() < 0.01, "{shown:?}");
        assert!((shown.looked_per_second - 7.5).abs() < 0.01, "{shown:?}");
        let times = shown.milliseconds;
        assert_eq!((times.decode, times.find, times.embed), (4.0, 10.0, 20.0));
    }
}
