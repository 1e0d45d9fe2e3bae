//! Where patterns stand: a few, or a table of what hosts end with.
//!
//! A search by hash asks for what begins with one of the last dots of a host, if a base has that length. Where bases have many
//! labels, a host could make it ask often; there it asks at most eight times: it goes through the bits of the length that fits,
//! the highest first. So that it knows where to go on, the table also has what each base ends with at its length without the last
//! bits. The method is known as binary search on prefix lengths (Waldvogel, Varghese, Turner, Plattner, 1997). It needs that no
//! pattern covers another, which no policy has.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::asked::{Asked, class};
use super::hash::Suffix;
use super::items::Items;
use super::lengths::Lengths;
use super::perfect::Table;
use crate::origin::split::{Port, Scheme, without_port};
use crate::packed::{Packed, Packing};
use crate::pattern::OriginPatternRef;

/// So many patterns are compared one by one: 445 instructions on average, where a search by hash takes 500 and more.
const FEW: usize = 8;

/// With so many labels, a base is deep.
const DEEP: usize = 6;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct WildcardTable {
    /// Of each pattern: where its base begins in the text, where it ends, and its class.
    records: Cow<'static, [u32]>,
    /// All bits that any class has.
    kinds: u32,
    /// Whether a base of subdomains is deep, so that the table is for a binary search.
    pub(super) deep: bool,
    /// The lengths of the bases of subdomains with one port, and with any port; none where there is no table.
    lengths: [Lengths; 2],
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
        Self { records: records.into_flattened().into(), kinds, deep, lengths, table }
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
        let asked = without_port(origin);
        for [begin, end, class] in self.records.as_chunks().0 {
            let base = text.get(*begin as usize..*end as usize).unwrap_or_default();
            if ends_with(asked, base) && is_of(origin, *class, base.len()) {
                return true;
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
        let suffix = Suffix::new(self.table.seed(), asked.text);
        if self.deep { self.have_deep(text, &asked, suffix) } else { self.have_shallow(text, &asked, suffix) }
    }

    #[inline(always)]
    fn have_shallow(&self, text: &[u8], asked: &Asked<'_>, suffix: Suffix<'_>) -> bool {
        let below = asked.below().into_iter().zip(&self.lengths).any(|(class, lengths)| {
            let mut known = suffix;
            let is_base = |length: &usize| {
                known = known.extended(*length);
                matches!(self.find(text, asked, known, *length, class), Found::Pattern)
            };
            // No base has more dots.
            let base = lengths.at_dots(asked.text).take(DEEP - 1).find(is_base);
            base.is_some_and(|length| asked.has_labels_before(length))
        });
        below || self.has_host(text, asked, |length| suffix.extended(length))
    }

    #[inline(never)]
    fn have_deep(&self, text: &[u8], asked: &Asked<'_>, suffix: Suffix<'_>) -> bool {
        let states = suffix.states();
        // A pattern for any port covers what is longer, so none is shorter than what a base for one port ends with.
        let mut least = 0;
        let kinds = asked.below().into_iter().zip(&self.lengths).filter(|(_, lengths)| !lengths.is_empty());
        let below = kinds.map(|(class, _)| class).any(|class| {
            let mut known = 0;
            for bit in (0..8).rev() {
                let length = known | 1 << bit;
                let found = if length <= least {
                    Found::Longer
                } else if length < asked.host.len() {
                    self.find(text, asked, suffix.with_state_of(&states, length), length, class)
                } else {
                    Found::Nothing
                };
                match found {
                    Found::Pattern => return asked.has_labels_before(length),
                    Found::Longer => (known, least) = (length, least.max(length)),
                    Found::Nothing => {}
                }
            }
            false
        });
        below || self.has_host(text, asked, |length| suffix.with_state_of(&states, length))
    }

    /// Whether a pattern for any port has this host.
    #[inline(always)]
    fn has_host<'o>(&self, text: &[u8], asked: &Asked<'o>, suffix: impl Fn(usize) -> Suffix<'o>) -> bool {
        self.kinds & class::HOST_ANY_PORT != 0 && {
            let length = asked.host.len();
            matches!(self.find(text, asked, suffix(length), length, asked.one_host()), Found::Pattern)
        }
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
        into.lengths(&own_port.0);
        into.lengths(&any_port.0);
        table.pack(into);
    }

    pub(super) const fn unpack(from: &mut Packed) -> Self {
        Self {
            records: Cow::Borrowed(from.numbers()),
            kinds: from.number(),
            deep: from.flag(),
            lengths: [Lengths(Cow::Borrowed(from.lengths())), Lengths(Cow::Borrowed(from.lengths()))],
            table: Table::unpack(from),
        }
    }
}

/// Most hosts have no dot there, so that nothing is compared.
#[inline(always)]
fn ends_with(text: &[u8], base: &[u8]) -> bool {
    let end = text.get(text.len().wrapping_sub(base.len())..).unwrap_or_default();
    end.first() == base.first() && end == base
}

/// Whether a pattern of this class matches, with whose base the origin ends but for its port.
#[inline(never)]
fn is_of(origin: &[u8], class: u32, base: usize) -> bool {
    Asked::of(origin).is_some_and(|asked| {
        if asked.below().contains(&class) {
            asked.has_labels_before(base)
        } else {
            class == asked.one_host() && asked.host.len() == base
        }
    })
}

/// Whether a base is deep, the lengths of all, and the table with each; if one is deep, also with what a search for it looks at
/// before.
fn hashed(records: &[Record], text: &str) -> Option<(bool, [Lengths; 2], Table)> {
    let base = |[begin, end, _]: &Record| text.get(*begin as usize..*end as usize);
    let is_deep = |base: &str| base.starts_with('.') && base.matches('.').count() >= DEEP;
    let deep = records.iter().filter_map(base).any(is_deep);
    let mut entries = BTreeMap::new();
    for (number, record) in (0..).zip(records) {
        let [_, end, class] = record;
        entries.insert((*class, base(record)?), (number, *end));
    }
    let mut lengths = <[Lengths; 2]>::default();
    for (number, record) in (0..).zip(records).filter(|(_, [.., class])| class & class::HOST_ANY_PORT == 0) {
        let [_, end, class] = record;
        let base = base(record)?;
        let mut length = base.len();
        lengths[usize::from(class & class::BELOW_ANY_PORT != 0)].insert(length);
        while deep && !length.is_power_of_two() {
            length &= length - 1;
            entries.entry((*class, &base[base.len() - length..])).or_insert((number, *end));
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
