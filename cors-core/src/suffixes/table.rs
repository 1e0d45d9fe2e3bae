//! The published list, with a binary search in its text.

use std::iter;
use std::str::Lines;

use super::{SuffixList, SuffixSection};

/// A section of the list: one sorted rule per line, with reversed labels (`com.amazonaws.s3`), so that the names below
/// a name follow it. Comments come first, because a slash sorts before letters.
struct Rules(&'static str);

const SECTIONS: [(Rules, SuffixSection); 2] = [
    (Rules(include_str!("icann.txt")), SuffixSection::Icann),
    (Rules(include_str!("private.txt")), SuffixSection::Private),
];

/// Maximum number of labels of a rule. Bounds the cost of long hosts.
const MAX_LABELS: usize = 8;

/// The [list of public suffixes](https://publicsuffix.org) that browsers use, with both sections.
/// [`version`](Self::version) returns its date.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{PublicSuffixes, SuffixList, SuffixSection};
///
/// assert_eq!(PublicSuffixes.section("co.uk"), Some(SuffixSection::Icann));
/// assert_eq!(PublicSuffixes.section("github.io"), Some(SuffixSection::Private));
/// assert_eq!(PublicSuffixes.section("example.com"), None);
/// assert_eq!(PublicSuffixes.below("amazonaws.com").as_deref(), Some("s3.amazonaws.com"));
/// assert_eq!(PublicSuffixes.registrable("www.example.co.uk"), Some("example.co.uk"));
/// assert!(PublicSuffixes::version().starts_with("20"));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct PublicSuffixes;

impl PublicSuffixes {
    /// Returns the date and time of the list: `2026-10-22_08-36-41_UTC`.
    pub fn version() -> &'static str {
        let [(Rules(text), _), _] = SECTIONS;
        text.lines().find_map(|line| line.strip_prefix("// VERSION: ")).unwrap_or_default()
    }

    /// Returns the registrable domain of a host, which is its suffix with one more label: `example.co.uk` for
    /// `www.example.co.uk`. Returns `None` for a suffix, and for a host that no rule of the list matches.
    pub fn registrable<'h>(&self, host: &'h str) -> Option<&'h str> {
        let mut one_label_more = None;
        let too_long = host.split('.').count().saturating_sub(MAX_LABELS + 1);
        for name in iter::successors(Some(host), |name| parent(name)).skip(too_long) {
            if SECTIONS.iter().any(|(rules, _)| rules.excepts(name)) {
                return Some(name);
            }
            if self.section(name).is_some() {
                return one_label_more;
            }
            one_label_more = Some(name);
        }
        None
    }
}

impl SuffixList for PublicSuffixes {
    fn section(&self, host: &str) -> Option<SuffixSection> {
        SECTIONS.iter().find(|(rules, _)| rules.is_suffix(host)).map(|(_, section)| *section)
    }

    /// Returns the shortest suffix.
    fn below(&self, host: &str) -> Option<String> {
        let below = SECTIONS.iter().filter_map(|(rules, _)| rules.below(host));
        below.min_by_key(String::len)
    }

    fn version(&self) -> Option<String> {
        Some(Self::version().to_owned())
    }
}

impl Rules {
    /// Whether a host is a public suffix (<https://github.com/publicsuffix/list/wiki/Format>).
    fn is_suffix(&self, host: &str) -> bool {
        let any_label = || parent(host).is_some_and(|parent| self.has(&format!("*.{parent}")));
        self.has(host) || (any_label() && !self.excepts(host))
    }

    fn excepts(&self, host: &str) -> bool {
        self.has(&format!("!{host}"))
    }

    fn has(&self, rule: &str) -> bool {
        let key = reversed(rule);
        self.lines_from(&key).next() == Some(&key)
    }

    fn below(&self, host: &str) -> Option<String> {
        let key = reversed(host) + ".";
        let below = self.lines_from(&key).take_while(|line| line.starts_with(&key));
        // Never an exception, which is longer than its rule for every label.
        below.min_by_key(|line| line.len()).map(reversed)
    }

    /// Returns the lines from the first that does not sort before the key.
    fn lines_from(&self, key: &str) -> Lines<'static> {
        let Self(text) = *self;
        let (mut start, mut end) = (0, text.len());
        while start < end {
            let middle = start.midpoint(end);
            let line = text[start..middle].rfind('\n').map_or(start, |before| start + before + 1);
            let after = text[middle..].find('\n').map_or(text.len(), |last| middle + last);
            if text[line..after] < *key {
                start = text.len().min(after + 1);
            } else {
                end = line;
            }
        }
        text[start..].lines()
    }
}

