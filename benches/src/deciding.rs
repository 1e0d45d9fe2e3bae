//! Is this origin allowed? The question alone, for many origins.

use std::collections::HashSet;

use actix_web::http::header::HeaderValue;
use cors_core::{Origins, PolicyDraft};

use crate::setting::origin;

/// How the origins are kept that a policy lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Structure {
    /// Origins, by this project.
    Origins,
    /// Patterns for subdomains, by this project.
    Patterns,
    /// Patterns with bases of all lengths, half of them for any port: what a search goes through longest.
    AllLengths,
    /// `HashSet<HeaderValue>`, as in actix-cors.
    HashSet,
    /// One after the other, as in tower-http.
    Scan,
}

/// Looks for some origins, and gives how many of them it found.
pub type Search = Box<dyn Fn(&[HeaderValue]) -> usize>;

/// Which origins are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Listed ones, spread evenly.
    Hit,
    /// Others that look alike.
    Miss,
    /// 253 bytes of host, all of one-letter labels: the longest that there is.
    Labels,
    /// 8 KiB of one-letter labels.
    Long,
}

impl Structure {
    /// All, in the order of the tables.
    pub const ALL: [Self; 5] = [Self::Origins, Self::Patterns, Self::AllLengths, Self::HashSet, Self::Scan];

    /// How tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Origins => "exact origins",
            Self::Patterns => "patterns",
            Self::AllLengths => "patterns of all lengths",
            Self::HashSet => "HashSet",
            Self::Scan => "scan",
        }
    }

    /// Of so many origins a list is measured. A million patterns are nobody's.
    pub const fn counts(self) -> &'static [usize] {
        match self {
            Self::Patterns => &[1, 10, 1_000, 100_000],
            Self::AllLengths => &[10, 480],
            _ => &[1, 10, 1_000, 100_000, 1_000_000],
        }
    }

    /// The structure of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|structure| structure.name() == name)
    }

    /// A search among so many listed origins.
    ///
    /// Nothing but the search happens in functions called `measured`.
    pub fn build(self, count: usize) -> Search {
        let values = || (0..count).map(|number| value(origin(number)));
        match self {
            Self::Origins | Self::Patterns | Self::AllLengths => search_in(&self.draft(count)),
            Self::HashSet => {
                let set: HashSet<HeaderValue> = values().collect();
                Box::new(move |asked| measured(|origin| set.contains(origin), asked))
            }
            Self::Scan => {
                let list: Vec<HeaderValue> = values().collect();
                Box::new(move |asked| measured(|origin| list.contains(origin), asked))
            }
        }
    }

    /// A policy of this project's with so many items.
    pub fn draft(self, count: usize) -> PolicyDraft {
        let item = |number| match self {
            Self::Patterns => origin(number).replace("://", "://*."),
            Self::AllLengths => {
                let (host, port) = of_all_lengths(number);
                format!("https://*.{host}{}", if port.is_empty() { "" } else { ":*" })
            }
            _ => origin(number),
        };
        PolicyDraft::new().origins((0..count).map(item).collect::<Vec<_>>())
    }

    /// What is looked for among so many listed origins.
    pub fn asked(self, count: usize, question: Question, times: usize) -> Vec<HeaderValue> {
        let asked = |index| {
            let hit = (2 * shuffled(index, times) + 1) * count / (2 * times);
            let origin = match question {
                Question::Hit | Question::Miss if self == Self::AllLengths => return value(longest(hit, question)),
                Question::Hit => origin(hit),
                Question::Miss => origin(count + index),
                Question::Labels => return value(format!("https://a{}", ".a".repeat(126))),
                Question::Long => return value(format!("https://a.{}", "a.".repeat(4091))),
            };
            value(if self == Self::Patterns { origin.replace("://", "://www.") } else { origin })
        };
        (0..times).map(asked).collect()
    }
}

