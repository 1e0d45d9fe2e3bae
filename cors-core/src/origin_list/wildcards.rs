//! Where patterns stand: a few, or a table of what hosts end with.
//!
//! A search in the table is a binary search over the lengths that bases have, so the labels of a host make it no longer. So that it
//! knows where to go on, the table also has what each base ends with at the shorter lengths at which a search for it looks. The
//! method is known as binary search on prefix lengths (Waldvogel, Varghese, Turner, Plattner, 1997).
//!
//! One search finds patterns for the host's port and for any port, so their bases are in one table. It may end at a base for
//! another port, which ends like the host in as many bytes as any base does: whatever base the host ends with, that one ends with
//! too. Bases are sorted from their ends, those for one port beside each other, and none of these ends with another, since no
//! pattern of a policy covers another. So the only one that could match is the last that is not after the one that was found. A
//! pattern for any port covers longer ones for one port, so it is never passed over in this way.

use std::borrow::Cow;
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
    /// Of each pattern, in the order of classes and ranks.
    records: Cow<'static, [Record]>,
    /// The lengths of all bases, made odd, as a tree: the root, the level below it, and so on; none where there is no table.
    lengths: Lengths,
    /// Numbers of records.
    pub(super) table: Table,
}

/// Where a pattern's base begins in the text, where it ends, its class, and its rank among all bases, sorted from their ends.
type Record = [u32; 4];

/// No base is longer than such a number.
type Lengths = Cow<'static, [u8]>;

