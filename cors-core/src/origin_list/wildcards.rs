//! The patterns of a list: a few are compared one by one, more are in a table of the endings of hosts.
//!
//! A search in the table is a binary search over the lengths of the bases, so more labels in a host do not make it longer. To tell
//! the search where to continue, the table also has the endings of each base at the shorter lengths that a search for it visits.
//! The method is known as binary search on prefix lengths (Waldvogel, Varghese, Turner, Plattner, 1997).
//!
//! An ending has only the text before the ending that a search finds before it, and the number of that one. So a search hashes and
//! compares no byte twice.
//!
//! One search finds patterns for the host's port and for any port, so their bases are in one table. It can end at a base for another
//! port. No base has a longer ending in common with the host than this one, so every base with which the host ends is also an ending
//! of this base. Bases are sorted from their ends, and those of one port are adjacent. None of these ends with another, because no
//! pattern of a policy covers another one. So only one base can match: the last one of the port that is not after the base that was
//! found. A pattern for any port covers longer patterns for one port, so it is never skipped in this way.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::asked::{Asked, class};
use super::hash;
use super::items::Items;
use super::perfect::Table;
use crate::origin::split::{Port, Scheme, without_port};
use crate::packed::{Packed, Packing};
use crate::pattern::OriginPatternRef;

/// Maximum number of patterns that are compared one by one: at most 440 instructions for similar hosts. A search by hash takes 300
/// to 550.
const FEW: usize = 8;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct WildcardTable {
    /// One for each pattern, sorted by class and rank.
    records: Cow<'static, [Record]>,
    /// The lengths of all bases, made odd, as a tree: the root, the level below it, and so on. Empty if there is no table.
    lengths: Lengths,
    /// The endings of bases, after [`ROOTS`].
    endings: Cow<'static, [Ending]>,
    /// Numbers of endings.
    pub(super) table: Table,
}

/// The begin and end of a pattern's base in the text, its rank among all bases (sorted from their ends), and its class.
type Record = [u32; 4];

/// The begin and end of its text, the ending that is found before it, and a record whose base ends with both.
type Ending = [u32; 4];

/// Where a search begins, for `http` and for `https`.
const ROOTS: [Ending; 2] = [[u32::MAX; 4]; 2];

/// A base is shorter than 256 bytes.
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
    /// Builds the table for the items at these positions.
    pub(super) fn of(positions: &[u32], items: &Items) -> Self {
        let record = |position: u32| {
            let [begin, end] = items.bounds_of(position)?;
            let pattern = OriginPatternRef::checked(items.get(position)?)?;
            let host = pattern.split().host();
            let host_end = u32::try_from(host.end).ok()?;
            let base_length = u32::try_from(pattern.base().len()).ok()?;
            let end = (begin + host_end).min(end);
            // With the slash before the host, only the whole host matches.
            let slash = u32::from(!pattern.has_subdomains());
            Some([end - base_length - slash, end, 0, class_of(pattern)])
        };
        let mut records: Vec<Record> = positions.iter().filter_map(|position| record(*position)).collect();
        sort(&mut records, items.text.as_bytes());
        let hashed = if records.len() > FEW { hashed(&records, items.text.as_bytes()) } else { None };
        let (lengths, endings, table) = hashed.unwrap_or((Vec::new(), Vec::new(), Table::NONE));
        Self { records: records.into(), lengths: lengths.into(), endings: endings.into(), table }
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

    // Not inlined, so that the code for most lists keeps its values in registers.
    #[inline(never)]
    fn have_hashed(&self, text: &[u8], origin: &[u8]) -> bool {
        let Some(asked) = Asked::of(origin) else {
            return false;
        };
        // The text before what was found.
        let (mut node, mut found, mut before) = (0, root(asked.own_port), asked.text);
        while let Some(odd) = self.lengths.get(node) {
            let begin = cut(asked.text, *odd);
            let next = before.get(begin..).and_then(|more| self.find(text, found, more));
            node = child(node, next.is_some());
            if let Some((next, record)) = next {
                if let Some(answer) = answer(&asked, record, asked.text.len() - begin) {
                    return answer;
                }
                (found, before) = (next, &asked.text[..begin]);
            }
        }
        let record = self.endings.get(found as usize).and_then(|[.., record]| self.records.get(*record as usize));
        record.is_some_and(|[.., rank, _]| {
            self.has_own_port_before(*rank, text, &asked) && asked.has_labels_in(before.len())
        })
    }

    /// Returns the ending that has this text, after another one.
    #[inline(always)]
    fn find(&self, text: &[u8], after: u32, more: &[u8]) -> Option<(u32, &Record)> {
        let found = self.table.find(hash_of(self.table.seed(), after, more));
        let [begin, end, found_after, record] = self.endings.get(found as usize)?;
        if *found_after != after || text.get(*begin as usize..*end as usize) != Some(more) {
            return None;
        }
        Some((found, self.records.get(*record as usize)?))
    }

    /// Whether the last pattern for the port with at most this rank matches.
    fn has_own_port_before(&self, rank: u32, text: &[u8], asked: &Asked<'_>) -> bool {
        let key = |class, rank| u64::from(class) << 32 | u64::from(rank);
        let own = key(asked.own_port, rank);
        let after = self.records.partition_point(|[.., at, class]| key(*class, *at) <= own);
        let record = after.checked_sub(1).and_then(|number| self.records.get(number));
        record.is_some_and(|record| record[3] == asked.own_port && ends_with(asked.text, base(text, record)))
    }

    pub(super) fn pack(&self, into: &mut Packing) {
        let Self { records, lengths, endings, table } = self;
        into.numbers(records.as_flattened());
        into.lengths(lengths);
        into.numbers(endings.as_flattened());
        table.pack(into);
    }

    pub(super) const fn unpack(from: &mut Packed) -> Self {
        Self {
            records: Cow::Borrowed(from.numbers().as_chunks().0),
            lengths: Cow::Borrowed(from.lengths()),
            endings: Cow::Borrowed(from.numbers().as_chunks().0),
            table: Table::unpack(from),
        }
    }
}

