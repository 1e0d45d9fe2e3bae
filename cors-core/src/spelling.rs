//! Similar spellings.

/// Whether one text becomes the other by at most `max_edits` edits: changing, adding or removing a letter, or swapping
/// two neighbours.
///
/// Does not allocate, and reads at most `max_edits` letters beyond the end of the shorter text. Keep `max_edits` small:
/// the time is exponential in it.
pub(crate) fn is_near(left: &str, right: &str, max_edits: usize) -> bool {
    are_near(left.chars(), right.chars(), max_edits)
}

/// Returns the name that `name` is probably a misspelling of: the first with the fewest edits.
pub(crate) fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    let limit = |candidate: &str| 1 + candidate.len() / 6;
    let highest_limit = names.iter().copied().map(limit).max()?;
    let within =
        |edits| names.iter().copied().find(|candidate| edits <= limit(candidate) && is_near(name, candidate, edits));
    (0..=highest_limit).find_map(within)
}

fn are_near<L, R>(mut left: L, mut right: R, max_edits: usize) -> bool
where
    L: Iterator<Item = char> + Clone,
    R: Iterator<Item = char> + Clone,
{
    loop {
        let (left_from_here, right_from_here) = (left.clone(), right.clone());
        let (first, other) = match (left.next(), right.next()) {
            (None, None) => return true,
            // A common beginning needs no edit.
            (Some(first), Some(other)) if first == other => continue,
            _ if max_edits == 0 => return false,
            (Some(_), None) => return left.nth(max_edits - 1).is_none(),
            (None, Some(_)) => return right.nth(max_edits - 1).is_none(),
            (Some(first), Some(other)) => (first, other),
        };
        let changed = || are_near(left.clone(), right.clone(), max_edits - 1);
        let removed = || are_near(left.clone(), right_from_here, max_edits - 1);
        let added = || are_near(left_from_here, right.clone(), max_edits - 1);
        let swapped = || {
            let (mut left, mut right) = (left.clone(), right.clone());
            left.next() == Some(other) && right.next() == Some(first) && are_near(left, right, max_edits - 1)
        };
        return changed() || removed() || added() || swapped();
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::iter::repeat;

    use super::{are_near, is_near, nearest};

    /// Returns the edit distance, computed row by row as in textbooks.
    fn distance(left: &str, right: &str) -> usize {
        let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
        let mut rows = vec![(0..=right.len()).collect::<Vec<_>>()];
        for i in 1..=left.len() {
            let mut row = vec![i];
            for j in 1..=right.len() {
                let changed = rows[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
                let mut best = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
                if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                row.push(best);
            }
            rows.push(row);
        }
        rows[left.len()][right.len()]
    }

    /// All texts of up to `length` letters over an alphabet of three.
    fn texts(length: u32) -> Vec<String> {
        let of = |length| {
            (0..3_usize.pow(length)).map(move |number| {
                (0..length).map(|place| ['a', 'b', 'é'][number / 3_usize.pow(place) % 3]).collect::<String>()
            })
        };
        (0..=length).flat_map(of).collect()
    }

    #[test]
    fn it_is_near_when_the_distance_is_not_greater() {
        for left in texts(5) {
            for right in texts(4) {
                for max_edits in 0..4 {
                    assert_eq!(
                        is_near(&left, &right, max_edits),
                        distance(&left, &right) <= max_edits,
                        "{left} {right} {max_edits}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_nearest_name_is_the_first_of_those_at_the_least_distance() {
        let names = ["credentials", "methods", "max_age", "rules", "roles"];
        for (name, meant) in [
            ("credential", Some("credentials")),
            ("creedntails", Some("credentials")),
            ("méthods", Some("methods")),
            ("rolles", Some("roles")),
            ("rxles", Some("rules")),
            ("ages", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, &names), meant, "{name}");
        }
        assert_eq!(nearest("a", &[]), None);
        assert_eq!(nearest("roles", &["rules", "roles"]), Some("roles"), "the same is nearer than any other");
        // One edit and one more for each six letters.
        for (length, most) in [(3, 1), (5, 1), (6, 2), (11, 2), (12, 3), (17, 3), (18, 4)] {
            let name = "a".repeat(length);
            let with = |edits: usize| "b".repeat(edits) + &name[edits.min(length)..];
            assert_eq!(nearest(&with(most), &[&name]), Some(&*name), "{length}");
            assert_eq!(nearest(&with(most + 1), &[&name]), None, "{length}");
        }
    }

    #[test]
    fn a_text_without_end_is_not_read_to_its_end() {
        let read = Cell::new(0);
        for (endless, other) in [('a', "aaaaaaaaaaaaaaaaaaaaaaaa"), ('b', "aaaaaaaaaaaaaaaaaaaaaaaa"), ('a', "")] {
            let endless = repeat(endless).inspect(|_| {
                read.set(read.get() + 1);
                assert!(read.get() < 20_000, "it is read on and on");
            });
            for max_edits in 0..=5 {
                assert!(!are_near(endless.clone(), other.chars(), max_edits));
                assert!(!are_near(other.chars(), endless.clone(), max_edits));
            }
        }
    }
}
