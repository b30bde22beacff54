//! How long each stage of the work took.

use std::time::Instant;

use serde::{Deserialize, Serialize};

/// Milliseconds spent in each stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct StageTimes {
    pub decode: f64,
    pub find: f64,
    pub align: f64,
    pub embed: f64,
    #[serde(rename = "match")]
    pub matching: f64,
    /// Whether faces are real: the pixels of the tracks.
    pub live: f64,
}

impl StageTimes {
    /// Adds another's times.
    pub fn add(&mut self, other: &Self) {
        self.decode += other.decode;
        self.find += other.find;
        self.align += other.align;
        self.embed += other.embed;
        self.matching += other.matching;
        self.live += other.live;
    }

    /// The times divided by `count`.
    pub fn mean(&self, count: usize) -> Self {
        let n = count.max(1) as f64;
        Self {
            decode: self.decode / n,
            find: self.find / n,
            align: self.align / n,
            embed: self.embed / n,
            matching: self.matching / n,
            live: self.live / n,
        }
    }
}

/// Runs `work` and adds the milliseconds that it took to `sum`.
pub(crate) fn timed<T>(sum: &mut f64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    *sum += start.elapsed().as_secs_f64() * 1000.0;
    result
}
