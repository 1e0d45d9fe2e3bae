//! The lines of a request header.

/// The lines of a header that a request should have once. The values have no white space around them, because HTTP
/// parsers remove it.
///
/// Exhaustive: there are no other numbers.
///
/// ```
/// use cors_core::Lines;
///
/// let value: &[u8] = b"https://app.example.com";
/// assert_eq!(Lines::of([value].into_iter()), Lines::One(value));
/// assert_eq!(Lines::of([value, value].into_iter()), Lines::Several);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines<'r> {
    /// No line.
    #[default]
    None,
    /// One line, whose value may be empty.
    One(&'r [u8]),
    /// Several lines, which no browser sends.
    Several,
}

impl<'r> Lines<'r> {
    /// Counts the lines. Reads at most two.
    pub fn of(mut values: impl Iterator<Item = &'r [u8]>) -> Self {
        match (values.next(), values.next()) {
            (None, _) => Self::None,
            (Some(value), None) => Self::One(value),
            (Some(_), Some(_)) => Self::Several,
        }
    }

    /// Returns the value if there is one line.
    pub const fn one(self) -> Option<&'r [u8]> {
        match self {
            Self::One(value) => Some(value),
            Self::None | Self::Several => None,
        }
    }
}
