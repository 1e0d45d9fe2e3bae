//! A limit for the lines in the log: strangers choose the origins, and must not fill the disk.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use cors_core::Denial;

/// The same refusal is logged once in this time.
const WINDOW: Duration = Duration::from_secs(60);

/// Maximum number of lines in a window. It bounds the memory, too.
const LINES: usize = 60;

/// The keys of the lines that were logged in this window.
#[derive(Debug)]
struct Limit<K> {
    began: Option<Instant>,
    written: Vec<K>,
    left_out: u64,
}

impl<K: PartialEq> Limit<K> {
    const fn new() -> Self {
        Self { began: None, written: Vec::new(), left_out: 0 }
    }

    /// Returns the number of lines that were left out since the last one, or `None` if this one is left out, too.
    fn admit(&mut self, now: Instant, key: K) -> Option<u64> {
        let is_over = |began| now.saturating_duration_since(began) >= WINDOW;
        if self.began.is_none_or(is_over) {
            self.began = Some(now);
            self.written.clear();
        }
        if self.written.len() >= LINES || self.written.contains(&key) {
            self.left_out = self.left_out.saturating_add(1);
            return None;
        }
        self.written.push(key);
        Some(std::mem::take(&mut self.left_out))
    }
}

/// A limit for all threads.
#[derive(Debug)]
pub(crate) struct SharedLimit<K>(Mutex<Limit<K>>);

/// The limit for refusals: two are the same if reason and origin are the same.
pub(crate) type RefusalLimit = SharedLimit<(Denial, Vec<u8>)>;

impl<K: PartialEq> SharedLimit<K> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Limit::new()))
    }

    pub(crate) fn admit(&self, key: K) -> Option<u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).admit(Instant::now(), key)
    }
}

#[cfg(test)]
mod tests {
    use super::{LINES, Limit, WINDOW};
    use std::time::{Duration, Instant};

    #[test]
    fn a_line_is_written_once_in_a_window() {
        let mut limit = Limit::new();
        let begin = Instant::now();
        assert_eq!(limit.admit(begin, "a"), Some(0));
        assert_eq!(limit.admit(begin, "a"), None);
        assert_eq!(limit.admit(begin, "b"), Some(1));
        assert_eq!(limit.admit(begin + WINDOW - Duration::from_nanos(1), "a"), None);
        assert_eq!(limit.admit(begin + WINDOW, "a"), Some(1));
    }

    #[test]
    fn lines_and_memory_are_bounded() {
        let mut limit = Limit::new();
        let begin = Instant::now();
        let written = (0..100_000).filter(|number| limit.admit(begin, *number).is_some()).count();
        assert_eq!((written, limit.written.len()), (LINES, LINES));
        assert_eq!(limit.admit(begin + WINDOW, 0), Some(100_000 - LINES as u64), "the others are counted");
    }
}
