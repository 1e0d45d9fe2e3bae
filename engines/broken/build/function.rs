//! Finds a function in source that rustfmt laid out: its last line is a brace at the indent of its first.

use std::ops::Range;

/// A function, and the file around it.
pub struct Function<'s> {
    source: &'s str,
    /// From the first word to the brace that opens the body.
    signature: Range<usize>,
    /// Between its braces.
    body: Range<usize>,
}

/// The function of this name, if the file has one and no other.
pub fn find<'s>(source: &'s str, name: &str) -> Result<Function<'s>, String> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        lines.push((start, line.trim_end()));
        start += line.len();
    }
    let begins = |line: &str| {
        let code = line.split("//").next().unwrap_or_default();
        code.split_once("fn ")
            .is_some_and(|(_, rest)| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with(['(', '<'])))
    };
    let found: Vec<usize> = (0..lines.len()).filter(|at| begins(lines[*at].1)).collect();
    let [first] = found[..] else { return Err(format!("{} functions are called {name}", found.len())) };
    let indent = lines[first].1.len() - lines[first].1.trim_start().len();
    let last = format!("{}}}", " ".repeat(indent));
    let opening = (first..lines.len()).find(|at| lines[*at].1.ends_with('{'));
    let closing = (first..lines.len()).find(|at| lines[*at].1 == last);
    let (Some(opening), Some(closing)) = (opening, closing) else { return Err(format!("{name} has no body")) };
    let signature = lines[first].0 + indent..lines[opening].0 + lines[opening].1.len();
    let body = signature.end..lines[closing].0;
    Ok(Function { source, signature, body })
}

impl Function<'_> {
    /// The body without indents, so that a rule need not know them.
    pub fn body(&self) -> String {
        self.source[self.body.clone()].lines().map(str::trim_start).collect::<Vec<_>>().join("\n")
    }

    /// The file, in which the function has another body for each of these mutants.
    pub fn with_bodies(&self, bodies: &[(usize, String)]) -> String {
        let numbers: Vec<usize> = bodies.iter().map(|(number, _)| *number).collect();
        let arms: String = bodies.iter().map(|(number, body)| format!("{number} => {{\n{body}\n}}\n")).collect();
        // Which mutant is active is not known when the copy is compiled.
        let signature = self.source[self.signature.clone()].replace("const fn ", "fn ");
        let (before, after) = (&self.source[..self.signature.start], &self.source[self.body.end..]);
        let unbroken = &self.source[self.body.clone()];
        format!(
            "{before}{signature}\nmatch crate::mutants::active(&{numbers:?}) {{\n{arms}_ => {{{unbroken}}}\n}}\n{after}"
        )
    }
}
