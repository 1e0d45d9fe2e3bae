//! How long a browser may cache the answer to a preflight.

mod error;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::packed::{Packed, Packing};
use crate::text::borrowed;
pub use error::{MaxAgeError, MaxAgeErrorKind};

/// How long a browser may cache the answer to a preflight, in whole seconds, at most a day (86400)
/// (<https://fetch.spec.whatwg.org/#http-access-control-max-age>).
///
/// Accepted forms are `600`, `600s`, `10min`, `2h` and `1d`. `0` forbids caching. Browsers have their own maximum:
/// Firefox 24 hours, Chromium 2 hours, Safari 10 minutes.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::MaxAge;
///
/// assert_eq!(MaxAge::parse("2h")?.seconds(), 7200);
/// assert_eq!("10min".parse::<MaxAge>()?.seconds(), 600);
/// assert!(MaxAge::parse("2d").is_err());
/// # Ok::<(), cors_core::MaxAgeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MaxAge {
    seconds: u32,
    text: Cow<'static, str>,
}

/// The largest maximum of any browser: a day.
const MAX_SECONDS: u64 = 86_400;

/// Units and their seconds, in descending order.
const UNITS: [(&str, u64); 5] = [("d", 86_400), ("h", 3600), ("min", 60), ("s", 1), ("", 1)];

impl MaxAge {
    /// Parses a duration.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a whole number with a known unit, is negative, or is more than a day.
    pub fn parse(text: &str) -> Result<Self, MaxAgeError> {
        let digits_end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, unit) = text.split_at(digits_end);
        let known = UNITS.iter().find(|(name, _)| *name == unit && !digits.is_empty());
        let Some((_, seconds_each)) = known else {
            return Err(MaxAgeError::new(text, MaxAgeErrorKind::of_unreadable(text)));
        };
        // A number that overflows is also too long.
        let seconds = digits.parse::<u64>().ok().and_then(|count| count.checked_mul(*seconds_each));
        match seconds.and_then(|seconds| u32::try_from(seconds).ok()) {
            Some(seconds) if u64::from(seconds) <= MAX_SECONDS => {
                Ok(Self { seconds, text: seconds.to_string().into() })
            }
            _ => Err(MaxAgeError::new(text, MaxAgeErrorKind::TooLong)),
        }
    }

    /// Returns the duration in seconds.
    pub const fn seconds(&self) -> u32 {
        self.seconds
    }

    /// Returns the value of the header.
    pub(crate) const fn text(&self) -> &str {
        borrowed(&self.text)
    }

    pub(crate) fn pack(&self, into: &mut Packing) {
        let Self { seconds, text } = self;
        into.number(*seconds);
        into.text(text);
    }

    pub(crate) const fn unpack(from: &mut Packed) -> Self {
        Self { seconds: from.number(), text: Cow::Borrowed(from.text()) }
    }
}

impl FromStr for MaxAge {
    type Err = MaxAgeError;

    fn from_str(text: &str) -> Result<Self, MaxAgeError> {
        Self::parse(text)
    }
}

/// Returns the value of the header: seconds.
impl AsRef<str> for MaxAge {
    fn as_ref(&self) -> &str {
        self.text()
    }
}

/// Prints with the largest unit that has a whole number: `2h`, not `7200`.
impl fmt::Display for MaxAge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = u64::from(self.seconds);
        let is_whole = |(_, each): &&(&str, u64)| *each > 1 && seconds > 0 && seconds.is_multiple_of(*each);
        match UNITS.iter().find(is_whole) {
            Some((unit, each)) => write!(formatter, "{}{unit}", seconds / each),
            None => write!(formatter, "{seconds}"),
        }
    }
}
