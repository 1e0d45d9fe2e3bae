//! What to write, and where.

use super::header_lines::header_lines;
use super::reason::{in_script, in_server};
use super::{allowable_origin, element, is_insecure, is_joined_list, mistake_of_script};
use crate::At;
use crate::explain::fix::{Fix, PolicyCheck, Remedy};
use crate::explain::{Cause, Facts, Obstacle};
use cors_core::{IssueKind, Place};

/// Returns what to do, the best first.
pub(in crate::explain) fn help(cause: Cause, facts: &Facts, policy_check: Option<&PolicyCheck>) -> Vec<String> {
    let obstacle = Obstacle::of(cause, facts);
    let mut help: Vec<String> = obstacle.iter().map(|obstacle| obstacle.remedy().to_owned()).collect();
    help.extend(script_change(cause, facts));
    help.extend(look_at_status(cause, facts).map(str::to_owned));
    let is_error = obstacle.is_some_and(|obstacle| obstacle.is_of_proxy());
    if is_error {
        help.push(
            "then let what makes the error send the headers of CORS too, so that a page can read the status".to_owned(),
        );
    }
    help.extend(server_change(cause, facts, policy_check).filter(|_| !is_error).map(str::to_owned));
    if mistake_of_script(cause, facts).is_none() {
        match policy_check {
            Some(policy_check) => help.extend(policy_help(facts, policy_check)),
            // A further line would be one too many. For errors of a proxy, the header is the second step.
            None if is_error || (cause == Cause::SeveralAllowedOrigins && !is_joined_list(cause, facts)) => {}
            None => help.extend(header_help(facts, &header_lines(cause, facts))),
        }
        help.extend(insecure_help(cause, facts, policy_check));
        help.extend(null_help(cause, facts, policy_check));
    }
    help.extend(in_server(cause).map(str::to_owned));
    help.extend(element::without_cors(cause, facts));
    help
}

fn header_help(facts: &Facts, lines: &[String]) -> Option<String> {
    let on = match facts.at {
        Some(At::Preflight) => "the answer to the preflight",
        _ => "the answer",
    };
    let names_who_may = |line: &String| {
        line.starts_with("Access-Control-Allow-Origin: ") || line.starts_with("Access-Control-Allow-Credentials: ")
    };
    let condition = match allowable_origin(facts) {
        Some(origin) if lines.iter().any(names_who_may) => format!("if pages of {origin} may read, "),
        _ if lines.iter().any(|line| line.starts_with("Cross-Origin-Resource-Policy: ")) => {
            "if every site may load it, ".to_owned()
        }
        _ => String::new(),
    };
    (!lines.is_empty()).then(|| format!("{condition}send on {on}\n    {}", lines.join("\n    ")))
}

fn policy_help(facts: &Facts, policy_check: &PolicyCheck) -> Vec<String> {
    match &policy_check.remedy {
        Remedy::Fix(fix) => vec![fix_help(facts, policy_check, fix)],
        Remedy::Mistake(issue) => issue_help(issue.to_string()),
        Remedy::Needless => {
            vec![
                "look for what stands before the policy: it allows this request, so the answer is not its own"
                    .to_owned(),
            ]
        }
        // The advice about `null` says the same as the help without a policy.
        Remedy::None if facts.origin.as_deref() == Some("null") => Vec::new(),
        Remedy::None => policy_check.denied.iter().map(ToString::to_string).collect(),
    }
}

fn fix_help(facts: &Facts, policy_check: &PolicyCheck, fix: &Fix) -> String {
    let place = match fix.changes().first().map(|(place, _)| place).and_then(Place::rule) {
        Some(rule) => format!("rules[{rule}] of the policy"),
        None => "the policy".to_owned(),
    };
    let entries: Vec<String> = fix.changes().iter().map(|(_, entry)| entry.replace('\n', "\n    ")).collect();
    let adds_credentials = facts.with_credentials() && entries.iter().any(|entry| entry.contains("credentials: true"));
    let condition = match allowable_origin(facts) {
        Some(origin) if policy_check.denied.is_some() || adds_credentials => format!("if pages of {origin} may read, "),
        _ => String::new(),
    };
    format!("{condition}write in {place}\n    {}", entries.join("\n    "))
}

/// Returns the mistake that the policy would have, with its help.
fn issue_help(message: String) -> Vec<String> {
    let mut lines = message.lines();
    let summary = lines.next().unwrap_or_default();
    let help = lines.find_map(|line| line.strip_prefix("help: ")).unwrap_or_default();
    vec![format!("what the request needs would be a mistake in the policy: {summary}; {help}")]
}

