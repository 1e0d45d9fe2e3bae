//! The texts of a list.

use std::borrow::Cow;

use crate::packed::{Packed, Packing};

/// The texts of all items in one text, which needs the least memory.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Items {
    pub(super) text: Cow<'static, str>,
    /// The begin of each item in `text`, and the end of the last one.
    pub(super) bounds: Cow<'static, [u32]>,
}

impl Items {
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut text = String::new();
        let mut bounds = vec![0];
        for item in texts {
            // Items beyond 4 GiB of text are left out, and match nothing.
            let Ok(end) = u32::try_from(text.len() + item.len()) else {
                break;
            };
            text.push_str(item);
            bounds.push(end);
        }
        // What they grew beyond their items could be as much again.
        text.shrink_to_fit();
        bounds.shrink_to_fit();
        Self { text: text.into(), bounds: bounds.into() }
    }

    pub(super) fn pack(&self, into: &mut Packing) {
        let Self { text, bounds } = self;
        into.text(text);
        into.numbers(bounds);
    }

    pub(super) const fn unpack(from: &mut Packed) -> Self {
        Self { text: Cow::Borrowed(from.text()), bounds: Cow::Borrowed(from.numbers()) }
    }

    pub(super) fn len(&self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    pub(super) fn positions(&self) -> impl Iterator<Item = u32> + use<> {
        0..u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.positions().filter_map(|position| self.get(position))
    }

    pub(super) fn get(&self, position: u32) -> Option<&str> {
        let [begin, end] = self.bounds_of(position)?;
        self.text.get(begin as usize..end as usize)
    }

    pub(super) fn bytes(&self, position: u32) -> Option<&[u8]> {
        self.slice(self.bounds_of(position)?)
    }

    pub(super) fn slice(&self, [begin, end]: [u32; 2]) -> Option<&[u8]> {
        self.text.as_bytes().get(begin as usize..end as usize)
    }

    pub(super) fn bounds_of(&self, position: u32) -> Option<[u32; 2]> {
        self.bounds.get(position as usize..)?.first_chunk().copied()
    }
}
