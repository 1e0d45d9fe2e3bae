//! The syntax of a host: its alphabet and its maximum lengths.

/// Maximum length of a host in the domain name system, in bytes.
pub(crate) const LONGEST_HOST: usize = 253;
/// Maximum length of a label, in bytes.
pub(crate) const LONGEST_LABEL: usize = 63;

/// Whether a label may contain the byte (SRV-5).
pub(crate) const fn is_label_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_')
}

const fn outside(byte: u8) -> u8 {
    const fn beyond(byte: u8, first: u8, last: u8) -> u8 {
        byte.wrapping_sub(first).saturating_sub(last - first)
    }
    const fn least(one: u8, other: u8) -> u8 {
        if one < other { one } else { other }
    }
    let letter_or_digit = least(beyond(byte, b'a', b'z'), beyond(byte, b'0', b'9'));
    least(least(letter_or_digit, beyond(byte, b'-', b'.')), byte ^ b'_')
}

/// Whether a text is labels with dots between them: at least one label, none empty, none too long.
pub(crate) fn are_labels(text: &[u8]) -> bool {
    !matches!(text, [] | [.., b'.']) && begin_labels(text)
}

/// Whether a text is the beginning of labels with dots between them. The last label can be incomplete.
pub(crate) fn begin_labels(text: &[u8]) -> bool {
    if text.len() <= LONGEST_LABEL { begin_short(text) } else { begin_long(text) }
}

/// Checks byte by byte, which is fastest for a short text.
fn begin_short(text: &[u8]) -> bool {
    let step = |(wrong, before), byte: &u8| {
        let kind = KINDS[usize::from(*byte)];
        (wrong | kind & (before | OTHER), kind)
    };
    text.iter().fold((0, DOT), step).0 == 0
}

/// Checks many bytes at a time, because a client chooses the length of the text.
fn begin_long(text: &[u8]) -> bool {
    let mut label = 0;
    let mut goes_on = |start: usize, block| {
        let dots = dots(block);
        let first = start + dots.trailing_zeros() as usize;
        // A label does not begin with a dot.
        let before = u64::from(start == label);
        let is_good = dots != 0 && dots & (dots << 1 | before) == 0 && first <= label + LONGEST_LABEL;
        label = start + BLOCK - dots.leading_zeros() as usize;
        is_good
    };
    let blocks = text.as_chunks().0;
    (0..).step_by(BLOCK).zip(blocks).all(|(start, block)| goes_on(start, block))
        && text.last_chunk().is_some_and(|block| goes_on(text.len() - BLOCK, block))
}

/// Longer than any label.
const BLOCK: usize = LONGEST_LABEL + 1;

/// Returns a bit for each dot, the lowest bit for the first byte; 0 if a byte is not allowed in a host.
fn dots(block: &[u8; BLOCK]) -> u64 {
    if block.iter().fold(0, |wrong, byte| wrong | outside(*byte)) != 0 {
        return 0;
    }
    let dots = block.map(|byte| u8::from(byte == b'.'));
    // The factor moves the lowest bit of each byte into the highest byte.
    let eight = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    dots.as_chunks().0.iter().rev().fold(0, |dots, bytes| dots << 8 | eight(bytes))
}

/// A byte of a label.
const LABEL: u8 = 0;
const DOT: u8 = 1;
const OTHER: u8 = 2;

const KINDS: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        if is_label_byte(byte) {
            table[byte as usize] = LABEL;
        }
        byte += 1;
    }
    table[b'.' as usize] = DOT;
    table
};

/// Whether a host has the alphabet and maximum lengths of the domain name system, with `room_below` bytes before it. An
/// IP address always does.
pub(crate) fn fits(host: &str, room_below: usize) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    host.starts_with('[') || (name.len() + room_below <= LONGEST_HOST && are_labels(name.as_bytes()))
}

/// Whether a URL parser reads the host as an IPv4 address (<https://url.spec.whatwg.org/#ends-in-a-number-checker>).
pub(crate) fn ends_in_a_number(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or(host);
    let hexadecimal = last.strip_prefix("0x").or_else(|| last.strip_prefix("0X"));
    match hexadecimal {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

/// Whether the host is this machine in every browser: `localhost` and `*.localhost`, also with a final dot, 127.0.0.0/8
/// and `[::1]` (<https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>).
pub(crate) fn is_local(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    let loopback = host.parse().is_ok_and(|address: std::net::Ipv4Addr| address.is_loopback());
    name == "localhost" || name.ends_with(".localhost") || host == "[::1]" || loopback
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LABEL, are_labels, begin_long, begin_short, ends_in_a_number, is_label_byte, is_local};

    fn is_label(label: &[u8]) -> bool {
        (1..=LONGEST_LABEL).contains(&label.len()) && label.iter().all(|byte| is_label_byte(*byte))
    }

    #[test]
    fn short_and_long_texts_are_labels_if_each_part_between_dots_is_one() {
        let long = [1, 2, 62, 63, 64, 65].map(|length| "a".repeat(length));
        let mut texts = vec![String::new()];
        for first in &long {
            for second in &long {
                texts.push(format!("{first}.{second}"));
                texts.push(format!("{first}.{second}.b"));
                texts.push(format!("b.{first}{second}"));
            }
        }
        for text in texts {
            for at in [0, 1, 2, 3, 30, 61, 62, 63, 64, 65, text.len().saturating_sub(2), text.len().saturating_sub(1)] {
                for byte in *b".aA/`{:0-_\xff" {
                    let mut text = text.clone().into_bytes();
                    text.iter_mut().skip(at).take(1).for_each(|old| *old = byte);
                    let expected = text.split(|byte| *byte == b'.').all(is_label);
                    let shown = text.escape_ascii();
                    assert_eq!(are_labels(&text), expected, "{shown}");
                    let begins = expected || text.is_empty() || text.strip_suffix(b".").is_some_and(are_labels);
                    if text.len() <= LONGEST_LABEL {
                        assert_eq!(begin_short(&text), begins, "{shown}");
                    }
                    if text.len() > LONGEST_LABEL {
                        assert_eq!(begin_long(&text), begins, "{shown}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_host_ends_in_a_number_if_its_last_label_is_digits_or_hexadecimal() {
        let numbers = ["1", "0x", "0X1f", "a.1", "a.0x", "a.0XFF.", "1.", "127.0.0.1", "a.007"];
        let names = ["", ".", "a", "1a", "0xg", "a.0x.b", "1.a", "x1", "0b1", "a.0xzz", "1..", "a1."];
        numbers.iter().for_each(|host| assert!(ends_in_a_number(host), "{host}"));
        names.iter().for_each(|host| assert!(!ends_in_a_number(host), "{host}"));
    }

    #[test]
    fn this_machine_has_few_names() {
        let local = ["localhost", "localhost.", "a.localhost", "a.b.localhost.", "127.0.0.1", "127.9.9.9", "[::1]"];
        let other = ["", ".", "alocalhost", "localhost.a", "128.0.0.1", "[::2]", "[::1", "::1", "localhost..", "local"];
        local.iter().for_each(|host| assert!(is_local(host), "{host}"));
        other.iter().for_each(|host| assert!(!is_local(host), "{host}"));
    }
}
