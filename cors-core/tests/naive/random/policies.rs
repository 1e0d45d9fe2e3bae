//! Generated policies, as written.

use serde_json::{Map, Value, json};

use super::{Random, pools};

impl Random {
    fn origins(&mut self) -> Value {
        match self.below(60) {
            0..6 => json!("*"),
            6 => json!(["*"]),
            7..9 => json!("none"),
            9 => self.of(&[json!([]), json!(5), json!("https://a.example"), json!([5]), json!(["none"])]),
            10 => {
                // Long lists use another lookup than short ones.
                let count = self.of(&[9, 9, 17, 17, 17, 40, 40, 150]);
                let host = |random: &mut Self| format!("{}.example.{}", random.word(), random.of(&["com", "io"]));
                let form = self.of(&[["", ""], ["*.", ""], ["", ":*"], ["*.", ":*"]]);
                let items = (0..count).map(|_| format!("https://{}{}{}", form[0], host(self), form[1]));
                json!(items.collect::<Vec<_>>())
            }
            _ => {
                let (count, odd_in) = (self.of(&[1, 1, 2, 3, 5]), self.of(&[3, 12, 60]));
                let mut items: Vec<String> = Vec::new();
                for _ in 0..count {
                    let near = items.last().filter(|_| self.one_in(3)).and_then(|item| self.item_near(item));
                    items.push(near.unwrap_or_else(|| self.item(odd_in)));
                }
                json!(items)
            }
        }
    }

    /// Returns an item that often covers the given one, or that the given one covers.
    fn item_near(&mut self, item: &str) -> Option<String> {
        let (scheme, rest) = item.split_once("://")?;
        let above = rest.trim_start_matches("*.").split_once('.').map(|(_, above)| format!("{scheme}://*.{above}"));
        let any_port = format!("{}:*", item.split_once(":1").map_or(item, |(base, _)| base));
        match self.below(3) {
            0 => above,
            1 => Some(any_port),
            // A scheme that is similar to another one is refused. The description does not mention that.
            _ => {
                String::from_utf8(self.origin_near(item)).ok().filter(|near| near.starts_with(&format!("{scheme}://")))
            }
        }
    }

    fn names(&mut self, ordinary: &str, odd: &str) -> Value {
        match self.below(12) {
            0..3 => json!("*"),
            3 => self.of(&[json!(["*"]), json!([]), json!(["*", "Authorization"]), json!(["Authorization", "*"])]),
            4 if self.one_in(8) => self.of(&[json!("PUT"), json!(5), json!([5, "*"])]),
            _ => {
                let (count, odd_in) = (self.of(&[1, 1, 2, 3]), self.of(&[3, 20]));
                json!((0..count).map(|_| self.mostly(odd_in, ordinary, odd)).collect::<Vec<_>>())
            }
        }
    }

    fn rule(&mut self) -> Map<String, Value> {
        let mut rule = Map::new();
        let mut set = |key: &str, value: Value| drop(rule.insert(key.to_owned(), value));
        if !self.one_in(60) {
            set("origins", self.origins());
        }
        if self.below(5) < 3 {
            let odd = self.one_in(100);
            set("credentials", if odd { json!("yes") } else { json!(self.below(5) > 0) });
        }
        if self.one_in(2) {
            set("methods", self.names(pools::METHODS, pools::ODD_METHODS));
        }
        if self.one_in(2) {
            set("allow_headers", self.names(pools::ALLOWED, pools::ODD_ALLOWED));
        }
        if self.one_in(3) {
            set("expose_headers", self.names(pools::EXPOSED, pools::ODD_EXPOSED));
        }
        if self.one_in(4) {
            let odd = [json!(86_401), json!(-1), json!(true)];
            let age = match self.below(12) {
                0 => self.of(&odd),
                1 => json!(self.pick("5x||25h|2d|1 h|h|-1|99999999999999999999d|86401|+5|1H|1.5h")),
                2..6 => json!(self.pick("2h|1d|24h|1440min|60s|0|86400")),
                _ => json!(self.of(&[0, 600, 86_400])),
            };
            set("max_age", age);
        }
        if self.one_in(3) {
            let (insecure, suffixes) = ("insecure_origins", "public_suffix_wildcards");
            let dangers = [json!([insecure]), json!([suffixes]), json!([insecure, suffixes])];
            let odd =
                [json!([]), json!(["everything"]), json!([suffixes, suffixes]), json!("insecure_origins"), json!([5])];
            let odd_one = self.one_in(12);
            set("dangerously_allow", self.of(if odd_one { &odd[..] } else { &dangers[..] }));
        }
        if self.one_in(120) {
            let key = self.pick("origin|allowed_origins|allowedHeaders|colour");
            set(key, json!([if key == "allowedHeaders" { "X-A" } else { "https://app.example.com" }]));
        }
        rule
    }

    /// A policy as written, often with mistakes.
    pub(crate) fn policy(&mut self) -> Value {
        let mut policy = match self.below(24) {
            0..5 => {
                let count = self.below(3) + 1;
                let rules: Vec<_> = (0..count).map(|_| self.rule()).collect();
                let mut policy = Map::from_iter([("rules".to_owned(), json!(rules))]);
                match self.below(40) {
                    0 => drop(policy.insert("rules".to_owned(), json!([]))),
                    1 => drop(policy.insert("credentials".to_owned(), json!(true))),
                    2 => policy["rules"][0]["on_denied"] = json!("reject"),
                    _ => {}
                }
                policy
            }
            5..7 => {
                let mut policy = self.rule();
                policy.insert("source".to_owned(), json!((0..8).map(|_| self.item(60)).collect::<Vec<_>>()));
                if !policy.get("origins").is_some_and(|origins| origins.is_array() && *origins != json!(["*"])) {
                    policy.remove("origins");
                }
                policy
            }
            _ => self.rule(),
        };
        if self.one_in(3) {
            let value = self.pick("reject|reject|reject|forward");
            let odd = self.one_in(40);
            policy.insert("on_denied".to_owned(), json!(if odd { "deny" } else { value }));
        }
        Value::Object(policy)
    }
}
