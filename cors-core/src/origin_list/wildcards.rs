//! Where patterns stand: a few, or a table of what hosts end with.
//!
//! A search in the table is a binary search over the lengths that bases have, so the labels of a host make it no longer. So that it
//! knows where to go on, the table also has what each base ends with at the shorter lengths at which a search for it looks. The
//! method is known as binary search on prefix lengths (Waldvogel, Varghese, Turner, Plattner, 1997).
//!
//! Each of these is an entry. An entry has only what stands before the text of the one that a search finds before it, and names that
//! one, so a step hashes and compares no byte twice.
//!
//! One search finds patterns for the host's port and for any port, so their bases are in one table. It may end at a base for
//! another port, which ends like the host in as many bytes as any base does: whatever base the host ends with, that one ends with
//! too. Bases are sorted from their ends, those for one port beside each other, and none of these ends with another, since no
//! pattern of a policy covers another. So the only one that could match is the last that is not after the one that was found. A
//! pattern for any port covers longer ones for one port, so it is never passed over in this way.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::asked::{Asked, class};
use super::hash;
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
    /// What bases end with, and before them two where nothing is found yet.
    entries: Cow<'static, [Entry]>,
    /// Numbers of entries.
    pub(super) table: Table,
}

/// Where a pattern's base begins in the text, where it ends, its rank among all bases, sorted from their ends, and its class.
type Record = [u32; 4];

/// Where its own text begins and ends, the entry that is found before it, and a record whose base ends like both.
type Entry = [u32; 4];

/// Before anything is found, for `http` and for `https`.
const ROOTS: [Entry; 2] = [[u32::MAX; 4]; 2];

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
            Some([end - base_length - slash, end, 0, class_of(pattern)])
        };
        let mut records: Vec<Record> = positions.iter().filter_map(|position| record(*position)).collect();
        sort(&mut records, items.text.as_bytes());
        let hashed = if records.len() > FEW { hashed(&records, items.text.as_bytes()) } else { None };
        let (lengths, entries, table) = hashed.unwrap_or((Vec::new(), Vec::new(), Table::NONE));
        Self { records: records.into(), lengths: lengths.into(), entries: entries.into(), table }
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
        // What is not found yet stands before what is.
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
        let record = self.entries.get(found as usize).and_then(|[.., record]| self.records.get(*record as usize));
        record.is_some_and(|[.., rank, _]| {
            self.has_own_port_before(*rank, text, &asked) && asked.has_labels_in(before.len())
        })
    }

    /// The entry after another, for what stands before that one's text.
    #[inline(always)]
    fn find(&self, text: &[u8], after: u32, more: &[u8]) -> Option<(u32, &Record)> {
        let found = self.table.find(hash_of(self.table.seed(), after, more));
        let [begin, end, found_after, record] = self.entries.get(found as usize)?;
        if *found_after != after || text.get(*begin as usize..*end as usize) != Some(more) {
            return None;
        }
        Some((found, self.records.get(*record as usize)?))
    }

    /// Whether the last pattern for the port that is not after this rank matches.
    fn has_own_port_before(&self, rank: u32, text: &[u8], asked: &Asked<'_>) -> bool {
        let key = |class, rank| u64::from(class) << 32 | u64::from(rank);
        let own = key(asked.own_port, rank);
        let after = self.records.partition_point(|[.., at, class]| key(*class, *at) <= own);
        let record = after.checked_sub(1).and_then(|number| self.records.get(number));
        record.is_some_and(|record| record[3] == asked.own_port && ends_with(asked.text, base(text, record)))
    }

    pub(super) fn pack(&self, into: &mut Packing) {
        let Self { records, lengths, entries, table } = self;
        into.numbers(records.as_flattened());
        into.lengths(lengths);
        into.numbers(entries.as_flattened());
        table.pack(into);
    }

    pub(super) const fn unpack(from: &mut Packed) -> Self {
        Self {
            records: Cow::Borrowed(from.numbers().as_chunks().0),
            lengths: Cow::Borrowed(from.lengths()),
            entries: Cow::Borrowed(from.numbers().as_chunks().0),
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
fn answer(asked: &Asked<'_>, [begin, end, _, class]: &Record, length: usize) -> Option<bool> {
    let base = end.wrapping_sub(*begin) as usize;
    if asked.is_below(*class) && base == length {
        return Some(asked.has_labels_before(base));
    }
    (*class == asked.one_host() && base == asked.host.len() + 1 && length >= asked.host.len()).then_some(true)
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
fn is_of(asked: &Asked<'_>, [begin, end, _, class]: &Record) -> bool {
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

/// Where a suffix begins, of one of two lengths: the longer one, which is odd, where a dot stands there. So none stands at the other,
/// since no label is empty.
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

/// The lengths of bases, and entries and the table for each base, and for what a search for it looks at before.
fn hashed(records: &[Record], text: &[u8]) -> Option<(Vec<u8>, Vec<Entry>, Table)> {
    let length_of = |record| Some(u8::try_from(base(text, record).len()).ok()? | 1);
    let lengths: BTreeSet<u8> = records.iter().map(length_of).collect::<Option<_>>()?;
    let mut tree = vec![0; lengths.len()];
    fill(&mut tree, 0, &mut lengths.into_iter());
    let (mut entries, mut numbers) = (ROOTS.to_vec(), BTreeMap::new());
    for (number, record @ [_, end, _, class]) in (0..).zip(records) {
        let (length_of_base, text, mut node) = (length_of(record)?, &text[..*end as usize], 0);
        let (mut found, mut end) = (root(*class), text.len());
        while let Some(&length) = tree.get(node) {
            if length <= length_of_base {
                let begin = cut(text, length);
                let next = *numbers.entry((found, &text[begin..end])).or_insert(u32::try_from(entries.len()).ok()?);
                if next as usize == entries.len() {
                    entries.push([u32::try_from(begin).ok()?, u32::try_from(end).ok()?, found, number]);
                }
                if length == length_of_base {
                    entries[next as usize][3] = number;
                    break;
                }
                (found, end) = (next, begin);
            }
            node = child(node, length < length_of_base);
        }
    }
    let hashed = |seed, ((after, more), number): (&(u32, &[u8]), &u32)| (hash_of(seed, *after, more), *number);
    let table = Table::of(|seed| numbers.iter().map(|entry| hashed(seed, entry)).collect())?;
    Some((tree, entries, table))
}

#[inline(always)]
fn hash_of(seed: u64, after: u32, more: &[u8]) -> u64 {
    hash::exact(seed ^ u64::from(after).wrapping_mul(hash::FACTOR), more)
}

/// Patterns of either scheme are found by themselves.
const fn root(class: u32) -> u32 {
    (class & class::HTTPS != 0) as u32
}
