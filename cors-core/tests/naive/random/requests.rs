//! Requests near a policy.

use super::{Random, pools};
use crate::naive::{Policy, Request, bytes};

impl Random {
    /// Labels to stand before a host, at and beyond the limits.
    fn labels(&mut self, host: &str) -> String {
        match self.below(8) {
            0 => "a".repeat(self.of(&[62, 63, 64])),
            1 => {
                let length = self.of(&[251, 252, 253, 254]);
                self.long(length - length.min(host.len()).min(length - 1))
            }
            2 => self.pick("-a|a-|A||a..b|a_b|_a|a.-.b|*|a b|.a").to_owned(),
            3 => self.host(30),
            _ => self.word(),
        }
    }

    /// An origin that mostly fits the item, perhaps with one byte changed, removed or added.
    pub(crate) fn origin_near(&mut self, item: &str) -> Vec<u8> {
        let mut origin = item.to_owned();
        if let Some((scheme, rest)) = item.split_once("://*.")
            && !self.one_in(12)
        {
            origin = format!("{scheme}://{}.{rest}", self.labels(rest.trim_end_matches(":*")));
        }
        if let Some(base) = origin.strip_suffix(":*") {
            origin = base.to_owned() + &self.mostly(2, pools::PORTS, pools::ODD_PORTS);
        } else if self.one_in(20) {
            origin += self.pick(pools::ODD_PORTS);
        }
        let mut origin = origin.into_bytes();
        if self.one_in(4) && !origin.is_empty() {
            let (at, byte) = (self.below(origin.len()), self.of(b"abz.:/*@_A09- \t\xff"));
            match self.below(3) {
                0 => origin[at] = byte,
                1 => drop(origin.remove(at)),
                _ => origin.insert(at, byte),
            }
        }
        origin
    }

    pub(crate) fn origin_for(&mut self, policy: &Policy) -> Vec<u8> {
        let rule = &policy.rules[self.below(policy.rules.len())];
        let items: Vec<&String> = rule.origins.iter().chain(rule.source.iter().flatten()).collect();
        match self.below(20) {
            0 => self
                .pick("|null|*| |https://app.example.com, https://b.example|https://a.example https://b.example")
                .into(),
            1 => self.item(2).into_bytes(),
            _ if items.is_empty() => self.item(30).into_bytes(),
            _ => {
                let item = self.of(&items);
                self.origin_near(item)
            }
        }
    }

    /// Lines of names, right or wrong, at and beyond what is echoed.
    fn asked_headers(&mut self) -> Vec<Vec<u8>> {
        let mut lines = Vec::new();
        for _ in 0..self.of(&[0, 1, 1, 1, 2, 3]) {
            let mut line = String::new();
            for _ in 0..self.of(&[0, 1, 2, 4]) {
                line += &self.mostly(8, "x-a|X-B|authorization|content-type", "| |x b|*|x\tb|\u{b}x|x\u{e9}");
                line += self.pick(",|,|, | ,|,,|,\t|");
            }
            lines.push(bytes(&line));
        }
        // The maximum length, or a byte more.
        if let Some(last) = lines.pop() {
            let before: usize = lines.iter().map(|line| line.len() + 2).sum();
            let length = self.of(&[4_095, 4_096, 4_097]);
            let fill = if self.one_in(12) { length - before.min(length) } else { 0 };
            lines.push(if fill > 0 { vec![b'x'; fill] } else { last });
        }
        lines
    }

    /// Returns a request that the policy often grants.
    pub(crate) fn request(&mut self, policy: &Policy) -> Request {
        let mut headers = Vec::new();
        let mut add = |name: &str, value: Vec<u8>| headers.push((name.to_owned(), value));
        let origin = self.origin_for(policy);
        if !self.one_in(12) {
            add("Origin", origin.clone());
        }
        if self.one_in(40) {
            add("Origin", self.origin_for(policy));
        }
        let asks = self.below(3) > 0;
        let method_name = match self.below(24) {
            0 => "M".repeat(self.of(&[4_095, 4_096, 4_097])),
            _ => self.mostly(6, pools::METHODS, pools::ODD_METHODS),
        };
        if asks {
            add("Access-Control-Request-Method", method_name.clone().into_bytes());
            for line in self.asked_headers() {
                add("Access-Control-Request-Headers", line);
            }
            if self.one_in(40) {
                add("access-control-request-method", b"PUT".to_vec());
            }
        }
        let is_options = if asks { !self.one_in(10) } else { self.one_in(8) };
        let method = if is_options { "OPTIONS".to_owned() } else { self.mostly(6, pools::METHODS, "options|OPTION") };
        let (mut authority, mut public_origin) = (None, None);
        if policy.reject && !asks {
            let near = String::from_utf8_lossy(&origin).into_owned();
            let place = near.split_once("://").map_or(near.as_str(), |(_, place)| place).to_owned();
            let place = match self.below(6) {
                0 => place + self.pick(":80|:443|:8080"),
                1 => place.to_ascii_uppercase(),
                2 => "api.example.com".to_owned(),
                _ => place,
            };
            match self.below(6) {
                0 => add("Sec-Fetch-Site", self.pick("same-origin|same-site|cross-site|none|Same-Origin|").into()),
                1 => public_origin = Some(self.pick("https://app.example.com|http://localhost:8080").to_owned()),
                _ => {}
            }
            if self.one_in(2) {
                add("Host", place.clone().into_bytes());
            }
            if self.one_in(20) {
                add("Host", b"app.example.com".to_vec());
            }
            if self.one_in(3) {
                authority = Some(if self.one_in(5) { "api.example.com".to_owned() } else { place });
            }
        }
        Request { method: method.into_bytes(), headers, authority, public_origin }
    }
}
