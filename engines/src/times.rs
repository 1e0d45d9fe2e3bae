//! When things happened in a run, so that the model can be asked as of then.

use std::time::Duration;

use super::visit::Visit;

/// When requests began and arrived, since some moment before all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// When each request of a script began and ended.
    pub asks: Vec<(Duration, Duration)>,
    /// When each request arrived at a server.
    pub arrivals: Vec<Duration>,
}

impl Times {
    /// As the visit has it, where nothing but its waits takes time.
    pub fn planned(visit: &Visit) -> Self {
        let mut now = Duration::ZERO;
        let mut begin = |wait: Duration| {
            now += wait;
            (now, now)
        };
        Self { asks: visit.asks.iter().map(|ask| begin(ask.wait)).collect(), arrivals: Vec::new() }
    }

    /// The longest time between two things that belong to one request of a script: an answer may have been read so late.
    pub(super) fn slowest(&self) -> Duration {
        let within = |&(begin, end): &(Duration, Duration)| {
            let arrivals = self.arrivals.iter().copied().filter(move |arrival| (begin..=end).contains(arrival));
            let ends: Vec<Duration> = arrivals.chain([end]).collect();
            ends.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).max().unwrap_or_default()
        };
        self.asks.iter().map(within).max().unwrap_or_default()
    }
}
