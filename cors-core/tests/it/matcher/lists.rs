//! Lists of origins, short and long, against each of their items alone.

use cors_core::{OriginList, Origins, PolicyDraft};

use super::naive::Parts;

/// Pairs of an item and an origin. CORS_TESTS_PAIRS sets another number.
const PAIRS: usize = 400_000;

/// The same numbers each time, but with CORS_TESTS_RANDOM.
struct Random(u64);

impl Random {
    fn new() -> Self {
        Self(std::env::var("CORS_TESTS_RANDOM").map_or(17, |seed| seed.parse().expect("CORS_TESTS_RANDOM is a number")))
    }

    /// The generator SplitMix64.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).expect("it is less than a usize")
    }

    fn of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    fn letters(&mut self, count: usize) -> String {
        (0..count).map(|_| self.of(&['a', 'b', 'c', '7'])).collect()
    }

    fn host(&mut self) -> String {
        let labels = self.below(3) + 1;
        let mut host = String::new();
        for _ in 0..labels {
            let length = self.below(4) + 1;
            host += &format!("{}.", self.letters(length));
        }
        if self.below(12) == 0 { "localhost".to_owned() } else { host + self.of(&["com", "io"]) }
    }

    fn parts(&mut self) -> Parts {
        let port = self.of(&[1, 79, 81, 442, 444, 8080, 65535]);
        Parts {
            scheme: self.of(&["http", "https"]),
            subdomains: self.below(2) == 0,
            host: self.host(),
            port: self.of(&[None, Some(None), Some(None), Some(Some(port))]),
        }
    }

    /// Labels at and beyond the limits, and ordinary ones.
    fn labels(&mut self, host: &str) -> String {
        match self.below(8) {
            0 => "a".repeat(self.of(&[62, 63, 64])),
            1 => {
                let room = 250_usize.saturating_sub(host.len()) + self.below(5);
                let text = "abcdefghi.".repeat(26);
                text[text.len() - room - 1..text.len() - 1].trim_matches('.').to_owned()
            }
            2 => self.of(&["-a", "a-", "A", "", "a..b", "a_b", "_a", "a.-.b"]).to_owned(),
            _ => self.host(),
        }
    }

    /// An origin that mostly fits the item, perhaps with one byte changed, removed or added.
    fn origin(&mut self, item: &Parts) -> String {
        let below = match (item.subdomains, self.below(10)) {
            (true, 1..) | (false, 0) => format!("{}.", self.labels(&item.host)),
            _ => String::new(),
        };
        let port = match (item.port, self.below(4)) {
            (Some(Some(port)), 1..) => format!(":{port}"),
            (Some(None), 1..) => String::new(),
            _ => self
                .of(&["", ":1", ":80", ":443", ":08", ":0", ":65535", ":65536", ":8080", ":", ":*", ":+1"])
                .to_owned(),
        };
        let mut origin = format!("{}://{below}{}{port}", item.scheme, item.host).into_bytes();
        if self.below(3) == 0 {
            let (at, byte) = (self.below(origin.len()), self.of(b"abz.:/*@_A09-"));
            match self.below(3) {
                0 => origin[at] = byte,
                1 => drop(origin.remove(at)),
                _ => origin.insert(at, byte),
            }
        }
        String::from_utf8(origin).expect("all of it is ASCII")
    }
}

fn list(items: &[Parts]) -> OriginList {
    let draft = PolicyDraft::new().origins(items.iter().map(Parts::text).collect::<Vec<_>>()).allow_repetition();
    let policy = draft.validate().unwrap_or_else(|issues| panic!("{issues}"));
    match policy.rules()[0].origins() {
        Origins::Listed(list) => list.clone(),
        other => panic!("{other:?}"),
    }
}

/// So many items, of which none covers another, since a policy must not have such.
fn items(random: &mut Random, count: usize) -> Vec<Parts> {
    let mut items: Vec<Parts> = Vec::new();
    for _ in 0..10 * count {
        let item = random.parts();
        let probe =
            |parts: &Parts| format!("{}://{}{}", parts.scheme, if parts.subdomains { "x." } else { "" }, parts.host);
        let ends_alike = |other: &Parts| other.host.ends_with(&item.host) || item.host.ends_with(&other.host);
        let may_cover =
            |other: &Parts| probe(other) == probe(&item) || (other.scheme == item.scheme && ends_alike(other));
        if items.len() < count && !items.iter().any(may_cover) {
            items.push(item);
        }
    }
    items
}