/// Returns the help for an insecure origin. With a policy, the policy's mistake says it.
fn insecure_help(cause: Cause, facts: &Facts, policy_check: Option<&PolicyCheck>) -> Option<String> {
    if !cause.is_about_cors_headers() || !facts.with_credentials() || !is_insecure(facts) || policy_check.is_some() {
        return None;
    }
    let encrypted = IssueKind::InsecureWithCredentials { origin: facts.origin.clone()? }.suggestion()?;
    Some(format!("serve the page by https, and allow {encrypted}"))
}

fn null_help(cause: Cause, facts: &Facts, policy_check: Option<&PolicyCheck>) -> Vec<String> {
    if facts.origin.as_deref() != Some("null") || !cause.is_about_cors_headers() {
        return Vec::new();
    }
    let mut help = Vec::new();
    if facts.is_tainted() {
        let url = facts.url.as_deref().unwrap_or("the last address");
        help.push(match Obstacle::is_login(url) {
            true => format!("answer 401 in place of the redirect to {url}: a script cannot sign in on such a page"),
            false => format!("ask for {url} at once, without the redirect"),
        });
    } else {
        help.push(
            "serve the page from an origin of its own, and allow that: a file by a development server, what a sandboxed frame \
             shows from a host of its own"
                .to_owned(),
        );
    }
    if !facts.with_credentials() && matches!(cause, Cause::AllowOriginMissing | Cause::AllowOriginMismatch) {
        let for_all = match policy_check {
            None => Some("send on it\n    Access-Control-Allow-Origin: *"),
            Some(PolicyCheck { can_be_for_all: true, .. }) => Some("write in the policy\n    origins: \"*\","),
            Some(_) => None,
        };
        help.extend(for_all.map(|what| format!("if everybody may read the answer, {what}")));
    }
    help
}

/// Returns what to change in the script.
fn script_change(cause: Cause, facts: &Facts) -> Option<String> {
    if let Some(issue) = mistake_of_script(cause, facts) {
        let header = facts.header.as_deref().unwrap_or_default();
        return Some(match (issue.kind(), cause) {
            (IssueKind::MethodCase { suggestion, .. }, _) => format!("write method: {suggestion:?} in the script"),
            (_, Cause::HeaderNotAllowed) => {
                format!("remove {header} from the request: it is a header of answers, which the server sends")
            }
            _ => "let the script send another method".to_owned(),
        });
    }
    if let Some(text) = element::markup_change(cause, facts) {
        return Some(text);
    }
    in_script(cause, facts).map(str::to_owned)
}

/// Returns the help to look at the status, if the message has none.
fn look_at_status(cause: Cause, facts: &Facts) -> Option<&'static str> {
    if cause != Cause::AllowOriginMissing || facts.status.is_some() {
        return None;
    }
    Some(match facts.at {
        Some(At::Preflight) => {
            "look at the status of the OPTIONS request in the network tab: 401, 404 or 405, something answers outside of the CORS \
             policy; 502 or 504, a proxy; 403 or from 200 to 299, the origin is not listed"
        }
        _ => {
            "look at the status of the request in the network tab: 401 or 404, something answers outside of the CORS policy; 413, \
             502 or 504, a proxy; from 200 to 299, the origin is not listed"
        }
    })
}

/// Returns what to move or remove in the server before headers matter.
fn server_change(cause: Cause, facts: &Facts, policy_check: Option<&PolicyCheck>) -> Option<&'static str> {
    let is_denied =
        facts.looks_at_origin || policy_check.is_some_and(|policy_check| policy_check.remedy != Remedy::Needless);
    let is_bare = cause == Cause::AllowOriginMissing && !is_denied;
    let is_preflight = cause == Cause::PreflightStatus || (is_bare && facts.at == Some(At::Preflight));
    Some(match facts.status {
        _ if is_joined_list(cause, facts) => {
            "send one origin in place of the list: the one that equals the Origin of the request, if the list has it"
        }
        _ if cause == Cause::SeveralAllowedOrigins => {
            "let one program alone send the header: the policy, or the proxy before it, or the handler"
        }
        Some(401 | 403 | 407) if is_preflight => {
            "let preflights pass before authentication: wrap CORS outside of it, for they never carry cookies or tokens"
        }
        Some(404 | 405) if is_preflight => {
            "let the route answer OPTIONS too: CORS must stand outside of the routing, or the route's guard let preflights in"
        }
        // Often a CORS list refuses the request like this, so no place is wrong.
        Some(400) if is_bare && is_preflight => return None,
        _ if cause == Cause::PreflightStatus => "answer preflights with 204, before the handler",
        Some(400..) if is_preflight => "answer preflights with 204, before the handler",
        Some(400..) if is_bare && facts.at == Some(At::Actual) => {
            "give errors the headers too: wrap CORS outside of whatever answers so, a handler, a middleware or a proxy"
        }
        _ => return None,
    })
}
