//! `#[cfg(..)]`: predicates over options, and the combinations of options that are possible builds.

use cors_core::SyntaxIssue;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use crate::text::{quoted, split_at_commas, text_of, visible};

/// Maximum number of options in one policy. Authors cannot review more combinations.
const MAX_OPTIONS: usize = 4;

/// The common key of the options `unix` and `windows`, of which a build has at most one.
const UNIX_OR_WINDOWS: &str = "unix or windows";

/// Keys that have at most one value in a build.
const SINGLE_VALUED: [&str; 9] = [
    UNIX_OR_WINDOWS,
    "panic",
    "target_abi",
    "target_arch",
    "target_endian",
    "target_env",
    "target_os",
    "target_pointer_width",
    "target_vendor",
];

/// A predicate over the options of a policy.
#[derive(Clone, Debug)]
pub(crate) enum Predicate {
    Constant(bool),
    /// The index of an option.
    Option(usize),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
    /// A predicate with a mistake, which was reported. Its value is unknown.
    Broken,
}

/// The options in the predicates of a policy, in the order of their first use.
#[derive(Debug, Default)]
pub(crate) struct CfgOptions(Vec<CfgOption>);

#[derive(Debug)]
struct CfgOption {
    tokens: TokenStream,
    text: String,
    key: String,
}

/// A possible build, as a bit for each option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Combination(usize);

impl Predicate {
    /// Whether the predicate holds in a build; `None` if a part is broken.
    pub(crate) fn holds(&self, combination: Combination) -> Option<bool> {
        match self {
            Self::Constant(value) => Some(*value),
            Self::Option(index) => Some(combination.has(*index)),
            Self::Not(inner) => inner.holds(combination).map(|holds| !holds),
            Self::All(parts) => parts.iter().try_fold(true, |all, part| Some(all & part.holds(combination)?)),
            Self::Any(parts) => parts.iter().try_fold(false, |any, part| Some(any | part.holds(combination)?)),
            Self::Broken => None,
        }
    }