#[test]
fn a_list_matches_what_one_of_its_items_matches() {
    let pairs = std::env::var("CORS_TESTS_PAIRS").map_or(PAIRS, |text| text.parse().expect("a number"));
    let mut random = Random::new();
    let (mut compared, mut origins, mut matching) = (0, 0, 0);
    // So many lists have more than eight of a kind, which are hashed for sure.
    let mut hashed = [0, 0];
    while compared < pairs {
        // Short ones are compared one by one, long ones are hashed; of both kinds of items together and alone.
        let count = random.of(&[1, 4, 5, 8, 9, 16, 17, 40, 150]);
        let mut items = items(&mut random, count);
        match random.below(4) {
            0 => items.iter_mut().for_each(|item| (item.subdomains, item.port) = (false, item.port.or(Some(None)))),
            1 => items.iter_mut().for_each(|item| item.subdomains = true),
            _ => {}
        }
        let of_a_kind = |exact| items.iter().filter(|item| (!item.subdomains && item.port.is_some()) == exact).count();
        hashed = [hashed[0] + usize::from(of_a_kind(true) > 8), hashed[1] + usize::from(of_a_kind(false) > 8)];
        let list = list(&items);
        for _ in 0..200 {
            let item = random.of(&items);
            let origin = random.origin(&item);
            let expected = items.iter().any(|item| item.matches(&origin));
            assert_eq!(list.matches(origin.as_bytes()), expected, "{origin:?} in {list:?}");
            (compared, origins, matching) = (compared + items.len(), origins + 1, matching + usize::from(expected));
        }
    }
    let share = matching * 100 / origins;
    assert!((30..=70).contains(&share), "{share} % of {origins} origins match");
    let lists = origins / 200;
    assert!(hashed.iter().all(|hashed| hashed * 5 >= lists), "only {hashed:?} of {lists} lists are long");
}

#[test]
fn every_item_of_a_long_list_is_found_and_nothing_beside_it() {
    let origin = |number| format!("https://tenant-{number}.example.com");
    let pattern = |number| format!("https://*.tenant-{number}.example.org:*");
    let all: Vec<String> = (0..2_000).map(origin).chain((0..2_000).map(pattern)).collect();
    let policy = PolicyDraft::new().origins(all.as_slice()).validate().unwrap_or_else(|issues| panic!("{issues}"));
    let Origins::Listed(list) = policy.rules()[0].origins() else { panic!("a list") };
    assert_eq!(list.len(), 4_000);
    assert!(list.iter().map(|item| item.to_string()).eq(all), "the order is the author's");
    for number in 0..2_000 {
        assert!(list.matches(origin(number).as_bytes()), "{number}");
        assert!(!list.matches(format!("{}:1", origin(number)).as_bytes()), "{number}");
        assert!(!list.matches(origin(number + 2_000).as_bytes()), "{number}");
        assert!(list.matches(format!("https://a.b.tenant-{number}.example.org:8443").as_bytes()), "{number}");
        assert!(!list.matches(format!("https://tenant-{number}.example.org").as_bytes()), "{number}");
        assert!(!list.matches(format!("https://a.tenant-{}.example.org", number + 2_000).as_bytes()), "{number}");
    }
    assert!(!list.matches(b""));
}

#[test]
fn patterns_of_every_length_are_found_below_and_beside_each_other() {
    // Bases that end alike, of all lengths up to the longest, some for any port.
    let base = |number: usize| format!("x{}{}.b", "x".repeat(number % 2), ".a".repeat(number / 2));
    let item = |number: usize| Parts {
        scheme: "https",
        subdomains: true,
        host: base(number),
        port: if number.is_multiple_of(3) { None } else { Some(None) },
    };
    let items: Vec<Parts> = (0..240).map(item).collect();
    let list = list(&items);
    for number in 0..242 {
        for origin in [
            format!("https://w.{}", base(number)),
            format!("https://w.{}:81", base(number)),
            format!("https://{}", base(number)),
            format!("https://w{}", base(number)),
            format!("https://a{}.b", ".a".repeat(number / 2)),
            format!("http://w.{}", base(number)),
        ] {
            let expected = items.iter().any(|item| item.matches(&origin));
            assert_eq!(list.matches(origin.as_bytes()), expected, "{origin}");
        }
    }
}

#[test]
fn patterns_that_end_alike_are_found_by_their_ports() {
    for count in [2, 8, 20] {
        let mut items: Vec<String> = (1..count).map(|port| format!("https://*.example.com:{port}")).collect();
        items.push("https://example.com:*".to_owned());
        let policy = PolicyDraft::new().origins(items).validate().unwrap_or_else(|issues| panic!("{issues}"));
        let Origins::Listed(list) = policy.rules()[0].origins() else { panic!("a list") };
        for port in 1..=count {
            let is_found = |host: &str| list.matches(format!("https://{host}:{port}").as_bytes());
            assert_eq!(is_found("w.example.com"), port < count, "{port} of {count}");
            assert!(!is_found("w..example.com") && !is_found("w_example.com"), "{port} of {count}");
            assert!(is_found("example.com") && !is_found("aexample.com"), "{port} of {count}");
        }
        assert!(!list.matches(b"https://w.example.com") && list.matches(b"https://example.com"), "{count}");
    }
}