fn reversed(rule: &str) -> String {
    rule.rsplit('.').collect::<Vec<_>>().join(".")
}

fn parent(host: &str) -> Option<&str> {
    host.split_once('.').map(|(_, parent)| parent)
}

#[cfg(test)]
mod tests {
    use super::{MAX_LABELS, PublicSuffixes, Rules, SECTIONS, SuffixList, SuffixSection};

    #[test]
    fn each_section_is_sorted_and_written_as_browsers_write_hosts() {
        for (Rules(text), section) in SECTIONS {
            assert!(text.is_ascii() && text.contains("Mozilla Public"), "{section:?}");
            let rules: Vec<&str> = text.lines().skip_while(|line| line.starts_with('/')).collect();
            assert!(rules.is_sorted_by(|left, right| left < right), "{section:?}");
            let count = if section == SuffixSection::Icann { 6_000 } else { 3_000 };
            assert!(rules.len() > count, "{section:?} has {} rules", rules.len());
            let is_of_a_host = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
            for rule in rules {
                let host = rule.strip_suffix(".*").unwrap_or(rule).replacen(".!", ".", 1);
                assert!(host.bytes().all(is_of_a_host), "{rule}");
                assert!(rule.split('.').count() <= MAX_LABELS, "{rule}");
                assert_eq!(Rules(text).lines_from(rule).next(), Some(rule));
            }
        }
    }

    #[test]
    fn rules_for_every_label_and_exceptions_from_them_hold() {
        use SuffixSection::{Icann, Private};
        let rows = [
            ("com", Some(Icann), None),
            ("example.com", None, Some("example.com")),
            ("co.uk", Some(Icann), None),
            ("www.example.co.uk", None, Some("example.co.uk")),
            ("github.io", Some(Private), None),
            ("a.name.github.io", None, Some("name.github.io")),
            ("anything.ck", Some(Icann), None),
            ("www.ck", None, Some("www.ck")),
            ("a.www.ck", None, Some("www.ck")),
            ("name.anything.ck", None, Some("name.anything.ck")),
            ("city.kawasaki.jp", None, Some("city.kawasaki.jp")),
            ("other.kawasaki.jp", Some(Icann), None),
            ("kawasaki.jp", None, Some("kawasaki.jp")),
            ("us-east-1.compute.amazonaws.com", Some(Private), None),
            ("compute.amazonaws.com", None, Some("amazonaws.com")),
            ("xn--p1ai", Some(Icann), None),
            ("localhost", None, None),
            ("app.intranet", None, None),
            ("", None, None),
            (".", None, None),
            ("*", None, None),
        ];
        for (host, section, registrable) in rows {
            assert_eq!(PublicSuffixes.section(host), section, "{host}");
            assert_eq!(PublicSuffixes.registrable(host), registrable, "{host}");
        }
    }

    #[test]
    fn a_host_above_suffixes_knows_the_shortest_of_them() {
        let rows = [
            ("amazonaws.com", Some("s3.amazonaws.com")),
            ("compute.amazonaws.com", Some("*.compute.amazonaws.com")),
            ("windows.net", Some("web.core.windows.net")),
            ("core.windows.net", Some("web.core.windows.net")),
            ("ovh.net", Some("*.hosting.ovh.net")),
            ("railway.app", Some("up.railway.app")),
            ("ck", Some("*.ck")),
            // A part of a label is no label.
            ("ithub.io", None),
            ("example.com", None),
            ("github.io", None),
            ("www.ck", None),
            ("zzz", None),
        ];
        for (host, below) in rows {
            assert_eq!(PublicSuffixes.below(host).as_deref(), below, "{host}");
        }
    }

    #[test]
    fn the_list_has_the_day_on_which_it_was_made() {
        assert!(PublicSuffixes::version().starts_with("20"), "{}", PublicSuffixes::version());
    }

    #[test]
    fn hosts_of_any_length_are_looked_up() {
        let longest = format!("{}a.com", "a.".repeat(124));
        assert_eq!(longest.len(), 253);
        assert_eq!(PublicSuffixes.section(&longest), None);
        assert_eq!(PublicSuffixes.registrable(&longest), Some("a.com"));
        assert_eq!(PublicSuffixes.below(&"a".repeat(100_000)), None);
    }
}
