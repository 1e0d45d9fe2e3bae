//! Checked rules as a few long literals, which compile fast. An expression costs the compiler as much as many numbers,
//! and a call of the standard library in a constant as much as many expressions.

/// What the macro writes: all rules in a row, with one literal for each type of data.
#[derive(Debug, Default)]
pub struct Packing {
    /// Texts.
    pub texts: Vec<String>,
    /// Numbers, lengths, and numbers of variants.
    pub numbers: Vec<u32>,
    /// Displacements of perfect hashing.
    pub displacements: Vec<u16>,
    /// Lengths of hosts.
    pub lengths: Vec<u8>,
}

/// What a constant reads, in the order in which it was written. At the end there are zeros and empty texts.
#[derive(Clone, Copy, Debug)]
pub struct Packed {
    /// `Packing::texts`
    pub texts: &'static [&'static str],
    /// `Packing::numbers`
    pub numbers: &'static [u32],
    /// `Packing::displacements`
    pub displacements: &'static [u16],
    /// `Packing::lengths`
    pub lengths: &'static [u8],
}

impl Packing {
    pub(crate) fn number(&mut self, number: impl TryInto<u32>) {
        // No length is greater: the compiler reads no source of 4 GiB.
        self.numbers.push(number.try_into().unwrap_or(u32::MAX));
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.texts.push(text.to_owned());
    }

    pub(crate) fn numbers(&mut self, numbers: &[u32]) {
        self.number(numbers.len());
        self.numbers.extend(numbers);
    }

    pub(crate) fn displacements(&mut self, displacements: &[u16]) {
        self.number(displacements.len());
        self.displacements.extend(displacements);
    }

    pub(crate) fn lengths(&mut self, lengths: &[u8]) {
        self.number(lengths.len());
        self.lengths.extend(lengths);
    }
}

impl Packed {
    pub(crate) const fn nothing() -> Self {
        Self { texts: &[], numbers: &[], displacements: &[], lengths: &[] }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.numbers.is_empty() && self.displacements.is_empty() && self.lengths.is_empty()
    }

    pub(crate) const fn number(&mut self) -> u32 {
        let [number, rest @ ..] = self.numbers else {
            return 0;
        };
        self.numbers = rest;
        *number
    }

    pub(crate) const fn flag(&mut self) -> bool {
        self.number() != 0
    }

    pub(crate) const fn text(&mut self) -> &'static str {
        let [text, rest @ ..] = self.texts else {
            return "";
        };
        self.texts = rest;
        text
    }

    pub(crate) const fn numbers(&mut self) -> &'static [u32] {
        let count = self.number();
        taken(&mut self.numbers, count)
    }

    pub(crate) const fn displacements(&mut self) -> &'static [u16] {
        let count = self.number();
        taken(&mut self.displacements, count)
    }

    pub(crate) const fn lengths(&mut self) -> &'static [u8] {
        let count = self.number();
        taken(&mut self.lengths, count)
    }
}

const fn taken<T>(from: &mut &'static [T], count: u32) -> &'static [T] {
    // Most are empty, and splitting is slow in a constant.
    if count == 0 {
        return &[];
    }
    let (taken, rest) = from.split_at(count as usize);
    *from = rest;
    taken
}
