//! The mutants of each kind of node.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::{BinOp, Block, Expr, Lit, ReturnType, Signature, UnOp};

use crate::site::{Mutant, Piece, Site};

pub(crate) struct Finder<'s> {
    pub(crate) file: &'s str,
    pub(crate) source: &'s str,
    /// The type and the functions around.
    pub(crate) within: Vec<String>,
    pub(crate) literals_are_compared: bool,
    pub(crate) mutants: Vec<Mutant>,
    pub(crate) sites: Vec<Site>,
    pub(crate) const_functions: usize,
}

pub(crate) fn text(text: &str) -> Piece {
    Piece::Text(text.to_owned())
}

pub(crate) fn range(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}

fn without_parentheses(mut expression: &Expr) -> &Expr {
    while let Expr::Paren(inner) = expression {
        expression = &inner.expr;
    }
    expression
}

/// Whether a condition has a mutant that turns it round when it is visited.
pub(crate) fn is_turned_round_anyway(condition: &Expr) -> bool {
    match without_parentheses(condition) {
        Expr::Binary(binary) => !matches!(binary.op, BinOp::And(_) | BinOp::Or(_)),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Not(_)),
        Expr::Lit(_) | Expr::Let(_) => true,
        Expr::Macro(call) => call.mac.path.is_ident("matches"),
        _ => false,
    }
}

pub(crate) fn has_let(expression: &Expr) -> bool {
    match expression {
        Expr::Let(_) => true,
        Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
    }
}

/// A literal of as many bytes in quotes, with another last one.
fn with_another_end(literal: &str) -> Option<String> {
    let (opened, closing) = literal.split_at(literal.len() - 1);
    let last = opened
        .chars()
        .next_back()
        .filter(|last| last.is_ascii() && opened.find(['"', '\'']) != Some(opened.len() - 1))?;
    let other = if last == '~' { '_' } else { '~' };
    Some(format!("{}{other}{closing}", &opened[..opened.len() - 1]))
}