fn class_of(pattern: OriginPatternRef<'_>) -> u32 {
    let split = pattern.split();
    let kind = match split.port {
        Port::Any if pattern.has_subdomains() => class::ANY_PORT,
        Port::Any => class::ONE_HOST,
        Port::Number(number) => u32::from(number),
        Port::Default => 0,
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
            // The slash before the host: only the whole host ends with that.
            let slash = u32::from(!pattern.has_subdomains());
            Some([end - base_length - slash, end, class_of(pattern), 0])
        };
        let mut records: Vec<Record> = positions.iter().filter_map(|position| record(*position)).collect();
        sort(&mut records, items.text.as_bytes());
        let hashed = if records.len() > FEW { hashed(&records, items.text.as_bytes()) } else { None };
        let (lengths, table) = hashed.unwrap_or((Vec::new(), Table::NONE));
        Self { records: records.into(), lengths: lengths.into(), table }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty()
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
        let seed = scheme_seed(self.table.seed(), asked.own_port);
        let suffixes = Suffixes::new(seed, asked.text, &mut states);
        let (mut node, mut found) = (0, None);
        while let Some(odd) = self.lengths.get(node) {
            let length = cut(asked.text, *odd);
            let in_host = usize::from(length) <= asked.host.len() + 1;
            let record = if in_host { self.find(text, &suffixes, length, asked.own_port) } else { None };
            if let Some(record) = record {
                if let Some(answer) = answer(&asked, record, length.into()) {
                    return answer;
                }
                found = Some(record);
            }
            node = child(node, record.is_some());
        }
        found.is_some_and(|[.., rank]| self.has_own_port_before(*rank, text, &asked))
    }

    /// A record whose base ends like the text in so many bytes.
    #[inline(always)]
    fn find(&self, text: &[u8], suffixes: &Suffixes<'_>, length: u8, own_port: u32) -> Option<&Record> {
        let record @ [_, end, class, _] = self.records.get(self.table.find(suffixes.hash(length)) as usize)?;
        if (class ^ own_port) & class::HTTPS != 0 {
            return None;
        }
        text.get(..*end as usize)?.ends_with(suffixes.suffix(length)?).then_some(record)
    }

    /// Whether the last pattern for the port that is not after this rank matches.
    fn has_own_port_before(&self, rank: u32, text: &[u8], asked: &Asked<'_>) -> bool {
        let after = self.records.partition_point(|[.., class, at]| (*class, *at) <= (asked.own_port, rank));
        let record = after.checked_sub(1).and_then(|number| self.records.get(number));
        record.is_some_and(|record| ends_with(asked.text, base(text, record)) && is_of(asked, record))
    }

    pub(super) fn pack(&self, into: &mut Packing) {
        let Self { records, lengths, table } = self;
        into.numbers(records.as_flattened());
        into.lengths(lengths);
        table.pack(into);
    }

    pub(super) const fn unpack(from: &mut Packed) -> Self {
        Self {
            records: Cow::Borrowed(from.numbers().as_chunks().0),
            lengths: Cow::Borrowed(from.lengths()),
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

/// What a record decides whose base ends like the host in so many bytes; nothing where the search goes on.
#[inline(always)]
fn answer(asked: &Asked<'_>, [begin, end, class, _]: &Record, length: usize) -> Option<bool> {
    let base = end.wrapping_sub(*begin) as usize;
    if base == length && asked.is_below(*class) {
        return Some(asked.has_labels_before(base));
    }
    (base == asked.host.len() + 1 && length >= asked.host.len() && *class == asked.one_host()).then_some(true)
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

/// Whether a pattern matches, with whose base the text ends.
#[inline(always)]
fn is_of(asked: &Asked<'_>, [begin, end, class, _]: &Record) -> bool {
    asked.matches(*class, end.wrapping_sub(*begin) as usize)
}

#[inline(always)]
fn base<'t>(text: &'t [u8], [begin, end, ..]: &Record) -> &'t [u8] {
    text.get(*begin as usize..*end as usize).unwrap_or_default()
}

/// Where the tree of lengths goes on.
const fn child(node: usize, is_longer: bool) -> usize {
    2 * node + 1 + is_longer as usize
}

/// Fills the tree below a node by lengths in order.
fn fill(tree: &mut [u8], node: usize, lengths: &mut impl Iterator<Item = u8>) {
    if node < tree.len() {
        fill(tree, child(node, false), lengths);
        tree[node] = lengths.next().unwrap_or(0);
        fill(tree, child(node, true), lengths);
    }
}

/// One of two lengths at which to look: the longer one, which is odd, where a dot stands there. So none stands at the other, since
/// no label is empty.
#[inline(always)]
fn cut(text: &[u8], odd: u8) -> u8 {
    let has_dot = text.get(text.len().wrapping_sub(odd.into())) == Some(&b'.');
    if has_dot { odd } else { odd - 1 }
}

/// Gives each record its rank, and sorts all.
fn sort(records: &mut [Record], text: &[u8]) {
    records.sort_by(|one, other| base(text, one).iter().rev().cmp(base(text, other).iter().rev()));
    for (number, equal) in (0..).zip(records.chunk_by_mut(|one, other| base(text, one) == base(text, other))) {
        equal.iter_mut().for_each(|[.., rank]| *rank = number);
    }
    records.sort_unstable_by_key(|[.., class, rank]| (*class, *rank));
}

/// The lengths of bases, and the table with each base, and with what a search for it looks at before.
fn hashed(records: &[Record], text: &[u8]) -> Option<(Vec<u8>, Table)> {
    let length_of = |record| Some(u8::try_from(base(text, record).len()).ok()? | 1);
    let lengths: BTreeSet<u8> = records.iter().map(length_of).collect::<Option<_>>()?;
    let mut tree = vec![0; lengths.len()];
    fill(&mut tree, 0, &mut lengths.into_iter());
    let mut entries = BTreeMap::new();
    for (number, record @ [_, end, class, _]) in (0..).zip(records) {
        let (length_of_base, text, mut node) = (length_of(record)?, &text[..*end as usize], 0);
        while let Some(&length) = tree.get(node) {
            if length <= length_of_base {
                let key = (class & class::HTTPS, &text[text.len() - usize::from(cut(text, length))..]);
                if length == length_of_base {
                    entries.insert(key, (number, text));
                    break;
                }
                entries.entry(key).or_insert((number, text));
            }
            node = child(node, length < length_of_base);
        }
    }
    let table = Table::of(|seed| {
        let entries = entries.iter();
        let hashed = entries.map(|((class, suffix), (number, text))| {
            let length = u8::try_from(suffix.len()).unwrap_or(u8::MAX);
            (Suffixes::new(scheme_seed(seed, *class), text, &mut [0; _]).hash(length), *number)
        });
        hashed.collect()
    })?;
    Some((tree, table))
}

/// Patterns of either scheme are found by themselves.
fn scheme_seed(seed: u64, class: u32) -> u64 {
    seed ^ u64::from(class & class::HTTPS)
}
