//! Where patterns stand: a few, or a table of what hosts end with.
//!
//! A search by hash asks at most eight times whatever the host and however many patterns there are: patterns have few lengths,
//! and a binary search over these finds the one that fits. So that it knows where to go on, the table also has what longer
//! patterns end with at the lengths that are looked at before theirs. The method is known as binary search on prefix lengths
//! (Waldvogel, Varghese, Turner, Plattner, 1997). It needs that no pattern covers another, which no policy has.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::hash::Suffix;
use super::items::Items;
use super::perfect::{Table, TableParts};
use crate::origin::host::{LONGEST_HOST, are_labels};
use crate::origin::split::{Port, Scheme, Split};
use crate::pattern::OriginPatternRef;

/// So many patterns are compared one by one: 390 instructions on average, where a search by hash takes 410 and more.
const FEW: usize = 8;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Wildcards {
    /// Of each pattern: where its base begins in the text, where it ends, and its class.
    records: Cow<'static, [u32]>,
    /// All bits that any class has.
    kinds: u32,
    /// The different lengths of the bases of subdomains, sorted; none where there is no table.
    lengths: Cow<'static, [u8]>,
    /// Numbers of records.
    table: Table,
}

/// [`Wildcards`] as the macro writes them into statics.
#[derive(Debug)]
pub struct WildcardParts<'l> {
    /// Three numbers of each pattern.
    pub records: &'l [u32],
    /// All bits of their classes.
    pub kinds: u32,
    /// The lengths of their bases.
    pub lengths: &'l [u8],
    /// Where there are more than a few.
    pub table: TableParts<'l>,
}

/// Scheme and port, and whether subdomains match: a number that is the same for a pattern and for what it matches.
mod class {
    /// Subdomains with one port, which is the number below.
    pub(super) const BELOW: u32 = 1 << 16;
    /// Subdomains with any port.
    pub(super) const BELOW_ANY_PORT: u32 = 1 << 17;
    /// One host with any port.
    pub(super) const HOST_ANY_PORT: u32 = 1 << 18;
    pub(super) const HTTPS: u32 = 1 << 19;
}

/// The value of an `Origin` line that a pattern might match.
#[derive(Clone, Copy)]
struct Asked<'o> {
    /// Ends where the host ends.
    text: &'o [u8],
    host: &'o [u8],
    scheme: u32,
    port: u32,
}

/// Where a pattern's base begins in the text, where it ends, and its class.
type Record = [u32; 3];

/// What the table says of the end of a host.
enum Found {
    /// A pattern matches all that stands before.
    Pattern,
    /// Longer patterns end alike.
    Longer,
    Nothing,
}

impl<'o> Asked<'o> {
    #[inline]
    fn of(origin: &'o [u8]) -> Option<Self> {
        let split = Split::of(origin)?;
        let scheme = match split.scheme {
            Scheme::Http => 0,
            Scheme::Https => class::HTTPS,
            Scheme::Other(_) => return None,
        };
        let port = match split.port {
            Port::Default => 0,
            Port::Number(number) => u32::from(number),
            Port::Any => return None,
        };
        let host = split.host();
        let (text, host) = (&origin[..host.end], &origin[host]);
        (1..=LONGEST_HOST).contains(&host.len()).then_some(Self { text, host, scheme, port })
    }

    /// SRV-5: whole labels before the dot with which a base begins, so that neither `evilexample.com` nor `example.com` gets in.
    fn has_labels_before(&self, base: usize) -> bool {
        self.host.len().checked_sub(base).is_some_and(|end| are_labels(&self.host[..end]))
    }
}

fn class_of(pattern: OriginPatternRef<'_>) -> u32 {
    let split = pattern.split();
    let kind = match (pattern.has_subdomains(), split.port) {
        (true, Port::Any) => class::BELOW_ANY_PORT,
        (true, Port::Number(number)) => class::BELOW | u32::from(number),
        (true, Port::Default) => class::BELOW,
        (false, _) => class::HOST_ANY_PORT,
    };
    kind | if split.scheme == Scheme::Https { class::HTTPS } else { 0 }
}

impl Wildcards {
    /// For the items at these positions.
    pub(super) fn of(positions: &[u32], items: &Items) -> Self {
        let record = |position: u32| {
            let [begin, end] = items.bounds_of(position)?;
            let pattern = OriginPatternRef::checked(items.get(position)?)?;
            let host = pattern.split().host();
            let host_end = u32::try_from(host.end).ok()?;
            let base_length = u32::try_from(pattern.base().len()).ok()?;
            let end = (begin + host_end).min(end);
            Some([end - base_length, end, class_of(pattern)])
        };
        let records: Vec<Record> = positions.iter().filter_map(|position| record(*position)).collect();
        let kinds = records.iter().fold(0, |kinds, [.., class]| kinds | class);
        let hashed = if records.len() > FEW { hashed(&records, &items.text) } else { None };
        let (lengths, table) = hashed.unwrap_or_else(|| (Vec::new(), Table::from_parts(TableParts::NONE)));
        Self { records: records.into_flattened().into(), kinds, lengths: lengths.into(), table }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kinds == 0
    }

    pub(super) fn have(&self, items: &Items, origin: &[u8]) -> bool {
        let Some(asked) = Asked::of(origin) else {
            return false;
        };
        let text = items.text.as_bytes();
        if self.table.is_empty() { self.have_among_few(text, &asked) } else { self.have_hashed(text, &asked) }
    }

