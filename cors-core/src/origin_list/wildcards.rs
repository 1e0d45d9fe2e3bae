//! Where patterns stand: a few, or a table of what hosts end with.
//!
//! A search in the table is a binary search over the lengths that bases have, so the labels of a host make it no longer. So that it
//! knows where to go on, the table also has what each base ends with at the shorter lengths at which a search for it looks. The
//! method is known as binary search on prefix lengths (Waldvogel, Varghese, Turner, Plattner, 1997). It needs that no pattern
//! covers another, which no policy has.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::asked::{Asked, class};
use super::hash::Suffixes;
use super::items::Items;
use super::perfect::Table;
use crate::origin::split::{Port, Scheme, without_port};
use crate::packed::{Packed, Packing};
use crate::pattern::OriginPatternRef;

/// So many patterns are compared one by one: 440 instructions at most for hosts that look alike, where a search by hash takes 300
/// to 550.
const FEW: usize = 8;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct WildcardTable {
    /// Of each pattern: where its base begins in the text, where it ends, and its class.
    records: Cow<'static, [Record]>,
    /// All bits that any class has.
    kinds: u32,
    /// The lengths of the bases of subdomains with one port, and with any port, in order; none where there is no table.
    lengths: [Lengths; 2],
    /// Numbers of records.
    pub(super) table: Table,
}

/// Where a pattern's base begins in the text, where it ends, and its class.
type Record = [u32; 3];

/// No host is longer than such a number.
type Lengths = Cow<'static, [u8]>;

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
        let (lengths, table) = hashed.unwrap_or_else(|| (Default::default(), Table::NONE));
        Self { records: records.into(), kinds, lengths, table }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kinds == 0
    }

    #[inline(always)]
    pub(super) fn have(&self, items: &Items, origin: &[u8]) -> bool {
        let text = items.text.as_bytes();
        if self.table.is_empty() { self.have_among_few(text, origin) } else { self.have_hashed(text, origin) }
    }

    #[inline(always)]
    fn have_among_few(&self, text: &[u8], origin: &[u8]) -> bool {
        let before_port = without_port(origin);
        let mut records = self.records.iter();
        for record in records.by_ref() {
            if ends_with(before_port, base(text, record)) {
                return matches(record, origin) || one_matches(records.as_slice(), text, origin);
            }
        }
        false
    }

    // Not inlined, so that what most lists need stays in registers.
    #[inline(never)]
    fn have_hashed(&self, text: &[u8], origin: &[u8]) -> bool {
        let Some(asked) = Asked::of(origin) else {
            return false;
        };
        let mut states = [0; _];
        let suffixes = Suffixes::new(self.table.seed(), asked.text, &mut states);
        // A pattern for any port covers what is longer, so none is shorter than what a base for one port ends with.
        let mut least = 0;
        for (class, lengths) in asked.below().into_iter().zip(&self.lengths) {
            let mut lengths = &**lengths;
            while let Some((shorter, length, longer)) = halves(lengths) {
                let found = if length <= least {
                    Found::Longer
                } else if usize::from(length) < asked.host.len() {
                    self.find(text, &suffixes, length, class)
                } else {
                    Found::Nothing
                };
                match found {
                    Found::Pattern => return asked.has_labels_before(length.into()),
                    Found::Longer => (lengths, least) = (longer, least.max(length)),
                    Found::Nothing => lengths = shorter,
                }
            }
        }
        self.kinds & class::HOST_ANY_PORT != 0 && {
            let length = u8::try_from(asked.host.len()).unwrap_or(u8::MAX);
            matches!(self.find(text, &suffixes, length, asked.one_host()), Found::Pattern)
        }
    }

    #[inline(always)]
    fn find(&self, text: &[u8], suffixes: &Suffixes<'_>, length: u8, class: u32) -> Found {
        let number = self.table.find(suffixes.hash(length, class)) as usize;
        let Some(record @ [.., of]) = self.records.get(number) else {
            return Found::Nothing;
        };
        if *of != class {
            return Found::Nothing;
        }
        let base = base(text, record);
        if !base.ends_with(suffixes.suffix(length)) {
            Found::Nothing
        } else if base.len() == usize::from(length) {
            Found::Pattern
        } else {
            Found::Longer
        }
    }

    pub(super) fn pack(&self, into: &mut Packing) {
        let Self { records, kinds, lengths: [own_port, any_port], table } = self;
        into.numbers(records.as_flattened());
        into.number(*kinds);
        into.lengths(own_port);
        into.lengths(any_port);
        table.pack(into);
    }

    pub(super) const fn unpack(from: &mut Packed) -> Self {
        Self {
            records: Cow::Borrowed(from.numbers().as_chunks().0),
            kinds: from.number(),
            lengths: [Cow::Borrowed(from.lengths()), Cow::Borrowed(from.lengths())],
            table: Table::unpack(from),
        }
    }
}

