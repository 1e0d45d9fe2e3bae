//! Policies near the borders of the language, and requests near such policies.

mod policies;
mod pools;
mod requests;

use std::collections::VecDeque;

/// Chosen bytes, and then the generator SplitMix64.
pub(crate) struct Random {
    chosen: VecDeque<u8>,
    state: u64,
}

impl Random {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self { chosen: VecDeque::new(), state: seed }
    }

    /// Each byte makes one choice, so that a change of a byte changes little.
    #[allow(dead_code, reason = "the fuzz targets use it")]
    pub(crate) fn chosen(bytes: &[u8]) -> Self {
        Self { chosen: bytes.iter().copied().collect(), state: 0 }
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        if let Some(byte) = self.chosen.pop_front() {
            return usize::from(byte) % limit;
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).expect("it is less than a usize")
    }

    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    /// Returns one of the texts, which are separated by bars.
    pub(crate) fn pick<'t>(&mut self, texts: &'t str) -> &'t str {
        let count = texts.matches('|').count() + 1;
        texts.split('|').nth(self.below(count)).expect("there are so many")
    }

    /// Returns an ordinary text, and sometimes an odd one.
    pub(crate) fn mostly(&mut self, odd_in: usize, ordinary: &str, odd: &str) -> String {
        let one_in = self.one_in(odd_in);
        self.pick(if one_in { odd } else { ordinary }).to_owned()
    }

    /// Returns labels with about this length in bytes.
    fn long(&mut self, length: usize) -> String {
        let label = self.of(&[9, 49, 62, 63]);
        let text = format!("{}.", "a".repeat(label)).repeat(length / label + 2);
        text[text.len() - length - 1..].trim_matches('.').to_owned()
    }

    fn word(&mut self) -> String {
        let length = self.below(4) + 1;
        (0..length).map(|_| self.of(&['a', 'b', 'x', '7', '-', '_'])).collect()
    }

    fn host(&mut self, odd_in: usize) -> String {
        match self.below(20) {
            0 => format!("{}.example.com", "a".repeat(self.of(&[62, 63, 64]))),
            1 => {
                let length = self.of(&[250, 251, 252, 253, 254]);
                self.long(length)
            }
            2..6 => {
                format!("{}.{}", self.word(), self.pick("example.com|a.example.com|example.io|localhost"))
            }
            _ => self.mostly(odd_in, pools::HOSTS, pools::ODD_HOSTS),
        }
    }

    /// An origin or a pattern, right or wrong.
    pub(crate) fn item(&mut self, odd_in: usize) -> String {
        if self.one_in(4 * odd_in) {
            return self.pick(pools::ORIGINS).to_owned();
        }
        if self.one_in(60) {
            let length = self.of(&[511, 512, 513]);
            return format!("{}://localhost", "x".repeat(length - "://localhost".len()));
        }
        let scheme = self.mostly(
            3 * odd_in,
            "https|https|https|http|http|tauri",
            "chrome-extension|ws|wss|ftp|HTTPS|javascript||x1+.-|1x",
        );
        let web = scheme.starts_with("http");
        let below = if web && self.below(3) == 0 { "*." } else { "" };
        let host = if web || self.one_in(3) { self.host(odd_in) } else { "localhost".to_owned() };
        let port = self.mostly(odd_in, pools::PORTS, pools::ODD_PORTS);
        format!("{scheme}://{below}{host}{port}")
    }
}