    fn have_among_few(&self, text: &[u8], asked: &Asked<'_>) -> bool {
        let own_port = asked.scheme | class::BELOW | asked.port;
        let any_port = asked.scheme | class::BELOW_ANY_PORT;
        let one_host = asked.scheme | class::HOST_ANY_PORT;
        self.records.as_chunks().0.iter().any(|[begin, end, class]| {
            let base = || text.get(*begin as usize..*end as usize).unwrap_or_default();
            if *class == own_port || *class == any_port {
                asked.host.strip_suffix(base()).is_some_and(are_labels)
            } else {
                *class == one_host && asked.host == base()
            }
        })
    }

    fn have_hashed(&self, text: &[u8], asked: &Asked<'_>) -> bool {
        let kind = |kind| self.kinds & kind != 0;
        kind(class::BELOW) && self.have_below(text, asked, asked.scheme | class::BELOW | asked.port)
            || kind(class::BELOW_ANY_PORT) && self.have_below(text, asked, asked.scheme | class::BELOW_ANY_PORT)
            || kind(class::HOST_ANY_PORT) && {
                let length = asked.host.len();
                let host = Suffix::new(self.table.seed(), asked.text).extended(length);
                matches!(self.find(text, asked, host, length, asked.scheme | class::HOST_ANY_PORT), Found::Pattern)
            }
    }

    fn have_below(&self, text: &[u8], asked: &Asked<'_>, class: u32) -> bool {
        let mut lengths = &*self.lengths;
        let mut known = Suffix::new(self.table.seed(), asked.text);
        while let Some(length) = lengths.get(lengths.len() / 2) {
            let (shorter, longer) = lengths.split_at(lengths.len() / 2);
            let length = usize::from(*length);
            if length >= asked.host.len() {
                lengths = shorter;
                continue;
            }
            let suffix = known.extended(length);
            match self.find(text, asked, suffix, length, class) {
                Found::Pattern => return asked.has_labels_before(length),
                Found::Longer => (lengths, known) = (&longer[1..], suffix),
                Found::Nothing => lengths = shorter,
            }
        }
        false
    }

    #[inline(always)]
    fn find(&self, text: &[u8], asked: &Asked<'_>, suffix: Suffix<'_>, length: usize, class: u32) -> Found {
        let number = self.table.find(suffix.hash(length, class)) as usize;
        let record = self.records.get(3 * number..).and_then(<[u32]>::first_chunk);
        let Some([begin, end, of]) = record else {
            return Found::Nothing;
        };
        let base = text.get(*begin as usize..*end as usize).unwrap_or_default();
        if *of != class || !base.ends_with(&asked.text[asked.text.len() - length..]) {
            Found::Nothing
        } else if base.len() == length {
            Found::Pattern
        } else {
            Found::Longer
        }
    }

    pub(super) const fn from_parts(parts: WildcardParts<'static>) -> Self {
        Self {
            records: Cow::Borrowed(parts.records),
            kinds: parts.kinds,
            lengths: Cow::Borrowed(parts.lengths),
            table: Table::from_parts(parts.table),
        }
    }

    pub(super) fn parts(&self) -> WildcardParts<'_> {
        let Self { records, kinds, lengths, table } = self;
        WildcardParts { records, kinds: *kinds, lengths, table: table.parts() }
    }
}

/// The lengths, and the table with each base and with what it ends with at the lengths that a search for it looks at before.
fn hashed(records: &[Record], text: &str) -> Option<(Vec<u8>, Table)> {
    let below = records.iter().filter(|[.., class]| class & class::HOST_ANY_PORT == 0);
    let lengths: BTreeSet<u8> = below.filter_map(|[begin, end, _]| u8::try_from(end - begin).ok()).collect();
    let lengths: Vec<u8> = lengths.into_iter().collect();
    let mut entries = BTreeMap::new();
    for (number, [begin, end, class]) in (0..).zip(records) {
        entries.insert((*class, text.get(*begin as usize..*end as usize)?), (number, *end));
    }
    for (number, [begin, end, class]) in (0..).zip(records) {
        if class & class::HOST_ANY_PORT == 0 {
            for length in lengths_before(&lengths, end - begin) {
                let suffix = text.get((end - u32::from(length)) as usize..*end as usize)?;
                entries.entry((*class, suffix)).or_insert((number, *end));
            }
        }
    }
    let table = Table::of(|seed| {
        let hash = |((class, suffix), (number, end)): (&(u32, &str), &(u32, u32))| {
            let text = &text.as_bytes()[..*end as usize];
            (Suffix::new(seed, text).extended(suffix.len()).hash(suffix.len(), *class), *number)
        };
        entries.iter().map(hash).collect()
    })?;
    Some((lengths, table))
}

/// Those that a binary search looks at before it finds `wanted`, where they are less.
fn lengths_before(mut lengths: &[u8], wanted: u32) -> Vec<u8> {
    let mut less = Vec::new();
    while let Some(length) = lengths.get(lengths.len() / 2) {
        let (shorter, longer) = lengths.split_at(lengths.len() / 2);
        match u32::from(*length).cmp(&wanted) {
            Ordering::Less => {
                less.push(*length);
                lengths = &longer[1..];
            }
            Ordering::Equal => break,
            Ordering::Greater => lengths = shorter,
        }
    }
    less
}