/// Most hosts have no dot there, so that nothing is compared.
#[inline(always)]
fn ends_with(text: &[u8], base: &[u8]) -> bool {
    let end = text.len().wrapping_sub(base.len());
    text.get(end) == base.first() && text.get(end..) == Some(base)
}

/// Whether a pattern matches, with whose base the origin ends but for its port.
#[inline(never)]
fn matches(record: &Record, origin: &[u8]) -> bool {
    Asked::of(origin).is_some_and(|asked| is_of(&asked, record))
}

/// The same for several patterns. The origin is parsed once.
#[inline(never)]
fn one_matches(records: &[Record], text: &[u8], origin: &[u8]) -> bool {
    Asked::of(origin).is_some_and(|asked| {
        let ends_with = |record: &&Record| ends_with(asked.text, base(text, record));
        records.iter().filter(ends_with).any(|record| is_of(&asked, record))
    })
}

/// Whether a pattern matches, with whose base the host ends.
#[inline(always)]
fn is_of(asked: &Asked<'_>, [begin, end, class]: &Record) -> bool {
    let length = end.wrapping_sub(*begin) as usize;
    if asked.below().contains(class) {
        asked.has_labels_before(length)
    } else {
        *class == asked.one_host() && asked.host.len() == length
    }
}

#[inline(always)]
fn base<'t>(text: &'t [u8], [begin, end, _]: &Record) -> &'t [u8] {
    text.get(*begin as usize..*end as usize).unwrap_or_default()
}

/// The length in the middle, and those on either side.
#[inline(always)]
fn halves(lengths: &[u8]) -> Option<(&[u8], u8, &[u8])> {
    let (shorter, rest) = lengths.split_at(lengths.len() / 2);
    let (middle, longer) = rest.split_first()?;
    Some((shorter, *middle, longer))
}

/// The lengths of bases, and the table with each base, and with what a search for it looks at before.
fn hashed(records: &[Record], text: &str) -> Option<([Lengths; 2], Table)> {
    let base = |[begin, end, _]: &Record| text.get(*begin as usize..*end as usize);
    let kind = |class: u32| usize::from(class & class::BELOW_ANY_PORT != 0);
    let below = || (0..).zip(records).filter(|(_, [.., class])| class & class::HOST_ANY_PORT == 0);
    let mut lengths = <[BTreeSet<u8>; 2]>::default();
    for (_, record @ [.., class]) in below() {
        lengths[kind(*class)].insert(u8::try_from(base(record)?.len()).ok()?);
    }
    let lengths = lengths.map(|lengths| lengths.into_iter().collect::<Vec<u8>>());
    let mut entries = BTreeMap::new();
    for (number, record @ [_, end, class]) in (0..).zip(records) {
        entries.insert((*class, base(record)?), (number, *end));
    }
    for (number, record @ [_, end, class]) in below() {
        let (base, mut lengths) = (base(record)?, &*lengths[kind(*class)]);
        while let Some((shorter, length, longer)) = halves(lengths) {
            lengths = match usize::from(length).cmp(&base.len()) {
                Ordering::Less => {
                    let suffix = &base[base.len() - usize::from(length)..];
                    entries.entry((*class, suffix)).or_insert((number, *end));
                    longer
                }
                Ordering::Equal => break,
                Ordering::Greater => shorter,
            };
        }
    }
    let table = Table::of(|seed| {
        let hash = |((class, suffix), (number, end)): (&(u32, &str), &(u32, u32))| {
            let length = u8::try_from(suffix.len()).unwrap_or(u8::MAX);
            (Suffixes::new(seed, &text.as_bytes()[..*end as usize], &mut [0; _]).hash(length, *class), *number)
        };
        entries.iter().map(hash).collect()
    })?;
    Some((lengths.map(Cow::Owned), table))
}