#[test]
fn hosts_of_one_letter_are_found() {
    for count in [1, 20] {
        let items: Vec<String> = "abcdefghijklmnopqrst".chars().take(count).map(|c| format!("http://{c}:*")).collect();
        let policy = PolicyDraft::new().origins(items).validate().unwrap_or_else(|issues| panic!("{issues}"));
        let Origins::Listed(list) = policy.rules()[0].origins() else { panic!("a list") };
        assert!(list.matches(b"http://a") && list.matches(b"http://a:8080"), "{count}");
        assert!(!list.matches(b"http://") && !list.matches(b"http://:8080") && !list.matches(b"http://z"), "{count}");
    }
}

#[test]
fn what_is_below_hosts_of_one_letter_is_found() {
    let items: Vec<String> = "abcdefghijklmnopqrst".chars().map(|c| format!("http://*.{c}")).collect();
    let policy = PolicyDraft::new().origins(items).validate().unwrap_or_else(|issues| panic!("{issues}"));
    let Origins::Listed(list) = policy.rules()[0].origins() else { panic!("a list") };
    assert!(list.matches(b"http://w.a") && list.matches(b"http://w.w.t"));
    assert!(!list.matches(b"http://a") && !list.matches(b"http://w.z"));
}

#[test]
fn a_host_and_what_is_below_it_are_found_with_any_port() {
    for count in [2, 20] {
        let both = |number| [format!("https://*.{number}.example:*"), format!("https://{number}.example:*")];
        let policy = PolicyDraft::new().origins((0..count).flat_map(both).collect::<Vec<_>>()).validate();
        let policy = policy.unwrap_or_else(|issues| panic!("{issues}"));
        let Origins::Listed(list) = policy.rules()[0].origins() else { panic!("a list") };
        for number in 0..count {
            let is_found = |host: &str| list.matches(format!("https://{host}{number}.example:8080").as_bytes());
            assert!(is_found("") && is_found("w."), "{number} of {count}");
            assert!(!is_found("w") && !is_found("."), "{number} of {count}");
        }
    }
}

/// Patterns for other ports end in the middle of its label.
#[test]
fn a_label_that_is_too_long_matches_nothing_below_a_pattern() {
    let host = |letters: usize| format!("{}.example.com", "a".repeat(letters));
    let mut items: Vec<String> = (1..=63).map(|letters| format!("https://*.{}:{letters}", host(letters))).collect();
    items.push("https://*.example.com:8443".to_owned());
    let policy = PolicyDraft::new().origins(items).validate().unwrap_or_else(|issues| panic!("{issues}"));
    let Origins::Listed(list) = policy.rules()[0].origins() else { panic!("a list") };
    for letters in 1..=130 {
        assert_eq!(list.matches(format!("https://{}:8443", host(letters)).as_bytes()), letters <= 63, "{letters}");
    }
}

#[test]
fn patterns_below_each_other_for_other_ports_are_told_apart() {
    let mut random = Random::new();
    let (mut origins, mut matching) = (0_usize, 0);
    for _ in 0..2_000 {
        // Few letters, so that many hosts end alike.
        let host = |random: &mut Random| {
            let labels = (0..=random.below(6)).map(|_| random.of(&["a", "b", "ab", "ba", "aab"])).collect::<Vec<_>>();
            labels.join(".")
        };
        let parts = |random: &mut Random| Parts {
            scheme: random.of(&["http", "https", "https"]),
            subdomains: random.below(4) > 0,
            host: host(random),
            port: random.of(&[None, Some(None), Some(Some(81)), Some(Some(82)), Some(Some(83))]),
        };
        let items: Vec<Parts> = (0..random.of(&[9, 20, 60])).map(|_| parts(&mut random)).collect();
        let list = list(&items);
        for _ in 0..40 {
            let likeness = random.of(&items);
            let host = match random.below(8) {
                0 => host(&mut random),
                1 => likeness.host,
                2 => format!("{}{}", random.of(&["x", ".", "a..", "A.", "e/", "e*", "e/*."]), likeness.host),
                _ => format!("{}.{}", host(&mut random), likeness.host),
            };
            let origin = format!("{}://{host}{}", likeness.scheme, random.of(&["", ":81", ":82", ":83", ":84"]));
            let expected = items.iter().any(|item| item.matches(&origin));
            assert_eq!(list.matches(origin.as_bytes()), expected, "{origin:?} in {list:?}");
            (origins, matching) = (origins + 1, matching + usize::from(expected));
        }
    }
    let share = matching * 100 / origins;
    assert!((20..=80).contains(&share), "{share} % of {origins} origins match");
}
