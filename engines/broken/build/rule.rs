//! The rows of `rules`: which rule is broken, and how.
//!
//! ```text
//! CHK-1 the last line counts
//! check.rs cors_check
//! - get(headers, "access-control-allow-origin")
//! + values(headers, "access-control-allow-origin").last().map(<[u8]>::to_vec)
//! ```
//!
//! A row has a statement and a name; a file and a function; the text that is there once; the text in its place, perhaps none. More
//! functions, and more texts in a function, may follow. A line in between, `each ..`, makes a mutant for each item of a table, where
//! `{}` stands for the item (see `items.rs`), and `shown by ..` says what it takes to show the mutant, where no visit can.

use std::collections::BTreeMap;
use std::fmt;

use crate::function;
use crate::items::items;

/// A row.
pub struct Rule {
    statement: String,
    name: String,
    shown_by: Option<String>,
    each: Option<String>,
    changes: Vec<Change>,
}

/// What is changed in a function.
#[derive(Clone)]
pub struct Change {
    pub file: String,
    pub function: String,
    texts: Vec<Text>,
}

/// Lines, and those in their place.
#[derive(Clone)]
struct Text {
    old: Vec<String>,
    new: Vec<String>,
}

/// A row, or an item of it.
pub struct Mutant {
    pub statement: String,
    pub name: String,
    pub shown_by: Option<String>,
    /// With the body that the function has instead.
    pub bodies: Vec<(Change, String)>,
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.statement, self.name)
    }
}

/// The rows of a file.
pub fn read_rules(text: &str) -> Result<Vec<Rule>, String> {
    let mut rules: Vec<Rule> = Vec::new();
    let mut begins = true;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.is_empty() {
            begins = true;
        } else if begins {
            let (statement, name) = line.split_once(' ').ok_or_else(|| format!("\"{line}\" is no row"))?;
            let (statement, name) = (statement.to_owned(), name.to_owned());
            rules.push(Rule { statement, name, shown_by: None, each: None, changes: Vec::new() });
            begins = false;
        } else {
            let rule = rules.last_mut().expect("a row has begun");
            rule.read(line).map_err(|mistake| format!("{rule}: {mistake}"))?;
        }
    }
    match rules.iter().find(|rule| rule.changes.is_empty()) {
        Some(rule) => Err(format!("{rule} changes nothing")),
        None => Ok(rules),
    }
}

impl Rule {
    fn read(&mut self, line: &str) -> Result<(), String> {
        let (sign, rest) = line.split_once(' ').unwrap_or((line, ""));
        let last = self.changes.last_mut();
        match (sign, last) {
            ("each", None) => self.each = Some(rest.to_owned()),
            ("shown", None) => self.shown_by = rest.strip_prefix("by ").map(str::to_owned),
            ("-", Some(change)) => match change.texts.last_mut() {
                Some(text) if text.new.is_empty() => text.old.push(rest.to_owned()),
                _ => change.texts.push(Text { old: vec![rest.to_owned()], new: Vec::new() }),
            },
            ("+", Some(change)) => {
                change.texts.last_mut().ok_or("new text replaces none")?.new.push(rest.to_owned());
            }
            ("-" | "+", None) => return Err("no function is named".to_owned()),
            (file, _) => {
                self.changes.push(Change { file: file.to_owned(), function: rest.to_owned(), texts: Vec::new() });
            }
        }
        Ok(())
    }

    /// One, or one for each item.
    pub fn mutants(&self, sources: &BTreeMap<String, String>) -> Result<Vec<Mutant>, String> {
        match &self.each {
            Some(of) => items(of, sources)?.iter().map(|item| self.mutant(item, sources)).collect(),
            None => Ok(vec![self.mutant("{}", sources)?]),
        }
    }

    fn mutant(&self, item: &str, sources: &BTreeMap<String, String>) -> Result<Mutant, String> {
        let mut bodies = Vec::new();
        for change in &self.changes {
            let source = sources.get(&change.file).ok_or_else(|| format!("there is no {}", change.file))?;
            let mut body = function::find(source, &change.function)?.body();
            for text in &change.texts {
                let old = text.old.join("\n");
                let found = body.matches(&old).count();
                if found != 1 {
                    return Err(format!("{} in {} has {found} times:\n{old}", change.function, change.file));
                }
                body = body.replace(&old, &text.new.join("\n").replace("{}", item));
            }
            bodies.push((change.clone(), body));
        }
        let (statement, name) = (self.statement.clone(), self.name.replace("{}", item));
        Ok(Mutant { statement, name, shown_by: self.shown_by.clone(), bodies })
    }
}