fn search_in(draft: &PolicyDraft) -> Search {
    let policy = draft.validate().expect("a valid policy");
    let Origins::Listed(list) = policy.rules()[0].origins().clone() else {
        unreachable!("the draft lists origins");
    };
    Box::new(move |asked| measured(|origin| list.matches(origin.as_bytes()), asked))
}

/// Lists of patterns, and for each list hosts of 253 bytes that it matches. The worst of these searches is a limit.
///
/// The first list has patterns of all lengths. In the second one, patterns for other ports are below each other and below the one
/// that matches, so that each step of a search finds something.
pub fn hostile(patterns: usize) -> [(Search, Vec<HeaderValue>); 2] {
    // The generator SplitMix64, which begins anew each time.
    let mut state = 17_u64;
    let mut letter = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        char::from(b"abcdefgh"[(mixed ^ (mixed >> 27)) as usize % 8])
    };
    let mut longest = |host: &str, port: &str| {
        let labels: String = (0..(LONGEST_HOST - host.len()) / 2).flat_map(|_| [letter(), '.']).collect();
        value(format!("https://{labels}{host}{port}"))
    };
    let of_all_lengths = (0..ROUNDS).flat_map(|_| 0..patterns).map(of_all_lengths);
    let hosts = of_all_lengths.map(|(host, port)| longest(&host, port)).collect();
    let numbers = 0..patterns.min(LONGEST_HOST - 9);
    let below_the_first = (0..2 * ROUNDS).flat_map(|_| numbers.clone().step_by(2)).map(nested);
    let hosts_below = below_the_first.map(|host| longest(&host, ":65535")).collect();
    let items = numbers.map(|number| format!("https://*.{}:{}", nested(number), 65_535 - number));
    let nested = PolicyDraft::new().origins(items.collect::<Vec<_>>());
    [(Structure::AllLengths.build(patterns), hosts), (search_in(&nested), hosts_below)]
}

/// The base of a pattern: each second one is below all of these before it, and the others have the lengths between theirs.
fn nested(number: usize) -> String {
    let labels: String = (0..number / 2).rev().map(|index| ["a.", "b.", "c."][index * index % 7 % 3]).collect();
    format!("{labels}{}b.com", ["", "x"][number % 2])
}

/// So often each pattern is asked for. More find nothing worse.
const ROUNDS: usize = 4;

impl Question {
    /// All, in the order of the tables.
    pub const ALL: [Self; 4] = [Self::Hit, Self::Miss, Self::Labels, Self::Long];

    /// How tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Labels => "253 bytes",
            Self::Long => "8 KiB",
        }
    }
}

/// Another order of all indices below `times`, so that no cache knows what comes next.
fn shuffled(index: usize, times: usize) -> usize {
    // A prime number that divides no such `times`.
    index * 1_000_003 % times
}

/// The host below which a pattern matches, and a port where it matches any.
fn of_all_lengths(number: usize) -> (String, &'static str) {
    let (length, any_port) = (number / 2, number.is_multiple_of(2));
    let (label, port) = if any_port { ("p", ":65535") } else { ("o", "") };
    (format!("{}{label}.com{}", ["", "y"][length % 2], ".a".repeat(length / 2)), port)
}

/// The longest origin that such a pattern matches, or one that looks alike.
fn longest(number: usize, question: Question) -> String {
    let (host, port) = of_all_lengths(number);
    let labels = "a.".repeat((LONGEST_HOST - host.len()) / 2);
    let host = if question == Question::Hit { host } else { host.replace(".com", ".net") };
    format!("https://{labels}{host}{port}")
}

const LONGEST_HOST: usize = 253;

fn value(origin: String) -> HeaderValue {
    HeaderValue::try_from(origin).expect("a header value")
}

/// What is counted: how many are found.
#[inline(never)]
fn measured(is_allowed: impl Fn(&HeaderValue) -> bool, asked: &[HeaderValue]) -> usize {
    asked.iter().filter(|origin| is_allowed(origin)).count()
}
