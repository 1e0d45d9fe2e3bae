//! Lists of preflights that no package sends, so that somebody sets the headers without one.

use crate::diagnosis::{Diagnosis, Need};
use crate::stack::Stack;

/// Whether the package that the recipe of a stack is about never refuses a preflight so.
pub(crate) fn is_by_hand(stack: Stack, diagnosis: &Diagnosis, need: &Need) -> bool {
    if !matches!(diagnosis, Diagnosis::MethodMissing { .. } | Diagnosis::HeaderMissing { .. }) {
        return false;
    }
    match stack {
        // rs/cors refuses by sending no header at all.
        Stack::Go | Stack::Chi => true,
        // Where these are told nothing, they list the usual methods, and the headers that were asked for.
        Stack::Express | Stack::NestJs | Stack::Fastify | Stack::Hono | Stack::Koa => need.listed.is_empty(),
        // flask-cors lists nothing that is not asked for, and names the origin that asks.
        Stack::Flask => need.listed.is_empty() && need.is_for_all,
        _ => false,
    }
}

/// The statement that sets a header in the language of a stack.
pub(super) fn statement(stack: Stack, name: &str, value: &str) -> Option<String> {
    Some(match stack {
        Stack::Express | Stack::NestJs => format!("res.set(\"{name}\", \"{value}\")"),
        Stack::Fastify => format!("reply.header(\"{name}\", \"{value}\")"),
        Stack::Hono => format!("c.header(\"{name}\", \"{value}\")"),
        Stack::Koa => format!("ctx.set(\"{name}\", \"{value}\")"),
        Stack::Flask => format!("response.headers[\"{name}\"] = \"{value}\""),
        Stack::Go | Stack::Chi => format!("w.Header().Set(\"{name}\", \"{value}\")"),
        _ => return None,
    })
}
