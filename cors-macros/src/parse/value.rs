//! What may stand at each key.

use cors_core::__private::Syntax;
use cors_core::{IssueKind, Key, Place};
use proc_macro2::{Delimiter, Group, Span, TokenTree};
use syn::Lit;

use super::{Content, Item, Parser, Value, text_of};
use crate::environment;

/// A token, or a few, that a macro can read.
enum Word {
    Text(String),
    Bare(String),
    Number(String),
    /// `env!("NAME")`, or `option_env!`.
    Variable {
        name: String,
        required: bool,
    },
}

impl Parser {
    /// The value of a known key; `tokens` holds at least one.
    pub(super) fn value(&mut self, key: &Key, tokens: &[TokenTree]) -> Value {
        let place = Place::of(key.clone());
        let span = tokens[0].span();
        let takes_list = !matches!(key, Key::Credentials | Key::MaxAge);
        if let ([TokenTree::Group(group)], true) = (tokens, takes_list)
            && group.delimiter() == Delimiter::Bracket
        {
            return self.list(key, group);
        }
        let word = match word(tokens) {
            Ok(word) => word,
            // `10 min`, `1.5h`: no duration, which the validator says best.
            Err(_) if *key == Key::MaxAge && is_number(&tokens[0]) => return Value::Text(text_of(tokens)),
            Err(syntax) => {
                self.syntax(span, &place, syntax);
                return Value::Broken;
            }
        };
        match (key, word) {
            (Key::Credentials, Word::Bare(flag)) if flag == "true" || flag == "false" => Value::Flag(flag == "true"),
            (Key::MaxAge, Word::Number(number)) => Value::Text(number),
            // A name that is no word of the key is somebody's constant.
            (
                Key::Credentials | Key::MaxAge | Key::Origins | Key::AllowHeaders | Key::ExposeHeaders,
                Word::Bare(found),
            ) if found != "true" && found != "false" => {
                self.syntax(span, &place, Syntax::NotALiteral { found });
                Value::Broken
            }
            (_, Word::Text(text)) if takes_list && *key != Key::DangerouslyAllow && text == "*" => Value::Text(text),
            _ => {
                self.mistake(span, &place, IssueKind::WrongType { found: text_of(tokens) });
                Value::Broken
            }
        }
    }

    fn list(&mut self, key: &Key, group: &Group) -> Value {
        let mut items = Vec::new();
        for segment in self.segments(group.stream(), Some(key)) {
            self.item(key, &segment, &mut items);
        }
        if items.is_empty() {
            self.mistake(group.span(), &Place::of(key.clone()), IssueKind::EmptyList);
            return Value::Broken;
        }
        Value::Items(items)
    }

    fn item(&mut self, key: &Key, tokens: &[TokenTree], items: &mut Vec<Item>) {
        let place = Place::item_of(key.clone(), items.len());
        let (predicate, tokens) = self.attributes(tokens, &place);
        let Some(first) = tokens.first() else {
            return;
        };
        let (own, following) = tokens.split_at(end_of_item(tokens));
        let content = match word(own) {
            Ok(Word::Variable { name, required }) => {
                self.variables.push(name.clone());
                let value = environment::read(&name);
                if let environment::Variable::Broken(syntax) = &value {
                    self.syntax(first.span(), &place, syntax.clone());
                }
                Content::Variable { name, required, value }
            }
            Ok(Word::Text(text)) => Content::Text(text),
            Ok(Word::Bare(name)) if matches!(key, Key::Methods | Key::DangerouslyAllow) => Content::Text(name),
            Ok(Word::Bare(found)) => {
                self.broken(first.span(), &place, IssueKind::Syntax(Syntax::NotALiteral { found }))
            }
            Ok(Word::Number(found)) => self.broken(first.span(), &place, IssueKind::WrongType { found }),
            Err(syntax) => self.broken(first.span(), &place, IssueKind::Syntax(syntax)),
        };
        items.push(Item { predicate, span: first.span(), content });
        if let [next, ..] = following {
            let place = Place::item_of(key.clone(), items.len());
            self.syntax(next.span(), &place, Syntax::MissingComma);
            self.item(key, following, items);
        }
    }

    fn broken(&mut self, span: Span, place: &Place, kind: IssueKind) -> Content {
        self.mistake(span, place, kind);
        Content::Broken
    }
}

/// One literal, one name, or `env!("NAME")`; everything else cannot be read.
fn word(tokens: &[TokenTree]) -> Result<Word, Syntax> {
    match tokens {
        [TokenTree::Literal(literal)] => match Lit::new(literal.clone()) {
            Lit::Str(text) if text.suffix().is_empty() => Ok(Word::Text(text.value())),
            _ => Ok(Word::Number(literal.to_string().replace('_', ""))),
        },
        [TokenTree::Ident(name)] => Ok(Word::Bare(name.to_string())),
        [TokenTree::Punct(minus), TokenTree::Literal(literal)] if minus.as_char() == '-' => {
            Ok(Word::Number(format!("-{literal}")))
        }
        [TokenTree::Ident(name), TokenTree::Punct(bang), TokenTree::Group(group)]
            if (name == "env" || name == "option_env") && bang.as_char() == '!' =>
        {
            let arguments: Vec<TokenTree> = group.stream().into_iter().collect();
            let variable = match arguments.as_slice() {
                [TokenTree::Literal(literal)] => Lit::new(literal.clone()),
                _ => return Err(Syntax::MalformedEnvironment { macro_name: name.to_string() }),
            };
            match variable {
                Lit::Str(variable) => Ok(Word::Variable { name: variable.value(), required: name == "env" }),
                _ => Err(Syntax::MalformedEnvironment { macro_name: name.to_string() }),
            }
        }
        _ => Err(Syntax::NotALiteral { found: text_of(tokens) }),
    }
}

fn is_number(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Literal(literal) if literal.to_string().starts_with(|c: char| c.is_ascii_digit()))
}

/// Where an item ends and, because a comma is missing, the next one begins: between two tokens that could both be items.
fn end_of_item(tokens: &[TokenTree]) -> usize {
    let is_whole = |token: &TokenTree| matches!(token, TokenTree::Literal(_) | TokenTree::Ident(_));
    let begins =
        |token: &TokenTree| is_whole(token) || matches!(token, TokenTree::Punct(hash) if hash.as_char() == '#');
    let ends = |token: &TokenTree| is_whole(token) || matches!(token, TokenTree::Group(_));
    (1..tokens.len()).find(|index| ends(&tokens[index - 1]) && begins(&tokens[*index])).unwrap_or(tokens.len())
}
