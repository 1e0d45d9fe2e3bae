//! Where the source can be mutated, and how.

use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, ImplItemFn, ItemFn, ItemImpl, ItemMod, Signature, Stmt, Type, UnOp};

use crate::mutate::{Finder, has_let, is_turned_round_anyway, range, text};
use crate::site::{Mutant, Piece, Site};

/// What was found in a file.
pub(crate) struct Found {
    pub(crate) mutants: Vec<Mutant>,
    /// The places that switch them.
    pub(crate) sites: Vec<Site>,
    pub(crate) const_functions: usize,
}

/// The mutants of a file.
///
/// Const functions cannot ask which mutant is active, so they have none, and neither have constants, patterns, macros and tests.
pub(crate) fn find(file: &str, source: &str) -> Found {
    let tree = syn::parse_file(source).unwrap_or_else(|error| panic!("{file} is no Rust: {error}"));
    let mut finder = Finder {
        file,
        source,
        within: Vec::new(),
        literals_are_compared: false,
        mutants: Vec::new(),
        sites: Vec::new(),
        const_functions: 0,
    };
    finder.visit_file(&tree);
    number_those_that_look_alike(&mut finder.mutants);
    Found { mutants: finder.mutants, sites: finder.sites, const_functions: finder.const_functions }
}

/// `x == 1` twice in a function: the second is named so.
fn number_those_that_look_alike(mutants: &mut [Mutant]) {
    for index in 0..mutants.len() {
        let key = mutants[index].key();
        let mut again = 1;
        for later in &mut mutants[index + 1..] {
            if later.key() == key {
                again += 1;
                later.becomes.push_str(&format!(" (#{again})"));
            }
        }
    }
}

impl Finder<'_> {
    fn function(&mut self, signature: &Signature, block: &Block) {
        if signature.constness.is_some() {
            self.const_functions += 1;
            return;
        }
        self.within.push(signature.ident.to_string());
        self.body(signature, block);
        self.visit_block(block);
        self.within.pop();
    }
}

/// Tests, and what is left out where all features are on.
fn is_no_part(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Meta>().is_ok_and(|cfg| {
                    let path = cfg.path();
                    path.is_ident("test") || path.is_ident("not")
                })
    })
}

