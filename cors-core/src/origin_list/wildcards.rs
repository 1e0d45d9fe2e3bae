//! Where patterns stand: a few, or a table of what hosts end with.
//!
//! A search by hash asks for each length that a base has, if the host has a dot there. Where bases have many labels, a host could
//! make it ask often; there it asks at most eight times: a binary search over the lengths finds the one that fits. So that it
//! knows where to go on, the table also has what longer bases end with at the lengths that are looked at before theirs. The
//! method is known as binary search on prefix lengths (Waldvogel, Varghese, Turner, Plattner, 1997). It needs that no pattern
//! covers another, which no policy has.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::asked::{Asked, class};
use super::hash::Suffix;
use super::items::Items;
use super::perfect::Table;
use crate::origin::host::are_labels;
use crate::origin::split::{Port, Scheme};
use crate::packed::{Packed, Packing};
use crate::pattern::OriginPatternRef;

/// So many patterns are compared one by one: 380 instructions on average, where a search by hash takes 390 and more.
const FEW: usize = 6;

/// With so many labels, a base is deep.
const DEEP: usize = 7;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct WildcardTable {
    /// Of each pattern: where its base begins in the text, where it ends, and its class.
    records: Cow<'static, [u32]>,
    /// All bits that any class has.
    kinds: u32,
    /// Whether a base of subdomains is deep, so that the table is for a binary search.
    deep: bool,
    /// The different lengths of the bases of subdomains with one port, and with any port, sorted; none where there is no table.
    lengths: [Cow<'static, [u8]>; 2],
    /// Numbers of records.
    pub(super) table: Table,
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

impl WildcardTable {
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
        let (deep, lengths, table) = hashed.unwrap_or_else(|| (false, Default::default(), Table::NONE));
        Self { records: records.into_flattened().into(), kinds, deep, lengths: lengths.map(Cow::Owned), table }
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
        let [own_port, any_port] = asked.below();
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
        let suffix = Suffix::new(self.table.seed(), asked.text);
        let has_below =
            if self.deep { self.have_deep(text, asked, suffix) } else { self.have_shallow(text, asked, suffix) };
        has_below
            || self.kinds & class::HOST_ANY_PORT != 0 && {
                let length = asked.host.len();
                let class = asked.scheme | class::HOST_ANY_PORT;
                matches!(self.find(text, asked, suffix.extended(length), length, class), Found::Pattern)
            }
    }

    fn have_shallow(&self, text: &[u8], asked: &Asked<'_>, suffix: Suffix<'_>) -> bool {
        let dot = |length: &u8| {
            let dot = asked.host.len().wrapping_sub(usize::from(*length));
            (asked.host.get(dot) == Some(&b'.')).then_some(dot)
        };
        asked.below().into_iter().zip(&self.lengths).any(|(class, lengths)| {
            let mut known = suffix;
            let is_below = |dot: &usize| {
                let length = asked.host.len() - dot;
                known = known.extended(length);
                matches!(self.find(text, asked, known, length, class), Found::Pattern)
            };
            lengths.iter().filter_map(dot).find(is_below).is_some_and(|dot| are_labels(&asked.host[..dot]))
        })
    }

    fn have_deep(&self, text: &[u8], asked: &Asked<'_>, suffix: Suffix<'_>) -> bool {
        let states = suffix.states();
        // A pattern for any port covers what is longer, so none is shorter than what a base for one port ends with.
        let mut least = 0;
        asked.below().into_iter().zip(&self.lengths).any(|(class, lengths)| {
            let mut lengths = &**lengths;
            while let Some(length) = lengths.get(lengths.len() / 2) {
                let (shorter, longer) = lengths.split_at(lengths.len() / 2);
                let length = usize::from(*length);
                let found = if length >= asked.host.len() {
                    Found::Nothing
                } else if length <= least {
                    Found::Longer
                } else {
                    self.find(text, asked, suffix.with_state_of(&states, length), length, class)
                };
                match found {
                    Found::Pattern => return asked.has_labels_before(length),
                    Found::Longer => (lengths, least) = (&longer[1..], least.max(length)),
                    Found::Nothing => lengths = shorter,
                }
            }
            false
        })
    }

    #[inline(always)]
    fn find(&self, text: &[u8], asked: &Asked<'_>, suffix: Suffix<'_>, length: usize, class: u32) -> Found {
        let number = self.table.find(suffix.hash(length, class)) as usize;
        let record = self.records.get(3 * number..).and_then(<[u32]>::first_chunk);
        let Some([begin, end, of]) = record else {
            return Found::Nothing;
        };
        if *of != class {
            return Found::Nothing;
        }
        let base = text.get(*begin as usize..*end as usize).unwrap_or_default();
        if !base.ends_with(&asked.text[asked.text.len() - length..]) {
            Found::Nothing
        } else if base.len() == length {
            Found::Pattern
        } else {
            Found::Longer
        }
    }

    pub(super) fn pack(&self, into: &mut Packing) {
        let Self { records, kinds, deep, lengths: [own_port, any_port], table } = self;
        into.numbers(records);
        into.number(*kinds);
        into.number(*deep);
        into.lengths(own_port);
        into.lengths(any_port);
        table.pack(into);
    }

    pub(super) const fn unpack(from: &mut Packed) -> Self {
        Self {
            records: Cow::Borrowed(from.numbers()),
            kinds: from.number(),
            deep: from.flag(),
            lengths: [Cow::Borrowed(from.lengths()), Cow::Borrowed(from.lengths())],
            table: Table::unpack(from),
        }
    }
}

/// Whether a base is deep, the lengths, and the table with each base and, if one is, with what it ends with at the lengths that a
/// search for it looks at before.
fn hashed(records: &[Record], text: &str) -> Option<(bool, [Vec<u8>; 2], Table)> {
    let base = |[begin, end, _]: &Record| text.get(*begin as usize..*end as usize);
    let below = [class::BELOW, class::BELOW_ANY_PORT];
    let lengths = below.map(|kind| {
        let bases = records.iter().filter(|[.., class]| class & kind != 0).filter_map(base);
        let lengths: BTreeSet<u8> = bases.filter_map(|base| u8::try_from(base.len()).ok()).collect();
        Vec::from_iter(lengths)
    });
    let is_deep = |base: &str| base.starts_with('.') && base.matches('.').count() >= DEEP;
    let deep = records.iter().filter_map(base).any(is_deep);
    let mut entries = BTreeMap::new();
    for (number, record) in (0..).zip(records) {
        let [_, end, class] = record;
        entries.insert((*class, base(record)?), (number, *end));
    }
    for (kind, lengths) in below.into_iter().zip(&lengths).filter(|_| deep) {
        for (number, [begin, end, class]) in (0..).zip(records).filter(|(_, [.., class])| class & kind != 0) {
            for length in lengths_before(lengths, end - begin) {
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
    Some((deep, lengths, table))
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
