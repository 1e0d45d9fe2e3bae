//! What to do if the program that answers is unknown.

use super::{Diagnosis, Need};

pub(super) fn help(diagnosis: &Diagnosis, need: &Need) -> String {
    let Need { url, origin, .. } = need;
    match diagnosis {
        Diagnosis::NoCors => {
            format!("add CORS to the server, before its routes and its authentication: {}", grants(need))
        }
        Diagnosis::AfterRoute => format!(
            "register CORS before the route of {}, in the scope that has it: other paths of this server have it",
            path(url)
        ),
        Diagnosis::OtherPaths { path: covered } => {
            format!("let CORS cover {} too: it is registered for paths below {covered}", path(url))
        }
        Diagnosis::OriginNotListed { listed: Some(listed) } => {
            format!("add {origin} to the origins that the server allows; it allows {listed}")
        }
        Diagnosis::OriginNotListed { listed: None } => format!("add {origin} to the origins that the server allows"),
        Diagnosis::OriginWithSlash => {
            format!("remove the slash at the end of {origin}/ in the server's list: origins have none")
        }
        Diagnosis::OriginMisspelled { value } => {
            format!(
                "write {origin} in place of {value:?}: the header takes one origin, without quotes, path or pattern"
            )
        }
        Diagnosis::NullSent => format!("name {origin} in place of null, which stands for pages without an origin"),
        Diagnosis::ListJoined { .. } => format!(
            "send one origin in place of the whole list: the one that equals the request's Origin, here {origin}, and Vary: Origin"
        ),
        Diagnosis::SentTwice => {
            "send the header once: remove it from the proxy, or from the app behind it, or give it one origin where code gives it a list"
                .to_owned()
        }
        Diagnosis::WildcardWithCredentials => {
            format!("allow {origin} by name in place of *, and credentials, for the script asks with credentials")
        }
        Diagnosis::CredentialsMissing { reflects: true } => {
            format!("allow {origin} by name in place of every origin that asks, and credentials for it")
        }
        Diagnosis::CredentialsMissing { reflects: false } => {
            format!("allow credentials for {origin}: Access-Control-Allow-Credentials: true")
        }
        Diagnosis::MethodMissing { method } | Diagnosis::MethodRefused { method, .. } => {
            format!("add {method} to the methods that CORS allows")
        }
        Diagnosis::HeaderMissing { names } | Diagnosis::HeadersRefused { names, .. } => {
            format!("add {} to the request headers that CORS allows", names.join(", "))
        }
        Diagnosis::ListMalformed { header } => {
            format!("write names alone into {header}, with commas between them and without quotes")
        }
        Diagnosis::PreflightNeedsLogin { .. } => {
            "put CORS before authentication, or let OPTIONS pass it: preflights never carry cookies or tokens"
                .to_owned()
        }
        Diagnosis::PreflightUnanswered { status } => {
            format!("answer OPTIONS of {} with 204 and the headers of CORS; now it gets {status}", path(url))
        }
        Diagnosis::PreflightBare => {
            "send the headers on the answer to OPTIONS too: what answers it does so before CORS adds them".to_owned()
        }
        Diagnosis::AnswerBare => format!(
            "send Access-Control-Allow-Origin on the answer to {} too, not on other answers only: {}",
            need.method,
            grants(need)
        ),
        Diagnosis::ErrorsBare { status } => {
            format!("send the headers on errors too: this {status} comes from something that stands outside of CORS")
        }
        Diagnosis::LoginBare { status } => {
            format!("put CORS outside of authentication, so that its {status} has the headers too: {}", grants(need))
        }
        Diagnosis::OriginRefused { .. } => {
            format!("add {origin} to the origins that the server allows: it refuses others")
        }
        Diagnosis::CallbackRefused { .. } => {
            format!("add {origin} to the list in the function that decides about origins: it throws for others")
        }
        Diagnosis::HostRefused { .. } => {
            format!("add {} to the hosts that the server answers to", host(url))
        }
        Diagnosis::MethodNotTaken { method, allow } => {
            format!("let the route {} take {method}, or ask with a method that it takes: {allow}", path(url))
        }
        Diagnosis::SlashMissing { url } => format!("ask for {url} in the script, with the slash at the end"),
        Diagnosis::LoginRedirected { to } => format!(
            "answer 401 in place of the redirect to {to}: what asks for a login stands before CORS, and a script cannot log in there"
        ),
        Diagnosis::Redirected { to } => format!("ask for {to} in the script"),
        Diagnosis::Failed { status } => {
            format!(
                "look at the server's log: the handler failed with {status}, and CORS only hides that from the page"
            )
        }
        Diagnosis::UpstreamDown { status: 503 } => {
            "start the server, or the one behind the proxy: 503 says that it is not there or not ready, and CORS only hides it"
                .to_owned()
        }
        Diagnosis::UpstreamDown { status: 504 } => {
            "look what the app waits for, or raise the time limit of the proxy: 504 says that the app took too long, and CORS only hides it"
                .to_owned()
        }
        Diagnosis::UpstreamDown { status } => format!(
            "start the server behind the proxy, or mend the proxy's address of it: the {status} is the proxy's, and CORS only hides it"
        ),
        Diagnosis::TooLarge => "raise the limit for bodies in the server, or send less: it refuses the size".to_owned(),
        Diagnosis::TooMany => "ask less often, or raise the server's limit: it has had too many requests".to_owned(),
        Diagnosis::Cached { varies: true } => {
            "let the cache store one answer for each Origin (in nginx by $http_origin in proxy_cache_key), and empty it: it heeds no Vary: Origin"
                .to_owned()
        }
        Diagnosis::Cached { varies: false } => {
            "send Vary: Origin on every answer, and empty the cache: it gives what it stored for somebody else"
                .to_owned()
        }
    }
}

/// What CORS has to allow.
fn grants(need: &Need) -> String {
    let mut grants = format!("it has to allow {}", need.origin);
    if !need.methods.is_empty() {
        grants.push_str(&format!(", the method {}", need.methods.join(", ")));
    }
    if !need.headers.is_empty() {
        grants.push_str(&format!(", the request headers {}", need.headers.join(", ")));
    }
    if need.credentials {
        grants.push_str(", and credentials");
    }
    grants
}

fn path(url: &str) -> String {
    url::Url::parse(url).map_or_else(|_| url.to_owned(), |url| url.path().to_owned())
}

fn host(url: &str) -> String {
    url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| url.to_owned())
}