/// Methods that compare with their argument.
const COMPARING: [&str; 12] = [
    "starts_with",
    "ends_with",
    "contains",
    "strip_prefix",
    "strip_suffix",
    "find",
    "split",
    "rsplit",
    "split_once",
    "rsplit_once",
    "matches",
    "eq_ignore_ascii_case",
];

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_no_part(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
    fn visit_type(&mut self, _: &'ast Type) {}
    fn visit_variant(&mut self, _: &'ast syn::Variant) {}

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let of = match &*item.self_ty {
            Type::Path(path) => path.path.segments.last().map_or_else(String::new, |last| last.ident.to_string()),
            of => self.shown(range(of)),
        };
        self.within.push(of);
        visit::visit_item_impl(self, item);
        self.within.pop();
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !is_no_part(&item.attrs) {
            self.function(&item.sig, &item.block);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.function(&item.sig, &item.block);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block);
        }
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        if let Stmt::Expr(expression, Some(_)) = statement {
            let is_done_for_its_effect = matches!(
                expression,
                Expr::Call(_) | Expr::MethodCall(_) | Expr::Assign(_) | Expr::Try(_) | Expr::Binary(_)
            );
            if is_done_for_its_effect {
                self.leave_out(range(statement));
            }
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if let Some((_, guard)) = &arm.guard {
            let of = range(&**guard);
            if !has_let(guard) {
                let was = format!("if {}", self.shown(of.clone()));
                let always = self.mutant(of.start, was.clone(), "if true".to_owned());
                let never = self.mutant(of.start, was, "if false".to_owned());
                let pieces = vec![
                    text("("),
                    always,
                    text(" || (!"),
                    never,
                    text(" && ("),
                    Piece::Mutated(of.clone()),
                    text(")))"),
                ];
                self.site(of, pieces);
            }
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr_if(&mut self, expression: &'ast syn::ExprIf) {
        self.turn_round_condition(&expression.cond);
        visit::visit_expr_if(self, expression);
    }

    fn visit_expr_while(&mut self, expression: &'ast syn::ExprWhile) {
        self.turn_round_condition(&expression.cond);
        visit::visit_expr_while(self, expression);
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        if matches!(unary.op, UnOp::Not(_)) && !is_turned_round_anyway(&unary.expr) {
            let becomes = self.shown(range(&unary.expr));
            self.turn_round(range(unary), becomes);
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        self.binary(binary);
        let before = self.literals_are_compared;
        self.literals_are_compared = matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_));
        visit::visit_expr_binary(self, binary);
        self.literals_are_compared = before;
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.visit_expr(&call.receiver);
        let before = self.literals_are_compared;
        self.literals_are_compared = COMPARING.iter().any(|name| call.method == name);
        for argument in &call.args {
            self.visit_expr(argument);
        }
        self.literals_are_compared = before;
    }

    fn visit_expr_macro(&mut self, call: &'ast syn::ExprMacro) {
        if call.mac.path.is_ident("matches") {
            let of = range(call);
            let becomes = format!("!{}", self.shown(of.clone()));
            self.turn_round(of, becomes);
        }
    }

    fn visit_expr_repeat(&mut self, repeat: &'ast syn::ExprRepeat) {
        self.visit_expr(&repeat.expr);
    }

    fn visit_expr_lit(&mut self, literal: &'ast syn::ExprLit) {
        self.literal(literal);
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, find};
    use crate::site::render;

    const SOURCE: &str = r#"
impl Host {
    const fn skipped(self) -> bool { self.0 == 1 }

    fn matches(&self, text: &str, most: usize) -> bool {
        let Some(rest) = text.strip_prefix("a.") else { return false };
        note(rest);
        rest.len() <= most && (self.any || !matches!(rest, "b"))
    }
}
"#;

    #[test]
    fn operators_literals_bodies_and_statements_are_mutated() {
        let Found { mutants, const_functions, .. } = find("host.rs", SOURCE);
        let keys: Vec<String> = mutants.iter().map(|mutant| mutant.key()).collect();
        let name = "host.rs Host::matches: ";
        let found: Vec<&str> = keys.iter().filter_map(|key| key.strip_prefix(name)).collect();
        let all = r#"the body => return true
the body => return false
"a." => "a~"
false => true
note(rest); => nothing
rest.len() <= most && (self.any || !matches!(rest, "b")) => rest.len() <= most || (self.any || !matches!(rest, "b"))
rest.len() <= most => rest.len() > most
rest.len() <= most => rest.len() < most
self.any || !matches!(rest, "b") => self.any && !matches!(rest, "b")
self.any => !(self.any)
matches!(rest, "b") => !matches!(rest, "b")"#;
        assert_eq!(found.join("\n"), all);
        assert_eq!((keys.len(), const_functions), (found.len(), 1));
        assert_eq!(mutants[4].line, 7);
    }

    #[test]
    fn the_source_with_its_mutants_has_the_same_lines_and_without_numbers_is_the_same() {
        let Found { mutants, sites, .. } = find("host.rs", SOURCE);
        assert_eq!(render(SOURCE, &sites, &|_| None), SOURCE);
        let mutated = render(SOURCE, &sites, &|mutant| Some(10 + mutant));
        assert_eq!(mutated.lines().count(), SOURCE.lines().count());
        syn::parse_file(&mutated).expect("it is Rust");
        assert!((0..mutants.len()).all(|mutant| mutated.contains(&format!("crate::mutant({})", 10 + mutant))));
        assert!(mutated.contains("if !crate::mutant(14) { note(rest); }"), "{mutated}");
    }
}
