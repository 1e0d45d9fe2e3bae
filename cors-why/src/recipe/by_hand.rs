//! Refusals that no CORS package makes: someone sets the headers by hand.

use crate::diagnosis::{Diagnosis, Need};
use crate::stack::Stack;

/// Whether the package in the stack's recipe never refuses a preflight like this.
pub(crate) fn is_by_hand(stack: Stack, diagnosis: &Diagnosis, need: &Need) -> bool {
    if !matches!(diagnosis, Diagnosis::MethodMissing { .. } | Diagnosis::HeaderMissing { .. }) {
        return false;
    }
    match stack {
        // rs/cors refuses without any header.
        Stack::Go | Stack::Chi => true,
        // Without settings, these list the usual methods and the requested headers.
        Stack::Express | Stack::NestJs | Stack::Fastify | Stack::Hono | Stack::Koa => need.listed.is_empty(),
        // flask-cors lists only what the preflight requests, and names the page's origin.
        Stack::Flask => need.listed.is_empty() && need.is_for_all,
        _ => false,
    }
}

/// The statement that sets a header in the stack's language.
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