    /// The predicate as tokens for an attribute.
    pub(crate) fn tokens(&self, options: &CfgOptions) -> TokenStream {
        let list = |parts: &[Self]| parts.iter().map(|part| part.tokens(options)).collect::<Vec<_>>();
        match self {
            Self::Constant(true) | Self::Broken => quote!(all()),
            Self::Constant(false) => quote!(any()),
            Self::Option(index) => options.0[*index].tokens.clone(),
            Self::Not(inner) => {
                let inner = inner.tokens(options);
                quote!(not(#inner))
            }
            Self::All(parts) => {
                let parts = list(parts);
                quote!(all(#(#parts),*))
            }
            Self::Any(parts) => {
                let parts = list(parts);
                quote!(any(#(#parts),*))
            }
        }
    }
}

impl Combination {
    fn has(self, index: usize) -> bool {
        self.0 & (1 << index) != 0
    }

    /// Returns the predicate of only this build: every option or its negation.
    pub(crate) fn predicate(self, options: &CfgOptions) -> Predicate {
        let literal = |index| match self.has(index) {
            true => Predicate::Option(index),
            false => Predicate::Not(Box::new(Predicate::Option(index))),
        };
        Predicate::All((0..options.0.len()).map(literal).collect())
    }
}

impl CfgOptions {
    /// Returns every combination that is a possible build.
    pub(crate) fn combinations(&self) -> Vec<Combination> {
        (0..1 << self.0.len()).map(Combination).filter(|combination| self.is_possible(*combination)).collect()
    }

    fn is_possible(&self, combination: Combination) -> bool {
        let held =
            |key: &str| (0..self.0.len()).filter(|index| combination.has(*index) && self.0[*index].key == key).count();
        SINGLE_VALUED.iter().all(|key| held(key) <= 1)
    }

    /// Describes builds for a message: by their common options if no other build has them, otherwise by the options
    /// of the first.
    pub(crate) fn describe(&self, builds: &[Combination]) -> String {
        let of_build =
            |build: &Combination| (0..self.0.len()).map(|index| (index, build.has(index))).collect::<Vec<_>>();
        let is_so_in = |(index, holds): &(usize, bool), build: &Combination| build.has(*index) == *holds;
        let Some(first) = builds.first().map(of_build) else {
            return String::new();
        };
        let common: Vec<_> =
            first.iter().copied().filter(|option| builds.iter().all(|build| is_so_in(option, build))).collect();
        let covered = |build: &&Combination| common.iter().all(|option| is_so_in(option, build));
        let is_unambiguous = self.combinations().iter().filter(covered).count() == builds.len();
        let in_words = |(index, holds): (usize, bool)| match holds {
            true => self.0[index].text.clone(),
            false => format!("not({})", self.0[index].text),
        };
        let options = if is_unambiguous { common } else { first };
        options.into_iter().map(in_words).collect::<Vec<_>>().join(", ")
    }

    /// Parses the tokens in the parentheses of `#[cfg(..)]`.
    ///
    /// # Errors
    ///
    /// The tokens are not a predicate, or have one option too many.
    pub(crate) fn parse(&mut self, tokens: &[TokenTree]) -> Result<Predicate, SyntaxIssue> {
        match parts(tokens).as_deref() {
            Some([predicate]) => self.predicate(predicate),
            _ => Err(malformed(tokens)),
        }
    }

    fn predicate(&mut self, tokens: &[TokenTree]) -> Result<Predicate, SyntaxIssue> {
        match tokens {
            [TokenTree::Ident(word), TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
                let inner = visible(group.stream());
                let parts = parts(&inner).ok_or_else(|| malformed(tokens))?;
                let mut read = || parts.iter().map(|part| self.predicate(part)).collect::<Result<_, _>>();
                match (word.to_string().as_str(), parts.as_slice()) {
                    ("all", _) => Ok(Predicate::All(read()?)),
                    ("any", _) => Ok(Predicate::Any(read()?)),
                    ("not", [part]) => Ok(Predicate::Not(Box::new(self.predicate(part)?))),
                    _ => Err(malformed(tokens)),
                }
            }
            [TokenTree::Ident(word)] if word == "true" || word == "false" => Ok(Predicate::Constant(word == "true")),
            [TokenTree::Ident(key)] => self.option(tokens, key.to_string(), key.to_string()),
            [TokenTree::Ident(key), TokenTree::Punct(equals), value] if equals.as_char() == '=' => {
                match quoted(value) {
                    Some(value) => self.option(tokens, key.to_string(), format!("{key} = {value:?}")),
                    None => Err(malformed(tokens)),
                }
            }
            _ => Err(malformed(tokens)),
        }
    }

    fn option(&mut self, tokens: &[TokenTree], key: String, text: String) -> Result<Predicate, SyntaxIssue> {
        let index = match self.0.iter().position(|option| option.text == text) {
            Some(index) => index,
            None if self.0.len() == MAX_OPTIONS => return Err(SyntaxIssue::TooManyOptions),
            None => {
                let key = if matches!(key.as_str(), "unix" | "windows") { UNIX_OR_WINDOWS.to_owned() } else { key };
                self.0.push(CfgOption { tokens: tokens.iter().cloned().collect(), text, key });
                self.0.len() - 1
            }
        };
        Ok(Predicate::Option(index))
    }
}

/// Splits tokens at commas. `None` if a part is empty, except after the last comma.
fn parts(tokens: &[TokenTree]) -> Option<Vec<&[TokenTree]>> {
    let parts = split_at_commas(tokens);
    parts.iter().all(|part| !part.is_empty()).then_some(parts)
}

fn malformed(tokens: &[TokenTree]) -> SyntaxIssue {
    SyntaxIssue::MalformedCfg { found: text_of(tokens) }
}