impl Finder<'_> {
    /// The source on one line, cut where it is long.
    pub(crate) fn shown(&self, range: Range<usize>) -> String {
        let line = self.source[range].split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(60) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line,
        }
    }

    pub(crate) fn mutant(&mut self, at: usize, was: String, becomes: String) -> Piece {
        let line = self.source[..at].matches('\n').count() + 1;
        let function = self.within.join("::");
        self.mutants.push(Mutant { file: self.file.to_owned(), line, function, was, becomes });
        Piece::Switch(self.mutants.len() - 1)
    }

    pub(crate) fn site(&mut self, range: Range<usize>, pieces: Vec<Piece>) {
        self.sites.push(Site { range, pieces });
    }

    /// A boolean that is the other one while the mutant is active.
    pub(crate) fn turn_round(&mut self, of: Range<usize>, becomes: String) {
        let was = self.shown(of.clone());
        let switch = self.mutant(of.start, was, becomes);
        self.site(of.clone(), vec![text("("), switch, text(" ^ ("), Piece::Mutated(of), text("))")]);
    }

    pub(crate) fn turn_round_condition(&mut self, condition: &Expr) {
        if let Expr::Binary(binary) = without_parentheses(condition)
            && matches!(binary.op, BinOp::And(_) | BinOp::Or(_))
        {
            // Each of its parts is.
            return;
        }
        if !is_turned_round_anyway(condition) {
            let of = range(condition);
            let becomes = format!("!({})", self.shown(of.clone()));
            self.turn_round(of, becomes);
        }
    }

    /// Other source while the mutant is active.
    pub(crate) fn replace(&mut self, of: Range<usize>, otherwise: Vec<Piece>) {
        let was = self.shown(of.clone());
        let mut becomes = String::new();
        for piece in &otherwise {
            match piece {
                Piece::Text(text) => becomes.push_str(text),
                Piece::Source(range) => becomes.push_str(&self.shown(range.clone())),
                Piece::Mutated(_) | Piece::Switch(_) => {}
            }
        }
        let switch = self.mutant(of.start, was, becomes);
        let mut pieces = vec![text("(if "), switch, text(" { ")];
        pieces.extend(otherwise);
        pieces.extend([text(" } else { "), Piece::Mutated(of.clone()), text(" })")]);
        self.site(of, pieces);
    }

    pub(crate) fn leave_out(&mut self, statement: Range<usize>) {
        let was = self.shown(statement.clone());
        let switch = self.mutant(statement.start, was, "nothing".to_owned());
        let pieces = vec![text("if !"), switch, text(" { "), Piece::Mutated(statement.clone()), text(" }")];
        self.site(statement, pieces);
    }

    pub(crate) fn binary(&mut self, binary: &syn::ExprBinary) {
        let (whole, left, right) = (range(binary), range(&binary.left), range(&binary.right));
        let with = |op: &str| vec![Piece::Source(left.clone()), text(&format!(" {op} ")), Piece::Source(right.clone())];
        let said = |op: &str| format!("{} {op} {}", self.shown(left.clone()), self.shown(right.clone()));
        match binary.op {
            BinOp::Eq(_) => self.turn_round(whole, said("!=")),
            BinOp::Ne(_) => self.turn_round(whole, said("==")),
            BinOp::Lt(_) => {
                self.turn_round(whole.clone(), said(">="));
                self.replace(whole, with("<="));
            }
            BinOp::Le(_) => {
                self.turn_round(whole.clone(), said(">"));
                self.replace(whole, with("<"));
            }
            BinOp::Gt(_) => {
                self.turn_round(whole.clone(), said("<="));
                self.replace(whole, with(">="));
            }
            BinOp::Ge(_) => {
                self.turn_round(whole.clone(), said("<"));
                self.replace(whole, with(">"));
            }
            BinOp::Add(_) => self.replace(whole, with("-")),
            BinOp::Sub(_) => self.replace(whole, with("+")),
            BinOp::BitAnd(_) => self.replace(whole, with("|")),
            BinOp::BitOr(_) => self.replace(whole, with("&")),
            BinOp::AddAssign(_) => self.replace(whole, with("-=")),
            BinOp::SubAssign(_) => self.replace(whole, with("+=")),
            BinOp::And(_) | BinOp::Or(_) => {
                let (op, other) = if matches!(binary.op, BinOp::And(_)) { (" && ", "||") } else { (" || ", "&&") };
                if !has_let(&binary.left) && !has_let(&binary.right) {
                    let becomes = said(other);
                    let was = self.shown(whole.clone());
                    let switch = self.mutant(whole.start, was, becomes);
                    // By De Morgan, so that the operands stand here once and are asked in the same order.
                    let operand = |of| [switch.clone(), text(" ^ ("), Piece::Mutated(of), text(")")];
                    let mut pieces = vec![text("("), switch.clone(), text(" ^ (("), text("")];
                    pieces.extend(operand(left));
                    pieces.extend([text(")"), text(op), text("(")]);
                    pieces.extend(operand(right));
                    pieces.push(text(")))"));
                    self.site(whole, pieces);
                }
                self.turn_round_condition(&binary.left);
                self.turn_round_condition(&binary.right);
            }
            _ => {}
        }
    }

    pub(crate) fn literal(&mut self, literal: &syn::ExprLit) {
        let of = range(literal);
        let source = &self.source[of.clone()];
        match &literal.lit {
            Lit::Bool(value) => {
                let becomes = (!value.value).to_string();
                self.turn_round(of, becomes);
            }
            Lit::Int(value) => {
                if let Ok(number) = value.base10_parse::<u64>() {
                    let becomes = format!("{}{}", number.wrapping_add(1), value.suffix());
                    self.replace(of, vec![text(&becomes)]);
                }
            }
            Lit::Str(_) | Lit::ByteStr(_) | Lit::Char(_) | Lit::Byte(_)
                if self.literals_are_compared && !source.contains(['\\', '#']) =>
            {
                if let Some(becomes) = with_another_end(source) {
                    self.replace(of, vec![text(&becomes)]);
                }
            }
            _ => {}
        }
    }

    /// Returns of a function at once.
    pub(crate) fn body(&mut self, signature: &Signature, block: &Block) {
        let values: &[&str] = match &signature.output {
            ReturnType::Default => &[""],
            ReturnType::Type(_, of) => {
                let of = self.source[range(of)].to_owned();
                match of.as_str() {
                    "bool" => &["true", "false"],
                    "usize" | "u16" | "u32" | "u64" => &["0", "1"],
                    "String" => &["String::new()"],
                    of if of.starts_with("Option<") => &["None"],
                    of if of.starts_with("Result<(), ") => &["Ok(())"],
                    of if of.starts_with("Vec<") => &["Vec::new()"],
                    _ => &[],
                }
            }
        };
        let at = block.brace_token.span.open().byte_range();
        let body = self.source[at.end..block.brace_token.span.close().byte_range().start].trim();
        for value in values.iter().filter(|value| **value != body) {
            let becomes = format!("return {value}").trim_end().to_owned();
            let switch = self.mutant(at.start, "the body".to_owned(), becomes.clone());
            self.site(at.end..at.end, vec![text(" if "), switch, text(&format!(" {{ {becomes}; }}"))]);
        }
    }
}
