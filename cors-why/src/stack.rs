//! Which program a server runs, as its answers show it.

mod signs;

use std::fmt;

use clap::ValueEnum;
use cors_browser::{HeaderLine, canonical_name};

use crate::answer::Answer;
use signs::{Clue, GUESSES, SIGNS, Sign};

/// A framework, a server or a service with settings for CORS. Its name is the value of `--stack`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ValueEnum)]
pub(crate) enum Stack {
    Express,
    Fastify,
    Hono,
    Koa,
    #[value(name = "nestjs")]
    NestJs,
    #[value(name = "nextjs")]
    NextJs,
    Vite,
    JsonServer,
    Serve,
    /// The command `npx http-server`.
    #[value(name = "http-server")]
    NodeHttpServer,
    HttpProxyMiddleware,
    #[value(name = "socket.io")]
    SocketIo,
    Flask,
    Django,
    #[value(name = "fastapi")]
    FastApi,
    #[value(name = "http.server")]
    HttpServer,
    Spring,
    #[value(name = "aspnet")]
    AspNet,
    Rails,
    Laravel,
    Php,
    Go,
    Gin,
    Echo,
    Fiber,
    Chi,
    ActixCors,
    TowerHttp,
    CorsActix,
    Nginx,
    Apache,
    Caddy,
    #[value(name = "haproxy")]
    HaProxy,
    Lighttpd,
    Traefik,
    ApiGateway,
    S3,
    Cloudflare,
}

/// What an answer shows about the program that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The application if it names itself, else the proxy.
    pub(crate) stack: Stack,
    /// The line of the answer that shows it: `X-Powered-By: Express`, or `body: Cannot GET /notes`.
    pub(crate) evidence: String,
    /// The proxy in front of the application, if both name themselves, and the line that shows it.
    pub(crate) proxy: Option<(Stack, String)>,
    /// Whether no other stack has the same sign.
    pub(crate) is_sure: bool,
}

impl Stack {
    /// Reads the header lines and the beginning of the body.
    pub(crate) fn seen(headers: &[HeaderLine], body: &str) -> Option<Seen> {
        let found = |signs: &[Sign], is_proxy: bool| {
            signs.iter().filter(|sign| sign.stack.is_proxy() == is_proxy).find_map(|sign| {
                let mut evidence = sign.clues.iter().map(|clue| clue.evidence(headers, body));
                let first = evidence.next()??;
                evidence.all(|other| other.is_some()).then_some((sign.stack, first))
            })
        };
        let (guess, proxy) = (found(GUESSES, false), found(SIGNS, true));
        // Quart has the error pages of Flask, but another `Server`.
        let is_quart = |stack: Stack| stack == Self::Flask && guess.is_some();
        let sure = found(SIGNS, false).filter(|(stack, _)| !is_quart(*stack));
        let is_sure = sure.is_some();
        let application = sure.or(guess);
        Some(match (application, proxy) {
            (Some((stack, evidence)), proxy) => Seen { stack, evidence, proxy, is_sure },
            (None, Some((stack, evidence))) => Seen { stack, evidence, proxy: None, is_sure: true },
            (None, None) => return None,
        })
    }

    /// Whether the body is an error page of this proxy.
    pub(crate) fn wrote(self, body: &str) -> bool {
        let of_bodies = |sign: &&Sign| sign.stack == self && matches!(sign.clues, [Clue::Body(_)]);
        SIGNS.iter().filter(of_bodies).any(|sign| sign.clues[0].evidence(&[], body).is_some())
    }

    /// Whether it is usually in front of an application.
    pub(crate) const fn is_proxy(self) -> bool {
        matches!(
            self,
            Self::Nginx
                | Self::Apache
                | Self::Caddy
                | Self::HaProxy
                | Self::Lighttpd
                | Self::Traefik
                | Self::ApiGateway
                | Self::Cloudflare
        )
    }