/// Compares the first byte alone before the rest: most hosts have no dot there.
#[inline(always)]
fn ends_with(text: &[u8], base: &[u8]) -> bool {
    let end = text.len().wrapping_sub(base.len());
    text.get(end) == base.first() && text.get(end..) == Some(base)
}

/// Returns the answer if a record decides whose base ends with the last `length` bytes of the host. Otherwise the search continues.
#[inline(always)]
fn answer(asked: &Asked<'_>, [begin, end, _, class]: &Record, length: usize) -> Option<bool> {
    let base = end.wrapping_sub(*begin) as usize;
    if asked.is_below(*class) && base == length {
        return Some(asked.has_labels_before(base));
    }
    (*class == asked.one_host() && base == asked.host.len() + 1 && length >= asked.host.len()).then_some(true)
}

/// Whether a pattern matches. The origin without its port ends with the base of the pattern.
#[inline(never)]
fn matches(record: &Record, origin: &[u8]) -> bool {
    Asked::of(origin).is_some_and(|asked| is_of(&asked, record))
}

/// Whether one of several patterns matches. The origin is parsed once.
#[inline(never)]
fn one_matches(records: &[Record], text: &[u8], origin: &[u8]) -> bool {
    Asked::of(origin).is_some_and(|asked| {
        let ends_with = |record: &&Record| ends_with(asked.text, base(text, record));
        records.iter().filter(ends_with).any(|record| is_of(&asked, record))
    })
}

/// Whether a pattern matches. The text ends with the base of the pattern.
#[inline(always)]
fn is_of(asked: &Asked<'_>, [begin, end, _, class]: &Record) -> bool {
    asked.matches(*class, end.wrapping_sub(*begin) as usize)
}

#[inline(always)]
fn base<'t>(text: &'t [u8], [begin, end, ..]: &Record) -> &'t [u8] {
    text.get(*begin as usize..*end as usize).unwrap_or_default()
}

/// Returns the next node in the tree of lengths.
const fn child(node: usize, is_longer: bool) -> usize {
    2 * node + 1 + is_longer as usize
}

/// Fills the tree below a node with sorted lengths.
fn fill(tree: &mut [u8], node: usize, lengths: &mut impl Iterator<Item = u8>) {
    if node < tree.len() {
        fill(tree, child(node, false), lengths);
        tree[node] = lengths.next().unwrap_or(0);
        fill(tree, child(node, true), lengths);
    }
}

/// Returns where an ending begins: at the odd length if a dot is there, otherwise one byte later. Labels are never empty, so only one
/// of the two places can have a dot.
#[inline(always)]
fn cut(text: &[u8], odd: u8) -> usize {
    let begin = text.len().wrapping_sub(odd.into());
    if text.get(begin) == Some(&b'.') { begin } else { begin.wrapping_add(1) }
}

/// Gives each record its rank, and sorts all.
fn sort(records: &mut [Record], text: &[u8]) {
    records.sort_by(|one, other| base(text, one).iter().rev().cmp(base(text, other).iter().rev()));
    for (number, equal) in (0..).zip(records.chunk_by_mut(|one, other| base(text, one) == base(text, other))) {
        equal.iter_mut().for_each(|[.., rank, _]| *rank = number);
    }
    records.sort_unstable_by_key(|[.., rank, class]| (*class, *rank));
}

/// Returns the lengths of bases, their endings, and the table of these.
fn hashed(records: &[Record], text: &[u8]) -> Option<(Vec<u8>, Vec<Ending>, Table)> {
    let length_of = |record| Some(u8::try_from(base(text, record).len()).ok()? | 1);
    let lengths: BTreeSet<u8> = records.iter().map(length_of).collect::<Option<_>>()?;
    let mut tree = vec![0; lengths.len()];
    fill(&mut tree, 0, &mut lengths.into_iter());
    let (mut endings, mut numbers) = (ROOTS.to_vec(), BTreeMap::new());
    for (number, record @ [_, end, _, class]) in (0..).zip(records) {
        let (length_of_base, text, mut node) = (length_of(record)?, &text[..*end as usize], 0);
        let (mut found, mut end) = (root(*class), text.len());
        while let Some(&length) = tree.get(node) {
            if length <= length_of_base {
                let begin = cut(text, length);
                let next = *numbers.entry((found, &text[begin..end])).or_insert(u32::try_from(endings.len()).ok()?);
                if next as usize == endings.len() {
                    endings.push([u32::try_from(begin).ok()?, u32::try_from(end).ok()?, found, number]);
                }
                if length == length_of_base {
                    endings[next as usize][3] = number;
                    break;
                }
                (found, end) = (next, begin);
            }
            node = child(node, length < length_of_base);
        }
    }
    let hashed = |seed, ((after, more), number): (&(u32, &[u8]), &u32)| (hash_of(seed, *after, more), *number);
    let table = Table::of(|seed| numbers.iter().map(|ending| hashed(seed, ending)).collect())?;
    Some((tree, endings, table))
}

#[inline(always)]
fn hash_of(seed: u64, after: u32, more: &[u8]) -> u64 {
    hash::exact(seed ^ u64::from(after).wrapping_mul(hash::FACTOR), more)
}

/// Returns the root for the scheme of a class.
const fn root(class: u32) -> u32 {
    (class & class::HTTPS != 0) as u32
}
