//! Text with places at which it is another one while a mutant is active.

use std::ops::Range;

/// A change of a crate that a test should notice.
#[derive(Clone, Debug)]
pub(crate) struct Mutant {
    /// Below `src` of its crate.
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) function: String,
    /// What the source says.
    pub(crate) was: String,
    /// What it says while the mutant is active.
    pub(crate) becomes: String,
}

impl Mutant {
    /// What names it while lines move.
    pub(crate) fn key(&self) -> String {
        format!("{} {}: {} => {}", self.file, self.function, self.was, self.becomes)
    }
}

/// A range of the source, and what stands there instead.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) range: Range<usize>,
    pub(crate) pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(String),
    /// Whether this mutant, counted from the first of the file, is active.
    Switch(usize),
    /// The source as it is: only one mutant is active at a time.
    Source(Range<usize>),
    /// The source with the sites that come later in the list.
    Mutated(Range<usize>),
}

/// The whole source with its sites, which are listed from the outer to the inner ones. A site without
/// a mutant that has a number is none.
pub(crate) fn render(source: &str, sites: &[Site], number: &dyn Fn(usize) -> Option<usize>) -> String {
    let mut text = String::new();
    Rendering { source, sites, number }.range(0..source.len(), 0, &mut text);
    text
}

struct Rendering<'s> {
    source: &'s str,
    sites: &'s [Site],
    number: &'s dyn Fn(usize) -> Option<usize>,
}

impl Rendering<'_> {
    fn range(&self, range: Range<usize>, first: usize, text: &mut String) {
        let inside = |site: &Site| range.start <= site.range.start && site.range.end <= range.end;
        let is_on = |piece: &Piece| matches!(piece, Piece::Switch(mutant) if (self.number)(*mutant).is_some());
        let counts = |index: &usize| inside(&self.sites[*index]) && self.sites[*index].pieces.iter().any(is_on);
        let mut next: Vec<usize> = (first..self.sites.len()).filter(counts).collect();
        next.sort_by_key(|index| (self.sites[*index].range.start, *index));
        let mut at = range.start;
        for index in next {
            let site = &self.sites[index];
            if site.range.start < at {
                continue;
            }
            text.push_str(&self.source[at..site.range.start]);
            for piece in &site.pieces {
                match piece {
                    Piece::Text(piece) => text.push_str(piece),
                    Piece::Switch(mutant) => match (self.number)(*mutant) {
                        Some(number) => text.push_str(&format!("crate::mutant({number})")),
                        None => text.push_str("false"),
                    },
                    Piece::Source(range) => text.push_str(&self.source[range.clone()]),
                    Piece::Mutated(range) => self.range(range.clone(), index + 1, text),
                }
            }
            at = site.range.end;
        }
        text.push_str(&self.source[at..range.end]);
    }
}