    /// The framework below it, which names itself in each answer.
    pub(crate) const fn built_on(self) -> Option<Self> {
        match self {
            Self::NestJs => Some(Self::Express),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Express => "Express",
            Self::Fastify => "Fastify",
            Self::Hono => "Hono",
            Self::Koa => "Koa",
            Self::NestJs => "NestJS",
            Self::NextJs => "Next.js",
            Self::Vite => "Vite",
            Self::JsonServer => "json-server",
            Self::Serve => "serve",
            Self::NodeHttpServer => "http-server",
            Self::HttpProxyMiddleware => "http-proxy-middleware",
            Self::SocketIo => "Socket.IO",
            Self::Flask => "Flask",
            Self::Django => "Django",
            Self::FastApi => "FastAPI/Starlette",
            Self::HttpServer => "Python's http.server",
            Self::Spring => "Spring",
            Self::AspNet => "ASP.NET",
            Self::Rails => "Rails",
            Self::Laravel => "Laravel",
            Self::Php => "PHP",
            Self::Go => "Go",
            Self::Gin => "Gin",
            Self::Echo => "Echo",
            Self::Fiber => "Fiber",
            Self::Chi => "chi",
            Self::ActixCors => "actix-cors",
            Self::TowerHttp => "tower-http",
            Self::CorsActix => "cors-actix",
            Self::Nginx => "nginx",
            Self::Apache => "Apache",
            Self::Caddy => "Caddy",
            Self::HaProxy => "HAProxy",
            Self::Lighttpd => "lighttpd",
            Self::Traefik => "Traefik",
            Self::ApiGateway => "Amazon API Gateway",
            Self::S3 => "Amazon S3",
            Self::Cloudflare => "Cloudflare",
        }
    }
}

impl fmt::Display for Stack {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Answer {
    /// What the answer shows about the program that made it.
    pub(crate) fn seen(&self) -> Option<Seen> {
        Stack::seen(&self.response.headers, &self.text())
    }
}

impl Clue {
    /// The line of the answer with this clue.
    fn evidence(self, headers: &[HeaderLine], body: &str) -> Option<String> {
        match self {
            Self::Header(name, text) => {
                let value = values(headers, name).find(|value| has_word(value, text))?;
                Some(excerpt(&canonical_name(name), value))
            }
            Self::Exactly(name, text) => {
                values(headers, name).find(|value| *value == text).map(|value| excerpt(&canonical_name(name), value))
            }
            Self::DatedEtag => {
                let value = values(headers, "etag").find(|value| is_dated_etag(value))?;
                Some(excerpt("ETag", value))
            }
            // The value of a cookie may be a secret.
            Self::Cookie(text) => {
                let mut names =
                    values(headers, "set-cookie").filter_map(|value| value.split_once('=')).map(|(name, _)| name);
                names.find(|name| name.starts_with(text)).map(|name| excerpt("Set-Cookie", name))
            }
            Self::Body(parts) => {
                let mut rest = body;
                for part in parts {
                    rest = rest.split_once(part)?.1;
                }
                let first = parts.first()?;
                let line = body.lines().find(|line| line.contains(first.trim())).unwrap_or(first);
                Some(excerpt("body", &line[line.find(first.trim()).unwrap_or_default()..]))
            }
            Self::WholeBody(text) => (body.trim() == text).then(|| excerpt("body", text)),
        }
    }
}

fn values<'h>(headers: &'h [HeaderLine], name: &str) -> impl Iterator<Item = &'h str> {
    let lines = headers.iter().filter(move |line| line.name.eq_ignore_ascii_case(name));
    lines.filter_map(|line| std::str::from_utf8(&line.value).ok()).map(str::trim)
}

/// Whether the value contains the text as a whole word, in any case. Every value contains the empty text.
fn has_word(value: &str, text: &str) -> bool {
    let (value, text) = (value.to_ascii_lowercase(), text.to_ascii_lowercase());
    let continues = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    value.match_indices(&text).any(|(at, found)| {
        let before = value[..at].chars().next_back();
        let after = value[at + found.len()..].chars().next();
        text.is_empty() || !before.is_some_and(continues) && !after.is_some_and(continues)
    })
}

/// Whether an ETag has the form `W/"inode-size-2026-11-28T21:43:14.277Z"`.
fn is_dated_etag(value: &str) -> bool {
    let mut parts = value.trim_start_matches("W/").trim_matches('"').splitn(3, '-');
    let mut is_number = || parts.next().is_some_and(|part| part.parse::<u64>().is_ok());
    let (inode, size) = (is_number(), is_number());
    let is_time =
        |time: &str| time.len() == "2026-11-28T21:43:14.277Z".len() && time.ends_with('Z') && time.contains('T');
    inode && size && parts.next().is_some_and(is_time)
}

/// The name and the beginning of the value, without control characters.
fn excerpt(name: &str, value: &str) -> String {
    const MOST: usize = 80;
    let plain = value.chars().filter(|letter| !letter.is_control());
    let cut = if value.chars().count() > MOST { "…" } else { "" };
    format!("{name}: {}{cut}", plain.take(MOST).collect::<String>().trim())
}

#[cfg(test)]
mod tests;
